//! Workbooks: what people see in cells, and files that attack their reader.

use interchange::xlsx::{FaultKind, Limits, Row, Table, name_of, read};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use std::time::{Duration, Instant};
use testkit::workbook::{boastful, bombs, people, workbook};

const LIMITS: Limits = Limits {
    bytes: 16 * 1024 * 1024,
    rows: 100_002,
    columns: 100,
    cells: 2_000_000,
    text: 32 * 1024 * 1024,
    unpacked: 128 * 1024 * 1024,
};

fn check(file: &[u8], expect: &[(u64, &[&str])]) {
    let table = read(file, &LIMITS).unwrap();
    let row = |it: &Row| (it.line, it.cells.clone());
    let rows: Vec<_> = table.rows.iter().map(row).collect();
    let expect = expect
        .iter()
        .map(|(line, cells)| (*line, cells.iter().map(|it| (*it).to_owned()).collect()));
    assert_eq!(rows, expect.collect::<Vec<(u64, Vec<String>)>>());
}

#[test]
fn cells_are_what_people_see() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let day = ExcelDateTime::from_ymd(2026, 11, 26).unwrap();
    let [date, code] = ["dd/mm/yyyy", "00000"].map(|it| Format::new().set_num_format(it));
    sheet.write(0, 0, "Courriel").unwrap();
    sheet.write(0, 1, "a<b & \"c\" _x000D_ é\n…").unwrap();
    sheet.write(0, 2, " ").unwrap();
    sheet.write(2, 0, 0.1 + 0.2).unwrap();
    sheet.write(2, 1, true).unwrap();
    sheet.write_with_format(2, 3, &day, &date).unwrap();
    sheet.write_with_format(2, 4, 1004, &code).unwrap();
    sheet.write_blank(2, 40, &code).unwrap();
    sheet
        .write_formula(3, 0, Formula::new("=1+1").set_result("2"))
        .unwrap();
    check(
        &book.save_to_buffer().unwrap(),
        &[
            (1, &["Courriel", "a<b & \"c\" _x000D_ é\n…", " "]),
            (3, &["0.3", "TRUE", "", "2026-11-26", "01004"]),
            (4, &["2"]),
        ],
    );
}

#[test]
fn parts_may_leave_out_what_they_may() {
    let data = r#"<row><c t="s"><v>1</v></c><c t="inlineStr"><is><r><t>a</t></r><r><t xml:space="preserve"> b</t></r><rPh><t>no</t></rPh></is></c><c t="b"><v>0</v></c></row><row r="7"><c r="B7"><v>1.50</v></c></row>"#;
    let strings = "<si><t>zero</t></si><si><t>un&#233;&amp;</t></si>";
    check(
        &workbook(data, strings, ""),
        &[(1, &["uné&", "a b", "FALSE"]), (7, &["", "1.5"])],
    );
    check(&workbook("", "", ""), &[]);
    check(&people(&[&["email", "x<y"]]), &[(1, &["email", "x<y"])]);
    // Nothing is made room for because a number says so.
    check(&boastful(), &[(1, &["email"]), (2, &["a@x.fr"])]);
    let table = read(&boastful(), &LIMITS).unwrap();
    assert_eq!(table.sheet, "Personnes", "the first that is not hidden");
}

#[test]
fn a_fault_says_in_which_cell() {
    let fault = |data: &str| {
        let fault = read(&workbook(data, "", ""), &LIMITS).unwrap_err();
        assert_eq!(fault.sheet.as_deref(), Some("Personnes"));
        (fault.kind, fault.cell.map(name_of).unwrap_or_default())
    };
    let error = |it: &str| fault(&format!(r#"<row r="3">{it}</row>"#));
    let expect = |cell: &str| (FaultKind::ErrorCell, cell.to_owned());
    assert_eq!(error(r#"<c r="C3" t="e"><v>#N/A</v></c>"#), expect("C3"));
    assert_eq!(error(r#"<c r="AB3"><f>1+1</f></c>"#), expect("AB3"));
    let (kind, cell) = error(r#"<c r="A3" t="s"><v>9</v></c>"#);
    assert_eq!((kind, cell.as_str()), (FaultKind::Damaged, "A3"));
}

/// What the product calls it.
fn code(kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::Encrypted => "workbook_encrypted",
        FaultKind::OldWorkbook => "workbook_old",
        FaultKind::Damaged => "workbook_damaged",
        FaultKind::Dtd => "workbook_dtd",
        FaultKind::NoSheet => "workbook_empty",
        FaultKind::TooLarge => "too_large",
        FaultKind::ErrorCell => "error_cell",
    }
}

#[test]
fn bombs_are_refused() {
    let mut n = 0;
    for bomb in bombs() {
        let begun = Instant::now();
        let fault = read(&bomb.file, &LIMITS).expect_err(bomb.name);
        let took = begun.elapsed();
        assert_eq!(code(fault.kind), bomb.code, "{}: {fault}", bomb.name);
        assert!(took < Duration::from_secs(60), "{}: {took:?}", bomb.name);
        println!("{took:>10.1?} {:>10} B {}", bomb.file.len(), bomb.name);
        n += 1;
    }
    assert_eq!(n, 22);
}

/// A row is as long as its last cell is far: what is empty before it takes room too.
#[test]
fn empty_cells_count() {
    let row = |n: u32| format!(r#"<row r="{n}"><c r="ALL{n}"><v>1</v></c></row>"#);
    let limits = Limits {
        columns: 1_000,
        cells: 10_000,
        ..LIMITS
    };
    let rows = |n: u32| workbook(&(1..=n).map(row).collect::<String>(), "", "");
    assert_eq!(read(&rows(10), &limits).unwrap().rows.len(), 10);
    let refused = read(&rows(11), &limits).map(|it| it.rows.len());
    assert_eq!(refused.map_err(|it| it.kind), Err(FaultKind::TooLarge));
}

/// Whatever stands in a file, reading it ends in a table or a fault.
#[test]
fn changed_bytes_never_end_in_a_panic() {
    let honest = people(&[&["email", "x"], &["a@x.fr", "1"]]);
    let whole = read(&honest, &LIMITS).unwrap();
    let mut refused = 0;
    for at in 0..honest.len() {
        for flip in [0x01, 0x80, 0xff] {
            let mut file = honest.clone();
            file[at] ^= flip;
            match read(&file, &LIMITS) {
                // The checksum finds what is changed in a part; the rest are dates and attributes of parts.
                Ok(Table { sheet, rows }) => {
                    assert_eq!((&sheet, &rows), (&whole.sheet, &whole.rows));
                }
                Err(_) => refused += 1,
            }
        }
    }
    assert!(refused > honest.len(), "{refused}");
}
