//! Several versions in one set of tables.

mod cut;
mod laws;
mod said;

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;
use questionnaire::{Engine, Sheet};
use serde_json::{Map, json};
use tally::{Break, Join, Judged, Tally, Version};

/// What the second version changes.
#[derive(Clone, Copy, Debug, Default)]
struct Changes {
    choice_added: bool,
    choice_removed: bool,
    /// A choice has another code, and says so.
    recoded: bool,
    /// Two choices are one, and it says so.
    united: bool,
    reworded: bool,
    item_added: bool,
    item_removed: bool,
    /// An item has another id, and says so.
    renamed: bool,
    /// A choice means a missing reason that it did not.
    other_meaning: bool,
    other_kind: bool,
    other_filter: bool,
    other_unit: bool,
}

fn changes() -> impl Strategy<Value = Changes> {
    prop::collection::vec(prop::bool::weighted(0.3), 12).prop_map(|it| Changes {
        choice_added: it[0],
        choice_removed: it[1],
        recoded: it[2],
        united: it[3],
        reworded: it[4],
        item_added: it[5],
        item_removed: it[6],
        renamed: it[7],
        other_meaning: it[8],
        other_kind: it[9],
        other_filter: it[10],
        other_unit: it[11],
    })
}

impl Changes {
    fn presence(&self) -> Vec<&'static str> {
        let mut codes = vec!["oui", "non"];
        if !self.choice_removed {
            codes.push("bientot");
        }
        codes.push(if self.recoded { "flou" } else { "incertain" });
        if self.choice_added {
            codes.push("jadis");
        }
        codes
    }

    fn themes(&self) -> Vec<&'static str> {
        let all = ["sante", "jeunes", "emploi"];
        let united = self.united;
        all.into_iter()
            .filter(|it| !united || *it != "jeunes")
            .collect()
    }

    fn yaml(&self) -> String {
        let choice = |code: &str| {
            let label = if self.reworded && code == "oui" {
                "Oui, il y en a un"
            } else {
                code
            };
            let was = match code {
                "flou" => ", was: [incertain]",
                "sante" if self.united => ", was: [jeunes]",
                _ => "",
            };
            let missing = match code {
                "non" if self.other_meaning => ", missing: dont_know",
                _ => "",
            };
            format!("{{code: {code}, label: '{label}'{was}{missing}}}")
        };
        let list = |codes: Vec<&str>| codes.into_iter().map(choice).collect::<Vec<_>>().join(", ");
        let kind = if self.other_kind {
            "multiple"
        } else {
            "single"
        };
        let filter = if self.other_filter {
            "answered(presence)"
        } else {
            "presence = 'oui'"
        };
        let unit = if self.other_unit { "heures" } else { "ETP" };
        let word = if self.renamed {
            "verbatim, was: [mot]"
        } else {
            "mot"
        };
        let mut items = vec![
            format!(
                "{{id: presence, kind: single, label: P, choices: [{}]}}",
                list(self.presence())
            ),
            format!(
                "{{id: themes, kind: multiple, label: T, choices: [{}]}}",
                list(self.themes())
            ),
            format!(
                "{{id: avis, kind: {kind}, label: A, choices: [{}]}}",
                list(vec!["bon", "mauvais"])
            ),
            format!("{{id: etp, kind: quantity, unit: {unit}, label: E, filter: \"{filter}\"}}"),
            format!("{{id: {word}, kind: text, label: M}}"),
        ];
        if !self.item_removed {
            items.push(
                "{id: ancien, kind: single, label: Ancien, choices: [{code: a, label: A}]}"
                    .to_owned(),
            );
        }
        if self.item_added {
            items.push(
                "{id: nouveau, kind: single, label: N, choices: [{code: a, label: A}]}".to_owned(),
            );
        }
        format!(
            "id: e\ntitle: E\nnets: [{{id: large, label: L, item: themes, choices: [sante, emploi]}}]\nblocks:\n- id: b\n  pages:\n  - id: p\n    items:\n    - {}\n",
            items.join("\n    - ")
        )
    }

    fn apart(&self) -> BTreeSet<&'static str> {
        let all = [
            ("presence", self.other_meaning),
            ("avis", self.other_kind),
            // Whether the other filter asks others is for the proof to say; here it does.
            ("etp", self.other_filter || self.other_unit),
        ];
        all.into_iter().filter(|it| it.1).map(|it| it.0).collect()
    }

    fn judged(&self) -> Judged {
        let other = self
            .other_filter
            .then(|| ("etp".to_owned(), vec![Break::Universe]));
        other.into_iter().collect()
    }
}

/// Somebody's answers, as positions among what their version offers.
type Wishes = (usize, Vec<bool>, usize, u32, Option<String>, usize);

fn wishes() -> impl Strategy<Value = Wishes> {
    (
        0..8_usize,
        prop::collection::vec(any::<bool>(), 3),
        0..3_usize,
        0..9_u32,
        prop::option::of("[a-c]"),
        0..3_usize,
    )
}

fn sheet(of: &Changes, (presence, themes, avis, etp, word, other): &Wishes) -> Sheet {
    let mut answers = Map::new();
    if let Some(code) = of.presence().get(*presence) {
        answers.insert("presence".into(), json!(code));
    }
    let chosen = of.themes().into_iter().zip(themes).filter(|it| *it.1);
    answers.insert(
        "themes".into(),
        chosen.map(|it| it.0).collect::<Vec<_>>().into(),
    );
    if let Some(code) = ["bon", "mauvais"].get(*avis) {
        let value = if of.other_kind {
            json!([code])
        } else {
            json!(code)
        };
        answers.insert("avis".into(), value);
    }
    if *etp > 0 {
        answers.insert("etp".into(), json!(etp));
    }
    if let Some(word) = word {
        let id = if of.renamed { "verbatim" } else { "mot" };
        answers.insert(id.into(), json!(word));
    }
    for (id, is_there) in [("ancien", !of.item_removed), ("nouveau", of.item_added)] {
        if is_there && *other == 0 {
            answers.insert(id.into(), json!("a"));
        }
    }
    Sheet {
        answers,
        ..Sheet::default()
    }
}

fn counted(engines: [&Engine; 2], judged: &Judged, sheets: [&[Sheet]; 2]) -> (Join, [Tally; 2]) {
    let versions = [
        Version {
            number: 2,
            engine: engines[1],
        },
        Version {
            number: 1,
            engine: engines[0],
        },
    ];
    let join = Join::new(&versions, 100, |_, _| judged.clone()).expect("tables");
    let count = |at: usize, engine: &Engine, sheets: &[Sheet]| {
        let mut tally = Tally::new(Arc::clone(&join.plans()[at]));
        sheets
            .iter()
            .for_each(|it| tally.add(&engine.load(it).evaluation));
        tally
    };
    let tallies = [
        count(0, engines[1], sheets[1]),
        count(1, engines[0], sheets[0]),
    ];
    (join, tallies)
}
