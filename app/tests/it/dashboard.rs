//! The dashboard, drawn from real tallies: complete, sound, and the same in the browser.

use std::collections::BTreeSet;
use std::sync::Arc;

use app::language::Language;
use app::render;
use app::studio::dashboard::fragments::{Part, anchor, counters, part, set, stops};
use app::studio::dashboard::screen::{DashboardScreen, by_block};
use app::studio::dashboard::words::Words;
use questionnaire::Engine;
use serde_json::{Value, json};
use tally::{Options, Plan, Progress, Table, Tally};

use crate::markup::{tags, unescape};
use crate::samples;

/// Texts that would be markup if they were not escaped.
const HOSTILE: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;";

fn engine() -> Engine {
    let source = json!({
        "id": "essai", "title": HOSTILE, "languages": ["fr"],
        "unit": "répondant·es",
        "blocks": [{"id": "un", "title": HOSTILE, "pages": [{"id": "p", "items": [
            {"id": "choix", "kind": "single", "label": format!("Quoi ? {HOSTILE}"), "short": HOSTILE, "choices": [
                {"code": "a", "label": HOSTILE},
                {"code": "b", "label": "Autre", "specify": {}},
                {"code": "nsp", "label": "Ne sait pas", "missing": "dont_know"}]},
            {"id": "combien", "kind": "quantity", "label": "Combien ?", "unit": HOSTILE, "decimals": 1},
            {"id": "quand", "kind": "date", "label": "Quand ?"},
            {"id": "mots", "kind": "text", "label": "Des mots"}]},
            {"id": "q", "items": [{"id": "grille", "kind": "grid", "label": "Et ?", "cells": "single",
                "rows": [{"code": "x", "label": "X"}],
                "choices": [{"code": "o", "label": "Oui"}, {"code": "n", "label": "Non"}]}]}]}]
    });
    let checked = questionnaire::check(&source.to_string());
    checked.engine.expect("a sound questionnaire")
}

fn screen(answers: &[Value]) -> DashboardScreen {
    let engine = engine();
    let options = Options {
        max_texts: 100,
        ..Options::default()
    };
    let plan = Plan::new(&engine, options).expect("a plan");
    let mut tally = Tally::new(Arc::new(plan));
    let mut progress = Progress::new(&engine.instrument);
    for it in answers {
        let sheet = serde_json::from_value(json!({"answers": it})).expect("a sheet");
        tally.add(&engine.load(&sheet).evaluation);
        progress.add(None);
        progress.add(Some(1));
    }
    DashboardScreen {
        title: engine.instrument.title.get("fr").to_owned(),
        language: "fr".to_owned(),
        respond: "/r/essai".to_owned(),
        is_open: true,
        revision: 7,
        live: "/live/waves/essai?key=00&lang=fr&since=7".to_owned(),
        progress: progress.report("fr"),
        blocks: by_block(&engine.instrument, &tally.tables("fr"), "fr"),
    }
}

fn full() -> DashboardScreen {
    let mut answers: Vec<Value> = (0..8)
        .map(|n| {
            json!({"choix": "a", "combien": n, "quand": format!("2026-03-1{n}"),
                   "mots": format!("{n} {HOSTILE}"), "grille": {"x": "o"}})
        })
        .collect();
    answers.push(json!({"choix": "b", "choix.b": HOSTILE}));
    answers.push(json!({"choix": "nsp"}));
    screen(&answers)
}

fn html(screen: &DashboardScreen, language: Language) -> String {
    render::dashboard(&samples::frame(language, "/d/essai/00"), screen)
}

fn tables(screen: &DashboardScreen) -> impl Iterator<Item = &Table> {
    screen.blocks.iter().flat_map(|it| &it.tables)
}

/// The words that the page hands to its island.
fn words(html: &str) -> Words {
    let props = html
        .split("data-props=\"")
        .nth(1)
        .and_then(|it| it.split('"').next());
    let props: Value = serde_json::from_str(&unescape(props.expect("an island"))).expect("JSON");
    serde_json::from_value(props["words"].clone()).expect("words")
}

#[test]
fn every_table_has_its_figure_and_its_link() {
    let screen = full();
    let html = html(&screen, Language::Fr);
    let tags = tags(&html);
    assert_eq!(tables(&screen).count(), 5);
    for table in tables(&screen) {
        let id = anchor(&table.item);
        assert_eq!(
            tags.iter().filter(|it| it.get("id") == Some(&id)).count(),
            1,
            "{id}"
        );
        let link = format!("#{id}");
        assert!(
            tags.iter().any(|it| it.get("href") == Some(&link)),
            "{link}"
        );
    }
}

#[test]
fn ids_are_unique_and_references_lead_somewhere() {
    let html = html(&full(), Language::Fr);
    let tags = tags(&html);
    let ids: Vec<&str> = tags.iter().filter_map(|it| it.get("id")).collect();
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(unique.len(), ids.len());
    for tag in &tags {
        for name in ["aria-labelledby", "aria-describedby"] {
            for id in tag.get(name).into_iter().flat_map(str::split_whitespace) {
                assert!(unique.contains(id), "{name}={id}");
            }
        }
        if let Some(id) = tag.get("href").and_then(|it| it.strip_prefix('#')) {
            assert!(unique.contains(id), "#{id}");
        }
    }
}

#[test]
fn what_people_wrote_is_never_markup() {
    for screen in [full(), screen(&[])] {
        let html = html(&screen, Language::Fr);
        for tag in tags(&html) {
            assert_ne!(tag.name, "img");
            assert!(
                tag.names().all(|it| !it.starts_with("on") && it != "style"),
                "{tag:?}"
            );
        }
        // The one script is the page's own, and it is a module.
        assert!(!html.contains("alert(1)</script>"));
    }
}

#[test]
fn the_browser_draws_exactly_what_the_server_drew() {
    let screen = full();
    for language in Language::ALL {
        let html = html(&screen, language);
        let words = words(&html);
        assert!(html.contains(&counters(&screen.progress, &words)));
        let stops = stops(&screen.progress, &words);
        assert!(!stops.is_empty() && html.contains(&stops));
        for table in tables(&screen) {
            let table = set(table, &words);
            for it in Part::ALL {
                let fragment = part(it, &table, &words);
                assert!(
                    html.contains(&fragment),
                    "{} {}: {fragment}",
                    table.item,
                    it.name()
                );
            }
        }
    }
}

#[test]
fn a_page_without_responses_says_what_will_happen() {
    let html = html(&screen(&[]), Language::Fr);
    assert!(html.contains("Pas encore de réponse"));
    assert!(html.contains("/r/essai"));
    assert!(!html.contains("<svg"), "there is nothing to draw");
}

#[test]
fn texts_beyond_the_first_are_folded_away() {
    let html = html(&full(), Language::Fr);
    assert!(html.contains("8 réponses libres"));
    assert!(html.contains("Afficher les autres (3)"));
    assert!(html.contains("Précisions à"));
}
