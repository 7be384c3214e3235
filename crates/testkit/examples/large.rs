//! Prints a large questionnaire as JSON: `large ITEMS CONDITIONS SEED`.

fn main() {
    let given: Vec<u64> = std::env::args().filter_map(|it| it.parse().ok()).collect();
    let [items, conditions, seed] = given[..] else {
        eprintln!("large ITEMS CONDITIONS SEED");
        return;
    };
    let document = testkit::large(items as usize, conditions as usize, seed);
    println!("{}", serde_json::to_string(&document).unwrap_or_default());
}
