//! The error summary: what is wrong on the page, with a link to each field.

use leptos::prelude::*;
use questionnaire::Severity;
use questionnaire::view::FailureView;

use super::draw::Draw;
use crate::i18n::Texts;

/// One line of the summary.
pub(super) struct Problem {
    /// Whether it blocks.
    pub(super) severity: Severity,
    /// Where the link leads.
    pub(super) href: String,
    /// The question, where the page has several.
    pub(super) label: Option<String>,
    /// The same words as beside the field.
    pub(super) words: String,
}

impl Problem {
    pub(super) fn new(
        draw: &Draw,
        failure: &FailureView,
        href: String,
        words: String,
        named: bool,
    ) -> Self {
        let label = (named && !failure.label.is_empty()).then(|| draw.text(&failure.label));
        Self {
            severity: failure.severity,
            href,
            label,
            words,
        }
    }
}

/// The summary; nothing where nothing is wrong.
///
/// It takes the focus when the page opens: `autofocus` does so without script.
pub(super) fn summary(texts: &Texts, problems: Vec<Problem>) -> Option<AnyView> {
    if problems.is_empty() {
        return None;
    }
    let (hard, soft): (Vec<_>, Vec<_>) = problems
        .into_iter()
        .partition(|it| it.severity == Severity::Hard);
    let class = if hard.is_empty() {
        "summary soft"
    } else {
        "summary"
    };
    Some(
        view! {
            <section class=class id="summary" tabindex="-1" autofocus=true aria-labelledby="summary-title">
                {list(texts, "summary-hard", hard, true)}
                {list(texts, "summary-soft", soft, class != "summary")}
            </section>
        }
        .into_any(),
    )
}

fn list(texts: &Texts, key: &str, problems: Vec<Problem>, first: bool) -> Option<AnyView> {
    if problems.is_empty() {
        return None;
    }
    let title = texts.with(key, [("n", problems.len())]);
    // For the island, which takes lines away as they are put right.
    let one = texts.with(key, [("n", 1)]);
    let many = texts.with(key, [("n", "{n}")]);
    let help = (key == "summary-soft").then(|| view! { <p>{texts.get("summary-soft-help")}</p> });
    let lines: Vec<_> = problems.into_iter().map(line).collect();
    let id = first.then_some("summary-title");
    let heading = view! { <h2 id=id data-one=one data-many=many>{title}</h2> };
    Some(view! { <div>{heading} {help} <ul>{lines}</ul></div> }.into_any())
}

fn line(problem: Problem) -> AnyView {
    let label = problem
        .label
        .map(|it| view! { <span class="summary-label">{it}</span> " " });
    view! { <li><a href=problem.href>{label}{problem.words}</a></li> }.into_any()
}
