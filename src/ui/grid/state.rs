use std::ops::Range;

use leptos::prelude::*;

use super::header;
use crate::{
    browser,
    protocol::{Block, Request},
    repair::CauseKey,
    ui::studio::Studio,
    viewport::{Slice, Viewport, columns_in_sight},
};

/// The width of the column of line numbers, in rem.
pub(super) const FROZEN: f64 = 3.5;

/// A cell, by its row among those shown and its column of the grid.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Cell {
    /// The row.
    pub row: usize,
    /// The column.
    pub column: usize,
}

impl Cell {
    /// The id of its element.
    pub fn id(self) -> String {
        format!("c-{}-{}", self.row, self.column)
    }

    /// The cell of an element's id.
    pub fn of_id(id: &str) -> Option<Cell> {
        let (row, column) = id.strip_prefix("c-")?.split_once('-')?;
        Some(Cell { row: row.parse().ok()?, column: column.parse().ok()? })
    }
}

/// What the grid remembers: where it is scrolled, which cell is chosen, what is being typed.
#[derive(Debug, Clone, Copy)]
pub struct GridState {
    /// The chosen cell.
    pub active: RwSignal<Cell>,
    /// The chosen block, the chosen cell being one of its corners.
    pub selection: Memo<Block>,
    /// The cell being typed in, with the text to start from.
    pub editing: RwSignal<Option<(Cell, String)>>,
    /// The cause of the chosen cell.
    pub cause: RwSignal<Option<CauseKey>>,
    pub(super) anchor: RwSignal<Cell>,
    pub(super) viewport: RwSignal<Viewport>,
    pub(super) scroll: RwSignal<f64>,
    pub(super) slice: Memo<Slice>,
    /// The widths of the columns, in rem.
    pub(super) widths: Memo<Vec<f64>>,
    /// What is in sight across, beside the line numbers, in rem: from where, and how much.
    pub(super) across: RwSignal<(f64, f64)>,
    /// The columns drawn.
    pub(super) columns: Memo<Range<usize>>,
    /// How far down the rows on screen are drawn.
    pub(super) drawn: RwSignal<f64>,
    pub(super) seq: StoredValue<u32>,
    /// Whether the keyboard is in the grid.
    pub(super) focused: StoredValue<bool>,
    /// Grows each time the keyboard is given to the grid on purpose.
    pub(super) taken: StoredValue<u32>,
    /// Whether the last thing done was a key in the grid, rather than a click somewhere.
    pub(super) by_key: StoredValue<bool>,
    /// Whether the grid scrolls to the chosen cell.
    pub(super) following: StoredValue<bool>,
    /// Grows when the chosen cell must be brought in sight though it has not changed.
    pub(super) reveal: RwSignal<u32>,
    /// The ids of the cells marked as chosen.
    pub(super) painted: StoredValue<Vec<String>>,
    /// Whether a mouse button chooses a block.
    pub(super) dragging: StoredValue<bool>,
    /// The cell to be typed in once it is drawn, with what has been typed for it.
    pub(super) awaited: StoredValue<Option<(Cell, Option<String>)>>,
    /// Whether the rows are being drawn anew under the field that is typed in: it does not mean to be left.
    pub(super) redrawing: StoredValue<bool>,
}

impl GridState {
    /// A grid at its top, its first cell chosen.
    pub fn new(studio: Studio) -> GridState {
        let active = RwSignal::new(Cell::default());
        let anchor = RwSignal::new(Cell::default());
        let viewport = RwSignal::new(Viewport { rows: 0, row: 30.0, height: 600.0 });
        let scroll = RwSignal::new(0.0);
        let across = RwSignal::new((0.0, 80.0));
        let widths = Memo::new(move |_| {
            studio.overview.with(|o| o.columns.iter().map(|column| header::width(studio, column)).collect::<Vec<_>>())
        });
        let selection = Memo::new(move |_| {
            let (a, b) = (active.get(), anchor.get());
            Block { top: a.row.min(b.row), left: a.column.min(b.column), bottom: a.row.max(b.row), right: a.column.max(b.column) }
        });
        GridState {
            active,
            selection,
            editing: RwSignal::new(None),
            cause: RwSignal::new(None),
            anchor,
            viewport,
            scroll,
            slice: Memo::new(move |_| viewport.with(|v| v.slice(scroll.get()))),
            widths,
            across,
            columns: Memo::new(move |_| {
                let (from, width) = across.get();
                widths.with(|widths| columns_in_sight(widths, from, width))
            }),
            drawn: RwSignal::new(0.0),
            seq: StoredValue::new(0),
            focused: StoredValue::new(false),
            taken: StoredValue::new(0),
            by_key: StoredValue::new(false),
            following: StoredValue::new(false),
            reveal: RwSignal::new(0),
            painted: StoredValue::new(Vec::new()),
            dragging: StoredValue::new(false),
            awaited: StoredValue::new(None),
            redrawing: StoredValue::new(false),
        }
    }

    /// Chooses a cell alone, brings it in sight and gives it the keyboard.
    pub fn go_to(self, row: usize, column: usize) {
        self.editing.set(None);
        self.take_keyboard();
        let cell = Cell { row, column };
        self.anchor.set(cell);
        self.active.set(cell);
        self.show_active();
        self.refocus();
    }

    /// Brings the chosen cell in sight.
    pub(super) fn show_active(self) {
        self.following.set_value(true);
        self.reveal.update(|n| *n += 1);
    }

    /// Goes back to the first row, without taking the keyboard.
    pub fn go_top(self) {
        self.editing.set(None);
        let cell = Cell { row: 0, column: self.active.get_untracked().column };
        self.anchor.set(cell);
        self.active.set(cell);
        if let Some(grid) = browser::element("grid") {
            grid.set_scroll_top(0);
        }
    }

    /// Looks for the next error, or the one before.
    pub fn next(self, studio: Studio, back: bool) {
        let Cell { row, column } = self.active.get_untracked();
        studio.ask(Request::Next { row, column, back });
    }

    /// Whether a cell is drawn.
    pub(super) fn is_drawn(self, cell: Cell) -> bool {
        let rows = self.slice.with(|slice| slice.start..slice.start + slice.count);
        rows.contains(&cell.row) && self.columns.with(|columns| columns.contains(&cell.column))
    }

    /// Gives the keyboard to the grid.
    pub(super) fn take_keyboard(self) {
        self.focused.set_value(true);
        self.taken.update_value(|taken| *taken = taken.wrapping_add(1));
    }

    /// Moves the chosen cell, keeping the other corner of the block where `extend`.
    pub(super) fn move_to(self, cell: Cell, extend: bool) {
        self.following.set_value(true);
        self.awaited.set_value(None);
        if !extend {
            self.anchor.set(cell);
        }
        self.active.set(cell);
        self.refocus();
    }

    /// Keeps the chosen cell inside the table.
    pub(super) fn clamp(self, rows: usize, columns: usize) {
        let inside =
            |cell: Cell| Cell { row: cell.row.min(rows.saturating_sub(1)), column: cell.column.min(columns.saturating_sub(1)) };
        for signal in [self.active, self.anchor] {
            let now = signal.get_untracked();
            if inside(now) != now {
                signal.set(inside(now));
            }
        }
    }

    pub(super) fn next_seq(self) -> u32 {
        self.seq.update_value(|seq| *seq = seq.wrapping_add(1));
        self.seq.get_value()
    }

    /// Puts the keyboard back on the chosen cell where it was in the grid; on the grid itself while that
    /// cell is out of sight, so that keys still work.
    pub(super) fn refocus(self) {
        if self.focused.try_get_value() != Some(true) || self.editing.try_with_untracked(Option::is_some) != Some(false) {
            return;
        }
        request_animation_frame(move || {
            // The screen may have gone meanwhile.
            if self.focused.try_get_value() != Some(true) || self.editing.try_with_untracked(Option::is_some) != Some(false) {
                return;
            }
            let Some(id) = self.active.try_get_untracked().map(Cell::id) else { return };
            browser::focus(if browser::element(&id).is_some() { &id } else { "grid" });
        });
    }
}
