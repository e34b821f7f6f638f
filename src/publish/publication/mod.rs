//! A publication, step by step: what to ask next, and what an answer changes.

mod documents;
mod settle;

pub(super) use documents::says;

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    Answer, Call, Field, Journal, Lack, Notice, Outcome, Parcel, Slice, State, Step, Trouble, Twin,
    answer::KnownSchema,
    api::{self, Parcelled},
};

/// Bytes of a part: a file is sent at once up to there, and in parts of that size above. It is what the site of data.gouv.fr
/// does itself.
pub const PART: u64 = 20_000_000;
/// Requests in a row without an outcome, at most.
const PATIENCE: u32 = 5;
/// How many times a file is begun anew, at most.
const ATTEMPTS: u32 = 3;
/// What a dataset and its files carry, to be found again.
const KEY: &str = "atelier:publication-id";

/// A publication under way.
#[derive(Debug, Clone)]
pub struct Publication {
    journal: Journal,
    parcel: Parcel,
    /// What was read, to be put back changed.
    held: Option<Value>,
    /// The schemas that the platform knows, where it told them.
    known: Option<Vec<KnownSchema>>,
    /// Whom readers write to, by its identifier there.
    contact: Option<String>,
    /// Requests in a row without an outcome.
    losses: u32,
    pause: Option<Duration>,
    trouble: Option<Trouble>,
    summary: Option<Summary>,
}

/// What to do next.
#[derive(Debug, Clone, PartialEq)]
pub enum Next {
    /// Write [`Publication::journal`] down, then make this request, and tell [`Publication::answered`] what came of it.
    Ask(Box<Call>),
    /// Wait that long, then call [`Publication::waited`].
    Wait(Duration),
    /// Stop, and say why. [`Publication::again`] goes on once the reason is gone.
    Stop(Trouble),
    /// All is done.
    Done(Summary),
}

/// What a publication gives.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The dataset.
    pub dataset: String,
    /// Its title.
    pub title: String,
    /// The address of its page.
    pub page: Option<String>,
    /// Whether it is still a draft.
    pub private: bool,
    /// The points of quality reached, out of nine.
    pub points: u8,
    /// The permanent addresses of the files.
    pub files: Vec<String>,
}

/// What was just done, for people who watch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// The credential was accepted.
    SignedIn {
        /// Who it belongs to.
        person: String,
        /// For whom they publish.
        organisation: String,
    },
    /// The draft was made.
    Created,
    /// The draft was there: an interrupted request had made it.
    Found,
    /// A part of a file is there.
    Part {
        /// The file.
        name: String,
        /// How many parts are there.
        part: u64,
        /// Out of how many.
        parts: u64,
    },
    /// A file is there, and its SHA-1 is the right one.
    Sent(String),
    /// A file was there already, with the right SHA-1.
    There(String),
    /// A file is described.
    FileDescribed(String),
    /// The dataset is described.
    DatasetDescribed,
    /// It is public.
    Public,
    /// Nothing came back; it will be looked at what is there, and tried again.
    Lost,
}

impl Publication {
    /// A publication, from its beginning or from where its journal says that it was interrupted.
    pub fn new(journal: Journal, parcel: Parcel) -> Publication {
        let mut publication = Publication {
            journal,
            parcel,
            held: None,
            known: None,
            contact: None,
            losses: 0,
            pause: None,
            trouble: None,
            summary: None,
        };
        publication.again();
        publication
    }

    /// What is to be written down before each request.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// What to do next.
    pub fn next(&self) -> Next {
        if let Some(trouble) = &self.trouble {
            return Next::Stop(trouble.clone());
        }
        if let Some(pause) = self.pause {
            return Next::Wait(pause);
        }
        match (self.call(), &self.summary) {
            (Some(call), _) => Next::Ask(Box::new(call)),
            (None, Some(summary)) => Next::Done(summary.clone()),
            (None, None) => Next::Stop(Trouble::NotFound),
        }
    }

    /// The wait is over.
    pub fn waited(&mut self) {
        self.pause = None;
    }

    /// Takes what came of the request, and tells what was done, where something was.
    pub fn answered(&mut self, outcome: Outcome) -> Option<Event> {
        let answer = match outcome {
            Outcome::Answered(answer) if self.journal.step == Step::Schemas && !matches!(answer.status, 200 | 401) => {
                // The catalogue is elsewhere, and down: the platform checks nothing either.
                self.journal.step = self.entry();
                return None;
            }
            Outcome::Answered(answer) if !answer.is_unknown() => answer,
            Outcome::Answered(answer) => return self.lost(Some(&answer)),
            Outcome::Lost => return self.lost(None),
        };
        self.settle(&answer).unwrap_or_else(|trouble| {
            self.trouble = Some(trouble);
            None
        })
    }

    /// Goes on after a trouble: who asks, and what is there, is looked at afresh.
    pub fn again(&mut self) {
        (self.losses, self.pause, self.held) = (0, None, None);
        self.journal.step = Step::SignIn;
        let mut lacks = self.parcel.lacks();
        lacks.retain(|lack| match lack {
            Lack::Title | Lack::ShortTitle => self.journal.writes(Field::Title),
            Lack::Description => self.journal.writes(Field::Description),
            Lack::File => true,
        });
        self.trouble = (!lacks.is_empty()).then_some(Trouble::Lacking(lacks));
    }

    /// Publishes although another dataset has the same file.
    pub fn accept(&mut self, twin: &Twin) {
        self.journal.accept(twin);
        self.again();
    }

    /// Makes public what is, or will be, a draft.
    pub fn make_public(&mut self) {
        self.journal.public = true;
        if self.journal.step == Step::Done {
            self.journal.step = Step::ReadDraft;
        }
    }

    /// The next request, `None` where there is none left.
    fn call(&self) -> Option<Call> {
        let journal = &self.journal;
        let dataset = journal.dataset.as_deref();
        Some(match journal.step {
            Step::SignIn => api::me(),
            Step::Licences => api::licences(),
            Step::Schemas => api::schemas(),
            Step::Neighbours(page) => api::datasets(&journal.organisation.id, "", page),
            Step::Find => api::my_datasets(&journal.title),
            Step::Contact => api::contact(&journal.organisation, &self.parcel.sheet.contact),
            Step::Create => api::create(self.new_dataset()),
            Step::Compare(_) => api::dataset(dataset?),
            Step::Send(file) => api::send(dataset?, self.place(file), self.slice(file, 0, u64::MAX)?),
            Step::Part(file, _) => {
                let part = journal.files.get(file)?.parts;
                let start = part * PART;
                let slice = self.slice(file, start, start + PART)?;
                self.parcelled(file)?.send(dataset?, self.place(file), part, slice)
            }
            Step::Assemble(file) => self.parcelled(file)?.assemble(dataset?, self.place(file)),
            Step::ReadFile(file) => api::resource(dataset?, journal.files.get(file)?.resource.as_deref()?),
            Step::DescribeFile(file) => {
                let resource = journal.files.get(file)?.resource.as_deref()?;
                api::describe(dataset?, resource, self.file_document(file)?)
            }
            Step::ReadDataset | Step::ReadDraft => api::whole_dataset(dataset?),
            Step::DescribeDataset => api::change(dataset?, self.described_dataset()?),
            Step::Publish => api::change(dataset?, self.public_dataset()?),
            Step::Review => api::review(dataset?),
            Step::Done => return None,
        })
    }

    /// The file of the dataset whose place a file takes.
    fn place(&self, file: usize) -> Option<&str> {
        self.journal.files.get(file)?.replaces.as_deref()
    }

    fn slice(&self, file: usize, start: u64, end: u64) -> Option<Slice> {
        let piece = self.parcel.files.get(file)?;
        Some(Slice { file, name: piece.name.clone(), start, end: end.min(piece.size) })
    }

    fn parcelled(&self, file: usize) -> Option<Parcelled> {
        let entry = self.journal.files.get(file)?;
        let uuid = self.journal.parcelling(file, entry.attempt);
        Some(Parcelled { uuid, name: entry.name.clone(), parts: entry.size.div_ceil(PART) })
    }

    /// Nothing tells whether the request was carried out: what is there is looked at before it is made again.
    fn lost(&mut self, answer: Option<&Answer>) -> Option<Event> {
        // A part that is there cannot be sent again: the platform fails on it.
        let failed = answer.is_some_and(|answer| answer.status == 500);
        if let (Step::Part(file, true), true) = (self.journal.step, failed) {
            return self.part_sent(file);
        }
        self.losses += 1;
        self.pause = Some(Duration::from_millis(1_100) * 2_u32.saturating_pow(self.losses.saturating_sub(1).min(4)));
        self.journal.step = match self.journal.step {
            Step::Create => Step::Find,
            Step::Part(file, _) => Step::Part(file, true),
            Step::Assemble(file) => {
                if failed && !self.begin_anew(file) {
                    return None;
                }
                Step::Compare(file)
            }
            Step::Send(file) => Step::Compare(file),
            Step::DescribeFile(file) => Step::ReadFile(file),
            Step::DescribeDataset => Step::ReadDataset,
            Step::Publish => Step::ReadDraft,
            reading => reading,
        };
        if self.losses > PATIENCE {
            self.trouble = Some(answer.map_or(Trouble::Unreachable, Answer::trouble));
            return None;
        }
        Some(Event::Lost)
    }

    /// Takes a file back to its first byte; not for ever.
    fn begin_anew(&mut self, file: usize) -> bool {
        let Some(entry) = self.journal.files.get_mut(file) else { return false };
        entry.attempt += 1;
        entry.parts = 0;
        let given_up = entry.attempt % ATTEMPTS == 0;
        if given_up {
            self.trouble = Some(Trouble::Damaged);
        }
        !given_up
    }

    /// Where the work itself begins, once all is known of who asks.
    fn entry(&mut self) -> Step {
        if self.journal.dataset.is_some() {
            Step::Compare(0)
        } else if self.journal.creating {
            Step::Find
        } else {
            Step::Neighbours(1)
        }
    }

    /// Whether readers are told whom to write to: a name alone reaches nobody.
    fn tells_contact(&self) -> bool {
        let contact = &self.parcel.sheet.contact;
        [&contact.email, &contact.form].iter().any(|text| !text.trim().is_empty())
    }

    /// What comes after a file.
    fn after_file(&self, file: usize) -> Step {
        if file + 1 < self.journal.files.len() {
            Step::Compare(file + 1)
        } else if self.journal.existing && !self.journal.describe.is_empty() {
            Step::ReadDataset
        } else {
            Step::Review
        }
    }
}
