use serde_json::Value;

/// A `datapackage.json`: which files it describes, each with its schema.
#[derive(Debug, Clone, PartialEq)]
pub struct Package {
    /// Its text.
    pub text: String,
    /// The title of the dataset; empty where it has none.
    pub title: String,
    /// The files it describes: the path of each, and its schema as written.
    pub resources: Vec<(String, Value)>,
}

impl Package {
    /// Reads one; `None` where the text is none, or names no file.
    pub fn read(text: &str) -> Option<Package> {
        let document: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()?;
        let mut resources = Vec::new();
        for resource in document.get("resources")?.as_array()? {
            let schema = resource.get("schema").cloned().unwrap_or_default();
            // A resource may be cut into several files.
            let paths = match resource.get("path") {
                Some(Value::Array(paths)) => paths.iter().filter_map(Value::as_str).collect(),
                Some(Value::String(path)) => vec![path.as_str()],
                _ => Vec::new(),
            };
            resources.extend(paths.into_iter().map(|path| (path.to_owned(), schema.clone())));
        }
        let title = document.get("title").and_then(Value::as_str).unwrap_or_default().trim().to_owned();
        (!resources.is_empty()).then(|| Package { text: text.to_owned(), title, resources })
    }

    /// The text of a schema as a resource gives it: written there, or in a file that `find` knows by its path.
    pub fn schema(schema: &Value, find: impl FnOnce(&str) -> Option<String>) -> Option<String> {
        match schema {
            Value::String(path) => find(path),
            Value::Object(_) => Some(schema.to_string()),
            _ => None,
        }
    }
}
