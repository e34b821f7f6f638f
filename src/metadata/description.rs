use crate::{
    i18n::{Arg, Locale},
    schema::Schema,
};

use super::Metadata;

/// Titles of columns that a description names.
const NAMED: usize = 5;

/// A description made of what is known: the subject, the publisher, the territory, the period, what a row tells, and the
/// schema. It says nothing that a repair would change, such as the number of rows. It is in French, as the data are.
pub fn description(metadata: &Metadata, schema: &Schema, url: Option<&str>) -> String {
    let locale = Locale::Fr;
    let words = locale.pack();
    let fill = |template, args: &[(&str, &str)]| {
        let args: Vec<(&str, Arg<'_>)> = args.iter().map(|(name, text)| (*name, Arg::Text(text))).collect();
        locale.fill(template, &args)
    };
    let mut lines = vec![subject(metadata, schema)];
    let required = |name: &str| schema.position(name).and_then(|at| schema.fields.get(at)).is_some_and(is_required);
    let mut fields: Vec<&str> =
        schema.fields.iter().filter(|field| required(&field.name)).map(|field| field.title.as_str()).collect();
    if fields.len() < NAMED {
        fields.extend(schema.fields.iter().filter(|field| !is_required(field)).map(|field| field.title.as_str()));
    }
    fields.truncate(NAMED);
    lines.push(fill(words.about_row, &[("titles", &fields.join(", "))]));
    let version = schema.version.as_deref().unwrap_or_default().trim_start_matches('v');
    let named = format!("{} {version}", schema.title);
    lines.push(match url {
        Some(url) => fill(words.about_schema_url, &[("schema", named.trim()), ("url", url)]),
        None => fill(words.about_schema, &[("schema", named.trim())]),
    });
    lines.join("\n\n")
}

/// The same in a sentence, cut to what a list takes.
pub fn subject(metadata: &Metadata, schema: &Schema) -> String {
    let locale = Locale::Fr;
    let words = locale.pack();
    let fill = |template, text: &str, end: &str| locale.fill(template, &[("what", Arg::Text(text)), ("end", Arg::Text(end))]);
    let mut told = vec![fill(words.about_subject, &schema.title, "")];
    if !metadata.organisation.is_empty() {
        told.push(fill(words.about_publisher, &metadata.organisation, ""));
    }
    match metadata.period() {
        Some((start, end)) if start == end => told.push(fill(words.about_day, &locale.day(start), "")),
        Some((start, end)) if !end.is_empty() => told.push(fill(words.about_period, &locale.day(start), &locale.day(end))),
        _ => {}
    }
    let sentence = format!("{}.", told.join(", "));
    let short: String = sentence.chars().take(super::SUMMARY).collect();
    if short == sentence { sentence } else { String::new() }
}

fn is_required(field: &crate::schema::Field) -> bool {
    field.constraints.get("required").is_some_and(|required| required.as_bool() == Some(true))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::DESCRIPTION;

    #[test]
    fn a_description_is_long_enough_whatever_is_known() {
        let schema = Schema::from_json(
            r#"{"title":"Délibérations","version":"v2.1","fields":[{"name":"n","title":"Numéro"},{"name":"o","title":"Objet","constraints":{"required":true}}]}"#,
        )
        .unwrap();
        let bare = description(&Metadata::default(), &schema, None);
        assert!(bare.chars().count() > DESCRIPTION && bare.contains("Objet, Numéro"), "{bare}");
        let known = Metadata {
            organisation: "Ville d’Exemple".into(),
            start: "2024-01-25".into(),
            end: "2024-12-12".into(),
            ..Metadata::default()
        };
        let told = description(&known, &schema, Some("https://x/schema.json"));
        for part in ["Ville d’Exemple", "du 25 janvier 2024 au 12 décembre 2024", "Délibérations 2.1", "https://x/schema.json"]
        {
            assert!(told.contains(part), "{part}: {told}");
        }
    }
}
