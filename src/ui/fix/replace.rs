use leptos::{ev, prelude::*};

use crate::{
    protocol::Request,
    recipe::Operation,
    ui::{
        grid::{GridState, column_title},
        parts::small_icon,
        studio::Studio,
    },
};

/// Where a text is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Table,
    Column,
    Selection,
}

/// Finds a text and replaces it: in the table, in a column, in the selection.
#[component]
pub fn Replace(grid: GridState) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let (find, with) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (whole, case) = (RwSignal::new(false), RwSignal::new(false));
    let scope = RwSignal::new(Scope::Column);
    let column = move || studio.overview.with(|o| o.columns.get(grid.active.get().column).cloned());
    let idle = move || find.with(String::is_empty) && !whole.get();
    let apply = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if idle() {
            return;
        }
        let field = match scope.get_untracked() {
            Scope::Column => column().map(|column| column.label),
            _ => None,
        };
        let operation = Operation::Replace {
            field,
            find: find.get_untracked(),
            with: with.get_untracked(),
            whole: whole.get_untracked(),
            case: case.get_untracked(),
        };
        studio.ask(match scope.get_untracked() {
            Scope::Selection => Request::OperateOn { block: grid.selection.get_untracked(), operation },
            _ => Request::Operate(operation),
        });
    };
    let text = move |id: &'static str, name: &'static str, value: RwSignal<String>| {
        view! {
            <div class="field">
                <label for=id>{name}</label>
                <input class="input" id=id type="text" prop:value=value on:input=move |event| value.set(event_target_value(&event))/>
            </div>
        }
    };
    let tick = move |name: &'static str, value: RwSignal<bool>| {
        view! {
            <label class="tick">
                <input type="checkbox" prop:checked=value on:change=move |event| value.set(event_target_checked(&event))/>
                <span>{name}</span>
            </label>
        }
    };
    let place = move |which: Scope, name: Signal<String>| {
        view! {
            <button type="button" aria-pressed=move || (scope.get() == which).to_string() on:click=move |_| scope.set(which)>
                {name}
            </button>
        }
    };
    let column_name = Signal::derive(move || {
        column().map_or(String::new(), |column| studio.fill(words.column_named, &[("what", &column_title(studio, &column))]))
    });
    let selection = Signal::derive(move || {
        let cells = grid.selection.with(|b| (b.bottom - b.top + 1) * (b.right - b.left + 1));
        studio.count(words.replace_selection, cells)
    });
    view! {
        <form class="tools replace" id="replace" aria-label=words.replace_title on:submit=apply>
            {text("replace-find", words.replace_find, find)}
            {text("replace-with", words.replace_with, with)}
            <div class="stack g1">
                {tick(words.replace_whole, whole)}
                {tick(words.replace_case, case)}
            </div>
            <div class="seg" role="group" aria-label=words.replace_where>
                {place(Scope::Column, column_name)}
                {place(Scope::Selection, selection)}
                {place(Scope::Table, Signal::stored(words.replace_table.to_owned()))}
            </div>
            <button class="btn btn-s" type="submit" id="replace-apply" disabled=idle>{small_icon("check")}{words.replace_apply}</button>
        </form>
    }
}
