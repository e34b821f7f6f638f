//! What is taken away, written from the present state.

use std::io::{self, Write};

use super::{Project, journal::Label};
use crate::{
    check::Rule,
    export::{
        Columns, Copies, Fingerprint, Inked, Pack, Packing, Parts, Readme, Repaired, Report, csv_name, datapackage, dictionary,
        fits_workbook, jsonld, write_catalogue, write_csv, write_excel_csv, write_findings, write_workbook,
    },
    i18n::Locale,
    intake::Container,
    protocol::{Export, Reply},
    repair::{Cause, CauseKind, Fix},
    schema::find_bundled,
};

impl Project {
    /// Writes a file to take away. Without a schema there is nothing to conform to, and nothing is written.
    pub fn export(&self, what: Export, name: &str, now: &str, locale: Locale, to: &Parts) -> Reply {
        self.write_file(what, name, now, locale, to).map_or(Reply::Failed, |name| Reply::Exported { name })
    }

    /// Writes a file, and gives its name.
    fn write_file(&self, what: Export, name: &str, now: &str, locale: Locale, mut to: &Parts) -> io::Result<String> {
        let chosen = self.fitted.schema.as_ref().ok_or(io::ErrorKind::InvalidInput)?;
        match what {
            Export::Csv => {
                let table = &self.loaded.table;
                write_csv(&Columns::of(&self.checker, table), table, &mut to)?;
                Ok(name.to_owned())
            }
            Export::Report { complete } => {
                let table = self.write_table(&mut io::sink())?;
                self.report(&table, name, now, locale, complete, |report| to.write_all(report.html().as_bytes()))?;
                Ok(if complete { COMPLETE_REPORT } else { REPORT }.to_owned())
            }
            Export::Findings => {
                write_findings(locale, &chosen.schema, &self.checker, &self.loaded.table, to)?;
                Ok(FINDINGS.to_owned())
            }
            Export::Pack(copies) => {
                let mut pack = Pack::new(to);
                self.pack(name, now, locale, copies, &mut pack)?;
                pack.finish()?;
                Ok(format!("{}.zip", name.trim_end_matches(".csv")))
            }
        }
    }

    /// Writes the files of the pack, the table under this name: `now` is a moment in RFC 3339. The files are told in the note that
    /// comes last, in the order they are written.
    ///
    /// # Errors
    /// [`io::ErrorKind::InvalidInput`] where there is no schema to conform to; those of the writing.
    pub fn pack(&self, name: &str, now: &str, locale: Locale, copies: Copies, to: &mut impl Packing) -> io::Result<()> {
        let chosen = self.fitted.schema.as_ref().ok_or(io::ErrorKind::InvalidInput)?;
        let (schema, url, metadata) = (&chosen.schema, chosen.url.as_deref(), &self.metadata);
        let (day, stem) = (now.get(..10).unwrap_or(now), name.trim_end_matches(".csv"));
        let words = locale.pack();
        let mut files: Vec<(String, String)> = Vec::new();
        let mut told = |name: &str, what: &str| {
            files.push((name.to_owned(), what.to_owned()));
            name.to_owned()
        };
        let columns = Columns::of(&self.checker, &self.loaded.table);
        let width = columns.names().count();
        let table = self.write_table(to.file(&told(name, &locale.fill_n(words.pack_csv, width)))?)?;
        to.file(&told(SCHEMA, words.pack_schema))?.write_all(&pretty(&schema.document))?;
        let package = datapackage(metadata, schema, url, name, &table, now);
        to.file(&told(PACKAGE, words.pack_datapackage))?.write_all(&pretty(&package))?;
        let linked = jsonld(metadata, url, name, &table, now);
        to.file(&told(JSONLD, words.pack_jsonld))?.write_all(&pretty(&linked))?;
        let meanings = dictionary(locale, schema, url, &self.checker, &self.loaded.table);
        to.file(&told(DICTIONARY, words.pack_dictionary))?.write_all(meanings.as_bytes())?;
        self.report(&table, name, now, locale, false, |report| {
            to.file(&told(REPORT, words.pack_report))?.write_all(report.html().as_bytes())?;
            to.file(&told(REPORT_JSON, words.pack_report_json))?.write_all(&pretty(&report.json()))
        })?;
        if copies.excel {
            let copy = to.file(&told(&format!("{stem}-excel.csv"), words.pack_excel))?;
            write_excel_csv(&columns, &self.loaded.table, copy)?;
        }
        let mut cut = 0;
        if copies.workbook && fits_workbook(self.rows(), width) {
            let copy = to.file(&told(&format!("{stem}.xlsx"), words.pack_workbook))?;
            cut = write_workbook(&columns, &self.loaded.table, copy)?;
        }
        if copies.catalogue {
            let theme = chosen.name.as_deref().and_then(find_bundled).map(|entry| entry.theme);
            let line = to.file(&told(CATALOGUE, words.pack_catalogue))?;
            write_catalogue(metadata, name, theme.as_deref(), day, line)?;
        }
        let count = |of: &dyn Fn(&Cause) -> bool| self.causes.iter().filter(|cause| of(cause)).map(|cause| cause.count).sum();
        let readme = Readme {
            locale,
            title: if metadata.title.is_empty() { &schema.title } else { &metadata.title },
            files: &files,
            day,
            errors: count(&|cause| !cause.key.advice),
            formulas: count(&|cause| matches!(cause.key.kind, CauseKind::Rule(Rule::Formula) | CauseKind::Fix(Fix::FormulaSign))),
            cut,
            catalogue: copies.catalogue,
        };
        to.file(README)?.write_all(readme.text().as_bytes())
    }

    /// The name proposed for the table; `now` is a moment in RFC 3339.
    pub fn csv_name(&self, now: &str) -> String {
        csv_name(self.schema().map_or("", |schema| &schema.title), &self.metadata, now)
    }

    /// The labels of the columns that are not published.
    pub fn dropped(&self) -> Vec<String> {
        let labels = &self.loaded.table.labels;
        let unused = self.fitted.mapping.leftovers(labels.len());
        let dropped = unused.into_iter().filter(|column| !self.fitted.mapping.kept.contains(column));
        dropped.filter_map(|column| labels.get(column).cloned()).collect()
    }

    /// Writes the table, and tells what it was written as.
    pub(super) fn write_table(&self, to: &mut dyn Write) -> io::Result<Fingerprint> {
        let mut to = Inked::new(to);
        write_csv(&Columns::of(&self.checker, &self.loaded.table), &self.loaded.table, &mut to)?;
        Ok(to.fingerprint())
    }

    /// Makes the report of the table, for `write` to write.
    fn report(
        &self,
        written: &Fingerprint,
        name: &str,
        now: &str,
        locale: Locale,
        complete: bool,
        write: impl FnOnce(&Report) -> io::Result<()>,
    ) -> io::Result<()> {
        let chosen = self.fitted.schema.as_ref().ok_or(io::ErrorKind::InvalidInput)?;
        let table = &self.loaded.table;
        let repaired: Vec<Repaired> = self
            .repairs()
            .into_iter()
            .map(|repair| Repaired { key: repair.key, count: repair.count, before: repair.before, after: repair.after })
            .collect();
        let edited = self.journal.labels().map(|label| if let Label::Edit(cells) = label { *cells } else { 0 }).sum();
        let report = Report {
            locale,
            schema: &chosen.schema,
            checker: &self.checker,
            table,
            causes: &self.causes,
            repaired: &repaired,
            edited,
            dropped: &self.dropped(),
            metadata: &self.metadata,
            source: &self.source_name(),
            schema_url: chosen.url.as_deref(),
            name,
            fingerprint: written,
            written: true,
            complete,
            date: now.get(..10).unwrap_or(now),
        };
        write(&report)
    }

    fn source_name(&self) -> String {
        match self.loaded.reading.as_ref().map(|reading| &reading.container) {
            Some(Container::Workbook { sheets, sheet, .. }) => {
                let sheet = sheets.get(*sheet).map_or("", |sheet| sheet.name.as_str());
                format!("{} · {sheet}", self.file)
            }
            _ => self.file.clone(),
        }
    }
}

const SCHEMA: &str = "schema.json";
const PACKAGE: &str = "datapackage.json";
const JSONLD: &str = "metadata.jsonld";
const DICTIONARY: &str = "dictionnaire.md";
const REPORT: &str = "rapport-validation.html";
const REPORT_JSON: &str = "rapport-validation.json";
const CATALOGUE: &str = "catalogue-scdl.csv";
const README: &str = "LISEZMOI.txt";
const COMPLETE_REPORT: &str = "rapport-complet.html";
const FINDINGS: &str = "erreurs.csv";

fn pretty(value: &serde_json::Value) -> Vec<u8> {
    let mut text = format!("{value:#}");
    text.push('\n');
    text.into_bytes()
}
