//! What was changed in a table is exactly what is told, whatever was changed.

use std::collections::BTreeSet;

use atelier::{
    intake::{self, Choices},
    project::Project,
    table::{Difference, Fate, Side, Table},
};
use proptest::{prelude::*, test_runner::RngSeed};

fn config() -> ProptestConfig {
    let seed = RngSeed::Fixed(20_240_229);
    ProptestConfig { failure_persistence: None, cases: 200, rng_seed: seed, ..ProptestConfig::default() }
}

/// Rows of few different texts, some of them removed, some changed, and some added.
#[derive(Debug, Clone)]
struct Edits {
    rows: Vec<Vec<String>>,
    removed: BTreeSet<usize>,
    /// Rows and columns.
    changed: BTreeSet<(usize, usize)>,
    added: usize,
    /// What puts rows and columns in another order.
    shuffle: u64,
    drop_column: bool,
    add_column: bool,
}

const WIDTH: usize = 4;

fn edits() -> impl Strategy<Value = Edits> {
    let cell = prop_oneof!["", "a", "b", " a", "é \"x\"\n", "1 200"];
    let rows = prop::collection::vec(prop::collection::vec(cell, WIDTH), 0..40);
    let places = prop::collection::btree_set(0_usize..40, 0..8);
    let cells = prop::collection::btree_set((0_usize..40, 0..WIDTH), 0..12);
    (rows, places, cells, 0_usize..6, any::<u64>(), any::<bool>(), any::<bool>()).prop_map(
        |(rows, removed, changed, added, shuffle, drop_column, add_column)| Edits {
            removed: removed.into_iter().filter(|row| *row < rows.len()).collect(),
            changed: changed.into_iter().filter(|(row, _)| *row < rows.len()).collect(),
            rows,
            added,
            shuffle,
            drop_column,
            add_column,
        },
    )
}

/// Another order of what is listed.
fn shuffled<T>(mut list: Vec<T>, mut seed: u64) -> Vec<T> {
    for at in (1..list.len()).rev() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        list.swap(at, (seed >> 33) as usize % (at + 1));
    }
    list
}

/// A table of these columns, each with its texts.
fn table(columns: &[(String, Vec<String>)]) -> Table {
    let mut table = Table::new(columns.iter().map(|(label, _)| label.clone()).collect(), 2);
    for row in 0..columns.first().map_or(0, |(_, texts)| texts.len()) {
        table.push(columns.iter().map(|(_, texts)| texts[row].as_str()));
    }
    table
}

fn columns(rows: &[Vec<String>]) -> Vec<(String, Vec<String>)> {
    (0..WIDTH).map(|at| (format!("c{at}"), rows.iter().map(|row| row[at].clone()).collect())).collect()
}

fn whole(before: &Table, after: &Table) -> Difference {
    Difference::between(&Side::whole(before), &Side::whole(after), &[])
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn with_a_key_every_edit_is_told_and_nothing_else(edits in edits()) {
        let ids: Vec<String> = (0..edits.rows.len()).map(|row| format!("id-{row}")).collect();
        let mut before = columns(&edits.rows);
        before.insert(1, ("numero".into(), ids.clone()));

        let mut rows: Vec<(String, Vec<String>)> = ids.iter().cloned().zip(edits.rows.iter().cloned()).collect();
        for (row, column) in &edits.changed {
            rows[*row].1[*column].push('~');
        }
        let mut left: Vec<(String, Vec<String>)> = rows.into_iter().enumerate().filter(|(row, _)| !edits.removed.contains(row)).map(|(_, row)| row).collect();
        left.extend((0..edits.added).map(|row| (format!("new-{row}"), vec![String::new(); WIDTH])));
        let left = shuffled(left, edits.shuffle);
        let texts: Vec<Vec<String>> = left.iter().map(|(_, row)| row.clone()).collect();
        let mut after = columns(&texts);
        after.insert(0, ("numero".into(), left.into_iter().map(|(id, _)| id).collect()));
        if edits.drop_column {
            after.retain(|(label, _)| label != "c2");
        }
        if edits.add_column {
            after.push(("neuve".into(), vec!["x".into(); texts.len()]));
        }
        let after = shuffled(after, edits.shuffle);

        let told = whole(&table(&before), &table(&after));
        let seen = |row: usize, column: usize| !(edits.removed.contains(&row) || edits.drop_column && column == 2);
        let changed: BTreeSet<(usize, usize)> = edits.changed.iter().copied().filter(|(row, column)| seen(*row, *column)).collect();
        let rows: BTreeSet<usize> = changed.iter().map(|(row, _)| *row).collect();
        prop_assert_eq!(told.key.join(" "), "numero");
        prop_assert_eq!((told.added, told.removed, told.changed), (edits.added, edits.removed.len(), rows.len()));
        for (column, count) in &told.cells {
            let at: usize = column[1..].parse().unwrap();
            prop_assert_eq!(changed.iter().filter(|(_, column)| *column == at).count(), *count);
        }
        prop_assert_eq!(told.cells.iter().map(|(_, count)| count).sum::<usize>(), changed.len());
        prop_assert_eq!((told.columns_removed.len(), told.columns_added.len()), (usize::from(edits.drop_column), usize::from(edits.add_column)));
        for example in &told.examples {
            let id: usize = example.name[0][example.name[0].find('-').unwrap() + 1..].parse().unwrap();
            match example.fate {
                Fate::Changed => prop_assert!(rows.contains(&id)),
                Fate::Removed => prop_assert!(edits.removed.contains(&id)),
                Fate::Added => prop_assert!(example.name[0].starts_with("new-")),
            }
            for (_, old, new) in &example.cells {
                prop_assert_eq!(&format!("{old}~"), new);
            }
        }
    }

    #[test]
    fn without_a_key_cells_changed_in_place_rows_added_and_rows_removed_are_told(edits in edits()) {
        let before = table(&columns(&edits.rows));
        let mut rows = edits.rows.clone();
        for (row, column) in &edits.changed {
            rows[*row][*column] = format!("~{row}");
        }
        let changed: BTreeSet<usize> = edits.changed.iter().map(|(row, _)| *row).collect();
        rows.extend((0..edits.added).map(|row| vec![format!("+{row}"); WIDTH]));
        let told = whole(&before, &table(&columns(&rows)));
        prop_assert_eq!((told.added, told.removed, told.changed, told.key.len()), (edits.added, 0, changed.len(), 0));
        prop_assert_eq!(told.cells.iter().map(|(_, count)| count).sum::<usize>(), edits.changed.len());

        let left: Vec<Vec<String>> = edits.rows.iter().enumerate().filter(|(row, _)| !edits.removed.contains(row)).map(|(_, row)| row.clone()).collect();
        let told = whole(&before, &table(&columns(&left)));
        prop_assert_eq!((told.added, told.removed, told.changed), (0, edits.removed.len(), 0));
        let back = whole(&table(&columns(&shuffled(left, edits.shuffle))), &before);
        prop_assert_eq!((back.added, back.removed, back.changed), (edits.removed.len(), 0, 0));
    }
}

#[test]
fn a_project_is_compared_as_it_would_be_published() {
    let mut project = Project::default();
    project.open("deliberations.xlsx", include_bytes!("../fixtures/deliberations.xlsx"));
    let published = include_bytes!("../fixtures/deliberations.expected.csv");
    let read = |bytes: &[u8]| intake::read("publie.csv", bytes, &Choices::default()).unwrap().table;
    // Before any repair, cells differ from the clean file, in the columns of the schema and in no other.
    let told = project.compare(&read(published));
    assert!(told.columns_added.is_empty() && told.columns_removed.is_empty() && !told.reordered, "{told:?}");
    assert!(told.changed > 0 && !told.key.is_empty(), "{told:?}");
}

#[test]
fn comparing_takes_a_time_that_grows_with_the_rows() {
    let rows = |count: usize, suffix: &str| {
        let mut table = Table::new(vec!["id".into(), "a".into(), "b".into()], 2);
        for row in 0..count {
            table.push([format!("{row}").as_str(), if row % 3 == 0 { suffix } else { "same" }, "x"]);
        }
        table
    };
    let spent = |count: usize, keyed: bool| {
        let (mut before, mut after) = (rows(count, "old"), rows(count, "new"));
        if !keyed {
            // The same texts over and over: what no key tells apart.
            (before.labels[0], after.labels[0]) = ("a0".into(), "a0".into());
        }
        let start = std::time::Instant::now();
        let told = whole(&before, &after);
        assert_eq!((told.changed, told.added, told.key.len()), (count.div_ceil(3), 0, usize::from(keyed)));
        start.elapsed()
    };
    for keyed in [true, false] {
        let (small, large) = (spent(20_000, keyed), spent(200_000, keyed));
        assert!(large < small * 60 + std::time::Duration::from_millis(200), "{small:?} {large:?}");
    }
}
