//! Random questionnaires: every kind of item, filters on every level, conditions over earlier and
//! later items.

mod document;

use questionnaire::document::Questionnaire;

use crate::spec::{Cells, Choice, Kind, List, Rank, Spec, Units};
use crate::tape::Tape;

/// A questionnaire with what the generators of answers know of it.
#[derive(Clone, Debug)]
pub(crate) struct Survey {
    pub(crate) specs: Vec<Spec>,
    pub(crate) n_pages: usize,
    pub(crate) questionnaire: Questionnaire,
}

/// How large and how strange a questionnaire may be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub(crate) items: usize,
    pub(crate) pages: usize,
}

impl Survey {
    pub(crate) fn draw(tape: &mut Tape, size: Size) -> Self {
        let mut it = Drawing {
            tape,
            specs: Vec::new(),
            shared: Vec::new(),
            n_lists: 0,
        };
        let pages = it.skeleton(size);
        let document = it.document(&pages);
        let n_pages = pages.len();
        let specs = it.specs;
        Self {
            specs,
            n_pages,
            questionnaire: crate::written(document),
        }
    }
}

/// A page before it is written: its block and the blocks' and pages' ranks.
struct Page {
    block: usize,
    rank: [usize; 2],
}

struct Drawing<'t> {
    tape: &'t mut Tape,
    specs: Vec<Spec>,
    shared: Vec<List>,
    n_lists: usize,
}

impl Drawing<'_> {
    /// Pages with their items, without conditions.
    fn skeleton(&mut self, size: Size) -> Vec<Page> {
        for _ in 0..self.tape.below(3) {
            let list = self.list(true);
            self.shared.push(list);
        }
        let n_pages = 1 + self.tape.below(size.pages);
        let n_blocks = 1 + self.tape.below(n_pages.min(3));
        let block_ranks = self.tape.shuffled(n_blocks);
        let page_ranks = self.tape.shuffled(n_pages);
        let pages: Vec<Page> = (0..n_pages)
            .map(|at| {
                let block = at * n_blocks / n_pages;
                Page {
                    block,
                    rank: [block_ranks[block], page_ranks[at]],
                }
            })
            .collect();
        let n_items = 1 + self.tape.below(size.items);
        let item_ranks = self.tape.shuffled(n_items);
        for (at, item_rank) in item_ranks.into_iter().enumerate() {
            let page = at * n_pages / n_items;
            let [block, page_rank] = pages[page].rank;
            self.item(page, [block, page_rank, item_rank, 0]);
        }
        pages
    }

    fn item(&mut self, page: usize, rank: Rank) {
        let kind = match self.tape.below(21) {
            0..3 => Kind::Single,
            3 => Kind::Scale,
            4..7 => Kind::Multiple,
            7 => Kind::Rank,
            8 => self.territory(),
            9 | 10 => Kind::Quantity {
                decimals: self.tape.below(3),
            },
            11 => Kind::Money,
            12 => Kind::Text,
            13 => Kind::Date,
            14 => Kind::Consent,
            15 => Kind::Statement,
            16 => self.grid(),
            17 => Kind::Computed { ty: None },
            18 => self.roster(rank),
            19 => Kind::Contact,
            _ => Kind::Quantity { decimals: 0 },
        };
        let is_roster = matches!(kind, Kind::Roster { .. });
        let at = self.specs.len();
        self.push(kind, page, rank, None);
        if is_roster {
            let members = 1 + self.tape.below(3);
            let ranks = self.tape.shuffled(members);
            for member in ranks {
                let kind = match self.tape.below(9) {
                    0 => Kind::Single,
                    1 | 2 => Kind::Quantity { decimals: 1 },
                    3 => Kind::Multiple,
                    4 => Kind::Text,
                    5 => self.grid(),
                    6 => Kind::Computed { ty: None },
                    7 => Kind::Statement,
                    _ => self.territory(),
                };
                let [block, page_rank, item, _] = rank;
                self.push(kind, page, [block, page_rank, item, 1 + member], Some(at));
            }
        }
    }

    fn push(&mut self, kind: Kind, page: usize, rank: Rank, roster: Option<usize>) {
        let list = match &kind {
            Kind::Territory { attributes } if !attributes.is_empty() => self.list(false),
            Kind::Single | Kind::Scale | Kind::Multiple | Kind::Territory { .. } => self.any_list(),
            // A ranking has no choice that means a missing reason.
            Kind::Rank => {
                let mut list = self.list(false);
                list.choices.iter_mut().for_each(|it| it.missing = None);
                list
            }
            Kind::Grid {
                cells: Cells::Single | Cells::Multiple,
                ..
            } => self.any_list(),
            _ => List::default(),
        };
        let id = format!(
            "{}{}",
            if roster.is_some() { "m" } else { "i" },
            self.specs.len()
        );
        let required = self.tape.chance(30);
        self.specs.push(Spec {
            id,
            kind,
            list,
            rank,
            page,
            roster,
            required,
        });
    }

    fn any_list(&mut self) -> List {
        let shared = if self.tape.chance(40) {
            self.tape.pick(&self.shared).cloned()
        } else {
            None
        };
        match shared {
            Some(it) => it,
            None => self.list(false),
        }
    }

    fn list(&mut self, is_shared: bool) -> List {
        let n = 1 + self.tape.below(5);
        let name = format!("l{}", self.n_lists);
        self.n_lists += 1;
        let choices = (0..n)
            .map(|at| Choice {
                code: format!("c{at}"),
                exclusive: self.tape.chance(15),
                specify: self.tape.chance(15).then(|| self.tape.chance(50)),
                missing: self.tape.chance(15).then(|| {
                    if self.tape.chance(50) {
                        "refused"
                    } else {
                        "dont_know"
                    }
                }),
            })
            .collect();
        List {
            name,
            choices,
            is_shared,
        }
    }

    fn territory(&mut self) -> Kind {
        use crate::spec::Ty;
        let all = [
            ("has_qpv", Ty::Bool),
            ("habitants", Ty::Number),
            ("nom", Ty::Text),
        ];
        let n = self.tape.below(4);
        let attributes = all
            .into_iter()
            .take(n)
            .map(|(name, ty)| (name.to_owned(), ty));
        Kind::Territory {
            attributes: attributes.collect(),
        }
    }

    fn grid(&mut self) -> Kind {
        let rows = (0..1 + self.tape.below(3))
            .map(|it| format!("r{it}"))
            .collect();
        let all = [Cells::Single, Cells::Multiple, Cells::Quantity];
        Kind::Grid {
            rows,
            cells: self.tape.pick(&all).copied().unwrap_or(Cells::Single),
        }
    }

    /// A roster over chosen codes if there is something before it to choose from.
    fn roster(&mut self, rank: Rank) -> Kind {
        let key = format!("u{}", self.specs.len());
        let sources: Vec<usize> = (0..self.specs.len())
            .filter(|it| {
                let spec = &self.specs[*it];
                matches!(spec.kind, Kind::Multiple) && spec.roster.is_none() && spec.rank < rank
            })
            .collect();
        let units = match (self.tape.chance(60), self.tape.pick(&sources)) {
            (true, Some(over)) => Units::Chosen { over: *over },
            _ => {
                let max = 1 + self.tape.below(4);
                Units::Free {
                    min: self.tape.below(max.min(2) + 1),
                    max,
                }
            }
        };
        Kind::Roster { key, units }
    }
}
