//! What is taken away, written from the present state.

use super::{Outcome, Project, journal::Label};
use crate::{
    export::{Pack, Repaired, Report, bundle, datapackage, write_csv, write_findings},
    i18n::Locale,
    intake::Container,
    protocol::{Export, Reply},
};

impl Project {
    /// Writes a file to take away. Without a schema there is nothing to conform to, and nothing is written.
    pub(super) fn export(&self, what: Export, name: &str, now: &str, locale: Locale) -> Outcome {
        let Some(chosen) = &self.fitted.schema else { return Reply::Failed.into() };
        let layout = self.fitted.mapping.layout();
        let Ok(csv) = write_csv(&chosen.schema, &layout, &self.loaded.table) else { return Reply::Failed.into() };
        let report = |complete| self.report(&csv, name, now, locale, complete);
        let (name, bytes) = match what {
            Export::Csv => (name.to_owned(), csv),
            Export::Report { complete: false } => (REPORT.to_owned(), report(false).into_bytes()),
            Export::Report { complete: true } => (COMPLETE_REPORT.to_owned(), report(true).into_bytes()),
            Export::Findings => {
                let Ok(csv) = write_findings(locale, &chosen.schema, &self.checker, &self.loaded.table) else {
                    return Reply::Failed.into();
                };
                (FINDINGS.to_owned(), csv)
            }
            Export::Pack => {
                let package = datapackage(&self.metadata, &chosen.schema, chosen.url.as_deref(), name, &csv, now);
                let report = report(false);
                let pack = Pack {
                    files: vec![
                        (name.to_owned(), csv),
                        ("schema.json".to_owned(), pretty(&chosen.schema.document)),
                        ("datapackage.json".to_owned(), pretty(&package)),
                        (REPORT.to_owned(), report.into_bytes()),
                    ],
                };
                let Ok(bytes) = bundle(&pack) else { return Reply::Failed.into() };
                (format!("{}.zip", name.trim_end_matches(".csv")), bytes)
            }
        };
        Outcome { replies: vec![Reply::Exported { name }], file: Some(bytes) }
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
        let unused = self.fitted.mapping.leftovers(table.labels.len());
        let dropped = unused.into_iter().filter(|column| !self.fitted.mapping.kept.contains(column));
        let dropped: Vec<String> = dropped.filter_map(|column| table.labels.get(column).cloned()).collect();
        let report = Report {
            locale,
            schema: &chosen.schema,
            checker: &self.checker,
            table,
            causes: &self.causes,
            repaired: &repaired,
            edited,
            dropped: &dropped,
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
