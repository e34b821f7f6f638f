use js_sys::{Array, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, File, RequestCredentials, RequestInit, Response};

/// Bytes taken from an address, at most: the largest official schema has 0.5 MB.
const LIMIT: u32 = 8 << 20;

/// Why nothing came back from an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FetchError {
    /// No network, no such host, or a host that does not let pages read it: browsers do not tell which.
    Unreachable,
    /// The host answered with this status.
    Status(u16),
    /// What came is too large, or is not text.
    Unusable,
}

/// Fetches a text, without cookie or referrer. Addresses without a host are those of the site itself.
///
/// # Errors
/// Where nothing usable came back.
pub async fn fetch_text(address: &str) -> Result<String, FetchError> {
    let response = fetch(address, None).await?;
    let body = async { JsFuture::from(response.array_buffer()?).await };
    let bytes = Uint8Array::new(&body.await.map_err(|_: JsValue| FetchError::Unreachable)?);
    if bytes.length() > LIMIT {
        return Err(FetchError::Unusable);
    }
    String::from_utf8(bytes.to_vec()).map_err(|_| FetchError::Unusable)
}

/// Fetches a file, without cookie or referrer, under the name that its address gives it. The browser holds it, on disk
/// where it is large. Where it is given, `stop` ends it.
///
/// # Errors
/// Where nothing came back, or it was stopped.
pub async fn fetch_file(address: &str, stop: Option<&AbortSignal>) -> Result<File, FetchError> {
    let response = fetch(address, stop).await?;
    let body = async { JsFuture::from(response.blob()?).await };
    let blob = body.await.map_err(|_: JsValue| FetchError::Unreachable)?;
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').find(|part| !part.is_empty()).unwrap_or(path);
    File::new_with_blob_sequence(&Array::of1(&blob), &percent_decoded(name)).map_err(|_| FetchError::Unusable)
}

async fn fetch(address: &str, stop: Option<&AbortSignal>) -> Result<Response, FetchError> {
    let options = RequestInit::new();
    options.set_signal(stop);
    options.set_credentials(RequestCredentials::Omit);
    let answer = JsFuture::from(window().fetch_with_str_and_init(address, &options)).await;
    let response: Response = answer.ok().and_then(|answer| answer.dyn_into().ok()).ok_or(FetchError::Unreachable)?;
    if response.ok() { Ok(response) } else { Err(FetchError::Status(response.status())) }
}

fn percent_decoded(name: &str) -> String {
    js_sys::decode_uri_component(name).ok().and_then(|name| name.as_string()).unwrap_or_else(|| name.to_owned())
}
