//! What conditions are read as, case by case.

use std::fmt::Write;

use expect_test::{Expect, expect};
use questionnaire::sentence::{self, Group, How, Join, Operand, Part};

/// A sentence, a line for each part.
fn shown(group: &Group, depth: usize, out: &mut String) {
    let join = match group.join {
        Join::All => "all".to_owned(),
        Join::Any => "any".to_owned(),
        Join::None => "none".to_owned(),
        Join::AtLeast(n) => format!("at least {n}"),
    };
    writeln!(out, "{}{join}", "  ".repeat(depth)).unwrap();
    let value = |it: &Operand| match it {
        Operand::Text(it) => format!("'{it}'"),
        Operand::Number(it) => it.to_string(),
        Operand::Today => "today".to_owned(),
        Operand::Subject(it) => format!("the answer {it}"),
    };
    for part in &group.parts {
        let margin = "  ".repeat(depth + 1);
        match part {
            Part::Clause(it) => {
                let values: Vec<_> = it.values.iter().map(value).collect();
                let operator = it.operator.code();
                let line = format!("{margin}{} {operator} {}", it.subject, values.join(", "));
                writeln!(out, "{}", line.trim_end()).unwrap();
            }
            Part::Group(it) => shown(it, depth + 1, out),
            Part::Units(it) => {
                let how = match &it.how {
                    How::Some => "some".to_owned(),
                    How::Every => "every".to_owned(),
                    How::Count(operator, of) => format!("count {} {}", operator.code(), value(of)),
                };
                writeln!(out, "{margin}{how} of {}", it.roster).unwrap();
                shown(&it.group, depth + 2, out);
            }
            Part::Text(it) => writeln!(out, "{margin}`{it}`").unwrap(),
        }
    }
}

#[track_caller]
fn check(text: &str, expected: &Expect) {
    let group = sentence::read(text);
    let mut out = String::new();
    shown(&group, 0, &mut out);
    expected.assert_eq(&out);
    let written = sentence::write(&group).unwrap();
    assert_eq!(sentence::read(&written), group, "{written}");
}

#[test]
fn lines() {
    check(
        "presence_asv = 'oui' and nb_qpv > 0",
        &expect![[r#"
            all
              presence_asv is 'oui'
              nb_qpv greater 0
        "#]],
    );
    check(
        "a in ('x', 'y') and b not in (1, -2) and missing_reason(c) in ('refused') and missing_reason(d) != 'dont_know'",
        &expect![[r#"
            all
              a among 'x', 'y'
              b not-among 1, -2
              c reason-among 'refused'
              d not-reason 'dont_know'
        "#]],
    );
    check(
        "consent and not other and answered(x) and not answered(y) and themes has 'a' and not themes has 'b'",
        &expect![[r#"
            all
              consent holds
              other holds-not
              x answered
              y not-answered
              themes has 'a'
              themes has-not 'b'
        "#]],
    );
    check(
        "grid[row] = 'oui' or territory.has_qpv or schemes[cls].etp < 1 or sum(axes.sheets) <= planned or day >= today",
        &expect![[r#"
            any
              grid[row] is 'oui'
              territory.has_qpv holds
              schemes[cls].etp less 1
              sum(axes.sheets) less-or-equal the answer planned
              day greater-or-equal today
        "#]],
    );
}

#[test]
fn groups() {
    check(
        "at_least(2, a = 'x', b = 'y' or c, not (d or e)) and not (f = 'z') and (g and h)",
        &expect![[r#"
            all
              at least 2
                a is 'x'
                any
                  b is 'y'
                  c holds
                none
                  d holds
                  e holds
              none
                f is 'z'
              g holds
              h holds
        "#]],
    );
    check(
        "any(schemes, etp < 1 and scheme = 'cls') or all(axes, done) or count(axes, done) >= 2",
        &expect![[r#"
            any
              some of schemes
                all
                  etp less 1
                  scheme is 'cls'
              every of axes
                all
                  done holds
              count greater-or-equal 2 of axes
                all
                  done holds
        "#]],
    );
}

#[test]
fn what_is_no_line_stays_a_text() {
    check(
        "a + b <= c and d = 'x'",
        &expect![[r#"
            all
              `a + b <= c`
              d is 'x'
        "#]],
    );
    check(
        "3 < a or a = true or true or round(a) = 1 or -0 = a",
        &expect![[r#"
            any
              `3 < a`
              `a = true`
              `true`
              `round(a) = 1`
              `-0 = a`
        "#]],
    );
    check(
        "  a = = b  ",
        &expect![[r#"
            all
              `a = = b`
        "#]],
    );
    check(
        "  ",
        &expect![[r#"
        all
    "#]],
    );
}

#[test]
fn a_text_that_is_no_condition_is_kept_beside_others() {
    let mut group = sentence::read("a = 'x'");
    group.parts.push(Part::Text("b = = c".to_owned()));
    let text = sentence::write(&group).unwrap();
    assert_eq!(text, "a = 'x' and (b = = c)");
    assert_eq!(
        sentence::read(&text),
        Group::all(vec![Part::Text(text.clone())])
    );
}

#[test]
fn what_was_typed_as_a_text_becomes_a_line() {
    let text = Part::Text("b = 'y' or c".to_owned());
    let group = sentence::normal(&Group::all(vec![text]));
    assert_eq!(group, sentence::read("b = 'y' or c"));
}

#[test]
fn depth_and_length_are_bounded() {
    let deep = |n: usize| {
        (0..n).fold(sentence::read("a"), |it, _| Group {
            join: Join::None,
            parts: vec![Part::Group(it)],
        })
    };
    assert!(sentence::write(&deep(60)).is_some());
    assert_eq!(sentence::write(&deep(80)), None);
    for text in [
        "(".repeat(5_000),
        "not ".repeat(5_000),
        format!("a = '{}'", "x".repeat(5_000)),
        "a = 'x' and ".repeat(500),
    ] {
        let group = sentence::read(&text);
        assert_eq!(group.parts, [Part::Text(text.trim().to_owned())]);
        assert_eq!(sentence::write(&group).as_deref(), Some(text.trim()));
    }
}
