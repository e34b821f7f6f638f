use leptos::prelude::*;

use super::{icon, small_icon};
use crate::ui::studio::Studio;

/// A recipe kept on this computer for files of this shape: one click does it all again.
#[component]
pub fn OfferedBanner() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let not_now = move |_| {
        studio.offered.set(None);
        studio.take_keyboard();
    };
    let forget = move |_| {
        studio.forget_recipe();
        studio.take_keyboard();
    };
    move || {
        studio.offered.get().map(|offered| {
            let day = studio.locale.get_untracked().day(&offered.day);
            view! {
                <div class="banner" role="status" id="offered">
                    {icon("redo", "")}
                    <div class="stack g2">
                        <p>
                            <strong>{studio.fill(words.recipe_offered, &[("file", &offered.file), ("day", &day)])}</strong>
                            " "{words.recipe_offered_text}
                        </p>
                        <div class="row">
                            <button class="btn btn-main btn-s" type="button" id="follow-offered" on:click=move |_| studio.follow_offered()>
                                {small_icon("check")}{words.recipe_again}
                            </button>
                            <button class="btn btn-s" type="button" on:click=not_now>{words.recipe_not_now}</button>
                            <button class="btn btn-quiet btn-s" type="button" id="forget-recipe" on:click=forget>
                                {words.recipe_forget}
                            </button>
                        </div>
                    </div>
                </div>
            }
        })
    }
}
