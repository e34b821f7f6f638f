//! Values that must not stand twice (`unique` fields, keys), and values that must stand elsewhere.

use std::{collections::BTreeMap, hash::BuildHasher};

use hashbrown::{DefaultHashBuilder, HashTable};

use super::{Checker, RowFinding, Rule, Typed};
use crate::table::{RowId, Table};

/// Finds the second and later rows that repeat a value, rows without a key, and references to nothing.
pub fn check_keys(checker: &Checker, table: &Table) -> BTreeMap<RowId, Vec<RowFinding>> {
    let mut found: BTreeMap<RowId, Vec<RowFinding>> = BTreeMap::new();
    let has_column = |field: &usize| checker.layout.columns.get(*field).copied().flatten().is_some();
    let unique = checker.schema.fields.iter().enumerate().filter(|(at, field)| field.unique && has_column(at));
    for (field, _) in unique {
        let fields = [field];
        let mut seen = Seen::of(checker, table, &fields);
        for row in &table.order {
            if checker.value(table, *row, field).is_some() && !seen.insert(*row) {
                found.entry(*row).or_default().push(RowFinding { rule: Rule::Unique, field: Some(field) });
            }
        }
    }
    let schema = &checker.schema;
    let whole = |key: &[usize]| !key.is_empty() && key.iter().all(has_column);
    let filled =
        |row: RowId, fields: &[usize]| fields.iter().filter(|field| checker.value(table, row, **field).is_some()).count();
    if whole(&schema.primary_key) {
        let mut seen = Seen::of(checker, table, &schema.primary_key);
        for row in &table.order {
            if filled(*row, &schema.primary_key) == 0 || !seen.insert(*row) {
                found.entry(*row).or_default().push(RowFinding { rule: Rule::PrimaryKey, field: None });
            }
        }
    }
    for (at, key) in schema.unique_keys.iter().enumerate().filter(|(_, key)| whole(key)) {
        let mut seen = Seen::of(checker, table, key);
        for row in &table.order {
            if filled(*row, key) == key.len() && !seen.insert(*row) {
                found.entry(*row).or_default().push(RowFinding { rule: Rule::UniqueKey(at as u16), field: None });
            }
        }
    }
    for (at, reference) in schema.self_references.iter().enumerate() {
        if !whole(&reference.fields) || !whole(&reference.targets) {
            continue;
        }
        let mut there = Seen::of(checker, table, &reference.targets);
        for row in &table.order {
            there.insert(*row);
        }
        for row in &table.order {
            if filled(*row, &reference.fields) > 0 && !there.has(*row, &reference.fields) {
                let field = reference.fields.first().copied();
                found.entry(*row).or_default().push(RowFinding { rule: Rule::SelfReference(at as u16), field });
            }
        }
    }
    found
}

/// Rows by the values of some of their fields. Only the rows are kept: millions of keys written out would fill the memory.
struct Seen<'a> {
    checker: &'a Checker,
    table: &'a Table,
    fields: &'a [usize],
    rows: HashTable<(u32, RowId)>,
    hasher: DefaultHashBuilder,
}

impl<'a> Seen<'a> {
    fn of(checker: &'a Checker, table: &'a Table, fields: &'a [usize]) -> Seen<'a> {
        Seen { checker, table, fields, rows: HashTable::new(), hasher: DefaultHashBuilder::default() }
    }

    fn value(&self, row: RowId, field: usize) -> Option<Typed<'a>> {
        self.checker.value(self.table, row, field)
    }

    fn hash(&self, row: RowId, fields: &[usize]) -> u64 {
        fields.iter().fold(0, |hash: u64, field| {
            let part = self.value(row, *field).map(|value| value.key_hash(&self.hasher)).unwrap_or_default();
            self.hasher.hash_one((hash, part))
        })
    }

    fn same(&self, row: RowId, fields: &[usize], other: RowId) -> bool {
        let key = |row, field| self.value(row, field).map(Typed::key);
        fields.iter().zip(self.fields).all(|(field, own)| key(row, *field) == key(other, *own))
    }

    fn has(&self, row: RowId, fields: &[usize]) -> bool {
        let hash = self.hash(row, fields);
        self.rows.find(hash, |(part, other)| *part == hash as u32 && self.same(row, fields, *other)).is_some()
    }

    /// Adds a row; `false` where another had the same values.
    fn insert(&mut self, row: RowId) -> bool {
        let new = !self.has(row, self.fields);
        if new {
            let hash = self.hash(row, self.fields);
            let mut rows = std::mem::take(&mut self.rows);
            rows.insert_unique(hash, (hash as u32, row), |(_, other)| self.hash(*other, self.fields));
            self.rows = rows;
        }
        new
    }
}
