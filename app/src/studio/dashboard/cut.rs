//! Of whom the results are and by what they are split: a form whose answer is the address of the page.

use chart::{Language, integer};
use leptos::prelude::*;
use tally::Percent;

use super::cut_screen::{BreakdownGroup, CutShown, CutWrong};
use super::fragments::{combinations, kept};
use super::words::Words;
use crate::i18n::Texts;
use crate::respond::widgets::textarea_content;
use crate::studio::writing::condition::wrong_place;
use crate::typography::typeset;

/// The form, and what is to be known of how the tables are cut.
pub(super) fn cut(it: &CutShown, language: &str, words: &Words, texts: &Texts) -> AnyView {
    let fields = [&it.by, &it.only, &it.unit, &it.sets];
    let is_cut = it.has_intervals || fields.iter().any(|it| !it.is_empty());
    let is_wrong = it.wrong.is_some();
    let clear = is_cut.then(|| {
        let href = it.here.clone();
        view! { <a href=href>{texts.get("cut-clear")}</a> }
    });
    let units = (!it.units.is_empty() || !it.unit.is_empty()).then(|| units(it, language, texts));
    let compose = it.compose.clone().map(|href| {
        view! { <a class="compose" href=href>{texts.get("cut-compose")}</a> }
    });
    view! {
        <details class="cut" id="cut" open=is_cut || is_wrong>
            <summary>{texts.get("cut-title")}</summary>
            <form method="get" action=it.here.clone()>
                <div class="field">
                    <label for="by">{texts.get("cut-by")}</label>
                    {error(it, "by", texts)}
                    <select id="by" name="by" aria-describedby=described(it, "by") aria-invalid=invalid(it, "by")>
                        <option value="" selected=it.by.is_empty()>{texts.get("cut-by-nothing")}</option>
                        {breakdowns(it, language, texts)}
                    </select>
                </div>
                <div class="field only">
                    <label for="where">{texts.get("cut-where")}</label>
                    {error(it, "where", texts)}
                    <input
                        type="text" id="where" name="where" class="code" value=it.only.clone() autocomplete="off" autocapitalize="off"
                        spellcheck="false" placeholder=texts.get("cut-where-example")
                        aria-describedby=described(it, "where") aria-invalid=invalid(it, "where")
                    />
                    {compose}
                </div>
                {units}
                {percents(it, texts)}
                <div class="field sets">
                    <label for="sets">{texts.get("cut-sets")}</label>
                    <p class="hint" id="sets-hint">{texts.get("cut-sets-hint")}</p>
                    {error(it, "sets", texts)}
                    <textarea
                        id="sets" name="sets" class="code" rows=it.sets.lines().count().max(2).to_string() spellcheck="false" autocapitalize="off" autocomplete="off"
                        aria-describedby=described(it, "sets").unwrap_or_else(|| "sets-hint".to_owned())
                        aria-invalid=invalid(it, "sets") inner_html=textarea_content(&it.sets)
                    ></textarea>
                </div>
                <div class="check">
                    <input type="checkbox" id="level" name="level" value="95" checked=it.has_intervals/>
                    <label for="level">{texts.get("cut-level")}</label>
                </div>
                <div class="actions">
                    <button class="secondary">{texts.get("cut-apply")}</button>
                    {clear}
                </div>
            </form>
        </details>
        {told(it, words, texts)}
        {combined(it, words, texts)}
    }
    .into_any()
}

/// Of whom percentages are: only columns leave a choice.
fn percents(it: &CutShown, texts: &Texts) -> Option<AnyView> {
    if it.by.is_empty() && it.percent == Percent::default() {
        return None;
    }
    let options: Vec<_> = Percent::ALL
        .into_iter()
        .map(|of| {
            let words = texts.get(&format!("cut-percent-{}", of.name()));
            // What needs no saying stays out of the address.
            let value = if of == Percent::default() {
                ""
            } else {
                of.name()
            };
            view! { <option value=value selected=of == it.percent>{words}</option> }
        })
        .collect();
    Some(
        view! {
            <div class="field">
                <label for="percent">{texts.get("cut-percent")}</label>
                <select id="percent" name="percent">{options}</select>
            </div>
        }
        .into_any(),
    )
}

/// Who is in exactly which set.
fn combined(it: &CutShown, words: &Words, texts: &Texts) -> Option<AnyView> {
    let all = it.combined.as_ref()?;
    let html = combinations(all, words);
    Some(
        view! {
            <section class="combinations" aria-labelledby="combinations-h">
                <h2 id="combinations-h">{texts.get("combinations-title")}</h2>
                <div id="combinations" inner_html=html></div>
            </section>
        }
        .into_any(),
    )
}

/// Where the combinations of a table's answers are shown.
pub(super) fn combine(it: &CutShown, item: &str, language: &str, texts: &Texts) -> AnyView {
    let links = it.combine.iter().filter(|it| it.item == item);
    let links: Vec<_> = links
        .map(|it| {
            let titles: Vec<String> = it.titles.iter().map(|it| typeset(it, language)).collect();
            let words = match titles.is_empty() {
                true => texts.get("combine-answers"),
                false => texts.with("combine-questions", [("titles", titles.join(", "))]),
            };
            view! { <p class="combine"><a href=it.href.clone()>{words}</a></p> }
        })
        .collect();
    links.into_any()
}

/// Whom the tables are of, where not of everybody.
fn told(it: &CutShown, words: &Words, texts: &Texts) -> Option<AnyView> {
    let language = Language::from_tag(texts.language().code());
    let kept = it
        .n_kept
        .filter(|_| !it.only.is_empty())
        .map(|n| view! { <strong id="kept">{kept(n, it.n_responses, words)}</strong> });
    let only = kept.map(|kept| {
        let said = it.said.clone().unwrap_or_else(|| it.only.clone());
        let lead = texts.get("cut-only");
        view! { <p class="cut-said">{kept} " · " {lead} " " {said}</p> }
    });
    let left_out = (!it.left_out.is_empty()).then(|| {
        let numbers: Vec<String> = it.left_out.iter().map(ToString::to_string).collect();
        let named = [
            ("n", integer(it.left_out.len() as u64, language)),
            ("versions", numbers.join(", ")),
        ];
        view! { <p class="cut-left-out">{texts.with("cut-left-out", named)}</p> }
    });
    (only.is_some() || left_out.is_some())
        .then(|| view! { <div class="cut-told">{only} {left_out}</div> }.into_any())
}

fn breakdowns(it: &CutShown, language: &str, texts: &Texts) -> AnyView {
    let known = |it: &CutShown| {
        let mut all = it.breakdowns.iter().flat_map(|it| &it.choices);
        all.any(|choice| choice.value == it.by)
    };
    // With bounds of somebody's own.
    let own = (!it.by.is_empty() && !known(it)).then(|| {
        let by = it.by.clone();
        let title = match &it.bands {
            None => by.clone(),
            Some((title, bounds)) => {
                let title = short(&typeset(title, language));
                texts.with(
                    "cut-how-bounds",
                    [("title", title), ("bounds", bounds.clone())],
                )
            }
        };
        view! { <option value=by selected=true>{title}</option> }
    });
    let groups: Vec<_> = it
        .breakdowns
        .iter()
        .map(|group| breakdown_group(group, &it.by, language, texts))
        .collect();
    view! { {own} {groups} }.into_any()
}

fn breakdown_group(group: &BreakdownGroup, by: &str, language: &str, texts: &Texts) -> AnyView {
    let options: Vec<_> = group
        .choices
        .iter()
        .map(|choice| {
            let title = short(&typeset(&choice.title, language));
            let title = match choice.how {
                "" => title,
                how => texts.with(&format!("cut-how-{how}"), [("title", title)]),
            };
            let value = choice.value.clone();
            view! { <option selected=value == by value=value.clone()>{title}</option> }
        })
        .collect();
    let label = short(&typeset(&group.title, language));
    view! { <optgroup label=label>{options}</optgroup> }.into_any()
}

/// Longer titles make lists that no phone shows.
const LONGEST: usize = 90;

fn short(title: &str) -> String {
    match title.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", title[..at].trim_end()),
        None => title.to_owned(),
    }
}

fn units(it: &CutShown, language: &str, texts: &Texts) -> AnyView {
    let option = |value: &str, title: String| {
        let value = value.to_owned();
        view! { <option selected=value == it.unit value=value.clone()>{title}</option> }.into_any()
    };
    let options: Vec<_> = it
        .units
        .iter()
        .map(|(id, title)| option(id, short(&typeset(title, language))))
        .collect();
    view! {
        <div class="field">
            <label for="unit">{texts.get("cut-unit")}</label>
            {error(it, "unit", texts)}
            <select id="unit" name="unit" aria-describedby=described(it, "unit") aria-invalid=invalid(it, "unit")>
                {option("", texts.get("cut-unit-all"))}
                {option("respondent", texts.get("cut-unit-respondent"))}
                {options}
            </select>
        </div>
    }
    .into_any()
}

fn wrong<'s>(it: &'s CutShown, field: &str) -> Option<&'s CutWrong> {
    it.wrong.as_ref().filter(|it| it.at == field)
}

fn described(it: &CutShown, field: &str) -> Option<String> {
    wrong(it, field).map(|it| format!("{}-error", it.at))
}

fn invalid(it: &CutShown, field: &str) -> Option<&'static str> {
    wrong(it, field).map(|_| "true")
}

fn error(it: &CutShown, field: &str, texts: &Texts) -> Option<AnyView> {
    let it = wrong(it, field)?;
    let message = it
        .message
        .clone()
        .map(|words| view! { <p class="error">{words}</p> });
    let places: Vec<_> = it.places.iter().map(wrong_place).collect();
    let places = (!places.is_empty()).then(|| view! { <ul class="wrongs">{places}</ul> });
    Some(
        view! {
            <div id=format!("{field}-error") class="cut-wrong">
                {message} {places}
                <p class="hint">{texts.get("cut-not-applied")}</p>
            </div>
        }
        .into_any(),
    )
}
