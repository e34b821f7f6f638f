use serde_json::{Map, Value, json};

use super::Fingerprint;
use crate::{
    metadata::{CONTACT, Metadata, PUBLISHER},
    schema::Schema,
    text,
};

/// Describes the files as a Data Package (version 2). `created` is a moment in RFC 3339, `schema_url` where the official
/// schema stands. The keys that the profile does not have are those that it leaves room for: `summary`, `temporal`, `spatial`,
/// `accrualPeriodicity`, and the numbers of the publisher.
pub fn datapackage(
    metadata: &Metadata,
    schema: &Schema,
    schema_url: Option<&str>,
    csv_name: &str,
    csv: &Fingerprint,
    created: &str,
) -> Value {
    let name = text::words(csv_name.trim_end_matches(".csv")).join("-");
    let mut resource = object([
        ("name", json!(name)),
        ("path", json!(csv_name)),
        ("type", json!("table")),
        ("format", json!("csv")),
        ("mediatype", json!("text/csv")),
        ("encoding", json!("utf-8")),
        ("bytes", json!(csv.bytes)),
        ("hash", json!(format!("sha256:{}", csv.sha256))),
        (
            "dialect",
            json!({
                "$schema": "https://datapackage.org/profiles/2.0/tabledialect.json",
                "delimiter": ",", "lineTerminator": "\n", "quoteChar": "\"", "doubleQuote": true, "header": true,
            }),
        ),
        ("schema", json!("schema.json")),
    ]);
    resource.extend(object([("conformsTo", json!(schema_url.unwrap_or_default())), ("title", json!(schema.title))]));
    let licence = metadata.licence;
    let contact = &metadata.contact;
    let contributors: Vec<Value> = [
        object([
            ("title", json!(metadata.organisation)),
            ("siren", json!(metadata.siren)),
            ("siret", json!(metadata.siret)),
            ("roles", json!([PUBLISHER])),
        ]),
        object([
            ("title", json!(contact.name)),
            ("email", json!(contact.email)),
            ("path", json!(contact.form)),
            ("roles", json!([CONTACT])),
        ]),
    ]
    .into_iter()
    .filter(|contributor| contributor.len() > 1)
    .map(Value::Object)
    .collect();
    let frequency = metadata.frequency.map(|frequency| format!("{FREQUENCIES}{}", frequency.code())).unwrap_or_default();
    let temporal = object([("start", json!(metadata.start)), ("end", json!(metadata.end))]);
    let spatial = object([
        ("title", json!(metadata.territory)),
        ("zones", json!(metadata.zones)),
        ("granularity", json!(metadata.granularity.map_or("", |granularity| granularity.udata()))),
    ]);
    Value::Object(object([
        ("$schema", json!("https://datapackage.org/profiles/2.0/datapackage.json")),
        ("name", json!(name)),
        ("title", json!(metadata.title)),
        ("description", json!(metadata.description)),
        ("summary", json!(metadata.summary)),
        ("keywords", json!(metadata.tags)),
        ("created", json!(created)),
        ("licenses", json!([{ "name": licence.id(), "path": licence.url(), "title": licence.title() }])),
        ("contributors", Value::Array(contributors)),
        ("accrualPeriodicity", json!(frequency)),
        ("temporal", Value::Object(temporal)),
        ("spatial", Value::Object(spatial)),
        ("resources", json!([resource])),
    ]))
}

/// Where the vocabulary of the European Union keeps its frequencies.
pub(super) const FREQUENCIES: &str = "http://publications.europa.eu/resource/authority/frequency/";

/// An object without the keys that say nothing.
pub(super) fn object<const N: usize>(keys: [(&str, Value); N]) -> Map<String, Value> {
    let says = |value: &Value| match value {
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(keys) => !keys.is_empty(),
        Value::Null => false,
        _ => true,
    };
    keys.into_iter().filter(|(_, value)| says(value)).map(|(key, value)| (key.to_owned(), value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn describes_the_file_beside_it() {
        let schema = Schema::from_json(r#"{"title":"T","fields":[{"name":"a"}]}"#).unwrap();
        let metadata = Metadata { title: "Délibérations".into(), organisation: "Ville".into(), ..Metadata::default() };
        let csv = Fingerprint::of(b"a\n1\n");
        let package = datapackage(
            &metadata,
            &schema,
            Some("https://x/1/schema.json"),
            "20240101_deliberations.csv",
            &csv,
            "2024-01-01T00:00:00Z",
        );
        let resource = &package["resources"][0];
        assert_eq!((resource["bytes"].as_u64(), resource["path"].as_str()), (Some(4), Some("20240101_deliberations.csv")));
        assert_eq!(resource["hash"], format!("sha256:{}", csv.sha256));
        assert_eq!(package["name"], "20240101-deliberations");
        assert!(package.get("description").is_none() && package["licenses"][0]["name"] == "etalab-2.0");
    }
}
