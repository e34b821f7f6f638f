use std::{ffi::OsString, io::Write, path::Path};

use serde_json::{Value, json};

use super::{
    CliError,
    moment::moment,
    schema::{Found, load},
    summary::summary,
};
use crate::{
    check::{Checker, Finding, Layout, Severity},
    export::{Fingerprint, Report, write_findings},
    i18n::{self, Arg, Locale, explain, explain_fault},
    intake::{self, Choices, Container, Opened, Reading},
    metadata::Metadata,
    repair::{Cause, Diagnosis},
    schema::{CompiledSchema, Schema},
    table::Table,
};

/// What `atelier check` was asked.
struct Request {
    file: String,
    schema: String,
    sheet: Option<usize>,
    format: Format,
}

/// How the verdict is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    /// A line a finding.
    Text,
    /// A line a cause.
    Summary,
    /// Everything, for programs.
    Json,
    /// The report that prints.
    Html,
    /// Every finding, for a spreadsheet.
    Csv,
}

/// Checks one file; `true` where it is valid.
///
/// # Errors
/// Where the arguments are wrong, or the file or the schema cannot be read. With `--format json`, a
/// JSON answer that says so is printed as well.
pub fn run(arguments: &[OsString]) -> Result<bool, CliError> {
    let request = Request::parse(arguments)?;
    let outcome = request.check();
    match &outcome {
        Ok(answer) => answer.print(request.format),
        Err(error) if request.format == Format::Json => {
            let finding = json!({ "row": null, "field": null, "code": error.code(), "constraint": null, "cell": null, "message": error.to_string() });
            print(&json!({ "valid": false, "rows": 0, "reading": null, "errors": [finding], "warnings": [] }).to_string());
        }
        Err(_) => {}
    }
    outcome.map(|answer| answer.is_valid())
}

impl Request {
    fn parse(arguments: &[OsString]) -> Result<Request, CliError> {
        let mut rest = arguments.iter().map(|a| a.to_str().map(str::to_owned).ok_or(CliError::Usage));
        let mut request = Request { file: String::new(), schema: String::new(), sheet: None, format: Format::Text };
        while let Some(argument) = rest.next().transpose()? {
            let mut value = || rest.next().transpose()?.ok_or(CliError::Usage);
            match argument.as_str() {
                "--schema" => request.schema = value()?,
                "--sheet" => request.sheet = Some(value()?.parse().ok().filter(|n| *n > 0).ok_or(CliError::Usage)?),
                "--format" => {
                    request.format = match value()?.as_str() {
                        "text" => Format::Text,
                        "summary" => Format::Summary,
                        "json" => Format::Json,
                        "html" => Format::Html,
                        "csv" => Format::Csv,
                        _ => return Err(CliError::Usage),
                    }
                }
                option if option.starts_with("--") => return Err(CliError::Usage),
                file if request.file.is_empty() => request.file = file.to_owned(),
                _ => return Err(CliError::Usage),
            }
        }
        if request.file.is_empty() || request.schema.is_empty() { Err(CliError::Usage) } else { Ok(request) }
    }

    fn no_file(&self, error: &std::io::Error) -> CliError {
        CliError::NoFile { path: self.file.clone(), why: error.kind() }
    }

    fn check(&self) -> Result<Answer, CliError> {
        let Found { schema, url, .. } = load(&self.schema)?;
        let refused = |error| CliError::Intake { path: self.file.clone(), error };
        // A report tells which file it speaks of, by its fingerprint.
        let kept =
            if self.format == Format::Html { std::fs::read(&self.file).map_err(|e| self.no_file(&e))? } else { Vec::new() };
        let choices = Choices { sheet: self.sheet.map(|n| n - 1), ..Choices::default() };
        let file = std::fs::File::open(&self.file).map_err(|e| self.no_file(&e))?;
        let read = intake::read_from(&self.file, file, &choices).map_err(|e| self.no_file(&e))?;
        let Opened { table, reading, .. } = read.map_err(refused)?;
        if let (Some(asked), Container::Workbook { sheets, .. }) = (self.sheet, &reading.container)
            && asked > sheets.len()
        {
            return Err(CliError::NoSheet(asked));
        }
        let compiled = CompiledSchema::new(&schema);
        let layout = Layout::of(&compiled, &table.labels);
        let checker = Checker::new(compiled, layout, &table);
        let name =
            Path::new(&self.file).file_name().map_or_else(|| self.file.clone(), |name| name.to_string_lossy().into_owned());
        Ok(Answer { name, bytes: kept, schema, url, table, reading, checker })
    }
}

/// The verdict on one file.
struct Answer {
    name: String,
    bytes: Vec<u8>,
    schema: Schema,
    url: Option<String>,
    table: Table,
    reading: Reading,
    checker: Checker,
}

impl Answer {
    fn errors(&self) -> impl Iterator<Item = Finding> + '_ {
        self.checker.findings(&self.table).filter(|finding| finding.rule.severity() == Severity::Error)
    }

    fn is_valid(&self) -> bool {
        self.errors().next().is_none()
    }

    fn print(&self, format: Format) {
        match format {
            Format::Text => print(&self.text()),
            Format::Summary => print(&self.summary()),
            Format::Json => print(&self.json().to_string()),
            Format::Html => print(&self.html()),
            Format::Csv => {
                let mut csv = Vec::new();
                match write_findings(Locale::default(), &self.schema, &self.checker, &self.table, &mut csv) {
                    Ok(()) => print(&String::from_utf8_lossy(&csv)),
                    Err(error) => eprintln!("{error}"),
                }
            }
        }
    }

    fn causes(&self) -> Vec<Cause> {
        let mut diagnosis = Diagnosis::default();
        diagnosis.update(&self.checker, &self.table);
        diagnosis.causes(&self.checker, &self.table)
    }

    /// A line a cause: what an agent would call it, its field, one of its values.
    fn summary(&self) -> String {
        let locale = Locale::default();
        let words = locale.words();
        let causes = self.causes();
        let mut out: String = summary(locale, &causes, &self.schema).iter().map(|line| format!("{line}\n")).collect();
        let count: u32 = causes.iter().filter(|cause| !cause.key.advice).map(|cause| cause.count).sum();
        let faults = self.checker.schema.faults.iter().map(|fault| format!("! {}\n", explain_fault(locale, fault)));
        out.extend(faults);
        out.push_str(&match count {
            0 => locale.fill_n(words.cli_valid, self.table.len()),
            n => locale.fill_n(words.cli_to_correct, n as usize),
        });
        out
    }

    fn html(&self) -> String {
        let notices = self.reading.notices.iter().map(|notice| i18n::notice(Locale::default(), notice));
        let source = std::iter::once(self.name.clone()).chain(notices).collect::<Vec<_>>().join(" · ");
        let date = moment().format("%Y-%m-%d").to_string();
        let report = Report {
            locale: Locale::default(),
            schema: &self.schema,
            schema_url: self.url.as_deref(),
            checker: &self.checker,
            table: &self.table,
            causes: &self.causes(),
            repaired: &[],
            edited: 0,
            dropped: &[],
            metadata: &Metadata { title: self.name.clone(), ..Metadata::default() },
            source: &source,
            name: &self.name,
            fingerprint: &Fingerprint::of(&self.bytes),
            written: false,
            complete: true,
            date: &date,
        };
        report.html()
    }

    fn message(&self, finding: &Finding) -> String {
        let told =
            explain(Locale::default(), finding.rule, &self.schema, &self.checker.schema.checks, finding.field, &finding.cell);
        format!("{} {}", told.wrong, told.expected).trim().to_owned()
    }

    fn line(&self, finding: &Finding) -> Option<u32> {
        finding.row.and_then(|row| self.table.line(row))
    }

    fn field_name(&self, finding: &Finding) -> Option<&str> {
        self.schema.fields.get(finding.field?).map(|field| field.name.as_str())
    }

    fn report(&self, finding: &Finding) -> Value {
        let (code, constraint) = finding.rule.code(&self.checker.schema.checks);
        json!({
            "row": self.line(finding), "field": self.field_name(finding), "code": code, "constraint": constraint,
            "cell": finding.cell, "message": self.message(finding),
        })
    }

    fn json(&self) -> Value {
        let errors: Vec<Value> = self.errors().map(|finding| self.report(&finding)).collect();
        let mut warnings: Vec<Value> = self
            .checker
            .findings(&self.table)
            .filter(|f| f.rule.severity() == Severity::Advice)
            .map(|f| self.report(&f))
            .collect();
        for (code, field, message) in self.notes() {
            warnings
                .push(json!({ "row": null, "field": field, "code": code, "constraint": null, "cell": null, "message": message }));
        }
        json!({ "valid": errors.is_empty(), "rows": self.table.len(), "reading": self.reading, "errors": errors, "warnings": warnings })
    }

    /// What is no error and must not go unsaid: optional columns absent, columns unknown, checks not carried out.
    fn notes(&self) -> Vec<(&'static str, Option<String>, String)> {
        let locale = Locale::default();
        let words = locale.words();
        let say = |template, name: &str| locale.fill(template, &[("field", Arg::Text(name))]);
        let layout = &self.checker.layout;
        let mut notes = Vec::new();
        for (field, column) in self.checker.schema.fields.iter().zip(&layout.columns) {
            if column.is_none() && !field.required {
                notes.push(("missing-optional-column", Some(field.name.clone()), say(words.cli_missing_optional, &field.name)));
            }
        }
        for label in layout.extras.iter().filter_map(|column| self.table.labels.get(*column)) {
            notes.push(("extra-column", Some(label.clone()), say(words.cli_extra_column, label)));
        }
        notes.extend(self.checker.schema.faults.iter().map(|fault| ("not-checked", None, explain_fault(locale, fault))));
        notes
    }

    fn text(&self) -> String {
        let locale = Locale::default();
        let words = locale.words();
        let mut out = String::new();
        let mut count = 0;
        for finding in self.errors() {
            let place = match self.line(&finding) {
                Some(line) => locale.fill(words.cli_line, &[("line", Arg::Text(&line.to_string()))]),
                None => words.cli_header.to_owned(),
            };
            let field = self.field_name(&finding).map(|name| format!(", {name}")).unwrap_or_default();
            out.push_str(&format!("✗ {place}{field} : {}\n", self.message(&finding)));
            count += 1;
        }
        for (_, _, message) in self.notes() {
            out.push_str(&format!("! {message}\n"));
        }
        let last =
            if count == 0 { locale.fill_n(words.cli_valid, self.table.len()) } else { locale.fill_n(words.cli_invalid, count) };
        out.push_str(&last);
        out
    }
}

/// Prints a text; a reader that stops reading (`| head`) is no error.
fn print(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}
