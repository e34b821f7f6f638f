use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sha1::{Digest, Sha1};

use super::Lack;
use crate::metadata::{self, Contact, Licence};

/// What is to be published: the description of a dataset, and its files.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Parcel {
    /// The dataset.
    pub sheet: Sheet,
    /// Its files.
    pub files: Vec<Piece>,
}

/// The description of a dataset, in the words of the platform.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its title.
    pub title: String,
    /// What it is, in Markdown.
    pub description: String,
    /// The same in a sentence.
    pub summary: Option<String>,
    /// The licence's identifier on the platform.
    pub licence: Option<String>,
    /// How often it is updated, by the platform's name.
    pub frequency: Option<String>,
    /// Key words.
    pub tags: Vec<String>,
    /// The first day covered.
    pub start: Option<String>,
    /// The last one.
    pub end: Option<String>,
    /// The identifiers of the places covered, `fr:commune:69123`.
    pub zones: Vec<String>,
    /// How fine the places told in the data are, `fr:commune`.
    pub granularity: Option<String>,
    /// Whom readers write to.
    pub contact: Contact,
}

/// A file to publish.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Piece {
    /// The name that it is sent under.
    pub name: String,
    /// Its title on the page.
    pub title: String,
    /// What it is.
    pub description: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its SHA-1, in hexadecimal: that is what the platform tells of what it received.
    pub sha1: String,
    /// The schema it follows.
    pub schema: Option<Followed>,
}

/// The schema that a file follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Followed {
    /// Its name in the national catalogue, `scdl/deliberations`, where its address is one of the catalogue's.
    pub name: Option<String>,
    /// Its version there.
    pub version: Option<String>,
    /// Its address.
    pub url: String,
}

impl Parcel {
    /// Reads what the `datapackage.json` of a pack tells. The size and the digest of its file are those of the bytes that
    /// are sent, [`sha1`]. `None` where it tells of no file.
    pub fn from_package(package: &Value, size: u64, sha1: String) -> Option<Parcel> {
        let at = |pointer: &str| package.pointer(pointer).and_then(Value::as_str).unwrap_or_default().trim().to_owned();
        let told = |pointer: &str| Some(at(pointer)).filter(|text| !text.is_empty());
        let name = told("/resources/0/path").filter(|path| is_plain(path))?;
        let metadata = metadata::of_package(package);
        let mut tags = metadata.tags;
        tags.sort();
        tags.dedup();
        let given = |text: String| Some(text).filter(|text| !text.trim().is_empty());
        let sheet = Sheet {
            title: at("/title"),
            description: at("/description"),
            summary: given(metadata.summary),
            // Without a licence that is told, none is given: that choice is the publisher's alone.
            licence: told("/licenses/0/name").and_then(|name| Licence::of(&name)).map(|licence| licence.udata().to_owned()),
            frequency: metadata.frequency.map(|frequency| frequency.udata().to_owned()),
            tags,
            start: given(metadata.start),
            end: given(metadata.end),
            zones: metadata.zones.iter().map(|zone| zone.id().to_owned()).collect(),
            granularity: metadata.granularity.map(|granularity| granularity.udata().to_owned()),
            contact: metadata.contact,
        };
        let title = told("/resources/0/title").unwrap_or_else(|| name.clone());
        let piece = Piece {
            title,
            description: told("/resources/0/description").unwrap_or_else(|| sheet.title.clone()),
            size,
            sha1,
            schema: told("/resources/0/conformsTo").map(|url| Followed::of(&url)),
            name,
        };
        Some(Parcel { sheet, files: vec![piece] })
    }

    /// What it lacks to be a dataset.
    pub fn lacks(&self) -> Vec<Lack> {
        let mut lacks = Vec::new();
        if self.sheet.title.trim().is_empty() {
            lacks.push(Lack::Title);
        }
        // `TITLE_SIZE_LIMIT` of udata.
        if self.sheet.title.chars().count() > 350 {
            lacks.push(Lack::ShortTitle);
        }
        if self.sheet.description.trim().is_empty() {
            lacks.push(Lack::Description);
        }
        if self.files.is_empty() || self.files.iter().any(|file| file.size == 0) {
            lacks.push(Lack::File);
        }
        lacks
    }
}

impl Sheet {
    /// What is written of it in a dataset: what is not known is left as it is there.
    pub(super) fn fields(&self) -> Map<String, Value> {
        let mut fields = Map::new();
        let mut put = |key: &str, value: Value| drop(fields.insert(key.to_owned(), value));
        put("title", json!(self.title.trim()));
        put("description", json!(self.description.trim()));
        if let Some(summary) = &self.summary {
            put("description_short", json!(summary.trim()));
        }
        if let Some(licence) = &self.licence {
            put("license", json!(licence));
        }
        if let Some(frequency) = &self.frequency {
            put("frequency", json!(frequency));
        }
        if !self.tags.is_empty() {
            put("tags", json!(self.tags));
        }
        if let Some(start) = &self.start {
            put("temporal_coverage", json!({ "start": start, "end": self.end }));
        }
        // A granularity alone would count as a territory.
        if !self.zones.is_empty() {
            put("spatial", json!({ "zones": self.zones, "granularity": self.granularity }));
        }
        fields
    }
}

impl Followed {
    /// The schema of an address: the national catalogue keeps its schemas at `…/schemas/OWNER/NAME/VERSION/FILE`.
    pub fn of(url: &str) -> Followed {
        let named = || {
            let (_, path) = url.split_once("://")?.1.split_once("/schemas/")?;
            let mut parts = path.split('/').filter(|part| !part.is_empty());
            let (owner, name, version) = (parts.next()?, parts.next()?, parts.next()?);
            parts.next()?;
            Some((format!("{owner}/{name}"), version.trim_start_matches('v').to_owned()))
        };
        let (name, version) = named().unzip();
        Followed { name, version, url: url.to_owned() }
    }
}

/// The SHA-1 of a file, in hexadecimal.
pub fn sha1(bytes: &[u8]) -> String {
    hex(&Sha1::digest(bytes))
}

/// Bytes in hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a path is the name of a file beside, and nothing more.
fn is_plain(path: &str) -> bool {
    !path.is_empty() && !path.contains(['/', '\\', '\0']) && path != "." && path != ".."
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        export::{Fingerprint, datapackage},
        metadata::{Frequency, Granularity, Metadata, Zone},
        schema::Schema,
    };

    #[test]
    fn the_package_of_a_pack_says_all_of_it() {
        let schema = Schema::from_json(r#"{"title":"Délibérations","fields":[{"name":"a"}]}"#).unwrap();
        let url = "https://schema.data.gouv.fr/schemas/scdl/deliberations/2.1.5/schema.json";
        let metadata = Metadata {
            title: "Délibérations 2024".into(),
            description: "Ce que le conseil a décidé".into(),
            frequency: Some(Frequency::Semiannual),
            start: "2024-01-01".into(),
            end: "2024-12-31".into(),
            summary: "Les décisions du conseil".into(),
            zones: vec![Zone::france()],
            granularity: Some(Granularity::Commune),
            ..Metadata::default()
        };
        let csv = Fingerprint::of(b"a\n1\n");
        let mut package = datapackage(&metadata, &schema, Some(url), "x.csv", &csv, "2024-01-01T00:00:00Z");
        package["keywords"] = json!(["Conseil municipal", "x", "délibérations", "deliberations"]);
        let parcel = Parcel::from_package(&package, 4, sha1(b"a\n1\n")).unwrap();
        let fields = Value::Object(parcel.sheet.fields());
        assert_eq!(
            fields,
            json!({
                "title": "Délibérations 2024", "description": "Ce que le conseil a décidé", "license": "lov2",
                "frequency": "semiannual", "tags": ["conseil-municipal", "deliberations"],
                "temporal_coverage": { "start": "2024-01-01", "end": "2024-12-31" },
                "description_short": "Les décisions du conseil",
                "spatial": { "zones": ["country:fr"], "granularity": "fr:commune" },
            })
        );
        let followed = Followed { name: Some("scdl/deliberations".into()), version: Some("2.1.5".into()), url: url.into() };
        let piece = &parcel.files[0];
        assert_eq!((piece.name.as_str(), piece.title.as_str(), &piece.schema), ("x.csv", "Délibérations", &Some(followed)));
        assert!(parcel.lacks().is_empty());
    }

    #[test]
    fn what_is_lacking_is_told_before_anything_is_sent() {
        let package = json!({ "title": "x".repeat(351), "resources": [{ "path": "a.csv" }] });
        let parcel = Parcel::from_package(&package, 0, sha1(b"")).unwrap();
        assert_eq!(parcel.lacks(), [Lack::ShortTitle, Lack::Description, Lack::File]);
        for path in ["../a.csv", "/etc/passwd", "a/b.csv", "", ".."] {
            assert_eq!(Parcel::from_package(&json!({ "resources": [{ "path": path }] }), 1, String::new()), None, "{path}");
        }
    }

    #[test]
    fn a_schema_of_the_national_catalogue_has_a_name() {
        assert_eq!(Followed::of("https://example.org/mine.json").name, None);
        assert_eq!(Followed::of("https://example.org/schemas/a/b/v1.0/s.json").version.as_deref(), Some("1.0"));
    }
}
