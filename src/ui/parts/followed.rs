use leptos::prelude::*;

use super::{icon, small_icon};
use crate::{i18n, ui::studio::Studio};

/// What following a recipe came to, until the agent has read it.
#[component]
pub fn FollowedBanner() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let locale = studio.locale.get_untracked();
    let understood = move |_| {
        studio.followed.set(None);
        studio.take_keyboard();
    };
    move || {
        studio.followed.get().map(|followed| {
            let title = match followed.done.len() {
                0 => words.recipe_nothing.to_owned(),
                n => studio.count(words.recipe_followed, n),
            };
            let fits = followed.misfits.is_empty();
            let done = followed.done.iter().map(|(operation, count)| {
                let text = format!("{} ({})", i18n::operation(locale, operation), locale.count(u64::from(*count)));
                view! { <li>{text}</li> }
            });
            let misfits = followed.misfits.iter().map(|misfit| view! { <li>{i18n::misfit(locale, misfit)}</li> });
            view! {
                <div class=if fits { "banner good" } else { "banner warn" } role="status" id="followed">
                    {if fits { icon("check-round", "") } else { icon("warn", "") }}
                    <div>
                        <strong>{title}</strong>
                        <ul class="small">{done.collect_view()}</ul>
                        {(!fits).then(|| view! { <p>{words.recipe_misfits}</p><ul class="small">{misfits.collect_view()}</ul> })}
                        <div class="row">
                            <button class="btn btn-s" type="button" on:click=understood>
                                {small_icon("check")}{words.understood}
                            </button>
                        </div>
                    </div>
                </div>
            }
        })
    }
}
