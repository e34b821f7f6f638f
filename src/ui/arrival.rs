use leptos::prelude::*;
use web_sys::File;

use super::{
    crew::{Crew, News, Origin},
    studio::{Step, Studio},
    trouble::Trouble,
};
use crate::{
    browser,
    export::blank_csv,
    intake::Choices,
    protocol::{Overview, Request},
    schema::{Schema, bundled_text, find_bundled},
    worker::Client,
};

/// A file being read.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrival {
    /// Its name.
    pub name: String,
    /// Bytes read.
    pub read: f64,
    /// Bytes in all; 0 until they are known.
    pub all: f64,
    /// Rows read.
    pub rows: usize,
    /// When the reading started, in milliseconds of the browser's clock.
    pub since: f64,
    /// Why it is read.
    pub purpose: Purpose,
}

/// Why a file is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// It makes a new project.
    New,
    /// It is the project's own, read with these choices: the screen stays as it is.
    Again(Choices),
    /// It is the project's own, whose worker is gone. Without it there would be no project: it cannot be stopped.
    Recovery,
}

impl Arrival {
    pub(super) fn new(name: String, purpose: Purpose) -> Arrival {
        Arrival { name, read: 0.0, all: 0.0, rows: 0, since: js_sys::Date::now(), purpose }
    }

    /// The choices that the project's own file is being read with, where that is what is read.
    pub fn choices(&self) -> Option<&Choices> {
        match &self.purpose {
            Purpose::Again(choices) => Some(choices),
            _ => None,
        }
    }

    /// How much of it is read, from 0 to 1, where that tells how far it is: all is read long before all is checked, and
    /// what an archive holds cannot be told ahead.
    pub fn share(&self) -> Option<f64> {
        (self.read > 0.0 && self.read < self.all).then(|| self.read / self.all)
    }

    /// Seconds left at the present pace, once there is one.
    pub fn left(&self) -> Option<u64> {
        let spent = (js_sys::Date::now() - self.since) / 1000.0;
        (self.read > 0.0 && spent > 0.5).then(|| (spent * (self.all - self.read) / self.read).ceil() as u64)
    }
}

/// Projects that come, and those whose worker goes.
impl Studio {
    /// Takes a worker on, for the next file.
    pub(super) fn hire(self) {
        let spawn = move |id| Client::spawn(move |reply, beside| self.hear(id, reply, &beside), move || self.mourn(id));
        let hired = self.crew.try_update_value(|crew| crew.hire(spawn));
        if let Some(Err(_)) = hired {
            self.trouble.set(Some(Trouble::NoWorker));
        }
    }

    /// Starts reading what a project starts from.
    pub(super) fn begin(self, origin: Origin, then: Vec<Request>) {
        self.trouble.set(None);
        self.followed.set(None);
        self.following.set_value(None);
        self.preview.set(Vec::new());
        leave_screen();
        self.arrival.set(Some(Arrival::new(origin.name(), Purpose::New)));
        self.hire();
        if !self.crew.try_update_value(|crew| crew.open(origin, then)).unwrap_or_default() {
            self.show_arrival();
        }
    }

    /// Opens a text as a file of this name.
    pub fn open_text(self, text: &str, name: &str) {
        self.begin_text(text, name, |file| Origin::Files(vec![file], None), Vec::new());
    }

    /// Opens an empty table of a schema that the program carries, to be filled in.
    pub fn open_empty(self, name: &str) {
        let schema = find_bundled(name).and_then(|entry| Schema::from_json(bundled_text(&entry)?).ok());
        let Some(schema) = schema else { return };
        let file = format!("{}.csv", name.rsplit('/').next().unwrap_or(name));
        let then = vec![Request::UseSchema(name.to_owned()), Request::InsertRow { below: None }];
        self.begin_text(&blank_csv(&schema), &file, Origin::Blank, then);
    }

    fn begin_text(self, text: &str, name: &str, origin: impl FnOnce(File) -> Origin, then: Vec<Request>) {
        match File::new_with_str_sequence(&js_sys::Array::of1(&text.into()), name) {
            Ok(file) => self.begin(origin(file), then),
            Err(_) => self.say(self.words().failed.to_owned(), false),
        }
    }

    /// Opens the example.
    pub fn open_example(self) {
        self.begin(Origin::Example, Vec::new());
    }

    /// Shows what is read now, once something of it is over: a new file, the project that is being done again, or nothing.
    pub(super) fn show_arrival(self) {
        let (opening, recovering) = self.crew.with_value(|crew| (crew.is_opening(), crew.is_recovering()));
        if !opening {
            self.arrival.set(recovering.then(|| Arrival::new(self.file(), Purpose::Recovery)));
        }
    }

    /// Stops reading a file: the project is as it was before.
    pub fn cancel(self) {
        leave_screen();
        self.following.set_value(None);
        self.hire();
        if self.crew.try_update_value(Crew::give_up).unwrap_or_default() {
            return self.show_arrival();
        }
        // The project's own file was being read again: it is read once more as it was.
        match self.crew.try_update_value(Crew::start_again).unwrap_or(News::Nothing) {
            News::Recovering => self.recover(),
            News::Lost => self.lost(),
            _ => self.show_arrival(),
        }
    }

    /// Goes back to the project worked on before this one, which is set aside in its turn.
    pub fn go_back(self) {
        if !self.crew.try_update_value(Crew::swap).unwrap_or_default() {
            return;
        }
        self.clear();
        self.preview.set(Vec::new());
        // A reading that goes on is that of the one set aside.
        self.show_arrival();
        self.go(Step::Map);
    }

    /// Hears that a worker has died.
    fn mourn(self, id: u32) {
        self.hire();
        let trouble = match self.crew.try_update_value(|crew| crew.mourn(id)).unwrap_or(News::Nothing) {
            News::ArrivalDied(file) => {
                self.show_arrival();
                Trouble::TooHeavy(file)
            }
            News::Recovering => {
                self.recover();
                Trouble::Died
            }
            News::Lost => return self.lost(),
            _ => return,
        };
        self.trouble.set(Some(trouble));
    }

    /// Shows that the project is being done again.
    fn recover(self) {
        leave_screen();
        self.show_arrival();
        self.give_up_writing();
    }

    /// Says that the project could not be done again.
    pub(super) fn lost(self) {
        self.overview.set(Overview::default());
        self.schema.set(None);
        self.step.set(Step::Deposit);
        self.show_arrival();
        self.give_up_writing();
        self.trouble.set(Some(Trouble::Lost));
    }
}

/// Takes the keyboard out of a screen about to go: what it says of its leaving is heard while the screen is there.
fn leave_screen() {
    browser::focus("content");
}
