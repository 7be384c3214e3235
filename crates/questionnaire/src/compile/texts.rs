//! Texts: French everywhere, the declared languages where they can be, fills that name something.

use super::lower::Lowered;
use crate::diagnostic::{Diagnostic, Problem};
use crate::document::{Item, ItemKind, Questionnaire, SourceMap, closest};
use crate::fill::{Part, parts};
use crate::text::Text;

pub(super) fn check(
    document: &Questionnaire,
    lowered: &Lowered,
    map: &SourceMap,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut names: Vec<&str> = document.fills.iter().map(|it| it.id.as_str()).collect();
    let filled = lowered.instrument.items.iter().filter(|it| {
        !matches!(it.kind.name(), "statement" | "contact" | "consent" | "grid" | "roster")
    });
    names.extend(filled.map(|it| it.id.as_str()));
    names.extend(lowered.instrument.rosters.iter().map(|it| it.key.as_str()));
    let mut it = Texts { languages: &lowered.instrument.languages, names, map, diagnostics };
    it.text("/title", &document.title);
    it.optional("/introduction", document.introduction.as_ref());
    it.optional("/closing", document.closing.as_ref());
    it.optional("/unit", document.unit.as_ref());
    for (nth, list) in document.lists.iter().enumerate() {
        for (at, choice) in list.choices.iter().enumerate() {
            it.text(&format!("/lists/{nth}/choices/{at}/label"), &choice.label);
        }
    }
    for (nth, fill) in document.fills.iter().enumerate() {
        it.text(&format!("/fills/{nth}/fallback"), &fill.fallback);
        for (at, case) in fill.cases.iter().enumerate() {
            it.text(&format!("/fills/{nth}/cases/{at}/text"), &case.text);
        }
    }
    for (nth, net) in document.nets.iter().enumerate() {
        it.text(&format!("/nets/{nth}/label"), &net.label);
    }
    for (b, block) in document.blocks.iter().enumerate() {
        it.optional(&format!("/blocks/{b}/title"), block.title.as_ref());
        for (p, page) in block.pages.iter().enumerate() {
            let path = format!("/blocks/{b}/pages/{p}");
            it.optional(&format!("{path}/title"), page.title.as_ref());
            it.items(&format!("{path}/items"), &page.items);
        }
    }
}

struct Texts<'a> {
    languages: &'a [String],
    names: Vec<&'a str>,
    map: &'a SourceMap,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Texts<'_> {
    fn items(&mut self, path: &str, items: &[Item]) {
        for (nth, item) in items.iter().enumerate() {
            let path = format!("{path}/{nth}");
            if item.kind != ItemKind::Computed {
                self.optional(&format!("{path}/label"), item.label.as_ref());
            }
            self.optional(&format!("{path}/help"), item.help.as_ref());
            self.optional(&format!("{path}/short"), item.short.as_ref());
            self.optional(&format!("{path}/universe"), item.universe.as_ref());
            self.optional(&format!("{path}/unit"), item.unit.as_ref());
            for (at, check) in item.checks.iter().enumerate() {
                self.text(&format!("{path}/checks/{at}/message"), &check.message);
            }
            for (at, choice) in item.choices.iter().enumerate() {
                let path = format!("{path}/choices/{at}");
                self.text(&format!("{path}/label"), &choice.label);
                let label = choice.specify.as_ref().and_then(|it| it.label.as_ref());
                self.optional(&format!("{path}/specify/label"), label);
            }
            for (at, row) in item.rows.iter().enumerate() {
                self.text(&format!("{path}/rows/{at}/label"), &row.label);
            }
            if let Some(units) = &item.units {
                self.text(&format!("{path}/units/label"), &units.label);
            }
            self.items(&format!("{path}/items"), &item.items);
        }
    }

    fn optional(&mut self, path: &str, text: Option<&Text>) {
        if let Some(text) = text {
            self.text(path, text);
        }
    }

    fn text(&mut self, path: &str, text: &Text) {
        let at = self.map.value(path);
        if !text.has("fr") {
            self.diagnostics.push(Diagnostic::error(at, Problem::NoFrench));
        }
        for lang in self.languages {
            // A text without letters (« 2026 », « ETP » as a bare string) reads the same anywhere.
            if lang != "fr" && !text.has(lang) && text.has("fr") {
                let problem = Problem::NotTranslated { lang: lang.clone() };
                self.diagnostics.push(Diagnostic::warning(at, problem));
            }
        }
        for (lang, written) in text.iter() {
            for part in parts(written) {
                let Part::Fill { name, .. } = part else { continue };
                if self.names.contains(&name) {
                    continue;
                }
                let offset = name.as_ptr() as usize - written.as_ptr() as usize;
                let place = format!("{path}/{lang}");
                let mut it = Diagnostic::error(
                    self.map.inside(&place, written, offset as u32),
                    Problem::UnknownFill { name: name.to_owned() },
                );
                it.suggestion = closest(name, &self.names).map(str::to_owned);
                self.diagnostics.push(it);
            }
        }
    }
}
