//! A line that somebody asks for from outside: a way that is drawn on the map.

use super::{Draft, DraftUnits, Line, Piece, Says};
use crate::document::Questionnaire;
use crate::sentence::{Join, Operator, Sayable, read::parsed};

impl Draft {
    /// The same and a line: an answer is a value. In units of a roster it is said of one of them. A line that stands
    /// there already is not put in again.
    #[must_use]
    pub fn with_answer(
        self,
        document: &Questionnaire,
        sayable: &Sayable,
        item: &str,
        value: &str,
    ) -> Self {
        let line = Piece::Line(answer(document, item, value));
        let level = sayable.level(&[]);
        let is_here =
            parsed(item).is_some_and(|it| level.is_some_and(|at| at.about(&it).is_some()));
        let roster = roster_of(document, item).filter(|_| !is_here);
        let piece = match roster {
            None => line,
            Some(roster) => Piece::Units(DraftUnits {
                roster: roster.to_owned(),
                how: "some".to_owned(),
                says: Says {
                    operator: Operator::GreaterOrEqual.code().to_owned(),
                    ..Says::default()
                },
                inside: Self {
                    pieces: vec![line],
                    ..Self::default()
                },
            }),
        };
        let has = |it: &Piece| match (it, &piece) {
            (Piece::Line(one), Piece::Line(new)) => {
                one.subject == new.subject && one.says.values == new.says.values
            }
            _ => false,
        };
        if self.pieces.iter().any(has) {
            return self;
        }
        let mut whole = match self.join {
            Join::All => self,
            Join::Any | Join::None | Join::AtLeast(_) => Self {
                pieces: vec![Piece::Group(self)],
                ..Self::default()
            },
        };
        whole.pieces.push(piece);
        whole
    }
}

/// An answer is a value; of a choice that means a missing reason, that reason.
fn answer(document: &Questionnaire, item: &str, value: &str) -> Line {
    let own = document.item(item);
    let list = own.and_then(|it| it.list.as_ref());
    let shared = document.lists.iter().find(|it| Some(&it.id) == list);
    let choices = own.into_iter().flat_map(|it| &it.choices);
    let mut choices = choices.chain(shared.into_iter().flat_map(|it| &it.choices));
    let missing = choices
        .find(|it| it.code == value)
        .and_then(|it| it.missing);
    let (operator, value) = match missing {
        Some(it) => (Operator::Reason.code(), it.reason().code()),
        None => ("", value),
    };
    let values = match value {
        "" => Vec::new(),
        value => vec![value.to_owned()],
    };
    Line {
        subject: item.to_owned(),
        says: Says {
            operator: operator.to_owned(),
            values,
            was: String::new(),
        },
        find: String::new(),
    }
}

/// The roster in which an item stands.
fn roster_of<'d>(document: &'d Questionnaire, item: &str) -> Option<&'d str> {
    let pages = document.blocks.iter().flat_map(|it| &it.pages);
    let mut items = pages.flat_map(|it| &it.items);
    let found = items.find(|it| it.items.iter().any(|it| it.id == item));
    found.map(|it| it.id.as_str())
}
