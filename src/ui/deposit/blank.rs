use leptos::prelude::*;

use crate::ui::{
    parts::{TroubleBanner, small_icon},
    studio::{Step, Studio},
};

/// What stands for how a file was read where there is none: a table filled in by hand has nothing to read another way, and a
/// choice of reading would throw away what was typed.
#[component]
pub fn BlankPanel() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    view! {
        <div class="page">
            <div class="head">
                <div>
                    <h1>{words.blank_title}</h1>
                    <p class="lede">{words.blank_lede}</p>
                </div>
                <div class="row">
                    <button class="btn" type="button" id="another-file" on:click=move |_| studio.show_another(true)>{words.another_file}</button>
                    <button class="btn btn-main" type="button" on:click=move |_| studio.go(Step::Fix)>
                        {words.blank_fill}{small_icon("right")}
                    </button>
                </div>
            </div>
            <TroubleBanner/>
        </div>
    }
}
