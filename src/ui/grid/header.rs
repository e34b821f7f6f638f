use leptos::prelude::*;

use crate::{
    protocol::ColumnState,
    ui::{parts::icon, studio::Studio},
};

/// What a column of the grid is called: its field's title, or its label.
pub fn column_title(studio: Studio, column: &ColumnState) -> String {
    let title = |at: usize| studio.schema.with_untracked(|used| Some(used.as_ref()?.schema.fields.get(at)?.title.clone()));
    column.field.and_then(title).unwrap_or_else(|| column.label.clone())
}

/// The width of a column, in rem: that of its name, within reason, and more for free text.
pub(super) fn width(studio: Studio, column: &ColumnState) -> f64 {
    let kind = type_name(studio, column);
    let name = column_title(studio, column).chars().count();
    let least = match kind.as_str() {
        "date" | "datetime" | "year" => 9.0,
        "integer" | "number" | "boolean" => 7.5,
        _ => 11.0,
    };
    (name as f64 * 0.5 + 3.0).clamp(least, 18.0)
}

pub(super) fn type_name(studio: Studio, column: &ColumnState) -> String {
    let name = |at: usize| studio.schema.with_untracked(|used| Some(used.as_ref()?.schema.fields.get(at)?.type_name.clone()));
    column.field.and_then(name).unwrap_or_default()
}

/// What each column is, and how it stands.
#[component]
pub fn Header() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let cell = move |(at, column): (usize, ColumnState)| {
        let rows = studio.overview.with_untracked(|o| o.rows).max(1) as f64;
        let kind = match type_name(studio, &column).as_str() {
            "date" | "datetime" | "time" | "year" => "calendar",
            "integer" | "number" => "hash",
            "boolean" => "check",
            _ => "text",
        };
        let required = studio.schema.with_untracked(|used| {
            used.as_ref()
                .zip(column.field)
                .and_then(|(used, at)| used.schema.fields.get(at))
                .is_some_and(crate::schema::Field::is_required)
        });
        let state = if column.errors > 0 {
            view! { <span class="bad">{studio.count(words.col_errors, column.errors as usize)}</span> }.into_any()
        } else if column.advice > 0 {
            view! { <span class="warn">{studio.count(words.col_advice, column.advice as usize)}</span> }.into_any()
        } else {
            let share = f64::from(column.filled) / rows * 100.0;
            let said = match share {
                full if full >= 100.0 => words.col_full.to_owned(),
                none if none <= 0.0 => words.col_empty.to_owned(),
                some => studio.count(words.col_share, (some.floor() as usize).max(1)),
            };
            view! { <span class="muted">{said}</span> }.into_any()
        };
        view! {
            <div role="columnheader" class="gh" id=format!("h-{at}") aria-colindex=at + 2 title=column.label.clone()>
                <div class="gh-t">
                    {icon(kind, "")}
                    <span class="clip" lang="fr">{column_title(studio, &column)}</span>
                    {required.then(|| view! { <span class="vh">", "{words.required}</span> })}
                </div>
                <div class="gh-s">{state}</div>
                {strip(&column, rows)}
            </div>
        }
    };
    view! {
        <div role="row" class="gr gh-row" id="grid-header" aria-rowindex="1">
            <div role="columnheader" class="gh gn" id="h-line" aria-colindex="1"><span class="vh">{words.line}</span></div>
            {move || studio.overview.with(|o| o.columns.clone()).into_iter().enumerate().map(cell).collect_view()}
        </div>
    }
}

/// The share of good, doubtful and bad cells, as a printer's control strip.
fn strip(column: &ColumnState, rows: f64) -> impl IntoView + use<> {
    let share = |n: u32| (f64::from(n) / rows * 100.0).min(100.0);
    let (bad, warn) = (share(column.errors), share(column.advice));
    // A single bad cell among thousands still shows.
    let seen = |share: f64| if share > 0.0 { share.max(2.0) } else { 0.0 };
    let (bad, warn) = (seen(bad), seen(warn));
    let good = (share(column.filled) - bad - warn).max(0.0);
    view! {
        <svg class="strip" viewBox="0 0 100 5" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="good" width=format!("{good:.1}") height="5"></rect>
            <rect class="warn" x=format!("{good:.1}") width=format!("{warn:.1}") height="5"></rect>
            <rect class="bad" x=format!("{:.1}", 100.0 - bad) width=format!("{bad:.1}") height="5"></rect>
        </svg>
    }
}
