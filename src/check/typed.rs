use std::{borrow::Cow, cmp::Ordering, hash::BuildHasher};

use super::{Verdicts, compare};
use crate::{
    table::{Code, Column, RowId},
    value::{Decimal, Value},
};

/// The typed value of a cell, as it is compared with others. A text is that of the table: a copy of each would take more
/// memory than the table itself.
#[derive(Debug, Clone, Copy)]
pub enum Typed<'a> {
    /// A text, as it is.
    Text(&'a str),
    /// What a text of another type says.
    Other(&'a Value),
}

impl<'a> Typed<'a> {
    /// Whether Python takes it for true: not zero, not empty, not false.
    pub fn is_truthy(self) -> bool {
        match self {
            Typed::Text(text) => !text.is_empty(),
            Typed::Other(Value::Number(n)) => !n.is_zero(),
            Typed::Other(Value::Boolean(b)) => *b,
            Typed::Other(Value::Json(serde_json::Value::Array(items))) => !items.is_empty(),
            Typed::Other(Value::Json(serde_json::Value::Object(keys))) => !keys.is_empty(),
            Typed::Other(Value::List(items)) => !items.is_empty(),
            Typed::Other(_) => true,
        }
    }

    /// A hash that equal values share, as [`Typed::key`] tells them equal.
    pub fn key_hash(self, hasher: &impl BuildHasher) -> u64 {
        hasher.hash_one(self.key())
    }

    /// A key under which equal values, and only they, meet: what uniqueness compares.
    pub fn key(self) -> (bool, Cow<'a, str>) {
        match self {
            Typed::Text(text) => (true, Cow::Borrowed(text)),
            Typed::Other(Value::Number(n)) => (false, format!("n{n:?}").into()),
            // In Python, True == 1 and False == 0.
            Typed::Other(Value::Boolean(b)) => (false, format!("n{:?}", Decimal::new(i128::from(*b), 0)).into()),
            Typed::Other(other) => (false, format!("{other:?}").into()),
        }
    }

    /// Orders two values as the reference does: numbers, or texts that look like numbers, by size; others by their own
    /// order. `None` where they cannot be compared.
    #[inline]
    pub fn order(self, other: Typed<'_>) -> Option<Ordering> {
        match (self.number(), other.number(), self, other) {
            (Some(a), Some(b), ..) => a.partial_cmp(&b),
            (.., Typed::Text(a), Typed::Text(b)) => Some(a.cmp(b)),
            (.., Typed::Other(a), Typed::Other(b)) => compare(a, b),
            _ => None,
        }
    }

    /// The number that a cell of a numeric field holds.
    pub fn as_number(self) -> Option<Decimal> {
        match self {
            Typed::Other(Value::Number(n)) => Some(*n),
            _ => None,
        }
    }

    #[inline]
    fn number(self) -> Option<Decimal> {
        match self {
            Typed::Text(text) => Decimal::parse(text.trim()),
            other => other.as_number(),
        }
    }
}

/// The typed values of a column, row by row.
#[derive(Debug, Clone, Copy)]
pub struct TypedCells<'a> {
    /// The column.
    pub column: &'a Column,
    /// The verdicts on its values.
    pub verdicts: &'a Verdicts,
    /// Whether a value is its text.
    pub are_texts: bool,
}

impl<'a> TypedCells<'a> {
    /// The value of a row; `None` where it has none.
    pub fn get(&self, row: RowId) -> Option<Typed<'a>> {
        self.of(self.column.code(row)?)
    }

    /// Puts the value of each row in its place; nothing where it has none.
    pub fn read(&self, rows: &[RowId], values: &mut [Option<Typed<'a>>]) {
        self.column.codes_of(rows, |at, code| {
            if let Some(value) = values.get_mut(at) {
                *value = self.of(code);
            }
        });
    }

    #[inline]
    fn of(&self, code: Code) -> Option<Typed<'a>> {
        if !self.are_texts {
            return self.verdicts.value(code).map(Typed::Other);
        }
        self.verdicts.get(code)?.has_value.then(|| Typed::Text(self.column.value(code)))
    }
}
