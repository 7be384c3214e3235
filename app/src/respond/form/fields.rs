//! The posted pairs, and what a page would post if nobody touched it.

use questionnaire::view::{CellView, Element, PageView, QuestionView, Widget};

use super::MISSING;

/// Posted pairs, each of which is read once.
pub(super) struct Fields<'a> {
    pairs: &'a [(String, String)],
    read: Vec<bool>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(pairs: &'a [(String, String)]) -> Self {
        Self {
            pairs,
            read: vec![false; pairs.len()],
        }
    }

    /// The first value of a field; further ones stay unread.
    pub(super) fn one(&mut self, name: &str) -> Option<&'a str> {
        let at = self.pairs.iter().position(|(it, _)| it == name)?;
        *self.read.get_mut(at)? = true;
        self.pairs.get(at).map(|(_, value)| value.as_str())
    }

    /// The last value of a field; all are read.
    pub(super) fn last(&mut self, name: &str) -> Option<&'a str> {
        let mut last = None;
        for ((it, value), read) in self.pairs.iter().zip(&mut self.read) {
            if it == name {
                *read = true;
                last = Some(value.as_str());
            }
        }
        last
    }

    /// Every value of a field, in order.
    pub(super) fn all(&mut self, name: &str) -> Vec<String> {
        let mut all = Vec::new();
        for ((it, value), read) in self.pairs.iter().zip(&mut self.read) {
            if it == name {
                *read = true;
                all.push(value.clone());
            }
        }
        all
    }

    /// Whether the fields named in `expected` have exactly the values they have there.
    pub(super) fn same(&self, expected: &[(String, String)]) -> bool {
        let count = |all: &[(String, String)], name: &str| {
            all.iter()
                .filter(|(it, value)| it == name && !value.is_empty())
                .count()
        };
        expected.iter().all(|pair| {
            self.pairs.contains(pair) && count(self.pairs, &pair.0) == count(expected, &pair.0)
        })
    }

    /// The names of unread fields, each once; a forged form may have any number, a few say enough.
    pub(super) fn rest(&self, unknown: &mut Vec<String>) {
        const ENOUGH: usize = 20;
        for ((name, _), read) in self.pairs.iter().zip(&self.read) {
            if !read && unknown.len() < ENOUGH && !unknown.contains(name) {
                unknown.push(name.clone());
            }
        }
    }
}

/// The pairs that a browser posts when nobody touches the page, buttons and hidden fields apart.
#[must_use]
pub fn untouched(page: &PageView) -> Vec<(String, String)> {
    fn collect(elements: &[Element], out: &mut Vec<(String, String)>) {
        for element in elements {
            match element {
                Element::Statement { .. } => {}
                Element::Roster(roster) => {
                    for unit in &roster.units {
                        collect(&unit.elements, out);
                    }
                }
                Element::Question(question) => {
                    out.extend(own_fields(question));
                    out.extend(specify_fields(question));
                    if let Some(reason) = question.missing {
                        out.push((
                            format!("{}.{MISSING}", question.key),
                            reason.code().to_owned(),
                        ));
                    }
                }
            }
        }
    }
    let mut out = Vec::new();
    collect(&page.elements, &mut out);
    out
}

/// The fields of a question's own answer, as it was shown; empty text fields are left out.
pub(super) fn own_fields(question: &QuestionView) -> Vec<(String, String)> {
    let key = &question.key;
    let mut out: Vec<(String, String)> = Vec::new();
    match &question.widget {
        Widget::Single { choices }
        | Widget::Multiple { choices, .. }
        | Widget::Scale { choices }
        | Widget::Territory { choices } => {
            for choice in choices.iter().filter(|it| it.selected) {
                out.push((key.clone(), choice.code.clone()));
            }
        }
        Widget::Quantity(quantity) => out.push((key.clone(), quantity.value.clone())),
        Widget::Text { value, .. } => out.push((key.clone(), value.clone())),
        Widget::Date {
            day, month, year, ..
        } => {
            for (part, value) in [("day", day), ("month", month), ("year", year)] {
                out.push((format!("{key}.{part}"), value.clone()));
            }
        }
        Widget::Rank { choices, .. } => {
            for choice in choices {
                if let Some(rank) = choice.rank {
                    out.push((format!("{key}[{}]", choice.code), rank.to_string()));
                }
            }
        }
        Widget::Consent { value } => {
            if let Some(value) = value {
                out.push((key.clone(), value.to_string()));
            }
        }
        Widget::Grid { rows, .. } => {
            for row in rows {
                match &row.cell {
                    CellView::Single { selected } => {
                        out.extend(selected.iter().map(|it| (row.key.clone(), it.clone())));
                    }
                    CellView::Multiple { selected } => {
                        out.extend(selected.iter().map(|it| (row.key.clone(), it.clone())));
                    }
                    CellView::Quantity(quantity) => {
                        out.push((row.key.clone(), quantity.value.clone()));
                    }
                }
            }
        }
        Widget::Contact { fields } => {
            for (field, value) in fields {
                out.push((format!("{key}.{}", field.code()), value.clone()));
            }
        }
    }
    out.retain(|(_, value)| !value.is_empty());
    out
}

fn specify_fields(question: &QuestionView) -> Vec<(String, String)> {
    let (Widget::Single { choices }
    | Widget::Multiple { choices, .. }
    | Widget::Scale { choices }
    | Widget::Territory { choices }) = &question.widget
    else {
        return Vec::new();
    };
    choices
        .iter()
        .filter_map(|choice| {
            let specify = choice.specify.as_ref().filter(|it| !it.value.is_empty())?;
            Some((
                format!("{}.{}", question.key, choice.code),
                specify.value.clone(),
            ))
        })
        .collect()
}
