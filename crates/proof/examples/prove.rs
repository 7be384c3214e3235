//! Prints what is proven of a questionnaire file.
fn main() {
    for path in std::env::args().skip(1) {
        let source = std::fs::read_to_string(&path).unwrap();
        let checked = questionnaire::check(&source);
        let Some(engine) = checked.engine else {
            println!("{path}: {:?}", checked.diagnostics);
            continue;
        };
        let start = std::time::Instant::now();
        let budget = proof::Budget::default();
        let mut proof = proof::prove(&engine, &budget);
        let n = proof.goals().count();
        println!(
            "{path}: {n} goals, {} sheets, {} steps, {:?}",
            proof.sheets().len(),
            budget.spent(),
            start.elapsed()
        );
        let start = std::time::Instant::now();
        println!(
            "   routes {:?} {:?} {}",
            proof
                .routes()
                .map(|r| (r.count.to_string(), r.shortest, r.longest)),
            start.elapsed(),
            budget.spent()
        );
        for it in proof.findings(checked.questionnaire.as_ref().unwrap(), &checked.map) { println!("   {}:{} {:?} {} {} => {}", it.position.line, it.position.column, it.severity, it.rule.code, it.message(expr::Lang::Fr), it.suggestion(expr::Lang::Fr)); }
        for (goal, status) in proof.goals() {
            if !matches!(status, proof::Status::Met(_)) {
                let id = match goal {
                    proof::Goal::ItemHidden(i)
                    | proof::Goal::Item(i)
                    | proof::Goal::Picks(i, _)
                    | proof::Goal::CheckHolds(i, _)
                    | proof::Goal::CheckFails(i, _)
                    | proof::Goal::Value(i) => engine.instrument.items[i as usize].id.clone(),
                    _ => String::new(),
                };
                if !matches!(goal, proof::Goal::ItemHidden(_))
                    || matches!(status, proof::Status::Open)
                {
                    println!("   {goal:?} {id} {status:?}");
                }
            }
        }
    }
}
