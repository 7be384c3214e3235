//! What an older version calls what this one has: by id and code, or by the former name that this one declares.

use crate::evaluation::Engine;
use crate::instrument::{Former, Instrument, ItemIx, Kind, List, Row, Was};
use crate::keep::Keep;
use crate::sheet::Sheet;

/// Two versions of a questionnaire, the older one seen from the newer one.
///
/// What has the same id or code goes on. What has another one goes on where the newer version says which name it
/// had (`was`), as long as nothing else has that name now.
#[derive(Clone, Copy, Debug)]
pub struct Lineage<'i> {
    old: &'i Instrument,
    new: &'i Instrument,
}

impl<'i> Lineage<'i> {
    /// The older version, seen from the newer one.
    #[must_use]
    pub const fn of(old: &'i Instrument, new: &'i Instrument) -> Self {
        Self { old, new }
    }

    /// The item of the older version that an item of the newer one goes on from.
    #[must_use]
    pub fn item(&self, new: ItemIx) -> Option<ItemIx> {
        let it = self.new.items.get(new as usize)?;
        let in_old = |id: &str| position(&self.old.items, |it| it.id == id);
        in_old(&it.id).or_else(|| {
            let names = Former::names(&self.new.former.items, new, 0);
            let mut free = names.iter().filter(|it| self.new.item(it).is_none());
            free.find_map(|it| in_old(it))
        })
    }

    /// Of each choice of an item of the older version, the choice of the newer one's that goes on from it.
    #[must_use]
    pub fn choices(&self, old: ItemIx, new: ItemIx) -> Vec<Option<u16>> {
        let list = |instrument: &'i Instrument, item: ItemIx| -> Option<(u32, &'i List)> {
            let at = instrument.list_at(instrument.items.get(item as usize)?)?;
            Some((at, instrument.lists.get(at as usize)?))
        };
        let Some((_, was)) = list(self.old, old) else {
            return Vec::new();
        };
        let Some((at, is)) = list(self.new, new) else {
            return vec![None; was.choices.len()];
        };
        let renamed = |code: &str| {
            let declared = self.new.former.choices.iter().filter(|it| it.of == at);
            let mut declared = declared.filter(|it| it.names.iter().any(|it| it == code));
            declared.next().map(|it| it.at)
        };
        let choices = was.choices.iter();
        choices
            .map(|it| is.position(&it.code).or_else(|| renamed(&it.code)))
            .collect()
    }

    /// The row of a grid of the older version that a row of the newer one goes on from.
    #[must_use]
    pub fn row(&self, old: ItemIx, new: ItemIx, row: u16) -> Option<u16> {
        let (was, is) = (rows(self.old, old), rows(self.new, new));
        let code = &is.get(usize::from(row))?.code;
        let in_old = |code: &str| position(was, |it| it.code == code);
        let found = in_old(code).or_else(|| {
            let names = Former::names(&self.new.former.rows, new, row);
            let mut free = names
                .iter()
                .filter(|name| is.iter().all(|it| it.code != **name));
            free.find_map(|it| in_old(it))
        });
        found.and_then(|it| u16::try_from(it).ok())
    }
}

impl Engine {
    /// This version with the names that a later one gives to what goes on into it: what only names tell apart in both
    /// is the same then. Where several choices became one, the first has its name.
    ///
    /// Its sheets are written by [`renamed_sheet`](Self::renamed_sheet).
    #[must_use]
    pub fn renamed(&self, later: &Self) -> Option<Self> {
        let (old, new) = (&self.instrument, &later.instrument);
        if new.former == Former::default() {
            return None;
        }
        let lineage = Lineage::of(old, new);
        let mut it = old.clone();
        for (at, item) in (0u32..).zip(&new.items) {
            let Some(was) = lineage.item(at) else {
                continue;
            };
            if old.item(&item.id).is_none() {
                it.items[was as usize].id.clone_from(&item.id);
            }
            let n_rows = u16::try_from(rows(new, at).len()).unwrap_or(u16::MAX);
            for row in 0..n_rows {
                let code = &rows(new, at)[usize::from(row)].code;
                let from = lineage.row(was, at, row).map(usize::from);
                if let Kind::Grid { rows, .. } = &mut it.items[was as usize].kind
                    && !rows.iter().any(|it| it.code == *code)
                    && let Some(row) = from.and_then(|it| rows.get_mut(it))
                {
                    row.code.clone_from(code);
                }
            }
            let lists = (old.list_at(&old.items[was as usize]), new.list_at(item));
            let (Some(of_old), Some(of_new)) = lists else {
                continue;
            };
            let list = &mut it.lists[of_old as usize];
            for (nth, onto) in lineage.choices(was, at).into_iter().enumerate() {
                let choice = onto.and_then(|it| new.lists[of_new as usize].choice(it));
                if let Some(choice) = choice
                    && list.position(&choice.code).is_none()
                {
                    list.choices[nth].code.clone_from(&choice.code);
                }
            }
        }
        // Names change nothing about how it is laid out; where two met all the same, it stays as it was.
        Self::new(it).ok()
    }

    /// A sheet of this version as the [`renamed`](Self::renamed) one writes it.
    #[must_use]
    pub fn renamed_sheet(&self, renamed: &Self, sheet: &Sheet) -> Sheet {
        let was = self.load(sheet).evaluation;
        let mut is = renamed.evaluation();
        for roster in (0u32..).zip(&self.instrument.rosters).map(|it| it.0) {
            is.set_units(roster, was.n_units(roster));
        }
        for (at, slot) in (0u32..).zip(renamed.layout.slots()) {
            is.set(at, was.answer(at).clone());
            let item = &renamed.instrument.items[slot.item as usize];
            let list = renamed.instrument.list_of(item);
            for (nth, choice) in (0u16..).zip(list.map_or(&[][..], |it| &it.choices)) {
                if let Some(text) = was.specified(at, nth) {
                    is.set_by_key(&format!("{}.{}", slot.key, choice.code), &text.into());
                }
            }
        }
        Sheet {
            answers: is.to_answers(Keep::Everything),
            ..sheet.clone()
        }
    }
}

fn rows(instrument: &Instrument, item: ItemIx) -> &[Row] {
    match instrument.items.get(item as usize).map(|it| &it.kind) {
        Some(Kind::Grid { rows, .. }) => rows,
        _ => &[],
    }
}

fn position<T>(all: &[T], is_it: impl Fn(&T) -> bool) -> Option<u32> {
    all.iter()
        .position(is_it)
        .and_then(|it| u32::try_from(it).ok())
}

impl Former {
    /// The names that something had.
    fn names(all: &[Was], of: u32, at: u16) -> &[String] {
        let found = all.iter().find(|it| it.of == of && it.at == at);
        found.map_or(&[], |it| &it.names)
    }
}
