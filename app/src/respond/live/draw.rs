//! Writes what the engine shows over the page that stands there.

use std::rc::Rc;

use questionnaire::Severity;
use questionnaire::view::{
    ChoiceView, Element as Part, FailureView, PageView, QuestionView, RosterView, Widget,
};
use web_sys::{Element, HtmlFormElement};

use super::{dom, summary};
use crate::respond::form::SHOWN;
use crate::respond::ids::{self, Name};
use crate::respond::wording::{Asked, Phrase, Phrases};
use crate::typography::typeset;

/// The page's elements, found once.
pub(super) struct Drawing {
    form: HtmlFormElement,
    slots: Vec<(String, Element)>,
    phrases: Rc<Phrases>,
    language: String,
}

/// What is being drawn now.
#[derive(Clone, Copy)]
struct Pass {
    attempted: bool,
    settled: bool,
}

impl Drawing {
    pub(super) fn new(form: &HtmlFormElement, phrases: Rc<Phrases>, language: String) -> Self {
        let slots = dom::all(form, "[data-slot]")
            .into_iter()
            .filter_map(|it| Some((it.get_attribute("data-slot")?, it)))
            .collect();
        Self {
            form: form.clone(),
            slots,
            phrases,
            language,
        }
    }

    /// Everything on the page. What is wrong is said where the respondent has answered, or
    /// everywhere once they tried to go on.
    pub(super) fn draw(&self, view: &PageView, attempted: bool, settled: bool) {
        let mut news = Vec::new();
        self.parts(&view.elements, Pass { attempted, settled }, &mut news);
        if let Some(field) = dom::inside(&self.form, &["[name=\"", SHOWN, "\"]"].concat()) {
            let _ = field.set_attribute("value", &view.shown.join(" "));
        }
        self.progress(view);
        // Silent again once nothing is new, so that the same words can be news another time.
        if settled && let Some(place) = dom::one("#announcement") {
            dom::write(&place, &news.join(" "));
        }
    }

    fn progress(&self, view: &PageView) {
        let (step, steps) = (view.step.to_string(), view.steps.to_string());
        if let Some(text) = dom::inside(&self.form, ".progress p") {
            let words = self
                .phrases
                .get(Phrase::Progress)
                .replace("{step}", &step)
                .replace("{steps}", &steps);
            dom::write(&text, &words);
        }
        if let Some(bar) = dom::inside(&self.form, "progress") {
            let _ = bar.set_attribute("value", &step);
            let _ = bar.set_attribute("max", &steps);
        }
    }

    fn slot(&self, key: &str) -> Option<&Element> {
        self.slots
            .iter()
            .find(|(it, _)| it == key)
            .map(|(_, element)| element)
    }

    fn parts(&self, parts: &[Part], pass: Pass, news: &mut Vec<String>) {
        for part in parts {
            match part {
                Part::Statement { id, on_path, .. } => {
                    if let Some(element) = self.slot(id) {
                        dom::show(element, *on_path);
                    }
                }
                Part::Question(it) => self.question(it, pass, news),
                Part::Roster(it) => self.roster(it, pass, news),
            }
        }
    }

    fn roster(&self, roster: &RosterView, pass: Pass, news: &mut Vec<String>) {
        let Some(element) = self.slot(&roster.id) else {
            return;
        };
        dom::show(element, roster.on_path);
        self.text(element, "label", &roster.label);
        for (unit, element) in roster.units.iter().zip(dom::all(element, "[data-unit]")) {
            dom::show(&element, unit.present);
            self.text(&element, "label", &unit.label);
            self.parts(&unit.elements, pass, news);
        }
    }

    fn question(&self, question: &QuestionView, pass: Pass, news: &mut Vec<String>) {
        let Some(element) = self.slot(&question.key) else {
            return;
        };
        dom::show(element, question.on_path);
        self.text(element, "label", &question.label);
        if let Some(help) = &question.help {
            self.text(element, "help", help);
        }
        match &question.widget {
            Widget::Single { choices }
            | Widget::Multiple { choices, .. }
            | Widget::Scale { choices }
            | Widget::Territory { choices } => self.choices(element, choices),
            Widget::Rank { choices, .. } => {
                for (choice, row) in choices.iter().zip(dom::all(element, "[data-choice]")) {
                    dom::show(&row, choice.offered || choice.rank.is_some());
                }
            }
            Widget::Grid { rows, .. } => {
                for row in rows {
                    if let Some(element) = self.slot(&row.key) {
                        dom::show(element, row.on_path);
                        self.text(element, "label", &row.label);
                    }
                    let asked = Asked::of_cell(&row.cell);
                    self.failures(&row.key, &row.failures, asked, pass, news);
                }
            }
            Widget::Text {
                value, max_length, ..
            } => self.count(element, value, *max_length as usize),
            Widget::Quantity(_)
            | Widget::Date { .. }
            | Widget::Consent { .. }
            | Widget::Contact { .. } => {}
        }
        let ripe: Vec<FailureView> = question
            .failures
            .iter()
            .filter(|it| pass.attempted || is_ripe(&question.widget, it))
            .cloned()
            .collect();
        let of = |key: &str| -> Vec<FailureView> {
            ripe.iter().filter(|it| it.key == key).cloned().collect()
        };
        if !matches!(question.widget, Widget::Grid { .. }) {
            self.failures(
                &question.key,
                &of(&question.key),
                Asked::of(&question.widget),
                pass,
                news,
            );
        }
        if let Widget::Single { choices }
        | Widget::Multiple { choices, .. }
        | Widget::Scale { choices } = &question.widget
        {
            for choice in choices.iter().filter(|it| it.specify.is_some()) {
                let key = [&question.key, ".", &choice.code].concat();
                self.failures(&key, &of(&key), Asked::Text, pass, news);
            }
        }
    }

    fn choices(&self, element: &Element, choices: &[ChoiceView]) {
        for (choice, row) in choices.iter().zip(dom::all(element, "[data-choice]")) {
            dom::show(&row, choice.offered || choice.selected);
            if let Some(label) = dom::inside(&row, "label") {
                dom::write(&label, &typeset(&choice.label, &self.language));
            }
        }
    }

    /// A text of the questionnaire that may speak of answers.
    fn text(&self, element: &Element, which: &str, text: &str) {
        if let Some(place) = dom::inside(element, &["[data-text=", which, "]"].concat()) {
            dom::write(&place, &typeset(text, &self.language));
        }
    }

    /// How many characters are left, near the limit and beyond it.
    fn count(&self, element: &Element, value: &str, most: usize) {
        let Some(place) = dom::inside(element, "[data-count]") else {
            return;
        };
        let length = value.chars().count();
        let (words, n) = if length > most {
            (self.phrases.get(Phrase::TextOver), length - most)
        } else {
            (self.phrases.get(Phrase::TextLeft), most - length)
        };
        dom::show(&place, length * 5 > most * 4);
        dom::write(&place, &words.replace("{n}", &n.to_string()));
    }

    /// What is wrong with one slot, beside its field.
    fn failures(
        &self,
        key: &str,
        failures: &[FailureView],
        asked: Asked,
        pass: Pass,
        news: &mut Vec<String>,
    ) {
        let id = ids::id(Name::Error, key);
        let Some(place) = dom::document().and_then(|it| it.get_element_by_id(&id)) else {
            return;
        };
        let was = !place.has_attribute("hidden");
        // Nobody is told that they are wrong while they are typing.
        if !was && (failures.is_empty() || !pass.settled) {
            return;
        }
        let said = place.text_content().unwrap_or_default();
        place.set_text_content(None);
        for failure in failures {
            self.failure(&place, failure, asked);
        }
        dom::show(&place, !failures.is_empty());
        summary::follow(key, !failures.is_empty());
        let now = place.text_content().unwrap_or_default();
        if !failures.is_empty() && (!was || said != now) {
            news.push(now);
        }
        let invalid = failures.iter().any(|it| it.severity == Severity::Hard);
        if let Some(element) = self.slot(key) {
            let _ = element.class_list().toggle_with_force("invalid", invalid);
        }
        for carrier in dom::all(&self.form, &["[aria-describedby~=\"", &id, "\"]"].concat()) {
            mark(&carrier, invalid);
        }
    }

    fn failure(&self, place: &Element, failure: &FailureView, asked: Asked) {
        let (class, prefix) = match failure.severity {
            Severity::Hard => ("error", self.phrases.get(Phrase::ErrorPrefix)),
            Severity::Soft => ("warning", self.phrases.get(Phrase::WarningPrefix)),
        };
        let mut words = self.phrases.words(failure, asked);
        if !failure.message.is_empty() {
            words = typeset(&words, &self.language);
        }
        let Some(line) = dom::document().and_then(|it| it.create_element("span").ok()) else {
            return;
        };
        line.set_class_name(class);
        line.set_text_content(Some(&[prefix, " ", &words].concat()));
        let _ = place.append_child(&line);
    }
}

/// `aria-invalid`, where it may stand: on radio groups and on fields, not on groups or radios.
fn mark(carrier: &Element, invalid: bool) {
    if carrier.tag_name() == "FIELDSET" && !carrier.has_attribute("role") {
        let fields = ":is(input:not([type=radio]),select,textarea):not(.specify *)";
        for field in dom::all(carrier, fields) {
            dom::set(&field, "aria-invalid", invalid, "true");
        }
    } else if carrier.get_attribute("type").as_deref() != Some("radio") {
        dom::set(carrier, "aria-invalid", invalid, "true");
    }
}

/// Whether an answer is far enough along to be found wrong.
fn is_ripe(widget: &Widget, failure: &FailureView) -> bool {
    match (widget, failure.code.as_str()) {
        // What is not answered yet may still be.
        (_, "required") => false,
        (
            Widget::Date {
                day, month, year, ..
            },
            _,
        ) => !(day.is_empty() || month.is_empty() || year.is_empty()),
        // Too few may become enough; too many is too many.
        (Widget::Multiple { choices, max, .. }, "range") => {
            let made = choices.iter().filter(|it| it.selected).count();
            max.is_some_and(|it| made > usize::from(it))
        }
        (Widget::Rank { .. }, "range") => false,
        _ => true,
    }
}
