//! The recipe of what was done, and doing it again on another file.

use serde_json::{Map, Value};

use super::{
    ChosenSchema, Fitted, Outcome, Project,
    change::Change,
    journal::{Label, Repair},
};
use crate::{
    intake::{Choices, Container},
    metadata::Metadata,
    protocol::Reply,
    recipe::{Misfit, Operation, Recipe, SchemaReference, Service, VERSION},
    schema::{Schema, bundled_text, find_bundled},
};

impl Project {
    /// The recipe of what was done; `None` without a schema.
    pub fn recipe(&self) -> Option<Recipe> {
        let chosen = self.fitted.schema.as_ref()?;
        let schema = match chosen.name.as_deref().and_then(find_bundled) {
            Some(entry)
                if bundled_text(&entry).and_then(|text| Schema::from_json(text).ok()).as_ref() == Some(&chosen.schema) =>
            {
                SchemaReference::Name(entry.name)
            }
            _ => SchemaReference::Document {
                name: chosen.name.clone(),
                url: chosen.url.clone(),
                document: chosen.schema.document.clone(),
            },
        };
        let loaded = &self.loaded;
        let sheet = loaded.choices.sheet.and_then(|_| self.sheet().cloned());
        let operations = self.operations().into_iter().filter(|done| self.lasts(done)).collect();
        // Columns that operations make again are theirs to give.
        let made = |column: usize| column >= self.columns_read();
        let label = |column: usize| loaded.table.labels.get(column).filter(|_| !made(column)).cloned();
        let fields = chosen.schema.fields.iter().zip(&self.fitted.mapping.columns);
        let columns =
            fields.filter_map(|(field, column)| Some(Service { field: field.name.clone(), column: label((*column)?)? }));
        Some(Recipe {
            recipe: VERSION,
            file: self.file.clone(),
            schema,
            sheet,
            reading: Choices { sheet: None, ..loaded.choices.clone() },
            labels: loaded.table.labels.iter().take(self.columns_read()).cloned().collect(),
            columns: columns.collect(),
            kept: self.fitted.mapping.kept.iter().filter_map(|column| label(*column)).collect(),
            operations,
            metadata: self.written(),
        })
    }

    /// The name of the sheet read.
    fn sheet(&self) -> Option<&String> {
        match &self.loaded.reading.as_ref()?.container {
            Container::Workbook { sheets, sheet, .. } => sheets.get(*sheet).map(|sheet| &sheet.name),
            Container::Text { .. } => None,
        }
    }

    /// The number of the columns that were read: those added since come after.
    fn columns_read(&self) -> usize {
        self.loaded.profiles.len()
    }

    /// What was done to whole columns or to the whole table, in order.
    fn operations(&self) -> Vec<Operation> {
        let repairs = self.journal.repairs();
        let of_step = |step: usize| repairs.iter().filter(move |(at, ..)| *at == step).map(|(.., repair)| *repair);
        let mut operations = Vec::new();
        for (step, label) in self.journal.labels().enumerate() {
            match label {
                Label::Operation(operation) => operations.push(operation.clone()),
                Label::Repairs(operation, all) if of_step(step).count() == all.len() => operations.push(operation.clone()),
                // Some were taken back: the others are told one by one.
                Label::Repair(_) | Label::Repairs(..) => operations.extend(of_step(step).filter_map(Repair::operation)),
                Label::Edit(_) | Label::TakenBack(..) | Label::Mapping | Label::Describe | Label::Reading | Label::Schema => {}
            }
        }
        operations
    }

    /// Whether what an operation did still stands: another column may have been chosen for the field since.
    fn lasts(&self, operation: &Operation) -> bool {
        let (Operation::Derive { field, .. } | Operation::Extract { field, .. } | Operation::Point { field, .. }) = operation
        else {
            return true;
        };
        let column = self.field(field).and_then(|field| self.fitted.mapping.columns.get(field).copied().flatten());
        column.is_some_and(|column| column >= self.columns_read())
    }

    /// Cells changed and rows added or removed by hand, which no recipe holds.
    pub(super) fn by_hand(&self) -> u32 {
        self.journal.labels().map(|label| if let Label::Edit(count) = label { *count } else { 0 }).sum()
    }

    /// What the agent wrote of the description: what differs from what the data say. A period is not written where the
    /// data give one: that of the next file is another.
    fn written(&self) -> Map<String, Value> {
        let keys = |metadata: &Metadata| match serde_json::to_value(metadata) {
            Ok(Value::Object(keys)) => keys,
            _ => Map::new(),
        };
        let proposed = keys(&self.proposed);
        let mut written = keys(&self.metadata);
        written.retain(|key, value| {
            let given = proposed.get(key).is_some_and(|given| given.as_str().is_some_and(|given| !given.is_empty()));
            proposed.get(key) != Some(value) && !(matches!(key.as_str(), "start" | "end") && given)
        });
        written
    }

    pub(super) fn replay_text(&mut self, text: &str) -> Outcome {
        match Recipe::read(text) {
            Ok(recipe) => {
                let (done, misfits) = self.replay(&recipe);
                let mut outcome = self.state(true);
                outcome.replies.push(Reply::Replayed { done, misfits });
                outcome
            }
            Err(error) => Reply::RecipeRefused(error).into(),
        }
    }

    /// Does again what a recipe tells, each step of which can be taken back: its schema, its columns, its operations, its
    /// description. Its choices of reading are made before, when the file is read. Gives what was done, with the number
    /// of cells or rows, and what did not fit, which was left as it is.
    pub fn replay(&mut self, recipe: &Recipe) -> (Vec<(Operation, u32)>, Vec<Misfit>) {
        let Some(chosen) = chosen(&recipe.schema) else {
            let name = match &recipe.schema {
                SchemaReference::Name(name) => name.clone(),
                SchemaReference::Document { name, url, .. } => name.clone().or(url.clone()).unwrap_or_default(),
            };
            return (Vec::new(), vec![Misfit::UnknownSchema(name)]);
        };
        let (mapping, lines, missing) = recipe.mapping(&chosen.schema, &self.loaded.table.labels);
        let sheet = recipe.sheet.iter().filter(|name| self.sheet().is_some_and(|read| read != *name));
        let mut misfits: Vec<Misfit> = sheet.cloned().map(Misfit::MissingSheet).chain(missing).collect();
        let fitted = Fitted { mapping, lines, ..Fitted::new(&self.loaded, chosen) };
        self.commit(Label::Schema, vec![Change::Schema(Box::new(fitted))]);
        let mut done = Vec::new();
        for operation in &recipe.operations {
            match self.operate(operation) {
                Some(0) => {}
                Some(count) => done.push((operation.clone(), count)),
                None => misfits.push(Misfit::Left(operation.clone())),
            }
        }
        if let Some(metadata) = overlaid(&self.proposed, &recipe.metadata).filter(|_| !recipe.metadata.is_empty()) {
            self.commit(Label::Describe, vec![Change::Metadata(Box::new((metadata, true)))]);
        }
        (done, misfits)
    }
}

/// The schema that a recipe names.
fn chosen(reference: &SchemaReference) -> Option<ChosenSchema> {
    match reference {
        SchemaReference::Name(name) => {
            let entry = find_bundled(name)?;
            let schema = Schema::from_json(bundled_text(&entry)?).ok()?;
            Some(ChosenSchema { name: Some(entry.name), url: Some(entry.url), schema, score: 0 })
        }
        SchemaReference::Document { name, url, document } => {
            let schema = Schema::from_json(&document.to_string()).ok()?;
            Some(ChosenSchema { name: name.clone(), url: url.clone(), schema, score: 0 })
        }
    }
}

/// A description with what a recipe says of it; `None` where that makes no sense.
fn overlaid(proposed: &Metadata, written: &Map<String, Value>) -> Option<Metadata> {
    let mut document = serde_json::to_value(proposed).ok()?;
    let keys = document.as_object_mut()?;
    written.iter().for_each(|(key, value)| drop(keys.insert(key.clone(), value.clone())));
    serde_json::from_value(document).ok()
}
