//! Thin wrappers of what the browser lends: files, downloads, the clipboard, the page's own settings.

mod clipboard;
mod download;
mod file;
mod page;

pub use clipboard::write_clipboard;
pub use download::{now, save};
pub use file::read_file;
pub use page::{
    early_file, element, focus, focused_id, language, remember, remembered, set_language, set_theme, set_title, system_is_dark,
};
