//! Types that do not fit.

use expect_test::expect;
use expr::Expected;

use super::{check, check_as};

#[test]
fn types_do_not_mix() {
    check(
        "nb_qpv",
        expect![[r#"
        EX0040 0..6 `nb_qpv`
          Il faut ici une condition, et c'est un nombre. Essayez : nb_qpv > 0
          A condition is needed here, and this is a number. Try: nb_qpv > 0
        ⇒ nb_qpv > 0  [ok]
    "#]],
    );
    check(
        "presence_cls and not satisfaction",
        expect![[r#"
            EX0040 0..12 `presence_cls`
              Il faut ici une condition, et c'est un code d'une liste. Essayez : presence_cls = 'oui'
              A condition is needed here, and this is a code of a list. Try: presence_cls = 'oui'
            EX0040 21..33 `satisfaction`
              Il faut ici une condition, et c'est un code d'une liste. Essayez : answered(satisfaction)
              A condition is needed here, and this is a code of a list. Try: answered(satisfaction)
            ⇒ presence_cls = 'oui' and not answered(satisfaction)  [ok]
        "#]],
    );
    check(
        "themes or commentaire or 'a'",
        expect![[r#"
        EX0040 0..6 `themes`
          Il faut ici une condition, et c'est plusieurs codes d'une liste. Essayez : answered(themes)
          A condition is needed here, and this is several codes of a list. Try: answered(themes)
        EX0040 10..21 `commentaire`
          Il faut ici une condition, et c'est un texte. Essayez : answered(commentaire)
          A condition is needed here, and this is a text. Try: answered(commentaire)
        EX0040 25..28 `'a'`
          Il faut ici une condition, et c'est un texte.
          A condition is needed here, and this is a text.
        ⇒ answered(themes) or answered(commentaire) or 'a'  [EX0040]
    "#]],
    );
    check(
        "nb_qpv = 'oui'",
        expect![[r#"
        EX0042 0..14 `nb_qpv = 'oui'`
          Cela mêle un nombre et un texte.
          This mixes a number and a text.
    "#]],
    );
    check(
        "nb_qpv > '5,5'",
        expect![[r#"
        EX0042 9..14 `'5,5'`
          Cela mêle un nombre et un texte. Essayez : 5.5
          This mixes a number and a text. Try: 5.5
        ⇒ nb_qpv > 5.5  [ok]
    "#]],
    );
    check(
        "nb_qpv in (1, '2')",
        expect![[r#"
        EX0041 14..17 `'2'`
          Il faut ici un nombre, et c'est un texte. Essayez : 2
          This place needs a number, and this is a text. Try: 2
        ⇒ nb_qpv in (1, 2)  [ok]
    "#]],
    );
    check(
        "presence_cls > 'non'",
        expect![[r#"
        EX0043 0..20 `presence_cls > 'non'`
          « < », « <= », « > » et « >= » comparent des nombres ou des dates, et c'est un code d'une liste.
          “<”, “<=”, “>” and “>=” compare numbers or dates, and this is a code of a list.
    "#]],
    );
    check(
        "commentaire < 'b'",
        expect![[r#"
        EX0043 0..17 `commentaire < 'b'`
          « < », « <= », « > » et « >= » comparent des nombres ou des dates, et c'est un texte.
          “<”, “<=”, “>” and “>=” compare numbers or dates, and this is a text.
    "#]],
    );
    check(
        "presence_cls = principal",
        expect![[r#"
        EX0046 15..24 `principal`
          Ces codes viennent de deux listes différentes : ils ne se comparent pas.
          These codes belong to two different lists: they cannot be compared.
    "#]],
    );
    check(
        "presence_cls in (principal)",
        expect![[r#"
        EX0046 17..26 `principal`
          Ces codes viennent de deux listes différentes : ils ne se comparent pas.
          These codes belong to two different lists: they cannot be compared.
    "#]],
    );
    check(
        "satisfaction = 2",
        expect![[r#"
            EX0025 15..16 `2`
              « 2 » est un code : il s'écrit entre apostrophes. Essayez : '2'
              “2” is a code: write it between quotes. Try: '2'
            ⇒ satisfaction = '2'  [ok]
        "#]],
    );
    check(
        "themes = 'nutrition'",
        expect![[r#"
        EX0044 0..20 `themes = 'nutrition'`
          Une question à plusieurs réponses ne se compare pas : demandez ce qu'elle contient avec « has ». Essayez : themes has 'nutrition'
          A question with several answers is not compared: ask what it contains with “has”. Try: themes has 'nutrition'
        ⇒ themes has 'nutrition'  [ok]
    "#]],
    );
    check(
        "themes != 'nutrition'",
        expect![[r#"
        EX0044 0..21 `themes != 'nutrition'`
          Une question à plusieurs réponses ne se compare pas : demandez ce qu'elle contient avec « has ». Essayez : not themes has 'nutrition'
          A question with several answers is not compared: ask what it contains with “has”. Try: not themes has 'nutrition'
        ⇒ not themes has 'nutrition'  [ok]
    "#]],
    );
    check(
        "themes >= 2",
        expect![[r#"
        EX0044 0..11 `themes >= 2`
          Une question à plusieurs réponses ne se compare pas : demandez ce qu'elle contient avec « has ». Essayez : count(themes) >= 2
          A question with several answers is not compared: ask what it contains with “has”. Try: count(themes) >= 2
        ⇒ count(themes) >= 2  [ok]
    "#]],
    );
    check(
        "themes in ('nutrition', 'acces_soins')",
        expect![[r#"
        EX0044 0..38 `themes in ('nutrition', 'acces_soins')`
          Une question à plusieurs réponses ne se compare pas : demandez ce qu'elle contient avec « has ». Essayez : (themes has 'nutrition' or themes has 'acces_soins')
          A question with several answers is not compared: ask what it contains with “has”. Try: (themes has 'nutrition' or themes has 'acces_soins')
        ⇒ (themes has 'nutrition' or themes has 'acces_soins')  [ok]
    "#]],
    );
    check(
        "presence_cls has 'oui'",
        expect![[r#"
        EX0045 0..22 `presence_cls has 'oui'`
          « has » attend une question à plusieurs réponses, et c'est un code d'une liste. Essayez : presence_cls = 'oui'
          “has” needs a question with several answers, and this is a code of a list. Try: presence_cls = 'oui'
        ⇒ presence_cls = 'oui'  [ok]
    "#]],
    );
    check(
        "nb_qpv has 'oui'",
        expect![[r#"
        EX0045 0..16 `nb_qpv has 'oui'`
          « has » attend une question à plusieurs réponses, et c'est un nombre.
          “has” needs a question with several answers, and this is a number.
    "#]],
    );
    check(
        "themes has principal",
        expect![[r#"
        EX0051 11..20 `principal`
          Il faut ici un code écrit entre apostrophes.
          A code between quotes is needed here.
    "#]],
    );
    check(
        "rappel = 'oui'",
        expect![[r#"
        EX0042 0..14 `rappel = 'oui'`
          Cela mêle une condition (vrai ou faux) et un texte. Essayez : rappel
          This mixes a condition (true or false) and a text. Try: rappel
        ⇒ rappel  [ok]
    "#]],
    );
    check(
        "rappel != 'yes' and 'non' = rappel",
        expect![[r#"
        EX0042 0..15 `rappel != 'yes'`
          Cela mêle une condition (vrai ou faux) et un texte. Essayez : not rappel
          This mixes a condition (true or false) and a text. Try: not rappel
        EX0042 20..34 `'non' = rappel`
          Cela mêle un texte et une condition (vrai ou faux). Essayez : not rappel
          This mixes a text and a condition (true or false). Try: not rappel
        ⇒ not rappel and not rappel  [ok]
    "#]],
    );
    check(
        "rappel > false",
        expect![[r#"
        EX0043 0..14 `rappel > false`
          « < », « <= », « > » et « >= » comparent des nombres ou des dates, et c'est une condition (vrai ou faux).
          “<”, “<=”, “>” and “>=” compare numbers or dates, and this is a condition (true or false).
    "#]],
    );
    check(
        "count(presence_cls) > 1",
        expect![[r#"
        EX0041 6..18 `presence_cls`
          Il faut ici plusieurs codes d'une liste, et c'est un code d'une liste.
          This place needs several codes of a list, and this is a code of a list.
    "#]],
    );
    check(
        "coalesce(nb_qpv, 'aucun') > 1",
        expect![[r#"
        EX0041 17..24 `'aucun'`
          Il faut ici un nombre, et c'est un texte.
          This place needs a number, and this is a text.
    "#]],
    );
    check(
        "min(rappel, a)",
        expect![[r#"
        EX0043 4..10 `rappel`
          « < », « <= », « > » et « >= » comparent des nombres ou des dates, et c'est une condition (vrai ou faux).
          “<”, “<=”, “>” and “>=” compare numbers or dates, and this is a condition (true or false).
    "#]],
    );
    check(
        "x + commentaire > 1",
        expect![[r#"
        EX0041 4..15 `commentaire`
          Il faut ici un nombre, et c'est un texte.
          This place needs a number, and this is a text.
    "#]],
    );
    check(
        "x + '1' > 1",
        expect![[r#"
        EX0041 4..7 `'1'`
          Il faut ici un nombre, et c'est un texte. Essayez : 1
          This place needs a number, and this is a text. Try: 1
        ⇒ x + 1 > 1  [ok]
    "#]],
    );
    check(
        "-presence_cls > 1",
        expect![[r#"
        EX0041 1..13 `presence_cls`
          Il faut ici un nombre, et c'est un code d'une liste.
          This place needs a number, and this is a code of a list.
    "#]],
    );
    check(
        "x / 0 > 1",
        expect![[r#"
        EX0063 warning 0..5 `x / 0`
          Une division par zéro ne donne jamais de résultat.
          A division by zero never has a result.
    "#]],
    );
}

#[test]
fn dates_are_written_one_way() {
    check(
        "signature > '12/03/2026'",
        expect![[r#"
        EX0047 12..24 `'12/03/2026'`
          « 12/03/2026 » n'est pas une date : écrivez année-mois-jour, comme '2026-03-12'. Essayez : '2026-03-12'
          “12/03/2026” is not a date: write year-month-day, like '2026-03-12'. Try: '2026-03-12'
        ⇒ signature > '2026-03-12'  [ok]
    "#]],
    );
    check(
        "signature > '2026-3-1'",
        expect![[r#"
        EX0047 12..22 `'2026-3-1'`
          « 2026-3-1 » n'est pas une date : écrivez année-mois-jour, comme '2026-03-12'. Essayez : '2026-03-01'
          “2026-3-1” is not a date: write year-month-day, like '2026-03-12'. Try: '2026-03-01'
        ⇒ signature > '2026-03-01'  [ok]
    "#]],
    );
    check(
        "signature > '2026-02-30'",
        expect![[r#"
        EX0047 12..24 `'2026-02-30'`
          « 2026-02-30 » n'est pas une date : écrivez année-mois-jour, comme '2026-03-12'.
          “2026-02-30” is not a date: write year-month-day, like '2026-03-12'.
    "#]],
    );
    check(
        "signature in ('hier', '2026-01-01')",
        expect![[r#"
        EX0047 14..20 `'hier'`
          « hier » n'est pas une date : écrivez année-mois-jour, comme '2026-03-12'.
          “hier” is not a date: write year-month-day, like '2026-03-12'.
    "#]],
    );
    check(
        "signature + signature > 1",
        expect![[r#"
        EX0041 12..21 `signature`
          Il faut ici un nombre, et c'est une date.
          This place needs a number, and this is a date.
    "#]],
    );
    check(
        "signature = 5",
        expect![[r#"
        EX0042 0..13 `signature = 5`
          Cela mêle une date et un nombre.
          This mixes a date and a number.
    "#]],
    );
    check(
        "signature - '2026-01-01' > today",
        expect![[r#"
        EX0042 0..32 `signature - '2026-01-01' > today`
          Cela mêle un nombre et une date.
          This mixes a number and a date.
    "#]],
    );
}

#[test]
fn the_place_says_what_is_needed() {
    check_as(
        Expected::Number,
        "presence_cls",
        expect![[r#"
        EX0041 0..12 `presence_cls`
          Il faut ici un nombre, et c'est un code d'une liste.
          This place needs a number, and this is a code of a list.
    "#]],
    );
    check_as(
        Expected::Number,
        "'12'",
        expect![[r#"
        EX0041 0..4 `'12'`
          Il faut ici un nombre, et c'est un texte. Essayez : 12
          This place needs a number, and this is a text. Try: 12
        ⇒ 12  [ok]
    "#]],
    );
    check_as(
        Expected::Date,
        "'demain'",
        expect![[r#"
        EX0047 0..8 `'demain'`
          « demain » n'est pas une date : écrivez année-mois-jour, comme '2026-03-12'.
          “demain” is not a date: write year-month-day, like '2026-03-12'.
    "#]],
    );
    check_as(
        Expected::Text,
        "nb_qpv",
        expect![[r#"
        EX0041 0..6 `nb_qpv`
          Il faut ici un texte, et c'est un nombre.
          This place needs a text, and this is a number.
    "#]],
    );
    check_as(
        Expected::Code(expr::ListId(0)),
        "'yes'",
        expect![[r#"
        EX0021 1..4 `yes`
          « yes » n'est pas un code de cette liste. Codes possibles : oui, non, en_cours. Essayez : oui
          “yes” is not a code of this list. Possible codes: oui, non, en_cours. Try: oui
        ⇒ 'oui'  [ok]
    "#]],
    );
    check_as(
        Expected::Code(expr::ListId(0)),
        "'nsp'",
        expect![[r#"
        EX0022 0..5 `'nsp'`
          « nsp » veut dire qu'il n'y a pas de réponse (dont_know) : il ne se compare pas, demandez la raison.
          “nsp” means that there is no answer (dont_know): it is never compared with, ask for the reason.
    "#]],
    );
    check_as(
        Expected::Any,
        "missing_reason(x)",
        expect![[r#"
        EX0048 0..17 `missing_reason(x)`
          « missing_reason » se compare avec une raison entre apostrophes : no_answer, dont_know, refused, not_asked, not_reached.
          “missing_reason” is compared with a reason between quotes: no_answer, dont_know, refused, not_asked, not_reached.
    "#]],
    );
}
