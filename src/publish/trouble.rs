use serde::{Deserialize, Serialize};

use super::Organisation;

/// Why a publication stops. Nothing is lost: it goes on from its journal once the reason is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trouble {
    /// Nothing came back, several times: no network, no such host, or a proxy in between.
    Unreachable,
    /// The platform fails, several times.
    Failing,
    /// The platform asks for patience, several times.
    Busy,
    /// What answers is no such platform: a page of a proxy, another program.
    Unreadable,
    /// The address leads elsewhere, and a key is not sent on.
    Moved,
    /// The key opens nothing.
    Key(KeyFault),
    /// The person may not do that.
    NotAllowed,
    /// It does not exist, or is a draft of others.
    NotFound,
    /// It was deleted on the platform.
    Deleted,
    /// The platform takes nothing for now.
    ReadOnly,
    /// The file is larger than what the platform, or a proxy before it, takes.
    TooLarge,
    /// Fields are refused.
    Invalid(Vec<Remark>),
    /// Refused otherwise.
    Refused {
        /// The status.
        status: u16,
        /// What the platform says.
        message: String,
    },
    /// The person does not belong to the organisation; theirs are these.
    NotMember(Vec<Organisation>),
    /// The dataset belongs to others.
    NotOurs(String),
    /// The dataset has no such file to replace.
    NoSuchFile(String),
    /// The file of that title is no longer the one that was sent: somebody changed it on the platform.
    ChangedThere(String),
    /// The platform does not know this licence: it would drop it without a word.
    UnknownLicence(String),
    /// What describes the dataset lacks these.
    Lacking(Vec<Lack>),
    /// The organisation has this very file already, in this dataset.
    Twin(Twin),
    /// What the platform received is not what was sent, several times.
    Damaged,
}

/// What is wrong with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyFault {
    /// None was given, or it is none.
    Missing,
    /// The platform does not know it.
    Unknown,
    /// Its time is over.
    Expired,
    /// It was withdrawn.
    Revoked,
    /// Its owner's account is closed.
    Inactive,
}

/// What a platform says of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// The field, `schema.version`.
    pub field: String,
    /// What it says.
    pub text: String,
}

/// What every dataset must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lack {
    /// A title.
    Title,
    /// A title of at most 350 characters.
    ShortTitle,
    /// A description.
    Description,
    /// A file with something in it.
    File,
}

/// A dataset that has the same file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Twin {
    /// Its identifier.
    pub dataset: String,
    /// Its title.
    pub title: String,
}
