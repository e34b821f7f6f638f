use super::{Area, Cells};
use crate::{intake::header, text};

/// Rows of a table looked at to tell what its columns hold.
const LOOKED_AT: usize = 100;
/// Lines of title above a header.
const TITLES: usize = 3;
/// A longer text is a sentence rather than a label.
const LABEL_CHARS: usize = 80;
/// Rows of names and values above a table, at most: what it is about, rather than a table.
const PREFACE_ROWS: usize = 8;

/// What the cells of a column look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Numbers, days, addresses.
    Figures,
    /// Words.
    Words,
    /// Some of both, or too few to tell.
    Mixed,
}

/// The header that opens a paragraph, with what stands below it.
#[derive(Debug)]
pub(super) struct Opening {
    /// The header's row.
    pub row: u32,
    /// The first column, and the last.
    pub left: usize,
    pub right: usize,
    /// Whether a title stands above it.
    titled: bool,
    labels: Vec<String>,
    kinds: Vec<Kind>,
}

/// What a table looks like as a whole.
#[derive(Debug)]
pub(super) struct Sketch {
    is_table: bool,
    is_preface: bool,
    left: usize,
    right: usize,
    labels: Vec<String>,
    kinds: Vec<Kind>,
}

impl Opening {
    /// The header of an area without blank rows: after a few lines of title, a row of labels without a hole, all
    /// different, and two rows at least below it that go no further.
    pub(super) fn of(sheet: &impl Cells, area: &Area) -> Option<Opening> {
        let titles = area.rows.clone().take(TITLES).take_while(|row| area.filled(sheet, *row).nth(1).is_none()).count();
        let row = area.rows.start + titles as u32;
        let filled: Vec<usize> = area.filled(sheet, row).collect();
        let (left, right) = (*filled.first()?, *filled.last()?);
        let labels: Vec<String> = filled.iter().map(|column| sheet.text(row, *column).trim().to_owned()).collect();
        let mut folded: Vec<String> = labels.iter().map(|label| text::fold(label)).collect();
        let total = folded.first().is_some_and(|first| first.starts_with("total") || first.starts_with("soustotal"));
        folded.sort_unstable();
        folded.dedup();
        let named = labels.iter().all(|label| is_label(label)) && labels.iter().any(|label| has_letters(label, 1));
        let whole = labels.len() > 1 && right - left + 1 == labels.len() && folded.len() == labels.len();
        let below = row + 1..area.rows.end;
        if !named || !whole || total || below.len() < 2 {
            return None;
        }
        let within = |row: u32| {
            let mut filled = area.filled(sheet, row);
            filled.next().is_some_and(|first| first >= left) && filled.next_back().is_none_or(|last| last <= right)
        };
        if !below.clone().take(LOOKED_AT).all(within) {
            return None;
        }
        let below = Area { rows: below, columns: left..right + 1 };
        Some(Opening { row, left, right, titled: titles > 0, labels, kinds: below.kinds(sheet) })
    }

    /// Whether it opens a table of its own, `gap` blank rows below what stands above.
    pub(super) fn starts_after(&self, above: &Sketch, gap: u32) -> bool {
        let beyond = self.left < above.left || self.right > above.right;
        if !above.is_table || above.is_preface && beyond {
            return false;
        }
        let known: Vec<String> = above.labels.iter().map(|label| text::fold(label)).collect();
        let again = self.labels.iter().filter(|label| known.contains(&text::fold(label))).count();
        if again * 2 >= self.labels.len() {
            return false;
        }
        // A word above figures is a label; where the figures are those of the table above, it may be a value that lacks.
        let named = self.kinds.iter().zip(&self.labels);
        let named = named.filter(|(kind, label)| **kind == Kind::Figures && (has_letters(label, 3) || is_year(label))).count();
        let (mut into_words, mut other) = (0, (self.left, self.right) != (above.left, above.right));
        for (column, kind) in (self.left..).zip(&self.kinds) {
            let former = column.checked_sub(above.left).and_then(|at| above.kinds.get(at));
            into_words += usize::from((former, kind) == (Some(&Kind::Figures), &Kind::Words));
            other |= matches!((former, kind), (Some(Kind::Figures), Kind::Words) | (Some(Kind::Words), Kind::Figures));
        }
        beyond || into_words > 1 || named > 1 || named == 1 && (other || self.titled || gap > 1)
    }
}

impl Sketch {
    pub(super) fn of(sheet: &impl Cells, area: &Area) -> Sketch {
        let (mut left, mut right) = (area.columns.end, area.columns.start);
        let (mut rows, mut wide, mut most) = (0, 0, 0);
        for row in area.rows.clone() {
            let Some(first) = area.filled(sheet, row).next() else { continue };
            let last = area.filled(sheet, row).next_back().unwrap_or(first);
            (left, right) = (left.min(first), right.max(last));
            rows += 1;
            wide += usize::from(last > first);
            if rows <= LOOKED_AT {
                most = most.max(area.filled(sheet, row).count());
            }
        }
        let columns = left..(right + 1).max(left);
        let seen = |row: u32| columns.clone().map(|column| sheet.text(row, column)).collect::<Vec<_>>();
        let head: Vec<Vec<&str>> = area.rows.clone().take(LOOKED_AT).map(seen).collect();
        let header = header::propose(&head);
        let labels = head.get(header).into_iter().flatten().map(|label| label.trim().to_owned()).collect();
        let below = Area { rows: area.rows.start + header as u32 + 1..area.rows.end, columns };
        let is_table = wide > 1 && wide * 2 >= rows;
        Sketch { is_table, is_preface: most == 2 && rows <= PREFACE_ROWS, left, right, labels, kinds: below.kinds(sheet) }
    }
}

impl Area {
    /// What the cells of each column look like, over the first rows.
    fn kinds(&self, sheet: &impl Cells) -> Vec<Kind> {
        let kind = |column: usize| {
            let values = self.rows.clone().take(LOOKED_AT).map(|row| sheet.text(row, column).trim());
            let (mut all, mut figures) = (0, 0);
            for value in values.filter(|value| !value.is_empty()) {
                all += 1;
                figures += usize::from(is_figure(value));
            }
            match figures {
                _ if all < 2 => Kind::Mixed,
                _ if figures * 5 >= all * 4 => Kind::Figures,
                0 => Kind::Words,
                _ => Kind::Mixed,
            }
        };
        self.columns.clone().map(kind).collect()
    }
}

/// A number, a day, an amount, an address.
fn is_figure(value: &str) -> bool {
    header::is_data(value) || value.contains(|c: char| c.is_ascii_digit()) && !value.contains(char::is_alphabetic)
}

/// Words that may name a column; a year may too.
fn is_label(value: &str) -> bool {
    let words = is_year(value) || value.contains(char::is_alphabetic);
    value.chars().count() <= LABEL_CHARS && !header::is_data(value) && words
}

fn is_year(value: &str) -> bool {
    value.len() == 4 && value.bytes().all(|byte| byte.is_ascii_digit())
}

fn has_letters(value: &str, count: usize) -> bool {
    value.chars().filter(|c| c.is_alphabetic()).count() >= count
}
