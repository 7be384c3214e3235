//! What a condition costs: read once, evaluated at every keystroke of every respondent.

#![expect(
    clippy::expect_used,
    reason = "a benchmark that cannot start has nothing to say"
)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use expr::{Code, Datum, Env, Expected, ListId, Program, RosterId, Scope, Symbol, Type, VarId};
use jiff::civil::Date;
use rust_decimal::Decimal;

const YES_NO: ListId = ListId(0);
const SCHEMES: RosterId = RosterId(0);

/// Eight variables and a roster, looked up the slow way: checking is measured with it.
struct Survey {
    codes: Vec<Code>,
}

const VARS: [(&str, Type); 8] = [
    ("presence_cls", Type::Code(YES_NO)),
    ("presence_cdv", Type::Code(YES_NO)),
    ("presence_asv", Type::Code(YES_NO)),
    ("nb_qpv", Type::Number),
    ("budget", Type::Number),
    ("themes", Type::Codes(YES_NO)),
    ("rappel", Type::Bool),
    ("debut", Type::Date),
];

impl Scope for Survey {
    fn resolve(&self, name: &str) -> Option<Symbol> {
        if name == "schemes" {
            return Some(Symbol::Roster(SCHEMES));
        }
        let at = VARS.iter().position(|it| it.0 == name)?;
        Some(Symbol::Var {
            id: VarId(u32::try_from(at).ok()?),
            ty: VARS[at].1,
        })
    }

    fn resolve_row(&self, _: &str, _: &str) -> Option<Symbol> {
        None
    }

    fn resolve_field(&self, _: &str, _: &str) -> Option<Symbol> {
        None
    }

    fn resolve_in(&self, roster: RosterId, name: &str) -> Option<Symbol> {
        (name == "etp").then_some(Symbol::UnitVar {
            id: VarId(8),
            roster,
            ty: Type::Number,
        })
    }

    fn unit(&self, _: RosterId, _: &str) -> Option<u32> {
        None
    }

    fn current_roster(&self) -> Option<RosterId> {
        None
    }

    fn codes(&self, _: ListId) -> &[Code] {
        &self.codes
    }

    fn names(&self) -> Vec<String> {
        VARS.iter().map(|it| it.0.to_owned()).collect()
    }
}

/// Answers by variable, as an instrument keeps them.
struct Answers {
    values: [Datum<'static>; 9],
}

impl Env for Answers {
    fn read(&self, var: VarId, _: Option<u32>) -> Datum<'_> {
        self.values[var.0 as usize]
    }

    fn unit_bound(&self, _: RosterId) -> u32 {
        3
    }

    fn unit_exists(&self, _: RosterId, _: u32) -> bool {
        true
    }

    fn today(&self) -> Option<Date> {
        Some(Date::constant(2026, 3, 12))
    }
}

fn survey() -> Survey {
    let codes = ["oui", "non", "en_cours"];
    let plain = |it: &str| Code {
        code: it.to_owned(),
        missing: None,
    };
    Survey {
        codes: codes.into_iter().map(plain).collect(),
    }
}

fn compile(source: &str, survey: &Survey) -> Program {
    let tree = expr::parse(source).expr.expect("a correct source");
    expr::check(&tree, survey, Expected::Condition)
        .program
        .expect("a condition")
}

const SIX_TERMS: &str = "presence_cls = 'oui' and presence_cdv != 'non' and nb_qpv > 0 \
     and (themes has 'en_cours' or budget * 2 >= 1000) and answered(rappel)";

fn bench(c: &mut Criterion) {
    let survey = survey();
    let answers = Answers {
        values: [
            Datum::Code(0),
            Datum::Code(0),
            Datum::Code(1),
            Datum::Number(Decimal::ONE_HUNDRED),
            Datum::Number(Decimal::ONE_THOUSAND),
            Datum::Codes(&[0, 1]),
            Datum::Bool(true),
            Datum::Date(Date::constant(2020, 1, 1)),
            Datum::Number(Decimal::TWO),
        ],
    };
    for (name, source) in [
        ("eval/one condition", "presence_cls = 'oui'"),
        ("eval/number", "nb_qpv > 0"),
        ("eval/six terms", SIX_TERMS),
        (
            "eval/two of three",
            "at_least(2, presence_cls = 'oui', presence_cdv = 'oui', presence_asv = 'oui')",
        ),
        ("eval/roster of three", "any(schemes, etp < 1)"),
        ("eval/dates", "today - debut > 365"),
    ] {
        let program = compile(source, &survey);
        c.bench_function(name, |b| {
            b.iter(|| black_box(&program).truth(black_box(&answers), None));
        });
    }
    c.bench_function("parse/six terms", |b| {
        b.iter(|| expr::parse(black_box(SIX_TERMS)));
    });
    c.bench_function("parse and check/six terms", |b| {
        b.iter(|| compile(black_box(SIX_TERMS), &survey));
    });
    let longest = "(".repeat(expr::MAX_SOURCE);
    c.bench_function("parse/4 KiB of parentheses", |b| {
        b.iter(|| expr::parse(black_box(&longest)));
    });
}

criterion_group!(benches, bench);
criterion_main!(benches);
