//! Figures that are wanted and that no question can feed. They are warnings: a plan is written before its questions,
//! and a question that goes must not stop the others.

use std::collections::HashMap;

use super::findings::Findings;
use crate::diagnostic::{Diagnostic, Problem};
use crate::document::{Figure, Questionnaire, closest};
use crate::figure::{Unfit, unfit};
use crate::instrument::Instrument;

pub(super) fn check(
    document: &Questionnaire,
    instrument: &Instrument,
    findings: &mut Findings<'_>,
) {
    let mut seen: HashMap<(&str, Option<&str>), &str> = HashMap::new();
    for (nth, figure) in document.figures.iter().enumerate() {
        let path = format!("/figures/{nth}");
        let what = (figure.item.as_str(), figure.by.as_deref());
        if let Some(first) = seen.get(&what) {
            let first = (*first).to_owned();
            findings.warning(&format!("{path}/id"), Problem::FigureTwice { first });
            continue;
        }
        seen.insert(what, &figure.id);
        if let Some(unfit) = unfit(instrument, figure) {
            tell(figure, unfit, &path, instrument, findings);
        }
    }
}

fn tell(
    figure: &Figure,
    unfit: Unfit,
    path: &str,
    instrument: &Instrument,
    findings: &mut Findings<'_>,
) {
    let item = figure.item.clone();
    let by = figure.by.clone().unwrap_or_default();
    let (field, problem) = match unfit {
        Unfit::UnknownItem => ("item", Problem::FigureOfNothing { item }),
        Unfit::UnknownBreakdown => ("by", Problem::FigureOfNothing { item: by }),
        Unfit::NoTable => {
            let kind = instrument.item(&item).map_or("", |it| it.kind.name());
            ("item", Problem::FigureWithoutTable { item, kind })
        }
        Unfit::NoColumns => ("by", Problem::FigureWithoutColumns { item: by }),
        Unfit::OtherUnits => ("by", Problem::FigureOfOtherUnits { by, item }),
        Unfit::Itself => ("by", Problem::FigureByItself { item }),
    };
    let at = findings.map().value(&format!("{path}/{field}"));
    let mut it = Diagnostic::warning(at, problem);
    if let Problem::FigureOfNothing { item } = &it.problem {
        let ids = instrument.items.iter().map(|it| it.id.as_str());
        it.suggestion = closest(item, ids).map(str::to_owned);
    }
    findings.push(it);
}
