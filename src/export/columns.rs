use crate::{
    check::Checker,
    table::{RowId, Table},
    value::Kind,
};

/// The columns of a table as it is published: every field of the schema in its order, with its exact name and even without
/// values, then the columns kept beside.
#[derive(Debug)]
pub struct Columns<'a> {
    columns: Vec<Column<'a>>,
}

#[derive(Debug)]
struct Column<'a> {
    name: &'a str,
    /// The column of the table that serves it.
    served: Option<usize>,
    /// The type of its field.
    kind: Option<&'a Kind>,
}

impl<'a> Columns<'a> {
    /// Those that a checker gives a table.
    pub fn of(checker: &'a Checker, table: &'a Table) -> Columns<'a> {
        let fields = checker.schema.fields.iter().zip(&checker.layout.columns);
        let fields = fields.map(|(field, served)| Column { name: &field.name, served: *served, kind: Some(&field.kind) });
        let extras = checker.layout.extras.iter().filter_map(|at| Some((*at, table.labels.get(*at)?)));
        let extras = extras.map(|(at, label)| Column { name: label.trim(), served: Some(at), kind: None });
        Columns { columns: fields.chain(extras).collect() }
    }

    /// Their names.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        self.columns.iter().map(|column| column.name)
    }

    /// The types of their fields.
    pub fn kinds(&self) -> impl Iterator<Item = Option<&'a Kind>> {
        self.columns.iter().map(|column| column.kind)
    }

    /// Their names, and the columns of the table that serve them.
    pub fn places(&self) -> impl Iterator<Item = (&'a str, Option<usize>)> {
        self.columns.iter().map(|column| (column.name, column.served))
    }

    /// The columns of the table that serve them.
    pub fn served(&self) -> impl Iterator<Item = usize> {
        self.columns.iter().filter_map(|column| column.served)
    }

    /// Their texts in a row.
    pub fn texts<'t>(&self, table: &'t Table, row: RowId) -> impl Iterator<Item = &'t str> {
        self.columns.iter().map(move |column| column.served.map_or("", |served| table.text(row, served)))
    }
}
