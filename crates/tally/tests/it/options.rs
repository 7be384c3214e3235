//! What is counted when only a part is asked for, and what a table looks like when written.

use expect_test::expect;
use questionnaire::Sheet;
use serde_json::json;
use tally::{Filter, Note, Options, Plan, PlanError, Unit};

use crate::support::{EVERY_KIND, plan, sheet, table, tally};

fn sheets() -> Vec<Sheet> {
    [
        json!({"presence": "oui", "qpv": 4, "themes": ["sante", "jeunes"], "budget": 1200.5, "avis": "3",
               "grille": {"ars": "souvent", "ville": "jamais"}, "ordre": ["b", "a"], "jour": "2026-03-12",
               "mots": "Merci", "accord": true, "demarches": ["cls", "asv"],
               "par_demarche": [{"demarche": "cls", "etp": 1.5, "pilote": "ville"},
                                {"demarche": "asv", "etp": 0}]}),
        json!({"presence": "oui", "qpv": 1, "themes": ["nsp"], "avis": "1", "grille": {"ars": "jamais"},
               "ordre": ["b"], "jour": "2025-12-31", "mots": "Merci", "accord": false,
               "demarches": ["cls"], "par_demarche": [{"demarche": "cls", "etp": 0.5, "pilote": "etat"}]}),
        json!({"presence": "autre", "presence.autre": "une ASV", "qpv": {"$missing": "refused"},
               "avis": {"$missing": "dont_know"}}),
    ]
    .iter()
    .map(sheet)
    .collect()
}

fn condition(source: &str) -> Filter {
    let condition = questionnaire::condition(&EVERY_KIND, source, None);
    Filter {
        program: condition.expect("a sound condition").program,
        roster: None,
    }
}

fn ids(options: Options) -> Vec<String> {
    plan(&EVERY_KIND, options)
        .items()
        .map(str::to_owned)
        .collect()
}

fn error(options: Options) -> &'static str {
    Plan::new(&EVERY_KIND, options)
        .expect_err("a refusal")
        .code()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn every_item_with_answers_has_a_table() {
    let expected = [
        "presence",
        "qpv",
        "themes",
        "budget",
        "avis",
        "grille[ars]",
        "grille[ville]",
        "ordre",
        "jour",
        "mots",
        "accord",
        "double",
        "demarches",
        "par_demarche.etp",
        "par_demarche.pilote",
        "suite",
    ];
    assert_eq!(ids(Options::default()), expected);
}

#[test]
fn one_item_may_be_asked_for_by_any_of_its_names() {
    let item = |item: &str| {
        ids(Options {
            item: some(item),
            ..Options::default()
        })
    };
    assert_eq!(item("grille"), ["grille[ars]", "grille[ville]"]);
    assert_eq!(item("grille[ville]"), ["grille[ville]"]);
    assert_eq!(
        item("par_demarche"),
        ["par_demarche.etp", "par_demarche.pilote"]
    );
    assert_eq!(item("par_demarche.etp"), ["par_demarche.etp"]);
    assert_eq!(item("qpv"), ["qpv"]);
}

#[test]
fn a_unit_keeps_its_own_tables() {
    let unit = |unit: &str| {
        ids(Options {
            unit: some(unit),
            ..Options::default()
        })
    };
    assert_eq!(
        unit("par_demarche"),
        ["par_demarche.etp", "par_demarche.pilote"]
    );
    assert!(
        unit("respondent")
            .iter()
            .all(|id| !id.starts_with("par_demarche"))
    );
}

#[test]
fn what_cannot_be_counted_is_refused_with_a_code() {
    assert_eq!(
        error(Options {
            item: some("qvp"),
            ..Options::default()
        }),
        "TA0001"
    );
    assert_eq!(
        error(Options {
            by: some("qvp"),
            ..Options::default()
        }),
        "TA0001"
    );
    assert_eq!(
        error(Options {
            unit: some("menage"),
            ..Options::default()
        }),
        "TA0002"
    );
    assert_eq!(
        error(Options {
            by: some("qpv"),
            ..Options::default()
        }),
        "TA0003"
    );
    assert_eq!(
        error(Options {
            by: some("jour"),
            ..Options::default()
        }),
        "TA0003"
    );
    let both = Options {
        by: some("par_demarche.pilote"),
        item: some("qpv"),
        ..Options::default()
    };
    assert_eq!(error(both), "TA0004");
}

#[test]
fn refusals_say_what_to_do_in_both_languages() {
    let errors = [
        PlanError::UnknownItem("x".to_owned()),
        PlanError::UnknownUnit("x".to_owned(), vec!["respondent".to_owned()]),
        PlanError::NoColumns("x".to_owned()),
        PlanError::NothingLeft,
        PlanError::BadBreakdown("x:1:2".to_owned()),
        PlanError::NoRule("x:any".to_owned()),
        PlanError::ManyColumns("x".to_owned()),
    ];
    let codes: Vec<&str> = PlanError::CODES.iter().map(|(code, _, _)| *code).collect();
    assert_eq!(errors.each_ref().map(PlanError::code).to_vec(), codes);
    for error in errors {
        let (french, english) = (error.message(expr::Lang::Fr), error.message(expr::Lang::En));
        assert_ne!(french, english);
        assert_eq!(error.to_string(), french);
        assert!(
            !french.contains("{item") && !english.contains("{item"),
            "{french} {english}"
        );
    }
}

#[test]
fn a_long_list_draws_only_what_somebody_chose() {
    use serde_json::Value;
    let choices: Vec<Value> = (0..500)
        .map(|n| json!({"code": format!("c{n}"), "label": format!("Commune {n}")}))
        .collect();
    let questionnaire = json!({"id": "e", "title": "E", "blocks": [{"id": "b", "pages": [{"id": "p", "items": [
        {"id": "lieu", "kind": "territory", "label": "Où ?", "choices": choices}]}]}]});
    let engine = crate::support::engine(&questionnaire.to_string());
    let sheets = [sheet(&json!({"lieu": "c7"})), sheet(&json!({"lieu": "c9"}))];
    let tables = crate::support::tally(&engine, Options::default(), &sheets).tables("fr");
    assert_eq!(
        tables[0].figures.rows.len(),
        500,
        "the table lists every choice"
    );
    let drawn = tally::charts(&tables[0], "fr")[0].table();
    let labels: Vec<&str> = drawn.rows.iter().map(|(label, _)| label.as_str()).collect();
    assert_eq!(labels, ["Commune 7", "Commune 9"]);
}

#[test]
fn only_responses_for_which_the_condition_holds_are_counted() {
    let options = Options {
        filter: Some(condition("qpv > 1")),
        ..Options::default()
    };
    let tally = tally(&EVERY_KIND, options, &sheets());
    // Unknown where `qpv` is refused: unknown does not hold.
    assert_eq!(tally.responses(), 1);
    let tables = tally.tables("fr");
    assert_eq!(table(&tables, "presence").figures.base.responses(), 1);
    assert_eq!(
        table(&tables, "par_demarche.etp").figures.base.responses(),
        2
    );
}

#[test]
fn rosters_count_units_and_not_respondents() {
    let tables = tally(&EVERY_KIND, Options::default(), &sheets()).tables("fr");
    let pilote = table(&tables, "par_demarche.pilote");
    assert_eq!(pilote.unit, Unit::Roster("par_demarche".to_owned()));
    let base = &pilote.figures.base;
    assert_eq!(
        (base.responses(), base.not_asked(), base.answered()),
        (3, 1, 2)
    );
    let etp = table(&tables, "par_demarche.etp")
        .figures
        .stats
        .clone()
        .expect("stats");
    assert_eq!((etp.n, etp.sum.map(|it| it.to_string())), (3, some("2.0")));
}

#[test]
fn columns_of_a_roster_split_its_units() {
    let options = Options {
        by: some("par_demarche.pilote"),
        ..Options::default()
    };
    let tables = tally(&EVERY_KIND, options, &sheets()).tables("fr");
    let ids: Vec<&str> = tables.iter().map(|table| table.item.as_str()).collect();
    assert_eq!(ids, ["par_demarche.etp", "par_demarche.pilote"]);
    let columns = tables[0].columns.as_ref().expect("columns");
    let sums: Vec<_> = columns
        .iter()
        .map(|it| it.figures.stats.as_ref().expect("stats").sum)
        .collect();
    assert_eq!(sums.map_strings(), ["1.5", "0.5"]);
}

trait MapStrings {
    fn map_strings(&self) -> Vec<String>;
}

impl MapStrings for Vec<Option<rust_decimal::Decimal>> {
    fn map_strings(&self) -> Vec<String> {
        self.iter()
            .map(|it| it.map(|it| it.normalize().to_string()).unwrap_or_default())
            .collect()
    }
}

#[test]
fn a_computed_value_is_missing_for_the_reason_its_source_is() {
    let tables = tally(&EVERY_KIND, Options::default(), &sheets()).tables("fr");
    let double = table(&tables, "double");
    let base = &double.figures.base;
    assert_eq!((base.answered(), base.refused(), base.asked()), (2, 1, 3));
    let stats = double.figures.stats.as_ref().expect("stats");
    assert_eq!(stats.sum.map(|it| it.normalize().to_string()), some("10"));
}

#[test]
fn a_scale_whose_codes_are_numbers_has_a_mean() {
    let tables = tally(&EVERY_KIND, Options::default(), &sheets()).tables("fr");
    let stats = table(&tables, "avis")
        .figures
        .stats
        .as_ref()
        .expect("stats")
        .clone();
    assert_eq!(
        (stats.n, stats.mean.map(|it| it.to_string())),
        (2, some("2"))
    );
    assert_eq!(table(&tables, "presence").figures.stats, None);
}

#[test]
fn texts_are_listed_only_when_asked_for_and_without_their_order() {
    let silent = tally(&EVERY_KIND, Options::default(), &sheets()).tables("fr");
    assert!(silent.iter().all(|table| table.figures.texts.is_empty()));
    let options = Options {
        max_texts: 10,
        ..Options::default()
    };
    let tables = tally(&EVERY_KIND, options, &sheets()).tables("fr");
    let mots = &table(&tables, "mots").figures.texts[0];
    assert_eq!((mots.n, mots.texts.len(), mots.texts[0].n), (2, 1, 2));
    let beside = &table(&tables, "presence").figures.texts[0];
    assert_eq!(
        (beside.code.as_deref(), beside.texts[0].text.as_str()),
        (Some("autre"), "une ASV")
    );
}

#[test]
fn a_small_base_says_so_from_the_threshold_down() {
    let note = |small_base: u64| {
        let options = Options {
            small_base,
            ..Options::default()
        };
        let tables = tally(&EVERY_KIND, options, &sheets()).tables("fr");
        table(&tables, "presence")
            .figures
            .notes
            .contains(&Note::SmallBase)
    };
    assert_eq!((note(3), note(4)), (false, true));
}

#[test]
fn a_table_is_written_as_the_contract_says() {
    let options = Options {
        item: some("themes"),
        ..Options::default()
    };
    let tables = tally(&EVERY_KIND, options, &sheets()).tables("fr");
    let written = serde_json::to_string_pretty(&tables[0]).expect("JSON");
    expect![[r#"
        {
          "item": "themes",
          "label": "Quels thèmes pour le CLS ?",
          "kind": "multiple",
          "unit": "respondent",
          "universe": "coordinateur·rices concerné·es par un CLS",
          "base": {
            "responses": 3,
            "eligible": 2,
            "asked": 2,
            "answered": 1,
            "dont_know": 1,
            "refused": 0,
            "no_answer": 0,
            "not_asked": 1,
            "not_reached": 0
          },
          "rows": [
            {
              "code": "sante",
              "label": "Santé",
              "n": 1,
              "pct_asked": 50.0,
              "pct_answered": 100.0
            },
            {
              "code": "jeunes",
              "label": "Jeunes",
              "n": 1,
              "pct_asked": 50.0,
              "pct_answered": 100.0
            },
            {
              "code": "aucun",
              "label": "Aucun",
              "n": 0,
              "pct_asked": 0.0,
              "pct_answered": 0.0
            },
            {
              "code": "nsp",
              "label": "Ne sait pas",
              "n": 1,
              "pct_asked": 50.0,
              "pct_answered": null,
              "missing": "dont_know"
            }
          ],
          "stats": null,
          "nets": [
            {
              "id": "au_moins_un",
              "label": "Santé et jeunes",
              "n": 1,
              "pct_asked": 50.0,
              "pct_answered": 100.0
            }
          ],
          "notes": [
            "several_answers",
            "small_base",
            "nets_from_counts"
          ]
        }"#]]
    .assert_eq(&written);
}

#[test]
fn a_ranking_counts_who_ranked_a_choice_and_how_high() {
    let options = Options {
        item: some("ordre"),
        ..Options::default()
    };
    let tables = tally(&EVERY_KIND, options, &sheets()).tables("fr");
    let rows = serde_json::to_string(&tables[0].figures.rows).expect("JSON");
    expect![[r#"[{"code":"a","label":"A","n":1,"pct_asked":33.333333333333336,"pct_answered":50.0,"first":0,"mean_rank":2.0},{"code":"b","label":"B","n":2,"pct_asked":66.66666666666667,"pct_answered":100.0,"first":2,"mean_rank":1.0},{"code":"c","label":"C","n":0,"pct_asked":0.0,"pct_answered":0.0,"first":0}]"#]].assert_eq(&rows);
}

#[test]
fn a_quantity_is_written_with_bare_numbers() {
    let options = Options {
        item: some("budget"),
        ..Options::default()
    };
    let tables = tally(&EVERY_KIND, options, &sheets()).tables("fr");
    expect![[r#"{"item":"budget","label":"Quel budget ?","kind":"money","unit":"respondent","universe":"coordinateur·rices","measure":"€","base":{"responses":3,"eligible":1,"asked":1,"answered":1,"dont_know":0,"refused":0,"no_answer":0,"not_asked":2,"not_reached":0},"rows":[],"stats":{"n":1,"mean":1200.5,"median":1200.5,"q1":1200.5,"q3":1200.5,"min":1200.5,"max":1200.5,"sum":1200.5},"notes":["small_base"]}"#]].assert_eq(&serde_json::to_string(&tables[0]).expect("JSON"));
}

#[test]
fn a_list_of_all_communes_makes_no_columns() {
    let by = |n: usize| {
        let choices: Vec<serde_json::Value> = (0..n)
            .map(|n| json!({"code": format!("c{n}"), "label": format!("Commune {n}")}))
            .collect();
        let questionnaire = json!({"id": "e", "title": "E", "blocks": [{"id": "b", "pages": [{"id": "p", "items": [
            {"id": "lieu", "kind": "territory", "label": "Où ?", "choices": choices}]}]}]});
        let options = Options {
            by: some("lieu"),
            ..Options::default()
        };
        let plan = Plan::new(&crate::support::engine(&questionnaire.to_string()), options);
        plan.map_err(|it| it.code()).map(|_| ())
    };
    assert_eq!(by(1_000), Ok(()));
    assert_eq!(by(1_001), Err("TA0007"));
}
