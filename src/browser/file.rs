use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use web_sys::{File, FileReaderSync};

/// Bytes read at once.
const SLICE: f64 = 4.0 * 1024.0 * 1024.0;

/// Reads a file in slices, in the worker. `progress` is told the bytes read after each slice.
///
/// # Errors
/// What the browser says, where the file has moved, changed or cannot be read.
pub fn read_file(file: &File, mut progress: impl FnMut(f64)) -> Result<Vec<u8>, JsValue> {
    let size = file.size();
    let reader = FileReaderSync::new()?;
    let mut bytes = Vec::new();
    if bytes.try_reserve_exact(size as usize).is_err() {
        return Err(JsValue::from_str("memory"));
    }
    let mut at = 0.0;
    while at < size {
        let to = (at + SLICE).min(size);
        let slice = file.slice_with_f64_and_f64(at, to)?;
        let read = Uint8Array::new(&reader.read_as_array_buffer(&slice)?.into());
        let start = bytes.len();
        bytes.resize(start + read.length() as usize, 0);
        if let Some(room) = bytes.get_mut(start..) {
            read.copy_to(room);
        }
        at = to;
        progress(at);
    }
    Ok(bytes)
}
