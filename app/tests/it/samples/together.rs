//! Pages of a response that several people prepare.

use app::respond::screen::{PageScreen, ReviewScreen};
use app::respond::together::{
    ContributorLine, DisagreementView, HandedScreen, PageProgress, PageTogether, PartScreen,
    ReviewTogether, TogetherScreen, VersionView,
};

use app::respond::screen::Problem;

use super::{Sample, study};

fn progress(id: &str, title: &str, n_given: usize, n_asked: usize) -> PageProgress {
    PageProgress {
        id: id.into(),
        title: title.into(),
        n_given,
        n_asked,
    }
}

fn pages() -> Vec<PageProgress> {
    vec![
        progress("profil", "Vous et votre territoire", 4, 6),
        progress("cls", "Votre contrat local de santé", 0, 0),
        progress(
            "actions",
            "Articulation – Quelles actions menez-vous dans les QPV ?",
            1,
            2,
        ),
    ]
}

fn nobody() -> TogetherScreen {
    TogetherScreen {
        study: study(),
        contributors: Vec::new(),
        new_link: None,
        pages: pages().into_iter().map(|it| (it.id, it.title)).collect(),
        holder: String::new(),
        is_nameless: false,
        is_full: false,
        go_on: "/r/qpv-cls/p/cls".into(),
    }
}

fn several(is_nameless: bool) -> TogetherScreen {
    let line = |label: &str, name: Option<&str>, state, pages: Vec<PageProgress>| ContributorLine {
        id: "7d1b".into(),
        label: label.into(),
        name: name.map(Into::into),
        state,
        is_whole: pages.is_empty(),
        pages,
    };
    let link =
        "https://enquetes.exemple.fr/r/qpv-cls/with/0123456789abcdef0123456789abcdef01234567";
    TogetherScreen {
        contributors: vec![
            line("Budget", Some("Marie D."), "joined", pages()),
            line("Élu à la santé", None, "offered", Vec::new()),
            line(
                "Nora",
                Some("Nora"),
                "finished",
                vec![progress("profil", "Vous et votre territoire", 6, 6)],
            ),
            line(
                "Stage",
                None,
                "withdrawn",
                vec![progress("cls", "Votre contrat local de santé", 0, 4)],
            ),
        ],
        new_link: (!is_nameless).then(|| ("Budget".into(), link.into())),
        holder: "Lucie, coordinatrice".into(),
        is_nameless,
        ..nobody()
    }
}

fn handed() -> HandedScreen {
    HandedScreen {
        study: study(),
        secret: "0123".into(),
        holder: "Lucie, coordinatrice".into(),
    }
}

fn part(name: Option<&str>, is_nameless: bool) -> PartScreen {
    PartScreen {
        study: study(),
        holder: String::new(),
        name: name.map(Into::into),
        is_nameless,
        is_finished: false,
        pages: pages(),
    }
}

fn finished() -> PartScreen {
    PartScreen {
        is_finished: true,
        ..part(Some("Marie D."), false)
    }
}

fn disagreement(key: &str, label: &str) -> DisagreementView {
    let version = |author: &str, answer: &[&str]| VersionView {
        author: author.into(),
        answer: answer.iter().map(|it| (*it).into()).collect(),
    };
    DisagreementView {
        key: key.into(),
        page: "profil".into(),
        label: label.into(),
        shown: "0a1b".into(),
        versions: vec![
            version("", &["3"]),
            version("Marie D.", &["7"]),
            version("Bureau du budget de la communauté d’agglomération", &[]),
        ],
    }
}

fn page() -> Sample {
    let Sample::Page(screen) = super::screen(super::several()) else {
        unreachable!("a screen is a page");
    };
    Sample::Page(Box::new(PageScreen {
        together: Some(PageTogether {
            drawn: "12 nb_qpv=0011223344556677".into(),
            disagreements: vec![disagreement(
                "nb_qpv",
                "Combien de quartiers prioritaires (QPV) sur votre territoire ?",
            )],
            is_part: true,
        }),
        ..*screen
    }))
}

fn review(is_unsigned: bool) -> Sample {
    let mut open = vec![disagreement(
        "nb_qpv",
        "Combien de quartiers prioritaires (QPV) sur votre territoire ?",
    )];
    if is_unsigned {
        open.clear();
    }
    Sample::Review(Box::new(ReviewScreen {
        together: Some(ReviewTogether {
            authors: vec![("structure".into(), "Marie D.".into())],
            disagreements: open,
            unfinished: vec!["Élu à la santé".into()],
            names: vec!["Marie D.".into(), "Nora".into()],
            is_unsigned,
        }),
        ..super::review(false)
    }))
}

pub(super) fn all() -> Vec<(&'static str, Sample)> {
    vec![
        ("together-empty", Sample::Together(nobody())),
        ("together", Sample::Together(several(false))),
        ("together-error", Sample::Together(several(true))),
        ("handed", Sample::Handed(handed())),
        ("part-name", Sample::Part(part(None, false))),
        ("part-name-error", Sample::Part(part(None, true))),
        ("part", Sample::Part(part(Some("Marie D."), false))),
        ("part-finished", Sample::Part(finished())),
        ("several-together", page()),
        ("review-together", review(false)),
        ("review-together-error", review(true)),
        ("problem-part-gone", Sample::Problem(Problem::PartGone)),
        ("problem-part-sent", Sample::Problem(Problem::PartSent)),
    ]
}
