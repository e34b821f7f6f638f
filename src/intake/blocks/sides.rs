use std::ops::Range;

use super::{Area, Cells, opening::Opening};

/// The tables that stand side by side in an area, apart by columns where nothing stands.
///
/// An empty column in the middle of a table is ordinary. Two tables have their own labels, and either start on other rows,
/// or end on other rows while each is full down to its end: the columns of one table that are filled for some rows only
/// have holes.
pub(super) fn apart(sheet: &impl Cells, area: Area) -> Vec<Area> {
    let runs = runs(sheet, &area);
    let mut found: Vec<Area> = Vec::new();
    for columns in runs {
        let run = Area { rows: area.rows.clone(), columns };
        match found.last_mut() {
            Some(left) if !differ(sheet, left, &run) => left.columns.end = run.columns.end,
            _ => found.push(run),
        }
    }
    if found.len() < 2 { vec![area] } else { found }
}

/// The columns between the blank ones.
fn runs(sheet: &impl Cells, area: &Area) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for column in area.columns.clone() {
        if area.rows.clone().all(|row| sheet.text(row, column).trim().is_empty()) {
            continue;
        }
        match found.last_mut() {
            Some(last) if last.end == column => last.end = column + 1,
            _ => found.push(column..column + 1),
        }
    }
    found
}

/// Whether two neighbours are two tables.
fn differ(sheet: &impl Cells, left: &Area, right: &Area) -> bool {
    let (Some(ours), Some(theirs)) = (body(sheet, left), body(sheet, right)) else { return false };
    if ours.start != theirs.start {
        // The lower one has its header on a row that is in the middle of the other.
        let ((upper, rows), lower) = if ours.start < theirs.start { ((left, &ours), &theirs) } else { ((right, &theirs), &ours) };
        let amid = rows.start + 2 <= lower.start && lower.start + 1 < rows.end;
        return amid && Opening::of(sheet, &Area { rows: lower.start..rows.end, ..upper.clone() }).is_none();
    }
    let ((short, end), (tall, beyond)) =
        if ours.end < theirs.end { ((left, ours.end), (right, theirs)) } else { ((right, theirs.end), (left, ours)) };
    let ends = |row: u32| tall.filled(sheet, row).nth(1).is_some();
    let first_column = short.columns.start;
    let full = |row: u32| !sheet.text(row, first_column).trim().is_empty() && short.filled(sheet, row).nth(1).is_some();
    let alone = |row: u32| short.filled(sheet, row).next().is_none();
    end + 2 <= beyond.end && (end..end + 2).all(ends) && (beyond.start..end).all(full) && (end..beyond.end).all(alone)
}

/// The rows of the first table of an area, its header first, down to a blank row; `None` where it has no labels of its own.
fn body(sheet: &impl Cells, area: &Area) -> Option<Range<u32>> {
    let start = area.rows.clone().find(|row| area.filled(sheet, *row).nth(1).is_some())?;
    let end = (start..area.rows.end).find(|row| area.filled(sheet, *row).next().is_none()).unwrap_or(area.rows.end);
    let opening = Opening::of(sheet, &Area { rows: start..end, ..area.clone() })?;
    let whole = opening.row == start && (opening.left..opening.right + 1) == area.columns;
    whole.then_some(start..end)
}
