//! Step 4: what describes the dataset, most of it filled from the data, with its score on data.gouv.fr.

mod chips;
mod field;
mod form;
pub(super) mod profile;
mod quality;

use leptos::prelude::*;

use super::{parts::TroubleBanner, studio::Studio};
use form::Form;
use quality::Quality;

/// The fourth step.
#[component]
pub fn Describe() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.pack_words();
    // Undo changes the form from outside.
    let metadata = Memo::new(move |_| studio.overview.with(|o| o.metadata.clone()));
    // The description being typed: its score follows each letter, the project its end.
    let typed = RwSignal::new(None::<String>);
    let shown = Memo::new(move |_| {
        let mut metadata = metadata.get();
        if let Some(typed) = typed.get() {
            metadata.description = typed.trim().to_owned();
        }
        metadata
    });
    view! {
        <div class="page">
            <div class="head">
                <div>
                    <h1>{words.describe_title}</h1>
                    <p class="lede">{words.describe_lede}</p>
                </div>
            </div>
            <TroubleBanner/>
            <div class="describe split">
                <Form metadata typed shown/>
                <Quality metadata=shown/>
            </div>
        </div>
    }
}
