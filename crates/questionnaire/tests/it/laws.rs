//! Laws on random questionnaires, sheets and events.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use questionnaire::session::{self, Place, Submission};
use questionnaire::{
    Answer, Engine, Evaluation, FailureCode, Instrument, Keep, Sheet, SlotState, document,
    page_view, review_view,
};
use testkit::{Case, Respondent, Tape, cases};

/// 256 cases, or what `PROPTEST_CASES` says. A law that fails is fixed with a test of its own, not
/// with a seed in a file.
fn config() -> ProptestConfig {
    ProptestConfig {
        max_shrink_iters: 4_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Makes the case's changes one after the other.
fn edit(evaluation: &mut Evaluation<'_>, case: &Case) {
    for (key, value) in &case.edits {
        evaluation.set_by_key(key, value);
    }
}

/// The same answers, evaluated anew.
fn anew<'e>(evaluation: &Evaluation<'e>) -> Evaluation<'e> {
    let mut it = evaluation.clone();
    it.set_reached(it.reached());
    it
}

fn sheet_of(evaluation: &Evaluation<'_>, keep: Keep) -> Sheet {
    Sheet {
        answers: evaluation.to_answers(keep),
        ..Sheet::default()
    }
}

/// Everything on path: states, failures, computed values that are not missing.
fn on_path(evaluation: &Evaluation<'_>) -> (BTreeMap<String, SlotState>, Vec<String>, Vec<String>) {
    let verdict = evaluation.verdict(None);
    let slots = verdict
        .slots
        .into_iter()
        .filter(|(_, it)| *it != SlotState::NotAsked);
    let failures = verdict
        .failures
        .iter()
        .map(|it| format!("{it:?}"))
        .collect();
    let computed = verdict.computed.iter().filter(|(_, it)| !it.is_null());
    (
        slots.collect(),
        failures,
        computed.map(|it| format!("{it:?}")).collect(),
    )
}

/// How many steps a walk may take: each step that does not go on either shows something that has
/// not been shown, or corrects something, and may lead back to the first page.
fn bound(engine: &Engine) -> usize {
    let pages = engine.instrument.pages.len() + 1;
    let items = engine.instrument.items.len() + engine.layout.slots().len() + 1;
    4 * pages * items
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn answers_set_in_any_order_mean_the_same(case in cases(), seed: u64) {
        let engine = case.engine();
        let loaded = engine.load(&case.sheet).evaluation;
        let mut other = engine.evaluation();
        other.set_reached(loaded.reached());
        let slots = engine.layout.slots().len();
        for slot in Tape::of_seed(seed).shuffled(slots + engine.instrument.rosters.len()) {
            if slot < slots {
                other.set(slot as u32, loaded.answer(slot as u32).clone());
            } else {
                let roster = (slot - slots) as u32;
                other.set_units(roster, loaded.n_units(roster));
            }
        }
        for (slot, at) in (0u32..).zip(engine.layout.slots()) {
            let list = engine.instrument.items[at.item as usize].list();
            let n = list.map_or(0, |it| engine.instrument.lists[it as usize].choices.len());
            for choice in 0..n as u16 {
                if let Some(text) = loaded.specified(slot, choice) {
                    let list = &engine.instrument.lists[list.unwrap() as usize];
                    let key = format!("{}.{}", at.key, list.choices[usize::from(choice)].code);
                    other.set_by_key(&key, &text.into());
                }
            }
        }
        prop_assert_eq!(loaded.verdict(None), other.verdict(None));
        prop_assert!(loaded == other);
    }

    #[test]
    fn off_path_answers_change_nothing_on_path(case in cases()) {
        let engine = case.engine();
        let raw = engine.load(&case.sheet).evaluation;
        let mut clean = sheet_of(&raw, Keep::OnPath);
        clean.meta.reached.clone_from(&case.sheet.meta.reached);
        let clean = engine.load(&clean);
        prop_assert!(clean.misfits.iter().all(|it| Some(&it.item) == case.sheet.meta.reached.as_ref()));
        prop_assert_eq!(on_path(&raw), on_path(&clean.evaluation));
        prop_assert_eq!(clean.evaluation.off_path(), Vec::<String>::new());
    }

    #[test]
    fn a_change_equals_evaluating_everything(case in cases()) {
        let engine = case.engine();
        let mut evaluation = engine.load(&case.sheet).evaluation;
        for (key, value) in &case.edits {
            evaluation.set_by_key(key, value);
            prop_assert!(evaluation == anew(&evaluation), "after {key} = {value}");
        }
        for (nth, roster) in (0u32..).zip(&engine.instrument.rosters) {
            let id = &engine.instrument.items[roster.item as usize].id;
            evaluation.add_unit(id);
            prop_assert!(evaluation == anew(&evaluation), "one more of {id}");
            evaluation.remove_unit(id, "1");
            prop_assert!(evaluation == anew(&evaluation), "one less of {id}");
            evaluation.set_units(nth, 2);
            prop_assert!(evaluation == anew(&evaluation), "two of {id}");
        }
    }

    #[test]
    fn a_change_visits_only_what_depends_on_it_and_each_once(case in cases()) {
        let engine = case.engine();
        let mut evaluation = engine.load(&case.sheet).evaluation;
        for (key, value) in &case.edits {
            let Some(slot) = engine.layout.slot(key) else { continue };
            let before = evaluation.visits();
            evaluation.set_by_key(key, value);
            let visits = evaluation.visits() - before;
            prop_assert!(visits <= engine.layout.reach(slot) as u64, "{key}: {visits}");
        }
    }

    #[test]
    fn a_draft_loses_nothing(case in cases()) {
        let engine = case.engine();
        let mut evaluation = engine.load(&case.sheet).evaluation;
        edit(&mut evaluation, &case);
        let mut draft = sheet_of(&evaluation, Keep::Everything);
        draft.meta.reached.clone_from(&case.sheet.meta.reached);
        let loaded = engine.load(&draft);
        let unknown_page = case.sheet.meta.reached.as_ref().is_some_and(|it| engine.instrument.page(it).is_none());
        prop_assert_eq!(loaded.misfits.len(), usize::from(unknown_page), "{:?}", loaded.misfits);
        // A unit that was answered before it was added now exists: the one thing that differs.
        for roster in 0..engine.instrument.rosters.len() as u32 {
            evaluation.set_units(roster, loaded.evaluation.n_units(roster));
        }
        prop_assert_eq!(loaded.evaluation.verdict(None), evaluation.verdict(None));
        prop_assert!(loaded.evaluation == evaluation);
    }

    #[test]
    fn every_slot_is_in_one_state(case in cases()) {
        let engine = case.engine();
        let keys: BTreeSet<_> = engine.layout.slots().iter().map(|it| &it.key).collect();
        prop_assert_eq!(keys.len(), engine.layout.slots().len());
        let evaluation = engine.load(&case.sheet).evaluation;
        let slots = evaluation.verdict(None).slots;
        let keys: BTreeSet<_> = slots.iter().map(|(key, _)| key).collect();
        prop_assert_eq!(keys.len(), slots.len());
        for (slot, at) in (0u32..).zip(engine.layout.slots()) {
            let key = at.key.to_string();
            prop_assert_eq!(evaluation.slot_exists(slot), keys.contains(&key), "{}", key);
            if !evaluation.slot_exists(slot) {
                prop_assert!(!evaluation.state(slot).is_asked(), "{}", key);
            }
            match evaluation.state(slot) {
                SlotState::Answered => prop_assert!(!evaluation.answer(slot).is_empty()),
                SlotState::NotReached => prop_assert!(evaluation.reached().is_some()),
                _ => {}
            }
        }
    }

    #[test]
    fn what_is_submitted_is_stable(case in cases()) {
        let engine = case.engine();
        let draft = Sheet { meta: Default::default(), ..case.plausible };
        if let Submission::Ready { sheet, .. } = session::submission(&engine, &draft) {
            let loaded = engine.load(&sheet);
            prop_assert_eq!(&loaded.misfits, &vec![]);
            prop_assert!(loaded.verdict(None).complete);
            prop_assert_eq!(loaded.evaluation.off_path(), Vec::<String>::new());
            let again = session::submission(&engine, &sheet);
            prop_assert_eq!(again, Submission::Ready { sheet, dropped: Vec::new() });
        }
    }

    #[test]
    fn a_walk_reaches_the_review_and_shows_everything_that_is_asked(case in cases()) {
        let engine = case.engine();
        let walk = Respondent::new(&engine, &case.plausible).walk(bound(&engine));
        prop_assert!(walk.pages.len() < bound(&engine), "{:?}", walk.pages);
        let mut finished = walk.sheet.clone();
        finished.meta.reached = None;
        let evaluation = engine.load(&finished).evaluation;
        if !walk.is_finished {
            // Only a rule of the questionnaire that no answer can satisfy holds somebody back.
            let failures = engine.load(&walk.sheet).evaluation.failures();
            let by_check = failures.iter().any(|it| matches!(it.code, FailureCode::Check(_)));
            prop_assert!(by_check, "{:?} on {:?}", failures, walk.pages.last());
            return Ok(());
        }
        for (slot, state) in evaluation.slots().filter(|(_, it)| it.is_asked()) {
            let key = &engine.layout.slots()[slot as usize].key;
            prop_assert!(walk.shown.contains(&**key), "{key} is {state:?} and was never shown: {:?}", walk.pages);
        }
        if let Submission::Refused(failures) = session::submission(&engine, &walk.sheet) {
            // What later answers made wrong on pages that were right when they were left.
            for it in failures {
                let later = matches!(it.code, FailureCode::Check(_) | FailureCode::ChoiceFilter);
                prop_assert!(later, "{it:?}");
            }
        }
    }

    #[test]
    fn steps_lead_somewhere_and_lose_nothing(case in cases()) {
        let engine = case.engine();
        let mut sheet = case.plausible.clone();
        for event in &case.events {
            let before = engine.load(&sheet).evaluation;
            let step = session::step(&engine, &sheet, event).unwrap();
            let after = engine.load(&step.sheet).evaluation;
            if let Place::Page(page) = &step.to {
                prop_assert!(page_view(&engine, &step.sheet, page, "fr").is_some());
            }
            let posted = |key: &str| event.answers.iter().any(|(it, _)| it == key);
            let moves_units = matches!(event.go, session::Go::Remove { .. });
            for (slot, at) in (0u32..).zip(engine.layout.slots()) {
                let moved = moves_units && at.unit.is_some();
                if !posted(&at.key) && !moved {
                    prop_assert_eq!(before.answer(slot), after.answer(slot), "{}", at.key);
                }
            }
            let reached = |it: &Sheet| it.meta.reached.as_deref().and_then(|it| engine.instrument.page(it));
            prop_assert!(reached(&step.sheet) >= reached(&sheet));
            sheet = step.sheet;
        }
    }

    #[test]
    fn every_view_can_be_drawn(case in cases()) {
        let engine = case.engine();
        for page in &engine.instrument.pages {
            for lang in ["fr", "en"] {
                let view = page_view(&engine, &case.sheet, &page.id, lang).unwrap();
                let json = serde_json::to_string(&view).unwrap();
                prop_assert_eq!(serde_json::from_str::<questionnaire::view::PageView>(&json).unwrap(), view);
            }
        }
        let review = review_view(&engine, &case.sheet, "fr");
        let ready = matches!(session::submission(&engine, &case.sheet), Submission::Ready { .. });
        prop_assert_eq!(ready, review.failures.is_empty());
        for (page, failure) in &review.failures {
            prop_assert!(engine.instrument.page(page).is_some(), "{failure:?} is on no page");
        }
    }

    #[test]
    fn a_document_survives_yaml_and_json(case in cases()) {
        for text in [document::to_yaml(&case.questionnaire), serde_json::to_string_pretty(&case.questionnaire).unwrap()] {
            let read = document::read(&text);
            prop_assert_eq!(&read.diagnostics, &vec![]);
            prop_assert_eq!(read.questionnaire.as_ref(), Some(&case.questionnaire));
        }
    }

    #[test]
    fn an_instrument_survives_its_journey(case in cases()) {
        let engine = case.engine();
        let json = serde_json::to_string(&engine.instrument).unwrap();
        let instrument: Instrument = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&instrument, &engine.instrument);
        let other = Engine::new(instrument).unwrap();
        prop_assert_eq!(other.load(&case.sheet).verdict(None), engine.load(&case.sheet).verdict(None));
    }
}

/// Any text as an author might write it.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[ -~\\n\\t]{0,30}",
        prop::sample::select(vec![
            "",
            " ",
            "null",
            "~",
            "true",
            "No",
            "- a",
            "a: b",
            "a #b",
            "'",
            "\"",
            "|",
            ">",
            "%",
            "@",
            "0",
            "01",
            "1e3",
            "2026-03-12",
            "---",
            "...",
            "a\nb",
            "a\n\n b\n",
            "\u{feff}",
            "\u{2028}",
            "\u{85}",
            "{{",
            "= 1",
            "é’«",
            "\u{7f}",
            "\u{0}",
            "? a",
            "a:",
            ":a",
            "&a",
            "*a",
            "!a",
            "[",
            "]",
            "{",
            "}",
            ", ",
            " a",
            "a ",
            "-",
            "\r\n",
        ])
        .prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_text_survives_yaml_and_json(title in text(), help in text(), key in text()) {
        let written = serde_json::json!({
            "id": "essai", "title": { "fr": title, key.clone(): "x" },
            "blocks": [{ "id": "b", "pages": [{ "id": "p", "items": [{
                "id": "i", "kind": "territory", "label": help, "attributes": [{ "id": "a", "type": "text" }],
                "choices": [{ "code": title, "label": "l", "attributes": { "a": help, "b": 0.1, "c": [true, null] } }],
            }] }] }],
        });
        // Long keys are refused by YAML; nobody names a language with a thousand letters.
        prop_assume!(key.len() < 500);
        let document: document::Questionnaire = serde_json::from_value(written).unwrap();
        for text in [document::to_yaml(&document), serde_json::to_string(&document).unwrap()] {
            let read = document::read(&text);
            prop_assert_eq!(&read.diagnostics, &vec![], "{}", text);
            prop_assert_eq!(read.questionnaire.as_ref(), Some(&document), "{}", text);
        }
    }
}

#[test]
fn the_same_answer_twice_visits_no_more_than_once() {
    let case = testkit::case(3);
    let engine = case.engine();
    let mut evaluation = engine.evaluation();
    for slot in 0..engine.layout.slots().len() as u32 {
        let before = evaluation.visits();
        evaluation.set(slot, Answer::Empty);
        assert_eq!(
            evaluation.visits() - before,
            1,
            "nothing changed, so nothing follows"
        );
    }
}
