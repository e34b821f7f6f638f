use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, HtmlAnchorElement, Url};

/// Gives a file to take away, under a name.
///
/// # Errors
/// What the browser says, where it refuses.
pub fn save(blob: &Blob, name: &str) -> Result<(), JsValue> {
    let url = Url::create_object_url_with_blob(blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // Some browsers fetch the address a moment after the click.
    leptos::prelude::set_timeout(move || drop(Url::revoke_object_url(&url)), std::time::Duration::from_secs(60));
    Ok(())
}

/// The present moment in RFC 3339, to the second.
pub fn now() -> String {
    let text = String::from(js_sys::Date::new_0().to_iso_string());
    format!("{}Z", text.split('.').next().unwrap_or_default())
}
