//! Source text → canonical text.

use expect_test::{Expect, expect};

use crate::laws::strip_spans_are_equal;

fn check(source: &str, expect: Expect) {
    let parsed = expr::parse(source);
    assert_eq!(parsed.diagnostics, [], "{source}");
    let tree = parsed.expr.expect("an expression without diagnostics");
    let text = expr::print(&tree);
    expect.assert_eq(&text);
    strip_spans_are_equal(&tree, &text);
}

#[test]
fn values_and_names() {
    check("  presence_cls ", expect!["presence_cls"]);
    check("2.50", expect!["2.5"]);
    check("007", expect!["7"]);
    check("0.10", expect!["0.1"]);
    check("'l''été'", expect!["'l''été'"]);
    check("''", expect!["''"]);
    check("true", expect!["true"]);
    check("today", expect!["today"]);
    check("territoire . has_qpv", expect!["territoire.has_qpv"]);
    check("scheme.in", expect!["scheme.in"]);
    check("liens[ ars ]", expect!["liens[ars]"]);
    check("liens['ars']", expect!["liens[ars]"]);
    check("liens[2e_cercle]", expect!["liens[2e_cercle]"]);
    check("liens['l''état']", expect!["liens['l''état']"]);
    check("axes[1].fiches", expect!["axes[1].fiches"]);
    check("axes[01].fiches", expect!["axes[01].fiches"]);
    check("présence", expect!["présence"]);
}

#[test]
fn operators_bind_as_documented() {
    check("a or b and not c", expect!["a or b and not c"]);
    check("(a or b) and not (c)", expect!["(a or b) and not c"]);
    check("not (a and b)", expect!["not (a and b)"]);
    check("not (x = 1)", expect!["not x = 1"]);
    check("(not a) = b", expect!["(not a) = b"]);
    check("a = (not b)", expect!["a = (not b)"]);
    check("not not a", expect!["not not a"]);
    check("1+2*3", expect!["1 + 2 * 3"]);
    check("(1+2)*3", expect!["(1 + 2) * 3"]);
    check("1-(2-3)", expect!["1 - (2 - 3)"]);
    check("(1-2)-3", expect!["1 - 2 - 3"]);
    check("x/(y/2)", expect!["x / (y / 2)"]);
    check("-(x + 1)", expect!["-(x + 1)"]);
    check("- - x", expect!["--x"]);
    check("-x * -y", expect!["-x * -y"]);
    check("(x + 1) >= 2", expect!["x + 1 >= 2"]);
    check("x in(1,2 , 3)", expect!["x in (1, 2, 3)"]);
    check("x not in (1)", expect!["x not in (1)"]);
    check("not x in (1)", expect!["not x in (1)"]);
    check("(a = b) = c", expect!["(a = b) = c"]);
    check("themes has 'a' and a", expect!["themes has 'a' and a"]);
    check(
        "case( (a or b),'x' , 'y')",
        expect!["case(a or b, 'x', 'y')"],
    );
}

#[test]
fn grouping_of_conditions_is_kept() {
    check("a and b and c", expect!["a and b and c"]);
    check("(a and b) and c", expect!["(a and b) and c"]);
    check("a or (b or c)", expect!["a or (b or c)"]);
    check("(a and b) or c", expect!["a and b or c"]);
}

#[test]
fn functions() {
    check("count( themes )>=2", expect!["count(themes) >= 2"]);
    check("any(schemes,(etp < 1))", expect!["any(schemes, etp < 1)"]);
    check(
        "at_least(2, a = 'oui', b = 'oui', c = 'oui')",
        expect!["at_least(2, a = 'oui', b = 'oui', c = 'oui')"],
    );
    check(
        "missing_reason(x)!='refused'",
        expect!["missing_reason(x) != 'refused'"],
    );
    check("count()", expect!["count()"]);
    // A function's name without parentheses is a name like any other.
    check("count > 2", expect!["count > 2"]);
    check("-count(themes)", expect!["-count(themes)"]);
}

#[test]
fn space_of_any_kind_separates() {
    check("a\u{a0}and\tb\r\nand\u{202f}c", expect!["a and b and c"]);
    check("\u{feff}a", expect!["a"]);
}
