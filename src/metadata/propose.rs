use chrono::NaiveDate;

use super::{
    Granularity, Metadata,
    description::{description, subject},
    tag,
    territory::zones,
};
use crate::{
    check::{Checker, is_siren, is_siret},
    schema::{Schema, ValueCheck},
    table::Table,
    text,
    value::{Kind, Value},
};

/// Fills a description from the data: the period from the dates that every row must have, the publisher from the column that
/// names it and from its SIRET, where the same value stands everywhere, the territory from the codes of communes or from
/// the publisher, the rest from the schema. `name` is the schema's in the national catalogue, `url` its address.
pub fn propose(schema: &Schema, name: Option<&str>, url: Option<&str>, checker: &Checker, table: &Table) -> Metadata {
    let organisation = publisher(schema, checker, table).unwrap_or_default();
    let (siren, siret) = company(checker, table).unwrap_or_default();
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
    let zones = zones(schema, checker, table, &siren);
    let named = zones.iter().map(|zone| zone.name()).collect::<Option<Vec<_>>>().filter(|names| !names.is_empty());
    let place = place(&organisation);
    let territory = if place.is_empty() { named.map(|names| names.join(", ")).unwrap_or_default() } else { place.to_owned() };
    let granularity = granularity(checker).or_else(|| zones.first().and_then(Granularity::of_zone));
    let mut metadata = Metadata {
        title,
        tags: keywords(schema, name, place),
        organisation,
        siren,
        siret,
        start,
        end,
        territory,
        zones,
        granularity,
        ..Metadata::default()
    };
    metadata.description = description(&metadata, schema, url);
    metadata.summary = subject(&metadata, schema);
    metadata
}

/// The subject, the standard and the place, as key words.
fn keywords(schema: &Schema, name: Option<&str>, place: &str) -> Vec<String> {
    let standard = name.and_then(|name| name.split_once('/')).map(|(standard, _)| standard).filter(|name| *name == "scdl");
    let mut tags = Vec::new();
    for found in [Some(schema.title.as_str()), standard, Some(place)].into_iter().flatten().filter_map(tag) {
        if !tags.contains(&found) {
            tags.push(found);
        }
    }
    tags
}

/// The level of detail that the columns show: a point on the map, or nothing that can be told.
fn granularity(checker: &Checker) -> Option<Granularity> {
    let served = checker.schema.fields.iter().zip(&checker.layout.columns).filter(|(_, column)| column.is_some());
    let located = |name: &str| {
        let words = text::words(name);
        let known = ["latitude", "lat", "xlong", "ylat", "lambert"];
        words.iter().any(|word| known.contains(&word.as_str()))
    };
    let mut points =
        served.filter(|(field, _)| matches!(field.kind, Kind::GeoPoint(_) | Kind::GeoJson(_)) || located(&field.name));
    points.next().map(|_| Granularity::Point)
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

/// The SIREN of the first establishment number that holds one value, with the whole number where it is one.
fn company(checker: &Checker, table: &Table) -> Option<(String, String)> {
    let fields = checker.schema.fields.iter().enumerate();
    let company = fields.filter(|(_, f)| f.checks.iter().any(|c| matches!(c, ValueCheck::Siret | ValueCheck::Siren)));
    company.filter_map(|(at, _)| constant_company(checker, table, at)).next()
}

/// Spaces and dots do not tell two numbers apart.
fn constant_company(checker: &Checker, table: &Table, field: usize) -> Option<(String, String)> {
    let column = checker.layout.columns.get(field).copied().flatten()?;
    let digits = |value: &str, most: usize| value.chars().filter(char::is_ascii_digit).take(most).collect::<String>();
    let siren = most(table, column, |value| digits(value, 9)).filter(|siren| is_siren(siren))?;
    let siret = most(table, column, |value| digits(value, 15)).filter(|siret| siret.len() == 14 && is_siret(siret));
    Some((siren, siret.unwrap_or_default()))
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
        if let Some((start, end)) = days.reduce(|(start, end), (from, to)| (start.min(from), end.max(to))) {
            return Some((start.to_string(), end.to_string()));
        }
    }
    None
}

/// The first and the last day of a value.
fn span(value: &Value) -> Option<(NaiveDate, NaiveDate)> {
    match value {
        Value::Date(date) => Some((*date, *date)),
        Value::DateTime(moment) => Some((moment.date(), moment.date())),
        Value::Number(year) => {
            let crate::value::Decimal::Finite { mantissa, exponent } = year else { return None };
            let year = mantissa.checked_mul(10_i128.checked_pow(u32::try_from(*exponent).ok()?)?)?;
            let year = i32::try_from(year).ok()?;
            Some((NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?))
        }
        _ => None,
    }
}
