use std::{cmp::Ordering, hash::BuildHasher};

use hashbrown::{DefaultHashBuilder, HashTable};
use serde::{Deserialize, Serialize};

use super::{RowId, Table};
use crate::text;

/// Examples kept of each kind.
const EXAMPLES: usize = 4;
/// Cells told of a row that changed.
const CELLS: usize = 4;
/// Characters told of a cell.
const LENGTH: usize = 80;

/// What a table has that an earlier one had not, and the other way round.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Rows of the earlier table.
    pub before: usize,
    /// Rows of the later one.
    pub after: usize,
    /// Columns that only the later one has.
    pub columns_added: Vec<String>,
    /// Columns that only the earlier one had.
    pub columns_removed: Vec<String>,
    /// Columns written otherwise: capitals, accents, spaces. What they were called, and what they are.
    pub columns_renamed: Vec<(String, String)>,
    /// Whether the columns of both do not stand in the same order.
    pub reordered: bool,
    /// The columns by which a row is recognised, as the later table calls them. Without any, a row is recognised by all it
    /// holds, then by its place.
    pub key: Vec<String>,
    /// Rows that only the later one has.
    pub added: usize,
    /// Rows that only the earlier one had.
    pub removed: usize,
    /// Rows that hold other texts in the columns of both.
    pub changed: usize,
    /// How many cells changed in each column where some did.
    pub cells: Vec<(String, usize)>,
    /// The first rows of each kind.
    pub examples: Vec<Example>,
}

/// A row that only one table has, or that is not the same in both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// What became of it.
    pub fate: Fate,
    /// Its place in its table, from 1; in the later one where both have it.
    pub place: usize,
    /// What it is recognised by; without a key, its first texts.
    pub name: Vec<String>,
    /// The cells that changed: the column, the former text and the present one.
    pub cells: Vec<(String, String, String)>,
    /// How many more of its cells changed.
    pub more: usize,
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    /// It holds other texts.
    Changed,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
}

/// Columns of a table, as they are compared.
#[derive(Debug)]
pub struct Side<'a> {
    table: &'a Table,
    columns: Vec<(&'a str, Option<usize>)>,
}

impl<'a> Side<'a> {
    /// Columns of a table, under their names; those that stand nowhere in it are empty.
    pub fn new(table: &'a Table, columns: impl IntoIterator<Item = (&'a str, Option<usize>)>) -> Side<'a> {
        Side { table, columns: columns.into_iter().map(|(name, at)| (name.trim(), at)).collect() }
    }

    /// A whole table.
    pub fn whole(table: &'a Table) -> Side<'a> {
        Side::new(table, table.labels.iter().zip(0..).map(|(label, at)| (label.as_str(), Some(at))))
    }

    fn name(&self, column: usize) -> &'a str {
        self.columns.get(column).map_or("", |(name, _)| name)
    }

    fn text(&self, row: RowId, column: usize) -> &'a str {
        self.columns.get(column).and_then(|(_, at)| *at).map_or("", |at| self.table.text(row, at))
    }

    fn rows(&self) -> impl Iterator<Item = RowId> + 'a {
        self.table.order.iter().copied()
    }
}

impl Difference {
    /// Compares two tables. Rows are recognised by `keys` where these columns are in both, and tell all rows of both apart; else
    /// by the first column that does and is called as identifiers are; else by all they hold, then by their place.
    pub fn between(before: &Side, after: &Side, keys: &[&str]) -> Difference {
        let pairs = pairs(before, after);
        let both = Both { before, after, pairs: &pairs, hasher: DefaultHashBuilder::default() };
        let mut told = Difference { before: before.table.len(), after: after.table.len(), ..Difference::default() };
        let is_paired = |column: usize, of: fn(&(usize, usize)) -> usize| pairs.iter().any(|pair| of(pair) == column);
        let alone = |side: &Side, of: fn(&(usize, usize)) -> usize| -> Vec<String> {
            (0..side.columns.len()).filter(|column| !is_paired(*column, of)).map(|column| side.name(column).to_owned()).collect()
        };
        told.columns_removed = alone(before, |(old, _)| *old);
        told.columns_added = alone(after, |(_, new)| *new);
        let names = pairs.iter().map(|(old, new)| (before.name(*old).to_owned(), after.name(*new).to_owned()));
        told.columns_renamed = names.filter(|(old, new)| old != new).collect();
        told.reordered = !pairs.is_sorted_by_key(|(old, _)| *old);
        let key = both.key(keys);
        told.key = key.iter().map(|at| both.name(*at).to_owned()).collect();
        let (matched, gone) = if key.is_empty() { both.by_content() } else { both.by_key(&key) };
        told.tell(&both, &key, &matched, &gone);
        told
    }

    /// Whether the later table says exactly what the earlier one said.
    pub fn is_none(&self) -> bool {
        let columns = self.columns_added.len() + self.columns_removed.len() + self.columns_renamed.len();
        columns + self.added + self.removed + self.changed == 0 && !self.reordered
    }

    /// Counts what became of the rows. `matched` tells the former row of each present one, `gone` the former ones left over.
    fn tell(&mut self, both: &Both, key: &[usize], matched: &[Option<RowId>], gone: &[(usize, RowId)]) {
        let mut cells = vec![0; both.pairs.len()];
        for ((place, row), former) in (1..).zip(both.after.rows()).zip(matched) {
            let Some(former) = former else {
                self.added += 1;
                if self.added <= EXAMPLES {
                    self.examples.push(Example::of(Fate::Added, place, both.called(both.after, |(_, new)| *new, key, row)));
                }
                continue;
            };
            let mut example: Option<Example> = None;
            for ((at, (old, new)), count) in both.pairs.iter().enumerate().zip(&mut cells) {
                let (old, new) = (both.before.text(*former, *old), both.after.text(row, *new));
                if old == new {
                    continue;
                }
                *count += 1;
                let example = example.get_or_insert_with(|| Example::of(Fate::Changed, place, Vec::new()));
                if self.changed >= EXAMPLES || example.cells.len() >= CELLS {
                    example.more += 1;
                } else {
                    example.cells.push((both.name(at).to_owned(), cut(old), cut(new)));
                }
            }
            let Some(mut example) = example else { continue };
            self.changed += 1;
            if self.changed <= EXAMPLES {
                example.name = both.called(both.after, |(_, new)| *new, key, row);
                self.examples.push(example);
            }
        }
        self.removed = gone.len();
        for (place, row) in gone.iter().take(EXAMPLES) {
            let name = both.called(both.before, |(old, _)| *old, key, *row);
            self.examples.push(Example::of(Fate::Removed, *place, name));
        }
        self.examples.sort_by_key(|example| example.fate as u8);
        let counted = cells.into_iter().enumerate().filter(|(_, count)| *count > 0);
        self.cells = counted.map(|(at, count)| (both.name(at).to_owned(), count)).collect();
    }
}

impl Example {
    fn of(fate: Fate, place: usize, name: Vec<String>) -> Example {
        Example { fate, place, name, cells: Vec::new(), more: 0 }
    }
}

/// Both tables, with the columns that they have in common.
struct Both<'a> {
    before: &'a Side<'a>,
    after: &'a Side<'a>,
    /// Where each column common to both stands in the former and in the present one.
    pairs: &'a [(usize, usize)],
    hasher: DefaultHashBuilder,
}

/// Where a common column stands in one of both.
type Of = fn(&(usize, usize)) -> usize;

impl Both<'_> {
    fn name(&self, pair: usize) -> &str {
        self.pairs.get(pair).map_or("", |(_, new)| self.after.name(*new))
    }

    /// The texts of a row in some of the common columns.
    fn texts<'a>(&self, side: &'a Side<'a>, of: Of, columns: &[usize], row: RowId) -> impl Iterator<Item = &'a str> {
        columns.iter().filter_map(|at| self.pairs.get(*at)).map(move |pair| side.text(row, of(pair)))
    }

    fn hash(&self, side: &Side, of: Of, columns: &[usize], row: RowId) -> u64 {
        self.texts(side, of, columns, row).fold(0, |hash, text| self.hasher.hash_one((hash, text)))
    }

    /// What a row is recognised by, for people.
    fn called(&self, side: &Side, of: Of, key: &[usize], row: RowId) -> Vec<String> {
        if !key.is_empty() {
            return self.texts(side, of, key, row).map(cut).collect();
        }
        let texts = (0..side.columns.len()).map(|column| side.text(row, column).trim()).filter(|text| !text.is_empty());
        texts.take(3).map(cut).collect()
    }

    /// The common columns by which a row is recognised in both.
    fn key(&self, wanted: &[&str]) -> Vec<usize> {
        let all = 0..self.pairs.len();
        let found = wanted.iter().map(|name| all.clone().find(|at| self.name(*at) == *name));
        let keys = found.collect::<Option<Vec<usize>>>().into_iter().filter(|key| !key.is_empty());
        let others = all.clone().filter(|at| is_identifier(self.name(*at))).map(|at| vec![at]);
        let tells = |key: &Vec<usize>| {
            self.rows(self.after, |(_, new)| *new, key).is_some() && self.rows(self.before, |(old, _)| *old, key).is_some()
        };
        keys.chain(others).find(tells).unwrap_or_default()
    }

    /// The rows of one by the texts of a key; `None` where it does not tell them all apart.
    fn rows(&self, side: &Side, of: Of, key: &[usize]) -> Option<HashTable<(usize, RowId)>> {
        let hash = |row| self.hash(side, of, key, row);
        let mut rows = HashTable::with_capacity(side.table.len());
        for (place, row) in (1..).zip(side.rows()) {
            let blank = self.texts(side, of, key, row).any(|text| text.trim().is_empty());
            let same = |(_, other): &(usize, RowId)| {
                self.texts(side, of, key, *other).cmp(self.texts(side, of, key, row)) == Ordering::Equal
            };
            if blank || rows.find(hash(row), same).is_some() {
                return None;
            }
            rows.insert_unique(hash(row), (place, row), |(_, other)| hash(*other));
        }
        Some(rows)
    }

    /// The former row of each present one, by a key, and the former rows left over.
    fn by_key(&self, key: &[usize]) -> (Vec<Option<RowId>>, Vec<(usize, RowId)>) {
        let mut left = self.rows(self.before, |(old, _)| *old, key).unwrap_or_default();
        let matched = self.after.rows().map(|row| {
            let same = |(_, other): &(usize, RowId)| {
                let former = self.texts(self.before, |(old, _)| *old, key, *other);
                former.eq(self.texts(self.after, |(_, new)| *new, key, row))
            };
            let found = left.find_entry(self.hash(self.after, |(_, new)| *new, key, row), same).ok()?;
            Some(found.remove().0.1)
        });
        let matched = matched.collect();
        let mut gone: Vec<(usize, RowId)> = left.into_iter().collect();
        gone.sort_unstable();
        (matched, gone)
    }

    /// The former row of each present one where nothing tells rows apart: the one that holds the same, at the same place first,
    /// then the one of the same place, and the former rows left over.
    fn by_content(&self) -> (Vec<Option<RowId>>, Vec<(usize, RowId)>) {
        let all: Vec<usize> = (0..self.pairs.len()).collect();
        let same = |former: RowId, row: RowId| {
            let texts = self.texts(self.before, |(old, _)| *old, &all, former);
            texts.eq(self.texts(self.after, |(_, new)| *new, &all, row))
        };
        let former: Vec<RowId> = self.before.rows().collect();
        let mut free = vec![true; former.len()];
        let mut matched: Vec<Option<RowId>> = Vec::with_capacity(self.after.table.len());
        for (place, row) in self.after.rows().enumerate() {
            let there = former.get(place).copied().filter(|there| same(*there, row));
            if let (Some(_), Some(free)) = (there, free.get_mut(place)) {
                *free = false;
            }
            matched.push(there);
        }
        // Former rows left, by what they hold: the last place of each content, and before each place the one before.
        let mut last: HashTable<(RowId, Option<usize>)> = HashTable::new();
        let mut earlier: Vec<Option<usize>> = vec![None; former.len()];
        let hash = |row: RowId| self.hash(self.before, |(old, _)| *old, &all, row);
        for (place, row) in former.iter().enumerate().rev().filter(|(place, _)| free.get(*place) == Some(&true)) {
            let alike = |(other, _): &(RowId, Option<usize>)| {
                let texts = self.texts(self.before, |(old, _)| *old, &all, *other);
                texts.eq(self.texts(self.before, |(old, _)| *old, &all, *row))
            };
            match last.find_mut(hash(*row), alike) {
                Some((_, latest)) => {
                    if let Some(slot) = earlier.get_mut(place) {
                        *slot = latest.replace(place);
                    }
                }
                None => drop(last.insert_unique(hash(*row), (*row, Some(place)), |(other, _)| hash(*other))),
            }
        }
        for (row, matched) in self.after.rows().zip(&mut matched).filter(|(_, matched)| matched.is_none()) {
            let hash = self.hash(self.after, |(_, new)| *new, &all, row);
            let Some((_, latest)) = last.find_mut(hash, |(other, _)| same(*other, row)) else { continue };
            let Some(place) = *latest else { continue };
            *latest = earlier.get(place).copied().flatten();
            *matched = former.get(place).copied();
            if let Some(free) = free.get_mut(place) {
                *free = false;
            }
        }
        let mut gone = Vec::new();
        for (place, row) in former.iter().enumerate().filter(|(place, _)| free.get(*place) == Some(&true)) {
            match matched.get_mut(place) {
                Some(matched) if matched.is_none() => *matched = Some(*row),
                _ => gone.push((place + 1, *row)),
            }
        }
        (matched, gone)
    }
}

/// The columns that both have: by their names, then by what is left of them without capitals, accents and signs. Those of one
/// name follow each other.
fn pairs(before: &Side, after: &Side) -> Vec<(usize, usize)> {
    let mut found: Vec<Option<usize>> = vec![None; after.columns.len()];
    let mut free: Vec<usize> = (0..before.columns.len()).collect();
    let alike: [fn(&str, &str) -> bool; 2] = [
        |one, other| one == other,
        |one, other| {
            let folded = text::fold(one);
            !folded.is_empty() && folded == text::fold(other)
        },
    ];
    for alike in alike {
        for (column, found) in found.iter_mut().enumerate().filter(|(_, found)| found.is_none()) {
            if let Some(at) = free.iter().position(|old| alike(before.name(*old), after.name(column))) {
                *found = Some(free.remove(at));
            }
        }
    }
    found.into_iter().enumerate().filter_map(|(new, old)| Some((old?, new))).collect()
}

/// Whether a column is called as those that tell rows apart are.
fn is_identifier(name: &str) -> bool {
    const WORDS: [&str; 12] =
        ["id", "identifiant", "identifier", "code", "siret", "siren", "numero", "num", "ref", "reference", "uuid", "matricule"];
    text::words(name).iter().any(|word| WORDS.contains(&word.as_str()))
}

/// The beginning of a text, for people.
fn cut(text: &str) -> String {
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(labels: &[&str], rows: &[&[&str]]) -> Table {
        let mut table = Table::new(labels.iter().map(|label| (*label).to_owned()).collect(), 2);
        rows.iter().for_each(|row| table.push(row.iter().copied()));
        table
    }

    fn between(before: &Table, after: &Table, keys: &[&str]) -> Difference {
        Difference::between(&Side::whole(before), &Side::whole(after), keys)
    }

    fn told(difference: &Difference) -> (usize, usize, usize) {
        (difference.added, difference.removed, difference.changed)
    }

    #[test]
    fn rows_are_recognised_by_their_key_wherever_they_stand() {
        let before = table(&["siret", "montant"], &[&["1", "1 200"], &["2", "10"], &["3", "5"]]);
        let after = table(&["montant", "siret"], &[&["5", "3"], &["1 500", "1"], &["7", "4"]]);
        let difference = between(&before, &after, &[]);
        assert_eq!((told(&difference), difference.key.as_slice()), ((1, 1, 1), ["siret".to_owned()].as_slice()));
        assert!(difference.reordered && difference.columns_added.is_empty());
        assert_eq!(difference.cells, [("montant".to_owned(), 1)]);
        let [changed, added, removed] = difference.examples.as_slice() else { panic!("{difference:?}") };
        assert_eq!((changed.fate, changed.place, changed.name.as_slice()), (Fate::Changed, 2, ["1".to_owned()].as_slice()));
        assert_eq!(changed.cells, [("montant".into(), "1 200".into(), "1 500".into())]);
        assert_eq!((added.fate, added.place, added.name[0].as_str()), (Fate::Added, 3, "4"));
        assert_eq!((removed.fate, removed.place, removed.name[0].as_str()), (Fate::Removed, 2, "2"));
    }

    #[test]
    fn the_key_of_the_schema_comes_first_and_must_tell_rows_apart() {
        let before = table(&["id", "an", "n"], &[&["a", "2023", "1"], &["b", "2023", "2"]]);
        let after = table(&["id", "an", "n"], &[&["a", "2023", "1"], &["b", "2023", "3"]]);
        assert_eq!(between(&before, &after, &["an", "n"]).key, ["an", "n"]);
        assert_eq!(between(&before, &after, &["an"]).key, ["id"]);
        assert_eq!(between(&before, &after, &["nowhere"]).key, ["id"]);
        let twice = table(&["id", "an", "n"], &[&["a", "2023", "1"], &["a", "2023", "2"]]);
        assert!(between(&before, &twice, &[]).key.is_empty());
        let blank = table(&["id", "an", "n"], &[&["a", "2023", "1"], &[" ", "2023", "2"]]);
        assert!(between(&before, &blank, &[]).key.is_empty());
    }

    #[test]
    fn without_a_key_rows_are_recognised_by_what_they_hold_then_by_their_place() {
        let before = table(&["a", "b"], &[&["x", "1"], &["y", "2"], &["x", "1"], &["z", "3"]]);
        let after = table(&["a", "b"], &[&["w", "0"], &["x", "1"], &["y", "9"], &["z", "3"], &["x", "1"], &["x", "1"]]);
        let difference = between(&before, &after, &[]);
        assert_eq!((told(&difference), difference.key.len()), ((3, 1, 0), 0), "{difference:?}");
        let swapped = table(&["a", "b"], &[&["z", "3"], &["y", "5"], &["x", "1"], &["x", "1"]]);
        let difference = between(&before, &swapped, &[]);
        assert_eq!((told(&difference), difference.cells.as_slice()), ((0, 0, 1), [("b".to_owned(), 1)].as_slice()));
        assert_eq!((difference.examples[0].place, difference.examples[0].name.join(" ")), (2, "y 5".to_owned()));
    }

    #[test]
    fn columns_come_go_and_change_their_names() {
        let before = table(&["COLL_NOM", "perdu", "x", "x"], &[&["a", "b", "1", "2"]]);
        let after = table(&["coll-nom", "neuf", "x", "x"], &[&["a", "c", "1", "2"]]);
        let difference = between(&before, &after, &[]);
        assert_eq!(
            (difference.columns_added.as_slice(), difference.columns_removed.as_slice()),
            (["neuf".to_owned()].as_slice(), ["perdu".to_owned()].as_slice())
        );
        assert_eq!(difference.columns_renamed, [("COLL_NOM".to_owned(), "coll-nom".to_owned())]);
        assert!(!difference.reordered && told(&difference) == (0, 0, 0) && !difference.is_none());
        assert!(between(&before, &before, &[]).is_none());
        let nothing = table(&[], &[]);
        assert_eq!(told(&between(&nothing, &before, &[])), (1, 0, 0));
        assert_eq!(told(&between(&before, &nothing, &[])), (0, 1, 0));
    }

    #[test]
    fn few_examples_are_told_and_all_rows_counted() {
        let wide: Vec<String> = (0..9).map(|at| format!("c{at}")).collect();
        let labels: Vec<&str> = std::iter::once("id").chain(wide.iter().map(String::as_str)).collect();
        let rows = |text: &str| {
            let mut table = table(&labels, &[]);
            (0..1_000).for_each(|id| table.push([id.to_string().as_str()].into_iter().chain([text; 9])));
            table
        };
        let difference = between(&rows("a"), &rows(&"é".repeat(200)), &[]);
        assert_eq!((told(&difference), difference.examples.len(), difference.cells[8].1), ((0, 0, 1_000), 4, 1_000));
        let first = &difference.examples[0];
        assert_eq!((first.cells.len(), first.more, first.cells[0].2.chars().count()), (4, 5, 81));
    }
}
