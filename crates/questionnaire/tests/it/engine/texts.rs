//! Fills in texts.

use expect_test::expect;
use questionnaire::page_view;
use questionnaire::view::{Element, PageView};

use crate::judge::{engine, sheet};

const FILLS: &str = "
id: essai
title: Essai
languages: [fr, en]
fills:
- id: demarches
  cases:
  - when: asv and cls
    text: {fr: le CLS et l’ASV, en: the CLS and the ASV}
  - when: asv
    text: {fr: l’ASV, en: the ASV}
  fallback: {fr: vos démarches, en: your schemes}
blocks:
- id: b
  title: {fr: 'Bloc {demarches}', en: 'Block {demarches}'}
  pages:
  - id: p
    title: {fr: 'Page {n}', en: 'Page {n}'}
    items:
    - {id: asv, kind: consent, label: {fr: ASV, en: ASV}}
    - {id: cls, kind: consent, label: {fr: CLS, en: CLS}}
    - {id: n, kind: quantity, label: {fr: N, en: N}, decimals: 2}
    - {id: d, kind: date, label: {fr: D, en: D}}
    - {id: t, kind: text, label: {fr: T, en: T}}
    - id: m
      kind: multiple
      label: {fr: M, en: M}
      choices:
      - {code: a, label: {fr: Un, en: One}}
      - {code: b, label: {fr: Deux, en: Two}, specify: {}}
    - {id: double, kind: computed, value: n * 2}
    - {id: choix, kind: computed, value: m}
    - id: s
      kind: statement
      label:
        fr: '{demarches} · {n|aucun} · {d} · {t|rien} · {m|—} · {double|?} · {choix} · {{x}} · { seul'
        en: '{demarches} · {n|none} · {d} · {t|nothing} · {m|—} · {double|?} · {choix} · {{x}} · { alone'
    - id: r
      kind: roster
      label: {fr: R, en: R}
      key: unite
      over: m
      items:
      - {id: etp, kind: quantity, label: {fr: 'ETP de {unite}', en: 'FTE of {unite}'}}
      - {id: note, kind: text, label: {fr: 'Pourquoi {etp|tant} pour {unite} ?', en: 'Why {etp|so many} for {unite}?'}}
";

fn texts(view: &PageView) -> Vec<String> {
    fn of(elements: &[Element], into: &mut Vec<String>) {
        for it in elements {
            match it {
                Element::Statement { text, .. } => into.push(text.clone()),
                Element::Question(it) => into.push(it.label.clone()),
                Element::Roster(it) => {
                    for unit in it.units.iter().filter(|it| it.present) {
                        into.push(format!("[{}]", unit.label));
                        of(&unit.elements, into);
                    }
                }
            }
        }
    }
    let mut into = vec![view.block.clone().unwrap(), view.title.clone().unwrap()];
    of(&view.elements[5..], &mut into);
    into
}

#[test]
fn fills_take_texts_answers_and_units_or_what_stands_for_them() {
    let engine = engine(FILLS);
    let full = sheet(
        r#"{"asv": true, "cls": true, "n": 1234.5, "d": "2026-03-01", "t": "<b>", "m": ["a", "b"], "m.b": "précisé",
            "r": [{"unite": "a", "etp": 3}]}"#,
    );
    let empty = sheet("{}");
    let mut found = Vec::new();
    for (sheet, lang) in [(&full, "fr"), (&full, "en"), (&empty, "fr"), (&empty, "en")] {
        found.extend(texts(&page_view(&engine, sheet, "p", lang).unwrap()));
    }
    expect![[r#"
        Bloc le CLS et l’ASV
        Page 1234,5
        M
        le CLS et l’ASV · 1234\,5 · 1er mars 2026 · \<b\> · Un\, Deux \: précisé · 2469 · Un\, Deux · {x} · { seul
        [Un]
        ETP de Un
        Pourquoi 3 pour Un ?
        [Deux]
        ETP de Deux
        Pourquoi tant pour Deux ?
        Block the CLS and the ASV
        Page 1234.5
        M
        the CLS and the ASV · 1234\.5 · 1 March 2026 · \<b\> · One\, Two\: précisé · 2469 · One\, Two · {x} · { alone
        [One]
        FTE of One
        Why 3 for One?
        [Two]
        FTE of Two
        Why so many for Two?
        Bloc vos démarches
        Page 
        M
        vos démarches · aucun ·  · rien · — · \? ·  · {x} · { seul
        Block your schemes
        Page 
        M
        your schemes · none ·  · nothing · — · \? ·  · {x} · { alone"#]].assert_eq(&found.join("\n"));
}

/// What a respondent, or somebody who answers with them, types is never markup where it is said again.
#[test]
fn an_answer_in_a_statement_is_no_markdown() {
    let engine = engine(
        "
id: essai
title: Essai
blocks:
- id: b
  pages:
  - id: p
    items:
    - {id: t, kind: text, label: T, multiline: true}
    - {id: s, kind: statement, label: '**{t}** et {t|*rien*}'}
",
    );
    let said = |typed: &str| {
        let answers = serde_json::json!({ "t": typed }).to_string();
        let view = page_view(&engine, &sheet(&answers), "p", "fr").unwrap();
        let Some(Element::Statement { text, .. }) = view.elements.last() else {
            panic!("{:?}", view.elements);
        };
        text.clone()
    };
    for (typed, inside) in [
        ("[ici](http://x)", r"\[ici\]\(http\:\/\/x\)"),
        ("<script>a</script>", r"\<script\>a\<\/script\>"),
        ("a\n\n# b\\", r"a  \# b\\"),
        ("  é &amp; `c`", r"é \&amp\; \`c\`"),
    ] {
        assert_eq!(said(typed), format!("**{inside}** et {inside}"), "{typed}");
    }
    assert_eq!(said(""), r"**** et \*rien\*");
}
