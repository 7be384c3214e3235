//! What holds of the paper of any questionnaire.

use std::collections::BTreeMap;

use proptest::prelude::*;
use publication::paper::{Check, Choice, Entry, Field, Paper, Question, Run, Unasked};
use publication::{Options, html, paper, pdf};
use questionnaire::Engine;
use questionnaire::instrument::{Item, Kind};

use crate::built_in::engines;
use crate::read::{html_text, squeezed};

/// How often each id, and each code of each id, stands on a paper for committees.
#[derive(Default)]
struct Seen(BTreeMap<String, usize>);

impl Seen {
    fn note(&mut self, what: &str) {
        *self.0.entry(what.to_owned()).or_default() += 1;
    }

    fn choices(&mut self, of: &str, them: &[Choice]) {
        for it in them {
            self.note(&format!("{of}={}", it.code.as_deref().unwrap()));
        }
    }

    fn unasked(&mut self, it: &Unasked) {
        let id = it.id.as_deref().unwrap();
        self.note(id);
        self.choices(id, &it.choices);
        self.checks(id, &it.checks);
    }

    fn checks(&mut self, of: &str, them: &[Check]) {
        for it in them {
            let id = &it.annotation.as_ref().unwrap().id;
            self.note(&format!("{of}!{id}"));
        }
    }

    fn question(&mut self, it: &Question, paper: &Paper) {
        let id = it.id.as_deref().unwrap();
        self.note(id);
        self.checks(id, &it.checks);
        match &it.field {
            Field::Choices { choices, .. } => self.choices(id, choices),
            Field::Grid(grid) => {
                self.choices(id, &grid.columns);
                for row in &grid.rows {
                    self.note(&format!("{id}[{}]", row.code.as_deref().unwrap()));
                }
            }
            Field::Listed => {
                let list = paper.lists.iter().find(|list| list.number == it.number);
                self.choices(id, &list.unwrap().choices);
            }
            Field::Number { .. } | Field::Lines(_) | Field::Date | Field::Contact(_) => {}
        }
    }
}

fn seen(paper: &Paper) -> BTreeMap<String, usize> {
    let mut seen = Seen::default();
    for it in &paper.known {
        seen.unasked(it);
    }
    for entry in paper.entries() {
        match entry {
            Entry::Statement { id, checks, .. } => {
                let id = id.as_deref().unwrap();
                seen.note(id);
                seen.checks(id, checks);
            }
            Entry::Computed(it) => seen.unasked(it),
            Entry::Roster(it) => {
                let id = it.id.as_deref().unwrap();
                seen.note(id);
                seen.checks(id, &it.checks);
            }
            Entry::Question(it) => seen.question(it, paper),
        }
    }
    seen.0
}

/// What an instrument has.
fn wanted(engine: &Engine) -> BTreeMap<String, usize> {
    let mut seen = Seen::default();
    let instrument = &engine.instrument;
    let list = |it: &Item| match &it.kind {
        Kind::Computed { value } => match value.program.ty() {
            expr::Type::Code(it) | expr::Type::Codes(it) => Some(it.0),
            _ => None,
        },
        _ => it.list(),
    };
    for item in &instrument.items {
        seen.note(&item.id);
        for it in list(item).map_or(&[][..], |it| &instrument.lists[it as usize].choices) {
            seen.note(&format!("{}={}", item.id, it.code));
        }
        for it in &item.checks {
            seen.note(&format!("{}!{}", item.id, it.id));
        }
        match &item.kind {
            Kind::Grid { rows, .. } => {
                for it in rows {
                    seen.note(&format!("{}[{}]", item.id, it.code));
                }
            }
            Kind::Consent => {
                for code in ["true", "false"] {
                    seen.note(&format!("{}={code}", item.id));
                }
            }
            _ => {}
        }
    }
    seen.0
}

fn annotated(engine: &Engine, lang: &str) -> Paper {
    let options = Options {
        annotated: true,
        standing: None,
    };
    paper(engine, lang, &options)
}

/// Where each item stands: the conditions written above it, outermost first.
fn above(paper: &Paper) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    let source =
        |it: &Option<publication::paper::Route>| it.as_ref().map(|it| it.source.clone().unwrap());
    for block in &paper.blocks {
        for page in &block.pages {
            let outer: Vec<String> = [source(&block.route), source(&page.route)]
                .into_iter()
                .flatten()
                .collect();
            inside(&page.runs, &outer, &mut found);
        }
    }
    found
}

fn inside(runs: &[Run], outer: &[String], found: &mut BTreeMap<String, Vec<String>>) {
    for run in runs {
        let mut here = outer.to_vec();
        here.extend(run.route.as_ref().map(|it| it.source.clone().unwrap()));
        for entry in &run.entries {
            let id = match entry {
                Entry::Statement { id, .. } => id,
                Entry::Question(it) => &it.id,
                Entry::Roster(it) => {
                    inside(&it.runs, &here, found);
                    &it.id
                }
                Entry::Computed(it) => &it.id,
            };
            found.insert(id.clone().unwrap(), here.clone());
        }
    }
}

/// The filters above each item.
fn filters(engine: &Engine) -> BTreeMap<String, Vec<String>> {
    let instrument = &engine.instrument;
    let asked = (0u32..).zip(&instrument.items);
    let asked = asked.filter(|(ix, _)| !instrument.is_frame(*ix));
    asked
        .map(|(_, item)| {
            let page = &instrument.pages[item.page as usize];
            let block = &instrument.blocks[page.block as usize];
            let roster = item.roster.map(|it| &instrument.rosters[it as usize]);
            let roster = roster.map(|it| &instrument.items[it.item as usize]);
            let all = [
                block.filter.as_ref(),
                page.filter.as_ref(),
                roster.and_then(|it| it.filter.as_ref()),
                item.filter.as_ref(),
            ];
            let all = all.into_iter().flatten().map(|it| it.source.clone());
            (item.id.clone(), all.collect())
        })
        .collect()
}

/// Everything that holds of a questionnaire on paper.
#[track_caller]
fn holds(engine: &Engine, lang: &str) {
    let for_committees = annotated(engine, lang);
    assert_eq!(seen(&for_committees), wanted(engine), "exactly once");
    assert_eq!(above(&for_committees), filters(engine), "filters");
    let numbers: Vec<&str> = for_committees
        .entries()
        .filter_map(|it| match it {
            Entry::Question(it) => Some(it.number.as_str()),
            Entry::Roster(it) => Some(it.number.as_str()),
            Entry::Statement { .. } | Entry::Computed(_) => None,
        })
        .collect();
    let mut once = numbers.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), numbers.len(), "{numbers:?}");

    let plain = paper(engine, lang, &Options::default());
    for it in [&plain, &for_committees] {
        let text = html_text(&html::document(it));
        let routes = it.blocks.iter().flat_map(|block| {
            let pages = block.pages.iter();
            let runs = pages.clone().flat_map(|it| &it.runs);
            let inner = runs.filter_map(|it| it.route.as_ref());
            block
                .route
                .iter()
                .chain(pages.filter_map(|it| it.route.as_ref()))
                .chain(inner)
        });
        for route in routes {
            let said = squeezed(&route.to_text().replace('`', ""));
            assert!(text.contains(&said), "{said} in {text}");
        }
        // The same bytes, whenever it is made.
        let file = pdf::document(it).unwrap();
        assert_eq!(file, pdf::document(it).unwrap());
    }
}

#[test]
fn built_in_questionnaires_stand_on_paper_once() {
    for (name, engine) in engines() {
        for lang in &engine.instrument.languages {
            println!("{name} {lang}");
            holds(&engine, lang);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn any_questionnaire_stands_on_paper_once(case in testkit::cases()) {
        holds(&case.engine(), "fr");
    }
}
