//! Drawings and tables of ordinary charts, read as a person would.

use chart::{Chart, Layout, Plot};
use expect_test::{Expect, expect};

use crate::kinds;
use crate::read;
use crate::samples;

/// Rows of the drawing as `value | title`, then the table.
fn check(chart: &Chart, expect: &Expect) {
    let svg = chart.svg(Layout::Wide);
    let document = read::parse(&svg);
    let mut seen = String::new();
    for node in document
        .root_element()
        .children()
        .filter(roxmltree::Node::is_element)
        .take(2)
    {
        seen.push_str(&format!(
            "{}: {}\n",
            node.tag_name().name(),
            node.text().unwrap_or_default()
        ));
    }
    for row in read::rows(&document) {
        seen.push_str(&format!(
            "{:>6.1} {} [{}]\n",
            row.width, row.value, row.title
        ));
    }
    let table = chart.table();
    for line in &table.header {
        let cells: Vec<&str> = line.iter().map(|cell| cell.text.as_str()).collect();
        seen.push_str(&format!("# {}\n", cells.join(" | ")));
    }
    for (label, cells) in &table.rows {
        seen.push_str(&format!("{label} | {}\n", cells.join(" | ")));
    }
    expect.assert_eq(&seen.replace('\u{202f}', "_").replace('\u{a0}', "~"));
}

#[test]
fn bars_are_sorted_with_missing_answers_after_and_nets_last() {
    check(
        &samples::bars(),
        &expect![[r#"
            title: Quel est le budget du CLS ?
            desc: 124 personnes concernées. Diagramme en barres, 5 réponses. La plus fréquente_: De 10 000 à 50 000 €, 32_% · 40.
             102.3 32_% · 40 [De 10 000 à 50 000 € — 32_% · 40]
              92.0 29_% · 36 [Moins de 10 000 € — 29_% · 36]
              48.6 15_% · 19 [De 50 000 à 100 000 €, y compris les postes financés par l’agence régionale de santé et les crédits de la politique de la ville — 15_% · 19]
              28.1 9_% · 11 [Plus de 100 000 € — 9_% · 11]
              46.0 15_% · 18 [Ne sait pas — 15_% · 18]
             194.3 61_% · 76 [Moins de 50 000 € — 61_% · 76]
            # Réponse | Effectif | % des concernés | % des répondants
            De 10 000 à 50 000 € | 40 | 32,3_% | 37,7_%
            Moins de 10 000 € | 36 | 29,0_% | 34,0_%
            De 50 000 à 100 000 €, y compris les postes financés par l’agence régionale de santé et les crédits de la politique de la ville | 19 | 15,3_% | 17,9_%
            Plus de 100 000 € | 11 | 8,9_% | 10,4_%
            Ne sait pas | 18 | 14,5_% | –
            Moins de 50 000 € | 76 | 61,3_% | 71,7_%
        "#]],
    );
}

#[test]
fn groups_compare_series_side_by_side() {
    check(
        &samples::grouped(),
        &expect![[r#"
            title: Y a-t-il un CLS ?
            desc: 124 personnes concernées. Diagramme en barres groupées, 2 réponses, comparées entre_: Collectivité, Association.
             403.4 80_% · 80 [Collectivité — 80_% · 80]
             126.1 25_% · 3 [Association — 25_% · 3]
             100.8 20_% · 20 [Collectivité — 20_% · 20]
             378.2 75_% · 9 [Association — 75_% · 9]
            # Réponse | Collectivité | Association
            # Effectif | % | Effectif | %
            Oui | 80 | 80,0_% | 3 | 25,0_%
            Non | 20 | 20,0_% | 9 | 75,0_%
        "#]],
    );
}

#[test]
fn a_histogram_names_its_intervals() {
    check(
        &samples::histogram(),
        &expect![[r#"
        title: Combien de QPV ?
        desc: 124 personnes concernées. Histogramme, 7 classes, valeurs de 0 à 34.
          94.7 61 [0 à 4~QPV — 61]
          94.7 40 [5 à 9~QPV — 40]
          94.7 17 [10 à 14~QPV — 17]
          94.7 8 [15 à 19~QPV — 8]
          94.7 3 [20 à 24~QPV — 3]
          94.7 0 [25 à 29~QPV — 0]
          94.7 1 [30 à 34~QPV — 1]
        # Valeur | Effectif
        0 à 4~QPV | 61
        5 à 9~QPV | 40
        10 à 14~QPV | 17
        15 à 19~QPV | 8
        20 à 24~QPV | 3
        25 à 29~QPV | 0
        30 à 34~QPV | 1
    "#]],
    );
}

#[test]
fn a_summary_names_its_numbers() {
    check(
        &samples::summary(),
        &expect![[r#"
        title: Quel est le budget ?
        desc: 124 personnes concernées. Boîte à moustaches. minimum 1_200_€, 1er quartile 8_000_€, médiane 21_500_€, 3e quartile 48_000_€, maximum 1_720_865_€, moyenne 60_412,37_€.
        # Statistique | Valeur
        Nombre de valeurs | 118
        Minimum | 1_200_€
        1er quartile | 8_000_€
        Médiane | 21_500_€
        3e quartile | 48_000_€
        Maximum | 1_720_865_€
        Moyenne | 60_412,37_€
    "#]],
    );
}

#[test]
fn an_interval_is_a_whisker_and_stands_in_the_table() {
    check(
        &kinds::intervals(),
        &expect![[r#"
            title: Où en est le contrat local de santé ?
            desc: 124 personnes concernées · intervalles de confiance à 95 %. Diagramme en barres, 4 réponses. La plus fréquente_: En activité, 65_% · 81. Un trait fin montre l’intervalle de chaque pourcentage.
             228.7 65_% · 81 [En activité — 65_% (57~–~73) · 81]
              67.8 19_% · 24 [En projet — 19_% (13~–~27) · 24]
               0.0 0_% · 0 [Abandonné, ou jamais commencé — 0_% (0~–~3) · 0]
              53.6 15_% · 19 [Ne sait pas — 15_% · 19]
            # Réponse | Effectif | % des concerné·es (intervalle)
            En activité | 81 | 65,3_% (56,6~–~73,1)
            En projet | 24 | 19,4_% (13,4~–~27,2)
            Abandonné, ou jamais commencé | 0 | 0_% (0,0~–~3,0)
            Ne sait pas | 19 | 15,3_%
        "#]],
    );
}

#[test]
fn combinations_are_exact_and_the_rare_ones_stand_together() {
    check(
        &kinds::upset(),
        &expect![[r#"
            title: Quels dispositifs le territoire a-t-il à la fois ?
            desc: 130 territoires. Combinaisons exactes parmi_: Atelier santé ville, Contrat local de santé, Conseil local de santé mentale, Projet alimentaire territorial. 9 lignes. La plus fréquente_: Contrat local de santé, 24_% · 31.
             115.2 24_% · 31 [Contrat local de santé — 24_% · 31]
             100.3 21_% · 27 [Contrat local de santé + Conseil local de santé mentale — 21_% · 27]
              81.7 17_% · 22 [Atelier santé ville + Contrat local de santé — 17_% · 22]
              52.0 11_% · 14 [Aucun — 11_% · 14]
              44.6 9_% · 12 [Atelier santé ville + Contrat local de santé + Conseil local de santé mentale — 9_% · 12]
              26.0 5_% · 7 [Atelier santé ville — 5_% · 7]
              18.6 4_% · 5 [Conseil local de santé mentale — 4_% · 5]
              14.9 3_% · 4 [Atelier santé ville + Contrat local de santé + Conseil local de santé mentale + Projet alimentaire territorial — 3_% · 4]
              29.7 6_% · 8 [4 autres combinaisons — 6_% · 8]
            # Combinaison exacte | Effectif | % des territoires
            Contrat local de santé | 31 | 23,8_%
            Contrat local de santé + Conseil local de santé mentale | 27 | 20,8_%
            Atelier santé ville + Contrat local de santé | 22 | 16,9_%
            Aucun | 14 | 10,8_%
            Atelier santé ville + Contrat local de santé + Conseil local de santé mentale | 12 | 9,2_%
            Atelier santé ville | 7 | 5,4_%
            Conseil local de santé mentale | 5 | 3,8_%
            Atelier santé ville + Contrat local de santé + Conseil local de santé mentale + Projet alimentaire territorial | 4 | 3,1_%
            Contrat local de santé + Conseil local de santé mentale + Projet alimentaire territorial | 3 | 2,3_%
            Projet alimentaire territorial | 2 | 1,5_%
            Contrat local de santé + Projet alimentaire territorial | 2 | 1,5_%
            Conseil local de santé mentale + Projet alimentaire territorial | 1 | 0,8_%
        "#]],
    );
}

#[test]
fn a_line_is_named_at_its_end_in_either_language() {
    let mut chart = kinds::versions();
    let svg = chart.svg(Layout::Wide);
    assert!(svg.contains(">95,4\u{202f}%</text>"), "{svg}");
    assert!(svg.contains(">Ont un CLS</text>"), "{svg}");
    chart.language = chart::Language::English;
    assert_eq!(chart.table().rows[2].1, ["95.4%"]);
}

#[test]
fn a_small_base_is_hatched_and_not_only_coloured() {
    let mut chart = samples::bars();
    assert!(!chart.svg(Layout::Wide).contains("<pattern"));
    if let Plot::Bars(bars) = &mut chart.plot {
        bars.small_base = true;
    }
    let svg = chart.svg(Layout::Compact);
    let document = read::parse(&svg);
    let pattern = document
        .descendants()
        .find(|node| node.has_tag_name(read::name("pattern")));
    let id = pattern
        .and_then(|node| node.attribute("id"))
        .expect("a pattern with an id");
    let marks = document
        .descendants()
        .filter(|n| n.attribute("class") == Some("chart-bar chart-small"));
    let fills: Vec<_> = marks.map(|mark| mark.attribute("fill")).collect();
    assert_eq!(fills, vec![Some(format!("url(#{id})").as_str()); 6]);
}

#[test]
fn a_long_label_is_cut_in_the_drawing_and_whole_in_title_and_table() {
    let chart = samples::bars();
    let long = "De 50 000 à 100 000 €, y compris les postes financés par l’agence régionale de \
                santé et les crédits de la politique de la ville";
    let svg = chart.svg(Layout::Wide);
    let document = read::parse(&svg);
    let lines: Vec<_> = document
        .descendants()
        .filter(|node| node.attribute("class") == Some("chart-label"))
        .filter_map(|node| node.text())
        .collect();
    assert!(lines.iter().any(|line| line.ends_with('…')), "{lines:?}");
    assert!(
        read::rows(&document)
            .iter()
            .any(|row| row.title.starts_with(long))
    );
    assert!(chart.table().rows.iter().any(|(label, _)| label == long));
}

#[test]
fn both_drawings_have_their_own_ids() {
    let html = format!("<div>{}</div>", samples::bars().drawings());
    let document = read::parse(&html);
    let mut ids: Vec<_> = document
        .descendants()
        .filter_map(|node| node.attribute("id"))
        .collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((ids.len(), all), (4, 4));
}

#[test]
fn a_chart_of_nothing_is_still_a_drawing_and_a_table() {
    for mut chart in [
        samples::bars(),
        samples::grouped(),
        samples::histogram(),
        samples::summary(),
        kinds::upset(),
        kinds::stacked(),
        kinds::diverging(),
        kinds::line(),
        kinds::boxes(),
    ] {
        match &mut chart.plot {
            Plot::Bars(bars) => bars.rows.clear(),
            Plot::Grouped(grouped) => grouped.groups.clear(),
            Plot::Histogram(histogram) => histogram.counts.clear(),
            Plot::Summary(summary) => summary.n = 0,
            Plot::Boxes(boxes) => boxes.spreads.clear(),
            Plot::UpSet(upset) => upset.combinations.clear(),
            Plot::Stacked(stacked) => stacked.stacks.clear(),
            Plot::Diverging(diverging) => diverging.stacks.clear(),
            Plot::Line(line) => line.places.clear(),
        }
        for layout in [Layout::Compact, Layout::Wide] {
            let svg = chart.svg(layout);
            assert_eq!(read::rows(&read::parse(&svg)).len(), 0);
        }
        assert!(read::cells(&read::parse(&chart.table().html())).len() <= 1);
    }
}
