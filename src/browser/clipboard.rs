use leptos::prelude::window;
use wasm_bindgen_futures::JsFuture;

/// Puts text on the clipboard; `false` where the browser refuses (pages without TLS, frames).
pub async fn write_clipboard(text: &str) -> bool {
    let navigator = window().navigator();
    // Absent outside secure contexts.
    let present = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|clipboard| !clipboard.is_undefined());
    present && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
