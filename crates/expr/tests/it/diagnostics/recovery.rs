//! Reading goes on after a mistake, and says little about what follows from it.

use expect_test::expect;

use super::check;

#[test]
fn reading_goes_on_after_a_mistake() {
    check(
        "",
        expect![[r#"
        EX0003 0..0 ``
          La condition est vide. Écrivez par exemple : presence_cls = 'oui'.
          The condition is empty. Write for example: presence_cls = 'oui'.
    "#]],
    );
    check(
        "   ",
        expect![[r#"
        EX0003 3..3 ``
          La condition est vide. Écrivez par exemple : presence_cls = 'oui'.
          The condition is empty. Write for example: presence_cls = 'oui'.
    "#]],
    );
    check(
        "presence_asv =",
        expect![[r#"
        EX0009 14..14 ``
          Il faut ici une question, un nombre ou un texte, et non la fin.
          A question, a number or a text is needed here, not the end.
    "#]],
    );
    check(
        "(a and b",
        expect![[r#"
        EX0010 0..1 `(`
          Il manque « ) » avant la fin.
          “)” is missing before the end.
    "#]],
    );
    check(
        "a and b)",
        expect![[r#"
        EX0010 7..8 `)`
          Il manque « ( » avant « ) ».
          “(” is missing before “)”.
    "#]],
    );
    check(
        "count(themes",
        expect![[r#"
        EX0010 5..6 `(`
          Il manque « ) » avant la fin.
          “)” is missing before the end.
    "#]],
    );
    check(
        "liens[ars = 'oui'",
        expect![[r#"
        EX0010 10..11 `=`
          Il manque « ] » avant « = ».
          “]” is missing before “=”.
    "#]],
    );
    check(
        "liens[] = 'oui'",
        expect![[r#"
            EX0009 6..7 `]`
              Il faut ici une question, un nombre ou un texte, et non « ] ».
              A question, a number or a text is needed here, not “]”.
        "#]],
    );
    check(
        "territoire. = 1",
        expect![[r#"
        EX0009 12..13 `=`
          Il faut ici une question, un nombre ou un texte, et non « = ».
          A question, a number or a text is needed here, not “=”.
    "#]],
    );
    check(
        "presence_asv = 'oui",
        expect![[r#"
        EX0005 15..19 `'oui`
          Il manque l'apostrophe qui referme le texte. Une apostrophe à l'intérieur s'écrit deux fois : 'l''été'.
          The quote that closes the text is missing. A quote inside is written twice: 'l''été'.
    "#]],
    );
    check(
        "presence_asv in 'oui'",
        expect![[r#"
        EX0010 16..21 `'oui'`
          Il manque « ( » avant « 'oui' ».
          “(” is missing before “'oui'”.
    "#]],
    );
    check(
        "presence_asv in ()",
        expect![[r#"
        EX0013 16..18 `()`
          La liste après « in » est vide : écrivez au moins une valeur.
          The list after “in” is empty: write at least one value.
    "#]],
    );
    check(
        "a b",
        expect![[r#"
        EX0011 2..3 `b`
          Il manque un opérateur avant « b » : une comparaison, « and », « or ».
          An operator is missing before “b”: a comparison, “and”, “or”.
    "#]],
    );
    check(
        "a and and b or",
        expect![[r#"
        EX0009 6..9 `and`
          Il faut ici une question, un nombre ou un texte, et non « and ».
          A question, a number or a text is needed here, not “and”.
        EX0009 14..14 ``
          Il faut ici une question, un nombre ou un texte, et non la fin.
          A question, a number or a text is needed here, not the end.
    "#]],
    );
    check(
        "x > # 1 and @@ b",
        expect![[r#"
        EX0004 4..5 `#`
          « # » n'a pas de sens dans une condition : retirez-le.
          “#” has no meaning in a condition: remove it.
        EX0004 12..14 `@@`
          « @@ » n'a pas de sens dans une condition : retirez-le.
          “@@” has no meaning in a condition: remove it.
        ⇒ x >  1 and  b  [ok]
    "#]],
    );
    check(
        "count(a b, c) > 1 and foo(2) and == 3",
        expect![[r#"
            EX0010 8..9 `b`
              Il manque « ) » avant « b ».
              “)” is missing before “b”.
            EX0014 22..25 `foo`
              La fonction « foo » n'existe pas.
              There is no function “foo”.
            EX0007 33..35 `==`
              « == » ne s'écrit pas ainsi ici. Essayez : =
              “==” is not written this way here. Try: =
            ⇒ count(a b, c) > 1 and foo(2) and = 3  [EX0010 EX0014 EX0009]
        "#]],
    );
    check(
        "(x > ) and (y < ) and z(",
        expect![[r#"
            EX0009 5..6 `)`
              Il faut ici une question, un nombre ou un texte, et non « ) ».
              A question, a number or a text is needed here, not “)”.
            EX0009 16..17 `)`
              Il faut ici une question, un nombre ou un texte, et non « ) ».
              A question, a number or a text is needed here, not “)”.
            EX0014 22..23 `z`
              La fonction « z » n'existe pas.
              There is no function “z”.
            EX0010 23..24 `(`
              Il manque « ) » avant la fin.
              “)” is missing before the end.
        "#]],
    );
    check(
        "a not b",
        expect![[r#"
        EX0011 2..5 `not`
          Il manque un opérateur avant « not » : une comparaison, « and », « or ».
          An operator is missing before “not”: a comparison, “and”, “or”.
    "#]],
    );
    check(
        "unknown_a and unknown_b > 1 and presence_cls = 'zut'",
        expect![[r#"
        EX0020 0..9 `unknown_a`
          « unknown_a » n'est le nom de rien à cet endroit.
          “unknown_a” is not the name of anything here.
        EX0020 14..23 `unknown_b`
          « unknown_b » n'est le nom de rien à cet endroit.
          “unknown_b” is not the name of anything here.
        EX0021 48..51 `zut`
          « zut » n'est pas un code de cette liste. Codes possibles : oui, non, en_cours.
          “zut” is not a code of this list. Possible codes: oui, non, en_cours.
    "#]],
    );
}
