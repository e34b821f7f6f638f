//! What the worker holds: the file, the table, the schema, the verdict, and the journal of every change.

mod change;
mod commands;
mod comparing;
mod exporting;
mod journal;
mod operations;
mod parcelling;
mod rehearsal;
mod replaying;
mod view;

use crate::{
    check::Checker,
    intake::{self, Choices, Companion, Container, Opened, Reading},
    mapping::{CHOSEN_FROM, Candidate, Line, Mapping, Reason, rank, score, suggest},
    metadata::{self, Metadata},
    protocol::{Done, Filter, Reply, Request},
    repair::{Cause, Diagnosis},
    schema::{CompiledSchema, Schema, SchemaError, bundled, bundled_text, find_bundled},
    table::{Profile, RowId, Table},
};
use journal::Journal;

/// A file at work. Every change of data goes through its [`Journal`], so that it can be taken back.
#[derive(Debug, Default)]
pub struct Project {
    file: String,
    size: u64,
    loaded: Loaded,
    fitted: Fitted,
    journal: Journal,
    metadata: Metadata,
    /// What the description would be if it were read from the data now.
    proposed: Metadata,
    /// Whether the agent has touched the description: it follows the data until then.
    described: bool,
    checker: Checker,
    diagnosis: Diagnosis,
    causes: Vec<Cause>,
    filter: Filter,
    shown: Vec<RowId>,
}

/// What depends on how the file was read: changed as a whole, and swapped back as a whole.
#[derive(Debug, Default)]
struct Loaded {
    choices: Choices,
    reading: Option<Reading>,
    /// The first rows of the file as they stand.
    head: Vec<Vec<String>>,
    table: Table,
    profiles: Vec<Profile>,
    candidates: Vec<Candidate>,
}

/// The schema chosen, and which column serves which field.
#[derive(Debug, Clone, Default)]
struct Fitted {
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

/// What a request comes to: replies, in order.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The replies.
    pub replies: Vec<Reply>,
}

impl From<Reply> for Outcome {
    fn from(reply: Reply) -> Outcome {
        Outcome { replies: vec![reply] }
    }
}

/// A file with ordinary faults, to try the program on: the one that the tests follow from end to end.
pub const EXAMPLE: (&str, &[u8]) = ("deliberations_exemple.xlsx", include_bytes!("../../tests/fixtures/deliberations.xlsx"));

impl Project {
    /// Opens a file whose bytes are at hand. Where it cannot be read, the project is as it was.
    pub fn open(&mut self, name: &str, bytes: &[u8]) -> Outcome {
        match intake::read(name, bytes, &Choices::default()) {
            Ok(opened) => self.take(name, bytes.len() as u64, opened),
            Err(error) => Reply::Refused { name: name.to_owned(), error }.into(),
        }
    }

    /// Takes a file just read: ranks the schemas, and maps its columns to the best one. A pack brings its
    /// own schema, and its description.
    pub fn take(&mut self, name: &str, size: u64, mut opened: Opened) -> Outcome {
        let companion = opened.companion.take().unwrap_or_default();
        let loaded = Loaded::new(Choices::default(), opened);
        let fitted = match ChosenSchema::of(&companion) {
            Some(chosen) => Fitted::packed(&loaded, chosen),
            None => Fitted::best(&loaded),
        };
        let metadata = companion.package.as_deref().and_then(metadata::from_datapackage);
        let described = metadata.is_some();
        let metadata = metadata.unwrap_or_default();
        *self = Project { file: name.to_owned(), size, loaded, fitted, metadata, described, ..Project::default() };
        self.recheck();
        self.state(true)
    }

    /// Takes the same file read with other choices: the schema stays, and so does the mapping where the labels do.
    pub fn take_again(&mut self, choices: Choices, opened: Opened) -> Outcome {
        let loaded = Loaded::new(choices, opened);
        let fitted = self.fitted.onto(&self.loaded, &loaded);
        let corrected = self.journal.corrects_the_reading();
        self.commit(journal::Label::Reading, vec![change::Change::Reading(Box::new((loaded, fitted)))]);
        let mut outcome = self.state(true);
        outcome.replies.extend(corrected.then_some(Reply::Done(Done::ReadAgain)));
        outcome
    }

    /// Carries out a request. Those that need the bytes of a file are answered by [`Project::take`] and
    /// [`Project::take_again`], or [`Project::compare`], once it is read; those that make one, by [`Project::export`].
    pub fn handle(&mut self, request: Request) -> Outcome {
        match request {
            Request::Open(_)
            | Request::OpenExample
            | Request::Read(_)
            | Request::Compare
            | Request::Export { .. }
            | Request::Parcel { .. } => Reply::Failed.into(),
            Request::Rehearse => {
                rehearsal::rehearse();
                Outcome::default()
            }
            Request::State => self.state(true),
            Request::Preview => Reply::Preview(self.loaded.head.iter().take(PREVIEWED).cloned().collect()).into(),
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
            Request::Values(field) => Reply::Values(self.wrong_values(field)).into(),
            Request::Rows { seq, start, count } => Reply::Rows(self.window(seq, start, count)).into(),
            Request::Next { row, column, back } => Reply::Found(self.next_error(row, column, back)).into(),
            Request::Copy(block) => Reply::Copied(self.copy(block)).into(),
            Request::Describe(metadata) => {
                self.commit(journal::Label::Describe, vec![change::Change::Metadata(Box::new((*metadata, true)))]);
                self.state(false)
            }
            Request::Undo => self.undo(),
            Request::Redo => self.redo(),
            edit => self.edit(edit),
        }
    }

    /// The schema in use.
    pub fn schema(&self) -> Option<&Schema> {
        self.fitted.schema.as_ref().map(|chosen| &chosen.schema)
    }

    /// What there is to correct.
    pub fn causes(&self) -> &[Cause] {
        &self.causes
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.loaded.table.len()
    }

    fn use_schema(&mut self, text: &str, name: Option<String>, url: Option<String>) -> Outcome {
        match Schema::from_json(text) {
            Ok(schema) => {
                let fitted = Fitted::new(&self.loaded, ChosenSchema { name, url, schema, score: 0 });
                self.commit(journal::Label::Schema, vec![change::Change::Schema(Box::new(fitted))]);
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
            replies.push(Reply::Schema(self.fitted.schema.as_ref().map(|chosen| chosen.schema.document.to_string())));
        }
        replies.push(Reply::Overview(Box::new(self.overview())));
        Outcome { replies }
    }

    /// Checks everything again, from the schema on.
    fn recheck(&mut self) {
        self.diagnosis = Diagnosis::default();
        self.checker = match &self.fitted.schema {
            Some(chosen) => Checker::new(CompiledSchema::new(&chosen.schema), self.fitted.mapping.layout(), &self.loaded.table),
            None => Checker::default(),
        };
        self.diagnose();
        self.show();
    }

    /// Groups what was found, and proposes the description again until the agent has touched it.
    fn diagnose(&mut self) {
        self.diagnosis.update(&self.checker, &self.loaded.table);
        self.causes = self.diagnosis.causes(&self.checker, &self.loaded.table);
        let chosen = self.fitted.schema.as_ref();
        let propose = |c: &ChosenSchema| {
            metadata::propose(&c.schema, c.name.as_deref(), c.url.as_deref(), &self.checker, &self.loaded.table)
        };
        self.proposed = chosen.map(propose).unwrap_or_default();
        if !self.described {
            self.metadata = self.proposed.clone();
        }
    }

    /// Chooses the rows to show under the filter.
    fn show(&mut self) {
        let table = &self.loaded.table;
        match self.filter {
            Filter::All => self.shown.clone_from(&table.order),
            Filter::Errors => self.shown = table.order.iter().copied().filter(|row| self.checker.row_has_error(*row)).collect(),
            Filter::Cause(key) => self.shown = self.diagnosis.rows_of(&self.checker, table, key),
        }
        if self.shown.is_empty() && self.filter != Filter::All {
            self.filter = Filter::All;
            self.shown.clone_from(&table.order);
        }
    }
}

impl Loaded {
    fn new(choices: Choices, opened: Opened) -> Loaded {
        let Opened { table, reading, head, .. } = opened;
        let profiles: Vec<Profile> = (0..table.labels.len()).map(|column| Profile::of(&table, column)).collect();
        let candidates = rank(&table, &profiles);
        Loaded { choices, reading: Some(reading), head, table, profiles, candidates }
    }
}

impl ChosenSchema {
    /// The schema that came with the table, if it can be used: a carried one by its address.
    fn of(companion: &Companion) -> Option<ChosenSchema> {
        let url = companion.package.as_deref().and_then(metadata::schema_address);
        let carried = bundled().into_iter().find(|entry| url.as_ref() == Some(&entry.url));
        let written = companion.schema.as_deref().or_else(|| bundled_text(carried.as_ref()?));
        let schema = Schema::from_json(written?).ok()?;
        Some(ChosenSchema { name: carried.map(|entry| entry.name), url, schema, score: 0 })
    }
}

impl Fitted {
    /// Maps the columns of a pack to its schema: the columns kept when it was written are kept again.
    fn packed(loaded: &Loaded, chosen: ChosenSchema) -> Fitted {
        let mut fitted = Fitted::new(loaded, chosen);
        fitted.mapping.kept = fitted.mapping.leftovers(loaded.table.labels.len());
        fitted
    }

    /// Maps the columns to a schema.
    fn new(loaded: &Loaded, mut chosen: ChosenSchema) -> Fitted {
        let compiled = CompiledSchema::new(&chosen.schema);
        let (mapping, lines) = suggest(&chosen.schema, &compiled, &loaded.table, &loaded.profiles);
        chosen.score = score(&compiled, &lines, &loaded.profiles);
        Fitted { schema: Some(chosen), mapping, lines }
    }

    /// Maps the columns to the schema that suits them best, if one does.
    fn best(loaded: &Loaded) -> Fitted {
        let best = loaded.candidates.first().filter(|best| best.score >= CHOSEN_FROM).and_then(|best| find_bundled(&best.name));
        let chosen = best.and_then(|entry| {
            let schema = Schema::from_json(bundled_text(&entry)?).ok()?;
            Some(ChosenSchema { name: Some(entry.name), url: Some(entry.url), schema, score: 0 })
        });
        chosen.map(|chosen| Fitted::new(loaded, chosen)).unwrap_or_default()
    }

    /// The same schema over the file read another way. What the agent chose is kept for columns of the same label.
    fn onto(&self, former: &Loaded, loaded: &Loaded) -> Fitted {
        // Another file of an archive is another table, and so is another sheet, or another table of one; but for those with the
        // same labels, as a workbook has that holds a year a sheet.
        let place = |loaded: &Loaded| {
            let sheet = |reading: &Reading| match reading.container {
                Container::Workbook { sheet, .. } => Some(sheet),
                Container::Text { .. } => None,
            };
            (loaded.choices.entry, loaded.reading.as_ref().map(|reading| (reading.block, sheet(reading))))
        };
        let same = place(former) == place(loaded) || former.table.labels == loaded.table.labels;
        let Some(chosen) = self.schema.as_ref().filter(|_| same) else {
            return Fitted::best(loaded);
        };
        let mut fitted = Fitted::new(loaded, chosen.clone());
        let labels = &loaded.table.labels;
        if former.table.labels == *labels {
            return Fitted { mapping: self.mapping.clone(), lines: self.lines.clone(), ..fitted };
        }
        let again = |column: usize| {
            let label = former.table.labels.get(column)?;
            labels.iter().position(|other| other == label)
        };
        for (field, line) in self.lines.iter().enumerate().filter(|(_, line)| line.reason == Reason::Chosen) {
            let column = line.column.and_then(again);
            if column.is_some() || line.column.is_none() {
                fitted.mapping.assign(field, column);
                if let Some(new) = fitted.lines.get_mut(field) {
                    *new = Line { column, ..line.clone() };
                }
            }
        }
        fitted
    }
}

/// Rows of the file that are shown as they stand, to choose the header among them.
const PREVIEWED: usize = 15;

#[cfg(test)]
mod tests;
