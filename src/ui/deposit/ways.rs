use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{AbortController, ClipboardEvent, HtmlElement, HtmlTextAreaElement};

use crate::{
    browser::{self, fetch_file},
    schema::{bundled, raw_address},
    ui::{
        parts::{address_hint, host, icon, small_icon},
        studio::Studio,
        trouble::Trouble,
    },
};

/// The ways to start without choosing a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// A block copied elsewhere.
    Paste,
    /// An address.
    Address,
    /// Nothing but a schema.
    Empty,
}

/// Starting from a copied block, from an address, or from nothing.
#[component]
pub fn Ways() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let way = RwSignal::new(None::<Way>);
    // A block pasted anywhere on this screen is a table, unless it is meant for a field.
    let pasted = window_event_listener(ev::paste, move |event| {
        let field = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
        let typed = field.is_some_and(|field| matches!(field.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"));
        if !typed {
            paste(studio, &event);
        }
    });
    on_cleanup(move || pasted.remove());
    let button = move |this: Way, id: &'static str, sign: &'static str, title: &'static str, text: &'static str| {
        let open = move || way.get() == Some(this);
        view! {
            <li>
                <button
                    class="way"
                    type="button"
                    id=id
                    aria-expanded=move || open().to_string()
                    on:click=move |_| way.update(|way| *way = (*way != Some(this)).then_some(this))
                >
                    {icon(sign, "muted")}
                    <span><strong>{title}</strong><span class="muted small">{text}</span></span>
                </button>
            </li>
        }
    };
    view! {
        <ul class="ways" aria-label=words.ways>
            {button(Way::Paste, "way-paste", "clipboard", words.way_paste, words.way_paste_text)}
            {button(Way::Address, "way-address", "link", words.way_address, words.way_address_text)}
            {button(Way::Empty, "way-empty", "rows", words.way_empty, words.way_empty_text)}
        </ul>
        {move || match way.get() {
            Some(Way::Paste) => view! { <PasteHere/> }.into_any(),
            Some(Way::Address) => view! { <FromAddress/> }.into_any(),
            Some(Way::Empty) => view! { <FromSchema/> }.into_any(),
            None => ().into_any(),
        }}
    }
}

/// Opens what is on the clipboard: files, the tables of a page, or cells apart by tabs. `false` where it holds no table.
fn paste(studio: Studio, event: &ClipboardEvent) -> bool {
    let Some(data) = event.clipboard_data() else { return false };
    let files = browser::files_of(data.files());
    let text = |kind| data.get_data(kind).unwrap_or_default();
    let (page, plain) = (text("text/html"), text("text/plain"));
    let name = studio.words().pasted_name;
    // A page first: its cells have their types and their line breaks. Excel gives a picture of the cells too.
    if page.to_lowercase().contains("<table") {
        studio.open_text(&page, &format!("{name}.html"));
    } else if plain.contains('\t') {
        studio.open_text(&plain, &format!("{name}.tsv"));
    } else if plain.trim().contains('\n') {
        studio.open_text(&plain, &format!("{name}.csv"));
    } else if !files.is_empty() {
        studio.open(files);
    } else {
        return false;
    }
    event.prevent_default();
    true
}

/// A field to paste into, for who has no keyboard at hand, and for who looks for one.
#[component]
fn PasteHere() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let nothing = RwSignal::new(false);
    let field = NodeRef::<leptos::html::Textarea>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // Where it cannot take the keyboard, it is one tab away.
            let _ = field.focus();
        }
    });
    let pasted = move |event: ClipboardEvent| nothing.set(!paste(studio, &event));
    // Nothing is typed here: what was not a table does not stay.
    let clear = move |event: ev::Event| {
        if let Some(field) = event.target().and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok()) {
            field.set_value("");
        }
    };
    view! {
        <div class="address card field">
            <label for="paste">{words.paste_here}</label>
            <textarea class="input" id="paste" rows="2" node_ref=field aria-describedby="paste-h" on:paste=pasted on:input=clear></textarea>
            <p class="hint" id="paste-h" aria-live="polite">{move || if nothing.get() { words.paste_nothing } else { words.paste_hint }}</p>
        </div>
    }
}

/// The address of a file, typed by the agent. Nothing leaves before the button is pressed, and the host is named above it.
#[component]
fn FromAddress() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let address = RwSignal::new(String::new());
    let field = NodeRef::<leptos::html::Input>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // Where it cannot take the keyboard, it is one tab away.
            let _ = field.focus();
        }
    });
    let asking = RwSignal::new(false);
    let asked = StoredValue::new_local(None::<AbortController>);
    let give_up = move || {
        if let Some(asked) = asked.try_update_value(Option::take).flatten() {
            asked.abort();
        }
    };
    // Who leaves this way, or opens another file, wants no answer any more.
    on_cleanup(give_up);
    let stop = move |_| {
        give_up();
        asking.set(false);
        browser::focus("file-address");
    };
    let hint = move || address_hint(studio, &raw_address(&address.get()), words.address_hint, words.address_leaves);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if asking.get_untracked() {
            return;
        }
        let url = raw_address(&address.get_untracked());
        let (Some(host), Ok(controller)) = (host(&url), AbortController::new()) else { return };
        let signal = controller.signal();
        asked.set_value(Some(controller));
        asking.set(true);
        studio.trouble.set(None);
        leptos::task::spawn_local(async move {
            let answer = fetch_file(&url, Some(&signal)).await;
            if signal.aborted() {
                return;
            }
            asking.set(false);
            match answer {
                Ok(file) => studio.open(vec![file]),
                Err(error) => studio.trouble.set(Some(Trouble::Fetch(host, error))),
            }
        });
    };
    let ready = move || address.with(|address| host(&raw_address(address)).is_some());
    // Beside the button, which keeps the keyboard meanwhile: pressed twice, it does not stop what it started.
    let wait = move || {
        asking.get().then(|| {
            view! {
                <div class="row again">
                    <progress aria-label=words.address_asking></progress>
                    <button class="btn btn-s" type="button" id="stop-fetch" on:click=stop>{words.stop}</button>
                </div>
            }
        })
    };
    view! {
        <form class="address card" on:submit=submit>
            <div class="field">
                <label for="file-address">{words.address_label}</label>
                <div class="row nowrap">
                    <input
                        class="input"
                        id="file-address"
                        type="url"
                        placeholder="https://"
                        aria-describedby="file-address-h"
                        node_ref=field
                        prop:value=address
                        on:input=move |event| address.set(event_target_value(&event))
                    />
                    <button
                        class="btn"
                        type="submit"
                        id="fetch-file"
                        disabled=move || !ready()
                        aria-disabled=move || asking.get().then_some("true")
                    >
                        {small_icon("download")}{words.address_fetch}
                    </button>
                </div>
                <p class="hint" id="file-address-h" aria-live="polite">
                    {move || if asking.get() { words.address_asking.to_owned() } else { hint() }}
                </p>
                {wait}
            </div>
        </form>
    }
}

/// An empty table of an official schema.
#[component]
fn FromSchema() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let entries = bundled();
    let chosen = RwSignal::new(entries.first().map(|entry| entry.name.clone()).unwrap_or_default());
    let option = |entry: crate::schema::Entry| view! { <option value=entry.name>{entry.title}</option> };
    view! {
        <div class="address card">
            <div class="field">
                <label for="empty-schema">{words.empty_schema}</label>
                <div class="row nowrap">
                    <select class="input" id="empty-schema" on:change=move |event| chosen.set(event_target_value(&event))>
                        {entries.into_iter().map(option).collect_view()}
                    </select>
                    <button class="btn" type="button" id="start-empty" on:click=move |_| studio.open_empty(&chosen.get_untracked())>
                        {words.empty_start}
                    </button>
                </div>
                <p class="hint">{words.empty_hint}</p>
            </div>
        </div>
    }
}
