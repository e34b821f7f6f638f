use leptos::prelude::*;

use super::{icon, small_icon};
use crate::ui::studio::Studio;

/// What went wrong, until the agent has read it.
#[component]
pub fn TroubleBanner() -> impl IntoView {
    let studio = expect_context::<Studio>();
    move || {
        studio.trouble.get().map(|trouble| {
            let (title, text) = trouble.said(studio.locale.get_untracked());
            view! {
                <div class="banner bad" role="alert">
                    {icon("error", "")}
                    <div>
                        <strong>{title}</strong>
                        <p>{text}</p>
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
