//! Draws two hundred respondents of each questionnaire file, and says what they go through.
use std::time::Instant;

fn main() {
    for path in std::env::args().skip(1) {
        let source = std::fs::read_to_string(&path).unwrap_or_default();
        let Some(engine) = questionnaire::check(&source).engine else {
            println!("{path}: cannot be read, or is not sound");
            continue;
        };
        let start = Instant::now();
        let drawing = proof::Drawing::new(&engine, 2026);
        let sheets: Vec<_> = (0..200).map(|nth| drawing.sheet(nth)).collect();
        let drawn = start.elapsed();
        let start = Instant::now();
        let it = proof::Coverage::of(&engine, &sheets);
        let measured = start.elapsed();
        let verdicts: Vec<_> = sheets
            .iter()
            .map(|it| engine.load(it).verdict(None))
            .collect();
        let complete = verdicts.iter().filter(|it| it.complete).count();
        let soft: usize = verdicts.iter().map(|it| it.failures.len()).sum();
        let off: usize = verdicts.iter().map(|it| it.off_path.len()).sum();
        let start = Instant::now();
        let Some(time) = proof::Estimate::of(&engine, &sheets, "fr") else {
            continue;
        };
        let parts = it.parts().map(|it| format!("{}/{}", it.covered, it.total));
        println!(
            "{path}: {complete} complete, {soft} soft failures, {off} off path; drawn in {drawn:.0?}, measured in {measured:.0?}, \
             {parts:?}; {:.0}–{:.0}–{:.0} s ({:.0?})",
            time.shortest,
            time.typical,
            time.longest,
            start.elapsed()
        );
        for part in it.parts() {
            if !part.missing.is_empty() && part.missing.len() < 8 {
                println!("    {}", part.missing.join(" "));
            }
        }
    }
}
