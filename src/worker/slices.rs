use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{Blob, BlobPropertyBag, File, FileReaderSync, MessageChannel, MessageEvent, Url, Worker};

/// Bytes of a slice: fewer, and asking costs more than reading.
pub const SLICE: f64 = 8.0 * 1024.0 * 1024.0;
/// Bytes of the first one, which the work waits for.
pub const FIRST_SLICE: f64 = SLICE / 2.0;

/// What reads the slices of a file: a worker of the worker, which reads the next ones while one is worked on;
/// where the browser has no such thing, this worker itself, one slice after the other.
#[derive(Debug)]
pub enum Slices {
    /// Another worker.
    Beside(Worker),
    /// This one, which reads when its own message comes back: other requests are answered in between.
    Here(MessageChannel),
}

impl Slices {
    /// Starts what reads: `beside`, where there is one at hand. `on_slice` hears each slice, in the order asked; `None` where it
    /// cannot be read.
    ///
    /// # Errors
    /// What the browser says.
    pub fn start(beside: Option<Worker>, on_slice: impl FnMut(Option<Uint8Array>) + 'static) -> Result<Slices, JsValue> {
        let mut on_slice = on_slice;
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let data = event.data();
            let slice = match data.dyn_ref::<Array>() {
                Some(asked) => read(asked).ok(),
                None => data.dyn_into::<Uint8Array>().ok(),
            };
            on_slice(slice);
        });
        let slices = match beside.map_or_else(Slices::beside, Ok) {
            Ok(worker) => {
                worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
                Slices::Beside(worker)
            }
            Err(_) => {
                let channel = MessageChannel::new()?;
                channel.port1().set_onmessage(Some(heard.as_ref().unchecked_ref()));
                Slices::Here(channel)
            }
        };
        heard.forget();
        Ok(slices)
    }

    /// Starts a worker to read beside this one.
    ///
    /// # Errors
    /// What the browser says, where it has no such thing.
    pub fn beside() -> Result<Worker, JsValue> {
        let kind = BlobPropertyBag::new();
        kind.set_type("text/javascript");
        let source = Array::of1(&include_str!("reader.js").into());
        let url = Url::create_object_url_with_blob(&Blob::new_with_str_sequence_and_options(&source, &kind)?)?;
        Worker::new(&url)
    }

    /// How many slices are asked ahead.
    pub fn ahead(&self) -> usize {
        if matches!(self, Slices::Beside(_)) { 3 } else { 1 }
    }

    /// Asks for a slice: the first of a file, or that which follows the last asked. It comes in `room` where that is large
    /// enough.
    ///
    /// # Errors
    /// What the browser says.
    pub fn ask(&self, file: &File, from: f64, to: f64, room: Option<ArrayBuffer>) -> Result<(), JsValue> {
        let asked = Array::of3(file, &from.into(), &to.into());
        match (self, room) {
            (Slices::Beside(worker), Some(room)) => {
                asked.push(&room);
                worker.post_message_with_transfer(&asked, &Array::of1(&room))
            }
            (Slices::Beside(worker), None) => worker.post_message(&asked),
            (Slices::Here(channel), _) => channel.port2().post_message(&asked),
        }
    }
}

impl Drop for Slices {
    fn drop(&mut self) {
        match self {
            Slices::Beside(worker) => worker.terminate(),
            Slices::Here(channel) => channel.port1().close(),
        }
    }
}

fn read(asked: &Array) -> Result<Uint8Array, JsValue> {
    let file: File = asked.get(0).dyn_into()?;
    let bound = |at| asked.get(at).as_f64().unwrap_or_default();
    let slice = FileReaderSync::new()?.read_as_array_buffer(&file.slice_with_f64_and_f64(bound(1), bound(2))?)?;
    Ok(Uint8Array::new(&slice))
}
