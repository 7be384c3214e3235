//! Texts: French everywhere, the declared languages where they can be, fills that name something.

use std::collections::HashSet;

use super::findings::Findings;
use crate::diagnostic::{Diagnostic, Problem};
use crate::document::{Item, ItemKind, Questionnaire, closest};
use crate::fill::{Part, parts};
use crate::text::Text;

pub(super) fn check(document: &Questionnaire, languages: &[String], findings: &mut Findings<'_>) {
    let mut names: HashSet<&str> = document.fills.iter().map(|it| it.id.as_str()).collect();
    let pages = document.blocks.iter().flat_map(|it| &it.pages);
    names.extend(
        pages
            .flat_map(|it| &it.items)
            .chain(&document.frame)
            .filter(|it| can_fill(it))
            .map(|it| &*it.id),
    );
    let mut it = Texts {
        languages,
        names,
        findings,
    };
    it.fixed("/title", Some(&document.title));
    it.fixed("/introduction", document.introduction.as_ref());
    it.fixed("/closing", document.closing.as_ref());
    it.fixed("/unit", document.unit.as_ref());
    for (nth, list) in document.lists.iter().enumerate() {
        it.choices(&list.choices, &format!("/lists/{nth}/choices"));
    }
    for (nth, fill) in document.fills.iter().enumerate() {
        it.fixed(&format!("/fills/{nth}/fallback"), Some(&fill.fallback));
        for (at, case) in fill.cases.iter().enumerate() {
            it.fixed(&format!("/fills/{nth}/cases/{at}/text"), Some(&case.text));
        }
    }
    for (nth, net) in document.nets.iter().enumerate() {
        it.fixed(&format!("/nets/{nth}/label"), Some(&net.label));
    }
    for (nth, figure) in document.figures.iter().enumerate() {
        it.fixed(&format!("/figures/{nth}/title"), figure.title.as_ref());
    }
    it.items("/frame", &document.frame);
    for (b, block) in document.blocks.iter().enumerate() {
        it.filled(&format!("/blocks/{b}/title"), block.title.as_ref());
        for (p, page) in block.pages.iter().enumerate() {
            let path = format!("/blocks/{b}/pages/{p}");
            it.filled(&format!("{path}/title"), page.title.as_ref());
            it.items(&format!("{path}/items"), &page.items);
        }
    }
}

/// Whether a text can show the item's answer.
fn can_fill(item: &Item) -> bool {
    use ItemKind as K;
    !matches!(
        item.kind,
        K::Statement | K::Contact | K::Consent | K::Grid | K::Roster
    )
}

struct Texts<'a, 'f, 'm> {
    languages: &'a [String],
    /// What fills may name here.
    names: HashSet<&'a str>,
    findings: &'f mut Findings<'m>,
}

impl<'a> Texts<'a, '_, '_> {
    fn items(&mut self, path: &str, items: &'a [Item]) {
        for (nth, item) in items.iter().enumerate() {
            let path = format!("{path}/{nth}");
            if item.kind == ItemKind::Computed {
                // Never shown to respondents: only a name in tables.
                self.fixed(&format!("{path}/label"), item.label.as_ref());
            } else {
                self.filled(&format!("{path}/label"), item.label.as_ref());
            }
            self.filled(&format!("{path}/help"), item.help.as_ref());
            self.fixed(&format!("{path}/short"), item.short.as_ref());
            self.fixed(&format!("{path}/universe"), item.universe.as_ref());
            self.fixed(&format!("{path}/unit"), item.unit.as_ref());
            for (at, check) in item.checks.iter().enumerate() {
                self.filled(&format!("{path}/checks/{at}/message"), Some(&check.message));
            }
            self.choices(&item.choices, &format!("{path}/choices"));
            for (at, row) in item.rows.iter().enumerate() {
                self.fixed(&format!("{path}/rows/{at}/label"), Some(&row.label));
            }
            let label = item.units.as_ref().map(|it| &it.label);
            self.fixed(&format!("{path}/units/label"), label);
            if item.kind == ItemKind::Roster {
                self.members(&format!("{path}/items"), item);
            }
        }
    }

    /// A roster's items: their texts may name each other, and the unit.
    fn members(&mut self, path: &str, roster: &'a Item) {
        let mut own: Vec<&str> = roster
            .items
            .iter()
            .filter(|it| can_fill(it))
            .map(|it| &*it.id)
            .collect();
        own.push(roster.key.as_deref().unwrap_or("unit"));
        own.retain(|it| self.names.insert(it));
        self.items(path, &roster.items);
        for it in own {
            self.names.remove(it);
        }
    }

    fn choices(&mut self, choices: &[crate::document::Choice], path: &str) {
        for (at, choice) in choices.iter().enumerate() {
            let path = format!("{path}/{at}");
            self.fixed(&format!("{path}/label"), Some(&choice.label));
            let label = choice.specify.as_ref().and_then(|it| it.label.as_ref());
            self.fixed(&format!("{path}/specify/label"), label);
        }
    }

    /// A text in which fills are replaced.
    fn filled(&mut self, path: &str, text: Option<&Text>) {
        let Some(text) = text else { return };
        self.languages(path, text);
        self.fills(path, text, |names, name| {
            let problem = Problem::UnknownFill {
                name: name.to_owned(),
            };
            (!names.contains(name)).then_some(problem)
        });
    }

    /// A text that is the same for everybody.
    fn fixed(&mut self, path: &str, text: Option<&Text>) {
        let Some(text) = text else { return };
        self.languages(path, text);
        self.fills(path, text, |names, name| {
            let problem = Problem::FillNotHere {
                name: name.to_owned(),
            };
            names.contains(name).then_some(problem)
        });
    }

    fn languages(&mut self, path: &str, text: &Text) {
        if !text.has("fr") {
            self.findings.error(path, Problem::NoFrench);
            return;
        }
        for lang in self.languages {
            if !text.has(lang) {
                self.findings
                    .warning(path, Problem::NotTranslated { lang: lang.clone() });
            }
        }
        for (lang, _) in text.iter() {
            if !self.languages.iter().any(|it| it == lang) {
                let problem = Problem::UndeclaredLanguage {
                    lang: lang.to_owned(),
                };
                self.findings.warning(&format!("{path}/{lang}"), problem);
            }
        }
    }

    fn fills(
        &mut self,
        path: &str,
        text: &Text,
        problem: impl Fn(&HashSet<&str>, &str) -> Option<Problem>,
    ) {
        for (lang, written) in text.iter() {
            if self.findings.is_full() || !written.contains('{') {
                continue;
            }
            for part in parts(written) {
                let Part::Fill { name, .. } = part else {
                    continue;
                };
                let Some(problem) = problem(&self.names, name) else {
                    continue;
                };
                let known = matches!(problem, Problem::FillNotHere { .. });
                let offset = name.as_ptr() as usize - written.as_ptr() as usize;
                let map = self.findings.map();
                let position = map.inside_text(path, lang, written, offset as u32);
                let mut it = Diagnostic::error(position, problem);
                if !known {
                    it.suggestion = closest(name, self.names.iter().copied()).map(str::to_owned);
                }
                self.findings.push(it);
            }
        }
    }
}
