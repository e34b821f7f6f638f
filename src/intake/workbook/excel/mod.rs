//! Excel's packages: the same parts and relations, written in XML (XLSX) or in records (XLSB).

mod relations;
mod strings;
mod xlsb;
mod xlsx;

use std::io::{BufRead, Read};

use super::{Sheet, format::Format, grid::Grid, package::Package};
use crate::intake::{IntakeError, Limit, header::LOOKED_AT, limits, watch::Watch};
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
    fn format(&self, style: usize) -> &Format {
        self.formats.get(style).unwrap_or(&Format::Plain)
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

/// How the parts of a package are written.
trait Parts {
    /// Reads the list of sheets, and whether days are counted from 1904.
    fn workbook(part: impl BufRead) -> Result<(Vec<Listed>, bool), IntakeError>;
    /// Reads the texts that cells share.
    fn strings(part: impl BufRead, strings: &mut Strings) -> Result<(), IntakeError>;
    /// Reads the number format of each style.
    fn formats(part: impl BufRead) -> Result<Vec<Format>, IntakeError>;
    /// Reads the cells of a sheet, at most `room` of them.
    fn sheet(part: impl BufRead, shared: &Shared, room: u64, watch: &mut Watch<'_>, grid: &mut Grid) -> Result<(), IntakeError>;
}

/// Bytes of a part that hold its first rows, or the texts of its first rows.
const GLIMPSE: u64 = 512 << 10;

/// Reads every sheet cell by cell: nothing is allocated from sizes that the file declares.
pub fn read(mut package: Package<'_>, watch: &mut Watch<'_>) -> Result<Vec<Sheet>, IntakeError> {
    let main = Relations::of(&mut package, "")?.typed("officeDocument").unwrap_or("xl/workbook.xml").to_owned();
    let relations = Relations::of(&mut package, &main)?;
    match main.to_lowercase().ends_with(".bin") {
        true => read_parts::<xlsb::Binary>(package, &main, &relations, watch),
        false => read_parts::<xlsx::Xml>(package, &main, &relations, watch),
    }
}

fn read_parts<P: Parts>(
    mut package: Package<'_>,
    main: &str,
    relations: &Relations,
    watch: &mut Watch<'_>,
) -> Result<Vec<Sheet>, IntakeError> {
    let part = package.part(main)?.ok_or_else(|| IntakeError::damaged("no workbook"))?;
    let (mut listed, epoch_1904) = P::workbook(part)?;
    if listed.len() > limits::SHEETS {
        return Err(IntakeError::too_large(Limit::Sheets, limits::SHEETS as u64));
    }
    // Sheets of charts and of macros have their own kinds of relation.
    listed.retain(|sheet| relations.of_kind(&sheet.relation, "worksheet").is_some());
    let mut shared = Shared { epoch_1904, ..Shared::default() };
    if let Some(part) = relations.typed("styles").map(|part| package.part(part)).transpose()?.flatten() {
        shared.formats = P::formats(part)?;
    }
    if let Some(list) = relations.typed("sharedStrings") {
        let first = listed.iter().find(|sheet| !sheet.hidden).and_then(|sheet| relations.of_kind(&sheet.relation, "worksheet"));
        read_strings::<P>(&mut package, list, first, &mut shared, watch)?;
    }
    let mut sheets = Vec::new();
    let mut room = limits::FILLED_CELLS;
    for Listed { name, hidden, relation } in listed {
        let part = relations.of_kind(&relation, "worksheet").unwrap_or_default();
        let Some(part) = package.part(part)? else { return Err(IntakeError::damaged(format!("no part {part}"))) };
        watch.begin();
        let mut grid = Grid::default();
        P::sheet(part, &shared, room, watch, &mut grid)?;
        room = room.saturating_sub(grid.filled());
        sheets.push(Sheet { name, hidden, grid });
    }
    Ok(sheets)
}

/// Reads the texts that cells share. Where they are many, the first rows of the `first` sheet are shown before.
fn read_strings<P: Parts>(
    package: &mut Package<'_>,
    list: &str,
    first: Option<&str>,
    shared: &mut Shared,
    watch: &mut Watch<'_>,
) -> Result<(), IntakeError> {
    if let Some(part) = package.part(list)? {
        let mut start = part.take(GLIMPSE);
        let read = P::strings(&mut start, &mut shared.strings);
        if start.limit() > 0 {
            return read;
        }
    }
    if let Some(first) = first
        && let Some(part) = package.part(first)?
    {
        watch.show(first_rows::<P>(part, shared));
    }
    shared.strings = Strings::default();
    package.part(list)?.map_or(Ok(()), |part| P::strings(part, &mut shared.strings))
}

/// The first rows of a sheet, as far as the first texts tell them: programs list texts in the order in which cells show
/// them, and before the cells.
fn first_rows<P: Parts>(part: impl BufRead, shared: &Shared) -> Vec<Vec<String>> {
    let mut grid = Grid::default();
    // It is cut; what is wrong with it besides is told when it is read whole.
    let _ = P::sheet(part.take(GLIMPSE), shared, limits::FILLED_CELLS, &mut Watch::default(), &mut grid);
    let whole = grid.rows().saturating_sub(1) as usize;
    grid.first_rows(whole.min(LOOKED_AT))
}

/// Refuses a sheet that has more cells than there is room for.
fn within(grid: &Grid, room: u64) -> Result<(), IntakeError> {
    if grid.filled() > room { Err(IntakeError::too_large(Limit::Cells, limits::FILLED_CELLS)) } else { Ok(()) }
}
