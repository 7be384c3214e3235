//! What was answered so far, with and without something wrong.

use app::respond::screen::ReviewScreen;
use questionnaire::SlotState;
use questionnaire::view::*;

use super::parts::failure;
use super::study;

pub(super) fn review(failing: bool) -> ReviewScreen {
    let line = |key: &str, label: &str, answer: &[&str], state| ReviewLine {
        key: key.into(),
        label: label.into(),
        answer: answer.iter().map(|it| (*it).into()).collect(),
        state,
    };
    ReviewScreen {
        study: study(),
        together: None,
        is_correction: false,
        may_hand_over: true,
        review: ReviewView {
            pages: vec![
                ReviewPage {
                    id: "profil".into(),
                    title: "Vous et votre territoire".into(),
                    lines: vec![
                        line(
                            "structure",
                            "Dans quelle structure travaillez-vous ?",
                            &["Collectivité territoriale"],
                            SlotState::Answered,
                        ),
                        line(
                            "nb_qpv",
                            "Combien de quartiers prioritaires (QPV) sur votre territoire ?",
                            &[],
                            SlotState::NoAnswer,
                        ),
                    ],
                },
                ReviewPage {
                    id: "cls".into(),
                    title: "Contrat local de santé".into(),
                    lines: vec![
                        line(
                            "cls_partenaires",
                            "Quels sont les partenaires du CLS ?",
                            &[
                                "Agence régionale de santé (ARS)",
                                "Préfecture, délégué·e du préfet",
                            ],
                            SlotState::Answered,
                        ),
                        line(
                            "cls_etp",
                            "Combien d'équivalents temps plein pour le CLS ?",
                            &[],
                            SlotState::DontKnow,
                        ),
                        line(
                            "suites",
                            "Quelles suites souhaitez-vous ?",
                            &["Un temps d'échange par an.\nUn annuaire."],
                            SlotState::Answered,
                        ),
                    ],
                },
            ],
            failures: if failing {
                vec![(
                    "profil".into(),
                    failure(
                        "nb_qpv",
                        "required",
                        "Combien de quartiers prioritaires (QPV) sur votre territoire ?",
                    ),
                )]
            } else {
                Vec::new()
            },
            can_submit: !failing,
        },
        show_failures: failing,
        previous: Some("suites".into()),
        idempotency_key: "k".into(),
    }
}
