use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, File};

use super::{
    arrival::{Arrival, Purpose},
    crew::{Arrived, Crew, News},
    describe,
    publish::{Comparison, Sending},
    recipes::{Following, KeptRecipe},
    trouble::Trouble,
    writing::Writing,
};
use crate::{
    browser,
    export::csv_name,
    i18n::{Arg, Locale, PackWords, Words},
    intake::{Archive, Choices, Container, Reading},
    metadata::Metadata,
    protocol::{Done, Overview, Reply, Request, Window, WrongValues},
    recipe::{Misfit, Operation},
    schema::{Check, CompiledSchema, Schema},
    worker::keep_glue,
};

/// The five steps, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Drop a file, and see how it was read.
    Deposit,
    /// Match its columns.
    Map,
    /// Correct its cells.
    Fix,
    /// Describe it.
    Describe,
    /// Take it away.
    Publish,
}

impl Step {
    /// All of them, in order.
    pub const ALL: [Step; 5] = [Step::Deposit, Step::Map, Step::Fix, Step::Describe, Step::Publish];

    /// Its place, from 1.
    pub fn number(self) -> usize {
        self as usize + 1
    }

    /// What it is called.
    pub fn name(self, words: &Words) -> &'static str {
        match self {
            Step::Deposit => words.step_deposit,
            Step::Map => words.step_map,
            Step::Fix => words.step_fix,
            Step::Describe => words.step_describe,
            Step::Publish => words.step_publish,
        }
    }
}

/// The schema in use, with what explaining its findings needs.
#[derive(Debug)]
pub struct SchemaInUse {
    /// The schema.
    pub schema: Schema,
    /// Its custom checks.
    pub checks: Vec<Check>,
}

impl SchemaInUse {
    /// Reads the text of a schema that the worker uses.
    fn read(text: Option<String>) -> Option<Arc<SchemaInUse>> {
        let schema = Schema::from_json(&text?).ok()?;
        let checks = CompiledSchema::new(&schema).checks;
        Some(Arc::new(SchemaInUse { schema, checks }))
    }
}

/// Something the page says for a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// What is said.
    pub text: String,
    /// Whether it offers to take the change back.
    pub undo: bool,
}

/// What following a recipe came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// The operations that changed something, each with the number of its cells or rows.
    pub done: Vec<(Operation, u32)>,
    /// What did not fit.
    pub misfits: Vec<Misfit>,
}

/// The state of the page, and what can be asked of the worker.
#[derive(Debug, Clone, Copy)]
pub struct Studio {
    /// The step on screen.
    pub step: RwSignal<Step>,
    /// The language.
    pub locale: RwSignal<Locale>,
    /// The project, as the worker last told it.
    pub overview: RwSignal<Overview>,
    /// The schema in use.
    pub schema: RwSignal<Option<Arc<SchemaInUse>>>,
    /// The rows on screen.
    pub window: RwSignal<Window>,
    /// Counts the states received: rows on screen are asked again when it grows.
    pub version: RwSignal<u32>,
    /// The first rows of the file, for choosing its header.
    pub preview: RwSignal<Vec<Vec<String>>>,
    /// The file being read.
    pub arrival: RwSignal<Option<Arrival>>,
    /// The files being written to be taken away.
    pub writing: RwSignal<Writing>,
    /// What is said for a moment.
    pub toast: RwSignal<Option<Toast>>,
    /// What went wrong.
    pub trouble: RwSignal<Option<Trouble>>,
    /// The recipe just followed.
    pub followed: RwSignal<Option<Followed>>,
    /// The recipe kept for files of this shape, proposed.
    pub offered: RwSignal<Option<KeptRecipe>>,
    /// The recipe being followed.
    pub(super) following: StoredValue<Option<Following>>,
    /// Whether the recipe being written is to be taken away.
    pub(super) saving: StoredValue<bool>,
    /// The values of a field that it does not accept.
    pub wrong: RwSignal<Option<WrongValues>>,
    /// The cell that was found, for the grid to go to.
    pub found: RwSignal<Option<(usize, usize)>>,
    /// Whether the drop zone is shown although a file is open.
    pub another: RwSignal<bool>,
    /// Where the national catalogue stands, once the site's configuration has been read.
    pub catalogue: RwSignal<Option<String>>,
    /// Publishing on a platform.
    pub sending: Sending,
    pub(super) crew: StoredValue<Crew, LocalStorage>,
}

impl Studio {
    /// Starts the worker, and the state of the page.
    pub fn start() -> Studio {
        let kept = browser::remembered("atelier-language").unwrap_or_else(browser::language);
        let studio = Studio {
            step: RwSignal::new(Step::Deposit),
            locale: RwSignal::new(Locale::from_code(&kept)),
            overview: RwSignal::new(Overview::default()),
            schema: RwSignal::new(None),
            window: RwSignal::new(Window::default()),
            version: RwSignal::new(0),
            preview: RwSignal::new(Vec::new()),
            arrival: RwSignal::new(None),
            writing: RwSignal::new(Writing::default()),
            toast: RwSignal::new(None),
            trouble: RwSignal::new(None),
            followed: RwSignal::new(None),
            offered: RwSignal::new(None),
            following: StoredValue::new(None),
            saving: StoredValue::new(false),
            wrong: RwSignal::new(None),
            found: RwSignal::new(None),
            another: RwSignal::new(false),
            catalogue: RwSignal::new(None),
            sending: Sending::new(),
            crew: StoredValue::new_local(Crew::default()),
        };
        studio.hire();
        studio.sending.configure();
        leptos::task::spawn_local(keep_glue());
        studio
    }

    /// The words of the present language. Another language draws the screens again: nothing else follows it.
    pub fn words(self) -> &'static Words {
        self.locale.get_untracked().words()
    }

    /// The words of the description and of the pack, likewise.
    pub fn pack_words(self) -> &'static PackWords {
        self.locale.get_untracked().pack()
    }

    /// Fills a template whose only place is a count named `n`.
    pub fn count(self, template: &str, n: usize) -> String {
        self.locale.get_untracked().fill_n(template, n)
    }

    /// Fills a template of texts.
    pub fn fill(self, template: &str, args: &[(&str, &str)]) -> String {
        let args: Vec<(&str, Arg<'_>)> = args.iter().map(|(key, text)| (*key, Arg::Text(text))).collect();
        self.locale.get_untracked().fill(template, &args)
    }

    /// The choices that the file is read with: those asked last, while it is read again.
    pub fn choices(self) -> Choices {
        let asked = self.arrival.with_untracked(|arrival| arrival.as_ref()?.choices().cloned());
        asked.unwrap_or_else(|| self.overview.with_untracked(|o| o.choices.clone()))
    }

    /// Shows the drop zone although a file is open, or that file again.
    pub fn show_another(self, another: bool) {
        self.another.set(another);
        self.take_keyboard();
    }

    /// Gives the keyboard to the screen: what had it is about to go.
    pub fn take_keyboard(self) {
        request_animation_frame(|| browser::focus("content"));
    }

    /// Whether a file is open.
    pub fn has_file(self) -> bool {
        self.overview.with(|o| o.reading.is_some())
    }

    /// Whether the table open was empty, to be filled in: no file of the agent's stands behind it.
    pub fn is_blank(self) -> bool {
        self.crew.with_value(Crew::is_blank)
    }

    /// The name of the project worked on before this one, where there is one to go back to.
    pub fn aside(self) -> Option<String> {
        self.crew.with_value(Crew::aside)
    }

    /// The name of the file that is open.
    pub(super) fn file(self) -> String {
        self.overview.with_untracked(|o| o.file.clone())
    }

    /// Whether a step can be reached now.
    pub fn reaches(self, step: Step) -> bool {
        match step {
            Step::Deposit => true,
            Step::Map => self.has_file(),
            _ => self.has_file() && self.schema.with(Option::is_some),
        }
    }

    /// Goes to a step, and gives it the keyboard.
    pub fn go(self, step: Step) {
        if self.reaches(step) {
            self.another.set(false);
            self.toast.set(None);
            // The same step is not drawn anew: what is open in it stays open.
            if self.step.get_untracked() != step {
                // What went wrong in one step is no concern of the next.
                self.trouble.set(None);
                if step >= Step::Describe {
                    describe::profile::fill(self);
                }
                self.step.set(step);
            }
            self.take_keyboard();
        }
    }

    /// Whether a project is there to be asked about: while it is done again, it is not.
    pub(super) fn has_project(self) -> bool {
        self.crew.with_value(Crew::has_project)
    }

    /// Asks the worker.
    pub fn ask(self, request: Request) {
        if let Request::Read(choices) = &request
            && self.has_project()
        {
            self.arrival.set(Some(Arrival::new(self.file(), Purpose::Again(choices.clone()))));
        }
        self.crew.update_value(|crew| crew.ask(request, None));
    }

    /// Asks the worker to compare the table with the one that a file holds.
    pub fn compare(self, file: &File) {
        self.crew.update_value(|crew| crew.ask(Request::Compare, Some(file)));
    }

    /// The name proposed for the CSV file.
    pub fn csv_name(self) -> String {
        self.overview.with_untracked(|o| {
            let title = self.schema.with_untracked(|used| used.as_ref().map(|u| u.schema.title.clone()).unwrap_or_default());
            csv_name(&title, &o.metadata, &browser::now())
        })
    }

    /// Changes the description.
    pub fn describe(self, change: impl FnOnce(&mut Metadata)) {
        let mut metadata = self.overview.with_untracked(|o| o.metadata.clone());
        change(&mut metadata);
        if self.overview.with_untracked(|o| o.metadata != metadata) {
            // At once on the page too: the next field may be left before the worker answers.
            self.overview.update(|o| o.metadata = metadata.clone());
            self.ask(Request::Describe(Box::new(metadata)));
        }
    }

    /// Says something for a moment.
    pub fn say(self, text: String, undo: bool) {
        let toast = Toast { text, undo };
        self.toast.set(Some(toast.clone()));
        set_timeout(
            move || {
                if self.toast.with_untracked(|now| now.as_ref() == Some(&toast)) {
                    self.toast.set(None);
                }
            },
            std::time::Duration::from_secs(8),
        );
    }

    pub(super) fn hear(self, id: u32, reply: Reply, beside: &JsValue) {
        let worked = self.overview.with_untracked(|o| o.can_undo);
        match self.crew.try_update_value(|crew| crew.hear(id, reply, worked)).unwrap_or(News::Nothing) {
            News::Reply(reply) => self.hear_reply(reply, beside),
            // What came is read in one task of the page and drawn in the next: the page can answer in between.
            News::Arrived(arrived) => {
                let Arrived { state, schema, refused } = *arrived;
                let (schema, beside) = (SchemaInUse::read(schema), beside.clone());
                let arrive = move || {
                    self.arrived(state, schema, refused, &beside);
                    if let Some(aside) = self.aside().filter(|_| worked) {
                        self.say(self.fill(self.words().set_aside, &[("file", &aside)]), false);
                    }
                };
                set_timeout(arrive, std::time::Duration::ZERO);
            }
            News::Back(back) => {
                self.schema.set(SchemaInUse::read(back.schema));
                self.settle(back.state);
                self.say(self.words().worker_back.to_owned(), false);
            }
            News::Lost => self.lost(),
            _ => {}
        }
    }

    /// Shows a project just read: its columns, or what there is to choose first.
    fn arrived(self, state: Overview, schema: Option<Arc<SchemaInUse>>, refused: Option<Reply>, beside: &JsValue) {
        self.clear();
        self.schema.set(schema);
        self.settle(state);
        // An archive of several tables, or a sheet, asks which.
        let several = |archive: &Archive| archive.entries.len() > 1;
        let several = |r: &Reading| !r.blocks.is_empty() || r.archive.as_ref().is_some_and(several);
        let asks = self.overview.with_untracked(|o| o.reading.as_ref().is_some_and(several));
        self.go(if asks { Step::Deposit } else { Step::Map });
        self.offer_recipe();
        self.follow_on();
        if let Some(refused) = refused {
            self.hear_reply(refused, beside);
        }
    }

    /// Takes away what the page shows of the project that gives its place.
    pub(super) fn clear(self) {
        self.window.set(Window::default());
        self.another.set(false);
        self.toast.set(None);
        self.followed.set(None);
        self.offered.set(None);
        self.wrong.set(None);
        self.give_up_writing();
    }

    /// Shows a state of the project.
    fn settle(self, overview: Overview) {
        let waits = |arrival: &Arrival| arrival.choices().is_some_and(|choices| *choices != overview.choices);
        let read = !self.arrival.with_untracked(|arrival| arrival.as_ref().is_some_and(waits));
        self.overview.set(overview);
        self.version.update(|version| *version += 1);
        if read {
            self.show_arrival();
            // A reading that could not be made is no trouble any more.
            if self.trouble.with_untracked(|trouble| matches!(trouble, Some(Trouble::File(..)))) {
                self.trouble.set(None);
            }
        }
    }

    fn hear_reply(self, reply: Reply, beside: &JsValue) {
        let words = self.words();
        match reply {
            Reply::Ready => {}
            Reply::Progress { read, all, rows } => self.arrival.update(|arrival| {
                if let Some(arrival) = arrival {
                    (arrival.read, arrival.all, arrival.rows) = (read, all, rows);
                }
            }),
            Reply::Refused { name, error } => {
                let again = self.arrival.with_untracked(|arrival| arrival.as_ref().is_some_and(|it| it.choices().is_some()));
                self.show_arrival();
                self.following.set_value(None);
                if again {
                    // Nothing has changed, and the choice refused shows it no longer.
                    self.overview.notify();
                } else {
                    self.step.set(Step::Deposit);
                    self.another.set(true);
                }
                self.trouble.set(Some(Trouble::File(name, error)));
            }
            Reply::SchemaRefused(error) => self.trouble.set(Some(Trouble::Schema(error))),
            Reply::Schema(text) => self.schema.set(SchemaInUse::read(text)),
            Reply::Overview(overview) => {
                self.settle(*overview);
                self.follow_on();
            }
            Reply::Preview(rows) => self.preview.set(rows),
            Reply::Rows(window) => self.window.set(window),
            Reply::Found(Some(cell)) => self.found.set(Some(cell)),
            Reply::Found(None) => self.say(words.no_more_errors.to_owned(), false),
            Reply::Copied(text) => leptos::task::spawn_local(async move {
                let said = if browser::write_clipboard(&text).await { words.copied } else { words.copy_refused };
                self.say(said.to_owned(), false);
            }),
            Reply::Writing { bytes } => self.writing.update(|writing| writing.reached(bytes)),
            Reply::Exported { name } => {
                self.writing.update(Writing::ended);
                let saved = beside.dyn_ref::<Blob>().is_some_and(|blob| browser::save(blob, &name).is_ok());
                let said = if saved { self.fill(words.saved, &[("file", &name)]) } else { words.not_saved.to_owned() };
                self.say(said, false);
                // What was taken away is what the agent wants again next month.
                self.ask(Request::WriteRecipe);
            }
            Reply::Parcel(parcel) => match beside.dyn_ref::<Blob>() {
                Some(table) => self.sending.start(*parcel, table.clone()),
                None => self.sending.interrupt(),
            },
            Reply::Compared(difference) => self.sending.told(Comparison::Told(difference)),
            Reply::NotCompared(error) => self.sending.told(Comparison::Unreadable(error)),
            Reply::Recipe { text, by_hand } => self.keep_recipe(text, by_hand),
            Reply::Values(wrong) => self.wrong.set(Some(wrong)),
            Reply::Replayed { done, misfits } => {
                self.followed.set(Some(Followed { done, misfits }));
                self.go(Step::Fix);
            }
            Reply::RecipeRefused(error) => self.trouble.set(Some(Trouble::Recipe(error))),
            Reply::Done(done) => self.say_done(done),
            Reply::Failed => {
                self.writing.update(Writing::ended);
                self.show_arrival();
                self.following.set_value(None);
                self.saving.set_value(false);
                self.sending.unprepared();
                self.say(words.failed.to_owned(), false);
            }
        }
    }

    fn say_done(self, done: Done) {
        let locale = self.locale.get_untracked();
        let words = locale.words();
        let (text, undo) = match done {
            // An edit shows by itself; saying it would talk over the agent's typing.
            Done::Written(0 | 1) | Done::RowsAdded(_) => return,
            Done::Written(n) => (locale.fill_n(words.done_written, n as usize), true),
            Done::Changed(0) => (words.done_nothing.to_owned(), false),
            Done::Changed(n) => (locale.fill_n(words.done_changed, n as usize), true),
            Done::Repaired(n) => (locale.fill_n(words.done_repaired, n as usize), true),
            Done::RowsRemoved(n) => (locale.fill_n(words.done_removed, n as usize), true),
            Done::ReadAgain => (words.done_read_again.to_owned(), true),
            Done::Undone => (words.done_undone.to_owned(), false),
            Done::Redone => (words.done_redone.to_owned(), false),
            Done::OutOfBounds => (words.done_out_of_bounds.to_owned(), false),
        };
        self.say(text, undo);
    }

    /// How the file was read, in a line.
    pub fn reading_line(self) -> String {
        let locale = self.locale.get_untracked();
        let words = locale.words();
        self.overview.with(|o| {
            let Some(reading) = &o.reading else { return String::new() };
            let rows = locale.fill_n(words.bar_rows, o.rows);
            if self.is_blank() {
                return rows;
            }
            let entry = reading.archive.as_ref().and_then(|archive| archive.entries.get(archive.entry));
            let mut parts: Vec<String> = entry.map(|entry| entry.name.clone()).into_iter().collect();
            match &reading.container {
                Container::Workbook { sheets, sheet, .. } => {
                    let name = sheets.get(*sheet).map_or("", |sheet| sheet.name.as_str());
                    parts.push(locale.fill(words.bar_sheet, &[("sheet", Arg::Text(name))]));
                }
                Container::Text { encoding, delimiter } => {
                    parts.push(encoding.name().to_owned());
                    parts.push(delimiter_name(words, *delimiter));
                }
            }
            parts.push(match reading.header {
                0 => words.bar_no_header.to_owned(),
                line => locale.fill_n(words.bar_header, line as usize),
            });
            parts.push(rows);
            parts.join(" · ")
        })
    }
}

/// What a delimiter is called.
pub fn delimiter_name(words: &Words, delimiter: char) -> String {
    match delimiter {
        ';' => words.delimiter_semicolon.to_owned(),
        '\t' => words.delimiter_tab.to_owned(),
        '|' => words.delimiter_bar.to_owned(),
        ',' => words.delimiter_comma.to_owned(),
        // One that the file itself says.
        other => other.to_string(),
    }
}
