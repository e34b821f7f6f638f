use leptos::prelude::*;

use super::cause::diff;
use crate::{
    check::{Rule, Severity},
    i18n::{Arg, explain},
    protocol::{CellView, ColumnState, Filter, Request},
    ui::{
        grid::{GridState, column_title},
        parts::icon,
        studio::Studio,
    },
};

/// The chosen cell: where it is, what is wrong, what was expected, and how to mend it.
#[component]
pub fn Inspect(grid: GridState) -> impl IntoView {
    let studio = expect_context::<Studio>();
    move || {
        let words = studio.words();
        let active = grid.active.get();
        let column = studio.overview.with(|o| o.columns.get(active.column).cloned())?;
        // While its row is on its way, the bar keeps its place.
        let row = studio.window.with(|w| w.rows.get(active.row.checked_sub(w.start)?).cloned());
        let cell = row.as_ref().and_then(|row| row.cells.get(active.column).cloned()).unwrap_or_default();
        let line = match row.as_ref().map(|row| row.line) {
            Some(Some(line)) => studio.locale.get_untracked().fill(words.line_n, &[("n", Arg::Count(u64::from(line)))]),
            Some(None) => words.line_added.to_owned(),
            None => String::new(),
        };
        let told = row.as_ref().and_then(|row| told(studio, &column, &cell, &row.rules));
        let mend = cell.fix.clone().map(|fix| {
            let key = cell.cause;
            let alike = key.and_then(|key| studio.overview.with(|o| o.causes.iter().find(|c| c.key == key).map(|c| c.count)));
            let others = key.zip(alike.filter(|n| *n > 1)).map(|(key, n)| {
                view! {
                    <button class="btn btn-quiet btn-s" type="button" on:click=move |_| studio.ask(Request::Repair { key, order: None })>
                        {studio.count(words.repair_alike, n as usize)}
                    </button>
                }
            });
            let repair = move |_| studio.ask(Request::RepairCell { row: active.row, column: active.column });
            (
                diff(studio, cell.text.clone(), fix),
                view! {
                    <div class="row">
                        <button class="btn btn-s" type="button" on:click=repair>{words.repair_this}</button>
                        {others}
                    </div>
                },
            )
        });
        let (diff, buttons) = mend.unzip();
        let see = cell.cause.filter(|_| cell.fix.is_none()).map(|key| {
            view! {
                <button class="btn btn-quiet btn-s" type="button" on:click=move |_| studio.ask(Request::Filter(Filter::Cause(key)))>
                    {words.see_alike}
                </button>
            }
        });
        Some(view! {
            <div class="inspect" role="group" aria-label=words.chosen_cell>
                <p><span class="muted">{line}</span><strong lang="fr">{column_title(studio, &column)}</strong></p>
                <div class="note">
                    {told.map(|(bad, text)| view! {
                        {icon(if bad { "error" } else { "warn" }, if bad { "icon-s bad" } else { "icon-s warn" })}
                        <span>{diff}{text}</span>
                    })}
                </div>
                {buttons}
                {see}
            </div>
        })
    }
}

/// What is wrong in the cell, or in its row; `true` for an error.
fn told(studio: Studio, column: &ColumnState, cell: &CellView, row: &[Rule]) -> Option<(bool, String)> {
    let rule = cell.rules.first().or(row.first()).copied()?;
    let text = studio.schema.with(|used| {
        let used = used.as_ref()?;
        let told = explain(studio.locale.get_untracked(), rule, &used.schema, &used.checks, column.field, &cell.text);
        Some(format!("{} {}", told.wrong, told.expected))
    })?;
    Some((rule.severity() == Severity::Error, text))
}
