//! A respondent without a screen: walks through the pages like a browser without JavaScript.

use std::collections::BTreeSet;

use questionnaire::session::{self, Event, Go, Place, Step};
use questionnaire::view::{CellView, Element, PageView, Widget};
use questionnaire::{Engine, Sheet, page_view};
use serde_json::{Map, Value, json};

/// Somebody who answers questions as they come.
///
/// They know what they would answer to each slot; what they are not asked they do not say. When a
/// page comes back with something wrong they correct it: what is refused they leave out with a
/// reason, texts that are asked for they give, units that are wanted they add, and what only asks
/// to be confirmed they confirm.
#[derive(Clone, Debug)]
pub struct Respondent<'a> {
    engine: &'a Engine,
    /// What they would answer, by slot key.
    wishes: Map<String, Value>,
    sheet: Sheet,
    walk: Walk,
}

/// What came of a walk.
#[derive(Clone, Debug, Default)]
pub struct Walk {
    /// Pages in the order in which they were shown.
    pub pages: Vec<String>,
    /// Keys of everything that was shown, on any page.
    pub shown: BTreeSet<String>,
    /// The draft at the end.
    pub sheet: Sheet,
    /// Whether the review was reached; otherwise something cannot be corrected on `pages.last()`.
    pub is_finished: bool,
}

impl<'a> Respondent<'a> {
    /// Somebody with these answers in mind: a sheet's answers, whatever is asked.
    #[must_use]
    pub fn new(engine: &'a Engine, wishes: &Sheet) -> Self {
        let evaluation = engine.load(wishes).evaluation;
        let mut it = Self {
            engine,
            wishes: Map::new(),
            sheet: Sheet::default(),
            walk: Walk::default(),
        };
        for (slot, at) in (0u32..).zip(engine.layout.slots()) {
            let list = engine.instrument.items[at.item as usize].list();
            let list = list.and_then(|it| engine.instrument.lists.get(it as usize));
            if let Some(value) = evaluation.answer(slot).to_json(list) {
                it.wishes.insert(at.key.to_string(), value);
            }
            for (nth, choice) in (0u16..).zip(list.map_or(&[][..], |it| &it.choices)) {
                if let Some(text) = evaluation.specified(slot, nth) {
                    it.wishes
                        .insert(format!("{}.{}", at.key, choice.code), text.into());
                }
            }
        }
        it
    }

    /// Walks until the review, or until nothing changes any more, or for so many steps.
    #[must_use]
    pub fn walk(mut self, most: usize) -> Walk {
        let mut place = session::first_page(self.engine, &self.sheet);
        for _ in 0..most {
            let Place::Page(page) = &place else {
                self.walk.is_finished = true;
                break;
            };
            let Some(view) = page_view(self.engine, &self.sheet, page, "fr") else {
                break;
            };
            self.walk.pages.push(page.clone());
            self.walk.shown.extend(view.shown.iter().cloned());
            let before = self.sheet.clone();
            let Some(step) = self.answer(&view) else {
                break;
            };
            let stayed = step.to == place && step.sheet == before;
            (self.sheet, place) = (step.sheet, step.to);
            if stayed {
                break;
            }
        }
        self.walk.sheet = self.sheet;
        self.walk
    }

    fn answer(&mut self, view: &PageView) -> Option<Step> {
        let mut form = Form {
            wishes: &self.wishes,
            answers: Vec::new(),
            rosters: Vec::new(),
        };
        form.elements(&view.elements);
        let Form {
            mut answers,
            rosters,
            ..
        } = form;
        let mut confirmed = Vec::new();
        let mut go = Go::Next;
        for failure in &view.failures {
            let key = &failure.key;
            if failure.severity == questionnaire::Severity::Soft {
                confirmed.push(format!("{key} {}", failure.code));
            } else if rosters.contains(key) {
                go = Go::Add {
                    roster: key.clone(),
                };
            } else if key
                .rsplit_once('.')
                .is_some_and(|(slot, _)| self.is_specify(slot, key))
            {
                answers.retain(|(it, _)| it != key);
                answers.push((key.clone(), json!("précision")));
            } else {
                // Everything of the question, so that a rule between rows has nothing to say.
                let refused = json!({ "$missing": "refused" });
                for (it, value) in &mut answers {
                    if *it == *key
                        || it
                            .strip_prefix(&**key)
                            .is_some_and(|it| it.starts_with('['))
                    {
                        *value = refused.clone();
                    }
                }
                if !answers.iter().any(|(it, _)| it == key)
                    && self.engine.layout.slot(key).is_some()
                {
                    answers.push((key.clone(), refused));
                }
            }
        }
        // What was corrected stays so.
        for (key, value) in &answers {
            self.wishes.insert(key.clone(), value.clone());
        }
        let event = Event {
            page: view.id.clone(),
            answers,
            shown: view.shown.clone(),
            confirmed,
            go,
        };
        session::step(self.engine, &self.sheet, &event)
    }

    /// Whether the key is that of a « préciser » text.
    fn is_specify(&self, slot: &str, key: &str) -> bool {
        self.engine.layout.slot(slot).is_some() && self.engine.layout.slot(key).is_none()
    }
}

/// A page's form, filled in: only what is on path is there.
struct Form<'w> {
    wishes: &'w Map<String, Value>,
    answers: Vec<(String, Value)>,
    rosters: Vec<String>,
}

impl Form<'_> {
    fn elements(&mut self, elements: &[Element]) {
        for element in elements {
            match element {
                Element::Question(it) if it.on_path => self.widget(&it.key, &it.widget),
                Element::Roster(it) if it.on_path => {
                    if it.free.is_some() {
                        self.rosters.push(it.id.clone());
                    }
                    for unit in it.units.iter().filter(|it| it.present) {
                        self.elements(&unit.elements);
                    }
                }
                Element::Statement { .. } | Element::Question(_) | Element::Roster(_) => {}
            }
        }
    }

    fn field(&mut self, key: &str) {
        let value = self.wishes.get(key).cloned().unwrap_or(Value::Null);
        self.answers.push((key.to_owned(), value));
    }

    fn widget(&mut self, key: &str, widget: &Widget) {
        match widget {
            Widget::Single { choices }
            | Widget::Scale { choices }
            | Widget::Territory { choices }
            | Widget::Multiple { choices, .. } => {
                self.field(key);
                for choice in choices.iter().filter(|it| it.specify.is_some()) {
                    self.field(&format!("{key}.{}", choice.code));
                }
            }
            Widget::Grid { rows, .. } => {
                for row in rows.iter().filter(|it| it.on_path) {
                    match row.cell {
                        CellView::Single { .. }
                        | CellView::Multiple { .. }
                        | CellView::Quantity(_) => {
                            self.field(&row.key);
                        }
                    }
                }
            }
            Widget::Contact { .. } => {}
            Widget::Quantity(_)
            | Widget::Text { .. }
            | Widget::Date { .. }
            | Widget::Rank { .. }
            | Widget::Consent { .. } => self.field(key),
        }
    }
}
