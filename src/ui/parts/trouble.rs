use leptos::prelude::*;

use super::{icon, small_icon};
use crate::{browser, ui::studio::Studio};

/// What went wrong, until the agent has read it. It is brought into sight when it comes, for it may stand far above what was
/// pressed.
#[component]
pub fn TroubleBanner() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let banner = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        if let Some(banner) = banner.get() {
            request_animation_frame(move || browser::bring_into_sight(&banner));
        }
    });
    let understood = move |_| {
        studio.trouble.set(None);
        studio.take_keyboard();
    };
    move || {
        studio.trouble.get().map(|trouble| {
            let (title, text) = trouble.said(studio.locale.get_untracked());
            view! {
                <div class="banner bad" role="alert" node_ref=banner>
                    {icon("error", "")}
                    <div>
                        <strong>{title}</strong>
                        <p>{text}</p>
                        <div class="row">
                            <button class="btn btn-s" type="button" on:click=understood>
                                {small_icon("check")}{studio.words().understood}
                            </button>
                        </div>
                    </div>
                </div>
            }
        })
    }
}
