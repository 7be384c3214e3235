//! Laws of sentences.

use expr::{BinaryOp, Expr, ExprKind, Function};
use proptest::prelude::*;
use questionnaire::sentence::{
    self, Clause, Group, How, Join, Needs, Operand, Operator, Part, Units,
};
use rust_decimal::Decimal;
use testkit::{cases, nodes};

use super::{flat, parsed};

fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-d]_?[0-9]?",
        Just("presence_asv".to_owned()),
        Just("count".to_owned())
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z']{0,5}",
        any::<String>(),
        Just("2026-03-12".to_owned())
    ]
}

fn reference() -> impl Strategy<Value = Expr> {
    let key = prop_oneof![word(), "[0-9]{1,3}", "\\PC{1,4}"];
    prop_oneof![
        4 => word().prop_map(ExprKind::Name),
        1 => (word(), word()).prop_map(|(base, field)| ExprKind::Field { base, field }),
        1 => (word(), key.clone()).prop_map(|(base, row)| ExprKind::Row { base, row }),
        1 => (word(), key, word()).prop_map(|(roster, unit, item)| ExprKind::Unit {
            roster,
            unit,
            item
        }),
    ]
    .prop_map(Expr::from)
}

fn subject() -> impl Strategy<Value = Expr> {
    let function = prop::sample::select(vec![
        Function::Count,
        Function::Sum,
        Function::Min,
        Function::Max,
    ]);
    let call = (function, reference()).prop_map(|(function, it)| {
        let args = vec![it];
        Expr::from(ExprKind::Call { function, args })
    });
    prop_oneof![3 => reference(), 1 => call]
}

fn number() -> impl Strategy<Value = Decimal> {
    (any::<i32>(), 0_u32..4).prop_map(|(n, scale)| {
        let it = Decimal::new(i64::from(n), scale).normalize();
        if it.is_zero() { Decimal::ZERO } else { it }
    })
}

fn literal() -> impl Strategy<Value = Operand> {
    prop_oneof![
        text().prop_map(Operand::Text),
        number().prop_map(Operand::Number),
        Just(Operand::Today),
    ]
}

fn operand() -> impl Strategy<Value = Operand> {
    prop_oneof![3 => literal(), 1 => subject().prop_map(Operand::Subject)]
}

fn clause() -> impl Strategy<Value = Clause> {
    let operator = prop::sample::select(Operator::ALL.to_vec());
    operator.prop_flat_map(|operator| {
        let of_codes =
            operator.is_of_reasons() || matches!(operator, Operator::Has | Operator::HasNot);
        let one = if of_codes {
            text().prop_map(Operand::Text).boxed()
        } else if operator.needs() == Needs::Several {
            literal().boxed()
        } else {
            operand().boxed()
        };
        let n = match operator.needs() {
            Needs::Nothing => 0..=0,
            Needs::One => 1..=1,
            Needs::Several => 1..=3,
        };
        let is_of_answers = operator.is_of_reasons() || operator.needs() == Needs::Nothing;
        let subject = if is_of_answers {
            reference().boxed()
        } else {
            subject().boxed()
        };
        (subject, prop::collection::vec(one, n)).prop_map(move |(subject, values)| Clause {
            subject,
            operator,
            values,
        })
    })
}

fn join() -> impl Strategy<Value = Join> {
    prop_oneof![
        Just(Join::All),
        Just(Join::Any),
        Just(Join::None),
        (0_u16..4).prop_map(Join::AtLeast),
    ]
}

fn how() -> impl Strategy<Value = How> {
    let compared = prop::sample::select(
        Operator::ALL
            .into_iter()
            .filter(|it| it.compares())
            .collect::<Vec<_>>(),
    );
    prop_oneof![
        Just(How::Some),
        Just(How::Every),
        (compared, operand()).prop_map(|(it, n)| How::Count(it, n)),
    ]
}

/// Any sentence, also one that would not be written so: with empty groups, groups of one part, texts
/// that are lines.
fn group() -> impl Strategy<Value = Group> {
    let leaf = prop_oneof![
        6 => clause().prop_map(Part::Clause),
        1 => Just(Part::Text("a + b <= c".to_owned())),
        1 => Just(Part::Text(" a = 'x' or (b) ".to_owned())),
        1 => Just(Part::Text("  ".to_owned())),
    ];
    let part = leaf.prop_recursive(4, 24, 4, |inner| {
        let group = (join(), prop::collection::vec(inner, 0..4));
        let group = group
            .prop_map(|(join, parts)| Group { join, parts })
            .boxed();
        prop_oneof![
            group.clone().prop_map(Part::Group),
            (word(), how(), group).prop_map(|(roster, how, group)| Part::Units(Units {
                roster,
                how,
                group
            })),
        ]
    });
    (join(), prop::collection::vec(part, 0..5)).prop_map(|(join, parts)| Group { join, parts })
}

/// Any tree, whether it is a condition or not.
fn tree() -> impl Strategy<Value = Expr> {
    let clause = group().prop_filter_map("nothing is said", |it| {
        let text = sentence::write(&it)?;
        expr::parse(&text).expr
    });
    let leaf = prop_oneof![
        clause,
        reference(),
        text().prop_map(|it| ExprKind::Text(it).into()),
        number().prop_map(|it| ExprKind::Number(it.abs()).into()),
        Just(ExprKind::Bool(true).into()),
    ];
    leaf.prop_recursive(3, 16, 3, |inner| {
        let list = prop::collection::vec(inner.clone(), 2..4);
        let ops = prop::sample::select(BinaryOp::ALL.to_vec());
        let functions = prop::sample::select(Function::ALL.to_vec());
        prop_oneof![
            list.clone().prop_map(ExprKind::And),
            list.clone().prop_map(ExprKind::Or),
            inner.clone().prop_map(|it| ExprKind::Not(Box::new(it))),
            inner.clone().prop_map(|it| ExprKind::Neg(Box::new(it))),
            (ops, inner.clone(), inner.clone()).prop_map(|(op, left, right)| {
                let (left, right) = (Box::new(left), Box::new(right));
                ExprKind::Binary { op, left, right }
            }),
            (inner.clone(), list.clone(), any::<bool>()).prop_map(|(it, list, negated)| {
                let operand = Box::new(it);
                ExprKind::In {
                    operand,
                    list,
                    negated,
                }
            }),
            (functions, list).prop_map(|(function, args)| ExprKind::Call { function, args }),
        ]
        .prop_map(Expr::from)
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_written_is_read_again(group in group()) {
        let normal = sentence::normal(&group);
        let text = sentence::write(&group).unwrap();
        // Beyond the language's bounds it is a text like any other.
        prop_assume!(text.len() < expr::MAX_SOURCE);
        prop_assert_eq!(&sentence::read(&text), &normal, "{}", text);
        prop_assert_eq!(&sentence::normal(&normal), &normal);
        prop_assert_eq!(sentence::write(&normal), Some(text));
    }

    #[test]
    fn what_is_read_says_the_same(tree in tree()) {
        let text = expr::print(&tree);
        let read = expr::parse(&text);
        prop_assume!(read.diagnostics.is_empty());
        let group = sentence::read(&text);
        let written = sentence::write(&group).unwrap();
        prop_assert_eq!(flat(&parsed(&written)), flat(&tree), "{}", text);
        prop_assert_eq!(sentence::normal(&group), group);
    }

    #[test]
    fn a_text_that_means_nothing_is_kept(text in "[a-c()<>=' ,.]{0,40}") {
        let group = sentence::read(&text);
        let written = sentence::write(&group).unwrap();
        match expr::parse(&text) {
            it if it.diagnostics.is_empty() => {
                prop_assert_eq!(flat(&parsed(&written)), flat(&it.expr.unwrap()));
            }
            _ => prop_assert_eq!(written, text.trim()),
        }
    }

    #[test]
    fn conditions_of_questionnaires_say_the_same(case in cases()) {
        for found in nodes(&case.questionnaire) {
            for field in ["filter", "require"] {
                let Some(text) = found.fields.get(field).and_then(|it| it.as_str()) else {
                    continue;
                };
                let written = sentence::write(&sentence::read(text)).unwrap();
                prop_assert_eq!(flat(&parsed(&written)), flat(&parsed(text)));
            }
        }
    }
}
