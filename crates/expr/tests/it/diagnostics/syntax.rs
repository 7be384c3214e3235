//! Signs and words of other languages, and operands that need help.

use expect_test::expect;

use super::check;

#[test]
fn habits_of_other_languages_are_understood() {
    check(
        "presence_asv == \"oui\" && nb_qpv <> 0 || !a",
        expect![[r#"
        EX0007 13..15 `==`
          « == » ne s'écrit pas ainsi ici. Essayez : =
          “==” is not written this way here. Try: =
        EX0008 16..21 `"oui"`
          Un texte s'écrit entre apostrophes droites. Essayez : 'oui'
          A text stands between straight single quotes. Try: 'oui'
        EX0007 22..24 `&&`
          « && » ne s'écrit pas ainsi ici. Essayez : and
          “&&” is not written this way here. Try: and
        EX0007 32..34 `<>`
          « <> » ne s'écrit pas ainsi ici. Essayez : !=
          “<>” is not written this way here. Try: !=
        EX0007 37..39 `||`
          « || » ne s'écrit pas ainsi ici. Essayez : or
          “||” is not written this way here. Try: or
        EX0007 40..41 `!`
          « ! » ne s'écrit pas ainsi ici. Essayez : not 
          “!” is not written this way here. Try: not 
        ⇒ presence_asv = 'oui' and nb_qpv != 0 or not a  [ok]
    "#]],
    );
    check(
        "presence_asv = “oui”",
        expect![[r#"
        EX0008 15..24 `“oui”`
          Un texte s'écrit entre apostrophes droites. Essayez : 'oui'
          A text stands between straight single quotes. Try: 'oui'
        ⇒ presence_asv = 'oui'  [ok]
    "#]],
    );
    check(
        "presence_asv = ‘oui’",
        expect![[r#"
        EX0008 15..24 `‘oui’`
          Un texte s'écrit entre apostrophes droites. Essayez : 'oui'
          A text stands between straight single quotes. Try: 'oui'
        ⇒ presence_asv = 'oui'  [ok]
    "#]],
    );
    check(
        "presence_asv = « oui »",
        expect![[r#"
        EX0008 15..24 `« oui »`
          Un texte s'écrit entre apostrophes droites. Essayez : 'oui'
          A text stands between straight single quotes. Try: 'oui'
        ⇒ presence_asv = 'oui'  [ok]
    "#]],
    );
    check(
        "a et b ou non c",
        expect![[r#"
        EX0007 2..4 `et`
          « et » ne s'écrit pas ainsi ici. Essayez : and
          “et” is not written this way here. Try: and
        EX0007 7..9 `ou`
          « ou » ne s'écrit pas ainsi ici. Essayez : or
          “ou” is not written this way here. Try: or
        EX0007 10..13 `non`
          « non » ne s'écrit pas ainsi ici. Essayez : not
          “non” is not written this way here. Try: not
        ⇒ a and b or not c  [ok]
    "#]],
    );
    check(
        "a AND NOT(b)",
        expect![[r#"
        EX0007 2..5 `AND`
          « AND » ne s'écrit pas ainsi ici. Essayez : and
          “AND” is not written this way here. Try: and
        EX0007 6..9 `NOT`
          « NOT » ne s'écrit pas ainsi ici. Essayez : not
          “NOT” is not written this way here. Try: not
        ⇒ a and not(b)  [ok]
    "#]],
    );
    check(
        "nb_qpv ≥ 1 and x ≤ 2 and y ≠ 3",
        expect![[r#"
        EX0007 7..10 `≥`
          « ≥ » ne s'écrit pas ainsi ici. Essayez : >=
          “≥” is not written this way here. Try: >=
        EX0007 19..22 `≤`
          « ≤ » ne s'écrit pas ainsi ici. Essayez : <=
          “≤” is not written this way here. Try: <=
        EX0007 31..34 `≠`
          « ≠ » ne s'écrit pas ainsi ici. Essayez : !=
          “≠” is not written this way here. Try: !=
        ⇒ nb_qpv >= 1 and x <= 2 and y != 3  [ok]
    "#]],
    );
    check(
        "nb_qpv => 1 and x =< 2 and y !== 3",
        expect![[r#"
        EX0007 7..9 `=>`
          « => » ne s'écrit pas ainsi ici. Essayez : >=
          “=>” is not written this way here. Try: >=
        EX0007 18..20 `=<`
          « =< » ne s'écrit pas ainsi ici. Essayez : <=
          “=<” is not written this way here. Try: <=
        EX0007 29..32 `!==`
          « !== » ne s'écrit pas ainsi ici. Essayez : !=
          “!==” is not written this way here. Try: !=
        ⇒ nb_qpv >= 1 and x <= 2 and y != 3  [ok]
    "#]],
    );
    check(
        "x − 1 > 2 × 3",
        expect![[r#"
        EX0007 2..5 `−`
          « − » ne s'écrit pas ainsi ici. Essayez : -
          “−” is not written this way here. Try: -
        EX0007 12..14 `×`
          « × » ne s'écrit pas ainsi ici. Essayez : *
          “×” is not written this way here. Try: *
        ⇒ x - 1 > 2 * 3  [ok]
    "#]],
    );
    check(
        "x > 1,5",
        expect![[r#"
        EX0006 4..7 `1,5`
          « 1,5 » n'est pas un nombre : des chiffres, et un point avant les décimales. Essayez : 1.5
          “1,5” is not a number: digits, and a point before the decimals. Try: 1.5
        ⇒ x > 1.5  [ok]
    "#]],
    );
    check(
        "x > .5",
        expect![[r#"
        EX0006 4..6 `.5`
          « .5 » n'est pas un nombre : des chiffres, et un point avant les décimales. Essayez : 0.5
          “.5” is not a number: digits, and a point before the decimals. Try: 0.5
        ⇒ x > 0.5  [ok]
    "#]],
    );
    check(
        "x > 1e5 or x > 1_000 or x > 50k",
        expect![[r#"
        EX0006 4..7 `1e5`
          « 1e5 » n'est pas un nombre : des chiffres, et un point avant les décimales.
          “1e5” is not a number: digits, and a point before the decimals.
        EX0006 15..20 `1_000`
          « 1_000 » n'est pas un nombre : des chiffres, et un point avant les décimales. Essayez : 1000
          “1_000” is not a number: digits, and a point before the decimals. Try: 1000
        EX0006 28..31 `50k`
          « 50k » n'est pas un nombre : des chiffres, et un point avant les décimales.
          “50k” is not a number: digits, and a point before the decimals.
        ⇒ x > 1e5 or x > 1000 or x > 50k  [EX0006 EX0006]
    "#]],
    );
    check(
        "x > +1",
        expect![[r#"
        EX0007 4..5 `+`
          « + » ne s'écrit pas ainsi ici.
          “+” is not written this way here.
        ⇒ x > 1  [ok]
    "#]],
    );
    check(
        "signature < today()",
        expect![[r#"
        EX0007 12..19 `today()`
          « today() » ne s'écrit pas ainsi ici. Essayez : today
          “today()” is not written this way here. Try: today
        ⇒ signature < today  [ok]
    "#]],
    );
    check(
        "presence_asv est 'oui'",
        expect![[r#"
        EX0007 13..16 `est`
          « est » ne s'écrit pas ainsi ici. Essayez : =
          “est” is not written this way here. Try: =
        ⇒ presence_asv = 'oui'  [ok]
    "#]],
    );
    check(
        "themes contient 'nutrition'",
        expect![[r#"
        EX0007 7..15 `contient`
          « contient » ne s'écrit pas ainsi ici. Essayez : has
          “contient” is not written this way here. Try: has
        ⇒ themes has 'nutrition'  [ok]
    "#]],
    );
    check(
        "presence_asv dans ('oui'; 'non')",
        expect![[r#"
        EX0007 13..17 `dans`
          « dans » ne s'écrit pas ainsi ici. Essayez : in
          “dans” is not written this way here. Try: in
        EX0007 24..25 `;`
          « ; » ne s'écrit pas ainsi ici. Essayez : ,
          “;” is not written this way here. Try: ,
        ⇒ presence_asv in ('oui', 'non')  [ok]
    "#]],
    );
    check(
        "1 < x < 5",
        expect![[r#"
        EX0012 0..9 `1 < x < 5`
          Deux comparaisons ne s'enchaînent pas : reliez-les par « and ». Essayez : 1 < x and x < 5
          Two comparisons cannot be chained: join them with “and”. Try: 1 < x and x < 5
        ⇒ 1 < x and x < 5  [ok]
    "#]],
    );
    check(
        "1 < x + 1 < 5",
        expect![[r#"
        EX0012 0..13 `1 < x + 1 < 5`
          Deux comparaisons ne s'enchaînent pas : reliez-les par « and ».
          Two comparisons cannot be chained: join them with “and”.
    "#]],
    );
    check(
        "a = not b",
        expect![[r#"
            EX0010 4..9 `not b`
              Il manque « ( » avant « not b ». Essayez : (not b)
              “(” is missing before “not b”. Try: (not b)
            ⇒ a = (not b)  [ok]
        "#]],
    );
    check(
        "a = b = c",
        expect![[r#"
        EX0012 0..9 `a = b = c`
          Deux comparaisons ne s'enchaînent pas : reliez-les par « and ». Essayez : a = b and b = c
          Two comparisons cannot be chained: join them with “and”. Try: a = b and b = c
        ⇒ a = b and b = c  [ok]
    "#]],
    );
}

#[test]
fn keys_that_are_no_words_need_quotes() {
    check(
        "liens[a-b] = 'oui' and liens[2.5] = 'oui'",
        expect![[r#"
        EX0010 6..9 `a-b`
          Il manque « ' » avant « a-b ». Essayez : 'a-b'
          “'” is missing before “a-b”. Try: 'a-b'
        EX0010 29..32 `2.5`
          Il manque « ' » avant « 2.5 ». Essayez : '2.5'
          “'” is missing before “2.5”. Try: '2.5'
        ⇒ liens['a-b'] = 'oui' and liens['2.5'] = 'oui'  [EX0020 EX0020]
    "#]],
    );
}

#[test]
fn operands_need_parentheses() {
    check(
        "x in (1, 2) + 3 > 4",
        expect![[r#"
        EX0010 0..11 `x in (1, 2)`
          Il manque « ( » avant « x in (1, 2) ». Essayez : (x in (1, 2))
          “(” is missing before “x in (1, 2)”. Try: (x in (1, 2))
        ⇒ (x in (1, 2)) + 3 > 4  [EX0041]
    "#]],
    );
}
