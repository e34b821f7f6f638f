//! What was fetched is kept on this computer, so that it serves again without network: the national
//! catalogue, and the last schemas used. Never a table, never a schema file of one's own.

use serde::{Deserialize, Serialize};

use crate::{browser, schema::RemoteEntry};

const CATALOGUE: &str = "atelier-catalogue";
const SCHEMAS: &str = "atelier-schemas";
/// Schemas kept: browsers lend about 5 MB in all.
const MOST: usize = 8;

/// The national catalogue as it was on a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptCatalogue {
    /// The day, `2024-12-31`.
    pub date: String,
    /// Its schemas.
    pub entries: Vec<RemoteEntry>,
}

/// The catalogue kept, if there is one.
pub fn catalogue() -> Option<KeptCatalogue> {
    serde_json::from_str(&browser::remembered(CATALOGUE)?).ok()
}

/// Keeps the catalogue.
pub fn keep_catalogue(catalogue: &KeptCatalogue) {
    browser::remember(CATALOGUE, &serde_json::to_string(catalogue).unwrap_or_default());
}

/// The schemas kept, by address, the last first.
fn schemas() -> Vec<(String, String)> {
    browser::remembered(SCHEMAS).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// The schema kept from an address.
pub fn schema(url: &str) -> Option<String> {
    schemas().into_iter().find(|(kept, _)| kept == url).map(|(_, text)| text)
}

/// Keeps a schema; the one used longest ago makes room.
pub fn keep_schema(url: &str, text: &str) {
    let mut kept = schemas();
    kept.retain(|(other, _)| other != url);
    kept.insert(0, (url.to_owned(), text.to_owned()));
    kept.truncate(MOST);
    browser::remember(SCHEMAS, &serde_json::to_string(&kept).unwrap_or_default());
}
