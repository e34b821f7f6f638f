use leptos::prelude::*;

use super::{icon, small_icon};
use crate::{
    browser::FetchError,
    ui::studio::{Studio, Trouble},
};

/// What went wrong, until the agent has read it.
#[component]
pub fn TroubleBanner() -> impl IntoView {
    let studio = expect_context::<Studio>();
    move || {
        studio.trouble.get().map(|trouble| {
            view! {
                <div class="banner bad" role="alert">
                    {icon("error", "")}
                    <div>
                        <strong>{trouble.title}</strong>
                        <p>{trouble.text}</p>
                        <div class="row">
                            <button class="btn btn-s" type="button" on:click=move |_| studio.trouble.set(None)>
                                {small_icon("check")}{studio.words().understood}
                            </button>
                        </div>
                    </div>
                </div>
            }
        })
    }
}

/// Why nothing came from a host, and what to do.
pub fn fetch_trouble(studio: Studio, host: &str, error: FetchError) -> Trouble {
    let words = studio.words();
    let (title, text) = match error {
        FetchError::Unreachable => (studio.fill(words.fetch_unreachable, &[("host", host)]), words.fetch_unreachable_do),
        FetchError::Status(status) => {
            (studio.fill(words.fetch_status, &[("host", host), ("what", &status.to_string())]), words.fetch_status_do)
        }
        FetchError::Unusable => (studio.fill(words.fetch_unusable, &[("host", host)]), words.fetch_status_do),
    };
    Trouble { title, text: text.to_owned() }
}
