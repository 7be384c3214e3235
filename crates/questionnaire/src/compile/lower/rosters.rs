//! Rosters: where their units come from, and the items asked for each.

use super::{Lowering, ids};
use crate::diagnostic::Problem;
use crate::document;
use crate::instrument::{Kind, Roster, Units};
use crate::text::Text;

const MAX_FREE_UNITS: u16 = 50;

impl<'d> Lowering<'d, '_, '_> {
    pub(super) fn roster(
        &mut self,
        ix: u32,
        item: &'d document::Item,
        page: u32,
        roster: Option<u32>,
        path: &str,
    ) -> Kind {
        if roster.is_some() {
            self.findings.error(path, Problem::NestedRoster);
            return Kind::Statement;
        }
        let units = self.units(item, path);
        let at = self.rosters.len() as u32;
        let key = item.key.clone().unwrap_or_else(|| "unit".to_owned());
        if !ids::is_name(&key) || ids::is_word(&key) {
            self.findings
                .error(&format!("{path}/key"), Problem::BadId { id: key.clone() });
        }
        // A unit's key and its items stand side by side in sheets and conditions.
        if let Some(nth) = item.items.iter().position(|it| it.id == key) {
            let line = self.findings.map().value(&format!("{path}/key")).line;
            let problem = Problem::DuplicateId {
                id: key.clone(),
                line,
            };
            self.findings
                .error(&format!("{path}/items/{nth}/id"), problem);
        }
        self.rosters.push(Roster {
            item: ix,
            key,
            units,
            items: Vec::new(),
        });
        let members = self.items(&item.items, page, Some(at), &format!("{path}/items"));
        if members.is_empty() {
            let problem = Problem::FieldNeeded {
                field: "items",
                kind: "roster",
            };
            self.findings.error(path, problem);
        }
        if let Some(it) = self.rosters.get_mut(at as usize) {
            it.items = members;
        }
        Kind::Roster { roster: at }
    }

    fn units(&mut self, item: &document::Item, path: &str) -> Units {
        match (&item.over, &item.units) {
            (Some(source), None) => {
                if let Some(units) = self.chosen_units(source) {
                    return units;
                }
                let problem = Problem::BadRosterSource {
                    item: source.clone(),
                };
                self.findings.error(&format!("{path}/over"), problem);
            }
            (None, Some(it)) => {
                if it.min > it.max {
                    self.findings
                        .error(&format!("{path}/units/min"), Problem::BadBounds);
                }
                if it.max > MAX_FREE_UNITS {
                    let limit = usize::from(MAX_FREE_UNITS);
                    let problem = Problem::TooMany {
                        what: "units",
                        limit,
                    };
                    self.findings.error(&format!("{path}/units/max"), problem);
                }
                let max = it.max.min(MAX_FREE_UNITS);
                return Units::Free {
                    min: it.min,
                    max,
                    label: it.label.clone(),
                };
            }
            (Some(_), Some(_)) => {
                let problem = Problem::OneOf {
                    field: "units",
                    other: "over",
                };
                self.findings
                    .error_at_key(&format!("{path}/units"), problem);
            }
            (None, None) => {
                let problem = Problem::FieldNeeded {
                    field: "over",
                    kind: "roster",
                };
                self.findings.error(path, problem);
            }
        }
        Units::Free {
            min: 0,
            max: 0,
            label: Text::default(),
        }
    }

    /// The chosen codes of a several-answers item that stands before the roster.
    fn chosen_units(&self, source: &str) -> Option<Units> {
        let item = *self.ids.get(source)?;
        let it = self.items.get(item as usize)?;
        match it.kind {
            Kind::Multiple { list, .. } if it.roster.is_none() => {
                Some(Units::Chosen { item, list })
            }
            _ => None,
        }
    }
}
