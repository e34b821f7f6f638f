//! Workbooks: every sheet as a grid of text, cell by cell and within limits.

mod cell;
mod excel;
mod facts;
mod format;
mod grid;
mod html;
mod markup;
mod ods;
mod package;
mod plain;
mod records;
mod spreadsheetml;
mod xls;
mod xml;

use super::{
    Choices, Container, IntakeError, Limit, Notice, Opened, Reading, SheetSummary, archive, blocks,
    header::{self, Header, LOOKED_AT},
    limits,
    watch::{Counted, Passed, Watch},
};
use grid::Grid;
use markup::Markup;
use package::{Kind, Package};

/// A workbook, its sheets as text.
#[derive(Debug)]
pub struct Workbook {
    application: &'static str,
    sheets: Vec<Sheet>,
}

#[derive(Debug)]
struct Sheet {
    name: String,
    hidden: bool,
    grid: Grid,
}

/// Whether a file that starts so is read as a workbook: a zip package, a compound file, or a text written in tags.
pub(super) fn is_workbook(start: &[u8]) -> bool {
    is_packed(start) || Markup::of(start).is_some()
}

fn is_packed(start: &[u8]) -> bool {
    archive::is_zip(start) || start.starts_with(COMPOUND)
}

/// The most bytes of a workbook that starts so.
pub(super) fn most_bytes(start: &[u8]) -> usize {
    if start.is_empty() || is_packed(start) { limits::WORKBOOK_BYTES } else { limits::MARKUP_BYTES }
}

/// Sheets whose first rows are told: beyond, their names are enough to scroll through.
const PEEKED: usize = 60;

/// How every compound file starts: XLS, or an encrypted XLSX.
const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];

impl Workbook {
    /// Opens a workbook from its bytes.
    pub(super) fn open(bytes: Vec<u8>, watch: &mut Watch<'_>) -> Result<Workbook, IntakeError> {
        let most = most_bytes(&bytes);
        if bytes.len() > most {
            return Err(IntakeError::too_large(Limit::File, (most >> 20) as u64));
        }
        if bytes.starts_with(COMPOUND) {
            return Workbook { application: "Excel 97-2003", sheets: xls::read(bytes, watch)? }.checked();
        }
        if let Some(markup) = Markup::of(&bytes) {
            return Workbook::open_markup(markup, bytes, watch);
        }
        let mut package = Package::open(&bytes)?;
        watch.follow(package.passed());
        match package.kind()? {
            Kind::Excel => Workbook { application: "Excel", sheets: excel::read(package, watch)? },
            Kind::Ods => Workbook { application: "LibreOffice", sheets: ods::read(package, watch)? },
        }
        .checked()
    }

    /// Opens a text file written in tags.
    fn open_markup(markup: Markup, bytes: Vec<u8>, watch: &mut Watch<'_>) -> Result<Workbook, IntakeError> {
        let text = markup::decode(bytes)?;
        let passed = Passed::of(text.len() as u64);
        watch.follow(passed.clone());
        let stream = Counted(text.as_bytes(), passed);
        match markup {
            Markup::Html => Workbook::of_page(&text, watch),
            Markup::Excel => Workbook { application: "Excel 2003", sheets: spreadsheetml::read(stream, watch)? }.checked(),
            Markup::Flat => Workbook { application: "LibreOffice", sheets: ods::read_content(stream, watch)? }.checked(),
        }
    }

    /// Reads the tables of a web page, or of a block copied from one or from a spreadsheet program.
    pub(super) fn of_page(text: &str, watch: &mut Watch<'_>) -> Result<Workbook, IntakeError> {
        let sheets = html::read(text, watch)?;
        if sheets.is_empty() {
            return Err(IntakeError::NotATable { what: "HTML".to_owned() });
        }
        Workbook { application: "HTML", sheets }.checked()
    }

    fn checked(self) -> Result<Workbook, IntakeError> {
        if self.sheets.iter().all(|sheet| sheet.grid.is_empty()) { Err(IntakeError::NoCell) } else { Ok(self) }
    }

    /// The sheet that holds the most: a notice has few columns, and hidden sheets come last.
    fn proposed(&self) -> usize {
        let weight =
            |sheet: &Sheet| (!sheet.hidden && !sheet.grid.is_empty(), sheet.grid.filled() * sheet.grid.columns().min(3) as u64);
        let best = self.sheets.iter().enumerate().rev().max_by_key(|(_, sheet)| weight(sheet));
        best.map_or(0, |(at, _)| at)
    }

    /// Makes the table of the sheet chosen, or of the one proposed.
    pub(super) fn read(mut self, choices: &Choices) -> Result<Opened, IntakeError> {
        let at = choices.sheet.filter(|at| *at < self.sheets.len()).unwrap_or_else(|| self.proposed());
        let sheets = self.sheets.iter().enumerate().map(|(at, sheet)| sheet.summary(at < PEEKED)).collect();
        let grid = self.sheets.get_mut(at).map(|sheet| std::mem::take(&mut sheet.grid));
        let grid = grid.filter(|grid| !grid.is_empty()).ok_or(IntakeError::NoCell)?;
        // The other sheets are read again if they are chosen.
        self.sheets.clear();
        let blocks = blocks::find(&grid);
        let block = blocks::choose(&blocks, choices);
        let (grid, top) = match blocks.get(block) {
            Some(area) => (grid.within(area)?, area.top),
            None => (grid, 1),
        };
        let seen = LOOKED_AT.max(choices.header.unwrap_or_default().saturating_sub(top - 1) as usize);
        let mut head = grid.first_rows(seen + top as usize - 1);
        head.drain(..(top as usize - 1).min(head.len()));
        let chosen =
            blocks.get(block).map_or_else(|| header::choose(&head, choices), |area| blocks::header_of(area, &head, choices));
        let Header { line: header, lines, labels } = chosen.ok_or_else(|| IntakeError::no_header(choices))?;
        let mut notices = Vec::new();
        if blocks.len() > 1 {
            notices.push(Notice::OtherTables(blocks.len() as u32 - 1));
        }
        let above = (header + 1).saturating_sub(u32::from(lines) + top);
        if above > 0 {
            notices.push(Notice::LinesAbove(above));
        }
        notices.extend(grid.notices());
        let mut table = grid.table(header, &labels);
        let from = table.len().saturating_sub(choices.footer as usize);
        let gone: Vec<(usize, u32)> = table.order.iter().copied().enumerate().skip(from).collect();
        table.remove_rows(&gone);
        let repeated = header::repeated(&table);
        table.remove_rows(&repeated);
        if !repeated.is_empty() {
            notices.push(Notice::RepeatedHeaders(repeated.len() as u32));
        }
        if table.total_row().is_some() {
            notices.push(Notice::TotalsRow);
        }
        let reading = Reading {
            container: Container::Workbook { application: self.application.to_owned(), sheets, sheet: at },
            archive: None,
            blocks,
            block,
            header,
            header_lines: lines,
            rows: table.len(),
            columns: table.labels.len(),
            notices,
        };
        Ok(Opened { table, reading, head, companion: None })
    }
}

impl Sheet {
    fn summary(&self, peeked: bool) -> SheetSummary {
        SheetSummary {
            name: self.name.clone(),
            hidden: self.hidden,
            rows: self.grid.rows() as usize,
            columns: self.grid.columns(),
            first: if peeked { self.grid.peek(4, 6) } else { Vec::new() },
        }
    }
}
