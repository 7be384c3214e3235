//! Tokens → syntax tree, by operator precedence. Never fails and never panics: it reports what is
//! wrong, makes the best of it and goes on, so that one reading shows several mistakes.

mod operand;
mod operator;

use crate::ast::{Expr, ExprKind};
use crate::diagnostic::{Diagnostic, Problem};
use crate::lexer::{MAX_DIAGNOSTICS, Tok, Token, lex};
use crate::span::Span;

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
    // What is foreign and misplaced is reported once.
    it.diagnostics.dedup_by_key(|it| it.span);
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

    /// Expressions between commas up to the closing parenthesis; the opening one has been read.
    fn arguments(&mut self, open: Span) -> Option<Vec<Node>> {
        self.inside(|it| {
            let mut list = vec![];
            let mut complete = true;
            if it.eat(&Tok::RParen) {
                return Some(list);
            }
            if it.peek() == &Tok::End {
                it.unclosed(open, ")");
                return None;
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
