//! Which fields each kind of item takes and needs.

use crate::compile::findings::Findings;
use crate::diagnostic::Problem;
use crate::document::{self, ItemKind};

/// Reports fields that the item's kind does not take, or needs and does not have.
pub(super) fn check(item: &document::Item, path: &str, findings: &mut Findings<'_>) {
    let kind = kind_name(item.kind);
    for (field, given) in given_fields(item) {
        if given && !takes(item.kind, item.cells, field) {
            let problem = Problem::FieldNotForKind { field, kind };
            findings.error_at_key(&format!("{path}/{field}"), problem);
        }
    }
    if item.list.is_some() && !item.choices.is_empty() {
        let problem = Problem::OneOf {
            field: "choices",
            other: "list",
        };
        findings.error_at_key(&format!("{path}/choices"), problem);
    }
    if item.kind == ItemKind::Computed {
        for (nth, choice) in item.choices.iter().enumerate() {
            // What belongs to being chosen; attributes are looked at with those of territories.
            let given = [
                ("exclusive", choice.exclusive),
                ("specify", choice.specify.is_some()),
                ("missing", choice.missing.is_some()),
                ("filter", choice.filter.is_some()),
            ];
            for (field, _) in given.into_iter().filter(|it| it.1) {
                let problem = Problem::FieldNotForKind { field, kind };
                findings.error_at_key(&format!("{path}/choices/{nth}/{field}"), problem);
            }
        }
    }
    if item.label.is_none() && item.kind != ItemKind::Computed {
        findings.error(
            path,
            Problem::FieldNeeded {
                field: "label",
                kind,
            },
        );
    }
    if item.value.is_none() && item.kind == ItemKind::Computed {
        findings.error(
            path,
            Problem::FieldNeeded {
                field: "value",
                kind,
            },
        );
    }
}

/// A kind's name in files.
pub(super) const fn kind_name(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Single => "single",
        ItemKind::Multiple => "multiple",
        ItemKind::Quantity => "quantity",
        ItemKind::Money => "money",
        ItemKind::Text => "text",
        ItemKind::Date => "date",
        ItemKind::Scale => "scale",
        ItemKind::Grid => "grid",
        ItemKind::Rank => "rank",
        ItemKind::Territory => "territory",
        ItemKind::Consent => "consent",
        ItemKind::Contact => "contact",
        ItemKind::Statement => "statement",
        ItemKind::Computed => "computed",
        ItemKind::Roster => "roster",
    }
}

/// The fields that only some kinds take, and whether the item gives them.
fn given_fields(item: &document::Item) -> [(&'static str, bool); 25] {
    [
        ("required", item.required),
        ("offers", item.offers.is_some()),
        ("choices", !item.choices.is_empty()),
        ("list", item.list.is_some()),
        ("min_choices", item.min_choices.is_some()),
        ("max_choices", item.max_choices.is_some()),
        ("min", item.min.is_some()),
        ("max", item.max.is_some()),
        ("decimals", item.decimals.is_some()),
        ("unit", item.unit.is_some()),
        ("currency", item.currency.is_some()),
        ("earliest", item.earliest.is_some()),
        ("latest", item.latest.is_some()),
        ("max_length", item.max_length.is_some()),
        ("multiline", item.multiline),
        ("cells", item.cells.is_some()),
        ("rows", !item.rows.is_empty()),
        ("attributes", !item.attributes.is_empty()),
        ("fields", !item.fields.is_empty()),
        ("linked", item.linked),
        ("value", item.value.is_some()),
        ("key", item.key.is_some()),
        ("over", item.over.is_some()),
        ("units", item.units.is_some()),
        ("items", !item.items.is_empty()),
    ]
}

/// Whether items of a kind take a field.
pub(crate) fn takes(kind: ItemKind, cells: Option<document::Cells>, field: &str) -> bool {
    use ItemKind as K;
    let question = !matches!(kind, K::Statement | K::Computed | K::Roster | K::Contact);
    let numeric_grid = kind == K::Grid && cells == Some(document::Cells::Quantity);
    match field {
        "required" | "offers" => question,
        "choices" | "list" => {
            matches!(
                kind,
                K::Single | K::Multiple | K::Scale | K::Rank | K::Territory | K::Computed
            ) || (kind == K::Grid && !numeric_grid)
        }
        "min_choices" | "max_choices" => matches!(kind, K::Multiple | K::Rank),
        "min" | "max" | "decimals" => matches!(kind, K::Quantity | K::Money) || numeric_grid,
        "unit" => kind == K::Quantity || numeric_grid,
        "currency" => kind == K::Money,
        "earliest" | "latest" => kind == K::Date,
        "max_length" | "multiline" => kind == K::Text,
        "cells" | "rows" => kind == K::Grid,
        "attributes" => kind == K::Territory,
        "fields" | "linked" => kind == K::Contact,
        "value" => kind == K::Computed,
        "key" | "over" | "units" | "items" => kind == K::Roster,
        _ => true,
    }
}
