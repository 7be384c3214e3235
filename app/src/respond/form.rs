//! What a posted page says: form fields → answers by slot.
//!
//! The same function reads the form on the server (POST) and in the browser (island). It decides
//! nothing about the answers: what cannot be read as an answer of its kind is kept as typed, for
//! the engine to refuse and for the respondent to correct. Reading order: [`read`] → [`Posted`].

mod fields;
mod value;

use questionnaire::instrument::{ContactField, MissingOffer};
use questionnaire::session::{Event, Go};
use questionnaire::view::{
    CellView, ChoiceView, Element, PageView, QuestionView, RosterView, Widget,
};
use serde_json::{Value, json};

use fields::Fields;
pub use fields::untouched;

/// Name of the hidden field that makes a repeated post harmless.
pub const IDEMPOTENCY_KEY: &str = "idempotency_key";
/// Name of the buttons.
pub const GO: &str = "go";
/// Name of the hidden fields that say which soft checks were shown: `slot check:id`.
pub const CONFIRM: &str = "$confirm";
/// Name of the hidden field that says what was shown: keys separated by spaces.
pub const SHOWN: &str = "$shown";
/// What follows a slot key in the name of a missing reason.
pub const MISSING: &str = "$missing";

/// Everything a posted page says.
#[derive(Clone, Debug, PartialEq)]
pub struct Posted {
    /// What the engine is told: the value of every slot of the page, also of off-path ones
    /// (`null` where nothing was answered; a « préciser » text as `item.code`, empty if there is none), what was
    /// shown and confirmed, and the button.
    pub event: Event,
    /// Contact details by item: they never stand in a sheet.
    pub contacts: Vec<(String, Vec<(ContactField, String)>)>,
    /// The key of this post, if there is one.
    pub idempotency_key: Option<String>,
    /// Names of fields that the page does not have, each once; the first twenty.
    pub unknown: Vec<String>,
}

/// Reads the fields that a page posted.
///
/// `page` is the page as the server knows it before this post. Every slot of the page is in the
/// result, also off-path ones: drafts keep what was typed. Fields the page does not have, and
/// further values of a field that takes one, are reported in [`Posted::unknown`] and otherwise
/// ignored.
#[must_use]
pub fn read(page: &PageView, pairs: &[(String, String)]) -> Posted {
    let mut fields = Fields::new(pairs);
    let shown = match fields.one(SHOWN) {
        Some(keys) => keys
            .split(' ')
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect(),
        None => page.shown.clone(),
    };
    let mut posted = Posted {
        event: Event {
            page: page.id.clone(),
            answers: Vec::new(),
            shown,
            confirmed: fields.all(CONFIRM),
            go: Go::Next,
        },
        contacts: Vec::new(),
        idempotency_key: fields.one(IDEMPOTENCY_KEY).map(str::to_owned),
        unknown: Vec::new(),
    };
    // The last one: a browser sends the pressed button only, after the fields before it.
    if let Some(go) = fields.last(GO) {
        // Whatever a forged button means, keeping the answers and staying is safe.
        posted.event.go = Go::parse(go).unwrap_or_else(|| {
            posted.unknown.push(GO.to_owned());
            Go::Save
        });
    }
    for element in &page.elements {
        read_element(element, &mut fields, &mut posted);
    }
    fields.rest(&mut posted.unknown);
    posted
}

fn read_element(element: &Element, fields: &mut Fields<'_>, posted: &mut Posted) {
    match element {
        Element::Statement { .. } => {}
        Element::Question(question) => read_question(question, fields, posted),
        Element::Roster(RosterView { units, .. }) => {
            for element in units.iter().flat_map(|it| &it.elements) {
                read_element(element, fields, posted);
            }
        }
    }
}

fn read_question(question: &QuestionView, fields: &mut Fields<'_>, posted: &mut Posted) {
    let key = question.key.as_str();
    let reason = fields
        .one(&format!("{key}.{MISSING}"))
        .and_then(MissingOffer::from_code);
    let was = fields::own_fields(question);
    let unchanged = !was.is_empty() && fields.same(&was);
    // A form without script cannot take one answer away when another is given, so both may come.
    // What was there before and did not change yields; typed answers are not lost otherwise.
    let choose = |value: Value| match reason {
        None => value,
        Some(reason) if is_blank(&value) => missing(reason),
        Some(reason) if question.missing != Some(reason) && unchanged => missing(reason),
        Some(_) => value,
    };
    match &question.widget {
        Widget::Single { choices } | Widget::Scale { choices } | Widget::Territory { choices } => {
            let value = fields.one(key).map_or(Value::Null, value::code);
            posted.event.answers.push((key.to_owned(), choose(value)));
            read_specify(key, choices, fields, posted);
        }
        Widget::Multiple { choices, .. } => {
            let value = value::codes(&fields.all(key), choices.iter().map(|it| it.code.as_str()));
            posted.event.answers.push((key.to_owned(), choose(value)));
            read_specify(key, choices, fields, posted);
        }
        Widget::Quantity(quantity) => {
            let value = fields
                .one(key)
                .map_or(Value::Null, |it| value::number(it, quantity));
            posted.event.answers.push((key.to_owned(), choose(value)));
        }
        Widget::Text { .. } => {
            let value = fields.one(key).map_or(Value::Null, value::text);
            posted.event.answers.push((key.to_owned(), choose(value)));
        }
        Widget::Date { .. } => {
            let [year, month, day] =
                ["year", "month", "day"].map(|it| fields.one(&format!("{key}.{it}")).unwrap_or(""));
            let parts = value::date(year, month, day);
            let whole = fields.one(key).map_or(Value::Null, value::text);
            posted.event.answers.push((
                key.to_owned(),
                choose(if is_blank(&parts) { whole } else { parts }),
            ));
        }
        Widget::Rank { choices, .. } => {
            let ranks = choices.iter().map(|it| {
                (
                    it.code.as_str(),
                    fields.one(&format!("{key}[{}]", it.code)).unwrap_or(""),
                )
            });
            let value = value::ranks(ranks.collect());
            posted.event.answers.push((key.to_owned(), choose(value)));
        }
        Widget::Consent { .. } => {
            let value = fields.one(key).map_or(Value::Null, value::boolean);
            posted.event.answers.push((key.to_owned(), choose(value)));
        }
        Widget::Grid { columns, rows } => {
            for row in rows {
                let value = match &row.cell {
                    CellView::Single { .. } => {
                        fields.one(&row.key).map_or(Value::Null, value::code)
                    }
                    CellView::Multiple { .. } => value::codes(
                        &fields.all(&row.key),
                        columns.iter().map(|it| it.code.as_str()),
                    ),
                    CellView::Quantity(quantity) => fields
                        .one(&row.key)
                        .map_or(Value::Null, |it| value::number(it, quantity)),
                };
                let own = fields
                    .one(&format!("{}.{MISSING}", row.key))
                    .and_then(MissingOffer::from_code)
                    .or(reason);
                let value = match own {
                    Some(reason) if is_blank(&value) => missing(reason),
                    _ => value,
                };
                posted.event.answers.push((row.key.clone(), value));
            }
        }
        Widget::Contact { fields: asked } => {
            let given = asked
                .iter()
                .map(|(field, _)| {
                    let typed = fields.one(&format!("{key}.{}", field.code())).unwrap_or("");
                    (*field, value::clean(typed))
                })
                .collect();
            posted.contacts.push((key.to_owned(), given));
        }
    }
}

/// The texts beside the choices (« préciser »), typed or not.
fn read_specify(key: &str, choices: &[ChoiceView], fields: &mut Fields<'_>, posted: &mut Posted) {
    for choice in choices.iter().filter(|it| it.specify.is_some()) {
        let slot = format!("{key}.{}", choice.code);
        let value = value::clean(fields.one(&slot).unwrap_or(""));
        posted.event.answers.push((slot, Value::String(value)));
    }
}

fn missing(reason: MissingOffer) -> Value {
    json!({ "$missing": reason.code() })
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(it) => it.is_empty(),
        Value::Array(it) => it.is_empty(),
        Value::Object(it) => it.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}
