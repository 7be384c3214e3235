//! Two parts that are joined: a place depends on a question from now on.

use expr::Severity;
use questionnaire::document::Questionnaire;
use questionnaire::document::edit::{Edit, Node};
use questionnaire::document::form;
use questionnaire::sentence::wrong;

/// The edit by which a place depends on a question: the simplest that may be said of it there, beside what stands
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
    let said = [
        format!("answered({from})"),
        // A value that is worked out, and units that somebody adds.
        from.to_owned(),
        format!("count({from}) > 0"),
    ];
    let sound = |text: &String| {
        let found = wrong(document, to, text)?;
        let is_sound = found.iter().all(|it| it.severity != Severity::Error);
        is_sound.then(|| text.clone())
    };
    let both = said.iter().map(|it| match old.trim() {
        "" => it.clone(),
        old => together(old, it),
    });
    let text = both
        .collect::<Vec<_>>()
        .iter()
        .find_map(sound)
        .ok_or("map_not_there")?;
    Ok(Some(Edit::Set {
        node: to.clone(),
        field: vec!["filter".to_owned()],
        value: Some(text.into()),
    }))
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

    fn check(from: &str, to: &str, expected: Result<Option<&str>, &str>) {
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
        check("age", "page:q", Ok(Some("answered(age)")));
        check("majeur", "item:fin", Ok(Some("majeur")));
        check("postes", "item:fin", Ok(Some("count(postes) > 0")));
        check("age", "item:quotite", Ok(Some("answered(age)")));
        let both = "(age < 90 or age > 95) and majeur";
        check("majeur", "item:metier", Ok(Some(both)));
        // It reads the age already.
        check("age", "item:metier", Ok(None));
    }

    #[test]
    fn what_cannot_be_is_told() {
        check("age", "item:age", Err("map_itself"));
        check("age", "item:none", Err("edit_gone"));
        check("none", "page:q", Err("edit_gone"));
        check("age", "net:none", Err("edit_gone"));
        // Which unit's share it would be is not said outside of the units.
        check("quotite", "item:fin", Err("map_not_there"));
    }
}
