//! What nobody is asked, and what only committees see.

use std::collections::BTreeSet;

use expr::{ListId, Type};
use questionnaire::Engine;
use questionnaire::instrument::{Condition, Instrument, ItemIx, Kind};

use super::lay::Lay;
use super::{Choice, Unasked, Varied};

/// Computed values and variables of the sample that are written on the paper: all of them for committees,
/// else those that something on the paper reads, through others too.
pub(super) fn unasked(engine: &Engine, all: bool) -> BTreeSet<ItemIx> {
    let instrument = &engine.instrument;
    let items = (0u32..).zip(&instrument.items);
    if all {
        let is_unasked =
            |ix: u32, kind: &Kind| instrument.is_frame(ix) || matches!(kind, Kind::Computed { .. });
        let them = items.filter(|(ix, it)| is_unasked(*ix, &it.kind));
        return them.map(|it| it.0).collect();
    }
    let mut found = BTreeSet::new();
    let mut waiting: Vec<&Condition> = conditions(instrument);
    while let Some(it) = waiting.pop() {
        for ix in proof::reads::unasked(engine, &it.program) {
            let value = match &instrument.items[ix as usize].kind {
                Kind::Computed { value } => Some(value),
                _ => None,
            };
            if found.insert(ix) {
                waiting.extend(value);
            }
        }
    }
    found
}

/// Every condition that is written in words.
fn conditions(instrument: &Instrument) -> Vec<&Condition> {
    let blocks = instrument.blocks.iter().filter_map(|it| it.filter.as_ref());
    let pages = instrument.pages.iter().filter_map(|it| it.filter.as_ref());
    let items = instrument.items.iter().flat_map(|it| {
        let rows = match &it.kind {
            Kind::Grid { rows, .. } => rows.as_slice(),
            _ => &[],
        };
        let rows = rows.iter().filter_map(|it| it.filter.as_ref());
        let choices = it.choice_filters.iter().map(|it| &it.1);
        let checks = it.checks.iter().map(|it| &it.require);
        it.filter.iter().chain(rows).chain(choices).chain(checks)
    });
    blocks.chain(pages).chain(items).collect()
}

impl Lay<'_> {
    /// Variables of the sample.
    pub(super) fn known(&self) -> Vec<Unasked> {
        let frame = (0u32..).take(self.instrument().frame.len());
        let them = frame.filter(|it| self.is_written(*it));
        them.map(|ix| {
            let item = &self.instrument().items[ix as usize];
            let list = item.list().map(ListId);
            Unasked {
                id: self.id(&item.id),
                title: self.sentences().bare_title(ix),
                said: String::new(),
                source: None,
                choices: self.codes(list),
                checks: self.checks(item),
            }
        })
        .collect()
    }

    /// A computed value: how it is worked out.
    pub(super) fn computed(&self, ix: ItemIx) -> Unasked {
        let item = &self.instrument().items[ix as usize];
        let said = self.sentences().computed(ix).unwrap_or_default();
        let program = match &item.kind {
            Kind::Computed { value } => Some(value),
            _ => None,
        };
        let ty = program.map(|it| it.program.ty());
        let verb = match ty {
            Some(Type::Bool) => self.words.is_true_if(),
            _ => self.words.is(),
        };
        let list = match ty {
            Some(Type::Code(it) | Type::Codes(it)) => Some(it),
            _ => None,
        };
        Unasked {
            id: self.id(&item.id),
            title: self.sentences().bare_title(ix),
            said: format!("{verb} {said}"),
            source: program
                .filter(|_| self.annotated)
                .map(|it| it.source.clone()),
            choices: self.codes(list),
            checks: self.checks(item),
        }
    }

    /// What a value that nobody is asked can be; for committees.
    fn codes(&self, list: Option<ListId>) -> Vec<Choice> {
        let list = list.and_then(|ListId(it)| self.instrument().lists.get(it as usize));
        let choices = list.filter(|_| self.annotated).map(|it| it.choices.iter());
        let choices = choices.into_iter().flatten();
        choices
            .map(|it| Choice {
                label: self.text(&it.label),
                code: self.id(&it.code),
                specify: None,
                notes: Vec::new(),
            })
            .collect()
    }

    /// Texts that depend on the answers; for committees.
    pub(super) fn fills(&self) -> Vec<Varied> {
        if !self.annotated {
            return Vec::new();
        }
        let fills = self.instrument().fills.iter();
        fills
            .map(|it| {
                let case = |(when, text): &(Condition, questionnaire::Text)| {
                    let condition = self.sentences().of(&when.source, None);
                    let when = format!("{} {condition}", self.words.when());
                    (when, self.text(text))
                };
                let mut cases: Vec<_> = it.cases.iter().map(case).collect();
                let otherwise = self.words.in_other_cases().to_owned();
                cases.push((otherwise, self.text(&it.fallback)));
                Varied {
                    id: it.id.clone(),
                    cases,
                }
            })
            .collect()
    }
}
