//! One page of each kind, as the engine would give it: drawn by tests and by the gallery.

pub(crate) mod parts;
mod questions;
mod review;
mod together;

use app::invitation::OptOutScreen;
use app::respond::rights::{KeepScreen, ResumeScreen, WithdrawScreen};
use app::respond::screen::{
    HomeScreen, Live, Moment, OpenWave, PageScreen, Problem, ReceiptScreen, ReviewScreen, Standing,
    StartScreen, Study,
};
use app::respond::together::{HandedScreen, PartScreen, TogetherScreen};
use app::ui::Frame;
use app::{language::Language, render};
use questionnaire::view::*;
use questionnaire::{Meta, Severity, Sheet};

use parts::{boxed, choice, failing, failure, one, opt_out, page, question};
pub(crate) use questions::*;
use review::review;

/// A page to draw.
pub(crate) enum Sample {
    Home(HomeScreen),
    Start(StartScreen),
    Page(Box<PageScreen>),
    Review(Box<ReviewScreen>),
    Receipt(ReceiptScreen),
    Keep(KeepScreen),
    Resume(ResumeScreen),
    Withdraw(WithdrawScreen),
    Withdrawn(WithdrawScreen),
    OptOut(OptOutScreen),
    Together(TogetherScreen),
    Handed(HandedScreen),
    Part(PartScreen),
    Problem(Problem),
}

impl Sample {
    pub(crate) fn html(&self, frame: &Frame) -> String {
        match self {
            Self::Home(it) => render::home(frame, it),
            Self::Start(it) => render::start(frame, it),
            Self::Page(it) => render::page(frame, it),
            Self::Review(it) => render::review(frame, it),
            Self::Receipt(it) => render::receipt(frame, it),
            Self::Keep(it) => render::keep(frame, it),
            Self::Resume(it) => render::resume(frame, it),
            Self::Withdraw(it) => render::withdraw(frame, it),
            Self::Withdrawn(it) => render::withdrawn(frame, it),
            Self::OptOut(it) => render::opt_out(frame, it),
            Self::Together(it) => render::together(frame, it),
            Self::Handed(it) => render::handed(frame, it),
            Self::Part(it) => render::part(frame, it),
            Self::Problem(it) => render::problem(frame, it),
        }
    }
}

pub(crate) fn study() -> Study {
    Study {
        wave: "qpv-cls".into(),
        title: "La place des QPV dans les Contrats locaux de santé".into(),
        language: "fr".into(),
    }
}

pub(crate) fn frame(language: Language, here: &str) -> Frame {
    Frame {
        language,
        here: here.into(),
        ..Frame::default()
    }
}

fn keep(has_code: bool) -> KeepScreen {
    KeepScreen {
        is_by_invitation: has_code,
        study: study(),
        code: has_code.then(|| "7K3M-0QXA-91ZT-W4VE".into()),
        resume: None,
        go_on: "/r/qpv-cls/p/cls".into(),
        may_hand_over: true,
    }
}

fn resume(is_unknown: bool) -> ResumeScreen {
    ResumeScreen {
        study: study(),
        is_unknown,
    }
}

fn withdraw() -> WithdrawScreen {
    WithdrawScreen {
        study: study(),
        may_answer_again: true,
    }
}

fn screen(page: PageView) -> Sample {
    Sample::Page(Box::new(PageScreen {
        study: study(),
        page,
        idempotency_key: "3f1c6a52".into(),
        saved_at: None,
        live: None,
        together: None,
    }))
}

/// A page with its island, which begins with these answers.
fn live() -> Sample {
    let meta = Meta {
        id: Some("secret".into()),
        reached: Some("cls".into()),
        ..Meta::default()
    };
    let answers = [
        ("presence_cls".to_owned(), "oui".into()),
        ("mots".to_owned(), HOSTILE.into()),
    ];
    Sample::Page(Box::new(PageScreen {
        study: study(),
        page: one(single()),
        idempotency_key: "3f1c6a52".into(),
        saved_at: None,
        live: Some(Live {
            instrument: "/r/qpv-cls/instrument/1a2b".into(),
            sheet: Sheet {
                meta,
                answers: answers.into_iter().collect(),
            },
        }),
        together: None,
    }))
}

fn several() -> PageView {
    PageView {
        block: Some("Profil".into()),
        title: Some("Vous et votre territoire".into()),
        step: 1,
        has_previous: false,
        ..page(
            "profil",
            vec![
                Element::Statement {
                    id: "accueil".into(),
                    on_path: true,
                    text: "Ces questions portent sur **votre fonction**, pas sur votre personne."
                        .into(),
                },
                boxed(structure()),
                boxed(integer()),
                boxed(QuestionView {
                    on_path: false,
                    ..text(true)
                }),
            ],
        )
    }
}

fn failing_several() -> PageView {
    let range = FailureView {
        bounds: (Some("0".into()), Some("200".into())),
        ..failure(
            "nb_qpv",
            "range",
            "Combien de quartiers prioritaires (QPV) sur votre territoire ?",
        )
    };
    failing(
        several(),
        vec![
            failure(
                "structure",
                "required",
                "Dans quelle structure travaillez-vous ?",
            ),
            failure(
                "structure.autre",
                "required",
                "Dans quelle structure travaillez-vous ?",
            ),
            range,
        ],
    )
}

fn soft() -> PageView {
    failing(
        one(quantity()),
        vec![FailureView {
            severity: Severity::Soft,
            message: "Plus de 10 ETP : est-ce bien le nombre de postes, et non de personnes ?"
                .into(),
            ..failure(
                "cls_etp",
                "check:beaucoup",
                "Combien d'équivalents temps plein pour le CLS ?",
            )
        }],
    )
}

/// Markup where a text belongs.
pub(crate) const HOSTILE: &str =
    "</title></textarea></legend><script>alert(1)</script><!>\"'&<img src=x onerror=alert(1)>";

fn hostile() -> PageView {
    let choices = vec![
        ChoiceView {
            selected: true,
            ..choice("a", HOSTILE)
        },
        choice("b", HOSTILE),
    ];
    let text = Widget::Text {
        value: HOSTILE.into(),
        max_length: 500,
        multiline: true,
    };
    let elements = vec![
        Element::Statement {
            id: "s".into(),
            on_path: true,
            text: HOSTILE.into(),
        },
        boxed(question("q", HOSTILE, Widget::Single { choices })),
        boxed(question("t", HOSTILE, text)),
    ];
    PageView {
        title: Some(HOSTILE.into()),
        ..page("hostile", elements)
    }
}

/// Every page worth looking at, by name.
pub(crate) fn all() -> Vec<(&'static str, Sample)> {
    let mut all = of_one();
    all.extend(together::all());
    all
}

fn of_one() -> Vec<(&'static str, Sample)> {
    let start = StartScreen {
        study: study(),
        introduction: Some(
            "Cette enquête s'adresse aux **coordinateur·rices** de contrats locaux de santé et d'ateliers santé ville.\n\n\
             Elle demande où sont les dispositifs, qui les porte, et comment ils travaillent ensemble. Les réponses sont \
             anonymes ; les résultats seront présentés au réseau."
                .into(),
        ),
        minutes: Some(12),
        closes_on: Some("2026-03-31".into()),
        resume: None,
        is_sent: false,
        idempotency_key: "k".into(),
    };
    let receipt = ReceiptScreen {
        study: study(),
        code: Some("7K3M-0QXA-91ZT-W4VE".into()),
        resume: Some("https://enquetes.example.org/r/qpv-cls/resume".into()),
        standing: Standing::Counted,
        is_being_corrected: false,
        may_correct: true,
        closing: Some("Les résultats seront envoyés au réseau en **mai**.".into()),
        answers: review(false).review.pages,
    };
    let missing_answer = |question: QuestionView| {
        let (key, label) = (question.key.clone(), question.label.clone());
        failing(one(question), vec![failure(&key, "required", &label)])
    };
    vec![
        (
            "home",
            Sample::Home(HomeScreen {
                waves: vec![OpenWave {
                    wave: "qpv-cls".into(),
                    title: study().title,
                    language: "fr".into(),
                    closes_on: Some("2026-03-31".into()),
                }],
            }),
        ),
        ("home-none", Sample::Home(HomeScreen::default())),
        ("start", Sample::Start(start.clone())),
        (
            "start-resume",
            Sample::Start(StartScreen {
                resume: Some("cls".into()),
                ..start.clone()
            }),
        ),
        (
            "start-sent",
            Sample::Start(StartScreen {
                is_sent: true,
                ..start
            }),
        ),
        ("single", screen(one(single()))),
        ("single-live", live()),
        ("single-error", screen(missing_answer(single()))),
        ("structure", screen(one(structure()))),
        ("multiple", screen(one(multiple()))),
        ("multiple-error", screen(missing_answer(multiple()))),
        ("scale", screen(one(scale()))),
        ("quantity", screen(one(quantity()))),
        ("quantity-error", screen(missing_answer(quantity()))),
        ("integer", screen(one(integer()))),
        ("quantity-soft", screen(soft())),
        ("text", screen(one(text(true)))),
        ("text-short", screen(one(text(false)))),
        ("date", screen(one(date()))),
        ("date-error", screen(missing_answer(date()))),
        ("rank", screen(one(rank()))),
        ("rank-error", screen(missing_answer(rank()))),
        (
            "consent",
            screen(page("rappel", vec![boxed(consent()), boxed(contact())])),
        ),
        ("contact-error", screen(missing_answer(contact()))),
        ("grid", screen(one(grid(single_cell)))),
        ("grid-multiple", screen(one(grid(multiple_cell)))),
        ("grid-number", screen(one(grid(number_cell)))),
        (
            "grid-error",
            screen(failing(
                one(grid(single_cell)),
                vec![
                    failure("implication[ars]", "required", "Agence régionale de santé"),
                    failure("implication[asso]", "required", "Associations de quartier"),
                ],
            )),
        ),
        ("territory", screen(one(territory(true)))),
        ("territory-few", screen(one(territory(false)))),
        ("roster", screen(page("moyens", vec![roster(false)]))),
        ("roster-free", screen(page("actions", vec![roster(true)]))),
        ("several", screen(several())),
        ("several-error", screen(failing_several())),
        ("hostile", screen(hostile())),
        ("review", Sample::Review(Box::new(review(false)))),
        ("review-error", Sample::Review(Box::new(review(true)))),
        ("receipt", Sample::Receipt(receipt.clone())),
        ("opt-out", Sample::OptOut(opt_out(false))),
        ("opted-out", Sample::OptOut(opt_out(true))),
        (
            "receipt-correcting",
            Sample::Receipt(ReceiptScreen {
                is_being_corrected: true,
                standing: Standing::SetAside,
                ..receipt
            }),
        ),
        ("keep", Sample::Keep(keep(true))),
        ("keep-here", Sample::Keep(keep(false))),
        ("resume", Sample::Resume(resume(false))),
        ("resume-unknown", Sample::Resume(resume(true))),
        ("withdraw", Sample::Withdraw(withdraw())),
        ("withdrawn", Sample::Withdrawn(withdraw())),
        (
            "problem-too-many-tries",
            Sample::Problem(Problem::TooManyTries),
        ),
        ("problem-not-found", Sample::Problem(Problem::NotFound)),
        (
            "problem-closed",
            Sample::Problem(Problem::Closed {
                message: None,
                closed: Some(Moment {
                    day: "2026-03-31".into(),
                    time: "18:00".into(),
                    zone: "Europe/Paris".into(),
                }),
            }),
        ),
        (
            "problem-not-open",
            Sample::Problem(Problem::NotYetOpen {
                opens: Some(Moment {
                    day: "2026-01-05".into(),
                    time: "08:00".into(),
                    zone: "Europe/Paris".into(),
                }),
            }),
        ),
        ("problem-full", Sample::Problem(Problem::Full)),
        ("problem-not-invited", Sample::Problem(Problem::NotInvited)),
        ("problem-link", Sample::Problem(Problem::LinkUnknown)),
        ("problem-answered", Sample::Problem(Problem::Answered)),
        ("problem-too-large", Sample::Problem(Problem::TooLarge)),
        (
            "problem-conflict",
            Sample::Problem(Problem::Conflict {
                page: "/r/qpv-cls/p/cls".into(),
            }),
        ),
        (
            "problem-no-response",
            Sample::Problem(Problem::NoResponse {
                wave: "qpv-cls".into(),
            }),
        ),
        (
            "problem-already-sent",
            Sample::Problem(Problem::AlreadySent {
                wave: "qpv-cls".into(),
            }),
        ),
        ("problem-bad-request", Sample::Problem(Problem::BadRequest)),
        ("problem-forbidden", Sample::Problem(Problem::Forbidden)),
        ("problem-unavailable", Sample::Problem(Problem::Unavailable)),
        (
            "problem-internal",
            Sample::Problem(Problem::Internal {
                reference: Some("0198c2".into()),
            }),
        ),
    ]
}
