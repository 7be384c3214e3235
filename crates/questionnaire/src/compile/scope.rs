//! What names mean at one place of a questionnaire.

use std::collections::HashMap;

use expr::{Code, ListId, RosterId, Scope, Symbol, Type, VarId};

use crate::Engine;
use crate::instrument::{Cells, Instrument, Item, ItemIx, Kind, MissingOffer, Units};
use crate::layout::Variables;

/// Everything a place can see, worked out once for a questionnaire.
pub(super) struct Names<'i> {
    instrument: &'i Instrument,
    variables: Variables,
    items: HashMap<&'i str, ItemIx>,
    /// Rosters by id, else by key; of several with the same key the first.
    rosters: HashMap<&'i str, u32>,
    lists: Vec<Vec<Code>>,
    /// Types of computed items whose expression has been checked.
    pub(super) computed: HashMap<ItemIx, Type>,
}

impl<'i> Names<'i> {
    /// Those of a compiled questionnaire: every type is known.
    pub(super) fn of(engine: &'i Engine) -> Self {
        let mut names = Self::new(&engine.instrument);
        for (ix, item) in (0u32..).zip(&engine.instrument.items) {
            if let Kind::Computed { value } = &item.kind {
                names.computed.insert(ix, value.program.ty());
            }
        }
        names
    }

    pub(super) fn new(instrument: &'i Instrument) -> Self {
        let codes = |list: &crate::instrument::List| {
            list.choices
                .iter()
                .map(|it| Code {
                    code: it.code.clone(),
                    missing: it.missing.map(MissingOffer::reason),
                })
                .collect()
        };
        let ids = instrument.items.iter().map(|it| it.id.as_str());
        let mut rosters = HashMap::new();
        for (it, ix) in instrument.rosters.iter().zip(0u32..) {
            rosters.entry(it.key.as_str()).or_insert(ix);
        }
        for (it, ix) in instrument.rosters.iter().zip(0u32..) {
            rosters.insert(&instrument.items[it.item as usize].id, ix);
        }
        Self {
            instrument,
            variables: Variables::of(instrument),
            items: ids.zip(0u32..).collect(),
            rosters,
            lists: instrument.lists.iter().map(codes).collect(),
            computed: HashMap::new(),
        }
    }

    pub(super) fn instrument(&self) -> &'i Instrument {
        self.instrument
    }

    pub(super) fn item(&self, id: &str) -> Option<ItemIx> {
        self.items.get(id).copied()
    }

    /// The names as seen from outside rosters, or from inside one.
    pub(super) fn at(&self, roster: Option<u32>) -> Here<'_, 'i> {
        Here {
            names: self,
            roster,
        }
    }

    fn find(&self, id: &str) -> Option<(ItemIx, &'i Item)> {
        let ix = self.item(id)?;
        Some((ix, &self.instrument.items[ix as usize]))
    }

    /// The type of what an item reads as, unless it cannot be read by itself.
    fn ty(&self, ix: ItemIx, item: &Item) -> Option<Type> {
        match &item.kind {
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
            Kind::Computed { .. } => self.computed.get(&ix).copied(),
            Kind::Grid { .. } | Kind::Contact { .. } | Kind::Statement | Kind::Roster { .. } => {
                None
            }
        }
    }
}

/// The names as seen from one place.
pub(super) struct Here<'n, 'i> {
    names: &'n Names<'i>,
    roster: Option<u32>,
}

impl Here<'_, '_> {
    fn symbol(&self, item: &Item, id: VarId, ty: Type) -> Symbol {
        match item.roster {
            None => Symbol::Var { id, ty },
            Some(roster) => Symbol::UnitVar {
                id,
                roster: RosterId(roster),
                ty,
            },
        }
    }

    fn unit_key(&self, roster: u32) -> Option<Symbol> {
        let it = self.names.instrument.rosters.get(roster as usize)?;
        let ty = match it.units {
            Units::Chosen { list, .. } => Type::Code(ListId(list)),
            Units::Free { .. } => Type::Number,
        };
        let id = self.names.variables.part(it.item, 0);
        Some(Symbol::UnitVar {
            id,
            roster: RosterId(roster),
            ty,
        })
    }
}

impl Scope for Here<'_, '_> {
    fn resolve(&self, name: &str) -> Option<Symbol> {
        if let Some((ix, item)) = self.names.find(name) {
            if let Kind::Roster { roster } = item.kind {
                return Some(Symbol::Roster(RosterId(roster)));
            }
            if item.roster.is_some() && item.roster != self.roster {
                return None;
            }
            let ty = self.names.ty(ix, item)?;
            return Some(self.symbol(item, self.names.variables.item(ix), ty));
        }
        let roster = self.roster?;
        let own_key = self.names.instrument.rosters.get(roster as usize)?.key == name;
        own_key.then(|| self.unit_key(roster)).flatten()
    }

    fn resolve_row(&self, base: &str, row: &str) -> Option<Symbol> {
        let (ix, item) = self.names.find(base)?;
        if item.roster.is_some() && item.roster != self.roster {
            return None;
        }
        let Kind::Grid { rows, cells } = &item.kind else {
            return None;
        };
        let at = rows.iter().position(|it| it.code == row)?;
        let ty = match cells {
            Cells::Single { list } => Type::Code(ListId(*list)),
            Cells::Multiple { list } => Type::Codes(ListId(*list)),
            Cells::Quantity(_) => Type::Number,
        };
        Some(self.symbol(item, self.names.variables.part(ix, at), ty))
    }

    fn resolve_field(&self, base: &str, field: &str) -> Option<Symbol> {
        if let Some((ix, item)) = self.names.find(base)
            && let Kind::Territory { attributes, .. } = &item.kind
        {
            if item.roster.is_some() && item.roster != self.roster {
                return None;
            }
            let at = attributes.iter().position(|it| it.id == field)?;
            let ty = attributes[at].ty;
            return Some(self.symbol(item, self.names.variables.part(ix, at), ty));
        }
        // Inside a roster its own key comes first: others may have the same.
        let rosters = &self.names.instrument.rosters;
        let own = self
            .roster
            .filter(|it| rosters.get(*it as usize).is_some_and(|it| it.key == base));
        let roster = own.or_else(|| self.names.rosters.get(base).copied())?;
        self.resolve_in(RosterId(roster), field)
    }

    fn resolve_in(&self, roster: RosterId, name: &str) -> Option<Symbol> {
        let it = self.names.instrument.rosters.get(roster.0 as usize)?;
        if it.key == name {
            return self.unit_key(roster.0);
        }
        let (ix, item) = self.names.find(name)?;
        if item.roster != Some(roster.0) {
            return None;
        }
        let ty = self.names.ty(ix, item)?;
        Some(self.symbol(item, self.names.variables.item(ix), ty))
    }

    fn unit(&self, roster: RosterId, key: &str) -> Option<u32> {
        self.names.instrument.unit_position(roster.0, key)
    }

    fn current_roster(&self) -> Option<RosterId> {
        self.roster.map(RosterId)
    }

    fn codes(&self, list: ListId) -> &[Code] {
        self.names.lists.get(list.0 as usize).map_or(&[], |it| it)
    }

    fn names(&self) -> Vec<String> {
        let instrument = self.names.instrument;
        let mut names = Vec::new();
        for (ix, item) in (0u32..).zip(&instrument.items) {
            let here = item.roster.is_none() || item.roster == self.roster;
            match &item.kind {
                Kind::Grid { rows, .. } if here => {
                    names.extend(rows.iter().map(|it| format!("{}[{}]", item.id, it.code)));
                }
                Kind::Roster { .. } => names.push(item.id.clone()),
                Kind::Territory { attributes, .. } if here => {
                    names.push(item.id.clone());
                    names.extend(attributes.iter().map(|it| format!("{}.{}", item.id, it.id)));
                }
                _ if here && self.names.ty(ix, item).is_some() => names.push(item.id.clone()),
                _ => {
                    if let Some(roster) = item.roster {
                        let roster =
                            &instrument.items[instrument.rosters[roster as usize].item as usize];
                        names.push(format!("{}.{}", roster.id, item.id));
                    }
                }
            }
        }
        names
    }
}
