//! Questionnaires made of hostile strings, as JSON, which is YAML too.

use serde_json::{Value, json};

/// Statements and choices of one page.
const A_PAGE: usize = 250;
/// Strings of one page of every kind.
const KINDS_A_PAGE: usize = 12;
/// How many strings a title has: it stands on every page.
const IN_A_TITLE: usize = 36;

/// The page that says which code its choices have.
#[derive(Clone, Debug)]
pub struct Texts {
    /// The questionnaire.
    pub source: String,
    /// The strings of each page whose only question has them as choices, by the page's id.
    pub choices: Vec<(String, Vec<String>)>,
    /// The strings of each page whose questions have them as labels and help.
    pub labels: Vec<(String, Vec<String>)>,
    /// Pages with every kind of item, all texts of an item one string.
    pub kinds: Vec<String>,
    /// What stands in the title.
    pub title: String,
}

/// A text in both languages. In English nothing is typeset: what is shown can be compared.
fn text(it: &str) -> Value {
    json!({ "fr": it, "en": it })
}

/// A text in which braces are ours: doubled, they are braces.
fn filled(it: &str) -> Value {
    text(&it.replace('{', "{{").replace('}', "}}"))
}

/// A questionnaire all of whose texts are hostile: `all` as statements and choices, `some` everywhere else.
#[must_use]
pub fn of_texts(id: &str, all: &[&str], some: &[&str]) -> Texts {
    let title = some[..some.len().min(IN_A_TITLE)].join(" · ");
    let mut pages = Vec::new();
    let mut choices = Vec::new();
    for (p, strings) in all.chunks(A_PAGE).enumerate() {
        let mut items: Vec<Value> = Vec::new();
        for (i, it) in strings.iter().enumerate() {
            items.push(
                json!({ "id": format!("m{p}_{i}"), "kind": "statement", "label": filled(it) }),
            );
        }
        let list: Vec<Value> = strings.iter().enumerate().map(choice).collect();
        items.push(
            json!({ "id": format!("c{p}"), "kind": "single", "label": "?", "choices": list }),
        );
        let page = format!("c{p}");
        pages.push(json!({ "id": page, "title": filled(strings[0]), "items": items }));
        choices.push((page, owned(strings)));
    }
    let mut labels = Vec::new();
    for (p, strings) in some.chunks(A_PAGE).enumerate() {
        let items: Vec<Value> = strings
            .iter()
            .enumerate()
            .map(|(i, it)| {
                json!({
                    "id": format!("q{p}_{i}"), "kind": "text", "label": filled(it), "help": filled(it),
                    "short": text(it), "universe": text(it),
                })
            })
            .collect();
        let page = format!("q{p}");
        pages.push(json!({ "id": page, "title": filled(strings[0]), "items": items }));
        labels.push((page, owned(strings)));
    }
    let mut kinds = Vec::new();
    for (p, strings) in some.chunks(KINDS_A_PAGE).enumerate() {
        let of_string = |(i, it): (usize, &&str)| every_kind(&format!("{p}_{i}"), it);
        let items: Vec<Value> = strings.iter().enumerate().flat_map(of_string).collect();
        let page = format!("k{p}");
        pages.push(json!({ "id": page, "title": filled(strings[0]), "items": items }));
        kinds.push(page);
    }
    let fill = |(i, it): (usize, &&str)| {
        let when = json!({ "when": "n0_0 > 5", "text": text(it) });
        json!({ "id": format!("f{i}"), "cases": [when], "fallback": text(it) })
    };
    let fills: Vec<Value> = some.iter().enumerate().map(fill).collect();
    let say = |(i, _): (usize, &&str)| {
        let label = text(&format!("{{f{i}}}"));
        json!({ "id": format!("s{i}"), "kind": "statement", "label": label })
    };
    let said: Vec<Value> = some.iter().enumerate().map(say).collect();
    pages.push(json!({ "id": "fills", "items": said }));
    kinds.push("fills".to_owned());
    let net = json!({ "id": "net", "label": text(some[0]), "item": "c0", "choices": ["c0", "c1"] });
    let source = json!({
        "id": id, "title": text(&title), "languages": ["fr", "en"],
        "introduction": text(&some.join("\n\n")), "closing": text(&some.join("\n\n")), "unit": text(some[0]),
        "fills": fills, "nets": [net],
        "blocks": [{ "id": "bloc", "title": filled(&title), "pages": pages }],
    });
    Texts {
        source: source.to_string(),
        choices,
        labels,
        kinds,
        title,
    }
}

fn owned(strings: &[&str]) -> Vec<String> {
    strings.iter().map(|it| (*it).to_owned()).collect()
}

fn choice((i, it): (usize, &&str)) -> Value {
    json!({ "code": format!("c{i}"), "label": text(it) })
}

/// An item of every kind that has texts of its own, all of them this one.
fn every_kind(at: &str, it: &str) -> Vec<Value> {
    let (fixed, label) = (text(it), filled(it));
    let specify = json!({ "code": "autre", "label": fixed, "specify": { "label": fixed } });
    let other = json!({ "code": "b", "label": fixed });
    let choices = json!([{ "code": "a", "label": fixed }, other]);
    let check = json!({ "id": "trop", "require": format!("n{at} > 5"), "severity": "soft", "message": label });
    let rows = json!([{ "code": "r", "label": fixed }]);
    let inner = json!({ "id": format!("i{at}"), "kind": "text", "label": label });
    vec![
        json!({ "id": format!("o{at}"), "kind": "single", "label": label, "help": label, "choices": [specify, other] }),
        json!({ "id": format!("u{at}"), "kind": "multiple", "label": label, "choices": choices }),
        json!({ "id": format!("n{at}"), "kind": "quantity", "label": label, "unit": fixed, "checks": [check] }),
        json!({ "id": format!("d{at}"), "kind": "date", "label": label, "help": label }),
        json!({ "id": format!("e{at}"), "kind": "scale", "label": label, "choices": choices }),
        json!({ "id": format!("g{at}"), "kind": "grid", "label": label, "rows": rows, "choices": choices }),
        json!({ "id": format!("h{at}"), "kind": "rank", "label": label, "choices": choices }),
        json!({ "id": format!("t{at}"), "kind": "territory", "label": label, "choices": choices }),
        json!({ "id": format!("a{at}"), "kind": "consent", "label": label, "help": label }),
        json!({ "id": format!("p{at}"), "kind": "contact", "label": label, "help": label }),
        json!({
            "id": format!("l{at}"), "kind": "roster", "label": label, "help": label, "key": "unite",
            "units": { "min": 0, "max": 3, "label": fixed }, "items": [inner],
        }),
    ]
}

/// A questionnaire for answers: on page `un`, `n` texts of one line (`q0`…); for the first of them, a text of
/// several lines (`r0`…) and a text beside a choice (`o0.autre`…) as well; and for each a question whose label
/// says the longest of its texts (`x0`…). On page `deux`, statements that say the text of one line. Each page
/// ends with a text (`fin_un`, `fin_deux`) of one letter, which only the page's island counts at once.
#[must_use]
pub fn of_answers(id: &str, n: usize, n_first: usize) -> String {
    let each = |n: usize, make: &dyn Fn(usize) -> Value| (0..n).map(make).collect::<Vec<_>>();
    let last = |id: &str| json!({ "id": id, "kind": "text", "label": "Fin", "max_length": 1 });
    let mut un = each(
        n,
        &|i| json!({ "id": format!("q{i}"), "kind": "text", "label": format!("q{i}") }),
    );
    un.extend(each(n_first, &|i| {
        json!({ "id": format!("r{i}"), "kind": "text", "label": format!("r{i}"), "multiline": true })
    }));
    un.extend(each(n_first, &|i| {
        let autre = json!({ "code": "autre", "label": "Autre", "specify": {} });
        let non = json!({ "code": "non", "label": "Non" });
        json!({ "id": format!("o{i}"), "kind": "single", "label": format!("o{i}"), "choices": [autre, non] })
    }));
    un.extend(each(n, &|i| {
        let said = if i < n_first { 'r' } else { 'q' };
        json!({ "id": format!("x{i}"), "kind": "text", "label": text(&format!("{{{said}{i}}}")) })
    }));
    un.push(last("fin_un"));
    let mut deux = each(n, &|i| {
        let label = text(&format!("avant {{q{i}}} après"));
        json!({ "id": format!("m{i}"), "kind": "statement", "label": label })
    });
    deux.push(last("fin_deux"));
    let pages = json!([{ "id": "un", "items": un }, { "id": "deux", "items": deux }]);
    json!({
        "id": id, "title": text("Ce que des gens écrivent"), "languages": ["fr", "en"],
        "blocks": [{ "id": "bloc", "pages": pages }],
    })
    .to_string()
}

/// A questionnaire of `n` free texts (`v0`…), for a dashboard that lists many answers to few questions.
#[must_use]
pub fn of_verbatims(id: &str, n: usize) -> String {
    let item = |i| json!({ "id": format!("v{i}"), "kind": "text", "label": format!("v{i}"), "multiline": true });
    let items: Vec<Value> = (0..n).map(item).collect();
    json!({
        "id": id, "title": text("Verbatims"), "languages": ["fr", "en"],
        "blocks": [{ "id": "bloc", "pages": [{ "id": "page", "items": items }] }],
    })
    .to_string()
}

/// Answer sheets to [`of_verbatims`], one a line: every string once.
#[must_use]
pub fn sheets(strings: &[&str], n: usize) -> String {
    let sheet = |(at, strings): (usize, &[&str])| {
        let answers = strings.iter().enumerate();
        let answers: serde_json::Map<String, Value> = answers
            .map(|(i, it)| (format!("v{i}"), json!(it)))
            .collect();
        let id = format!("00000000-0000-4000-8000-{at:012}");
        format!("{}\n", json!({ "meta": { "id": id }, "answers": answers }))
    };
    strings.chunks(n).enumerate().map(sheet).collect()
}
