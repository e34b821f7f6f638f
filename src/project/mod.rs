//! What the worker holds: the file, the table, the schema, the verdict, and the journal of every change.

mod change;
mod commands;
mod exporting;
mod journal;
mod view;

use crate::{
    check::Checker,
    intake::{Choices, IntakeError, Reading, Source},
    mapping::{Candidate, Line, Mapping, rank, score, suggest},
    metadata::{self, Metadata},
    protocol::{Done, Filter, Reply, Request},
    repair::{Cause, Diagnosis},
    schema::{CompiledSchema, Schema, SchemaError, bundled_text, find_bundled},
    table::{Profile, RowId, Table},
};
use journal::Journal;

/// A file at work. Every change of data goes through its [`Journal`], so that it can be taken back.
#[derive(Debug, Default)]
pub struct Project {
    file: String,
    size: u64,
    source: Option<Source>,
    loaded: Loaded,
    journal: Journal,
    metadata: Metadata,
    described: bool,
    checker: Checker,
    diagnosis: Diagnosis,
    causes: Vec<Cause>,
    filter: Filter,
    shown: Vec<RowId>,
}

/// What depends on how the file was read, and on the schema chosen: changed as a whole, and
/// swapped back as a whole.
#[derive(Debug, Clone, Default)]
struct Loaded {
    choices: Choices,
    reading: Option<Reading>,
    table: Table,
    profiles: Vec<Profile>,
    candidates: Vec<Candidate>,
    schema: Option<ChosenSchema>,
    mapping: Mapping,
    lines: Vec<Line>,
}

/// The schema in use.
#[derive(Debug, Clone)]
struct ChosenSchema {
    /// Its name in the catalogue, where it comes from there.
    name: Option<String>,
    url: Option<String>,
    schema: Schema,
    score: u8,
}

/// What a request comes to: replies, in order, and a file to take away with the last of them.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The replies.
    pub replies: Vec<Reply>,
    /// The bytes that ride beside [`Reply::Exported`].
    pub file: Option<Vec<u8>>,
}

impl From<Reply> for Outcome {
    fn from(reply: Reply) -> Outcome {
        Outcome { replies: vec![reply], file: None }
    }
}

/// A file with ordinary faults, to try the program on: the one that the tests follow from end to end.
const EXAMPLE: (&str, &[u8]) = ("deliberations_exemple.xlsx", include_bytes!("../../tests/fixtures/deliberations.xlsx"));

impl Project {
    /// Opens a file: reads it, ranks the schemas, and maps its columns to the best one. Where it cannot be
    /// read, the project is as it was.
    pub fn open(&mut self, name: &str, bytes: Vec<u8>) -> Outcome {
        let size = bytes.len() as u64;
        let opened = Source::open(name, bytes).and_then(|source| {
            let loaded = Loaded::read(&source, Choices::default(), None)?;
            Ok((source, loaded))
        });
        match opened {
            Ok((source, loaded)) => {
                *self = Project { file: name.to_owned(), size, source: Some(source), loaded, ..Project::default() };
                self.recheck();
                self.state(true)
            }
            Err(error) => self.refused(error, name),
        }
    }

    /// Carries out a request. [`Request::Open`] is answered by [`Project::open`], which has the bytes.
    pub fn handle(&mut self, request: Request) -> Outcome {
        match request {
            Request::Open { .. } => Reply::Failed.into(),
            Request::OpenExample => self.open(EXAMPLE.0, EXAMPLE.1.to_vec()),
            Request::Read(choices) => self.read_again(choices),
            Request::Preview(choices) => {
                Reply::Preview(self.source.as_ref().map(|source| source.preview(&choices, 15)).unwrap_or_default()).into()
            }
            Request::UseSchema(name) => match find_bundled(&name) {
                Some(entry) => {
                    let text = bundled_text(&entry).unwrap_or_default();
                    self.use_schema(text, Some(entry.name), Some(entry.url))
                }
                None => Reply::Failed.into(),
            },
            Request::UseSchemaText { text, name, url } => self.use_schema(&text, name, url),
            Request::Filter(filter) => {
                self.filter = filter;
                self.show();
                self.state(false)
            }
            Request::Rows { seq, start, count } => Reply::Rows(self.window(seq, start, count)).into(),
            Request::Next { row, column, back } => Reply::Found(self.next_error(row, column, back)).into(),
            Request::Copy(block) => Reply::Copied(self.copy(block)).into(),
            Request::Describe(metadata) => {
                self.described = true;
                self.commit(journal::Label::Describe, vec![change::Change::Metadata(Box::new(metadata))]);
                self.state(false)
            }
            Request::Undo => self.undo(),
            Request::Redo => self.redo(),
            Request::Export { what, name, now, locale } => self.export(what, &name, &now, locale),
            edit => self.edit(edit),
        }
    }

    fn refused(&self, error: IntakeError, name: &str) -> Outcome {
        Reply::Refused { name: name.to_owned(), error }.into()
    }

    fn read_again(&mut self, choices: Choices) -> Outcome {
        let Some(source) = &self.source else { return Reply::Failed.into() };
        match Loaded::read(source, choices, self.loaded.schema.clone()) {
            Ok(loaded) => {
                self.commit(journal::Label::Reading, vec![change::Change::Loaded(Box::new(loaded))]);
                self.state(true)
            }
            Err(error) => self.refused(error, &self.file),
        }
    }

    fn use_schema(&mut self, text: &str, name: Option<String>, url: Option<String>) -> Outcome {
        match Schema::from_json(text) {
            Ok(schema) => {
                let mut loaded = self.loaded.clone();
                loaded.choose(ChosenSchema { name, url, schema, score: 0 });
                self.commit(journal::Label::Schema, vec![change::Change::Loaded(Box::new(loaded))]);
                self.state(true)
            }
            Err(error) => self.schema_refused(error),
        }
    }

    fn schema_refused(&self, error: SchemaError) -> Outcome {
        Reply::SchemaRefused(error).into()
    }

    fn undo(&mut self) -> Outcome {
        match self.take_back() {
            Some(broad) => self.said(Done::Undone, broad),
            None => self.state(false),
        }
    }

    fn redo(&mut self) -> Outcome {
        match self.make_again() {
            Some(broad) => self.said(Done::Redone, broad),
            None => self.state(false),
        }
    }

    /// The state of the project, after saying what was done.
    fn said(&self, done: Done, broad: bool) -> Outcome {
        let mut outcome = self.state(broad);
        outcome.replies.push(Reply::Done(done));
        outcome
    }

    /// The state of the project; `broad` where the schema may have changed.
    fn state(&self, broad: bool) -> Outcome {
        let mut replies = Vec::new();
        if broad {
            replies.push(Reply::Schema(self.loaded.schema.as_ref().map(|chosen| chosen.schema.document.to_string())));
        }
        replies.push(Reply::Overview(Box::new(self.overview())));
        Outcome { replies, file: None }
    }

    /// Checks everything again, from the schema on.
    fn recheck(&mut self) {
        self.diagnosis = Diagnosis::default();
        self.checker = match &self.loaded.schema {
            Some(chosen) => Checker::new(CompiledSchema::new(&chosen.schema), self.loaded.mapping.layout(), &self.loaded.table),
            None => Checker::default(),
        };
        self.diagnose();
        self.show();
    }

    /// Groups what was found, and proposes the description again until the agent has touched it.
    fn diagnose(&mut self) {
        self.diagnosis.update(&self.checker, &self.loaded.table);
        self.causes = self.diagnosis.causes(&self.checker, &self.loaded.table);
        if !self.described {
            self.metadata = self.proposed_metadata();
        }
    }

    fn proposed_metadata(&self) -> Metadata {
        self.loaded.schema.as_ref().map(|c| metadata::propose(&c.schema, &self.checker, &self.loaded.table)).unwrap_or_default()
    }

    /// Chooses the rows to show under the filter.
    fn show(&mut self) {
        let table = &self.loaded.table;
        self.shown = match self.filter {
            Filter::All => table.order.clone(),
            Filter::Errors => table.order.iter().copied().filter(|row| self.checker.row_has_error(table, *row)).collect(),
            Filter::Cause(key) => self.diagnosis.rows_of(&self.checker, table, key),
        };
        if self.shown.is_empty() && self.filter != Filter::All {
            self.filter = Filter::All;
            self.shown = table.order.clone();
        }
    }
}

impl Loaded {
    /// Reads the file; a schema already chosen is kept, else the best one is.
    fn read(source: &Source, choices: Choices, schema: Option<ChosenSchema>) -> Result<Loaded, IntakeError> {
        let (table, reading) = source.read(&choices)?;
        let profiles: Vec<Profile> = (0..table.labels.len()).map(|column| Profile::of(&table, column)).collect();
        let candidates = rank(&table, &profiles);
        let mut loaded = Loaded { choices, reading: Some(reading), table, profiles, candidates, ..Loaded::default() };
        let best = loaded.candidates.first().filter(|best| best.score >= PROPOSED_FROM).and_then(|best| find_bundled(&best.name));
        let best = best.and_then(|entry| {
            let schema = Schema::from_json(bundled_text(&entry)?).ok()?;
            Some(ChosenSchema { name: Some(entry.name), url: Some(entry.url), schema, score: 0 })
        });
        if let Some(chosen) = schema.or(best) {
            loaded.choose(chosen);
        }
        Ok(loaded)
    }

    /// Maps the columns to a schema.
    fn choose(&mut self, mut chosen: ChosenSchema) {
        let compiled = CompiledSchema::new(&chosen.schema);
        (self.mapping, self.lines) = suggest(&chosen.schema, &compiled, &self.table, &self.profiles);
        chosen.score = score(&chosen.schema, &compiled, &self.table, &self.profiles).0;
        self.schema = Some(chosen);
    }
}

/// Below this score no schema is chosen for the agent: "none" is an honest answer.
const PROPOSED_FROM: u8 = 50;

#[cfg(test)]
mod tests;
