use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::package::Package;

/// What describes a table, where it came with it: in an archive, or among the files dropped together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Companion {
    /// The text of its Table Schema.
    pub schema: Option<String>,
    /// The text of its `datapackage.json`.
    pub package: Option<String>,
}

/// A JSON document, by its name and its text.
pub type Document = (String, String);

/// What JSON documents are for, dropped alone or with tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Beside {
    /// They describe tables that came with them.
    Described {
        /// The tables described, by their places.
        tables: Vec<usize>,
        /// What is said of them.
        companion: Companion,
    },
    /// They describe tables that did not come with them.
    Missing {
        /// The name of the document.
        document: String,
        /// The title of the dataset; empty where it has none.
        title: String,
        /// The files it describes.
        files: Vec<String>,
    },
    /// A Table Schema, or what is taken for one.
    Schema(Document),
    /// Nothing that a table needs.
    Other(String),
}

impl Beside {
    /// Tells what documents are for, beside tables of these names. `None` without a document.
    pub fn of(documents: &[Document], tables: &[String]) -> Option<Beside> {
        let package = documents.iter().find_map(|(name, text)| Some((name, Package::read(text)?)));
        let schema = documents.iter().find(|(_, text)| is_schema(text));
        let Some((document, package)) = package else {
            let (name, text) = schema.or(documents.first())?;
            let known = schema.is_some() || !tables.is_empty();
            return Some(if known { Beside::Schema((name.clone(), text.clone())) } else { Beside::Other(name.clone()) });
        };
        let alike = |path: &str, name: &str| last(path).to_lowercase() == name.to_lowercase();
        let place = |path: &str| tables.iter().position(|name| alike(path, name));
        let mut found: Vec<usize> = package.resources.iter().filter_map(|(path, _)| place(path)).collect();
        if found.is_empty() && tables.len() == 1 && package.resources.len() == 1 {
            // The only one there is, under another name: `actes (1).csv`.
            found.push(0);
        }
        found.sort_unstable();
        found.dedup();
        let Some(first) = found.first().and_then(|at| tables.get(*at)) else {
            let files = package.resources.iter().map(|(path, _)| last(path).to_owned()).collect();
            return Some(Beside::Missing { document: document.clone(), title: package.title, files });
        };
        let resource = package.resources.iter().find(|(path, _)| alike(path, first)).or(package.resources.first());
        let named = |path: &str| documents.iter().find(|(name, _)| alike(path, name)).map(|(_, text)| text.clone());
        let written = resource.and_then(|(_, schema)| Package::schema(schema, named));
        let schema = written.or_else(|| schema.map(|(_, text)| text.clone()));
        Some(Beside::Described { tables: found, companion: Companion { schema, package: Some(package.text) } })
    }
}

/// Whether a document is a Table Schema.
fn is_schema(text: &str) -> bool {
    let document = serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}'));
    document.is_ok_and(|document| document.get("fields").is_some_and(Value::is_array))
}

fn last(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEMA: &str = r#"{"fields":[{"name":"a"}]}"#;
    const PACKAGE: &str = r#"{"title":" Actes ","resources":[{"path":"d/a.csv","schema":"schema.json"},{"path":["b.csv","c.csv"],"schema":{"fields":[]}}]}"#;

    fn of(documents: &[(&str, &str)], tables: &[&str]) -> Option<Beside> {
        let documents: Vec<Document> = documents.iter().map(|(name, text)| ((*name).into(), (*text).into())).collect();
        Beside::of(&documents, &tables.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
    }

    fn described(beside: Option<Beside>) -> (Vec<usize>, Option<String>) {
        match beside {
            Some(Beside::Described { tables, companion }) if companion.package.is_some() => (tables, companion.schema),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_description_is_for_the_tables_it_names() {
        let both = [("schema.json", SCHEMA), ("datapackage.json", PACKAGE)];
        assert_eq!(described(of(&both, &["rapport.csv", "A.CSV"])), (vec![1], Some(SCHEMA.into())));
        assert_eq!(described(of(&both[1..], &["a.csv"])), (vec![0], None));
        assert_eq!(described(of(&both[1..], &["b.csv", "c.csv"])), (vec![0, 1], Some("{\"fields\":[]}".into())));
        let one = r#"{"resources":[{"path":"https://x/a.csv"}]}"#;
        assert_eq!(described(of(&[("p.json", one), ("s.json", SCHEMA)], &["a (1).csv"])), (vec![0], Some(SCHEMA.into())));
    }

    #[test]
    fn a_description_alone_asks_for_its_tables() {
        let asked = Beside::Missing {
            document: "datapackage.json".into(),
            title: "Actes".into(),
            files: vec!["a.csv".into(), "b.csv".into(), "c.csv".into()],
        };
        let both = [("schema.json", SCHEMA), ("datapackage.json", PACKAGE)];
        assert_eq!(of(&both, &[]).as_ref(), Some(&asked));
        assert_eq!(of(&both, &["autre.csv"]).as_ref(), Some(&asked));
    }

    #[test]
    fn other_documents_are_told_apart() {
        let schema = Some(Beside::Schema(("s.json".into(), SCHEMA.into())));
        assert_eq!(
            (of(&[("s.json", SCHEMA)], &[]), of(&[("x.json", "{}"), ("s.json", SCHEMA)], &["a.csv"])),
            (schema.clone(), schema)
        );
        for text in ["", "[]", "{\"features\":[]}", "{\"resources\":[]}", "{\"resources\":[{\"data\":[1]}]}", "{\"fields\":1}"] {
            assert_eq!(of(&[("x.json", text)], &[]), Some(Beside::Other("x.json".into())), "{text}");
            // With a table, it is refused as a schema, which says what is wrong with it.
            assert_eq!(of(&[("x.json", text)], &["a.csv"]), Some(Beside::Schema(("x.json".into(), text.into()))));
        }
        assert_eq!(of(&[], &["a.csv"]), None);
    }
}
