//! Instruments on their way to browsers.
//!
//! See [`expr::wire`] for the form. The two ends are builds of one commit; the page asks for the
//! instrument at an address that names both the questionnaire and the build.

use std::fmt;

use expr::wire::{Reader, Wire};
use expr::{wire_enum, wire_struct};

use super::{
    Attribute, AttributeValue, Block, Cells, Check, Choice, Condition, ContactField, Fill, Former,
    Instrument, Item, Kind, List, MissingOffer, Net, Page, Population, Quantity, Roster, Row,
    Specify, Units,
};
use crate::text::Text;

wire_struct!(Instrument {
    id,
    hash,
    languages,
    title,
    introduction,
    closing,
    unit,
    frame,
    lists,
    blocks,
    pages,
    items,
    rosters,
    fills,
    nets,
    former,
});
/// Former names join tables; browsers make none, so they do not travel.
impl Wire for Former {
    fn write(&self, _: &mut Vec<u8>) {}

    fn read(_: &mut Reader<'_>) -> Self {
        Self::default()
    }
}
/// Browsers make no figures.
impl Wire for Population {
    fn write(&self, _: &mut Vec<u8>) {}

    fn read(_: &mut Reader<'_>) -> Self {
        Self::default()
    }
}
wire_struct!(Block { id, title, filter });
wire_struct!(Page {
    id,
    block,
    title,
    filter,
    items
});
wire_struct!(Condition { source, program });
wire_struct!(Fill {
    id,
    cases,
    fallback
});
wire_struct!(Net {
    id,
    label,
    item,
    choices
});
wire_struct!(List { choices });
wire_struct!(Choice {
    code,
    label,
    exclusive,
    specify,
    missing,
    attributes
});
wire_struct!(Specify { label, required });
wire_enum!(MissingOffer { 0 DontKnow, 1 Refused } else Self::DontKnow);
wire_enum!(AttributeValue { 0 None, 1 Bool(it), 2 Number(it), 3 Text(it) } else Self::None);
wire_struct!(Item {
    id,
    label,
    help,
    short,
    universe,
    population,
    filter,
    required,
    offers,
    checks,
    choice_filters,
    page,
    roster,
    kind,
});
wire_enum!(Kind {
    0 Single { list },
    1 Multiple { list, min, max },
    2 Quantity(it),
    3 Money(it),
    4 Text { max_length, multiline },
    5 Date { earliest, latest },
    6 Scale { list },
    7 Grid { rows, cells },
    8 Rank { list, min, max },
    9 Territory { list, attributes },
    10 Consent,
    11 Contact { fields, linked },
    12 Statement,
    13 Computed { value },
    14 Roster { roster },
} else Self::Statement);
wire_struct!(Quantity {
    min,
    max,
    decimals,
    unit
});
wire_enum!(Cells { 0 Single { list }, 1 Multiple { list }, 2 Quantity(it) } else Self::Single { list: 0 });
wire_struct!(Row {
    code,
    label,
    filter
});
wire_struct!(Attribute { id, ty });
wire_enum!(ContactField { 0 Name, 1 Email, 2 Telephone } else Self::Name);
wire_struct!(Check {
    id,
    require,
    severity,
    message
});
wire_struct!(Roster {
    item,
    key,
    units,
    items
});
wire_enum!(Units { 0 Chosen { item, list }, 1 Free { min, max, label } } else Self::Chosen { item: 0, list: 0 });

/// These bytes are no instrument of this build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnInstrument;

impl fmt::Display for NotAnInstrument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("these bytes are no instrument of this version of the program")
    }
}

impl std::error::Error for NotAnInstrument {}

impl Instrument {
    /// The instrument as bytes, for [`from_bytes`](Self::from_bytes).
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.write(&mut bytes);
        bytes
    }

    /// What a browser needs to show pages in one language: no other language, and nothing that is
    /// only said before and after, or in tables and codebooks.
    ///
    /// Routing, checks and fills stay as they are.
    #[must_use]
    pub fn for_answering(&self, language: &str) -> Self {
        let one = |text: &mut Text| *text = text.only(language);
        let mut it = self.clone();
        (it.introduction, it.closing, it.unit) = (None, None, None);
        it.nets.clear();
        it.former = Former::default();
        it.frame.iter_mut().for_each(String::clear);
        one(&mut it.title);
        for list in &mut it.lists {
            for choice in &mut list.choices {
                one(&mut choice.label);
                choice
                    .specify
                    .iter_mut()
                    .filter_map(|it| it.label.as_mut())
                    .for_each(one);
            }
        }
        it.blocks
            .iter_mut()
            .filter_map(|it| it.title.as_mut())
            .for_each(one);
        it.pages
            .iter_mut()
            .filter_map(|it| it.title.as_mut())
            .for_each(one);
        for item in &mut it.items {
            (item.short, item.universe) = (None, None);
            one(&mut item.label);
            item.help.iter_mut().for_each(one);
            item.checks.iter_mut().for_each(|it| one(&mut it.message));
            match &mut item.kind {
                Kind::Quantity(it) | Kind::Money(it) => it.unit.iter_mut().for_each(one),
                Kind::Grid { rows, cells } => {
                    rows.iter_mut().for_each(|it| one(&mut it.label));
                    if let Cells::Quantity(it) = cells {
                        it.unit.iter_mut().for_each(one);
                    }
                }
                _ => {}
            }
        }
        for roster in &mut it.rosters {
            if let Units::Free { label, .. } = &mut roster.units {
                one(label);
            }
        }
        for fill in &mut it.fills {
            fill.cases.iter_mut().for_each(|(_, text)| one(text));
            one(&mut fill.fallback);
        }
        for condition in it.conditions() {
            condition.source.clear();
        }
        it
    }

    fn conditions(&mut self) -> impl Iterator<Item = &mut Condition> {
        let blocks = self.blocks.iter_mut().filter_map(|it| it.filter.as_mut());
        let pages = self.pages.iter_mut().filter_map(|it| it.filter.as_mut());
        let fills = self
            .fills
            .iter_mut()
            .flat_map(|it| it.cases.iter_mut().map(|(it, _)| it));
        let items = self.items.iter_mut().flat_map(|item| {
            let own = item.filter.iter_mut();
            let checks = item.checks.iter_mut().map(|it| &mut it.require);
            let choices = item.choice_filters.iter_mut().map(|(_, it)| it);
            let (rows, value) = match &mut item.kind {
                Kind::Grid { rows, .. } => (rows.as_mut_slice(), None),
                Kind::Computed { value } => (Default::default(), Some(value)),
                _ => Default::default(),
            };
            let rows = rows.iter_mut().filter_map(|it| it.filter.as_mut());
            own.chain(checks).chain(choices).chain(rows).chain(value)
        });
        blocks.chain(pages).chain(fills).chain(items)
    }

    /// Reads what [`to_bytes`](Self::to_bytes) wrote.
    ///
    /// # Errors
    /// When it was not that, or another version of the program.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NotAnInstrument> {
        let mut reader = Reader::new(bytes);
        let instrument = Self::read(&mut reader);
        if reader.is_done() {
            Ok(instrument)
        } else {
            Err(NotAnInstrument)
        }
    }
}

#[cfg(test)]
#[cfg(feature = "authoring")]
mod tests {
    use super::{Instrument, NotAnInstrument};

    fn instrument() -> Instrument {
        let source = include_str!("../../../../questionnaires/qpv-cls/questionnaire.yaml");
        crate::check(source).engine.unwrap().instrument
    }

    #[test]
    fn bytes_give_the_instrument_back() {
        let instrument = instrument();
        let bytes = instrument.to_bytes();
        assert!(Instrument::from_bytes(&bytes) == Ok(instrument));
    }

    /// A page shows the same, whichever of the two it is made from.
    #[test]
    fn an_instrument_for_answering_shows_the_same_pages() {
        let whole = crate::Engine::new(instrument()).unwrap();
        let source = include_str!("../../../../questionnaires/qpv-cls/responses.ndjson");
        for language in ["fr", "en"] {
            let small = crate::Engine::new(whole.instrument.for_answering(language)).unwrap();
            assert!(small.instrument.to_bytes().len() * 2 < whole.instrument.to_bytes().len());
            for sheet in source.lines().take(20) {
                let sheet: crate::Sheet = serde_json::from_str(sheet).unwrap();
                for page in &whole.instrument.pages {
                    let [mine, theirs] =
                        [&small, &whole].map(|it| crate::page_view(it, &sheet, &page.id, language));
                    assert_eq!(mine, theirs, "{}", page.id);
                }
            }
        }
    }

    #[test]
    fn damaged_bytes_are_refused_or_another_instrument_but_never_a_panic() {
        let bytes = instrument().to_bytes();
        assert_eq!(
            Instrument::from_bytes(&bytes[..bytes.len() - 1]),
            Err(NotAnInstrument)
        );
        let longer: Vec<u8> = bytes.iter().copied().chain([0]).collect();
        assert_eq!(Instrument::from_bytes(&longer), Err(NotAnInstrument));
        for at in (0..bytes.len()).step_by(11) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x55;
            if let Ok(it) = Instrument::from_bytes(&damaged) {
                let _ = crate::Engine::new(it);
            }
        }
    }
}
