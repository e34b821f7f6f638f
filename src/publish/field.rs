use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::{Sheet, publication::says};

/// A field of the description of a dataset, as a platform keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// Its title.
    Title,
    /// What it is.
    Description,
    /// The same in a sentence.
    Summary,
    /// Its licence.
    Licence,
    /// How often it is updated.
    Frequency,
    /// The days it covers.
    Period,
    /// The places it covers.
    Territory,
    /// Its key words.
    Tags,
}

impl Field {
    /// All of them, in the order that they are read.
    pub const ALL: [Field; 8] = [
        Field::Title,
        Field::Description,
        Field::Summary,
        Field::Licence,
        Field::Frequency,
        Field::Period,
        Field::Territory,
        Field::Tags,
    ];

    /// Its name in the API.
    pub fn key(self) -> &'static str {
        match self {
            Field::Title => "title",
            Field::Description => "description",
            Field::Summary => "description_short",
            Field::Licence => "license",
            Field::Frequency => "frequency",
            Field::Period => "temporal_coverage",
            Field::Territory => "spatial",
            Field::Tags => "tags",
        }
    }
}

/// A field that a platform tells otherwise than it is told here.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// The field.
    pub field: Field,
    /// What is published.
    pub published: Value,
    /// What is told here.
    pub here: Value,
}

impl Sheet {
    /// What a dataset, read whole, tells otherwise. What is not told here differs from nothing: it would not be written.
    pub fn gaps(&self, published: &Value) -> Vec<Gap> {
        let told = self.fields();
        let gap = |field: Field| {
            let here = told.get(field.key()).filter(|here| here.as_str() != Some(""))?;
            let published = published.get(field.key()).unwrap_or(&Value::Null);
            (!says(published, here)).then(|| Gap { field, published: published.clone(), here: here.clone() })
        };
        Field::ALL.into_iter().filter_map(gap).collect()
    }
}

/// Reads the fields to write of a journal. It was once all of them or none.
pub(super) fn fields<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Field>, D::Error> {
    match Value::deserialize(from)? {
        Value::Bool(true) => Ok(Field::ALL.to_vec()),
        Value::Bool(false) => Ok(Vec::new()),
        fields => serde_json::from_value(fields).map_err(serde::de::Error::custom),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_is_told_here_and_said_otherwise_there_is_a_gap() {
        let sheet = Sheet {
            title: "Délibérations".into(),
            description: " Tout ".into(),
            licence: Some("lov2".into()),
            tags: vec!["a".into(), "b".into()],
            zones: vec!["fr:commune:69123".into()],
            ..Sheet::default()
        };
        let published = json!({
            "title": "Délibérations", "description": "Tout", "license": "fr-lo", "frequency": "annual", "tags": ["a"],
            "spatial": { "geom": null, "zones": ["fr:commune:69123"], "granularity": null },
        });
        let gaps = sheet.gaps(&published);
        assert_eq!(gaps.iter().map(|gap| gap.field).collect::<Vec<_>>(), [Field::Licence, Field::Tags]);
        assert_eq!((&gaps[0].published, &gaps[0].here), (&json!("fr-lo"), &json!("lov2")));
        assert!(Sheet::default().gaps(&published).is_empty());
        // Every field that may be written can be chosen.
        let full =
            Sheet { summary: Some("s".into()), frequency: Some("annual".into()), start: Some("2024-01-01".into()), ..sheet };
        assert_eq!(full.fields().len(), Field::ALL.len());
        assert_eq!(full.gaps(&json!({})).len(), Field::ALL.len());
    }
}
