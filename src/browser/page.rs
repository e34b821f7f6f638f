use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, File, FileList, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition, Storage};

/// An element by its id.
pub fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Gives the keyboard to an element, without scrolling to it.
pub fn focus(id: &str) {
    if let Some(element) = element(id) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        // An element that cannot take it leaves it where it was.
        let _ = element.focus_with_options(&options);
    }
}

/// Gives the keyboard to an element, where no other has it.
pub fn focus_again(selector: &str) {
    let nowhere = document().active_element().is_none_or(|element| element.tag_name() == "BODY");
    let found = document().query_selector(selector).ok().flatten().filter(|_| nowhere);
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take it leaves it where it was.
        let _ = element.focus();
    }
}

/// Scrolls to an element, no further than brings it into sight.
pub fn bring_into_sight(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Scrolls the box that an element stands in, up to it; the page stays where it is.
pub fn bring_up(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) else { return };
    if let Some(around) = element.parent_element().and_then(|around| around.dyn_into::<HtmlElement>().ok()) {
        around.set_scroll_top(element.offset_top() - around.offset_top());
    }
}

/// The id of the element that has the keyboard.
pub fn focused_id() -> Option<String> {
    document().active_element().map(|element| element.id())
}

/// The files dropped or chosen before the program was ready: the boot script keeps them.
pub fn early_files() -> Vec<File> {
    let kept = js_sys::Reflect::get(&window(), &"earlyFiles".into()).ok();
    files_of(kept.and_then(|kept| kept.dyn_into().ok()))
}

/// The files of a list.
pub fn files_of(list: Option<FileList>) -> Vec<File> {
    list.map(|list| (0..list.length()).filter_map(|at| list.get(at)).collect()).unwrap_or_default()
}

/// The language that the browser prefers.
pub fn language() -> String {
    window().navigator().language().unwrap_or_default()
}

/// The host of the page itself; empty for a page opened from the disk.
pub fn own_host() -> String {
    window().location().host().unwrap_or_default()
}

/// The origin of the page itself, as `https://host`.
pub fn own_origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Says in which language the page is.
pub fn set_language(code: &str) {
    if let Some(root) = document().document_element() {
        // Refused by no browser; the page is readable all the same.
        let _ = root.set_attribute("lang", code);
    }
}

/// Names the page.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Whether the system asks for dark pages.
pub fn system_is_dark() -> bool {
    window().match_media("(prefers-color-scheme: dark)").ok().flatten().is_some_and(|query| query.matches())
}

/// Paints the page light or dark, whatever the system.
pub fn set_theme(theme: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-theme", theme);
    }
}

/// The browser's storage: refused in private windows and sandboxed frames.
fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// A setting of the page, or something public that it fetched, kept from one visit to the next, where the browser allows it.
pub fn remembered(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Keeps a setting of the page, something public that it fetched, or what the agent typed to be proposed again, where the
/// page says so. Never a row of a file, never a secret.
pub fn remember(key: &str, value: &str) {
    if let Some(storage) = storage() {
        // A full or refused storage only means that the setting is asked again.
        let _ = storage.set_item(key, value);
    }
}

/// Forgets what was kept under a key.
pub fn forget(key: &str) {
    if let Some(storage) = storage() {
        // Where nothing can be kept, nothing was.
        let _ = storage.remove_item(key);
    }
}
