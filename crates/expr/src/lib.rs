#![doc = include_str!("../README.md")]

pub mod days;
mod eval;
pub mod iso;
mod lang;
mod program;
mod scope;
pub mod sorted;
mod span;
mod value;
pub mod wire;

#[cfg(feature = "authoring")]
mod ast;
#[cfg(feature = "authoring")]
mod check;
#[cfg(feature = "authoring")]
mod diagnostic;
#[cfg(feature = "authoring")]
mod json;
#[cfg(feature = "authoring")]
mod lexer;
#[cfg(feature = "authoring")]
mod messages;
#[cfg(feature = "authoring")]
mod parser;
#[cfg(feature = "authoring")]
mod print;
#[cfg(feature = "authoring")]
mod suggest;
#[cfg(feature = "authoring")]
mod walk;

pub use eval::Env;
pub use lang::{Lang, Severity};
pub use program::{At, Cmp, Dependencies, Op, Over, Program, ProgramError, Slot};
pub use scope::{Code, ListId, RosterId, Scope, Symbol, Type, VarId};
pub use span::Span;
pub use value::{Datum, Missing, Reasons, Truth, Value};

#[cfg(feature = "authoring")]
pub use ast::{BinaryOp, Expr, ExprKind, Function};
#[cfg(feature = "authoring")]
pub use check::{Checked, Expected, check};
#[cfg(feature = "authoring")]
pub use diagnostic::{CODES, Diagnostic, Kind, Problem};
#[cfg(feature = "authoring")]
pub use parser::{MAX_DEPTH, MAX_SOURCE, Parsed, parse};
#[cfg(feature = "authoring")]
pub use print::print;
#[cfg(feature = "authoring")]
pub use walk::Node;
