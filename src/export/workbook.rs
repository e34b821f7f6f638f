use std::{
    borrow::Cow,
    io::{self, Write},
};

use chrono::NaiveDate;
use quick_xml::escape::escape;
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use super::{Columns, csv::is_plain_number};
use crate::{
    table::Table,
    value::{Kind, Value},
};

/// Rows of a sheet, its header included (ECMA-376, as Excel reads it).
pub const WORKBOOK_ROWS: usize = 1 << 20;
/// Columns of a sheet.
const COLUMNS: usize = 1 << 14;
/// Characters of a cell.
const CHARACTERS: usize = 32_767;

const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
<Default Extension=\"xml\" ContentType=\"application/xml\"/>\
<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>\
<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>\
<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>\
</Types>";
const ROOT: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/>\
</Relationships>";
const RELATIONS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>\
</Relationships>";
const BOOK: &str = "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
<sheets><sheet name=\"Donn\u{e9}es\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
/// Style 0 is plain, 1 is a day, 2 is a header, 3 is text as it is.
const STYLES: &str = "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>\
<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>\
<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
<cellXfs count=\"4\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\
<xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>\
<xf numFmtId=\"49\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\"/>\
<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs>\
<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>";
const SHEET: &str = "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>\
<sheetFormatPr defaultRowHeight=\"15\"/>";

/// Whether a table of this size goes into a sheet.
pub fn fits_workbook(rows: usize, columns: usize) -> bool {
    rows < WORKBOOK_ROWS && columns <= COLUMNS
}

/// Writes the table as a workbook (XLSX): numbers and days are ones there, everything else is text as it is, which no spreadsheet
/// takes for a formula. It is written as it goes, and never held whole. Gives how many texts were too long for a cell, and were
/// cut.
///
/// # Errors
/// Where it cannot be written to.
pub fn write_workbook(columns: &Columns, table: &Table, to: &mut dyn Write) -> io::Result<usize> {
    let mut zip = ZipWriter::new_stream(to);
    let options =
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(DateTime::DEFAULT);
    for (name, part) in [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/styles.xml", STYLES),
    ] {
        zip.start_file(name, options)?;
        write!(zip, "{HEAD}{part}")?;
    }
    zip.start_file("xl/worksheets/sheet1.xml", options.large_file(table.len() > LARGE))?;
    let mut sheet = Sheet { text: format!("{HEAD}{SHEET}"), cut: 0 };
    sheet.widths(columns);
    sheet.text.push_str("<row>");
    columns.names().for_each(|name| sheet.put(name, 2));
    sheet.text.push_str("</row>");
    let kinds: Vec<Option<&Kind>> = columns.kinds().collect();
    for row in &table.order {
        sheet.text.push_str("<row>");
        columns.texts(table, *row).zip(&kinds).for_each(|(text, kind)| sheet.cell(text, *kind));
        sheet.text.push_str("</row>");
        if sheet.text.len() > PIECE {
            zip.write_all(sheet.text.as_bytes())?;
            sheet.text.clear();
        }
    }
    write!(zip, "{}</sheetData></worksheet>", sheet.text)?;
    zip.finish()?;
    Ok(sheet.cut)
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// Bytes written at once.
const PIECE: usize = 1 << 18;
/// Rows from which a sheet might exceed what the short form of an archive counts.
const LARGE: usize = 100_000;

/// The rows of a sheet not written yet.
struct Sheet {
    text: String,
    cut: usize,
}

impl Sheet {
    /// Columns as wide as their names, and the rows to come.
    fn widths(&mut self, columns: &Columns) {
        self.text.push_str("<cols>");
        for (at, name) in columns.names().enumerate() {
            let (at, width) = (at + 1, name.chars().count().clamp(8, 40) + 4);
            self.text.push_str(&format!("<col min=\"{at}\" max=\"{at}\" width=\"{width}\" customWidth=\"1\"/>"));
        }
        self.text.push_str("</cols><sheetData>");
    }

    /// A cell of a field.
    fn cell(&mut self, text: &str, kind: Option<&Kind>) {
        let number = || is_plain_number(text).then_some(Cow::Borrowed(text));
        let day = |kind: &Kind| match kind.parse(text)? {
            Value::Date(day) => Some(Cow::Owned(serial(day)?.to_string())),
            _ => None,
        };
        let value = match kind {
            Some(Kind::Integer(_) | Kind::Number(_) | Kind::Year) => number().map(|number| (number, 0)),
            Some(kind @ Kind::Date(_)) => day(kind).map(|day| (day, 1)),
            _ => None,
        };
        match value {
            _ if text.is_empty() => self.text.push_str("<c/>"),
            Some((value, 0)) => self.text.push_str(&format!("<c><v>{value}</v></c>")),
            Some((value, style)) => self.text.push_str(&format!("<c s=\"{style}\"><v>{value}</v></c>")),
            None => self.put(text, 3),
        }
    }

    /// A cell of text.
    fn put(&mut self, text: &str, style: u8) {
        let mut text = Cow::Borrowed(text);
        if text.len() > CHARACTERS && text.encode_utf16().count() > CHARACTERS {
            // Never more than half as many characters as what UTF-16 counts.
            text = text.chars().take(CHARACTERS / 2).collect::<String>().into();
            self.cut += 1;
        }
        self.text.push_str(&format!("<c s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"));
        for c in escape(text.as_ref()).chars() {
            match c {
                // What XML cannot hold is written by its number (ECMA-376, `ST_Xstring`).
                '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\r' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                    self.text.push_str(&format!("_x{:04X}_", u32::from(c)));
                }
                c => self.text.push(c),
            }
        }
        self.text.push_str("</t></is></c>");
    }
}

/// The number of a day in a workbook, from 1900 on; the days before March 1900 are not told apart from errors there.
fn serial(day: NaiveDate) -> Option<i64> {
    let days = day.signed_duration_since(NaiveDate::from_ymd_opt(1899, 12, 30)?).num_days();
    (days > 60 && days < 2_958_466).then_some(days)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        check::{Checker, Layout},
        intake::{self, Choices},
        schema::{CompiledSchema, Schema},
    };

    fn workbook(fields: &str, rows: &[&[&str]]) -> (Vec<u8>, usize) {
        let schema = Schema::from_json(&format!("{{\"fields\":[{fields}]}}")).unwrap();
        let width = schema.fields.len();
        let mut table = Table::new(schema.fields.iter().map(|field| field.name.clone()).collect(), 2);
        rows.iter().for_each(|row| table.push(row.iter().copied()));
        let layout = Layout::chosen((0..width).map(Some).collect(), Vec::new());
        let checker = Checker::new(CompiledSchema::new(&schema), layout, &table);
        let mut bytes = Vec::new();
        let cut = write_workbook(&Columns::of(&checker, &table), &table, &mut bytes).unwrap();
        (bytes, cut)
    }

    #[test]
    fn what_is_written_is_read_again() {
        let fields = r#"{"name":"SIRET"},{"name":"n","type":"number"},{"name":"d","type":"date"},{"name":"t"}"#;
        let rows: [&[&str]; 3] = [
            &["00120000000012", "-12.5", "2024-02-29", "=1+1"],
            &["é & <b>", "007", "1815-06-18", " a\nb\u{1} "],
            &["", "1234567890123456", "", ""],
        ];
        let (bytes, cut) = workbook(fields, &rows);
        assert_eq!((workbook(fields, &rows).0 == bytes, cut), (true, 0));
        let read = intake::read("x.xlsx", &bytes, &Choices::default()).unwrap().table;
        assert_eq!(read.labels, ["SIRET", "n", "d", "t"]);
        for (at, row) in rows.iter().take(2).enumerate() {
            let read: Vec<&str> = (0..4).map(|column| read.text(read.order[at], column)).collect();
            let expected: Vec<String> = row.iter().map(|text| text.replace('\u{1}', "_x0001_")).collect();
            assert!(read.iter().zip(&expected).take(3).all(|(read, expected)| read == expected), "{read:?} {expected:?}");
        }
    }

    #[test]
    fn what_a_cell_cannot_hold_is_cut_and_told() {
        let (_, cut) =
            workbook(r#"{"name":"a"}"#, &[&["x"], &["é".repeat(CHARACTERS + 1).as_str()], &["y".repeat(CHARACTERS).as_str()]]);
        assert_eq!(cut, 1);
        assert!(fits_workbook(1_048_575, 40) && !fits_workbook(1_048_576, 40) && !fits_workbook(1, 20_000));
    }
}
