use leptos::prelude::*;

use crate::{protocol::Request, ui::studio::Studio};

/// The columns that the schema does not have: each kept or left out on purpose.
#[component]
pub fn Leftovers() -> impl IntoView {
    let studio = expect_context::<Studio>();
    move || {
        let words = studio.words();
        let columns = studio.overview.with(|o| {
            let left = o.mapping.leftovers(o.labels.len());
            let known = |column: usize| {
                let samples = o.profiles.get(column).map(|p| p.samples.join(" · ")).unwrap_or_default();
                Some((column, o.labels.get(column)?.clone(), samples, o.mapping.kept.contains(&column)))
            };
            left.into_iter().filter_map(known).collect::<Vec<_>>()
        });
        if columns.is_empty() {
            return None;
        }
        let title = studio.count(words.left_title, columns.len());
        let item = move |(column, label, samples, kept): (usize, String, String, bool)| {
            let name = if label.trim().is_empty() { studio.count(words.column_unnamed, column + 1) } else { label };
            let group = format!("keep-{column}");
            let radio = |keep: bool, said: &'static str| {
                view! {
                    <label>
                        <input
                            type="radio"
                            name=group.clone()
                            checked=keep == kept
                            on:change=move |_| studio.ask(Request::Keep { column, keep })
                        />
                        {said}
                    </label>
                }
            };
            view! {
                <li>
                    <div>
                        <h3>{name.clone()}</h3>
                        <p class="muted raw">{if samples.is_empty() { words.column_empty.to_owned() } else { samples }}</p>
                    </div>
                    <fieldset class="seg">
                        <legend class="vh">{studio.fill(words.left_legend, &[("what", &name)])}</legend>
                        {radio(false, words.leave_out)}
                        {radio(true, words.keep_in)}
                    </fieldset>
                </li>
            }
        };
        Some(view! {
            <section class="left stack" aria-labelledby="t-left">
                <div>
                    <h2 class="serif" id="t-left">{title}</h2>
                    <p class="muted">{words.left_text}</p>
                </div>
                <ul class="lines">
                    // Drawn anew where anything changes: radio buttons that change their group lose their mark.
                    <For each=move || columns.clone() key=Clone::clone children=item/>
                </ul>
            </section>
        })
    }
}
