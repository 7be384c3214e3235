//! What people would plausibly say to one question.

use jiff::ToSpan as _;
use jiff::civil::Date;
use questionnaire::Answer;
use questionnaire::instrument::{Choice, Quantity};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::chance::Chance;

/// How often things happen, in a thousand. They are our own assumptions, chosen so that every kind
/// of answer occurs in a few hundred sheets and most questions have one.
pub(super) mod habits {
    /// A missing reason where one can be given, by a choice or beside the choices.
    pub(crate) const MISSING: u64 = 40;
    /// An optional question with choices is left empty.
    pub(crate) const EMPTY_CHOICE: u64 = 30;
    /// An optional number or date is left empty.
    pub(crate) const EMPTY_NUMBER: u64 = 80;
    /// An optional text is left empty.
    pub(crate) const EMPTY_TEXT: u64 = 400;
    /// A « préciser » text that is not required is given.
    pub(crate) const SPECIFIED: u64 = 600;
    /// One more choice is ticked where several can be.
    pub(crate) const ONE_MORE: u64 = 600;
    /// Somebody says yes to a declared use.
    pub(crate) const CONSENT: u64 = 800;
    /// Nothing to count.
    pub(crate) const ZERO: u64 = 50;
    /// A roster that may stay empty does.
    pub(crate) const NO_UNIT: u64 = 150;
    /// A large number is rounded to two digits.
    pub(crate) const ROUND: u64 = 750;
    /// A number of some size is rounded to a multiple of five.
    pub(crate) const FIVES: u64 = 500;
    /// A number that may have decimals has none.
    pub(crate) const WHOLE: u64 = 600;
    /// A respondent confirms what soft checks ask about, instead of looking at it again.
    pub(crate) const CONFIRMS: u64 = 100;
    /// A date is the first of a month.
    pub(crate) const FIRST_OF_MONTH: u64 = 400;
}

/// Where a question sets no limit: numbers up to this.
const MOST: i128 = 1_000;
/// Where a question sets no limit: amounts up to this.
const MOST_MONEY: i128 = 1_000_000;
/// Where sizes are as likely as each other: amounts from this.
const LEAST_MONEY: i128 = 100;
/// From this ratio of the greatest to the least value on, sizes are as likely as each other, not
/// values.
const WIDE: i128 = 100;
/// Where a question sets no limit: dates within so many years.
const YEARS: i32 = 10;
/// Units of a roster beyond the least number.
pub(super) const MORE_UNITS: u64 = 3;
/// Ranks given where all could be.
const RANKS: usize = 5;

/// Texts for a field of one line.
const SHORT: [&str; 12] = [
    "À préciser avec l’équipe",
    "Association de quartier",
    "Centre communal d’action sociale",
    "Comité de pilotage annuel",
    "En cours de construction",
    "Groupe de travail thématique",
    "Maison des services",
    "Partenaires locaux",
    "Réseau de professionnels",
    "Service de la collectivité",
    "Selon les années",
    "Un collectif d’habitants",
];

/// Texts for a field of several lines.
const LONG: [&str; 8] = [
    "La démarche a permis de mieux se connaître entre partenaires et de mener des actions communes.",
    "Le manque de temps et de moyens humains reste le principal frein sur notre territoire.",
    "Les habitants sont associés par des ateliers, deux à trois fois par an.",
    "Nous manquons de visibilité sur les financements au-delà de l’année en cours.",
    "Plusieurs actions ont été prolongées à la demande des professionnels de terrain.",
    "Un diagnostic partagé est prévu ; il servira de base au prochain plan d’actions.",
    "Une coordination à plein temps changerait beaucoup de choses.",
    "Rien de particulier à ajouter, merci pour cette enquête.",
];

impl Chance {
    /// A text of at most so many characters.
    pub(super) fn text(&mut self, most: u32, several_lines: bool) -> String {
        let them: &[&str] = if several_lines { &LONG } else { &SHORT };
        let fitting = |it: &&&str| it.chars().count() <= most as usize;
        let fits: Vec<&str> = them.iter().filter(fitting).copied().collect();
        let fits = if fits.is_empty() { them } else { &fits };
        let text = self.pick(fits).copied().unwrap_or_default();
        let text: String = text.chars().take(most as usize).collect();
        text.trim().to_owned()
    }

    /// A day between two; where one is open, within some years of the other, or before today.
    pub(super) fn date(&mut self, from: Option<Date>, to: Option<Date>, today: Date) -> Date {
        let years = |it: Date, n: i32| it.saturating_add(n.years());
        let (from, to) = match (from, to) {
            (Some(from), Some(to)) => (from, to),
            (Some(from), None) if from <= today => (from, today),
            (Some(from), None) => (from, years(from, YEARS)),
            (None, Some(to)) => (years(to.min(today), -YEARS), to),
            (None, None) => (years(today, -YEARS), today),
        };
        let (first, last) = (expr::days::number(from), expr::days::number(to));
        let day = self.between(first.into(), last.into());
        let day = i64::try_from(day).ok().and_then(expr::days::date);
        let day = day.unwrap_or(from);
        let first_of_month = day.first_of_month();
        if first_of_month >= from && self.happens(habits::FIRST_OF_MONTH) {
            first_of_month
        } else {
            day
        }
    }

    /// A number within its limits, rounded as people do.
    pub(super) fn number(&mut self, it: &Quantity, is_money: bool) -> Decimal {
        let decimals = u32::from(it.decimals).min(12);
        let one = 10_i128.pow(decimals);
        let scaled = |it: Option<Decimal>, round: fn(&Decimal) -> Decimal| {
            round(&it?.checked_mul(Decimal::from_i128_with_scale(one, 0))?).to_i128()
        };
        let most = if is_money { MOST_MONEY } else { MOST } * one;
        let (least, greatest) = (
            scaled(it.min, Decimal::ceil),
            scaled(it.max, Decimal::floor),
        );
        let (low, high) = match (least, greatest) {
            (Some(low), Some(high)) => (low, high),
            (Some(low), None) => (low, low.max(0) + most),
            (None, Some(high)) => (high.min(0).max(high - most), high),
            (None, None) => (0, most),
        };
        let size = if is_money { LEAST_MONEY } else { 1 };
        let value = self.between_as_people_do(low, high.max(low), one, size);
        Decimal::try_from_i128_with_scale(value, decimals)
            .unwrap_or_default()
            .normalize()
    }

    /// Numbers of a grid on which `one` is 1; sizes begin at so many ones.
    fn between_as_people_do(&mut self, low: i128, high: i128, one: i128, size: i128) -> i128 {
        if low <= 0 && high >= 0 && self.happens(habits::ZERO) {
            return 0;
        }
        if high <= 0 && low < 0 {
            return -self.between_as_people_do(-high, -low, one, size);
        }
        // Where something can be negative it rarely is.
        let low = if low < 0 && !self.happens(100) {
            0
        } else {
            low
        };
        if low < 0 {
            return -self.between_as_people_do(1, -low, one, size);
        }
        let least = low.max(one).max(1);
        let plain = if high / least >= WIDE {
            self.size(least.max(size * one).min(high), high)
        } else {
            self.between(low, high)
        };
        // What has decimals mostly has none, sometimes a half, else one: finer ones are rare.
        let small = high - low < 10 * one;
        let step = match (one, self.happens(habits::WHOLE), self.happens(500)) {
            (1, ..) => 1,
            (_, true, _) if !small => one,
            (_, _, true) => one / 2,
            _ => (one / 10).max(1),
        };
        let units = plain / one;
        let step = if units >= 100 && self.happens(habits::ROUND) {
            one * 10_i128.pow(units.ilog10() - 1)
        } else if units >= 20 && high - low >= 50 * one && self.happens(habits::FIVES) {
            5 * one
        } else {
            step
        };
        let round = (plain + step / 2) / step * step;
        if (low..=high).contains(&round) {
            round
        } else {
            plain
        }
    }

    /// A number between two of which each doubling is as likely.
    fn size(&mut self, low: i128, high: i128) -> i128 {
        let doubling = self.between(low.ilog2().into(), high.ilog2().into());
        let from = 1_i128 << doubling;
        self.between(from.max(low), (2 * from - 1).min(high))
    }

    /// Some of these choices, each as likely to be the first: one that excludes the others stands
    /// alone.
    pub(super) fn several(
        &mut self,
        offered: &[(u16, &Choice)],
        min: Option<u16>,
        max: Option<u16>,
    ) -> Answer {
        let min = usize::from(min.unwrap_or(1)).max(1);
        let max = max.map_or(usize::MAX, usize::from);
        let mut ordinary: Vec<u16> = Vec::new();
        ordinary.extend(offered.iter().filter(|it| !it.1.exclusive).map(|it| it.0));
        let enough = ordinary.len() >= min;
        let first = match offered.iter().find(|it| it.1.exclusive) {
            Some(alone) if !enough => Some(alone),
            _ => self.pick(offered),
        };
        let Some((first, choice)) = first else {
            return Answer::Empty;
        };
        if choice.exclusive {
            return Answer::Codes([*first].into());
        }
        let mut chosen = vec![*first];
        ordinary.retain(|it| it != first);
        self.shuffle(&mut ordinary);
        for code in ordinary {
            if chosen.len() >= max || (chosen.len() >= min && !self.happens(habits::ONE_MORE)) {
                break;
            }
            chosen.push(code);
        }
        chosen.sort_unstable();
        Answer::Codes(chosen.into())
    }

    /// These choices in some order, as many as may be ranked.
    pub(super) fn ranks(
        &mut self,
        offered: &[(u16, &Choice)],
        min: Option<u16>,
        max: Option<u16>,
    ) -> Answer {
        let ordinary = offered.iter().filter(|it| !it.1.exclusive);
        let mut codes: Vec<u16> = ordinary.map(|it| it.0).collect();
        let min = usize::from(min.unwrap_or(1)).max(1);
        let alone: Vec<u16> = offered
            .iter()
            .filter(|it| it.1.exclusive)
            .map(|it| it.0)
            .collect();
        let n_first = codes.len() + alone.len();
        let is_alone = codes.len() < min || self.below(n_first as u64) >= codes.len() as u64;
        if let (true, Some(code)) = (is_alone, self.pick(&alone)) {
            return Answer::Codes([*code].into());
        }
        self.shuffle(&mut codes);
        codes.truncate(max.map_or(RANKS, usize::from).max(min));
        Answer::Codes(codes.into())
    }
}
