//! Prints the index of diagnostics, `docs/errors.md`: those of all pure crates.

fn main() {
    println!("# Diagnostics\n");
    println!("Codes never change their meaning. This page is generated (`cargo xtask codegen`).\n");
    println!("`{{…}}` stands for what was found.\n");
    println!("## Questionnaire files\n\n| code | français | English |\n| --- | --- | --- |");
    for row in questionnaire::Problem::CODES {
        print(row);
    }
    println!(
        "\n## Conditions and expressions\n\n| code | français | English |\n| --- | --- | --- |"
    );
    for row in expr::CODES {
        print(row);
    }
    println!("\n## What the proof finds\n\n| code | français | English |\n| --- | --- | --- |");
    for rule in proof::findings::RULES {
        print(&rule.row());
    }
    println!("\n## Files of answers\n\n| code | français | English |\n| --- | --- | --- |");
    for row in interchange::CODES {
        print(row);
    }
    println!("\n## Tallies\n\n| code | français | English |\n| --- | --- | --- |");
    for row in tally::PlanError::CODES {
        print(row);
    }
}

fn print((code, french, english): &(&str, &str, &str)) {
    let cell = |it: &str| it.replace("{{", "{").replace("}}", "}").replace('|', "\\|");
    println!("| `{code}` | {} | {} |", cell(french), cell(english));
}
