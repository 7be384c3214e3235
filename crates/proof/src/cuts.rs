//! Where the answers to a question are told apart: the numbers and days at which some condition
//! changes.
//!
//! Conditions that read one number (through arithmetic and computed values too) are followed by
//! halving ranges until nothing changes inside one: exact, whatever the arithmetic. Where a
//! condition reads several numbers at once, small ranges are taken value by value; large ones stay
//! ranges, and what depends on them is decided by search (see `search`).

use std::collections::{BTreeMap, BTreeSet, HashSet};

use expr::{At, Node, Op, Program, Slot, Type, Value, VarId};
use questionnaire::Engine;
use questionnaire::instrument::{AttributeValue, Cells, Kind};
use questionnaire::layout::Var;

use crate::grid::Grid;
use crate::seen::{Seen, combine};

/// Most boxes looked at for one condition and one question.
const MAX_BOXES: usize = 4_096;

/// What conditions tell apart.
#[derive(Debug, Default)]
pub(crate) struct Cuts {
    /// For each item (a grid's rows and a roster's units together): first values of a new piece.
    pieces: BTreeMap<u32, BTreeSet<i128>>,
    /// Items that some condition reads together with others.
    pub(crate) together: BTreeSet<u32>,
    /// Items that some condition reads.
    pub(crate) read: BTreeSet<u32>,
    /// Texts that conditions compare with.
    pub(crate) texts: BTreeSet<String>,
    /// Codes that conditions mention, whatever their list.
    pub(crate) codes: BTreeSet<u16>,
    /// Lists of which two variables are compared, or one is copied.
    pub(crate) whole_lists: BTreeSet<u32>,
    /// Attributes of territories that conditions read, by slot and part.
    pub(crate) attributes: BTreeSet<(u32, u16)>,
    pub(crate) reads_today: bool,
}

/// The item number that stands for `today`.
pub(crate) const TODAY: u32 = u32::MAX;

impl Cuts {
    pub(crate) fn of(engine: &Engine) -> Self {
        let mut it = Self::default();
        for program in programs(engine) {
            it.program(engine, program);
        }
        it
    }

    /// First values of the pieces after the first one, ascending.
    pub(crate) fn pieces(&self, item: u32) -> impl Iterator<Item = i128> + '_ {
        self.pieces.get(&item).into_iter().flatten().copied()
    }

    fn program(&mut self, engine: &Engine, program: &Program) {
        if let Type::Code(list) | Type::Codes(list) = program.ty() {
            self.whole_lists.insert(list.0);
        }
        let mut waiting = vec![program.root()];
        while let Some(node) = waiting.pop() {
            waiting.extend(node.operands());
            match node.op() {
                Op::Text(it) => {
                    self.texts.insert(it.to_string());
                }
                Op::Code(it) | Op::Is(_, it) | Op::Has(it) => {
                    self.codes.insert(*it);
                }
                Op::Among(codes) => self.codes.extend(codes.iter().copied()),
                Op::Today => self.reads_today = true,
                Op::Compare(_) | Op::In(_) => self.comparison(engine, node),
                _ => {}
            }
            if let Op::Read(slot) | Op::Is(slot, _) | Op::Answered(slot) | Op::Reason(slot, _) =
                node.op()
            {
                if let Some(item) = item_of(engine, slot.0) {
                    self.read.insert(item);
                }
                if let Some(Var::Attribute(first, part)) = engine.layout.var(slot.0) {
                    self.attributes.insert((first, part));
                }
            }
        }
    }

    fn comparison(&mut self, engine: &Engine, node: Node<'_>) {
        let mut reads = Reads::default();
        reads.collect(engine, node);
        for it in &reads.lists {
            if reads.n_codes > 1 {
                self.whole_lists.insert(*it);
            }
        }
        if reads.is_of_text {
            // A text that is compared with what territories are called may be each of these.
            let texts = reads.attributes.iter();
            self.texts
                .extend(texts.flat_map(|(list, part)| texts_of(engine, *list, *part)));
        }
        match (reads.numbers.len(), reads.is_plain) {
            (0, _) => {}
            (1, true) => {
                let (item, _) = reads.numbers.iter().next().copied().unwrap_or_default();
                if let Some(grid) = grid_of(engine, item) {
                    self.follow(engine, node, item, grid);
                }
            }
            _ => self.together.extend(reads.numbers.iter().map(|it| it.0)),
        }
    }

    /// Halves the range until the condition is the same everywhere in each part.
    fn follow(&mut self, engine: &Engine, node: Node<'_>, item: u32, grid: Grid) {
        let mut waiting = vec![(grid.first, grid.last)];
        let mut n = 0;
        let mut before: Option<Seen> = None;
        while let Some((low, high)) = waiting.pop() {
            n += 1;
            let seen = look(engine, node, &grid.seen(low, high));
            let open = matches!(seen, Seen::Vague | Seen::Either) && low < high;
            if open && n < MAX_BOXES {
                let middle = low + (high - low) / 2;
                waiting.push((middle + 1, high));
                waiting.push((low, middle));
                continue;
            }
            if before.as_ref().is_some_and(|it| *it != seen) {
                // The last value of one piece and the first of the next stand for themselves.
                let pieces = self.pieces.entry(item).or_default();
                pieces.extend([low - 1, low, low + 1]);
            }
            before = Some(seen);
        }
    }
}

/// The texts that an attribute of a list has.
fn texts_of(engine: &Engine, list: u32, part: u16) -> impl Iterator<Item = String> + '_ {
    let list = engine.instrument.lists.get(list as usize);
    let choices = list.into_iter().flat_map(|it| &it.choices);
    choices.filter_map(move |it| match it.attributes.get(usize::from(part)) {
        Some(AttributeValue::Text(it)) => Some(it.clone()),
        _ => None,
    })
}

/// Every program of a questionnaire.
fn programs(engine: &Engine) -> impl Iterator<Item = &Program> {
    let layout = &engine.layout;
    let gates = layout.gates().iter().filter_map(|it| it.filter);
    let watched = layout.watched().iter().map(|it| it.source);
    let computed = layout
        .computed_cells()
        .iter()
        .map(|it| questionnaire::layout::Source::Value(it.item));
    let sources: BTreeSet<_> = gates.chain(watched).chain(computed).collect();
    sources
        .into_iter()
        .filter_map(|it| it.condition(&engine.instrument))
        .map(|it| &it.program)
}

/// The item of a variable, if it is read from answers.
pub(crate) fn item_of(engine: &Engine, var: VarId) -> Option<u32> {
    match engine.layout.var(var)? {
        Var::Slot(first) | Var::Attribute(first, _) => {
            Some(engine.layout.slots().get(first as usize)?.item)
        }
        Var::Computed(_) | Var::UnitKey(_) | Var::Nothing => None,
    }
}

/// The numbers or days that can be answered.
pub(crate) fn grid_of(engine: &Engine, item: u32) -> Option<Grid> {
    if item == TODAY {
        return Some(Grid::today());
    }
    match &engine.instrument.items.get(item as usize)?.kind {
        Kind::Quantity(it)
        | Kind::Money(it)
        | Kind::Grid {
            cells: Cells::Quantity(it),
            ..
        } => Some(Grid::numbers(it)),
        Kind::Date { earliest, latest } => Some(Grid::days(*earliest, *latest)),
        _ => None,
    }
}

/// What one comparison reads, computed values being looked into.
#[derive(Default)]
struct Reads {
    numbers: HashSet<(u32, Option<At>)>,
    lists: BTreeSet<u32>,
    n_codes: usize,
    /// Whether nothing but one variable in one place, and literals, decides it.
    is_plain: bool,
    started: bool,
    /// Whether it reads an answer that is a text.
    is_of_text: bool,
    /// Attributes, by list and part.
    attributes: BTreeSet<(u32, u16)>,
    /// Computed values are looked into this deep.
    depth: usize,
}

impl Reads {
    fn collect(&mut self, engine: &Engine, node: Node<'_>) {
        if !self.started {
            (self.started, self.is_plain) = (true, true);
        }
        match node.op() {
            Op::Today => {
                self.numbers.insert((TODAY, None));
            }
            Op::Over(..) | Op::Units(_) | Op::Size => self.is_plain = false,
            Op::Read(Slot(var, at)) | Op::Is(Slot(var, at), _) => self.read(engine, *var, *at),
            Op::Answered(_) | Op::Reason(..) => self.is_plain = false,
            _ => {}
        }
        for it in node.operands() {
            self.collect(engine, it);
        }
    }

    fn read(&mut self, engine: &Engine, var: VarId, at: At) {
        match engine.layout.var(var) {
            Some(Var::Slot(first)) => {
                let slot = &engine.layout.slots()[first as usize];
                let item = &engine.instrument.items[slot.item as usize];
                if grid_of(engine, slot.item).is_some() {
                    // Rows of a grid are different variables of one item.
                    let row = slot
                        .row
                        .map(|row| At::Unit(expr::RosterId(var.0), row.into()));
                    self.numbers.insert((slot.item, row.or(Some(at))));
                } else {
                    self.is_plain = false;
                    self.n_codes += 1;
                    self.lists.extend(item.list());
                    self.is_of_text |= matches!(item.kind, Kind::Text { .. });
                }
            }
            Some(Var::Attribute(first, part)) => {
                self.is_plain = false;
                let slot = engine.layout.slots().get(first as usize);
                let item = slot.and_then(|it| engine.instrument.items.get(it.item as usize));
                let list = item.and_then(questionnaire::instrument::Item::list);
                self.attributes.extend(list.map(|it| (it, part)));
            }
            Some(Var::Computed(first)) => {
                let cell = engine.layout.computed_cells().get(first as usize);
                let item = cell.and_then(|it| engine.instrument.items.get(it.item as usize));
                match item.map(|it| &it.kind) {
                    Some(Kind::Computed { value }) if self.depth < 32 => {
                        self.depth += 1;
                        let outside = matches!(at, At::Global | At::Current(_));
                        self.is_plain &= outside;
                        self.collect(engine, value.program.root());
                        self.depth -= 1;
                    }
                    _ => self.is_plain = false,
                }
            }
            _ => self.is_plain = false,
        }
    }
}

/// What a comparison of one number can be seen to be where that number is in a range.
fn look(engine: &Engine, node: Node<'_>, given: &Seen) -> Seen {
    match node.op() {
        Op::Today => given.clone(),
        Op::Read(Slot(var, _)) => variable(engine, *var, given),
        // Numbers have no codes: a computed value that depends on one.
        Op::Is(Slot(var, _), code) => match variable(engine, *var, given) {
            Seen::Exact(Value::Code(it)) => Seen::Exact(Value::Bool(it == *code)),
            it if it.is_missing().is_some() => it,
            _ => Seen::Vague,
        },
        Op::Number(it) => Seen::number(*it),
        Op::Text(it) => Seen::Exact(Value::Text(it.to_string())),
        Op::Date(it) => Seen::Exact(Value::Date(*it)),
        Op::Code(it) => Seen::Exact(Value::Code(*it)),
        Op::Bool(it) => Seen::Exact(Value::Bool(*it)),
        _ => {
            let operands: Vec<Seen> = node.operands().map(|it| look(engine, it, given)).collect();
            combine(node, &operands)
        }
    }
}

fn variable(engine: &Engine, var: VarId, given: &Seen) -> Seen {
    match engine.layout.var(var) {
        Some(Var::Computed(first)) => {
            let cell = engine.layout.computed_cells().get(first as usize);
            let item = cell.and_then(|it| engine.instrument.items.get(it.item as usize));
            match item.map(|it| &it.kind) {
                Some(Kind::Computed { value }) => look(engine, value.program.root(), given),
                _ => Seen::Vague,
            }
        }
        _ => given.clone(),
    }
}
