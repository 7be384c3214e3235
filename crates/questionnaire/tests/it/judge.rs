//! Text in, text out: a questionnaire and a sheet, and what the engine makes of them.

use std::fmt::Write;

use expect_test::Expect;
use questionnaire::{Engine, Evaluation, Loaded, Severity, Sheet, Verdict};

/// A questionnaire of one page with these items.
pub(crate) fn items(items: &str) -> Engine {
    let mut yaml =
        "id: essai\ntitle: Essai\nblocks:\n- id: b\n  pages:\n  - id: p\n    items:\n".to_owned();
    for line in items.lines() {
        writeln!(yaml, "    {line}").unwrap();
    }
    engine(&yaml)
}

/// The engine of a questionnaire without errors.
pub(crate) fn engine(yaml: &str) -> Engine {
    let checked = questionnaire::check(yaml);
    let found: Vec<_> = checked
        .diagnostics
        .iter()
        .map(|it| {
            format!(
                "{:?} {} {}",
                it.position,
                it.code(),
                it.message(expr::Lang::En)
            )
        })
        .collect();
    assert!(checked.is_sound(), "{found:#?}\n{yaml}");
    checked.engine.unwrap()
}

/// A sheet; answers alone are enough.
pub(crate) fn sheet(json: &str) -> Sheet {
    let value: serde_json::Value = serde_json::from_str(json).unwrap();
    if value.get("answers").is_some() {
        serde_json::from_value(value).unwrap()
    } else {
        Sheet {
            answers: value.as_object().unwrap().clone(),
            ..Sheet::default()
        }
    }
}

/// What the engine makes of a sheet.
pub(crate) fn judge(engine: &Engine, json: &str, expected: &Expect) {
    expected.assert_eq(&verdict(&load(engine, json).verdict(None)));
}

pub(crate) fn load<'e>(engine: &'e Engine, json: &str) -> Loaded<'e> {
    engine.load(&sheet(json))
}

/// What is stored for a sheet.
pub(crate) fn stored(evaluation: &Evaluation<'_>) -> String {
    serde_json::to_string(&evaluation.to_answers(questionnaire::Keep::OnPath)).unwrap()
}

/// A verdict, a line for each thing: `slot state`, `off path slot`, `! slot failure`,
/// `computed = value`.
pub(crate) fn verdict(it: &Verdict) -> String {
    let mut text = String::new();
    for (key, state) in &it.slots {
        writeln!(text, "{key} {}", state.code()).unwrap();
    }
    for key in &it.off_path {
        writeln!(text, "off path {key}").unwrap();
    }
    for it in &it.failures {
        let soft = if it.severity == Severity::Soft {
            " (soft)"
        } else {
            ""
        };
        writeln!(text, "! {} {}{soft}", it.item, it.code.code()).unwrap();
    }
    for (key, value) in &it.computed {
        writeln!(text, "{key} = {value}").unwrap();
    }
    writeln!(
        text,
        "{}",
        if it.complete {
            "complete"
        } else {
            "incomplete"
        }
    )
    .unwrap();
    text
}
