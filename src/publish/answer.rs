use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::{KeyFault, Remark, Trouble};

/// What came of a request.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The platform answered.
    Answered(Answer),
    /// Nothing came back: whether it was done is not known. A proxy's refusal looks the same to a page.
    Lost,
}

/// An answer of a platform.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Its text.
    pub body: String,
}

impl Answer {
    /// Reads what was asked for.
    ///
    /// # Errors
    /// Where the platform refused, failed, or is none.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Trouble> {
        match self.status {
            200..=299 => serde_json::from_str(&self.body).map_err(|_| Trouble::Unreadable),
            _ => Err(self.trouble()),
        }
    }

    /// Whether what was asked may have been done all the same: the server failed, or a proxy before it.
    pub fn is_unknown(&self) -> bool {
        self.status >= 500 || matches!(self.status, 408 | 429)
    }

    /// Why it was refused, from the status and the four forms of text that udata gives (shared by all its routes).
    pub fn trouble(&self) -> Trouble {
        let document: Value = serde_json::from_str(&self.body).unwrap_or_default();
        let text = |key: &str| document.get(key).and_then(Value::as_str).unwrap_or_default().trim().to_owned();
        let message = text("message");
        match self.status {
            401 => Trouble::Key(match message.as_str() {
                "Invalid API token" => KeyFault::Unknown,
                "Expired API token" => KeyFault::Expired,
                "Revoked API token" => KeyFault::Revoked,
                "Inactive user" => KeyFault::Inactive,
                _ => KeyFault::Missing,
            }),
            403 => Trouble::NotAllowed,
            404 => Trouble::NotFound,
            410 => Trouble::Deleted,
            413 => Trouble::TooLarge,
            423 => Trouble::ReadOnly,
            429 => Trouble::Busy,
            500.. => Trouble::Failing,
            300..=399 => Trouble::Moved,
            status => {
                let mut remarks = Vec::new();
                if let Some(errors) = document.get("errors") {
                    gather("", errors, &mut remarks);
                }
                // The text of an upload's refusal, then that of any other.
                let message = [text("error"), text("error_description"), message].into_iter().find(|text| !text.is_empty());
                if remarks.is_empty() {
                    Trouble::Refused { status, message: message.unwrap_or_default() }
                } else {
                    Trouble::Invalid(remarks)
                }
            }
        }
    }
}

/// Gathers the texts of a tree of errors, each with the field it speaks of: `schema.version`.
fn gather(field: &str, errors: &Value, to: &mut Vec<Remark>) {
    match errors {
        Value::String(text) => to.push(Remark { field: field.to_owned(), text: text.trim().to_owned() }),
        Value::Array(errors) => errors.iter().for_each(|error| gather(field, error, to)),
        Value::Object(errors) => errors.iter().for_each(|(key, error)| {
            let dot = if field.is_empty() { "" } else { "." };
            gather(&format!("{field}{dot}{key}"), error, to);
        }),
        _ => {}
    }
}

/// Who a credential belongs to.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Me {
    /// First name.
    #[serde(default, deserialize_with = "nullable")]
    pub first_name: String,
    /// Last name.
    #[serde(default, deserialize_with = "nullable")]
    pub last_name: String,
    /// The organisations that the person belongs to.
    #[serde(default, deserialize_with = "nullable")]
    pub organizations: Vec<Organisation>,
    /// `admin` for who runs the platform.
    #[serde(default, deserialize_with = "nullable")]
    pub roles: Vec<String>,
}

/// An organisation.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, Deserialize)]
pub struct Organisation {
    /// Its identifier.
    pub id: String,
    /// Its name.
    #[serde(default, deserialize_with = "nullable")]
    pub name: String,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Page<T> {
    /// What it holds.
    pub data: Vec<T>,
    /// The address of the next one.
    #[serde(default)]
    pub next_page: Option<String>,
    /// How many there are on all pages.
    #[serde(default, deserialize_with = "nullable")]
    pub total: u64,
}

/// A dataset, as far as it is read.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, Deserialize)]
pub struct Dataset {
    /// Its identifier.
    pub id: String,
    /// Its title.
    #[serde(default, deserialize_with = "nullable")]
    pub title: String,
    /// Whether it is a draft.
    #[serde(default, deserialize_with = "nullable")]
    pub private: bool,
    /// When it was deleted, where it was.
    #[serde(default)]
    pub deleted: Option<String>,
    /// The address of its page.
    #[serde(default)]
    pub page: Option<String>,
    /// Who publishes it.
    #[serde(default)]
    pub organization: Option<Organisation>,
    /// What programs wrote beside.
    #[serde(default, deserialize_with = "nullable")]
    pub extras: Map<String, Value>,
    /// Its files.
    #[serde(default, deserialize_with = "nullable")]
    pub resources: Vec<Resource>,
    /// What is known of its quality.
    #[serde(default, deserialize_with = "nullable")]
    pub quality: Quality,
    /// What the person may do.
    #[serde(default, deserialize_with = "nullable")]
    pub permissions: Permissions,
}

/// What the person who asks may do with a dataset. Not told, it is tried.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, Deserialize)]
pub struct Permissions {
    /// Whether its files may be changed.
    #[serde(default)]
    pub edit_resources: Option<bool>,
}

/// The score of a dataset.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, Deserialize)]
pub struct Quality {
    /// From 0 to 1.
    #[serde(default, deserialize_with = "nullable")]
    pub score: f64,
}

impl Quality {
    /// How many of the nine points are reached.
    pub fn points(&self) -> u8 {
        (self.score * 9.0).round().clamp(0.0, 9.0) as u8
    }
}

/// A file of a dataset.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, Deserialize)]
pub struct Resource {
    /// Its identifier.
    pub id: String,
    /// Its title.
    #[serde(default, deserialize_with = "nullable")]
    pub title: String,
    /// What tells its bytes from others.
    #[serde(default)]
    pub checksum: Option<Checksum>,
    /// Their count.
    #[serde(default)]
    pub filesize: Option<u64>,
    /// The address where its bytes are.
    #[serde(default)]
    pub url: Option<String>,
    /// Its permanent address.
    #[serde(default)]
    pub latest: Option<String>,
    /// `csv`.
    #[serde(default)]
    pub format: Option<String>,
    /// `file` where the platform holds it, `remote` elsewhere.
    #[serde(default)]
    pub filetype: Option<String>,
}

/// A digest of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, Deserialize)]
pub struct Checksum {
    /// `sha1` for what the platform holds.
    #[serde(rename = "type")]
    pub kind: String,
    /// In hexadecimal.
    pub value: String,
}

impl Resource {
    /// Whether it has these very bytes.
    pub fn holds(&self, sha1: &str, size: u64) -> bool {
        let same = |checksum: &Checksum| checksum.kind == "sha1" && checksum.value.eq_ignore_ascii_case(sha1);
        self.filesize == Some(size) && self.checksum.as_ref().is_some_and(same)
    }
}

/// A licence that a platform knows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Licence {
    /// Its identifier there.
    pub id: String,
}

/// Whom readers write to, as a platform knows it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Contact {
    /// Its identifier there.
    pub id: String,
}

/// A schema of the national catalogue, as a platform knows it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct KnownSchema {
    /// Its name there.
    pub name: String,
    /// Its versions.
    #[serde(default, deserialize_with = "nullable")]
    pub versions: Vec<KnownVersion>,
}

/// A version of a schema.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct KnownVersion {
    /// Its number.
    #[serde(default, deserialize_with = "nullable")]
    pub version_name: String,
}

/// Takes `null` as nothing.
fn nullable<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(from: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trouble(status: u16, body: &str) -> Trouble {
        Answer { status, body: body.into() }.trouble()
    }

    #[test]
    fn the_four_forms_of_refusal_are_read() {
        let remark = |field: &str, text: &str| Remark { field: field.into(), text: text.into() };
        let nested = r#"{"errors":{"schema":{"version":["Versions autorisées : 2.1.2"]},"title":["a","b"]}}"#;
        let told = [remark("schema.version", "Versions autorisées : 2.1.2"), remark("title", "a"), remark("title", "b")];
        assert_eq!(trouble(400, nested), Trouble::Invalid(told.to_vec()));
        let parser = r#"{"errors":{"q":"Missing required parameter"},"message":"Input payload validation failed"}"#;
        assert_eq!(trouble(400, parser), Trouble::Invalid(vec![remark("q", "Missing required parameter")]));
        let refused = |message: &str| Trouble::Refused { status: 400, message: message.into() };
        assert_eq!(
            trouble(400, r#"{"message":"'nope' is not a valid UpdateFrequency"}"#),
            refused("'nope' is not a valid UpdateFrequency")
        );
        assert_eq!(
            trouble(400, r#"{"success":false,"error":"Chunk size mismatch","message":""}"#),
            refused("Chunk size mismatch")
        );
        assert_eq!(trouble(400, "<html>"), refused(""));
        assert_eq!(
            trouble(400, r#"{"error":"invalid_grant","error_description":"Code challenge failed."}"#),
            refused("invalid_grant")
        );
    }

    #[test]
    fn a_status_is_a_reason() {
        assert_eq!(trouble(401, r#"{"message":"Expired API token"}"#), Trouble::Key(KeyFault::Expired));
        assert_eq!(trouble(401, r#"{"message":"The server could not…"}"#), Trouble::Key(KeyFault::Missing));
        assert_eq!(trouble(404, r#"{"message":"… did you mean /api/1/?"}"#), Trouble::NotFound);
        assert_eq!(
            (trouble(410, ""), trouble(423, ""), trouble(503, "")),
            (Trouble::Deleted, Trouble::ReadOnly, Trouble::Failing)
        );
        assert_eq!(Answer { status: 200, body: "<html>".into() }.read::<Me>(), Err(Trouble::Unreadable));
    }

    #[test]
    fn nulls_are_nothing() {
        let body =
            r#"{"id":"a","title":null,"private":null,"extras":null,"quality":null,"resources":[{"id":"r","checksum":null}]}"#;
        let dataset: Dataset = Answer { status: 200, body: body.into() }.read().unwrap();
        assert!(!dataset.resources[0].holds("", 0) && dataset.quality.points() == 0);
        assert_eq!(Quality { score: 7.0 / 9.0 }.points(), 7);
    }
}
