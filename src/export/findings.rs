use std::io::{self, Write};

use super::csv::harmless;
use crate::{
    check::{Checker, Severity},
    i18n::{Locale, explain},
    schema::Schema,
    table::Table,
};

/// Writes every finding, one a line, for a colleague's spreadsheet: semicolons and a mark of UTF-8, as a
/// French Excel expects, and no cell that it would take for a formula.
///
/// # Errors
/// Where it cannot be written to.
pub fn write_findings(locale: Locale, schema: &Schema, checker: &Checker, table: &Table, mut to: impl Write) -> io::Result<()> {
    let words = locale.words();
    to.write_all("\u{feff}".as_bytes())?;
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(to);
    let head = [
        words.findings_line,
        words.findings_severity,
        words.findings_field,
        words.findings_title,
        words.findings_value,
        words.findings_wrong,
        words.findings_expected,
        words.findings_code,
    ];
    writer.write_record(head)?;
    for finding in checker.findings(table) {
        let field = finding.field.and_then(|at| schema.fields.get(at));
        let told = explain(locale, finding.rule, schema, &checker.schema.checks, finding.field, &finding.cell);
        let line = finding.row.and_then(|row| table.line(row)).map(|line| line.to_string()).unwrap_or_default();
        let (code, constraint) = finding.rule.code(&checker.schema.checks);
        let severity = match finding.rule.severity() {
            Severity::Error => words.findings_error,
            Severity::Advice => words.findings_advice,
        };
        writer.write_record([
            line.as_str(),
            severity,
            field.map_or("", |field| &field.name),
            field.map_or("", |field| &field.title),
            harmless(&finding.cell).as_ref(),
            &told.wrong,
            &told.expected,
            constraint.unwrap_or(code),
        ])?;
    }
    writer.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{check::Layout, schema::CompiledSchema};

    #[test]
    fn says_where_what_and_why() {
        let schema =
            Schema::from_json(r#"{"fields":[{"name":"n","title":"Nombre","type":"integer","constraints":{"required":true}}]}"#)
                .unwrap();
        let mut table = Table::new(vec!["n".into()], 2);
        table.push(["=1+1"]);
        table.push(["2"]);
        let compiled = CompiledSchema::new(&schema);
        let layout = Layout::of(&compiled, &table.labels);
        let checker = Checker::new(compiled, layout, &table);
        let mut written = Vec::new();
        write_findings(Locale::En, &schema, &checker, &table, &mut written).unwrap();
        let written = String::from_utf8(written).unwrap();
        let lines: Vec<&str> = written.lines().collect();
        assert_eq!(lines.len(), 2);
        assert!(lines[1].starts_with("2;Error;n;Nombre;'=1+1;“=1+1” is not"), "{}", lines[1]);
        assert!(lines[1].ends_with(";type-error"));
    }
}
