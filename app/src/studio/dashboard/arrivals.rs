//! How many responses came when. Only days are known, of all responses that ever came.

use chart::{Chart, Language, Line, Plot, Track, integer};
use leptos::prelude::*;

use super::cut_screen::Arrivals;
use crate::i18n::Texts;
use crate::respond::wording::date_in_words;

/// The line of arrivals; nothing before there are two days to compare.
pub(super) fn arrivals(it: &Arrivals, texts: &Texts) -> Option<AnyView> {
    if it.counts.len() < 2 {
        return None;
    }
    let language = Language::from_tag(texts.language().code());
    let months = texts.phrases().months();
    let place = |iso: &str| short(iso, months, language).unwrap_or_else(|| iso.to_owned());
    let total: u64 = it.counts.iter().map(|it| it.1).sum();
    let last = it.counts.last().map_or("", |it| it.0.as_str());
    let last = date_in_words(last, months).unwrap_or_else(|| last.to_owned());
    let (title, along) = match it.by_week {
        true => ("arrivals-by-week", "arrivals-week"),
        false => ("arrivals-by-day", "arrivals-day"),
    };
    let base = [("n", integer(total, language)), ("last", last)];
    let chart = Chart {
        id: "arrivals".to_owned(),
        language,
        title: texts.get(title),
        base: texts.with("arrivals-base", base),
        plot: Plot::Line(Line {
            along: texts.get(along),
            places: it.counts.iter().map(|it| place(&it.0)).collect(),
            tracks: vec![Track {
                label: texts.get("arrivals-track"),
                values: it.counts.iter().map(|it| Some(it.1 as f64)).collect(),
            }],
            unit: String::new(),
            decimals: 0,
        }),
    };
    Some(
        view! {
            <section class="stops arrivals" aria-labelledby="arrivals-h">
                <h2 id="arrivals-h">{chart.title.clone()}</h2>
                <p class="base">{chart.base.clone()}</p>
                <div class="chart-figure" inner_html=chart.drawings()></div>
                <details class="numbers">
                    <summary>
                        {texts.get("dashboard-table")}
                        <span class="unseen">{format!(" – {}", chart.title)}</span>
                    </summary>
                    <div inner_html=chart.table().html()></div>
                </details>
            </section>
        }
        .into_any(),
    )
}

/// A day as it fits under an axis; the year stands in the base: « 2/11 », “2 Nov”.
fn short(iso: &str, months: &[String], language: Language) -> Option<String> {
    let mut parts = iso.split('-').skip(1);
    let (month, day) = (parts.next()?, parts.next()?);
    let day = day.trim_start_matches('0');
    Some(match language {
        Language::French => format!("{day}/{month}"),
        Language::English => {
            let name = months.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
            format!("{day} {}", name.chars().take(3).collect::<String>())
        }
    })
}
