//! Functions used otherwise than documented.

use expect_test::expect;

use expr::{Expected, ListId};

use super::{check, check_as};

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

#[test]
fn cases_are_conditions_and_values_by_turns() {
    let code = |source, expect| check_as(Expected::Code(ListId(0)), source, expect);
    code(
        "case(a)",
        expect![[r#"
        EX0015 0..7 `case(a)`
          « case » ne s'emploie pas ainsi. Écrivez : case(condition, value, condition, value, otherwise).
          “case” is not used this way. Write: case(condition, value, condition, value, otherwise).
    "#]],
    );
    code(
        "case()",
        expect![[r#"
        EX0015 0..6 `case()`
          « case » ne s'emploie pas ainsi. Écrivez : case(condition, value, condition, value, otherwise).
          “case” is not used this way. Write: case(condition, value, condition, value, otherwise).
    "#]],
    );
    // A condition is left out.
    code(
        "case(a, 'oui', 'non', b, 'en_cours')",
        expect![[r#"
        EX0040 15..20 `'non'`
          Il faut ici une condition, et c'est un texte.
          A condition is needed here, and this is a text.
    "#]],
    );
    // A value is left out: the last, one in the middle.
    code(
        "case(a, 'oui', b, 'non', c)",
        expect![[r#"
        EX0015 25..26 `c`
          « case » ne s'emploie pas ainsi. Écrivez : case(condition, value, condition, value, otherwise).
          “case” is not used this way. Write: case(condition, value, condition, value, otherwise).
    "#]],
    );
    code(
        "case(a, 'oui', b, c, 'non')",
        expect![[r#"
        EX0015 18..19 `c`
          « case » ne s'emploie pas ainsi. Écrivez : case(condition, value, condition, value, otherwise).
          “case” is not used this way. Write: case(condition, value, condition, value, otherwise).
    "#]],
    );
    check(
        "case(a, 1, b) = 1",
        expect![[r#"
        EX0015 11..12 `b`
          « case » ne s'emploie pas ainsi. Écrivez : case(condition, value, condition, value, otherwise).
          “case” is not used this way. Write: case(condition, value, condition, value, otherwise).
    "#]],
    );
    // Values of one type.
    check(
        "case(a, x, b, 'beaucoup') > 1",
        expect![[r#"
        EX0041 14..24 `'beaucoup'`
          Il faut ici un nombre, et c'est un texte.
          This place needs a number, and this is a text.
    "#]],
    );
    check(
        "case(a, x, b, '12') > 1",
        expect![[r#"
        EX0041 14..18 `'12'`
          Il faut ici un nombre, et c'est un texte. Essayez : 12
          This place needs a number, and this is a text. Try: 12
        ⇒ case(a, x, b, 12) > 1  [ok]
    "#]],
    );
    check(
        "case(a, presence_cls, b, principal) = 'oui'",
        expect![[r#"
        EX0046 25..34 `principal`
          Ces codes viennent de deux listes différentes : ils ne se comparent pas.
          These codes belong to two different lists: they cannot be compared.
    "#]],
    );
    check(
        "case(a, 'petit', 'grand')",
        expect![[r#"
        EX0040 0..25 `case(a, 'petit', 'grand')`
          Il faut ici une condition, et c'est un texte.
          A condition is needed here, and this is a text.
    "#]],
    );
    check(
        "case(a, missing_reason(x), b)",
        expect![[r#"
        EX0015 27..28 `b`
          « case » ne s'emploie pas ainsi. Écrivez : case(condition, value, condition, value, otherwise).
          “case” is not used this way. Write: case(condition, value, condition, value, otherwise).
    "#]],
    );
    // Conditions that are none, with what may be meant.
    code(
        "case(presence_cls, 'oui', nb_qpv, 'non')",
        expect![[r#"
        EX0040 5..17 `presence_cls`
          Il faut ici une condition, et c'est un code d'une liste. Essayez : presence_cls = 'oui'
          A condition is needed here, and this is a code of a list. Try: presence_cls = 'oui'
        EX0040 26..32 `nb_qpv`
          Il faut ici une condition, et c'est un nombre. Essayez : nb_qpv > 0
          A condition is needed here, and this is a number. Try: nb_qpv > 0
        ⇒ case(presence_cls = 'oui', 'oui', nb_qpv > 0, 'non')  [ok]
    "#]],
    );
    check(
        "if(a, x, y) > 1",
        expect![[r#"
        EX0014 0..2 `if`
          La fonction « if » n'existe pas. Essayez : case
          There is no function “if”. Try: case
        ⇒ case(a, x, y) > 1  [ok]
    "#]],
    );
}

#[test]
fn codes_of_cases_are_codes_of_their_place() {
    let code = |source, expect| check_as(Expected::Code(ListId(0)), source, expect);
    code(
        "case(a, 'yes', b, 'en_cour', 'non')",
        expect![[r#"
        EX0021 9..12 `yes`
          « yes » n'est pas un code de cette liste. Codes possibles : oui, non, en_cours. Essayez : oui
          “yes” is not a code of this list. Possible codes: oui, non, en_cours. Try: oui
        EX0021 19..26 `en_cour`
          « en_cour » n'est pas un code de cette liste. Codes possibles : oui, non, en_cours. Essayez : en_cours
          “en_cour” is not a code of this list. Possible codes: oui, non, en_cours. Try: en_cours
        ⇒ case(a, 'oui', b, 'en_cours', 'non')  [ok]
    "#]],
    );
    code(
        "case(a, 'oui', 'nsp')",
        expect![[r#"
        EX0022 15..20 `'nsp'`
          « nsp » veut dire qu'il n'y a pas de réponse (dont_know) : il ne se compare pas, demandez la raison.
          “nsp” means that there is no answer (dont_know): it is never compared with, ask for the reason.
    "#]],
    );
    code(
        "case(a, presence_asv, 'nom')",
        expect![[r#"
        EX0021 23..26 `nom`
          « nom » n'est pas un code de cette liste. Codes possibles : oui, non, en_cours. Essayez : non
          “nom” is not a code of this list. Possible codes: oui, non, en_cours. Try: non
        ⇒ case(a, presence_asv, 'non')  [ok]
    "#]],
    );
    code(
        "case(a, principal, 'oui')",
        expect![[r#"
        EX0021 20..23 `oui`
          « oui » n'est pas un code de cette liste. Codes possibles : acces_soins, sante_mentale, nutrition.
          “oui” is not a code of this list. Possible codes: acces_soins, sante_mentale, nutrition.
    "#]],
    );
    code(
        "case(a, case(b, 'ouii', 'non'), coalesce('oui', 'zut'))",
        expect![[r#"
            EX0021 17..21 `ouii`
              « ouii » n'est pas un code de cette liste. Codes possibles : oui, non, en_cours. Essayez : oui
              “ouii” is not a code of this list. Possible codes: oui, non, en_cours. Try: oui
            EX0021 49..52 `zut`
              « zut » n'est pas un code de cette liste. Codes possibles : oui, non, en_cours.
              “zut” is not a code of this list. Possible codes: oui, non, en_cours.
            ⇒ case(a, case(b, 'oui', 'non'), coalesce('oui', 'zut'))  [EX0021]
        "#]],
    );
    check(
        "case(a, 'ouii', 'non') = presence_cls",
        expect![[r#"
        EX0021 9..13 `ouii`
          « ouii » n'est pas un code de cette liste. Codes possibles : oui, non, en_cours. Essayez : oui
          “ouii” is not a code of this list. Possible codes: oui, non, en_cours. Try: oui
        ⇒ case(a, 'oui', 'non') = presence_cls  [ok]
    "#]],
    );
    check(
        "presence_cls in ('oui', case(a, 'nom', 'non'))",
        expect![[r#"
            EX0021 33..36 `nom`
              « nom » n'est pas un code de cette liste. Codes possibles : oui, non, en_cours. Essayez : non
              “nom” is not a code of this list. Possible codes: oui, non, en_cours. Try: non
            ⇒ presence_cls in ('oui', case(a, 'non', 'non'))  [ok]
        "#]],
    );
    check_as(
        Expected::Date,
        "case(a, '12/03/2026', today)",
        expect![[r#"
            EX0047 8..20 `'12/03/2026'`
              « 12/03/2026 » n'est pas une date : écrivez année-mois-jour, comme '2026-03-12'. Essayez : '2026-03-12'
              “12/03/2026” is not a date: write year-month-day, like '2026-03-12'. Try: '2026-03-12'
            ⇒ case(a, '2026-03-12', today)  [ok]
        "#]],
    );
    check_as(
        Expected::Number,
        "case(a, '1', 'x')",
        expect![[r#"
        EX0041 8..11 `'1'`
          Il faut ici un nombre, et c'est un texte. Essayez : 1
          This place needs a number, and this is a text. Try: 1
        EX0041 13..16 `'x'`
          Il faut ici un nombre, et c'est un texte.
          This place needs a number, and this is a text.
        ⇒ case(a, 1, 'x')  [EX0041]
    "#]],
    );
}
