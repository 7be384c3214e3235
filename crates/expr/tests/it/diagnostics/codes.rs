//! Codes that do not exist, or mean that there is no answer.

use expect_test::expect;

use super::check;

#[test]
fn a_wrong_code_leads_to_the_right_one() {
    check(
        "presence_asv = 'yes'",
        expect![[r#"
        EX0021 16..19 `yes`
          « yes » n'est pas un code de cette liste. Codes possibles : oui, non, en_cours. Essayez : oui
          “yes” is not a code of this list. Possible codes: oui, non, en_cours. Try: oui
        ⇒ presence_asv = 'oui'  [ok]
    "#]],
    );
    check(
        "presence_asv = 'Oui'",
        expect![[r#"
        EX0021 16..19 `Oui`
          « Oui » n'est pas un code de cette liste. Codes possibles : oui, non, en_cours. Essayez : oui
          “Oui” is not a code of this list. Possible codes: oui, non, en_cours. Try: oui
        ⇒ presence_asv = 'oui'  [ok]
    "#]],
    );
    check(
        "presence_asv != 'en cours'",
        expect![[r#"
        EX0021 17..25 `en cours`
          « en cours » n'est pas un code de cette liste. Codes possibles : oui, non, en_cours. Essayez : en_cours
          “en cours” is not a code of this list. Possible codes: oui, non, en_cours. Try: en_cours
        ⇒ presence_asv != 'en_cours'  [ok]
    "#]],
    );
    check(
        "presence_asv = 'peut-être'",
        expect![[r#"
        EX0021 16..26 `peut-être`
          « peut-être » n'est pas un code de cette liste. Codes possibles : oui, non, en_cours.
          “peut-être” is not a code of this list. Possible codes: oui, non, en_cours.
    "#]],
    );
    check(
        "'no' = presence_asv",
        expect![[r#"
        EX0021 1..3 `no`
          « no » n'est pas un code de cette liste. Codes possibles : oui, non, en_cours. Essayez : non
          “no” is not a code of this list. Possible codes: oui, non, en_cours. Try: non
        ⇒ 'non' = presence_asv  [ok]
    "#]],
    );
    check(
        "presence_asv in ('oui', 'ongoing')",
        expect![[r#"
        EX0021 25..32 `ongoing`
          « ongoing » n'est pas un code de cette liste. Codes possibles : oui, non, en_cours. Essayez : en_cours
          “ongoing” is not a code of this list. Possible codes: oui, non, en_cours. Try: en_cours
        ⇒ presence_asv in ('oui', 'en_cours')  [ok]
    "#]],
    );
    check(
        "themes has 'santé mentale'",
        expect![[r#"
        EX0021 12..26 `santé mentale`
          « santé mentale » n'est pas un code de cette liste. Codes possibles : acces_soins, sante_mentale, nutrition. Essayez : sante_mentale
          “santé mentale” is not a code of this list. Possible codes: acces_soins, sante_mentale, nutrition. Try: sante_mentale
        ⇒ themes has 'sante_mentale'  [ok]
    "#]],
    );
    check(
        "presence_asv = oui",
        expect![[r#"
        EX0025 15..18 `oui`
          « oui » est un code : il s'écrit entre apostrophes. Essayez : 'oui'
          “oui” is a code: write it between quotes. Try: 'oui'
        ⇒ presence_asv = 'oui'  [ok]
    "#]],
    );
    check(
        "presence_asv = yes",
        expect![[r#"
            EX0025 15..18 `yes`
              « yes » est un code : il s'écrit entre apostrophes. Essayez : 'oui'
              “yes” is a code: write it between quotes. Try: 'oui'
            ⇒ presence_asv = 'oui'  [ok]
        "#]],
    );
    check(
        "nutrition = principal",
        expect![[r#"
        EX0025 0..9 `nutrition`
          « nutrition » est un code : il s'écrit entre apostrophes. Essayez : 'nutrition'
          “nutrition” is a code: write it between quotes. Try: 'nutrition'
        ⇒ 'nutrition' = principal  [ok]
    "#]],
    );
    check(
        "presence_asv in (oui, 'non')",
        expect![[r#"
        EX0025 17..20 `oui`
          « oui » est un code : il s'écrit entre apostrophes. Essayez : 'oui'
          “oui” is a code: write it between quotes. Try: 'oui'
        ⇒ presence_asv in ('oui', 'non')  [ok]
    "#]],
    );
    check(
        "themes has nutrition",
        expect![[r#"
        EX0025 11..20 `nutrition`
          « nutrition » est un code : il s'écrit entre apostrophes. Essayez : 'nutrition'
          “nutrition” is a code: write it between quotes. Try: 'nutrition'
        ⇒ themes has 'nutrition'  [ok]
    "#]],
    );
}

#[test]
fn codes_that_mean_no_answer_are_asked_for_by_reason() {
    check(
        "presence_asv = 'nsp'",
        expect![[r#"
        EX0022 0..20 `presence_asv = 'nsp'`
          « nsp » veut dire qu'il n'y a pas de réponse (dont_know) : il ne se compare pas, demandez la raison. Essayez : missing_reason(presence_asv) = 'dont_know'
          “nsp” means that there is no answer (dont_know): it is never compared with, ask for the reason. Try: missing_reason(presence_asv) = 'dont_know'
        ⇒ missing_reason(presence_asv) = 'dont_know'  [ok]
    "#]],
    );
    check(
        "presence_asv != 'nsp'",
        expect![[r#"
        EX0022 0..21 `presence_asv != 'nsp'`
          « nsp » veut dire qu'il n'y a pas de réponse (dont_know) : il ne se compare pas, demandez la raison. Essayez : missing_reason(presence_asv) != 'dont_know'
          “nsp” means that there is no answer (dont_know): it is never compared with, ask for the reason. Try: missing_reason(presence_asv) != 'dont_know'
        ⇒ missing_reason(presence_asv) != 'dont_know'  [ok]
    "#]],
    );
    check(
        "presence_asv = 'dont_know'",
        expect![[r#"
        EX0022 0..26 `presence_asv = 'dont_know'`
          « dont_know » veut dire qu'il n'y a pas de réponse (dont_know) : il ne se compare pas, demandez la raison. Essayez : missing_reason(presence_asv) = 'dont_know'
          “dont_know” means that there is no answer (dont_know): it is never compared with, ask for the reason. Try: missing_reason(presence_asv) = 'dont_know'
        ⇒ missing_reason(presence_asv) = 'dont_know'  [ok]
    "#]],
    );
    check(
        "presence_asv in ('oui', 'nsp')",
        expect![[r#"
        EX0022 0..30 `presence_asv in ('oui', 'nsp')`
          « nsp » veut dire qu'il n'y a pas de réponse (dont_know) : il ne se compare pas, demandez la raison. Essayez : (presence_asv in ('oui') or missing_reason(presence_asv) = 'dont_know')
          “nsp” means that there is no answer (dont_know): it is never compared with, ask for the reason. Try: (presence_asv in ('oui') or missing_reason(presence_asv) = 'dont_know')
        ⇒ (presence_asv in ('oui') or missing_reason(presence_asv) = 'dont_know')  [ok]
    "#]],
    );
    check(
        "a and presence_asv not in ('oui', 'nsp')",
        expect![[r#"
        EX0022 6..40 `presence_asv not in ('oui', 'nsp')`
          « nsp » veut dire qu'il n'y a pas de réponse (dont_know) : il ne se compare pas, demandez la raison. Essayez : (presence_asv not in ('oui') and missing_reason(presence_asv) != 'dont_know')
          “nsp” means that there is no answer (dont_know): it is never compared with, ask for the reason. Try: (presence_asv not in ('oui') and missing_reason(presence_asv) != 'dont_know')
        ⇒ a and (presence_asv not in ('oui') and missing_reason(presence_asv) != 'dont_know')  [ok]
    "#]],
    );
    check(
        "presence_asv in ('nsp')",
        expect![[r#"
        EX0022 0..23 `presence_asv in ('nsp')`
          « nsp » veut dire qu'il n'y a pas de réponse (dont_know) : il ne se compare pas, demandez la raison. Essayez : missing_reason(presence_asv) = 'dont_know'
          “nsp” means that there is no answer (dont_know): it is never compared with, ask for the reason. Try: missing_reason(presence_asv) = 'dont_know'
        ⇒ missing_reason(presence_asv) = 'dont_know'  [ok]
    "#]],
    );
    check(
        "coalesce(presence_asv, presence_cls) = 'nsp'",
        expect![[r#"
        EX0022 0..44 `coalesce(presence_asv, presence_cls) = 'nsp'`
          « nsp » veut dire qu'il n'y a pas de réponse (dont_know) : il ne se compare pas, demandez la raison.
          “nsp” means that there is no answer (dont_know): it is never compared with, ask for the reason.
    "#]],
    );
    check(
        "themes has 'refused'",
        expect![[r#"
        EX0022 0..20 `themes has 'refused'`
          « refused » veut dire qu'il n'y a pas de réponse (refused) : il ne se compare pas, demandez la raison. Essayez : missing_reason(themes) = 'refused'
          “refused” means that there is no answer (refused): it is never compared with, ask for the reason. Try: missing_reason(themes) = 'refused'
        ⇒ missing_reason(themes) = 'refused'  [ok]
    "#]],
    );
    check(
        "missing_reason(nb_qpv) = 'nsp'",
        expect![[r#"
        EX0023 26..29 `nsp`
          « nsp » n'est pas une raison de non-réponse. Raisons possibles : no_answer, dont_know, refused, not_asked, not_reached. Essayez : dont_know
          “nsp” is not a missing reason. Possible reasons: no_answer, dont_know, refused, not_asked, not_reached. Try: dont_know
        ⇒ missing_reason(nb_qpv) = 'dont_know'  [ok]
    "#]],
    );
    check(
        "missing_reason(nb_qpv) = refused",
        expect![[r#"
        EX0025 25..32 `refused`
          « refused » est un code : il s'écrit entre apostrophes. Essayez : 'refused'
          “refused” is a code: write it between quotes. Try: 'refused'
        ⇒ missing_reason(nb_qpv) = 'refused'  [ok]
    "#]],
    );
    check(
        "missing_reason(nb_qpv) in ('refused', 'skipped')",
        expect![[r#"
        EX0023 39..46 `skipped`
          « skipped » n'est pas une raison de non-réponse. Raisons possibles : no_answer, dont_know, refused, not_asked, not_reached.
          “skipped” is not a missing reason. Possible reasons: no_answer, dont_know, refused, not_asked, not_reached.
    "#]],
    );
    check(
        "missing_reason(nb_qpv) = 'answered'",
        expect![[r#"
        EX0024 0..35 `missing_reason(nb_qpv) = 'answered'`
          « answered » n'est pas une raison de non-réponse : demandez s'il y a une réponse. Essayez : answered(nb_qpv)
          “answered” is not a missing reason: ask whether there is an answer. Try: answered(nb_qpv)
        ⇒ answered(nb_qpv)  [ok]
    "#]],
    );
    check(
        "missing_reason(nb_qpv) != 'answered'",
        expect![[r#"
        EX0024 0..36 `missing_reason(nb_qpv) != 'answered'`
          « answered » n'est pas une raison de non-réponse : demandez s'il y a une réponse. Essayez : not answered(nb_qpv)
          “answered” is not a missing reason: ask whether there is an answer. Try: not answered(nb_qpv)
        ⇒ not answered(nb_qpv)  [ok]
    "#]],
    );
    check(
        "missing_reason(nb_qpv)",
        expect![[r#"
        EX0048 0..22 `missing_reason(nb_qpv)`
          « missing_reason » se compare avec une raison entre apostrophes : no_answer, dont_know, refused, not_asked, not_reached.
          “missing_reason” is compared with a reason between quotes: no_answer, dont_know, refused, not_asked, not_reached.
    "#]],
    );
    check(
        "missing_reason(nb_qpv) < 'refused'",
        expect![[r#"
        EX0048 0..34 `missing_reason(nb_qpv) < 'refused'`
          « missing_reason » se compare avec une raison entre apostrophes : no_answer, dont_know, refused, not_asked, not_reached.
          “missing_reason” is compared with a reason between quotes: no_answer, dont_know, refused, not_asked, not_reached.
    "#]],
    );
    check(
        "missing_reason(nb_qpv) = missing_reason(x)",
        expect![[r#"
        EX0048 0..42 `missing_reason(nb_qpv) = missing_reason(x)`
          « missing_reason » se compare avec une raison entre apostrophes : no_answer, dont_know, refused, not_asked, not_reached.
          “missing_reason” is compared with a reason between quotes: no_answer, dont_know, refused, not_asked, not_reached.
    "#]],
    );
    check(
        "missing_reason(nb_qpv + 1) = 'refused'",
        expect![[r#"
        EX0049 15..25 `nb_qpv + 1`
          « missing_reason » s'applique à une question, par son nom. Écrivez : missing_reason(x) = 'refused'.
          “missing_reason” applies to a question, by its name. Write: missing_reason(x) = 'refused'.
    "#]],
    );
}
