//! Each kind of question on paper: the answer's place is in `field`.

use questionnaire::instrument::{Item, ItemIx, Kind, MissingOffer};

use super::field::Made;
use super::lay::Lay;
use super::number::ranges;
use super::{Check, CheckAnnotation, Choice, LongList, Question};

impl Lay<'_> {
    pub(super) fn question(&self, ix: ItemIx, lists: &mut Vec<LongList>) -> Question {
        let item = &self.instrument().items[ix as usize];
        let Made {
            mut hints,
            field,
            list,
        } = self.field(ix);
        lists.extend(list);
        if !item.required {
            hints.push(self.words.optional().to_owned());
        }
        Question {
            number: self.number(ix).to_owned(),
            id: self.id(&item.id),
            label: self.text(&item.label),
            help: self.some_text(item.help.as_ref()),
            universe: self.some_text(item.universe.as_ref()),
            hints,
            field,
            offers: self.offers(item),
            checks: self.checks(item),
            decides: self.decides(ix),
        }
    }

    /// Reasons offered beside the choices: those that no choice means already.
    fn offers(&self, item: &Item) -> Vec<Choice> {
        if matches!(item.kind, Kind::Contact { .. }) {
            return Vec::new();
        }
        let list = item.list();
        let list = list.and_then(|it| self.instrument().lists.get(it as usize));
        let means = |it: MissingOffer| {
            list.is_some_and(|list| list.choices.iter().any(|choice| choice.missing == Some(it)))
        };
        let offers = item.offers.iter().filter(|it| !means(**it));
        offers
            .map(|it| Choice {
                label: match it {
                    MissingOffer::DontKnow => self.words.dont_know(),
                    MissingOffer::Refused => self.words.refused(),
                }
                .to_owned(),
                code: self.id(it.code()),
                specify: None,
                notes: Vec::new(),
            })
            .collect()
    }

    pub(super) fn checks(&self, item: &Item) -> Vec<Check> {
        let checks = item.checks.iter();
        checks
            .map(|it| Check {
                rule: self.sentences().of(&it.require.source, item.roster),
                is_hard: matches!(it.severity, questionnaire::Severity::Hard),
                annotation: self.annotated.then(|| CheckAnnotation {
                    id: it.id.clone(),
                    message: self.text(&it.message),
                    source: it.require.source.clone(),
                }),
            })
            .collect()
    }

    /// Which numbered questions an answer decides about; for committees.
    fn decides(&self, ix: ItemIx) -> Option<String> {
        if !self.annotated {
            return None;
        }
        let all = (0u32..).take(self.numbers().len());
        let order: Vec<ItemIx> = all.filter(|it| !self.number(*it).is_empty()).collect();
        let reads = |it: &&ItemIx| proof::reads::routing(self.engine, **it).contains(&ix);
        let wanted: Vec<ItemIx> = order.iter().filter(reads).copied().collect();
        let said: Vec<String> = ranges(&order, &wanted)
            .into_iter()
            .map(|(first, last)| self.words.questions(self.number(first), self.number(last)))
            .collect();
        (!said.is_empty()).then(|| self.words.and(&said))
    }
}
