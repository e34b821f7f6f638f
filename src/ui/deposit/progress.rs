use leptos::prelude::*;

use crate::{
    text,
    ui::{arrival::Purpose, studio::Studio},
};

/// The reading of a file, while it lasts: how far it is, its first rows, and a way to stop.
#[component]
pub fn Progress() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let arrival = move || studio.arrival.get();
    let name = move || arrival().map(|arrival| arrival.name).unwrap_or_default();
    // Where how far it is cannot be told, the bar moves by itself.
    let share = move || arrival().and_then(|arrival| arrival.share()).map(|share| share.to_string());
    let rows = move || arrival().filter(|a| a.rows > 0).map(|a| studio.count(words.progress_rows, a.rows));
    let left = move || match arrival() {
        Some(a) if a.all > 0.0 && a.read >= a.all => Some(words.progress_checking.to_owned()),
        Some(a) => a.left().filter(|left| *left > 1).map(|left| studio.count(words.progress_left, left as usize)),
        None => None,
    };
    let can_stop = Memo::new(move |_| arrival().is_some_and(|arrival| arrival.purpose == Purpose::New));
    view! {
        <div class="page">
            <div class="card stack g3" aria-busy="true">
                <h1 class="serif">{words.reading_file}" "{name}</h1>
                <progress max="1" value=share aria-label=words.reading_file></progress>
                <p class="row between small muted"><span id="rows-read">{rows}</span><span>{left}</span></p>
                {move || first_rows(studio)}
                {move || can_stop.get().then(|| view! {
                    <div class="row">
                        <button class="btn btn-s" type="button" id="stop" on:click=move |_| studio.cancel()>{words.stop}</button>
                    </div>
                })}
            </div>
        </div>
    }
}

/// Rows shown: enough to recognise the file, few enough to be laid out at once.
const SHOWN: usize = 20;

/// The first rows of the file, as soon as they are known.
fn first_rows(studio: Studio) -> AnyView {
    let rows = studio.preview.get();
    if rows.is_empty() {
        return view! { <div class="bones stack g2" aria-hidden="true"><i></i><i></i><i></i><i></i><i></i></div> }.into_any();
    }
    let width = rows.iter().map(Vec::len).max().unwrap_or_default().min(60);
    let letters = (0..width).map(|column| view! { <th scope="col">{text::letters(column)}</th> }).collect_view();
    let row = move |(at, cells): (usize, Vec<String>)| {
        let cells = (0..width).map(|column| view! { <td>{cells.get(column).cloned().unwrap_or_default()}</td> }).collect_view();
        view! { <tr><th scope="row">{at + 1}</th>{cells}</tr> }
    };
    let label = studio.words().preview;
    view! {
        <div class="scroll arriving" role="region" tabindex="0" aria-label=label id="arriving">
            <table class="table preview">
                <thead><tr><th></th>{letters}</tr></thead>
                <tbody>{rows.into_iter().take(SHOWN).enumerate().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
