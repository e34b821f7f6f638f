use leptos::prelude::*;

use super::studio::Studio;
use crate::{
    browser,
    protocol::{Export, Request},
};

/// The files being written to be taken away: a table of a million rows takes its time.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Writing {
    /// Files asked for and not there yet.
    files: u32,
    /// Bytes written of the present one.
    bytes: u64,
}

impl Writing {
    fn began(&mut self) {
        // What is left of a table written to be published is another file's.
        let bytes = if self.files > 0 { self.bytes } else { 0 };
        *self = Writing { files: self.files + 1, bytes };
    }

    /// Hears how far the present file is.
    pub fn reached(&mut self, bytes: u64) {
        self.bytes = bytes;
    }

    /// Hears that the present file is written, or cannot be.
    pub fn ended(&mut self) {
        *self = Writing { files: self.files.saturating_sub(1), bytes: 0 };
    }
}

impl Studio {
    /// Writes a file to take away.
    pub fn export(self, what: Export, name: String) {
        self.toast.set(None);
        if self.has_project() {
            self.writing.update(Writing::began);
            self.ask(Request::Export { what, name, now: browser::now(), locale: self.locale.get_untracked() });
        }
    }

    /// Hears that the worker is gone: what it was writing will not come, which is said.
    pub(super) fn give_up_writing(self) {
        self.sending.unprepared();
        if self.writing.with_untracked(|writing| writing.files > 0) {
            self.writing.set(Writing::default());
            self.say(self.words().not_written.to_owned(), false);
        }
    }
}

/// Says that a file is being written, unless it is soon there. How far it is moves for the eye alone: read out, it would never
/// stop.
pub fn writing(studio: Studio) -> impl IntoView {
    let words = studio.words();
    let is_on = Memo::new(move |_| studio.writing.get().files > 0);
    let written = move || match studio.writing.get().bytes {
        0 => String::new(),
        bytes => studio.count(words.kilobytes, bytes.div_ceil(1024) as usize),
    };
    move || {
        is_on.get().then(|| {
            view! {
                <div class="toast late" id="writing">
                    <span>{words.writing}</span>
                    <span class="num" aria-hidden="true">{written}</span>
                    <progress aria-hidden="true"></progress>
                </div>
            }
        })
    }
}
