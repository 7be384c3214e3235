//! From the fields of a form.

use std::collections::HashMap;

use super::{Draft, DraftUnits, Line, Path, Piece, Says};
use crate::sentence::Join;

/// Nobody puts more into one group; a form that says so was not made by the page.
const MAX_PIECES: usize = 256;

/// The fields of a form by name.
struct Fields<'p>(HashMap<&'p str, Vec<&'p str>>);

impl<'p> Fields<'p> {
    fn all(&self, path: &Path, field: &str) -> &[&'p str] {
        let found = self.0.get(path.field(field).as_str());
        found.map_or(&[], Vec::as_slice)
    }

    fn one(&self, path: &Path, field: &str) -> String {
        let last = self.all(path, field).last();
        last.map(|it| (*it).to_owned()).unwrap_or_default()
    }
}

impl Draft {
    /// What a form says; other fields are passed over.
    ///
    /// ```
    /// use questionnaire::sentence::{Draft, Piece};
    /// let posted = [("g.join", "any"), ("g-0.is", "line"), ("g-0.subject", "age"), ("g-0.operator", "greater"), ("g-0.value", "18")];
    /// let posted: Vec<_> = posted.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    /// let draft = Draft::posted(&posted);
    /// let Piece::Line(line) = &draft.pieces[0] else { panic!("a line") };
    /// assert_eq!((line.subject.as_str(), line.says.values.as_slice()), ("age", &["18".to_owned()][..]));
    /// ```
    #[must_use]
    pub fn posted(posted: &[(String, String)]) -> Self {
        let mut fields: HashMap<&str, Vec<&str>> = HashMap::new();
        for (name, value) in posted.iter().filter(|it| it.0.starts_with('g')) {
            fields.entry(name).or_default().push(value);
        }
        group(&Fields(fields), &Path::default())
    }
}

fn group(fields: &Fields<'_>, path: &Path) -> Draft {
    let mut pieces = Vec::new();
    if path.0.len() < expr::MAX_DEPTH {
        let all = (0..MAX_PIECES).map_while(|nth| piece(fields, &path.at(nth)));
        pieces.extend(all);
    }
    let n = fields.one(path, "n");
    let join = match fields.one(path, "join").as_str() {
        "any" => Join::Any,
        "none" => Join::None,
        // Two of several is what is meant by most.
        "at-least" => Join::AtLeast(n.trim().parse().unwrap_or(2)),
        _ => Join::All,
    };
    let n = match join {
        Join::AtLeast(_) if n.is_empty() => "2".to_owned(),
        _ => n,
    };
    Draft { join, n, pieces }
}

fn piece(fields: &Fields<'_>, path: &Path) -> Option<Piece> {
    let says = || Says {
        operator: fields.one(path, "operator"),
        values: fields
            .all(path, "value")
            .iter()
            .filter(|it| !it.trim().is_empty())
            .map(|it| (*it).to_owned())
            .collect(),
        was: fields.one(path, "was"),
    };
    Some(match fields.one(path, "is").as_str() {
        "line" => Piece::Line(Line {
            subject: fields.one(path, "subject"),
            says: says(),
            find: fields.one(path, "find"),
        }),
        "group" => Piece::Group(group(fields, path)),
        "units" => Piece::Units(DraftUnits {
            roster: fields.one(path, "roster"),
            how: fields.one(path, "how"),
            says: says(),
            inside: group(fields, path),
        }),
        "text" => Piece::Text(fields.one(path, "text").replace("\r\n", "\n")),
        _ => return None,
    })
}
