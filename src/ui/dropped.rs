use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use super::{
    crew::Origin,
    studio::{Step, Studio},
    trouble::Trouble,
};
use crate::{
    intake::{Beside, Companion, Document},
    metadata,
    protocol::Request,
    recipe::Recipe,
    schema::bundled,
};

/// Files as they come, by a drop, a choice or a paste: tables, and what describes them.
impl Studio {
    /// Opens files: one table, or several of one shape, which make one. A JSON file describes them, or the open table.
    pub fn open(self, files: Vec<File>) {
        let is_json = |file: &File| [".json", ".geojson"].iter().any(|end| file.name().to_lowercase().ends_with(end));
        let (documents, tables): (Vec<File>, Vec<File>) = files.into_iter().partition(is_json);
        if documents.is_empty() {
            if !tables.is_empty() {
                self.begin(Origin::Files(tables, None), Vec::new());
            }
            return;
        }
        leptos::task::spawn_local(async move {
            let mut read = Vec::new();
            for document in documents {
                read.push(text_of(document).await);
            }
            self.open_described(&read, tables);
        });
    }

    /// Uses a Table Schema file for the open table.
    pub fn open_schema(self, file: File) {
        self.trouble.set(None);
        leptos::task::spawn_local(async move {
            let document = text_of(file).await;
            self.use_schema(document);
        });
    }

    fn use_schema(self, (name, text): Document) {
        if self.has_file() {
            self.ask(Request::UseSchemaText { text, name: None, url: None });
            self.go(Step::Map);
        } else {
            self.trouble.set(Some(Trouble::SchemaFirst(name)));
        }
    }

    fn open_described(self, documents: &[Document], tables: Vec<File>) {
        self.trouble.set(None);
        if let Some((_, text)) = documents.iter().find(|(_, text)| Recipe::is_one(text)) {
            if tables.is_empty() {
                return self.follow(text.clone());
            }
            if let Err(error) = Recipe::read(text) {
                return self.trouble.set(Some(Trouble::Recipe(error)));
            }
            self.begin(Origin::Files(tables, None), Vec::new());
            return self.follow_next(text.clone());
        }
        let names: Vec<String> = tables.iter().map(File::name).collect();
        match Beside::of(documents, &names) {
            None => {}
            Some(Beside::Schema(schema)) if tables.is_empty() => self.use_schema(schema),
            Some(Beside::Schema((_, text))) => {
                self.begin(Origin::Files(tables, None), vec![Request::UseSchemaText { text, name: None, url: None }]);
            }
            Some(Beside::Described { tables: described, companion }) => {
                let described = described.iter().filter_map(|at| tables.get(*at).cloned()).collect();
                self.begin(Origin::Files(described, Some(companion)), Vec::new());
            }
            Some(Beside::Missing { document, title, files }) => {
                let open = self.overview.with_untracked(|o| o.file.clone());
                let is_open = self.has_file() && files.iter().any(|file| file.to_lowercase() == open.to_lowercase());
                if let (true, Some(Beside::Described { companion, .. })) = (is_open, Beside::of(documents, &[open])) {
                    return self.describe_open(companion);
                }
                self.trouble.set(Some(Trouble::Alone { document, title, files }));
            }
            Some(Beside::Other(name)) => self.trouble.set(Some(Trouble::Other(name))),
        }
    }

    /// Gives the open table the schema and the description that came after it.
    fn describe_open(self, companion: Companion) {
        let url = companion.package.as_deref().and_then(metadata::schema_address);
        let name = bundled().into_iter().find(|entry| url.as_ref() == Some(&entry.url)).map(|entry| entry.name);
        match (companion.schema, name) {
            (Some(text), name) => self.ask(Request::UseSchemaText { text, name, url }),
            (None, Some(name)) => self.ask(Request::UseSchema(name)),
            (None, None) => {}
        }
        if let Some(described) = companion.package.as_deref().and_then(metadata::from_datapackage) {
            self.ask(Request::Describe(Box::new(described)));
        }
        self.go(Step::Map);
    }
}

/// A file's name and text. One that cannot be read is refused as an empty one, with its sentence.
async fn text_of(file: File) -> Document {
    let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
    (file.name(), text.unwrap_or_default())
}
