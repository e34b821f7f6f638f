//! What was done to a file, written down to be done again on the next one of its kind.

mod operation;
mod template;

pub use operation::{Operation, Part};
pub use template::{FILE, Template, YEAR, of_file};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    intake::{Choices, Container, Reading},
    mapping::{Line, Mapping},
    schema::Schema,
};

/// The version of the form. A recipe of a later one is refused.
pub const VERSION: u32 = 1;

/// A recipe (*recette*): how a file was read, which column serves which field, what was repaired, and how the dataset
/// is described. It names sheets, columns and fields by their labels, so that it can be read. Of the data it
/// holds what the agent typed, and the values that were matched or replaced: never a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recipe {
    /// The version of the form, [`VERSION`].
    pub recipe: u32,
    /// The file it was made on, to tell people what it is for.
    #[serde(default)]
    pub file: String,
    /// The schema.
    pub schema: SchemaReference,
    /// The sheet read, by its name, where the agent chose one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The other choices of the reading.
    #[serde(default, skip_serializing_if = "is_default")]
    pub reading: Choices,
    /// The labels of the file, in order: its shape.
    pub labels: Vec<String>,
    /// Which column serves each field that has one.
    pub columns: Vec<Service>,
    /// The columns kept though the schema does not have them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<String>,
    /// What was done, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub operations: Vec<Operation>,
    /// What the agent wrote of the description: the keys that the data do not give.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub metadata: Map<String, Value>,
}

/// A schema told by a recipe: one that the program carries by its name, another by its document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SchemaReference {
    /// Its name in the catalogue, `scdl/deliberations`.
    Name(String),
    /// The whole document, where nothing else would find it.
    Document {
        /// The name in the national catalogue, where it has one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// The address it came from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        url: Option<String>,
        /// The document.
        document: Value,
    },
}

/// A column that serves a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// The field's name.
    pub field: String,
    /// The column's label.
    pub column: String,
}

/// Why a text is no recipe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RecipeError {
    /// It is another JSON, or none.
    NotARecipe,
    /// It was written by a later version of the program.
    TooRecent,
}

/// What of a recipe does not fit a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Misfit {
    /// Its schema cannot be used: nothing was done.
    UnknownSchema(String),
    /// The column of a field is not in the file.
    MissingColumn(Service),
    /// The file has a column that the recipe does not know.
    NewColumn(String),
    /// The schema has no such field any more.
    UnknownField(String),
    /// The workbook has no such sheet.
    MissingSheet(String),
    /// An operation found a column or a field missing, and was left out.
    Left(Operation),
}

impl Recipe {
    /// Whether a text is one, whatever its version.
    pub fn is_one(text: &str) -> bool {
        let document = serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}'));
        document.is_ok_and(|document| document.get("recipe").is_some_and(Value::is_u64))
    }

    /// Reads a recipe.
    ///
    /// # Errors
    /// Where the text is none, or one of a later version.
    pub fn read(text: &str) -> Result<Recipe, RecipeError> {
        let document: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|_| RecipeError::NotARecipe)?;
        let version = document.get("recipe").and_then(Value::as_u64).ok_or(RecipeError::NotARecipe)?;
        if version > u64::from(VERSION) {
            return Err(RecipeError::TooRecent);
        }
        serde_json::from_value(document).map_err(|_| RecipeError::NotARecipe)
    }

    /// Writes it, indented for people to read.
    pub fn write(&self) -> String {
        let Ok(mut document) = serde_json::to_value(self) else { return String::new() };
        if let Some(reading) = document.get_mut("reading").and_then(Value::as_object_mut) {
            // What was not chosen is not told.
            reading.retain(|_, choice| !matches!(choice, Value::Null | Value::Bool(false)) && choice.as_u64() != Some(0));
        }
        format!("{document:#}\n")
    }

    /// How a file that was read once should be read: the sheet is found by its name. Where the file has no such sheet,
    /// what was proposed stays.
    pub fn choices(&self, reading: &Reading) -> Choices {
        let sheet = match &reading.container {
            Container::Workbook { sheets, .. } => sheets.iter().position(|sheet| Some(&sheet.name) == self.sheet.as_ref()),
            Container::Text { .. } => None,
        };
        Choices { sheet, ..self.reading.clone() }
    }

    /// The mapping of this recipe for a table with these labels, and what does not fit. Two columns of one label are
    /// told apart by their order.
    pub fn mapping(&self, schema: &Schema, labels: &[String]) -> (Mapping, Vec<Line>, Vec<Misfit>) {
        let mut mapping = Mapping { columns: vec![None; schema.fields.len()], kept: Vec::new() };
        let mut lines = vec![Line::NONE; schema.fields.len()];
        let mut misfits = Vec::new();
        for service in &self.columns {
            let Some(field) = schema.fields.iter().position(|field| field.name == service.field) else {
                misfits.push(Misfit::UnknownField(service.field.clone()));
                continue;
            };
            let free = |at: &usize| !mapping.columns.contains(&Some(*at));
            let mut alike = labels.iter().enumerate().filter(|(_, label)| same(label, &service.column)).map(|(at, _)| at);
            match alike.find(free) {
                Some(column) => {
                    mapping.assign(field, Some(column));
                    if let Some(line) = lines.get_mut(field) {
                        *line = Line::chosen(Some(column));
                    }
                }
                None => misfits.push(Misfit::MissingColumn(service.clone())),
            }
        }
        for (column, label) in labels.iter().enumerate() {
            if self.kept.iter().any(|kept| same(kept, label)) {
                mapping.keep(column, true);
            }
            if !self.labels.iter().any(|known| same(known, label)) {
                misfits.push(Misfit::NewColumn(label.clone()));
            }
        }
        (mapping, lines, misfits)
    }
}

/// Labels that differ by outer spaces are one.
fn same(a: &str, b: &str) -> bool {
    a.trim() == b.trim()
}

fn is_default(choices: &Choices) -> bool {
    *choices == Choices::default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repair::{Fix, Order};

    fn example() -> Recipe {
        Recipe {
            recipe: VERSION,
            file: "mars.csv".into(),
            schema: SchemaReference::Name("scdl/deliberations".into()),
            sheet: Some("Feuil1".into()),
            reading: Choices { footer: 1, ..Choices::default() },
            labels: vec!["N°".into(), "Date".into(), "Notes".into()],
            columns: vec![Service { field: "DELIB_DATE".into(), column: "Date".into() }],
            kept: vec!["Notes".into()],
            operations: vec![
                Operation::RepairSafe,
                Operation::Repair { field: Some("DELIB_DATE".into()), fix: Fix::AmbiguousDate, order: Some(Order::DayFirst) },
                Operation::Derive { field: "COLL_NOM".into(), template: "Ville".into() },
            ],
            metadata: Map::new(),
        }
    }

    #[test]
    fn a_recipe_comes_back_as_it_was_written() {
        assert_eq!(Recipe::read(&example().write()), Ok(example()));
        assert_eq!(Recipe::read("{}"), Err(RecipeError::NotARecipe));
        assert_eq!(Recipe::read("x"), Err(RecipeError::NotARecipe));
        assert_eq!(Recipe::read(r#"{"recipe":2}"#), Err(RecipeError::TooRecent));
    }

    #[test]
    fn what_does_not_fit_is_told() {
        let schema = Schema::from_json(r#"{"fields":[{"name":"DELIB_DATE"},{"name":"b"}]}"#).unwrap();
        let labels = |labels: &[&str]| labels.iter().map(|label| (*label).to_owned()).collect::<Vec<_>>();
        let (mapping, _, misfits) = example().mapping(&schema, &labels(&["Notes", " Date", "N°"]));
        assert_eq!((mapping.columns, mapping.kept, misfits), (vec![Some(1), None], vec![0], vec![]));
        let (mapping, _, misfits) = example().mapping(&schema, &labels(&["Jour", "N°"]));
        let lacking = Service { field: "DELIB_DATE".into(), column: "Date".into() };
        assert_eq!(mapping.columns, [None, None]);
        assert_eq!(misfits, [Misfit::MissingColumn(lacking), Misfit::NewColumn("Jour".into())]);
    }
}
