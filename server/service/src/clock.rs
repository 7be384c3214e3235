//! Time as a parameter.

use time::OffsetDateTime;

/// What time it is. The program's clock reads it from the system; tests set it.
pub trait Clock: Send + Sync + 'static {
    /// The present moment, with the offset in which days are counted.
    fn now(&self) -> OffsetDateTime;
}

impl<F: Fn() -> OffsetDateTime + Send + Sync + 'static> Clock for F {
    fn now(&self) -> OffsetDateTime {
        self()
    }
}
