use serde_json::{Value, json};

use super::{
    Fingerprint,
    datapackage::{FREQUENCIES, object},
};
use crate::metadata::{Metadata, Zone};

/// Describes the dataset for European catalogues, in DCAT-AP as JSON-LD: what the harvester of data.gouv.fr reads
/// (doc.data.gouv.fr, *moissonnage*). The file is told by its name, beside the description.
pub fn jsonld(metadata: &Metadata, schema_url: Option<&str>, csv_name: &str, csv: &Fingerprint, created: &str) -> Value {
    let day = created.get(..10).unwrap_or(created);
    let date = |day: &str| json!({ "@type": "xsd:date", "@value": day });
    let iri = |address: &str| if address.is_empty() { Value::Null } else { json!({ "@id": address }) };
    let title = match &metadata.title {
        title if title.is_empty() => csv_name,
        title => title,
    };
    let publisher = object([("foaf:name", json!(metadata.organisation)), ("dct:identifier", json!(metadata.siren))]);
    let contact = &metadata.contact;
    let email = if contact.email.is_empty() { String::new() } else { format!("mailto:{}", contact.email) };
    let contact =
        object([("vcard:fn", json!(contact.name)), ("vcard:hasEmail", iri(&email)), ("vcard:hasURL", iri(&contact.form))]);
    let period = metadata.period().map(|(start, end)| {
        let end = if end.is_empty() { Value::Null } else { date(end) };
        object([("@type", json!("dct:PeriodOfTime")), ("dcat:startDate", date(start)), ("dcat:endDate", end)])
    });
    let frequency = metadata.frequency.map(|frequency| format!("{FREQUENCIES}{}", frequency.code()));
    let distribution = object([
        ("@type", json!("dcat:Distribution")),
        ("dct:title", json!(csv_name)),
        ("dcat:accessURL", iri(csv_name)),
        ("dcat:downloadURL", iri(csv_name)),
        ("dct:format", iri("http://publications.europa.eu/resource/authority/file-type/CSV")),
        ("dcat:mediaType", iri("https://www.iana.org/assignments/media-types/text/csv")),
        ("dcat:byteSize", json!({ "@type": "xsd:nonNegativeInteger", "@value": csv.bytes.to_string() })),
        (
            "spdx:checksum",
            json!({
                "@type": "spdx:Checksum",
                "spdx:algorithm": { "@id": "spdx:checksumAlgorithm_sha256" },
                "spdx:checksumValue": { "@type": "xsd:hexBinary", "@value": csv.sha256 },
            }),
        ),
        ("dct:license", iri(metadata.licence.url())),
        ("dct:conformsTo", iri(schema_url.unwrap_or_default())),
    ]);
    Value::Object(object([
        (
            "@context",
            json!({
                "dcat": "http://www.w3.org/ns/dcat#",
                "dct": "http://purl.org/dc/terms/",
                "foaf": "http://xmlns.com/foaf/0.1/",
                "skos": "http://www.w3.org/2004/02/skos/core#",
                "spdx": "http://spdx.org/rdf/terms#",
                "vcard": "http://www.w3.org/2006/vcard/ns#",
                "xsd": "http://www.w3.org/2001/XMLSchema#",
            }),
        ),
        ("@type", json!("dcat:Dataset")),
        ("dct:identifier", json!(csv_name.trim_end_matches(".csv"))),
        ("dct:title", json!({ "@language": "fr", "@value": title })),
        ("dct:description", said(&metadata.description)),
        ("dcat:keyword", metadata.tags.iter().map(|tag| said(tag)).collect()),
        ("dct:language", iri("http://publications.europa.eu/resource/authority/language/FRA")),
        ("dct:license", iri(metadata.licence.url())),
        ("dct:publisher", typed("foaf:Agent", publisher)),
        ("dcat:contactPoint", typed("vcard:Kind", contact)),
        ("dct:temporal", period.map_or(Value::Null, Value::Object)),
        ("dct:spatial", spatial(metadata)),
        ("dct:accrualPeriodicity", iri(&frequency.unwrap_or_default())),
        ("dct:issued", date(day)),
        ("dct:modified", date(day)),
        ("dct:conformsTo", iri(schema_url.unwrap_or_default())),
        ("dcat:distribution", Value::Object(distribution)),
    ]))
}

/// A text in French; nothing for none.
fn said(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { json!({ "@language": "fr", "@value": text }) }
}

/// A node of a type, where it says anything.
fn typed(kind: &str, mut keys: serde_json::Map<String, Value>) -> Value {
    if keys.is_empty() {
        return Value::Null;
    }
    keys.insert("@type".to_owned(), json!(kind));
    Value::Object(keys)
}

/// The zones by their addresses, or the name of the territory where none is known.
fn spatial(metadata: &Metadata) -> Value {
    let zones: Vec<Value> = metadata.zones.iter().filter_map(address).map(|address| json!({ "@id": address })).collect();
    match zones.is_empty() {
        true if metadata.territory.is_empty() => Value::Null,
        true => json!({ "@type": "dct:Location", "skos:prefLabel": said(&metadata.territory) }),
        false => Value::Array(zones),
    }
}

/// The address of a zone at INSEE; the Union's for France.
fn address(zone: &Zone) -> Option<String> {
    let kind = match zone.level() {
        "country" if zone.code() == "fr" => {
            return Some("http://publications.europa.eu/resource/authority/country/FRA".to_owned());
        }
        "fr:commune" => "commune",
        "fr:departement" => "departement",
        "fr:region" => "region",
        "fr:epci" => "intercommunalite",
        _ => return None,
    };
    Some(format!("http://id.insee.fr/geo/{kind}/{}", zone.code()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::{Contact, Frequency};

    #[test]
    fn what_is_known_is_told_and_nothing_else() {
        let csv = Fingerprint::of(b"a\n1\n");
        let bare = jsonld(&Metadata::default(), None, "a.csv", &csv, "2024-01-01T00:00:00Z");
        for key in ["dct:publisher", "dcat:contactPoint", "dct:temporal", "dct:spatial", "dct:conformsTo", "dct:description"] {
            assert!(bare.get(key).is_none(), "{key}");
        }
        assert_eq!(bare["dcat:distribution"]["dcat:byteSize"]["@value"], "4");
        let full = Metadata {
            organisation: "Ville".into(),
            contact: Contact { email: "mairie@exemple.fr".into(), ..Contact::default() },
            frequency: Some(Frequency::Semiannual),
            start: "2024-01-01".into(),
            zones: vec![Zone::commune("69123").unwrap()],
            ..Metadata::default()
        };
        let told = jsonld(&full, Some("https://x/s.json"), "a.csv", &csv, "2024-01-01T00:00:00Z");
        assert_eq!(told["dct:spatial"][0]["@id"], "http://id.insee.fr/geo/commune/69123");
        assert_eq!(told["dcat:contactPoint"]["vcard:hasEmail"]["@id"], "mailto:mairie@exemple.fr");
        assert!(told["dct:accrualPeriodicity"]["@id"].as_str().unwrap().ends_with("/ANNUAL_2"));
        assert!(told["dct:temporal"].get("dcat:endDate").is_none());
    }
}
