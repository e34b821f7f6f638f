use std::io::{Cursor, Read, Seek, Write};

use atelier::intake::{self, Choices, Container, Flow, Intake, IntakeError, Limit, Notice, Opened, Sight, Watch};
use proptest::prelude::*;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::support::bytes;

fn as_csv(name: &str, bytes: Vec<u8>) -> String {
    let table = intake::read(name, &bytes, &Choices::default()).unwrap().table;
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
    for name in ["formats.xlsx", "formats.ods", "formats.xls", "formats.xlsb", "formats-2003.xls"] {
        assert_eq!(as_csv(name, bytes(name)), expected, "{name}");
    }
    assert_eq!(as_csv("formats.fods", flat()), expected);
    // As LibreOffice lays it out.
    let laid_out =
        String::from_utf8(flat()).unwrap().replace("<text:p>", "\n     <text:p>").replace("</text:p>", "</text:p>\n    ");
    assert_eq!(as_csv("formats.fods", laid_out.into_bytes()), expected);
    // As programs do that give their folders other names.
    let renamed = |text: Vec<u8>| {
        String::from_utf8(text).map_or_else(|other| other.into_bytes(), |text| text.replace("xl/", "classeur/").into_bytes())
    };
    let book: Vec<_> =
        parts("formats.xlsx").into_iter().map(|(name, part)| (name.replace("xl/", "classeur/"), renamed(part))).collect();
    assert_eq!(as_csv("formats.xlsx", package(&book)), expected);
}

/// The document of `formats.ods`, as one file.
fn flat() -> Vec<u8> {
    let (_, content) = parts("formats.ods").into_iter().find(|(name, _)| name == "content.xml").unwrap();
    let kind = "office:document office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\"";
    let content = String::from_utf8(content).unwrap();
    content.replacen("office:document-content", kind, 1).replace("office:document-content", "office:document").into_bytes()
}

/// `formats.xls`, its records changed: no fewer, no more.
fn old(change: impl FnOnce(&mut [u8])) -> Vec<u8> {
    let mut book = cfb::CompoundFile::open(Cursor::new(bytes("formats.xls"))).unwrap();
    let mut open = book.open_stream("/Workbook").unwrap();
    let mut stream = Vec::new();
    open.read_to_end(&mut stream).unwrap();
    change(&mut stream);
    open.rewind().unwrap();
    open.write_all(&stream).unwrap();
    open.flush().unwrap();
    drop(open);
    book.into_inner().into_inner()
}

/// The parts of a package, by their names.
fn parts(name: &str) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes(name))).unwrap();
    let count = archive.len();
    let read = |at| {
        let mut entry = archive.by_index(at).unwrap();
        let mut data = Vec::new();
        entry.read_to_end(&mut data).unwrap();
        (entry.name().unwrap().into_owned(), data)
    };
    (0..count).map(read).collect()
}

/// A package of these parts: its checksums are right, so that only the readers stand between them and the table.
fn package(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, data) in parts {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        writer.write_all(data).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_table_of_an_archive_is_chosen_by_its_place() {
    let files = [
        ("stops.txt", "stop_id,stop_name\nS1,Mairie\nS2,Gare\nS3,Port\n"),
        ("routes.txt", "route_id,route_type\nA,3\n"),
        ("agency.txt", "agency_id\n1\n"),
    ];
    let zip = package(&files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())));
    let first = intake::read("gtfs.zip", &zip, &Choices::default()).unwrap();
    assert_eq!((first.table.len(), first.reading.archive.unwrap().entry), (3, 0));
    let second = intake::read("gtfs.zip", &zip, &Choices { entry: Some(1), ..Choices::default() }).unwrap();
    assert_eq!(second.table.labels, ["route_id", "route_type"]);
    assert_eq!(second.reading.archive.unwrap().entries.len(), 3);
    // A workbook of an archive is read as it would be alone.
    let zip = package(&[("d/deliberations.xlsx".to_owned(), bytes("deliberations.xlsx"))]);
    let alone = intake::read("d.xlsx", &bytes("deliberations.xlsx"), &Choices::default()).unwrap();
    let packed = intake::read("d.zip", &zip, &Choices::default()).unwrap();
    assert_eq!((packed.reading.container, packed.table.len()), (alone.reading.container, alone.table.len()));
}

#[test]
fn workbooks_with_macros_and_templates_are_workbooks() {
    let mut macros = parts("formats.xlsx");
    for (name, data) in &mut macros {
        if name == "[Content_Types].xml" {
            let types = String::from_utf8(std::mem::take(data)).unwrap();
            *data = types.replace("spreadsheetml.sheet.main", "spreadsheetml.template.main").into_bytes();
        }
    }
    macros.push(("xl/vbaProject.bin".into(), vec![0; 64]));
    let Opened { table, reading, .. } = intake::read("a.xltm", &package(&macros), &Choices::default()).unwrap();
    assert_eq!((table.len(), reading.rows), (3, 3));
    for name in ["formats.xlsx", "formats.xlsb", "formats.ods", "formats.xls", "formats-2003.xls"] {
        let reading = intake::read(name, &bytes(name), &Choices::default()).unwrap().reading;
        assert!(reading.notices.contains(&Notice::Percentages(3)), "{name}: {:?}", reading.notices);
    }
}

#[test]
fn a_long_workbook_tells_how_far_its_reading_is() {
    let lines: String = (1..=5000).map(|n| format!("<row><c><v>{n}</v></c><c t=\"str\"><v>acte {n}</v></c></row>")).collect();
    let sheet = format!(
        "<worksheet><sheetData><row><c t=\"str\"><v>n</v></c><c t=\"str\"><v>objet</v></c></row>{lines}</sheetData></worksheet>"
    );
    let mut book = parts("deliberations.xlsx");
    book.iter_mut().filter(|(name, _)| name.contains("sheet1.xml")).for_each(|(_, part)| *part = sheet.clone().into_bytes());
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let row = |n: u32| format!("<table:table-row>{}{}</table:table-row>", cell(&n.to_string()), cell(&format!("acte {n}")));
    let head = format!("<table:table-row>{}{}</table:table-row>", cell("n"), cell("objet"));
    let flat = format!(
        "<?xml version=\"1.0\"?><office:document office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\"><table:table>{head}{}</table:table></office:document>",
        (1..=5000).map(row).collect::<String>()
    );
    let row = |n: &str, text: &str| format!("<Row><Cell><Data>{n}</Data></Cell><Cell><Data>{text}</Data></Cell></Row>");
    let rows: String = (1..=5000).map(|n| row(&n.to_string(), &format!("acte {n}"))).collect();
    let space = "urn:schemas-microsoft-com:office:spreadsheet";
    let excel =
        format!("<Workbook xmlns=\"{space}\"><Worksheet><Table>{}{rows}</Table></Worksheet></Workbook>", row("n", "objet"));
    let page = excel.replace("<Cell><Data>", "<td>").replace("</Data></Cell>", "</td>").replace("Row>", "tr>");
    let page = format!("<html>{}", page.split_once("<Worksheet>").unwrap().1.replace("</Worksheet></Workbook>", "</html>"));
    for (name, bytes, followed) in [
        ("a.xlsx", package(&book), true),
        ("a.fods", flat.into_bytes(), true),
        ("a.xml", excel.into_bytes(), true),
        ("a.html", page.into_bytes(), false),
    ] {
        let mut sights: Vec<Sight> = Vec::new();
        let mut intake = Intake::new(name, &Choices::default());
        intake.feed(bytes.len(), &mut bytes.as_slice()).unwrap();
        assert!(intake.is_whole(), "{name}");
        let flow = intake.finish(&mut Watch::new(&mut |sight| sights.push(sight))).unwrap();
        let Flow::Done(opened) = flow else { panic!("{name} is not read") };
        assert_eq!(opened.table.len(), 5000, "{name}");
        let rows: Vec<usize> = sights.iter().map(|sight| sight.rows).collect();
        assert_eq!(rows[..4], [1, 129, 2177, 4225], "{name}");
        assert_eq!(
            sights.iter().map(|sight| sight.head.is_some()).collect::<Vec<_>>()[..4],
            [false, true, false, false],
            "{name}"
        );
        assert_eq!(sights[1].head.as_ref().unwrap()[..50], opened.head[..50], "{name}");
        let shares: Vec<f64> = sights.iter().take(4).map(|sight| sight.share).collect();
        assert!(shares.is_sorted() && shares.iter().all(|share| *share <= 1.0), "{name} {shares:?}");
        assert_eq!(shares[3] > 0.5, followed, "{name} {shares:?}");
    }
}

#[test]
fn the_first_rows_are_shown_before_a_long_list_of_texts_is_read() {
    let count = 40_000;
    let texts: String = (0..count).map(|n| format!("<si><t>délibération {n}</t></si>")).collect();
    let row = |n: usize| format!("<row><c t=\"s\"><v>{n}</v></c><c t=\"s\"><v>{n}</v></c></row>");
    let rows: String = (0..count).map(row).collect();
    let mut book = parts("deliberations.xlsx");
    for (name, part) in &mut book {
        if name.ends_with("sheet1.xml") {
            *part = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").into_bytes();
        } else if name.ends_with("sharedStrings.xml") {
            *part = format!("<sst>{texts}</sst>").into_bytes();
        }
    }
    let bytes = package(&book);
    let mut sights: Vec<Sight> = Vec::new();
    let mut intake = Intake::new("a.xlsx", &Choices::default());
    intake.feed(bytes.len(), &mut bytes.as_slice()).unwrap();
    let Flow::Done(opened) = intake.finish(&mut Watch::new(&mut |sight| sights.push(sight))).unwrap() else { panic!("not read") };
    assert_eq!((opened.table.len(), opened.table.text(count as u32 - 1, 0)), (count - 1, "délibération 39999"));
    let head = sights[0].head.as_ref().unwrap();
    assert_eq!(head[..40], opened.head[..40]);
    assert!(sights[0].share < 0.5 && sights.iter().filter(|sight| sight.head.is_some()).count() == 1, "{:?}", sights[0].share);
}

#[test]
fn cells_are_read_alike_however_their_tags_are_written() {
    let written = |name: &str, tags: &[&str], how: fn(&str) -> String| {
        let mut book = parts(name);
        for (_, part) in book.iter_mut().filter(|(name, _)| name.ends_with(".xml")) {
            let text = String::from_utf8(std::mem::take(part)).unwrap();
            *part = tags.iter().fold(text, |text, tag| text.replace(tag, &how(tag))).into_bytes();
        }
        let read = intake::read(name, &package(&book), &Choices::default()).unwrap();
        (as_csv(name, package(&book)), read.reading)
    };
    for name in ["formats.xlsx", "deliberations.xlsx", "formats.ods"] {
        let tags = ["<c ", "<si>", "<table:table-cell ", "<table:table-cell>"];
        let as_it_is = written(name, &tags, str::to_owned);
        // What is not written as usual is read by other means.
        let unusual = |tag: &str| if tag.ends_with('>') { tag.replace('>', " >") } else { format!("{tag} ") };
        assert_eq!(written(name, &tags, unusual), as_it_is, "{name}");
    }
}

#[test]
fn a_page_named_as_a_workbook_is_read() {
    let page = b"<html><meta charset=windows-1252><body><h1>March\xe9s</h1><table border=1><tr><th>siret</th><th>objet</th></tr>
        <tr><td x:num=\"21860194600013\">2,18602E+13</td><td>Fourniture d\x92\xe9quipements<br>et pose</td></tr></table>";
    let Opened { table, reading, .. } = intake::read("export.xls", page, &Choices::default()).unwrap();
    assert_eq!((table.labels.join(","), table.text(table.order[0], 0)), ("siret,objet".into(), "21860194600013"));
    assert_eq!(table.text(table.order[0], 1), "Fourniture d’équipements\net pose");
    let Container::Workbook { application, sheets, .. } = reading.container else { panic!("a workbook") };
    assert_eq!((application.as_str(), sheets[0].name.as_str()), ("HTML", "Marchés"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// A workbook whose parts are changed anywhere, and whose checksums are right, is read or refused.
    #[test]
    fn a_changed_workbook_never_panics(
        name in prop::sample::select(vec!["formats.xlsx", "formats.xlsb", "formats.ods"]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<u8>(), any::<bool>()), 1..6),
    ) {
        let mut parts = parts(name);
        for (part, at, byte, cut) in changes {
            let part = part.index(parts.len());
            let data = &mut parts[part].1;
            if data.is_empty() {
                continue;
            }
            let at = at.index(data.len());
            match cut {
                true if byte < 64 => data.truncate(at),
                true => data.insert(at, byte),
                false => data[at] = byte,
            }
        }
        let _ = intake::read(name, &package(&parts), &Choices::default());
    }

    /// So is one of the old format, whose records are changed in place.
    #[test]
    fn a_changed_old_workbook_never_panics(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..9)) {
        let book = old(|stream| {
            for (at, byte) in changes {
                let at = at.index(stream.len());
                stream[at] = byte;
            }
        });
        let _ = intake::read("a.xls", &book, &Choices::default());
    }

    /// So is a file of tags.
    #[test]
    fn a_changed_file_of_tags_never_panics(
        is_flat in any::<bool>(),
        at in any::<prop::sample::Index>(),
        with in "[<>/\"&=0-9é ]{0,3}",
        cut in any::<prop::sample::Index>(),
    ) {
        let (name, mut data) = if is_flat { ("a.fods", flat()) } else { ("a.xls", bytes("formats-2003.xls")) };
        let at = at.index(data.len());
        data.splice(at..at, with.into_bytes());
        let _ = intake::read(name, &data, &Choices::default());
        data.truncate(cut.index(data.len()));
        let _ = intake::read(name, &data, &Choices::default());
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
    assert_eq!(open("a.csv", b"[{\"a\": 1}]"), Err(IntakeError::NotATable { what: "JSON".into() }));
    assert_eq!(open("a.xls", b"<?xml version='1.0'?><kml/>"), Err(IntakeError::NotATable { what: "KML".into() }));
    assert!(matches!(open("a.xlsx", b"PK\x03\x04nothing"), Err(IntakeError::Damaged { .. })));
    assert!(matches!(open("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 nothing"), Err(IntakeError::Damaged { .. })));
    // The code page, turned into a protection.
    let code_page = |stream: &[u8]| stream.windows(4).position(|head| head == [0x42, 0, 2, 0]).unwrap();
    let protected = old(|stream| stream[code_page(stream)] = 0x2f);
    assert_eq!(open("a.xls", &protected), Err(IntakeError::Password));
    assert_eq!(open("a.bin", &[1, 0, 0, 0].repeat(500)), Err(IntakeError::NotText));
}

#[test]
fn a_cut_workbook_is_refused_without_a_panic() {
    for name in ["formats.xlsx", "formats.ods", "formats.xls", "formats.xlsb"] {
        let whole = bytes(name);
        for cut in (1..whole.len()).step_by(97) {
            let _ = intake::read(name, &whole[..cut], &Choices::default());
        }
    }
}
