//! Bad and hostile sources cost little.

use expr::{Expected, Lang, MAX_DEPTH, MAX_SOURCE, parse};

use crate::scope::Survey;

/// Fills a source of the greatest length with a piece.
fn filled(start: &str, piece: &str, end: &str) -> String {
    let n = (MAX_SOURCE - start.len() - end.len()) / piece.len();
    format!("{start}{}{end}", piece.repeat(n))
}

#[test]
fn the_worst_sources_take_linear_work() {
    let half = "(".repeat(MAX_SOURCE / 2) + &")".repeat(MAX_SOURCE / 2);
    let sources = [
        half,
        filled("", "(", ""),
        filled("", ")", ""),
        filled("", "not ", "a"),
        filled("", "non ", "a"),
        filled("", "-", "1"),
        filled("", "!", "a"),
        filled("a", " and a", ""),
        filled("a", " or a", ""),
        filled("a", " et a", ""),
        filled("1", "+1", ""),
        filled("1", "*1+1", ""),
        filled("1", "<1", ""),
        filled("1", "<1 and 1", ""),
        filled("a", " a", ""),
        filled("", "# ", ""),
        filled("", "#", ""),
        filled("", "'", ""),
        filled("", "'a' ", ""),
        filled("", "\"", ""),
        filled("", "“", ""),
        filled("", "«", ""),
        filled("", "a(", ""),
        filled("", "count(", ""),
        filled("", "a[", ""),
        filled("", "a.", ""),
        filled("", ".", ""),
        filled("", ",", ""),
        filled("count(", "a,", "a)"),
        filled("count(", "a b ", ")"),
        filled("x in (", "1,", "1)"),
        filled("", "x in (", ""),
        filled("", "1 in 1 in ", ""),
        filled("", "1", ""),
        filled("", "1a", ""),
        filled("", "1.", ""),
        filled("", "é", ""),
        filled("", "=", ""),
        filled("", "< ", ""),
        filled("", "any(a, ", ""),
        filled("", "(a or ", ""),
        filled("", "and ", ""),
        filled("", " ", ""),
    ];
    let survey = Survey::new(None);
    for source in sources {
        assert!(source.len() <= MAX_SOURCE);
        let parsed = parse(&source);
        // One step a character, a few a token: see `Parsed::steps`.
        let most = 5 * source.len() + 1000;
        let steps = parsed.steps() as usize;
        assert!(steps <= most, "{steps} steps for {:?}…", source.get(..20));
        assert!(parsed.diagnostics.len() <= 20);
        assert!(parsed.expr.is_some() != parsed.diagnostics.iter().any(|it| !it.code.is_empty()));
        for it in &parsed.diagnostics {
            assert!(!it.message(Lang::Fr).is_empty());
        }
        if let Some(tree) = parsed.expr {
            let checked = expr::check(&tree, &survey, Expected::Condition);
            assert!(checked.diagnostics.len() <= 20);
        }
    }
}

#[test]
fn work_grows_with_the_source_and_no_faster() {
    for piece in ["a and ", "(", "not ", "1 < ", "a b ", "# ", "count(a b, "] {
        let steps = |n: usize| parse(&piece.repeat(n)).steps();
        let (small, large) = (steps(50), steps(400));
        assert!(large <= 9 * small + 1000, "{piece:?}: {small} then {large}");
    }
}

#[test]
fn too_long_is_an_error() {
    let longest = filled("a", " and a", "");
    assert!(parse(&longest).expr.is_some());
    let parsed = parse(&" ".repeat(MAX_SOURCE + 1));
    assert!(parsed.expr.is_none());
    assert_eq!(parsed.diagnostics[0].code, "EX0001");
}

#[test]
fn depth_counts_levels() {
    let code = |source: &str| parse(source).diagnostics.first().map(|it| it.code);
    let nested =
        |open: &str, n: usize, close: &str| format!("{}a{}", open.repeat(n), close.repeat(n));
    assert_eq!(code(&nested("not ", MAX_DEPTH - 1, "")), None);
    assert_eq!(code(&nested("not ", MAX_DEPTH, "")), Some("EX0002"));
    assert_eq!(code(&nested("count(", MAX_DEPTH - 1, ")")), None);
    assert_eq!(code(&nested("count(", MAX_DEPTH, ")")), Some("EX0002"));
    assert_eq!(code(&nested("1 + ", MAX_DEPTH - 1, "")), None);
    let chain = |n: usize| format!("1{}", " + 1".repeat(n));
    assert_eq!(code(&chain(MAX_DEPTH - 1)), None);
    assert_eq!(code(&chain(MAX_DEPTH)), Some("EX0002"));
    // Parentheses are not levels, but not free either.
    assert_eq!(code(&nested("(", 2 * MAX_DEPTH, ")")), None);
    assert_eq!(code(&nested("(", 2 * MAX_DEPTH + 1, ")")), Some("EX0002"));
}

/// A tree that was put together by hand can be deeper than any source.
#[test]
fn checking_is_limited_as_well() {
    use expr::{Expr, ExprKind};
    let mut tree: Expr = ExprKind::Name("a".to_owned()).into();
    for _ in 0..MAX_DEPTH {
        tree = ExprKind::Not(Box::new(tree)).into();
    }
    let checked = expr::check(&tree, &Survey::new(None), Expected::Condition);
    assert!(checked.program.is_none());
    assert_eq!(checked.diagnostics[0].code, "EX0002");

    let wide: Expr = ExprKind::And(vec![ExprKind::Bool(true).into(); 70_000]).into();
    let checked = expr::check(&wide, &Survey::new(None), Expected::Condition);
    assert!(checked.program.is_none());
    assert_eq!(checked.diagnostics[0].code, "EX0002");
}
