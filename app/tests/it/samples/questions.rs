//! One question of each kind.

use questionnaire::instrument::{ContactField, MissingOffer};
use questionnaire::view::*;

use super::parts::{boxed, choice, nsp, number, other, question, selected};

pub(crate) fn single() -> QuestionView {
    question(
        "presence_cls",
        "Y a-t-il un Contrat local de santé (CLS) sur votre territoire ?",
        Widget::Single {
            choices: vec![
                selected(choice("oui", "Oui")),
                choice("non", "Non"),
                choice("en_cours", "En cours ou en projet"),
                nsp(),
            ],
        },
    )
}

pub(crate) fn structure() -> QuestionView {
    question(
        "structure",
        "Dans quelle structure travaillez-vous ?",
        Widget::Single {
            choices: vec![
                choice("collectivite", "Collectivité territoriale"),
                choice("association", "Association"),
                other("Maison de santé"),
            ],
        },
    )
}

pub(crate) fn multiple() -> QuestionView {
    QuestionView {
        help: Some("Pensez aux partenaires qui ont signé le contrat, et à ceux qui y prennent part sans l'avoir signé.".into()),
        ..question(
            "cls_partenaires",
            "Quels sont les partenaires du CLS ?",
            Widget::Multiple {
                choices: vec![
                    selected(choice("ars", "Agence régionale de santé (ARS)")),
                    choice("cpam", "Assurance maladie (CPAM)"),
                    selected(choice("prefecture", "Préfecture, délégué·e du préfet")),
                    choice("hopital", "Hôpital"),
                    other(""),
                    ChoiceView { exclusive: true, ..choice("aucun", "Aucun partenaire") },
                ],
                min: None,
                max: None,
            },
        )
    }
}

pub(crate) fn scale() -> QuestionView {
    question(
        "coordination",
        "Comment jugez-vous la coordination entre ces dispositifs ?",
        Widget::Scale {
            choices: vec![
                choice("tres_satisfaisante", "Très satisfaisante"),
                selected(choice("satisfaisante", "Satisfaisante")),
                choice("moyenne", "Moyenne"),
                choice("insuffisante", "Insuffisante"),
                choice("tres_insuffisante", "Très insuffisante"),
                nsp(),
            ],
        },
    )
}

pub(crate) fn quantity() -> QuestionView {
    QuestionView {
        help: Some("Comptez les postes dédiés, 0,5 pour un mi-temps.".into()),
        offers: vec![MissingOffer::DontKnow, MissingOffer::Refused],
        ..question(
            "cls_etp",
            "Combien d'équivalents temps plein pour le CLS ?",
            Widget::Quantity(number(2, "20", Some("ETP"), "1,5")),
        )
    }
}

pub(crate) fn integer() -> QuestionView {
    question(
        "nb_qpv",
        "Combien de quartiers prioritaires (QPV) sur votre territoire ?",
        Widget::Quantity(number(0, "200", Some("quartiers"), "")),
    )
}

pub(crate) fn text(multiline: bool) -> QuestionView {
    QuestionView {
        required: false,
        ..question(
            "suites",
            "Quelles suites souhaitez-vous ?",
            Widget::Text {
                value: String::new(),
                max_length: if multiline { 4000 } else { 200 },
                multiline,
            },
        )
    }
}

pub(crate) fn date() -> QuestionView {
    question(
        "signature",
        "Quand le CLS a-t-il été signé ?",
        Widget::Date {
            day: "12".into(),
            month: "3".into(),
            year: "2024".into(),
            earliest: Some("2009-07-21".into()),
            latest: None,
        },
    )
}

pub(crate) fn rank() -> QuestionView {
    let ranked = |code: &str, label: &str, rank| RankedView {
        code: code.into(),
        label: label.into(),
        rank,
        offered: true,
    };
    question(
        "priorites",
        "Classez vos trois premières priorités",
        Widget::Rank {
            choices: vec![
                ranked("soins", "Accès aux soins", Some(1)),
                ranked("mental", "Santé mentale", Some(2)),
                ranked("nutrition", "Nutrition et activité physique", None),
                ranked("jeunes", "Santé des jeunes", None),
            ],
            min: Some(1),
            max: Some(3),
        },
    )
}

pub(crate) fn consent() -> QuestionView {
    QuestionView {
        required: false,
        ..question(
            "rappel",
            "Acceptez-vous d'être rappelé·e pour un entretien de groupe ?",
            Widget::Consent { value: Some(true) },
        )
    }
}

pub(crate) fn contact() -> QuestionView {
    QuestionView {
        required: false,
        ..question(
            "contact",
            "Comment vous joindre ?",
            Widget::Contact {
                fields: vec![
                    (ContactField::Name, "Camille Durand".into()),
                    (ContactField::Email, String::new()),
                    (ContactField::Telephone, String::new()),
                ],
            },
        )
    }
}

pub(crate) fn grid(cell: fn(&str) -> CellView) -> QuestionView {
    let columns = ["Pas du tout", "Un peu", "Beaucoup", "Totalement"];
    let rows = [
        ("ars", "Agence régionale de santé"),
        ("ville", "Commune ou intercommunalité"),
        ("asso", "Associations de quartier"),
    ];
    let quantity = matches!(cell("x"), CellView::Quantity(_));
    question(
        "implication",
        "Dans quelle mesure ces acteurs prennent-ils part au CLS ?",
        Widget::Grid {
            columns: columns
                .iter()
                .enumerate()
                .filter(|_| !quantity)
                .map(|(at, label)| ColumnView {
                    code: format!("n{at}"),
                    label: (*label).into(),
                })
                .collect(),
            rows: rows
                .iter()
                .map(|(code, label)| RowView {
                    key: format!("implication[{code}]"),
                    label: (*label).into(),
                    on_path: true,
                    cell: cell(code),
                    failures: Vec::new(),
                })
                .collect(),
        },
    )
}

pub(crate) fn single_cell(row: &str) -> CellView {
    CellView::Single {
        selected: (row == "ville").then(|| "n2".into()),
    }
}

pub(crate) fn multiple_cell(row: &str) -> CellView {
    CellView::Multiple {
        selected: if row == "ars" {
            vec!["n0".into(), "n3".into()]
        } else {
            vec![]
        },
    }
}

pub(crate) fn number_cell(_: &str) -> CellView {
    CellView::Quantity(number(0, "500", Some("actions"), "12"))
}

pub(crate) fn territory(many: bool) -> QuestionView {
    let all = [
        "Angers",
        "Bobigny",
        "Cergy",
        "Dreux",
        "Évry",
        "Forbach",
        "Grenoble",
        "Hénin-Beaumont",
        "Ivry",
        "Lens",
    ];
    let few = if many { all.len() } else { 3 };
    question(
        "commune",
        "De quelle commune s'agit-il ?",
        Widget::Territory {
            choices: all
                .iter()
                .take(few)
                .map(|it| choice(&it.to_lowercase().replace(['é', '-'], "e"), it))
                .collect(),
        },
    )
}

pub(crate) fn roster(free: bool) -> Element {
    let unit = |key: &str, label: &str, present| UnitView {
        key: key.into(),
        label: label.into(),
        present,
        elements: vec![
            boxed(question(
                &format!("moyens[{key}].etp"),
                "Combien d'équivalents temps plein ?",
                Widget::Quantity(number(2, "20", Some("ETP"), "")),
            )),
            boxed(question(
                &format!("moyens[{key}].poste"),
                "Y a-t-il un poste dédié ?",
                Widget::Single {
                    choices: vec![choice("oui", "Oui"), choice("non", "Non")],
                },
            )),
        ],
    };
    Element::Roster(RosterView {
        id: "moyens".into(),
        label: "Les moyens de chaque dispositif".into(),
        help: Some("Répondez pour chacun des dispositifs présents.".into()),
        on_path: true,
        units: if free {
            vec![unit("1", "Action 1", true), unit("2", "Action 2", true)]
        } else {
            vec![
                unit("cls", "Contrat local de santé", true),
                unit("asv", "Atelier santé ville", false),
            ]
        },
        free: free.then(|| FreeUnitsView {
            min: 0,
            max: 10,
            label: "action".into(),
            can_add: true,
        }),
    })
}
