//! The real questionnaires: everything proven, nothing found, everything gone through.

use std::path::{Path, PathBuf};

use proof::{Budget, Goal, prove};

/// Every questionnaire of the repository, further instruments of a study too.
fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../questionnaires");
    let studies = std::fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path());
    let files = studies.flat_map(|it| std::fs::read_dir(it).unwrap());
    let mut files: Vec<PathBuf> = files.map(|it| it.unwrap().path()).collect();
    files.retain(|it| it.extension().is_some_and(|it| it == "yaml"));
    files.sort();
    files
}

#[test]
fn nothing_is_found_and_nothing_left_open() {
    let files = files();
    assert!(
        files.len() >= 11,
        "five surveys, a reading grid, five guides"
    );
    for path in files {
        let checked = questionnaire::check(&std::fs::read_to_string(&path).unwrap());
        assert_eq!(checked.diagnostics, [], "{}", path.display());
        let engine = checked.engine.unwrap();
        let mut proof = prove(&engine, &Budget::default());
        let found = proof.findings(&checked.questionnaire.unwrap(), &checked.map);
        assert_eq!(found, [], "{}", path.display());
        assert_eq!(proof.unproven(), Vec::<String>::new(), "{}", path.display());
        assert!(proof.routes().is_some(), "{}", path.display());
    }
}

#[test]
fn the_witness_of_each_item_shows_it() {
    for path in files() {
        let checked = questionnaire::check(&std::fs::read_to_string(&path).unwrap());
        let engine = checked.engine.unwrap();
        let proof = prove(&engine, &Budget::default());
        for item in 0..engine.instrument.items.len() as u32 {
            let id = &engine.instrument.items[item as usize].id;
            let witness = proof.witness(Goal::Item(item));
            let sheet = witness.unwrap_or_else(|| panic!("{}: {id}", path.display()));
            // As it travels: written and read again.
            let text = serde_json::to_string(sheet).unwrap();
            let sheet = serde_json::from_str(&text).unwrap();
            let loaded = engine.load(&sheet);
            assert_eq!(loaded.misfits, [], "{id}");
            let verdict = loaded.verdict(None);
            assert!(verdict.complete && verdict.off_path.is_empty(), "{id}");
            let units: Vec<Option<u32>> = match engine.instrument.items[item as usize].roster {
                None => vec![None],
                Some(it) => (0..engine.instrument.unit_bound(it)).map(Some).collect(),
            };
            let mut units = units.into_iter();
            assert!(
                units.any(|it| loaded.evaluation.is_on_path(item, it)),
                "{id}"
            );
        }
    }
}

/// Coverage is counted by replaying; what is missing would be named.
#[test]
fn a_few_respondents_go_through_everything() {
    for path in files() {
        let checked = questionnaire::check(&std::fs::read_to_string(&path).unwrap());
        let engine = checked.engine.unwrap();
        let cover = prove(&engine, &Budget::default()).cover();
        let it = &cover.coverage;
        assert!(it.complete, "{}: {it:#?}", path.display());
        assert_eq!((it.ignored, it.contradicted.len()), (0, 0), "{it:#?}");
        assert!(cover.sheets.len() <= 60, "{}", path.display());
        assert_eq!(
            it.failing > 0,
            cover
                .sheets
                .iter()
                .any(|it| it.meta.other.contains_key("fails"))
        );
    }
}

#[test]
fn a_budget_that_is_met_says_what_is_left() {
    let path = &files()[0];
    let checked = questionnaire::check(&std::fs::read_to_string(path).unwrap());
    let engine = checked.engine.unwrap();
    let budget = Budget::new(50);
    let mut proof = prove(&engine, &budget);
    let open = proof.unproven();
    assert!(!open.is_empty() && proof.routes().is_none());
    let found = proof.findings(&checked.questionnaire.unwrap(), &checked.map);
    let codes: Vec<_> = found.iter().map(|it| it.rule.code).collect();
    assert_eq!(codes, ["PR0060"]);
    assert!(
        found[0].because.iter().any(|it| it.starts_with("item:")),
        "{found:?}"
    );
}
