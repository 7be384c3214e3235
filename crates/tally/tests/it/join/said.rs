//! What is drawn and said of versions that are joined, and of those that are not.

use chart::Language;
use questionnaire::Sheet;
use serde_json::{Value, json};
use tally::{Break, base_line, broken_charts, charts, join_notes};

use super::{Changes, Wishes, counted, sheet};
use crate::support::{engine, table};

fn both(change: Changes) -> Vec<tally::Table> {
    let before = Changes::default();
    let engines = [engine(&before.yaml()), engine(&change.yaml())];
    let wishes: Vec<Wishes> = vec![
        (0, vec![true, true, false], 0, 3, None, 0),
        (2, vec![false, true, false], 1, 0, None, 1),
    ];
    let old: Vec<Sheet> = wishes.iter().map(|it| sheet(&before, it)).collect();
    let new: Vec<Sheet> = wishes.iter().map(|it| sheet(&change, it)).collect();
    let (join, tallies) = counted([&engines[0], &engines[1]], &change.judged(), [&old, &new]);
    join.tables(&[&tallies[0], &tallies[1]], "fr")
}

fn spaces(text: &str) -> String {
    text.replace(['\u{202f}', '\u{a0}'], " ")
}

/// What is drawn and what is said of a break: never one bar of both, and the mark on drawing and table.
#[test]
fn a_broken_series_is_drawn_apart_and_says_why() {
    let tables = both(Changes {
        other_meaning: true,
        other_filter: true,
        ..Changes::default()
    });
    let presence = table(&tables, "presence");
    let notes: Vec<String> = join_notes(presence, Language::French)
        .iter()
        .map(|it| spaces(it))
        .collect();
    assert_eq!(
        notes,
        [
            "Série rompue à la version 2 : un choix a changé de sens. La version 1 est comptée à part."
        ]
    );
    assert!(
        spaces(&base_line(presence, &presence.figures, Language::French))
            .ends_with("série rompue à la version 2")
    );
    let apart = &presence.joins.as_ref().unwrap().breaks[0];
    assert_eq!(apart.why, [Break::Meaning]);
    let own = charts(presence, "fr");
    let former = broken_charts(apart, "fr");
    assert_eq!((own.len(), former.len()), (1, 1));
    assert_ne!(own[0].id, former[0].id);
    for chart in own.iter().chain(&former) {
        let (svg, twin) = (chart.svg(chart::Layout::Wide), chart.table().html());
        assert!(svg.contains("série rompue à la version 2"), "{svg}");
        assert!(!twin.is_empty());
    }
    assert!(former[0].title.ends_with("version 1"));
    let etp = &table(&tables, "etp").joins.as_ref().unwrap().breaks[0];
    assert_eq!(etp.why, [Break::Universe]);
}

#[test]
fn what_is_joined_says_so() {
    let tables = both(Changes {
        choice_added: true,
        reworded: true,
        item_added: true,
        item_removed: true,
        ..Changes::default()
    });
    let notes = |id: &str| -> Vec<String> {
        let notes = join_notes(table(&tables, id), Language::French);
        notes.iter().map(|it| spaces(it)).collect()
    };
    let together = "Réponses aux versions 1 et 2 du questionnaire, comptées ensemble.";
    assert_eq!(
        notes("presence"),
        [together, "Formulée autrement dans la version 1."]
    );
    assert_eq!(notes("themes"), [together]);
    assert_eq!(
        notes("nouveau"),
        [
            "Question nouvelle dans la version 2 : réponses à la version 1, qui ne la pose pas : 2, hors de la base."
        ]
    );
    assert_eq!(
        notes("ancien"),
        [
            "Question retirée après la version 1 : réponses à la version 2, qui ne la pose pas : 2, hors de la base."
        ]
    );
    let chart = &charts(table(&tables, "presence"), "fr")[0];
    assert!(chart.table().html().contains("jadis (version 2 seulement)"));
    let value: Value = serde_json::to_value(table(&tables, "presence")).unwrap();
    assert_eq!(value["joins"]["versions"], json!([1, 2]));
}
