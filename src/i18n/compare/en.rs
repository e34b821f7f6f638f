use super::CompareWords;

/// English.
pub static WORDS: CompareWords = CompareWords {
    // The file
    changes_title: "What changes in the file",
    changes_text: "The published file is read, then compared on this computer: nothing is sent.",
    changes_read: "Read the file published on {host}",
    changes_copy: "Choose my copy",
    changes_reading: "Reading and comparing…",
    changes_refused: "{host} does not let this page read the file, or does not answer. Save it from its page, then choose your copy.",
    changes_none: "Nothing changes: both files say the same.",
    changes_rows: "{before} published {before:row|rows}, {after} here",
    added: "{n} added",
    removed: "{n} removed",
    changed: "{n} changed",
    by_key: "Rows are recognised by {what}.",
    by_content: "No column tells all rows apart: they are recognised by what they hold, then by their place.",
    columns_added: "Columns added: {what}",
    columns_removed: "Columns removed: {what}",
    columns_renamed: "Columns renamed: {what}",
    reordered: "The columns change their order.",
    cells: "Cells changed: {what}",
    fate_changed: "Changed",
    fate_added: "Added",
    fate_removed: "Removed",
    place: "row {n}",
    more_cells: "and {n} more {n:cell|cells}",
    first_rows: "The first of each kind",

    // The description
    described_title: "What changes in the description",
    described_text: "The published description stays as it is. Tick what yours must replace.",
    described_read: "Read the description published on {host}",
    described_same: "The published description says the same already.",
    replace: "Replace: {what}",
    published: "Published",
    here: "Here",
    empty: "nothing",

    // The dataset
    not_ours: "This dataset is not of the organisation chosen.",
};
