//! Answers to one slot of two versions, cut into classes that each version reads in one way.

use questionnaire::Engine;
use questionnaire::instrument::{Item, Kind, List, MissingOffer};

use super::numbers::{Multiples, ranges};
use crate::cuts::{Cuts, grid_of};
use crate::domain::{Domain, Given, is_several, sorts};
use crate::grid::Grid;

/// A slot of one version, and what its conditions tell apart.
#[derive(Clone, Copy)]
pub(super) struct Side<'s> {
    pub(super) engine: &'s Engine,
    pub(super) cuts: &'s Cuts,
    pub(super) item: u32,
    /// The first slot of its item.
    pub(super) first: u32,
    pub(super) max_points: i128,
}

impl<'s> Side<'s> {
    pub(super) fn it(self) -> &'s Item {
        &self.engine.instrument.items[self.item as usize]
    }

    pub(super) fn list(self) -> Option<&'s List> {
        let list = self.it().list();
        list.and_then(|it| self.engine.instrument.lists.get(it as usize))
    }

    fn family(self) -> Family {
        let it = self.it();
        match (&it.kind, grid_of(self.engine, self.item)) {
            (Kind::Date { .. }, Some(_)) => Family::Day,
            (_, Some(_)) => Family::Number,
            _ if it.list().is_some() && is_several(it) => Family::Several,
            _ if it.list().is_some() => Family::Code,
            (Kind::Text { .. }, _) => Family::Text,
            (Kind::Consent, _) => Family::Bool,
            _ => Family::None,
        }
    }

    fn givens(self) -> Vec<Given> {
        Domain::givens(
            self.engine,
            self.item,
            self.first,
            self.cuts,
            self.max_points,
        )
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Family {
    Code,
    Several,
    Number,
    Day,
    Text,
    Bool,
    None,
}

/// How a version reads an answer.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Reads {
    /// As this; nothing is wrong with it by itself.
    Answer(Given),
    /// As this, which is out of bounds.
    OutOfBounds(Given),
    /// As none.
    Nothing,
}

/// What is written in a sheet.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Written {
    Code(String),
    Bool(bool),
    /// Numbers or days of a grid; only multiples of the step, only others, or all.
    Range(Grid, i128, i128, Multiples),
    Text(String),
    OtherText,
    /// A text of so many characters that no condition mentions.
    LongText(usize),
    /// Several choices, as the set says.
    Set,
    /// One of several, alone.
    Alone(String),
    Missing(MissingOffer),
    Nothing,
}

/// A class of answers.
#[derive(Clone, Debug)]
pub(super) struct Joint {
    pub(super) written: Written,
    pub(super) old: Reads,
    pub(super) new: Reads,
}

/// The classes of a slot that both versions have; `None` where they cannot be matched.
pub(super) fn shared(old: Side<'_>, new: Side<'_>) -> Option<Vec<Joint>> {
    let mut all = match (old.family(), new.family()) {
        (Family::Code, Family::Code) => codes(old, new)?,
        (Family::Several, Family::Several) => several(old, new)?,
        (Family::Number, Family::Number) | (Family::Day, Family::Day) => ranges(old, new)?,
        (Family::Text, Family::Text) => texts(old, new),
        (Family::Bool, Family::Bool) => [true, false].map(booleans).to_vec(),
        (a, b) if a == b => Vec::new(),
        _ => {
            // A list of codes is no code, a number is no text: one reads nothing in the other's.
            let of_old = alone(old).into_iter().map(|(written, it)| Joint {
                written,
                old: Reads::Answer(it),
                new: Reads::Nothing,
            });
            let of_new = alone(new).into_iter().map(|(written, it)| Joint {
                written,
                old: Reads::Nothing,
                new: Reads::Answer(it),
            });
            of_old.chain(of_new).collect()
        }
    };
    for offer in [MissingOffer::DontKnow, MissingOffer::Refused] {
        let means = |side: Side<'_>| {
            let choices = side.list().into_iter().flat_map(|it| &it.choices);
            choices.filter(|it| it.missing == Some(offer)).count() > 0
        };
        let can_give = |side: Side<'_>| side.it().offers.contains(&offer) && !means(side);
        if can_give(old) || can_give(new) {
            all.push(Joint {
                written: Written::Missing(offer),
                old: Reads::Answer(reason(old, offer)),
                new: Reads::Answer(reason(new, offer)),
            });
        }
    }
    all.push(Joint {
        written: Written::Nothing,
        old: nothing(old),
        new: nothing(new),
    });
    // The first class is what is tried first: one that both take.
    let both = |it: &Joint| matches!((&it.old, &it.new), (Reads::Answer(_), Reads::Answer(_)));
    all.sort_by_key(|it| !both(it));
    Some(all)
}

/// The classes of a slot that one version has, and how it reads them; nothing first where nothing
/// is needed.
pub(super) fn own(side: Side<'_>) -> Vec<(Written, Reads)> {
    let answers = alone(side).into_iter();
    let mut all: Vec<_> = answers.map(|(a, b)| (a, Reads::Answer(b))).collect();
    let offers = side.it().offers.iter().filter(|offer| {
        let choices = side.list().into_iter().flat_map(|it| &it.choices);
        choices.filter(|it| it.missing == Some(**offer)).count() == 0
    });
    all.extend(offers.map(|it| (Written::Missing(*it), Reads::Answer(Given::Missing(*it)))));
    let nothing = (Written::Nothing, nothing(side));
    if side.it().required {
        all.push(nothing);
    } else {
        all.insert(0, nothing);
    }
    all
}

fn nothing(side: Side<'_>) -> Reads {
    if side.it().required {
        Reads::Nothing
    } else {
        Reads::Answer(Given::Empty)
    }
}

/// How a missing reason is read that is given as such.
fn reason(side: Side<'_>, offer: MissingOffer) -> Given {
    match side.list().and_then(|it| it.meaning(offer)) {
        None => Given::Missing(offer),
        Some(code) if side.family() == Family::Several => Given::Alone(code),
        Some(code) => Given::Code(code),
    }
}

/// What a version's own answers are written as, missing reasons that are no choices left out.
fn alone(side: Side<'_>) -> Vec<(Written, Given)> {
    let grid = grid_of(side.engine, side.item);
    let code = |it: u16| {
        let choice = side.list().and_then(|list| list.choice(it));
        choice.map_or_else(String::new, |it| it.code.clone())
    };
    let givens = side.givens().into_iter();
    let written = givens.filter_map(|it| {
        let written = match &it {
            Given::Code(at) => Written::Code(code(*at)),
            Given::Bool(it) => Written::Bool(*it),
            Given::Range(low, high) => Written::Range(grid?, *low, *high, Multiples::All),
            Given::Text(it) => Written::Text(it.clone()),
            Given::OtherText => Written::OtherText,
            Given::Set => Written::Set,
            Given::Alone(at) => Written::Alone(code(*at)),
            Given::Missing(_) | Given::Empty => return None,
        };
        Some((written, it))
    });
    written.collect()
}

fn booleans(it: bool) -> Joint {
    Joint {
        written: Written::Bool(it),
        old: Reads::Answer(Given::Bool(it)),
        new: Reads::Answer(Given::Bool(it)),
    }
}

/// Every code of either version; those that neither tells from others, once.
fn codes(old: Side<'_>, new: Side<'_>) -> Option<Vec<Joint>> {
    let (one, other) = (old.list()?, new.list()?);
    let of = |side: Side<'_>, list: &List| sorts(side.it(), list, side.first, side.cuts);
    let (sorts_old, sorts_new) = (of(old, one), of(new, other));
    let mut told = std::collections::BTreeSet::new();
    let mut all = Vec::new();
    let known = one.choices.iter();
    let added = other.choices.iter();
    let added = added.filter(|it| one.position(&it.code).is_none());
    for choice in known.chain(added) {
        let at = [one, other].map(|it| it.position(&choice.code));
        let sort = (
            at[0].and_then(|it| sorts_old.get(usize::from(it))),
            at[1].and_then(|it| sorts_new.get(usize::from(it))),
        );
        if told.insert(sort) {
            let [old, new] = at.map(|it| match it {
                Some(it) => Reads::Answer(Given::Code(it)),
                None => Reads::Nothing,
            });
            all.push(Joint {
                written: Written::Code(choice.code.clone()),
                old,
                new,
            });
        }
    }
    Some(all)
}

/// A set of choices of either version, and choices that mean a missing reason alone; `None` where
/// one means a reason in one version and not in the other.
fn several(old: Side<'_>, new: Side<'_>) -> Option<Vec<Joint>> {
    let (one, other) = (old.list()?, new.list()?);
    let set = Joint {
        written: Written::Set,
        old: Reads::Answer(Given::Set),
        new: Reads::Answer(Given::Set),
    };
    let mut all = vec![set];
    let is_rank = |side: Side<'_>| matches!(side.it().kind, Kind::Rank { .. });
    if is_rank(old) != is_rank(new) {
        return None;
    }
    for (list, choice) in
        (one.choices.iter().map(|it| (0, it))).chain(other.choices.iter().map(|it| (1, it)))
    {
        let at = [one, other].map(|it| it.position(&choice.code));
        if let [Some(a), Some(b)] = at
            && one.choice(a).map(|it| it.missing) != other.choice(b).map(|it| it.missing)
        {
            return None;
        }
        let first = list == 0 || at[0].is_none();
        if choice.missing.is_some() && first {
            let [old, new] = at.map(|it| match it {
                Some(it) => Reads::Answer(Given::Alone(it)),
                None => Reads::Nothing,
            });
            all.push(Joint {
                written: Written::Alone(choice.code.clone()),
                old,
                new,
            });
        }
    }
    Some(all)
}

fn texts(old: Side<'_>, new: Side<'_>) -> Vec<Joint> {
    let limit = |side: Side<'_>| match side.it().kind {
        Kind::Text { max_length, .. } => max_length as usize,
        _ => 0,
    };
    let is_read = old.cuts.read.contains(&old.item) || new.cuts.read.contains(&new.item);
    let mut texts: Vec<&String> = old.cuts.texts.union(&new.cuts.texts).collect();
    let (least, most) = (limit(old).min(limit(new)), limit(old).max(limit(new)));
    // What neither version takes is no answer to compare by.
    texts.retain(|it| is_read && !it.is_empty() && it.chars().count() <= most);
    let read = |side: Side<'_>, text: &str| {
        let given = Given::Text(text.to_owned());
        if text.chars().count() <= limit(side) {
            Reads::Answer(given)
        } else {
            Reads::OutOfBounds(given)
        }
    };
    let mut all = vec![Joint {
        written: Written::OtherText,
        old: Reads::Answer(Given::OtherText),
        new: Reads::Answer(Given::OtherText),
    }];
    if least < most {
        let read = |side: Side<'_>| match limit(side) == most {
            true => Reads::Answer(Given::OtherText),
            false => Reads::OutOfBounds(Given::OtherText),
        };
        all.push(Joint {
            written: Written::LongText(least + 1),
            old: read(old),
            new: read(new),
        });
    }
    all.extend(texts.into_iter().map(|it| Joint {
        written: Written::Text(it.clone()),
        old: read(old, it),
        new: read(new, it),
    }));
    all
}
