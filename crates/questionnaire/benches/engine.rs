//! What the engine costs: reading a large instrument, changing one answer, judging one sheet.

use std::fmt::Write;
use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use questionnaire::{Answer, Engine, Instrument, Sheet, page_view};

/// A questionnaire of `n` items, ten to a page: one that opens the others, which filter on it, on
/// one before and on each other, with a check and a computed value among them.
fn yaml(n: usize) -> String {
    let mut yaml = "id: grand\ntitle: Grand\nlists:\n- id: presence\n  choices:\n".to_owned();
    for code in ["oui", "non", "en_cours"] {
        writeln!(yaml, "  - {{code: {code}, label: {code}}}").unwrap_or_default();
    }
    yaml.push_str(
        "  - {code: nsp, label: Je ne sais pas, missing: dont_know}\nblocks:\n- id: b\n  pages:\n",
    );
    for page in 0..n / 10 {
        let before = page.saturating_sub(1);
        writeln!(
            yaml,
            r#"  - id: p{page}
    items:
    - {{id: presence_{page}, kind: single, label: Présence, list: presence, required: true}}
    - {{id: etat_{page}, kind: single, label: État, list: presence, filter: presence_{page} = 'oui'}}
    - {{id: etp_{page}, kind: quantity, label: ETP, decimals: 1, min: 0, filter: presence_{page} = 'oui'}}
    - {{id: budget_{page}, kind: money, label: Budget, filter: presence_{page} = 'oui' and etp_{page} > 0}}
    - {{id: deux_{page}, kind: text, label: Les deux, filter: presence_{page} = 'oui' and presence_{before} = 'oui'}}
    - {{id: pourquoi_{page}, kind: text, label: Pourquoi, filter: "etat_{page} in ('non', 'en_cours') or etp_{page} < 0.5"}}
    - id: partenaires_{page}
      kind: multiple
      label: Partenaires
      filter: presence_{page} = 'oui'
      choices: [{{code: a, label: A}}, {{code: b, label: B}}, {{code: c, label: C, filter: etp_{page} > 1}}]
    - id: part_{page}
      kind: quantity
      label: Part
      filter: partenaires_{page} has 'a'
      checks: [{{id: borne, require: part_{page} <= 100, message: Trop}}]
    - {{id: cout_{page}, kind: computed, value: budget_{page} / etp_{page}}}
    - {{id: suite_{page}, kind: text, label: Suite, filter: presence_{page} != 'non'}}"#
        )
        .unwrap_or_default();
    }
    yaml
}

#[expect(
    clippy::panic,
    reason = "a benchmark without its questionnaire has nothing to measure"
)]
fn engine(yaml: &str) -> Engine {
    let checked = questionnaire::check(yaml);
    checked
        .engine
        .unwrap_or_else(|| panic!("{:#?}", checked.diagnostics))
}

fn load(c: &mut Criterion) {
    let yaml = yaml(500);
    let instrument = engine(&yaml).instrument;
    let json = serde_json::to_string(&instrument).unwrap_or_default();
    let bytes = instrument.to_bytes();
    let mut group = c.benchmark_group("a 500-item instrument");
    group.bench_function("from YAML", |b| b.iter(|| engine(black_box(&yaml))));
    group.bench_function("from compiled JSON", |b| {
        b.iter(|| serde_json::from_str::<Instrument>(black_box(&json)).map(Engine::new));
    });
    group.bench_function("from compiled bytes", |b| {
        b.iter(|| Instrument::from_bytes(black_box(&bytes)).map(Engine::new));
    });
    group.finish();
}

fn change(c: &mut Criterion) {
    let mut group = c.benchmark_group("one answer change");
    for n in [50, 500] {
        let engine = engine(&yaml(n));
        let mut evaluation = engine.evaluation();
        // Everything is on path and answered, so that everything that can follow does.
        for page in 0..n / 10 {
            evaluation.set_json(&format!("presence_{page}"), &"oui".into());
            evaluation.set_json(&format!("etp_{page}"), &0.4.into());
            evaluation.set_json(&format!("budget_{page}"), &1000.into());
            evaluation.set_json(
                &format!("partenaires_{page}"),
                &serde_json::json!(["a", "c"]),
            );
        }
        let slot = engine
            .layout
            .slot(&format!("presence_{}", n / 20))
            .unwrap_or_default();
        let text = engine
            .layout
            .slot(&format!("suite_{}", n / 20))
            .unwrap_or_default();
        // Opens and closes its page, back and forth.
        let mut code = 0;
        let before = evaluation.visits();
        evaluation.set(slot, Answer::Code(1));
        eprintln!(
            "{n} items: a change visits {} places, of the {} that can follow",
            evaluation.visits() - before,
            engine.layout.reach(slot)
        );
        group.bench_function(format!("{n} items"), |b| {
            b.iter(|| {
                code = 1 - code;
                evaluation.set(black_box(slot), Answer::Code(code));
            });
        });
        group.bench_function(format!("{n} items, nothing follows"), |b| {
            b.iter(|| evaluation.set(black_box(text), Answer::Text("x".into())));
        });
    }
    group.finish();
}

fn judge(c: &mut Criterion) {
    let engine = engine(include_str!(
        "../../../questionnaires/qpv-cls/questionnaire.yaml"
    ));
    let sheets = include_str!("../../../questionnaires/qpv-cls/responses.ndjson");
    let sheets: Vec<Sheet> = sheets
        .lines()
        .filter_map(|it| serde_json::from_str(it).ok())
        .collect();
    let mut group = c.benchmark_group("the survey on QPV in local health contracts");
    let mut next = sheets.iter().cycle();
    group.bench_function("verdict of a sheet", |b| {
        b.iter(|| {
            next.next()
                .map(|it| engine.load(black_box(it)).verdict(None))
        });
    });
    group.bench_function("view of a page", |b| {
        b.iter(|| {
            next.next()
                .map(|it| page_view(&engine, black_box(it), "cls", "fr"))
        });
    });
    group.finish();
}

criterion_group!(benches, load, change, judge);
criterion_main!(benches);
