//! What became of a file of people.

use leptos::prelude::*;

use super::sample_screen::{
    ColumnLine, InvitationsScreen, SampleCounts, SampleFaultLine, SampleOutcome,
};
use crate::i18n::Texts;
use crate::paths;

/// What is wrong with a line of a sample, in words: never what stands there, which may be an address.
/// `code` is the service's, `first` the line where the same address stood before.
///
/// ```
/// use app::{i18n::Texts, language::Language, studio::team::sample_fault};
/// let texts = Texts::of(Language::En);
/// assert_eq!(sample_fault(texts, "email", None), "not an e-mail address");
/// ```
#[must_use]
pub fn sample_fault(texts: &Texts, code: &str, first: Option<u64>) -> String {
    // Numbers of lines are names, not amounts: they are not grouped.
    let first = first.map(|it| it.to_string()).unwrap_or_default();
    texts.with(&format!("sample-fault-{code}"), [("first", first)])
}

/// What is wrong with the words of a mail. `code` is the service's, `fill` the fill that it is about.
#[must_use]
pub fn template_fault(texts: &Texts, code: &str, fill: &str) -> String {
    let fill = format!("{{{fill}}}");
    texts.with(&format!("mail-fault-{code}"), [("fill", fill)])
}

/// What could stand there instead: codes of the questionnaire, nobody's address.
#[must_use]
pub fn sample_advice(texts: &Texts, suggestion: Option<&str>, allowed: &[String]) -> String {
    const SHOWN: usize = 12;
    if let Some(code) = suggestion {
        return texts.with("sample-meant", [("code", code)]);
    }
    if allowed.is_empty() {
        return String::new();
    }
    let some: Vec<&str> = allowed.iter().take(SHOWN).map(String::as_str).collect();
    let mut some = some.join(", ");
    if allowed.len() > SHOWN {
        some.push('…');
    }
    texts.with("sample-allowed", [("codes", some)])
}

/// What is said before everything else; it takes the focus when the page opens.
pub(super) fn outcome(it: &SampleOutcome, screen: &InvitationsScreen, texts: &Texts) -> AnyView {
    match it {
        SampleOutcome::Refused { faults, n_more } => refused(faults, *n_more, texts).into_any(),
        SampleOutcome::Imported(people) => {
            let words = texts.counted("sample-imported", people.n_added);
            view! {
                <section class="done" role="status" tabindex="-1" autofocus=true>
                    <p>{words}</p>
                    {remarks(people, texts)}
                </section>
            }
            .into_any()
        }
        SampleOutcome::Checked {
            columns,
            people,
            table,
        } => checked(columns, people, table.as_deref(), screen, texts).into_any(),
    }
}

fn remarks(people: &SampleCounts, texts: &Texts) -> impl IntoView + use<> {
    let remark = |key: &str, lines: &[u64]| {
        (!lines.is_empty()).then(|| {
            let shown = 10;
            let some: Vec<String> = lines.iter().take(shown).map(u64::to_string).collect();
            let mut some = some.join(", ");
            if lines.len() > shown {
                some.push('…');
            }
            let words = texts.with(key, [("count", lines.len().to_string()), ("lines", some)]);
            view! { <p>{words}</p> }
        })
    };
    view! {
        {remark("sample-known", &people.known_lines)}
        {remark("sample-blanked", &people.blanked_lines)}
    }
}

fn checked(
    columns: &[ColumnLine],
    people: &SampleCounts,
    table: Option<&str>,
    screen: &InvitationsScreen,
    texts: &Texts,
) -> impl IntoView + use<> {
    let lines: Vec<_> = columns
        .iter()
        .map(|it| {
            let key = if it.items.is_empty() {
                format!("sample-column-{}", it.meaning)
            } else {
                "sample-column-frame".to_owned()
            };
            let meaning = texts.with(&key, [("items", it.items.join(", "))]);
            view! {
                <tr>
                    <th scope="row">{it.name.clone()}</th>
                    <td>{meaning}</td>
                    <td class="address">{it.example.clone()}</td>
                </tr>
            }
        })
        .collect();
    let (study, wave) = (screen.head.study.slug.as_str(), screen.head.slug.as_str());
    let n_added = people.n_added;
    let confirm = match table {
        _ if n_added == 0 => None,
        Some(table) => Some(
            view! {
                <form method="post" action=paths::invitations(study, wave) enctype="multipart/form-data">
                    <input type="hidden" name="table" value=table.to_owned()/>
                    <input type="hidden" name="least" value=screen.least.clone()/>
                    <button class="primary" name="do" value="import">
                        {texts.counted("sample-import-n", n_added)}
                    </button>
                </form>
            }
            .into_any(),
        ),
        None => Some(view! { <p class="hint">{texts.get("sample-choose-again")}</p> }.into_any()),
    };
    view! {
        <section class="checked" aria-labelledby="checked-h" tabindex="-1" autofocus=true>
            <h2 id="checked-h">{texts.get("sample-checked")}</h2>
            <p>{texts.counted("sample-would", n_added)}</p>
            {remarks(people, texts)}
            <div class="wide">
            <table class="list">
                <caption>{texts.get("sample-columns")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{texts.get("sample-column")}</th>
                        <th scope="col">{texts.get("sample-taken-for")}</th>
                        <th scope="col">{texts.get("sample-example")}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
            </div>
            {confirm}
        </section>
    }
}

fn refused(faults: &[SampleFaultLine], n_more: usize, texts: &Texts) -> impl IntoView + use<> {
    let lines: Vec<_> = faults
        .iter()
        .map(|it| {
            let mut words = sample_fault(texts, it.code, it.first);
            let advice = sample_advice(texts, it.suggestion.as_deref(), &it.allowed);
            if !advice.is_empty() {
                words = format!("{words}. {advice}");
            }
            let line = it.line.to_string();
            let place = match &it.column {
                Some(column) => texts.with(
                    "sample-at-cell",
                    [("line", line), ("column", column.clone())],
                ),
                None => texts.with("sample-at-line", [("line", line)]),
            };
            view! { <tr><th scope="row">{place}</th><td>{words}</td></tr> }
        })
        .collect();
    let more = (n_more > 0).then(|| view! { <p>{texts.counted("sample-more-faults", n_more)}</p> });
    view! {
        <section aria-labelledby="faults-h">
            <h2 id="faults-h">{texts.get("sample-faults")}</h2>
            <div class="wide">
            <table class="list">
                <caption class="unseen">{texts.get("sample-faults")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{texts.get("sample-place")}</th>
                        <th scope="col">{texts.get("sample-fault")}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
            </div>
            {more}
        </section>
    }
}
