use std::{fmt, io};

use crate::{
    i18n::{Arg, Locale, intake_error, recipe_error, schema_error},
    intake::IntakeError,
    recipe::RecipeError,
    schema::SchemaError,
};

/// Why the command line stops without a verdict.
#[derive(Debug)]
pub enum CliError {
    /// The arguments make no sense.
    Usage,
    /// The file cannot be read from the disk; the system's reason.
    NoFile {
        /// Its path.
        path: String,
        /// What the system says.
        why: io::ErrorKind,
    },
    /// The file was read, and is no table.
    Intake {
        /// Its path.
        path: String,
        /// What is wrong with it.
        error: IntakeError,
    },
    /// No such schema.
    NoSchema(String),
    /// The schema's file is no schema.
    Schema(SchemaError),
    /// No such sheet.
    NoSheet(usize),
    /// The recipe's file is no recipe.
    Recipe(RecipeError),
    /// The folder holds no table.
    NoTable(String),
    /// Some files of a folder could not be read; how many. Each was told in its line.
    Refused(usize),
    /// There is no schema to conform to, or the pack cannot be made.
    NoPack,
    /// The pack is none.
    BadPack {
        /// Its path.
        path: String,
        /// What is wrong with it.
        why: String,
    },
    /// An address is of no use: why.
    Address(String),
    /// The environment variable of this name holds no key.
    NoKey(String),
    /// The journal's file is no journal.
    NoJournal(String),
    /// The journal is that of another publication.
    OtherJournal(String),
    /// Another publication is under way with the journal.
    BusyJournal(String),
    /// A publication stops before the platform has judged it: why.
    Stopped(String),
    /// A file cannot be written; the system's reason.
    NotWritten {
        /// Its path.
        path: String,
        /// What the system says.
        why: io::ErrorKind,
    },
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let locale = Locale::default();
        let words = locale.words();
        let publish = locale.publish_words();
        match self {
            CliError::Usage => Ok(()),
            CliError::NoFile { path, why } => f.write_str(
                &locale.fill(words.cli_no_file, &[("file", Arg::Text(path)), ("what", Arg::Text(&said(locale, *why)))]),
            ),
            CliError::Intake { path, error } => {
                let (title, text) = intake_error(locale, error, path);
                write!(f, "{title} {text}")
            }
            CliError::NoSchema(name) => f.write_str(&locale.fill(words.cli_no_schema, &[("file", Arg::Text(name))])),
            CliError::Schema(error) => f.write_str(&schema_error(locale, error)),
            CliError::Recipe(error) => {
                let (title, text) = recipe_error(locale, *error);
                write!(f, "{title} {text}")
            }
            CliError::NoTable(path) => f.write_str(&locale.fill(words.cli_no_table, &[("file", Arg::Text(path))])),
            CliError::Refused(n) => f.write_str(&locale.fill_n(words.cli_refused, *n)),
            CliError::NoPack => f.write_str(words.cli_no_pack),
            CliError::BadPack { path, why } => {
                f.write_str(&locale.fill(publish.cli_no_pack, &[("file", Arg::Text(path)), ("what", Arg::Text(why))]))
            }
            CliError::Address(why) | CliError::Stopped(why) => f.write_str(why),
            CliError::NoKey(name) => f.write_str(&locale.fill(publish.cli_no_key, &[("what", Arg::Text(name))])),
            CliError::NoJournal(path) => f.write_str(&locale.fill(publish.cli_no_journal, &[("file", Arg::Text(path))])),
            CliError::OtherJournal(path) => f.write_str(&locale.fill(publish.cli_other_journal, &[("file", Arg::Text(path))])),
            CliError::BusyJournal(path) => f.write_str(&locale.fill(publish.cli_busy_journal, &[("file", Arg::Text(path))])),
            CliError::NotWritten { path, why } => f.write_str(
                &locale.fill(words.cli_not_written, &[("file", Arg::Text(path)), ("what", Arg::Text(&said(locale, *why)))]),
            ),
            CliError::NoSheet(n) => f.write_str(&locale.fill_n(words.cli_sheet, *n)),
        }
    }
}

impl CliError {
    /// The code under which a JSON answer reports it.
    pub fn code(&self) -> &'static str {
        match self {
            CliError::Schema(_) | CliError::NoSchema(_) => "schema-error",
            _ => "source-error",
        }
    }
}

/// What the system says, in words: its own are in English.
fn said(locale: Locale, why: io::ErrorKind) -> String {
    let words = locale.words();
    let said = match why {
        io::ErrorKind::NotFound => words.cli_not_there,
        io::ErrorKind::PermissionDenied => words.cli_forbidden,
        io::ErrorKind::IsADirectory => words.cli_is_folder,
        io::ErrorKind::NotADirectory => words.cli_is_file,
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => words.cli_disk_full,
        io::ErrorKind::ReadOnlyFilesystem => words.cli_read_only,
        _ => return locale.fill(words.cli_system, &[("what", Arg::Text(&format!("{why:?}")))]),
    };
    said.to_owned()
}
