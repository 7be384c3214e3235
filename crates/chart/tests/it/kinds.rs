//! Charts of intervals, combinations, parts, scales, lines and boxes that tests start from.

use chart::{
    Bars, Boxes, Cell, Chart, Combination, Diverging, Language, Line, Order, Plot, Role, Row, Side,
    Spread, Stack, Stacked, Step, Summary, Track, UpSet,
};

fn chart(id: &str, title: &str, base: &str, plot: Plot) -> Chart {
    Chart {
        id: id.to_owned(),
        language: Language::French,
        title: title.to_owned(),
        base: base.to_owned(),
        plot,
    }
}

pub(crate) fn intervals() -> Chart {
    let row = |label: &str, n: u64, interval: Option<(f64, f64)>, role: Role| Row {
        label: label.to_owned(),
        n,
        shares: vec![Some(100.0 * n as f64 / 124.0)],
        role,
        interval,
    };
    let bars = Bars {
        shares: vec!["% des concerné·es".to_owned()],
        rows: vec![
            row("En activité", 81, Some((56.6, 73.1)), Role::Answer),
            row("En projet", 24, Some((13.4, 27.2)), Role::Answer),
            row(
                "Abandonné, ou jamais commencé",
                0,
                Some((0.0, 3.0)),
                Role::Answer,
            ),
            row("Ne sait pas", 19, None, Role::Missing),
        ],
        order: Order::Value,
        decimals: 0,
        table_decimals: 1,
        small_base: false,
    };
    let base = "124 personnes concernées · intervalles de confiance à 95 %";
    chart(
        "cls_etat",
        "Où en est le contrat local de santé ?",
        base,
        Plot::Bars(bars),
    )
}

pub(crate) fn upset() -> Chart {
    let of = |members: &[usize], n: u64| Combination {
        members: members.to_vec(),
        n,
        share: Some(100.0 * n as f64 / 130.0),
    };
    let upset = UpSet {
        sets: [
            "Atelier santé ville",
            "Contrat local de santé",
            "Conseil local de santé mentale",
            "Projet alimentaire territorial",
        ]
        .map(str::to_owned)
        .to_vec(),
        combinations: vec![
            of(&[], 14),
            of(&[0], 7),
            of(&[1], 31),
            of(&[2], 5),
            of(&[3], 2),
            of(&[0, 1], 22),
            of(&[1, 2], 27),
            of(&[0, 1, 2], 12),
            of(&[1, 2, 3], 3),
            of(&[0, 1, 2, 3], 4),
            of(&[1, 3], 2),
            of(&[2, 3], 1),
        ],
        none: "Aucun".to_owned(),
        share: "% des territoires".to_owned(),
        most_rows: 8,
        decimals: 0,
        table_decimals: 1,
        small_base: false,
    };
    let title = "Quels dispositifs le territoire a-t-il à la fois ?";
    chart("dispositifs", title, "130 territoires", Plot::UpSet(upset))
}

fn stack(label: &str, counts: &[u64], small_base: bool) -> Stack {
    let base: u64 = counts.iter().sum();
    let cell = |n: &u64| Cell {
        n: *n,
        share: Some(100.0 * *n as f64 / base as f64),
        ..Cell::default()
    };
    Stack {
        label: label.to_owned(),
        cells: counts.iter().map(cell).collect(),
        small_base,
    }
}

pub(crate) fn stacked() -> Chart {
    let parts = [
        "Moins de 10 000 €",
        "10 000 à 50 000 €",
        "50 000 à 100 000 €",
        "Plus",
        "Ne sait pas",
    ];
    let stacked = Stacked {
        parts: parts.map(str::to_owned).to_vec(),
        stacks: vec![
            stack("Commune", &[22, 25, 9, 4, 10], false),
            stack("Intercommunalité", &[12, 14, 9, 7, 6], false),
            stack(
                "Association ou groupement d’intérêt public",
                &[2, 1, 1, 0, 2],
                true,
            ),
        ],
        decimals: 0,
        table_decimals: 1,
    };
    let base = "124 personnes concernées";
    chart(
        "budget_par_structure",
        "Quel est le budget du CLS ?",
        base,
        Plot::Stacked(stacked),
    )
}

pub(crate) fn diverging() -> Chart {
    let step = |label: &str, side: Side| Step {
        label: label.to_owned(),
        side,
    };
    let diverging = Diverging {
        steps: vec![
            step("Pas du tout d’accord", Side::Negative),
            step("Plutôt pas d’accord", Side::Negative),
            step("Ni l’un ni l’autre", Side::Neutral),
            step("Plutôt d’accord", Side::Positive),
            step("Tout à fait d’accord", Side::Positive),
            step("Ne sait pas", Side::Missing),
        ],
        stacks: vec![
            stack("Les instances se parlent", &[9, 21, 18, 51, 26, 5], false),
            stack(
                "Les moyens sont suffisants pour la durée du contrat",
                &[41, 48, 12, 17, 4, 8],
                false,
            ),
            stack("Les habitants sont associés", &[3, 4, 2, 5, 1, 3], true),
        ],
        decimals: 0,
        table_decimals: 1,
    };
    let base = "130 personnes";
    chart(
        "accord",
        "Que pensez-vous de la coordination ?",
        base,
        Plot::Diverging(diverging),
    )
}

pub(crate) fn line() -> Chart {
    let places = (2..32).map(|day| format!("{day} mars"));
    let mut sum = 0.0;
    let received = (0..30).map(|day| {
        sum += f64::from((day * 7 + 3) % 11);
        Some(sum)
    });
    let line = Line {
        along: "Jour".to_owned(),
        places: places.collect(),
        tracks: vec![
            Track {
                label: "Reçues".to_owned(),
                values: received.collect(),
            },
            Track {
                label: "Complètes".to_owned(),
                values: (0..30)
                    .map(|day| (day != 12).then_some(f64::from(day) * 4.1))
                    .collect(),
            },
            Track {
                label: "Abandonnées en cours de route".to_owned(),
                values: (0..30).map(|day| Some(f64::from(day / 4))).collect(),
            },
        ],
        unit: String::new(),
        decimals: 0,
    };
    chart(
        "arrivees",
        "Combien de réponses sont arrivées ?",
        "149 réponses",
        Plot::Line(line),
    )
}

pub(crate) fn versions() -> Chart {
    let line = Line {
        along: "Version".to_owned(),
        places: ["2024", "2025", "2026"].map(str::to_owned).to_vec(),
        tracks: vec![Track {
            label: "Ont un CLS".to_owned(),
            values: vec![Some(72.1), Some(80.0), Some(95.4)],
        }],
        unit: "%".to_owned(),
        decimals: 1,
    };
    chart(
        "cls_versions",
        "Y a-t-il un CLS ?",
        "trois vagues",
        Plot::Line(line),
    )
}

pub(crate) fn boxes() -> Chart {
    let spread = |label: &str, n: u64, [min, q1, median, q3, max, mean]: [f64; 6]| Spread {
        label: label.to_owned(),
        summary: Summary {
            n,
            min,
            q1,
            median,
            q3,
            max,
            mean,
            unit: "€".to_owned(),
            decimals: 2,
        },
    };
    let spreads = vec![
        spread(
            "Commune",
            61,
            [1200.0, 8000.0, 21_500.0, 48_000.0, 172_865.0, 40_412.37],
        ),
        spread(
            "Intercommunalité",
            40,
            [2500.0, 20_000.0, 45_000.0, 80_000.0, 140_000.0, 52_000.0],
        ),
        spread("Association ou groupement d’intérêt public", 1, [9000.0; 6]),
        spread("Autre", 0, [0.0; 6]),
    ];
    let boxes = Boxes { spreads };
    chart(
        "budget_boites",
        "Quel est le budget ?",
        "102 personnes",
        Plot::Boxes(boxes),
    )
}
