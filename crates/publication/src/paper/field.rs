//! Where an answer goes, kind by kind, and how to give it.

use questionnaire::fill::{date, decimal};
use questionnaire::instrument::{self, ContactField, Item, ItemIx, Kind, Quantity};
use rust_decimal::Decimal;

use super::lay::Lay;
use super::{Cells, Choice, Field, Grid, LONG_LIST, LONGEST_LIST, LongList, Mark};

/// Columns that are headed by what they mean: so many, and so long together.
const MOST_COLUMNS: usize = 7;
const LONGEST_HEADS: usize = 90;
const LONGEST_HEAD: usize = 30;

/// A line holds this much of a text.
const SHORT_TEXT: u32 = 120;

/// A place for an answer.
pub(super) struct Made {
    pub(super) hints: Vec<String>,
    pub(super) field: Field,
    pub(super) list: Option<LongList>,
}

impl From<Field> for Made {
    fn from(field: Field) -> Self {
        Self {
            hints: Vec::new(),
            field,
            list: None,
        }
    }
}

impl Lay<'_> {
    pub(super) fn field(&self, ix: ItemIx) -> Made {
        let item = &self.instrument().items[ix as usize];
        let words = self.words;
        let hinted = |hints: Vec<Option<String>>, field| Made {
            hints: hints.into_iter().flatten().collect(),
            field,
            list: None,
        };
        match &item.kind {
            Kind::Single { list } | Kind::Territory { list, .. } => {
                self.choices(ix, *list, Mark::One, false)
            }
            Kind::Scale { list } => self.choices(ix, *list, Mark::One, true),
            Kind::Multiple { list, min, max } => {
                let mut made = self.choices(ix, *list, Mark::Several, false);
                made.hints.insert(0, words.several(*min, *max));
                made
            }
            Kind::Rank { list, min, max } => {
                let mut made = self.choices(ix, *list, Mark::Rank, false);
                made.hints.insert(0, words.rank().to_owned());
                made.hints.extend(words.ranks(*min, *max));
                made
            }
            Kind::Quantity(it) | Kind::Money(it) => {
                let unit = self.unit(it);
                hinted(self.bounds(it), Field::Number { unit })
            }
            Kind::Text {
                max_length,
                multiline,
            } => {
                let lines = match (multiline, max_length) {
                    (true, _) => 5,
                    (false, 0..=SHORT_TEXT) => 1,
                    (false, _) => 2,
                };
                let most = (*max_length != 4_000).then(|| words.characters(*max_length));
                hinted(vec![most], Field::Lines(lines))
            }
            Kind::Date { earliest, latest } => {
                let day = |it: &Option<_>| it.map(|it| date(it, words.code()));
                let (from, to) = (day(earliest), day(latest));
                let between = words.between_days(from.as_deref(), to.as_deref());
                hinted(vec![between], Field::Date)
            }
            Kind::Grid { rows, cells } => self.grid(item, rows, cells),
            Kind::Consent => {
                let choice = |label: &str, code| Choice {
                    label: label.to_owned(),
                    code: self.id(code),
                    specify: None,
                    notes: Vec::new(),
                };
                Made::from(Field::Choices {
                    mark: Mark::One,
                    choices: vec![choice(words.yes(), "true"), choice(words.no(), "false")],
                    is_scale: true,
                })
            }
            Kind::Contact { fields, linked } => {
                let name = |it: &ContactField| match it {
                    ContactField::Name => words.contact_name(),
                    ContactField::Email => words.contact_email(),
                    ContactField::Telephone => words.contact_telephone(),
                };
                let fields = fields.iter().map(|it| name(it).to_owned()).collect();
                let apart = (!linked).then(|| words.contact_apart().to_owned());
                hinted(vec![apart], Field::Contact(fields))
            }
            // None of them has an answer of its own.
            Kind::Statement | Kind::Computed { .. } | Kind::Roster { .. } => {
                Made::from(Field::Lines(0))
            }
        }
    }

    fn choices(&self, ix: ItemIx, list: u32, mark: Mark, is_scale: bool) -> Made {
        let item = &self.instrument().items[ix as usize];
        let choices = self.labelled(item, list, mark == Mark::Several);
        let n = choices.len();
        if n <= LONG_LIST {
            return Made::from(Field::Choices {
                mark,
                choices,
                is_scale,
            });
        }
        let is_printed = n <= LONGEST_LIST;
        let hint = if is_printed {
            self.words.one_of_list(n)
        } else {
            self.words.one_of_unprinted(n)
        };
        let number = self.number(ix).to_owned();
        let label = self.sentences().bare_title(ix);
        Made {
            hints: vec![hint],
            field: Field::Listed,
            list: is_printed.then(|| LongList {
                title: self.words.list_of(&number, &label),
                number,
                choices,
            }),
        }
    }

    /// The choices of an item, with what holds of each.
    fn labelled(&self, item: &Item, list: u32, are_several: bool) -> Vec<Choice> {
        let list = self.instrument().lists.get(list as usize);
        let choices = list.map_or(&[][..], |it| &it.choices);
        let filter = |at: u16| item.choice_filters.iter().find(|(choice, _)| *choice == at);
        (0u16..)
            .zip(choices)
            .map(|(at, it)| {
                let alone = (it.exclusive && are_several).then(|| self.words.alone().to_owned());
                let only = filter(at).map(|(_, it)| self.only_if(&it.source, item.roster));
                let specify = it.specify.as_ref().map(|it| {
                    let label = self.some_text(it.label.as_ref());
                    label.unwrap_or_else(|| self.words.specify().to_owned())
                });
                Choice {
                    label: self.text(&it.label),
                    code: self.id(&it.code),
                    specify,
                    notes: alone.into_iter().chain(only).collect(),
                }
            })
            .collect()
    }

    fn only_if(&self, source: &str, roster: Option<u32>) -> String {
        self.words.only_if(&self.sentences().of(source, roster))
    }

    fn grid(&self, item: &Item, rows: &[instrument::Row], cells: &instrument::Cells) -> Made {
        let (cells, columns, hints) = match cells {
            instrument::Cells::Single { list } => (
                Cells::Ticks(Mark::One),
                self.labelled(item, *list, false),
                Vec::new(),
            ),
            instrument::Cells::Multiple { list } => (
                Cells::Ticks(Mark::Several),
                self.labelled(item, *list, true),
                vec![Some(self.words.several(None, None))],
            ),
            instrument::Cells::Quantity(it) => {
                (Cells::Number(self.unit(it)), Vec::new(), self.bounds(it))
            }
        };
        let lengths = columns.iter().map(|it| it.label.chars().count());
        let is_lettered = columns.len() > MOST_COLUMNS
            || lengths.clone().sum::<usize>() > LONGEST_HEADS
            || lengths.max() > Some(LONGEST_HEAD)
            || columns
                .iter()
                .any(|it| !it.notes.is_empty() || it.code.is_some());
        let rows = rows.iter().map(|it| Choice {
            label: self.text(&it.label),
            code: self.id(&it.code),
            specify: None,
            notes: it
                .filter
                .iter()
                .map(|it| self.only_if(&it.source, item.roster))
                .collect(),
        });
        Made {
            hints: hints.into_iter().flatten().collect(),
            field: Field::Grid(Grid {
                cells,
                columns,
                is_lettered,
                rows: rows.collect(),
            }),
            list: None,
        }
    }

    fn unit(&self, it: &Quantity) -> Option<String> {
        let unit = self.some_text(it.unit.as_ref())?;
        Some(if unit == "EUR" {
            "€".to_owned()
        } else {
            unit
        })
    }

    fn bounds(&self, it: &Quantity) -> Vec<Option<String>> {
        let code = self.words.code();
        let between = if code == "en" { ',' } else { '\u{202f}' };
        let number = |it: Option<Decimal>| it.map(|it| grouped(&decimal(it, code), between));
        let (min, max) = (number(it.min), number(it.max));
        vec![
            self.words.between(min.as_deref(), max.as_deref()),
            self.words.decimals(it.decimals),
        ]
    }
}

/// Thousands apart: `1 720 865,5`, `1,720,865.5`.
fn grouped(text: &str, between: char) -> String {
    let at = text.find([',', '.']).unwrap_or(text.len());
    let (whole, rest) = text.split_at(at);
    let (sign, digits) = match whole.strip_prefix('-') {
        Some(digits) => ("−", digits),
        None => ("", whole),
    };
    let mut out = sign.to_owned();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(between);
        }
        out.push(digit);
    }
    out + rest
}
