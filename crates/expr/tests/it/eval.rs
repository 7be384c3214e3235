//! Conditions on answer sheets → truth and values.

use expr::{Expected, Missing, Program, Reasons, Truth, Value};
use jiff::civil::{Date, date};
use rust_decimal::Decimal;

use crate::scope::{SCHEMES, Sheet, Survey};

pub(crate) fn compile(source: &str, survey: &Survey, expected: Expected) -> Program {
    let parsed = expr::parse(source);
    assert_eq!(parsed.diagnostics, [], "{source}");
    let tree = parsed.expr.expect("an expression without diagnostics");
    let checked = expr::check(&tree, survey, expected);
    checked
        .program
        .unwrap_or_else(|| panic!("{source}: {:?}", checked.diagnostics))
}

fn number(text: &str) -> Value {
    Value::Number(text.parse().expect("a number"))
}

fn missing(reason: Missing) -> Value {
    Value::Missing(Reasons::only(reason))
}

fn text(it: &str) -> Value {
    Value::Text(it.to_owned())
}

/// `true`, `false`, `?` with reasons, `12`, `'text'`, `2026-01-01`, `#1` for a code.
fn show(value: &Value) -> String {
    match value {
        Value::Bool(it) => it.to_string(),
        Value::Number(it) => it.normalize().to_string(),
        Value::Text(it) => format!("'{it}'"),
        Value::Date(it) => it.to_string(),
        Value::Code(it) => format!("#{it}"),
        Value::Codes(it) => format!("#{it:?}"),
        Value::Missing(reasons) => {
            let reasons: Vec<_> = reasons.iter().map(Missing::code).collect();
            format!("? {}", reasons.join(" ")).trim().to_owned()
        }
    }
}

/// A sheet with every kind of answer, and every kind of hole.
fn sheet() -> Sheet {
    let sheet = Sheet {
        today: Some(date(2026, 3, 12)),
        ..Sheet::default()
    };
    sheet
        .with("presence_cls", Value::Code(0))
        .with("presence_asv", missing(Missing::DontKnow))
        .with("presence_cdv", Value::Code(1))
        .with("nb_qpv", number("3"))
        .with("themes", Value::Codes(vec![0, 2]))
        .with("cls_budget", missing(Missing::Refused))
        .with("rappel", Value::Bool(true))
        .with("commentaire", text("l'été"))
        .with("signature", Value::Date(date(2024, 2, 29)))
        .with("satisfaction", Value::Code(1))
        .with("principal", Value::Code(2))
        .with("x", number("2.5"))
        .with("liens[ars]", Value::Code(0))
        .with("liens[l'état]", Value::Code(1))
        .with("territoire.has_qpv", Value::Bool(false))
        .with("schemes[0].etp", number("0.5"))
        .with("schemes[0].scheme", Value::Code(0))
        .with("schemes[0].debut", Value::Date(date(2020, 1, 1)))
        .with("schemes[2].etp", number("1.5"))
        .with("schemes[2].scheme", Value::Code(1))
        .with("schemes[2].actif", Value::Bool(true))
        .with("schemes[4].etp", missing(Missing::DontKnow))
}

fn check(cases: &[(&str, &str)]) {
    check_in(None, cases);
}

/// In the unit at this position of `schemes`, if any.
fn check_in(unit: Option<u32>, cases: &[(&str, &str)]) {
    let survey = Survey::new(unit.map(|_| SCHEMES));
    let sheet = sheet();
    for (source, expected) in cases {
        let program = compile(source, &survey, Expected::Any);
        let value = program.value(&sheet, unit);
        assert_eq!(show(&value), *expected, "{source}");
        // Both ways to evaluate agree.
        let truth = program.truth(&sheet, unit);
        match value {
            Value::Bool(it) => assert_eq!(truth, Truth::from(it), "{source}"),
            Value::Missing(reasons) => assert_eq!(truth, Truth::Unknown(reasons), "{source}"),
            _ => assert_eq!(truth, Truth::Unknown(Reasons::NONE), "{source}"),
        }
    }
}

#[test]
fn comparisons() {
    check(&[
        ("presence_cls = 'oui'", "true"),
        ("presence_cls != 'oui'", "false"),
        ("'non' = presence_cls", "false"),
        ("presence_cls = presence_cdv", "false"),
        ("presence_cls in ('oui', 'en_cours')", "true"),
        ("presence_cls not in ('oui', 'en_cours')", "false"),
        ("presence_cdv in (presence_cls, 'non')", "true"),
        ("presence_cdv in (presence_asv, 'non')", "true"),
        ("presence_cdv in (presence_asv, 'oui')", "? dont_know"),
        ("nb_qpv > 0", "true"),
        ("nb_qpv >= 3 and nb_qpv <= 3", "true"),
        ("nb_qpv < 3", "false"),
        ("nb_qpv in (1, 3.0)", "true"),
        ("nb_qpv = 2 + 1", "true"),
        ("themes has 'nutrition'", "true"),
        ("themes has 'sante_mentale'", "false"),
        ("count(themes)", "2"),
        ("rappel", "true"),
        ("rappel = territoire.has_qpv", "false"),
        ("not territoire.has_qpv", "true"),
        ("commentaire = 'l''été'", "true"),
        ("commentaire in ('a', 'b')", "false"),
        ("liens[ars] = 'oui' and liens['l''état'] = 'non'", "true"),
        ("signature < '2024-03-01'", "true"),
        ("signature in ('2024-02-29')", "true"),
        ("satisfaction = '2'", "true"),
        ("'a' = 'a'", "true"),
        ("coalesce(presence_asv, presence_cdv) = 'non'", "true"),
        ("coalesce(autres_themes, themes) has 'nutrition'", "true"),
    ]);
}

#[test]
fn missing_answers_make_unknown() {
    check(&[
        ("presence_asv = 'oui'", "? dont_know"),
        ("presence_asv != 'oui'", "? dont_know"),
        ("presence_asv in ('oui')", "? dont_know"),
        ("presence_asv = presence_cls", "? dont_know"),
        ("cls_budget > y", "? no_answer refused"),
        ("cls_budget + y", "? no_answer refused"),
        ("-cls_budget", "? refused"),
        ("autres_themes has 'nutrition'", "? no_answer"),
        ("count(autres_themes)", "? no_answer"),
        ("presence_asv = 'oui' and presence_cls = 'non'", "false"),
        ("presence_asv = 'oui' or presence_cls = 'oui'", "true"),
        (
            "presence_asv = 'oui' and cls_budget > 1",
            "? dont_know refused",
        ),
        ("not presence_asv = 'oui'", "? dont_know"),
        ("answered(presence_asv)", "false"),
        ("answered(presence_cls)", "true"),
        ("answered(territoire.has_qpv)", "true"),
        ("answered(liens[cpam])", "false"),
        ("missing_reason(presence_asv) = 'dont_know'", "true"),
        ("missing_reason(presence_asv) = 'refused'", "false"),
        ("missing_reason(presence_asv) != 'refused'", "true"),
        (
            "missing_reason(presence_asv) in ('refused', 'dont_know')",
            "true",
        ),
        (
            "missing_reason(presence_asv) not in ('refused', 'dont_know')",
            "false",
        ),
        ("missing_reason(presence_cls) = 'dont_know'", "false"),
        ("missing_reason(presence_cls) != 'dont_know'", "true"),
        ("missing_reason(y) = 'no_answer'", "true"),
        ("coalesce(cls_budget, y)", "? no_answer refused"),
        ("coalesce(cls_budget, y, 7)", "7"),
        ("coalesce(cls_budget > 1, false)", "false"),
        ("round(cls_budget)", "? refused"),
        ("min(x, cls_budget)", "? refused"),
    ]);
}

#[test]
fn a_computed_variable_is_missing_for_several_reasons() {
    let both = Reasons::only(Missing::Refused).union(Reasons::only(Missing::NoAnswer));
    let sheet = sheet()
        .with("y", Value::Missing(both))
        .with("x", Value::Missing(Reasons::NONE));
    let survey = Survey::new(None);
    for (source, expected) in [
        ("missing_reason(y) = 'refused'", true),
        ("missing_reason(y) = 'no_answer'", true),
        ("missing_reason(y) = 'dont_know'", false),
        ("missing_reason(x) = 'no_answer'", false),
        ("missing_reason(x) != 'no_answer'", true),
        ("answered(x)", false),
    ] {
        let program = compile(source, &survey, Expected::Condition);
        assert_eq!(program.truth(&sheet, None), expected.into(), "{source}");
    }
}

#[test]
fn numbers_are_exact_and_total() {
    check(&[
        ("0.1 + 0.2 = 0.3", "true"),
        ("x * 2 - 1", "4"),
        ("1 / 3 * 3 < 1", "true"),
        ("x / 0", "?"),
        ("x / (nb_qpv - 3) > 1", "?"),
        ("79228162514264337593543950335 + 1", "?"),
        ("79228162514264337593543950335 * 2 > 0", "?"),
        ("-79228162514264337593543950335 - 1", "?"),
        ("round(x)", "3"),
        ("round(-x)", "-3"),
        ("round(2.675, 2)", "2.68"),
        ("round(x, 28)", "2.5"),
        ("min(x, nb_qpv, 7)", "2.5"),
        ("max(x, -nb_qpv)", "2.5"),
        ("7 - 2 - 1", "4"),
        ("8 / 2 / 2", "2"),
        ("--x", "2.5"),
    ]);
}

#[test]
fn dates_count_in_days() {
    check(&[
        ("today", "2026-03-12"),
        ("today - signature", "742"),
        ("signature + 1", "2024-03-01"),
        ("1 + signature", "2024-03-01"),
        ("signature - 60", "2023-12-31"),
        ("signature - '2024-02-01'", "28"),
        ("'2024-02-01' - signature", "-28"),
        ("signature + 0.5", "?"),
        ("signature + 99999999999", "?"),
        ("signature + y > today", "? no_answer"),
        ("min(signature, today)", "2024-02-29"),
        ("max(signature, '2030-01-01')", "2030-01-01"),
        ("today > '2026-01-01'", "true"),
    ]);
    let program = compile(
        "today > '2026-01-01'",
        &Survey::new(None),
        Expected::Condition,
    );
    let unknown_day = Sheet {
        today: None::<Date>,
        ..Sheet::default()
    };
    assert_eq!(
        program.truth(&unknown_day, None),
        Truth::Unknown(Reasons::NONE)
    );
}

#[test]
fn at_least_counts_what_holds() {
    check(&[
        (
            "at_least(1, presence_cls = 'oui', presence_asv = 'oui')",
            "true",
        ),
        (
            "at_least(2, presence_cls = 'oui', presence_asv = 'oui')",
            "? dont_know",
        ),
        (
            "at_least(2, presence_cdv = 'oui', presence_asv = 'oui')",
            "false",
        ),
        (
            "at_least(2, presence_cls = 'oui', presence_asv = 'oui', cls_budget > 1)",
            "? dont_know refused",
        ),
        (
            "at_least(3, presence_cls = 'oui', presence_asv = 'oui', cls_budget > 1)",
            "? dont_know refused",
        ),
        (
            "at_least(3, presence_cdv = 'oui', presence_asv = 'oui', cls_budget > 1)",
            "false",
        ),
        (
            "at_least(2, presence_cls = 'oui', presence_cdv = 'non')",
            "true",
        ),
        ("at_least(0, presence_asv = 'oui')", "true"),
        ("at_least(2, presence_cls = 'oui')", "false"),
    ]);
}

#[test]
fn roster_functions_skip_units_without_a_value() {
    check(&[
        ("count(schemes)", "3"),
        ("count(axes)", "0"),
        ("count(schemes, etp < 1)", "1"),
        ("count(schemes, not etp < 1)", "1"),
        ("any(schemes, etp < 1)", "true"),
        ("any(schemes, etp > 9)", "false"),
        ("all(schemes, etp < 9)", "true"),
        ("all(schemes, etp < 1)", "false"),
        ("any(axes, fiches > 0)", "false"),
        ("all(axes, fiches > 0)", "true"),
        ("sum(schemes.etp)", "2"),
        ("sum(schemes, etp * 2)", "4"),
        ("sum(scheme.etp)", "2"),
        ("sum(axes.fiches)", "0"),
        ("min(schemes.etp)", "0.5"),
        ("max(schemes.etp)", "1.5"),
        ("max(schemes, -etp)", "-0.5"),
        ("min(axes.fiches)", "?"),
        ("max(schemes.debut)", "2020-01-01"),
        ("min(schemes, debut)", "2020-01-01"),
        ("any(schemes, actif)", "true"),
        ("any(schemes, scheme = 'sante_mentale')", "true"),
        ("any(schemes, scheme = principal)", "false"),
        ("any(schemes, etp < 1 and nb_qpv = 3)", "true"),
        ("any(schemes, etp > sum(schemes.etp) / 2)", "true"),
        ("any(schemes, etp > sum(schemes.etp))", "false"),
        ("any(schemes, schemes.etp < 1)", "true"),
        ("all(schemes, answered(etp))", "false"),
        ("count(schemes, missing_reason(etp) = 'dont_know')", "1"),
        ("schemes[cls].etp", "0.5"),
        ("schemes[cdv].etp", "1.5"),
        ("schemes[asv].etp", "? no_answer"),
        ("answered(schemes[cls].etp)", "true"),
    ]);
}

#[test]
fn the_first_case_that_holds_gives_the_value() {
    check(&[
        ("case(nb_qpv < 2, 'a', nb_qpv < 4, 'b', 'c')", "'b'"),
        ("case(nb_qpv < 2, 'a', nb_qpv < 3, 'b', 'c')", "'c'"),
        ("case(true, 1, true, 2)", "1"),
        ("case(false, 1, 2)", "2"),
        ("case(rappel, x, nb_qpv)", "2.5"),
        (
            "case(rappel, themes, autres_themes) has 'nutrition'",
            "true",
        ),
        ("case(rappel, presence_cls = 'oui', false)", "true"),
        ("case(rappel, '2026-03-12', '2026-03-13') = today", "true"),
        ("case(rappel, 'oui', 'non') = presence_cls", "true"),
        ("presence_cdv != case(not rappel, 'oui', 'non')", "false"),
        (
            "presence_cdv in ('oui', case(rappel, 'non', 'oui'))",
            "true",
        ),
        ("signature - case(rappel, '2024-02-28')", "1"),
        (
            "case(rappel, case(not rappel, 'en_cours', 'oui'), 'non') = presence_cls",
            "true",
        ),
        (
            "coalesce(case(not rappel, 'oui'), 'non') = presence_cdv",
            "true",
        ),
        ("count(schemes, case(etp < 1, 1, etp < 2, 2) = 2)", "1"),
        // No case holds, and nothing is said for that.
        ("case(false, 1)", "?"),
        ("coalesce(case(not rappel, 1), 7)", "7"),
    ]);
}

/// « Cannot be told » is no category: what comes after an unknown condition is not looked at.
#[test]
fn an_unknown_case_is_not_passed_over() {
    check(&[
        ("case(presence_asv = 'oui', 1, 2)", "? dont_know"),
        ("case(presence_asv = 'oui', 1, true, 2, 3)", "? dont_know"),
        (
            "case(presence_asv = 'oui', 1, cls_budget > 0, 2)",
            "? dont_know",
        ),
        (
            "case(cls_budget > 0, 1, presence_asv = 'oui', 2)",
            "? refused",
        ),
        (
            "case(presence_asv = 'oui' and cls_budget > 0, 1, 2)",
            "? dont_know refused",
        ),
        ("case(x / 0 > 1, 1, 2)", "?"),
        // What stands before it is.
        ("case(rappel, 1, presence_asv = 'oui', 2)", "1"),
        // A condition that is known whatever the answer is no unknown one.
        ("case(presence_asv = 'oui' and false, 1, 2)", "2"),
        ("case(answered(presence_asv), 1, 2)", "2"),
        (
            "case(missing_reason(presence_asv) = 'dont_know', 'nsp', 'autre')",
            "'nsp'",
        ),
        // The value may be missing too; one that is not taken does not matter.
        ("case(rappel, cls_budget, 0)", "? refused"),
        ("case(not rappel, cls_budget, 0)", "0"),
        ("case(presence_asv = 'oui', true, false) or true", "true"),
        ("not case(presence_asv = 'oui', true, false)", "? dont_know"),
    ]);
}

#[test]
fn inside_a_roster_plain_names_are_of_the_unit() {
    let cases = [
        ("etp", "0.5"),
        ("scheme.etp", "0.5"),
        ("scheme = 'acces_soins'", "true"),
        ("nb_qpv", "3"),
        ("sum(schemes.etp)", "2"),
        ("etp = max(schemes.etp)", "false"),
        ("any(schemes, etp > 1)", "true"),
        ("any(axes, fiches > etp)", "false"),
    ];
    check_in(Some(0), &cases);
    check_in(
        Some(2),
        &[("etp", "1.5"), ("etp = max(schemes.etp)", "true")],
    );
    check_in(Some(4), &[("etp", "? dont_know"), ("actif", "? no_answer")]);
}

#[test]
fn inside_one_roster_another_can_be_gone_through() {
    let survey = Survey::new(Some(SCHEMES));
    let sheet = sheet()
        .with("axes[0].fiches", number("1"))
        .with("axes[1].fiches", number("9"));
    let program = compile("count(axes, fiches > etp * 4)", &survey, Expected::Number);
    let value = |unit| program.value(&sheet, Some(unit));
    assert_eq!(value(0), Value::Number(Decimal::ONE));
    assert_eq!(value(2), Value::Number(Decimal::ONE));
    assert_eq!(value(4), Value::Number(Decimal::ZERO));
}

#[test]
fn the_type_is_known() {
    use expr::{ListId, Type};
    let survey = Survey::new(None);
    for (source, expected, ty) in [
        ("a", Expected::Any, Type::Bool),
        ("count(schemes)", Expected::Number, Type::Number),
        ("today + 1", Expected::Date, Type::Date),
        ("'2026-01-01'", Expected::Date, Type::Date),
        ("'2026-01-01'", Expected::Any, Type::Text),
        ("commentaire", Expected::Text, Type::Text),
        ("'oui'", Expected::Code(ListId(0)), Type::Code(ListId(0))),
        (
            "coalesce(presence_cls, 'oui')",
            Expected::Any,
            Type::Code(ListId(0)),
        ),
        ("case(a, 'oui', b, 'non')", Expected::Any, Type::Text),
        (
            "case(a, 'oui', 'non')",
            Expected::Code(ListId(0)),
            Type::Code(ListId(0)),
        ),
        ("case(a, x, 0)", Expected::Any, Type::Number),
        ("case(a, '2026-01-01', today)", Expected::Any, Type::Date),
        ("case(a, b, c)", Expected::Condition, Type::Bool),
        ("themes", Expected::Any, Type::Codes(ListId(1))),
        ("min(schemes, debut)", Expected::Any, Type::Date),
    ] {
        assert_eq!(compile(source, &survey, expected).ty(), ty, "{source}");
    }
    let code = compile("'en_cours'", &survey, Expected::Code(ListId(0)));
    assert_eq!(code.value(&Sheet::default(), None), Value::Code(2));
    let source = "case(rappel, coalesce(case(not rappel, 'oui'), 'non'), 'en_cours')";
    let code = compile(source, &survey, Expected::Code(ListId(0)));
    assert_eq!(code.value(&sheet(), None), Value::Code(1));
}
