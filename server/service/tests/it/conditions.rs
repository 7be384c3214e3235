//! Conditions while they are put together: who gets there, whom they keep, what is wrong, and saving them.

use crate::fixture::Site;
use crate::writing::somebody;
use expr::Lang;
use questionnaire::document::edit::Node;
use questionnaire::document::{self, Questionnaire};
use questionnaire::sentence::{Given, Path, Piece, Spot};
use service::team::Design;
use service::{Composed, Composing, Services};

const SURVEY: &str = "id: essai
title: {fr: Essai}
blocks:
  - id: profil
    pages:
      - id: profil
        items:
          - {id: age, kind: quantity, label: {fr: Âge}, required: true, min: 0, max: 120}
          - id: demarches
            kind: multiple
            label: {fr: Démarches}
            choices: [{code: cls, label: {fr: CLS}}, {code: asv, label: {fr: ASV}}]
  - id: detail
    filter: age >= 18
    pages:
      - id: detail
        items:
          - id: postes
            kind: roster
            label: {fr: Vos postes}
            key: demarche
            over: demarches
            items:
              - {id: etp, kind: quantity, label: {fr: ETP}, min: 0, max: 10}
              - {id: suite, kind: text, label: {fr: Suite}}
          - {id: avis, kind: text, label: {fr: Avis}}
";

fn text(of: &str) -> Given {
    Given::Text(of.to_owned())
}

fn spot(document: &Questionnaire, node: &Node) -> Spot {
    Spot::find(document, node, "").unwrap()
}

async fn compose(
    services: &Services,
    at: &Node,
    given: Given,
    deed: Option<Composing>,
) -> Composed {
    let document = document::read(SURVEY).questionnaire.unwrap();
    let spot = spot(&document, at);
    let writing = services.writing();
    let composed = writing.compose(SURVEY, &spot, given, deed, Lang::Fr).await;
    composed.unwrap().unwrap()
}

fn plain(text: Option<&String>) -> String {
    text.map(|it| it.replace(['\u{202f}', '\u{a0}'], " "))
        .unwrap_or_default()
}

#[tokio::test]
async fn whom_a_condition_keeps_is_counted_and_said() {
    let site = Site::new();
    let services = site.open().await;
    let avis = Node::Item("avis".to_owned());
    let none = compose(&services, &avis, text(""), None).await;
    let kept = none.kept.unwrap();
    assert!(kept.n > kept.reach && kept.reach > 0, "{kept:?}");
    assert_eq!((kept.kept, kept.units), (kept.reach, None));
    assert_eq!(none.sentence, None);
    assert_eq!(
        none.source, SURVEY,
        "nothing is written that stands there already"
    );
    let universe = plain(none.universe.as_ref());
    assert!(
        universe.contains("Âge") && universe.contains("18"),
        "{universe}"
    );

    // Somebody is kept and somebody is not, though the saved questionnaire never asked.
    let some = compose(&services, &avis, text("age > 60"), None).await;
    let kept = some.kept.unwrap();
    assert!(0 < kept.kept && kept.kept < kept.reach, "{kept:?}");
    let sentence = plain(some.sentence.as_ref());
    assert!(
        sentence.contains("Âge") && sentence.contains("60"),
        "{sentence}"
    );
    assert!(some.looked.is_sound() && some.built.is_right());

    // What nobody can be is found by the proof, and nobody is kept.
    let never = compose(&services, &avis, text("age < 10"), None).await;
    assert_eq!(never.kept.unwrap().kept, 0);
    assert!(!never.looked.findings.is_empty());

    // In units of a roster they are counted too.
    let suite = Node::Item("suite".to_owned());
    let units = compose(&services, &suite, text("etp > 1"), None).await;
    let (reach, kept) = units.kept.unwrap().units.unwrap();
    assert!(kept < reach, "{kept} of {reach}");
}

#[tokio::test]
async fn what_is_wrong_is_told_where_it_stands() {
    let site = Site::new();
    let services = site.open().await;
    let avis = Node::Item("avis".to_owned());
    let wrong = compose(&services, &avis, text("agee > 60"), None).await;
    assert_eq!(wrong.built.wrong[0].suggestion.as_deref(), Some("age"));
    assert!(wrong.kept.is_none() && wrong.sentence.is_none() && wrong.universe.is_none());
    assert!(!wrong.looked.is_sound());
}

#[tokio::test]
async fn buttons_and_links_put_lines_in() {
    let site = Site::new();
    let services = site.open().await;
    let avis = Node::Item("avis".to_owned());
    let press = Composing::Press {
        verb: "units".to_owned(),
        path: Path::default(),
        roster: "postes".to_owned(),
    };
    let pressed = compose(&services, &avis, text("age > 60"), Some(press)).await;
    assert_eq!(pressed.focus, Path::read("g-1-0"));
    assert!(matches!(pressed.built.draft.pieces[1], Piece::Units(_)));
    assert_eq!(
        pressed.built.text, "age > 60",
        "what is not finished is left out"
    );
    let answer = Composing::Answer {
        item: "demarches".to_owned(),
        value: "cls".to_owned(),
    };
    let linked = compose(&services, &avis, text(""), Some(answer)).await;
    assert_eq!(linked.built.text, "demarches has 'cls'");
    assert!(linked.kept.is_some());
}

#[tokio::test]
async fn a_condition_is_saved_as_an_edit() {
    let site = Site::new();
    let services = site.open().await;
    let ada = somebody(&services, "ada@exemple.fr", true).await;
    let writing = services.writing();
    writing.begin(&ada, SURVEY).await.unwrap();
    let may = services.team().may::<Design>(&ada, "essai").await.unwrap();
    let document = document::read(SURVEY).questionnaire.unwrap();
    let spot = spot(&document, &Node::Page("detail".to_owned()));
    let edits = spot.edits(&document, "demarches has 'cls'").unwrap();
    writing.edit(&may, &edits, 1).await.unwrap();
    let now = writing.open(&may).await.unwrap().source;
    let now = document::read(&now).questionnaire.unwrap();
    assert_eq!(spot.text(&now), "demarches has 'cls'");
    assert_eq!(spot.edits(&now, "demarches has 'cls'"), Ok(Vec::new()));
    writing.undo(&may).await.unwrap().unwrap();
    assert_eq!(writing.open(&may).await.unwrap().source, SURVEY);
}
