//! Thin wrappers of what the browser lends: files, downloads, the network, the clipboard, the page's own settings.

mod clipboard;
mod download;
mod fetch;
mod page;
mod platform;
mod popup;

pub use clipboard::write_clipboard;
pub use download::{now, save};
pub use fetch::{FetchError, fetch_file, fetch_text};
pub use page::{
    bring_into_sight, bring_up, early_files, element, files_of, focus, focus_again, focused_id, forget, language, own_host,
    own_origin, remember, remembered, set_language, set_theme, set_title, system_is_dark,
};
pub use platform::{Underway, call_platform, chance, slice_bytes};
pub use popup::{Popup, callback};
