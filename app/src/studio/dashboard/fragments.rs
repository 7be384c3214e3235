//! Pieces of the dashboard as HTML, drawn alike by the server and by the browser.
//!
//! INVARIANT: every text that comes from data passes through [`chart::escaped`] or through a chart,
//! which escapes by itself.

use chart::{Bars, Chart, Language, Order, Plot, Role, Row, escaped, integer, percent, slug};
use tally::{
    Base, Combinations, Dates, Note, ProgressReport, SeriesBreak, Table, TableKind, Texts, Unit,
    base_line, break_sentence, broken_charts, charts_with, join_notes, note_text, percent_sentence,
    precision_sentence, rounding_sentence,
};

use super::words::Words;
use crate::respond::wording::date_in_words;
use crate::typography::typeset;

/// With fewer than this, combinations are hatched, as tables are.
const SMALL_BASE: u64 = 30;
/// Texts shown before the others are folded away.
const TEXTS_SHOWN: usize = 5;

/// The parts of a figure that change with the responses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Who the figure is about.
    Base,
    /// The drawings.
    Chart,
    /// What a reader must know.
    Notes,
    /// How the base comes about.
    Chain,
    /// The same numbers as a table.
    Table,
    /// Free texts.
    Texts,
}

impl Part {
    /// Every part.
    pub const ALL: [Self; 6] = [
        Self::Base,
        Self::Chart,
        Self::Notes,
        Self::Chain,
        Self::Table,
        Self::Texts,
    ];

    /// Its name, in the attribute `data-part`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::Chart => "chart",
            Self::Notes => "notes",
            Self::Chain => "chain",
            Self::Table => "table",
            Self::Texts => "texts",
        }
    }
}

/// The id of a table's figure, for links.
#[must_use]
pub fn anchor(item: &str) -> String {
    format!("t-{}", slug(item))
}

/// A table whose texts are set as the questionnaire's language writes them.
#[must_use]
pub fn set(table: &Table, words: &Words) -> Table {
    let mut table = table.clone();
    let set = |text: &mut String| *text = typeset(text, &words.texts_language);
    set(&mut table.label);
    set(&mut table.question);
    set(&mut table.universe);
    for row in &mut table.figures.rows {
        set(&mut row.label);
    }
    for net in &mut table.figures.nets {
        set(&mut net.label);
    }
    for texts in &mut table.figures.texts {
        set(&mut texts.label);
    }
    for apart in table.joins.iter_mut().flat_map(|it| &mut it.breaks) {
        apart.table = self::set(&apart.table, words);
    }
    table
}

/// The versions that a table leaves apart.
fn apart(table: &Table) -> impl Iterator<Item = &SeriesBreak> {
    table.joins.iter().flat_map(|it| &it.breaks)
}

/// One part of the figure of a table that was [`set`].
#[must_use]
pub fn part(part: Part, table: &Table, words: &Words) -> String {
    let language = Language::from_tag(&words.language);
    match part {
        Part::Base => escaped(&base_line(table, &table.figures, language)),
        Part::Chart => {
            let apart = apart(table).map(|it| drawn_apart(it, words));
            drawing(table, words) + &apart.collect::<String>()
        }
        Part::Notes => notes(table, words, language),
        Part::Chain => chain(&table.figures.base, &table.unit, words),
        Part::Table => {
            let apart = apart(table).flat_map(|it| broken_charts(it, &words.language));
            let charts = charts_with(table, words.percent, &words.language);
            let charts = charts.into_iter().chain(apart);
            charts.map(|chart| chart.table().html()).collect()
        }
        Part::Texts => table
            .figures
            .texts
            .iter()
            .map(|it| texts(it, words))
            .collect(),
    }
}

fn drawing(table: &Table, words: &Words) -> String {
    if table.figures.base.asked() == 0 {
        return format!("<p class=\"nobody\">{}</p>", escaped(&words.nobody));
    }
    if let Some(dates) = &table.figures.dates {
        return format!("<p class=\"dates\">{}</p>", escaped(&range(dates, words)));
    }
    if table.kind == TableKind::Text && table.figures.base.answered() == 0 {
        return format!(
            "<p class=\"nobody\">{}</p>",
            escaped(Words::nth(&words.texts, 4))
        );
    }
    charts_with(table, words.percent, &words.language)
        .iter()
        .map(Chart::drawings)
        .collect()
}

/// A version that is counted apart: where the series breaks and why, of whom its figures are, then these.
fn drawn_apart(it: &SeriesBreak, words: &Words) -> String {
    let language = Language::from_tag(&words.language);
    let charts = broken_charts(it, &words.language);
    let drawings: String = charts.iter().map(Chart::drawings).collect();
    format!(
        "<p class=\"series-break\"><strong>{}</strong></p><p class=\"base\">{}</p>{drawings}",
        escaped(&break_sentence(it, language)),
        escaped(&base_line(&it.table, &it.table.figures, language)),
    )
}

fn range(dates: &Dates, words: &Words) -> String {
    let date = |iso: String| date_in_words(&iso, &words.months).unwrap_or(iso);
    let (first, last) = (
        date(dates.earliest.to_string()),
        date(dates.latest.to_string()),
    );
    let pattern = Words::nth(&words.dates, usize::from(first == last));
    pattern.replace("{first}", &first).replace("{last}", &last)
}

fn notes(table: &Table, words: &Words, language: Language) -> String {
    let joins = join_notes(table, language);
    let joins: String = joins
        .iter()
        .map(|it| format!("<li class=\"joins\">{}</li>", escaped(it)))
        .collect();
    if table.figures.base.asked() == 0 {
        return joins;
    }
    // That several answers were possible stands with the base already, and the bars show what is
    // missing from the asked.
    let notes = table.figures.notes.iter();
    let notes = notes.filter(|it| {
        matches!(
            it,
            Note::SmallBase | Note::NetsFromCounts | Note::OverlappingGroups
        )
    });
    let percent = percent_sentence(table, words.percent, language);
    // Intervals and differences are of column percentages.
    let precision = precision_sentence(table, language).filter(|_| percent.is_none());
    let precision = percent.map(str::to_owned).or(precision);
    let precision = precision.map(|it| format!("<li class=\"precision\">{}</li>", escaped(&it)));
    let notes =
        notes.map(|it| format!("<li>{}</li>", escaped(&sentence(note_text(*it, language)))));
    let rounding = rounding_sentence(table, language);
    let rounding = rounding.map(|it| format!("<li class=\"rounding\">{}</li>", escaped(&it)));
    let all = [rounding, precision].into_iter().flatten();
    notes.chain(all).collect::<String>() + &joins
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), chars.as_str()),
        None => String::new(),
    }
}

/// How the base comes about: from all responses to those with an answer, what falls away at each
/// step shown apart.
#[must_use]
pub fn chain(base: &Base, unit: &Unit, words: &Words) -> String {
    let language = Language::from_tag(&words.language);
    let links = [
        ("total", base.responses()),
        ("less", base.not_asked()),
        ("total", base.eligible()),
        ("less", base.not_reached()),
        ("total", base.asked()),
        ("less", base.dont_know()),
        ("less", base.refused()),
        ("less", base.no_answer()),
        ("total", base.answered()),
    ];
    let mut out = String::from("<dl class=\"chain\">");
    for (nth, (kind, n)) in links.into_iter().enumerate() {
        let name = match (nth, unit) {
            (0, Unit::Roster(_)) => &words.units,
            _ => Words::nth(&words.chain, nth),
        };
        let none = if n == 0 && kind == "less" {
            " none"
        } else {
            ""
        };
        out.push_str(&format!(
            "<div class=\"{kind}{none}\"><dt>{}</dt><dd>{}</dd></div>",
            escaped(name),
            integer(n, language)
        ));
    }
    out.push_str("</dl>");
    out
}

fn texts(texts: &Texts, words: &Words) -> String {
    let language = Language::from_tag(&words.language);
    let count = integer(texts.n, language);
    let title = match &texts.code {
        Some(_) => Words::nth(&words.texts, 2).replace("{label}", &texts.label),
        None if texts.n == 1 => Words::nth(&words.texts, 0).to_owned(),
        None => Words::nth(&words.texts, 1).replace("{n}", &count),
    };
    let item = |it: &tally::TextCount| {
        let times = if it.n > 1 {
            format!(" <span class=\"times\">×\u{a0}{}</span>", it.n)
        } else {
            String::new()
        };
        format!(
            "<li><span dir=\"auto\">{}</span>{times}</li>",
            escaped(&it.text)
        )
    };
    let (shown, folded) = texts.texts.split_at(texts.texts.len().min(TEXTS_SHOWN));
    let mut out = format!("<h4>{}</h4><ul class=\"verbatims\">", escaped(&title));
    out.extend(shown.iter().map(item));
    out.push_str("</ul>");
    if !folded.is_empty() {
        let shown: u64 = shown.iter().map(|it| it.n).sum();
        let rest = integer(texts.n.saturating_sub(shown), language);
        let more = Words::nth(&words.texts, 3).replace("{n}", &rest);
        out.push_str(&format!(
            "<details><summary>{}</summary><ul class=\"verbatims\">",
            escaped(&more)
        ));
        out.extend(folded.iter().map(item));
        out.push_str("</ul></details>");
    }
    out
}

/// The counters at the head of the page.
#[must_use]
pub fn counters(progress: &ProgressReport, words: &Words) -> String {
    let language = Language::from_tag(&words.language);
    let share = progress
        .pct_finished
        .map_or_else(|| "–".to_owned(), |it| percent(it, 0, language));
    let values = [
        integer(progress.finished, language),
        integer(progress.started, language),
        share,
    ];
    let counters = values.iter().enumerate().map(|(nth, value)| {
        let name = Words::nth(&words.counters, nth);
        format!("<div><dt>{}</dt><dd>{value}</dd></div>", escaped(name))
    });
    counters.collect()
}

/// « 21 réponses comptées sur 25 personnes invitées »; nothing where whoever likes may answer.
#[must_use]
pub fn admitted(n_counted: u64, words: &Words) -> String {
    let language = Language::from_tag(&words.language);
    // As Fluent's plural rules have it: none is one in French, and several in English.
    let is_one = match language {
        Language::French => n_counted < 2,
        Language::English => n_counted == 1,
    };
    let text = Words::nth(&words.admitted, usize::from(!is_one));
    escaped(&text.replace("{n}", &integer(n_counted, language)))
}

/// « Réponses comptées : 43 sur 124 »: how many a filter keeps.
#[must_use]
pub fn kept(n_kept: u64, n_responses: u64, words: &Words) -> String {
    let language = Language::from_tag(&words.language);
    let number = |n: u64| integer(n, language);
    let kept = words.kept.replace("{kept}", &number(n_kept));
    kept.replace("{all}", &number(n_responses))
}

/// Who is in exactly which of the sets that somebody asked for.
#[must_use]
pub fn combinations(all: &Combinations, words: &Words) -> String {
    let nth = |nth: usize| Words::nth(&words.combinations, nth);
    let chart = all.chart(&words.sets, nth(0), nth(1), SMALL_BASE, &words.language);
    format!(
        "<p class=\"base\">{}</p><div class=\"chart-figure\">{}</div>\
         <details class=\"numbers\"><summary>{}</summary>{}</details>",
        escaped(&chart.base),
        chart.drawings(),
        escaped(nth(2)),
        chart.table().html()
    )
}

/// Where respondents stop, page by page; nothing while nobody has stopped.
#[must_use]
pub fn stops(progress: &ProgressReport, words: &Words) -> String {
    if progress.pages.iter().all(|page| page.stopped == 0) {
        return String::new();
    }
    let language = Language::from_tag(&words.language);
    let unfinished = integer(progress.started.saturating_sub(progress.finished), language);
    let rows = progress.pages.iter().map(|page| Row {
        label: typeset(&page.label, &words.texts_language),
        n: page.stopped,
        shares: vec![page.pct_stopped],
        role: Role::Answer,
        interval: None,
    });
    let chart = Chart {
        id: "stops".to_owned(),
        language,
        title: Words::nth(&words.stops, 0).to_owned(),
        base: Words::nth(&words.stops, 1).replace("{n}", &unfinished),
        plot: Plot::Bars(Bars {
            shares: vec![Words::nth(&words.stops, 2).to_owned()],
            rows: rows.collect(),
            order: Order::Given,
            decimals: 0,
            table_decimals: 1,
            small_base: false,
        }),
    };
    format!(
        "<h2>{}</h2><p class=\"base\">{}</p><div class=\"chart-figure\">{}</div>\
         <details class=\"numbers\"><summary>{}</summary>{}</details>",
        escaped(&chart.title),
        escaped(&chart.base),
        chart.drawings(),
        escaped(Words::nth(&words.stops, 3)),
        chart.table().html()
    )
}
