use std::fmt;

use serde_json::{Map, Value};

/// A Table Schema as written: every key of the document is kept in [`Schema::document`], and the
/// ones that matter are at hand, read with the tolerance that real schemas need.
#[derive(Debug, Clone, PartialEq)]
pub struct Schema {
    /// The whole document, unknown keys included: what is written back beside the data.
    pub document: Value,
    /// The short name (`deliberations`).
    pub name: String,
    /// The title shown to people; the name where there is none.
    pub title: String,
    /// What the table holds, in a sentence.
    pub description: String,
    /// The version, where it is given.
    pub version: Option<String>,
    /// The fields, in order.
    pub fields: Vec<Field>,
}

/// One field of a [`Schema`], as written.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The column's exact name.
    pub name: String,
    /// What people call it; the name where there is no title.
    pub title: String,
    /// What to put in it.
    pub description: String,
    /// The Table Schema type; `string` where there is none, as the reference engine takes it.
    pub type_name: String,
    /// The format, `default` where there is none.
    pub format: String,
    /// The constraints, as written.
    pub constraints: Map<String, Value>,
    /// An example of a good value.
    pub example: Option<String>,
    /// The whole field, for the options of its type.
    pub document: Map<String, Value>,
}

/// Why a document is not a usable Table Schema.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub enum SchemaError {
    /// It is not JSON; the line and column where reading stopped.
    NotJson {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// It has no list of fields.
    NoFields,
    /// A field has no name; its place, from 1.
    UnnamedField(usize),
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SchemaError::NotJson { line, column } => write!(f, "not JSON at line {line}, column {column}"),
            SchemaError::NoFields => write!(f, "no list of fields"),
            SchemaError::UnnamedField(place) => write!(f, "field {place} has no name"),
        }
    }
}

impl std::error::Error for SchemaError {}

impl Schema {
    /// Reads a Table Schema document.
    ///
    /// # Errors
    /// Where the text is not JSON, or holds no list of named fields.
    pub fn from_json(text: &str) -> Result<Schema, SchemaError> {
        let document: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
            .map_err(|e| SchemaError::NotJson { line: e.line(), column: e.column() })?;
        let written = document.get("fields").and_then(Value::as_array).filter(|f| !f.is_empty()).ok_or(SchemaError::NoFields)?;
        let mut fields = Vec::with_capacity(written.len());
        for (at, field) in written.iter().enumerate() {
            fields.push(field.as_object().and_then(Field::read).ok_or(SchemaError::UnnamedField(at + 1))?);
        }
        let name = text_of(document.get("name")).unwrap_or_default();
        let title = text_of(document.get("title")).filter(|t| !t.is_empty()).unwrap_or_else(|| name.clone());
        let description = text_of(document.get("description")).unwrap_or_default();
        let version = text_of(document.get("version"));
        Ok(Schema { document, name, title, description, version, fields })
    }

    /// The strings that mean "no value": the schema's list, or the empty string.
    pub fn missing_values(&self) -> Vec<String> {
        missing_values(self.document.get("missingValues")).unwrap_or_else(|| vec![String::new()])
    }

    /// The place of a field by its exact name.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }

    /// The names that make up the primary key; a string counts as a list of one.
    pub fn primary_key(&self) -> Vec<&str> {
        names(self.document.get("primaryKey"))
    }

    /// The names that make up each unique key (Table Schema v2).
    pub fn unique_keys(&self) -> Vec<Vec<&str>> {
        let keys = self.document.get("uniqueKeys").and_then(Value::as_array).into_iter().flatten();
        keys.map(|key| names(Some(key))).collect()
    }

    /// The foreign keys to the table itself: the fields that refer, the fields referred to.
    pub fn self_references(&self) -> Vec<(Vec<&str>, Vec<&str>)> {
        let to_itself = self.foreign_keys().filter(|(_, resource)| resource.is_empty());
        to_itself.map(|(key, _)| (names(key.get("fields")), names(key.pointer("/reference/fields")))).collect()
    }

    /// The other tables that foreign keys refer to.
    pub fn references_elsewhere(&self) -> Vec<String> {
        self.foreign_keys().filter(|(_, resource)| !resource.is_empty()).map(|(_, resource)| resource.to_owned()).collect()
    }

    /// The foreign keys with the table they refer to, empty for this one.
    fn foreign_keys(&self) -> impl Iterator<Item = (&Value, &str)> {
        let keys = self.document.get("foreignKeys").and_then(Value::as_array).into_iter().flatten();
        keys.map(|key| (key, key.pointer("/reference/resource").and_then(Value::as_str).unwrap_or_default()))
    }
}

/// The names in a key: a string counts as a list of one.
fn names(written: Option<&Value>) -> Vec<&str> {
    match written {
        Some(Value::String(name)) => vec![name],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

impl Field {
    fn read(document: &Map<String, Value>) -> Option<Field> {
        let name = text_of(document.get("name"))?;
        let text = |key: &str| text_of(document.get(key)).unwrap_or_default();
        let or = |text: String, default: &str| if text.is_empty() { default.to_owned() } else { text };
        Some(Field {
            title: or(text("title"), &name),
            description: text("description"),
            type_name: or(text("type"), "string"),
            format: or(text("format"), "default"),
            constraints: document.get("constraints").and_then(Value::as_object).cloned().unwrap_or_default(),
            example: text_of(document.get("example")),
            document: document.clone(),
            name,
        })
    }

    /// Whether a value must be given.
    pub fn is_required(&self) -> bool {
        self.constraints.get("required") == Some(&Value::Bool(true))
    }

    /// The words of a list such as `trueValues`, where the field has that list.
    pub fn words(&self, key: &str) -> Option<Vec<String>> {
        let list = self.document.get(key)?.as_array()?;
        Some(list.iter().filter_map(|word| text_of(Some(word))).collect())
    }

    /// The accepted values of an enumeration, as text; empty where there is none.
    pub fn enumeration(&self) -> Vec<String> {
        let list = self.constraints.get("enum").and_then(Value::as_array);
        list.map(|list| list.iter().filter_map(|v| text_of(Some(v))).collect()).unwrap_or_default()
    }

    /// The field's own missing values, where it declares some.
    pub fn missing_values(&self) -> Option<Vec<String>> {
        missing_values(self.document.get("missingValues"))
    }
}

/// Text from a JSON scalar: schemas write `"example": 12` as readily as `"12"`.
pub(super) fn text_of(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()),
        Value::Number(n) => Some(n.to_string()),
        Value::Bool(b) => Some(b.to_string()),
        _ => None,
    }
}

fn missing_values(value: Option<&Value>) -> Option<Vec<String>> {
    let list = value?.as_array()?;
    Some(list.iter().filter_map(|item| text_of(Some(item.get("value").unwrap_or(item)))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_it_does_not_know() {
        let text = r#"{"name":"x","countryCode":"FR","fields":[{"name":"a","comment":"?","example":12}]}"#;
        let schema = Schema::from_json(text).unwrap();
        assert_eq!(schema.document["countryCode"], "FR");
        assert_eq!(serde_json::to_string(&schema.document).unwrap(), text);
        assert_eq!(schema.fields[0].example.as_deref(), Some("12"));
        assert_eq!((schema.fields[0].type_name.as_str(), schema.fields[0].title.as_str()), ("string", "a"));
    }

    #[test]
    fn says_why_it_cannot_be_used() {
        assert!(matches!(Schema::from_json("{"), Err(SchemaError::NotJson { line: 1, .. })));
        assert_eq!(Schema::from_json("{}"), Err(SchemaError::NoFields));
        assert_eq!(Schema::from_json(r#"{"fields":[{"name":"a"},{}]}"#), Err(SchemaError::UnnamedField(2)));
    }
}
