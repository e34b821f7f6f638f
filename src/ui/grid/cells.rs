use std::ops::Range;

use leptos::prelude::*;
use serde::Serialize;

use super::{
    keys::open_awaited,
    state::{Cell, GridState},
};
use crate::{
    browser,
    check::{Rule, Severity},
    i18n::{Locale, explain},
    protocol::{CellView, ColumnState, RowView},
    ui::{
        parts::icon,
        studio::{SchemaInUse, Studio},
    },
};

/// The rows in sight, and of each the columns in sight. Their cells are plain elements: which one is chosen, or typed
/// in, is painted on them from outside, for hundreds of cells are drawn anew at every turn of the wheel.
#[component]
pub fn Rows(grid: GridState) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let former = StoredValue::new(Vec::<DrawnRow>::new());
    let rows = move || {
        let window = studio.window.get();
        let columns = grid.columns.get();
        let drawn = |(at, row)| DrawnRow::new(window.start + at, row, columns.clone());
        let rows: Vec<DrawnRow> = window.rows.into_iter().enumerate().map(drawn).collect();
        // A row drawn anew, or only moved, lets the keyboard fall: the grid holds it meanwhile.
        if former.with_value(|former| *former != rows) {
            if browser::focused_id().as_deref().and_then(Cell::of_id).is_some() {
                grid.take_keyboard();
                browser::focus("grid");
            }
            grid.keep_field();
        }
        former.set_value(rows.clone());
        rows
    };
    Effect::new(move |_| {
        studio.window.track();
        grid.columns.track();
        grid.selection.track();
        grid.active.track();
        grid.paint();
        request_animation_frame(move || open_awaited(grid, studio));
    });
    view! {
        <For
            each=rows
            // A row whose content has changed is another row.
            key=|row| serde_json::to_string(row).unwrap_or_default()
            children=move |row| row_view(studio, row)
        />
    }
}

/// A row, as it is drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct DrawnRow {
    /// Its place among those shown.
    at: usize,
    line: Option<u32>,
    /// Whether it has an error, in sight or not.
    bad: bool,
    /// What is told of the whole row, on its first cell.
    whole: Option<Rule>,
    /// The first column drawn.
    from: usize,
    cells: Vec<CellView>,
}

impl DrawnRow {
    fn new(at: usize, row: RowView, columns: Range<usize>) -> DrawnRow {
        let bad = |rules: &[Rule]| rules.iter().any(|rule| rule.severity() == Severity::Error);
        DrawnRow {
            at,
            line: row.line,
            bad: bad(&row.rules) || row.cells.iter().any(|cell| bad(&cell.rules)),
            whole: row.rules.first().copied(),
            from: columns.start,
            cells: row.cells.into_iter().skip(columns.start).take(columns.len()).collect(),
        }
    }
}

/// What explaining the cells of a row needs.
struct Context<'a> {
    locale: Locale,
    schema: Option<&'a SchemaInUse>,
    columns: &'a [ColumnState],
}

fn row_view(studio: Studio, row: DrawnRow) -> impl IntoView {
    let locale = studio.locale.get_untracked();
    let DrawnRow { at, whole, from, .. } = row;
    let class = if row.bad { "gr has" } else { "gr" };
    let line = row.line.map_or_else(|| "+".to_owned(), |line| line.to_string());
    let added = row.line.is_none().then_some(locale.words().line_added);
    let used = studio.schema.get_untracked();
    let cells = studio.overview.with_untracked(|o| {
        let context = Context { locale, schema: used.as_deref(), columns: &o.columns };
        let cell = |(column, view): (usize, CellView)| {
            let rule = view.rules.first().copied().or(whole.filter(|_| column == 0));
            cell_view(&context, Cell { row: at, column }, view, rule)
        };
        row.cells.into_iter().enumerate().map(|(nth, view)| cell((from + nth, view))).collect_view()
    });
    view! {
        <div role="row" class=class aria-rowindex=at + 2>
            <div role="rowheader" class="gn" aria-colindex="1" title=added>{line}</div>
            {cells}
        </div>
    }
}

fn cell_view(context: &Context<'_>, cell: Cell, view: CellView, rule: Option<Rule>) -> impl IntoView + use<> {
    let id = cell.id();
    let (class, sign, bad) = match rule.map(Rule::severity) {
        Some(Severity::Error) if view.text.is_empty() => ("gc is-bad is-void", Some("error"), true),
        Some(Severity::Error) => ("gc is-bad", Some("error"), true),
        Some(Severity::Advice) => ("gc is-note", Some("warn"), false),
        None => ("gc", None, false),
    };
    // Said to readers; shown to the eye above the grid.
    let why = rule.zip(context.schema).map(|(rule, used)| {
        let field = context.columns.get(cell.column).and_then(|column| column.field);
        let told = explain(context.locale, rule, &used.schema, &used.checks, field, &view.text);
        let described = format!("{id}-why");
        view! { <span class="vh" id=described>{told.wrong}</span> }
    });
    let described = why.is_some().then(|| format!("{id}-why"));
    let void = (bad && view.text.is_empty()).then(|| context.locale.words().cell_void);
    view! {
        <div
            role="gridcell"
            class=class
            aria-describedby=described
            id=id
            aria-colindex=cell.column + 2
            data-void=void
            tabindex="-1"
            aria-selected="false"
            aria-invalid=bad.then_some("true")
        >
            {sign.map(|sign| icon(sign, ""))}
            {view.text}
            {why}
        </div>
    }
}
