//! What stands between operands: precedence, chains, lists after `in`.

use super::{Node, Parser, gather};
use crate::ast::{BinaryOp, ExprKind, binding};
use crate::diagnostic::Problem;
use crate::lexer::{Tok, Token};
use crate::span::Span;
use crate::suggest;

/// What stands between two operands.
#[derive(Clone, Copy, PartialEq)]
enum Infix {
    And,
    Or,
    In,
    NotIn,
    Op(BinaryOp),
}

impl Infix {
    const fn binding(self) -> u8 {
        match self {
            Self::Or => binding::OR,
            Self::And => binding::AND,
            Self::In | Self::NotIn => binding::COMPARISON,
            Self::Op(it) => it.binding(),
        }
    }
}

impl Parser<'_> {
    /// An expression whose operators bind at least as tightly as `min`.
    pub(super) fn expr(&mut self, min: u8) -> Option<Node> {
        let start = self.span();
        let mut left = self.prefix(min);
        let mut compared = false;
        while let Some(infix) = self.infix() {
            if infix.binding() < min {
                break;
            }
            if compared && infix.binding() > binding::COMPARISON {
                // `x in (1, 2) + 3`
                left = left.and_then(|it| self.needs_parentheses(&it));
            }
            left = match infix {
                Infix::And | Infix::Or => self.chain(infix, left),
                Infix::In | Infix::NotIn => self.list(infix == Infix::NotIn, left),
                Infix::Op(op) => {
                    self.bump();
                    let right = self.expr(op.binding() + 1);
                    self.binary(op, left, right)
                }
            };
            if infix.binding() == binding::COMPARISON {
                if compared {
                    let before = self.tokens.get(self.at.saturating_sub(1)).map(|it| it.span);
                    let span = start.to(before.unwrap_or(start));
                    self.report(span, Problem::ChainedComparison, self.unchained(span));
                    left = None;
                }
                compared = true;
            } else {
                compared = false;
            }
        }
        left
    }

    /// `a < b < c` as `a < b and b < c`, for three plain operands.
    fn unchained(&self, span: Span) -> Option<String> {
        let first = self
            .tokens
            .iter()
            .position(|it| it.span.start == span.start)?;
        let last = self.at;
        let [a, op, b, op2, c] = self.tokens.get(first..last)? else {
            return None;
        };
        let plain = |it: &Token| {
            matches!(it.tok, Tok::Word | Tok::Number | Tok::Text(_) | Tok::Today)
                .then(|| it.span.slice(self.source))
        };
        let sign = |it: &Token| match it.tok {
            Tok::Op(op) => Some(op.symbol()),
            _ => None,
        };
        let (a, op, b, op2, c) = (plain(a)?, sign(op)?, plain(b)?, sign(op2)?, plain(c)?);
        Some(format!("{a} {op} {b} and {b} {op2} {c}"))
    }

    fn binary(&mut self, op: BinaryOp, left: Option<Node>, right: Option<Node>) -> Option<Node> {
        let (left, right) = (left?, right?);
        let span = left.expr.span.to(right.expr.span);
        let below = left.depth.max(right.depth);
        let (left, right) = (Box::new(left.expr), Box::new(right.expr));
        self.node(ExprKind::Binary { op, left, right }, span, below)
    }

    /// `a and b and c` is one node with three operands, so that long conditions are not deep.
    fn chain(&mut self, infix: Infix, first: Option<Node>) -> Option<Node> {
        let mut list = vec![first];
        while self.infix() == Some(infix) {
            self.bump();
            list.push(self.expr(infix.binding() + 1));
        }
        let nodes = list.into_iter().collect::<Option<Vec<_>>>()?;
        let (span, below, list) = gather(nodes);
        let kind = if infix == Infix::And {
            ExprKind::And(list)
        } else {
            ExprKind::Or(list)
        };
        self.node(kind, span, below)
    }

    /// The parentheses after `in`.
    fn list(&mut self, negated: bool, operand: Option<Node>) -> Option<Node> {
        self.bump();
        if negated {
            self.bump();
        }
        let open = self.span();
        if !self.eat(&Tok::LParen) {
            let problem = Problem::Expected {
                wanted: "(",
                found: self.found(),
            };
            self.report(open, problem, None);
            // `x in 'a'`: read the value so that it is not reported as well.
            self.expr(binding::SUM);
            return None;
        }
        let list = self.arguments(open);
        let end = self
            .tokens
            .get(self.at.saturating_sub(1))
            .map_or(open, |it| it.span);
        let nodes = list?;
        if nodes.is_empty() {
            self.report(open.to(end), Problem::EmptyList, None);
            return None;
        }
        let operand = operand?;
        let (_, below, list) = gather(nodes);
        let span = operand.expr.span.to(end);
        let below = below.max(operand.depth);
        let operand = Box::new(operand.expr);
        self.node(
            ExprKind::In {
                operand,
                list,
                negated,
            },
            span,
            below,
        )
    }

    /// The next operator, if there is one. A word of another language is reported and replaced.
    fn infix(&mut self) -> Option<Infix> {
        self.steps = self.steps.saturating_add(1);
        match self.peek() {
            Tok::And => Some(Infix::And),
            Tok::Or => Some(Infix::Or),
            Tok::In => Some(Infix::In),
            Tok::Op(op) => Some(Infix::Op(*op)),
            Tok::Not
                if self
                    .tokens
                    .get(self.at + 1)
                    .is_some_and(|it| it.tok == Tok::In) =>
            {
                Some(Infix::NotIn)
            }
            Tok::Word => {
                let span = self.span();
                let word = span.slice(self.source);
                let (infix, tok) = match suggest::operator(word)? {
                    "and" => (Infix::And, Tok::And),
                    "or" => (Infix::Or, Tok::Or),
                    "in" => (Infix::In, Tok::In),
                    "has" => (Infix::Op(BinaryOp::Has), Tok::Op(BinaryOp::Has)),
                    _ => (Infix::Op(BinaryOp::Eq), Tok::Op(BinaryOp::Eq)),
                };
                let suggestion = suggest::operator(word).map(str::to_owned);
                let problem = Problem::ForeignOperator {
                    found: word.to_owned(),
                };
                self.report(span, problem, suggestion);
                if let Some(it) = self.tokens.get_mut(self.at) {
                    it.tok = tok;
                }
                Some(infix)
            }
            _ => None,
        }
    }
}
