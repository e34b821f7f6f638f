use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{
    check::{Checker, Rule},
    i18n::{Arg, Locale, cause_title, explain, explain_fault},
    metadata::Metadata,
    repair::{Cause, CauseKey, CauseKind},
    schema::{Check, CompiledField, Constraint, Schema, ValueCheck},
    table::Table,
    value::{Kind, TextFormat},
};

use super::Fingerprint;

/// Findings that a complete report shows; the CSV has them all, whatever their number.
const SHOWN: usize = 5_000;

/// A repair that was made, for the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repaired {
    /// Its cause.
    pub key: CauseKey,
    /// Cells changed.
    pub count: u32,
    /// One of them before.
    pub before: String,
    /// The same after; nothing for rows removed.
    pub after: Option<String>,
}

/// Everything the report of a validation tells.
#[derive(Debug)]
pub struct Report<'a> {
    /// The language of the report.
    pub locale: Locale,
    /// The schema.
    pub schema: &'a Schema,
    /// The verdict.
    pub checker: &'a Checker,
    /// The table.
    pub table: &'a Table,
    /// What is left to correct.
    pub causes: &'a [Cause],
    /// What was repaired, in order.
    pub repaired: &'a [Repaired],
    /// Cells changed by hand.
    pub edited: u32,
    /// Columns of the file that are not published.
    pub dropped: &'a [String],
    /// The description of the dataset.
    pub metadata: &'a Metadata,
    /// Where the schema comes from, where that is known.
    pub schema_url: Option<&'a str>,
    /// The source file, and how it was read.
    pub source: &'a str,
    /// The name of the file that was checked.
    pub name: &'a str,
    /// What tells it from any other.
    pub fingerprint: &'a Fingerprint,
    /// Whether this program wrote it.
    pub written: bool,
    /// Whether every finding is shown, or only their causes.
    pub complete: bool,
    /// The day, `2024-12-31`.
    pub date: &'a str,
}

/// The sheet of the report: it stands alone, so it carries its own.
const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#16211e}\
h1,h2{font-family:Georgia,serif;font-weight:400;line-height:1.2}h2{margin-top:2rem;font-size:1.25rem}\
.v{border-left:4px solid #3c6413;background:#ebf3df;padding:.75rem 1rem}.v.bad{border-color:#a3231c;background:#fcebe7}\
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid #d3d8cf;overflow-wrap:anywhere}td:nth-child(2){white-space:nowrap}\
.n{text-align:right}th{font-weight:600}thead th{white-space:nowrap}code{font-family:Consolas,monospace}dt{color:#53605b}dd{margin:0 0 .5rem}.m{color:#53605b}\
@media print{body{margin:0;max-width:none}tr{break-inside:avoid}}";

impl Report<'_> {
    /// Writes the report as one HTML document, readable and printable without anything else.
    pub fn html(&self) -> String {
        let words = self.locale.words();
        let mut out = format!(
            "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{}</title><style>{STYLE}</style></head><body><main>\n",
            self.locale.code(),
            escape(words.report_title),
        );
        out.push_str(&format!(
            "<p class=\"m\">{} · {}</p>\n<h1>{}</h1>\n",
            escape(words.report_title),
            escape(&self.locale.day(self.date)),
            escape(self.title())
        ));
        out.push_str(&self.verdict());
        out.push_str(&self.file());
        out.push_str(&self.repairs());
        out.push_str(&self.checks());
        out.push_str(&self.left());
        out.push_str(&self.not_checked());
        if self.complete {
            out.push_str(&self.findings());
        }
        out.push_str(&format!(
            "<p class=\"m\">{} Atelier {}.</p>\n</main></body></html>\n",
            escape(words.report_made),
            env!("CARGO_PKG_VERSION")
        ));
        out
    }

    /// Writes the report for machines: what was checked, with what, and the counts by cause. It holds no value of the data.
    pub fn json(&self) -> Value {
        let name = |field: Option<usize>| field.map(|at| self.checker.name(self.table, at));
        let checks = &self.checker.schema.checks;
        let told = |key: CauseKey, count: u32| {
            let cause = match key.kind {
                CauseKind::Rule(rule) => {
                    let (code, constraint) = rule.code(checks);
                    json!(constraint.unwrap_or(code))
                }
                CauseKind::Fix(fix) => json!(fix),
            };
            json!({ "cause": cause, "field": name(key.field), "count": count })
        };
        let left = |advice: bool| -> Vec<Value> {
            self.causes.iter().filter(|cause| cause.key.advice == advice).map(|cause| told(cause.key, cause.count)).collect()
        };
        let count = |advice: bool| self.causes.iter().filter(|c| c.key.advice == advice).map(|c| c.count).sum::<u32>();
        let unverified = self.checker.schema.faults.iter().map(|fault| explain_fault(self.locale, fault));
        json!({
            "tool": { "name": "Atelier", "version": env!("CARGO_PKG_VERSION") },
            "date": self.date,
            "schema": { "name": self.schema.name, "title": self.schema.title, "version": self.schema.version, "url": self.schema_url },
            "file": {
                "name": self.name,
                "bytes": self.fingerprint.bytes,
                "sha256": self.fingerprint.sha256,
                "rows": self.table.len(),
                "source": self.source,
            },
            "valid": count(false) == 0,
            "errors": count(false),
            "errorsLeft": left(false),
            "warnings": count(true),
            "warningsAccepted": left(true),
            "repaired": self.repaired.iter().map(|repair| told(repair.key, repair.count)).collect::<Vec<_>>(),
            "edited": self.edited,
            "columnsDropped": self.dropped,
            "notChecked": unverified.collect::<Vec<_>>(),
        })
    }

    fn title(&self) -> &str {
        if self.metadata.title.is_empty() { &self.schema.title } else { &self.metadata.title }
    }

    fn schema_name(&self) -> String {
        match &self.schema.version {
            Some(version) => format!("{} {}", self.schema.title, version),
            None => self.schema.title.clone(),
        }
    }

    fn fill(&self, template: &str, n: usize) -> String {
        self.locale.fill(template, &[("n", Arg::Count(n as u64)), ("schema", Arg::Text(&self.schema_name()))])
    }

    fn verdict(&self) -> String {
        let words = self.locale.words();
        let errors: u32 = self.causes.iter().filter(|c| !c.key.advice).map(|c| c.count).sum();
        let rows = self.locale.fill(
            words.report_checked,
            &[("rows", Arg::Count(self.table.len() as u64)), ("n", Arg::Count(self.schema.fields.len() as u64))],
        );
        let (class, said) = match errors {
            0 => ("v", self.fill(words.report_valid, 0)),
            n => ("v bad", self.fill(words.report_invalid, n as usize)),
        };
        format!("<div class=\"{class}\"><strong>{}</strong><br>{}</div>\n", escape(&said), escape(&rows))
    }

    fn file(&self) -> String {
        let words = self.locale.words();
        let schema = match self.schema_url {
            Some(url) => format!("{} · {}", escape(&self.schema_name()), code(url)),
            None => escape(&self.schema_name()),
        };
        let mut facts = vec![
            (words.report_name, code(self.name)),
            (words.report_schema, schema),
            (if self.written { words.report_source } else { words.report_read }, escape(self.source)),
        ];
        if self.written {
            facts.push((words.report_writing, escape(words.report_writing_csv)));
        }
        facts.push((words.report_digest, code(&format!("sha256 {}", self.fingerprint.sha256))));
        if !self.dropped.is_empty() {
            facts.push((words.report_dropped, escape(&self.dropped.join(", "))));
        }
        let list: String = facts.into_iter().map(|(name, value)| format!("<dt>{}</dt><dd>{value}</dd>", escape(name))).collect();
        format!("<h2>{}</h2>\n<dl>{list}</dl>\n", escape(words.report_file))
    }

    /// What was checked, how far, and how many errors each rule found.
    fn checks(&self) -> String {
        let words = self.locale.words();
        let mut found: BTreeMap<Rule, u64> = BTreeMap::new();
        self.checker.findings(self.table).for_each(|finding| *found.entry(finding.rule).or_default() += 1);
        let errors = |of: &dyn Fn(Rule) -> bool| found.iter().filter(|(rule, _)| of(**rule)).map(|(_, n)| *n).sum::<u64>();
        let rows = self.table.len();
        let fields = &self.checker.schema.fields;
        let columns = &self.checker.layout.columns;
        let present = |of: &dyn Fn(&CompiledField) -> bool| {
            fields.iter().zip(columns).filter(|(field, column)| column.is_some() && of(field)).count()
        };
        let cells = |fields: usize| self.locale.fill_n(words.report_cells, fields * rows);
        let lines = self.locale.fill_n(words.report_rows, rows);
        let mut list = vec![(
            words.check_structure.to_owned(),
            lines.clone(),
            errors(&|rule| rule.is_of_header() || matches!(rule, Rule::BlankRow | Rule::ExtraCell | Rule::MissingCell)),
        )];
        let required = fields.iter().filter(|field| field.required).count();
        if required > 0 {
            let label = self.locale.fill_n(words.check_required, required);
            list.push((label, cells(present(&|field| field.required)), errors(&|rule| rule == Rule::Required)));
        }
        let typed = present(&|field| !matches!(field.kind, Kind::Any | Kind::Unread(_) | Kind::Text(TextFormat::Any)));
        if typed > 0 {
            list.push((words.check_types.to_owned(), cells(typed), errors(&|rule| rule == Rule::Type)));
        }
        let bound = present(&|field| !field.constraints.is_empty() || field.item.is_some());
        if bound > 0 {
            list.push((words.check_constraints.to_owned(), cells(bound), errors(&Rule::is_constraint)));
        }
        for (label, of) in [
            (words.check_siret, (|c| matches!(c, ValueCheck::Siret)) as fn(ValueCheck) -> bool),
            (words.check_siren, |c| matches!(c, ValueCheck::Siren)),
            (words.check_actes, |c| matches!(c, ValueCheck::ActesSubject)),
            (words.check_years, |c| matches!(c, ValueCheck::YearInterval { .. })),
            (words.check_hours, |c| matches!(c, ValueCheck::OpeningHours)),
            (words.check_phone, |c| matches!(c, ValueCheck::Phone)),
            (words.check_point, |c| matches!(c, ValueCheck::PointInFrance)),
            (words.check_place, |c| matches!(c, ValueCheck::Place(_))),
        ] {
            let checked = present(&|field| field.checks.iter().any(|check| of(*check)));
            if checked > 0 {
                list.push((label.to_owned(), cells(checked), errors(&|rule| matches!(rule, Rule::Value(c) if of(c)))));
            }
        }
        let schema = &self.checker.schema;
        if fields.iter().any(|f| f.unique) || !schema.primary_key.is_empty() || !schema.self_references.is_empty() {
            let keys = |rule| matches!(rule, Rule::Unique | Rule::PrimaryKey | Rule::UniqueKey(_) | Rule::SelfReference(_));
            list.push((words.check_keys.to_owned(), lines.clone(), errors(&keys)));
        }
        for (at, check) in schema.checks.iter().enumerate().filter(|(_, check)| !matches!(check, Check::Value { .. })) {
            let rule = Rule::Across(at as u16);
            let told = explain(self.locale, rule, self.schema, &schema.checks, None, "");
            // Where what is expected does not name the columns, what is wrong does.
            let named = matches!(check, Check::Compare { .. } | Check::Sum { .. });
            let label = if named { told.expected } else { check_label(self.locale, self.schema, check) };
            list.push((label, lines.clone(), errors(&|found| found == rule)));
        }
        let rows: String = list
            .into_iter()
            .map(|(label, scope, errors)| {
                format!(
                    "<tr><th scope=\"row\">{}</th><td>{}</td><td class=\"n\">{}</td></tr>\n",
                    escape(&label),
                    escape(&scope),
                    self.locale.count(errors)
                )
            })
            .collect();
        self.table(words.report_checks, [words.report_rule, words.report_scope, words.report_errors], &rows)
    }

    /// Every finding, in the order of the table.
    fn findings(&self) -> String {
        let words = self.locale.words();
        let all = self.checker.findings(self.table).count();
        if all == 0 {
            return String::new();
        }
        let mut rows = String::new();
        for finding in self.checker.findings(self.table).take(SHOWN) {
            let field = finding.field.and_then(|at| self.schema.fields.get(at));
            let told = explain(self.locale, finding.rule, self.schema, &self.checker.schema.checks, finding.field, &finding.cell);
            let line = finding.row.and_then(|row| self.table.line(row)).map(|line| line.to_string()).unwrap_or_default();
            rows.push_str(&format!(
                "<tr><td class=\"n\">{line}</td><td>{}</td><td>{} {}</td></tr>\n",
                code(field.map_or("", |field| &field.name)),
                escape(&told.wrong),
                escape(&told.expected),
            ));
        }
        let mut out = self.table(words.report_all, [words.report_line, words.report_field, words.report_why], &rows);
        if all > SHOWN {
            let args = [("shown", Arg::Count(SHOWN as u64)), ("n", Arg::Count(all as u64))];
            out.push_str(&format!("<p><strong>{}</strong></p>\n", escape(&self.locale.fill(words.report_all_more, &args))));
        }
        out.push_str(&format!("<p class=\"m\">{}</p>\n", escape(words.report_private)));
        out
    }

    fn repairs(&self) -> String {
        let words = self.locale.words();
        if self.repaired.is_empty() && self.edited == 0 {
            return String::new();
        }
        let mut rows = String::new();
        for repair in self.repaired {
            let cause =
                Cause { key: repair.key, count: repair.count, before: repair.before.clone(), after: None, question: None };
            let example = match &repair.after {
                Some(after) if self.may_quote(repair.key) => format!("{} → {}", code(&repair.before), code(after)),
                _ => String::new(),
            };
            rows.push_str(&self.row(&cause, &example));
        }
        if self.edited > 0 {
            rows.push_str(&format!(
                "<tr><th scope=\"row\">{}</th><td></td><td></td></tr>\n",
                escape(&self.fill(words.report_edited, self.edited as usize))
            ));
        }
        self.table(words.report_repairs, [words.report_cause, words.report_field, words.report_example], &rows)
    }

    fn left(&self) -> String {
        let words = self.locale.words();
        let quoted = |cause: &Cause| if self.may_quote(cause.key) { code(&cause.before) } else { String::new() };
        let rows: String = self.causes.iter().map(|cause| self.row(cause, &quoted(cause))).collect();
        if rows.is_empty() {
            return String::new();
        }
        self.table(words.report_left, [words.report_cause, words.report_field, words.report_example], &rows)
    }

    /// Whether a value may be quoted: free text may speak of people, and the report goes to others.
    fn may_quote(&self, key: CauseKey) -> bool {
        if matches!(key.kind, CauseKind::Rule(rule) if rule.is_of_header()) {
            return false;
        }
        let field = key.field.and_then(|at| self.checker.schema.fields.get(at));
        let bound = |field: &CompiledField| {
            let limited = |c: &Constraint| matches!(c, Constraint::Pattern(_) | Constraint::Enum(_));
            !field.checks.is_empty() || field.constraints.iter().any(limited)
        };
        field.is_some_and(|field| !matches!(field.kind, Kind::Text(_) | Kind::Any | Kind::Unread(_)) || bound(field))
    }

    fn not_checked(&self) -> String {
        let faults = &self.checker.schema.faults;
        if faults.is_empty() {
            return String::new();
        }
        let list: String =
            faults.iter().map(|fault| format!("<li>{}</li>", escape(&explain_fault(self.locale, fault)))).collect();
        format!("<h2>{}</h2>\n<ul>{list}</ul>\n", escape(self.locale.words().report_not_checked))
    }

    fn row(&self, cause: &Cause, example: &str) -> String {
        let title = cause_title(self.locale, cause, self.schema, &self.checker.schema.checks);
        let field = cause.key.field.map_or("", |at| self.checker.name(self.table, at));
        format!("<tr><th scope=\"row\">{}</th><td>{}</td><td>{example}</td></tr>\n", escape(&title), code(field))
    }

    fn table(&self, title: &str, heads: [&str; 3], rows: &str) -> String {
        let count = self.locale.words().report_errors;
        let class = |head: &str| if head == count { " class=\"n\"" } else { "" };
        let heads: String = heads.iter().map(|head| format!("<th scope=\"col\"{}>{}</th>", class(head), escape(head))).collect();
        format!("<h2>{}</h2>\n<table><thead><tr>{heads}</tr></thead><tbody>\n{rows}</tbody></table>\n", escape(title))
    }
}

/// What a check across columns asks, with their titles.
fn check_label(locale: Locale, schema: &Schema, check: &Check) -> String {
    let words = locale.words();
    let template = if matches!(check, Check::OneOf { .. }) { words.check_one_of } else { words.check_cohesive };
    let title = |name: &str| schema.fields.iter().find(|f| f.name == name).map_or(name, |f| &f.title).to_owned();
    let titles = check.names().into_iter().map(title).collect::<Vec<_>>().join(", ");
    locale.fill(template, &[("field", Arg::Text(&titles))])
}

fn code(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("<code>{}</code>", escape(text)) }
}

/// Text from files and schemas is text, never markup.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
