//! The parts of XLSX, XLSM and XLTX, as streams of XML events.

use std::{collections::HashMap, io::BufRead};

use quick_xml::events::{BytesStart, Event};

use super::{
    super::{
        cell,
        format::Format,
        grid::Grid,
        plain,
        xml::{self, Hearer},
    },
    Listed, Parts, Shared,
    strings::{Strings, unescape},
    within,
};
use crate::intake::{IntakeError, watch::Watch};

/// Parts written in XML.
pub struct Xml;

impl Parts for Xml {
    fn workbook(part: impl BufRead) -> Result<(Vec<Listed>, bool), IntakeError> {
        let mut epoch_1904 = false;
        let mut listed = Vec::new();
        xml::walk(part, |event| {
            let (Event::Start(element) | Event::Empty(element)) = event else { return Ok(()) };
            match xml::local(element.name().as_ref()) {
                "workbookPr" => epoch_1904 |= xml::flag(element, "date1904")?,
                "sheet" => {
                    let read = |name| xml::attribute(element, name).map(Option::unwrap_or_default);
                    listed.push(Listed { name: read("name")?, hidden: read("state")?.ends_with("idden"), relation: read("id")? });
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok((listed, epoch_1904))
    }

    fn strings(part: impl BufRead, strings: &mut Strings) -> Result<(), IntakeError> {
        xml::walk_to(part, &mut List { strings, text: Text::default(), inside: false })
    }

    fn formats(part: impl BufRead) -> Result<Vec<Format>, IntakeError> {
        let mut formats = Vec::new();
        let mut defined: HashMap<u32, Format> = HashMap::new();
        let mut of_cells = false;
        xml::walk(part, |event| {
            match event {
                Event::Start(element) | Event::Empty(element) => match xml::local(element.name().as_ref()) {
                    "numFmt" => {
                        if let Some(id) = xml::count(element, "numFmtId")? {
                            defined.insert(id, Format::of(&xml::attribute(element, "formatCode")?.unwrap_or_default()));
                        }
                    }
                    "cellXfs" => of_cells = true,
                    "xf" if of_cells => {
                        let id = xml::count(element, "numFmtId")?.unwrap_or_default();
                        formats.push(defined.get(&id).cloned().or_else(|| Format::known(id)).unwrap_or_default());
                    }
                    _ => {}
                },
                Event::End(element) if xml::local(element.name().as_ref()) == "cellXfs" => of_cells = false,
                _ => {}
            }
            Ok(())
        })?;
        Ok(formats)
    }

    fn sheet(part: impl BufRead, shared: &Shared, room: u64, watch: &mut Watch<'_>, grid: &mut Grid) -> Result<(), IntakeError> {
        let (value, text) = (String::new(), Text::default());
        xml::walk_to(part, &mut State { shared, grid, room, watch, row: 0, column: 0, cell: None, value, text })
    }
}

/// The list of the texts that cells share.
struct List<'a> {
    strings: &'a mut Strings,
    text: Text,
    /// Whether a text is being read.
    inside: bool,
}

impl Hearer for List<'_> {
    fn hear(&mut self, event: &Event<'_>) -> Result<(), IntakeError> {
        match event {
            Event::Start(element) if xml::local(element.name().as_ref()) == "si" => self.inside = true,
            Event::Empty(element) if xml::local(element.name().as_ref()) == "si" => self.strings.push(""),
            Event::End(element) if xml::local(element.name().as_ref()) == "si" => {
                self.strings.push(&self.text.whole);
                self.text.whole.clear();
                self.inside = false;
            }
            other => self.text.visit(other)?,
        }
        Ok(())
    }

    fn skim(&mut self, rest: &str) -> Result<usize, IntakeError> {
        let mut after = rest;
        while !self.inside
            && let Some((text, rest)) = plain_text(after)
        {
            self.strings.push(&unescape(text));
            after = rest;
        }
        Ok(rest.len() - after.len())
    }
}

/// Reads the text that a list goes on with, and tells what comes after it; `None` where it is not in one plain piece.
fn plain_text(rest: &str) -> Option<(&str, &str)> {
    let (text, rest) = plain_piece(rest.strip_prefix("<si>")?)?;
    Some((text, rest.strip_prefix("</si>")?))
}

/// Reads a piece of text; not one with blanks at its ends, which count or not.
fn plain_piece(rest: &str) -> Option<(&str, &str)> {
    const BLANKS: [char; 3] = [' ', '\t', '\n'];
    plain::text(rest, "<t>", "</t>").filter(|(text, _)| !text.starts_with(BLANKS) && !text.ends_with(BLANKS))
}

/// A text, which may be in several pieces of different looks; how East Asian words sound is no part of it.
#[derive(Default)]
struct Text {
    whole: String,
    piece: String,
    kept: bool,
    inside: bool,
    sound: bool,
}

impl Text {
    fn visit(&mut self, event: &Event<'_>) -> Result<(), IntakeError> {
        match event {
            Event::Start(element) => match xml::local(element.name().as_ref()) {
                "t" if !self.sound => {
                    self.inside = true;
                    self.kept = xml::attribute(element, "space")?.as_deref() == Some("preserve");
                }
                "rPh" => self.sound = true,
                _ => {}
            },
            Event::End(element) => match xml::local(element.name().as_ref()) {
                "t" if self.inside => {
                    self.inside = false;
                    let piece = if self.kept { &self.piece } else { self.piece.trim_matches([' ', '\t', '\r', '\n']) };
                    self.whole.push_str(&unescape(piece));
                    self.piece.clear();
                }
                "rPh" => self.sound = false,
                _ => {}
            },
            other if self.inside => xml::append(&mut self.piece, other)?,
            _ => {}
        }
        Ok(())
    }
}

struct State<'a, 'w> {
    shared: &'a Shared,
    grid: &'a mut Grid,
    /// How many cells there may be.
    room: u64,
    watch: &'a mut Watch<'w>,
    row: u32,
    column: u32,
    cell: Option<Cell>,
    /// The value of the cell, and its text: of all cells in turn, for there are millions.
    value: String,
    text: Text,
}

/// A cell as far as it is read.
#[derive(Default, Clone, Copy)]
struct Cell {
    kind: Kind,
    style: usize,
    in_value: bool,
    formula: bool,
}

/// A cell as nearly all are written: `<c r="B2" s="1" t="s"><v>12</v></c>`.
#[derive(Default)]
struct PlainCell<'a> {
    cell: Cell,
    place: Option<&'a str>,
    value: &'a str,
    /// The text that stands beside the value.
    text: &'a str,
}

impl<'a> PlainCell<'a> {
    /// Reads the cell that a sheet goes on with, and tells what comes after it; `None` where it is written otherwise.
    fn read(rest: &'a str) -> Option<(PlainCell<'a>, &'a str)> {
        let mut plain = PlainCell::default();
        let (ends, mut rest) = plain::open(rest, "<c", |name, value| match name {
            "r" => plain.place = Some(value),
            "s" => plain.cell.style = style_of(value),
            "t" => plain.cell.kind = Kind::of(value),
            _ => {}
        })?;
        if ends {
            return Some((plain, rest));
        }
        if let Some(inside) = rest.strip_prefix("<is>") {
            (plain.text, rest) = plain_piece(inside)?;
            rest = rest.strip_prefix("</is>")?;
        } else {
            (plain.value, rest) = plain::text(rest, "<v>", "</v>")?;
        }
        Some((plain, rest.strip_prefix("</c>")?))
    }
}

/// The kind of a cell's value.
#[derive(Default, Clone, Copy, PartialEq)]
enum Kind {
    #[default]
    Number,
    Shared,
    Text,
    Boolean,
    Error,
    Date,
}

impl Hearer for State<'_, '_> {
    fn hear(&mut self, event: &Event<'_>) -> Result<(), IntakeError> {
        match event {
            Event::Start(element) => self.open(element, false)?,
            Event::Empty(element) => self.open(element, true)?,
            Event::End(element) => {
                let name = element.name();
                let name = xml::local(name.as_ref());
                self.close(name)?;
                if name == "row" {
                    within(self.grid, self.room)?;
                    self.grid.told_to(self.watch);
                }
            }
            _ => {}
        }
        self.text(event)
    }

    fn skim(&mut self, rest: &str) -> Result<usize, IntakeError> {
        let mut after = rest;
        while self.cell.is_none()
            && let Some((plain, rest)) = PlainCell::read(after)
        {
            if let Some(place) = plain.place {
                (self.row, self.column) = place_of(place)?;
            }
            self.put(plain.cell, plain.value, &unescape(plain.text))?;
            after = rest;
        }
        Ok(rest.len() - after.len())
    }
}

impl State<'_, '_> {
    fn open(&mut self, element: &BytesStart<'_>, empty: bool) -> Result<(), IntakeError> {
        match (xml::local(element.name().as_ref()), &mut self.cell) {
            ("c", _) => {
                self.begin_cell(element)?;
                if empty {
                    self.end_cell()?;
                }
            }
            ("v", Some(cell)) => cell.in_value = !empty,
            ("f", Some(cell)) => cell.formula = true,
            ("row", _) => {
                if let Some(row) = xml::count(element, "r")? {
                    self.row = row.saturating_sub(1);
                }
                self.column = 0;
                if xml::flag(element, "hidden")? {
                    self.grid.facts.hidden_rows.add(self.row, 1);
                }
                if empty {
                    self.row = self.row.saturating_add(1);
                }
            }
            ("col", None) if xml::flag(element, "hidden")? => {
                if let (Some(first), Some(last)) = (xml::count(element, "min")?, xml::count(element, "max")?) {
                    self.grid.facts.hidden_columns.add(first.saturating_sub(1), last.saturating_add(1).saturating_sub(first));
                }
            }
            ("mergeCell", None) => {
                let range = xml::attribute(element, "ref")?.unwrap_or_default();
                let first = range.split_once(':').filter(|(first, last)| first != last).and_then(|(first, _)| place(first));
                let filled = first.is_some_and(|(row, column)| self.grid.has(row, column));
                self.grid.facts.merged += u32::from(filled);
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), IntakeError> {
        match name {
            "v" => {
                if let Some(cell) = &mut self.cell {
                    cell.in_value = false;
                }
            }
            "c" => self.end_cell()?,
            "row" => self.row = self.row.saturating_add(1),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, event: &Event<'_>) -> Result<(), IntakeError> {
        match self.cell {
            Some(cell) if cell.in_value => xml::append(&mut self.value, event),
            Some(cell) if cell.kind == Kind::Text => self.text.visit(event),
            _ => Ok(()),
        }
    }

    fn begin_cell(&mut self, element: &BytesStart<'_>) -> Result<(), IntakeError> {
        let mut cell = Cell::default();
        for attribute in xml::attributes(element) {
            let attribute = attribute?;
            match attribute.key.as_ref() {
                "r" => (self.row, self.column) = place_of(&attribute.value)?,
                "s" => cell.style = style_of(&attribute.value),
                "t" => cell.kind = Kind::of(&attribute.value),
                _ => {}
            }
        }
        self.cell = Some(cell);
        self.value.clear();
        self.text.whole.clear();
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), IntakeError> {
        let Some(found) = self.cell.take() else { return Ok(()) };
        let (value, text) = (std::mem::take(&mut self.value), std::mem::take(&mut self.text.whole));
        let put = self.put(found, &value, &text);
        (self.value, self.text.whole) = (value, text);
        put
    }

    /// Puts the cell that the document has come to. Its text is either in its value, or in pieces beside it.
    fn put(&mut self, found: Cell, value: &str, text: &str) -> Result<(), IntakeError> {
        let (row, column) = (self.row, self.column);
        self.column = column.saturating_add(1);
        let facts = &mut self.grid.facts;
        if found.formula {
            // A formula that gives an empty text is computed, and says that it is a text.
            let computed = !value.is_empty() || found.kind == Kind::Text;
            facts.formulas += u32::from(computed);
            facts.uncomputed += u32::from(!computed);
        }
        match found.kind {
            Kind::Text if text.is_empty() => self.grid.put(row, column, &unescape(value)),
            Kind::Text => self.grid.put(row, column, text),
            _ if value.is_empty() => Ok(()),
            Kind::Shared => {
                let at = value.trim().parse().map_err(IntakeError::damaged)?;
                self.grid.put(row, column, self.shared.string(at)?)
            }
            Kind::Boolean => self.grid.put(row, column, cell::truth(value)),
            Kind::Error => {
                facts.error_cells += 1;
                self.grid.put(row, column, value)
            }
            Kind::Date => {
                facts.native_dates += 1;
                self.grid.put(row, column, &cell::iso_moment(value))
            }
            Kind::Number => match (self.shared.format(found.style), value.trim()) {
                (Format::Plain, value) if cell::is_number(value) => self.grid.put(row, column, value),
                (format, value) => match value.parse() {
                    Ok(number) => format.put(self.grid, row, column, number, self.shared.epoch_1904),
                    Err(_) => self.grid.put(row, column, value),
                },
            },
        }
    }
}

impl Kind {
    fn of(name: &str) -> Kind {
        match name {
            "s" => Kind::Shared,
            "str" | "inlineStr" => Kind::Text,
            "b" => Kind::Boolean,
            "e" => Kind::Error,
            "d" => Kind::Date,
            _ => Kind::Number,
        }
    }
}

fn style_of(text: &str) -> usize {
    text.parse().unwrap_or_default()
}

fn place_of(text: &str) -> Result<(u32, u32), IntakeError> {
    place(text).ok_or_else(|| IntakeError::damaged("a cell without a place"))
}

/// The row and the column, from 0, of a place such as `AB12`.
fn place(text: &str) -> Option<(u32, u32)> {
    let (mut column, mut row, mut letters) = (0_u32, 0_u32, true);
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' if letters => {
                column = column.checked_mul(26)?.checked_add(u32::from(byte.to_ascii_uppercase() - b'A') + 1)?;
            }
            b'0'..=b'9' => {
                letters = false;
                row = row.checked_mul(10)?.checked_add(u32::from(byte - b'0'))?;
            }
            _ => return None,
        }
    }
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::{Limit, Notice};

    fn shared() -> Shared {
        let list = "<sst><si><t> a </t></si><si><r><t>b</t></r><r><t xml:space=\"preserve\"> c_x000A_</t></r><rPh><t>no</t></rPh></si><si/></sst>";
        let styles = "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"0.0%\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>
            <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"><alignment/></xf><xf numFmtId=\"170\"/></cellXfs></styleSheet>";
        let mut shared = Shared { formats: Xml::formats(styles.as_bytes()).unwrap(), ..Shared::default() };
        Xml::strings(list.as_bytes(), &mut shared.strings).unwrap();
        assert_eq!(shared.formats, [Format::Plain, Format::Moment, Format::Percent]);
        shared
    }

    fn read(xml: &str) -> Result<Grid, IntakeError> {
        let mut grid = Grid::default();
        Xml::sheet(xml.as_bytes(), &shared(), 1000, &mut Watch::default(), &mut grid).map(|()| grid)
    }

    #[test]
    fn every_kind_of_cell_is_read() {
        let grid = read(
            "<x:worksheet xmlns:x=\"m\"><x:sheetData><x:row r=\"2\"><x:c r=\"B2\" t=\"s\"><x:v>0</x:v></x:c><x:c t=\"s\"><x:v>1</x:v></x:c>
            <x:c/><x:c t=\"inlineStr\"><x:is><x:r><x:t>d&amp;</x:t></x:r><x:r><x:t>e</x:t></x:r></x:is></x:c></x:row>
            <x:row><x:c t=\"b\"><x:v>1</x:v></x:c><x:c t=\"e\"><x:v>#N/A</x:v></x:c><x:c s=\"1\"><x:v>43023</x:v></x:c>
            <x:c t=\"str\"><x:v>f&lt;_x0041_</x:v></x:c><x:c><x:v>1.5E1</x:v></x:c><x:c><x:v>0012</x:v></x:c><x:c t=\"d\"><x:v>2017-10-15T00:00:00</x:v></x:c></x:row>
            </x:sheetData></x:worksheet>",
        );
        let rows = grid.unwrap().first_rows(9);
        assert_eq!(
            rows,
            [vec![], vec!["", "a", "b c\n", "", "d&e"], vec!["true", "#N/A", "2017-10-15", "f<A", "15", "12", "2017-10-15"]]
        );
    }

    #[test]
    fn what_the_sheet_hides_is_counted() {
        let grid = read(
            "<worksheet><cols><col min=\"1\" max=\"1\"/><col min=\"2\" max=\"16384\" hidden=\"1\"/></cols><sheetData>
            <row r=\"1\"><c r=\"A1\" s=\"2\"><v>0.12</v></c><c r=\"B1\"><f>A1</f><v>2</v></c><c r=\"C1\"><f>A1</f></c><c r=\"D1\" t=\"str\"><f>\"\"</f><v></v></c></row>
            <row r=\"2\" hidden=\"1\"><c r=\"A2\"><v>3</v></c></row><row r=\"3\" hidden=\"true\"/></sheetData>
            <mergeCells><mergeCell ref=\"A2:B4\"/><mergeCell ref=\"F1:F2\"/><mergeCell ref=\"A1:A1\"/></mergeCells><ext><f>no</f></ext></worksheet>",
        );
        let grid = grid.unwrap();
        assert_eq!(grid.first_rows(9), [vec!["0.12", "2"], vec!["3"]]);
        let said: Vec<_> = grid.notices().collect();
        let expected = [
            Notice::HiddenRows(1),
            Notice::HiddenColumns(1),
            Notice::MergedCells(1),
            Notice::Percentages(1),
            Notice::Formulas(2),
            Notice::UncomputedFormulas(1),
        ];
        assert_eq!(said, expected);
    }

    #[test]
    fn contradictions_are_refused() {
        let one = |cell: &str| read(&format!("<worksheet><sheetData><row>{cell}</row></sheetData></worksheet>"));
        assert!(matches!(one("<c t=\"s\"><v>9</v></c>"), Err(IntakeError::Damaged { .. })));
        assert!(matches!(one("<c r=\"A0\"><v>9</v></c>"), Err(IntakeError::Damaged { .. })));
        assert!(matches!(one("<c r=\"ZZZZZZZZZ1\"><v>9</v></c>"), Err(IntakeError::Damaged { .. })));
        assert!(matches!(one("<c r=\"ZZZ1\"><v>9</v></c>"), Err(IntakeError::TooLarge { limit: Limit::Columns, .. })));
        assert!(matches!(read("<worksheet><sheetData>"), Err(IntakeError::Damaged { .. })));
        assert_eq!((place("AB12"), place("ab102")), (Some((11, 27)), Some((101, 27))));
        for bad in ["12", "A", "", "A0", "A1B", "A0B1", "0A1", "1A", "A 1", "$A$1", "A99999999999"] {
            assert_eq!(place(bad), None, "{bad}");
        }
    }
}
