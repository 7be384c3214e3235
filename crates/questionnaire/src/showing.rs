//! Makes the views of a page and of the review from an evaluation.

use expr::Truth;

use crate::answer::Answer;
use crate::evaluation::{Engine, Evaluation, SlotState};
use crate::failure::{Failure, FailureCode, Severity};
use crate::fill::decimal;
use crate::instrument::{Cells, ItemIx, Kind, MissingOffer, Quantity, Units};
use crate::session;
use crate::sheet::Sheet;
use crate::view::{
    CellView, ChoiceView, ColumnView, Element, FailureView, FreeUnitsView, PageView, QuantityView,
    QuestionView, RankedView, ReviewLine, ReviewPage, ReviewView, RosterView, RowView, SpecifyView,
    UnitView, Widget,
};

/// A page as a respondent sees it now, in one language. Failures are shown where the respondent
/// has tried to go on. `None` when there is no such page.
#[must_use]
pub fn page_view(engine: &Engine, sheet: &Sheet, page: &str, lang: &str) -> Option<PageView> {
    let at = engine.instrument.page(page)?;
    let mut evaluation = engine.load(sheet).evaluation;
    // The page is being shown: its empty slots have been reached.
    if evaluation.reached().is_some_and(|it| it < at) {
        evaluation.set_reached(Some(at));
    }
    let attempted = sheet.meta.attempted.iter().any(|it| it == page);
    let failures = if attempted { session::page_failures(&evaluation, at) } else { Vec::new() };
    let showing = Showing { evaluation: &evaluation, lang, failures: &failures };
    let this = &engine.instrument.pages[at as usize];
    let block = &engine.instrument.blocks[this.block as usize];
    let (step, steps) = progress(&evaluation, at);
    Some(PageView {
        id: this.id.clone(),
        block: block.title.as_ref().map(|it| evaluation.fill(it.get(lang), lang, None)),
        title: this.title.as_ref().map(|it| evaluation.fill(it.get(lang), lang, None)),
        step,
        steps,
        has_previous: session::previous_page(&evaluation, at).is_some(),
        shown: session::shown_keys(&evaluation, at),
        elements: this.items.iter().filter_map(|it| showing.element(*it, None)).collect(),
        failures: failures.iter().map(|it| showing.failure(it)).collect(),
    })
}

/// The answers so far, page by page, with what still stands in the way.
#[must_use]
pub fn review_view(engine: &Engine, sheet: &Sheet, lang: &str) -> ReviewView {
    let mut finished = sheet.clone();
    finished.meta.reached = None;
    let evaluation = engine.load(&finished).evaluation;
    let failures: Vec<Failure> = match session::submission(engine, sheet) {
        session::Submission::Ready { .. } => Vec::new(),
        session::Submission::Refused(failures) => failures,
    };
    let showing = Showing { evaluation: &evaluation, lang, failures: &failures };
    let pages = (0u32..)
        .zip(&engine.instrument.pages)
        .filter(|(at, _)| session::is_page_on_path(&evaluation, *at))
        .map(|(at, page)| {
            let block = &engine.instrument.blocks[page.block as usize];
            let title = page.title.as_ref().or(block.title.as_ref());
            ReviewPage {
                id: page.id.clone(),
                title: title.map_or_else(
                    || page.id.clone(),
                    |it| evaluation.fill(it.get(lang), lang, None),
                ),
                lines: showing.review_lines(at),
            }
        })
        .collect();
    ReviewView {
        pages,
        can_submit: failures.iter().all(|it| it.severity == Severity::Soft),
        failures: failures.iter().map(|it| (showing.page_of(it), showing.failure(it))).collect(),
    }
}

/// Position of a page among those on path or not ruled out, and how many of these there are.
fn progress(evaluation: &Evaluation<'_>, page: u32) -> (u32, u32) {
    let (mut step, mut steps) = (0, 0);
    for at in 0..evaluation.engine().instrument.pages.len() as u32 {
        let possible = session::is_page_on_path(evaluation, at)
            || matches!(evaluation.page_truth(at), Truth::Unknown(it) if it.has(expr::Missing::NotReached));
        if possible {
            steps += 1;
            if at <= page {
                step += 1;
            }
        }
    }
    (step, steps)
}

struct Showing<'s, 'e> {
    evaluation: &'s Evaluation<'e>,
    lang: &'s str,
    failures: &'s [Failure],
}

impl Showing<'_, '_> {
    fn text(&self, text: &crate::text::Text, unit: Option<(u32, u32)>) -> String {
        self.evaluation.fill(text.get(self.lang), self.lang, unit)
    }

    fn element(&self, ix: ItemIx, unit: Option<(u32, u32)>) -> Option<Element> {
        let engine = self.evaluation.engine();
        let item = &engine.instrument.items[ix as usize];
        let on_path = self.evaluation.is_on_path(ix, unit.map(|(_, unit)| unit));
        match &item.kind {
            Kind::Computed { .. } => None,
            Kind::Statement => Some(Element::Statement {
                id: item.id.clone(),
                on_path,
                text: self.text(&item.label, unit),
            }),
            Kind::Roster { roster } => Some(Element::Roster(self.roster(ix, *roster, on_path))),
            _ => Some(Element::Question(Box::new(self.question(ix, unit, on_path)))),
        }
    }

    fn roster(&self, ix: ItemIx, roster: u32, on_path: bool) -> RosterView {
        let engine = self.evaluation.engine();
        let item = &engine.instrument.items[ix as usize];
        let it = &engine.instrument.rosters[roster as usize];
        let bound = engine.instrument.unit_bound(roster);
        let (count, free) = match &it.units {
            Units::Chosen { .. } => (bound, None),
            Units::Free { min, max, label } => {
                let count = self.evaluation.free_units(roster);
                let can_add = count < u32::from(*max);
                let label = label.get(self.lang).to_owned();
                (count, Some(FreeUnitsView { min: *min, max: *max, label, can_add }))
            }
        };
        let units = (0..count).map(|unit| UnitView {
            key: engine.instrument.unit_key(roster, unit),
            label: self.evaluation.unit_label(roster, unit, self.lang),
            present: self.evaluation.exists(roster, unit),
            elements: it
                .items
                .iter()
                .filter_map(|it| self.element(*it, Some((roster, unit))))
                .collect(),
        });
        RosterView {
            id: item.id.clone(),
            label: self.text(&item.label, None),
            help: item.help.as_ref().map(|it| self.text(it, None)),
            on_path,
            units: units.collect(),
            free,
        }
    }

    fn question(&self, ix: ItemIx, unit: Option<(u32, u32)>, on_path: bool) -> QuestionView {
        let engine = self.evaluation.engine();
        let item = &engine.instrument.items[ix as usize];
        let at = unit.map(|(_, unit)| unit);
        let slots = engine.layout.slots_of(&engine.instrument, ix, at);
        let first = slots.first().copied();
        let key = match (&item.kind, first) {
            (Kind::Grid { .. }, Some(slot)) => {
                let key = &engine.layout.slots()[slot as usize].key;
                key.rsplit_once('[').map_or(&**key, |(base, _)| base).to_owned()
            }
            (_, Some(slot)) => engine.layout.slots()[slot as usize].key.to_string(),
            (_, None) => item.id.clone(),
        };
        let given = |slot: u32| match self.evaluation.answer(slot) {
            Answer::Missing(reason) => Some(*reason),
            _ => None,
        };
        let of_item = |it: &&Failure| {
            it.item == key || (it.item.starts_with(&*key) && it.item[key.len()..].starts_with('.'))
        };
        QuestionView {
            on_path,
            required: item.required,
            label: self.text(&item.label, unit),
            help: item.help.as_ref().map(|it| self.text(it, unit)),
            offers: self.offers(ix),
            widget: self.widget(ix, at, &slots),
            state: first.map_or(SlotState::NoAnswer, |it| self.evaluation.state(it)),
            missing: first.and_then(given),
            failures: self.failures.iter().filter(of_item).map(|it| self.failure(it)).collect(),
            key,
        }
    }

    /// Missing reasons offered beside the choices: those that no choice means already.
    fn offers(&self, ix: ItemIx) -> Vec<MissingOffer> {
        let instrument = &self.evaluation.engine().instrument;
        let item = &instrument.items[ix as usize];
        let list = item.list().and_then(|it| instrument.lists.get(it as usize));
        let meant = |offer: &MissingOffer| {
            list.is_some_and(|it| it.choices.iter().any(|it| it.missing == Some(*offer)))
        };
        item.offers.iter().copied().filter(|it| !meant(it)).collect()
    }

    fn widget(&self, ix: ItemIx, unit: Option<u32>, slots: &[u32]) -> Widget {
        let instrument = &self.evaluation.engine().instrument;
        let item = &instrument.items[ix as usize];
        let slot = slots.first().copied().unwrap_or(u32::MAX);
        let choices = || self.choices(ix, unit, slot);
        match &item.kind {
            Kind::Single { .. } => Widget::Single { choices: choices() },
            Kind::Scale { .. } => Widget::Scale { choices: choices() },
            Kind::Territory { .. } => Widget::Territory { choices: choices() },
            Kind::Multiple { min, max, .. } => {
                Widget::Multiple { choices: choices(), min: *min, max: *max }
            }
            Kind::Quantity(it) | Kind::Money(it) => Widget::Quantity(self.quantity(it, slot)),
            Kind::Text { max_length, multiline } => Widget::Text {
                value: self.typed(slot),
                max_length: *max_length,
                multiline: *multiline,
            },
            Kind::Date { earliest, latest } => {
                let (day, month, year) = self.date_parts(slot);
                Widget::Date {
                    day,
                    month,
                    year,
                    earliest: earliest.map(|it| it.to_string()),
                    latest: latest.map(|it| it.to_string()),
                }
            }
            Kind::Rank { min, max, .. } => {
                Widget::Rank { choices: self.ranked(ix, unit, slot), min: *min, max: *max }
            }
            Kind::Consent => Widget::Consent {
                value: match self.evaluation.answer(slot) {
                    Answer::Bool(it) => Some(*it),
                    _ => None,
                },
            },
            Kind::Grid { rows, cells } => {
                let columns = match cells {
                    Cells::Quantity(_) => Vec::new(),
                    Cells::Single { list } | Cells::Multiple { list } => instrument.lists[*list as usize]
                        .choices
                        .iter()
                        .map(|it| ColumnView {
                            code: it.code.clone(),
                            label: it.label.get(self.lang).to_owned(),
                        })
                        .collect(),
                };
                let rows = slots.iter().zip(rows).map(|(slot, row)| self.row(*slot, row, cells));
                Widget::Grid { columns, rows: rows.collect() }
            }
            Kind::Contact { fields, .. } => {
                Widget::Contact { fields: fields.iter().map(|it| (*it, String::new())).collect() }
            }
            Kind::Statement | Kind::Computed { .. } | Kind::Roster { .. } => Widget::Text {
                value: String::new(),
                max_length: 0,
                multiline: false,
            },
        }
    }

    fn row(&self, slot: u32, row: &crate::instrument::Row, cells: &Cells) -> RowView {
        let key = self.evaluation.engine().layout.slots()[slot as usize].key.to_string();
        let codes = |list: u32| {
            let list = &self.evaluation.engine().instrument.lists[list as usize];
            list.choices
                .iter()
                .zip(0u16..)
                .filter(|(_, at)| self.evaluation.is_chosen(slot, *at))
                .map(|(it, _)| it.code.clone())
                .collect::<Vec<_>>()
        };
        let state = self.evaluation.state(slot);
        RowView {
            label: row.label.get(self.lang).to_owned(),
            on_path: state != SlotState::NotAsked,
            cell: match cells {
                Cells::Single { list } => CellView::Single { selected: codes(*list).pop() },
                Cells::Multiple { list } => CellView::Multiple { selected: codes(*list) },
                Cells::Quantity(it) => CellView::Quantity(self.quantity(it, slot)),
            },
            failures: self.failures.iter().filter(|it| it.item == key).map(|it| self.failure(it)).collect(),
            key,
        }
    }

    fn choices(&self, ix: ItemIx, unit: Option<u32>, slot: u32) -> Vec<ChoiceView> {
        let Some(list) = self.evaluation.list_of(slot) else { return Vec::new() };
        let given = match self.evaluation.answer(slot) {
            Answer::Unreadable(it) => it.given.as_str().map(str::to_owned),
            _ => None,
        };
        list.choices
            .iter()
            .zip(0u16..)
            .map(|(it, at)| ChoiceView {
                code: it.code.clone(),
                label: it.label.get(self.lang).to_owned(),
                selected: self.evaluation.is_chosen(slot, at) || given.as_deref() == Some(&it.code),
                offered: self.evaluation.is_offered(ix, unit, at),
                exclusive: it.exclusive || it.missing.is_some(),
                missing: it.missing,
                specify: it.specify.as_ref().map(|specify| SpecifyView {
                    label: specify.label.as_ref().map(|it| it.get(self.lang).to_owned()),
                    value: self.evaluation.specified(slot, at).unwrap_or("").to_owned(),
                    required: specify.required,
                }),
            })
            .collect()
    }

    fn ranked(&self, ix: ItemIx, unit: Option<u32>, slot: u32) -> Vec<RankedView> {
        let Some(list) = self.evaluation.list_of(slot) else { return Vec::new() };
        let order: &[u16] = match self.evaluation.answer(slot) {
            Answer::Codes(it) => it,
            _ => &[],
        };
        list.choices
            .iter()
            .zip(0u16..)
            .map(|(it, at)| RankedView {
                code: it.code.clone(),
                label: it.label.get(self.lang).to_owned(),
                rank: order.iter().position(|it| *it == at).map(|it| it as u16 + 1),
                offered: self.evaluation.is_offered(ix, unit, at),
            })
            .collect()
    }

    fn quantity(&self, it: &Quantity, slot: u32) -> QuantityView {
        QuantityView {
            value: self.typed(slot),
            min: it.min.map(|it| decimal(it, self.lang)),
            max: it.max.map(|it| decimal(it, self.lang)),
            decimals: it.decimals,
            unit: it.unit.as_ref().map(|it| match it.get(self.lang) {
                "EUR" => "€".to_owned(),
                other => other.to_owned(),
            }),
        }
    }

    /// What stands in a text field: the answer in the language's form, or what was typed.
    fn typed(&self, slot: u32) -> String {
        self.evaluation.answer_lines(slot, self.lang).pop().unwrap_or_default()
    }

    fn date_parts(&self, slot: u32) -> (String, String, String) {
        match self.evaluation.answer(slot) {
            Answer::Date(it) => (it.day().to_string(), it.month().to_string(), it.year().to_string()),
            Answer::Unreadable(it) => {
                // Typed as year-month-day, each as it was in its field.
                let mut parts = it.given.as_str().unwrap_or("").splitn(3, '-').map(str::to_owned);
                let [year, month, day] = [(); 3].map(|()| parts.next().unwrap_or_default());
                (day, month, year)
            }
            _ => <(String, String, String)>::default(),
        }
    }

    fn failure(&self, it: &Failure) -> FailureView {
        let engine = self.evaluation.engine();
        let slot = self.slot_of(it);
        let item = slot
            .map(|it| engine.layout.slots()[it as usize].item)
            .or_else(|| engine.layout.item(&it.item));
        let item = item.map(|it| &engine.instrument.items[it as usize]);
        let unit = slot.and_then(|it| engine.layout.slots()[it as usize].unit);
        let unit = item.and_then(|it| it.roster).zip(unit);
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
            Some(Kind::Quantity(it) | Kind::Money(it) | Kind::Grid { cells: Cells::Quantity(it), .. }) => {
                (number(it.min), number(it.max))
            }
            Some(Kind::Multiple { min, max, .. } | Kind::Rank { min, max, .. }) => {
                (min.map(|it| it.to_string()), max.map(|it| it.to_string()))
            }
            Some(Kind::Text { max_length, .. }) => (None, Some(max_length.to_string())),
            Some(Kind::Date { earliest, latest }) => {
                (earliest.map(|it| it.to_string()), latest.map(|it| it.to_string()))
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

    fn slot_of(&self, it: &Failure) -> Option<u32> {
        let layout = &self.evaluation.engine().layout;
        layout
            .slot(&it.item)
            .or_else(|| it.item.rsplit_once('.').and_then(|(slot, _)| layout.slot(slot)))
    }

    fn page_of(&self, it: &Failure) -> String {
        let engine = self.evaluation.engine();
        let item = self
            .slot_of(it)
            .map(|it| engine.layout.slots()[it as usize].item)
            .or_else(|| engine.layout.item(&it.item));
        item.and_then(|it| engine.instrument.pages.get(engine.instrument.items[it as usize].page as usize))
            .map_or_else(String::new, |it| it.id.clone())
    }

    fn review_lines(&self, page: u32) -> Vec<ReviewLine> {
        let engine = self.evaluation.engine();
        self.evaluation
            .slots()
            .filter(|(slot, state)| {
                engine.layout.slots()[*slot as usize].page == page && state.is_asked()
            })
            .map(|(slot, state)| {
                let at = &engine.layout.slots()[slot as usize];
                let item = &engine.instrument.items[at.item as usize];
                let unit = item.roster.zip(at.unit);
                let mut label = self.text(&item.label, unit);
                if let (Kind::Grid { rows, .. }, Some(row)) = (&item.kind, at.row) {
                    let row = rows[usize::from(row)].label.get(self.lang);
                    label = format!("{label} — {row}");
                }
                if let Some((roster, unit)) = unit {
                    let unit = self.evaluation.unit_label(roster, unit, self.lang);
                    label = format!("{unit} — {label}");
                }
                ReviewLine {
                    key: at.key.to_string(),
                    label,
                    answer: self.evaluation.answer_lines(slot, self.lang),
                    state,
                }
            })
            .collect()
    }
}
