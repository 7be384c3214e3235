//! Wrong conditions → codes, places, messages, suggestions; and what following them gives.

mod codes;
mod functions;
mod names;
mod recovery;
mod syntax;
mod types;

use std::collections::BTreeSet;
use std::fmt::Write;

use expect_test::Expect;
use expr::{CODES, Diagnostic, Expected, Lang, Severity};

use crate::scope::{SCHEMES, Survey};

/// Reads and checks; syntax errors hide the others.
fn diagnose(source: &str, survey: &Survey, expected: Expected) -> Vec<Diagnostic> {
    let mut parsed = expr::parse(source);
    if let Some(tree) = parsed.expr {
        parsed
            .diagnostics
            .extend(expr::check(&tree, survey, expected).diagnostics);
    }
    parsed.diagnostics
}

/// The source after following every suggestion.
fn follow(source: &str, diagnostics: &[Diagnostic]) -> String {
    let mut res = source.to_owned();
    let mut end = source.len();
    for it in diagnostics.iter().rev() {
        let range = it.span.start as usize..it.span.end as usize;
        if let Some(text) = &it.suggestion
            && range.end <= end
        {
            end = range.start;
            res.replace_range(range, text);
        }
    }
    res
}

fn report(source: &str, survey: &Survey, expected: Expected) -> String {
    let diagnostics = diagnose(source, survey, expected);
    let mut res = String::new();
    for it in &diagnostics {
        let severity = if it.severity == Severity::Warning {
            " warning"
        } else {
            ""
        };
        let span = it.span;
        let text = span.slice(source);
        let (fr, en) = (it.message(Lang::Fr), it.message(Lang::En));
        writeln!(
            res,
            "{}{severity} {}..{} `{text}`\n  {fr}\n  {en}",
            it.code, span.start, span.end
        )
        .expect("strings take everything");
    }
    if diagnostics.iter().any(|it| it.suggestion.is_some()) {
        let fixed = follow(source, &diagnostics);
        let rest = diagnose(&fixed, survey, expected);
        let rest: Vec<_> = rest.iter().map(|it| it.code).collect();
        let state = if rest.is_empty() {
            "ok".to_owned()
        } else {
            rest.join(" ")
        };
        writeln!(res, "⇒ {fixed}  [{state}]").expect("strings take everything");
    }
    res
}

fn check(source: &str, expect: Expect) {
    expect.assert_eq(&report(source, &Survey::new(None), Expected::Condition));
}

fn check_as(expected: Expected, source: &str, expect: Expect) {
    expect.assert_eq(&report(source, &Survey::new(None), expected));
}

fn check_inside(source: &str, expect: Expect) {
    expect.assert_eq(&report(
        source,
        &Survey::new(Some(SCHEMES)),
        Expected::Condition,
    ));
}

/// Every code is documented, and every documented code is given by a condition.
#[test]
fn every_code_is_shown() {
    let too_long = "a".repeat(expr::MAX_SOURCE + 1);
    let too_deep = format!("{}a", "not ".repeat(expr::MAX_DEPTH));
    let sources = [
        too_long.as_str(),
        too_deep.as_str(),
        "",
        "a #",
        "'a",
        "1e5",
        "a && b",
        "\"a\"",
        "a and",
        "(a",
        "a b",
        "1 < x < 2",
        "x in ()",
        "foo(1)",
        "answered()",
        "zzz",
        "principal = 'z'",
        "presence_cls = 'nsp'",
        "missing_reason(x) = 'z'",
        "missing_reason(x) = 'answered'",
        "presence_cls = oui",
        "schemes",
        "any(a, b)",
        "schemes[z].etp > 1",
        "schemes.etp > 1",
        "any(axes, any(axes, any(axes, true)))",
        "x",
        "x + commentaire > 1",
        "x = commentaire",
        "a < b",
        "themes = 'nutrition'",
        "x has 'a'",
        "principal = presence_cls",
        "signature = 'z'",
        "missing_reason(x)",
        "answered(1)",
        "at_least(x, a)",
        "themes has x",
        "x in (1, 1)",
        "at_least(0, a)",
        "at_least(2, a)",
        "x / 0 = 1",
    ];
    let survey = Survey::new(None);
    let given: BTreeSet<&str> = sources
        .iter()
        .flat_map(|it| diagnose(it, &survey, Expected::Condition))
        .map(|it| it.code)
        .collect();
    let documented: BTreeSet<&str> = CODES.iter().map(|it| it.0).collect();
    assert_eq!(documented.len(), CODES.len(), "a code is documented once");
    assert_eq!(given, documented);
}

#[test]
fn the_readme_has_every_code() {
    let readme = include_str!("../../../README.md");
    let (_, rest) = readme
        .split_once("by a test -->\n")
        .expect("where the table begins");
    let (table, _) = rest
        .split_once("<!-- /codes -->")
        .expect("where the table ends");
    let mut rows = "| Code | Français | English |\n|---|---|---|\n".to_owned();
    for (code, fr, en) in CODES {
        writeln!(rows, "| {code} | {fr} | {en} |").expect("strings take everything");
    }
    assert_eq!(table, rows);
}
