//! What an item is, from the fields of its kind.

use std::collections::HashSet;

use expr::{Expected, ListId, Type};
use jiff::civil::Date;

use super::former::Names;
use super::{Lowering, nothing};
use crate::diagnostic::Problem;
use crate::document::{self, AttributeType, ItemKind};
use crate::instrument::{Attribute, Cells, ContactField, Kind, List, Quantity, Row};
use crate::layout::Source;
use crate::text::Text;

const DEFAULT_LENGTH: u32 = 4_000;
/// Exact decimals have 28 digits; ten of them after the point leave room for any amount.
const MAX_DECIMALS: u8 = 10;

impl<'d> Lowering<'d, '_, '_> {
    pub(super) fn kind(
        &mut self,
        ix: u32,
        item: &'d document::Item,
        page: u32,
        roster: Option<u32>,
        path: &str,
    ) -> Kind {
        self.bounds(
            item.min_choices,
            item.max_choices,
            &format!("{path}/min_choices"),
        );
        match item.kind {
            ItemKind::Single => Kind::Single {
                list: self.choices(item, path),
            },
            ItemKind::Scale => Kind::Scale {
                list: self.choices(item, path),
            },
            ItemKind::Multiple => Kind::Multiple {
                list: self.choices(item, path),
                min: item.min_choices,
                max: item.max_choices,
            },
            ItemKind::Rank => {
                let list = self.choices(item, path);
                let missing = |it: &List| it.choices.iter().any(|it| it.missing.is_some());
                if self.lists.get(list as usize).is_some_and(missing) {
                    self.findings.error(path, Problem::MissingNotAllowed);
                }
                Kind::Rank {
                    list,
                    min: item.min_choices,
                    max: item.max_choices,
                }
            }
            ItemKind::Territory => {
                let attributes = self.attributes(item, path);
                Kind::Territory {
                    list: self.choices(item, path),
                    attributes,
                }
            }
            ItemKind::Quantity => Kind::Quantity(self.quantity(item, path, 0, item.unit.clone())),
            ItemKind::Money => {
                let currency = item.currency.clone().unwrap_or_else(|| "EUR".to_owned());
                Kind::Money(self.quantity(item, path, 2, Some(Text::fr(currency))))
            }
            ItemKind::Text => Kind::Text {
                max_length: item.max_length.unwrap_or(DEFAULT_LENGTH),
                multiline: item.multiline,
            },
            ItemKind::Date => {
                let at = format!("{path}/earliest");
                let earliest = self.date(item.earliest.as_ref(), &at);
                let latest = self.date(item.latest.as_ref(), &format!("{path}/latest"));
                self.bounds(earliest, latest, &at);
                Kind::Date { earliest, latest }
            }
            ItemKind::Grid => self.grid(ix, item, path),
            ItemKind::Consent => Kind::Consent,
            ItemKind::Contact => Kind::Contact {
                fields: if item.fields.is_empty() {
                    vec![
                        ContactField::Name,
                        ContactField::Email,
                        ContactField::Telephone,
                    ]
                } else {
                    item.fields.clone()
                },
                linked: item.linked,
            },
            ItemKind::Statement => Kind::Statement,
            ItemKind::Computed => {
                let mut expected = Expected::Any;
                if item.list.is_some() || !item.choices.is_empty() {
                    let list = self.choices(item, path);
                    self.declared.insert(ix, list);
                    // A list that does not exist is told once, not for each of its codes.
                    if !self.lists[list as usize].choices.is_empty() {
                        expected = Expected::Code(ListId(list));
                    }
                }
                let (to, path) = (Source::Value(ix), format!("{path}/value"));
                let value = self.expression(to, item.value.as_ref(), &path, expected);
                Kind::Computed {
                    value: value.unwrap_or_else(nothing),
                }
            }
            ItemKind::Roster => self.roster(ix, item, page, roster, path),
        }
    }

    fn bounds<T: PartialOrd>(&mut self, min: Option<T>, max: Option<T>, path: &str) {
        if let (Some(min), Some(max)) = (min, max)
            && min > max
        {
            self.findings.error(path, Problem::BadBounds);
        }
    }

    fn quantity(
        &mut self,
        item: &document::Item,
        path: &str,
        decimals: u8,
        unit: Option<Text>,
    ) -> Quantity {
        self.bounds(item.min, item.max, &format!("{path}/min"));
        if item.decimals.is_some_and(|it| it > MAX_DECIMALS) {
            let problem = Problem::TooMany {
                what: "decimals",
                limit: usize::from(MAX_DECIMALS),
            };
            self.findings.error(&format!("{path}/decimals"), problem);
        }
        Quantity {
            min: item.min,
            max: item.max,
            decimals: item.decimals.unwrap_or(decimals),
            unit,
        }
    }

    fn date(&mut self, given: Option<&String>, path: &str) -> Option<Date> {
        let given = given?;
        // jiff reads more than is asked for: times, basic form without hyphens.
        let date = given
            .parse()
            .ok()
            .filter(|it: &Date| it.to_string() == *given);
        if date.is_none() {
            self.findings.error(
                path,
                Problem::BadDate {
                    given: given.clone(),
                },
            );
        }
        date
    }

    fn attributes(&mut self, item: &document::Item, path: &str) -> Vec<Attribute> {
        let mut seen = HashSet::new();
        let mut attributes = Vec::new();
        for (nth, it) in item.attributes.iter().enumerate() {
            let at = format!("{path}/attributes/{nth}/id");
            if !super::ids::is_name(&it.id) {
                self.findings
                    .error(&at, Problem::BadId { id: it.id.clone() });
            } else if !seen.insert(it.id.as_str()) {
                self.findings.error(
                    &at,
                    Problem::DuplicateCode {
                        code: it.id.clone(),
                    },
                );
            }
            let ty = match it.ty {
                AttributeType::Boolean => Type::Bool,
                AttributeType::Number => Type::Number,
                AttributeType::Text => Type::Text,
            };
            attributes.push(Attribute {
                id: it.id.clone(),
                ty,
            });
        }
        attributes
    }

    fn grid(&mut self, ix: u32, item: &'d document::Item, path: &str) -> Kind {
        if item.rows.is_empty() {
            self.findings.error(
                path,
                Problem::FieldNeeded {
                    field: "rows",
                    kind: "grid",
                },
            );
        }
        let mut seen = HashSet::new();
        let mut names = Names::of_codes(item.rows.iter().map(|it| it.code.as_str()));
        let mut rows = Vec::new();
        for (nth, row) in (0u16..).zip(&item.rows) {
            let path = format!("{path}/rows/{nth}");
            self.code(&row.code, &path, &mut seen);
            if let Some(it) = self.former(ix, nth, &row.was, &path, &mut names) {
                self.former.rows.push(it);
            }
            let to = Source::Row(ix, nth);
            let filter = self.condition(to, row.filter.as_ref(), &path, "filter");
            rows.push(Row {
                code: row.code.clone(),
                label: row.label.clone(),
                filter,
            });
        }
        let cells = match item.cells.unwrap_or(document::Cells::Single) {
            document::Cells::Single => Cells::Single {
                list: self.choices(item, path),
            },
            document::Cells::Multiple => Cells::Multiple {
                list: self.choices(item, path),
            },
            document::Cells::Quantity => {
                Cells::Quantity(self.quantity(item, path, 0, item.unit.clone()))
            }
        };
        Kind::Grid { rows, cells }
    }
}
