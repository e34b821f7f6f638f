//! The studio: one folder per step, the grid, and the small parts they share.

mod arrival;
mod crew;
mod deposit;
mod describe;
mod dropped;
mod fix;
mod grid;
mod map;
mod parts;
mod publish;
mod recipes;
mod shell;
mod studio;
mod trouble;
mod writing;

use leptos::prelude::*;

use crate::browser;
use shell::Shell;
use studio::{Step, Studio};

/// Puts the studio in the place of the static first screen.
pub fn mount() {
    if let Some(shell) = browser::element("shell") {
        shell.remove();
    }
    leptos::mount::mount_to_body(App);
}

#[component]
fn App() -> impl IntoView {
    let studio = Studio::start();
    provide_context(studio);
    studio.open(browser::early_files());
    // A file being read is shown whatever the step, but for the project's own: its screen stays.
    let arriving = Memo::new(move |_| studio.arrival.with(|arrival| arrival.as_ref().is_some_and(|it| it.choices().is_none())));
    let screen = move || {
        // Another language draws the screen again.
        studio.locale.track();
        match studio.step.get() {
            _ if arriving.get() => deposit::Progress().into_any(),
            Step::Deposit => deposit::Deposit().into_any(),
            Step::Map => map::Map().into_any(),
            Step::Fix => fix::Fix().into_any(),
            Step::Describe => describe::Describe().into_any(),
            Step::Publish => publish::Publish().into_any(),
        }
    };
    view! { <Shell>{screen}</Shell> }
}
