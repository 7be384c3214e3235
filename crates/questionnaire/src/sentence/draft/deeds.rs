//! What buttons do with pieces.

use super::{Draft, DraftUnits, Line, Path, Piece, Says};
use crate::sentence::Operator;

impl Draft {
    /// Does what a button says: `line g` adds a line to the whole, `remove g-0` takes the first piece away. Answers
    /// which piece is to be looked at then; `None` if there is no such deed there.
    ///
    /// | | |
    /// |---|---|
    /// | `line`, `group`, `text` | adds one to a group |
    /// | `units` | adds a group that is said of the units of `roster` |
    /// | `remove`, `copy` | takes a piece away, or doubles it |
    /// | `up`, `down` | moves a piece by one place, into groups and out of them |
    pub fn press(&mut self, verb: &str, path: &Path, roster: &str) -> Option<Path> {
        let new = match verb {
            "line" => Piece::Line(Line::default()),
            "group" => Piece::Group(Self {
                join: crate::sentence::Join::Any,
                pieces: vec![Piece::Line(Line::default())],
                ..Self::default()
            }),
            "text" => Piece::Text(String::new()),
            "units" if !roster.is_empty() => Piece::Units(DraftUnits {
                roster: roster.to_owned(),
                how: "some".to_owned(),
                says: Says {
                    operator: Operator::GreaterOrEqual.code().to_owned(),
                    ..Says::default()
                },
                inside: Self {
                    pieces: vec![Piece::Line(Line::default())],
                    ..Self::default()
                },
            }),
            "remove" => return self.remove(path),
            "copy" => return self.copy(path),
            "up" | "down" => return self.step(path, verb == "up"),
            _ => return None,
        };
        let is_group = matches!(new, Piece::Group(_) | Piece::Units(_));
        let group = self.group_mut(path)?;
        group.pieces.push(new);
        let at = path.at(group.pieces.len() - 1);
        Some(if is_group { at.at(0) } else { at })
    }

    /// The group at a path.
    fn group_mut(&mut self, path: &Path) -> Option<&mut Self> {
        let mut group = self;
        for step in &path.0 {
            group = match group.pieces.get_mut(*step)? {
                Piece::Group(it) => it,
                Piece::Units(it) => &mut it.inside,
                Piece::Line(_) | Piece::Text(_) => return None,
            };
        }
        Some(group)
    }

    fn remove(&mut self, path: &Path) -> Option<Path> {
        let (last, above) = path.0.split_last()?;
        let above = Path(above.to_vec());
        let group = self.group_mut(&above)?;
        if *last >= group.pieces.len() {
            return None;
        }
        group.pieces.remove(*last);
        Some(match group.pieces.len() {
            0 => above,
            n => above.at((*last).min(n - 1)),
        })
    }

    fn copy(&mut self, path: &Path) -> Option<Path> {
        let (last, above) = path.0.split_last()?;
        let above = Path(above.to_vec());
        let group = self.group_mut(&above)?;
        let piece = group.pieces.get(*last)?.clone();
        group.pieces.insert(last + 1, piece);
        Some(above.at(last + 1))
    }

    /// Whether a piece can be moved. In units names mean something else: nothing is moved into them or out of them.
    #[must_use]
    pub fn may_step(&self, path: &Path, up: bool) -> bool {
        self.clone().step(path, up).is_some()
    }

    fn step(&mut self, path: &Path, up: bool) -> Option<Path> {
        let (last, above) = path.0.split_last()?;
        let last = *last;
        let above = Path(above.to_vec());
        let group = self.group_mut(&above)?;
        let n = group.pieces.len();
        if last >= n {
            return None;
        }
        let next = if up {
            last.checked_sub(1)
        } else {
            Some(last + 1).filter(|it| *it < n)
        };
        if let Some(next) = next {
            if let Piece::Group(_) = group.pieces[next] {
                // Into the group beside it.
                let piece = group.pieces.remove(last);
                let beside = if up { next } else { last };
                let Piece::Group(inner) = &mut group.pieces[beside] else {
                    return None;
                };
                let at = if up { inner.pieces.len() } else { 0 };
                inner.pieces.insert(at, piece);
                return Some(above.at(beside).at(at));
            }
            group.pieces.swap(last, next);
            return Some(above.at(next));
        }
        // Out of the group it stands in.
        let (own, outside) = above.0.split_last()?;
        let outside = Path(outside.to_vec());
        let is_plain = {
            let outer = self.group_mut(&outside)?;
            matches!(outer.pieces.get(*own), Some(Piece::Group(_)))
        };
        if !is_plain {
            return None;
        }
        let piece = self.group_mut(&above)?.pieces.remove(last);
        let at = if up { *own } else { own + 1 };
        self.group_mut(&outside)?.pieces.insert(at, piece);
        Some(outside.at(at))
    }
}
