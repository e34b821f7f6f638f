use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

/// The code of a value within its [`Column`]. Two rows with the same code hold the same text.
pub type Code = u32;

/// Values after which a column is judged: below, sharing costs nothing.
const JUDGED_AFTER: usize = 4096;

/// One column of text: its values end to end, and for each row the code of its value.
///
/// Most columns of open data hold few distinct values, so a value is stored (and checked) once,
/// whatever the number of its rows. Once more than half of the rows bring a new value, sharing no
/// longer pays: the index is dropped and every later row stores its own value.
#[derive(Debug, Clone, Default)]
pub struct Column {
    bytes: String,
    ends: Vec<usize>,
    codes: Vec<Code>,
    index: Index,
    hasher: DefaultHashBuilder,
}

#[derive(Debug, Clone)]
enum Index {
    Shared(HashTable<Code>),
    Dropped,
}

impl Default for Index {
    fn default() -> Self {
        Index::Shared(HashTable::new())
    }
}

impl Column {
    /// The number of rows.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether it has no row.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The number of stored values: every code is below it.
    pub fn values(&self) -> usize {
        self.ends.len()
    }

    /// The text behind a code; empty for a code that this column never gave.
    pub fn value(&self, code: Code) -> &str {
        let code = code as usize;
        let start = match code.checked_sub(1) {
            Some(before) => self.ends.get(before).copied().unwrap_or_default(),
            None => 0,
        };
        let end = self.ends.get(code).copied().unwrap_or(start);
        self.bytes.get(start..end).unwrap_or_default()
    }

    /// The code of a row; `None` past the end.
    pub fn code(&self, row: u32) -> Option<Code> {
        self.codes.get(row as usize).copied()
    }

    /// The code of every row, in row order.
    pub fn codes(&self) -> &[Code] {
        &self.codes
    }

    /// The text of a row; empty past the end.
    pub fn text(&self, row: u32) -> &str {
        self.code(row).map_or("", |code| self.value(code))
    }

    /// Gives the code of `value`, storing it where it is new.
    pub fn intern(&mut self, value: &str) -> Code {
        if let Index::Shared(table) = &mut self.index {
            let (bytes, ends, hasher) = (&self.bytes, &self.ends, &self.hasher);
            let at = |code: Code| {
                let code = code as usize;
                let start = if code == 0 { 0 } else { ends.get(code - 1).copied().unwrap_or_default() };
                ends.get(code).and_then(|end| bytes.get(start..*end)).unwrap_or_default()
            };
            if let Some(code) = table.find(hasher.hash_one(value), |code| at(*code) == value) {
                return *code;
            }
            let new = self.ends.len() as Code;
            table.insert_unique(hasher.hash_one(value), new, |code| hasher.hash_one(at(*code)));
        }
        self.bytes.push_str(value);
        self.ends.push(self.bytes.len());
        self.ends.len() as Code - 1
    }

    /// Adds a row at the end.
    pub fn push(&mut self, value: &str) {
        let code = self.intern(value);
        self.codes.push(code);
        if self.codes.len().is_multiple_of(JUDGED_AFTER) && self.ends.len() * 2 > self.codes.len() {
            self.index = Index::Dropped;
        }
    }

    /// A copy of `rows` rows from `from` on; those past the end are empty.
    pub fn below(&self, from: u32, rows: usize) -> Column {
        let mut copy = Column { codes: Vec::with_capacity(rows), ..self.clone() };
        copy.codes.extend(self.codes.iter().skip(from as usize).take(rows));
        if copy.codes.len() < rows {
            let empty = copy.intern("");
            copy.codes.resize(rows, empty);
        }
        copy
    }

    /// Gives a row another code and returns the one it had; `None` past the end.
    pub fn swap(&mut self, row: u32, code: Code) -> Option<Code> {
        self.codes.get_mut(row as usize).map(|old| std::mem::replace(old, code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_share_a_code() {
        let mut column = Column::default();
        for value in ["a", "", "a", "é", ""] {
            column.push(value);
        }
        assert_eq!(column.codes(), [0, 1, 0, 2, 1]);
        assert_eq!((column.text(3), column.text(4), column.text(9)), ("é", "", ""));
        assert_eq!(column.values(), 3);
    }

    #[test]
    fn a_column_of_distinct_values_stops_sharing_and_stays_right() {
        let mut column = Column::default();
        for n in 0..20_000 {
            column.push(&format!("id-{n}"));
        }
        assert!(matches!(column.index, Index::Dropped));
        let again = column.intern("id-3");
        assert_eq!(column.value(again), "id-3");
        assert_eq!(column.text(19_999), "id-19999");
    }
}
