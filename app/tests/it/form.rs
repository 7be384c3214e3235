//! A page that is drawn, posted and read gives the same answers; forged forms do no harm.

use app::respond::form::{self, untouched};
use proptest::prelude::*;
use questionnaire::instrument::MissingOffer;
use questionnaire::session::Go;
use questionnaire::view::{Element, PageView, QuestionView, Widget};
use serde_json::{Value, json};

use crate::markup::tags;
use crate::samples;
use crate::samples::parts::page;
use crate::strategies::page_view;

fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn page_of(question: QuestionView) -> PageView {
    page("p", vec![Element::Question(Box::new(question))])
}

/// Reads a form about one question; answers that are empty are left out.
#[track_caller]
fn check(question: QuestionView, posted: &[(&str, &str)], expect: &Value) {
    let read = form::read(&page_of(question), &pairs(posted));
    let answers: serde_json::Map<String, Value> = read
        .event
        .answers
        .into_iter()
        .filter(|(_, it)| !it.is_null() && it != "")
        .collect();
    assert_eq!(&Value::Object(answers), expect);
    assert_eq!(read.unknown, Vec::<String>::new());
}

fn blank(mut question: QuestionView) -> QuestionView {
    match &mut question.widget {
        Widget::Single { choices }
        | Widget::Multiple { choices, .. }
        | Widget::Scale { choices } => {
            for choice in choices {
                choice.selected = false;
            }
        }
        Widget::Quantity(it) => it.value.clear(),
        _ => {}
    }
    question
}

#[test]
fn each_kind_of_question_is_read() {
    check(
        samples::single(),
        &[("presence_cls", "non")],
        &json!({"presence_cls": "non"}),
    );
    check(samples::single(), &[], &json!({}));
    check(
        samples::structure(),
        &[
            ("structure", "autre"),
            ("structure.autre", " Maison de santé "),
        ],
        &json!({"structure": "autre", "structure.autre": "Maison de santé"}),
    );
    check(
        samples::multiple(),
        &[
            ("cls_partenaires", "prefecture"),
            ("cls_partenaires", "ars"),
            ("cls_partenaires.autre", ""),
        ],
        &json!({"cls_partenaires": ["ars", "prefecture"]}),
    );
    check(
        samples::scale(),
        &[("coordination", "nsp")],
        &json!({"coordination": "nsp"}),
    );
    check(
        samples::quantity(),
        &[("cls_etp", "0,5")],
        &json!({"cls_etp": 0.5}),
    );
    check(
        samples::quantity(),
        &[("cls_etp", "deux")],
        &json!({"cls_etp": "deux"}),
    );
    check(
        samples::text(true),
        &[("suites", "a\r\nb ")],
        &json!({"suites": "a\nb"}),
    );
    check(
        samples::date(),
        &[
            ("signature.day", "1"),
            ("signature.month", "2"),
            ("signature.year", "2024"),
        ],
        &json!({"signature": "2024-02-01"}),
    );
    check(
        samples::date(),
        &[("signature", "2024-02-01")],
        &json!({"signature": "2024-02-01"}),
    );
    check(
        samples::rank(),
        &[
            ("priorites[mental]", "1"),
            ("priorites[soins]", "2"),
            ("priorites[jeunes]", ""),
        ],
        &json!({"priorites": ["mental", "soins"]}),
    );
    check(
        samples::consent(),
        &[("rappel", "false")],
        &json!({"rappel": false}),
    );
    check(
        samples::grid(samples::single_cell),
        &[("implication[ars]", "n1"), ("implication[ville]", "n2")],
        &json!({"implication[ars]": "n1", "implication[ville]": "n2"}),
    );
    check(
        samples::grid(samples::multiple_cell),
        &[("implication[ars]", "n3"), ("implication[ars]", "n0")],
        &json!({"implication[ars]": ["n0", "n3"]}),
    );
    check(
        samples::grid(samples::number_cell),
        &[("implication[asso]", "1 200")],
        &json!({"implication[asso]": 1200}),
    );
    check(samples::territory(true), &[("commune", "")], &json!({}));
}

#[test]
fn missing_reasons_are_answers() {
    let reason = ("cls_etp.$missing", "dont_know");
    let given = json!({"cls_etp": {"$missing": "dont_know"}});
    check(samples::quantity(), &[("cls_etp", ""), reason], &given);
    // 1,5 was there and did not change: the reason is what is new.
    check(samples::quantity(), &[("cls_etp", "1,5"), reason], &given);
    // The number is what is new.
    let stored = QuestionView {
        missing: Some(MissingOffer::DontKnow),
        ..blank(samples::quantity())
    };
    check(stored, &[("cls_etp", "2"), reason], &json!({"cls_etp": 2}));
    // Both are new: what was typed is not lost.
    check(
        blank(samples::quantity()),
        &[("cls_etp", "2"), reason],
        &json!({"cls_etp": 2}),
    );
    // Rows without an answer of their own take the grid's reason.
    check(
        samples::grid(samples::single_cell),
        &[
            ("implication.$missing", "refused"),
            ("implication[ars]", "n1"),
        ],
        &json!({
            "implication[ars]": "n1",
            "implication[ville]": {"$missing": "refused"},
            "implication[asso]": {"$missing": "refused"},
        }),
    );
}

#[test]
fn contact_details_stay_apart() {
    let read = form::read(
        &page_of(samples::contact()),
        &pairs(&[
            ("contact.name", " Camille "),
            ("contact.email", "c@exemple.fr"),
        ]),
    );
    assert_eq!(read.event.answers, []);
    let (key, given) = &read.contacts[0];
    assert_eq!(key, "contact");
    assert_eq!(
        given.iter().map(|(_, it)| it.as_str()).collect::<Vec<_>>(),
        ["Camille", "c@exemple.fr", ""]
    );
}

#[test]
fn roster_slots_are_read_for_each_unit() {
    let read = form::read(
        &page("p", vec![samples::roster(true)]),
        &pairs(&[
            ("moyens[2].etp", "0,5"),
            ("moyens[1].poste", "oui"),
            ("go", "remove:moyens:2"),
        ]),
    );
    let given: Vec<_> = read
        .event
        .answers
        .iter()
        .filter(|(_, it)| !it.is_null())
        .cloned()
        .collect();
    assert_eq!(
        given,
        [
            ("moyens[1].poste".to_owned(), json!("oui")),
            ("moyens[2].etp".to_owned(), json!(0.5))
        ]
    );
    assert_eq!(
        read.event.go,
        Go::Remove {
            roster: "moyens".into(),
            unit: "2".into()
        }
    );
}

#[test]
fn the_hidden_fields_and_the_button_are_read() {
    let read = form::read(
        &page_of(samples::single()),
        &pairs(&[
            ("idempotency_key", "k"),
            ("$confirm", "cls_etp check:a"),
            ("$confirm", "nb check:b"),
            ("$shown", "a b[c]"),
            ("go", "back"),
        ]),
    );
    assert_eq!(read.idempotency_key.as_deref(), Some("k"));
    assert_eq!(read.event.confirmed, ["cls_etp check:a", "nb check:b"]);
    assert_eq!(read.event.shown, ["a", "b[c]"]);
    assert_eq!(read.event.go, Go::Back);
    assert_eq!(read.unknown, Vec::<String>::new());
}

#[test]
fn without_script_what_was_shown_is_what_was_served() {
    let page = PageView {
        shown: vec!["presence_cls".into()],
        ..page_of(samples::single())
    };
    assert_eq!(form::read(&page, &[]).event.shown, ["presence_cls"]);
    assert_eq!(form::read(&page, &[]).event.go, Go::Next, "the Enter key");
}

#[test]
fn forged_forms_are_reported_and_stay_small() {
    let mut forged = pairs(&[
        ("presence_cls", "oui"),
        ("presence_cls", "non"),
        ("role", "admin"),
        ("go", "away"),
    ]);
    forged.extend((0..100_000).map(|it| (format!("x{it}"), String::new())));
    let read = form::read(&page_of(samples::single()), &forged);
    assert_eq!(
        read.event.answers,
        [("presence_cls".to_owned(), json!("oui"))]
    );
    assert_eq!(read.event.go, Go::Save, "keeping and staying is safe");
    assert_eq!(read.unknown.len(), 20);
    assert_eq!(read.unknown[..3], ["go", "presence_cls", "role"]);
}

/// The pairs a browser would send from this HTML if nobody touched it.
fn successful_controls(html: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut select = None;
    for tag in tags(html) {
        let name = tag.get("name").map(str::to_owned);
        match tag.name.as_str() {
            "input" => {
                let ticked = !matches!(tag.get("type"), Some("radio" | "checkbox"))
                    || tag.get("checked").is_some();
                if ticked
                    && !matches!(
                        name.as_deref(),
                        Some("$shown" | "$confirm" | "idempotency_key")
                    )
                {
                    out.push((
                        name.expect("a field has a name"),
                        tag.get("value").unwrap_or("").to_owned(),
                    ));
                }
            }
            "select" => select = name,
            "option" if tag.get("selected").is_some() => {
                out.push((
                    select.clone().expect("inside a select"),
                    tag.get("value").unwrap_or("").to_owned(),
                ));
            }
            _ => {}
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Drawing and reading agree on every name and value.
    #[test]
    fn what_is_drawn_is_what_is_read(page in page_view()) {
        let screen = app::respond::screen::PageScreen {
            study: samples::study(),
            page: page.clone(),
            idempotency_key: "k".into(),
            saved_at: None,
            live: None,
        together: None,
    };
        let html = app::render::page(&samples::frame(app::language::Language::Fr, ""), &screen);
        let is_textarea = |name: &str| html.contains(&format!("name=\"{name}\" rows="));
        let mut drawn = successful_controls(&html);
        drawn.retain(|(_, value)| !value.is_empty());
        let mut expect = untouched(&page);
        expect.retain(|(name, _)| !is_textarea(name));
        drawn.sort();
        expect.sort();
        prop_assert_eq!(drawn, expect);
    }

    /// No form, however strange, is more than read; and nothing of it names a slot twice.
    #[test]
    fn any_form_is_read(page in page_view(), names in prop::collection::vec("\\PC{0,12}", 0..20), value in "\\PC{0,20}") {
        let mut posted = untouched(&page);
        posted.extend(names.into_iter().map(|it| (it, value.clone())));
        let read = form::read(&page, &posted);
        let mut keys: Vec<_> = read.event.answers.iter().map(|(key, _)| key.clone()).collect();
        let all = keys.len();
        keys.sort();
        keys.dedup();
        prop_assert_eq!(keys.len(), all);
    }
}
