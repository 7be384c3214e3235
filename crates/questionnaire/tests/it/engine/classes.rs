//! Computed values that are one of several codes.

use expect_test::expect;
use questionnaire::codebook;

use crate::judge::{engine, items, judge};

const SCHEMES: &str = "
id: essai
title: Essai
languages: [fr, en]
lists:
- id: presence
  choices: [{code: oui, label: {fr: Oui, en: 'Yes'}}, {code: non, label: {fr: Non, en: 'No'}}, {code: nsp, label: {fr: NSP, en: DK}, missing: dont_know}]
- id: taille
  choices:
  - {code: petit, label: {fr: Petit, en: Small}, filter: n < 10}
  - {code: grand, label: {fr: Grand, en: Large}, specify: {}}
nets: [{id: une, item: demarches, label: {fr: Une seule, en: One only}, choices: [asv, cls]}]
blocks:
- id: b
  pages:
  - id: p
    items:
    - {id: asv, kind: single, label: {fr: ASV, en: ASV}, list: presence}
    - {id: cls, kind: single, label: {fr: CLS, en: CLS}, list: presence}
    - id: demarches
      kind: computed
      value: case(asv = 'oui' and cls = 'oui', 'les_deux', asv = 'oui', 'asv', cls = 'oui', 'cls', 'aucune')
      choices:
      - {code: asv, label: {fr: ASV, en: ASV}}
      - {code: cls, label: {fr: CLS, en: CLS}}
      - {code: les_deux, label: {fr: Les deux, en: Both}}
      - {code: aucune, label: {fr: Aucune, en: None}}
    - {id: pourquoi, kind: text, label: {fr: Pourquoi, en: Why}, filter: demarches = 'les_deux'}
    - {id: n, kind: quantity, label: {fr: N, en: N}}
    - {id: taille, kind: computed, list: taille, value: \"case(n < 10, 'petit', n >= 10, 'grand')\"}
    - {id: encore, kind: computed, list: taille, value: taille}
    - {id: sans, kind: computed, list: presence, value: \"coalesce(asv, 'non')\"}
";

#[test]
fn a_class_is_a_code_and_conditions_read_it() {
    let engine = engine(SCHEMES);
    judge(
        &engine,
        r#"{"asv": "oui", "cls": "oui", "n": 9}"#,
        &expect![[r#"
            asv answered
            cls answered
            pourquoi no_answer
            n answered
            demarches = "les_deux"
            taille = "petit"
            encore = "petit"
            sans = "oui"
            complete
        "#]],
    );
    judge(
        &engine,
        r#"{"asv": "non", "cls": "non", "n": 10}"#,
        &expect![[r#"
            asv answered
            cls answered
            pourquoi not_asked
            n answered
            demarches = "aucune"
            taille = "grand"
            encore = "grand"
            sans = "non"
            complete
        "#]],
    );
    // « Both » cannot be told: then « CLS alone » is not told either.
    judge(
        &engine,
        r#"{"asv": "nsp", "cls": "oui"}"#,
        &expect![[r#"
        asv dont_know
        cls answered
        pourquoi not_asked
        n no_answer
        demarches = null
        taille = null
        encore = null
        sans = "non"
        complete
    "#]],
    );
}

#[test]
fn the_codebook_has_the_codes_of_a_class() {
    let engine = engine(SCHEMES);
    let codebook = codebook(&engine, "en");
    let line = |it: &codebook::Variable| {
        let codes: Vec<_> = it.codes.iter().map(|it| it.label.as_str()).collect();
        format!("{} {} [{}]", it.id, it.kind, codes.join(" "))
    };
    let lines: Vec<_> = codebook.variables.iter().map(line).collect();
    expect![[r#"
        asv single [Yes No DK]
        cls single [Yes No DK]
        demarches computed [ASV CLS Both None]
        pourquoi text []
        n quantity []
        taille computed [Small Large]
        encore computed [Small Large]
        sans computed [Yes No DK]"#]]
    .assert_eq(&lines.join("\n"));
    let net = &codebook.nets[0];
    assert_eq!(
        (net.variable.as_str(), net.codes.join(" ")),
        ("demarches", "asv cls".to_owned())
    );
}

#[test]
fn each_unit_has_its_class() {
    let engine = items(
        "- {id: lieux, kind: roster, label: L, units: {min: 0, max: 3, label: lieu}, items: [
    {id: habitants, kind: quantity, label: H},
    {id: bande, kind: computed, value: \"case(habitants < 10, 'a', habitants < 20, 'b', 'c')\", choices: [{code: a, label: A}, {code: b, label: B}, {code: c, label: C}]}]}
- {id: un_b, kind: consent, label: B, filter: \"any(lieux, bande = 'b')\"}",
    );
    judge(
        &engine,
        r#"{"lieux": [{"unit": "1", "habitants": 9}, {"unit": "2", "habitants": 19}, {"unit": "3"}]}"#,
        &expect![[r#"
            lieux[1].habitants answered
            lieux[2].habitants answered
            lieux[3].habitants no_answer
            un_b no_answer
            lieux[1].bande = "a"
            lieux[2].bande = "b"
            lieux[3].bande = null
            complete
        "#]],
    );
}
