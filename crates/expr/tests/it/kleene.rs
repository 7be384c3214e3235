//! Every small condition over two variables against tables written by hand.

use std::collections::BTreeSet;

use expr::{Expected, Expr, ExprKind, Function, Missing, Reasons, Truth, Value};
use rust_decimal::Decimal;

use crate::scope::{Sheet, Survey};

/// A truth value and why it is unknown, kept apart on purpose: not the types under test.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Answer {
    truth: char,
    reasons: BTreeSet<Missing>,
}

/// Rows and columns: true, false, unknown.
const AND: [[char; 3]; 3] = [['T', 'F', 'U'], ['F', 'F', 'F'], ['U', 'F', 'U']];
const OR: [[char; 3]; 3] = [['T', 'T', 'T'], ['T', 'F', 'U'], ['T', 'U', 'U']];

fn index(truth: char) -> usize {
    ['T', 'F', 'U']
        .iter()
        .position(|it| *it == truth)
        .expect("a truth value")
}

fn by_table(table: [[char; 3]; 3], operands: &[Answer]) -> Answer {
    let truth = operands
        .iter()
        .map(|it| it.truth)
        .reduce(|a, b| table[index(a)][index(b)])
        .expect("two operands at least");
    with_reasons(truth, operands)
}

/// An unknown has the reasons of its unknown operands.
fn with_reasons(truth: char, operands: &[Answer]) -> Answer {
    let reasons = match truth {
        'U' => operands
            .iter()
            .flat_map(|it| it.reasons.iter().copied())
            .collect(),
        _ => BTreeSet::new(),
    };
    Answer { truth, reasons }
}

/// Tries every way in which the unknown operands could still turn out.
fn at_least(wanted: usize, operands: &[Answer]) -> Answer {
    let n_true = operands.iter().filter(|it| it.truth == 'T').count();
    let n_unknown = operands.iter().filter(|it| it.truth == 'U').count();
    let outcomes: BTreeSet<bool> = (0..=n_unknown).map(|it| n_true + it >= wanted).collect();
    let truth = match (outcomes.contains(&true), outcomes.contains(&false)) {
        (true, false) => 'T',
        (false, true) => 'F',
        _ => 'U',
    };
    with_reasons(truth, operands)
}

/// The value after the first condition that does not fail, if that one holds.
fn first_case(operands: &[Answer]) -> Answer {
    match operands {
        [] => with_reasons('U', &[]),
        [otherwise] => otherwise.clone(),
        [condition, value, rest @ ..] => match condition.truth {
            'T' => value.clone(),
            'F' => first_case(rest),
            _ => condition.clone(),
        },
    }
}

fn oracle(expr: &Expr, sheet: &[(&str, Answer)]) -> Answer {
    let all = |list: &[Expr]| list.iter().map(|it| oracle(it, sheet)).collect::<Vec<_>>();
    match &expr.kind {
        ExprKind::Name(name) => sheet
            .iter()
            .find(|it| it.0 == name)
            .expect("a variable")
            .1
            .clone(),
        ExprKind::Not(it) => {
            let it = oracle(it, sheet);
            let truth = match it.truth {
                'T' => 'F',
                'F' => 'T',
                _ => 'U',
            };
            Answer { truth, ..it }
        }
        ExprKind::And(list) => by_table(AND, &all(list)),
        ExprKind::Or(list) => by_table(OR, &all(list)),
        ExprKind::Call {
            function: Function::Case,
            args,
        } => first_case(&all(args)),
        ExprKind::Call { args, .. } => {
            let ExprKind::Number(wanted) = args[0].kind else {
                panic!("a number")
            };
            at_least(wanted.try_into().expect("a small number"), &all(&args[1..]))
        }
        other => panic!("{other:?} is not in this algebra"),
    }
}

fn name(it: &str) -> Expr {
    ExprKind::Name(it.to_owned()).into()
}

fn case(args: Vec<Expr>) -> Expr {
    let function = Function::Case;
    ExprKind::Call { function, args }.into()
}

/// Every expression with exactly `size` nodes.
fn expressions(size: usize, smaller: &[Vec<Expr>]) -> Vec<Expr> {
    if size == 1 {
        return vec![name("a"), name("b")];
    }
    let mut res: Vec<Expr> = smaller[size - 1]
        .iter()
        .map(|it| ExprKind::Not(Box::new(it.clone())).into())
        .collect();
    for left_size in 1..size - 1 {
        for left in &smaller[left_size] {
            for right in &smaller[size - 1 - left_size] {
                let pair = || vec![left.clone(), right.clone()];
                res.push(ExprKind::And(pair()).into());
                res.push(ExprKind::Or(pair()).into());
                res.push(case(pair()));
                for wanted in 0..=3 {
                    let mut args = vec![ExprKind::Number(Decimal::from(wanted)).into()];
                    args.extend(pair());
                    res.push(
                        ExprKind::Call {
                            function: Function::AtLeast,
                            args,
                        }
                        .into(),
                    );
                }
            }
        }
    }
    res
}

/// What a variable can be: the two truth values and two different unknowns.
fn states() -> Vec<(Option<Value>, Answer)> {
    let known = |it, truth| {
        (
            Some(Value::Bool(it)),
            Answer {
                truth,
                reasons: BTreeSet::new(),
            },
        )
    };
    let unknown = |it| {
        let value = Value::Missing(Reasons::only(it));
        (
            Some(value),
            Answer {
                truth: 'U',
                reasons: BTreeSet::from([it]),
            },
        )
    };
    vec![
        known(true, 'T'),
        known(false, 'F'),
        unknown(Missing::Refused),
        // What is not in the sheet reads as `no_answer`.
        (
            None,
            Answer {
                truth: 'U',
                reasons: BTreeSet::from([Missing::NoAnswer]),
            },
        ),
    ]
}

fn answer(truth: Truth) -> Answer {
    match truth {
        Truth::True => Answer {
            truth: 'T',
            reasons: BTreeSet::new(),
        },
        Truth::False => Answer {
            truth: 'F',
            reasons: BTreeSet::new(),
        },
        Truth::Unknown(it) => Answer {
            truth: 'U',
            reasons: it.iter().collect(),
        },
    }
}

#[test]
fn every_small_condition_follows_the_tables() {
    let mut by_size = vec![vec![]];
    for size in 1..=7 {
        let all = expressions(size, &by_size);
        by_size.push(all);
    }
    // More operands at once.
    let (a, b) = (name("a"), name("b"));
    let not_a: Expr = ExprKind::Not(Box::new(a.clone())).into();
    let triple = vec![a.clone(), not_a.clone(), b.clone()];
    let mut cases: Vec<Expr> = by_size.into_iter().flatten().collect();
    cases.push(case(triple.clone()));
    cases.push(case(vec![b.clone(), not_a.clone(), a.clone()]));
    cases.push(case(vec![a.clone(), b.clone(), not_a.clone(), a.clone()]));
    cases.push(case(vec![
        b.clone(),
        a.clone(),
        a,
        b.clone(),
        not_a,
        b,
        triple[0].clone(),
    ]));
    cases.push(ExprKind::And(triple.clone()).into());
    cases.push(ExprKind::Or(triple).into());
    assert!(
        cases.len() > 20_000,
        "{} expressions are too few to mean much",
        cases.len()
    );

    let survey = Survey::new(None);
    for expr in &cases {
        let checked = expr::check(expr, &survey, Expected::Condition);
        let program = checked.program.expect("a condition");
        for (a, a_answer) in states() {
            for (b, b_answer) in states() {
                let mut sheet = Sheet::default();
                for (name, value) in [("a", &a), ("b", &b)] {
                    if let Some(value) = value {
                        sheet = sheet.with(name, value.clone());
                    }
                }
                let expected = oracle(expr, &[("a", a_answer.clone()), ("b", b_answer.clone())]);
                let truth = program.truth(&sheet, None);
                assert_eq!(answer(truth), expected, "{expr} with a = {a:?}, b = {b:?}");
            }
        }
    }
}
