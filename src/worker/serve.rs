use std::{cell::RefCell, io, rc::Rc};

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{Blob, DedicatedWorkerGlobalScope, File, MessageEvent, Worker};

use super::{
    opening::{Opening, Step},
    slices::Slices,
};
use crate::{
    export::Parts,
    intake::{Choices, Companion, IntakeError},
    project::{EXAMPLE, Outcome, Project},
    protocol::{Reply, Request},
};

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn post(reply: &Reply, beside: Option<&JsValue>) {
    let Ok(text) = serde_json::to_string(reply) else { return };
    let message = Array::of1(&text.into());
    if let Some(beside) = beside {
        message.push(beside);
    }
    // A page that has gone does not listen any more.
    let _ = scope().post_message(&message);
}

/// What the worker holds: the project, the files it comes from, and the files being read.
#[derive(Debug, Default)]
struct Desk {
    project: Project,
    files: Vec<File>,
    opening: Option<Opening>,
    /// The file that the table is compared with, while it is read.
    compared: Option<Opening>,
    /// What is to read the first file, started before that comes.
    reader: Option<Worker>,
}

/// Runs the worker: answers requests one after the other, for ever.
pub fn serve() {
    let desk = Rc::new(RefCell::new(Desk::default()));
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let parts: Array = event.data().unchecked_into();
        let text = parts.get(0).as_string().unwrap_or_default();
        match serde_json::from_str::<Request>(&text) {
            Ok(Request::Open(companion)) => {
                let files = parts.get(1).dyn_into::<Array>().unwrap_or_default();
                open(&desk, files.iter().filter_map(|file| file.dyn_into().ok()).collect(), None, companion);
            }
            Ok(Request::OpenExample) => match example() {
                Ok(file) => open(&desk, vec![file], None, None),
                Err(_) => post(&Reply::Failed, None),
            },
            Ok(Request::Read(choices)) => {
                let files = desk.borrow().files.clone();
                open(&desk, files, Some(choices), None);
            }
            Ok(Request::Compare) => compare(&desk, parts.get(1)),
            Ok(Request::Export { what, name, now, locale }) => {
                let (reply, file) = written(|to| desk.borrow().project.export(what, &name, &now, locale, to));
                post(&reply, file.as_ref());
            }
            Ok(Request::Parcel { name, now }) => {
                let (reply, file) = written(|to| match desk.borrow().project.parcel(&name, &now, to) {
                    Ok(parcel) => Reply::Parcel(Box::new(parcel)),
                    Err(_) => Reply::Failed,
                });
                post(&reply, file.as_ref());
            }
            Ok(Request::Rehearse) => {
                // Where it cannot be started, it is not when the file comes either.
                desk.borrow_mut().reader = Slices::beside().ok();
                send(desk.borrow_mut().project.handle(Request::Rehearse));
            }
            Ok(request) => {
                let outcome = desk.borrow_mut().project.handle(request);
                send(outcome);
            }
            Err(_) => post(&Reply::Failed, None),
        }
    });
    scope().set_onmessage(Some(listen.as_ref().unchecked_ref()));
    listen.forget();
    post(&Reply::Ready, None);
}

/// The example, as a file like any other.
fn example() -> Result<File, JsValue> {
    let (name, bytes) = EXAMPLE;
    File::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes)), name)
}

/// Starts reading files; with choices, those of the project again.
fn open(desk: &Rc<RefCell<Desk>>, files: Vec<File>, choices: Option<Choices>, companion: Option<Companion>) {
    let Some(name) = files.first().map(File::name) else { return post(&Reply::Failed, None) };
    let hearer = Rc::clone(desk);
    let reader = desk.borrow_mut().reader.take();
    let slices = Slices::start(reader, move |slice| {
        let outcome = hearer.borrow_mut().take(slice);
        send(outcome);
    });
    let opened = slices.map_err(|_| IntakeError::Unreadable).and_then(|slices| Opening::start(files, choices, slices));
    match opened {
        Ok(mut opening) => {
            opening.companion = companion;
            desk.borrow_mut().opening = Some(opening);
        }
        Err(error) => post(&Reply::Refused { name, error }, None),
    }
}

/// Starts reading a file to compare the table with. One that was being read is given up, with what reads it.
fn compare(desk: &Rc<RefCell<Desk>>, file: JsValue) {
    let Ok(file) = file.dyn_into::<File>() else { return post(&Reply::NotCompared(IntakeError::Unreadable), None) };
    desk.borrow_mut().compared = None;
    let hearer = Rc::clone(desk);
    let slices = Slices::start(None, move |slice| {
        let reply = hearer.borrow_mut().compare(slice);
        if let Some(reply) = reply {
            post(&reply, None);
        }
    });
    let opened = slices.map_err(|_| IntakeError::Unreadable).and_then(|slices| Opening::start(vec![file], None, slices));
    match opened {
        Ok(opening) => desk.borrow_mut().compared = Some(opening),
        Err(error) => post(&Reply::NotCompared(error), None),
    }
}

impl Desk {
    /// Takes a slice of the file to compare the table with, which is let go once it is.
    fn compare(&mut self, slice: Option<Uint8Array>) -> Option<Reply> {
        match self.compared.as_mut()?.take(slice, &mut |_| {}) {
            Step::More => None,
            Step::Refused(error) => {
                self.compared = None;
                Some(Reply::NotCompared(error))
            }
            Step::Done(opened) => {
                self.compared = None;
                Some(Reply::Compared(Box::new(self.project.compare(&opened.table))))
            }
        }
    }

    /// Takes a slice of the file being read.
    fn take(&mut self, slice: Option<Uint8Array>) -> Outcome {
        let Some(opening) = &mut self.opening else { return Outcome::default() };
        // Told at once: a workbook is read in one go, and the page shows how far that is.
        let step = opening.take(slice, &mut |reply| post(&reply, None));
        if matches!(step, Step::More) {
            return Outcome::default();
        }
        let Some(opening) = self.opening.take() else { return Outcome::default() };
        let (name, size) = (opening.name(), opening.size() as u64);
        match step {
            Step::Done(mut opened) => {
                opened.companion = opening.companion.clone().or(opened.companion.take());
                self.files = opening.files().to_vec();
                let others = self.files.len() - 1;
                let first = self.files.first().map(File::name).unwrap_or_default();
                let name = if others > 0 { format!("{first} + {others}") } else { first };
                match opening.asked {
                    Some(choices) => self.project.take_again(choices, *opened),
                    None => self.project.take(&name, size, *opened),
                }
            }
            Step::Refused(error) => Reply::Refused { name, error }.into(),
            Step::More => Outcome::default(),
        }
    }
}

fn send(outcome: Outcome) {
    outcome.replies.iter().for_each(|reply| post(reply, None));
}

/// Writes a file, each part of which goes to the browser at once: it keeps them where there is room, on disk when they
/// are many.
fn written(write: impl FnOnce(&Parts) -> Reply) -> (Reply, Option<JsValue>) {
    let parts = Array::new();
    let mut written = 0;
    let mut give = |number: usize, bytes: Vec<u8>| {
        written += bytes.len() as u64;
        post(&Reply::Writing { bytes: written }, None);
        let bytes = Array::of1(&Uint8Array::from(bytes.as_slice()));
        let blob = Blob::new_with_u8_array_sequence(&bytes).map_err(|_| io::Error::from(io::ErrorKind::OutOfMemory))?;
        parts.set(number as u32, blob.into());
        Ok(())
    };
    let file = Parts::new(&mut give);
    let reply = write(&file);
    let whole = file.finish().ok().and_then(|()| Blob::new_with_blob_sequence(&parts).ok());
    match whole {
        Some(blob) => (reply, Some(blob.into())),
        None => (Reply::Failed, None),
    }
}
