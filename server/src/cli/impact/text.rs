//! What a new version changes, for people.

use std::io::Write;

use expr::Lang;
use proof::Replay;
use proof::impact::{
    Base, Count, Counts, ItemImpact, Recoding, Refused, Relation, RouteSet, Series, Witness,
};
use serde_json::Value;

use super::super::output;
use super::super::routes::left_open;
use crate::branches::grouped;

/// Prints in one language.
pub(super) struct Printer<'o, W: Write> {
    pub(super) out: &'o mut W,
    pub(super) lang: Lang,
}

impl<W: Write> Printer<'_, W> {
    fn say<'t>(&self, fr: &'t str, en: &'t str) -> &'t str {
        match self.lang {
            Lang::Fr => fr,
            Lang::En => en,
        }
    }

    fn number(&self, digits: &str) -> String {
        match self.lang {
            Lang::Fr => grouped(digits, '\u{202f}'),
            Lang::En => grouped(digits, ','),
        }
    }

    fn heading(&mut self, fr: &str, en: &str) -> std::io::Result<()> {
        let heading = self.say(fr, en).to_owned();
        writeln!(self.out, "\n{heading}")
    }

    pub(super) fn impact(&mut self, it: &proof::Impact) -> std::io::Result<()> {
        let headline = match it.changes {
            false => self.say(
                "Rien ne change pour personne\u{202f}: c’est prouvé.",
                "Nothing changes for anybody: that is proven.",
            ),
            true => self.say(
                "La nouvelle version change quelque chose.",
                "The new version changes something.",
            ),
        };
        writeln!(self.out, "{headline}")?;
        self.items(&it.items)?;
        if !it.conditions.is_empty() {
            self.heading("Conditions réécrites", "Conditions written anew")?;
        }
        for changed in &it.conditions {
            let none = self.say("aucune", "none").to_owned();
            let text = |it: &Option<String>| it.clone().unwrap_or_else(|| none.clone());
            writeln!(self.out, "  {}", changed.place)?;
            writeln!(self.out, "    − {}", text(&changed.old))?;
            writeln!(self.out, "    + {}", text(&changed.new))?;
        }
        if !it.refused.is_empty() {
            self.heading(
                "Réponses que la nouvelle version refuse",
                "Answers that the new version refuses",
            )?;
        }
        for refused in &it.refused {
            self.refused(refused)?;
        }
        let only = |it: &Option<Witness>| it.is_some();
        if it.refused.is_empty() && only(&it.no_longer_complete) {
            let line = self.say(
                "Des feuilles complètes ne le sont plus.",
                "Some sheets that were complete no longer are.",
            );
            writeln!(self.out, "\n{line}")?;
        }
        if only(&it.newly_complete) {
            let line = self.say(
                "Des feuilles deviennent complètes qui ne l’étaient pas.",
                "Some sheets become complete that were not.",
            );
            writeln!(self.out, "\n{line}")?;
        }
        self.routes(it)?;
        if !it.unproven.is_empty() {
            writeln!(self.out, "\n{}", left_open(&it.unproven, self.lang))?;
        }
        Ok(())
    }

    /// How many of each, then those that are not comparable.
    fn items(&mut self, items: &[ItemImpact]) -> std::io::Result<()> {
        self.heading("Questions", "Questions")?;
        for series in [
            Series::Comparable,
            Series::BaseChanged,
            Series::Recoded,
            Series::New,
            Series::Gone,
            Series::Unproven,
        ] {
            let n = items.iter().filter(|it| it.series == series).count();
            if n > 0 {
                let said = if n == 1 {
                    self.series(series)
                } else {
                    self.several(series)
                };
                writeln!(self.out, "  {n:>4} {said}")?;
            }
        }
        let reworded: Vec<&str> = items
            .iter()
            .filter(|it| it.reworded)
            .map(|it| it.id.as_str())
            .collect();
        if !reworded.is_empty() {
            let said = self.say("texte changé", "other wording").to_owned();
            writeln!(
                self.out,
                "  {:>4} {said} ({})",
                reworded.len(),
                reworded.join(", ")
            )?;
        }
        let told = |it: &&ItemImpact| {
            it.series != Series::Comparable || !it.choices.is_same() || !it.rows.is_same()
        };
        let told: Vec<&ItemImpact> = items.iter().filter(told).collect();
        let width = told
            .iter()
            .map(|it| it.id.chars().count())
            .max()
            .unwrap_or(0);
        if !told.is_empty() {
            writeln!(self.out)?;
        }
        for item in told {
            let details = self.details(item).join(" · ");
            let series = self.series(item.series).to_owned();
            let separator = if details.is_empty() { "" } else { " — " };
            writeln!(
                self.out,
                "  {:<width$}  {series}{separator}{details}",
                item.id
            )?;
            if let Some(base) = &item.base {
                self.witnesses(base, &item.decided_by, width)?;
            }
        }
        Ok(())
    }

    fn series(&self, it: Series) -> &'static str {
        match (it, self.lang) {
            (Series::Comparable, Lang::Fr) => "comparable",
            (Series::Comparable, Lang::En) => "comparable",
            (Series::BaseChanged, Lang::Fr) => "base changée",
            (Series::BaseChanged, Lang::En) => "base changed",
            (Series::Recoded, Lang::Fr) => "recodée",
            (Series::Recoded, Lang::En) => "recoded",
            (Series::Unproven, Lang::Fr) => "non prouvé",
            (Series::Unproven, Lang::En) => "not proven",
            (Series::New, Lang::Fr) => "nouvelle",
            (Series::New, Lang::En) => "new",
            (Series::Gone, Lang::Fr) => "retirée",
            (Series::Gone, Lang::En) => "gone",
        }
    }

    fn several(&self, it: Series) -> &'static str {
        match (it, self.lang) {
            (Series::Comparable, Lang::Fr) => "comparables",
            (Series::BaseChanged, Lang::Fr) => "bases changées",
            (Series::BaseChanged, Lang::En) => "bases changed",
            (Series::Recoded, Lang::Fr) => "recodées",
            (Series::Unproven, Lang::Fr) => "non prouvées",
            (Series::New, Lang::Fr) => "nouvelles",
            (Series::Gone, Lang::Fr) => "retirées",
            (it, Lang::En) => self.series(it),
        }
    }

    fn details(&self, it: &ItemImpact) -> Vec<String> {
        let mut details = Vec::new();
        if let Some(base) = &it.base {
            let relation = match base.relation {
                Relation::Same => None,
                Relation::Wider => Some(self.say("base élargie", "wider base")),
                Relation::Narrower => Some(self.say("base réduite", "narrower base")),
                Relation::Different => Some(self.say("autre base", "another base")),
                Relation::Unproven => Some(self.say("base non prouvée", "base not proven")),
            };
            details.extend(relation.map(str::to_owned));
            if base.reached_old == Some(true) && base.reached_new == Some(false) {
                let said = self.say("plus posée à personne", "asked of nobody any more");
                details.push(said.to_owned());
            }
            if base.reached_old == Some(false) && base.reached_new == Some(true) {
                let said = self.say("n’était posée à personne", "was asked of nobody");
                details.push(said.to_owned());
            }
        }
        details.extend(it.recoded.iter().map(|it| self.recoding(*it).to_owned()));
        for codes in [&it.choices, &it.rows] {
            let added = codes.added.iter().map(|it| format!("+ {it}"));
            let removed = codes.removed.iter().map(|it| format!("− {it}"));
            details.extend(added.chain(removed));
        }
        details
    }

    fn recoding(&self, it: Recoding) -> &'static str {
        let (fr, en) = match it {
            Recoding::Kind => ("autre type", "another kind"),
            Recoding::Unit => ("autre unité", "another unit"),
            Recoding::Choices => ("autres modalités", "other choices"),
            Recoding::Meaning => ("autre sens d’une modalité", "another meaning of a choice"),
            Recoding::Number => ("autre précision ou monnaie", "other decimals or currency"),
            Recoding::Value => ("autre calcul", "another computation"),
            Recoding::Operands => (
                "calculée d’une autre question",
                "computed from another question",
            ),
        };
        match self.lang {
            Lang::Fr => fr,
            Lang::En => en,
        }
    }

    fn witnesses(
        &mut self,
        base: &Base,
        decided_by: &[String],
        width: usize,
    ) -> std::io::Result<()> {
        for (it, fr, en) in [
            (
                &base.gained,
                "posée désormais, par exemple",
                "asked from now on, for example",
            ),
            (
                &base.lost,
                "plus posée, par exemple",
                "not asked any more, for example",
            ),
        ] {
            if let Some(it) = it {
                let said = self.say(fr, en).to_owned();
                let answers = deciding(it, decided_by);
                writeln!(self.out, "  {:<width$}  {said}\u{202f}: {answers}", "")?;
            }
        }
        Ok(())
    }

    fn refused(&mut self, it: &Refused) -> std::io::Result<()> {
        let why = output::failure_text(&it.code, self.lang);
        let code = it.code.code();
        let answer = it.answer.as_ref().map(|it| format!(" ({it})"));
        let answer = answer.unwrap_or_default();
        writeln!(self.out, "  {}{answer} — {why} [{code}]", it.item)
    }

    fn routes(&mut self, it: &proof::Impact) -> std::io::Result<()> {
        let unknown = self.say("?", "?").to_owned();
        let count = |it: &Option<proof::Routes>| {
            let it = it.as_ref().map(|it| self.number(&it.count.to_string()));
            it.unwrap_or_else(|| unknown.clone())
        };
        let set = |it: &RouteSet| {
            let it = it.count.as_ref().map(|it| self.number(&it.to_string()));
            it.unwrap_or_else(|| unknown.clone())
        };
        let (old, new) = (count(&it.routes.old), count(&it.routes.new));
        let (gone, more) = (set(&it.routes.vanished), set(&it.routes.appeared));
        let line = match self.lang {
            Lang::Fr => format!(
                "Parcours\u{202f}: {old} → {new}\u{202f}; des questions communes, {gone} disparaissent et {more} apparaissent"
            ),
            Lang::En => format!(
                "Routes: {old} → {new}; of the questions in common, {gone} vanish and {more} appear"
            ),
        };
        writeln!(self.out, "\n{line}")
    }

    pub(super) fn replay(&mut self, it: &Replay) -> std::io::Result<()> {
        let n = self.number(&it.responses.to_string());
        match self.lang {
            Lang::Fr => writeln!(self.out, "\n{n} réponses relues par la nouvelle version")?,
            Lang::En => writeln!(self.out, "\n{n} responses read again by the new version")?,
        }
        for (n, fr, en) in [
            (
                it.routed_differently.n,
                "sur un autre parcours",
                "on another route",
            ),
            (
                it.no_longer_complete.n,
                "qui ne seraient plus complètes",
                "no longer complete",
            ),
            (
                it.reached_unknown,
                "arrêtées sur une page qui n’existe plus",
                "stopped on a page that is gone",
            ),
        ] {
            if n > 0 || fr.starts_with("sur") {
                let said = self.say(fr, en).to_owned();
                writeln!(self.out, "  {n:>6} {said}")?;
            }
        }
        self.counts(
            "Réponses qui tomberaient hors parcours",
            "Answers that would fall off path",
            &it.off_path,
        )?;
        self.counts(
            "Réponses sans place",
            "Answers without a place",
            &it.without_place,
        )?;
        self.counts(
            "Réponses qui manqueraient",
            "Answers that would be missing",
            &it.unanswered,
        )?;
        let refused = it.refused.iter();
        let refused: Vec<Count> = refused
            .map(|it| Count {
                key: format!("{} [{}]", it.key, it.code.code()),
                n: it.n,
            })
            .collect();
        self.counts("Réponses refusées", "Answers refused", &refused)?;
        let changed: Vec<_> = it.bases.iter().filter(|it| it.old != it.new).collect();
        if changed.is_empty() {
            return Ok(());
        }
        self.heading(
            "Bases qui changent (concernés, interrogés, ayant répondu)",
            "Bases that change (eligible, asked, answered)",
        )?;
        let width = changed
            .iter()
            .map(|it| it.id.chars().count())
            .max()
            .unwrap_or(0);
        let chain = |it: Option<Counts>| match it {
            Some(it) => format!("{:>6} {:>6} {:>6}", it.eligible, it.asked, it.answered),
            None => format!("{:>20}", "—"),
        };
        for it in changed {
            let (old, new) = (chain(it.old), chain(it.new));
            writeln!(self.out, "  {:<width$} {old}  → {new}", it.id)?;
        }
        Ok(())
    }

    fn counts(&mut self, fr: &str, en: &str, them: &[Count]) -> std::io::Result<()> {
        if them.is_empty() {
            return Ok(());
        }
        self.heading(fr, en)?;
        for it in them {
            writeln!(self.out, "  {:>6} {}", it.n, it.key)?;
        }
        Ok(())
    }
}

/// The answers of a sheet by which it is decided who is asked, in a line.
fn deciding(it: &Witness, decided_by: &[String]) -> String {
    let answer = |value: &Value| match value {
        Value::String(it) => it.clone(),
        it => it.to_string(),
    };
    let answers = &it.sheet.answers;
    let given = decided_by.iter().map(|key| match answers.get(key) {
        Some(value) => format!("{key} = {}", answer(value)),
        None => format!("{key} = —"),
    });
    let day = it.sheet.meta.today.map(|it| format!("today = {it}"));
    given.chain(day).collect::<Vec<_>>().join(", ")
}
