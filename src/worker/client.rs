use std::cell::RefCell;

use js_sys::Array;
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{Blob, BlobPropertyBag, Event, HtmlScriptElement, MessageEvent, Url, Worker};

use crate::{
    browser::fetch_text,
    protocol::{Reply, Request},
};

/// The page's end of the worker.
#[derive(Debug, Clone)]
pub struct Client(Worker);

thread_local! {
    /// The text of the glue script, once it is at hand.
    static GLUE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps the text of the glue script at hand: workers that start later, for another file, start without network too.
pub async fn keep_glue() {
    if let Ok(script) = glue_script()
        && !script.src().is_empty()
        && let Ok(text) = fetch_text(&script.src()).await
    {
        GLUE.set(Some(text));
    }
}

fn glue_script() -> Result<HtmlScriptElement, JsValue> {
    Ok(document().get_element_by_id("glue").ok_or("no glue script")?.unchecked_into())
}

/// The worker's whole source. It is classic and made from a Blob: a module worker, or one with an
/// address of its own, is refused on `file://` and in sandboxed frames.
fn source() -> Result<String, JsValue> {
    let script = glue_script()?;
    let load = match (script.src(), GLUE.with_borrow(Clone::clone)) {
        (_, Some(text)) => text,
        (src, None) if src.is_empty() => script.text()?,
        (src, None) => format!("importScripts({});", js_sys::JSON::stringify(&src.into())?),
    };
    Ok(format!("{load}\nself.onmessage = e => wasm_bindgen({{ module_or_path: e.data }});"))
}

impl Client {
    /// Starts a worker on the page's own compiled program. `on_reply` hears its replies, with what rides
    /// beside them; `on_death` hears that it is gone and must be replaced.
    ///
    /// # Errors
    /// What the browser says, where it refuses workers.
    pub fn spawn(
        mut on_reply: impl FnMut(Reply, JsValue) + 'static,
        mut on_death: impl FnMut() + 'static,
    ) -> Result<Client, JsValue> {
        let kind = BlobPropertyBag::new();
        kind.set_type("text/javascript");
        let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&source()?.into()), &kind)?;
        let url = Url::create_object_url_with_blob(&blob)?;
        let worker = Worker::new(&url)?;
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let parts: Array = event.data().unchecked_into();
            if let Ok(reply) = serde_json::from_str(&parts.get(0).as_string().unwrap_or_default()) {
                on_reply(reply, parts.get(1));
            }
        });
        worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        heard.forget();
        let died = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            event.prevent_default();
            on_death();
        });
        worker.set_onerror(Some(died.as_ref().unchecked_ref()));
        died.forget();
        worker.post_message(&wasm_bindgen::module())?;
        Ok(Client(worker))
    }

    /// Sends a request, with what rides beside it.
    pub fn send(&self, request: &Request, beside: Option<&JsValue>) {
        let Ok(text) = serde_json::to_string(request) else { return };
        let message = Array::of1(&text.into());
        if let Some(beside) = beside {
            message.push(beside);
        }
        // A worker that has died is reported by `on_death`.
        let _ = self.0.post_message(&message);
    }

    /// Ends the worker at once, whatever it is doing.
    pub fn end(&self) {
        self.0.terminate();
    }
}
