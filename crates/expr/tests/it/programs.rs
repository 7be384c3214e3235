//! Compiled programs: what they depend on, how they travel, what is refused.

use expect_test::{Expect, expect};
use expr::wire::{Reader, Wire as _};
use expr::{Dependencies, Expected, Program, RosterId, VarId};

use crate::eval::compile;
use crate::scope::{AXES, SCHEMES, Sheet, Survey};

fn check(source: &str, expect: Expect) {
    let program = compile(source, &Survey::new(None), Expected::Any);
    let json = serde_json::to_string(&program).expect("programs are plain data");
    expect.assert_eq(&json);
    let back: Program = serde_json::from_str(&json).expect("what was written can be read");
    assert_eq!(back, program);
    let mut bytes = Vec::new();
    program.write(&mut bytes);
    let mut reader = Reader::new(&bytes);
    assert_eq!(Program::read(&mut reader), program);
    assert!(reader.is_done());
}

fn refuse(ops: &str, expect: Expect) {
    let json = format!(r#"{{"ty":"Bool","ops":{ops}}}"#);
    let error = serde_json::from_str::<Program>(&json).expect_err("this is no program");
    expect.assert_eq(&error.to_string());
}

#[test]
fn programs_are_short() {
    check(
        "presence_cls = 'oui'",
        expect![[r#"{"ty":"Bool","ops":[{"is":[[0,"g"],0]}]}"#]],
    );
    check(
        "presence_cls in ('oui', 'non') and nb_qpv > 0.5",
        expect![[
            r#"{"ty":"Bool","ops":[{"and":2},{"among":[0,1]},{"read":[0,"g"]},{"compare":">"},{"read":[3,"g"]},{"number":"0.5"}]}"#
        ]],
    );
    check(
        "not answered(x) or missing_reason(x) = 'refused'",
        expect![[
            r#"{"ty":"Bool","ops":[{"or":2},"not",{"answered":[23,"g"]},{"reason":[[23,"g"],4]}]}"#
        ]],
    );
    check(
        "any(schemes, etp < 1)",
        expect![[
            r#"{"ty":"Bool","ops":[{"over":["any",0]},{"compare":"<"},{"read":[51,{"e":[0,1]}]},{"number":"1"}]}"#
        ]],
    );
    check(
        "case(a, presence_cls, b, 'non')",
        expect![[
            r#"{"ty":{"Code":0},"ops":[{"case":4},{"read":[20,"g"]},{"read":[0,"g"]},{"read":[21,"g"]},{"code":1}]}"#
        ]],
    );
    check(
        "schemes[cdv].etp",
        expect![[r#"{"ty":"Number","ops":[{"read":[51,{"u":[0,2]}]}]}"#]],
    );
    check(
        "today - '2026-03-12'",
        expect![[r#"{"ty":"Number","ops":["sub","today",{"date":"2026-03-12"}]}"#]],
    );
}

#[test]
fn hostile_programs_are_refused() {
    refuse(
        "[]",
        expect!["the program has an operand too few or too many"],
    );
    refuse(
        r#"["not"]"#,
        expect!["the program has an operand too few or too many"],
    );
    refuse(
        r#"[{"bool":true},{"bool":true}]"#,
        expect!["the program has an operand too few or too many"],
    );
    refuse(
        r#"[{"and":2},{"bool":true}]"#,
        expect!["the program has an operand too few or too many"],
    );
    refuse(
        r#"[{"in":0}]"#,
        expect!["the program has an operand too few or too many"],
    );
    refuse(
        r#"[{"read":[1,{"e":[0,1]}]}]"#,
        expect!["the program reads a unit outside its roster function"],
    );
    refuse(
        r#"[{"over":["any",0]},{"read":[1,{"e":[0,2]}]}]"#,
        expect!["the program reads a unit outside its roster function"],
    );
    refuse(
        r#"[{"over":["any",0]},{"read":[1,{"e":[0,0]}]}]"#,
        expect!["the program reads a unit outside its roster function"],
    );
    let over = r#"{"over":["any",0]},"#;
    refuse(
        &format!(r#"[{}{{"bool":true}}]"#, over.repeat(3)),
        expect!["the program is too long or nested too deeply"],
    );
    refuse(
        &format!(r#"[{}{{"bool":true}}]"#, "\"not\",".repeat(200)),
        expect!["the program is too long or nested too deeply"],
    );
    refuse(
        &format!(r#"[{{"and":9000}}{}]"#, r#",{"bool":true}"#.repeat(9000)),
        expect!["the program is too long or nested too deeply"],
    );
    refuse(
        r#"[{"number":"1e99"}]"#,
        expect!["Invalid decimal: unknown character at line 1 column 36"],
    );
}

/// Types are not checked on reading: a program that mixes them is unknown and nothing worse.
#[test]
fn mixed_types_are_unknown() {
    for ops in [
        r#"[{"compare":"<"},{"bool":true},{"number":"1"}]"#,
        r#"["add",{"text":"a"},{"date":"2026-01-01"}]"#,
        r#"["sub",{"number":"1"},{"date":"2026-01-01"}]"#,
        r#"["neg",{"code":1}]"#,
        r#"["size",{"code":1}]"#,
        r#"[{"has":1},"today"]"#,
        r#"[{"among":[1]},"today"]"#,
        r#"[{"round":200},{"text":"a"}]"#,
        r#"[{"min":0}]"#,
        r#"[{"coalesce":0}]"#,
        r#"[{"case":0}]"#,
        r#"[{"case":1},{"code":1}]"#,
        r#"[{"case":2},"today",{"bool":true}]"#,
        r#"[{"case":3},{"text":"a"},{"bool":true},{"bool":true}]"#,
        r#"[{"over":["sum",0]},{"bool":true}]"#,
        r#"[{"read":[999,{"c":7}]}]"#,
    ] {
        let json = format!(r#"{{"ty":"Bool","ops":{ops}}}"#);
        let program: Program = serde_json::from_str(&json).expect("the shape is right");
        let truth = program.truth(&Sheet::default(), Some(u32::MAX));
        assert!(!truth.is_true() && !truth.is_false(), "{ops}");
        let _ = program.value(&Sheet::default(), None);
    }
    // Rounding to more places than there are is harmless.
    let json = r#"{"ty":"Number","ops":[{"round":255},{"number":"1.5"}]}"#;
    let program: Program = serde_json::from_str(json).expect("the shape is right");
    let _ = program.value(&Sheet::default(), None);
}

#[test]
fn dependencies_tell_units_apart() {
    let of =
        |source: &str, roster| compile(source, &Survey::new(roster), Expected::Any).dependencies();
    let none = Dependencies::default();
    assert_eq!(of("1 + 1 = 2", None), none);
    assert_eq!(
        of("x > y and (y > x or answered(liens[ars]))", None),
        Dependencies {
            vars: vec![VarId(23), VarId(24), VarId(30)],
            ..none.clone()
        }
    );
    assert!(of("today > signature", None).reads_today);
    assert_eq!(
        of("case(a, x, b, y, nb_qpv)", None),
        Dependencies {
            vars: vec![VarId(3), VarId(20), VarId(21), VarId(23), VarId(24)],
            ..none.clone()
        }
    );
    assert_eq!(
        of("count(schemes)", None),
        Dependencies {
            rosters: vec![SCHEMES],
            ..none.clone()
        }
    );
    assert_eq!(
        of("any(schemes, etp > nb_qpv)", None),
        Dependencies {
            vars: vec![VarId(3)],
            roster_vars: vec![(SCHEMES, VarId(51))],
            rosters: vec![SCHEMES],
            ..none.clone()
        }
    );
    assert_eq!(
        of("axes[2].fiches > 1", None),
        Dependencies {
            fixed_unit_vars: vec![(AXES, 1, VarId(60))],
            ..none.clone()
        }
    );
    assert_eq!(
        of("etp > 1 and scheme = 'nutrition'", Some(SCHEMES)),
        Dependencies {
            unit_vars: vec![(SCHEMES, VarId(50)), (SCHEMES, VarId(51))],
            ..none.clone()
        }
    );
    assert_eq!(
        of(
            "etp = max(schemes.etp) and any(axes, fiches > etp)",
            Some(SCHEMES)
        ),
        Dependencies {
            unit_vars: vec![(SCHEMES, VarId(51))],
            roster_vars: vec![(SCHEMES, VarId(51)), (AXES, VarId(60))],
            rosters: vec![SCHEMES, RosterId(1)],
            ..none
        }
    );
}

#[test]
fn a_constant_is_what_its_source_would_be() {
    for (holds, source) in [(true, "true"), (false, "false")] {
        let program = Program::constant(holds);
        assert_eq!(
            program,
            compile(source, &Survey::new(None), Expected::Condition)
        );
        assert_eq!(program.truth(&Sheet::default(), None), holds.into());
        assert_eq!(program.dependencies(), Dependencies::default());
    }
}
