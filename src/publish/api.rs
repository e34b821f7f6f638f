//! The requests, as the platform's routes want them.

use serde_json::{Value, json};

use super::{
    Organisation,
    call::{Body, Call, Slice, percent_encoded},
};
use crate::metadata::Contact;

/// What is read of the files of a dataset.
macro_rules! files {
    () => {
        "resources{id,title,checksum,filesize,url,latest,format,filetype}"
    };
}

/// What is read of a dataset to find files in it.
const DATASET: &str = concat!("id,title,private,deleted,page,organization{id,name},extras,permissions,", files!());
/// What is read of a dataset once all is done.
const REVIEW: &str = concat!("id,title,private,page,quality,", files!());
/// What is read of the datasets of an organisation.
const LIST: &str = concat!("data{id,title,private,deleted,page,extras,", files!(), "},next_page,total");

/// Who the credential belongs to.
pub fn me() -> Call {
    Call::get("/api/1/me/").only("first_name,last_name,organizations{id,name},roles")
}

/// The licences that the platform knows.
pub fn licences() -> Call {
    Call::get("/api/1/datasets/licenses/").only("id")
}

/// The schemas that the platform knows.
pub fn schemas() -> Call {
    Call::get("/api/1/datasets/schemas/").only("name,versions{version_name}")
}

/// The places that a text or a code names.
pub fn zones(text: &str) -> Call {
    Call::get("/api/1/spatial/zones/suggest/").with("q", text).with("size", "10").unsigned()
}

/// The key words that begin so.
pub fn tags(text: &str) -> Call {
    Call::get("/api/1/tags/suggest/").with("q", text).with("size", "8").unsigned()
}

/// A page of the datasets of an organisation, drafts included, from 1; those that hold words, where some are given.
pub fn datasets(organisation: &str, words: &str, page: u32) -> Call {
    let call = Call::get("/api/1/datasets/").with("organization", organisation).only(LIST);
    let call = if words.trim().is_empty() { call } else { call.with("q", words.trim()) };
    call.with("page", page.to_string()).with("page_size", "50")
}

/// The datasets of my organisations whose title holds a text, drafts included: all of them, on one page.
pub fn my_datasets(title: &str) -> Call {
    Call::get("/api/1/me/org_datasets/").with("q", title).only("id,title,extras,private,deleted")
}

/// A dataset and its files.
pub fn dataset(id: &str) -> Call {
    Call::get(format!("/api/1/datasets/{}/", percent_encoded(id))).only(DATASET)
}

/// A dataset once all is done: what people are shown.
pub fn review(id: &str) -> Call {
    dataset(id).only(REVIEW)
}

/// A dataset, whole: what is to be put back.
pub fn whole_dataset(id: &str) -> Call {
    Call { fields: None, ..dataset(id) }
}

/// Creates a dataset.
pub fn create(document: Value) -> Call {
    Call::post("/api/1/datasets/", Body::Json(document))
}

/// Changes a dataset. What the document lacks may be wiped: it is one that was read whole.
pub fn change(id: &str, document: Value) -> Call {
    Call::put(dataset(id).path, document)
}

/// Whom readers write to, for an organisation. What it has already is found, and not made twice.
pub fn contact(organisation: &Organisation, contact: &Contact) -> Call {
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let document = json!({
        "name": given(&contact.name).or_else(|| given(&organisation.name)), "email": given(&contact.email),
        "contact_form": given(&contact.form), "role": "contact",
        "organization": { "class": "Organization", "id": organisation.id },
    });
    Call::post("/api/1/contacts/", Body::Json(document))
}

/// A file of a dataset.
pub fn resource(dataset: &str, id: &str) -> Call {
    Call::get(format!("/api/1/datasets/{}/resources/{}/", percent_encoded(dataset), percent_encoded(id)))
}

/// Changes what describes a file.
pub fn describe(dataset: &str, id: &str, document: Value) -> Call {
    Call::put(resource(dataset, id).path, document)
}

/// Where a file is sent: a new one, or in place of one.
fn upload(dataset: &str, replaced: Option<&str>) -> String {
    match replaced {
        None => format!("/api/1/datasets/{}/upload/", percent_encoded(dataset)),
        Some(id) => format!("{}upload/", resource(dataset, id).path),
    }
}

/// Sends a file at once.
pub fn send(dataset: &str, replaced: Option<&str>, file: Slice) -> Call {
    Call::post(upload(dataset, replaced), Body::Multipart { fields: Vec::new(), file: Some(file) })
}

/// A file that is sent in parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcelled {
    /// What all its parts have in common.
    pub uuid: String,
    /// The file's name.
    pub name: String,
    /// How many parts.
    pub parts: u64,
}

impl Parcelled {
    fn fields(&self) -> Vec<(&'static str, String)> {
        vec![("uuid", self.uuid.clone()), ("filename", self.name.clone()), ("totalparts", self.parts.to_string())]
    }

    /// Sends a part.
    pub fn send(&self, dataset: &str, replaced: Option<&str>, part: u64, file: Slice) -> Call {
        let mut fields = self.fields();
        fields.push(("partindex", part.to_string()));
        fields.push(("chunksize", (file.end - file.start).to_string()));
        Call::post(upload(dataset, replaced), Body::Multipart { fields, file: Some(file) })
    }

    /// Asks for the parts to be put together.
    pub fn assemble(&self, dataset: &str, replaced: Option<&str>) -> Call {
        Call::post(upload(dataset, replaced), Body::Multipart { fields: self.fields(), file: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_stays_in_its_place() {
        assert_eq!(dataset("a/../b?c").path, "/api/1/datasets/a%2F..%2Fb%3Fc/");
        assert_eq!(send("d", Some("r"), slice()).path, "/api/1/datasets/d/resources/r/upload/");
        assert_eq!(send("d", None, slice()).path, "/api/1/datasets/d/upload/");
    }

    #[test]
    fn a_file_in_parts_is_told_part_by_part() {
        let parcelled = Parcelled { uuid: "u".into(), name: "a.csv".into(), parts: 2 };
        let Body::Multipart { fields, file } = parcelled.send("d", None, 1, slice()).body else { panic!() };
        let told: Vec<String> = fields.iter().map(|(key, value)| format!("{key}={value}")).collect();
        assert_eq!(told.join(" "), "uuid=u filename=a.csv totalparts=2 partindex=1 chunksize=3");
        assert_eq!(file, Some(slice()));
        let Body::Multipart { file: None, .. } = parcelled.assemble("d", None).body else { panic!() };
    }

    fn slice() -> Slice {
        Slice { file: 0, name: "a.csv".into(), start: 4, end: 7 }
    }
}
