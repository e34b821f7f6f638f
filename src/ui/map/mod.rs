//! Step 2: which schema, and which column for each of its fields.

mod elsewhere;
mod fill;
mod kept;
mod leftovers;
mod lines;
mod schemas;

use leptos::prelude::*;

use crate::schema::Field;

use super::{
    parts::{OfferedBanner, TroubleBanner, small_icon},
    studio::{Step, Studio},
};
use leftovers::Leftovers;
use lines::Lines;
use schemas::{SchemaCard, SchemaChoice};

/// The second step.
#[component]
pub fn Map() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let choosing = RwSignal::new(false);
    // A schema that has just been chosen is what the agent wants to see.
    Effect::new(move |_| {
        studio.schema.track();
        choosing.set(false);
    });
    let ready = Memo::new(move |_| studio.schema.with(Option::is_some));
    move || {
        if !ready.get() || choosing.get() {
            view! {
                <div class="page">
                    <TroubleBanner/>
                    <SchemaChoice choosing/>
                </div>
            }
            .into_any()
        } else {
            view! {
                <div class="page">
                    <div class="head">
                        <div>
                            <h1>{words.map_title}</h1>
                            <p class="lede">{move || lede(studio)}</p>
                        </div>
                        <button class="btn btn-main" type="button" id="to-fix" on:click=move |_| studio.go(Step::Fix)>
                            {words.go_on}{small_icon("right")}
                        </button>
                    </div>
                    <TroubleBanner/>
                    <OfferedBanner/>
                    <SchemaCard choosing/>
                    <Lines/>
                    <Leftovers/>
                    <p class="row last">
                        <span class="muted">{words.map_later}</span>
                        <button class="btn btn-main btn-l row-end" type="button" on:click=move |_| studio.go(Step::Fix)>
                            {words.to_fix}{small_icon("right")}
                        </button>
                    </p>
                </div>
            }
            .into_any()
        }
    }
}

/// How many fields found a column, how many ask for an opinion, how many cannot do without one.
fn lede(studio: Studio) -> String {
    let words = studio.words();
    let required =
        studio.schema.with(|used| used.as_ref().map(|u| u.schema.fields.iter().map(Field::is_required).collect::<Vec<_>>()));
    let (all, found, doubtful, missing) = studio.overview.with(|o| {
        let columns = &o.mapping.columns;
        let doubtful = o.lines.iter().zip(columns).filter(|(line, column)| column.is_some() && lines::is_doubtful(line)).count();
        let missing = required.iter().flatten().zip(columns).filter(|(required, column)| **required && column.is_none()).count();
        (columns.len(), columns.iter().flatten().count(), doubtful, missing)
    });
    let mut said = vec![studio.fill(words.map_found, &[("found", &found.to_string()), ("all", &all.to_string())])];
    if missing > 0 {
        said.push(studio.count(words.map_missing, missing));
    }
    said.push(if doubtful == 0 { words.map_all_sure.to_owned() } else { studio.count(words.map_doubtful, doubtful) });
    said.join(" ")
}
