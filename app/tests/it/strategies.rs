//! Random pages, as strange as types allow.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use questionnaire::Severity;
use questionnaire::instrument::{ContactField, MissingOffer};
use questionnaire::view::*;

use crate::samples::parts::{failing, failure, question};

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-zéàç ?!:«»]{1,30}",
        "\\PC{0,20}",
        Just("<b>\"'&</b>".to_owned())
    ]
}

fn typed() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), text()]
}

fn offer() -> impl Strategy<Value = MissingOffer> {
    prop_oneof![Just(MissingOffer::DontKnow), Just(MissingOffer::Refused)]
}

fn choices() -> impl Strategy<Value = Vec<ChoiceView>> {
    let specify =
        (option::of(text()), typed(), any::<bool>()).prop_map(|(label, value, required)| {
            SpecifyView {
                label,
                value,
                required,
            }
        });
    let choice = (
        text(),
        any::<[bool; 3]>(),
        option::of(offer()),
        option::of(specify),
    );
    vec(choice, 1..12).prop_map(|all| {
        all.into_iter()
            .enumerate()
            .map(
                |(at, (label, [selected, offered, exclusive], missing, specify))| ChoiceView {
                    code: format!("c{at}"),
                    label,
                    selected,
                    offered,
                    exclusive,
                    missing,
                    specify,
                },
            )
            .collect()
    })
}

/// Radios: at most one choice is made.
fn one_choice() -> impl Strategy<Value = Vec<ChoiceView>> {
    choices().prop_map(|mut all| {
        let mut made = false;
        for choice in &mut all {
            choice.selected &= !made;
            made |= choice.selected;
        }
        all
    })
}

fn number() -> impl Strategy<Value = QuantityView> {
    (
        typed(),
        option::of("-?[0-9]{1,6}"),
        option::of("[0-9]{1,9}"),
        0_u8..4,
        option::of(text()),
    )
        .prop_map(|(value, min, max, decimals, unit)| QuantityView {
            value,
            min,
            max,
            decimals,
            unit,
        })
}

fn grid() -> impl Strategy<Value = Widget> {
    let columns = || vec(text(), 1..5);
    let rows = || vec((text(), any::<bool>(), option::of(0_usize..5)), 1..4);
    let columns_of = |labels: Vec<String>| -> Vec<ColumnView> {
        labels
            .into_iter()
            .enumerate()
            .map(|(at, label)| ColumnView {
                code: format!("n{at}"),
                label,
            })
            .collect()
    };
    let cell = prop_oneof![Just(0), Just(1), Just(2)];
    (columns(), rows(), cell, number()).prop_map(move |(columns, rows, cell, number)| {
        let most = columns.len();
        let rows = rows
            .into_iter()
            .enumerate()
            .map(|(at, (label, on_path, given))| {
                let given = given.filter(|it| *it < most).map(|it| format!("n{it}"));
                RowView {
                    // The page's key replaces the star.
                    key: format!("*[r{at}]"),
                    label,
                    on_path,
                    cell: match cell {
                        0 => CellView::Single { selected: given },
                        1 => CellView::Multiple {
                            selected: given.into_iter().collect(),
                        },
                        _ => CellView::Quantity(number.clone()),
                    },
                    failures: Vec::new(),
                }
            });
        Widget::Grid {
            columns: if cell == 2 {
                Vec::new()
            } else {
                columns_of(columns)
            },
            rows: rows.collect(),
        }
    })
}

fn widget() -> impl Strategy<Value = Widget> {
    let bound = || option::of(0_u16..9);
    prop_oneof![
        one_choice().prop_map(|choices| Widget::Single { choices }),
        one_choice().prop_map(|choices| Widget::Scale { choices }),
        one_choice().prop_map(|choices| Widget::Territory { choices }),
        (choices(), bound(), bound()).prop_map(|(choices, min, max)| Widget::Multiple {
            choices,
            min,
            max
        }),
        number().prop_map(Widget::Quantity),
        (typed(), 1_u32..5000, any::<bool>()).prop_map(|(value, max_length, multiline)| {
            Widget::Text {
                value,
                max_length,
                multiline,
            }
        }),
        [typed(), typed(), typed()].prop_map(|[day, month, year]| Widget::Date {
            day,
            month,
            year,
            earliest: None,
            latest: None
        }),
        (one_choice(), bound(), bound()).prop_map(|(choices, min, max)| Widget::Rank {
            choices: choices
                .into_iter()
                .enumerate()
                .map(|(at, it)| RankedView {
                    code: it.code,
                    label: it.label,
                    rank: it.selected.then_some(at as u16 + 1),
                    offered: it.offered,
                })
                .collect(),
            min,
            max,
        }),
        option::of(any::<bool>()).prop_map(|value| Widget::Consent { value }),
        grid(),
        typed().prop_map(|name| Widget::Contact {
            fields: vec![
                (ContactField::Name, name),
                (ContactField::Email, String::new())
            ]
        }),
    ]
}

fn question_view(key: String) -> impl Strategy<Value = QuestionView> {
    (
        widget(),
        text(),
        option::of(text()),
        vec(offer(), 0..3),
        option::of(offer()),
        any::<[bool; 2]>(),
    )
        .prop_map(
            move |(mut widget, label, help, mut offers, missing, [on_path, required])| {
                if let Widget::Grid { rows, .. } = &mut widget {
                    for row in rows {
                        row.key = row.key.replace('*', &key);
                    }
                }
                offers.sort();
                offers.dedup();
                let missing = missing.filter(|it| offers.contains(it));
                QuestionView {
                    help,
                    offers,
                    missing,
                    on_path,
                    required,
                    ..question(&key, &label, widget)
                }
            },
        )
}

fn element(at: usize) -> impl Strategy<Value = Element> {
    let boxed = |key: String| question_view(key).prop_map(|it| Element::Question(Box::new(it)));
    let roster = (
        vec(boxed(format!("x{at}")), 1..3),
        text(),
        any::<[bool; 3]>(),
        1_usize..3,
    )
        .prop_map(move |(elements, label, [on_path, free, present], units)| {
            let units = (0..units).map(|unit| UnitView {
                key: format!("u{unit}"),
                label: label.clone(),
                present,
                elements: elements
                    .iter()
                    .enumerate()
                    .map(|(nth, it)| rekey(it, &format!("q{at}[u{unit}].i{nth}")))
                    .collect(),
            });
            Element::Roster(RosterView {
                id: format!("q{at}"),
                label: label.clone(),
                help: None,
                on_path,
                units: units.collect(),
                free: free.then(|| FreeUnitsView {
                    min: 0,
                    max: 5,
                    label: label.clone(),
                    can_add: present,
                }),
            })
        });
    prop_oneof![
        4 => boxed(format!("q{at}")),
        1 => text().prop_map(move |text| Element::Statement { id: format!("q{at}"), on_path: true, text }),
        1 => roster,
    ]
}

/// The same question for another unit.
fn rekey(element: &Element, key: &str) -> Element {
    let Element::Question(question) = element else {
        return element.clone();
    };
    let mut question = question.clone();
    if let Widget::Grid { rows, .. } = &mut question.widget {
        for row in rows {
            row.key = row.key.replacen(&question.key, key, 1);
        }
    }
    question.key = key.to_owned();
    Element::Question(question)
}

/// Every slot of a page that can fail.
fn slots(elements: &[Element], out: &mut Vec<String>) {
    for element in elements {
        match element {
            Element::Statement { .. } => {}
            Element::Roster(it) => {
                out.push(it.id.clone());
                it.units.iter().for_each(|it| slots(&it.elements, out));
            }
            Element::Question(it) => match &it.widget {
                Widget::Grid { rows, .. } => out.extend(rows.iter().map(|it| it.key.clone())),
                Widget::Single { choices } | Widget::Multiple { choices, .. } => {
                    out.push(it.key.clone());
                    out.extend(
                        choices
                            .iter()
                            .filter(|it| it.specify.is_some())
                            .map(|at| format!("{}.{}", it.key, at.code)),
                    );
                }
                _ => out.push(it.key.clone()),
            },
        }
    }
}

/// A page with random questions and random failures, some about nothing on the page.
pub(crate) fn page_view() -> impl Strategy<Value = PageView> {
    let elements = (1_usize..5).prop_flat_map(|n| (0..n).map(element).collect::<Vec<_>>());
    let codes = prop::sample::select(vec![
        "required",
        "type",
        "range",
        "unknown_code",
        "exclusive",
        "choice_filter",
        "check:c",
    ]);
    let failures = vec(
        (any::<prop::sample::Index>(), codes, any::<bool>(), text()),
        0..5,
    );
    (
        elements,
        option::of(text()),
        option::of(text()),
        failures,
        1_u32..9,
    )
        .prop_map(|(elements, title, block, failures, steps)| {
            let mut keys = vec!["elsewhere".to_owned()];
            slots(&elements, &mut keys);
            let failures = failures
                .into_iter()
                .map(|(at, code, hard, label)| FailureView {
                    severity: if hard { Severity::Hard } else { Severity::Soft },
                    message: if code.starts_with("check") {
                        label.clone()
                    } else {
                        String::new()
                    },
                    bounds: (Some("1".into()), hard.then(|| "9".into())),
                    ..failure(at.get(&keys).as_str(), code, &label)
                })
                .collect();
            let page = PageView {
                id: "p".into(),
                block,
                title,
                step: 1,
                steps,
                has_previous: steps > 1,
                shown: Vec::new(),
                elements,
                failures: Vec::new(),
            };
            failing(page, failures)
        })
}
