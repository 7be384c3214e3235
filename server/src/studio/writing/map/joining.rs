//! Two parts that are joined: a place depends on a question from now on.

use expr::Severity;
use questionnaire::check;
use questionnaire::document::edit::{Edit, Node, apply};
use questionnaire::document::form;
use questionnaire::document::{Questionnaire, to_yaml};
use questionnaire::sentence::wrong;

/// The edit by which a place depends on a question: what may be said of it there first, beside what stands
/// there already. `None` where it reads the question already.
///
/// # Errors
/// The code of why not: there is no such place, or nothing of the question can be read there.
pub(super) fn joined(
    document: &Questionnaire,
    from: &str,
    to: &Node,
) -> Result<Option<Edit>, &'static str> {
    let fields = form::form(document, to).ok_or("edit_gone")?.fields;
    let filter = fields.into_iter().find(|it| it.path == ["filter"]);
    let old = filter.ok_or("edit_misplaced")?.value;
    document.item(from).ok_or("edit_gone")?;
    if *to == Node::Item(from.to_owned()) {
        return Err("map_itself");
    }
    if names(&old).any(|it| it == from) {
        return Ok(None);
    }
    let both = beginnings(document, from)
        .into_iter()
        .map(|it| match old.trim() {
            "" => it,
            old => together(old, &it),
        });
    let edits = both.map(|text| {
        (
            Edit::Set {
                node: to.clone(),
                field: vec!["filter".to_owned()],
                value: Some(text.clone().into()),
            },
            text,
        )
    });
    let is_sound = check(&to_yaml(document)).engine.is_some();
    for (edit, text) in edits {
        let found = wrong(document, to, &text).ok_or("edit_misplaced")?;
        if found.iter().any(|it| it.severity == Severity::Error) {
            continue;
        }
        let mut with = document.clone();
        apply(&mut with, &edit).map_err(|_| "edit_gone")?;
        // A circle is no matter of one place.
        if !is_sound || check(&to_yaml(&with)).engine.is_some() {
            return Ok(Some(edit));
        }
    }
    Err("map_not_there")
}

/// What may be said of a question first, the likeliest first: that its first choice is made, that it has an answer;
/// of values that are worked out, and of units that somebody adds, as they can be read.
fn beginnings(document: &Questionnaire, from: &str) -> Vec<String> {
    let item = document.item(from);
    let list = item.and_then(|it| it.list.as_ref());
    let list = list.and_then(|id| document.lists.iter().find(|it| it.id == *id));
    let own = item.map_or(&[][..], |it| it.choices.as_slice());
    let shared = list.map_or(&[][..], |it| it.choices.as_slice());
    let mut choices = own.iter().chain(shared);
    // A choice that stands for a missing answer is no answer.
    let first = choices.find(|it| it.missing.is_none());
    let chosen = first.map(|it| &it.code);
    let chosen = chosen.map(|code| [format!("{from} = '{code}'"), format!("{from} has '{code}'")]);
    let mut all: Vec<String> = chosen.into_iter().flatten().collect();
    all.extend([
        from.to_owned(),
        format!("answered({from})"),
        format!("count({from}) > 0"),
    ]);
    all
}

/// Both conditions in one, with the parentheses that it takes.
fn together(old: &str, more: &str) -> String {
    let text = format!("({old}) and {more}");
    match expr::parse(&text).expr {
        Some(it) => expr::print(&it),
        None => text,
    }
}

/// Every word of a condition.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !(it.is_alphanumeric() || it == '_' || it == '-'))
}

#[cfg(test)]
mod tests {
    use questionnaire::document::{self, edit::Edit, edit::Node};

    use super::joined;

    const SURVEY: &str = "
id: e
title: E
blocks:
- id: b
  pages:
  - id: p
    items:
    - {id: age, kind: quantity, label: Âge}
    - {id: asv, kind: single, label: ASV, choices: [{code: nsp, label: NSP, missing: dont_know}, {code: oui, label: Oui}]}
    - {id: themes, kind: multiple, label: Thèmes, choices: [{code: sommeil, label: Sommeil}]}
    - {id: accord, kind: consent, label: Accord}
    - {id: majeur, kind: computed, label: Majeur, value: age >= 18}
    - {id: metier, kind: text, label: Métier, filter: age < 90 or age > 95}
    - id: postes
      kind: roster
      label: Postes
      key: poste
      units: {min: 1, max: 2, label: Poste}
      items:
      - {id: quotite, kind: quantity, label: Quotité}
  - {id: q, items: [{id: fin, kind: text, label: Fin}]}
";

    fn joins(from: &str, to: &str, expected: Result<Option<&str>, &str>) {
        let document = document::read(SURVEY).questionnaire.unwrap();
        let to: Node = to.parse().unwrap();
        let found = joined(&document, from, &to).map(|it| {
            it.map(|it| match it {
                Edit::Set { value, .. } => value.unwrap().as_str().unwrap().to_owned(),
                other => panic!("{other:?}"),
            })
        });
        let expected = expected.map(|it| it.map(str::to_owned));
        assert_eq!(found, expected, "{from} {to:?}");
    }

    #[test]
    fn the_simplest_that_may_be_said_there() {
        joins("age", "page:q", Ok(Some("answered(age)")));
        joins("asv", "page:q", Ok(Some("asv = 'oui'")));
        joins("themes", "page:q", Ok(Some("themes has 'sommeil'")));
        joins("accord", "page:q", Ok(Some("accord")));
        joins("majeur", "item:fin", Ok(Some("majeur")));
        joins("postes", "item:fin", Ok(Some("count(postes) > 0")));
        joins("age", "item:quotite", Ok(Some("answered(age)")));
        let both = "(age < 90 or age > 95) and majeur";
        joins("majeur", "item:metier", Ok(Some(both)));
        // It reads the age already.
        joins("age", "item:metier", Ok(None));
    }

    #[test]
    fn what_cannot_be_is_told() {
        joins("age", "item:age", Err("map_itself"));
        joins("age", "item:none", Err("edit_gone"));
        joins("none", "page:q", Err("edit_gone"));
        joins("age", "net:none", Err("edit_gone"));
        // The page on which it is asked would wait for itself.
        joins("age", "page:p", Err("map_not_there"));
        // Which unit's share it would be is not said outside of the units.
        joins("quotite", "item:fin", Err("map_not_there"));
    }
}
