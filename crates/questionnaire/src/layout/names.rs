//! Positions by name.

/// Where each name stands.
///
/// A list in order, found by halving: a hash table would bring its hasher and its own memory
/// management into every respondent's download.
#[derive(Clone, Debug)]
pub(super) struct Names(Vec<(Box<str>, u32)>);

impl Names {
    /// The names of things in their order.
    pub(super) fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut list: Vec<_> = names.map(Box::from).zip(0u32..).collect();
        list.sort_unstable();
        Self(list)
    }

    pub(super) fn get(&self, name: &str) -> Option<u32> {
        let place = self.0.binary_search_by(|(it, _)| (**it).cmp(name)).ok()?;
        Some(self.0[place].1)
    }

    /// A name that stands there twice.
    pub(super) fn repeated(&self) -> Option<&str> {
        let twice = self.0.windows(2).find(|it| it[0].0 == it[1].0)?;
        Some(&twice[0].0)
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn names_lead_to_their_positions() {
        let names = Names::of(["b", "a", "c"].into_iter());
        assert_eq!(
            ["a", "b", "c", "d"].map(|it| names.get(it)),
            [Some(1), Some(0), Some(2), None]
        );
        assert_eq!(names.repeated(), None);
        assert_eq!(Names::of(["b", "a", "b"].into_iter()).repeated(), Some("b"));
    }
}
