use serde::{Deserialize, Serialize};

use super::suggest;
use crate::{
    schema::{CompiledSchema, Schema, bundled, bundled_text},
    table::{Profile, Table},
};

/// A schema proposed for a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// Its name in the catalogue.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// From 0 to 100: how well the file's columns match.
    pub score: u8,
    /// Fields that found a column.
    pub matched: usize,
    /// Fields of the schema.
    pub fields: usize,
}

/// Ranks the schemas that the program carries for a table, the best first. Those that share no
/// column with it are left out.
pub fn rank(table: &Table, profiles: &[Profile]) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = bundled()
        .into_iter()
        .filter_map(|entry| {
            let schema = Schema::from_json(bundled_text(&entry)?).ok()?;
            let compiled = CompiledSchema::new(&schema);
            let (score, matched) = score(&schema, &compiled, table, profiles);
            (matched > 0 && score > 0).then_some(Candidate {
                name: entry.name,
                title: entry.title,
                score,
                matched,
                fields: schema.fields.len(),
            })
        })
        .collect();
    candidates.sort_by_key(|c| std::cmp::Reverse((c.score, c.matched)));
    candidates
}

/// How well a table matches a schema, and how many fields found a column: the required fields
/// served, and the columns used, each in proportion to how sure their names are.
pub fn score(schema: &Schema, compiled: &CompiledSchema, table: &Table, profiles: &[Profile]) -> (u8, usize) {
    use super::Confidence::{Doubtful, Likely, Sure};
    let (mapping, lines) = suggest(schema, compiled, table, profiles);
    let weight = |field: usize| match lines.get(field).map(|line| (line.column.is_some(), line.confidence)) {
        Some((true, Sure)) => 1.0,
        Some((true, Likely)) => 0.75,
        Some((true, Doubtful)) => 0.6,
        _ => 0.0,
    };
    let wanted = |field: usize| if compiled.fields.get(field).is_some_and(|f| f.required) { 3.0 } else { 1.0 };
    let all: f64 = (0..schema.fields.len()).map(wanted).sum();
    let served: f64 = (0..schema.fields.len()).map(|field| wanted(field) * weight(field)).sum();
    let filled = profiles.iter().filter(|p| p.filled > 0).count().max(1) as f64;
    let used: f64 = (0..schema.fields.len()).map(weight).sum();
    let (recall, precision) = (served / all.max(1.0), (used / filled).min(1.0));
    let score = if recall + precision == 0.0 { 0.0 } else { 2.0 * recall * precision / (recall + precision) };
    ((score * 100.0).round() as u8, mapping.columns.iter().flatten().count())
}
