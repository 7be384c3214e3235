//! Edits of the working version by two people, and taking one's own back.

use crate::fixture::Site;
use crate::writing::{SMALL, somebody};
use questionnaire::document::edit::{Edit, Node};
use serde_json::json;
use service::team::{Design, ManageMembers, May};
use service::{Role, ServiceError, Services};

/// Sets a text or a condition of an item.
fn set(item: &str, field: &str, value: &str) -> Edit {
    Edit::Set {
        node: Node::Item(item.to_owned()),
        field: field.split('.').map(str::to_owned).collect(),
        value: Some(json!(value)),
    }
}

/// Two people who may design one study.
async fn two(services: &Services) -> (May<Design>, May<Design>) {
    let ada = somebody(services, "ada@exemple.fr", true).await;
    services.writing().begin(&ada, SMALL).await.unwrap();
    let bo = somebody(services, "bo@exemple.fr", false).await;
    let team = services.team();
    let manage = team.may::<ManageMembers>(&ada, "essai").await.unwrap();
    team.add_member(&manage, "bo@exemple.fr", Role::Organiser)
        .await
        .unwrap();
    (
        team.may::<Design>(&ada, "essai").await.unwrap(),
        team.may::<Design>(&bo, "essai").await.unwrap(),
    )
}

async fn text(services: &Services, may: &May<Design>) -> String {
    services.writing().open(may).await.unwrap().source
}

#[tokio::test]
async fn what_two_people_edit_is_merged_by_item() {
    let site = Site::new();
    let services = site.open().await;
    let (ada, bo) = two(&services).await;
    let writing = services.writing();
    let first = writing
        .edit(&ada, &[set("age", "label.fr", "Votre âge")], 1)
        .await
        .unwrap();
    assert_eq!((first.saved.revision, first.saved.is_merged), (2, false));
    // Bo has not seen it: what meets it is refused and told, the rest is made.
    let edits = [
        set("age", "label.fr", "Quel âge avez-vous ?"),
        set("metier", "filter", "age >= 16"),
    ];
    let second = writing.edit(&bo, &edits, 1).await.unwrap();
    assert_eq!((second.saved.revision, second.saved.is_merged), (3, true));
    let [(refused, clash)] = &second.refused[..] else {
        panic!("{second:?}")
    };
    assert_eq!(*refused, edits[0]);
    assert_eq!(clash.theirs.as_deref(), Some("Votre âge"));
    assert_eq!(clash.base.as_deref(), Some("Âge"));
    let both = text(&services, &ada).await;
    assert!(
        both.contains("Votre âge") && both.contains("age >= 16"),
        "{both}"
    );
    // Having seen it, Bo wants it again.
    let again = writing.edit(&bo, &edits[..1], 3).await.unwrap();
    assert!(again.refused.is_empty());
    assert!(text(&services, &ada).await.contains("Quel âge avez-vous"));
}

#[tokio::test]
async fn one_takes_back_ones_own_only() {
    let site = Site::new();
    let services = site.open().await;
    let (ada, bo) = two(&services).await;
    let writing = services.writing();
    // The first save has nothing before it.
    assert_eq!(writing.steps(&ada).await.unwrap().undo, None);
    assert_eq!(writing.undo(&ada).await.unwrap(), None);
    for (who, edit, after) in [
        (&ada, set("age", "label.fr", "Votre âge"), 1),
        (&bo, set("metier", "label.fr", "Votre métier"), 2),
        (&ada, set("metier", "filter", "age >= 16"), 3),
    ] {
        writing.edit(who, &[edit], after).await.unwrap();
    }
    assert_eq!(writing.steps(&ada).await.unwrap().undo, Some(4));
    assert_eq!(writing.steps(&bo).await.unwrap().undo, Some(3));
    writing.undo(&ada).await.unwrap().unwrap();
    writing.undo(&ada).await.unwrap().unwrap();
    let now = text(&services, &ada).await;
    assert!(
        now.contains("Votre métier") && now.contains("age >= 18"),
        "{now}"
    );
    assert!(!now.contains("Votre âge"));
    let steps = writing.steps(&ada).await.unwrap();
    assert_eq!((steps.undo, steps.redo), (None, Some(2)));
    writing.redo(&ada).await.unwrap().unwrap();
    assert!(text(&services, &ada).await.contains("Votre âge"));
    // Writing anew forgets what was taken back.
    let latest = writing.open(&ada).await.unwrap().revision;
    let edit = set("age", "label.fr", "Âge en années");
    writing.edit(&ada, &[edit], latest).await.unwrap();
    assert_eq!(writing.steps(&ada).await.unwrap().redo, None);
    // Bo's own still goes, beside what Ada wrote.
    writing.undo(&bo).await.unwrap().unwrap();
    let now = text(&services, &ada).await;
    assert!(
        now.contains("Âge en années") && now.contains("Métier"),
        "{now}"
    );
}

/// What somebody else has written over since is not taken back: it is told.
#[tokio::test]
async fn taking_back_takes_nothing_of_others() {
    let site = Site::new();
    let services = site.open().await;
    let (ada, bo) = two(&services).await;
    let writing = services.writing();
    writing
        .edit(&ada, &[set("age", "label.fr", "Votre âge")], 1)
        .await
        .unwrap();
    writing
        .edit(&bo, &[set("age", "label.fr", "Âge révolu")], 2)
        .await
        .unwrap();
    let undone = writing.undo(&ada).await.unwrap().unwrap();
    assert_eq!(undone.refused.len(), 1);
    assert!(text(&services, &ada).await.contains("Âge révolu"));
}

/// Comments come back with what was there before the first edit.
#[tokio::test]
async fn taking_back_brings_the_text_back_as_it_was() {
    let site = Site::new();
    let services = site.open().await;
    let (ada, _) = two(&services).await;
    let writing = services.writing();
    let remarked = format!("# à revoir\n{SMALL}");
    writing.save(&ada, &remarked, 1).await.unwrap();
    writing
        .edit(&ada, &[set("age", "label.fr", "Votre âge")], 2)
        .await
        .unwrap();
    assert!(!text(&services, &ada).await.contains("à revoir"));
    writing.undo(&ada).await.unwrap().unwrap();
    assert_eq!(text(&services, &ada).await, remarked);
}

#[tokio::test]
async fn what_does_not_fit_changes_nothing() {
    let site = Site::new();
    let services = site.open().await;
    let (ada, _) = two(&services).await;
    let writing = services.writing();
    let edits = [
        set("age", "label.fr", "Votre âge"),
        set("gone", "label.fr", "x"),
    ];
    let refused = writing.edit(&ada, &edits, 1).await.unwrap_err();
    assert_eq!(refused.code(), "edit_gone");
    assert_eq!(text(&services, &ada).await, SMALL);
    // A text that is no questionnaire is mended as text.
    writing.save(&ada, "[", 1).await.unwrap();
    let refused = writing.edit(&ada, &edits[..1], 2).await;
    assert!(matches!(
        refused,
        Err(ServiceError::UnsoundQuestionnaire(_))
    ));
}
