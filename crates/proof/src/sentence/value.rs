//! Values as words: what stands on both sides of a comparison.

use expr::{BinaryOp, Expr, ExprKind, Function, ListId, Type};
use questionnaire::instrument::{Kind, Units};

use super::names::Thing;
use super::{Place, Sentences};

/// How tightly a value holds together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Sum,
    Product,
    Whole,
}

impl Sentences<'_> {
    /// A value, where a neighbour is of this type.
    pub(super) fn value(&self, it: &Expr, ty: Option<Type>, place: &Place) -> Option<String> {
        self.bound(it, ty, place).map(|it| it.0)
    }

    fn operand(&self, it: &Expr, least: Binding, place: &Place) -> Option<String> {
        let (text, binding) = self.bound(it, None, place)?;
        Some(if binding < least {
            format!("({text})")
        } else {
            text
        })
    }

    fn bound(&self, it: &Expr, ty: Option<Type>, place: &Place) -> Option<(String, Binding)> {
        let words = self.words;
        let whole = |text: String| Some((text, Binding::Whole));
        match &it.kind {
            ExprKind::Number(it) => whole(words.number(*it)),
            ExprKind::Text(it) => whole(self.literal(it, ty)),
            ExprKind::Today => whole(words.today().to_owned()),
            ExprKind::Neg(it) => whole(format!("−{}", self.operand(it, Binding::Whole, place)?)),
            ExprKind::Name(_)
            | ExprKind::Field { .. }
            | ExprKind::Row { .. }
            | ExprKind::Unit { .. } => whole(self.named(&self.thing(it, place)?)?),
            ExprKind::Binary { op, left, right } => match op {
                BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul | BinaryOp::Div => {
                    self.arithmetic(*op, left, right, place)
                }
                _ => whole(format!("({})", self.clause(it, true, place)?.text)),
            },
            ExprKind::Bool(_)
            | ExprKind::Not(_)
            | ExprKind::And(_)
            | ExprKind::Or(_)
            | ExprKind::In { .. } => whole(format!("({})", self.clause(it, true, place)?.text)),
            ExprKind::Call { function, args } => whole(self.call(*function, args, it, ty, place)?),
        }
    }

    /// A text in quotes: a choice, a day or just that.
    fn literal(&self, text: &str, ty: Option<Type>) -> String {
        match ty {
            Some(Type::Code(list) | Type::Codes(list)) => self.choice(list, text),
            Some(Type::Date) => match text.parse() {
                Ok(it) => self.words.date(it),
                Err(_) => self.words.quoted(text),
            },
            _ => self.words.quoted(text),
        }
    }

    /// The label of a code, in quotes.
    fn choice(&self, list: ListId, code: &str) -> String {
        self.words.quoted(&self.bare_choice(list, code))
    }

    /// The label of a code.
    pub(super) fn bare_choice(&self, ListId(list): ListId, code: &str) -> String {
        let list = self.engine.instrument.lists.get(list as usize);
        let choice = list.and_then(|list| list.choice(list.position(code)?));
        choice.map_or_else(|| code.to_owned(), |it| self.text(&it.label))
    }

    pub(super) fn named(&self, it: &Thing) -> Option<String> {
        let words = self.words;
        Some(match it {
            Thing::Item(ix) => self.title(*ix),
            Thing::Row(ix, at) => {
                let Kind::Grid { rows, .. } = &self.item(*ix)?.kind else {
                    return None;
                };
                let row = self.text(&rows.get(*at)?.label);
                self.found(*ix, &words.with_part(&self.bare_title(*ix), &row))
            }
            Thing::Attribute(ix, at) => {
                let Kind::Territory { attributes, .. } = &self.item(*ix)?.kind else {
                    return None;
                };
                words.attribute(&attributes.get(*at)?.id, &self.title(*ix))
            }
            Thing::Of(roster, key, ix) => {
                let unit = self.unit(*roster, key);
                words.for_unit(&self.title(*ix), &unit)
            }
            Thing::Key(roster) => {
                let roster = self.engine.instrument.rosters.get(*roster as usize)?;
                let is_chosen = matches!(roster.units, Units::Chosen { .. });
                words.unit_itself(is_chosen).to_owned()
            }
            Thing::Roster(roster) => {
                let roster = self.engine.instrument.rosters.get(*roster as usize)?;
                self.title(roster.item)
            }
        })
    }

    fn unit(&self, roster: u32, key: &str) -> String {
        let roster = self.engine.instrument.rosters.get(roster as usize);
        match roster.map(|it| &it.units) {
            Some(Units::Chosen { list, .. }) => self.choice(ListId(*list), key),
            Some(Units::Free { .. }) | None => self.words.numbered_unit(key),
        }
    }

    fn arithmetic(
        &self,
        op: BinaryOp,
        left: &Expr,
        right: &Expr,
        place: &Place,
    ) -> Option<(String, Binding)> {
        let is_date = |it: &Expr| self.type_of(it, place) == Some(Type::Date);
        let dates = [is_date(left), is_date(right)];
        if op == BinaryOp::Sub && dates == [true, true] {
            let [from, to] = [right, left].map(|it| self.value(it, None, place));
            return Some((self.words.days_between(&from?, &to?), Binding::Whole));
        }
        let (binding, right_binding) = match op {
            BinaryOp::Add => (Binding::Sum, Binding::Sum),
            BinaryOp::Sub => (Binding::Sum, Binding::Product),
            _ => (Binding::Product, Binding::Whole),
        };
        let sign = match op {
            BinaryOp::Add => "+",
            BinaryOp::Sub => "−",
            BinaryOp::Mul => "×",
            _ => "÷",
        };
        let mut sides = [
            self.operand(left, binding, place)?,
            self.operand(right, right_binding, place)?,
        ];
        if dates.contains(&true) {
            for (side, is_date) in sides.iter_mut().zip(dates) {
                if !is_date {
                    *side = self.words.days(side);
                }
            }
        }
        let [left, right] = sides;
        Some((format!("{left} {sign} {right}"), binding))
    }

    fn call(
        &self,
        function: Function,
        args: &[Expr],
        it: &Expr,
        ty: Option<Type>,
        place: &Place,
    ) -> Option<String> {
        let words = self.words;
        let over = self.over(args, place);
        match function {
            Function::Count => match (over, args) {
                (Some(roster), [_]) => Some(words.number_of_units(&self.roster_title(roster)?)),
                (Some(roster), [_, condition]) => {
                    let clause = self.clause(condition, true, &place.inside(roster))?;
                    Some(words.number_of_units_where(&self.roster_title(roster)?, &clause.text))
                }
                (None, [of]) => Some(words.number_of_choices(&self.value(of, None, place)?)),
                _ => None,
            },
            Function::Sum | Function::Min | Function::Max => {
                let name = words.extreme(function);
                if let Some(roster) = over {
                    let place = place.inside(roster);
                    let (of, binding) = self.bound(args.last()?, ty, &place)?;
                    let of = if binding == Binding::Whole {
                        of
                    } else {
                        format!("({of})")
                    };
                    let title = self.roster_title(roster)?;
                    return Some(words.over_units(name, &of, &title));
                }
                let ty = ty.or_else(|| self.type_of(it, place));
                Some(words.among(name, &self.values(args, ty, place)?))
            }
            Function::Coalesce => {
                let ty = ty.or_else(|| self.type_of(it, place));
                Some(words.first_known(&self.values(args, ty, place)?))
            }
            Function::Round => {
                let value = self.operand(args.first()?, Binding::Whole, place)?;
                let places = match args.get(1).map(|it| &it.kind) {
                    Some(ExprKind::Number(it)) => Some(words.number(*it)),
                    Some(_) => return None,
                    None => None,
                };
                Some(words.rounded(&value, places.as_deref()))
            }
            Function::Case => {
                let ty = ty.or_else(|| self.type_of(it, place));
                let mut cases = Vec::new();
                let mut rest = args.iter();
                let mut otherwise = None;
                while let Some(first) = rest.next() {
                    match rest.next() {
                        Some(value) => {
                            let when = self.clause(first, true, place)?;
                            cases.push((when.text, self.value(value, ty, place)?));
                        }
                        None => otherwise = Some(self.value(first, ty, place)?),
                    }
                }
                Some(words.by_case(&cases, otherwise.as_deref()))
            }
            Function::Answered | Function::Any | Function::All | Function::AtLeast => {
                Some(format!("({})", self.clause(it, true, place)?.text))
            }
            Function::MissingReason => {
                Some(words.reason_of(&self.value(args.first()?, None, place)?))
            }
        }
    }

    pub(super) fn roster_title(&self, roster: u32) -> Option<String> {
        let roster = self.engine.instrument.rosters.get(roster as usize)?;
        Some(self.title(roster.item))
    }

    pub(super) fn values(
        &self,
        them: &[Expr],
        ty: Option<Type>,
        place: &Place,
    ) -> Option<Vec<String>> {
        them.iter().map(|it| self.value(it, ty, place)).collect()
    }
}
