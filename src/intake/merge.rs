use super::{IntakeError, Opened};
use crate::{
    table::{RowId, Table},
    text,
};

/// The column that tells which file each row comes from. The schema does not have it: it is published only where the
/// agent keeps it.
const SOURCE: &str = "fichier_source";

/// Makes one table of several files of one shape: the same labels, whatever their order and their case. Rows come in the order
/// of the files.
///
/// # Errors
/// Where there is no file, or where one lacks a column of the first or has one more.
pub fn merge(parts: Vec<(String, Opened)>) -> Result<Opened, IntakeError> {
    let mut parts = parts.into_iter();
    let (name, mut first) = parts.next().ok_or(IntakeError::Empty)?;
    if parts.len() == 0 {
        return Ok(first);
    }
    let mut sources = vec![(name, first.table.len())];
    for (name, other) in parts {
        let places = places(&first.table, &other.table, &name)?;
        append(&mut first.table, &other.table, &places);
        for notice in other.reading.notices {
            if !first.reading.notices.contains(&notice) {
                first.reading.notices.push(notice);
            }
        }
        sources.push((name, other.table.len()));
    }
    let mut origin = crate::table::Column::default();
    let hidden = first.table.columns.first().map_or(0, |column| column.len()) - first.table.len();
    (0..hidden).for_each(|_| origin.push(""));
    for (name, rows) in sources {
        (0..rows).for_each(|_| origin.push(&name));
    }
    first.table.add_column(SOURCE.to_owned(), origin);
    first.table.settle();
    first.reading.rows = first.table.len();
    first.reading.columns = first.table.labels.len();
    Ok(first)
}

/// For each column of the first file, its place in the other.
fn places(first: &Table, other: &Table, name: &str) -> Result<Vec<usize>, IntakeError> {
    let different = |label: &str| IntakeError::Different { file: name.to_owned(), column: label.to_owned() };
    let fold = |labels: &[String]| labels.iter().map(|label| text::fold(label)).collect::<Vec<_>>();
    let (ours, theirs) = (fold(&first.labels), fold(&other.labels));
    if let Some(at) = theirs.iter().position(|label| !ours.contains(label)) {
        return Err(different(other.labels.get(at).map_or("", String::as_str)));
    }
    let mut taken = vec![false; theirs.len()];
    let mut place = |(label, written): (&String, &String)| {
        let found = theirs.iter().zip(&taken).position(|(other, taken)| other == label && !taken);
        let at = found.ok_or_else(|| different(written))?;
        if let Some(taken) = taken.get_mut(at) {
            *taken = true;
        }
        Ok(at)
    };
    ours.iter().zip(&first.labels).map(&mut place).collect()
}

fn append(table: &mut Table, other: &Table, places: &[usize]) {
    let from = table.from_file;
    for (column, place) in table.columns.iter_mut().zip(places) {
        other.order.iter().for_each(|row| column.push(other.text(*row, *place)));
    }
    let width = table.labels.len();
    for (at, row) in other.order.iter().enumerate() {
        let id = from + at as RowId;
        if let Some(beyond) = other.overflow.get(row) {
            table.overflow.insert(id, beyond.clone());
        }
        if let Some(present) = other.short.get(row) {
            table.short.insert(id, (*present).min(width));
        }
    }
    table.add_rows(other.order.len() as u32);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::{Choices, read};

    fn part(name: &str, text: &str) -> (String, Opened) {
        (name.to_owned(), read(name, text.as_bytes(), &Choices::default()).unwrap())
    }

    #[test]
    fn files_of_one_shape_become_one_table() {
        let merged = merge(vec![part("a.csv", "Titre\nnom;ville\nA;B\n"), part("b.csv", "VILLE,Nom\nD,C\nF,E\n")]).unwrap();
        let table = merged.table;
        assert_eq!(table.labels, ["nom", "ville", "fichier_source"]);
        let row = |row: u32| (0..3).map(|column| table.text(row, column)).collect::<Vec<_>>().join(" ");
        assert_eq!(table.order.iter().map(|id| row(*id)).collect::<Vec<_>>(), ["A B a.csv", "C D b.csv", "E F b.csv"]);
        assert_eq!(merged.reading.rows, 3);
    }

    #[test]
    fn a_file_of_another_shape_is_named() {
        let other = merge(vec![part("a.csv", "nom;ville\nA;B\n"), part("b.csv", "nom;pays\nA;B\n")]);
        assert_eq!(other.unwrap_err(), IntakeError::Different { file: "b.csv".into(), column: "pays".into() });
    }
}
