//! Source text → tokens. Never fails: what has no meaning becomes a diagnostic.

use crate::ast::{BinaryOp, continues_word, starts_word};
use crate::diagnostic::{Diagnostic, Problem};
use crate::print::quoted;
use crate::span::Span;

/// Diagnostics after which nobody reads on; it also bounds the work on bad input.
pub(crate) const MAX_DIAGNOSTICS: usize = 20;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tok {
    /// A word that is not reserved.
    Word,
    /// Digits with letters after them: only good as a key.
    DigitWord,
    Number,
    Text(String),
    And,
    Or,
    Not,
    In,
    True,
    False,
    Today,
    Op(BinaryOp),
    LParen,
    RParen,
    LBracket,
    RBracket,
    Comma,
    Dot,
    End,
}

#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) tok: Tok,
    pub(crate) span: Span,
}

pub(crate) struct Lexed {
    /// Always ends with one [`Tok::End`].
    pub(crate) tokens: Vec<Token>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Characters looked at, to show that the work is linear.
    pub(crate) steps: u32,
}

pub(crate) fn lex(source: &str) -> Lexed {
    let mut it = Lexer {
        source,
        at: 0,
        tokens: vec![],
        diagnostics: vec![],
        steps: 0,
    };
    it.run();
    Lexed {
        tokens: it.tokens,
        diagnostics: it.diagnostics,
        steps: it.steps,
    }
}

struct Lexer<'s> {
    source: &'s str,
    at: usize,
    tokens: Vec<Token>,
    diagnostics: Vec<Diagnostic>,
    steps: u32,
}

impl Lexer<'_> {
    fn run(&mut self) {
        while let Some(it) = self.peek() {
            if self.diagnostics.len() >= MAX_DIAGNOSTICS {
                break;
            }
            self.token(it);
        }
        self.at = self.source.len();
        self.push(self.at, Tok::End);
    }

    fn peek(&self) -> Option<char> {
        self.source[self.at..].chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let it = self.peek()?;
        self.at += it.len_utf8();
        self.steps = self.steps.saturating_add(1);
        Some(it)
    }

    fn eat(&mut self, wanted: char) -> bool {
        let it = self.peek() == Some(wanted);
        if it {
            self.bump();
        }
        it
    }

    fn eat_while(&mut self, wanted: impl Fn(char) -> bool) {
        while self.peek().is_some_and(&wanted) {
            self.bump();
        }
    }

    fn span_from(&self, start: usize) -> Span {
        // Sources are limited to 4 KiB before they come here.
        let offset = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        Span::new(offset(start), offset(self.at.max(start)))
    }

    fn push(&mut self, start: usize, tok: Tok) {
        let span = self.span_from(start);
        self.tokens.push(Token { tok, span });
    }

    fn report(&mut self, start: usize, problem: Problem, suggestion: Option<String>) {
        let span = self.span_from(start);
        self.diagnostics
            .push(Diagnostic::new(span, problem, suggestion));
    }

    /// A sign that means `tok` in some other language.
    fn foreign(&mut self, start: usize, tok: Tok, suggestion: &str) {
        let found = self.source[start..self.at].to_owned();
        self.report(
            start,
            Problem::ForeignOperator { found },
            Some(suggestion.to_owned()),
        );
        self.push(start, tok);
    }

    fn token(&mut self, first: char) {
        let start = self.at;
        if is_space(first) {
            self.eat_while(is_space);
        } else if starts_word(first) {
            self.word(start);
        } else if first.is_ascii_digit() {
            self.number(start);
        } else if first == '\'' {
            self.text(start);
        } else if let Some(closers) = foreign_quotes(first) {
            self.foreign_text(start, closers);
        } else {
            self.bump();
            self.sign(start, first);
        }
    }

    fn word(&mut self, start: usize) {
        self.eat_while(continues_word);
        let tok = match &self.source[start..self.at] {
            "and" => Tok::And,
            "or" => Tok::Or,
            "not" => Tok::Not,
            "in" => Tok::In,
            "has" => Tok::Op(BinaryOp::Has),
            "true" => Tok::True,
            "false" => Tok::False,
            "today" => Tok::Today,
            _ => Tok::Word,
        };
        self.push(start, tok);
    }

    fn number(&mut self, start: usize) {
        self.eat_while(|it| it.is_ascii_digit());
        if self.peek().is_some_and(continues_word) {
            self.eat_while(continues_word);
            self.push(start, Tok::DigitWord);
            return;
        }
        let rest = &self.source[self.at..];
        if rest.starts_with('.') && rest[1..].starts_with(|it: char| it.is_ascii_digit()) {
            self.bump();
            self.eat_while(|it| it.is_ascii_digit());
        }
        self.push(start, Tok::Number);
    }

    /// A text between straight quotes; two quotes inside are one.
    fn text(&mut self, start: usize) {
        self.bump();
        let mut text = String::new();
        loop {
            match self.bump() {
                Some('\'') if self.eat('\'') => text.push('\''),
                Some('\'') => break,
                Some(it) => text.push(it),
                None => {
                    self.report(start, Problem::UnclosedText, None);
                    break;
                }
            }
        }
        self.push(start, Tok::Text(text));
    }

    /// A text between quotes that word processors or other languages write.
    fn foreign_text(&mut self, start: usize, closers: &[char]) {
        self.bump();
        let inside = self.at;
        self.eat_while(|it| !closers.contains(&it));
        // Guillemets have spaces inside that are no part of the text.
        let text = self.source[inside..self.at].trim().to_owned();
        if self.bump().is_some() {
            self.report(start, Problem::ForeignQuotes, Some(quoted(&text)));
        } else {
            self.report(start, Problem::UnclosedText, None);
        }
        self.push(start, Tok::Text(text));
    }

    fn sign(&mut self, start: usize, first: char) {
        use BinaryOp::{Add, Div, Eq, Ge, Gt, Le, Lt, Mul, Ne, Sub};
        match first {
            '(' => self.push(start, Tok::LParen),
            ')' => self.push(start, Tok::RParen),
            '[' => self.push(start, Tok::LBracket),
            ']' => self.push(start, Tok::RBracket),
            ',' => self.push(start, Tok::Comma),
            '.' => self.push(start, Tok::Dot),
            '+' => self.push(start, Tok::Op(Add)),
            '-' => self.push(start, Tok::Op(Sub)),
            '*' => self.push(start, Tok::Op(Mul)),
            '/' => self.push(start, Tok::Op(Div)),
            '=' if self.eat('=') => {
                self.eat('=');
                self.foreign(start, Tok::Op(Eq), "=");
            }
            '=' if self.eat('<') => self.foreign(start, Tok::Op(Le), "<="),
            '=' if self.eat('>') => self.foreign(start, Tok::Op(Ge), ">="),
            '=' => self.push(start, Tok::Op(Eq)),
            '!' if self.eat('=') => {
                if self.eat('=') {
                    self.foreign(start, Tok::Op(Ne), "!=");
                } else {
                    self.push(start, Tok::Op(Ne));
                }
            }
            '!' => self.foreign(start, Tok::Not, "not "),
            '<' if self.eat('=') => self.push(start, Tok::Op(Le)),
            '<' if self.eat('>') => self.foreign(start, Tok::Op(Ne), "!="),
            '<' => self.push(start, Tok::Op(Lt)),
            '>' if self.eat('=') => self.push(start, Tok::Op(Ge)),
            '>' => self.push(start, Tok::Op(Gt)),
            '&' => {
                self.eat('&');
                self.foreign(start, Tok::And, "and");
            }
            '|' => {
                self.eat('|');
                self.foreign(start, Tok::Or, "or");
            }
            '≠' => self.foreign(start, Tok::Op(Ne), "!="),
            '≤' => self.foreign(start, Tok::Op(Le), "<="),
            '≥' => self.foreign(start, Tok::Op(Ge), ">="),
            '−' | '–' | '—' => self.foreign(start, Tok::Op(Sub), "-"),
            '×' | '·' => self.foreign(start, Tok::Op(Mul), "*"),
            '÷' | ':' => self.foreign(start, Tok::Op(Div), "/"),
            ';' => self.foreign(start, Tok::Comma, ","),
            _ => {
                self.eat_while(is_stray);
                let found = self.source[start..self.at].to_owned();
                self.report(
                    start,
                    Problem::UnexpectedCharacter { found },
                    Some(String::new()),
                );
            }
        }
    }
}

/// Space, also of the kinds that word processors and web pages leave behind.
fn is_space(it: char) -> bool {
    it.is_whitespace() || matches!(it, '\u{200b}' | '\u{feff}')
}

/// A character that no token begins with.
fn is_stray(it: char) -> bool {
    !(is_space(it)
        || it.is_alphanumeric()
        || foreign_quotes(it).is_some()
        || "_'()[],.+-*/=!<>&|≠≤≥−–—×·÷:;".contains(it))
}

/// What closes a text that begins with this sign, if it is a quote of another language.
const fn foreign_quotes(it: char) -> Option<&'static [char]> {
    match it {
        '"' | '“' | '”' | '„' => Some(&['"', '“', '”']),
        '‘' | '’' | '‚' | '`' | '´' => Some(&['‘', '’', '`', '´', '\'']),
        '«' | '‹' => Some(&['»', '›']),
        _ => None,
    }
}
