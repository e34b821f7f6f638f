use std::io::{self, Read};

use js_sys::{ArrayBuffer, Date, Uint8Array};
use web_sys::File;

use super::slices::{FIRST_SLICE, SLICE, Slices};
use crate::{
    intake::{Choices, Companion, Flow, Intake, IntakeError, Opened, Sight, Watch, merge},
    protocol::Reply,
};

/// Files being read, one after the other: together they make one table.
#[derive(Debug)]
pub struct Opening {
    files: Vec<File>,
    /// The files read.
    parts: Vec<(String, Opened)>,
    /// The choices that the agent made, for a file that is read again.
    pub asked: Option<Choices>,
    /// What describes the files, where it came with them.
    pub companion: Option<Companion>,
    intake: Intake,
    slices: Slices,
    /// Slices asked and not come.
    awaited: usize,
    /// Slices that belong to a reading given up.
    stale: usize,
    asked_to: f64,
    read: f64,
    /// The buffer of the last slice, for one that follows.
    spare: Option<ArrayBuffer>,
    /// When the page was last told how far that is, in milliseconds.
    told: f64,
    shown: bool,
}

/// The bytes of a slice, from one on.
struct Unread<'a>(&'a Uint8Array, u32);

impl Read for Unread<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let Unread(slice, at) = self;
        let length = (slice.length() - *at).min(room.len() as u32);
        slice.subarray(*at, *at + length).copy_to(room.get_mut(..length as usize).unwrap_or_default());
        *at += length;
        Ok(length as usize)
    }
}

/// Milliseconds from one telling to the next: drawing each slice's would take from the reading.
const TOLD_EVERY: f64 = 100.0;

/// What a slice comes to.
#[derive(Debug)]
pub enum Step {
    /// More slices are awaited.
    More,
    /// The file is read.
    Done(Box<Opened>),
    /// It cannot be read.
    Refused(IntakeError),
}

impl Opening {
    /// Starts reading files. `slices` tells each of their slices to [`Opening::take`].
    pub fn start(files: Vec<File>, asked: Option<Choices>, slices: Slices) -> Result<Opening, IntakeError> {
        let size = files.iter().map(|file| file.size()).sum();
        if let Some(error) = IntakeError::of_size(size) {
            return Err(error);
        }
        let name = files.first().map(File::name).unwrap_or_default();
        let intake = Intake::new(&name, asked.as_ref().unwrap_or(&Choices::default()));
        let mut opening = Opening {
            files,
            parts: Vec::new(),
            asked,
            companion: None,
            intake,
            slices,
            awaited: 0,
            stale: 0,
            asked_to: 0.0,
            read: 0.0,
            spare: None,
            told: 0.0,
            shown: false,
        };
        opening.ask()?;
        Ok(opening)
    }

    /// The files.
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// The name of the file being read, or of the last one.
    pub fn name(&self) -> String {
        self.files.get(self.parts.len()).or(self.files.last()).map(File::name).unwrap_or_default()
    }

    /// Bytes of all files.
    pub fn size(&self) -> f64 {
        self.files.iter().map(|file| file.size()).sum()
    }

    /// Bytes of the files read.
    fn passed(&self) -> f64 {
        self.files.iter().take(self.parts.len()).map(|file| file.size()).sum()
    }

    /// Rows of the files read.
    fn rows_before(&self) -> usize {
        self.parts.iter().map(|(_, part)| part.table.len()).sum()
    }

    /// Asks for slices ahead. An empty file has one, empty.
    fn ask(&mut self) -> Result<(), IntakeError> {
        let Some(file) = self.files.get(self.parts.len()) else { return Ok(()) };
        let size = file.size();
        while self.awaited < self.slices.ahead() && (self.asked_to < size || size == 0.0 && self.awaited == 0) {
            let length = if self.asked_to > 0.0 { SLICE } else { FIRST_SLICE };
            let to = (self.asked_to + length).min(size);
            self.slices.ask(file, self.asked_to, to, self.spare.take()).map_err(|_| IntakeError::Unreadable)?;
            self.asked_to = to;
            self.awaited += 1;
        }
        Ok(())
    }

    /// Takes the next slice; `None` where it could not be read. `tell` hears what to tell the page meanwhile.
    pub fn take(&mut self, slice: Option<Uint8Array>, tell: &mut dyn FnMut(Reply)) -> Step {
        self.awaited = self.awaited.saturating_sub(1);
        if self.stale > 0 {
            self.stale -= 1;
            return Step::More;
        }
        self.step(slice, tell).unwrap_or_else(Step::Refused)
    }

    fn step(&mut self, slice: Option<Uint8Array>, tell: &mut dyn FnMut(Reply)) -> Result<Step, IntakeError> {
        let slice = slice.ok_or(IntakeError::Unreadable)?;
        self.read += f64::from(slice.length());
        self.ask()?;
        let mut flow = self.intake.feed(slice.length() as usize, &mut Unread(&slice, 0))?;
        self.spare = Some(slice.buffer());
        let size = self.files.get(self.parts.len()).map_or(0.0, |file| file.size());
        if matches!(flow, Flow::More) && self.read >= size {
            let intake = std::mem::replace(&mut self.intake, Intake::new("", &Choices::default()));
            let (passed, all, before) = (self.passed(), self.size(), self.rows_before());
            let shown = &mut self.shown;
            let mut saw = |sight: Sight| {
                tell(Reply::Progress { read: passed + size * sight.share, all, rows: before + sight.rows });
                if let Some(head) = sight.head.filter(|_| !std::mem::replace(shown, true)) {
                    tell(Reply::Preview(head));
                }
            };
            flow = intake.finish(&mut Watch::new(&mut saw))?;
        }
        match flow {
            Flow::Done(opened) => {
                self.parts.push((self.name(), *opened));
                if self.parts.len() == self.files.len() {
                    return Ok(Step::Done(Box::new(merge(std::mem::take(&mut self.parts))?)));
                }
                self.begin(&self.asked.clone().unwrap_or_default())?;
                Ok(Step::More)
            }
            Flow::Again(choices) => {
                self.begin(&choices)?;
                Ok(Step::More)
            }
            Flow::More => {
                // What is read once it is whole takes its time then.
                let read = if self.intake.is_whole() { 0.0 } else { self.read };
                let rows = self.rows_before() + self.intake.rows();
                let now = Date::now();
                if now - self.told >= TOLD_EVERY {
                    self.told = now;
                    tell(Reply::Progress { read: self.passed() + read, all: self.size(), rows });
                }
                if !self.shown && !self.intake.head().is_empty() {
                    self.shown = true;
                    tell(Reply::Preview(self.intake.head().to_vec()));
                }
                Ok(Step::More)
            }
        }
    }

    /// Starts reading a file from its first byte.
    fn begin(&mut self, choices: &Choices) -> Result<(), IntakeError> {
        self.intake = Intake::new(&self.name(), choices);
        self.stale = self.awaited;
        (self.asked_to, self.read) = (0.0, 0.0);
        self.ask()
    }
}
