//! Large questionnaires as people write them: what benchmarks run on.

use questionnaire::document::Questionnaire;
use serde_json::{Value, json};

use crate::tape::Tape;

/// Items of a block, and of a page.
const BLOCK: usize = 10;
const PAGE: usize = 4;
/// Numbers that each block has at least, so that it can compare them.
const NUMBERS: usize = 2;

/// A questionnaire with so many items and conditions, the same one for the same seed.
///
/// Blocks have ten items on pages of four. The first item of each block opens it: most filters read
/// it, or one of the first block, or an item of the same or the preceding block; some have two or
/// three terms, some a threshold. One condition in ten is a check between two numbers of a block.
/// There is room for as many conditions as there are items; further ones are left out.
#[must_use]
pub fn large(n_items: usize, n_conditions: usize, seed: u64) -> Questionnaire {
    let mut tape = Tape::of_seed(seed);
    let mut items: Vec<Item> = (0..n_items).map(|at| Item::draw(&mut tape, at)).collect();
    for block in items.chunks_mut(BLOCK) {
        let missing = NUMBERS.saturating_sub(block.iter().filter(|it| it.is_number()).count());
        let others = block.iter_mut().skip(1).rev().filter(|it| !it.is_number());
        for it in others.take(missing) {
            it.kind = Kind::quantity(&mut tape);
        }
    }
    let mut it = Large { tape, items };
    let n_checks = it.checks(n_conditions / 10);
    it.filters(n_conditions - n_checks);
    crate::written(it.document())
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// Yes, no, in progress, don't know.
    Presence,
    Single(usize),
    Multiple(usize),
    Scale,
    Quantity(u32, u8),
    Text,
}

impl Kind {
    fn quantity(tape: &mut Tape) -> Self {
        let max = tape.pick(&[100, 20, 500, 10_000]).copied().unwrap_or(100);
        Self::Quantity(max, u8::from(tape.chance(25)))
    }
}

struct Item {
    kind: Kind,
    required: bool,
    filter: Option<String>,
    checks: Vec<Value>,
}

impl Item {
    fn draw(tape: &mut Tape, at: usize) -> Self {
        let opens = at.is_multiple_of(BLOCK);
        let kind = match tape.below(100) {
            _ if opens => Kind::Presence,
            0..22 => Kind::Presence,
            22..62 => Kind::Single(3 + tape.below(4)),
            62..76 => Kind::Multiple(3 + tape.below(5)),
            76..88 => Kind::quantity(tape),
            88..95 => Kind::Scale,
            _ => Kind::Text,
        };
        Self {
            kind,
            required: opens || (kind != Kind::Text && tape.chance(40)),
            filter: None,
            checks: Vec::new(),
        }
    }

    const fn is_number(&self) -> bool {
        matches!(self.kind, Kind::Quantity(..))
    }

    /// A condition about its answer, if conditions read it.
    fn term(&self, tape: &mut Tape, at: usize) -> Option<String> {
        let id = id(at);
        let code = |it: usize| format!("c{}", it + 1);
        Some(match self.kind {
            Kind::Text => return None,
            Kind::Presence => match tape.below(5) {
                3 => format!("{id} != 'non'"),
                4 => format!("{id} in ('oui', 'en_cours')"),
                _ => format!("{id} = 'oui'"),
            },
            Kind::Single(n) => match (tape.below(n), tape.below(n)) {
                (a, b) if a < b && tape.chance(30) => {
                    format!("{id} in ('{}', '{}')", code(a), code(b))
                }
                (a, _) => format!("{id} = '{}'", code(a)),
            },
            Kind::Multiple(n) => match tape.below(4) {
                0 => format!("count({id}) >= 2"),
                _ => format!("{id} has '{}'", code(tape.below(n))),
            },
            Kind::Scale => format!("{id} in ('c1', 'c2')"),
            Kind::Quantity(max, _) => match tape.below(3) {
                0 => format!("{id} > 0"),
                1 => format!("{id} >= {}", max / 10),
                _ => format!("{id} < {}", max / 2),
            },
        })
    }
}

fn id(at: usize) -> String {
    format!("q{}", at + 1)
}

struct Large {
    tape: Tape,
    items: Vec<Item>,
}

impl Large {
    /// So many checks between two numbers of a block; answers how many there are.
    fn checks(&mut self, wanted: usize) -> usize {
        let blocks: Vec<Vec<usize>> = (0..self.items.len().div_ceil(BLOCK))
            .map(|block| {
                let last = self.items.len().min((block + 1) * BLOCK);
                let all = block * BLOCK..last;
                all.filter(|it| self.items[*it].is_number()).collect()
            })
            .filter(|it: &Vec<usize>| it.len() >= NUMBERS)
            .collect();
        for nth in 0..wanted {
            let Some(numbers) = self.tape.pick(&blocks) else {
                return 0;
            };
            let first = self.tape.below(numbers.len() - 1);
            let second = first + 1 + self.tape.below(numbers.len() - first - 1);
            let (a, b) = (numbers[first], numbers[second]);
            let require = match self.tape.below(4) {
                0 => format!(
                    "{} + {} <= {}",
                    id(a),
                    id(b),
                    self.highest(a) + self.highest(b) / 2
                ),
                1 => format!("{} <= 2 * {}", id(b), id(a)),
                2 => format!("{} >= {}", id(a), id(b)),
                _ => format!("{} <= {}", id(a), id(b)),
            };
            let severity = if self.tape.chance(50) { "hard" } else { "soft" };
            self.items[b].checks.push(json!({
                "id": format!("k{nth}"),
                "require": require,
                "severity": severity,
                "message": "Ces deux nombres ne vont pas ensemble.",
            }));
        }
        wanted
    }

    fn highest(&self, at: usize) -> u32 {
        match self.items[at].kind {
            Kind::Quantity(max, _) => max,
            _ => 0,
        }
    }

    /// So many filters, spread over all items but the first of all.
    fn filters(&mut self, wanted: usize) {
        // Those that open a block come last: nearly always anybody is asked them.
        let (opening, inside): (Vec<usize>, Vec<usize>) =
            (1..self.items.len()).partition(|it| it.is_multiple_of(BLOCK));
        let mut order: Vec<usize> = Vec::new();
        for all in [inside, opening] {
            order.extend(self.tape.shuffled(all.len()).into_iter().map(|it| all[it]));
        }
        order.truncate(wanted);
        // In the order of the questionnaire, so that terms can be chosen by the filters before.
        order.sort_unstable();
        for at in order {
            self.items[at].filter = Some(self.filter(at));
        }
    }

    fn filter(&mut self, at: usize) -> String {
        let opening = at - at % BLOCK;
        let first = if opening == at { 0 } else { opening };
        match self.tape.below(20) {
            0..9 => self.term(first),
            9..12 => {
                let screening = self.tape.below(at.min(BLOCK));
                self.term(screening)
            }
            12..15 => {
                let near = self.near(at);
                self.term(near)
            }
            15..19 => {
                let (near, op) = (
                    self.near(at),
                    if self.tape.chance(70) { "and" } else { "or" },
                );
                format!("{} {op} {}", self.term(first), self.term(near))
            }
            _ => {
                let (a, b) = (self.near(at), self.near(at));
                format!(
                    "{} and ({} or {})",
                    self.term(first),
                    self.term(a),
                    self.term(b)
                )
            }
        }
    }

    /// An item before this one, of its block or of the preceding one; if it can be one that
    /// everybody is asked, or everybody of its block.
    fn near(&mut self, at: usize) -> usize {
        let first = (at - at % BLOCK).saturating_sub(BLOCK);
        let all: Vec<usize> = (first..at)
            .filter(|it| self.items[*it].kind != Kind::Text)
            .collect();
        let open: Vec<usize> = all
            .iter()
            .copied()
            .filter(|it| self.items[*it].filter.is_none())
            .collect();
        let from = if self.tape.chance(80) && !open.is_empty() {
            open
        } else {
            all
        };
        self.tape.pick(&from).copied().unwrap_or(first)
    }

    fn term(&mut self, at: usize) -> String {
        let it = &self.items[at];
        let term = it.term(&mut self.tape, at);
        term.unwrap_or_else(|| format!("answered({})", id(at)))
    }

    fn document(&self) -> Value {
        let blocks = self.items.chunks(BLOCK).enumerate().map(|(b, block)| {
            let pages = block.chunks(PAGE).enumerate().map(|(p, page)| {
                let first = b * BLOCK + p * PAGE;
                let items = (first..).zip(page).map(|(at, it)| it.document(at));
                let items: Vec<_> = items.collect();
                json!({ "id": format!("p{}-{}", b + 1, p + 1), "items": items })
            });
            let pages: Vec<_> = pages.collect();
            json!({ "id": format!("b{}", b + 1), "title": format!("Partie {}", b + 1), "pages": pages })
        });
        let blocks: Vec<_> = blocks.collect();
        let presence = json!({ "id": "presence", "choices": [
            { "code": "oui", "label": "Oui" },
            { "code": "non", "label": "Non" },
            { "code": "en_cours", "label": "En cours" },
            { "code": "nsp", "label": "Je ne sais pas", "missing": "dont_know" },
        ] });
        let accord = json!({ "id": "accord", "choices": choices(5) });
        json!({
            "id": "grand",
            "title": "Grand",
            "lists": [presence, accord],
            "blocks": blocks,
        })
    }
}

fn choices(n: usize) -> Vec<Value> {
    let choice = |it| json!({ "code": format!("c{it}"), "label": format!("Choix {it}") });
    (1..=n).map(choice).collect()
}

impl Item {
    fn document(&self, at: usize) -> Value {
        let mut it = json!({ "id": id(at), "label": format!("Question {}", at + 1) });
        match self.kind {
            Kind::Presence => {
                it["kind"] = "single".into();
                it["list"] = "presence".into();
            }
            Kind::Single(n) => {
                it["kind"] = "single".into();
                it["choices"] = choices(n).into();
            }
            Kind::Multiple(n) => {
                it["kind"] = "multiple".into();
                it["choices"] = choices(n).into();
                if let Some(last) = it["choices"].as_array_mut().and_then(|it| it.last_mut()) {
                    last["exclusive"] = true.into();
                }
            }
            Kind::Scale => {
                it["kind"] = "scale".into();
                it["list"] = "accord".into();
            }
            Kind::Quantity(max, decimals) => {
                it["kind"] = "quantity".into();
                it["min"] = 0.into();
                it["max"] = max.into();
                it["decimals"] = decimals.into();
            }
            Kind::Text => it["kind"] = "text".into(),
        }
        if self.required {
            it["required"] = true.into();
        }
        if let Some(filter) = &self.filter {
            it["filter"] = filter.clone().into();
        }
        if !self.checks.is_empty() {
            it["checks"] = self.checks.clone().into();
        }
        it
    }
}
