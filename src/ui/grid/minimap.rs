use leptos::prelude::*;

use super::state::GridState;
use crate::{browser, ui::studio::Studio};

/// Where the errors stand in the whole file, and which part of it is in sight. A click goes there;
/// for the keyboard, F8 does.
#[component]
pub fn Minimap(grid: GridState) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let marks = move || {
        studio.overview.with(|o| {
            let height = 1000.0 / o.minimap.len().max(1) as f64;
            let bad = o.minimap.iter().enumerate().filter(|(_, bad)| **bad);
            bad.map(|(at, _)| {
                view! { <rect class="bad" x="4" width="10" y=format!("{:.1}", at as f64 * height) height=format!("{:.1}", height.clamp(3.0, 30.0))></rect> }
            })
            .collect_view()
        })
    };
    let seen = move || {
        grid.viewport.with(|v| {
            let rows = v.rows.max(1) as f64;
            let from = v.first(grid.scroll.get()) as f64 / rows * 1000.0;
            (from, if v.rows == 0 { 0.0 } else { (v.page() as f64 / rows * 1000.0).clamp(8.0, 1000.0) })
        })
    };
    let go = move |event: leptos::ev::MouseEvent| {
        let (Some(map), Some(body)) = (browser::element("minimap"), browser::element("grid")) else { return };
        let rectangle = map.get_bounding_client_rect();
        let share = (f64::from(event.client_y()) - rectangle.top()) / rectangle.height().max(1.0);
        body.set_scroll_top((f64::from(body.scroll_height()) * share - f64::from(body.client_height()) / 2.0).max(0.0) as i32);
    };
    view! {
        <div class="minimap-box" id="minimap" on:click=go>
            <svg class="minimap" viewBox="0 0 18 1000" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                {marks}
                <rect class="view" x="0" width="18" y=move || format!("{:.1}", seen().0) height=move || format!("{:.1}", seen().1)></rect>
            </svg>
        </div>
    }
}
