use std::{cell::RefCell, rc::Rc, time::Duration};

use leptos::prelude::set_timeout;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use crate::{
    browser::{Underway, call_platform, slice_bytes},
    publish::{Answer, Body, Call, Credential, Instance, simulated},
};

/// What requests go through: the network, or a platform in memory.
#[derive(Debug, Clone)]
pub enum Line {
    /// A real platform.
    Network(Instance, Credential),
    /// A rehearsal.
    Rehearsal(Rc<RefCell<simulated::Platform>>),
}

/// How long an imitated platform takes to answer: one sees its steps pass.
const THINKING: Duration = Duration::from_millis(300);

impl Line {
    /// A rehearsal, on an empty platform where the agent belongs to an organisation of this name.
    pub fn rehearsal(organisation: &str) -> Line {
        Line::Rehearsal(Rc::new(RefCell::new(simulated::Platform::new(organisation))))
    }

    /// Whether what opens the platform was given by its own page.
    pub fn is_signed_in(&self) -> bool {
        matches!(self, Line::Network(_, Credential::Token(_)))
    }

    /// Makes a request; `None` where nothing came back.
    pub async fn ask(&self, call: &Call, file: Option<&Blob>, underway: Option<&Underway>) -> Option<Answer> {
        match self {
            Line::Network(instance, credential) => call_platform(call, instance, Some(credential), file, underway).await,
            Line::Rehearsal(platform) => {
                pause(THINKING).await;
                let part = match (&call.body, file) {
                    (Body::Multipart { file: Some(slice), .. }, Some(file)) => slice_bytes(file, slice).await?,
                    _ => Vec::new(),
                };
                let key = Credential::Key(simulated::KEY.to_owned());
                let mut platform = platform.borrow_mut();
                platform.pass(THINKING.as_millis() as u64);
                Some(platform.answer(call, Some(&key), &|_| part.clone()))
            }
        }
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
