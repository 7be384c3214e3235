//! Whole walks through the survey on QPV in local health contracts.

use questionnaire::Sheet;
use questionnaire::session::{self, Submission};
use serde_json::json;
use testkit::Respondent;

use crate::judge::sheet;
use crate::qpv_cls;

/// What a coordinator would answer to everything in the survey on QPV in local health contracts.
fn coordinator(cls: &str, cdv: &str, asv: &str, nb_qpv: u32) -> Sheet {
    sheet(
        &json!({
            "structure": "collectivite", "fonction": "coordo_cls", "presence_cls": cls, "presence_cdv": cdv,
            "presence_asv": asv, "nb_qpv": nb_qpv, "cls_etat": "en_activite", "cls_echelle": "intercommunal",
            "cls_population": "plus_100k", "cls_etp": "de_05_a_1", "cls_budget": "moins_10k",
            "cls_partenaires": ["ars", "cpam"], "cdv_pilotage": "bloc_communal",
            "cdv_sante_animation": "coordo_asv", "asv_pilotage": "association", "asv_poste": "oui",
            "asv_nb_postes": "un_pour_tous", "articulation": "formalisee", "thematiques_communes": "oui",
            "thematiques": ["sante_mentale"], "actions_qpv": "regulierement", "actions_types": ["ateliers"],
            "instances_cdv": "les_deux", "instances_asv": "copil", "cls_volet_sante": "oui",
            "articulation_verbatim": "Un comité commun.", "coordination": "moyenne",
            "leviers": ["financements"], "freins": ["turnover"], "rappel": false,
        })
        .to_string(),
    )
}

fn pages_of(wishes: &Sheet) -> Vec<String> {
    let engine = qpv_cls::engine();
    let walk = Respondent::new(&engine, wishes).walk(100);
    assert!(walk.is_finished, "{:?}", walk.pages);
    let Submission::Ready { sheet, dropped } = session::submission(&engine, &walk.sheet) else {
        panic!("what was asked was answered")
    };
    assert_eq!(
        dropped,
        Vec::<String>::new(),
        "nobody answers what they are not asked"
    );
    assert!(engine.load(&sheet).verdict(None).complete);
    walk.pages
}

#[test]
fn a_coordinator_with_a_cls_only() {
    assert_eq!(
        pages_of(&coordinator("oui", "non", "non", 0)),
        ["profil", "cls", "coordination", "suites"],
    );
    assert_eq!(
        pages_of(&coordinator("oui", "non", "non", 2)),
        // What the answer on actions reveals on its own page is shown before going on.
        [
            "profil",
            "cls",
            "actions",
            "actions",
            "coordination",
            "suites"
        ],
    );
}

#[test]
fn a_coordinator_with_all_three() {
    assert_eq!(
        pages_of(&coordinator("oui", "oui", "oui", 4)),
        [
            "profil",
            "cls",
            "contrat_de_ville",
            "asv",
            "articulation",
            "articulation",
            "actions",
            "actions",
            "instances",
            "recit",
            "coordination",
            "suites",
        ],
    );
}

#[test]
fn a_coordinator_with_none() {
    assert_eq!(
        pages_of(&coordinator("non", "non", "nsp", 0)),
        ["profil", "coordination", "suites"]
    );
}
