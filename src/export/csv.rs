use std::{
    borrow::Cow,
    io::{self, Write},
};

use super::Columns;
use crate::{schema::Schema, table::Table, text::is_formula, value::Kind};

/// Bytes written at once.
const BUFFER: usize = 1 << 18;

/// Writes the table as open data are published: UTF-8, commas, quotes where needed, `\n`. A text that a spreadsheet takes for a
/// formula stays as it is: quotes would not keep it from computing, and an apostrophe would be one more character of the data.
///
/// # Errors
/// Where it cannot be written to.
pub fn write_csv(columns: &Columns, table: &Table, to: &mut dyn Write) -> io::Result<()> {
    // Small pieces would cost a pack some of its compression.
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).buffer_capacity(BUFFER).from_writer(to);
    writer.write_record(columns.names())?;
    for row in &table.order {
        writer.write_record(columns.texts(table, *row))?;
    }
    writer.flush()
}

/// Writes a copy for a French Excel, which opens it in columns by itself: a mark of UTF-8, semicolons, decimal commas, and an
/// apostrophe before what it would take for a formula.
///
/// # Errors
/// Where it cannot be written to.
pub fn write_excel_csv(columns: &Columns, table: &Table, to: &mut dyn Write) -> io::Result<()> {
    to.write_all("\u{feff}".as_bytes())?;
    let mut writer =
        csv::WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::CRLF).buffer_capacity(BUFFER).from_writer(to);
    writer.write_record(columns.names())?;
    let kinds: Vec<Option<&Kind>> = columns.kinds().collect();
    for row in &table.order {
        let cells = columns.texts(table, *row).zip(&kinds).map(|(text, kind)| match kind {
            Some(Kind::Number(_)) if is_plain_number(text) => Cow::Owned(text.replace('.', ",")),
            _ => harmless(text),
        });
        for cell in cells {
            writer.write_field(cell.as_bytes())?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}

/// A text that no spreadsheet takes for a formula.
pub(super) fn harmless(text: &str) -> Cow<'_, str> {
    if is_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Whether a text is a number as every program writes it, which a spreadsheet holds without loss: 15 digits at most, no
/// zero before the others.
pub(super) fn is_plain_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    all(whole) && all(part) && whole.len() + part.len() <= 15 && (whole == "0" || !whole.starts_with('0'))
}

/// The CSV of a schema without any row: its header.
pub fn blank_csv(schema: &Schema) -> String {
    let names: Vec<String> = schema.fields.iter().map(|field| quoted(&field.name)).collect();
    format!("{}\n", names.join(","))
}

fn quoted(text: &str) -> String {
    match text.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        check::{Checker, Layout},
        schema::CompiledSchema,
    };

    fn written(write: impl Fn(&Columns, &Table, &mut Vec<u8>) -> io::Result<()>) -> String {
        let schema = Schema::from_json(r#"{"fields":[{"name":"a"},{"name":"b"},{"name":"c","type":"number"}]}"#).unwrap();
        let mut table = Table::new(vec!["C".into(), "A".into(), " plus".into()], 2);
        table.push(["-1.5", "é, \"x\"", "=1+1"]);
        table.push(["007", "", "+33 1"]);
        let layout = Layout::chosen(vec![Some(1), None, Some(0)], vec![2]);
        let checker = Checker::new(CompiledSchema::new(&schema), layout, &table);
        let mut bytes = Vec::new();
        write(&Columns::of(&checker, &table), &table, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn writes_every_column_of_the_schema_in_order() {
        let csv = written(|columns, table, to| write_csv(columns, table, to));
        assert_eq!(csv, "a,b,c,plus\n\"é, \"\"x\"\"\",,-1.5,=1+1\n,,007,+33 1\n");
    }

    #[test]
    fn the_copy_for_excel_opens_without_harm() {
        let csv = written(|columns, table, to| write_excel_csv(columns, table, to));
        assert_eq!(csv, "\u{feff}a;b;c;plus\r\n\"é, \"\"x\"\"\";;-1,5;'=1+1\r\n;;007;+33 1\r\n");
    }
}
