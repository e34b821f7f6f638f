use std::io::{self, Write};

use crate::{check::Layout, schema::Schema, table::Table};

/// Bytes written at once.
const BUFFER: usize = 1 << 18;

/// Writes the table as open data are published: UTF-8, commas, quotes where needed, `\n`, every
/// column of the schema in its order with its exact name (even without values), then the columns
/// kept beside.
///
/// # Errors
/// Where it cannot be written to.
pub fn write_csv(schema: &Schema, layout: &Layout, table: &Table, to: impl Write) -> io::Result<()> {
    // Small pieces would cost a pack some of its compression.
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).buffer_capacity(BUFFER).from_writer(to);
    let extras = layout.extras.iter().filter_map(|column| table.labels.get(*column));
    writer.write_record(schema.fields.iter().map(|field| field.name.as_str()).chain(extras.map(|label| label.trim())))?;
    let columns: Vec<Option<usize>> = layout.columns.iter().copied().chain(layout.extras.iter().map(|c| Some(*c))).collect();
    for row in &table.order {
        writer.write_record(columns.iter().map(|column| column.map_or("", |column| table.text(*row, column))))?;
    }
    writer.flush()
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

    #[test]
    fn writes_every_column_of_the_schema_in_order() {
        let schema = Schema::from_json(r#"{"fields":[{"name":"a"},{"name":"b"},{"name":"c"}]}"#).unwrap();
        let mut table = Table::new(vec!["C".into(), "A".into(), "plus".into()], 2);
        table.push(["é, \"x\"", "1", "z"]);
        let layout = Layout::chosen(vec![Some(1), None, Some(0)], vec![2]);
        let mut written = Vec::new();
        write_csv(&schema, &layout, &table, &mut written).unwrap();
        assert_eq!(String::from_utf8(written).unwrap(), "a,b,c,plus\n1,,\"é, \"\"x\"\"\",z\n");
    }
}
