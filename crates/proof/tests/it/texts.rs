//! Texts that are compared with each other.

use proof::{Budget, Goal, Status, prove};

fn status(items: &str, goal: Goal) -> Status {
    let source =
        format!("id: e\ntitle: E\nblocks:\n- id: b\n  pages:\n  - id: p\n    items:\n{items}");
    let checked = questionnaire::check(&source);
    let engine = checked.engine.unwrap();
    let proof = prove(&engine, &Budget::default());
    assert_eq!(proof.can_be_completed(), Some(true));
    proof.status(goal)
}

/// What territories are called is a text that an answer can be.
#[test]
fn an_answer_can_be_what_a_territory_is_called() {
    let items = "
    - id: ville
      kind: territory
      label: Ville
      attributes:
      - {id: nom, type: text}
      choices:
      - {code: a, label: A, attributes: {nom: aix}}
      - {code: b, label: B, attributes: {nom: apt}}
    - {id: lieu, kind: text, label: Lieu, max_length: 5}
    - {id: pourquoi, kind: text, label: Pourquoi, filter: lieu = ville.nom}
";
    assert!(matches!(status(items, Goal::Item(2)), Status::Met(_)));
}

/// Texts that differ, where there is little room, and texts that do not.
#[test]
fn short_texts_can_differ() {
    for filter in ["un != deux", "un = deux"] {
        let items = format!(
            "
    - {{id: un, kind: text, label: Un, required: true, max_length: 2}}
    - {{id: deux, kind: text, label: Deux, required: true, max_length: 3}}
    - {{id: pourquoi, kind: text, label: Pourquoi, filter: {filter}}}
"
        );
        assert!(matches!(status(&items, Goal::Item(2)), Status::Met(_)));
        assert!(matches!(
            status(&items, Goal::ItemHidden(2)),
            Status::Met(_)
        ));
    }
}
