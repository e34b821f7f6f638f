use serde_json::Value;

use super::{Frequency, Licence, Metadata};

/// Reads back the description that a `datapackage.json` carries, as the export writes it: what another
/// program wrote otherwise is left empty. `None` where the text is no such document.
pub fn from_datapackage(text: &str) -> Option<Metadata> {
    let package = document(text)?;
    let at = |pointer: &str| package.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
    let licence = at("/licenses/0/name");
    let frequency = at("/accrualPeriodicity");
    let code = frequency.rsplit('/').next().unwrap_or_default();
    Some(Metadata {
        title: at("/title"),
        description: at("/description"),
        organisation: at("/contributors/0/title"),
        siren: at("/contributors/0/siren"),
        licence: Licence::ALL.into_iter().find(|known| known.id() == licence).unwrap_or_default(),
        frequency: Frequency::ALL.into_iter().find(|known| known.code() == code),
        start: at("/temporal/start"),
        end: at("/temporal/end"),
        territory: at("/spatial"),
    })
}

/// The address of the official schema that the table of a `datapackage.json` follows.
pub fn schema_address(text: &str) -> Option<String> {
    let package = document(text)?;
    let at = |pointer: &str| package.pointer(pointer).and_then(Value::as_str);
    let schema = at("/resources/0/schema").filter(|path| path.starts_with("http"));
    at("/resources/0/conformsTo").or(schema).map(str::to_owned)
}

fn document(text: &str) -> Option<Value> {
    let document: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()?;
    document.is_object().then_some(document)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        export::{Fingerprint, datapackage},
        schema::Schema,
    };

    #[test]
    fn a_description_comes_back_as_it_was_written() {
        let schema = Schema::from_json(r#"{"fields":[{"name":"a"}]}"#).unwrap();
        let written = |metadata: &Metadata, url| {
            datapackage(metadata, &schema, url, "a.csv", &Fingerprint::of(b"a\n"), "2024-01-01T00:00:00Z").to_string()
        };
        let plain = Metadata { title: "T".into(), ..Metadata::default() };
        for (licence, frequency) in [(Licence::Open, Frequency::Semiannual), (Licence::Odbl, Frequency::Never)] {
            let full = Metadata {
                title: "Délibérations".into(),
                description: "Deux\nlignes".into(),
                organisation: "Ville".into(),
                siren: "219900172".into(),
                licence,
                frequency: Some(frequency),
                start: "2024-01-01".into(),
                end: "2024-12-31".into(),
                territory: "Val-d’Exemple".into(),
            };
            assert_eq!(from_datapackage(&written(&full, None)), Some(full));
        }
        let text = written(&plain, Some("https://x/schema.json"));
        assert_eq!(from_datapackage(&text), Some(plain));
        assert_eq!(schema_address(&text).as_deref(), Some("https://x/schema.json"));
        let elsewhere = r#"{"resources":[{"schema":"https://y/schema.json"}]}"#;
        assert_eq!(schema_address(elsewhere).as_deref(), Some("https://y/schema.json"));
        assert_eq!((from_datapackage("[]"), from_datapackage("x")), (None, None));
    }
}
