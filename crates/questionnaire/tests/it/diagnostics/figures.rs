//! Figures that are wanted: what no question can feed is a warning at its word.

use expr::Severity;
use questionnaire::check;

use super::{items, marked, top};

/// One case for each code: code, source, suggestion.
pub(super) fn cases() -> Vec<(&'static str, String, Option<&'static str>)> {
    let figure = |figure: &str, list: &str| {
        let named = format!("title: Essai\nfigures: [{figure}]\n");
        items(list).replace("title: Essai\n", &named)
    };
    vec![
        ("QN0010", top("figures: [{id: ‸été, item: a}]"), None),
        (
            "QN0011",
            top("figures: [{id: f, item: a}, {id: ‸f, item: b}]"),
            None,
        ),
        ("QN0041", top("figures: [{id: f, item: ‸aa}]"), Some("a")),
        ("QN0041", top("figures: [{id: f, item: a, by: ‸zzz}]"), None),
        (
            "QN0042",
            figure("{id: f, item: ‸t}", "- {id: t, kind: statement, label: T}"),
            None,
        ),
        (
            "QN0043",
            figure(
                "{id: f, item: t, by: ‸n}",
                "- {id: n, kind: quantity, label: N}\n- {id: t, kind: text, label: T}",
            ),
            None,
        ),
        (
            "QN0043",
            figure(
                "{id: f, item: t, by: ‸c}",
                "- {id: c, kind: computed, value: 1 + 1}\n- {id: t, kind: text, label: T}",
            ),
            None,
        ),
        (
            "QN0044",
            figure(
                "{id: f, item: n, by: ‸c}",
                "- {id: n, kind: quantity, label: N}\n- {id: r, kind: roster, label: R, key: u, units: {max: 3, label: U}, items: [{id: c, kind: consent, label: C}]}",
            ),
            None,
        ),
        ("QN0045", top("figures: [{id: f, item: a, by: ‸a}]"), None),
        (
            "QN0046",
            top("figures: [{id: f, item: a}, {id: ‸g, item: a}]"),
            None,
        ),
    ]
}

/// A plan is written before its questions: what nothing feeds yet stops nobody.
#[test]
fn a_figure_that_nothing_feeds_is_no_error() {
    for (code, source, _) in cases().into_iter().skip(2) {
        let checked = check(&marked(&source).0);
        assert!(checked.engine.is_some(), "{code}");
        let told = checked.diagnostics.iter().find(|it| it.code() == code);
        assert_eq!(
            told.map(|it| it.severity),
            Some(Severity::Warning),
            "{code}"
        );
    }
}

#[test]
fn what_can_be_fed_says_nothing() {
    for figures in [
        "{id: f, item: n}",
        "{id: f, item: n, by: oui}",
        "{id: f, item: n, by: vrai}",
        "{id: f, item: c, by: s}",
        "{id: f, item: c, by: oui, title: {fr: Titre}}, {id: g, item: c}",
        "{id: f, item: vrai}",
    ] {
        let source = format!(
            "id: essai\ntitle: Essai\nfigures: [{figures}]\nblocks:\n- id: b\n  pages:\n  - id: p\n    items:\n    \
             - {{id: n, kind: quantity, label: N}}\n    - {{id: oui, kind: consent, label: O}}\n    \
             - {{id: vrai, kind: computed, value: n > 1}}\n    \
             - {{id: r, kind: roster, label: R, key: u, units: {{max: 3, label: U}}, items: [{{id: c, kind: money, label: C}}, \
             {{id: s, kind: scale, label: S, choices: [{{code: '1', label: Un}}]}}]}}\n"
        );
        let checked = check(&source);
        let told: Vec<_> = checked
            .diagnostics
            .iter()
            .map(questionnaire::Diagnostic::code)
            .collect();
        assert!(
            told.is_empty() && checked.engine.is_some(),
            "{figures}: {told:?}"
        );
    }
}
