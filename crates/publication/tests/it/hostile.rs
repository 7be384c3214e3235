//! Texts that mean harm, or that no font has, are texts.

use publication::{Options, html, paper, pdf};

use crate::built_in::engine;
use crate::read::{html_text, squeezed};

const HOSTILE: [&str; 9] = [
    "<script>alert(1)</script>",
    "\" onmouseover=\"alert(1)",
    "</p></article><img src=x onerror=alert(1)>",
    "&lt;b&gt; ]]> <!-- --> <?php ?>",
    "{{7*7}} `x` 'y'",
    "éàüœŒ·’«» Ελληνικά Кириллица Tiếng Việt",
    "日本語 العربية 🎉 e\u{301}\u{327}",
    "\u{202e}retourné\u{202c} \u{0}\u{7}\u{feff}\u{200b}zéro",
    "(parenthèses) \\n %PDF ) Tj",
];

fn survey(text: &str) -> String {
    let quoted = quoted_yaml(text);
    format!(
        "id: h\ntitle: {quoted}\nintroduction: {quoted}\nblocks:\n- id: b\n  title: {quoted}\n  pages:\n  - id: p\n    title: {quoted}\n    items:\n    - {{id: q, kind: single, label: {quoted}, help: {quoted}, choices: [{{code: a, label: {quoted}, specify: {{label: {quoted}}}}}, {{code: b, label: B}}]}}\n    - {{id: g, kind: grid, label: {quoted}, filter: \"q = 'a'\", universe: {quoted}, choices: [{{code: a, label: {quoted}}}], rows: [{{code: a, label: {quoted}}}]}}\n    - {{id: n, kind: quantity, label: {quoted}, unit: {quoted}, filter: \"q = 'a'\"}}\n    - {{id: s, kind: statement, label: {quoted}}}\n"
    )
}

/// A text as YAML and JSON have it in quotes.
fn quoted_yaml(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() || c == '\u{feff}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[test]
fn hostile_texts_stay_texts() {
    for text in HOSTILE {
        let checked = questionnaire::check(&survey(text));
        // What the compiler refuses never gets here.
        let Some(engine) = checked.engine else {
            continue;
        };
        for annotated in [false, true] {
            let options = Options {
                annotated,
                standing: Some(publication::paper::Standing::Working),
            };
            let it = paper(&engine, "fr", &options);
            let document = html::document(&it);
            for bad in ["<script", "<img", "onmouseover=\"", "<!-- -->"] {
                assert!(!document.contains(bad), "{bad} of {text}");
            }
            let said = html_text(&document);
            let wanted = squeezed(&it.title.replace(['\0', '\u{7}'], "\u{fffd}"));
            assert!(said.contains(&wanted), "{wanted} in {said}");
            let file = pdf::document(&it).unwrap();
            assert!(file.starts_with(b"%PDF-1.7"));
        }
    }
}

#[test]
fn long_texts_break_where_a_line_is_full() {
    let word = "anticonstitutionnellement".repeat(400);
    let engine = engine(&survey(&word));
    let file = pdf::document(&paper(&engine, "fr", &Options::default())).unwrap();
    let pages = lopdf::Document::load_mem(&file).unwrap().get_pages().len();
    assert!((5..60).contains(&pages), "{pages}");
}
