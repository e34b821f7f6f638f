use std::{cell::RefCell, rc::Rc};

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{Blob, DedicatedWorkerGlobalScope, File, MessageEvent};

use crate::{
    browser::read_file,
    intake::IntakeError,
    project::{Outcome, Project},
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

/// Runs the worker: answers requests one after the other, for ever.
pub fn serve() {
    let project = Rc::new(RefCell::new(Project::default()));
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let parts: Array = event.data().unchecked_into();
        let text = parts.get(0).as_string().unwrap_or_default();
        let outcome = match serde_json::from_str::<Request>(&text) {
            Ok(Request::Open { name }) => open(&mut project.borrow_mut(), &name, &parts.get(1)),
            Ok(request) => project.borrow_mut().handle(request),
            Err(_) => Reply::Failed.into(),
        };
        send(outcome);
    });
    scope().set_onmessage(Some(listen.as_ref().unchecked_ref()));
    listen.forget();
    post(&Reply::Ready, None);
}

fn open(project: &mut Project, name: &str, file: &JsValue) -> Outcome {
    let refused = |error| Reply::Refused { name: name.to_owned(), error }.into();
    let Some(file) = file.dyn_ref::<File>() else { return refused(IntakeError::Unreadable) };
    if let Some(error) = IntakeError::of_size(file.size()) {
        return refused(error);
    }
    let all = file.size();
    match read_file(file, |read| post(&Reply::Progress { read, all }, None)) {
        Ok(bytes) => project.open(name, bytes),
        Err(_) => refused(IntakeError::Unreadable),
    }
}

fn send(outcome: Outcome) {
    let mut beside = outcome.file.map(|bytes| {
        let parts = Array::of1(&Uint8Array::from(bytes.as_slice()));
        Blob::new_with_u8_array_sequence(&parts).map(JsValue::from).unwrap_or(JsValue::NULL)
    });
    for reply in &outcome.replies {
        let ride = if matches!(reply, Reply::Exported { .. }) { beside.take() } else { None };
        post(reply, ride.as_ref());
    }
}
