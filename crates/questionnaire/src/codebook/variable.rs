//! What the codebook says of each variable.

use super::{Bounds, Check, Code, Net, Roster, Universe, Variable};
use crate::instrument::{Cells, Condition, Instrument, Item, Kind, List, MissingOffer, Row, Units};
use crate::text::Text;

pub(super) struct Writer<'a> {
    instrument: &'a Instrument,
    lang: &'a str,
}

impl<'a> Writer<'a> {
    pub(super) fn new(instrument: &'a Instrument, lang: &'a str) -> Self {
        Self { instrument, lang }
    }

    pub(super) fn text(&self, text: &Text) -> String {
        self.instrument.unfilled(text.get(self.lang), self.lang)
    }

    fn list(&self, item: &Item) -> Option<&List> {
        self.instrument.list_of(item)
    }

    /// An item's id as tallies name it.
    fn id(&self, item: &Item) -> String {
        match item
            .roster
            .and_then(|it| self.instrument.rosters.get(it as usize))
        {
            Some(roster) => {
                format!(
                    "{}.{}",
                    self.instrument.items[roster.item as usize].id, item.id
                )
            }
            None => item.id.clone(),
        }
    }

    pub(super) fn variables(&self, item: &Item) -> Vec<Variable> {
        let mut variables = match &item.kind {
            Kind::Statement | Kind::Contact { .. } | Kind::Roster { .. } => return Vec::new(),
            Kind::Grid { rows, cells } => {
                rows.iter().map(|row| self.row(item, row, cells)).collect()
            }
            Kind::Single { .. }
            | Kind::Multiple { .. }
            | Kind::Quantity(_)
            | Kind::Money(_)
            | Kind::Text { .. }
            | Kind::Date { .. }
            | Kind::Scale { .. }
            | Kind::Rank { .. }
            | Kind::Territory { .. }
            | Kind::Consent
            | Kind::Computed { .. } => vec![self.variable(item)],
        };
        let choices = match &item.kind {
            // Nothing stands beside a code that nobody chose.
            Kind::Computed { .. } => &[],
            _ => self.list(item).map_or(&[][..], |it| &it.choices),
        };
        let texts: Vec<Variable> = variables
            .iter()
            .flat_map(|of| choices.iter().map(move |choice| (of, choice)))
            .filter_map(|(of, choice)| {
                let specify = choice.specify.as_ref()?;
                Some(Variable {
                    id: format!("{}.{}", of.id, choice.code),
                    kind: "text",
                    part: Some(self.text(specify.label.as_ref().unwrap_or(&choice.label))),
                    required: specify.required,
                    codes: Vec::new(),
                    offers: Vec::new(),
                    bounds: Bounds::default(),
                    checks: Vec::new(),
                    ..of.clone()
                })
            })
            .collect();
        variables.extend(texts);
        variables
    }

    fn row(&self, item: &Item, row: &Row, cells: &Cells) -> Variable {
        let it = self.variable(item);
        let kind = match cells {
            Cells::Single { .. } => "single",
            Cells::Multiple { .. } => "multiple",
            Cells::Quantity(_) => "quantity",
        };
        Variable {
            id: format!("{}[{}]", it.id, row.code),
            kind,
            part: Some(self.text(&row.label)),
            universe: Universe {
                condition: self.universe(item, row.filter.as_ref()),
                ..it.universe.clone()
            },
            ..it
        }
    }

    fn variable(&self, item: &Item) -> Variable {
        let (unit, bounds, expression) = match &item.kind {
            Kind::Quantity(it) | Kind::Money(it) => (it.unit.as_ref(), Bounds::of_number(it), None),
            Kind::Grid {
                cells: Cells::Quantity(it),
                ..
            } => (it.unit.as_ref(), Bounds::of_number(it), None),
            Kind::Text { max_length, .. } => (None, Bounds::of(None, Some(max_length)), None),
            Kind::Date { earliest, latest } => {
                let iso = |it: &Option<jiff::civil::Date>| it.map(expr::iso::text);
                (None, Bounds::of(iso(earliest), iso(latest)), None)
            }
            Kind::Multiple { min, max, .. } | Kind::Rank { min, max, .. } => {
                (None, Bounds::of(*min, *max), None)
            }
            Kind::Computed { value } => (None, Bounds::default(), Some(value.source.clone())),
            _ => (None, Bounds::default(), None),
        };
        Variable {
            id: self.id(item),
            kind: item.kind.name(),
            label: self.text(&item.label),
            part: None,
            short: item.short.as_ref().map(|it| self.text(it)),
            roster: self.roster(item),
            universe: Universe {
                words: item.universe.as_ref().map(|it| self.text(it)),
                condition: self.universe(item, None),
            },
            required: item.required,
            codes: self.codes(item),
            offers: self.offers(item),
            unit: unit.map(|it| self.text(it)),
            bounds,
            expression,
            checks: item
                .checks
                .iter()
                .map(|it| Check {
                    id: it.id.clone(),
                    severity: it.severity,
                    require: it.require.source.clone(),
                    message: self.text(&it.message),
                })
                .collect(),
        }
    }

    fn roster(&self, item: &Item) -> Option<Roster> {
        let roster = self.instrument.rosters.get(item.roster? as usize)?;
        let item = |it: u32| self.instrument.items[it as usize].id.clone();
        Some(Roster {
            id: item(roster.item),
            key: roster.key.clone(),
            over: match roster.units {
                Units::Chosen { item: source, .. } => Some(item(source)),
                Units::Free { .. } => None,
            },
        })
    }

    /// Every filter above an item, and one of its own part, as one condition.
    fn universe(&self, item: &Item, part: Option<&Condition>) -> Option<String> {
        let page = &self.instrument.pages[item.page as usize];
        let block = &self.instrument.blocks[page.block as usize];
        let roster = item.roster.map(|it| &self.instrument.rosters[it as usize]);
        let roster = roster.and_then(|it| self.instrument.items[it.item as usize].filter.as_ref());
        let filters = [
            block.filter.as_ref(),
            page.filter.as_ref(),
            roster,
            item.filter.as_ref(),
            part,
        ];
        let sources: Vec<&str> = filters
            .into_iter()
            .flatten()
            .map(|it| it.source.as_str())
            .collect();
        match sources[..] {
            [] => None,
            [one] => Some(one.to_owned()),
            _ => Some(
                sources
                    .iter()
                    .map(|it| format!("({it})"))
                    .collect::<Vec<_>>()
                    .join(" and "),
            ),
        }
    }

    fn codes(&self, item: &Item) -> Vec<Code> {
        let choices = self.list(item).map_or(&[][..], |it| &it.choices);
        let filter = |at: u16| item.choice_filters.iter().find(|(choice, _)| *choice == at);
        (0u16..)
            .zip(choices)
            .map(|(at, it)| Code {
                code: it.code.clone(),
                label: self.text(&it.label),
                missing: it.missing,
                exclusive: it.exclusive,
                filter: filter(at).map(|(_, it)| it.source.clone()),
            })
            .collect()
    }

    /// Reasons offered beside the choices: those that no choice means already.
    fn offers(&self, item: &Item) -> Vec<MissingOffer> {
        let choices = self.list(item).map_or(&[][..], |it| &it.choices);
        let meant = |offer: &&MissingOffer| choices.iter().any(|it| it.missing == Some(**offer));
        item.offers
            .iter()
            .filter(|it| !meant(it))
            .copied()
            .collect()
    }

    pub(super) fn net(&self, net: &crate::instrument::Net) -> Net {
        let item = &self.instrument.items[net.item as usize];
        let list = self.list(item);
        let code = |it: &u16| {
            list.and_then(|list| list.choice(*it))
                .map(|it| it.code.clone())
        };
        Net {
            id: net.id.clone(),
            label: self.text(&net.label),
            variable: self.id(item),
            codes: net.choices.iter().filter_map(code).collect(),
        }
    }
}
