//! Why an instrument cannot be used.

use std::fmt;

/// Why an instrument cannot be laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// Filters or computed values that read each other in a circle: the ids of the items (as they
    /// are), blocks and pages (`block …`, `page …`) that take part, each once.
    Circle(Vec<String>),
    /// It has more of something than a response can hold.
    TooLarge {
        /// Of what.
        what: &'static str,
        /// The greatest number.
        limit: usize,
    },
    /// Something in it points to something that is not there: it was not made by
    /// [`check`](crate::check), or has been changed since.
    Broken {
        /// What points there.
        what: &'static str,
        /// Its id, or its position.
        which: String,
    },
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Circle(ids) => write!(f, "these depend on each other: {}", ids.join(", ")),
            Self::TooLarge { what, limit } => write!(f, "more than {limit} {what}"),
            Self::Broken { what, which } => write!(f, "{what} `{which}` leads nowhere"),
        }
    }
}

impl std::error::Error for Unusable {}
