use std::{ffi::OsString, path::Path};

use super::CliError;
use crate::{
    i18n::{Locale, explain_fault, explain_remark},
    schema::{CompiledSchema, Schema, bundled_text, find_bundled, review},
};

/// Tells the author of a schema what is wrong with it; `true` where nothing is.
///
/// # Errors
/// Where the arguments are wrong, or the schema cannot be read.
pub fn run(arguments: &[OsString]) -> Result<bool, CliError> {
    let [name] = arguments else { return Err(CliError::Usage) };
    let Found { schema, .. } = load(name.to_str().ok_or(CliError::Usage)?)?;
    let locale = Locale::default();
    let words = locale.words();
    let faults = CompiledSchema::new(&schema).faults;
    let mut said: Vec<String> = faults.iter().map(|fault| explain_fault(locale, fault)).collect();
    said.extend(review(&schema).iter().map(|remark| explain_remark(locale, remark)));
    for line in &said {
        println!("! {line}");
    }
    match said.len() {
        0 => println!("{}", locale.fill_n(words.cli_schema_good, schema.fields.len())),
        n => println!("{}", locale.fill_n(words.cli_schema_remarks, n)),
    }
    Ok(said.is_empty())
}

/// A schema asked for.
pub struct Found {
    /// The schema.
    pub schema: Schema,
    /// Its name in the catalogue, where Atelier carries it.
    pub name: Option<String>,
    /// Its address, where Atelier carries it.
    pub url: Option<String>,
}

/// A schema that Atelier carries, or that of a file.
///
/// # Errors
/// Where there is no such schema, or its file is none.
pub fn load(name: &str) -> Result<Found, CliError> {
    let carried = find_bundled(name).filter(|_| !Path::new(name).exists());
    let (text, name, url) = match carried.and_then(|entry| Some((bundled_text(&entry)?, entry.name, entry.url))) {
        Some((text, name, url)) => (text.to_owned(), Some(name), Some(url)),
        None => (std::fs::read_to_string(name).map_err(|_| CliError::NoSchema(name.to_owned()))?, None, None),
    };
    Ok(Found { schema: Schema::from_json(&text).map_err(CliError::Schema)?, name, url })
}
