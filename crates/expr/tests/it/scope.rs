//! A small questionnaire to check conditions against, and sheets to evaluate them on.

use std::collections::{BTreeMap, BTreeSet};

use expr::{
    Code, Datum, Env, ListId, Missing, Reasons, RosterId, Scope, Symbol, Type, Value, VarId,
};
use jiff::civil::Date;

pub(crate) const SCHEMES: RosterId = RosterId(0);
pub(crate) const AXES: RosterId = RosterId(1);
const YES_NO: ListId = ListId(0);
const THEMES: ListId = ListId(1);
const SCALE: ListId = ListId(2);

/// One variable: name, id, type.
type Row = (&'static str, u32, Type);

const GLOBAL: &[Row] = &[
    ("presence_cls", 0, Type::Code(YES_NO)),
    ("presence_asv", 1, Type::Code(YES_NO)),
    ("presence_cdv", 2, Type::Code(YES_NO)),
    ("nb_qpv", 3, Type::Number),
    ("themes", 4, Type::Codes(THEMES)),
    ("autres_themes", 5, Type::Codes(THEMES)),
    ("cls_budget", 6, Type::Number),
    ("rappel", 7, Type::Bool),
    ("commentaire", 8, Type::Text),
    ("signature", 9, Type::Date),
    ("satisfaction", 10, Type::Code(SCALE)),
    ("principal", 11, Type::Code(THEMES)),
    ("a", 20, Type::Bool),
    ("b", 21, Type::Bool),
    ("c", 22, Type::Bool),
    ("x", 23, Type::Number),
    ("y", 24, Type::Number),
];

const ROWS: &[(&str, &str, u32, Type)] = &[
    ("liens", "ars", 30, Type::Code(YES_NO)),
    ("liens", "cpam", 31, Type::Code(YES_NO)),
    ("liens", "2e_cercle", 32, Type::Code(YES_NO)),
    ("liens", "l'état", 33, Type::Code(YES_NO)),
];

const FIELDS: &[(&str, &str, u32, Type)] = &[("territoire", "has_qpv", 40, Type::Bool)];

const UNITS: &[(RosterId, &str, u32, Type)] = &[
    (SCHEMES, "scheme", 50, Type::Code(THEMES)),
    (SCHEMES, "etp", 51, Type::Number),
    (SCHEMES, "debut", 52, Type::Date),
    (SCHEMES, "actif", 53, Type::Bool),
    (AXES, "fiches", 60, Type::Number),
    (AXES, "statut", 61, Type::Code(YES_NO)),
];

/// The scope of the tests; `roster` is where the condition stands.
pub(crate) struct Survey {
    pub(crate) roster: Option<RosterId>,
    yes_no: Vec<Code>,
    themes: Vec<Code>,
    scale: Vec<Code>,
}

impl Survey {
    pub(crate) fn new(roster: Option<RosterId>) -> Self {
        let plain = |it: &&str| Code {
            code: (*it).to_owned(),
            missing: None,
        };
        let mut yes_no: Vec<Code> = ["oui", "non", "en_cours"].iter().map(plain).collect();
        yes_no.push(Code {
            code: "nsp".to_owned(),
            missing: Some(Missing::DontKnow),
        });
        Self {
            roster,
            yes_no,
            themes: ["acces_soins", "sante_mentale", "nutrition"]
                .iter()
                .map(plain)
                .collect(),
            scale: ["1", "2", "3"].iter().map(plain).collect(),
        }
    }
}

impl Scope for Survey {
    fn resolve(&self, name: &str) -> Option<Symbol> {
        match name {
            "schemes" => return Some(Symbol::Roster(SCHEMES)),
            "axes" => return Some(Symbol::Roster(AXES)),
            _ => {}
        }
        if let Some(it) = self.roster.and_then(|it| self.resolve_in(it, name)) {
            return Some(it);
        }
        let &(_, id, ty) = GLOBAL.iter().find(|it| it.0 == name)?;
        Some(Symbol::Var { id: VarId(id), ty })
    }

    fn resolve_row(&self, base: &str, row: &str) -> Option<Symbol> {
        let &(_, _, id, ty) = ROWS.iter().find(|it| (it.0, it.1) == (base, row))?;
        Some(Symbol::Var { id: VarId(id), ty })
    }

    fn resolve_field(&self, base: &str, field: &str) -> Option<Symbol> {
        let roster = match base {
            "schemes" | "scheme" => SCHEMES,
            "axes" | "axe" => AXES,
            _ => {
                let &(_, _, id, ty) = FIELDS.iter().find(|it| (it.0, it.1) == (base, field))?;
                return Some(Symbol::Var { id: VarId(id), ty });
            }
        };
        self.resolve_in(roster, field)
    }

    fn resolve_in(&self, roster: RosterId, name: &str) -> Option<Symbol> {
        let &(_, _, id, ty) = UNITS.iter().find(|it| (it.0, it.1) == (roster, name))?;
        Some(Symbol::UnitVar {
            id: VarId(id),
            roster,
            ty,
        })
    }

    fn unit(&self, roster: RosterId, key: &str) -> Option<u32> {
        match roster {
            SCHEMES => ["cls", "asv", "cdv"].iter().position(|it| *it == key),
            _ => key
                .parse::<usize>()
                .ok()
                .filter(|it| (1..=9).contains(it))
                .map(|it| it - 1),
        }
        .and_then(|it| u32::try_from(it).ok())
    }

    fn current_roster(&self) -> Option<RosterId> {
        self.roster
    }

    fn codes(&self, list: ListId) -> &[Code] {
        match list {
            YES_NO => &self.yes_no,
            THEMES => &self.themes,
            _ => &self.scale,
        }
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = GLOBAL.iter().map(|it| it.0.to_owned()).collect();
        names.extend(ROWS.iter().map(|it| format!("{}[{}]", it.0, it.1)));
        names.extend(FIELDS.iter().map(|it| format!("{}.{}", it.0, it.1)));
        names.extend(UNITS.iter().map(|it| {
            format!(
                "{}.{}",
                if it.0 == SCHEMES { "schemes" } else { "axes" },
                it.1
            )
        }));
        names.extend(["schemes".to_owned(), "axes".to_owned()]);
        names
    }
}

/// Answers by variable and unit; what is not there was not answered.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) values: BTreeMap<(u32, Option<u32>), Value>,
    pub(crate) units: BTreeMap<u32, BTreeSet<u32>>,
    pub(crate) today: Option<Date>,
}

impl Sheet {
    /// Sets an answer by name, as `nb_qpv`, `liens[ars]` or `schemes[0].etp` would be read.
    pub(crate) fn with(mut self, name: &str, value: Value) -> Self {
        let key = if let Some((roster, rest)) = name.split_once('[')
            && let Some((unit, item)) = rest.split_once("].")
        {
            let roster = if roster == "schemes" { SCHEMES } else { AXES };
            let unit: u32 = unit.parse().expect("a position");
            self.units.entry(roster.0).or_default().insert(unit);
            let row = UNITS
                .iter()
                .find(|it| (it.0, it.1) == (roster, item))
                .expect("an item");
            (row.2, Some(unit))
        } else {
            let row = ROWS.iter().find(|it| format!("{}[{}]", it.0, it.1) == name);
            let field = FIELDS
                .iter()
                .find(|it| format!("{}.{}", it.0, it.1) == name);
            let plain = GLOBAL.iter().find(|it| it.0 == name);
            let id = plain
                .map(|it| it.1)
                .or(row.map(|it| it.2))
                .or(field.map(|it| it.2));
            (id.expect("a variable"), None)
        };
        self.values.insert(key, value);
        self
    }
}

impl Env for Sheet {
    fn read(&self, var: VarId, unit: Option<u32>) -> Datum<'_> {
        self.values.get(&(var.0, unit)).map_or(
            Datum::Missing(Reasons::only(Missing::NoAnswer)),
            Value::as_datum,
        )
    }

    fn unit_bound(&self, roster: RosterId) -> u32 {
        self.units
            .get(&roster.0)
            .and_then(|it| it.last())
            .map_or(0, |it| it + 1)
    }

    fn unit_exists(&self, roster: RosterId, unit: u32) -> bool {
        self.units
            .get(&roster.0)
            .is_some_and(|it| it.contains(&unit))
    }

    fn today(&self) -> Option<Date> {
        self.today
    }
}
