//! The canonical text of an expression: `parse(print(e)) = e`, with no parenthesis too many.

use std::fmt::{self, Display, Formatter, Write};

use crate::ast::{Expr, ExprKind, binding, is_bare_key};

/// The canonical text of an expression.
///
/// ```
/// let parsed = expr::parse("( a='oui' )and not(b  or c)");
/// let text = parsed.expr.map(|it| expr::print(&it));
/// assert_eq!(text.as_deref(), Some("a = 'oui' and not (b or c)"));
/// ```
#[must_use]
pub fn print(expr: &Expr) -> String {
    expr.to_string()
}

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write_expr(f, self, 0)
    }
}

const fn binding_of(kind: &ExprKind) -> u8 {
    match kind {
        ExprKind::Or(_) => binding::OR,
        ExprKind::And(_) => binding::AND,
        ExprKind::Not(_) => binding::NOT,
        ExprKind::In { .. } => binding::COMPARISON,
        ExprKind::Binary { op, .. } => op.binding(),
        ExprKind::Neg(_) => binding::NEG,
        _ => binding::ATOM,
    }
}

/// Writes `expr` where only something that binds at least as tightly as `min` may stand.
fn write_expr(f: &mut Formatter<'_>, expr: &Expr, min: u8) -> fmt::Result {
    let binding = binding_of(&expr.kind);
    if binding < min {
        f.write_char('(')?;
        write_expr(f, expr, 0)?;
        return f.write_char(')');
    }
    match &expr.kind {
        ExprKind::Number(it) => write!(f, "{}", it.normalize()),
        ExprKind::Text(it) => write_text(f, it),
        ExprKind::Bool(it) => write!(f, "{it}"),
        ExprKind::Today => f.write_str("today"),
        ExprKind::Name(it) => f.write_str(it),
        ExprKind::Field { base, field } => write!(f, "{base}.{field}"),
        ExprKind::Row { base, row } => {
            f.write_str(base)?;
            write_key(f, row)
        }
        ExprKind::Unit { roster, unit, item } => {
            f.write_str(roster)?;
            write_key(f, unit)?;
            write!(f, ".{item}")
        }
        ExprKind::Not(it) => {
            f.write_str("not ")?;
            write_expr(f, it, binding)
        }
        ExprKind::Neg(it) => {
            f.write_char('-')?;
            write_expr(f, it, binding)
        }
        ExprKind::And(list) => write_list(f, list, " and ", binding + 1),
        ExprKind::Or(list) => write_list(f, list, " or ", binding + 1),
        ExprKind::Binary { op, left, right } => {
            // `a - b - c` groups to the left; `a = b = c` is not allowed at all.
            let min = if binding == binding::COMPARISON {
                binding + 1
            } else {
                binding
            };
            write_expr(f, left, min)?;
            write!(f, " {} ", op.symbol())?;
            write_expr(f, right, binding + 1)
        }
        ExprKind::In {
            operand,
            list,
            negated,
        } => {
            write_expr(f, operand, binding + 1)?;
            f.write_str(if *negated { " not in (" } else { " in (" })?;
            write_list(f, list, ", ", 0)?;
            f.write_char(')')
        }
        ExprKind::Call { function, args } => {
            write!(f, "{}(", function.name())?;
            write_list(f, args, ", ", 0)?;
            f.write_char(')')
        }
    }
}

fn write_list(f: &mut Formatter<'_>, list: &[Expr], between: &str, min: u8) -> fmt::Result {
    for (i, it) in list.iter().enumerate() {
        if i > 0 {
            f.write_str(between)?;
        }
        write_expr(f, it, min)?;
    }
    Ok(())
}

fn write_key(f: &mut Formatter<'_>, key: &str) -> fmt::Result {
    f.write_char('[')?;
    if is_bare_key(key) {
        f.write_str(key)?;
    } else {
        write_text(f, key)?;
    }
    f.write_char(']')
}

/// A text between quotes; a quote inside it is doubled.
fn write_text(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('\'')?;
    for it in text.chars() {
        if it == '\'' {
            f.write_char(it)?;
        }
        f.write_char(it)?;
    }
    f.write_char('\'')
}

/// A text as the language writes it.
pub(crate) fn quoted(text: &str) -> String {
    Expr::from(ExprKind::Text(text.to_owned())).to_string()
}
