use std::{cell::RefCell, rc::Rc, time::Duration};

use js_sys::Array;
use leptos::prelude::set_timeout;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

use crate::{
    browser::{Underway, call_platform, slice_bytes},
    publish::{Answer, Body, Call, Credential, Instance, Resource, simulated},
};

/// What requests go through: the network, or a platform in memory.
#[derive(Debug, Clone)]
pub enum Line {
    /// A real platform.
    Network(Instance, Credential),
    /// A rehearsal.
    Rehearsal(Rc<RefCell<Rehearsal>>),
}

/// A platform in memory, and the files published on it, which the browser keeps.
#[derive(Debug)]
pub struct Rehearsal {
    platform: simulated::Platform,
    files: Vec<(String, Blob)>,
}

/// How long an imitated platform takes to answer: one sees its steps pass.
const THINKING: Duration = Duration::from_millis(300);

impl Line {
    /// A rehearsal, on an empty platform where the agent belongs to an organisation of this name.
    pub fn rehearsal(organisation: &str) -> Line {
        Line::Rehearsal(Rc::new(RefCell::new(Rehearsal { platform: simulated::Platform::new(organisation), files: Vec::new() })))
    }

    /// Whether what opens the platform was given by its own page.
    pub fn is_signed_in(&self) -> bool {
        matches!(self, Line::Network(_, Credential::Token(_)))
    }

    /// Makes a request; `None` where nothing came back.
    pub async fn ask(&self, call: &Call, file: Option<&Blob>, underway: Option<&Underway>) -> Option<Answer> {
        match self {
            Line::Network(instance, credential) => call_platform(call, instance, Some(credential), file, underway).await,
            Line::Rehearsal(rehearsal) => {
                pause(THINKING).await;
                let part = match (&call.body, file) {
                    (Body::Multipart { file: Some(slice), .. }, Some(file)) => slice_bytes(file, slice).await?,
                    _ => Vec::new(),
                };
                let key = Credential::Key(simulated::KEY.to_owned());
                let Rehearsal { platform, files } = &mut *rehearsal.borrow_mut();
                platform.pass(THINKING.as_millis() as u64);
                let answer = platform.answer(call, Some(&key), &|_| part.clone());
                if let (Body::Multipart { .. }, Some(file), Ok(resource)) = (&call.body, file, answer.read::<Resource>()) {
                    files.retain(|(id, _)| *id != resource.id);
                    files.push((resource.id, file.clone()));
                }
                Some(answer)
            }
        }
    }

    /// A file that was published in the rehearsal.
    pub fn rehearsed(&self, resource: &Resource) -> Option<File> {
        let Line::Rehearsal(rehearsal) = self else { return None };
        let rehearsal = rehearsal.borrow();
        let (_, kept) = rehearsal.files.iter().find(|(id, _)| *id == resource.id)?;
        File::new_with_blob_sequence(&Array::of1(kept), &format!("{}.csv", resource.title)).ok()
    }
}

/// Waits.
pub async fn pause(long: Duration) {
    let waited = js_sys::Promise::new(&mut |done, _| {
        // A page that is leaving waits no more.
        set_timeout(move || drop(done.call0(&wasm_bindgen::JsValue::NULL)), long);
    });
    // It is never refused.
    let _ = JsFuture::from(waited).await;
}
