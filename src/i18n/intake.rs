use super::{Arg, Locale};
use crate::{
    intake::{IntakeError, Limit, Notice},
    schema::SchemaError,
};

/// Why a file could not be read, and what to do: a title and a sentence. `file` is its name.
pub fn intake_error(locale: Locale, error: &IntakeError, file: &str) -> (String, String) {
    let words = locale.words();
    let fill = |template, what: &str, n: u64| {
        locale.fill(template, &[("file", Arg::Text(file)), ("what", Arg::Text(what)), ("n", Arg::Count(n))])
    };
    let both = |title, text, what: &str, n| (fill(title, what, n), fill(text, what, n));
    match error {
        IntakeError::Empty => both(words.file_empty, words.file_empty_do, "", 0),
        IntakeError::NoCell => both(words.file_no_cell, words.file_no_cell_do, "", 0),
        IntakeError::NoLine(line) => both(words.file_no_line, words.file_no_line_do, "", u64::from(*line)),
        IntakeError::NotATable { what } => both(words.file_not_a_table, words.file_not_a_table_do, what, 0),
        IntakeError::NotText => both(words.file_not_text, words.file_not_a_table_do, "", 0),
        IntakeError::Password => both(words.file_password, words.file_password_do, "", 0),
        IntakeError::Damaged { .. } => both(words.file_damaged, words.file_damaged_do, "", 0),
        IntakeError::Different { file, column } => {
            let fill = |template| locale.fill(template, &[("file", Arg::Text(file)), ("what", Arg::Text(column))]);
            (fill(words.file_different), fill(words.file_different_do))
        }
        IntakeError::Unreadable => both(words.file_unreadable, words.file_unreadable_do, "", 0),
        IntakeError::TooLarge { limit, most } => {
            let what = match limit {
                Limit::File => words.limit_file,
                Limit::Inflated => words.limit_inflated,
                Limit::Rows => words.limit_rows,
                Limit::Columns => words.limit_columns,
                Limit::Cells => words.limit_cells,
                Limit::Sheets => words.limit_sheets,
                Limit::Characters => words.limit_characters,
                Limit::Memory => words.limit_memory,
            };
            let what = locale.fill(what, &[("n", Arg::Count(*most))]);
            both(words.file_too_large, words.file_too_large_do, &what, *most)
        }
    }
}

/// Something noticed while reading, in a sentence.
pub fn notice(locale: Locale, notice: &Notice) -> String {
    let words = locale.words();
    let (template, n) = match notice {
        Notice::TotalsRow => return words.notice_totals.to_owned(),
        Notice::LinesAbove(n) => (words.notice_lines_above, n),
        Notice::HiddenRows(n) => (words.notice_hidden_rows, n),
        Notice::HiddenColumns(n) => (words.notice_hidden_columns, n),
        Notice::MergedCells(n) => (words.notice_merged_cells, n),
        Notice::Percentages(n) => (words.notice_percentages, n),
        Notice::PaddedNumbers(n) => (words.notice_padded, n),
        Notice::Formulas(n) => (words.notice_formulas, n),
        Notice::UncomputedFormulas(n) => (words.notice_uncomputed, n),
        Notice::NativeDates(n) => (words.notice_native_dates, n),
        Notice::ErrorCells(n) => (words.notice_error_cells, n),
        Notice::LostCharacters(n) => (words.notice_lost_characters, n),
        Notice::RepeatedHeaders(n) => (words.notice_repeated_headers, n),
        Notice::RaggedRows(n) => (words.notice_ragged, n),
        Notice::OtherTables(n) => (words.notice_other_tables, n),
        Notice::BrokenQuotes(n) => (words.notice_broken_quotes, n),
        Notice::WrappedLines(n) => (words.notice_wrapped, n),
    };
    locale.fill_n(template, *n as usize)
}

/// Why a document is not a usable schema, and what to do.
pub fn schema_error(locale: Locale, error: &SchemaError) -> String {
    let words = locale.words();
    match error {
        SchemaError::NotJson { line, column } => {
            locale.fill(words.schema_not_json, &[("line", Arg::Count(*line as u64)), ("column", Arg::Count(*column as u64))])
        }
        SchemaError::NoFields => words.schema_no_fields.to_owned(),
        SchemaError::UnnamedField(place) => locale.fill_n(words.schema_unnamed, *place),
    }
}
