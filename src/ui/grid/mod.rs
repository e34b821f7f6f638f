//! The grid: real cells, as many as are in sight.

mod cells;
mod header;
mod keys;
mod minimap;
mod paint;
mod state;

use leptos::{html, prelude::*};
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::ResizeObserver;

use super::studio::Studio;
use crate::{
    browser,
    protocol::Request,
    viewport::{Slice, Viewport},
};
use cells::Rows;
use header::Header;
pub use header::column_title;
use minimap::Minimap;
use state::FROZEN;
pub use state::GridState;

/// The table, virtualised: a scrolled box asks the worker for the rows in sight.
#[component]
pub fn Grid(grid: GridState) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let body = NodeRef::<html::Div>::new();
    grid.watch(studio, body);
    grid.follow_editing(studio);
    let clicks = window_event_listener(leptos::ev::mousedown, move |_| grid.by_key.set_value(false));
    on_cleanup(move || clicks.remove());
    let columns = Memo::new(move |_| studio.overview.with(|o| o.columns.len()));
    let template =
        move || grid.widths.with(|widths| widths.iter().fold(format!("{FROZEN}rem"), |all, width| format!("{all} {width}rem")));
    view! {
        <div class="grid-wrap">
            <div
                class="grid"
                id="grid"
                node_ref=body
                role="grid"
                // While the chosen cell is out of sight, the keyboard comes in by the grid itself.
                tabindex=move || if grid.is_drawn(grid.active.get()) { "-1" } else { "0" }
                aria-label=words.grid
                aria-rowcount=move || studio.overview.with(|o| o.shown + 1)
                aria-colcount=move || columns.get() + 1
                aria-multiselectable="true"
                style:--grid-cols=template
                on:scroll=move |_| grid.scrolled(body)
                on:keydown=move |event| keys::pressed(grid, studio, &event)
                on:mousedown=move |event| keys::mouse_down(grid, &event)
                on:mouseover=move |event| keys::mouse_over(grid, &event)
                on:dblclick=move |event| keys::double_clicked(grid, studio, &event)
                on:focusin=move |_| grid.focused.set_value(true)
                on:focusout=move |event| keys::left(grid, studio, &event)
                on:copy=move |event| keys::copied(grid, studio, &event)
                on:paste=move |event| keys::pasted(grid, studio, &event)
            >
                <Header/>
                <div class="grid-body" role="rowgroup" style:height=move || format!("{}px", grid.viewport.with(Viewport::content))>
                    <div class="grid-rows" role="presentation" style:transform=move || format!("translateY({}px)", grid.drawn.get()) style:--grid-from=move || grid.columns.with(|columns| columns.start + 2).to_string()>
                        <Rows grid/>
                    </div>
                </div>
                {move || (studio.overview.with(|o| o.rows) == 0).then(|| view! { <p class="muted grid-none">{words.no_row}</p> })}
            </div>
            <Minimap grid/>
        </div>
    }
}

impl GridState {
    /// Follows the box and the state: asks for rows when either changes, and goes where it is told.
    fn watch(self, studio: Studio, body: NodeRef<html::Div>) {
        // What stands above the grid changes height with what it says.
        Effect::new(move |_| {
            let Some(element) = body.get() else { return };
            let heard = Closure::<dyn FnMut()>::new(move || self.measure(body));
            let Ok(observer) = ResizeObserver::new(heard.as_ref().unchecked_ref()) else { return };
            observer.observe(&element);
            let kept = StoredValue::new_local((observer, heard));
            on_cleanup(move || kept.with_value(|(observer, _)| observer.disconnect()));
        });
        let height = Memo::new(move |_| self.viewport.with(|v| v.height));
        Effect::new(move |_| {
            let rows = studio.overview.with(|o| o.shown);
            studio.version.track();
            self.viewport.update(|viewport| viewport.rows = rows);
            self.clamp(rows, studio.overview.with_untracked(|o| o.columns.len()));
        });
        Effect::new(move |_| {
            studio.version.track();
            let Slice { start, count, .. } = self.slice.get();
            let seq = self.next_seq();
            studio.ask(Request::Rows { seq, start, count });
        });
        // Rows are drawn where they were asked for, once they are there.
        Effect::new(move |_| {
            let (seq, start) = studio.window.with(|w| (w.seq, w.start));
            if seq == self.seq.get_value() {
                let slice = self.slice.get_untracked();
                self.drawn.set(if slice.start == start {
                    slice.offset
                } else {
                    start as f64 * self.viewport.with_untracked(|v| v.row)
                });
            }
            self.refocus();
        });
        Effect::new(move |_| {
            self.columns.track();
            self.refocus();
        });
        Effect::new(move |_| {
            if let Some((row, column)) = studio.found.get() {
                studio.found.set(None);
                self.go_to(row, column);
            }
        });
        Effect::new(move |_| {
            let active = self.active.get();
            let cause = studio.window.with(|w| {
                let row = w.rows.get(active.row.checked_sub(w.start)?)?;
                row.cells.get(active.column)?.cause
            });
            self.cause.set(cause);
        });
        Effect::new(move |_| {
            self.reveal.track();
            height.track();
            let active = self.active.get();
            if self.following.get_value() {
                self.scroll_to(body, active.row, active.column);
            }
        });
    }

    fn measure(self, body: NodeRef<html::Div>) {
        // A frame may come after the screen has gone.
        let Some(element) = body.try_get_untracked().flatten() else { return };
        let header = browser::element("grid-header").map_or(0, |header| header.offset_height());
        // The height of a row follows the size of text.
        let probe = element.query_selector(".gc, .gn:not(.gh)").ok().flatten();
        let row = probe.map_or(30.0, |cell| cell.get_bounding_client_rect().height());
        let height = f64::from((element.client_height() - header).max(60));
        self.viewport.update(|viewport| {
            viewport.height = height;
            viewport.row = if row > 8.0 { row } else { 30.0 };
        });
        self.scrolled(body);
    }

    fn scrolled(self, body: NodeRef<html::Div>) {
        let Some(element) = body.try_get_untracked().flatten() else { return };
        self.scroll.set(f64::from(element.scroll_top()));
        let frozen = browser::element("h-line").map_or(56.0, |corner| corner.get_bounding_client_rect().width());
        let rem = |pixels: i32| f64::from(pixels) * FROZEN / frozen.max(1.0);
        self.across.set((rem(element.scroll_left()), (rem(element.client_width()) - FROZEN).max(1.0)));
    }

    /// Scrolls as little as needed for a cell to be in sight.
    fn scroll_to(self, body: NodeRef<html::Div>, row: usize, column: usize) {
        let Some(element) = body.try_get_untracked().flatten() else { return };
        if let Some(top) = self.viewport.with_untracked(|v| v.reveal(row, self.scroll.get_untracked())) {
            element.set_scroll_top(top.ceil() as i32);
        }
        if let Some(header) = browser::element(&format!("h-{column}")) {
            let frozen = browser::element("h-line").map_or(0, |corner| corner.offset_width());
            let (left, right) = (header.offset_left(), header.offset_left() + header.offset_width());
            if left - frozen < element.scroll_left() {
                element.set_scroll_left((left - frozen).max(0));
            } else if right > element.scroll_left() + element.client_width() {
                element.set_scroll_left(right - element.client_width());
            }
        }
        self.scrolled(body);
    }
}
