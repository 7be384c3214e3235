//! From tables to charts and to the sentences around them.

use chart::{Language, Order, Plot, Role};
use expect_test::{Expect, expect};
use tally::{Options, Table, base_line, charts, note_text};

use crate::support::{EVERY_KIND, QPV_CLS, read, sheets, table, tally};

fn qpv_cls() -> Vec<Table> {
    let sheets = sheets(&read("questionnaires/qpv-cls/responses.ndjson"));
    tally(&QPV_CLS, Options::default(), &sheets).tables("fr")
}

fn check(item: &str, expect: &Expect) {
    let tables = qpv_cls();
    let table = table(&tables, item);
    let line = base_line(table, &table.figures, Language::French);
    let mut seen = format!("{line}\n");
    for chart in charts(table, "fr") {
        let data = chart.table();
        seen.push_str(&format!("{} [{}]\n", data.caption, chart.id));
        for (label, cells) in &data.rows {
            seen.push_str(&format!("  {label} | {}\n", cells.join(" | ")));
        }
    }
    for note in &table.figures.notes {
        seen.push_str(&format!("* {}\n", note_text(*note, Language::French)));
    }
    expect.assert_eq(&seen.replace('\u{202f}', "_").replace('\u{a0}', "~"));
}

#[test]
fn a_question_with_a_net() {
    check(
        "cls_budget",
        &expect![[r#"
            124 répondant·es dont le territoire a un CLS · 18 ne savent pas · 6 non interrogé·es
            Quel budget annuel est alloué au CLS_? — 124 répondant·es dont le territoire a un CLS · 18 ne savent pas · 6 non interrogé·es [cls_budget]
              De 10_000 à 50_000_€ | 40 | 32,3_% | 37,7_%
              Moins de 10_000_€ | 36 | 29,0_% | 34,0_%
              De 50_000 à 100_000_€ | 19 | 15,3_% | 17,9_%
              Plus de 100_000_€ | 11 | 8,9_% | 10,4_%
              Ne sait pas | 18 | 14,5_% | –
              Moins de 50_000_€ par an | 76 | 61,3_% | 71,7_%
            * les regroupements comptent des réponses, ils n’additionnent pas de pourcentages arrondis
            * le total est inférieur à 100_%_: les réponses manquantes restent dans la base
        "#]],
    );
}

#[test]
fn a_question_with_several_answers() {
    check(
        "thematiques",
        &expect![[r#"
            102 répondant·es dont les démarches ont des thématiques communes · 28 non interrogé·es · plusieurs réponses possibles
            Quelles thématiques sont communes_? — 102 répondant·es dont les démarches ont des thématiques communes · 28 non interrogé·es · plusieurs réponses possibles [thematiques]
              Santé mentale | 63 | 61,8_% | 61,8_%
              Accès aux soins | 56 | 54,9_% | 54,9_%
              Nutrition et activité physique | 54 | 52,9_% | 52,9_%
              Santé des jeunes | 49 | 48,0_% | 48,0_%
              Santé et précarité | 40 | 39,2_% | 39,2_%
              Santé des femmes | 36 | 35,3_% | 35,3_%
            * plusieurs réponses possibles
        "#]],
    );
}

#[test]
fn a_quantity() {
    check(
        "nb_qpv",
        &expect![[r#"
            130 répondant·es
            Combien de quartiers prioritaires de la politique de la ville (QPV) votre territoire compte-t-il_? — 130 répondant·es [nb_qpv]
              0 | 8
              1 | 21
              2 | 25
              3 | 18
              4 | 13
              5 | 11
              6 | 14
              7 | 0
              8 | 10
              9 | 0
              10 | 0
              11 | 10
            Combien de quartiers prioritaires de la politique de la ville (QPV) votre territoire compte-t-il_? — 130 répondant·es [nb_qpv.stats]
              Nombre de valeurs | 130
              Minimum | 0~QPV
              1er quartile | 2~QPV
              Médiane | 3~QPV
              3e quartile | 6~QPV
              Maximum | 11~QPV
              Moyenne | 3,89~QPV
        "#]],
    );
}

#[test]
fn a_free_text_has_a_base_and_no_chart() {
    check(
        "suites",
        &expect![[r#"
        130 répondant·es · 104 sans réponse
    "#]],
    );
}

#[test]
fn scales_keep_their_order_and_missing_answers_stand_apart() {
    let tables = qpv_cls();
    let charts = charts(table(&tables, "coordination"), "fr");
    let Plot::Bars(bars) = &charts[0].plot else {
        panic!("bars")
    };
    assert_eq!(bars.order, Order::Given);
    assert_eq!(bars.rows.last().map(|row| row.role), Some(Role::Missing));
}

#[test]
fn columns_make_groups_with_the_percentages_of_each_column() {
    let lines = read("questionnaires/qpv-cls/responses.ndjson");
    let options = Options {
        by: Some("cls_population".to_owned()),
        ..Options::default()
    };
    let tables = tally(&QPV_CLS, options, &sheets(&lines)).tables("fr");
    let budget = table(&tables, "cls_budget");
    let charts = charts(budget, "fr");
    let Plot::Grouped(grouped) = &charts[0].plot else {
        panic!("grouped bars")
    };
    let columns = budget.columns.as_ref().expect("columns");
    assert_eq!(grouped.series.len(), columns.len());
    for (group, row) in grouped.groups.iter().zip(&budget.figures.rows) {
        assert_eq!(group.label, row.label);
        let total: u64 = group.cells.iter().map(|cell| cell.n).sum();
        assert_eq!(total, row.n, "every CLS gave its population");
    }
    let small = columns
        .iter()
        .map(|it| it.figures.base.asked() < 30)
        .collect::<Vec<_>>();
    assert_eq!(
        grouped
            .series
            .iter()
            .map(|it| it.small_base)
            .collect::<Vec<_>>(),
        small
    );
}

#[test]
fn nobody_is_no_plural() {
    let tables = tally(&EVERY_KIND, Options::default(), &[]).tables("fr");
    let themes = table(&tables, "themes");
    let line = base_line(themes, &themes.figures, Language::French);
    assert_eq!(
        line,
        "coordinateur·rices concerné·es par un CLS\u{202f}: 0 · plusieurs réponses possibles"
    );
    assert!(
        themes.label.contains("le CLS"),
        "fills fall back: {}",
        themes.label
    );
}

#[test]
fn the_bars_of_one_answer_questions_account_for_everybody_asked() {
    let mut seen = 0;
    for table in qpv_cls() {
        let charts = charts(&table, "fr");
        let Some(Plot::Bars(bars)) = charts.first().map(|chart| &chart.plot) else {
            continue;
        };
        if table.figures.notes.contains(&tally::Note::SeveralAnswers) {
            continue;
        }
        let drawn: u64 = bars
            .rows
            .iter()
            .filter(|row| row.role != Role::Net)
            .map(|row| row.n)
            .sum();
        assert_eq!(drawn, table.figures.base.asked(), "{}", table.item);
        seen += 1;
    }
    assert!(seen > 15, "only {seen} tables have bars");
}
