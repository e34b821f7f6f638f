use js_sys::Uint8Array;
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCredentials, RequestInit, Response};

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
    let options = RequestInit::new();
    options.set_credentials(RequestCredentials::Omit);
    let answer = JsFuture::from(window().fetch_with_str_and_init(address, &options)).await;
    let response: Response = answer.ok().and_then(|answer| answer.dyn_into().ok()).ok_or(FetchError::Unreachable)?;
    if !response.ok() {
        return Err(FetchError::Status(response.status()));
    }
    let body = async { JsFuture::from(response.array_buffer()?).await };
    let bytes = Uint8Array::new(&body.await.map_err(|_: JsValue| FetchError::Unreachable)?);
    if bytes.length() > LIMIT {
        return Err(FetchError::Unusable);
    }
    String::from_utf8(bytes.to_vec()).map_err(|_| FetchError::Unusable)
}
