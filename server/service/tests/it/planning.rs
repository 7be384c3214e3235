//! The plan of figures of a questionnaire that is being written.

use crate::fixture::{QPV, Site};
use crate::writing::{SMALL, somebody};
use expr::Lang;
use questionnaire::document::edit::Node;
use questionnaire::document::{self, form};
use service::team::Design;

fn with(figures: &str) -> String {
    SMALL.replace("blocks:", &format!("figures: [{figures}]\nblocks:"))
}

#[tokio::test]
async fn says_what_is_missing_in_words() {
    let site = Site::new();
    let services = site.open().await;
    let writing = services.writing();
    let none = writing.plan(SMALL, Lang::Fr).await.unwrap();
    let none = (*none).clone().unwrap();
    let ids = |all: &[service::UnusedQuestion]| -> Vec<(String, bool)> {
        all.iter().map(|it| (it.id.clone(), it.is_read)).collect()
    };
    assert!(none.figures.is_empty());
    assert_eq!(
        ids(&none.unused),
        [("age".to_owned(), true), ("metier".to_owned(), false)]
    );

    let some = with("{id: f, item: metier}, {id: g, item: rien}");
    let some = writing.plan(&some, Lang::Fr).await.unwrap();
    let some = (*some).clone().unwrap();
    let [fed, unfed] = &some.figures[..] else {
        panic!("{some:?}")
    };
    assert_eq!((fed.id.as_str(), fed.gap), ("f", None));
    let universe = fed.universe.clone().unwrap();
    assert!(
        universe.contains("Âge") && universe.contains("18"),
        "{universe}"
    );
    assert_eq!(unfed.gap.map(proof::plan::Gap::code), Some("unknown_item"));
    assert_eq!(ids(&some.unused), [("age".to_owned(), true)]);
    // In English it is said in English; a text with errors has no plan.
    let english = writing.plan(&with("{id: f, item: metier}"), Lang::En).await;
    let english = (*english.unwrap()).clone().unwrap();
    assert_ne!(english.figures[0].universe, fed.universe);
    let broken = SMALL.replace("age >= 18", "age >= 'a'");
    assert!(writing.plan(&broken, Lang::Fr).await.unwrap().is_none());
}

#[tokio::test]
async fn is_written_by_edits_and_travels_with_the_file() {
    let site = Site::new();
    let services = site.open().await;
    let (writing, ada) = (
        services.writing(),
        somebody(&services, "ada@exemple.fr", true).await,
    );
    writing.begin(&ada, SMALL).await.unwrap();
    let may = services.team().may::<Design>(&ada, "essai").await.unwrap();
    let source = async || writing.open(&may).await.unwrap();
    let read = |it: &str| document::read(it).questionnaire.unwrap();
    let document = read(SMALL);
    let (age, _) = form::want(&document, "age", None, "");
    let (metier, node) = form::want(&document, "metier", None, "Les métiers");
    // Two people who each want a figure want two, in the order in which they came.
    writing.edit(&may, &[age], 1).await.unwrap();
    let edited = writing.edit(&may, &[metier], 1).await.unwrap();
    assert!(edited.refused.is_empty() && edited.saved.is_merged);
    let two = read(&source().await.source);
    let ids: Vec<_> = two.figures.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(ids, ["les_metiers", "age"]);
    assert_eq!(node, Node::Figure("les_metiers".to_owned()));

    writing.undo(&may).await.unwrap().unwrap();
    assert_eq!(read(&source().await.source).figures.len(), 1);
    writing.redo(&may).await.unwrap().unwrap();
    // What is published has them; nobody who answers is asked anything else.
    let revision = source().await.revision;
    writing.publish(&may, revision).await.unwrap();
    let published = writing.published(&may).await.unwrap();
    assert_eq!(read(&published[0].source).figures.len(), 2);
    let change = writing.change(&may, SMALL).await.unwrap().unwrap();
    assert!(!change.impact.changes);
}

/// The real survey is planned whole: it takes a moment, not a minute.
#[tokio::test]
async fn a_real_survey_has_a_plan() {
    let site = Site::new();
    let services = site.open().await;
    let mut document = document::read(QPV).questionnaire.unwrap();
    let (items, columns) = form::wanted(&document);
    for (nth, item) in items.iter().enumerate() {
        let by = columns.get(nth % columns.len()).map(String::as_str);
        let (edit, _) = form::want(&document, item, by, "");
        document::edit::apply(&mut document, &edit).unwrap();
    }
    let source = document::to_yaml(&document);
    let plan = services.writing().plan(&source, Lang::Fr).await.unwrap();
    let plan = (*plan).clone().unwrap();
    assert_eq!(plan.figures.len(), items.len());
    assert_eq!(plan.unused, []);
    assert!(
        plan.figures
            .iter()
            .all(|it| it.gap.is_some() || it.universe.is_some())
    );
}
