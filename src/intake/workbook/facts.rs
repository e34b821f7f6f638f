use std::ops::Range;

use crate::intake::Notice;

/// What a sheet holds besides its text, counted while it is read: an agent who sees fewer rows or other figures in
/// the spreadsheet program than here must find the reason said.
#[derive(Debug, Default)]
pub struct Facts {
    /// Cells that held a native date.
    pub native_dates: u32,
    /// Cells in error.
    pub error_cells: u32,
    /// Numbers shown as percentages.
    pub percentages: u32,
    /// Numbers shown, and read, with zeros before them or within a code.
    pub padded: u32,
    /// Formulas, read by their last value.
    pub formulas: u32,
    /// Formulas that no program has computed yet: the file holds no value for them.
    pub uncomputed: u32,
    /// Merged cells with a value.
    pub merged: u32,
    /// Rows that the sheet hides, by a filter or by hand.
    pub hidden_rows: Spans,
    /// Columns that the sheet hides.
    pub hidden_columns: Spans,
}

impl Facts {
    /// What is said of them; hidden rows and columns count where they hold a value.
    pub fn notices(&self, hidden_rows: u32, hidden_columns: u32) -> impl Iterator<Item = Notice> {
        let all = [
            (hidden_rows, Notice::HiddenRows as fn(u32) -> Notice),
            (hidden_columns, Notice::HiddenColumns),
            (self.merged, Notice::MergedCells),
            (self.native_dates, Notice::NativeDates),
            (self.percentages, Notice::Percentages),
            (self.padded, Notice::PaddedNumbers),
            (self.formulas, Notice::Formulas),
            (self.uncomputed, Notice::UncomputedFormulas),
            (self.error_cells, Notice::ErrorCells),
        ];
        all.into_iter().filter(|(count, _)| *count > 0).map(|(count, notice)| notice(count))
    }
}

/// Rows or columns, as ranges that follow one another.
#[derive(Debug, Default)]
pub struct Spans(Vec<Range<u32>>);

impl Spans {
    /// Adds `count` places. Those before the end of the last range are left out: files list them in order.
    pub fn add(&mut self, from: u32, count: u32) {
        let end = from.saturating_add(count);
        match self.0.last_mut() {
            Some(last) if from <= last.end => last.end = last.end.max(end),
            _ if count > 0 => self.0.push(from..end),
            _ => {}
        }
    }

    /// The places below `end`.
    pub fn below(&self, end: u32) -> impl Iterator<Item = u32> {
        self.0.iter().flat_map(move |span| span.start.min(end)..span.end.min(end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_join_and_stay_within_bounds() {
        let mut spans = Spans::default();
        for (from, count) in [(2, 2), (4, 1), (3, 1), (8, 0), (9, u32::MAX)] {
            spans.add(from, count);
        }
        assert_eq!(spans.below(12).collect::<Vec<_>>(), [2, 3, 4, 9, 10, 11]);
        assert_eq!(spans.below(3).collect::<Vec<_>>(), [2]);
    }
}
