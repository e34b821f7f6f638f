//! Several tables on one sheet: one below the other, or side by side.
//!
//! An ordinary table may have blank rows, subtotals, an empty column: it stays one. Two tables are told apart only where
//! the second has labels of its own, and what stands below them is not what the first one holds.

mod lines;
mod opening;
mod sides;

use std::ops::Range;

use super::{Block, Choices, header};
pub use lines::Lines;
use opening::{Opening, Sketch};

/// Paragraphs beyond which blank rows say nothing any more.
const PARAGRAPHS: usize = 200;

/// Cells of text, by their places.
pub trait Cells {
    /// How many rows there are.
    fn rows(&self) -> u32;
    /// How many columns.
    fn columns(&self) -> usize;
    /// A cell's text; empty where there is none.
    fn text(&self, row: u32, column: usize) -> &str;
    /// Whether all rows are known to say something in a column: none is blank then, and they need not be asked.
    fn is_full(&self, _column: usize) -> bool {
        false
    }
}

/// A part of a sheet: its rows and its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Area {
    rows: Range<u32>,
    columns: Range<usize>,
}

/// The tables of a sheet, from top to bottom; none where it holds one only.
pub fn find(sheet: &impl Cells) -> Vec<Block> {
    let whole = Area { rows: 0..sheet.rows(), columns: 0..sheet.columns() };
    let mut found: Vec<Area> = sides::apart(sheet, whole).into_iter().flat_map(|side| stacked(sheet, side)).collect();
    if found.len() < 2 {
        return Vec::new();
    }
    found.sort_by_key(|area| (area.rows.start, area.columns.start));
    found.iter().map(|area| area.tight(sheet)).collect()
}

/// The one of them to read: the one chosen, the one that holds the header chosen, or else the largest.
pub fn choose(blocks: &[Block], choices: &Choices) -> usize {
    let size = |block: &Block| u64::from(block.bottom - block.top + 1) * (block.right - block.left + 1) as u64;
    let holds = |block: &Block| choices.header.is_some_and(|line| (block.top..=block.bottom).contains(&line));
    let largest = || blocks.iter().enumerate().rev().max_by_key(|(_, block)| size(block)).map_or(0, |(at, _)| at);
    let chosen = choices.block.filter(|at| *at < blocks.len());
    chosen.or_else(|| blocks.iter().position(holds)).unwrap_or_else(largest)
}

/// The header of a block whose rows these are, its line being that of the sheet.
pub fn header_of(block: &Block, rows: &[Vec<String>], choices: &Choices) -> Option<header::Header> {
    let above = block.top - 1;
    let line = choices.header.map(|line| if line == 0 { 0 } else { line.saturating_sub(above).max(1) });
    let found = header::choose(rows, &Choices { header: line, ..choices.clone() })?;
    Some(header::Header { line: if found.line == 0 { above } else { found.line + above }, ..found })
}

/// The tables that stand one below the other in an area.
fn stacked(sheet: &impl Cells, area: Area) -> Vec<Area> {
    let Some(paragraphs) = paragraphs(sheet, &area).filter(|all| all.len() > 1) else { return vec![area] };
    let mut tables: Vec<Range<u32>> = Vec::new();
    for rows in paragraphs {
        let Some(last) = tables.last_mut() else {
            tables.push(rows);
            continue;
        };
        let gap = rows.start - last.end;
        let opening = Opening::of(sheet, &Area { rows: rows.clone(), ..area.clone() });
        let above = || Sketch::of(sheet, &Area { rows: last.clone(), ..area.clone() });
        if opening.is_some_and(|opening| opening.starts_after(&above(), gap)) {
            tables.push(rows);
        } else {
            last.end = rows.end;
        }
    }
    tables.into_iter().map(|rows| Area { rows, ..area.clone() }).collect()
}

/// The rows of an area between its blank ones; `None` where they are too many to tell anything.
fn paragraphs(sheet: &impl Cells, area: &Area) -> Option<Vec<Range<u32>>> {
    if area.columns.clone().any(|column| sheet.is_full(column)) {
        return Some(vec![area.rows.clone()]);
    }
    let mut found: Vec<Range<u32>> = Vec::new();
    for row in area.rows.clone() {
        if area.filled(sheet, row).next().is_none() {
            continue;
        }
        match found.last_mut() {
            Some(last) if last.end == row => last.end = row + 1,
            _ => found.push(row..row + 1),
        }
        if found.len() > PARAGRAPHS {
            return None;
        }
    }
    Some(found)
}

impl Area {
    /// The columns of a row that hold something.
    fn filled<C: Cells>(&self, sheet: &C, row: u32) -> impl DoubleEndedIterator<Item = usize> {
        self.columns.clone().filter(move |column| !sheet.text(row, *column).trim().is_empty())
    }

    /// The block of its cells that hold something.
    fn tight(&self, sheet: &impl Cells) -> Block {
        let (mut left, mut right) = (self.columns.end, self.columns.start);
        let (mut top, mut bottom) = (self.rows.end, self.rows.start);
        for row in self.rows.clone() {
            let Some(first) = self.filled(sheet, row).next() else { continue };
            let last = self.filled(sheet, row).next_back().unwrap_or(first);
            (left, right) = (left.min(first), right.max(last));
            (top, bottom) = (top.min(row), bottom.max(row));
        }
        Block { top: top + 1, bottom: bottom.max(top) + 1, left: left.min(right), right }
    }
}
