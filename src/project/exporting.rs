//! What is taken away, written from the present state.

use super::{Outcome, Project, journal::Label};
use crate::{
    export::{Pack, Repaired, Report, bundle, csv_name, datapackage, write_csv, write_findings},
    i18n::Locale,
    intake::Container,
    protocol::{Export, Reply},
};

impl Project {
    /// Writes a file to take away. Without a schema there is nothing to conform to, and nothing is written.
    pub(super) fn export(&self, what: Export, name: &str, now: &str, locale: Locale) -> Outcome {
        match self.written_file(what, name, now, locale) {
            Some((name, bytes)) => Outcome { replies: vec![Reply::Exported { name }], file: Some(bytes) },
            None => Reply::Failed.into(),
        }
    }

    fn written_file(&self, what: Export, name: &str, now: &str, locale: Locale) -> Option<(String, Vec<u8>)> {
        let report = |complete| Some(self.report(&self.csv()?, name, now, locale, complete).into_bytes());
        Some(match what {
            Export::Csv => (name.to_owned(), self.csv()?),
            Export::Report { complete: false } => (REPORT.to_owned(), report(false)?),
            Export::Report { complete: true } => (COMPLETE_REPORT.to_owned(), report(true)?),
            Export::Findings => {
                (FINDINGS.to_owned(), write_findings(locale, self.schema()?, &self.checker, &self.loaded.table).ok()?)
            }
            Export::Pack => (format!("{}.zip", name.trim_end_matches(".csv")), bundle(&self.pack(name, now, locale)?).ok()?),
        })
    }

    /// The table as it is published; `None` without a schema.
    fn csv(&self) -> Option<Vec<u8>> {
        write_csv(self.schema()?, &self.fitted.mapping.layout(), &self.loaded.table).ok()
    }

    /// The files of the pack, the table under this name: `now` is a moment in RFC 3339. `None` without a schema.
    pub fn pack(&self, name: &str, now: &str, locale: Locale) -> Option<Pack> {
        let chosen = self.fitted.schema.as_ref()?;
        let csv = self.csv()?;
        let package = datapackage(&self.metadata, &chosen.schema, chosen.url.as_deref(), name, &csv, now);
        let report = self.report(&csv, name, now, locale, false);
        let files = vec![
            (name.to_owned(), csv),
            ("schema.json".to_owned(), pretty(&chosen.schema.document)),
            ("datapackage.json".to_owned(), pretty(&package)),
            (REPORT.to_owned(), report.into_bytes()),
        ];
        Some(Pack { files })
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

    fn report(&self, csv: &[u8], name: &str, now: &str, locale: Locale, complete: bool) -> String {
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
            bytes: csv,
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
