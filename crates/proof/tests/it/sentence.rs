//! Conditions in words: each form of the language, in both languages.

use expr::Lang;
use proof::Sentences;
use questionnaire::Engine;

use crate::real::engine;

const SURVEY: &str = "
id: essai
languages: [fr, en]
title: { fr: Essai, en: Trial }
lists:
  - id: presence
    choices:
      - { code: oui, label: { fr: Oui, en: 'Yes' } }
      - { code: non, label: { fr: Non, en: 'No' } }
      - { code: nsp, label: { fr: Je ne sais pas, en: I don’t know }, missing: dont_know }
fills:
  - id: nom
    cases: [{ when: cls = 'oui', text: { fr: CLS, en: CLS } }]
    fallback: { fr: '', en: '' }
blocks:
  - id: b
    pages:
      - id: p
        items:
          - { id: cls, kind: single, list: presence, label: { fr: CLS, en: CLS }, short: { fr: Présence d’un CLS, en: Presence of a CLS } }
          - { id: asv, kind: single, list: presence, label: { fr: ASV, en: ASV }, short: { fr: Présence d’un ASV, en: Presence of an ASV } }
          - { id: nb_qpv, kind: quantity, label: { fr: Nombre de QPV, en: Number of QPV }, min: 0 }
          - { id: etp, kind: quantity, label: { fr: ETP, en: FTE }, decimals: 1 }
          - { id: nommee, kind: quantity, label: { fr: 'Pour {nom} ?', en: 'For {nom}?' } }
          - id: themes
            kind: multiple
            label: { fr: Thématiques, en: Topics }
            choices:
              - { code: sante, label: { fr: Santé mentale, en: Mental health } }
              - { code: aucun, label: { fr: Aucune, en: None }, exclusive: true }
          - { id: signe, kind: date, label: { fr: Signature, en: Signature } }
          - { id: fin, kind: date, label: { fr: Fin, en: End } }
          - { id: nom_propre, kind: text, label: { fr: Nom, en: Name } }
          - { id: rappel, kind: consent, label: { fr: Rappel, en: Call back } }
          - id: avis
            kind: grid
            label: { fr: Avis, en: Opinion }
            list: presence
            rows: [{ code: ars, label: { fr: ARS, en: ARS } }]
          - id: ville
            kind: territory
            label: { fr: Ville, en: Town }
            attributes: [{ id: has_qpv, type: boolean }]
            choices:
              - { code: a, label: { fr: A, en: A }, attributes: { has_qpv: true } }
          - { id: grand, kind: computed, label: { fr: Grand territoire, en: Large territory }, value: nb_qpv > 9 }
          - id: postes
            kind: roster
            label: { fr: Postes, en: Posts }
            key: poste
            units: { min: 0, max: 3, label: { fr: Poste, en: Post } }
            items:
              - { id: quotite, kind: quantity, label: { fr: Quotité, en: Hours } }
              - { id: vacant, kind: single, list: presence, label: { fr: Poste vacant, en: Vacant } }
";

fn survey() -> Engine {
    engine(SURVEY)
}

/// A condition outside rosters, or inside the roster of posts where it begins with `poste:`.
#[track_caller]
fn check(condition: &str, fr: &str, en: &str) {
    let engine = survey();
    let (source, roster) = match condition.strip_prefix("poste:") {
        Some(it) => (it.trim(), Some(0)),
        None => (condition, None),
    };
    let sound = questionnaire::condition(&engine, source, roster);
    let condition = sound.map_err(|it| format!("{source}: {it:?}")).unwrap();
    let say = |lang| Sentences::new(&engine, lang).of(&condition.source, roster);
    // Narrow no-break spaces are written `_` here.
    assert_eq!(say(Lang::Fr).replace('\u{202f}', "_"), fr, "{source}");
    assert_eq!(say(Lang::En), en, "{source}");
}

#[test]
fn comparisons_are_said_with_titles_and_labels() {
    check(
        "asv = 'oui' and nb_qpv > 0",
        "«_Présence d’un ASV_» est «_Oui_» et «_Nombre de QPV_» est supérieur à 0",
        "“Presence of an ASV” is “Yes” and “Number of QPV” is greater than 0",
    );
    check(
        "cls != 'oui'",
        "«_Présence d’un CLS_» a une autre réponse que «_Oui_»",
        "“Presence of a CLS” has another answer than “Yes”",
    );
    check(
        "cls in ('oui', 'non')",
        "«_Présence d’un CLS_» est «_Oui_» ou «_Non_»",
        "“Presence of a CLS” is “Yes” or “No”",
    );
    check(
        "cls not in ('oui', 'non')",
        "«_Présence d’un CLS_» a une autre réponse que «_Oui_» ou «_Non_»",
        "“Presence of a CLS” has another answer than “Yes” or “No”",
    );
    check(
        "cls = asv",
        "«_Présence d’un CLS_» a la même réponse que «_Présence d’un ASV_»",
        "“Presence of a CLS” has the same answer as “Presence of an ASV”",
    );
    check(
        "avis[ars] = 'oui'",
        "«_Avis_: ARS_» est «_Oui_»",
        "“Opinion: ARS” is “Yes”",
    );
    check(
        "nb_qpv in (1, 2.5, 12345)",
        "«_Nombre de QPV_» est 1, 2,5 ou 12_345",
        "“Number of QPV” is 1, 2.5 or 12,345",
    );
    check(
        "nom_propre = 'l''Ain'",
        "«_Nom_» est «_l'Ain_»",
        "“Name” is “l'Ain”",
    );
    check(
        "nommee > 1",
        "«_Pour … ?_» est supérieur à 1",
        "“For …?” is greater than 1",
    );
}

#[test]
fn truths_are_said_as_they_are() {
    check("rappel", "«_Rappel_» est «_Oui_»", "“Call back” is “Yes”");
    check(
        "not rappel",
        "«_Rappel_» est «_Non_»",
        "“Call back” is “No”",
    );
    check(
        "rappel = false",
        "«_Rappel_» est «_Non_»",
        "“Call back” is “No”",
    );
    check(
        "grand",
        "«_Grand territoire_» est vrai",
        "“Large territory” is true",
    );
    check(
        "ville.has_qpv",
        "`has_qpv` de «_Ville_» est vrai",
        "`has_qpv` of “Town” is true",
    );
    check(
        "rappel = grand",
        "(«_Rappel_» est «_Oui_») vaut autant que («_Grand territoire_» est vrai)",
        "(“Call back” is “Yes”) is as true as (“Large territory” is true)",
    );
    check(
        "rappel != (nb_qpv > 0)",
        "une seule de ces deux conditions est remplie («_Rappel_» est «_Oui_»_; «_Nombre de QPV_» est supérieur à 0)",
        "only one of these two is true (“Call back” is “Yes”; “Number of QPV” is greater than 0)",
    );
}

#[test]
fn nesting_is_shown() {
    check(
        "cls = 'oui' and (asv = 'oui' or nb_qpv = 0)",
        "«_Présence d’un CLS_» est «_Oui_» et («_Présence d’un ASV_» est «_Oui_» ou «_Nombre de QPV_» est égal à 0)",
        "“Presence of a CLS” is “Yes” and (“Presence of an ASV” is “Yes” or “Number of QPV” is equal to 0)",
    );
    check(
        "cls = 'oui' and asv = 'oui' or nb_qpv = 0",
        "(«_Présence d’un CLS_» est «_Oui_» et «_Présence d’un ASV_» est «_Oui_») ou «_Nombre de QPV_» est égal à 0",
        "(“Presence of a CLS” is “Yes” and “Presence of an ASV” is “Yes”) or “Number of QPV” is equal to 0",
    );
    check(
        "not (cls = 'oui' and nb_qpv >= 2)",
        "«_Présence d’un CLS_» a une autre réponse que «_Oui_» ou «_Nombre de QPV_» est inférieur à 2",
        "“Presence of a CLS” has another answer than “Yes” or “Number of QPV” is less than 2",
    );
    check(
        "any(postes, quotite < 1) and rappel",
        "(pour au moins une unité de «_Postes_», «_Quotité_» est inférieur à 1) et «_Rappel_» est «_Oui_»",
        "(for at least one unit of “Posts”, “Hours” is less than 1) and “Call back” is “Yes”",
    );
}

#[test]
fn several_answers_and_missing_ones() {
    check(
        "themes has 'sante'",
        "«_Thématiques_» comprend «_Santé mentale_»",
        "“Topics” includes “Mental health”",
    );
    check(
        "not themes has 'aucun'",
        "«_Thématiques_» a une réponse sans «_Aucune_»",
        "“Topics” has an answer without “None”",
    );
    check(
        "themes has 'sante' or themes has 'aucun'",
        "«_Thématiques_» comprend «_Santé mentale_» ou «_Aucune_»",
        "“Topics” includes “Mental health” or “None”",
    );
    check(
        "count(themes) >= 2",
        "le nombre de réponses à «_Thématiques_» est supérieur ou égal à 2",
        "the number of answers to “Topics” is at least 2",
    );
    check(
        "answered(etp)",
        "«_ETP_» a une réponse",
        "“FTE” has an answer",
    );
    check(
        "not answered(etp)",
        "«_ETP_» est sans réponse",
        "“FTE” has no answer",
    );
    check(
        "answered(grand)",
        "«_Grand territoire_» a une valeur",
        "“Large territory” has a value",
    );
    check(
        "missing_reason(cls) = 'dont_know'",
        "le motif d’absence de «_Présence d’un CLS_» est «_ne sait pas_»",
        "the missing reason of “Presence of a CLS” is “don’t know”",
    );
    check(
        "missing_reason(cls) not in ('refused', 'not_asked')",
        "le motif d’absence de «_Présence d’un CLS_» n’est pas «_ne souhaite pas répondre_» ou «_question non posée_»",
        "the missing reason of “Presence of a CLS” is not “prefer not to answer” or “not asked”",
    );
}

#[test]
fn several_conditions_are_counted() {
    check(
        "at_least(2, cls = 'oui', asv = 'oui', avis[ars] = 'oui')",
        "au moins deux réponses parmi «_Présence d’un CLS_», «_Présence d’un ASV_» et «_Avis_: ARS_» sont «_Oui_»",
        "at least two answers among “Presence of a CLS”, “Presence of an ASV” and “Opinion: ARS” are “Yes”",
    );
    check(
        "not at_least(1, cls = 'oui', asv = 'oui')",
        "aucune réponse parmi «_Présence d’un CLS_» et «_Présence d’un ASV_» n’est «_Oui_»",
        "no answer among “Presence of a CLS” and “Presence of an ASV” is “Yes”",
    );
    check(
        "at_least(2, cls = 'oui', rappel, nb_qpv > 0 and etp > 1)",
        "au moins deux de ces conditions sont remplies_: «_Présence d’un CLS_» est «_Oui_»_; «_Rappel_» est «_Oui_»_; («_Nombre de QPV_» est supérieur à 0 et «_ETP_» est supérieur à 1)",
        "at least two of these are true: “Presence of a CLS” is “Yes”; “Call back” is “Yes”; (“Number of QPV” is greater than 0 and “FTE” is greater than 1)",
    );
}

#[test]
fn days_are_days() {
    check(
        "signe >= '2026-03-12'",
        "«_Signature_» n’est pas avant le 12 mars 2026",
        "“Signature” is not before 12 March 2026",
    );
    check(
        "'2026-01-01' < signe",
        "«_Signature_» est après le 1er janvier 2026",
        "“Signature” is after 1 January 2026",
    );
    check(
        "fin <= today + 30",
        "«_Fin_» n’est pas après la date du jour + 30 jours",
        "“End” is not after today + 30 days",
    );
    check(
        "fin - signe > 365",
        "le nombre de jours de «_Signature_» à «_Fin_» est supérieur à 365",
        "the number of days from “Signature” to “End” is greater than 365",
    );
    check(
        "max(signe, fin) = today",
        "le maximum entre «_Signature_» et «_Fin_» est la date du jour",
        "the greatest of “Signature” and “End” is today",
    );
}

#[test]
fn arithmetic_keeps_its_order() {
    check(
        "(nb_qpv + etp) * 2 - (1 - etp) <= round(etp / 3, 1)",
        "(«_Nombre de QPV_» + «_ETP_») × 2 − (1 − «_ETP_») est inférieur ou égal à l’arrondi à 1 décimale de («_ETP_» ÷ 3)",
        "(“Number of QPV” + “FTE”) × 2 − (1 − “FTE”) is at most (“FTE” ÷ 3) rounded to 1 decimal",
    );
    check(
        "coalesce(etp, 0) = 0",
        "le premier résultat connu parmi («_ETP_», 0) est égal à 0",
        "the first known of (“FTE”, 0) is equal to 0",
    );
    check(
        "case(nb_qpv < 2, 'peu', 'assez') = 'peu'",
        "le résultat du choix (si («_Nombre de QPV_» est inférieur à 2)_: «_peu_»_; sinon_: «_assez_») est «_peu_»",
        "the choice (if (“Number of QPV” is less than 2): “peu”; otherwise: “assez”) is “peu”",
    );
}

#[test]
fn rosters_are_gone_through_unit_by_unit() {
    check(
        "not any(postes, vacant = 'oui')",
        "pour aucune unité de «_Postes_», «_Poste vacant_» est «_Oui_»",
        "for no unit of “Posts”, “Vacant” is “Yes”",
    );
    check(
        "all(postes, quotite > 0)",
        "pour toutes les unités de «_Postes_», «_Quotité_» est supérieur à 0",
        "for every unit of “Posts”, “Hours” is greater than 0",
    );
    check(
        "not all(postes, quotite > 0)",
        "pour au moins une unité de «_Postes_», «_Quotité_» est inférieur ou égal à 0",
        "for at least one unit of “Posts”, “Hours” is at most 0",
    );
    check(
        "count(postes) = count(postes, vacant = 'non')",
        "le nombre d’unités de «_Postes_» est égal au nombre d’unités de «_Postes_» où («_Poste vacant_» est «_Non_»)",
        "the number of units of “Posts” is equal to the number of units of “Posts” where (“Vacant” is “No”)",
    );
    check(
        "sum(postes.quotite) > 1 and sum(postes, quotite * 2) < 4",
        "le total de «_Quotité_» sur les unités de «_Postes_» est supérieur à 1 et le total de («_Quotité_» × 2) sur les unités de «_Postes_» est inférieur à 4",
        "the sum of “Hours” over the units of “Posts” is greater than 1 and the sum of (“Hours” × 2) over the units of “Posts” is less than 4",
    );
    check(
        "postes[2].quotite > 1",
        "«_Quotité_» pour l’unité 2 est supérieur à 1",
        "“Hours” for unit 2 is greater than 1",
    );
    check(
        "poste: vacant = 'non' and poste = 1",
        "«_Poste vacant_» est «_Non_» et le numéro de l’unité est égal à 1",
        "“Vacant” is “No” and the number of the unit is equal to 1",
    );
    check(
        "poste: max(postes.quotite) = quotite",
        "le maximum de «_Quotité_» sur les unités de «_Postes_» est égal à «_Quotité_»",
        "the greatest of “Hours” over the units of “Posts” is equal to “Hours”",
    );
}

#[test]
fn what_is_no_sentence_any_more_is_quoted() {
    let parts: Vec<String> = (0..20).map(|it| format!("nb_qpv != {it}")).collect();
    let condition = parts.join(" and ");
    check(
        &condition,
        &format!("`{condition}`"),
        &format!("`{condition}`"),
    );
}

#[test]
fn everybody_is_said_too() {
    let engine = survey();
    let it = Sentences::new(&engine, Lang::Fr);
    assert_eq!(it.universe(None, None), "Toutes les personnes interrogées");
    assert_eq!(
        it.universe(None, Some(0)),
        "Toutes les unités de «\u{202f}Postes\u{202f}»"
    );
}

/// Every condition of the questionnaires has words of its own: nothing is only quoted.
#[test]
fn real_conditions_have_words() {
    let mut n = 0;
    for (path, source) in crate::real::questionnaires() {
        let engine = engine(&source);
        for lang in [Lang::Fr, Lang::En] {
            let sentences = Sentences::new(&engine, lang);
            for item in &engine.instrument.items {
                let checks = item.checks.iter().map(|it| &it.require);
                let choices = item.choice_filters.iter().map(|it| &it.1);
                for it in item.filter.iter().chain(checks).chain(choices) {
                    let said = sentences.of(&it.source, item.roster);
                    let long = it.source.len() > 150;
                    assert!(long || !said.starts_with('`'), "{path}: {}", it.source);
                    n += 1;
                }
            }
        }
    }
    assert!(n > 300, "{n}");
}
