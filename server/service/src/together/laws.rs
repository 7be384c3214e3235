//! The law, against a model that knows who saw and typed what: two to four people, any order.

use super::law::{Author, Post, Proposal, Slot};
use proptest::prelude::*;
use serde_json::{Value, json};
use store::ContributorId;
use uuid::Uuid;

const SLOTS: usize = 3;

/// What somebody does.
#[derive(Clone, Debug)]
enum Act {
    /// Opens the page, or opens it again.
    Draw(usize),
    /// Changes a field; `None` puts back what was drawn.
    Type(usize, usize, Option<u8>),
    /// Sends the page, which stays open: as while one types, and with a button.
    Send(usize),
    /// Chooses, with all before them: 0 is the stored answer, n the nth proposal.
    Choose(usize, usize),
}

/// The page as one person has it before them.
#[derive(Clone)]
struct Page {
    drawn: i64,
    base: Vec<Value>,
    fields: Vec<Value>,
    /// What was sent of it last.
    sent: Vec<Value>,
}

/// What somebody typed last, which nobody who saw it has replaced and nobody has chosen against.
#[derive(Debug, PartialEq)]
struct Owed {
    who: usize,
    at: usize,
    value: Value,
}

struct World {
    revision: i64,
    stored: Vec<Value>,
    slots: Vec<Slot>,
    pages: Vec<Option<Page>>,
    owed: Vec<Owed>,
}

/// What stands beside the stored answer and differs from it.
fn beside<'a>(slot: &'a Slot, stored: &'a Value) -> impl Iterator<Item = &'a Proposal> {
    slot.proposals.iter().filter(move |it| it.value != *stored)
}

fn author(person: usize) -> Author {
    match person {
        0 => Author::Holder,
        it => Author::Contributor(ContributorId(Uuid::from_u128(it as u128))),
    }
}

fn typed(value: u8) -> Value {
    match value {
        0 => Value::Null,
        it => json!(format!("v{it}")),
    }
}

impl World {
    fn new(people: usize) -> Self {
        Self {
            revision: 0,
            stored: vec![Value::Null; SLOTS],
            slots: vec![Slot::default(); SLOTS],
            pages: vec![None; people],
            owed: Vec::new(),
        }
    }

    fn act(&mut self, act: &Act) -> Result<(), TestCaseError> {
        match *act {
            Act::Draw(who) => {
                self.pages[who] = Some(Page {
                    drawn: self.revision,
                    base: self.stored.clone(),
                    fields: self.stored.clone(),
                    sent: self.stored.clone(),
                });
            }
            Act::Type(who, at, value) => {
                if let Some(page) = &mut self.pages[who] {
                    page.fields[at] = value.map_or_else(|| page.base[at].clone(), typed);
                }
            }
            Act::Send(who) => {
                if let Some(mut page) = self.pages[who].take() {
                    for at in 0..SLOTS {
                        self.send(who, &mut page, at)?;
                    }
                    self.pages[who] = Some(page);
                }
            }
            Act::Choose(at, nth) => self.choose(at, nth),
        }
        for it in &self.owed {
            let stored = &self.stored[it.at];
            let mut others = beside(&self.slots[it.at], stored);
            let is_there = *stored == it.value || others.any(|other| other.value == it.value);
            prop_assert!(is_there, "it vanished: {:?}", it);
        }
        Ok(())
    }

    fn send(&mut self, who: usize, page: &mut Page, at: usize) -> Result<(), TestCaseError> {
        let (value, current) = (page.fields[at].clone(), self.stored[at].clone());
        let (before, base) = (self.slots[at].clone(), page.base[at].to_string());
        let takes = self.slots[at].takes(Post {
            by: author(who),
            drawn: page.drawn,
            base: Some(&base),
            value: &value,
            current: &current,
            digest: &Value::to_string,
        });
        let is_typed = value != page.sent[at];
        if takes {
            prop_assert!(is_typed, "what nobody typed was stored");
            self.stored[at] = value.clone();
            if page.base[at] == current {
                // They had it before them.
                self.owed.retain(|it| it.at != at || it.value != current);
            }
        }
        if is_typed {
            self.owed.retain(|it| (it.who, it.at) != (who, at));
            if value != page.base[at] {
                self.owed.push(Owed {
                    who,
                    at,
                    value: value.clone(),
                });
            }
        }
        page.sent[at] = value;
        // As in the store: what changes nothing is not saved.
        self.revision += i64::from(takes || before != self.slots[at]);
        Ok(())
    }

    fn choose(&mut self, at: usize, nth: usize) {
        let open: Vec<Author> = beside(&self.slots[at], &self.stored[at])
            .map(|it| it.by)
            .collect();
        let of = nth.checked_sub(1).and_then(|it| open.get(it).copied());
        if open.is_empty() || nth > open.len() {
            return;
        }
        if let Some(chosen) = self.slots[at].choose(of) {
            self.stored[at] = chosen;
        }
        self.owed.retain(|it| it.at != at);
        self.revision += 1;
    }
}

fn acts(people: usize) -> impl Strategy<Value = Vec<Act>> {
    let value = prop_oneof![4 => (0..4_u8).prop_map(Some), 1 => Just(None)];
    let act = prop_oneof![
        3 => (0..people).prop_map(Act::Draw),
        6 => (0..people, 0..SLOTS, value).prop_map(|(who, at, it)| Act::Type(who, at, it)),
        6 => (0..people).prop_map(Act::Send),
        1 => (0..SLOTS, 0..3_usize).prop_map(|(at, nth)| Act::Choose(at, nth)),
    ];
    prop::collection::vec(act, 1..60)
}

fn walks() -> impl Strategy<Value = (usize, Vec<Act>)> {
    (2..5_usize).prop_flat_map(|people| (Just(people), acts(people)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn what_somebody_typed_last_never_vanishes((people, acts) in walks()) {
        let mut world = World::new(people);
        // Everybody has the empty page before them.
        for who in 0..people {
            world.act(&Act::Draw(who))?;
        }
        for act in &acts {
            world.act(act)?;
        }
    }

    /// One person alone, on one page at a time, stores what they typed: no proposals, nothing refused.
    #[test]
    fn whoever_is_alone_has_their_way(acts in acts(1)) {
        let mut world = World::new(1);
        for act in &acts {
            world.act(act)?;
            if let (Act::Send(_), Some(page)) = (act, &world.pages[0]) {
                prop_assert_eq!(&world.stored, &page.fields);
            }
            prop_assert!(world.slots.iter().all(|it| it.proposals.is_empty()));
        }
    }
}

/// The world after some acts; a, b, c are what is typed into the first slot.
fn after(acts: &[Act]) -> World {
    let mut world = World::new(3);
    for act in acts {
        world.act(act).unwrap();
    }
    world
}

#[test]
fn two_who_type_at_once_disagree_and_the_first_stays() {
    use Act::{Choose, Draw, Send, Type};
    let both = [
        Draw(0),
        Draw(1),
        Type(0, 0, Some(1)),
        Send(0),
        Type(1, 0, Some(2)),
        Send(1),
    ];
    let world = after(&both);
    assert_eq!(world.stored[0], typed(1));
    let first = typed(1);
    let open: Vec<_> = beside(&world.slots[0], &first).collect();
    assert_eq!(
        (open.len(), &open[0].value, open[0].by),
        (1, &typed(2), author(1))
    );
    // Sending the same page again proposes nothing anew once somebody has chosen.
    let chosen = [&both[..], &[Choose(0, 0), Send(1)]].concat();
    assert_eq!(beside(&after(&chosen).slots[0], &typed(1)).count(), 0);
    // The other choice makes the other the author.
    let world = after(&[&both[..], &[Choose(0, 1)]].concat());
    assert_eq!(
        (&world.stored[0], world.slots[0].by),
        (&typed(2), Some(author(1)))
    );
    // What is taken back is no proposal any more.
    let world = after(&[&both[..], &[Type(1, 0, None), Send(1)]].concat());
    assert_eq!(beside(&world.slots[0], &typed(1)).count(), 0);
}

#[test]
fn who_has_seen_an_answer_may_replace_it() {
    use Act::{Draw, Send, Type};
    let world = after(&[
        Draw(0),
        Type(0, 0, Some(1)),
        Send(0),
        Draw(1),
        Type(1, 0, Some(2)),
        Send(1),
        // The first page, still open, says nothing new.
        Send(0),
    ]);
    assert_eq!(
        (&world.stored[0], world.slots[0].by),
        (&typed(2), Some(author(1)))
    );
    assert_eq!(beside(&world.slots[0], &typed(2)).count(), 0);
}

/// What a page did not have is not taken away by it.
#[test]
fn a_slot_that_was_not_drawn_is_left_alone() {
    let current = typed(1);
    for (value, proposals) in [(Value::Null, 0), (typed(2), 1)] {
        let mut slot = Slot::default();
        let post = Post {
            by: author(1),
            drawn: -1,
            base: None,
            value: &value,
            current: &current,
            digest: &Value::to_string,
        };
        assert!(!slot.takes(post));
        assert_eq!(beside(&slot, &current).count(), proposals);
    }
}
