use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha1::{Digest, Sha1};

use super::{Field, Instance, Organisation, Parcel, Twin, field::fields, parcel::hex};

/// What a publication has done, written down before each request: from it alone, with the same files, it goes on after any
/// interruption.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Journal {
    /// The version of the form, [`VERSION`].
    pub journal: u32,
    /// What tells this publication from any other. The dataset that it makes carries it.
    pub publication: String,
    /// The platform.
    pub instance: Instance,
    /// Who publishes.
    pub organisation: Organisation,
    /// The dataset's title, by which it is looked for.
    pub title: String,
    /// The dataset, once it is known.
    pub dataset: Option<String>,
    /// The dataset as it was asked for, where it was there before: its identifier, or its slug.
    pub asked: Option<String>,
    /// Whether the dataset was there before.
    pub existing: bool,
    /// What is written over in the description of a dataset that was there before.
    #[serde(deserialize_with = "fields")]
    pub describe: Vec<Field>,
    /// What was published of these fields when the agent was shown it: what says something else by then is left alone.
    #[serde(default)]
    pub shown: Vec<(Field, Value)>,
    /// Whether it is public at the end.
    pub public: bool,
    /// The files.
    pub files: Vec<Entry>,
    /// What comes next.
    pub step: Step,
    /// Whether a dataset may have been made, though no answer said so.
    pub creating: bool,
    /// The twins that the agent has seen, and does not mind.
    pub accepted: Vec<String>,
    /// What was done otherwise than asked.
    pub notices: Vec<Notice>,
}

/// The version of the form. A journal of a later one is refused.
pub const VERSION: u32 = 2;

/// A file, and how far it is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// Its size.
    pub size: u64,
    /// Its SHA-1.
    pub sha1: String,
    /// The file of the dataset whose place it takes.
    pub replaces: Option<String>,
    /// What described that file, for sending another in its place gives it the other's name.
    pub before: Option<Before>,
    /// The file of the dataset that it is, once it is known.
    pub resource: Option<String>,
    /// How far it is.
    pub state: State,
    /// How many times it was begun anew.
    pub attempt: u32,
    /// How many of its parts are there.
    pub parts: u64,
}

/// What described a file before another took its place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Before {
    /// Its title.
    pub title: String,
}

/// How far a file is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Nothing was sent.
    #[default]
    Waiting,
    /// It may be there, in whole or in part.
    Sending,
    /// It is there, with the right bytes.
    Sent,
    /// It is described too.
    Described,
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Ask who the credential belongs to.
    SignIn,
    /// Ask for the licences known.
    Licences,
    /// Ask for the schemas known.
    Schemas,
    /// Look for the same file among the datasets of the organisation, on this page.
    Neighbours(u32),
    /// Look for the dataset that this publication may have made.
    Find,
    /// Tell the platform whom readers write to.
    Contact,
    /// Make the dataset.
    Create,
    /// Look for a file in the dataset.
    Compare(usize),
    /// Send a file.
    Send(usize),
    /// Send the next part of a file; `true` where it is sent again.
    Part(usize, bool),
    /// Have the parts of a file put together.
    Assemble(usize),
    /// Read what describes a file.
    ReadFile(usize),
    /// Describe a file.
    DescribeFile(usize),
    /// Read the dataset, to describe it.
    ReadDataset,
    /// Describe the dataset.
    DescribeDataset,
    /// Read the draft, to make it public.
    ReadDraft,
    /// Make it public.
    Publish,
    /// Read what it all gives.
    Review,
    /// Nothing.
    Done,
}

/// What was done otherwise than asked, and that people must know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Notice {
    /// The platform does not know that version of the schema: the file follows it by its name alone.
    SchemaVersion {
        /// The schema.
        name: String,
        /// The version.
        version: String,
    },
    /// The platform does not know the schema: the file follows it by its address alone.
    UnknownSchema(String),
    /// The dataset had the very file already, under this title: it was left as it was.
    AlreadyThere(String),
    /// Somebody changed the field on the platform since the agent was shown it: it was left as it is.
    ChangedField(Field),
}

/// Where a publication goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A new dataset.
    New,
    /// A dataset that is there.
    Existing {
        /// Its identifier.
        dataset: String,
        /// The file to replace; another is added without.
        replaces: Option<String>,
        /// What is written over in its description.
        describe: Vec<Field>,
    },
}

impl Journal {
    /// The journal of a publication that begins. `chance` are random bytes.
    pub fn new(chance: [u8; 16], instance: Instance, organisation: &str, target: Target, parcel: &Parcel) -> Journal {
        let (dataset, replaces, describe) = match target {
            Target::New => (None, None, Vec::new()),
            Target::Existing { dataset, replaces, describe } => (Some(dataset), replaces, describe),
        };
        let mut files: Vec<Entry> = parcel
            .files
            .iter()
            .map(|file| Entry { name: file.name.clone(), size: file.size, sha1: file.sha1.clone(), ..Entry::default() })
            .collect();
        if let Some(first) = files.first_mut() {
            first.replaces = replaces;
        }
        Journal {
            journal: VERSION,
            publication: uuid(chance),
            instance,
            organisation: Organisation { id: organisation.to_owned(), name: String::new() },
            title: parcel.sheet.title.trim().to_owned(),
            asked: dataset.clone(),
            existing: dataset.is_some(),
            dataset,
            describe,
            shown: Vec::new(),
            public: false,
            files,
            step: Step::SignIn,
            creating: false,
            accepted: Vec::new(),
            notices: Vec::new(),
        }
    }

    /// Reads a journal; `None` where the text is none, or one of a later version.
    pub fn read(text: &str) -> Option<Journal> {
        let document: Value = serde_json::from_str(text).ok()?;
        (document.get("journal")?.as_u64()? <= u64::from(VERSION)).then(|| serde_json::from_value(document).ok())?
    }

    /// The text to keep.
    pub fn text(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Whether it tells of these very files.
    pub fn tells_of(&self, parcel: &Parcel) -> bool {
        let same = self.files.iter().zip(&parcel.files).all(|(entry, file)| entry.sha1 == file.sha1 && entry.size == file.size);
        same && self.files.len() == parcel.files.len()
    }

    /// The files that the former ones gave way to: next month's take their places, in the same dataset.
    pub fn followed_by(&self, chance: [u8; 16], parcel: &Parcel, describe: Vec<Field>) -> Option<Journal> {
        let dataset = self.dataset.clone()?;
        let replaces = self.files.first()?.resource.clone();
        let target = Target::Existing { dataset, replaces, describe };
        let journal = Journal::new(chance, self.instance.clone(), &self.organisation.id, target, parcel);
        Some(Journal { asked: self.asked.clone(), ..journal })
    }

    /// Whether a field of the description is written: all of them are for a new dataset.
    pub fn writes(&self, field: Field) -> bool {
        !self.existing || self.describe.contains(&field)
    }

    /// Takes a twin for what it is: another dataset with the same file.
    pub fn accept(&mut self, twin: &Twin) {
        self.accepted.push(twin.dataset.clone());
    }

    pub(super) fn notice(&mut self, notice: Notice) {
        if !self.notices.contains(&notice) {
            self.notices.push(notice);
        }
    }

    /// What tells the parts of a file from those of any other, and of an attempt before.
    pub(super) fn parcelling(&self, file: usize, attempt: u32) -> String {
        let digest = Sha1::digest(format!("{} {file} {attempt}", self.publication));
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(digest).for_each(|(byte, from)| *byte = from);
        uuid(bytes)
    }
}

/// Bytes written as a UUID (version 4 of RFC 9562).
fn uuid(bytes: [u8; 16]) -> String {
    let number = (u128::from_be_bytes(bytes) & !(0xf << 76) & !(0b11 << 62)) | (0x4 << 76) | (0b10 << 62);
    let digits = hex(&number.to_be_bytes());
    let cut = |range: std::ops::Range<usize>| digits.get(range).unwrap_or_default();
    format!("{}-{}-{}-{}-{}", cut(0..8), cut(8..12), cut(12..16), cut(16..20), cut(20..32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_have_the_form_of_all_others() {
        assert_eq!(uuid([0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_eq!(uuid([0; 16]), "00000000-0000-4000-8000-000000000000");
    }

    #[test]
    fn a_journal_comes_back_as_it_was_written() {
        let instance = Instance::new("https://demo.data.gouv.fr").unwrap();
        let parcel = Parcel { files: vec![super::super::Piece { size: 3, ..Default::default() }], ..Parcel::default() };
        let mut journal = Journal::new([1; 16], instance, "org", Target::New, &parcel);
        journal.notice(Notice::AlreadyThere("x".into()));
        journal.notice(Notice::AlreadyThere("x".into()));
        assert_eq!((Journal::read(&journal.text()), journal.notices.len()), (Some(journal.clone()), 1));
        assert!(journal.tells_of(&parcel) && !journal.tells_of(&Parcel::default()));
        assert_ne!(journal.parcelling(0, 0), journal.parcelling(0, 1));
        assert_eq!(journal.followed_by([2; 16], &parcel, Vec::new()), None);
        // A journal of the first form.
        let former = journal.text().replace("\"describe\": []", "\"describe\": true").replace("\"journal\": 2", "\"journal\": 1");
        assert_eq!(Journal::read(&former).unwrap().describe, Field::ALL);
        let text = journal.text();
        for bad in ["", "{}", "[]", &text.replace("\"journal\": 2", "\"journal\": 9"), &text.replace("https://", "http://")] {
            assert_eq!(Journal::read(bad), None, "{bad}");
        }
    }
}
