//! What is wrong, as it is shown.

use super::Showing;
use crate::failure::{Failure, FailureCode};
use crate::fill::decimal;
use crate::instrument::{Cells, Kind};
use crate::view::FailureView;

impl Showing<'_, '_> {
    pub(super) fn failure(&self, it: &Failure) -> FailureView {
        let engine = self.evaluation.engine();
        let instrument = &engine.instrument;
        let owner = engine.layout.owner(instrument, &it.item);
        let item = owner.map(|(item, _)| &instrument.items[item as usize]);
        let unit = owner.and_then(|(item, unit)| instrument.items[item as usize].roster.zip(unit));
        let message = match (&it.code, item) {
            (FailureCode::Check(id), Some(item)) => item
                .checks
                .iter()
                .find(|it| it.id == *id)
                .map_or_else(String::new, |it| self.text(&it.message, unit)),
            _ => String::new(),
        };
        let number = |it: Option<rust_decimal::Decimal>| it.map(|it| decimal(it, self.lang));
        let bounds = match item.map(|it| &it.kind) {
            Some(
                Kind::Quantity(it)
                | Kind::Money(it)
                | Kind::Grid {
                    cells: Cells::Quantity(it),
                    ..
                },
            ) => (number(it.min), number(it.max)),
            Some(Kind::Multiple { min, max, .. } | Kind::Rank { min, max, .. }) => {
                (min.map(|it| it.to_string()), max.map(|it| it.to_string()))
            }
            Some(Kind::Text { max_length, .. }) => (None, Some(max_length.to_string())),
            Some(Kind::Date { earliest, latest }) => {
                (earliest.map(expr::iso::text), latest.map(expr::iso::text))
            }
            _ => (None, None),
        };
        FailureView {
            key: it.item.clone(),
            code: it.code.code(),
            severity: it.severity,
            message,
            bounds,
            label: item.map_or_else(String::new, |it| self.text(&it.label, unit)),
        }
    }

    /// The page to go to.
    pub(super) fn page_of(&self, it: &Failure) -> String {
        let engine = self.evaluation.engine();
        let instrument = &engine.instrument;
        let owner = engine.layout.owner(instrument, &it.item);
        let page = owner.map(|(item, _)| instrument.items[item as usize].page);
        page.map_or_else(String::new, |it| instrument.pages[it as usize].id.clone())
    }
}
