//! Tokens → syntax tree, by operator precedence. Never fails and never panics: it reports what is
//! wrong, makes the best of it and goes on, so that one reading shows several mistakes.

use rust_decimal::Decimal;

use crate::ast::{BinaryOp, Expr, ExprKind, Function, binding};
use crate::diagnostic::{Diagnostic, Problem};
use crate::lexer::{MAX_DIAGNOSTICS, Tok, Token, lex};
use crate::span::Span;
use crate::suggest;

/// The longest source, in bytes.
pub const MAX_SOURCE: usize = 4096;
/// The most levels of an expression.
pub const MAX_DEPTH: usize = 64;
/// Nested calls of the parser: each level of the tree is at most a parenthesis and itself.
const MAX_NESTING: usize = 2 * MAX_DEPTH;

/// What reading a source gave.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The expression, when nothing is wrong with it.
    pub expr: Option<Expr>,
    /// What is wrong, in the order of the source.
    pub diagnostics: Vec<Diagnostic>,
    steps: u32,
}

impl Parsed {
    /// The work done: characters and tokens looked at. It grows linearly with the source.
    #[must_use]
    pub const fn steps(&self) -> u32 {
        self.steps
    }
}

/// Reads an expression.
///
/// ```
/// let parsed = expr::parse("presence_asv == \"oui\"");
/// assert!(parsed.expr.is_none());
/// let suggestions: Vec<_> =
///     parsed.diagnostics.iter().filter_map(|it| it.suggestion.as_deref()).collect();
/// assert_eq!(suggestions, ["=", "'oui'"]);
/// ```
#[must_use]
pub fn parse(source: &str) -> Parsed {
    if source.len() > MAX_SOURCE {
        let span = Span::new(0, u32::try_from(source.len()).unwrap_or(u32::MAX));
        let problem = Problem::TooLong {
            bytes: source.len(),
        };
        return Parsed {
            expr: None,
            diagnostics: vec![Diagnostic::new(span, problem, None)],
            steps: 0,
        };
    }
    let lexed = lex(source);
    let mut it = Parser {
        source,
        tokens: lexed.tokens,
        at: 0,
        nesting: 0,
        stopped: false,
        diagnostics: lexed.diagnostics,
        steps: lexed.steps,
    };
    let expr = it.whole();
    it.diagnostics
        .sort_by_key(|it| (it.span.start, it.span.end));
    it.diagnostics.truncate(MAX_DIAGNOSTICS);
    let expr = if it.diagnostics.is_empty() {
        expr.map(|it| it.expr)
    } else {
        None
    };
    Parsed {
        expr,
        diagnostics: it.diagnostics,
        steps: it.steps,
    }
}

/// An expression and how many levels it has.
struct Node {
    expr: Expr,
    depth: usize,
}

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

struct Parser<'s> {
    source: &'s str,
    tokens: Vec<Token>,
    at: usize,
    nesting: usize,
    /// Set when there is no point in reading on.
    stopped: bool,
    diagnostics: Vec<Diagnostic>,
    steps: u32,
}

impl Parser<'_> {
    fn whole(&mut self) -> Option<Node> {
        if self.peek() == &Tok::End {
            if self.diagnostics.is_empty() {
                self.report(self.span(), Problem::Empty, None);
            }
            return None;
        }
        let first = self.expr(0);
        while self.peek() != &Tok::End {
            self.stray();
            // Closing signs that close nothing would only be reported again.
            while matches!(
                self.peek(),
                Tok::RParen | Tok::RBracket | Tok::Comma | Tok::Dot
            ) {
                self.bump();
            }
            if self.peek() != &Tok::End {
                self.expr(0);
            }
        }
        first
    }

    /// Reports what stands where an operator should.
    fn stray(&mut self) {
        let span = self.span();
        let found = self.found();
        let joined = match (
            self.at.checked_sub(1).and_then(|it| self.tokens.get(it)),
            self.peek(),
        ) {
            // `1,5`: a decimal comma.
            (Some(before), Tok::Comma)
                if before.tok == Tok::Number
                    && self
                        .tokens
                        .get(self.at + 1)
                        .is_some_and(|it| it.tok == Tok::Number) =>
            {
                let after = self.tokens[self.at + 1].span;
                Some((before.span, after))
            }
            _ => None,
        };
        if let Some((before, after)) = joined {
            let found = before.to(after).slice(self.source).to_owned();
            let suggestion = found.replace(',', ".");
            self.report(
                before.to(after),
                Problem::BadNumber { found },
                Some(suggestion),
            );
            self.bump();
            self.bump();
            return;
        }
        match self.peek() {
            Tok::RParen => self.report(span, Problem::Expected { wanted: "(", found }, None),
            _ => self.report(span, Problem::MissingOperator { found }, None),
        }
    }

    fn peek(&self) -> &Tok {
        if self.stopped {
            return &Tok::End;
        }
        self.tokens.get(self.at).map_or(&Tok::End, |it| &it.tok)
    }

    fn span(&self) -> Span {
        self.tokens
            .get(self.at)
            .or(self.tokens.last())
            .map(|it| it.span)
            .unwrap_or_default()
    }

    /// The text of the next token, for messages.
    fn found(&self) -> String {
        self.span().slice(self.source).to_owned()
    }

    fn bump(&mut self) {
        self.steps = self.steps.saturating_add(1);
        if self.at + 1 < self.tokens.len() {
            self.at += 1;
        }
    }

    fn eat(&mut self, wanted: &Tok) -> bool {
        let it = self.peek() == wanted;
        if it {
            self.bump();
        }
        it
    }

    fn report(&mut self, span: Span, problem: Problem, suggestion: Option<String>) {
        if self.stopped {
            return;
        }
        self.diagnostics
            .push(Diagnostic::new(span, problem, suggestion));
        self.stopped = self.diagnostics.len() >= 2 * MAX_DIAGNOSTICS;
    }

    fn too_deep(&mut self, span: Span) {
        self.report(span, Problem::TooDeep, None);
        self.stopped = true;
    }

    /// An inner node of the tree.
    fn node(&mut self, kind: ExprKind, span: Span, below: usize) -> Option<Node> {
        if below >= MAX_DEPTH {
            self.too_deep(span);
            return None;
        }
        Some(Node {
            expr: Expr { kind, span },
            depth: below + 1,
        })
    }

    /// Runs `read` one level further inside, unless that is too deep.
    fn inside<T: Default>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        if self.nesting >= MAX_NESTING {
            self.too_deep(self.span());
            return T::default();
        }
        self.nesting += 1;
        let res = read(self);
        self.nesting -= 1;
        res
    }

    /// An expression whose operators bind at least as tightly as `min`.
    fn expr(&mut self, min: u8) -> Option<Node> {
        let start = self.span();
        let mut left = self.prefix();
        let mut compared = false;
        while let Some(infix) = self.infix() {
            if infix.binding() < min {
                break;
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

    /// Expressions between commas up to the closing parenthesis; the opening one has been read.
    fn arguments(&mut self, open: Span) -> Option<Vec<Node>> {
        self.inside(|it| {
            let mut list = vec![];
            let mut complete = true;
            if it.eat(&Tok::RParen) {
                return Some(list);
            }
            loop {
                match it.expr(0) {
                    Some(node) => list.push(node),
                    None => complete = false,
                }
                if it.eat(&Tok::Comma) {
                    continue;
                }
                if it.eat(&Tok::RParen) {
                    break;
                }
                it.unclosed(open, ")");
                complete = false;
                it.skip_arguments();
                if !it.eat(&Tok::Comma) {
                    it.eat(&Tok::RParen);
                    break;
                }
            }
            complete.then_some(list)
        })
    }

    /// Skips what cannot be an argument, up to a comma or the parenthesis that closes the list.
    fn skip_arguments(&mut self) {
        let mut open = 0_usize;
        loop {
            match self.peek() {
                Tok::End => return,
                Tok::Comma | Tok::RParen if open == 0 => return,
                Tok::LParen => open += 1,
                Tok::RParen => open -= 1,
                _ => {}
            }
            self.bump();
        }
    }

    /// Reports that something opened is not closed: at the opening sign if the source just ends.
    fn unclosed(&mut self, open: Span, wanted: &'static str) {
        let found = self.found();
        let span = if self.peek() == &Tok::End {
            open
        } else {
            self.span()
        };
        self.report(span, Problem::Expected { wanted, found }, None);
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

    fn prefix(&mut self) -> Option<Node> {
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
                self.unary(span, binding::NOT, ExprKind::Not)
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
            Tok::Word => self.word(span),
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
    fn word(&mut self, span: Span) -> Option<Node> {
        let word = span.slice(self.source).to_owned();
        self.bump();
        if suggest::is_foreign_not(&word) && self.begins_operand() {
            let problem = Problem::ForeignOperator { found: word };
            self.report(span, problem, Some("not".to_owned()));
            return self.unary(span, binding::NOT, ExprKind::Not);
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
        if crate::ast::is_word(text) && self.peek() != &Tok::End {
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
            _ => Some(key_span.slice(self.source).to_owned())
                .filter(|it| crate::ast::is_bare_key(it)),
        };
        let Some(key) = key else {
            let problem = Problem::ExpectedValue {
                found: self.found(),
            };
            self.report(key_span, problem, None);
            return None;
        };
        self.bump();
        let end = self.span();
        if !self.eat(&Tok::RBracket) {
            self.unclosed(open, "]");
            return None;
        }
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
}

/// The span, the depth and the expressions of several nodes.
fn gather(nodes: Vec<Node>) -> (Span, usize, Vec<Expr>) {
    let span = match (nodes.first(), nodes.last()) {
        (Some(first), Some(last)) => first.expr.span.to(last.expr.span),
        _ => Span::default(),
    };
    let depth = nodes.iter().map(|it| it.depth).max().unwrap_or(0);
    (span, depth, nodes.into_iter().map(|it| it.expr).collect())
}
