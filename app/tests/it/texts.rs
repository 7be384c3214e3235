//! The Fluent files: the same keys, all of them used, all of them saying something.

use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

use app::i18n::Texts;
use app::language::Language;

const FR: &str = concat!(
    include_str!("../../i18n/fr.ftl"),
    include_str!("../../i18n/condition.fr.ftl"),
    include_str!("../../i18n/entry.fr.ftl"),
    include_str!("../../i18n/field.fr.ftl"),
    include_str!("../../i18n/home.fr.ftl"),
    include_str!("../../i18n/invite.fr.ftl"),
    include_str!("../../i18n/means.fr.ftl"),
    include_str!("../../i18n/rehearse.fr.ftl"),
    include_str!("../../i18n/retention.fr.ftl"),
    include_str!("../../i18n/sample.fr.ftl"),
    include_str!("../../i18n/studio.fr.ftl"),
    include_str!("../../i18n/team.fr.ftl"),
    include_str!("../../i18n/together.fr.ftl"),
    include_str!("../../i18n/wave.fr.ftl"),
    include_str!("../../i18n/plan.fr.ftl"),
    include_str!("../../i18n/writing.fr.ftl"),
    include_str!("../../i18n/print.fr.ftl"),
    include_str!("../../i18n/edit.fr.ftl"),
    include_str!("../../i18n/map.fr.ftl"),
);
const EN: &str = concat!(
    include_str!("../../i18n/en.ftl"),
    include_str!("../../i18n/condition.en.ftl"),
    include_str!("../../i18n/entry.en.ftl"),
    include_str!("../../i18n/field.en.ftl"),
    include_str!("../../i18n/home.en.ftl"),
    include_str!("../../i18n/invite.en.ftl"),
    include_str!("../../i18n/means.en.ftl"),
    include_str!("../../i18n/rehearse.en.ftl"),
    include_str!("../../i18n/retention.en.ftl"),
    include_str!("../../i18n/sample.en.ftl"),
    include_str!("../../i18n/studio.en.ftl"),
    include_str!("../../i18n/team.en.ftl"),
    include_str!("../../i18n/together.en.ftl"),
    include_str!("../../i18n/wave.en.ftl"),
    include_str!("../../i18n/plan.en.ftl"),
    include_str!("../../i18n/writing.en.ftl"),
    include_str!("../../i18n/print.en.ftl"),
    include_str!("../../i18n/edit.en.ftl"),
    include_str!("../../i18n/map.en.ftl"),
);

fn keys(source: &str) -> BTreeSet<&str> {
    source
        .lines()
        .filter(|it| it.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|it| it.split_once(" = ").map(|(key, _)| key))
        .collect()
}

/// The source of `src/`, joined.
fn sources(folder: &Path, out: &mut String) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            sources(&path, out)?;
        } else if path.extension().is_some_and(|it| it == "rs") {
            out.push_str(&fs::read_to_string(path)?);
        }
    }
    Ok(())
}

#[test]
fn both_languages_have_the_same_texts() {
    assert_eq!(keys(FR), keys(EN));
    assert!(keys(FR).len() > 100, "the keys are found");
}

#[test]
fn every_text_is_used() {
    let mut code = String::new();
    sources(
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")),
        &mut code,
    )
    .expect("sources");
    for key in keys(FR) {
        // Families of keys are put together from a stem and an ending.
        let stem = ["failure-", "month-"]
            .into_iter()
            .find_map(|it| key.strip_prefix(it));
        let ending = key
            .strip_suffix("-on")
            .or_else(|| key.strip_suffix("-at"))
            .filter(|it| keys(FR).contains(it));
        let quoted = |text: &str| code.contains(&format!("\"{text}\""));
        // Their endings are codes of the service; a test of the server asks for each.
        let coded = [
            "team-error-",
            "team-role-",
            "team-allows-",
            "team-did-",
            "team-wave-",
            "team-done-",
            "field-done-",
            "field-access-",
            "field-kept-",
            "moment-in-",
            "audit-key-",
            "audit-moved-",
            "sample-is-",
            "sample-send-",
            "sample-nobody-",
            "sample-kind-",
            "sample-column-",
            "sample-fault-",
            "mail-fault-",
            "entry-fault-",
            "entry-remark-",
            "cut-how-",
            "cut-percent-",
            "condition-add-",
            "condition-do-",
            "condition-how-",
            "condition-if-",
            "condition-join-",
            "condition-kept-",
            "condition-nothing-",
            "condition-of-",
            "condition-reason-",
            "condition-says-",
            "condition-todo-",
            "edit-done-",
            "edit-field-",
            "edit-hint-",
            "edit-kind-",
            "edit-line-",
            "edit-name-",
            "edit-new-",
            "edit-offers-",
            "edit-option-",
            "edit-sign-",
            "home-day-",
            "rehearse-done-",
            "rehearse-hint-",
            "rehearse-who-",
            "plan-gap-",
            "map-sign-",
            "writing-base-",
            "writing-become-",
            "writing-did-",
            "writing-done-",
            "writing-from-",
            "writing-wave-",
            "writing-is-",
            "writing-series-",
        ];
        let coded = coded
            .into_iter()
            .any(|it| key.starts_with(it) && code.contains(&format!("\"{it}{{")));
        let used = quoted(key)
            || coded
            || stem.is_some_and(|it| it.parse::<u8>().is_ok() || quoted(it))
            || ending.is_some_and(quoted);
        assert!(used, "nothing says « {key} »");
    }
}

#[test]
fn every_text_asked_for_is_there() {
    let mut code = String::new();
    sources(
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")),
        &mut code,
    )
    .expect("sources");
    for call in ["texts.get(\"", "texts.with(\"", "texts.counted(\""] {
        let asked: Vec<&str> = code
            .split(call)
            .skip(1)
            .filter_map(|it| it.split('"').next())
            .collect();
        assert!(!asked.is_empty());
        for key in asked {
            assert!(keys(FR).contains(key), "« {key} » is in no file");
        }
    }
}

#[test]
fn every_text_can_be_formatted() {
    for language in Language::ALL {
        let texts = Texts::of(language);
        let mut names: Vec<&str> = FR
            .split("{ $")
            .skip(1)
            .filter_map(|it| it.split([' ', '}']).next())
            .collect();
        names.sort_unstable();
        names.dedup();
        for key in keys(FR) {
            let text = texts.with(key, names.iter().map(|it| (*it, 2)));
            // A key that is missing or does not parse shows itself.
            assert!(
                !text.is_empty() && (text != key || !key.contains('-')),
                "{key}"
            );
            assert!(!text.contains("{$"), "{key}: {text}");
        }
    }
}

#[test]
fn french_has_its_spaces() {
    let texts = Texts::of(Language::Fr);
    assert_eq!(
        texts.with("title-error", [("title", "x")]),
        "Erreur\u{202F}: x"
    );
    assert_eq!(
        texts.with("summary-hard", [("n", 1)]),
        "Une réponse est à corriger"
    );
    assert_eq!(
        texts.with("summary-hard", [("n", 2)]),
        "2 réponses sont à corriger"
    );
    assert_eq!(texts.date("2026-03-12"), "12 mars 2026");
    assert_eq!(texts.date("bientôt"), "bientôt");
}

/// Leptos does not escape what is drawn as a child of one: see `textarea_content`.
#[test]
fn no_text_is_a_child_of_a_text_area() {
    let mut code = String::new();
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    sources(folder, &mut code).expect("sources");
    let drawn: Vec<&str> = code.split("<textarea\n").skip(1).collect();
    let drawn_inline = code.split("<textarea ").skip(1);
    let mut n = 0;
    for area in drawn.into_iter().chain(drawn_inline) {
        let (tag, _) = area.split_once("</textarea>").expect("it ends");
        assert!(tag.contains("inner_html=textarea_content("), "{tag}");
        assert!(tag.ends_with('>'), "{tag}");
        n += 1;
    }
    assert!(n >= 2, "they are found");
}
