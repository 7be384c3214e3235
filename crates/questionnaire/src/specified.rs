//! « Préciser » texts.

/// The texts beside choices, by slot and choice.
///
/// A respondent writes few of them: a list in order does what a tree would, with less code in their
/// download.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Specified(Vec<((u32, u16), String)>);

impl Specified {
    fn place(&self, at: (u32, u16)) -> Result<usize, usize> {
        self.0.binary_search_by_key(&at, |(it, _)| *it)
    }

    pub(crate) fn get(&self, slot: u32, choice: u16) -> Option<&str> {
        let place = self.place((slot, choice)).ok()?;
        Some(&self.0[place].1)
    }

    pub(crate) fn insert(&mut self, at: (u32, u16), text: String) {
        match self.place(at) {
            Ok(place) => self.0[place].1 = text,
            Err(place) => self.0.insert(place, (at, text)),
        }
    }

    pub(crate) fn remove(&mut self, at: (u32, u16)) {
        if let Ok(place) = self.place(at) {
            self.0.remove(place);
        }
    }

    /// The texts beside the choices of one slot, in the order of the choices.
    pub(crate) fn of_slot(&self, slot: u32) -> impl Iterator<Item = (u16, &str)> {
        let of_slot = self.0.iter().filter(move |((it, _), _)| *it == slot);
        of_slot.map(|((_, choice), text)| (*choice, text.as_str()))
    }

    /// Gives one slot the texts of another, or none.
    pub(crate) fn replace(&mut self, to: u32, from: Option<u32>) {
        let moved: Vec<(u16, String)> = from
            .into_iter()
            .flat_map(|from| self.of_slot(from))
            .map(|(choice, text)| (choice, text.to_owned()))
            .collect();
        self.0.retain(|((slot, _), _)| *slot != to);
        for (choice, text) in moved {
            self.insert((to, choice), text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Specified;

    #[test]
    fn texts_are_kept_by_slot_and_choice() {
        let mut it = Specified::default();
        it.insert((2, 1), "b".to_owned());
        it.insert((2, 0), "a".to_owned());
        it.insert((1, 9), "c".to_owned());
        it.insert((2, 1), "d".to_owned());
        assert_eq!(it.get(2, 1), Some("d"));
        assert_eq!(it.of_slot(2).collect::<Vec<_>>(), [(0, "a"), (1, "d")]);
        it.replace(1, Some(2));
        assert_eq!(it.of_slot(1).collect::<Vec<_>>(), [(0, "a"), (1, "d")]);
        it.replace(2, None);
        assert_eq!(it.of_slot(2).count(), 0);
        it.remove((1, 0));
        it.remove((7, 7));
        assert_eq!(it.get(1, 0), None);
    }
}
