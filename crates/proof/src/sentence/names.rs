//! What names in a condition mean, and of what type they are.

use expr::{BinaryOp, Expr, ExprKind, Function, ListId, Type};
use questionnaire::instrument::{Cells, Item, ItemIx, Kind, Units};

use super::{Place, Sentences};

/// What a reference reads.
#[derive(Clone, Debug)]
pub(super) enum Thing {
    Item(ItemIx),
    /// A row of a grid.
    Row(ItemIx, usize),
    /// An attribute of a territory.
    Attribute(ItemIx, usize),
    /// An item of a named unit.
    Of(u32, String, ItemIx),
    /// Which unit it is.
    Key(u32),
    /// All units.
    Roster(u32),
}

impl Sentences<'_> {
    fn find(&self, id: &str) -> Option<ItemIx> {
        self.engine.layout.item(id)
    }

    pub(super) fn item(&self, ix: ItemIx) -> Option<&Item> {
        self.engine.instrument.items.get(ix as usize)
    }

    pub(super) fn thing(&self, it: &Expr, place: &Place) -> Option<Thing> {
        let rosters = &self.engine.instrument.rosters;
        match &it.kind {
            ExprKind::Name(name) => match self.find(name) {
                Some(ix) => Some(match self.item(ix)?.kind {
                    Kind::Roster { roster } => Thing::Roster(roster),
                    _ => Thing::Item(ix),
                }),
                None => {
                    let is_key =
                        |it: &u32| rosters.get(*it as usize).is_some_and(|it| it.key == *name);
                    place.0.iter().rev().copied().find(is_key).map(Thing::Key)
                }
            },
            ExprKind::Field { base, field } => {
                if let Some(ix) = self.find(base)
                    && let Kind::Territory { attributes, .. } = &self.item(ix)?.kind
                {
                    let at = attributes.iter().position(|it| it.id == *field)?;
                    return Some(Thing::Attribute(ix, at));
                }
                // An item of a roster: of the unit where this stands, or of each for a function.
                match self.find(field) {
                    Some(ix) => Some(Thing::Item(ix)),
                    None => {
                        let at = rosters.iter().position(|it| it.key == *field)?;
                        Some(Thing::Key(at as u32))
                    }
                }
            }
            ExprKind::Row { base, row } => {
                let ix = self.find(base)?;
                match &self.item(ix)?.kind {
                    Kind::Grid { rows, .. } => {
                        let at = rows.iter().position(|it| it.code == *row)?;
                        Some(Thing::Row(ix, at))
                    }
                    _ => None,
                }
            }
            ExprKind::Unit { roster, unit, item } => {
                let ix = self.find(item)?;
                self.roster_named(roster)
                    .map(|it| Thing::Of(it, unit.clone(), ix))
            }
            _ => None,
        }
    }

    /// A roster by its id, else by its key.
    pub(super) fn roster_named(&self, name: &str) -> Option<u32> {
        let instrument = &self.engine.instrument;
        if let Some(ix) = self.find(name)
            && let Kind::Roster { roster } = self.item(ix)?.kind
        {
            return Some(roster);
        }
        let at = instrument.rosters.iter().position(|it| it.key == name)?;
        Some(at as u32)
    }

    fn type_of_item(&self, ix: ItemIx) -> Option<Type> {
        match &self.item(ix)?.kind {
            Kind::Single { list } | Kind::Scale { list } | Kind::Territory { list, .. } => {
                Some(Type::Code(ListId(*list)))
            }
            Kind::Multiple { list, .. } | Kind::Rank { list, .. } => {
                Some(Type::Codes(ListId(*list)))
            }
            Kind::Quantity(_) | Kind::Money(_) => Some(Type::Number),
            Kind::Text { .. } => Some(Type::Text),
            Kind::Date { .. } => Some(Type::Date),
            Kind::Consent => Some(Type::Bool),
            Kind::Computed { value } => Some(value.program.ty()),
            Kind::Grid { .. } | Kind::Contact { .. } | Kind::Statement | Kind::Roster { .. } => {
                None
            }
        }
    }

    fn type_of_thing(&self, it: &Thing) -> Option<Type> {
        match it {
            Thing::Item(ix) | Thing::Of(_, _, ix) => self.type_of_item(*ix),
            Thing::Row(ix, _) => match &self.item(*ix)?.kind {
                Kind::Grid { cells, .. } => Some(match cells {
                    Cells::Single { list } => Type::Code(ListId(*list)),
                    Cells::Multiple { list } => Type::Codes(ListId(*list)),
                    Cells::Quantity(_) => Type::Number,
                }),
                _ => None,
            },
            Thing::Attribute(ix, at) => match &self.item(*ix)?.kind {
                Kind::Territory { attributes, .. } => attributes.get(*at).map(|it| it.ty),
                _ => None,
            },
            Thing::Key(roster) => {
                let it = self.engine.instrument.rosters.get(*roster as usize)?;
                Some(match it.units {
                    Units::Chosen { list, .. } => Type::Code(ListId(list)),
                    Units::Free { .. } => Type::Number,
                })
            }
            Thing::Roster(_) => None,
        }
    }

    /// The type of a value; `None` for a text in quotes, which is what its neighbour needs.
    pub(super) fn type_of(&self, it: &Expr, place: &Place) -> Option<Type> {
        match &it.kind {
            ExprKind::Number(_) | ExprKind::Neg(_) => Some(Type::Number),
            ExprKind::Text(_) => None,
            ExprKind::Today => Some(Type::Date),
            ExprKind::Name(_)
            | ExprKind::Field { .. }
            | ExprKind::Row { .. }
            | ExprKind::Unit { .. } => self.type_of_thing(&self.thing(it, place)?),
            ExprKind::Bool(_)
            | ExprKind::Not(_)
            | ExprKind::And(_)
            | ExprKind::Or(_)
            | ExprKind::In { .. } => Some(Type::Bool),
            ExprKind::Binary { op, left, right } => Some(match op {
                BinaryOp::Add | BinaryOp::Sub => {
                    let types = [left, right].map(|it| self.type_of(it, place));
                    let dates = types.iter().filter(|it| **it == Some(Type::Date)).count();
                    if dates == 1 { Type::Date } else { Type::Number }
                }
                BinaryOp::Mul | BinaryOp::Div => Type::Number,
                _ => Type::Bool,
            }),
            ExprKind::Call { function, args } => match function {
                Function::Answered | Function::Any | Function::All | Function::AtLeast => {
                    Some(Type::Bool)
                }
                Function::Count | Function::Sum | Function::Round => Some(Type::Number),
                Function::MissingReason => None,
                Function::Min | Function::Max => match self.over(args, place) {
                    Some(roster) => self.type_of(args.last()?, &place.inside(roster)),
                    None => args.iter().find_map(|it| self.type_of(it, place)),
                },
                Function::Coalesce => args.iter().find_map(|it| self.type_of(it, place)),
                Function::Case => {
                    let values = args.iter().enumerate();
                    let last = args.len().wrapping_sub(1);
                    let mut values =
                        values.filter(|(at, _)| at % 2 == 1 || (*at == last && at % 2 == 0));
                    values.find_map(|(_, it)| self.type_of(it, place))
                }
            },
        }
    }

    /// The roster that a function goes over, if it does.
    pub(super) fn over(&self, args: &[Expr], place: &Place) -> Option<u32> {
        match &args.first()?.kind {
            ExprKind::Field { base, .. } if args.len() == 1 => self.roster_named(base),
            ExprKind::Name(_) => match self.thing(args.first()?, place)? {
                Thing::Roster(it) => Some(it),
                _ => None,
            },
            _ => None,
        }
    }
}
