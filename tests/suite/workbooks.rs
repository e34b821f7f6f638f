use atelier::intake::{self, Choices, Container, IntakeError, Limit, Opened};

use crate::support::bytes;

fn as_csv(name: &str) -> String {
    let table = intake::read(name, &bytes(name), &Choices::default()).unwrap().table;
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&table.labels).unwrap();
    for row in &table.order {
        writer.write_record((0..table.labels.len()).map(|column| table.text(*row, column))).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

#[test]
fn native_cells_become_the_text_an_agent_expects() {
    let expected = String::from_utf8(bytes("formats.expected.csv")).unwrap();
    for name in ["formats.xlsx", "formats.ods", "formats.xls"] {
        assert_eq!(as_csv(name), expected, "{name}");
    }
}

#[test]
fn the_sheet_and_the_header_are_proposed_and_can_be_changed() {
    let read = |name: &str, choices| intake::read(name, &bytes(name), &choices).unwrap();
    let Opened { table, reading, .. } = read("twosheets.xlsx", Choices::default());
    assert_eq!(table.labels, ["nom", "valeur"]);
    let Container::Workbook { sheets, sheet, .. } = reading.container else { panic!("a workbook") };
    assert_eq!((sheet, sheets.len(), sheets[2].hidden), (1, 3, true));
    let Opened { table, reading, .. } = read("twosheets.xlsx", Choices { sheet: Some(2), header: Some(2), ..Choices::default() });
    assert_eq!((reading.header, table.len(), table.line(table.order[0])), (2, 1, Some(3)));
    let Opened { table, reading, .. } = read("deliberations.xlsx", Choices::default());
    assert_eq!((reading.header, table.len(), table.labels.len()), (4, 24, 18));
}

#[test]
fn hostile_and_unusable_files_are_refused_by_name() {
    let open = |name: &str| intake::read(name, &bytes(name), &Choices::default()).map(|_| ());
    let too_large = |name: &str| match open(name) {
        Err(IntakeError::TooLarge { limit, .. }) => limit,
        other => panic!("{name}: {other:?}"),
    };
    assert_eq!(open("password.xlsx"), Err(IntakeError::Password));
    assert_eq!(open("empty.xlsx"), Err(IntakeError::NoCell));
    assert!(matches!(too_large("far.xlsx"), Limit::Rows | Limit::Columns));
    assert_eq!(too_large("far.xls"), Limit::Cells);
    assert_eq!(too_large("repeated.ods"), Limit::Columns);
    assert_eq!(too_large("bomb.xlsx"), Limit::Inflated);
    let open = |name: &str, bytes: &[u8]| intake::read(name, bytes, &Choices::default()).map(|_| ());
    assert_eq!(open("a.csv", b""), Err(IntakeError::Empty));
    assert_eq!(open("a.pdf", b"%PDF-1.7"), Err(IntakeError::NotATable { what: "PDF".into() }));
    assert_eq!(open("a.xls", b"<html><table>"), Err(IntakeError::NotATable { what: "HTML".into() }));
    assert!(matches!(open("a.xlsx", b"PK\x03\x04nothing"), Err(IntakeError::Damaged { .. })));
    assert!(matches!(open("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 nothing"), Err(IntakeError::Damaged { .. })));
    assert_eq!(open("a.bin", &[1, 0, 0, 0].repeat(500)), Err(IntakeError::NotText));
}

#[test]
fn a_cut_workbook_is_refused_without_a_panic() {
    for name in ["formats.xlsx", "formats.ods", "formats.xls"] {
        let whole = bytes(name);
        for cut in (1..whole.len()).step_by(97) {
            let _ = intake::read(name, &whole[..cut], &Choices::default());
        }
    }
}
