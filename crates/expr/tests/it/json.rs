//! The JSON form.

use expect_test::{Expect, expect};
use expr::Expr;

fn check(source: &str, expect: Expect) {
    let tree = expr::parse(source).expr.expect("a correct source");
    let json = serde_json::to_string(&tree).expect("expressions are plain data");
    expect.assert_eq(&json);
    let back: Expr = serde_json::from_str(&json).expect("what was written can be read");
    assert_eq!(back, tree);
}

fn refuse(json: &str, expect: Expect) {
    let error = serde_json::from_str::<Expr>(json).expect_err("this is no expression");
    expect.assert_eq(&error.to_string());
}

#[test]
fn one_key_says_what_a_node_is() {
    check(
        "presence_asv = 'oui' and nb_qpv > 0.50",
        expect![[
            r#"{"and":[{"=":[{"name":"presence_asv"},{"text":"oui"}]},{">":[{"name":"nb_qpv"},{"number":"0.5"}]}]}"#
        ]],
    );
    check(
        "not a or true",
        expect![[r#"{"or":[{"not":{"name":"a"}},{"bool":true}]}"#]],
    );
    check("-5", expect![[r#"{"neg":{"number":"5"}}"#]]);
    check("today", expect![[r#""today""#]]);
    check(
        "x not in (1, 2)",
        expect![[r#"{"not in":[{"name":"x"},{"number":"1"},{"number":"2"}]}"#]],
    );
    check(
        "themes has 'a'",
        expect![[r#"{"has":[{"name":"themes"},{"text":"a"}]}"#]],
    );
    check(
        "case(a, 'x', b, 'y', 'z')",
        expect![[r#"{"case":[{"name":"a"},{"text":"x"},{"name":"b"},{"text":"y"},{"text":"z"}]}"#]],
    );
    check(
        "territoire.has_qpv = (liens[ars] = 'oui')",
        expect![[
            r#"{"=":[{"field":["territoire","has_qpv"]},{"=":[{"row":["liens","ars"]},{"text":"oui"}]}]}"#
        ]],
    );
    check(
        "sum(axes, fiches * 2) > axes[1].fiches",
        expect![[
            r#"{">":[{"sum":[{"name":"axes"},{"*":[{"name":"fiches"},{"number":"2"}]}]},{"unit":["axes","1","fiches"]}]}"#
        ]],
    );
}

#[test]
fn numbers_may_be_json_numbers() {
    for (json, text) in [
        (r#"{"number":2}"#, "2"),
        (r#"{"number":0.1}"#, "0.1"),
        (r#"{"number":-2}"#, "-2"),
        (r#"{"number":"-0.50"}"#, "-0.5"),
        (r#"{"number":-0}"#, "0"),
    ] {
        let tree: Expr = serde_json::from_str(json).expect("a number");
        assert_eq!(tree.to_string(), text);
        assert_eq!(expr::parse(text).expr.as_ref(), Some(&tree));
    }
}

#[test]
fn what_is_no_expression_is_refused() {
    refuse(
        r#"{"name":"and"}"#,
        expect![[r#""and" cannot be a name at line 1 column 14"#]],
    );
    refuse(
        r#"{"name":"a b"}"#,
        expect![[r#""a b" cannot be a name at line 1 column 14"#]],
    );
    refuse(
        r#"{"name":""}"#,
        expect![[r#""" cannot be a name at line 1 column 11"#]],
    );
    refuse(
        r#"{"field":["a","b-c"]}"#,
        expect![[r#""b-c" cannot be a name at line 1 column 21"#]],
    );
    refuse(
        r#"{"and":[{"name":"a"}]}"#,
        expect!["at least two expressions are needed here at line 1 column 22"],
    );
    refuse(
        r#"{"in":[{"name":"a"}]}"#,
        expect!["at least two expressions are needed here at line 1 column 21"],
    );
    refuse(
        r#"{"=":[{"name":"a"}]}"#,
        expect![[r#""=" has two operands, not 1 at line 1 column 20"#]],
    );
    refuse(
        r#"{"xor":[]}"#,
        expect![[r#"there is no kind of expression "xor" at line 1 column 10"#]],
    );
    refuse(
        r#"{"name":"a","text":"b"}"#,
        expect!["an expression has one key only at line 1 column 18"],
    );
    refuse(
        "{}",
        expect![[
            r#"invalid length 0, expected an expression: "today" or an object with one key, like {"name": "x"} at line 1 column 2"#
        ]],
    );
    refuse(
        "\"tomorrow\"",
        expect![[
            r#"invalid value: string "tomorrow", expected an expression: "today" or an object with one key, like {"name": "x"} at line 1 column 10"#
        ]],
    );
    refuse(
        "3",
        expect![[
            r#"invalid type: integer `3`, expected an expression: "today" or an object with one key, like {"name": "x"} at line 1 column 1"#
        ]],
    );
    refuse(
        r#"{"number":"1e400"}"#,
        expect![[
            r#"invalid value: string "1e400", expected a Decimal type representing a fixed-point number at line 1 column 17"#
        ]],
    );
}

#[test]
fn depth_is_limited_while_reading() {
    let deep = |n: usize| {
        format!(
            "{}{{\"name\":\"a\"}}{}",
            "{\"not\":".repeat(n),
            "}".repeat(n)
        )
    };
    let deepest: Expr = serde_json::from_str(&deep(expr::MAX_DEPTH - 1)).expect("64 levels");
    assert_eq!(
        expr::parse(&deepest.to_string()).expr.as_ref(),
        Some(&deepest)
    );
    refuse(
        &deep(expr::MAX_DEPTH),
        expect!["an expression has at most 64 levels at line 1 column 448"],
    );
    // A sign in front of a number is a level as well.
    let n = expr::MAX_DEPTH - 1;
    refuse(
        &format!(
            "{}{{\"number\":-1}}{}",
            "{\"neg\":".repeat(n),
            "}".repeat(n)
        ),
        expect!["an expression has at most 64 levels at line 1 column 454"],
    );
}

#[test]
fn the_deepest_lists_fit_into_the_reader_of_serde_json() {
    let n = expr::MAX_DEPTH - 1;
    let json = format!(
        "{}{{\"name\":\"a\"}}{}",
        "{\"and\":[{\"name\":\"b\"},".repeat(n),
        "]}".repeat(n)
    );
    let tree: Expr = serde_json::from_str(&json).expect("64 levels");
    assert_eq!(expr::parse(&tree.to_string()).expr.as_ref(), Some(&tree));
}
