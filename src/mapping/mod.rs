//! From the file's columns to the schema's fields: who serves whom, why, and how sure we are.

mod alike;
mod assign;
mod names;
mod nature;
mod rank;
mod similarity;
mod suggest;
mod vocabulary;
mod words;

pub use rank::{CHOSEN_FROM, Candidate, Twin, rank, score};
pub use suggest::{Confidence, Line, Reason, suggest};

use serde::{Deserialize, Serialize};

use crate::check::Layout;

/// Which column serves each field, and which other columns are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// For each field of the schema, the column that serves it.
    pub columns: Vec<Option<usize>>,
    /// The columns kept though the schema does not have them, in table order.
    pub kept: Vec<usize>,
}

impl Mapping {
    /// Gives a field another column. A column serves one field at most: the field that had it loses it.
    pub fn assign(&mut self, field: usize, column: Option<usize>) {
        if column.is_some() {
            for other in &mut self.columns {
                if *other == column {
                    *other = None;
                }
            }
        }
        if let Some(slot) = self.columns.get_mut(field) {
            *slot = column;
        }
        self.kept.retain(|kept| Some(*kept) != column);
    }

    /// Keeps or drops a column that serves no field.
    pub fn keep(&mut self, column: usize, keep: bool) {
        self.kept.retain(|kept| *kept != column);
        if keep && !self.columns.contains(&Some(column)) {
            self.kept.push(column);
            self.kept.sort_unstable();
        }
    }

    /// The columns of a table of `count` that serve no field.
    pub fn leftovers(&self, count: usize) -> Vec<usize> {
        (0..count).filter(|column| !self.columns.contains(&Some(*column))).collect()
    }

    /// The layout to check: the chosen columns, and the kept ones beside.
    pub fn layout(&self) -> Layout {
        Layout::chosen(self.columns.clone(), self.kept.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_serves_one_field() {
        let mut mapping = Mapping { columns: vec![Some(0), None, Some(2)], kept: vec![1] };
        mapping.assign(1, Some(0));
        assert_eq!(mapping.columns, [None, Some(0), Some(2)]);
        mapping.assign(0, Some(1));
        assert_eq!((mapping.columns.clone(), mapping.kept.len()), (vec![Some(1), Some(0), Some(2)], 0));
        mapping.assign(2, None);
        assert_eq!(mapping.leftovers(3), [2]);
        mapping.keep(2, true);
        mapping.keep(1, true);
        assert_eq!(mapping.kept, [2]);
    }
}
