//! Names that do not exist, or need a unit.

use expect_test::expect;

use super::{check, check_inside};

#[test]
fn unknown_names_lead_to_known_ones() {
    check(
        "presnce_cls = 'oui'",
        expect![[r#"
        EX0020 0..11 `presnce_cls`
          « presnce_cls » n'est le nom de rien à cet endroit. Essayez : presence_cls
          “presnce_cls” is not the name of anything here. Try: presence_cls
        ⇒ presence_cls = 'oui'  [ok]
    "#]],
    );
    check(
        "Presence_CLS = 'oui'",
        expect![[r#"
        EX0020 0..12 `Presence_CLS`
          « Presence_CLS » n'est le nom de rien à cet endroit. Essayez : presence_cls
          “Presence_CLS” is not the name of anything here. Try: presence_cls
        ⇒ presence_cls = 'oui'  [ok]
    "#]],
    );
    check(
        "nbqpv > 0 and zzz > 1",
        expect![[r#"
        EX0020 0..5 `nbqpv`
          « nbqpv » n'est le nom de rien à cet endroit. Essayez : nb_qpv
          “nbqpv” is not the name of anything here. Try: nb_qpv
        EX0020 14..17 `zzz`
          « zzz » n'est le nom de rien à cet endroit.
          “zzz” is not the name of anything here.
        ⇒ nb_qpv > 0 and zzz > 1  [EX0020]
    "#]],
    );
    check(
        "liens[arse] = 'oui'",
        expect![[r#"
        EX0020 0..11 `liens[arse]`
          « liens[arse] » n'est le nom de rien à cet endroit. Essayez : liens[ars]
          “liens[arse]” is not the name of anything here. Try: liens[ars]
        ⇒ liens[ars] = 'oui'  [ok]
    "#]],
    );
    check(
        "territoire.hasqpv",
        expect![[r#"
        EX0020 0..17 `territoire.hasqpv`
          « territoire.hasqpv » n'est le nom de rien à cet endroit. Essayez : territoire.has_qpv
          “territoire.hasqpv” is not the name of anything here. Try: territoire.has_qpv
        ⇒ territoire.has_qpv  [ok]
    "#]],
    );
    check(
        "vrai",
        expect![[r#"
            EX0020 0..4 `vrai`
              « vrai » n'est le nom de rien à cet endroit. Essayez : true
              “vrai” is not the name of anything here. Try: true
            ⇒ true  [ok]
        "#]],
    );
    check(
        "signature < now",
        expect![[r#"
        EX0020 12..15 `now`
          « now » n'est le nom de rien à cet endroit. Essayez : today
          “now” is not the name of anything here. Try: today
        ⇒ signature < today  [ok]
    "#]],
    );
    check(
        "any(schemes, ept < 1)",
        expect![[r#"
        EX0020 13..16 `ept`
          « ept » n'est le nom de rien à cet endroit. Essayez : etp
          “ept” is not the name of anything here. Try: etp
        ⇒ any(schemes, etp < 1)  [ok]
    "#]],
    );
    check(
        "any(scheme, etp < 1)",
        expect![[r#"
            EX0029 4..10 `scheme`
              « schemes.scheme » est demandé pour plusieurs unités : dites pour laquelle (ensemble[clé].question), ou employez any, all, sum, min, max.
              “schemes.scheme” is asked for several units: say for which one (roster[key].question), or use any, all, sum, min, max.
        "#]],
    );
    check(
        "sum(axes.fiche) > 1",
        expect![[r#"
        EX0020 4..14 `axes.fiche`
          « axes.fiche » n'est le nom de rien à cet endroit. Essayez : axes.fiches
          “axes.fiche” is not the name of anything here. Try: axes.fiches
        ⇒ sum(axes.fiches) > 1  [ok]
    "#]],
    );
    check(
        "schemes[clsm].etp > 1",
        expect![[r#"
        EX0028 0..17 `schemes[clsm].etp`
          « schemes » n'a pas d'unité « clsm ».
          “schemes” has no unit “clsm”.
    "#]],
    );
    check(
        "axes[1].etp > 1",
        expect![[r#"
        EX0020 0..11 `axes[1].etp`
          « axes[1].etp » n'est le nom de rien à cet endroit.
          “axes[1].etp” is not the name of anything here.
    "#]],
    );
    check(
        "nb_qpv[1].etp > 1",
        expect![[r#"
        EX0020 0..13 `nb_qpv[1].etp`
          « nb_qpv[1].etp » n'est le nom de rien à cet endroit.
          “nb_qpv[1].etp” is not the name of anything here.
    "#]],
    );
}

#[test]
fn units_need_a_roster_function() {
    check(
        "schemes.etp < 1",
        expect![[r#"
        EX0029 0..11 `schemes.etp`
          « schemes.etp » est demandé pour plusieurs unités : dites pour laquelle (ensemble[clé].question), ou employez any, all, sum, min, max.
          “schemes.etp” is asked for several units: say for which one (roster[key].question), or use any, all, sum, min, max.
    "#]],
    );
    check(
        "schemes > 1",
        expect![[r#"
        EX0026 0..7 `schemes`
          « schemes » est un ensemble d'unités : comptez-les, ou parcourez-les avec any, all, sum, min, max. Essayez : count(schemes)
          “schemes” is a roster: count its units, or go through them with any, all, sum, min, max. Try: count(schemes)
        ⇒ count(schemes) > 1  [ok]
    "#]],
    );
    check(
        "answered(schemes)",
        expect![[r#"
            EX0026 0..17 `answered(schemes)`
              « schemes » est un ensemble d'unités : comptez-les, ou parcourez-les avec any, all, sum, min, max. Essayez : count(schemes) > 0
              “schemes” is a roster: count its units, or go through them with any, all, sum, min, max. Try: count(schemes) > 0
            ⇒ count(schemes) > 0  [ok]
        "#]],
    );
    check(
        "any(nb_qpv, x > 1)",
        expect![[r#"
        EX0027 0..18 `any(nb_qpv, x > 1)`
          « any » attend d'abord un ensemble d'unités. Écrivez : any(roster, condition). Essayez : (nb_qpv or x > 1)
          “any” needs a roster first. Write: any(roster, condition). Try: (nb_qpv or x > 1)
        ⇒ (nb_qpv or x > 1)  [EX0040]
    "#]],
    );
    check(
        "any(a, b)",
        expect![[r#"
        EX0027 0..9 `any(a, b)`
          « any » attend d'abord un ensemble d'unités. Écrivez : any(roster, condition). Essayez : (a or b)
          “any” needs a roster first. Write: any(roster, condition). Try: (a or b)
        ⇒ (a or b)  [ok]
    "#]],
    );
    check(
        "c and all(a, b)",
        expect![[r#"
        EX0027 6..15 `all(a, b)`
          « all » attend d'abord un ensemble d'unités. Écrivez : all(roster, condition). Essayez : (a and b)
          “all” needs a roster first. Write: all(roster, condition). Try: (a and b)
        ⇒ c and (a and b)  [ok]
    "#]],
    );
    check(
        "sum(x, y, nb_qpv) > 1",
        expect![[r#"
        EX0027 0..17 `sum(x, y, nb_qpv)`
          « sum » attend d'abord un ensemble d'unités. Écrivez : sum(roster.item), sum(roster, value). Essayez : (x + y + nb_qpv)
          “sum” needs a roster first. Write: sum(roster.item), sum(roster, value). Try: (x + y + nb_qpv)
        ⇒ (x + y + nb_qpv) > 1  [ok]
    "#]],
    );
    check(
        "count(nb_qpv, a) > 1",
        expect![[r#"
        EX0027 0..16 `count(nb_qpv, a)`
          « count » attend d'abord un ensemble d'unités. Écrivez : count(x), count(roster), count(roster, condition).
          “count” needs a roster first. Write: count(x), count(roster), count(roster, condition).
    "#]],
    );
    check(
        "sum(etp) > 1",
        expect![[r#"
            EX0020 4..7 `etp`
              « etp » n'est le nom de rien à cet endroit. Essayez : schemes.etp
              “etp” is not the name of anything here. Try: schemes.etp
            ⇒ sum(schemes.etp) > 1  [ok]
        "#]],
    );
    check(
        "sum(schemes.debut) > 1",
        expect![[r#"
        EX0041 4..17 `schemes.debut`
          Il faut ici un nombre, et c'est une date.
          This place needs a number, and this is a date.
    "#]],
    );
    check(
        "sum(x + 1) > 1",
        expect![[r#"
        EX0015 0..10 `sum(x + 1)`
          « sum » ne s'emploie pas ainsi. Écrivez : sum(roster.item), sum(roster, value).
          “sum” is not used this way. Write: sum(roster.item), sum(roster, value).
    "#]],
    );
    check(
        "any(schemes, any(axes, any(schemes, actif)))",
        expect![[r#"
        EX0030 23..42 `any(schemes, actif)`
          Pas plus de deux fonctions d'ensemble l'une dans l'autre : passez par une variable calculée.
          No more than two roster functions inside each other: use a computed variable.
    "#]],
    );
}

#[test]
fn the_last_part_of_a_name_is_enough_to_find_it() {
    check(
        "axes[1].fiche > 1 and has_qpv",
        expect![[r#"
        EX0020 0..13 `axes[1].fiche`
          « axes[1].fiche » n'est le nom de rien à cet endroit. Essayez : axes[1].fiches
          “axes[1].fiche” is not the name of anything here. Try: axes[1].fiches
        EX0020 22..29 `has_qpv`
          « has_qpv » n'est le nom de rien à cet endroit. Essayez : territoire.has_qpv
          “has_qpv” is not the name of anything here. Try: territoire.has_qpv
        ⇒ axes[1].fiches > 1 and territoire.has_qpv  [ok]
    "#]],
    );
    check(
        "any(axes, etp > 1)",
        expect![[r#"
        EX0029 10..13 `etp`
          « schemes.etp » est demandé pour plusieurs unités : dites pour laquelle (ensemble[clé].question), ou employez any, all, sum, min, max.
          “schemes.etp” is asked for several units: say for which one (roster[key].question), or use any, all, sum, min, max.
    "#]],
    );
}

#[test]
fn constants_are_known_in_french() {
    check(
        "rappel = oui or a = faux",
        expect![[r#"
        EX0020 9..12 `oui`
          « oui » n'est le nom de rien à cet endroit. Essayez : true
          “oui” is not the name of anything here. Try: true
        EX0020 20..24 `faux`
          « faux » n'est le nom de rien à cet endroit. Essayez : false
          “faux” is not the name of anything here. Try: false
        ⇒ rappel = true or a = false  [ok]
    "#]],
    );
}

#[test]
fn the_place_inside_a_roster_knows_its_unit() {
    check_inside(
        "etp < 1 and scheme.etp < 1 and schemes.etp < sum(schemes.etp)",
        expect![[""]],
    );
    check_inside(
        "fiches > 1",
        expect![[r#"
            EX0029 0..6 `fiches`
              « axes.fiches » est demandé pour plusieurs unités : dites pour laquelle (ensemble[clé].question), ou employez any, all, sum, min, max.
              “axes.fiches” is asked for several units: say for which one (roster[key].question), or use any, all, sum, min, max.
        "#]],
    );
    check_inside(
        "axes.fiches > 1",
        expect![[r#"
        EX0029 0..11 `axes.fiches`
          « axes.fiches » est demandé pour plusieurs unités : dites pour laquelle (ensemble[clé].question), ou employez any, all, sum, min, max.
          “axes.fiches” is asked for several units: say for which one (roster[key].question), or use any, all, sum, min, max.
    "#]],
    );
    check_inside(
        "ept < 1",
        expect![[r#"
            EX0020 0..3 `ept`
              « ept » n'est le nom de rien à cet endroit. Essayez : etp
              “ept” is not the name of anything here. Try: etp
            ⇒ etp < 1  [ok]
        "#]],
    );
}
