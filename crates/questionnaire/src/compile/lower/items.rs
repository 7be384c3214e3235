//! Items in their places, with what every kind has: filters, checks, texts.

use std::collections::HashMap;
use std::num::NonZeroU64;

use super::{Lowering, Space, fields, ids, nothing};
use crate::diagnostic::Problem;
use crate::document;
use crate::failure::Severity;
use crate::instrument::{Check, Condition, Item, Kind, Population};
use crate::layout::Source;

impl<'d> Lowering<'d, '_, '_> {
    /// Places items on a page, or in a roster; answers their positions.
    pub(super) fn items(
        &mut self,
        items: &'d [document::Item],
        page: u32,
        roster: Option<u32>,
        path: &str,
    ) -> Vec<u32> {
        let mut placed = Vec::new();
        for (nth, item) in items.iter().enumerate() {
            let path = format!("{path}/{nth}");
            self.place(&item.id, &path, Space::Item);
            let ix = self.items.len() as u32;
            self.ids.entry(&item.id).or_insert(ix);
            placed.push(ix);
            self.item(ix, item, page, roster, &path);
        }
        placed
    }

    fn item(
        &mut self,
        ix: u32,
        item: &'d document::Item,
        page: u32,
        roster: Option<u32>,
        path: &str,
    ) {
        fields::check(item, path, self.findings);
        let is_frame = path.starts_with("/frame/");
        if item.column.is_some() && !is_frame {
            let at = format!("{path}/column");
            self.findings.error_at_key(&at, Problem::ColumnNotHere);
        }
        let filter = self.condition(Source::Item(ix), item.filter.as_ref(), path, "filter");
        let checks = self.checks(ix, item, path);
        // The item takes its place before its kind is known: a roster's items follow it.
        self.items.push(Item {
            id: item.id.clone(),
            label: item.label.clone().unwrap_or_default(),
            help: item.help.clone(),
            short: item.short.clone(),
            universe: item.universe.clone(),
            population: Population::new(item.population.map(NonZeroU64::get)),
            filter,
            required: item.required,
            // The questionnaire's own are for what can be answered with a reason: not for contacts.
            offers: match &item.offers {
                Some(own) => own.clone(),
                None if is_frame => Vec::new(),
                None if fields::takes(item.kind, item.cells, "offers") => {
                    self.document.offers.clone()
                }
                None => Vec::new(),
            },
            checks,
            choice_filters: Vec::new(),
            page,
            roster,
            kind: Kind::Statement,
        });
        let kind = self.kind(ix, item, page, roster, path);
        let choice_filters = match kind {
            // Nobody is offered its codes.
            Kind::Computed { .. } => Vec::new(),
            _ if is_frame => Vec::new(),
            _ => self.choice_filters(ix, item, path),
        };
        if let Some(it) = self.items.get_mut(ix as usize) {
            it.kind = kind;
            it.choice_filters = choice_filters;
        }
    }

    fn checks(&mut self, ix: u32, item: &document::Item, path: &str) -> Vec<Check> {
        let mut seen: HashMap<&str, String> = HashMap::new();
        let mut checks = Vec::new();
        for (nth, check) in (0u16..).zip(&item.checks) {
            let path = format!("{path}/checks/{nth}");
            let at = format!("{path}/id");
            if !ids::is_name(&check.id) {
                self.findings.error(
                    &at,
                    Problem::BadId {
                        id: check.id.clone(),
                    },
                );
            }
            if let Some(first) = seen.get(check.id.as_str()) {
                let line = self.findings.map().value(first).line;
                let problem = Problem::DuplicateId {
                    id: check.id.clone(),
                    line,
                };
                self.findings.error(&at, problem);
            }
            seen.insert(&check.id, at);
            let source = Some(&check.require);
            let require = self.condition(Source::Check(ix, nth), source, &path, "require");
            checks.push(Check {
                id: check.id.clone(),
                require: require.unwrap_or_else(nothing),
                severity: match check.severity {
                    document::CheckSeverity::Hard => Severity::Hard,
                    document::CheckSeverity::Soft => Severity::Soft,
                },
                message: check.message.clone(),
            });
        }
        checks
    }

    fn choice_filters(
        &mut self,
        ix: u32,
        item: &document::Item,
        path: &str,
    ) -> Vec<(u16, Condition)> {
        let named = item
            .list
            .as_ref()
            .and_then(|it| self.named_lists.get(it.as_str()));
        let (choices, base) = match named {
            Some(it) => (
                &self.document.lists[it.nth].choices,
                format!("/lists/{}/choices", it.nth),
            ),
            None => (&item.choices, format!("{path}/choices")),
        };
        let mut filters = Vec::new();
        for (at, choice) in (0u16..).zip(choices) {
            let to = Source::Choice(ix, filters.len() as u16);
            let path = format!("{base}/{at}");
            if let Some(it) = self.condition(to, choice.filter.as_ref(), &path, "filter") {
                filters.push((at, it));
            }
        }
        filters
    }
}
