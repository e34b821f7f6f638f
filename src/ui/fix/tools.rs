use leptos::prelude::*;

use super::replace::Replace;
use crate::{
    protocol::{Filter, Request},
    recipe::Operation,
    ui::{grid::GridState, parts::small_icon, studio::Studio},
};

/// What is shown in the grid, and what can be done with rows.
#[component]
pub fn Tools(grid: GridState) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let segment = move |filter: Filter, name: &'static str, count: fn(&crate::protocol::Overview) -> usize| {
        view! {
            <button
                type="button"
                aria-pressed=move || studio.overview.with(|o| o.filter == filter).to_string()
                on:click=move |_| {
                    grid.go_top();
                    studio.ask(Request::Filter(filter));
                }
            >
                {name}" "<span>{move || studio.locale.get_untracked().count(studio.overview.with(count) as u64)}</span>
            </button>
        }
    };
    let cause = move || {
        studio.overview.with(|o| matches!(o.filter, Filter::Cause(_)).then_some(o.shown)).map(|shown| {
            view! {
                <button type="button" aria-pressed="true" on:click=move |_| studio.ask(Request::Filter(Filter::All))>
                    {words.one_cause}" "<span>{studio.locale.get_untracked().count(shown as u64)}</span>{small_icon("x")}
                </button>
            }
        })
    };
    let replacing = RwSignal::new(false);
    // One cell stands for its whole column.
    let fill_down = move |_| {
        let block = grid.selection.get_untracked();
        let label = studio.overview.with_untracked(|o| o.columns.get(block.left).map(|column| column.label.clone()));
        let Some(field) = label else { return };
        let operation = Operation::FillDown { field };
        let alone = block.top == block.bottom && block.left == block.right;
        studio.ask(if alone { Request::Operate(operation) } else { Request::OperateOn { block, operation } });
    };
    let none = move || studio.overview.with(|o| o.rows == 0);
    view! {
        <div class="tools">
            <div class="seg" role="group" aria-label=words.rows_shown>
                {segment(Filter::All, words.rows_all, |o| o.rows)}
                {segment(Filter::Errors, words.rows_bad, |o| o.bad_rows)}
                {cause}
            </div>
            <button
                class="btn btn-quiet btn-s"
                type="button"
                id="add-row"
                on:click=move |_| {
                    let below = (!none()).then(|| grid.active.get().row);
                    studio.ask(Request::InsertRow { below });
                    grid.go_to(below.map_or(0, |row| row + 1), 0);
                }
            >
                {small_icon("plus")}{words.add_row}
            </button>
            <button
                class="btn btn-quiet btn-s"
                type="button"
                id="delete-rows"
                disabled=none
                on:click=move |_| {
                    let block = grid.selection.get();
                    studio.ask(Request::DeleteRows { from: block.top, to: block.bottom });
                }
            >
                {small_icon("trash")}{move || studio.count(words.delete_rows, grid.selection.with(|b| b.bottom - b.top + 1))}
            </button>
            <button
                class="btn btn-quiet btn-s"
                type="button"
                id="open-replace"
                aria-expanded=move || replacing.get().to_string()
                aria-controls="replace"
                disabled=none
                on:click=move |_| replacing.update(|open| *open = !*open)
            >
                {small_icon("search")}{words.replace_title}
            </button>
            <button class="btn btn-quiet btn-s" type="button" id="fill-down" disabled=none on:click=fill_down>
                {small_icon("chev-down")}{words.fill_down}
            </button>
            <button
                class="btn btn-quiet btn-s"
                type="button"
                id="remove-duplicates"
                disabled=none
                on:click=move |_| studio.ask(Request::Operate(Operation::RemoveDuplicates))
            >
                {small_icon("minus")}{words.remove_duplicates}
            </button>
            <div class="row row-end">
                <button class="btn btn-s" type="button" id="next-error" aria-keyshortcuts="F8" on:click=move |_| grid.next(studio, false)>
                    {words.next_error}" "<kbd>"F8"</kbd>
                </button>
            </div>
        </div>
        {move || replacing.get().then(|| view! { <Replace grid/> })}
    }
}
