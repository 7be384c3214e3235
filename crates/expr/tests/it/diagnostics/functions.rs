//! Functions used otherwise than documented.

use expect_test::expect;

use super::check;

#[test]
fn functions_are_used_as_documented() {
    check(
        "nombre(themes) > 2",
        expect![[r#"
        EX0014 0..6 `nombre`
          La fonction « nombre » n'existe pas. Essayez : count
          There is no function “nombre”. Try: count
        ⇒ count(themes) > 2  [ok]
    "#]],
    );
    check(
        "COUNT(themes) > 2",
        expect![[r#"
        EX0014 0..5 `COUNT`
          La fonction « COUNT » n'existe pas. Essayez : count
          There is no function “COUNT”. Try: count
        ⇒ count(themes) > 2  [ok]
    "#]],
    );
    check(
        "foo(1)",
        expect![[r#"
        EX0014 0..3 `foo`
          La fonction « foo » n'existe pas.
          There is no function “foo”.
    "#]],
    );
    check(
        "answered()",
        expect![[r#"
        EX0015 0..10 `answered()`
          « answered » ne s'emploie pas ainsi. Écrivez : answered(x).
          “answered” is not used this way. Write: answered(x).
    "#]],
    );
    check(
        "answered(x, y)",
        expect![[r#"
        EX0015 0..14 `answered(x, y)`
          « answered » ne s'emploie pas ainsi. Écrivez : answered(x).
          “answered” is not used this way. Write: answered(x).
    "#]],
    );
    check(
        "answered(x + 1)",
        expect![[r#"
        EX0049 9..14 `x + 1`
          « answered » s'applique à une question, par son nom. Écrivez : answered(x).
          “answered” applies to a question, by its name. Write: answered(x).
    "#]],
    );
    check(
        "count() > 1",
        expect![[r#"
        EX0015 0..7 `count()`
          « count » ne s'emploie pas ainsi. Écrivez : count(x), count(roster), count(roster, condition).
          “count” is not used this way. Write: count(x), count(roster), count(roster, condition).
    "#]],
    );
    check(
        "any(schemes)",
        expect![[r#"
        EX0015 0..12 `any(schemes)`
          « any » ne s'emploie pas ainsi. Écrivez : any(roster, condition).
          “any” is not used this way. Write: any(roster, condition).
    "#]],
    );
    check(
        "coalesce(x) > 1",
        expect![[r#"
        EX0015 0..11 `coalesce(x)`
          « coalesce » ne s'emploie pas ainsi. Écrivez : coalesce(a, b).
          “coalesce” is not used this way. Write: coalesce(a, b).
    "#]],
    );
    check(
        "min(x) > 1",
        expect![[r#"
        EX0015 0..6 `min(x)`
          « min » ne s'emploie pas ainsi. Écrivez : min(roster.item), min(roster, value), min(a, b).
          “min” is not used this way. Write: min(roster.item), min(roster, value), min(a, b).
    "#]],
    );
    check(
        "round(x, y) > 1",
        expect![[r#"
        EX0050 9..10 `y`
          « round » attend un nombre entier écrit en chiffres. Écrivez : round(x), round(x, 2).
          “round” needs a whole number written in digits. Write: round(x), round(x, 2).
    "#]],
    );
    check(
        "round(x, 0.5) > 1",
        expect![[r#"
        EX0050 9..12 `0.5`
          « round » attend un nombre entier écrit en chiffres. Écrivez : round(x), round(x, 2).
          “round” needs a whole number written in digits. Write: round(x), round(x, 2).
    "#]],
    );
    check(
        "round(x, 29) > 1",
        expect![[r#"
        EX0050 9..11 `29`
          « round » attend un nombre entier écrit en chiffres. Écrivez : round(x), round(x, 2).
          “round” needs a whole number written in digits. Write: round(x), round(x, 2).
    "#]],
    );
    check(
        "at_least(x, a, b)",
        expect![[r#"
        EX0050 9..10 `x`
          « at_least » attend un nombre entier écrit en chiffres. Écrivez : at_least(2, condition, condition, condition).
          “at_least” needs a whole number written in digits. Write: at_least(2, condition, condition, condition).
    "#]],
    );
    check(
        "at_least(2)",
        expect![[r#"
        EX0015 0..11 `at_least(2)`
          « at_least » ne s'emploie pas ainsi. Écrivez : at_least(2, condition, condition, condition).
          “at_least” is not used this way. Write: at_least(2, condition, condition, condition).
    "#]],
    );
    check(
        "at_least(0, a)",
        expect![[r#"
        EX0061 warning 0..14 `at_least(0, a)`
          Cette condition est toujours vraie : retirez-la.
          This condition is always true: remove it.
    "#]],
    );
    check(
        "at_least(3, a, b)",
        expect![[r#"
        EX0062 warning 0..17 `at_least(3, a, b)`
          Cette condition n'est jamais vraie : vérifiez combien il en faut.
          This condition is never true: check how many are needed.
    "#]],
    );
    check(
        "presence_cls in ('oui', 'non', 'oui')",
        expect![[r#"
            EX0060 warning 31..36 `'oui'`
              « oui » est deux fois dans la liste.
              “oui” stands twice in the list.
        "#]],
    );
    check(
        "at_least(1, presence_cls = 'yes', nb_qpv)",
        expect![[r#"
        EX0021 28..31 `yes`
          « yes » n'est pas un code de cette liste. Codes possibles : oui, non, en_cours. Essayez : oui
          “yes” is not a code of this list. Possible codes: oui, non, en_cours. Try: oui
        EX0040 34..40 `nb_qpv`
          Il faut ici une condition, et c'est un nombre. Essayez : nb_qpv > 0
          A condition is needed here, and this is a number. Try: nb_qpv > 0
        ⇒ at_least(1, presence_cls = 'oui', nb_qpv > 0)  [ok]
    "#]],
    );
}
