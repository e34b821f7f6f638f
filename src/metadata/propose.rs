use chrono::Datelike;

use super::Metadata;
use crate::{
    check::{Checker, is_siren},
    schema::{Schema, ValueCheck},
    table::Table,
    text,
    value::{Kind, Value},
};

/// Fills a description from the data: the period from the dates that every row must have, the
/// publisher from the column that names it and from its SIRET, where the same value stands everywhere.
pub fn propose(schema: &Schema, checker: &Checker, table: &Table) -> Metadata {
    let organisation = publisher(schema, checker, table).unwrap_or_default();
    let siren = siren(checker, table).unwrap_or_default();
    let (start, end) = period(checker, table).unwrap_or_default();
    let mut title = schema.title.clone();
    if !organisation.is_empty() {
        title = format!("{title} – {organisation}");
    }
    let years = [&start, &end].map(|day| day.get(..4).unwrap_or_default().to_owned());
    match &years {
        [from, to] if from.is_empty() || to.is_empty() => {}
        [from, to] if from == to => title = format!("{title}, {from}"),
        [from, to] => title = format!("{title}, {from}-{to}"),
    }
    let territory = place(&organisation).to_owned();
    Metadata { title, description: String::new(), organisation, siren, start, end, territory, ..Metadata::default() }
}

/// The name of a place in the name of a body: `Commune de Saint-Fictif` governs Saint-Fictif.
fn place(organisation: &str) -> &str {
    const BODIES: [&str; 12] = [
        "commune de ",
        "commune d’",
        "commune d'",
        "ville de ",
        "ville d’",
        "ville d'",
        "mairie de ",
        "mairie d’",
        "mairie d'",
        "département de ",
        "région ",
        "métropole de ",
    ];
    let lower = organisation.to_lowercase();
    let body = BODIES.iter().find(|body| lower.starts_with(*body));
    body.and_then(|body| organisation.get(body.len()..)).unwrap_or(organisation)
}

/// The most frequent value of a field, where nine rows out of ten hold it.
fn constant(checker: &Checker, table: &Table, field: usize) -> Option<String> {
    let column = checker.layout.columns.get(field).copied().flatten()?;
    let value = |text: &str| text::trim(text).to_owned();
    most(table, column, value).filter(|value| !value.is_empty())
}

/// What nine rows of a column out of ten say, once each of its values is told shortly. It is what the most frequent
/// value says, or nothing.
fn most(table: &Table, column: usize, shortly: impl Fn(&str) -> String) -> Option<String> {
    let (_, frequent, _) = table.tally(column).max_by_key(|(_, _, count)| *count)?;
    let said = shortly(frequent);
    let others = table.len() / 10;
    let mut different = 0;
    for (_, value, count) in table.tally(column) {
        if value != frequent && shortly(value) != said {
            different += count as usize;
        }
        if different > others {
            return None;
        }
    }
    Some(said)
}

/// The first text field whose name speaks of the body that publishes, and that holds one value.
fn publisher(schema: &Schema, checker: &Checker, table: &Table) -> Option<String> {
    let speaks = |name: &str| {
        let words = text::words(name);
        let of_body =
            words.iter().any(|w| matches!(w.as_str(), "coll" | "collectivite" | "attribuant" | "commune" | "amenageur" | "expt"));
        of_body && words.iter().any(|w| matches!(w.as_str(), "nom" | "nomattribuant"))
    };
    let named = schema.fields.iter().enumerate().filter(|(_, field)| field.type_name == "string" && speaks(&field.name));
    named.filter_map(|(at, _)| constant(checker, table, at)).next()
}

/// The SIREN of the first establishment number that holds one value.
fn siren(checker: &Checker, table: &Table) -> Option<String> {
    let fields = checker.schema.fields.iter().enumerate();
    let company = fields.filter(|(_, f)| f.checks.iter().any(|c| matches!(c, ValueCheck::Siret | ValueCheck::Siren)));
    company.filter_map(|(at, _)| constant_siren(checker, table, at)).next()
}

/// Spaces and dots do not tell two numbers apart.
fn constant_siren(checker: &Checker, table: &Table, field: usize) -> Option<String> {
    let column = checker.layout.columns.get(field).copied().flatten()?;
    let siren = most(table, column, |value| value.chars().filter(char::is_ascii_digit).take(9).collect())?;
    is_siren(&siren).then_some(siren)
}

/// The first and the last day of the first required date, or year.
fn period(checker: &Checker, table: &Table) -> Option<(String, String)> {
    let timed = |kind: &Kind| matches!(kind, Kind::Date(_) | Kind::DateTime(_) | Kind::Year);
    let fields = checker.schema.fields.iter().enumerate().filter(|(_, f)| timed(&f.kind));
    let (required, others): (Vec<_>, Vec<_>) = fields.partition(|(_, f)| f.required);
    for (at, field) in required.into_iter().chain(others) {
        let column = checker.layout.columns.get(at).copied().flatten();
        let Some(column) = column else { continue };
        let has_value = |code| checker.verdicts(at).and_then(|v| v.get(code)).is_some_and(|v| v.has_value);
        let good = table.tally(column).filter(|(code, ..)| has_value(*code));
        let days = good.filter_map(|(_, value, _)| span(&field.kind.parse(value)?));
        let found = days.fold(None, |all: Option<(String, String)>, (from, to)| match all {
            None => Some((from, to)),
            Some((start, end)) => Some((start.min(from), end.max(to))),
        });
        if found.is_some() {
            return found;
        }
    }
    None
}

fn span(value: &Value) -> Option<(String, String)> {
    let day = |date: chrono::NaiveDate| date.format("%Y-%m-%d").to_string();
    match value {
        Value::Date(date) => Some((day(*date), day(*date))),
        Value::DateTime(moment) => Some((day(moment.date()), day(moment.date()))),
        Value::Number(year) => {
            let crate::value::Decimal::Finite { mantissa, exponent } = year else { return None };
            let year = mantissa.checked_mul(10_i128.checked_pow(u32::try_from(*exponent).ok()?)?)?;
            let first = chrono::NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, 1, 1)?;
            Some((day(first), format!("{:04}-12-31", first.year())))
        }
        _ => None,
    }
}
