//! Laws on random cases.

use expr::{
    BinaryOp, Expected, Expr, ExprKind, Function, Lang, Missing, Program, Reasons, Truth, Value,
    VarId,
};
use jiff::civil::Date;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::scope::{AXES, SCHEMES, Sheet, Survey};

/// Reading `text` gives `tree`.
pub(crate) fn strip_spans_are_equal(tree: &Expr, text: &str) {
    let parsed = expr::parse(text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    assert_eq!(parsed.expr.as_ref(), Some(tree), "{text}");
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zé_][a-z0-9_]{0,6}".prop_filter("reserved words are no names", |it| {
            ![
                "and", "or", "not", "in", "has", "true", "false", "today", "non", "pas",
            ]
            .contains(&it.as_str())
        }),
        // Operators of other languages are names like any other where a name is needed.
        Just("et".to_owned()),
        Just("count".to_owned()),
        Just("presence_cls".to_owned()),
    ]
}

fn leaf() -> impl Strategy<Value = ExprKind> {
    let key = prop_oneof![word(), "[0-9]{1,3}", "\\PC{0,6}"];
    prop_oneof![
        (any::<u32>(), 0_u32..6).prop_map(|(n, scale)| {
            ExprKind::Number(Decimal::new(i64::from(n), scale).normalize())
        }),
        any::<String>().prop_map(ExprKind::Text),
        "[a-z']{0,5}".prop_map(ExprKind::Text),
        any::<bool>().prop_map(ExprKind::Bool),
        Just(ExprKind::Today),
        word().prop_map(ExprKind::Name),
        (word(), word()).prop_map(|(base, field)| ExprKind::Field { base, field }),
        (word(), key.clone()).prop_map(|(base, row)| ExprKind::Row { base, row }),
        (word(), key, word()).prop_map(|(roster, unit, item)| ExprKind::Unit {
            roster,
            unit,
            item
        }),
    ]
}

/// Any well-formed tree, whether it means something or not.
fn tree() -> impl Strategy<Value = Expr> {
    leaf()
        .prop_map(Expr::from)
        .prop_recursive(6, 48, 4, |inner| {
            let one = inner.clone().prop_map(Box::new);
            let some = prop::collection::vec(inner.clone(), 2..4);
            prop_oneof![
                one.clone().prop_map(ExprKind::Not),
                one.clone().prop_map(ExprKind::Neg),
                some.clone().prop_map(ExprKind::And),
                some.prop_map(ExprKind::Or),
                (
                    prop::sample::select(&BinaryOp::ALL),
                    one.clone(),
                    one.clone()
                )
                    .prop_map(|(op, left, right)| ExprKind::Binary {
                        op,
                        left,
                        right
                    }),
                (
                    one,
                    prop::collection::vec(inner.clone(), 1..3),
                    any::<bool>()
                )
                    .prop_map(|(operand, list, negated)| ExprKind::In {
                        operand,
                        list,
                        negated
                    }),
                (
                    prop::sample::select(&Function::ALL),
                    prop::collection::vec(inner, 0..4)
                )
                    .prop_map(|(function, args)| ExprKind::Call { function, args }),
            ]
            .prop_map(Expr::from)
        })
}

/// Pieces of conditions in any order.
fn soup() -> impl Strategy<Value = String> {
    let pieces = [
        "a",
        "presence_cls",
        "'oui'",
        "'",
        "\"",
        "(",
        ")",
        "[",
        "]",
        ",",
        ".",
        "and",
        "or",
        "not",
        "in",
        "has",
        "=",
        "==",
        "!=",
        "<",
        "<=",
        "+",
        "-",
        "*",
        "/",
        "1",
        "2.5",
        "today",
        "count(",
        "any(schemes,",
        "etp",
        "missing_reason(",
        "et",
        "non",
        "&&",
        "!",
        "«",
        "’",
        "é",
        "\u{a0}",
        " ",
        " ",
        "#",
        "schemes[cls].etp",
        "NOT",
        "1_0",
        "true",
        "𝕏",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..40).prop_map(|it| it.concat())
}

/// Text of a condition of this many levels that is well typed in `Survey`.
fn condition(levels: u32) -> BoxedStrategy<String> {
    let base = prop_oneof![
        Just("a".to_owned()),
        Just("rappel".to_owned()),
        Just("presence_cls = 'oui'".to_owned()),
        Just("presence_asv not in ('non', 'en_cours')".to_owned()),
        Just("presence_asv != presence_cls".to_owned()),
        Just("themes has 'nutrition'".to_owned()),
        Just("answered(x)".to_owned()),
        Just("missing_reason(presence_asv) in ('refused', 'no_answer')".to_owned()),
        Just("any(schemes, actif)".to_owned()),
        Just("signature + 3 > today".to_owned()),
        Just("commentaire in ('a', 'b')".to_owned()),
    ];
    if levels == 0 {
        return base.boxed();
    }
    let inner = condition(levels - 1);
    let value = number(levels - 1);
    prop_oneof![
        base,
        (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}) and ({b})")),
        (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}) or ({b})")),
        inner.clone().prop_map(|it| format!("not ({it})")),
        (inner.clone(), inner.clone(), inner.clone(), 0..4)
            .prop_map(|(a, b, c, n)| format!("at_least({n}, {a}, {b}, {c})")),
        (
            value.clone(),
            value.clone(),
            prop::sample::select(vec!["=", "!=", "<", "<=", ">", ">="])
        )
            .prop_map(|(a, b, op)| format!("({a}) {op} ({b})")),
        number(0).prop_map(|it| format!("all(schemes, etp <= ({it}))")),
        (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("coalesce({a}, {b})")),
        (inner.clone(), inner.clone(), inner).prop_map(|(a, b, c)| format!("case({a}, {b}, {c})")),
        (condition(0), condition(0)).prop_map(|(a, b)| {
            format!("case({a}, 'oui', {b}, coalesce(presence_asv, 'non')) = presence_cls")
        }),
    ]
    .boxed()
}

/// Text of a number of this many levels that is well typed in `Survey`.
fn number(levels: u32) -> BoxedStrategy<String> {
    let base = prop_oneof![
        Just("x".to_owned()),
        Just("y".to_owned()),
        Just("nb_qpv".to_owned()),
        Just("count(themes)".to_owned()),
        Just("count(axes)".to_owned()),
        Just("sum(schemes.etp)".to_owned()),
        Just("schemes[asv].etp".to_owned()),
        Just("today - signature".to_owned()),
        (0_i64..500).prop_map(|it| Decimal::new(it, 2).to_string()),
    ];
    if levels == 0 {
        return base.boxed();
    }
    let inner = number(levels - 1);
    prop_oneof![
        base,
        (
            inner.clone(),
            inner.clone(),
            prop::sample::select(vec!["+", "-", "*", "/"])
        )
            .prop_map(|(a, b, op)| format!("({a}) {op} ({b})")),
        (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("min({a}, {b})")),
        (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("coalesce({a}, {b})")),
        (
            condition(levels - 1),
            inner.clone(),
            condition(0),
            inner.clone()
        )
            .prop_map(|(a, x, b, y)| format!("case({a}, {x}, {b}, {y})")),
        number(0).prop_map(|it| format!("max(axes, fiches + ({it}))")),
        inner.prop_map(|it| format!("round({it}, 1)")),
        condition(0).prop_map(|it| format!("count(schemes, etp > 1 or ({it}))")),
    ]
    .boxed()
}

/// A hole in a sheet, or a value.
fn or_missing(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => value,
        1 => prop::sample::select(Missing::ALL.to_vec())
            .prop_map(|it| Value::Missing(Reasons::only(it))),
    ]
}

/// One random answer to one variable.
fn answer() -> impl Strategy<Value = (&'static str, Value)> {
    let names = |it: &[&'static str]| prop::sample::select(it.to_vec());
    let code = (0_u16..3).prop_map(Value::Code);
    let quantity = (-300_i64..300).prop_map(|it| Value::Number(Decimal::new(it, 1)));
    let codes = prop::collection::btree_set(0_u16..3, 0..3)
        .prop_map(|it| Value::Codes(it.into_iter().collect()));
    let day = (1_i8..28, 2025_i16..2028).prop_map(|(day, year)| {
        Value::Date(Date::new(year, 2, day).expect("February has 28 days"))
    });
    prop_oneof![
        (names(&["presence_cls", "presence_asv"]), or_missing(code)),
        (
            names(&[
                "x",
                "y",
                "nb_qpv",
                "schemes[0].etp",
                "schemes[1].etp",
                "axes[3].fiches"
            ]),
            or_missing(quantity)
        ),
        (
            names(&["a", "rappel", "schemes[1].actif"]),
            or_missing(any::<bool>().prop_map(Value::Bool))
        ),
        (names(&["themes"]), or_missing(codes)),
        (names(&["signature"]), or_missing(day)),
        (
            names(&["commentaire"]),
            or_missing("[ab]".prop_map(Value::Text))
        ),
    ]
}

fn sheet() -> impl Strategy<Value = Sheet> {
    let today = prop::option::of(Just(Date::constant(2026, 3, 12)));
    (prop::collection::vec(answer(), 0..20), today).prop_map(|(answers, today)| {
        let sheet = Sheet {
            today,
            ..Sheet::default()
        };
        answers
            .into_iter()
            .fold(sheet, |it, (name, value)| it.with(name, value))
    })
}

fn compile(source: &str) -> Program {
    let tree = expr::parse(source)
        .expr
        .unwrap_or_else(|| panic!("{source} is correct"));
    let checked = expr::check(&tree, &Survey::new(None), Expected::Any);
    checked
        .program
        .unwrap_or_else(|| panic!("{source}: {:?}", checked.diagnostics))
}

proptest! {
    #[test]
    fn reading_what_was_printed_gives_the_same_tree(tree in tree()) {
        strip_spans_are_equal(&tree, &tree.to_string());
    }

    #[test]
    fn json_keeps_the_tree(tree in tree()) {
        let json = serde_json::to_string(&tree).expect("expressions are plain data");
        let back: Expr = serde_json::from_str(&json).expect("what was written can be read");
        prop_assert_eq!(back, tree);
    }

    /// Taking any pair of parentheses away changes the tree or breaks the text.
    #[test]
    fn no_parenthesis_is_too_many(tree in tree()) {
        let text = tree.to_string();
        // Only parentheses that group: not in texts or keys, not after `in` or a function.
        let mut open = vec![];
        let mut quoted = false;
        for (at, it) in text.char_indices() {
            match it {
                '\'' => quoted = !quoted,
                _ if quoted => {}
                '(' => open.push(at),
                ')' => {
                    let start = open.pop().expect("parentheses are balanced");
                    let before = &text[..start];
                    let groups = before.is_empty()
                        || before.ends_with(['(', '-'])
                        || (before.ends_with(' ') && !before.ends_with(" in "));
                    if groups {
                        let less =
                            format!("{before}{}{}", &text[start + 1..at], &text[at + 1..]);
                        prop_assert_ne!(expr::parse(&less).expr, Some(tree.clone()), "{}", less);
                    }
                }
                _ => {}
            }
        }
    }

    #[test]
    fn any_text_is_read_without_panic(source in prop_oneof![any::<String>(), soup()]) {
        let parsed = expr::parse(&source);
        prop_assert_eq!(parsed.expr.is_none(), !parsed.diagnostics.is_empty());
        prop_assert!(parsed.steps() as usize <= 5 * source.len() + 1000);
        let mut diagnostics = parsed.diagnostics;
        if let Some(tree) = parsed.expr {
            strip_spans_are_equal(&tree, &tree.to_string());
            let checked = expr::check(&tree, &Survey::new(Some(SCHEMES)), Expected::Condition);
            diagnostics.extend(checked.diagnostics);
            if let Some(program) = checked.program {
                let _ = program.truth(&Sheet::default(), Some(0));
            }
        }
        for it in diagnostics {
            let place = source.get(it.span.start as usize..it.span.end as usize);
            prop_assert!(place.is_some(), "{:?} is not in the source", it.span);
            for lang in [Lang::Fr, Lang::En] {
                prop_assert!(!it.message(lang).is_empty());
            }
        }
    }

    #[test]
    fn any_tree_is_checked_without_panic(tree in tree(), inside in any::<bool>()) {
        let survey = Survey::new(inside.then_some(AXES));
        for expected in [Expected::Any, Expected::Condition, Expected::Date] {
            let checked = expr::check(&tree, &survey, expected);
            let errors = checked.diagnostics.iter().filter(|it| it.severity == expr::Severity::Error);
            prop_assert_eq!(checked.program.is_none(), errors.count() > 0);
        }
    }

    #[test]
    fn a_program_that_travelled_gives_the_same(source in condition(3), sheet in sheet()) {
        let program = compile(&source);
        let json = serde_json::to_string(&program).expect("programs are plain data");
        let back: Program = serde_json::from_str(&json).expect("what was written can be read");
        prop_assert_eq!(back.truth(&sheet, None), program.truth(&sheet, None));
        prop_assert_eq!(back.value(&sheet, None), program.value(&sheet, None));
        prop_assert_eq!(back, program);
    }

    /// Whatever its parts are, the first that does not fail decides.
    #[test]
    fn a_case_is_what_its_parts_are(
        conditions in (condition(2), condition(2)),
        values in (number(1), number(1), number(1)),
        sheet in sheet(),
    ) {
        let ((a, b), (x, y, z)) = (&conditions, &values);
        let truth = |source: &str| compile(source).truth(&sheet, None);
        let value = |source: &str| compile(source).value(&sheet, None);
        let case = |first: Truth, then: &str, rest: Value| match first {
            Truth::True => value(then),
            Truth::False => rest,
            Truth::Unknown(reasons) => Value::Missing(reasons),
        };
        let with = case(truth(a), x, case(truth(b), y, value(z)));
        prop_assert_eq!(value(&format!("case({a}, {x}, {b}, {y}, {z})")), with);
        let nothing = Value::Missing(Reasons::NONE);
        let without = case(truth(a), x, case(truth(b), y, nothing));
        prop_assert_eq!(value(&format!("case({a}, {x}, {b}, {y})")), without);
    }

    /// What a program does not depend on does not change it.
    #[test]
    fn dependencies_are_complete(
        source in prop_oneof![condition(3), number(3)],
        before in sheet(),
        changes in prop::collection::vec(answer(), 1..6),
    ) {
        let program = compile(&source);
        let needs = program.dependencies();
        let value = program.value(&before, None);
        let mut after = before.clone();
        for (name, answer) in changes {
            let changed = after.clone().with(name, answer);
            let ((var, unit), _) = changed
                .values
                .iter()
                .find(|(key, value)| after.values.get(key) != Some(value))
                .map_or(((u32::MAX, None), ()), |(key, _)| (*key, ()));
            let roster = if name.starts_with("schemes[") { SCHEMES } else { AXES };
            let var = VarId(var);
            let is_read = match unit {
                None => needs.vars.contains(&var),
                Some(unit) => {
                    needs.rosters.contains(&roster)
                        || needs.roster_vars.contains(&(roster, var))
                        || needs.fixed_unit_vars.contains(&(roster, unit, var))
                }
            };
            if !is_read {
                after = changed;
            }
        }
        prop_assert_eq!(program.value(&after, None), value, "{}", source);
    }
}
