//! Scroll, rows and columns: which of them a scrolled grid draws, and where to scroll for a row.

use std::ops::Range;

/// Browsers cap the height of an element (Firefox at about 17.8 million pixels), and a million rows
/// are taller. Above this height, the scroll bar is mapped in proportion.
const TALLEST: f64 = 8_000_000.0;

/// Rows drawn above and below those in sight, so that a small scroll shows no gap.
const MARGIN: usize = 6;

/// Columns are drawn by so many at once, so that most scrolls across draw nothing anew.
const ABREAST: usize = 4;

/// A grid of equal rows seen through a box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Viewport {
    /// Rows in all.
    pub rows: usize,
    /// Height of a row, in pixels.
    pub row: f64,
    /// Height of the box below its header, in pixels.
    pub height: f64,
}

/// The rows to draw, and where.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slice {
    /// The first row.
    pub start: usize,
    /// How many.
    pub count: usize,
    /// How far below the top of the content the first row is drawn, in pixels.
    pub offset: f64,
}

impl Viewport {
    /// The height of the content: that of all the rows, as far as browsers allow.
    pub fn content(&self) -> f64 {
        (self.rows as f64 * self.row).min(TALLEST)
    }

    /// Rows that fit whole in the box: at least one.
    pub fn page(&self) -> usize {
        ((self.height / self.row).floor() as usize).max(1)
    }

    fn is_exact(&self) -> bool {
        self.rows as f64 * self.row <= TALLEST
    }

    /// The first row in sight at a scroll position.
    pub fn first(&self, scroll: f64) -> usize {
        let last = self.rows.saturating_sub(self.page());
        if self.is_exact() {
            return ((scroll / self.row).floor().max(0.0) as usize).min(self.rows.saturating_sub(1));
        }
        let room = (self.content() - self.height).max(1.0);
        ((scroll / room * last as f64).round().max(0.0) as usize).min(last)
    }

    /// The rows to draw at a scroll position.
    pub fn slice(&self, scroll: f64) -> Slice {
        let first = self.first(scroll);
        let start = first.saturating_sub(MARGIN);
        let count = (self.page() + 2 + 2 * MARGIN).min(self.rows.saturating_sub(start));
        let offset =
            if self.is_exact() { start as f64 * self.row } else { (scroll - (first - start) as f64 * self.row).max(0.0) };
        Slice { start, count, offset }
    }

    /// The scroll position that brings a row in sight, moving no more than needed; `None` where it is already.
    pub fn reveal(&self, row: usize, scroll: f64) -> Option<f64> {
        let first = self.first(scroll);
        let page = self.page();
        let hidden_above = row < first || (self.is_exact() && (row as f64 * self.row) < scroll);
        let hidden_below = row >= first + page || (self.is_exact() && (row + 1) as f64 * self.row > scroll + self.height);
        let target = match (hidden_above, hidden_below) {
            (true, _) => row,
            (_, true) => (row + 1).saturating_sub(page),
            _ => return None,
        };
        if self.is_exact() {
            let at = if hidden_above { row as f64 * self.row } else { (row + 1) as f64 * self.row - self.height };
            return Some(at.max(0.0));
        }
        let last = self.rows.saturating_sub(page).max(1);
        Some(target as f64 / last as f64 * (self.content() - self.height).max(0.0))
    }
}

/// The columns to draw, of columns of such `widths` side by side, where `width` is in sight from `scroll`; all in one
/// unit. One more on each side stands ready.
pub fn columns_in_sight(widths: &[f64], scroll: f64, width: f64) -> Range<usize> {
    let mut left = 0.0;
    let lefts: Vec<f64> = widths.iter().map(|width| (left, left += width).0).collect();
    let first = lefts.partition_point(|left| *left <= scroll).saturating_sub(2);
    let end = lefts.partition_point(|left| *left < scroll + width) + 1;
    first / ABREAST * ABREAST..end.next_multiple_of(ABREAST).min(widths.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn draws_what_is_in_sight() {
        let grid = Viewport { rows: 1000, row: 30.0, height: 300.0 };
        assert_eq!(grid.content(), 30_000.0);
        assert_eq!(grid.slice(0.0), Slice { start: 0, count: 24, offset: 0.0 });
        assert_eq!(grid.slice(3000.0), Slice { start: 94, count: 24, offset: 94.0 * 30.0 });
        assert_eq!((grid.reveal(5, 0.0), grid.reveal(10, 0.0), grid.reveal(2, 90.0)), (None, Some(30.0), Some(60.0)));
        assert_eq!(Viewport { rows: 0, ..grid }.slice(0.0).count, 0);
    }

    #[test]
    fn draws_the_columns_in_sight() {
        let widths = [10.0; 40];
        assert_eq!(columns_in_sight(&widths, 0.0, 100.0), 0..12);
        assert_eq!(columns_in_sight(&widths, 5.0, 100.0), 0..12);
        assert_eq!(columns_in_sight(&widths, 100.0, 100.0), 8..24);
        assert_eq!(columns_in_sight(&widths, 300.0, 100.0), 28..40);
        assert_eq!(columns_in_sight(&widths, 9000.0, 100.0).end, 40);
        assert_eq!(columns_in_sight(&widths[..3], 0.0, 100.0), 0..3);
        assert_eq!(columns_in_sight(&[], 0.0, 100.0), 0..0);
    }

    proptest! {
        /// Whatever the widths, every column that is in sight is drawn.
        #[test]
        fn every_column_in_sight_is_drawn(
            widths in prop::collection::vec(1.0..50.0_f64, 0..60), scroll in 0.0..2000.0_f64, width in 1.0..500.0_f64,
        ) {
            let drawn = columns_in_sight(&widths, scroll, width);
            let mut left = 0.0;
            for (at, own) in widths.iter().enumerate() {
                prop_assert!(left + own <= scroll || left >= scroll + width || drawn.contains(&at));
                left += own;
            }
        }

        /// Whatever the size, the last row can be reached, and a row revealed is in sight.
        #[test]
        fn every_row_can_be_seen(rows in 1_usize..3_000_000, share in 0.0..1.0_f64, height in 40.0..2000.0_f64) {
            let grid = Viewport { rows, row: 30.0, height };
            let row = ((rows - 1) as f64 * share) as usize;
            let scroll = grid.reveal(row, 0.0).unwrap_or(0.0);
            let slice = grid.slice(scroll);
            prop_assert!(slice.start <= row && row < slice.start + slice.count);
            let end = grid.slice((grid.content() - height).max(0.0));
            prop_assert_eq!(end.start + end.count, rows);
            prop_assert!(grid.content() <= TALLEST);
        }
    }
}
