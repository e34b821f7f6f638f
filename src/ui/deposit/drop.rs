use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::{browser, ui::studio::Studio};

/// The kinds of files that the chooser offers.
const ACCEPTED: &str = ".xlsx,.xlsm,.xlsb,.xls,.xltx,.ods,.ots,.fods,.csv,.tsv,.txt,.html,.htm,.xml,.zip,.gz,.json";

/// The sheet to drop a file on; it is a button too, for a mouse or a keyboard.
#[component]
pub fn DropZone() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let over = RwSignal::new(false);
    let picked = move |event: ev::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        studio.open(browser::files_of(input.files()));
        // The same file can be chosen again.
        input.set_value("");
    };
    // The file itself is taken by the page, wherever it falls.
    view! {
        <div
            class="crop drop"
            class:is-over=over
            on:dragenter=move |_| over.set(true)
            on:dragover=move |event: ev::DragEvent| {
                event.prevent_default();
                over.set(true);
            }
            on:dragleave=move |_| over.set(false)
            on:drop=move |_| over.set(false)
        >
            <input class="vh" type="file" id="file" multiple accept=ACCEPTED on:change=picked/>
            <label for="file" class="sheet">
                <svg class="mark" viewBox="0 0 96 96" aria-hidden="true" focusable="false">
                    <circle cx="48" cy="48" r="30"></circle>
                    <path d="M48 4v22M48 70v22M4 48h14M78 48h14"></path>
                    <path class="hot" d="M48 60V37m0 0 9 9m-9-9-9 9"></path>
                </svg>
                <span class="serif">{words.drop_here}</span>
                <span class="btn btn-main btn-l" aria-hidden="true">{words.choose_file}</span>
                <span class="vh">{words.or_choose}</span>
                <span class="muted">{words.drop_kinds}</span>
            </label>
        </div>
    }
}
