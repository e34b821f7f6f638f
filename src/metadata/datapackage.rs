use serde_json::Value;

use super::{Contact, Frequency, Granularity, Licence, Metadata, Zone, tag};

/// The role of the contributor who publishes.
pub const PUBLISHER: &str = "publisher";
/// The role of the contributor to write to.
pub const CONTACT: &str = "contact";

/// Reads back the description that a `datapackage.json` carries, as the export writes it, now or formerly: what another
/// program wrote otherwise is left empty. `None` where the text is no such document.
pub fn from_datapackage(text: &str) -> Option<Metadata> {
    Some(of_package(&document(text)?))
}

/// The same, of the document once read.
pub fn of_package(package: &Value) -> Metadata {
    let at = |pointer: &str| package.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
    let list = |pointer: &str| {
        let items = package.pointer(pointer).and_then(Value::as_array).into_iter().flatten();
        items.filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>()
    };
    let contributor = |role: &str, key: &str| {
        let all = package.get("contributors").and_then(Value::as_array).into_iter().flatten();
        let has = |found: &&Value| found.get("roles").and_then(Value::as_array).is_some_and(|roles| roles.contains(&role.into()));
        let found = all.clone().find(has);
        // Without roles, the first one is the publisher.
        let found = found.or_else(|| all.clone().next().filter(|first| role == PUBLISHER && first.get("roles").is_none()));
        found.and_then(|found| found.get(key)).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    // The territory was once a name alone.
    let territory = if package.get("spatial").is_some_and(Value::is_string) { at("/spatial") } else { at("/spatial/title") };
    Metadata {
        title: at("/title"),
        description: at("/description"),
        summary: at("/summary"),
        tags: list("/keywords").iter().filter_map(|word| tag(word)).collect(),
        organisation: contributor(PUBLISHER, "title"),
        siren: contributor(PUBLISHER, "siren"),
        siret: contributor(PUBLISHER, "siret"),
        contact: Contact {
            name: contributor(CONTACT, "title"),
            email: contributor(CONTACT, "email"),
            form: contributor(CONTACT, "path"),
        },
        licence: Licence::of(&at("/licenses/0/name")).unwrap_or_default(),
        frequency: Frequency::of(at("/accrualPeriodicity").rsplit('/').next().unwrap_or_default()),
        start: at("/temporal/start"),
        end: at("/temporal/end"),
        territory,
        zones: list("/spatial/zones").iter().filter_map(|zone| Zone::typed(zone)).collect(),
        granularity: Granularity::of(&at("/spatial/granularity")),
    }
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
                summary: "Une ligne".into(),
                tags: vec!["actes".into(), "val-d-exemple".into()],
                organisation: "Ville".into(),
                siren: "219900172".into(),
                siret: "21990017200012".into(),
                contact: Contact { email: "mairie@exemple.fr".into(), ..Contact::default() },
                licence,
                frequency: Some(frequency),
                start: "2024-01-01".into(),
                end: "2024-12-31".into(),
                territory: "Val-d’Exemple".into(),
                zones: vec![Zone::france(), Zone::typed("fr:canton:0101").unwrap()],
                granularity: Some(Granularity::Commune),
            };
            assert_eq!(from_datapackage(&written(&full, None)), Some(full));
        }
        let only_contact = Metadata { contact: Contact { form: "https://x/f".into(), ..Contact::default() }, ..plain.clone() };
        assert_eq!(from_datapackage(&written(&only_contact, None)), Some(only_contact));
        let former = r#"{"spatial":"Val-d’Exemple","contributors":[{"title":"Ville"}]}"#;
        let read = from_datapackage(former).map(|read| (read.territory, read.organisation, read.contact));
        assert_eq!(read, Some(("Val-d’Exemple".into(), "Ville".into(), Contact::default())));
        let text = written(&plain, Some("https://x/schema.json"));
        assert_eq!(from_datapackage(&text), Some(plain));
        assert_eq!(schema_address(&text).as_deref(), Some("https://x/schema.json"));
        let elsewhere = r#"{"resources":[{"schema":"https://y/schema.json"}]}"#;
        assert_eq!(schema_address(elsewhere).as_deref(), Some("https://y/schema.json"));
        assert_eq!((from_datapackage("[]"), from_datapackage("x")), (None, None));
    }
}
