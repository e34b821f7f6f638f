use super::{Arg, Locale, explain_fix};
use crate::recipe::{Misfit, Operation, RecipeError};

/// Why a recipe cannot be followed, and what to do: a title and a sentence.
pub fn recipe_error(locale: Locale, error: RecipeError) -> (&'static str, &'static str) {
    let words = locale.words();
    match error {
        RecipeError::NotARecipe => (words.recipe_refused, words.recipe_refused_do),
        RecipeError::TooRecent => (words.recipe_too_recent, words.recipe_too_recent_do),
    }
}

/// What of a recipe does not fit a file, in a sentence.
pub fn misfit(locale: Locale, misfit: &Misfit) -> String {
    let words = locale.words();
    let say =
        |template, what: &str, field: &str| locale.fill(template, &[("what", Arg::Text(what)), ("field", Arg::Text(field))]);
    match misfit {
        Misfit::UnknownSchema(name) => say(words.misfit_schema, name, ""),
        Misfit::MissingColumn(service) => say(words.misfit_column, &service.column, &service.field),
        Misfit::NewColumn(label) => say(words.misfit_new, label, ""),
        Misfit::UnknownField(name) => say(words.misfit_field, name, name),
        Misfit::MissingSheet(name) => say(words.misfit_sheet, name, ""),
        Misfit::Left(left) => say(words.misfit_left, &operation(locale, left), ""),
    }
}

/// What an operation does, in a few words.
pub fn operation(locale: Locale, operation: &Operation) -> String {
    let words = locale.words();
    let say =
        |template, what: &str, field: &str| locale.fill(template, &[("what", Arg::Text(what)), ("field", Arg::Text(field))]);
    match operation {
        Operation::RepairSafe => words.operation_repair_safe.to_owned(),
        Operation::Repair { field: Some(field), .. } => say(words.operation_repair, "", field),
        Operation::Repair { field: None, fix, .. } if fix.removes_rows() => words.operation_repair_rows.to_owned(),
        Operation::Repair { field: None, fix, .. } => say(words.operation_repair_everywhere, &explain_fix(locale, *fix), ""),
        Operation::Derive { field, template } => say(words.operation_derive, template, field),
        Operation::Point { field, longitude, latitude } => say(words.operation_point, &format!("{longitude}, {latitude}"), field),
        Operation::Extract { field, column, .. } => say(words.operation_extract, column, field),
        Operation::Replace { find, .. } => say(words.operation_replace, find, ""),
        Operation::FillDown { field } => say(words.operation_fill_down, "", field),
        Operation::Match { field, .. } => say(words.operation_match, "", field),
        Operation::RemoveDuplicates => words.operation_duplicates.to_owned(),
    }
}
