//! What can be wrong with the codes of a computed value.

use questionnaire::check;

use super::{found, items};

#[test]
fn a_computed_value_is_one_of_the_codes_it_declares() {
    let value = |value: &str| {
        items(&format!(
            "- {{id: n, kind: quantity, label: N}}
- id: bande
  kind: computed
  value: {value}
  choices: [{{code: petit, label: Petit}}, {{code: grand, label: Grand}}]
- {{id: t, kind: text, label: T, filter: bande = 'grand'}}"
        ))
    };
    let source = value("\"case(n < 10, 'petit', '‸grandd')\"");
    assert_eq!(found("EX0021", &source).as_deref(), Some("grand"));
    // Over several lines, each case on its own.
    let source = value(">-\n          case(n < 10, 'petit',\n          n < 20, '‸gand')");
    assert_eq!(found("EX0021", &source).as_deref(), Some("grand"));
    found("EX0041", &value("‸n"));
    found("EX0041", &value("‸n > 10"));
    let source = value("\"'petit'\"").replace("'grand'", "'‸gran'");
    assert_eq!(found("EX0021", &source).as_deref(), Some("grand"));
    // One error, and not one for each code of a list that does not exist.
    let source = items("- {id: a, kind: computed, list: ‸l, value: \"case(1 > 2, 'x', 'y')\"}");
    found("QN0015", &source);
    assert_eq!(check(&source.replace('‸', "")).diagnostics.len(), 1);
}

/// Nobody chooses it.
#[test]
fn the_codes_of_a_computed_value_have_nothing_of_choices() {
    for field in [
        "exclusive: true",
        "specify: {}",
        "missing: refused",
        "filter: '1 > 2'",
    ] {
        let source = items(&format!(
            "- {{id: a, kind: computed, value: \"'x'\", choices: [{{code: x, label: X, ‸{field}}}]}}"
        ));
        found("QN0012", &source);
    }
    let source = items(
        "- {id: a, kind: computed, value: \"'x'\", choices: [{code: x, label: X, attributes: {‸y: 1}}]}",
    );
    found("QN0028", &source);
}
