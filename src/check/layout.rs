use crate::schema::CompiledSchema;

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
}

impl Layout {
    /// Matches columns to fields by exact name, as the reference engine does: labels are trimmed,
    /// case and accents count.
    pub fn by_name(schema: &CompiledSchema, labels: &[String]) -> Layout {
        let labels: Vec<&str> = labels.iter().map(|label| label.trim()).collect();
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
        Layout { columns, extras, duplicates, labelled: !labels.is_empty() }
    }

    /// The layout of an agent's own choice.
    pub fn chosen(columns: Vec<Option<usize>>, extras: Vec<usize>) -> Layout {
        Layout { columns, extras, duplicates: Vec::new(), labelled: true }
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
