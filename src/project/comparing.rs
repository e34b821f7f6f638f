use super::Project;
use crate::{
    export::Columns,
    table::{Difference, Side, Table},
};

impl Project {
    /// What the table has, as it would be published, that a published one has not, and the other way round.
    pub fn compare(&self, published: &Table) -> Difference {
        let (schema, table) = (&self.checker.schema, &self.loaded.table);
        let keys = schema.primary_key.iter().filter_map(|at| schema.fields.get(*at));
        let keys: Vec<&str> = keys.map(|field| field.name.as_str()).collect();
        let columns = Columns::of(&self.checker, table);
        Difference::between(&Side::whole(published), &Side::new(table, columns.places()), &keys)
    }
}
