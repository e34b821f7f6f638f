//! Request and Reply: the only vocabulary between the page and its worker.
//!
//! They travel as JSON text. What is heavy rides beside: the file to open, the file to take away.

use serde::{Deserialize, Serialize};

use crate::{
    check::Rule,
    export::Copies,
    i18n::Locale,
    intake::{Choices, Companion, IntakeError, Reading},
    mapping::{Candidate, Line, Mapping},
    metadata::Metadata,
    publish,
    recipe::{Misfit, Operation, RecipeError},
    repair::{Cause, CauseKey, Order},
    schema::{Fault, SchemaError},
    table::{Difference, Profile, RowId},
};

/// What the page asks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Make ready for the first file: nothing is answered.
    Rehearse,
    /// Open the files that ride beside, with what describes them where it came with them.
    Open(Option<Companion>),
    /// Open the example that the program carries.
    OpenExample,
    /// Compare the table with the one that a file holds, which rides beside: the project stays as it is.
    Compare,
    /// Read the file again, with other choices.
    Read(Choices),
    /// Tell the whole state again: the page comes back to this project.
    State,
    /// Show the first rows of the file, as they stand.
    Preview,
    /// Use a schema that the program carries.
    UseSchema(String),
    /// Use the schema whose document this is.
    UseSchemaText {
        /// The document.
        text: String,
        /// Its name in the national catalogue, where it comes from there.
        name: Option<String>,
        /// The address it comes from, where it does.
        url: Option<String>,
    },
    /// Give a field another column.
    Assign {
        /// The field.
        field: usize,
        /// The column, `None` for none.
        column: Option<usize>,
    },
    /// Keep or drop a column that the schema does not have.
    Keep {
        /// The column.
        column: usize,
        /// Whether it is kept.
        keep: bool,
    },
    /// Go back to the mapping proposed.
    Suggest,
    /// Show only some rows.
    Filter(Filter),
    /// Send a window of the rows shown.
    Rows {
        /// A number that the answer repeats: rows are put in their place when they are those asked for last.
        seq: u32,
        /// The first row, among those shown.
        start: usize,
        /// How many.
        count: usize,
    },
    /// Write texts into cells, from one cell on: one cell edited, or a block pasted.
    Write {
        /// The first row, among those shown.
        row: usize,
        /// The first column of the grid.
        column: usize,
        /// The texts, row by row.
        block: Vec<Vec<String>>,
    },
    /// Empty a block of cells.
    Clear(Block),
    /// Send the text of a block, for the clipboard.
    Copy(Block),
    /// Add an empty row below a row shown (at the top for `None`).
    InsertRow {
        /// The row above.
        below: Option<usize>,
    },
    /// Remove rows shown.
    DeleteRows {
        /// The first.
        from: usize,
        /// The last.
        to: usize,
    },
    /// Repair a cause, with the answer to its question where it has one.
    Repair {
        /// The cause.
        key: CauseKey,
        /// The order of day and month, where that is the question.
        order: Option<Order>,
    },
    /// Repair one cell, as its cause would be.
    RepairCell {
        /// The row, among those shown.
        row: usize,
        /// The column of the grid.
        column: usize,
    },
    /// Repair every cause that leaves no doubt.
    RepairAll,
    /// Do something to a whole column or to the whole table.
    Operate(Operation),
    /// Replace a text, or fill down, in a block of the rows shown alone.
    OperateOn {
        /// The block.
        block: Block,
        /// [`Operation::Replace`] or [`Operation::FillDown`], whose field does not count.
        operation: Operation,
    },
    /// Take back one of the repairs made, by its place in their list, while what was done since stays.
    TakeBack(usize),
    /// Tell the values of a field that it does not accept.
    Values(usize),
    /// Do again what a recipe tells, from its text. Its choices of reading were made already.
    Replay(String),
    /// Write the recipe of what was done.
    WriteRecipe,
    /// Find the next cell in error.
    Next {
        /// The row to start after, among those shown.
        row: usize,
        /// The column to start after.
        column: usize,
        /// Whether to go backwards.
        back: bool,
    },
    /// Change the description of the dataset.
    Describe(Box<Metadata>),
    /// Take back the last change.
    Undo,
    /// Make again the last change taken back.
    Redo,
    /// Write what is taken away; it rides beside the answer.
    Export {
        /// What to write.
        what: Export,
        /// The name of the CSV file.
        name: String,
        /// The moment, `2024-12-31T14:00:00Z`.
        now: String,
        /// The language of the report.
        locale: Locale,
    },
    /// Write the table to be published; it rides beside the answer.
    Parcel {
        /// The name of the CSV file.
        name: String,
        /// The moment, `2024-12-31T14:00:00Z`.
        now: String,
    },
}

impl Request {
    /// Whether it may change the project, or what the places of later requests mean.
    pub fn changes(&self) -> bool {
        use Request::{
            Compare, Copy, Export, Next, Open, OpenExample, Parcel, Preview, Rehearse, Rows, State, Values, WriteRecipe,
        };
        !matches!(
            self,
            Rehearse
                | Open(_)
                | OpenExample
                | Compare
                | State
                | Preview
                | Rows { .. }
                | Next { .. }
                | Copy(_)
                | Values(_)
                | Export { .. }
                | Parcel { .. }
                | WriteRecipe
        )
    }
}

/// What can be taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Export {
    /// The whole pack, as a ZIP, with what is added to it.
    Pack(Copies),
    /// The table alone.
    Csv,
    /// The report alone.
    Report {
        /// Every finding, or only their causes.
        complete: bool,
    },
    /// Every finding, as a CSV for a spreadsheet.
    Findings,
}

/// Which rows are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Filter {
    /// All of them.
    #[default]
    All,
    /// Those with an error.
    Errors,
    /// Those of one cause.
    Cause(CauseKey),
}

/// A rectangle of cells, by rows shown and columns of the grid, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// First row.
    pub top: usize,
    /// First column.
    pub left: usize,
    /// Last row.
    pub bottom: usize,
    /// Last column.
    pub right: usize,
}

/// What the worker answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// The worker has started.
    Ready,
    /// A file is being read.
    Progress {
        /// Bytes read.
        read: f64,
        /// Bytes in all.
        all: f64,
        /// Rows read.
        rows: usize,
    },
    /// The file could not be opened; the former project is still there.
    Refused {
        /// The file's name.
        name: String,
        /// Why.
        error: IntakeError,
    },
    /// The schema could not be used.
    SchemaRefused(SchemaError),
    /// The schema's document, sent when the schema changes.
    Schema(Option<String>),
    /// The state of the project, after every change.
    Overview(Box<Overview>),
    /// The first rows of the file.
    Preview(Vec<Vec<String>>),
    /// Rows, as asked.
    Rows(Window),
    /// Where the next error stands, `None` where there is none: row shown and column of the grid.
    Found(Option<(usize, usize)>),
    /// The text of a block.
    Copied(String),
    /// A file is being written, to be taken away or published.
    Writing {
        /// Bytes written.
        bytes: u64,
    },
    /// A file to take away rides beside.
    Exported {
        /// Its name.
        name: String,
    },
    /// What is to be published; the table rides beside.
    Parcel(Box<publish::Parcel>),
    /// What the table has that the file to compare it with had not.
    Compared(Box<Difference>),
    /// The file to compare it with could not be read.
    NotCompared(IntakeError),
    /// The values of a field that it does not accept.
    Values(WrongValues),
    /// The recipe of what was done, and how many changes made by hand it leaves out.
    Recipe {
        /// Its text.
        text: String,
        /// Cells changed and rows added or removed by hand.
        by_hand: u32,
    },
    /// A recipe was followed: what was done, and what did not fit.
    Replayed {
        /// The operations that changed something, each with the number of its cells or rows.
        done: Vec<(Operation, u32)>,
        /// What did not fit.
        misfits: Vec<Misfit>,
    },
    /// The text is no recipe that can be followed; the project is as it was.
    RecipeRefused(RecipeError),
    /// What was just done, for the page to say.
    Done(Done),
    /// Something that should not happen did; the project is as it was.
    Failed,
}

/// Something done, with its count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Done {
    /// Cells repaired.
    Repaired(u32),
    /// Cells that an operation changed.
    Changed(u32),
    /// Rows removed.
    RowsRemoved(u32),
    /// Rows added.
    RowsAdded(u32),
    /// Cells written by hand.
    Written(u32),
    /// A change taken back.
    Undone,
    /// A change made again.
    Redone,
    /// The file read another way, without what was corrected in it.
    ReadAgain,
    /// A cell that cannot be written: no column can hold it.
    OutOfBounds,
}

/// The state of the project.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// The file's name.
    pub file: String,
    /// Its size in bytes.
    pub size: u64,
    /// How it was read.
    pub reading: Option<Reading>,
    /// The choices made for reading it.
    pub choices: Choices,
    /// The file's labels.
    pub labels: Vec<String>,
    /// What its columns look like.
    pub profiles: Vec<Profile>,
    /// Schemas proposed, the best first.
    pub candidates: Vec<Candidate>,
    /// The catalogue's name of the schema in use, where it comes from there.
    pub schema_name: Option<String>,
    /// How well the schema in use matches, from 0 to 100.
    pub score: u8,
    /// The mapping.
    pub mapping: Mapping,
    /// Why each column was chosen.
    pub lines: Vec<Line>,
    /// What in the schema cannot be checked.
    pub faults: Vec<Fault>,
    /// What there is to correct.
    pub causes: Vec<Cause>,
    /// The columns of the grid, with their state.
    pub columns: Vec<ColumnState>,
    /// Rows in all.
    pub rows: usize,
    /// Rows with an error.
    pub bad_rows: usize,
    /// Rows shown under the filter.
    pub shown: usize,
    /// The filter.
    pub filter: Filter,
    /// Where the errors stand in the rows shown, in equal slices from top to bottom.
    pub minimap: Vec<bool>,
    /// Whether something can be taken back.
    pub can_undo: bool,
    /// Whether something can be made again.
    pub can_redo: bool,
    /// Repairs made, the last first: title data and counts.
    pub repaired: Vec<Cause>,
    /// The description of the dataset.
    pub metadata: Metadata,
    /// What the description would be if it were read from the data now.
    pub proposed: Metadata,
}

/// The values of a field that it does not accept, to be matched with those it accepts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongValues {
    /// The field.
    pub field: usize,
    /// The values, the most frequent first.
    pub values: Vec<WrongValue>,
    /// What the field accepts; empty where it has no list.
    pub accepted: Vec<String>,
}

/// A value that a field does not accept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongValue {
    /// The value.
    pub text: String,
    /// Cells that hold it.
    pub count: u32,
    /// What it most likely stands for.
    pub guess: Option<String>,
}

/// A column of the grid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ColumnState {
    /// The field it serves, or `None` for a column kept beside.
    pub field: Option<usize>,
    /// Its label.
    pub label: String,
    /// Cells in error.
    pub errors: u32,
    /// Cells to look at.
    pub advice: u32,
    /// Cells with a value.
    pub filled: u32,
}

/// A window of rows.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Window {
    /// The number of the request.
    pub seq: u32,
    /// The first row, among those shown.
    pub start: usize,
    /// The rows.
    pub rows: Vec<RowView>,
}

/// A row on screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RowView {
    /// Its identity.
    pub id: RowId,
    /// Its line in the file; `None` where it was added by hand.
    pub line: Option<u32>,
    /// Its cells.
    pub cells: Vec<CellView>,
    /// What the row as a whole breaks.
    pub rules: Vec<Rule>,
}

/// A cell on screen.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CellView {
    /// Its text.
    pub text: String,
    /// What it breaks, the most telling first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// What it would become.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<String>,
    /// The cause it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<CauseKey>,
}
