//! What stands between operators: literals, names, parentheses, calls.

use rust_decimal::Decimal;

use super::{Node, Parser, gather};
use crate::ast::{BinaryOp, Expr, ExprKind, Function, binding, is_bare_key, is_word};
use crate::diagnostic::Problem;
use crate::lexer::Tok;
use crate::print::quoted;
use crate::span::Span;
use crate::suggest;

impl Parser<'_> {
    /// An operand of something that binds as tightly as `min`.
    pub(super) fn prefix(&mut self, min: u8) -> Option<Node> {
        let span = self.span();
        let leaf = |kind| {
            Some(Node {
                expr: Expr { kind, span },
                depth: 1,
            })
        };
        match self.peek().clone() {
            Tok::Not => {
                self.bump();
                self.negation(span, min)
            }
            Tok::Op(BinaryOp::Sub) => {
                self.bump();
                self.unary(span, binding::NEG, ExprKind::Neg)
            }
            Tok::LParen => {
                self.bump();
                let inner = self.inside(|it| it.expr(0));
                let end = self.span();
                if !self.eat(&Tok::RParen) {
                    self.unclosed(span, ")");
                    return None;
                }
                let mut inner = inner?;
                inner.expr.span = span.to(end);
                Some(inner)
            }
            Tok::Number | Tok::DigitWord => {
                self.bump();
                self.number(span).and_then(leaf)
            }
            Tok::Text(it) => {
                self.bump();
                leaf(ExprKind::Text(it))
            }
            Tok::True => {
                self.bump();
                leaf(ExprKind::Bool(true))
            }
            Tok::False => {
                self.bump();
                leaf(ExprKind::Bool(false))
            }
            Tok::Today => {
                self.bump();
                if self.peek() == &Tok::LParen {
                    self.today_call(span);
                    return None;
                }
                leaf(ExprKind::Today)
            }
            Tok::Word => self.word(span, min),
            Tok::Op(BinaryOp::Add) => {
                let problem = Problem::ForeignOperator {
                    found: "+".to_owned(),
                };
                self.report(span, problem, Some(String::new()));
                self.bump();
                self.inside(|it| it.expr(binding::NEG))
            }
            Tok::Dot
                if self
                    .tokens
                    .get(self.at + 1)
                    .is_some_and(|it| it.tok == Tok::Number) =>
            {
                self.bump();
                let span = span.to(self.span());
                self.bump();
                let found = span.slice(self.source).to_owned();
                let suggestion = format!("0{found}");
                self.report(span, Problem::BadNumber { found }, Some(suggestion));
                None
            }
            other => {
                let problem = Problem::ExpectedValue {
                    found: self.found(),
                };
                self.report(span, problem, None);
                // Operators and closing signs are for the caller to go on with.
                if matches!(other, Tok::Dot | Tok::LBracket) {
                    self.bump();
                }
                None
            }
        }
    }

    /// `not a`; as an operand of something that binds more tightly it needs parentheses, because
    /// nobody reads `a = not b = c` the same way.
    fn negation(&mut self, start: Span, min: u8) -> Option<Node> {
        let node = self.unary(start, binding::NOT, ExprKind::Not)?;
        if min <= binding::NOT {
            return Some(node);
        }
        self.needs_parentheses(&node)
    }

    /// Reports an expression that cannot be an operand as it stands.
    pub(super) fn needs_parentheses(&mut self, node: &Node) -> Option<Node> {
        let span = node.expr.span;
        let text = span.slice(self.source);
        let problem = Problem::Expected {
            wanted: "(",
            found: text.to_owned(),
        };
        self.report(span, problem, Some(format!("({text})")));
        None
    }

    fn unary(
        &mut self,
        start: Span,
        min: u8,
        kind: impl FnOnce(Box<Expr>) -> ExprKind,
    ) -> Option<Node> {
        let operand = self.inside(|it| it.expr(min))?;
        let span = start.to(operand.expr.span);
        self.node(kind(Box::new(operand.expr)), span, operand.depth)
    }

    fn number(&mut self, span: Span) -> Option<ExprKind> {
        let text = span.slice(self.source);
        if let Ok(it) = Decimal::from_str_exact(text) {
            // `1_000` is a number to the library, not to this language.
            if text.bytes().all(|it| it.is_ascii_digit() || it == b'.') {
                return Some(ExprKind::Number(it.normalize()));
            }
        }
        let found = text.to_owned();
        let digits: String = text.chars().filter(|it| *it != '_').collect();
        let suggestion = Decimal::from_str_exact(&digits)
            .ok()
            .map(|it| it.to_string());
        self.report(span, Problem::BadNumber { found }, suggestion);
        None
    }

    /// `today()`, as many languages have it.
    fn today_call(&mut self, start: Span) {
        let open = self.span();
        self.bump();
        self.arguments(open);
        let end = self
            .tokens
            .get(self.at.saturating_sub(1))
            .map_or(open, |it| it.span);
        let span = start.to(end);
        let found = span.slice(self.source).to_owned();
        self.report(
            span,
            Problem::ForeignOperator { found },
            Some("today".to_owned()),
        );
    }

    /// What begins with a word: a name, a field, a row, an item of a unit, a call.
    fn word(&mut self, span: Span, min: u8) -> Option<Node> {
        let word = span.slice(self.source).to_owned();
        self.bump();
        if suggest::is_foreign_not(&word) && self.begins_operand() {
            let problem = Problem::ForeignOperator { found: word };
            self.report(span, problem, Some("not".to_owned()));
            return self.negation(span, min);
        }
        match self.peek() {
            Tok::LParen => self.call(&word, span),
            Tok::Dot => {
                self.bump();
                let (field, end) = self.field()?;
                let kind = ExprKind::Field { base: word, field };
                Some(Node {
                    expr: Expr {
                        kind,
                        span: span.to(end),
                    },
                    depth: 1,
                })
            }
            Tok::LBracket => self.bracket(word, span),
            _ => Some(Node {
                expr: Expr {
                    kind: ExprKind::Name(word),
                    span,
                },
                depth: 1,
            }),
        }
    }

    /// Whether the next token can only be the operand of a `not` written in another language.
    fn begins_operand(&mut self) -> bool {
        match self.peek() {
            Tok::LParen | Tok::Number | Tok::Text(_) | Tok::True | Tok::False | Tok::Not => true,
            Tok::Word => suggest::operator(self.span().slice(self.source)).is_none(),
            _ => false,
        }
    }

    fn call(&mut self, name: &str, span: Span) -> Option<Node> {
        let open = self.span();
        self.bump();
        let args = self.arguments(open);
        let end = self
            .tokens
            .get(self.at.saturating_sub(1))
            .map_or(open, |it| it.span);
        let Some(function) = Function::from_name(name) else {
            let problem = Problem::UnknownFunction {
                name: name.to_owned(),
            };
            self.report(span, problem, suggest::function(name));
            return None;
        };
        let (_, below, args) = gather(args?);
        self.node(ExprKind::Call { function, args }, span.to(end), below)
    }

    /// A word after a dot; reserved words are allowed there.
    fn field(&mut self) -> Option<(String, Span)> {
        let span = self.span();
        let text = span.slice(self.source);
        if is_word(text) && self.peek() != &Tok::End {
            let text = text.to_owned();
            self.bump();
            return Some((text, span));
        }
        let problem = Problem::ExpectedValue {
            found: self.found(),
        };
        self.report(span, problem, None);
        None
    }

    /// `[row]` or `[unit].item` after a name.
    fn bracket(&mut self, base: String, start: Span) -> Option<Node> {
        let open = self.span();
        self.bump();
        let key_span = self.span();
        let key = match self.peek() {
            Tok::Text(it) => Some(it.clone()),
            Tok::End => None,
            _ => Some(key_span.slice(self.source).to_owned()).filter(|it| is_bare_key(it)),
        };
        if key.is_some() {
            self.bump();
        }
        let end = self.span();
        let Some(key) = key.filter(|_| self.peek() == &Tok::RBracket) else {
            self.bad_key(open, key_span);
            return None;
        };
        self.bump();
        let (kind, end) = if self.eat(&Tok::Dot) {
            let (item, end) = self.field()?;
            (
                ExprKind::Unit {
                    roster: base,
                    unit: key,
                    item,
                },
                end,
            )
        } else {
            (ExprKind::Row { base, row: key }, end)
        };
        Some(Node {
            expr: Expr {
                kind,
                span: start.to(end),
            },
            depth: 1,
        })
    }

    /// Reports what stands between brackets and is no key: `liens[a-b]` for `liens['a-b']`.
    fn bad_key(&mut self, open: Span, start: Span) {
        use BinaryOp::{Add, Div, Sub};
        let mut end = None;
        while let Tok::Word | Tok::DigitWord | Tok::Number | Tok::Dot | Tok::Op(Add | Div | Sub) =
            self.peek()
        {
            end = Some(self.span());
            self.bump();
        }
        if !self.eat(&Tok::RBracket) {
            self.unclosed(open, "]");
        } else if let Some(end) = end {
            let span = start.to(end);
            let found = span.slice(self.source).to_owned();
            let suggestion = quoted(&found);
            self.report(
                span,
                Problem::Expected { wanted: "'", found },
                Some(suggestion),
            );
        } else {
            let problem = Problem::ExpectedValue {
                found: "]".to_owned(),
            };
            self.report(start, problem, None);
        }
        if self.eat(&Tok::Dot) {
            self.field();
        }
    }
}
