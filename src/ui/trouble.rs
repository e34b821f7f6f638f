use crate::{
    browser::FetchError,
    i18n::{Arg, Locale, intake_error, recipe_error, schema_error},
    intake::IntakeError,
    recipe::RecipeError,
    schema::SchemaError,
};

/// Something that went wrong, and stays on screen until the agent has read it. It is worded where it is shown, in the
/// language of that moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The file of this name could not be read.
    File(String, IntakeError),
    /// The schema could not be used.
    Schema(SchemaError),
    /// The recipe cannot be followed.
    Recipe(RecipeError),
    /// Nothing usable came from this host.
    Fetch(String, FetchError),
    /// What this host sent is no catalogue.
    Catalogue(String),
    /// The schema of this name came before any table.
    SchemaFirst(String),
    /// A recipe came before any table.
    RecipeFirst,
    /// A description came without what it describes.
    Alone {
        /// Its file.
        document: String,
        /// The title that it gives, or none.
        title: String,
        /// The files that it describes.
        files: Vec<String>,
    },
    /// The document of this name is nothing that the studio reads.
    Other(String),
    /// The file of this name was too much for this browser.
    TooHeavy(String),
    /// The browser gives no worker.
    NoWorker,
    /// The worker of the project died: it is all done again.
    Died,
    /// It could not be done again.
    Lost,
}

impl Trouble {
    /// What happened, and what to do.
    pub fn said(&self, locale: Locale) -> (String, String) {
        let words = locale.words();
        let about = |template, key, text: &str| locale.fill(template, &[(key, Arg::Text(text))]);
        let (title, text) = match self {
            Trouble::File(name, error) => return intake_error(locale, error, name),
            Trouble::Schema(error) => return (words.schema_refused.to_owned(), schema_error(locale, error)),
            Trouble::Recipe(error) => {
                let (title, text) = recipe_error(locale, *error);
                (title.to_owned(), text)
            }
            Trouble::Fetch(host, FetchError::Unreachable) => {
                (about(words.fetch_unreachable, "host", host), words.fetch_unreachable_do)
            }
            Trouble::Fetch(host, FetchError::Status(status)) => {
                let status = status.to_string();
                let args = [("host", Arg::Text(host.as_str())), ("what", Arg::Text(status.as_str()))];
                (locale.fill(words.fetch_status, &args), words.fetch_status_do)
            }
            Trouble::Fetch(host, FetchError::Unusable) => (about(words.fetch_unusable, "host", host), words.fetch_status_do),
            Trouble::Catalogue(host) => (about(words.catalogue_bad, "host", host), words.catalogue_bad_do),
            Trouble::SchemaFirst(name) => (about(words.schema_first, "file", name), words.schema_first_do),
            Trouble::RecipeFirst => (words.recipe_alone.to_owned(), words.recipe_alone_do),
            Trouble::Alone { document, title, files } => {
                let what = files.iter().map(|file| locale.quote(file)).collect::<Vec<_>>().join(", ");
                let template = if title.is_empty() { words.package_untitled } else { words.package_alone };
                let title = locale.fill(template, &[("file", Arg::Text(document)), ("title", Arg::Text(title))]);
                let args = [("what", Arg::Text(&what)), ("n", Arg::Count(files.len() as u64))];
                return (title, locale.fill(words.package_alone_do, &args));
            }
            Trouble::Other(name) => (about(words.json_other, "file", name), words.json_other_do),
            Trouble::TooHeavy(name) => (about(words.file_too_heavy, "file", name), words.file_too_heavy_do),
            Trouble::NoWorker => (words.no_worker.to_owned(), words.no_worker_do),
            Trouble::Died => (words.worker_died.to_owned(), words.worker_died_do),
            Trouble::Lost => (words.worker_lost.to_owned(), words.worker_lost_do),
        };
        (title, text.to_owned())
    }
}
