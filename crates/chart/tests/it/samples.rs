//! Charts that tests start from.

use chart::{
    Bars, Cell, Chart, Group, Grouped, Histogram, Language, Order, Plot, Role, Row, Series, Summary,
};

fn chart(id: &str, title: &str, plot: Plot) -> Chart {
    Chart {
        id: id.to_owned(),
        language: Language::French,
        title: title.to_owned(),
        base: "124 personnes concernées".to_owned(),
        plot,
    }
}

fn row(label: &str, n: u64, role: Role) -> Row {
    let asked = Some(100.0 * n as f64 / 124.0);
    let answered = (role != Role::Missing).then_some(100.0 * n as f64 / 106.0);
    Row {
        label: label.to_owned(),
        n,
        shares: vec![asked, answered],
        role,
        interval: None,
    }
}

pub(crate) fn bars() -> Chart {
    let rows = vec![
        row("Moins de 10 000 €", 36, Role::Answer),
        row("De 10 000 à 50 000 €", 40, Role::Answer),
        row(
            "De 50 000 à 100 000 €, y compris les postes financés par l’agence régionale de santé \
             et les crédits de la politique de la ville",
            19,
            Role::Answer,
        ),
        row("Plus de 100 000 €", 11, Role::Answer),
        row("Ne sait pas", 18, Role::Missing),
        row("Moins de 50 000 €", 76, Role::Net),
    ];
    let shares = vec!["% des concernés".to_owned(), "% des répondants".to_owned()];
    let bars = Bars {
        shares,
        rows,
        order: Order::Value,
        decimals: 0,
        table_decimals: 1,
        small_base: false,
    };
    chart(
        "cls_budget",
        "Quel est le budget du CLS ?",
        Plot::Bars(bars),
    )
}

pub(crate) fn grouped() -> Chart {
    let series = vec![
        Series {
            label: "Collectivité".to_owned(),
            small_base: false,
        },
        Series {
            label: "Association".to_owned(),
            small_base: true,
        },
    ];
    let cell = |n: u64, base: u64| Cell {
        n,
        share: Some(100.0 * n as f64 / base as f64),
        ..Cell::default()
    };
    let groups = vec![
        Group {
            label: "Oui".to_owned(),
            cells: vec![cell(80, 100), cell(3, 12)],
        },
        Group {
            label: "Non".to_owned(),
            cells: vec![cell(20, 100), cell(9, 12)],
        },
    ];
    let grouped = Grouped {
        series,
        groups,
        decimals: 0,
        table_decimals: 1,
    };
    chart("par_structure", "Y a-t-il un CLS ?", Plot::Grouped(grouped))
}

pub(crate) fn histogram() -> Chart {
    let histogram = Histogram {
        start: 0.0,
        width: 5.0,
        counts: vec![61, 40, 17, 8, 3, 0, 1],
        whole: true,
        unit: "QPV".to_owned(),
    };
    chart("nb_qpv", "Combien de QPV ?", Plot::Histogram(histogram))
}

pub(crate) fn summary() -> Chart {
    let summary = Summary {
        n: 118,
        min: 1200.0,
        q1: 8000.0,
        median: 21_500.0,
        q3: 48_000.0,
        max: 1_720_865.0,
        mean: 60_412.37,
        unit: "€".to_owned(),
        decimals: 2,
    };
    chart("budget", "Quel est le budget ?", Plot::Summary(summary))
}
