use leptos::prelude::*;

use super::reading::choose;
use crate::{
    browser,
    i18n::Arg,
    intake::{Block, Choices, Container, SheetSummary},
    protocol::Overview,
    text,
    ui::studio::Studio,
};

/// The sheets of a workbook that has several, each with its first rows, to choose the one to read.
///
/// What is chosen is told to the cards that stand: they are not drawn anew, so that the keyboard stays on them while
/// the arrows go from one sheet to the next.
#[component]
pub fn Sheets() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let workbook = move |o: &Overview| match o.reading.as_ref().map(|reading| &reading.container) {
        Some(Container::Workbook { sheets, sheet, .. }) if sheets.len() > 1 => (sheets.clone(), *sheet),
        _ => (Vec::new(), 0),
    };
    let sheets = Memo::new(move |_| studio.overview.with(|o| workbook(o).0));
    let chosen = Memo::new(move |_| studio.overview.with(|o| workbook(o).1));
    // Among many, the one read must not be out of sight.
    Effect::new(move |_| {
        sheets.track();
        request_animation_frame(|| browser::bring_up(".cards > :has(:checked)"));
    });
    move || {
        let sheets = sheets.get();
        (!sheets.is_empty()).then(|| {
            let cards = sheets.into_iter().enumerate().map(|(at, sheet)| card(studio, chosen, at, sheet)).collect_view();
            view! {
                <fieldset class="sheets" aria-describedby="sheets-hint">
                    <legend>{words.sheets}</legend>
                    <p class="hint" id="sheets-hint">{words.sheets_hint}</p>
                    <div class="cards">{cards}</div>
                </fieldset>
            }
        })
    }
}

/// A sheet: its name, its size, and how it starts.
fn card(studio: Studio, chosen: Memo<usize>, at: usize, sheet: SheetSummary) -> impl IntoView {
    let words = studio.words();
    let empty = sheet.rows == 0;
    let size = match empty {
        true => words.sheet_empty.to_owned(),
        false => {
            let (rows, columns) = (studio.count(words.sheet_rows, sheet.rows), studio.count(words.sheet_columns, sheet.columns));
            format!("{rows}, {columns}")
        }
    };
    let hidden = if sheet.hidden { words.sheet_hidden } else { "" };
    let set = move |_| {
        choose(studio, |choices| *choices = Choices { sheet: Some(at), entry: choices.entry, ..Choices::default() });
    };
    let row = |cells: &Vec<String>| {
        let cells = cells.iter().map(|cell| view! { <td>{cell.clone()}</td> }).collect_view();
        view! { <tr>{cells}</tr> }
    };
    let first = (!sheet.first.is_empty()).then(|| {
        let label = studio.fill(words.sheet_first, &[("sheet", &sheet.name)]);
        view! {
            <div class="glance"><table aria-label=label><tbody>{sheet.first.iter().map(row).collect_view()}</tbody></table></div>
        }
    });
    view! {
        <div class="pick" class:off=empty>
            <label class="tick">
                <input type="radio" name="sheet" prop:checked=move || chosen.get() == at disabled=empty on:change=set/>
                <span><strong>{sheet.name}</strong>" "<span class="muted">{size}{hidden}</span></span>
            </label>
            {first}
        </div>
    }
}

/// The tables of a sheet that holds several.
#[component]
pub fn Blocks() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let blocks = Memo::new(move |_| studio.overview.with(|o| o.reading.as_ref().map(|r| r.blocks.clone()).unwrap_or_default()));
    let chosen = Memo::new(move |_| studio.overview.with(|o| o.reading.as_ref().map_or(0, |reading| reading.block)));
    let option = move |(at, block): (usize, Block)| {
        let set = move |_| {
            choose(studio, |choices| {
                (choices.block, choices.header, choices.header_lines, choices.footer) = (Some(at), None, None, 0)
            });
        };
        view! {
            <label class="tick">
                <input type="radio" name="block" prop:checked=move || chosen.get() == at on:change=set/>
                <span>{place(studio, &block)}</span>
            </label>
        }
    };
    move || {
        let blocks = blocks.get();
        (blocks.len() > 1).then(|| {
            view! {
                <fieldset class="stack g2">
                    <legend>{words.blocks}</legend>
                    {blocks.into_iter().enumerate().map(option).collect_view()}
                </fieldset>
            }
        })
    }
}

/// Where a table stands, in the words of a spreadsheet.
fn place(studio: Studio, block: &Block) -> String {
    let (left, right) = (text::letters(block.left), text::letters(block.right));
    let args = [
        ("top", Arg::Count(u64::from(block.top))),
        ("bottom", Arg::Count(u64::from(block.bottom))),
        ("left", Arg::Text(&left)),
        ("right", Arg::Text(&right)),
    ];
    studio.locale.get_untracked().fill(studio.words().block_place, &args)
}
