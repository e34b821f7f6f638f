//! How well columns find their fields, over headers written in ten ways by someone who did not write the
//! vocabulary. The even ways are held out: their failures are never listed, only counted.

use std::collections::BTreeMap;

use atelier::{
    mapping::{rank, suggest},
    schema::{CompiledSchema, Schema, bundled_text, find_bundled},
    table::{Profile, Table},
};

use crate::support::bytes;

/// A header row: the labels, the field that each serves, a value of each.
#[derive(Default)]
struct Row {
    labels: Vec<String>,
    fields: Vec<String>,
    values: Vec<String>,
}

#[derive(Clone, Copy, Default)]
struct Tally {
    right: usize,
    wrong: usize,
    open: usize,
}

impl Tally {
    fn add(&mut self, other: Tally) {
        *self = Tally { right: self.right + other.right, wrong: self.wrong + other.wrong, open: self.open + other.open };
    }

    /// The shares of right and wrong, in percent of the columns that have a field.
    fn shares(self) -> (f64, f64) {
        let all = (self.right + self.wrong + self.open) as f64;
        (self.right as f64 * 100.0 / all, self.wrong as f64 * 100.0 / all)
    }

    fn said(self) -> String {
        let (right, wrong) = self.shares();
        format!("right {} ({right:.2} %), wrong {} ({wrong:.2} %), open {}", self.right, self.wrong, self.open)
    }
}

fn rows() -> BTreeMap<(u32, String), Row> {
    let mut rows: BTreeMap<(u32, String), Row> = BTreeMap::new();
    let file = bytes("headers.csv");
    for record in csv::Reader::from_reader(file.as_slice()).records() {
        let record = record.unwrap();
        let row = rows.entry((record[1].parse().unwrap(), record[0].to_owned())).or_default();
        row.fields.push(record[2].to_owned());
        row.labels.push(record[3].to_owned());
        row.values.push(record[4].to_owned());
    }
    rows
}

fn table(row: &Row) -> (Table, Vec<Profile>) {
    let mut table = Table::new(row.labels.clone(), 2);
    (0..3).for_each(|_| table.push(row.values.iter().map(String::as_str)));
    let profiles = (0..row.labels.len()).map(|column| Profile::of(&table, column)).collect();
    (table, profiles)
}

#[test]
fn columns_find_their_fields_however_they_are_written() {
    let (mut ways, mut all, mut ranked, mut files) = (BTreeMap::<u32, Tally>::new(), [Tally::default(); 2], 0, 0);
    for ((way, name), row) in rows() {
        let schema = Schema::from_json(bundled_text(&find_bundled(&name).unwrap()).unwrap()).unwrap();
        let (table, profiles) = table(&row);
        let (mapping, lines) = suggest(&schema, &CompiledSchema::new(&schema), &table, &profiles);
        let mut tally = Tally::default();
        for (at, field) in schema.fields.iter().enumerate() {
            let own = row.fields.iter().position(|own| *own == field.name);
            let column = mapping.columns[at];
            match (own, column) {
                (Some(own), Some(column)) if own == column => tally.right += 1,
                (_, Some(_)) => tally.wrong += 1,
                (Some(_), None) => tally.open += 1,
                (None, None) => {}
            }
            if way % 2 == 1 && own != column {
                let label = |column: Option<usize>| column.map_or("-", |column| row.labels[column].as_str());
                println!("{way} {name} {}: {} not {} {:?}", field.name, label(column), label(own), lines[at].reason);
            }
        }
        ways.entry(way).or_default().add(tally);
        all[way as usize % 2].add(tally);
        files += 1;
        ranked += usize::from(rank(&table, &profiles).first().is_some_and(|best| best.name == name));
    }
    ways.iter().for_each(|(way, tally)| println!("way {way}: {}", tally.said()));
    println!("odd ways: {}\neven ways: {}", all[1].said(), all[0].said());
    all[0].add(all[1]);
    println!("all: {}\nits schema comes first: {ranked} of {files}", all[0].said());
    let (right, wrong) = all[0].shares();
    // Wrong costs an agent more than open: what words and values do not tell is left to the agent.
    assert!(right >= 95.0 && wrong < 0.6, "{}", all[0].said());
    assert!(ranked + 1 >= files, "its schema comes first: {ranked} of {files}");
}
