//! The keyboard and the mouse in the grid, as the ARIA grid pattern wants them.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, HtmlInputElement, KeyboardEvent, MouseEvent};

use super::{
    paint::{EDITOR, field},
    state::{Cell, GridState},
};
use crate::{
    browser,
    intake::records,
    protocol::{Block, Request},
    text,
    ui::studio::Studio,
};

/// A key in the grid, or in the cell being typed in.
pub fn pressed(grid: GridState, studio: Studio, event: &KeyboardEvent) {
    if event.is_composing() || event.default_prevented() {
        return;
    }
    grid.by_key.set_value(true);
    if grid.editing.with_untracked(Option::is_some) { typing(grid, studio, event) } else { moving(grid, studio, event) }
}

fn typing(grid: GridState, studio: Studio, event: &KeyboardEvent) {
    let Some((cell, _)) = grid.editing.get_untracked() else { return };
    let (rows, columns) = size(studio);
    let next = match event.key().as_str() {
        "Enter" => Cell { row: (cell.row + 1).min(rows.saturating_sub(1)), ..cell },
        "Tab" if event.shift_key() => Cell { column: cell.column.saturating_sub(1), ..cell },
        "Tab" => Cell { column: (cell.column + 1).min(columns.saturating_sub(1)), ..cell },
        "Escape" => {
            event.prevent_default();
            grid.editing.set(None);
            grid.take_keyboard();
            grid.refocus();
            return;
        }
        _ => return,
    };
    event.prevent_default();
    if let Some(field) = field() {
        commit(grid, studio, cell, &field.value());
    }
    grid.take_keyboard();
    grid.move_to(next, false);
}

fn moving(grid: GridState, studio: Studio, event: &KeyboardEvent) {
    let (rows, columns) = size(studio);
    let Cell { row, column } = grid.active.get_untracked();
    let (last_row, last_column) = (rows.saturating_sub(1), columns.saturating_sub(1));
    let control = event.ctrl_key() || event.meta_key();
    let page = grid.viewport.with_untracked(|v| v.page());
    let key = event.key();
    let to = match key.as_str() {
        "ArrowUp" if control => Cell { row: 0, column },
        "ArrowDown" if control => Cell { row: last_row, column },
        "ArrowLeft" if control => Cell { row, column: 0 },
        "ArrowRight" if control => Cell { row, column: last_column },
        "ArrowUp" => Cell { row: row.saturating_sub(1), column },
        "ArrowDown" => Cell { row: (row + 1).min(last_row), column },
        "ArrowLeft" => Cell { row, column: column.saturating_sub(1) },
        "ArrowRight" => Cell { row, column: (column + 1).min(last_column) },
        "PageUp" => Cell { row: row.saturating_sub(page), column },
        "PageDown" => Cell { row: (row + page).min(last_row), column },
        "Home" if control => Cell::default(),
        "End" if control => Cell { row: last_row, column: last_column },
        "Home" => Cell { row, column: 0 },
        "End" => Cell { row, column: last_column },
        _ => {
            other(grid, studio, event, &key, control);
            return;
        }
    };
    event.prevent_default();
    grid.move_to(to, event.shift_key());
}

fn other(grid: GridState, studio: Studio, event: &KeyboardEvent, key: &str, control: bool) {
    match key {
        "Enter" | "F2" => start_editing(grid, studio, None),
        "Delete" | "Backspace" => studio.ask(Request::Clear(grid.selection.get_untracked())),
        "F8" => grid.next(studio, event.shift_key()),
        "Escape" => grid.move_to(grid.active.get_untracked(), false),
        "a" | "A" if control => {
            let (rows, columns) = size(studio);
            grid.anchor.set(Cell::default());
            grid.following.set_value(false);
            grid.active.set(Cell { row: rows.saturating_sub(1), column: columns.saturating_sub(1) });
        }
        _ if control || event.alt_key() || key.chars().count() != 1 => return,
        _ => start_editing(grid, studio, Some(key.to_owned())),
    }
    event.prevent_default();
}

fn size(studio: Studio) -> (usize, usize) {
    studio.overview.with_untracked(|o| (o.shown, o.columns.len()))
}

/// Opens the chosen cell for typing, on its own text or on what was just typed. One that is out of sight is brought in
/// sight first, and opened once it is drawn, with all that has been typed by then.
pub fn start_editing(grid: GridState, studio: Studio, typed: Option<String>) {
    let cell = grid.active.get_untracked();
    let awaited = grid.awaited.get_value().filter(|(at, _)| *at == cell);
    if awaited.is_none() && browser::element(&cell.id()).is_some() {
        return open(grid, studio, cell, typed);
    }
    let before = awaited.and_then(|(_, typed)| typed);
    grid.awaited.set_value(Some((cell, before.into_iter().chain(typed).reduce(|before, typed| before + &typed))));
    grid.show_active();
    request_animation_frame(move || open_awaited(grid, studio));
}

/// Opens the cell that was to be typed in, if it is drawn by now and still the chosen one.
pub fn open_awaited(grid: GridState, studio: Studio) {
    // The screen may have gone meanwhile.
    let Some(Some((cell, typed))) = grid.awaited.try_get_value() else { return };
    if grid.active.get_untracked() != cell {
        grid.awaited.set_value(None);
    } else if browser::element(&cell.id()).is_some() {
        grid.awaited.set_value(None);
        open(grid, studio, cell, typed);
    }
}

fn open(grid: GridState, studio: Studio, cell: Cell, typed: Option<String>) {
    let text = studio.window.with_untracked(|w| {
        let row = w.rows.get(cell.row.checked_sub(w.start)?)?;
        Some(row.cells.get(cell.column)?.text.clone())
    });
    if let Some(text) = text {
        grid.anchor.set(cell);
        grid.editing.set(Some((cell, typed.unwrap_or(text))));
    }
}

/// Writes what was typed, where it differs.
pub fn commit(grid: GridState, studio: Studio, cell: Cell, text: &str) {
    if !grid.editing.with_untracked(|editing| editing.as_ref().is_some_and(|(at, _)| *at == cell)) {
        return;
    }
    grid.editing.set(None);
    studio.ask(Request::Write { row: cell.row, column: cell.column, block: vec![vec![text.to_owned()]] });
}

/// The cell under an event, unless it is being typed in.
fn cell_under(event: &web_sys::Event) -> Option<Cell> {
    let element = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    if element.id() == EDITOR {
        return None;
    }
    Cell::of_id(&element.closest("[role=gridcell]").ok()??.id())
}

/// Chooses a cell with the mouse; with Shift, a block.
pub fn mouse_down(grid: GridState, event: &MouseEvent) {
    let Some(cell) = cell_under(event).filter(|_| event.button() == 0) else { return };
    grid.dragging.set_value(true);
    grid.following.set_value(false);
    grid.take_keyboard();
    if event.shift_key() {
        event.prevent_default();
    } else {
        grid.anchor.set(cell);
    }
    grid.active.set(cell);
    grid.refocus();
}

/// Extends the block while a button is held.
pub fn mouse_over(grid: GridState, event: &MouseEvent) {
    if event.buttons() & 1 == 0 {
        grid.dragging.set_value(false);
    }
    let Some(cell) = cell_under(event).filter(|_| grid.dragging.get_value()) else { return };
    if grid.active.get_untracked() != cell {
        grid.following.set_value(false);
        grid.active.set(cell);
    }
}

/// Opens a cell for typing.
pub fn double_clicked(grid: GridState, studio: Studio, event: &MouseEvent) {
    if cell_under(event).is_some() {
        start_editing(grid, studio, None);
    }
}

/// The keyboard leaves an element of the grid: what was being typed is written. Where the element has
/// only been drawn anew, the keyboard stays.
pub fn left(grid: GridState, studio: Studio, event: &web_sys::FocusEvent) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else { return };
    if grid.redrawing.get_value() && target.id() == EDITOR {
        return;
    }
    if let (Some(field), Some((cell, _))) = (target.dyn_ref::<HtmlInputElement>(), grid.editing.get_untracked()) {
        commit(grid, studio, cell, &field.value());
    }
    let inside = |node: Option<&web_sys::Node>| browser::element("grid").is_some_and(|grid| grid.contains(node));
    if let Some(to) = event.related_target() {
        grid.focused.set_value(inside(to.dyn_ref()));
        return;
    }
    let taken = grid.taken.get_value();
    request_animation_frame(move || {
        // The screen may have gone meanwhile, or the keyboard may have been given back on purpose.
        if grid.taken.try_get_value() != Some(taken) {
            return;
        }
        // A key never sends the keyboard to nowhere: the element was only drawn anew. A click beside may.
        let nowhere = browser::element("grid").is_some() && browser::focused_id().is_none_or(|id| id.is_empty());
        if target.is_connected() && !(nowhere && grid.by_key.get_value()) {
            grid.focused.set_value(inside(document().active_element().as_deref().map(AsRef::as_ref)));
        } else {
            grid.refocus();
        }
    });
}

/// Copies the chosen block: at once where it is on screen, else by asking for its text.
pub fn copied(grid: GridState, studio: Studio, event: &ClipboardEvent) {
    if grid.editing.with_untracked(Option::is_some) {
        return;
    }
    event.prevent_default();
    let block = grid.selection.get_untracked();
    match (on_screen(studio, block), event.clipboard_data()) {
        (Some(text), Some(data)) if data.set_data("text/plain", &text).is_ok() => {
            studio.say(studio.locale.get_untracked().words().copied.to_owned(), false);
        }
        _ => studio.ask(Request::Copy(block)),
    }
}

fn on_screen(studio: Studio, block: Block) -> Option<String> {
    studio.window.with_untracked(|w| {
        let rows = w.rows.get(block.top.checked_sub(w.start)?..=block.bottom.checked_sub(w.start)?)?;
        let line = |cells: &[crate::protocol::CellView]| text::tabbed(cells.iter().map(|cell| cell.text.as_str()));
        let lines: Option<Vec<String>> = rows.iter().map(|row| Some(line(row.cells.get(block.left..=block.right)?))).collect();
        Some(lines?.join("\n"))
    })
}

/// Pastes a block copied from a spreadsheet. One value pasted on a block fills it.
pub fn pasted(grid: GridState, studio: Studio, event: &ClipboardEvent) {
    if grid.editing.with_untracked(Option::is_some) {
        return;
    }
    let Some(text) = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok()).filter(|text| !text.is_empty())
    else {
        return;
    };
    event.prevent_default();
    let text = text.strip_suffix('\n').unwrap_or(&text);
    let text = text.strip_suffix('\r').unwrap_or(text);
    let mut block = records(text.as_bytes(), '\t', true, usize::MAX);
    block.iter_mut().filter(|cells| cells.is_empty()).for_each(|cells| cells.push(String::new()));
    let Block { top, left, bottom, right } = grid.selection.get_untracked();
    if let [only] = block.as_slice()
        && let [value] = only.as_slice()
    {
        block = vec![vec![value.clone(); right - left + 1]; bottom - top + 1];
    }
    studio.ask(Request::Write { row: top, column: left, block });
}
