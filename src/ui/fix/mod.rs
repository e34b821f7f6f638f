//! Step 3: the causes and the grid, side by side.

mod cause;
mod inspect;
mod matching;
mod panel;
mod replace;
mod tools;

pub use cause::diff;

use leptos::prelude::*;

use super::{
    grid::{Grid, GridState},
    studio::Studio,
};
use inspect::Inspect;
use panel::Panel;
use tools::Tools;

/// The third step. The causes come first in the document: everything can be repaired from them alone.
#[component]
pub fn Fix() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let grid = GridState::new(studio);
    view! {
        <h1 class="vh">{words.fix_title}</h1>
        <div class="fix">
            <Panel grid/>
            <section class="work" aria-labelledby="t-work">
                <h2 class="work-h" id="t-work">{words.fix_data}</h2>
                <Tools grid/>
                <Inspect grid/>
                <Grid grid/>
            </section>
        </div>
    }
}
