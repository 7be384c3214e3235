//! The survey « La place des QPV dans les Contrats locaux de santé », on its real sheets.

use questionnaire::view::Element;
use questionnaire::{Engine, Sheet};
use serde_json::Value;

const QUESTIONNAIRE: &str = include_str!("../../../../questionnaires/qpv-cls/questionnaire.yaml");
const EDGE: &str = include_str!("../../../../questionnaires/qpv-cls/edge.ndjson");
const RESPONSES: &str = include_str!("../../../../questionnaires/qpv-cls/responses.ndjson");

pub(crate) fn engine() -> Engine {
    let checked = questionnaire::check(QUESTIONNAIRE);
    let found: Vec<_> = checked
        .diagnostics
        .iter()
        .map(|it| {
            format!(
                "{:?} {} {}",
                it.position,
                it.code(),
                it.message(expr::Lang::Fr)
            )
        })
        .collect();
    assert_eq!(found, Vec::<String>::new());
    checked.engine.unwrap()
}

fn sheets(lines: &str) -> impl Iterator<Item = (Sheet, Value)> {
    lines.lines().map(|line| {
        (
            serde_json::from_str(line).unwrap(),
            serde_json::from_str(line).unwrap(),
        )
    })
}

#[test]
fn edge_sheets_give_exactly_what_was_worked_out_by_hand() {
    let engine = engine();
    for (sheet, line) in sheets(EDGE) {
        let verdict = engine.load(&sheet).verdict(sheet.meta.id.clone());
        let found = serde_json::to_value(&verdict).unwrap();
        let expect = &line["expect"];
        for (key, wanted) in expect.as_object().unwrap() {
            let mut found = found[key].clone();
            if key == "failures" {
                for it in found.as_array_mut().unwrap() {
                    it.as_object_mut().unwrap().remove("severity");
                }
            }
            assert_eq!(&found, wanted, "{key} of {}", line["meta"]["about"]);
        }
    }
}

#[test]
fn the_130_sheets_are_complete_and_on_path() {
    let engine = engine();
    let mut n = 0;
    for (sheet, _) in sheets(RESPONSES) {
        let verdict = engine.load(&sheet).verdict(sheet.meta.id.clone());
        assert!(verdict.complete, "{verdict:?}");
        assert_eq!(verdict.off_path, Vec::<String>::new());
        n += 1;
    }
    assert_eq!(n, 130);
}

#[test]
fn a_consent_is_read_back_and_a_contact_is_simply_left_empty() {
    let engine = engine();
    let sheet: Sheet = serde_json::from_str(r#"{"answers": {"rappel": true}}"#).unwrap();
    for (lang, word) in [("fr", "Oui"), ("en", "Yes")] {
        let review = questionnaire::review_view(&engine, &sheet, lang);
        let lines = review.pages.iter().flat_map(|it| &it.lines);
        let answers: Vec<_> = lines
            .filter(|it| it.key == "rappel")
            .map(|it| &it.answer[..])
            .collect();
        assert_eq!(answers, [[word]]);
    }
    let page = questionnaire::page_view(&engine, &sheet, "suites", "fr").unwrap();
    for element in &page.elements {
        let Element::Question(question) = element else {
            continue;
        };
        assert_eq!(question.offers, [], "{}", question.key);
    }
}
