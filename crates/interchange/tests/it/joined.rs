//! Several versions in one table of answers: no answer is left out, and one version's cells stay apart from another's.

use interchange::csv::{joined_header, joined_line};
use interchange::joined::{JoinedColumns, name_version, version_of};
use questionnaire::{Engine, Sheet};

fn engine(items: &str) -> Engine {
    let source =
        format!("id: e\ntitle: E\nblocks:\n- id: b\n  pages:\n  - id: p\n    items:\n{items}");
    let checked = questionnaire::check(&source);
    checked.engine.unwrap()
}

#[test]
fn columns_of_all_versions_each_read_by_its_own() {
    let old = engine(
        "    - {id: a, kind: text, label: A}\n    - {id: b, kind: single, label: B, choices: [{code: x, label: X}]}\n",
    );
    let new = engine(
        "    - {id: c, kind: multiple, label: C, choices: [{code: y, label: Y}, {code: z, label: Z}]}\n    - {id: a, kind: text, label: A}\n",
    );
    let versions = [(2, &new), (1, &old)];
    let columns = JoinedColumns::of(&versions, false);
    assert_eq!(
        joined_header(&columns),
        "meta.questionnaire_version,meta.id,meta.reached,c[y],c[z],a,b\r\n"
    );
    let sheet = |version: i32, text: &str| -> Sheet {
        let mut sheet: Sheet = serde_json::from_str(text).unwrap();
        name_version(&mut sheet.meta, version);
        assert_eq!(version_of(&sheet.meta), Some(version));
        sheet
    };
    let first = sheet(1, r#"{"meta":{"id":"i"},"answers":{"a":"oui","b":"x"}}"#);
    assert_eq!(joined_line(&columns, &versions, &first), "1,i,,,,oui,x\r\n");
    let second = sheet(2, r#"{"meta":{"id":"j"},"answers":{"a":"non","c":["z"]}}"#);
    assert_eq!(
        joined_line(&columns, &versions, &second),
        "2,j,,0,1,non,\r\n"
    );
}
