//! Laws of live results: whatever changes in whatever order, what watchers put together from
//! deltas is what counting everything anew gives.

use super::folded::Folded;
use super::frame::{Aspect, Frame, LiveEventKind, View};
use super::versions::{Answered, Versions};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{Response, ResponseId, Revision, VersionId};
use tally::Cut;
use uuid::Uuid;

const QUESTIONNAIRE: &str = "
id: essai
title: Essai
languages: [fr, en]
blocks:
  - id: b
    pages:
      - id: p1
        items:
          - {id: ici, kind: single, label: Ici, choices: [{code: oui, label: Oui}, {code: non, label: Non}]}
          - {id: n, kind: quantity, label: Combien, filter: ici = 'oui', decimals: 1}
      - id: p2
        items:
          - {id: themes, kind: multiple, label: Quoi, choices: [{code: a, label: A}, {code: b, label: B}]}
          - {id: mot, kind: text, label: Un mot, filter: themes has 'b'}
";

fn sheet() -> impl Strategy<Value = Value> {
    let ici = prop::option::of(prop::sample::select(vec!["oui", "non"]));
    let n = prop::option::of(0..40_i32);
    let themes = prop::sample::subsequence(vec!["a", "b"], 0..=2);
    let mot = prop::option::of(prop::sample::select(vec!["un", "deux"]));
    let reached = prop::option::weighted(0.3, prop::sample::select(vec!["p1", "p2"]));
    (ici, n, themes, mot, reached).prop_map(|(ici, n, themes, mot, reached)| {
        let mut answers = Map::new();
        let half = |n: i32| json!(f64::from(n) / 2.0);
        let given = [
            ("ici", ici.map(Value::from)),
            ("n", n.map(half)),
            ("themes", Some(json!(themes))),
            ("mot", mot.map(Value::from)),
        ];
        for (key, value) in given {
            value
                .into_iter()
                .for_each(|value| drop(answers.insert(key.to_owned(), value)));
        }
        match reached {
            Some(page) => json!({ "meta": { "reached": page }, "answers": answers }),
            None => json!({ "answers": answers }),
        }
    })
}

#[derive(Debug, Clone)]
enum Change {
    Put(u8, Value),
    Remove(u8),
}

impl Change {
    /// Counts it, as the next revision.
    fn happen(self, folded: &mut Folded, stored: &mut BTreeMap<u8, Value>) {
        match self {
            Self::Put(who, sheet) => {
                folded.put(response(who, &sheet));
                stored.insert(who, sheet);
            }
            Self::Remove(who) => {
                folded.remove(id(who));
                stored.remove(&who);
            }
        }
        folded.revision.0 += 1;
    }
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        4 => (0..8_u8, sheet()).prop_map(|(who, sheet)| Change::Put(who, sheet)),
        1 => (0..8_u8).prop_map(Change::Remove),
    ]
}

fn versions() -> Arc<Versions> {
    let only = Answered {
        id: VersionId(Uuid::nil()),
        number: 1,
        engine: Arc::new(questionnaire::check(QUESTIONNAIRE).engine.unwrap()),
    };
    Arc::new(Versions::new(vec![only]).unwrap())
}

fn view(folded: &Folded, drafts: &store::Progress) -> View {
    let aspect = Aspect {
        language: "fr".to_owned(),
        cut: Cut::default(),
    };
    View::new(aspect, false, &folded.known(drafts), folded.tables("fr"))
}

fn id(who: u8) -> ResponseId {
    ResponseId(Uuid::from_u128(who.into()))
}

fn response(who: u8, sheet: &Value) -> Response {
    Response {
        id: id(who),
        version: VersionId(Uuid::nil()),
        sheet: sheet.to_string(),
        content_hash: sheet.to_string(),
    }
}

/// What a watcher sees: the parts of an event's data, tables by id.
#[derive(Debug, Clone, PartialEq)]
struct Seen {
    responses: Value,
    progress: Value,
    tables: BTreeMap<String, Value>,
}

fn seen(data: &str) -> Seen {
    let mut data: Value = serde_json::from_str(data).unwrap();
    let tables = data["tables"].as_array_mut().unwrap().drain(..);
    let tables = tables
        .map(|it| (it["item"].as_str().unwrap().to_owned(), it))
        .collect();
    Seen {
        responses: data["responses"].take(),
        progress: data["progress"].take(),
        tables,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn deltas_put_together_are_everything_counted_anew(
        changes in prop::collection::vec(change(), 1..24),
        lags in prop::collection::vec(0..6_usize, 24),
    ) {
        let versions = versions();
        let drafts = store::Progress {
            reached: vec![(Some("p1".to_owned()), 2), (None, 1)],
            ..store::Progress::default()
        };
        let mut folded = Folded::new(Arc::clone(&versions), Revision(0));
        let view = view(&folded, &drafts);
        let frames = view.subscribe();
        let mut history = vec![seen(&frames.borrow().event(None).data)];
        let mut stored: BTreeMap<u8, Value> = BTreeMap::new();

        for (change, lag) in changes.into_iter().zip(lags) {
            change.happen(&mut folded, &mut stored);
            view.publish(&folded.known(&drafts), || folded.tables("fr"));

            let mut anew = Folded::new(Arc::clone(&versions), folded.revision);
            for (who, sheet) in &stored {
                anew.put(response(*who, sheet));
            }
            let anew = self::view(&anew, &drafts).subscribe().borrow().event(None);
            let anew = seen(&anew.data);

            let frame = Arc::clone(&frames.borrow());
            let snapshot = frame.event(None);
            prop_assert_eq!(snapshot.kind, LiveEventKind::Snapshot);
            prop_assert_eq!(&seen(&snapshot.data), &anew);

            // A watcher that was `lag` revisions behind the one before.
            let since = history.len().saturating_sub(1 + lag);
            let delta = frame.event(Some(Revision(since.try_into().unwrap())));
            prop_assert_eq!(delta.kind, LiveEventKind::Delta);
            let delta = seen(&delta.data);
            let mut watcher = history[since].clone();
            let unchanged = watcher.tables.iter().filter(|(item, old)| anew.tables[*item] == **old);
            if since + 1 == history.len() {
                prop_assert_eq!(delta.tables.len(), anew.tables.len() - unchanged.count());
            }
            watcher.tables.extend(delta.tables);
            (watcher.responses, watcher.progress) = (delta.responses, delta.progress);
            prop_assert_eq!(&watcher, &anew);
            history.push(anew);
        }
    }
}

/// What a watcher puts together: everything, or what changed since it looked.
#[derive(Default)]
struct Asleep {
    seen: Option<(Revision, Seen)>,
}

impl Asleep {
    fn look(&mut self, frame: &Frame) {
        let event = frame.event(self.seen.as_ref().map(|it| it.0));
        let mut now = seen(&event.data);
        if let (LiveEventKind::Delta, Some((_, before))) = (event.kind, self.seen.take()) {
            let news = std::mem::replace(&mut now.tables, before.tables);
            now.tables.extend(news);
        }
        self.seen = Some((event.revision, now));
    }
}

/// Counts changes one after the other, while watchers look as they like; all end with what everything counted anew is.
fn watched(changes: Vec<Change>, looks: &[Vec<bool>]) -> Result<(), TestCaseError> {
    let versions = versions();
    let drafts = store::Progress::default();
    let mut folded = Folded::new(Arc::clone(&versions), Revision(0));
    let view = view(&folded, &drafts);
    let frames = view.subscribe();
    let mut watchers: Vec<Asleep> = looks.iter().map(|_| Asleep::default()).collect();
    watchers.iter_mut().for_each(|it| it.look(&frames.borrow()));
    let mut stored: BTreeMap<u8, Value> = BTreeMap::new();
    for (nth, change) in changes.into_iter().enumerate() {
        change.happen(&mut folded, &mut stored);
        view.publish(&folded.known(&drafts), || folded.tables("fr"));
        for (watcher, looks) in watchers.iter_mut().zip(looks) {
            if looks.get(nth).copied().unwrap_or(false) {
                watcher.look(&frames.borrow());
            }
        }
    }
    let mut anew = Folded::new(versions, folded.revision);
    for (who, sheet) in &stored {
        anew.put(response(*who, sheet));
    }
    let anew = self::view(&anew, &drafts).subscribe().borrow().event(None);
    let anew = seen(&anew.data);
    for watcher in &mut watchers {
        watcher.look(&frames.borrow());
        prop_assert_eq!(watcher.seen.as_ref().map(|it| &it.1), Some(&anew));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn deltas_in_any_split_are_everything(
        changes in prop::collection::vec(change(), 1..40),
        looks in prop::collection::vec(prop::collection::vec(any::<bool>(), 40), 1..4),
    ) {
        watched(changes, &looks)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2))]

    #[test]
    fn whoever_sleeps_through_a_thousand_revisions_ends_with_the_same_numbers(
        changes in prop::collection::vec(change(), 1_000),
    ) {
        watched(changes, &[vec![], vec![true; 1_000]])?;
    }
}

#[test]
fn a_watcher_from_another_time_gets_everything() {
    let mut folded = Folded::new(versions(), Revision(7));
    let drafts = store::Progress::default();
    let view = view(&folded, &drafts);
    let frames = view.subscribe();
    folded.revision = Revision(8);
    view.publish(&folded.known(&drafts), || folded.tables("fr"));
    let frame = Arc::clone(&frames.borrow());
    for (since, kind) in [
        (None, LiveEventKind::Snapshot),
        (Some(6), LiveEventKind::Snapshot),
        (Some(9), LiveEventKind::Snapshot),
        (Some(7), LiveEventKind::Delta),
        (Some(8), LiveEventKind::Delta),
    ] {
        let event = frame.event(since.map(Revision));
        assert_eq!(
            (event.kind, event.revision),
            (kind, Revision(8)),
            "{since:?}"
        );
    }
    let (one, two) = (
        frame.event(Some(Revision(7))),
        frame.event(Some(Revision(7))),
    );
    assert!(
        Arc::ptr_eq(&one.data, &two.data),
        "written once for all watchers"
    );
}
