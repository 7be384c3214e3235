//! Prints the JSON Schema of questionnaire files: `schemas/questionnaire.schema.json`.

fn main() {
    println!("{:#}", questionnaire::document::json_schema());
}
