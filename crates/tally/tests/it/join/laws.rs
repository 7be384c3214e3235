//! Against a naive recount that knows what was changed, not how it is joined.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;
use questionnaire::Sheet;
use tally::{Figures, Join, Tally, Version};

use super::{Changes, changes, counted, sheet, wishes};
use crate::naive::{self, Recount};
use crate::support::{engine, table};

/// A recount of sheets of the first version in the words of the second.
fn translated(change: &Changes, id: &str, recount: &Recount) -> Recount {
    let codes: BTreeSet<&str> = recount
        .codes
        .keys()
        .map(|it| match it.as_str() {
            "incertain" if change.recoded => "flou",
            "jeunes" if change.united => "sante",
            it => it,
        })
        .collect();
    let is_large = id == "themes" && ["sante", "emploi"].iter().any(|it| codes.contains(it));
    Recount {
        states: recount.states.clone(),
        codes: codes.iter().map(|it| ((*it).to_owned(), 1)).collect(),
        nets: is_large
            .then(|| ("large".to_owned(), 1))
            .into_iter()
            .collect(),
        numbers: recount.numbers.clone(),
        texts: recount.texts.clone(),
    }
}

fn add(all: &mut BTreeMap<String, Recount>, id: &str, one: Recount) {
    fn sum(into: &mut BTreeMap<String, u64>, from: BTreeMap<String, u64>) {
        from.into_iter()
            .for_each(|(key, n)| *into.entry(key).or_default() += n);
    }
    let it = all.entry(id.to_owned()).or_default();
    sum(&mut it.states, one.states);
    sum(&mut it.codes, one.codes);
    sum(&mut it.nets, one.nets);
    sum(&mut it.texts, one.texts);
    it.numbers.extend(one.numbers);
}

fn same(figures: &Figures, recount: &Recount, what: &str) -> Result<(), TestCaseError> {
    let base = &figures.base;
    let states = [
        ("answered", base.answered()),
        ("dont_know", base.dont_know()),
        ("refused", base.refused()),
        ("no_answer", base.no_answer()),
        ("not_asked", base.not_asked()),
        ("not_reached", base.not_reached()),
    ];
    for (state, n) in states {
        prop_assert_eq!(
            n,
            recount.states.get(state).copied().unwrap_or(0),
            "{} {}",
            what,
            state
        );
    }
    for row in &figures.rows {
        let n = recount.codes.get(&row.code).copied().unwrap_or(0);
        prop_assert_eq!(row.n, n, "{} {}", what, row.code);
        // The table's own base, as everywhere.
        prop_assert_eq!(row.pct_asked, base.percent_of_asked(row.n));
    }
    prop_assert_eq!(
        figures.rows.iter().map(|it| it.n).sum::<u64>(),
        recount.codes.values().sum::<u64>()
    );
    for net in &figures.nets {
        prop_assert_eq!(
            net.n,
            recount.nets.get(&net.id).copied().unwrap_or(0),
            "{} {}",
            what,
            net.id
        );
    }
    if let Some(stats) = figures.stats.as_ref() {
        prop_assert_eq!(stats.n, recount.numbers.len() as u64, "{}", what);
    }
    let texts = figures.texts.iter().flat_map(|it| it.texts.iter());
    let texts: BTreeMap<String, u64> = texts.map(|it| (it.text.clone(), it.n)).collect();
    prop_assert_eq!(&texts, &recount.texts, "{}", what);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    #[test]
    fn joined_tables_are_what_a_naive_recount_of_both_versions_says(
        change in changes(),
        old in prop::collection::vec(wishes(), 0..12),
        new in prop::collection::vec(wishes(), 0..12),
    ) {
        let before = Changes::default();
        let engines = [engine(&before.yaml()), engine(&change.yaml())];
        let old: Vec<Sheet> = old.iter().map(|it| sheet(&before, it)).collect();
        let new: Vec<Sheet> = new.iter().map(|it| sheet(&change, it)).collect();
        let (join, tallies) = counted([&engines[0], &engines[1]], &change.judged(), [&old, &new]);
        let tables = join.tables(&[&tallies[0], &tallies[1]], "fr");

        let (mut joined, mut apart) = (BTreeMap::new(), BTreeMap::new());
        for one in &new {
            for (id, recount) in naive::recount(&engines[1], std::slice::from_ref(one)) {
                add(&mut joined, &id, recount);
            }
        }
        for one in &old {
            for (id, recount) in naive::recount(&engines[0], std::slice::from_ref(one)) {
                if change.apart().contains(id.as_str()) {
                    add(&mut apart, &id, recount);
                } else {
                    let renamed = if id == "mot" && change.renamed { "verbatim" } else { &id };
                    add(&mut joined, renamed, translated(&change, &id, &recount));
                }
            }
        }
        let nothing = Recount::default();
        for it in &tables {
            let joins = it.joins.as_ref().expect("two versions");
            same(&it.figures, joined.get(&it.item).unwrap_or(&nothing), &it.item)?;
            let broken: Vec<&str> = joins.breaks.iter().map(|it| it.table.item.as_str()).collect();
            let expected: Vec<&str> = change.apart().into_iter().filter(|id| *id == it.item).collect();
            prop_assert_eq!(broken, expected);
            for apart_from in &joins.breaks {
                prop_assert_eq!((apart_from.version, apart_from.at), (1, 2));
                same(&apart_from.table.figures, apart.get(&it.item).unwrap_or(&nothing), "apart")?;
            }
            for row in &it.figures.rows {
                let Some(offered) = &row.offered else { continue };
                // Whoever was offered it: the responses to these versions, and no others.
                let n = |version: i32| if version == 1 { old.len() } else { new.len() };
                let all: usize = offered.versions.iter().map(|it| n(*it)).sum();
                prop_assert_eq!(offered.base.responses(), all as u64);
                prop_assert_eq!(offered.pct_asked, offered.base.percent_of_asked(row.n));
                prop_assert!(row.n <= offered.base.asked());
            }
        }
        // Nothing of either version is lost.
        for id in joined.keys() {
            prop_assert!(tables.iter().any(|it| it.item == *id), "{}", id);
        }
        let versions = |id: &str| table(&tables, id).joins.clone().expect("joins").versions;
        if change.item_added {
            prop_assert_eq!(versions("nouveau"), [2]);
            prop_assert_eq!(table(&tables, "nouveau").joins.as_ref().unwrap().n_without, old.len() as u64);
        }
        if change.item_removed {
            prop_assert_eq!(versions("ancien"), [1]);
        }
        if !change.other_meaning {
            let presence = table(&tables, "presence");
            prop_assert_eq!(presence.joins.as_ref().unwrap().reworded.is_empty(), !change.reworded && !change.recoded);
            let offered = |code: &str| {
                let row = presence.figures.rows.iter().find(|it| it.code == code);
                row.map(|it| it.offered.as_ref().map(|it| it.versions.clone()))
            };
            prop_assert_eq!(offered("oui"), Some(None));
            prop_assert_eq!(offered("jadis"), change.choice_added.then_some(Some(vec![2])));
            prop_assert_eq!(offered("bientot"), Some(change.choice_removed.then_some(vec![1])));
        }
        // Written and read again, nothing is another.
        let text = serde_json::to_string(&tables).unwrap();
        let again: Vec<tally::Table> = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(serde_json::to_string(&again).unwrap(), text);
    }

    /// One version alone is counted and written as if nothing could be joined.
    #[test]
    fn one_version_says_nothing_of_versions(sheets in prop::collection::vec(wishes(), 0..8)) {
        let version = Changes::default();
        let engine = engine(&version.yaml());
        let only = [Version { number: 1, engine: &engine }];
        let join = Join::new(&only, 0, |_, _| unreachable!("nothing to compare")).expect("tables");
        let mut joined = Tally::new(Arc::clone(&join.plans()[0]));
        let mut alone = Tally::new(crate::support::plan(&engine, tally::Options::default()));
        for it in sheets.iter().map(|it| sheet(&version, it)) {
            let evaluation = engine.load(&it).evaluation;
            joined.add(&evaluation);
            alone.add(&evaluation);
        }
        let tables = join.tables(&[&joined], "fr");
        prop_assert_eq!(&tables, &alone.tables("fr"));
        prop_assert!(tables.iter().all(|it| it.joins.is_none()));
    }
}
