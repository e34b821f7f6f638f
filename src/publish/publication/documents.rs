use serde_json::{Map, Value, json};

use super::{KEY, Publication};

/// Where a dataset tells which program made it; consolidation reads it.
const SOURCE: &str = "publish_source";

impl Publication {
    /// A new dataset: a draft.
    pub(super) fn new_dataset(&self) -> Value {
        let mut document = self.parcel.sheet.fields();
        document.insert("organization".into(), json!({ "class": "Organization", "id": self.journal.organisation.id }));
        document.insert("private".into(), json!(true));
        if let Some(contact) = &self.contact {
            document.insert("contact_points".into(), json!([contact]));
        }
        document.insert("extras".into(), Value::Object(self.marked(None)));
        Value::Object(document)
    }

    /// The dataset that was read, with the fields to write of this description: what is not told is left as it was.
    pub(super) fn described_dataset(&self) -> Option<Value> {
        let mut document = self.whole()?;
        let chosen = |key: &str| self.journal.describe.iter().any(|field| field.key() == key);
        document.extend(self.parcel.sheet.fields().into_iter().filter(|(key, _)| chosen(key)));
        let extras = self.marked(document.get("extras"));
        document.insert("extras".into(), Value::Object(extras));
        // Those that people chose there stay.
        let mut document = Value::Object(document);
        if let (Some(contact), true, Some(fields)) = (&self.contact, has_no_contact(&document), document.as_object_mut()) {
            fields.insert("contact_points".into(), json!([contact]));
        }
        Some(document)
    }

    /// The dataset that was read, public.
    pub(super) fn public_dataset(&self) -> Option<Value> {
        let mut document = self.whole()?;
        document.insert("private".into(), json!(false));
        Some(Value::Object(document))
    }

    /// The dataset that was read, as it is put back: what it lacked would be wiped. Its files have routes of their own, and
    /// are kept where they are not told.
    pub(super) fn whole(&self) -> Option<Map<String, Value>> {
        let mut document = self.held.as_ref()?.as_object()?.clone();
        document.shift_remove("resources");
        Some(document)
    }

    /// What describes a file. One that takes the place of another keeps what people had written of that one.
    pub(super) fn file_document(&self, file: usize) -> Option<Value> {
        let (piece, entry) = (self.parcel.files.get(file)?, self.journal.files.get(file)?);
        let held = self.held.as_ref()?;
        let text = |key: &str| held.get(key).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
        let (title, description) = match &entry.before {
            None => (piece.title.as_str(), piece.description.as_str()),
            Some(before) => (before.title.as_str(), text("description").unwrap_or(&piece.description)),
        };
        let kind = entry.before.as_ref().and(text("type")).unwrap_or("main");
        let mut document = json!({ "title": title, "description": description, "type": kind });
        let fields = document.as_object_mut()?;
        fields.insert("extras".into(), Value::Object(self.marked(held.get("extras"))));
        if let Some(schema) = self.schema(file) {
            fields.insert("schema".into(), schema);
        }
        Some(document)
    }

    /// The schema of a file, with all three keys: those left out would keep what they held.
    fn schema(&self, file: usize) -> Option<Value> {
        let followed = self.parcel.files.get(file)?.schema.as_ref()?;
        let by_address = json!({ "name": null, "version": null, "url": followed.url });
        let Some(name) = &followed.name else { return Some(by_address) };
        let by_name = |version: Option<&String>| json!({ "name": name, "version": version, "url": null });
        Some(match &self.known {
            None => by_name(followed.version.as_ref()),
            Some(known) => match known.iter().find(|schema| schema.name == *name) {
                None => by_address,
                Some(schema) => by_name(followed.version.as_ref().filter(|version| {
                    *version == "latest" || schema.versions.iter().any(|known| known.version_name == **version)
                })),
            },
        })
    }

    /// What programs wrote beside, and what this one writes.
    fn marked(&self, extras: Option<&Value>) -> Map<String, Value> {
        let mut extras = extras.and_then(Value::as_object).cloned().unwrap_or_default();
        extras.insert(KEY.into(), json!(self.journal.publication));
        extras.insert(SOURCE.into(), json!("atelier:file"));
        extras
    }
}

/// Whether a dataset tells nobody whom to write to.
pub(super) fn has_no_contact(dataset: &Value) -> bool {
    dataset.get("contact_points").and_then(Value::as_array).is_none_or(Vec::is_empty)
}

/// Whether a document says all of another.
pub(in crate::publish) fn says(document: &Value, wanted: &Value) -> bool {
    match (document, wanted) {
        (Value::Object(document), Value::Object(wanted)) => {
            wanted.iter().all(|(key, value)| says(document.get(key).unwrap_or(&Value::Null), value))
        }
        (Value::String(one), Value::String(other)) => one.trim() == other.trim(),
        (one, other) => one == other,
    }
}
