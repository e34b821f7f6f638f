//! What is taken away, written from the present state.

use std::io::{self, Write};

use super::{Project, journal::Label};
use crate::{
    export::{Fingerprint, Inked, Pack, Packing, Parts, Repaired, Report, csv_name, datapackage, write_csv, write_findings},
    i18n::Locale,
    intake::Container,
    protocol::{Export, Reply},
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
                self.write_table(to)?;
                Ok(name.to_owned())
            }
            Export::Report { complete } => {
                let table = self.write_table(io::sink())?;
                to.write_all(self.report(&table, name, now, locale, complete).as_bytes())?;
                Ok(if complete { COMPLETE_REPORT } else { REPORT }.to_owned())
            }
            Export::Findings => {
                write_findings(locale, &chosen.schema, &self.checker, &self.loaded.table, to)?;
                Ok(FINDINGS.to_owned())
            }
            Export::Pack => {
                let mut pack = Pack::new(to);
                self.pack(name, now, locale, &mut pack)?;
                pack.finish()?;
                Ok(format!("{}.zip", name.trim_end_matches(".csv")))
            }
        }
    }

    /// Writes the files of the pack, the table under this name: `now` is a moment in RFC 3339.
    ///
    /// # Errors
    /// [`io::ErrorKind::InvalidInput`] where there is no schema to conform to; those of the writing.
    pub fn pack(&self, name: &str, now: &str, locale: Locale, to: &mut impl Packing) -> io::Result<()> {
        let chosen = self.fitted.schema.as_ref().ok_or(io::ErrorKind::InvalidInput)?;
        let table = self.write_table(to.file(name)?)?;
        let package = datapackage(&self.metadata, &chosen.schema, chosen.url.as_deref(), name, &table, now);
        to.file("schema.json")?.write_all(&pretty(&chosen.schema.document))?;
        to.file("datapackage.json")?.write_all(&pretty(&package))?;
        to.file(REPORT)?.write_all(self.report(&table, name, now, locale, false).as_bytes())
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
    pub(super) fn write_table(&self, to: impl Write) -> io::Result<Fingerprint> {
        let chosen = self.fitted.schema.as_ref().ok_or(io::ErrorKind::InvalidInput)?;
        let mut to = Inked::new(to);
        write_csv(&chosen.schema, &self.fitted.mapping.layout(), &self.loaded.table, &mut to)?;
        Ok(to.fingerprint())
    }

    fn report(&self, written: &Fingerprint, name: &str, now: &str, locale: Locale, complete: bool) -> String {
        let Some(chosen) = &self.fitted.schema else { return String::new() };
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
        report.html()
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

const REPORT: &str = "rapport-validation.html";
const COMPLETE_REPORT: &str = "rapport-complet.html";
const FINDINGS: &str = "erreurs.csv";

fn pretty(value: &serde_json::Value) -> Vec<u8> {
    let mut text = format!("{value:#}");
    text.push('\n');
    text.into_bytes()
}
