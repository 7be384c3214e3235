//! Files and instruments that mean harm: refused with a reason, quickly, without a panic.

use std::time::Duration;

use proptest::prelude::*;
use questionnaire::{Engine, Instrument, Sheet, check, page_view, review_view};
use serde_json::{Value, json};

/// Far more than any of these takes, and far less than what they would take if they were not
/// bounded: the tests run unoptimised.
const SOON: Duration = Duration::from_secs(20);

/// How long this thread has been on a processor: what else the machine does meanwhile is not its fault. Nothing where
/// the system does not say.
fn worked() -> Duration {
    // Where another thread could come first, the count is brought up to date.
    std::thread::yield_now();
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let count = text
        .split_whitespace()
        .next()
        .and_then(|it| it.parse().ok());
    Duration::from_nanos(count.unwrap_or_default())
}

#[track_caller]
fn refused(what: &str, source: &str) -> Vec<&'static str> {
    let start = worked();
    let checked = check(source);
    let took = worked() - start;
    assert!(took < SOON, "{what} took {took:?}");
    assert!(
        !checked.is_sound() && checked.engine.is_none(),
        "{what} is accepted"
    );
    assert!(
        checked.diagnostics.len() <= 110,
        "{what}: {} diagnostics",
        checked.diagnostics.len()
    );
    checked
        .diagnostics
        .iter()
        .map(questionnaire::Diagnostic::code)
        .collect()
}

fn items(n: usize, item: impl Fn(usize) -> String) -> String {
    let mut yaml =
        "id: e\ntitle: E\nblocks:\n- id: b\n  pages:\n  - id: p\n    items:\n".to_owned();
    for nth in 0..n {
        yaml.push_str("    - ");
        yaml.push_str(&item(nth));
        yaml.push('\n');
    }
    yaml
}

#[test]
fn anchors_do_not_multiply() {
    let mut laughs = "a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_owned();
    for (it, before) in ('b'..='z').zip('a'..) {
        let many = vec![format!("*{before}"); 9].join(", ");
        laughs.push_str(&format!("{it}: &{it} [{many}]\n"));
    }
    assert_eq!(refused("laughs", &laughs), ["QN0006"]);
    // One long text, copied.
    let mut long = format!("a: &a {}\n", "x".repeat(100_000));
    for nth in 0..1_000 {
        long.push_str(&format!("b{nth}: *a\n"));
    }
    assert_eq!(refused("long text", &long), ["QN0006"]);
    // Anchors around anchors: each would keep a copy.
    let nested: String = (0..60).map(|it| format!("&a{it} [")).collect();
    let nested = format!("{nested}{}{}", "x, ".repeat(100_000), "]".repeat(60));
    assert_eq!(refused("anchors around anchors", &nested), ["QN0006"]);
    // Each as deep as allowed, one inside the other.
    let mut deep = format!("a0: &a0 {}{}\n", "[".repeat(50), "]".repeat(50));
    for nth in 1..200 {
        deep.push_str(&format!(
            "a{nth}: &a{nth} {}*a{}{}\n",
            "[".repeat(50),
            nth - 1,
            "]".repeat(50)
        ));
    }
    assert_eq!(refused("deep aliases", &deep), ["QN0009"]);
    assert_eq!(refused("inside itself", "a: &a [*a]"), ["QN0001"]);
}

#[test]
fn depth_is_bounded() {
    let indented: String = (0..1_000)
        .map(|it| format!("{}a:\n", " ".repeat(it)))
        .collect();
    for (what, source) in [
        ("brackets", "[".repeat(1_000_000)),
        ("braces", "{a: ".repeat(500_000)),
        ("dashes", "- ".repeat(500_000)),
        ("indentation", indented),
    ] {
        // The parser has a bound of its own for some of them.
        let codes = refused(what, &source);
        assert!(
            codes == ["QN0009"] || codes == ["QN0001"],
            "{what}: {codes:?}"
        );
    }
}

#[test]
fn size_is_bounded() {
    assert_eq!(
        refused("five megabytes", &"a".repeat(5_000_000)),
        ["QN0006"]
    );
    assert_eq!(
        refused(
            "many items",
            &items(6_000, |it| format!("{{id: a{it}, kind: text, label: A}}"))
        ),
        ["QN0030"]
    );
    let choices = |n: usize| -> String {
        (0..n)
            .map(|it| format!("{{code: c{it}, label: C}}, "))
            .collect()
    };
    let many = items(1, |_| {
        format!(
            "{{id: a, kind: single, label: A, choices: [{}]}}",
            choices(70_000)
        )
    });
    assert_eq!(refused("many choices", &many), ["QN0030"]);
    let rows: String = (0..70_000)
        .map(|it| format!("{{code: c{it}, label: C}}, "))
        .collect();
    let many = items(1, |_| {
        format!("{{id: a, kind: grid, label: A, cells: quantity, rows: [{rows}]}}")
    });
    assert_eq!(refused("many rows", &many), ["QN0030"]);
    let checks: String = (0..20_000)
        .map(|it| format!("{{id: k{it}, require: '1', message: C}}, "))
        .collect();
    let many = items(1, |_| {
        format!("{{id: a, kind: text, label: A, checks: [{checks}]}}")
    });
    assert_eq!(refused("many checks", &many), ["QN0030"]);
    // Few items, and yet a million slots.
    let roster = format!(
        "{}    - {{id: m, kind: multiple, label: M, choices: [{}]}}\n    - {{id: r, kind: roster, label: R, over: m, items: [{}]}}\n",
        items(0, |_| String::new()),
        choices(1_000),
        (0..1_000)
            .map(|it| format!("{{id: x{it}, kind: text, label: X}}, "))
            .collect::<String>(),
    );
    assert_eq!(refused("many slots", &roster), ["QN0030"]);
    // Every unit of every item reads every unit of every other.
    let roster = format!(
        "{}    - {{id: m, kind: multiple, label: M, choices: [{}]}}\n    - {{id: r, kind: roster, label: R, over: m, items: [{}]}}\n",
        items(0, |_| String::new()),
        choices(900),
        (0..10).map(|it| format!("{{id: x{it}, kind: quantity, label: X, checks: [{{id: k, require: 'sum(r.x0) > 1', message: M}}]}}, ")).collect::<String>(),
    );
    assert_eq!(refused("many dependencies", &roster), ["QN0030"]);
    // A shared list's filters are those of every item that uses it.
    let filters: String = (0..2_000)
        .map(|it| format!("{{code: c{it}, label: C, filter: '1 > 2'}}, "))
        .collect();
    let shared = items(100, |it| {
        format!("{{id: a{it}, kind: single, label: A, list: l}}")
    })
    .replace(
        "title: E\n",
        &format!("title: E\nlists: [{{id: l, choices: [{filters}]}}]\n"),
    );
    assert_eq!(refused("shared filters", &shared), ["QN0030"]);
}

#[test]
fn errors_are_told_up_to_a_bound() {
    let wrong = items(5_000, |it| {
        format!("{{id: a{it}, kind: text, label: '{{x}}', filter: zz{it} > 1}}")
    });
    assert_eq!(refused("five thousand errors", &wrong).len(), 50);
    let twice = items(2_000, |_| "{id: a, kind: text, label: A}".to_owned());
    assert_eq!(refused("duplicates", &twice).len(), 50);
    let keys: String = (0..100_000).map(|_| "closing: A\n").collect();
    refused("keys", &format!("id: e\ntitle: E\n{keys}blocks: []\n"));
    let fields: String = (0..50_000).map(|it| format!("champ{it}: A\n")).collect();
    refused("fields", &format!("id: e\ntitle: E\n{fields}blocks: []\n"));
    let word = "x".repeat(1_000_000);
    refused(
        "a long field",
        &format!("id: e\ntitle: E\n? {word}\n: 1\nblocks: []\n"),
    );
    refused(
        "a long kind",
        &items(1, |_| format!("{{id: a, kind: {word}, label: A}}")),
    );
    refused(
        "a long list",
        &items(1, |_| {
            format!("{{id: a, kind: single, label: A, list: {word}}}")
        }),
    );
}

#[test]
fn long_chains_are_no_trouble() {
    // Computed values in the order that is worst for whoever looks for their types.
    let n = 3_000;
    let chain = items(n, |it| {
        let value = if it + 1 == n {
            "1 + 0".to_owned()
        } else {
            format!("v{} + 1", it + 1)
        };
        format!("{{id: v{it}, kind: computed, value: {value}}}")
    });
    let start = worked();
    let engine = check(&chain).engine.unwrap();
    let took = worked() - start;
    assert!(took < SOON, "{took:?}");
    assert_eq!(engine.evaluation().verdict(None).computed[0].1, json!(n));
    let circle = items(n, |it| {
        format!(
            "{{id: v{it}, kind: computed, value: v{} + 1}}",
            (it + 1) % n
        )
    });
    assert_eq!(refused("a long circle", &circle), ["QN0021"]);
    let circle = items(n, |it| {
        format!(
            "{{id: v{it}, kind: text, label: A, filter: answered(v{})}}",
            (it + 1) % n
        )
    });
    assert_eq!(refused("a long circle of filters", &circle), ["QN0021"]);
}

#[test]
fn strange_characters_are_read_or_refused() {
    for source in [
        "id: \0",
        "\0",
        "\u{feff}",
        "\u{feff}\u{feff}id: a",
        "id:\ta",
        "\tid: a",
        "id: a\n\t- b",
        "id: a\u{85}title: b",
        "id: \u{7f}",
        "id: \u{fffe}",
        "%YAML 9.9\n---\nid: a",
        "%TAG ! !\n---\n!x!y id: a",
        "--- |\n",
        "? ? ?",
        ": : :",
        "!!binary aWQ=",
        "<<: *a",
        "<<: {id: a}",
        "id: !!int a",
        "id: &a\ntitle: *a",
        "- - - -",
        "\"\\ud800\"",
        "\"\\",
        "'",
        "{",
        "[",
        "}",
        "]",
        ",",
        "#",
        "...",
        "---",
        "--- ---",
        "id: >9\n a",
        "id: |0\n a",
        "null",
        "true",
        "17",
        "[]",
        "{}",
    ] {
        refused(&format!("{source:?}"), source);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_refused(source in any::<String>()) {
        let _ = check(&source);
    }

    #[test]
    fn any_yaml_is_read_or_refused(parts in prop::collection::vec(prop::sample::select(vec![
        "id: e\n", "title: E\n", "blocks:\n", "- ", "  ", "\n", "pages:", "items:", "{", "}", "[", "]", ", ", ": ", "&a ",
        "*a", "!t ", "'", "\"", "|\n", ">\n", "#", "kind: text", "label: L", "é", "\u{2028}", "---\n", "...\n", "? ", "\t",
        "filter: a > 1", "<<", "~", "1e9", "\\", "\r\n", "\u{feff}",
    ]), 0..60)) {
        let _ = check(&parts.concat());
    }

    /// A sound file with one piece cut out, doubled or replaced.
    #[test]
    fn a_damaged_file_is_read_or_refused(seed in 0u64..50, at in 0.0f64..1.0, length in 0usize..30, with in "\\PC{0,3}") {
        let yaml = questionnaire::document::to_yaml(&testkit::case(seed).questionnaire);
        let chars: Vec<char> = yaml.chars().collect();
        let at = (at * chars.len() as f64) as usize;
        let end = (at + length).min(chars.len());
        let damaged: String = chars[..at].iter().copied().chain(with.chars()).chain(chars[end..].iter().copied()).collect();
        let _ = check(&damaged);
    }

    /// An instrument in which one number, text or list is another.
    #[test]
    fn a_forged_instrument_is_refused_or_harmless(seed in 0u64..200, at: u32, with: u32) {
        let case = testkit::case(seed);
        let mut json = serde_json::to_value(case.engine().instrument).unwrap();
        let n = count(&json);
        forge(&mut json, &mut (at as usize % n), with);
        let Ok(instrument) = serde_json::from_value::<Instrument>(json) else { return Ok(()) };
        let Ok(engine) = Engine::new(instrument) else { return Ok(()) };
        let mut evaluation = engine.load(&case.sheet).evaluation;
        for (key, value) in &case.edits {
            evaluation.set_by_key(key, value);
        }
        let _ = evaluation.verdict(None);
        let mut sheet = case.plausible.clone();
        for event in &case.events {
            if let Some(step) = questionnaire::session::step(&engine, &sheet, event) {
                sheet = step.sheet;
            }
        }
        for page in &engine.instrument.pages {
            let _ = page_view(&engine, &sheet, &page.id, "fr");
        }
        let _ = review_view(&engine, &sheet, "fr");
    }

    #[test]
    fn any_sheet_is_judged(seed in 0u64..100, values in prop::collection::vec(value(), 1..8)) {
        let engine = testkit::case(seed).engine();
        let ids = engine.instrument.items.iter().map(|it| it.id.clone());
        let answers = ids.zip(values.into_iter().cycle()).collect();
        let sheet = Sheet { answers, ..Sheet::default() };
        let _ = engine.load(&sheet).verdict(None);
        let _ = review_view(&engine, &sheet, "en");
    }
}

/// Any JSON value, of the kinds that sheets are made of.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop::sample::select(vec![
            "c0",
            "r0",
            "1",
            "",
            "refused",
            "dont_know",
            "2026-03-12"
        ])
        .prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 20, 5, |inner| {
        let key = prop::sample::select(vec![
            "c0",
            "r0",
            "$missing",
            "u0",
            "u1",
            "m1",
            "m2",
            "m1[r0].c0",
            "x",
        ]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..4).prop_map(|it| Value::Object(
                it.into_iter()
                    .map(|(key, value)| (key.to_owned(), value))
                    .collect()
            )),
        ]
    })
}

/// How many values there are.
fn count(json: &Value) -> usize {
    1 + match json {
        Value::Array(it) => it.iter().map(count).sum(),
        Value::Object(it) => it.values().map(count).sum::<usize>(),
        _ => 0,
    }
}

/// Makes the value at this position another.
fn forge(json: &mut Value, at: &mut usize, with: u32) {
    if *at == 0 {
        *json = match &*json {
            Value::Number(_) => json!(with % 7),
            Value::String(_) if with.is_multiple_of(2) => json!("i0"),
            Value::Array(it) if with.is_multiple_of(2) => it.iter().skip(1).cloned().collect(),
            Value::Array(it) => it.iter().chain(it).cloned().collect(),
            Value::Bool(it) => json!(!*it),
            _ => Value::Null,
        };
        *at = usize::MAX;
        return;
    }
    *at -= 1;
    let children: Box<dyn Iterator<Item = &mut Value>> = match json {
        Value::Array(it) => Box::new(it.iter_mut()),
        Value::Object(it) => Box::new(it.values_mut()),
        _ => return,
    };
    for child in children {
        forge(child, at, with);
        if *at == usize::MAX {
            return;
        }
    }
}
