use serde_json::{Map, Value, json};

use super::Fingerprint;
use crate::{metadata::Metadata, schema::Schema, text};

/// Describes the files as a Data Package (version 2). `created` is a moment in RFC 3339, `schema_url`
/// where the official schema stands.
pub fn datapackage(
    metadata: &Metadata,
    schema: &Schema,
    schema_url: Option<&str>,
    csv_name: &str,
    csv: &Fingerprint,
    created: &str,
) -> Value {
    let slug = |text: &str| text::words(text).join("-");
    let mut package = Map::new();
    let mut put = |key: &str, value: Value| {
        if !matches!(&value, Value::String(s) if s.is_empty()) {
            package.insert(key.to_owned(), value);
        }
    };
    put("$schema", json!("https://datapackage.org/profiles/2.0/datapackage.json"));
    put("name", json!(slug(csv_name.trim_end_matches(".csv"))));
    put("title", json!(metadata.title));
    put("description", json!(metadata.description));
    put("created", json!(created));
    let licence = metadata.licence;
    put("licenses", json!([{ "name": licence.id(), "path": licence.url(), "title": licence.title() }]));
    if !metadata.organisation.is_empty() {
        let mut publisher = json!({ "title": metadata.organisation, "roles": ["publisher"] });
        if let (Some(publisher), false) = (publisher.as_object_mut(), metadata.siren.is_empty()) {
            // Not in the profile, which leaves room for such keys.
            publisher.insert("siren".into(), json!(metadata.siren));
        }
        put("contributors", json!([publisher]));
    }
    if let Some(frequency) = metadata.frequency {
        put(
            "accrualPeriodicity",
            json!(format!("http://publications.europa.eu/resource/authority/frequency/{}", frequency.code())),
        );
    }
    if !metadata.start.is_empty() || !metadata.end.is_empty() {
        put("temporal", json!({ "start": metadata.start, "end": metadata.end }));
    }
    put("spatial", json!(metadata.territory));
    let mut resource = json!({
        "name": slug(csv_name.trim_end_matches(".csv")),
        "path": csv_name,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": csv.bytes,
        "hash": format!("sha256:{}", csv.sha256),
        "dialect": {
            "$schema": "https://datapackage.org/profiles/2.0/tabledialect.json",
            "delimiter": ",", "lineTerminator": "\n", "quoteChar": "\"", "doubleQuote": true, "header": true,
        },
        "schema": "schema.json",
    });
    if let (Some(resource), Some(url)) = (resource.as_object_mut(), schema_url) {
        resource.insert("conformsTo".into(), json!(url));
    }
    if let Some(resource) = resource.as_object_mut() {
        resource.insert("title".into(), json!(schema.title));
    }
    put("resources", json!([resource]));
    Value::Object(package)
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
