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
mod records;
mod spreadsheetml;
mod xls;
mod xml;

use super::{
    Choices, Container, IntakeError, Notice, Reading, SheetSummary,
    header::{self, LOOKED_AT},
    limits,
};
use crate::table::Table;
use grid::Grid;
pub(super) use markup::Markup;
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

impl Workbook {
    /// Opens a zip package: XLSX, XLSB or ODS.
    pub(super) fn open_package(bytes: Vec<u8>) -> Result<Workbook, IntakeError> {
        if bytes.len() > limits::WORKBOOK_BYTES {
            return Err(IntakeError::too_large(super::Limit::File, (limits::WORKBOOK_BYTES >> 20) as u64));
        }
        let mut package = Package::open(&bytes)?;
        match package.kind()? {
            Kind::Excel => Workbook { application: "Excel", sheets: excel::read(package)? },
            Kind::Ods => Workbook { application: "LibreOffice", sheets: ods::read(package)? },
        }
        .checked()
    }

    /// Opens a compound file: XLS, or an encrypted XLSX.
    pub(super) fn open_compound(bytes: Vec<u8>) -> Result<Workbook, IntakeError> {
        if bytes.len() > limits::WORKBOOK_BYTES {
            return Err(IntakeError::too_large(super::Limit::File, (limits::WORKBOOK_BYTES >> 20) as u64));
        }
        Workbook { application: "Excel 97-2003", sheets: xls::read(bytes)? }.checked()
    }

    /// Opens a text file written in tags.
    pub(super) fn open_markup(markup: Markup, bytes: Vec<u8>) -> Result<Workbook, IntakeError> {
        let text = markup::decode(bytes)?;
        match markup {
            Markup::Html => Workbook::of_page(&text),
            Markup::Excel => Workbook { application: "Excel 2003", sheets: spreadsheetml::read(&text)? }.checked(),
            Markup::Flat => Workbook { application: "LibreOffice", sheets: ods::read_content(text.as_bytes())? }.checked(),
        }
    }

    /// Reads the tables of a web page, or of a block copied from one or from a spreadsheet program.
    pub(super) fn of_page(text: &str) -> Result<Workbook, IntakeError> {
        let sheets = html::read(text)?;
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

    pub(super) fn read(&self, choices: &Choices) -> Result<(Table, Reading), IntakeError> {
        let at = choices.sheet.filter(|at| *at < self.sheets.len()).unwrap_or_else(|| self.proposed());
        let sheet = self.sheets.get(at).filter(|sheet| !sheet.grid.is_empty()).ok_or(IntakeError::NoCell)?;
        let header = match choices.header {
            Some(line) => line.saturating_sub(1),
            None => header::propose(&sheet.grid.first_rows(LOOKED_AT)) as u32,
        };
        let table = sheet.grid.table(header);
        let mut notices = Vec::new();
        if header > 0 {
            notices.push(Notice::LinesAbove(header));
        }
        notices.extend(sheet.grid.notices());
        let reading = Reading {
            container: Container::Workbook {
                application: self.application.to_owned(),
                sheets: self.sheets.iter().map(Sheet::summary).collect(),
                sheet: at,
            },
            header: header + 1,
            rows: table.len(),
            columns: table.labels.len(),
            notices,
        };
        Ok((table, reading))
    }

    pub(super) fn first_rows(&self, choices: &Choices, count: usize) -> Vec<Vec<String>> {
        let at = choices.sheet.unwrap_or_else(|| self.proposed());
        self.sheets.get(at).map(|sheet| sheet.grid.first_rows(count)).unwrap_or_default()
    }
}

impl Sheet {
    fn summary(&self) -> SheetSummary {
        SheetSummary {
            name: self.name.clone(),
            hidden: self.hidden,
            rows: self.grid.rows() as usize,
            columns: self.grid.columns(),
        }
    }
}
