use crate::schema::{CompiledSchema, FieldsMatch};

/// Which column of the table serves which field of the schema.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// For each field, the column that serves it.
    pub columns: Vec<Option<usize>>,
    /// The columns that serve no field and yet are part of the table.
    pub extras: Vec<usize>,
    /// The labels that stand twice; the table is then not checked row by row, since nobody knows
    /// which column is meant.
    pub duplicates: Vec<String>,
    /// Whether the table has a header at all: with none, columns are read by position.
    pub labelled: bool,
    /// What the labels are, where the schema wants them in its own order: they are then compared
    /// one by one, and a wrong label does not keep its column from being read.
    pub ordered: Option<Vec<String>>,
}

impl Layout {
    /// Matches columns to fields as the schema asks and as the reference engine does it: by exact
    /// name, or by position where the schema wants the exact header. Labels are trimmed, case and
    /// accents count.
    pub fn of(schema: &CompiledSchema, labels: &[String]) -> Layout {
        let labels: Vec<&str> = labels.iter().map(|label| label.trim()).collect();
        if schema.fields_match == FieldsMatch::Exact {
            return Layout {
                columns: (0..schema.fields.len()).map(|field| (field < labels.len()).then_some(field)).collect(),
                extras: (schema.fields.len()..labels.len()).collect(),
                duplicates: Vec::new(),
                labelled: !labels.is_empty(),
                ordered: Some(labels.into_iter().map(str::to_owned).collect()),
            };
        }
        let columns: Vec<Option<usize>> =
            schema.fields.iter().map(|field| labels.iter().position(|label| *label == field.name)).collect();
        let extras = (0..labels.len()).filter(|column| !columns.contains(&Some(*column))).collect();
        let mut duplicates: Vec<String> = Vec::new();
        for (at, label) in labels.iter().enumerate() {
            let seen = labels.iter().take(at).any(|earlier| earlier == label);
            if seen && !duplicates.iter().any(|d| d == label) {
                duplicates.push((*label).to_owned());
            }
        }
        Layout { columns, extras, duplicates, labelled: !labels.is_empty(), ordered: None }
    }

    /// The layout of an agent's own choice.
    pub fn chosen(columns: Vec<Option<usize>>, extras: Vec<usize>) -> Layout {
        Layout { columns, extras, labelled: true, ..Layout::default() }
    }

    /// Whether rows can be checked: some field has a column, and no label is in doubt.
    pub fn checks_rows(&self) -> bool {
        self.duplicates.is_empty() && (!self.labelled || self.columns.iter().any(Option::is_some))
    }

    /// The column of a field, by the field's name.
    pub fn column_of(&self, schema: &CompiledSchema, name: &str) -> Option<(usize, usize)> {
        let field = schema.position(name)?;
        Some((field, self.columns.get(field).copied().flatten()?))
    }
}
