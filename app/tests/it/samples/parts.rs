//! Small builders that samples and tests share.

use questionnaire::instrument::MissingOffer;
use questionnaire::view::*;
use questionnaire::{Severity, SlotState};

pub(crate) fn choice(code: &str, label: &str) -> ChoiceView {
    ChoiceView {
        code: code.into(),
        label: label.into(),
        selected: false,
        offered: true,
        exclusive: false,
        missing: None,
        specify: None,
    }
}

pub(crate) fn selected(choice: ChoiceView) -> ChoiceView {
    ChoiceView {
        selected: true,
        ..choice
    }
}

pub(crate) fn nsp() -> ChoiceView {
    ChoiceView {
        missing: Some(MissingOffer::DontKnow),
        ..choice("nsp", "Ne sait pas")
    }
}

pub(crate) fn other(value: &str) -> ChoiceView {
    ChoiceView {
        specify: Some(SpecifyView {
            label: None,
            value: value.into(),
            required: false,
        }),
        selected: !value.is_empty(),
        ..choice("autre", "Autre (ARS, centre hospitalier…)")
    }
}

pub(crate) fn question(key: &str, label: &str, widget: Widget) -> QuestionView {
    QuestionView {
        key: key.into(),
        on_path: true,
        required: true,
        label: label.into(),
        help: None,
        offers: Vec::new(),
        widget,
        state: SlotState::NoAnswer,
        missing: None,
        failures: Vec::new(),
    }
}

pub(crate) fn boxed(question: QuestionView) -> Element {
    Element::Question(Box::new(question))
}

pub(crate) fn failure(key: &str, code: &str, label: &str) -> FailureView {
    FailureView {
        key: key.into(),
        code: code.into(),
        severity: Severity::Hard,
        message: String::new(),
        bounds: (None, None),
        label: label.into(),
    }
}

pub(crate) fn page(id: &str, elements: Vec<Element>) -> PageView {
    PageView {
        id: id.into(),
        block: Some("Contrat local de santé".into()),
        title: None,
        step: 3,
        steps: 7,
        has_previous: true,
        shown: Vec::new(),
        elements,
        failures: Vec::new(),
    }
}

pub(crate) fn one(question: QuestionView) -> PageView {
    page(&question.key.clone(), vec![boxed(question)])
}

/// The same page with these failures, also beside their questions.
pub(crate) fn failing(mut page: PageView, failures: Vec<FailureView>) -> PageView {
    fn place(elements: &mut [Element], failures: &[FailureView]) {
        for element in elements {
            match element {
                Element::Statement { .. } => {}
                Element::Roster(roster) => {
                    for unit in &mut roster.units {
                        place(&mut unit.elements, failures);
                    }
                }
                Element::Question(question) => {
                    for failure in failures {
                        if let Widget::Grid { rows, .. } = &mut question.widget
                            && let Some(row) = rows.iter_mut().find(|it| it.key == failure.key)
                        {
                            row.failures.push(failure.clone());
                        }
                        let below = format!("{}.", question.key);
                        if failure.key == question.key || failure.key.starts_with(&below) {
                            question.failures.push(failure.clone());
                        }
                    }
                }
            }
        }
    }
    place(&mut page.elements, &failures);
    page.failures = failures;
    page
}

pub(crate) fn number(decimals: u8, max: &str, unit: Option<&str>, value: &str) -> QuantityView {
    QuantityView {
        value: value.into(),
        min: Some("0".into()),
        max: Some(max.into()),
        decimals,
        unit: unit.map(Into::into),
    }
}

/// The page on which an invited person asks for no more messages.
pub(crate) fn opt_out(is_done: bool) -> app::invitation::OptOutScreen {
    app::invitation::OptOutScreen {
        token: "0".repeat(40),
        title: super::study().title,
        language: "fr".into(),
        is_done,
    }
}
