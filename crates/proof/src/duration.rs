//! How long it takes to answer: words read and questions answered.
//!
//! What a respondent reads is what the pages show them, fills inserted: titles, questions, help,
//! offered choices, rows, statements, and the introduction before the first page. To this comes a
//! time for deciding and entering each answer, by kind of question.
//!
//! | Constant | Value | Where it comes from |
//! |---|---|---|
//! | words a minute, English | 238 | silent reading of non-fiction by adults: Brysbaert, “How many words do we read per minute? A review and meta-analysis of reading rate”, Journal of Memory and Language 109 (2019), 104047; most adults are between 175 and 300 |
//! | words a minute, other languages | 200 | our assumption. Read aloud, the standardised texts of IReST go at 184 ± 29 words a minute over 17 languages, French among them (Trauzettel-Klosinski & Dietz, Investigative Ophthalmology & Visual Science 53 (2012), 5452–5461); silent reading is faster, questions are read with more care than stories |
//! | one choice | 4 s | our assumption, such that a question of some 25 words takes the 10 s or so that Pew Research Center gives for an ordinary stand-alone question on the web (“How we keep our online surveys from running too long”, Decoded, 8 December 2022) |
//! | a text of several lines | 40 s | the 4 points of 10 s that `CivicPulse` counts for an open question of several lines, many of which are left empty (Time Estimation Rubric) |
//! | all others | see [`Pace`] | our assumptions |
//!
//! They are for planning a questionnaire, before anybody has answered it. Replace them with what
//! paradata of real waves say, by giving another [`Pace`].

use expr::Truth;
use questionnaire::instrument::Kind;
use questionnaire::view::{CellView, ChoiceView, Element, PageView, QuestionView, Widget};
use questionnaire::{Engine, Sheet, SlotState, page_of};
use serde::Serialize;

use crate::draw::Drawing;
use crate::prove::Proof;

/// Seconds for reading and answering; see the [module](self) for where they come from.
#[derive(Clone, Debug, PartialEq)]
pub struct Pace {
    /// Words read in a minute.
    pub words_a_minute: f64,
    /// Choices of a list that are read; longer lists are searched.
    pub choices_read: usize,
    /// Going to the next page.
    pub page: f64,
    /// Choosing one: single, scale, consent.
    pub one_choice: f64,
    /// Each choice ticked where several can be, on top of `one_choice`.
    pub tick: f64,
    /// Each choice put in order.
    pub rank: f64,
    /// Finding one in a long list, or a territory.
    pub find: f64,
    /// A number.
    pub number: f64,
    /// An amount, which is looked up.
    pub amount: f64,
    /// A date.
    pub date: f64,
    /// A text of one line, « préciser » too.
    pub line: f64,
    /// A text of several lines.
    pub lines: f64,
    /// A row of a grid: the question is known by then.
    pub row: f64,
    /// Each contact detail.
    pub contact: f64,
    /// Adding a unit to a roster.
    pub unit: f64,
    /// Passing over a question that is left empty.
    pub pass: f64,
    /// The review before sending.
    pub review: f64,
}

impl Pace {
    /// What we assume for a language.
    #[must_use]
    pub fn of(lang: &str) -> Self {
        Self {
            words_a_minute: if lang == "en" { 238.0 } else { 200.0 },
            choices_read: 20,
            page: 2.0,
            one_choice: 4.0,
            tick: 1.5,
            rank: 4.0,
            find: 8.0,
            number: 7.0,
            amount: 12.0,
            date: 8.0,
            line: 12.0,
            lines: 40.0,
            row: 3.0,
            contact: 8.0,
            unit: 2.0,
            pass: 1.0,
            review: 15.0,
        }
    }

    fn reading(&self, text: &str) -> f64 {
        // A sign between spaces, as before a French question mark, is no word.
        let is_word = |it: &&str| it.contains(char::is_alphanumeric);
        let words = text.split_whitespace().filter(is_word).count();
        words as f64 * 60.0 / self.words_a_minute
    }

    fn reading_all<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> f64 {
        texts.into_iter().map(|it| self.reading(it)).sum()
    }
}

/// Estimated seconds that one respondent takes, reading in a language.
///
/// ```
/// let source = "
/// id: essai
/// title: Essai de durée
/// blocks:
///   - id: b
///     pages:
///       - id: p
///         items:
///           - { id: nb, kind: quantity, label: Combien de postes y a-t-il chez vous ? }
/// ";
/// let engine = questionnaire::check(source).engine.ok_or("a sound questionnaire")?;
/// let sheet: questionnaire::Sheet = serde_json::from_str(r#"{"answers": {"nb": 2}}"#)?;
/// // Three words of title and seven of the question at 200 a minute; page, number, review.
/// let seconds = proof::duration::seconds(&engine, &sheet, "fr");
/// assert!((seconds - (10.0 * 0.3 + 2.0 + 7.0 + 15.0)).abs() < 1e-9);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn seconds(engine: &Engine, sheet: &Sheet, lang: &str) -> f64 {
    seconds_at(engine, sheet, lang, &Pace::of(lang))
}

/// The same, at another pace.
#[must_use]
pub fn seconds_at(engine: &Engine, sheet: &Sheet, lang: &str, pace: &Pace) -> f64 {
    let evaluation = engine.load(sheet).evaluation;
    let instrument = &engine.instrument;
    let before = [Some(&instrument.title), instrument.introduction.as_ref()];
    let before = before.into_iter().flatten();
    let before = before.map(|it| evaluation.fill(it.get(lang), lang, None));
    let mut seconds: f64 = before.map(|it| pace.reading(&it)).sum();
    let mut block = None;
    for page in 0..instrument.pages.len() as u32 {
        if evaluation.reached().is_some_and(|it| page > it) {
            return seconds;
        }
        let gate = engine.layout.page_gate(page);
        let truth = gate.map_or(Truth::False, |it| evaluation.gate_truth(it));
        let view = page_of(&evaluation, page, lang, false);
        if !truth.is_true() || view.shown.is_empty() {
            continue;
        }
        // A block's heading is read where it is new.
        let new = block.replace(view.block.clone()) != Some(view.block.clone());
        seconds += page_seconds(engine, &view, new, pace);
    }
    seconds + pace.review
}

fn page_seconds(engine: &Engine, view: &PageView, new_block: bool, pace: &Pace) -> f64 {
    let block = view.block.as_deref().filter(|_| new_block);
    let titles = pace.reading_all(block.into_iter().chain(view.title.as_deref()));
    pace.page + titles + elements(engine, &view.elements, pace)
}

fn elements(engine: &Engine, them: &[Element], pace: &Pace) -> f64 {
    let seconds = them.iter().map(|element| match element {
        Element::Statement { on_path, text, .. } if *on_path => pace.reading(text),
        Element::Question(it) if it.on_path => {
            let texts = [Some(it.label.as_str()), it.help.as_deref()];
            pace.reading_all(texts.into_iter().flatten()) + widget(engine, it, pace)
        }
        Element::Roster(it) if it.on_path => {
            let texts = [Some(it.label.as_str()), it.help.as_deref()];
            let units = it.units.iter().filter(|it| it.present);
            let units = units.map(|unit| {
                let added = if it.free.is_some() { pace.unit } else { 0.0 };
                added + pace.reading(&unit.label) + elements(engine, &unit.elements, pace)
            });
            pace.reading_all(texts.into_iter().flatten()) + units.sum::<f64>()
        }
        Element::Statement { .. } | Element::Question(_) | Element::Roster(_) => 0.0,
    });
    seconds.sum()
}

fn widget(engine: &Engine, question: &QuestionView, pace: &Pace) -> f64 {
    let answering = |seconds: f64| match question.state {
        SlotState::Answered => seconds,
        SlotState::DontKnow | SlotState::Refused => pace.one_choice,
        SlotState::NoAnswer | SlotState::NotAsked | SlotState::NotReached => pace.pass,
    };
    match &question.widget {
        Widget::Single { choices } | Widget::Scale { choices } => {
            let long = choices.len() > pace.choices_read;
            let one = if long { pace.find } else { pace.one_choice };
            listed(choices, pace) + answering(one)
        }
        Widget::Territory { choices } => listed(choices, pace) + answering(pace.find),
        Widget::Multiple { choices, .. } => {
            let ticked = choices.iter().filter(|it| it.selected).count();
            listed(choices, pace) + answering(pace.one_choice + pace.tick * ticked as f64)
        }
        Widget::Rank { choices, .. } => {
            let ranked = choices.iter().filter(|it| it.rank.is_some()).count();
            let offered = choices.iter().filter(|it| it.offered);
            let labels = offered.take(pace.choices_read).map(|it| it.label.as_str());
            pace.reading_all(labels) + answering(pace.rank * ranked as f64)
        }
        Widget::Quantity(_) => {
            let slot = engine.layout.slot(&question.key);
            let slot = slot.and_then(|it| engine.layout.slots().get(it as usize));
            let item = slot.and_then(|it| engine.instrument.items.get(it.item as usize));
            let is_money = item.is_some_and(|it| matches!(it.kind, Kind::Money(_)));
            answering(if is_money { pace.amount } else { pace.number })
        }
        Widget::Text { multiline, .. } => {
            answering(if *multiline { pace.lines } else { pace.line })
        }
        Widget::Date { .. } => answering(pace.date),
        Widget::Consent { .. } => answering(pace.one_choice),
        Widget::Contact { fields } => fields.len() as f64 * pace.contact,
        Widget::Grid { columns, rows } => {
            let columns = columns.iter().map(|it| it.label.as_str());
            let rows = rows.iter().filter(|it| it.on_path).map(|row| {
                let answer = match &row.cell {
                    CellView::Single { selected: Some(_) } => pace.row,
                    CellView::Multiple { selected } if !selected.is_empty() => {
                        pace.row + pace.tick * selected.len() as f64
                    }
                    CellView::Quantity(it) if !it.value.is_empty() => pace.number,
                    CellView::Single { .. } | CellView::Multiple { .. } | CellView::Quantity(_) => {
                        pace.pass
                    }
                };
                pace.reading(&row.label) + answer
            });
            pace.reading_all(columns) + rows.sum::<f64>()
        }
    }
}

/// Reading choices, and writing what is asked for beside those that are made.
fn listed(choices: &[ChoiceView], pace: &Pace) -> f64 {
    let offered = choices.iter().filter(|it| it.offered);
    let labels = offered.take(pace.choices_read).map(|it| it.label.as_str());
    let chosen = choices.iter().filter(|it| it.selected);
    let texts = chosen.filter_map(|it| it.specify.as_ref());
    let texts = texts.filter(|it| !it.value.is_empty()).count();
    pace.reading_all(labels) + texts as f64 * pace.line
}

/// How long respondents take, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The quickest of them.
    pub shortest: f64,
    /// Half of them take no longer than this.
    pub typical: f64,
    /// The slowest of them.
    pub longest: f64,
}

impl Estimate {
    /// Over sheets, each one respondent; none if there are none.
    #[must_use]
    pub fn of(engine: &Engine, sheets: &[Sheet], lang: &str) -> Option<Self> {
        let each = sheets.iter().map(|it| seconds(engine, it, lang));
        let mut each: Vec<f64> = each.collect();
        each.sort_by(f64::total_cmp);
        let middle = each.len().checked_sub(1)? / 2;
        Some(Self {
            shortest: *each.first()?,
            typical: each[middle],
            longest: *each.last()?,
        })
    }
}

/// How many respondents are drawn for an estimate.
const DRAWN: u64 = 200;

impl Proof<'_> {
    /// How long answering takes those who answer plausibly: the quickest, the slowest and the
    /// median of 200 respondents who are drawn (see [`Drawing`]). `None` where nobody can complete
    /// the questionnaire.
    #[must_use]
    pub fn duration(&self, lang: &str) -> Option<Estimate> {
        if self.can_be_completed() != Some(true) {
            return None;
        }
        let drawing = Drawing::new(self.engine(), 1);
        let sheets: Vec<Sheet> = (0..DRAWN).map(|nth| drawing.sheet(nth)).collect();
        Estimate::of(self.engine(), &sheets, lang)
    }
}
