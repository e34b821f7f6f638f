use leptos::prelude::*;

use super::reading::choose;
use crate::{
    intake::{ArchiveEntry, Choices},
    ui::studio::Studio,
};

/// The tables of an archive that holds several, to choose the one to read.
#[component]
pub fn Entries() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let option = move |(at, entry): (usize, ArchiveEntry), chosen: usize| {
        let size = studio.count(words.kilobytes, entry.bytes.div_ceil(1024) as usize);
        let set = move |_| choose(studio, |choices| *choices = Choices { entry: Some(at), ..Choices::default() });
        view! {
            <label class="tick">
                <input type="radio" name="entry" prop:checked=at == chosen on:change=set/>
                <span><strong>{entry.name}</strong>" "<span class="muted">{size}</span></span>
            </label>
        }
    };
    move || {
        let archive = studio.overview.with(|o| o.reading.as_ref().and_then(|reading| reading.archive.clone()));
        archive.filter(|archive| archive.entries.len() > 1).map(|archive| {
            let options = archive.entries.into_iter().enumerate().map(|entry| option(entry, archive.entry));
            view! {
                <fieldset class="stack g2 entries">
                    <legend>{words.archive_entry}</legend>
                    <div class="list">{options.collect_view()}</div>
                </fieldset>
            }
        })
    }
}
