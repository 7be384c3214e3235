//! Style sheets → one file each, imports and fonts resolved.

use crate::site::Site;
use anyhow::{Context as _, Result, bail};
use std::{fs, path::Path};

/// Adds every `*.css` that stands directly in `folder`; files in its sub-folders are parts to import.
///
/// A folder that does not exist has no style sheets.
pub(crate) fn add_all(folder: &Path, site: &mut Site) -> Result<()> {
    let mut sheets = Vec::new();
    match fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        entries => {
            for entry in entries? {
                sheets.push(entry?.path());
            }
        }
    }
    sheets.retain(|path| path.extension().is_some_and(|it| it == "css"));
    sheets.sort();
    for sheet in sheets {
        let name = sheet
            .file_stem()
            .and_then(|stem| stem.to_str())
            .context("a style sheet has no readable name")?
            .to_owned();
        let css = with_fonts(&with_imports(&sheet)?, folder, site)?;
        site.add_style(name, compact(&css).into_bytes());
    }
    Ok(())
}

/// The text of a sheet with each line `@import "part.css";` replaced by that part.
fn with_imports(sheet: &Path) -> Result<String> {
    let text = fs::read_to_string(sheet)
        .with_context(|| format!("cannot read the style sheet {}", sheet.display()))?;
    let folder = sheet.parent().unwrap_or(Path::new("."));
    let mut css = String::with_capacity(text.len());
    for line in text.lines() {
        match line.trim().strip_prefix("@import") {
            None => {
                css.push_str(line);
                css.push('\n');
            }
            Some(rest) => {
                let part = rest
                    .trim()
                    .strip_suffix(';')
                    .map(|it| it.trim_matches(['"', '\'']))
                    .with_context(|| format!("write `@import \"part.css\";`, not `{line}`"))?;
                css.push_str(&with_imports(&folder.join(part))?);
            }
        }
    }
    Ok(css)
}

/// Replaces each `url("fonts/x.woff2")`, relative to `folder`, by the hashed name of that font.
fn with_fonts(css: &str, folder: &Path, site: &mut Site) -> Result<String> {
    const OPEN: &str = "url(\"";
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find(OPEN) {
        let (before, after) = rest.split_at(start + OPEN.len());
        let end = after
            .find('"')
            .context("a `url(\"` without its closing quote")?;
        let (target, after) = after.split_at(end);
        out.push_str(before);
        if target.starts_with("data:") || target.starts_with('#') {
            out.push_str(target);
        } else if target.ends_with(".woff2") {
            let path = folder.join(target);
            let font = fs::read(&path)
                .with_context(|| format!("a style names the font {}", path.display()))?;
            let name = path
                .file_stem()
                .and_then(|it| it.to_str())
                .unwrap_or("font");
            out.push_str(&site.add_font(name, font));
        } else {
            bail!("a style may only name .woff2 fonts and data: images, not {target}");
        }
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

/// Drops comments, indentation and empty lines; strings are left as they are.
fn compact(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut quote = None;
    let mut chars = css.chars().peekable();
    while let Some(c) = chars.next() {
        match quote {
            Some(_) if c == '\\' => {
                out.push(c);
                out.extend(chars.next());
            }
            Some(q) => {
                out.push(c);
                if c == q {
                    quote = None;
                }
            }
            None if c == '/' && chars.peek() == Some(&'*') => {
                chars.next();
                let mut last = ' ';
                for c in chars.by_ref() {
                    if last == '*' && c == '/' {
                        break;
                    }
                    last = c;
                }
            }
            None if c.is_whitespace() => {
                if !out.is_empty() && !out.ends_with([' ', '\n', '{', ';', '}', ',']) {
                    out.push(if c == '\n' { '\n' } else { ' ' });
                }
            }
            None => {
                if c == '"' || c == '\'' {
                    quote = Some(c);
                }
                if matches!(c, '{' | '}') && out.ends_with([' ', '\n']) {
                    out.pop();
                }
                out.push(c);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::compact;

    #[track_caller]
    fn check(css: &str, expect: &str) {
        assert_eq!(compact(css), expect);
    }

    #[test]
    fn a_rule_loses_what_only_people_read() {
        check(
            "/* why */\na {\n    color: red;\n\n    margin: 0 1px;\n}\n",
            "a{color: red;margin: 0 1px;}",
        );
    }

    #[test]
    fn strings_stay() {
        check(
            "a::before { content: \"/* \\\" { */  x\"; }",
            "a::before{content: \"/* \\\" { */  x\";}",
        );
    }

    #[test]
    fn descendant_selectors_and_calc_keep_their_spaces() {
        check(
            "a  b > c { width: calc(1px + 2px) }",
            "a b > c{width: calc(1px + 2px)}",
        );
    }
}
