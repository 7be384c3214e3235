//! Promises that hold for every page, whatever is on it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use app::language::Language;
use app::render;
use app::respond::island::Begin;
use app::respond::screen::{PageScreen, StartScreen};
use app::respond::wording::{KEYS, Phrase};
use app::ui::{Frame, Manifest};
use proptest::prelude::*;
use questionnaire::Severity;
use questionnaire::view::PageView;

use crate::markup::{Tag, tags, text_of};
use crate::samples::{self, Sample};
use crate::strategies::page_view;

fn ids(tags: &[Tag]) -> BTreeSet<&str> {
    tags.iter().filter_map(|it| it.get("id")).collect()
}

/// What holds on every page.
#[track_caller]
fn check_page(html: &str) {
    let tags = tags(html);
    let ids = ids(&tags);
    let count = tags.iter().filter(|it| it.get("id").is_some()).count();
    assert_eq!(ids.len(), count, "an id stands twice");
    for tag in &tags {
        for attribute in ["for", "aria-labelledby", "aria-describedby"] {
            for id in tag.get(attribute).into_iter().flat_map(|it| it.split(' ')) {
                assert!(ids.contains(id), "{attribute}={id:?} leads nowhere");
            }
        }
        if let Some(id) = tag.get("href").and_then(|it| it.strip_prefix('#')) {
            assert!(ids.contains(id), "the link #{id} leads nowhere");
        }
        for attribute in tag.names() {
            assert!(
                attribute != "style" && !attribute.starts_with("on"),
                "{attribute} breaks the policy"
            );
        }
    }
    assert_eq!(
        tags.iter().filter(|it| it.name == "h1").count(),
        1,
        "one first heading"
    );
    assert_eq!(tags.iter().filter(|it| it.name == "main").count(), 1);
    assert!(!html.contains("<!>"), "a mark that checkers refuse");
    for input in tags
        .iter()
        .filter(|it| matches!(it.name.as_str(), "input" | "select" | "textarea"))
    {
        if input.get("type") == Some("hidden") {
            continue;
        }
        let id = input.get("id").expect("a field has an id");
        let labelled = input.get("aria-labelledby").is_some()
            || tags
                .iter()
                .any(|it| it.name == "label" && it.get("for") == Some(id));
        assert!(labelled, "the field {id} has no label");
    }
}

#[test]
fn every_sample_is_a_sound_page_in_both_languages() {
    for language in Language::ALL {
        for (name, sample) in samples::all() {
            let html = sample.html(&samples::frame(language, "/here"));
            println!("{name} {}", language.code());
            check_page(&html);
            assert!(html.starts_with(&format!(
                "<!DOCTYPE html><html lang=\"{}\" dir=\"ltr\">",
                language.code()
            )));
            assert!(
                html.len() < 14 * 1024,
                "{name} is {} bytes before compression",
                html.len()
            );
        }
    }
}

#[test]
fn titles_tell_pages_apart() {
    let mut titles = BTreeMap::new();
    for (name, sample) in samples::all() {
        let html = sample.html(&samples::frame(Language::Fr, ""));
        // The same page without an answer, with one, and with an error share what they ask.
        let title = text_of(&html, "title").to_owned();
        if let Some(other) = titles.insert(title.clone(), name) {
            let family = |it: &str| it.split('-').next().map(str::to_owned);
            assert_eq!(
                family(other),
                family(name),
                "{other} and {name} are both « {title} »"
            );
        }
    }
}

#[test]
fn the_review_says_what_is_wrong_where_it_is_wrong() {
    let html = |name: &str| {
        let found = samples::all().into_iter().find(|(it, _)| *it == name);
        let (_, sample) = found.expect("a sample");
        sample.html(&samples::frame(Language::Fr, ""))
    };
    let said = "<p class=\"error\">Erreur\u{202F}: Il manque une réponse.</p>";
    let failing = html("review-error");
    let lines: Vec<_> = failing
        .split("<dt")
        .filter(|it| it.contains(said))
        .collect();
    assert!(
        matches!(lines.as_slice(), [it] if it.contains("QPV")),
        "{lines:#?}"
    );
    assert!(!html("review").contains("class=\"error\""));
}

#[test]
fn a_page_loads_a_script_only_for_its_islands_and_with_the_nonce() {
    let manifest: Manifest = serde_json::from_str(
        r#"{"bundles": {"respond": "respond.1"}, "styles": {"respond": "respond.2.css"}}"#,
    )
    .expect("manifest");
    let frame = Frame {
        manifest: Arc::new(manifest),
        nonce: Some("n0nce".into()),
        ..Frame::default()
    };
    for (name, sample) in samples::all() {
        let html = sample.html(&frame);
        let tags = tags(&html);
        let islands = tags.iter().filter(|it| it.name == "leptos-island").count();
        let scripts: Vec<_> = tags.iter().filter(|it| it.name == "script").collect();
        assert_eq!(scripts.len(), usize::from(islands > 0), "{name}");
        assert!(
            scripts.iter().all(|it| it.get("nonce") == Some("n0nce")),
            "{name}"
        );
        assert!(html.contains("href=\"/pkg/respond.2.css\""), "{name}");
    }
}

#[test]
fn the_island_begins_with_the_answers_and_not_with_whose_they_are() {
    let (_, page) = samples::all()
        .into_iter()
        .find(|(name, _)| *name == "single-live")
        .expect("sample");
    let html = page.html(&samples::frame(Language::Fr, ""));
    let tags = tags(&html);
    let text = tags
        .iter()
        .find_map(|it| it.get("data-begin"))
        .expect("the form says it");
    let begin = Begin::from_text(text).expect("it can be read");
    assert_eq!(begin.sheet.meta.id, None);
    assert_eq!(begin.instrument, "/r/qpv-cls/instrument/1a2b");
    assert_eq!(begin.page, "presence_cls");
    assert_eq!(begin.sheet.meta.reached.as_deref(), Some("cls"));
    assert_eq!(begin.sheet.answers["presence_cls"], "oui");
    assert_eq!(begin.sheet.answers["mots"], samples::HOSTILE);
    assert_eq!(begin.phrases.get(Phrase::SavedAt), "Enregistré à {time}");
    assert_eq!(begin.phrases.months().len(), 12);
    assert_eq!(Begin::from_text("{}"), None);
}

#[test]
fn phrases_stand_where_their_names_say() {
    // The last one checks that no name was left out of the list.
    let places = [
        (Phrase::RequiredChoice, "failure-required-choice"),
        (Phrase::TypeOther, "failure-type-other"),
        (Phrase::ChoicesExact, "failure-choices-exact"),
        (Phrase::RangeOther, "failure-range-other"),
        (Phrase::Other, "failure-other"),
        (Phrase::Progress, "progress"),
        (Phrase::TextOver, "text-over"),
        (Phrase::January, "month-1"),
    ];
    for (phrase, key) in places {
        assert_eq!(KEYS[phrase as usize], key);
    }
    assert_eq!(KEYS.len(), Phrase::January as usize + 12);
}

#[test]
fn texts_in_another_language_say_so() {
    let html = samples::all()
        .into_iter()
        .find_map(|(name, it)| {
            (name == "single").then(|| it.html(&samples::frame(Language::En, "")))
        })
        .expect("sample");
    assert!(html.contains("<html lang=\"en\""));
    assert!(html.contains("<span data-text=\"label\" lang=\"fr\" dir=\"ltr\">"));
}

#[test]
fn data_is_never_markup() {
    let (_, page) = samples::all()
        .into_iter()
        .find(|(name, _)| *name == "hostile")
        .expect("sample");
    let html = page.html(&samples::frame(Language::Fr, ""));
    assert!(
        !html.contains("<script") && !html.contains("<img"),
        "{html}"
    );
    let escaped = html.matches("&lt;script&gt;alert(1)").count();
    assert!(escaped >= 5, "the texts are still there: {escaped}");
}

#[test]
fn a_hostile_study_is_only_text() {
    let mut study = samples::study();
    study.title = samples::HOSTILE.into();
    study.wave = samples::HOSTILE.into();
    let screen = StartScreen {
        study,
        introduction: Some(samples::HOSTILE.into()),
        minutes: None,
        closes_on: Some(samples::HOSTILE.into()),
        resume: Some(samples::HOSTILE.into()),
        is_sent: true,
        idempotency_key: samples::HOSTILE.into(),
    };
    let html = render::start(&samples::frame(Language::Fr, samples::HOSTILE), &screen);
    check_page(&html);
    assert!(
        !html.contains("<script") && !html.contains("<img"),
        "{html}"
    );
}

fn draw(page: &PageView) -> String {
    let screen = PageScreen {
        study: samples::study(),
        page: page.clone(),
        idempotency_key: "k".into(),
        saved_at: None,
        live: None,
        together: None,
    };
    render::page(&samples::frame(Language::Fr, "/here"), &screen)
}

#[test]
fn the_samples_cover_every_kind_of_page() {
    let all = samples::all();
    let has = |test: fn(&Sample) -> bool| all.iter().any(|(_, it)| test(it));
    assert!(has(|it| matches!(it, Sample::Home(_))));
    assert!(has(|it| matches!(it, Sample::Start(_))));
    assert!(has(|it| matches!(it, Sample::Page(_))));
    assert!(has(|it| matches!(it, Sample::Review(_))));
    assert!(has(|it| matches!(it, Sample::Receipt(_))));
    assert!(has(|it| matches!(it, Sample::Problem(_))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// n failures, n links, each to a field that is there; the field says what is wrong with it.
    #[test]
    fn the_error_summary_leads_to_each_field(page in page_view()) {
        let html = draw(&page);
        check_page(&html);
        let hard = page.failures.iter().any(|it| it.severity == Severity::Hard);
        prop_assert_eq!(text_of(&html, "title").starts_with("Erreur"), hard);

        let summary = html.split_once("<section id=\"summary\"").map(|(_, rest)| {
            rest.split_once("</section>").expect("the summary ends").0
        });
        prop_assert_eq!(summary.is_some(), !page.failures.is_empty());
        let Some(summary) = summary else { return Ok(()) };
        let links = tags(summary);
        let links: Vec<_> = links.iter().filter(|it| it.name == "a").collect();
        prop_assert_eq!(links.len(), page.failures.len());

        let all = tags(&html);
        for link in links {
            let id = link.get("href").and_then(|it| it.strip_prefix('#')).expect("a fragment");
            let field = all.iter().find(|it| it.get("id") == Some(id)).expect("its target");
            if matches!(field.name.as_str(), "section" | "main") {
                continue;
            }
            // The words stand beside the field, and the field or its group names them.
            let error = format!("e-{}", id.strip_prefix("f-").expect("a field"));
            prop_assert!(ids(&all).contains(error.as_str()), "no words for {}", id);
            let named = all.iter().any(|it| {
                it.get("aria-describedby").is_some_and(|it| it.split(' ').any(|it| it == error))
            });
            prop_assert!(named, "nothing is described by {}", error);
        }
        if hard && page.failures.iter().any(|it| it.severity == Severity::Hard && it.key.starts_with('q')) {
            prop_assert!(html.contains("class=\"error\""));
        }
    }
}
