//! The pages on which a questionnaire is written.

pub(crate) mod begin;
pub(crate) mod condition;
pub(crate) mod edit;
pub(crate) mod findings;
pub(crate) mod map;
pub(crate) mod plan;
pub(crate) mod print;
pub(crate) mod publish;
pub(crate) mod rehearse;
pub(crate) mod source;

use app::studio::writing::screen::{FactsShown, FindingLine, LookedShown};
use expr::{Lang, Severity};
use questionnaire::document::edit::Node;
use questionnaire::document::{Read, form};
use questionnaire::{Diagnostic, Sheet};
use service::{Facts, Looked};

use crate::branches::grouped;
use crate::language::Asked;

/// The language in which the compiler and the proof speak.
pub(crate) fn lang(asked: &Asked) -> Lang {
    match asked.language {
        app::language::Language::Fr => Lang::Fr,
        app::language::Language::En => Lang::En,
    }
}

fn looked(it: &Looked, lang: Lang) -> LookedShown {
    let mut findings: Vec<FindingLine> = diagnostics(&it.diagnostics, lang);
    findings.extend(it.findings.iter().map(|it| FindingLine {
        severity: severity(it.severity),
        code: it.rule.code.to_owned(),
        line: it.position.line,
        column: it.position.column,
        message: sentence(&it.message(lang)),
        advice: Some(sentence(&it.suggestion(lang))),
        node: None,
        witness: it.witness.as_deref().map(witness).unwrap_or_default(),
    }));
    findings.sort_by_key(|it| it.line);
    LookedShown {
        findings,
        facts: it.facts.as_ref().map(|it| facts(it, lang)),
        is_sound: it.is_sound(),
    }
}

/// Lets what was found lead to its node in the editor.
fn leading(it: &mut LookedShown, read: &Read) {
    let Some(document) = &read.questionnaire else {
        return;
    };
    let outline = form::outline(document);
    for it in &mut it.findings {
        let node = form::node_at(&outline, &read.map, it.line);
        it.node = Some(node.unwrap_or(Node::Questionnaire).key());
    }
}

fn diagnostics(all: &[Diagnostic], lang: Lang) -> Vec<FindingLine> {
    let meant = |word: &String| match lang {
        Lang::Fr => format!("Vouliez-vous dire « {word} »\u{202f}?"),
        Lang::En => format!("Did you mean “{word}”?"),
    };
    let line = |it: &Diagnostic| {
        let message = sentence(&it.message(lang));
        // Some messages say already what was probably meant.
        let suggestion = it.suggestion.as_ref();
        let suggestion = suggestion.filter(|it| !message.ends_with(it.as_str()));
        FindingLine {
            severity: severity(it.severity),
            code: it.code().to_owned(),
            line: it.position.line,
            column: it.position.column,
            advice: suggestion.map(meant),
            message,
            node: None,
            witness: Vec::new(),
        }
    };
    all.iter().map(line).collect()
}

/// What stands in a line of its own begins with a capital.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

const fn severity(it: Severity) -> &'static str {
    match it {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

/// The answers of a sheet that shows something.
fn witness(sheet: &Sheet) -> Vec<(String, String)> {
    let answers = sheet.answers.iter();
    answers
        .map(|(key, value)| {
            let text = value.as_str().map(str::to_owned);
            (key.clone(), text.unwrap_or_else(|| value.to_string()))
        })
        .collect()
}

fn facts(it: &Facts, lang: Lang) -> FactsShown {
    let between = match lang {
        Lang::Fr => '\u{202f}',
        Lang::En => ',',
    };
    FactsShown {
        n_items: it.n_items,
        routes: it.routes.as_ref().map(|it| {
            let count = grouped(&it.count.to_string(), between);
            (count, it.shortest as usize, it.longest as usize)
        }),
        // An estimate is said in whole minutes, and nothing takes none.
        minutes: it
            .duration
            .as_ref()
            .map(|it| (it.typical / 60.0).round().max(1.0) as u32),
        unproven: it.unproven.clone(),
        cover: None,
    }
}
