use leptos::{ev, html, prelude::*};

use super::{
    keys,
    state::{Cell, GridState},
};
use crate::{
    check::{Rule, Severity},
    i18n::explain,
    protocol::{CellView, RowView},
    ui::{
        parts::icon,
        studio::Studio,
    },
};

/// The rows in sight.
#[component]
pub fn Rows(grid: GridState) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let active = Selector::new(move || grid.active.get());
    let editing = Selector::new(move || grid.editing.with(|editing| editing.as_ref().map(|(cell, _)| *cell)));
    let rows = move || {
        let window = studio.window.get();
        window.rows.into_iter().enumerate().map(|(at, row)| (window.start + at, row)).collect::<Vec<_>>()
    };
    view! {
        <For
            each=rows
            // A row whose content has changed is another row.
            key=|(at, row)| (*at, serde_json::to_string(row).unwrap_or_default())
            children=move |(at, row)| row_view(grid, studio, active.clone(), editing.clone(), at, row)
        />
    }
}

fn row_view(grid: GridState, studio: Studio, active: Selector<Cell>, editing: Selector<Option<Cell>>, at: usize, row: RowView) -> impl IntoView {
    let words = studio.locale.get_untracked().words();
    let bad = |rules: &[Rule]| rules.iter().any(|rule| rule.severity() == Severity::Error);
    let has = bad(&row.rules) || row.cells.iter().any(|cell| bad(&cell.rules));
    let line = row.line.map_or_else(|| "+".to_owned(), |line| line.to_string());
    let whole = row.rules.first().copied();
    let cells = row.cells.into_iter().enumerate().map(|(column, view)| {
        let rule = view.rules.first().copied().or(whole.filter(|_| column == 0));
        cell_view(grid, studio, active.clone(), editing.clone(), Cell { row: at, column }, view, rule)
    });
    view! {
        <div role="row" class="gr" class:has=has aria-rowindex=at + 2>
            <div role="rowheader" class="gn" aria-colindex="1" title=if row.line.is_none() { words.line_added } else { "" }>{line}</div>
            {cells.collect_view()}
        </div>
    }
}

fn cell_view(
    grid: GridState,
    studio: Studio,
    active: Selector<Cell>,
    editing: Selector<Option<Cell>>,
    cell: Cell,
    view: CellView,
    rule: Option<Rule>,
) -> impl IntoView {
    let id = format!("c-{}-{}", cell.row, cell.column);
    let severity = rule.map(Rule::severity);
    let bad = severity == Some(Severity::Error);
    let (state, sign) = match severity {
        Some(Severity::Error) => ("gc is-bad", Some("error")),
        Some(Severity::Advice) => ("gc is-note", Some("warn")),
        None => ("gc", None),
    };
    let empty = bad && view.text.is_empty();
    let described = format!("{id}-why");
    // Said to readers; shown to the eye above the grid.
    let why = rule.and_then(|rule| {
        studio.schema.with_untracked(|used| {
            let used = used.as_ref()?;
            let field = studio.overview.with_untracked(|o| o.columns.get(cell.column).and_then(|c| c.field));
            Some(explain(studio.locale.get_untracked(), rule, &used.schema, &used.checks, field, &view.text).wrong)
        })
    });
    let described_by = why.is_some().then(|| described.clone());
    let (is_active, is_editing) = (active.clone(), editing);
    let selected = move || {
        grid.selection.with(|b| (b.top..=b.bottom).contains(&cell.row) && (b.left..=b.right).contains(&cell.column)).to_string()
    };
    let text = view.text.clone();
    let content = move || {
        if is_editing.selected(&Some(cell)) {
            view! { <Editor grid cell/> }.into_any()
        } else {
            text.clone().into_any()
        }
    };
    let words = studio.locale.get_untracked().words();
    view! {
        <div
            role="gridcell"
            class=state
            class:is-void=empty
            id=id
            aria-colindex=cell.column + 2
            data-void=empty.then_some(words.cell_void)
            tabindex=move || if is_active.selected(&cell) { "0" } else { "-1" }
            aria-selected=selected
            aria-invalid=bad.then_some("true")
            aria-describedby=described_by
            on:focus=move |_| grid.focused.set_value(true)
            on:blur=move |_| grid.focused.set_value(false)
            on:mousedown=move |event| keys::mouse_down(grid, cell, &event)
            on:mouseover=move |event| keys::mouse_over(grid, cell, &event)
            on:dblclick=move |_| keys::start_editing(grid, studio, None)
        >
            {sign.map(|sign| icon(sign, ""))}
            {content}
            {why.map(|why| view! { <span class="vh" id=described>{why}</span> })}
        </div>
    }
}

/// The field that a cell becomes while it is typed in.
#[component]
fn Editor(grid: GridState, cell: Cell) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.locale.get_untracked().words();
    let input = NodeRef::<html::Input>::new();
    let start = grid.editing.with_untracked(|editing| editing.as_ref().map(|(_, text)| text.clone()).unwrap_or_default());
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            // The keyboard goes to the field, at the end of what is there.
            let _ = input.focus();
            let end = input.value().encode_utf16().count() as u32;
            let _ = input.set_selection_range(end, end);
        }
    });
    let title = studio.overview.with_untracked(|o| o.columns.get(cell.column).cloned()).map(|c| super::column_title(studio, &c)).unwrap_or_default();
    let label = studio.fill(words.editing, &[("what", &title)]);
    let leave = move |_: ev::FocusEvent| {
        if let Some(input) = input.get_untracked() {
            keys::commit(grid, studio, cell, &input.value());
        }
    };
    view! {
        <input
            node_ref=input
            id="cell-editor"
            aria-label=label
            autocomplete="off"
            spellcheck="false"
            value=start
            on:blur=leave
            on:mousedown=|event: ev::MouseEvent| event.stop_propagation()
            on:dblclick=|event: ev::MouseEvent| event.stop_propagation()
        />
    }
}
