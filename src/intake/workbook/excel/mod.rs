//! Excel's packages: the same parts and relations, written in XML (XLSX) or in records (XLSB).

mod relations;
mod strings;
mod xlsb;
mod xlsx;

use super::{Sheet, format::Format, grid::Grid, package::Package};
use crate::intake::{IntakeError, Limit, limits, watch::Watch};
use relations::Relations;
use strings::Strings;

/// What the cells of all sheets refer to.
#[derive(Debug, Default)]
struct Shared {
    epoch_1904: bool,
    strings: Strings,
    /// The number format of each style of cell.
    formats: Vec<Format>,
}

impl Shared {
    fn format(&self, style: usize) -> Format {
        self.formats.get(style).copied().unwrap_or_default()
    }

    fn string(&self, at: usize) -> Result<&str, IntakeError> {
        self.strings.get(at).ok_or_else(|| IntakeError::damaged("a text that is not in the list of texts"))
    }
}

/// A sheet as the workbook lists it.
#[derive(Debug)]
struct Listed {
    name: String,
    hidden: bool,
    relation: String,
}

/// Reads every sheet cell by cell: nothing is allocated from sizes that the file declares.
pub fn read(mut package: Package<'_>, watch: &mut Watch<'_>) -> Result<Vec<Sheet>, IntakeError> {
    let main = Relations::of(&mut package, "")?.typed("officeDocument").unwrap_or("xl/workbook.xml").to_owned();
    let relations = Relations::of(&mut package, &main)?;
    let binary = main.to_lowercase().ends_with(".bin");
    let (listed, shared) = match binary {
        true => xlsb::open(&mut package, &main, &relations)?,
        false => xlsx::open(&mut package, &main, &relations)?,
    };
    if listed.len() > limits::SHEETS {
        return Err(IntakeError::too_large(Limit::Sheets, limits::SHEETS as u64));
    }
    let mut sheets = Vec::new();
    let mut room = limits::FILLED_CELLS;
    for Listed { name, hidden, relation } in listed {
        // Sheets of charts and of macros have their own kinds of relation.
        let Some(part) = relations.of_kind(&relation, "worksheet") else { continue };
        let Some(part) = package.part(part)? else { return Err(IntakeError::damaged(format!("no part {part}"))) };
        watch.begin();
        let grid = if binary { xlsb::sheet(part, &shared, room, watch)? } else { xlsx::sheet(part, &shared, room, watch)? };
        room = room.saturating_sub(grid.filled());
        sheets.push(Sheet { name, hidden, grid });
    }
    Ok(sheets)
}

/// Refuses a sheet that has more cells than there is room for.
fn within(grid: &Grid, room: u64) -> Result<(), IntakeError> {
    if grid.filled() > room { Err(IntakeError::too_large(Limit::Cells, limits::FILLED_CELLS)) } else { Ok(()) }
}
