//! Enough HTML reading to check our own pages: tags and attributes, in order.

/// A start tag.
#[derive(Debug)]
pub(crate) struct Tag {
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(it, _)| it == name)
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.attributes.iter().map(|(name, _)| name.as_str())
    }
}

/// Every start tag of a page. Our pages escape `<` and `>` in attributes, so a `>` ends a tag.
pub(crate) fn tags(html: &str) -> Vec<Tag> {
    let mut out = Vec::new();
    for part in html.split('<').skip(1) {
        let inner = part.split('>').next().expect("split gives one part");
        if inner.starts_with(['/', '!']) {
            continue;
        }
        let end = inner.find([' ', '/']).unwrap_or(inner.len());
        let (name, mut rest) = inner.split_at(end);
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start_matches([' ', '/']);
            if rest.is_empty() {
                break;
            }
            let end = rest.find(['=', ' ']).unwrap_or(rest.len());
            assert!(end > 0, "an attribute without a name in <{inner}>");
            let (attribute, after) = rest.split_at(end);
            match after.strip_prefix("=\"") {
                Some(after) => {
                    let (value, after) = after.split_once('"').expect("closing quote");
                    attributes.push((attribute.to_owned(), unescape(value)));
                    rest = after;
                }
                None => {
                    attributes.push((attribute.to_owned(), String::new()));
                    rest = after;
                }
            }
        }
        out.push(Tag {
            name: name.to_owned(),
            attributes,
        });
    }
    out
}

pub(crate) fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

/// The text of the first element with this tag name.
pub(crate) fn text_of<'a>(html: &'a str, name: &str) -> &'a str {
    let start = html.find(&format!("<{name}")).expect("element is there");
    let inner = html[start..].split_once('>').expect("tag ends").1;
    inner
        .split_once(&format!("</{name}>"))
        .expect("element ends")
        .0
}
