//! The branch graph: steps, what opens them, and by which answers.

use expr::Lang;
use proof::graph::{Branches, Reach, Way};
use proof::{Budget, prove};

use crate::real::{engine, questionnaires};

fn branches(source: &str, lang: Lang) -> Branches {
    let engine = engine(source);
    let mut proof = prove(&engine, &Budget::default());
    let bases = proof.bases();
    proof.branches(&bases, lang)
}

/// Each step in a line: `2. Title [some] a b ← 1.x, 1 (by: …)`.
fn lines(it: &Branches) -> Vec<String> {
    let steps = it.steps.iter().enumerate();
    steps
        .map(|(at, step)| {
            let ids: Vec<&str> = step.lines.iter().map(|it| it.id.as_str()).collect();
            let from = it.ways.iter().filter_map(|way| match way {
                Way::Opens { from, line, to, .. } if *to == at => Some(match line {
                    Some(line) => it.steps[*from].lines[*line].id.clone(),
                    None => format!("{}", from + 1),
                }),
                _ => None,
            });
            let from: Vec<String> = from.collect();
            // Any number that is found will do.
            let example = step.example.replace(|it: char| it.is_ascii_digit(), "#");
            let example = example.replace("##", "#");
            let reach = match step.reach {
                Reach::Always => "always",
                Reach::Some => "some",
                Reach::Open => "open",
                Reach::Never => "never",
            };
            format!(
                "{}. {} [{reach}] {} ← {} ({})",
                at + 1,
                step.title,
                ids.join(" "),
                from.join(" "),
                example
            )
            .replace('\u{202f}', "_")
        })
        .collect()
}

const SURVEY: &str = "
id: e
title: E
blocks:
- id: b
  title: B
  pages:
  - id: p
    items:
    - {id: bonjour, kind: statement, label: Bonjour}
    - {id: age, kind: quantity, label: Âge, required: true, min: 0, max: 120}
    - {id: majeur, kind: computed, label: Majeur, value: age >= 18}
    - {id: demarches, kind: multiple, label: Démarches, choices: [{code: cls, label: CLS}, {code: asv, label: ASV}]}
  - id: q
    items:
    - {id: nom, kind: text, label: Nom}
    - {id: metier, kind: text, label: Métier, filter: majeur}
    - {id: jamais, kind: text, label: Jamais, filter: age > 120, universe: personnes très âgées}
    - id: etats
      kind: roster
      label: États
      key: d
      over: demarches
      items:
      - {id: actif, kind: consent, label: Actif}
      - {id: depuis, kind: date, label: Depuis, filter: actif}
    - id: postes
      kind: roster
      label: Postes
      key: poste
      units: {min: 1, max: 2, label: Poste}
      items:
      - {id: quotite, kind: quantity, label: Quotité, required: true, min: 0, max: 10}
      - {id: vacant, kind: consent, label: Vacant, filter: quotite > 5}
    - {id: fin, kind: text, label: Fin, filter: count(postes) > 1}
";

#[test]
fn steps_are_runs_of_questions_with_one_base() {
    let it = branches(SURVEY, Lang::Fr);
    let expected = [
        "1. Dans tous les cas [always] age demarches nom ←  ()",
        // A computed value is no question: it goes back to the age.
        "2. «_Majeur_» est vrai [some] metier ← age (Âge → #)",
        "3. Personnes très âgées [never] jamais ← age ()",
        "4. Unités de «_États_» [some] actif ← demarches (Démarches → CLS)",
        "5. Unités de «_États_» [some] depuis ← actif (Actif → Oui)",
        "6. Unités de «_Postes_» [always] quotite ←  ()",
        "7. Unités de «_Postes_» [some] vacant ← quotite (Quotité → #)",
        "8. Le nombre d’unités de «_Postes_» est supérieur à 1 [some] fin ← 6 (Postes → # unités)",
    ];
    let found = lines(&it);
    assert_eq!(found, expected, "{found:#?}");
    let next = it.ways.iter().filter(|it| matches!(it, Way::Next { .. }));
    assert_eq!(next.count(), it.steps.len() - 1);
}

#[test]
fn the_real_survey_has_fourteen_steps() {
    let mut files = questionnaires().into_iter();
    let (_, source) = files
        .find(|it| it.0.ends_with("qpv-cls/questionnaire.yaml"))
        .unwrap();
    let it = branches(&source, Lang::En);
    let found = lines(&it);
    assert_eq!(found.len(), 14);
    assert_eq!(
        found[6],
        "7. Respondents whose territory has a CLS and at least one QPV [some] actions_qpv ← \
         presence_cls nb_qpv (Presence of a CLS → Yes; Number of QPV → #)"
    );
    assert_eq!(
        found[13],
        "14. Respondents who agree to be called back [some] contact ← rappel (Agrees to be called \
         back → Yes)"
    );
}

/// Every question of every questionnaire is in one step, and every way leads forwards.
#[test]
fn real_graphs_hold_every_question_once() {
    for (path, source) in questionnaires() {
        let engine = engine(&source);
        let it = branches(&source, Lang::Fr);
        let mut asked: Vec<u32> = engine.layout.slots().iter().map(|it| it.item).collect();
        asked.sort_unstable();
        asked.dedup();
        let lines = it.steps.iter().flat_map(|it| &it.lines);
        let drawn: Vec<u32> = lines.map(|it| it.item).collect();
        for item in asked {
            let n = drawn.iter().filter(|it| **it == item).count();
            assert_eq!(n, 1, "{path} {}", engine.instrument.items[item as usize].id);
        }
        for way in &it.ways {
            let (Way::Next { from, to } | Way::Opens { from, to, .. }) = way;
            assert!(from < to, "{path} {way:?}");
        }
    }
}
