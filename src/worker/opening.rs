use js_sys::{ArrayBuffer, Uint8Array};
use web_sys::File;

use super::slices::{SLICE, Slices};
use crate::{
    intake::{Choices, Flow, Intake, IntakeError, Opened},
    protocol::Reply,
};

/// A file being read.
#[derive(Debug)]
pub struct Opening {
    file: File,
    /// The choices that the agent made, for a file that is read again.
    pub asked: Option<Choices>,
    intake: Intake,
    slices: Slices,
    /// Slices asked and not come.
    awaited: usize,
    /// Slices that belong to a reading given up.
    stale: usize,
    asked_to: f64,
    read: f64,
    shown: bool,
}

/// What a slice comes to.
#[derive(Debug)]
pub enum Step {
    /// More slices are awaited; what to tell the page meanwhile.
    More(Vec<Reply>),
    /// The file is read.
    Done(Box<Opened>),
    /// It cannot be read.
    Refused(IntakeError),
}

impl Opening {
    /// Starts reading a file. `slices` tells each of its slices to [`Opening::take`].
    pub fn start(file: File, asked: Option<Choices>, slices: Slices) -> Result<Opening, IntakeError> {
        if let Some(error) = IntakeError::of_size(file.size()) {
            return Err(error);
        }
        let intake = Intake::new(&file.name(), asked.as_ref().unwrap_or(&Choices::default()));
        let mut opening = Opening { file, asked, intake, slices, awaited: 0, stale: 0, asked_to: 0.0, read: 0.0, shown: false };
        opening.ask()?;
        Ok(opening)
    }

    /// The file.
    pub fn file(&self) -> &File {
        &self.file
    }

    /// Asks for slices ahead. An empty file has one, empty.
    fn ask(&mut self) -> Result<(), IntakeError> {
        let size = self.file.size();
        while self.awaited < self.slices.ahead() && (self.asked_to < size || size == 0.0 && self.awaited == 0) {
            let to = (self.asked_to + SLICE).min(size);
            self.slices.ask(&self.file, self.asked_to, to).map_err(|_| IntakeError::Unreadable)?;
            self.asked_to = to;
            self.awaited += 1;
        }
        Ok(())
    }

    /// Takes the next slice; `None` where it could not be read.
    pub fn take(&mut self, slice: Option<ArrayBuffer>) -> Step {
        self.awaited = self.awaited.saturating_sub(1);
        if self.stale > 0 {
            self.stale -= 1;
            return Step::More(Vec::new());
        }
        self.step(slice).unwrap_or_else(Step::Refused)
    }

    fn step(&mut self, slice: Option<ArrayBuffer>) -> Result<Step, IntakeError> {
        let slice = Uint8Array::new(&slice.ok_or(IntakeError::Unreadable)?.into());
        self.read += f64::from(slice.length());
        self.ask()?;
        let mut flow = self.intake.feed(slice.length() as usize, &mut |room| slice.copy_to(room))?;
        if matches!(flow, Flow::More) && self.read >= self.file.size() {
            let intake = std::mem::replace(&mut self.intake, Intake::new("", &Choices::default()));
            flow = intake.finish()?;
        }
        match flow {
            Flow::Done(opened) => Ok(Step::Done(opened)),
            Flow::Again(choices) => {
                self.intake = Intake::new(&self.file.name(), &choices);
                self.stale = self.awaited;
                (self.asked_to, self.read) = (0.0, 0.0);
                self.ask()?;
                Ok(Step::More(Vec::new()))
            }
            Flow::More => {
                let mut replies = vec![Reply::Progress { read: self.read, all: self.file.size(), rows: self.intake.rows() }];
                if !self.shown && !self.intake.head().is_empty() {
                    self.shown = true;
                    replies.push(Reply::Preview(self.intake.head().to_vec()));
                }
                Ok(Step::More(replies))
            }
        }
    }
}
