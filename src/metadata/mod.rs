//! What describes a dataset to those who will look for it.

mod datapackage;
mod description;
mod frequency;
mod licence;
mod profile;
mod propose;
mod quality;
mod tags;
mod territory;

pub use datapackage::{CONTACT, PUBLISHER, from_datapackage, of_package, schema_address};
pub use frequency::Frequency;
pub use licence::Licence;
pub use profile::Profile;
pub use propose::propose;
pub use quality::{DESCRIPTION, Point};
pub use tags::{tag, tags};
pub use territory::{Granularity, Zone};

use serde::{Deserialize, Serialize};

/// The description of a dataset: what data.gouv.fr asks, and what it scores.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Metadata {
    /// What, where and when.
    pub title: String,
    /// Where the data come from, what a row holds.
    pub description: String,
    /// The same in a sentence of at most 200 characters, for lists.
    pub summary: String,
    /// Key words, as [`tag`] writes them.
    pub tags: Vec<String>,
    /// Who publishes.
    pub organisation: String,
    /// The publisher's SIREN, 9 digits.
    pub siren: String,
    /// The SIRET of the publisher's seat, 14 digits, where it is known.
    pub siret: String,
    /// Whom to write to.
    pub contact: Contact,
    /// Under which licence.
    pub licence: Licence,
    /// How often it will be updated, where it is known.
    pub frequency: Option<Frequency>,
    /// The first day covered, `2024-01-31`.
    pub start: String,
    /// The last day covered.
    pub end: String,
    /// The name of the territory covered.
    pub territory: String,
    /// The same territory, in zones that machines know.
    pub zones: Vec<Zone>,
    /// The finest place that the data tell apart.
    pub granularity: Option<Granularity>,
}

/// Whom the readers of a dataset write to: a service rather than a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// The name of the service.
    pub name: String,
    /// Its e-mail address.
    pub email: String,
    /// The address of its form, where it prefers one.
    pub form: String,
}

/// Characters of a summary at most (`DESCRIPTION_SHORT_SIZE_LIMIT` of udata).
pub const SUMMARY: usize = 200;
