//! Samples that are workbooks: taken in, refused in words, and never the end of the process.

use std::process::{Command, Stdio};

use serde_json::Value;
use testkit::workbook::{boastful, bombs, people, workbook};

use super::site::Site;
use crate::program::{recueil, text};

fn write(site: &Site, name: &str, file: &[u8]) -> String {
    let path = site.folder.path().join(name);
    std::fs::write(&path, file).unwrap();
    path.display().to_string()
}

#[test]
fn a_workbook_is_a_sample_whatever_its_name() {
    let site = Site::new();
    let more = people(&[
        &["Courriel", "langue", "taille"],
        &["zoe@example.org", "FR", "00012"],
        &["ines@example.org"],
    ]);
    let more = write(&site, "more.csv", &more);
    let (code, it) = site.run(&["invite", "qpv-cls", &more]);
    assert_eq!((code, &it["added"]), (Some(0), &2.into()));
    // A fault is told by sheet, line and column.
    let faulty = people(&[&["email", "langue"], &["nobody", "fr"], &["a@x.fr", "de"]]);
    let faulty = write(&site, "faulty.xlsx", &faulty);
    let (code, it) = site.run(&["invite", "qpv-cls", &faulty, "--lang", "en"]);
    assert_eq!(code, Some(1));
    let told = |at: usize| {
        let it = &it["errors"][at];
        ["sheet", "column", "code"].map(|key| it[key].as_str().unwrap().to_owned())
    };
    assert_eq!(told(0), ["Personnes", "email", "email"]);
    assert_eq!(told(1), ["Personnes", "langue", "language"]);
    assert_eq!(it["errors"][1]["line"], 3);
    // As people read it; what a cell or a name holds cannot move their cursor.
    let data = r#"<row><c t="str"><v>email</v></c><c t="str"><v>x&#155;2J&#133;</v></c><c t="str"><v>x&#155;2J&#133;</v></c></row>"#;
    let hostile = write(&site, "hostile.xlsx", &workbook(data, "", ""));
    let mut args = vec!["invite", "qpv-cls", &hostile, "--format", "text"];
    args.extend(["--lang", "fr", "--database", &site.database]);
    let shown = text(&recueil(&args).stdout);
    assert!(
        shown.contains(
            "feuille «\u{a0}Personnes\u{a0}», ligne 1, colonne «\u{a0}x\u{fffd}2J\u{fffd}"
        ),
        "{shown}"
    );
}

/// 2 GB: files of answers may be larger than samples.
const ANSWERS_ROOM: &str = "2000000";
/// 800 MB of addresses, most of which a process only reserves: whoever asks for more is ended.
const ROOM: &str = "800000";

#[test]
fn bombs_are_refused_and_the_process_lives() {
    let site = Site::new();
    let refuse = |name: &str, file: &[u8]| -> (Option<i32>, Value, String) {
        let path = write(&site, "bomb.xlsx", file);
        let output = Command::new("sh")
            .args(["-c", "ulimit -v \"$1\"; shift; exec \"$@\"", "sh", ROOM])
            .arg(env!("CARGO_BIN_EXE_recueil"))
            .args(["invite", "qpv-cls", &path, "--lang", "fr"])
            .args(["--database", &site.database, "--format", "json"])
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let told = serde_json::from_slice(&output.stdout).unwrap_or_default();
        (
            output.status.code(),
            told,
            format!("{name}: {}", text(&output.stderr)),
        )
    };
    for bomb in bombs() {
        let (code, told, why) = refuse(bomb.name, &bomb.file);
        assert_eq!(code, Some(1), "{why}");
        let errors = told["errors"].as_array().unwrap();
        assert_eq!(errors.len(), 1, "{why}");
        assert_eq!(errors[0]["code"], bomb.code, "{why}");
        assert!(errors[0]["message"].as_str().unwrap().len() > 10, "{why}");
    }
    // As answers they may be larger.
    let questionnaire = crate::program::survey("questionnaire.yaml");
    for bomb in bombs() {
        let path = write(&site, "bomb.xlsx", &bomb.file);
        let output = Command::new("sh")
            .args([
                "-c",
                "ulimit -v \"$1\"; shift; exec \"$@\"",
                "sh",
                ANSWERS_ROOM,
            ])
            .arg(env!("CARGO_BIN_EXE_recueil"))
            .arg("evaluate")
            .arg(&questionnaire)
            .args([path.as_str(), "--lang", "en"])
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let why = format!("{}: {}", bomb.name, text(&output.stderr));
        // Some are nothing but strange answers; none ends the process, which would have no code then.
        assert!(matches!(output.status.code(), Some(0 | 1)), "{why}");
        assert!(!why.contains('\u{9b}') && !why.contains('\u{1b}'), "{why}");
    }
    // What only boasts is read.
    let (code, told, why) = refuse("boastful", &boastful());
    assert_eq!((code, &told["added"]), (Some(0), &1.into()), "{why}");
    assert_eq!(site.status()["sample"], 4);
}
