//! Step 1: drop a file; then see how it was read, and change it.

mod blank;
mod drop;
mod entries;
mod number;
mod progress;
mod reading;
mod sheets;
mod ways;

use leptos::prelude::*;

use super::{parts::TroubleBanner, studio::Studio};
use blank::BlankPanel;
use drop::DropZone;
pub use progress::Progress;
use reading::ReadingPanel;
use ways::Ways;

/// The first step: the drop zone, or how the open file was read.
#[component]
pub fn Deposit() -> impl IntoView {
    let studio = expect_context::<Studio>();
    // A file read another way stays on screen: what stands there, and has the keyboard, is not drawn anew.
    let reading = Memo::new(move |_| studio.has_file() && !studio.another.get());
    move || match reading.get() {
        true if studio.is_blank() => view! { <BlankPanel/> }.into_any(),
        true => view! { <ReadingPanel/> }.into_any(),
        false => view! { <Welcome/> }.into_any(),
    }
}

#[component]
fn Welcome() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let (sent, _) = studio.sending.sent.get_untracked();
    let back = studio.overview.with_untracked(|o| o.reading.is_some()).then(|| {
        view! {
            <button class="btn" type="button" on:click=move |_| studio.show_another(false)>{words.back_to_file}</button>
        }
    });
    view! {
        <div class="page">
            <div class="head">
                <div>
                    <h1>{words.deposit_title}</h1>
                    <p class="lede">{words.deposit_lede}</p>
                </div>
                {back}
            </div>
            <div class="split">
                <section aria-labelledby="t-drop" class="stack">
                    <h2 class="vh" id="t-drop">{words.drop_heading}</h2>
                    <TroubleBanner/>
                    <DropZone/>
                    <Ways/>
                    <section class="try row" aria-labelledby="t-try">
                        <h3 id="t-try">{words.try_title}</h3>
                        <p class="muted">{words.try_text}</p>
                        <button class="btn" type="button" id="example" on:click=move |_| studio.open_example()>
                            {super::parts::small_icon("sheet")}{words.try_open}
                        </button>
                    </section>
                </section>
                <aside class="aside stack g8" aria-label=words.privacy>
                    <section class="promise stack g2" aria-labelledby="t-bytes">
                        <p class="serif" id="t-bytes"><span class="figure hot">{studio.locale.get_untracked().count(sent)}</span>{studio.count(words.bytes_sent, sent as usize)}</p>
                        <p>{words.promise}</p>
                    </section>
                </aside>
            </div>
        </div>
    }
}
