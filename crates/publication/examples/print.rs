//! `print FILE OUT [LANG] [annotated]` writes OUT.html and OUT.pdf.
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let source = std::fs::read_to_string(&args[1]).unwrap();
    let engine = questionnaire::check(&source).engine.unwrap();
    let lang = args.get(3).map_or("fr", String::as_str);
    let options = publication::Options {
        annotated: args.get(4).is_some(),
        standing: None,
    };
    let paper = publication::paper(&engine, lang, &options);
    std::fs::write(
        format!("{}.html", args[2]),
        publication::html::document(&paper),
    )
    .unwrap();
    std::fs::write(
        format!("{}.pdf", args[2]),
        publication::pdf::document(&paper).unwrap(),
    )
    .unwrap();
}
