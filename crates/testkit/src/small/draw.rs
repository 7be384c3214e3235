//! Which items a small questionnaire has, and where.

use super::BUDGET;
use super::spec::{Cells, Choice, Kind, List, Range, Rank, Spec, Ty, Units};
use crate::tape::Tape;

/// Most slots of texts: each of them needs a text of its own.
const MAX_TEXTS: usize = 2;

/// A page before it is written: its block and the blocks' and pages' ranks.
pub(super) struct Page {
    pub(super) block: usize,
    pub(super) rank: [usize; 2],
}

pub(super) struct Drawing<'t> {
    pub(super) tape: &'t mut Tape,
    pub(super) specs: Vec<Spec>,
    pub(super) shared: Vec<List>,
    pub(super) pages: Vec<Page>,
    /// Conditions that are written already, with the rank up to which they read.
    pub(super) written: Vec<(Rank, String)>,
    /// How many values are left for the slots to come.
    budget: usize,
    n_lists: usize,
    n_texts: usize,
}

impl<'t> Drawing<'t> {
    pub(super) fn new(tape: &'t mut Tape) -> Self {
        let mut it = Self {
            tape,
            specs: Vec::new(),
            shared: Vec::new(),
            pages: Vec::new(),
            written: Vec::new(),
            budget: BUDGET,
            n_lists: 0,
            n_texts: 0,
        };
        it.skeleton();
        it
    }

    /// Pages with their items, without conditions.
    fn skeleton(&mut self) {
        if self.tape.chance(60) {
            let list = self.list(true);
            self.shared.push(list);
        }
        let n_pages = 1 + self.tape.below(4);
        let n_blocks = 1 + self.tape.below(n_pages.min(3));
        // Mostly what comes first is read by what comes later.
        let ranks = |tape: &mut Tape, n: usize| {
            if tape.chance(40) {
                tape.shuffled(n)
            } else {
                (0..n).collect()
            }
        };
        let block_ranks = ranks(self.tape, n_blocks);
        let page_ranks = ranks(self.tape, n_pages);
        self.pages = (0..n_pages)
            .map(|at| {
                let block = at * n_blocks / n_pages;
                Page {
                    block,
                    rank: [block_ranks[block], page_ranks[at]],
                }
            })
            .collect();
        // Two to six questions, and up to two things that are none.
        let n_items = 2 + self.tape.below(6) + self.tape.below(5);
        let item_ranks = ranks(self.tape, n_items);
        for (at, item_rank) in item_ranks.into_iter().enumerate() {
            let page = at * n_pages / n_items;
            let [block, page_rank] = self.pages[page].rank;
            self.item(page, [block, page_rank, item_rank, 0]);
        }
    }

    fn item(&mut self, page: usize, rank: Rank) {
        let kind = match self.tape.below(31) {
            0..6 => Kind::Single,
            6..10 => Kind::Quantity(self.range()),
            10..13 => self.multiple(),
            13 => Kind::Scale,
            14 => self.territory(),
            15 => Kind::Rank,
            16 => Kind::Money(Range::whole(0, 2 + self.tape.below(4) as i64)),
            17..19 => self.date(),
            19 if self.n_texts < MAX_TEXTS => Kind::Text,
            19..22 => Kind::Consent,
            22 | 23 => self.grid(),
            24..27 => Kind::Computed(None),
            27 => Kind::Statement,
            28 => Kind::Contact,
            _ => self.roster(rank),
        };
        let spec = self.spec(kind, page, rank, None);
        if let Kind::Roster(_, units) = spec.kind {
            self.members(spec, units);
            return;
        }
        let n = spec.n_values();
        let spec = if n > self.budget {
            self.spec(Kind::Statement, page, rank, None)
        } else {
            self.budget /= n;
            spec
        };
        self.n_texts += usize::from(matches!(spec.kind, Kind::Text));
        self.specs.push(spec);
    }

    /// A roster with one or two items, if there is room for its units.
    fn members(&mut self, roster: Spec, units: Units) {
        let at = self.specs.len();
        let (page, rank) = (roster.page, roster.rank);
        let n_units = match units {
            Units::Chosen(over) => self.specs[over].list.choices.len(),
            Units::Free(_, max) => max,
        };
        self.specs.push(roster);
        let n_members = 1 + self.tape.below(2);
        let ranks = self.tape.shuffled(n_members);
        let mut n = match units {
            Units::Chosen(_) => 1,
            Units::Free(_, max) => max + 1,
        };
        for member in ranks {
            let kind = match self.tape.below(8) {
                0..4 => Kind::Quantity(Range::whole(0, 1 + self.tape.below(3) as i64)),
                4 => Kind::Single,
                5 => Kind::Consent,
                6 => Kind::Computed(None),
                _ => Kind::Multiple(None, None),
            };
            let [block, page_rank, item, _] = rank;
            let rank = [block, page_rank, item, 1 + member];
            let mut spec = self.spec(kind, page, rank, Some(at));
            let mut all = spec
                .n_values()
                .saturating_pow(n_units as u32)
                .saturating_mul(n);
            if all > self.budget {
                spec = self.spec(Kind::Consent, page, rank, Some(at));
                spec.offers = &[];
                all = spec
                    .n_values()
                    .saturating_pow(n_units as u32)
                    .saturating_mul(n);
            }
            if all > self.budget {
                spec = self.spec(Kind::Statement, page, rank, Some(at));
                all = n;
            }
            n = all;
            self.specs.push(spec);
        }
        if n > self.budget {
            // Not even its units have room.
            self.specs.truncate(at);
            let spec = self.spec(Kind::Statement, page, rank, None);
            self.specs.push(spec);
        } else {
            self.budget /= n;
        }
    }

    fn spec(&mut self, kind: Kind, page: usize, rank: Rank, roster: Option<usize>) -> Spec {
        let list = match &kind {
            Kind::Territory(attributes) if !attributes.is_empty() => self.list(false),
            Kind::Single | Kind::Scale | Kind::Territory(_) => self.any_list(),
            Kind::Multiple(..) | Kind::Grid(_, Cells::Single | Cells::Multiple) => {
                let mut list = self.any_list();
                list.choices.truncate(3);
                list
            }
            // A ranking has no choice that means a missing reason.
            Kind::Rank => {
                let mut list = self.list(false);
                list.choices.truncate(3);
                list.choices.iter_mut().for_each(|it| it.missing = None);
                list
            }
            _ => List::default(),
        };
        let letter = if roster.is_some() { 'm' } else { 'i' };
        let offers: [&'static [&'static str]; 3] = [&[], &["dont_know"], &["dont_know", "refused"]];
        let offers = if self.tape.chance(25) {
            offers[1 + self.tape.below(2)]
        } else {
            offers[0]
        };
        Spec {
            id: format!("{letter}{}", self.specs.len()),
            kind,
            list,
            rank,
            page,
            roster,
            required: self.tape.chance(60),
            offers,
        }
    }

    fn any_list(&mut self) -> List {
        match self.tape.pick(&self.shared).cloned() {
            Some(it) if self.tape.chance(50) => it,
            _ => self.list(false),
        }
    }

    fn list(&mut self, is_shared: bool) -> List {
        let n = 2 + self.tape.below(if is_shared { 2 } else { 3 });
        let name = format!("l{}", self.n_lists);
        self.n_lists += 1;
        let choices = (0..n).map(|at| Choice {
            code: format!("c{at}"),
            exclusive: self.tape.chance(12),
            specify: self.tape.chance(6).then(|| self.tape.chance(50)),
            missing: self.tape.chance(14).then(|| {
                if self.tape.chance(30) {
                    "refused"
                } else {
                    "dont_know"
                }
            }),
        });
        List {
            name,
            choices: choices.collect(),
        }
    }

    fn range(&mut self) -> Range {
        match self.tape.below(6) {
            0 => Range {
                low: 8,
                high: 12,
                tenths: true,
            },
            1 => Range::whole(-2, 2),
            2 => Range::whole(1, 3),
            _ => Range::whole(0, 2 + self.tape.below(5) as i64),
        }
    }

    fn multiple(&mut self) -> Kind {
        let min = self.tape.chance(20).then(|| 1 + self.tape.below(2));
        let max = self.tape.chance(25).then(|| 1 + self.tape.below(2));
        match (min, max) {
            (Some(min), Some(max)) => Kind::Multiple(Some(min.min(max)), Some(max)),
            _ => Kind::Multiple(min, max),
        }
    }

    fn date(&mut self) -> Kind {
        let first = 3 + self.tape.below(3);
        Kind::Date(first, first + 1 + self.tape.below(3))
    }

    fn territory(&mut self) -> Kind {
        let all = [
            ("has_qpv", Ty::Bool),
            ("habitants", Ty::Number(Range::whole(0, 3))),
            ("nom", Ty::Text),
        ];
        let n = 1 + self.tape.below(3);
        Kind::Territory(all.into_iter().take(n).collect())
    }

    fn grid(&mut self) -> Kind {
        let rows = ["r0", "r1"].map(str::to_owned).to_vec();
        let cells = match self.tape.below(4) {
            0 | 1 => Cells::Single,
            2 => Cells::Multiple,
            _ => Cells::Quantity(Range::whole(0, 2)),
        };
        Kind::Grid(rows, cells)
    }

    /// A roster over chosen codes if there is something before it to choose from.
    fn roster(&mut self, rank: Rank) -> Kind {
        let key = format!("u{}", self.specs.len());
        let fits = |it: &usize| {
            let spec = &self.specs[*it];
            matches!(spec.kind, Kind::Multiple(..)) && spec.roster.is_none() && spec.rank < rank
        };
        let sources: Vec<usize> = (0..self.specs.len()).filter(fits).collect();
        let units = match (self.tape.chance(70), self.tape.pick(&sources)) {
            (true, Some(over)) => Units::Chosen(*over),
            _ => {
                let max = 1 + self.tape.below(2);
                Units::Free(self.tape.below(2), max)
            }
        };
        Kind::Roster(key, units)
    }
}
