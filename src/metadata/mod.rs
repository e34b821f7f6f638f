//! What describes a dataset to those who will look for it.

mod datapackage;
mod propose;

pub use datapackage::{from_datapackage, schema_address};
pub use propose::propose;

use serde::{Deserialize, Serialize};

/// The description of a dataset.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// What, where and when.
    pub title: String,
    /// Where the data come from, what a row holds.
    pub description: String,
    /// Who publishes.
    pub organisation: String,
    /// The publisher's SIREN, 9 digits.
    pub siren: String,
    /// Under which licence.
    pub licence: Licence,
    /// How often it will be updated, where it is known.
    pub frequency: Option<Frequency>,
    /// The first day covered, `2024-01-31`.
    pub start: String,
    /// The last day covered.
    pub end: String,
    /// The territory covered.
    pub territory: String,
}

/// The licences that an administration may choose (decree 2017-638).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Licence {
    /// Licence Ouverte 2.0.
    #[default]
    Open,
    /// Open Database License 1.0.
    Odbl,
}

impl Licence {
    /// All of them, the usual one first.
    pub const ALL: [Licence; 2] = [Licence::Open, Licence::Odbl];

    /// Its short name for machines (SPDX where there is one).
    pub fn id(self) -> &'static str {
        match self {
            Licence::Open => "etalab-2.0",
            Licence::Odbl => "ODbL-1.0",
        }
    }

    /// Its name for people.
    pub fn title(self) -> &'static str {
        match self {
            Licence::Open => "Licence Ouverte / Open Licence 2.0",
            Licence::Odbl => "Open Database License (ODbL) 1.0",
        }
    }

    /// Where its text stands.
    pub fn url(self) -> &'static str {
        match self {
            Licence::Open => "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
            Licence::Odbl => "https://opendatacommons.org/licenses/odbl/1-0/",
        }
    }
}

/// How often a dataset is updated, in the vocabulary of the European Union (EU frequency).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Frequency {
    /// Every day.
    Daily,
    /// Every week.
    Weekly,
    /// Every month.
    Monthly,
    /// Every three months.
    Quarterly,
    /// Twice a year.
    Semiannual,
    /// Every year.
    Annual,
    /// Now and then, after each meeting.
    Irregular,
    /// Once only.
    Never,
}

impl Frequency {
    /// All of them, the most frequent first.
    pub const ALL: [Frequency; 8] = [
        Frequency::Daily,
        Frequency::Weekly,
        Frequency::Monthly,
        Frequency::Quarterly,
        Frequency::Semiannual,
        Frequency::Annual,
        Frequency::Irregular,
        Frequency::Never,
    ];

    /// Its code in the vocabulary.
    pub fn code(self) -> &'static str {
        match self {
            Frequency::Daily => "DAILY",
            Frequency::Weekly => "WEEKLY",
            Frequency::Monthly => "MONTHLY",
            Frequency::Quarterly => "QUARTERLY",
            Frequency::Semiannual => "ANNUAL_2",
            Frequency::Annual => "ANNUAL",
            Frequency::Irregular => "IRREG",
            Frequency::Never => "NEVER",
        }
    }
}
