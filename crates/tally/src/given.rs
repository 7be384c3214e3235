//! Answers as they are counted, whether given in a slot or computed.

use expr::{Missing, Reasons, Value};
use jiff::civil::Date;
use questionnaire::{Answer, Evaluation, SlotState};
use rust_decimal::Decimal;

use crate::spec::Source;

/// An answer as it is counted.
pub(crate) enum Given<'a> {
    Nothing,
    /// A computed value that is missing, for these reasons.
    Missing(Reasons),
    Bool(bool),
    Number(Decimal),
    Date(Date),
    Text(&'a str),
    Code(u16),
    Codes(&'a [u16]),
}

impl Given<'_> {
    /// The codes it holds, in their order.
    pub(crate) fn codes(&self) -> &[u16] {
        match self {
            Self::Code(code) => std::slice::from_ref(code),
            Self::Codes(codes) => codes,
            _ => &[],
        }
    }
}

/// State and answer of the nth unit.
pub(crate) fn read<'a>(
    source: &Source,
    evaluation: &'a Evaluation<'_>,
    nth: u32,
) -> (SlotState, Given<'a>) {
    match source {
        Source::Slots(slots) => match slots.get(nth as usize) {
            Some(slot) => (evaluation.state(*slot), of_answer(evaluation.answer(*slot))),
            None => (SlotState::NotAsked, Given::Nothing),
        },
        Source::Computed { item, units } => {
            match evaluation.computed_of(*item, units.map(|_| nth)) {
                Some(value) => of_computed(value),
                None => (SlotState::NotAsked, Given::Nothing),
            }
        }
    }
}

fn of_answer(answer: &Answer) -> Given<'_> {
    match answer {
        Answer::Bool(it) => Given::Bool(*it),
        Answer::Number(it) => Given::Number(*it),
        Answer::Text(it) => Given::Text(it),
        Answer::Date(it) => Given::Date(*it),
        Answer::Code(it) => Given::Code(*it),
        Answer::Codes(it) => Given::Codes(it),
        Answer::Empty | Answer::Missing(_) | Answer::Unreadable(_) => Given::Nothing,
    }
}

/// A computed value that is missing takes the state of what made it so: that nobody came so far or
/// was asked weighs more than what somebody said.
fn of_computed(value: &Value) -> (SlotState, Given<'_>) {
    let given = match value {
        Value::Bool(it) => Given::Bool(*it),
        Value::Number(it) => Given::Number(*it),
        Value::Text(it) => Given::Text(it),
        Value::Date(it) => Given::Date(*it),
        Value::Code(it) => Given::Code(*it),
        Value::Codes(it) => Given::Codes(it),
        Value::Missing(reasons) => {
            let state = [
                (Missing::NotReached, SlotState::NotReached),
                (Missing::NotAsked, SlotState::NotAsked),
                (Missing::DontKnow, SlotState::DontKnow),
                (Missing::Refused, SlotState::Refused),
            ]
            .into_iter()
            .find_map(|(reason, state)| reasons.has(reason).then_some(state));
            return (
                state.unwrap_or(SlotState::NoAnswer),
                Given::Missing(*reasons),
            );
        }
    };
    (SlotState::Answered, given)
}
