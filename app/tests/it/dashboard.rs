//! The dashboard, drawn from real tallies: complete, sound, and the same in the browser.

use std::collections::BTreeSet;
use std::sync::Arc;

use app::language::Language;
use app::render;
use app::studio::dashboard::cut_screen::{Arrivals, CutShown};
use app::studio::dashboard::fragments::{Part, admitted, anchor, counters, part, set, stops};
use app::studio::dashboard::screen::{Admission, Concern, DashboardScreen, Rehearsal, by_block};
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
        home: None,
        cut: CutShown::default(),
        admission: Admission::default(),
        title: engine.instrument.title.get("fr").to_owned(),
        language: "fr".to_owned(),
        respond: Some("/r/essai".to_owned()),
        concern: Concern::Wave {
            is_open: true,
            rehearsal: None,
        },
        revision: 7,
        live: "/live/waves/essai?key=00&lang=fr&since=7".to_owned(),
        progress: progress.report("fr"),
        blocks: by_block(&engine.instrument, &tally.tables("fr"), "fr"),
        arrivals: Arrivals::default(),
        wall: None,
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

fn rehearsed() -> DashboardScreen {
    DashboardScreen {
        concern: Concern::Rehearsal,
        ..full()
    }
}

#[test]
fn a_rehearsal_says_so_in_its_title_and_above_everything() {
    for (language, band, title) in [
        (
            Language::Fr,
            "Répétition\u{202f}: réponses fictives, à ne pas diffuser",
            "<title>Répétition\u{202f}: résultats fictifs – ",
        ),
        (
            Language::En,
            "Rehearsal: made-up responses, not to be passed on",
            "<title>Rehearsal: made-up results – ",
        ),
    ] {
        let page = html(&rehearsed(), language);
        assert!(page.contains(title));
        let main = page.split("<main").nth(1).unwrap_or_default();
        let band = format!("<p class=\"rehearsal-band\">{band}</p>");
        assert!(main.find(&band) < main.find("<nav"), "the band comes first");
        assert!(main.contains(&band));
        // Negative control: real results do not.
        let real = html(&full(), language);
        assert!(!real.contains("rehearsal-band") && !real.contains(title));
    }
}

#[test]
fn a_rehearsal_leads_to_no_real_result_and_cannot_be_removed_from_its_page() {
    let page = html(&rehearsed(), Language::Fr);
    let tags = tags(&page);
    // The only form asks for the same page, cut otherwise.
    let forms: Vec<_> = tags.iter().filter(|it| it.name == "form").collect();
    assert!(forms.len() == 1 && forms[0].get("method") == Some("get"));
    assert!(tags.iter().all(|it| {
        it.get("href")
            .is_none_or(|it| !it.contains("/d/") || it.contains("lang="))
    }));
    assert!(!page.contains("Enquête ouverte"));
}

#[test]
fn the_dashboard_of_a_wave_leads_to_its_rehearsal_and_removes_it() {
    for (n, says) in [
        (0, "0 réponse fictive,"),
        (1, "1 réponse fictive,"),
        (1_234, "1\u{202f}234 réponses fictives,"),
    ] {
        let screen = DashboardScreen {
            concern: Concern::Wave {
                is_open: false,
                rehearsal: Some(Rehearsal {
                    href: "/d/essai/rehearsal/11".to_owned(),
                    remove: "/d/essai/00/rehearsal/remove".to_owned(),
                    n_responses: n,
                }),
            },
            ..full()
        };
        let page = html(&screen, Language::Fr);
        assert!(page.contains(says), "{n}");
        let tags = tags(&page);
        let form = tags.iter().find(|it| it.name == "form");
        let form = form.map(|it| (it.get("method"), it.get("action")));
        assert_eq!(
            form,
            Some((Some("post"), Some("/d/essai/00/rehearsal/remove")))
        );
        assert!(
            tags.iter()
                .any(|it| it.get("href") == Some("/d/essai/rehearsal/11"))
        );
        // That it is gone is not said while it is there.
        let is_gone = |it: &str| it.contains(&format!("id=\"{}\"", app::paths::REMOVED));
        assert!(!is_gone(&page) && is_gone(&html(&full(), Language::Fr)));
    }
}

#[test]
fn a_rehearsal_without_responses_says_where_they_come_from() {
    let empty = DashboardScreen {
        concern: Concern::Rehearsal,
        ..screen(&[])
    };
    let page = html(&empty, Language::Fr);
    assert!(page.contains("--rehearsal"));
    assert!(!page.contains("Dès qu’une personne"));
}

#[test]
fn what_is_not_counted_is_said_with_its_reasons() {
    let html = |admission: Admission| {
        let screen = DashboardScreen {
            admission,
            ..full()
        };
        render::dashboard(&app::ui::Frame::default(), &screen)
    };
    assert!(!html(Admission::default()).contains("class=\"admission\""));
    let text = html(Admission {
        n_received: 25,
        n_invited: None,
        n_set_aside: 4,
        n_withdrawn: 1,
        reasons: vec![("incomplète <b>".to_owned(), 3), ("doublon".to_owned(), 1)],
    });
    assert!(
        text.contains("21 réponses sur 25 reçues · 4 écartées"),
        "{text}"
    );
    assert!(text.contains("incomplète &lt;b&gt; (3)") && text.contains("doublon (1)"));
    assert!(text.contains("1 réponse retirée"));
    assert!(!text.contains("invitées"));
    let text = html(Admission {
        n_received: 24,
        n_set_aside: 3,
        n_invited: Some(25),
        ..Admission::default()
    });
    assert!(
        text.contains("21 réponses comptées sur 25 personnes invitées"),
        "{text}"
    );
    assert!(
        text.contains("21 réponses sur 24 reçues · 3 écartées"),
        "{text}"
    );
}

/// What the browser writes over it while responses come is what the page would say.
#[test]
fn invited_people_are_counted_alike_here_and_in_the_browser() {
    for language in [Language::Fr, Language::En] {
        for n_received in [0, 1, 2, 1_234] {
            let screen = DashboardScreen {
                admission: Admission {
                    n_received,
                    n_invited: Some(2_500),
                    ..Admission::default()
                },
                ..full()
            };
            let html = html(&screen, language);
            let drawn = html.split("<p id=\"admitted\">").nth(1).unwrap();
            let drawn = drawn.split("</p>").next().unwrap();
            assert_eq!(drawn, admitted(n_received, &words(&html)), "{n_received}");
            let n = chart::integer(n_received, chart::Language::from_tag(language.code()));
            assert!(drawn.starts_with(&format!("{n} ")), "{drawn}");
        }
    }
    let french = [0, 1, 2].map(|n| admitted(n, &words(&html(&invited(), Language::Fr))));
    assert_eq!(
        french,
        [
            "0 réponse comptée sur 25 personnes invitées",
            "1 réponse comptée sur 25 personnes invitées",
            "2 réponses comptées sur 25 personnes invitées",
        ]
    );
    let english = [0, 1].map(|n| admitted(n, &words(&html(&invited(), Language::En))));
    assert!(english[0].starts_with("0 responses") && english[1].starts_with("1 response "));
}

fn invited() -> DashboardScreen {
    DashboardScreen {
        admission: Admission {
            n_invited: Some(25),
            ..Admission::default()
        },
        ..full()
    }
}
