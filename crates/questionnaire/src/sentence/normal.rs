//! The one form in which a sentence is read.

use super::read::{opposite, parsed, part};
use super::{Group, Join, Part, Units};

/// The form in which a sentence comes back when it has been written and read: groups of one part are
/// that part, groups of all in groups of all are one, empty ones are gone, and texts that are lines
/// have become lines.
#[must_use]
pub fn normal(group: &Group) -> Group {
    tidied(reread(group))
}

/// Texts that say something else than themselves are what they say.
fn reread(group: &Group) -> Group {
    let one = |it: &Part| match it {
        Part::Text(text) => {
            parsed(text).map_or_else(|| Part::Text(text.trim().to_owned()), |tree| part(&tree))
        }
        Part::Clause(_) => it.clone(),
        Part::Group(it) => Part::Group(reread(it)),
        Part::Units(it) => Part::Units(Units {
            group: reread(&it.group),
            ..it.clone()
        }),
    };
    Group {
        join: group.join,
        parts: group.parts.iter().map(one).collect(),
    }
}

/// The same for sentences whose texts say only themselves. A whole sentence, and what is said of
/// units, is a group of all or of any.
pub(super) fn tidied(group: Group) -> Group {
    match tidied_group(group) {
        None => Group::default(),
        Some(Part::Group(it)) if matches!(it.join, Join::All | Join::Any) => it,
        Some(it) => Group::all(vec![it]),
    }
}

fn tidied_group(Group { join, parts }: Group) -> Option<Part> {
    let mut kept = Vec::with_capacity(parts.len());
    for part in parts.into_iter().filter_map(tidied_part) {
        match part {
            Part::Group(inner) if is_spliced(join, inner.join) => kept.extend(inner.parts),
            it => kept.push(it),
        }
    }
    match (join, kept.len()) {
        (_, 0) => None,
        (Join::All | Join::Any, 1) => kept.pop(),
        (Join::None, 1) => Some(negated(kept)),
        _ => Some(Part::Group(Group { join, parts: kept })),
    }
}

/// Whether the parts of a group in a group are those of the outer one.
const fn is_spliced(outer: Join, inner: Join) -> bool {
    matches!(
        (outer, inner),
        (Join::All, Join::All) | (Join::Any | Join::None, Join::Any)
    )
}

fn negated(mut parts: Vec<Part>) -> Part {
    if let [Part::Clause(it)] = &mut parts[..]
        && let Some(opposite) = opposite(it.operator)
    {
        it.operator = opposite;
        return Part::Clause(it.clone());
    }
    let join = Join::None;
    Part::Group(Group { join, parts })
}

fn tidied_part(part: Part) -> Option<Part> {
    match part {
        Part::Group(it) => tidied_group(it),
        Part::Units(it) => {
            let group = tidied(it.group);
            (!group.is_empty()).then_some(Part::Units(Units { group, ..it }))
        }
        Part::Text(it) if it.trim().is_empty() => None,
        it @ (Part::Clause(_) | Part::Text(_)) => Some(it),
    }
}
