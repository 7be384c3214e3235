//! Files of responses: read by what they hold, looked at before they are taken in, told without an answer.

use crate::fixture::{QPV, Site, edge, exported, may, responses};
use crate::import::import;
use interchange::columns::Columns;
use interchange::csv;
use questionnaire::Sheet;
use questionnaire::document::to_yaml;
use serde_json::json;
use service::workbook::Book;
use service::{ImportRemark, Imported, ServiceError, Services, UnreadableAnswers, WaveInfo};
use std::time::Duration;
use testkit::Tape;

async fn check(services: &Services, wave: &WaveInfo, file: &[u8]) -> Imported {
    let may = may(services, wave).await;
    let checked = services.check_file(&may, wave, file.to_vec()).await;
    checked.unwrap()
}

async fn take_in(services: &Services, wave: &WaveInfo, file: &[u8]) -> Imported {
    let may = may(services, wave).await;
    let done = services.import_file(&may, wave, file.to_vec()).await;
    done.unwrap()
}

/// The same for a check and for an import.
async fn why_not(services: &Services, wave: &WaveInfo, file: &[u8]) -> Option<UnreadableAnswers> {
    let may = may(services, wave).await;
    let checked = services.check_file(&may, wave, file.to_vec()).await;
    let done = services.import_file(&may, wave, file.to_vec()).await;
    match checked.unwrap_err() {
        ServiceError::UnreadableAnswers(why) => {
            assert_eq!(done.unwrap_err().code(), why.code());
            Some(why)
        }
        _ => None,
    }
}

fn lines(sheets: &[Sheet]) -> Vec<u8> {
    let lines = sheets.iter().map(|it| serde_json::to_string(it).unwrap());
    lines.collect::<Vec<_>>().join("\n").into_bytes()
}

/// Ids as people give them: none, a UUID in either case, a word, and the same one for several sheets.
fn name(sheets: &mut [Sheet], tape: &mut Tape) {
    for at in 0..sheets.len() {
        let n = tape.below(sheets.len());
        sheets[at].meta.id = match tape.below(5) {
            0 => None,
            1 => Some(format!("0000000A-0000-4000-8000-{n:012}")),
            2 => Some(format!("0000000a-0000-4000-8000-{n:012}")),
            3 => Some(format!("dossier {n}")),
            _ => sheets[n].meta.id.clone(),
        };
        if tape.chance(10) {
            sheets[at].meta.mark_rehearsal();
        }
        if tape.chance(10) {
            let fails = json!({ "fails": ["x"] });
            sheets[at].meta.other = fails.as_object().unwrap().clone();
        }
    }
}

/// A file of these sheets, of any kind, with something in it that is no sheet.
fn file(wave: &WaveInfo, sheets: &[Sheet], tape: &mut Tape) -> Vec<u8> {
    let engine = &wave.engine;
    match tape.below(3) {
        0 => {
            let mut text = "\u{feff}\n".to_owned().into_bytes();
            text.extend(lines(sheets));
            text.extend(b"\n{not a sheet\n");
            text
        }
        1 => {
            let table = csv::write(engine, sheets);
            let mut rows: Vec<String> = table.split("\r\n").map(str::to_owned).collect();
            rows.retain(|it| !it.is_empty());
            rows[0].push_str(",rien");
            let n = rows[0].matches(',').count();
            rows.push(",".repeat(n + 3) + "x");
            rows.join("\r\n").into_bytes()
        }
        _ => {
            let mut book = Book::new(engine, Columns::of_rehearsal(engine)).unwrap();
            // What no cell holds is left to the other kinds.
            let _unwritable = sheets.iter().filter(|it| book.add(it).is_err()).count();
            book.finish().unwrap()
        }
    }
}

/// The law of a check: it says what an import then does, and an import done again adds nothing.
async fn one(services: &Services, wave: &WaveInfo, seed: u64, all: &mut [usize; 8]) {
    let mut tape = Tape::of_seed(seed);
    let cases = testkit::series(seed, 14);
    let mut sheets: Vec<Sheet> = cases
        .iter()
        .map(|it| match tape.chance(75) {
            true => it.plausible.clone(),
            false => it.sheet.clone(),
        })
        .collect();
    name(&mut sheets, &mut tape);
    let before = file(wave, &sheets[..7], &mut tape);
    take_in(services, wave, &before).await;
    let n_before = exported(services, wave).await.len();

    let file = file(wave, &sheets, &mut tape);
    let checked = check(services, wave, &file).await;
    assert_eq!(check(services, wave, &file).await, checked, "seed {seed}");
    assert_eq!(exported(services, wave).await.len(), n_before);
    let imported = take_in(services, wave, &file).await;
    assert_eq!(checked, imported, "seed {seed}");
    let n_after = exported(services, wave).await.len();
    assert_eq!(n_after, n_before + imported.n_added, "seed {seed}");
    let judged = imported.n_added
        + imported.n_unchanged
        + imported.n_conflict
        + imported.n_refused
        + imported.n_skipped;
    assert_eq!(judged, imported.n_sheets, "each is one of these");

    let again = take_in(services, wave, &file).await;
    let expected = Imported {
        n_added: 0,
        n_unchanged: imported.n_added + imported.n_unchanged,
        ..imported.clone()
    };
    assert_eq!(again, expected, "seed {seed}");
    let seen = [
        imported.n_added,
        imported.n_unchanged,
        imported.n_conflict,
        imported.n_refused,
        imported.n_skipped,
        imported.n_dropped,
        imported.n_broken,
        imported.n_lost_columns,
    ];
    for (all, n) in all.iter_mut().zip(seen) {
        *all += n;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_checked_is_what_is_imported() {
    let mut all = [0; 8];
    for seed in 0..24 {
        let site = Site::new();
        let services = site.open().await;
        let source = to_yaml(&testkit::series(seed, 1)[0].questionnaire);
        let operator = services.operator();
        let installed = services.studies().install(&operator, &source).await;
        let wave = installed.unwrap().wave;
        one(&services, &wave, seed, &mut all).await;
        let right = may(&services, &wave).await;
        let rehearsal = services.rehearsals().ensure(&right, &wave).await.unwrap();
        one(&services, &rehearsal, seed, &mut all).await;
    }
    assert!(all.iter().all(|n| *n > 5), "all of it happens: {all:?}");
}

#[tokio::test]
async fn a_workbook_a_table_and_lines_are_told_apart_by_what_they_hold() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let sheets = &responses()[..5];
    let engine = &wave.engine;
    let mut book = Book::new(engine, Columns::of(engine)).unwrap();
    for sheet in sheets {
        book.add(sheet).unwrap();
    }
    let files = [
        lines(sheets),
        csv::write(engine, sheets).into_bytes(),
        format!("\u{feff}{}", csv::write(engine, sheets)).into_bytes(),
        book.finish().unwrap(),
    ];
    assert_eq!(take_in(&services, &wave, &files[0]).await.n_added, 5);
    for file in &files {
        let told = check(&services, &wave, file).await;
        assert_eq!((told.n_sheets, told.n_unchanged), (5, 5), "{told:?}");
        assert_eq!((told.remarks, told.n_more), (vec![], 0));
    }
}

#[tokio::test]
async fn remarks_say_where_and_never_what_was_answered() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let mut file = lines(&[edge(13), edge(8)]);
    file.extend(b"\n{\"meta\":{\"today\":\"SECRET\"},\"answers\":{}}\n");
    file.extend(b"{\"answers\":{\"structure\":\"SECRET\",\"nb_qpv\":\"SECRET\"}}\n");
    let told = take_in(&services, &wave, &file).await;
    assert_eq!((told.n_sheets, told.n_broken, told.n_dropped), (3, 1, 3));
    assert!(!format!("{told:?}").contains("SECRET"), "{told:?}");
    let at = |line: usize| {
        let remarks = told.remarks.iter().filter(|it| it.line == Some(line));
        remarks
            .map(|it| (it.item.as_deref().unwrap_or_default(), it.code.as_str()))
            .collect::<Vec<_>>()
    };
    assert!(
        at(1).contains(&("cls_partenaires", "required")),
        "{:?}",
        at(1)
    );
    assert_eq!(at(2)[0], ("asv_pilotage", "off_path"));
    assert_eq!(at(3), [("", "IX0001")]);
    assert!(at(4).contains(&("structure", "unknown_code")));
    let id = told.remarks.iter().find(|it| it.line == Some(1)).unwrap();
    let expected = edge(13).meta.id;
    assert_eq!(id.id, expected);

    let table = format!(
        "meta.id,nb_qpv,{}\na,SECRET,\nb,1,,SECRET\n",
        "é".repeat(300)
    );
    let told = check(&services, &wave, table.as_bytes()).await;
    assert_eq!((told.n_lost_columns, told.n_broken), (1, 1));
    let column = told.remarks[0].item.as_deref().unwrap();
    assert_eq!(column.chars().count(), 201, "a name that long is none");
    assert_eq!(
        told.remarks[1],
        ImportRemark {
            line: Some(3),
            id: None,
            item: None,
            code: "IX0003".to_owned(),
        }
    );
    assert!(!format!("{told:?}").contains("SECRET"), "{told:?}");
}

#[tokio::test]
async fn so_many_remarks_and_no_more() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let names: Vec<String> = (0..600).map(|n| format!("c{n}")).collect();
    let mut table = format!("nb_qpv,{}\n", names.join(","));
    for _ in 0..900 {
        table.push_str("x\n");
    }
    let told = check(&services, &wave, table.as_bytes()).await;
    assert_eq!((told.n_lost_columns, told.n_refused), (600, 900));
    assert_eq!(told.remarks.len(), 250 + 500);
    let n_of_columns = told.remarks.iter().filter(|it| it.code == "IX0002");
    assert_eq!(n_of_columns.count(), 250);
    assert!(told.n_more >= 350 + 400, "{}", told.n_more);
}

#[tokio::test]
async fn what_cannot_be_read_stores_nothing_and_says_why() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let latin = b"meta.id;nb_qpv\n\xe9t\xe9;3\n";
    assert_eq!(
        why_not(&services, &wave, latin).await,
        Some(UnreadableAnswers::Encoding)
    );
    // A file of people, say: every line would be a response without answers.
    let people = b"email;langue\nmarie@exemple.fr;fr\n";
    assert_eq!(
        why_not(&services, &wave, people).await,
        Some(UnreadableAnswers::NoColumn)
    );
    let broken = why_not(&services, &wave, b"PK\x03\x04 and nothing more").await;
    assert_eq!(broken.unwrap().code(), "workbook_damaged");
    let many = [b"nb_qpv\n".to_vec(), b"1\n".repeat(200_001)].concat();
    assert_eq!(
        why_not(&services, &wave, &many).await,
        Some(UnreadableAnswers::TooLarge)
    );
    assert!(exported(&services, &wave).await.is_empty());
}

#[tokio::test]
async fn the_log_says_how_many_sheets_and_a_check_leaves_no_entry() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let file = lines(&responses()[..3]);
    check(&services, &wave, &file).await;
    take_in(&services, &wave, &file).await;
    import(&services, &wave, responses()).await;
    let entries = site
        .store()
        .await
        .audit()
        .after(0, None, 100)
        .await
        .unwrap();
    let told: Vec<_> = entries
        .iter()
        .filter(|it| it.action == "data.import")
        .map(|it| it.after.clone().unwrap())
        .collect();
    assert_eq!(told, [r#"{"sheets":3}"#, r#"{"sheets":130}"#]);
}

#[tokio::test]
async fn an_import_goes_on_when_whoever_waits_has_gone() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let right = may(&services, &wave).await;
    let file = lines(&responses());
    let waiting = services.import_file(&right, &wave, file);
    // It has begun, and nobody asks for its end.
    let waited = tokio::time::timeout(Duration::ZERO, waiting).await;
    assert!(waited.is_err());
    let stored = async {
        while exported(&services, &wave).await.len() < 130 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), stored)
        .await
        .expect("all of it is stored");
}

#[tokio::test]
async fn a_right_to_one_study_takes_nothing_into_another() {
    let site = Site::new();
    let (services, wave) = site.open_qpv().await;
    let other = QPV.replacen("id: qpv-cls", "id: autre", 1);
    let operator = services.operator();
    let installed = services.studies().install(&operator, &other).await;
    let elsewhere = may(&services, &installed.unwrap().wave).await;
    let file = lines(&responses());
    let checked = services.check_file(&elsewhere, &wave, file.clone()).await;
    assert!(matches!(checked, Err(ServiceError::UnknownWave(_))));
    let done = services.import_file(&elsewhere, &wave, file).await;
    assert!(matches!(done, Err(ServiceError::UnknownWave(_))));
}
