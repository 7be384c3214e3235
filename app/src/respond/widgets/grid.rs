//! The same question for several rows: a table, which narrow screens show row by row.
//!
//! Roles are written out because `display: block` on narrow screens would take them away.

use leptos::prelude::*;
use questionnaire::Severity;
use questionnaire::view::{CellView, ColumnView, FailureView, QuantityView, QuestionView, RowView};

use super::quantity::{inputmode, width};
use crate::respond::draw::Draw;
use crate::respond::ids::{Name, choice_id, describe, id};
use crate::respond::question::errors;
use crate::respond::wording::Asked;

pub(super) fn grid(
    draw: &Draw,
    question: &QuestionView,
    columns: &[ColumnView],
    rows: &[RowView],
) -> AnyView {
    let key = question.key.as_str();
    let head = (!columns.is_empty()).then(|| {
        let cells: Vec<_> = columns
            .iter()
            .map(|column| {
                view! {
                    <th scope="col" role="columnheader" id=column_id(key, column) lang=draw.lang() dir=draw.dir()>
                        {draw.text(&column.label)}
                    </th>
                }
            })
            .collect();
        view! { <thead role="rowgroup"><tr role="row"><td role="cell"></td>{cells}</tr></thead> }
    });
    let body: Vec<_> = rows.iter().map(|it| row(draw, key, columns, it)).collect();
    // With no row shown, the summary still has somewhere to lead.
    let anchor = (!rows.iter().any(|it| it.key == key)).then(|| id(Name::Field, key));
    view! {
        <table class="grid" role="table" id=anchor tabindex="-1" aria-labelledby=id(Name::Label, key)>
            {head}
            <tbody role="rowgroup">{body}</tbody>
        </table>
    }
    .into_any()
}

fn column_id(key: &str, column: &ColumnView) -> String {
    choice_id(&format!("{key}.columns"), &column.code)
}

fn row(draw: &Draw, key: &str, columns: &[ColumnView], row: &RowView) -> AnyView {
    let failures: Vec<&FailureView> = row.failures.iter().collect();
    let invalid = failures
        .iter()
        .any(|it| it.severity == Severity::Hard)
        .then_some("true");
    let error = id(Name::Error, &row.key);
    let row_label = id(Name::Label, &row.key);
    let head = view! {
        <th scope="row" role="rowheader">
            <span id=row_label.clone() data-text="label" lang=draw.lang() dir=draw.dir()>{draw.text(&row.label)}</span>
            {errors(draw, &row.key, &failures, Asked::of_cell(&row.cell))}
        </th>
    };
    let cells = match &row.cell {
        CellView::Single { selected } => ticks(
            draw,
            key,
            columns,
            row,
            &Ticks {
                ty: "radio",
                selected: selected.as_slice(),
                // `aria-invalid` is not for radios; the description says what is wrong.
                invalid: None,
                error,
            },
        ),
        CellView::Multiple { selected } => ticks(
            draw,
            key,
            columns,
            row,
            &Ticks {
                ty: "checkbox",
                selected,
                invalid,
                error,
            },
        ),
        CellView::Quantity(quantity) => number(draw, row, quantity, invalid, error),
    };
    let class = invalid.map(|_| "invalid");
    view! {
        <tr role="row" class=class data-slot=row.key.clone() hidden=!row.on_path>{head}{cells}</tr>
    }
    .into_any()
}

struct Ticks<'a> {
    ty: &'static str,
    selected: &'a [String],
    invalid: Option<&'static str>,
    error: String,
}

fn ticks(
    draw: &Draw,
    key: &str,
    columns: &[ColumnView],
    row: &RowView,
    ticks: &Ticks<'_>,
) -> AnyView {
    columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let id_of = if at == 0 { id(Name::Field, &row.key) } else { choice_id(&row.key, &column.code) };
            let names = format!("{} {}", id(Name::Label, &row.key), column_id(key, column));
            view! {
                <td role="cell">
                    <div class="choice cell">
                        <input
                            type=ticks.ty
                            id=id_of.clone()
                            name=row.key.clone()
                            value=column.code.clone()
                            checked=ticks.selected.contains(&column.code)
                            aria-labelledby=names
                            aria-describedby=ticks.error.clone()
                            aria-invalid=ticks.invalid
                        />
                        <label for=id_of>
                            <span class="cell-text" lang=draw.lang() dir=draw.dir()>{draw.text(&column.label)}</span>
                        </label>
                    </div>
                </td>
            }
        })
        .collect::<Vec<_>>()
        .into_any()
}

fn number(
    draw: &Draw,
    row: &RowView,
    quantity: &QuantityView,
    invalid: Option<&'static str>,
    error: String,
) -> AnyView {
    let unit = quantity.unit.as_ref().map(|it| {
        view! { <span class="unit" id=id(Name::Unit, &row.key) lang=draw.lang() dir=draw.dir()>{draw.text(it)}</span> }
    });
    let described = describe([Some(error), unit.as_ref().map(|_| id(Name::Unit, &row.key))]);
    view! {
        <td role="cell">
            <div class="quantity">
                <input
                    type="text"
                    id=id(Name::Field, &row.key)
                    class=width(quantity)
                    name=row.key.clone()
                    value=quantity.value.clone()
                    inputmode=inputmode(quantity)
                    aria-labelledby=id(Name::Label, &row.key)
                    aria-describedby=described
                    aria-invalid=invalid
                />
                {unit}
            </div>
        </td>
    }
    .into_any()
}
