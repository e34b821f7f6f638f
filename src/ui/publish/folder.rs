use leptos::prelude::*;

use crate::{
    export::{Copies, fits_workbook},
    ui::studio::Studio,
};

/// The files of the pack, as they will be, and those that may be added to it.
#[component]
pub fn Folder(name: RwSignal<String>, copies: RwSignal<Copies>) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.pack_words();
    let columns = move || studio.overview.with(|o| o.mapping.columns.len() + o.mapping.kept.len());
    let fits = Memo::new(move |_| fits_workbook(studio.overview.with(|o| o.rows), columns()));
    let stem = move || name.with(|name| name.trim_end_matches(".csv").to_owned());
    let file = move |shown: &'static str, what: &'static str| {
        view! { <li><p><span class="raw">{shown}</span><span class="muted small block">{what}</span></p></li> }
    };
    let workbook = move || if fits.get() { words.pack_workbook } else { words.pack_workbook_most };
    view! {
        <ul class="lines files">
            <li>
                <p>
                    <span class="raw">{name}</span>
                    <span class="muted small block">{move || studio.count(words.pack_csv, columns())}</span>
                </p>
            </li>
            {file("schema.json", words.pack_schema)}
            {file("datapackage.json", words.pack_datapackage)}
            {file("metadata.jsonld", words.pack_jsonld)}
            {file("dictionnaire.md", words.pack_dictionary)}
            {file("rapport-validation.html", words.pack_report)}
            {file("rapport-validation.json", words.pack_report_json)}
            {file("LISEZMOI.txt", words.pack_readme)}
        </ul>
        <fieldset class="stack g3">
            <legend class="small">{words.pack_also}</legend>
            <label class="tick">
                <input type="checkbox" id="with-excel" on:change=move |e| copies.update(|c| c.excel = event_target_checked(&e))/>
                <span><span class="raw">{move || format!("{}-excel.csv", stem())}</span><span class="muted">{words.pack_excel}</span></span>
            </label>
            <label class="tick">
                <input
                    type="checkbox"
                    id="with-workbook"
                    disabled=move || !fits.get()
                    on:change=move |e| copies.update(|c| c.workbook = event_target_checked(&e))
                />
                <span><span class="raw">{move || format!("{}.xlsx", stem())}</span><span class="muted">{workbook}</span></span>
            </label>
            <label class="tick">
                <input type="checkbox" id="with-catalogue" on:change=move |e| copies.update(|c| c.catalogue = event_target_checked(&e))/>
                <span><span class="raw">"catalogue-scdl.csv"</span><span class="muted">{words.pack_catalogue}</span></span>
            </label>
        </fieldset>
    }
}
