//! How many people of a sample are alike in what of them goes into anonymous responses.

use std::collections::BTreeMap;

/// How many people of a sample share, at least, what is taken from it into a response of an anonymous wave,
/// unless somebody says otherwise.
pub const LEAST_GROUP: usize = 5;

/// Takes away what fewer than `least` people share, and answers from whom; `None` if that cannot be.
///
/// Those from whom it was taken are a group too, which tells them apart from all others: if they are fewer
/// than `least`, the next smallest groups of new people join them. What was `stored` stays.
pub(crate) fn blank(
    stored: &[Option<String>],
    new: &mut [Option<String>],
    least: usize,
) -> Option<Vec<usize>> {
    let mut blanked = Vec::new();
    loop {
        let mut sizes: BTreeMap<Option<&str>, usize> = BTreeMap::new();
        for frame in stored.iter().chain(new.iter()) {
            *sizes.entry(frame.as_deref()).or_default() += 1;
        }
        let n_blank = sizes.get(&None).copied().unwrap_or_default();
        let of_new = |it: &Option<&str>| new.iter().any(|new| new.as_deref() == *it);
        let groups = sizes.iter().filter(|(it, _)| it.is_some() && of_new(it));
        let smallest = groups.min_by_key(|(frame, size)| (**size, **frame));
        let smallest = smallest.map(|(frame, size)| (frame.map(str::to_owned), *size));
        let few_blank = (1..least).contains(&n_blank);
        match smallest {
            Some((frame, size)) if size < least || few_blank => {
                for (at, new) in new.iter_mut().enumerate() {
                    if *new == frame {
                        *new = None;
                        blanked.push(at);
                    }
                }
            }
            // Where nothing is taken from anybody, nothing tells.
            None if few_blank && n_blank < stored.len() + new.len() => return None,
            _ => break,
        }
    }
    blanked.sort_unstable();
    Some(blanked)
}

#[cfg(test)]
mod tests {
    use super::blank;

    /// A letter is what is taken from somebody, a dot is nothing.
    fn check(stored: &str, new: &str, least: usize, expect: Option<&str>) {
        let read = |it: &str| -> Vec<Option<String>> {
            let it = it.chars();
            it.map(|it| (it != '.').then(|| it.to_string())).collect()
        };
        let mut given = read(new);
        let blanked = blank(&read(stored), &mut given, least);
        let shown = given.iter().map(|it| it.as_deref().unwrap_or("."));
        let shown: String = shown.collect();
        assert_eq!(blanked.is_some().then_some(shown.as_str()), expect, "{new}");
        let changed = new.chars().zip(shown.chars()).enumerate();
        let changed = changed.filter(|(_, (a, b))| a != b).map(|(at, _)| at);
        assert_eq!(
            blanked.unwrap_or_else(|| changed.clone().collect()),
            changed.collect::<Vec<_>>()
        );
    }

    #[test]
    fn whoever_is_alone_is_nobody() {
        check("", "aaabbb", 3, Some("aaabbb"));
        // One alone takes the smallest group with them.
        check("", "aaaabbbc", 3, Some("aaaa...."));
        check("", "aabbcc", 3, Some("......"));
        check("", "aab", 3, Some("..."));
        check("", "abc", 1, Some("abc"));
        // With those who are there already.
        check("aaa", "a", 3, Some("a"));
        check("aaa...", "b", 3, Some("."));
        check("aaa", "b", 3, None);
        check("aaa", "bbbc", 3, Some("...."));
        check("...", "aaa", 3, Some("aaa"));
        // Whose cells are empty anyway are a group like any other.
        check("", "aaa.", 3, Some("...."));
        check("aaa", "bbb.", 3, Some("...."));
        check(".", "a", 3, Some("."));
    }

    /// Whatever a sample is, every group of it is large enough afterwards.
    #[test]
    fn every_group_is_large_enough() {
        let letters = [None, Some("a"), Some("b"), Some("c")].map(|it| it.map(str::to_owned));
        for case in 0_usize..4_usize.pow(7) {
            let mut new: Vec<_> = (0..7)
                .map(|at| letters[case / 4_usize.pow(at) % 4].clone())
                .collect();
            blank(&[], &mut new, 3).unwrap();
            let told = new.iter().any(Option::is_some);
            for frame in &new {
                let size = new.iter().filter(|it| *it == frame).count();
                assert!(size >= 3 || !told, "{new:?}");
            }
        }
    }
}
