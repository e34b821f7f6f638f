use std::{cmp::Reverse, sync::OnceLock};

use serde::{Deserialize, Serialize};

use super::{Line, Mapping, names::Names, suggest::matching};
use crate::{
    schema::{CompiledSchema, Entry, Schema, bundled, bundled_text},
    table::{Profile, Table},
};

/// Below this score no schema is chosen for the agent: "none" is an honest answer.
pub const CHOSEN_FROM: u8 = 50;
/// The best schemas by name, whose values are tried.
const TRIED: usize = 4;
/// Tried at most, where values make others come first.
const TRIED_AT_MOST: usize = 8;

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
    /// What speaks against it: the fields that must be there and found no column.
    pub missing_required: Vec<String>,
    /// Columns of the file that hold something and serve none of its fields.
    pub unmatched_columns: usize,
    /// The other schemas that share most of its fields.
    pub twins: Vec<Twin>,
}

/// A schema that shares most of its fields with another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Twin {
    /// Its name in the catalogue.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// The fields of the same name.
    pub shared: usize,
    /// All fields of the larger of the two.
    pub of: usize,
}

/// A carried schema, read once.
struct Known {
    entry: Entry,
    schema: Schema,
    names: Names,
}

fn known() -> &'static [Known] {
    static KNOWN: OnceLock<Vec<Known>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let read = |entry: Entry| {
            let schema = Schema::from_json(bundled_text(&entry)?).ok()?;
            let names = Names::of(&schema);
            Some(Known { entry, schema, names })
        };
        bundled().into_iter().filter_map(read).collect()
    })
}

/// Ranks the schemas that the program carries for a table, the best first: all by their names, then the
/// few that can still win by the values too. Those that share no column with it are left out.
pub fn rank(table: &Table, profiles: &[Profile]) -> Vec<Candidate> {
    let mut ranked: Vec<(&Known, Candidate, bool)> = known()
        .iter()
        .filter_map(|known| {
            let candidate = known.candidate(&matching(&known.names, None, table, profiles), profiles);
            (candidate.matched > 0 && candidate.score > 0).then_some((known, candidate, false))
        })
        .collect();
    for _ in 0..TRIED_AT_MOST {
        ranked.sort_by_key(|(_, candidate, _)| Reverse((candidate.score, candidate.matched)));
        // Of a schema all of whose fields found their own columns, and that leaves none over, no other does better.
        if ranked.first().is_some_and(|(_, best, tried)| *tried && best.score == 100) {
            break;
        }
        let Some((known, candidate, tried)) = ranked.iter_mut().take(TRIED).find(|(.., tried)| !tried) else { break };
        let compiled = CompiledSchema::new(&known.schema);
        *candidate = known.candidate(&matching(&known.names, Some(&compiled), table, profiles), profiles);
        *tried = true;
    }
    ranked.sort_by_key(|(_, candidate, _)| Reverse((candidate.score, candidate.matched)));
    let all: Vec<&Known> = ranked.iter().map(|(known, ..)| *known).collect();
    let with_twins = ranked.iter().map(|(known, candidate, _)| {
        let twins = all.iter().filter_map(|other| known.twin(other)).collect();
        Candidate { twins, ..candidate.clone() }
    });
    with_twins.filter(|candidate| candidate.matched > 0 && candidate.score > 0).collect()
}

/// How well a table matches a schema, once a column was proposed for each field: the required fields served, and the
/// columns used, each in proportion to how sure their names are.
pub fn score(compiled: &CompiledSchema, lines: &[Line], profiles: &[Profile]) -> u8 {
    let required: Vec<bool> = compiled.fields.iter().map(|field| field.required).collect();
    weighed(&required, lines, profiles)
}

fn weighed(required: &[bool], lines: &[Line], profiles: &[Profile]) -> u8 {
    use super::Confidence::{Doubtful, Likely, Sure};
    let weight = |line: &Line| match (line.column.is_some(), line.confidence) {
        (true, Sure) => 1.0,
        (true, Likely) => 0.75,
        (true, Doubtful) => 0.6,
        _ => 0.0,
    };
    let wanted = |required: &bool| if *required { 3.0 } else { 1.0 };
    let all: f64 = required.iter().map(wanted).sum();
    let served: f64 = required.iter().zip(lines).map(|(required, line)| wanted(required) * weight(line)).sum();
    let filled = profiles.iter().filter(|profile| !profile.is_empty()).count().max(1) as f64;
    let used: f64 = lines.iter().map(weight).sum();
    let (recall, precision) = (served / all.max(1.0), (used / filled).min(1.0));
    let score = if recall + precision == 0.0 { 0.0 } else { 2.0 * recall * precision / (recall + precision) };
    (score * 100.0).round() as u8
}

impl Known {
    fn candidate(&self, (mapping, lines): &(Mapping, Vec<Line>), profiles: &[Profile]) -> Candidate {
        let mut required = vec![false; self.names.len()];
        let mut missing_required = Vec::new();
        for (field, name) in self.names.required() {
            if let Some(required) = required.get_mut(field) {
                *required = true;
            }
            if mapping.columns.get(field).copied().flatten().is_none() {
                missing_required.push(name.to_owned());
            }
        }
        let holds = |column: &usize| profiles.get(*column).is_some_and(|profile| !profile.is_empty());
        Candidate {
            name: self.entry.name.clone(),
            title: self.entry.title.clone(),
            score: weighed(&required, lines, profiles),
            matched: mapping.columns.iter().flatten().count(),
            fields: self.names.len(),
            missing_required,
            unmatched_columns: mapping.leftovers(profiles.len()).iter().filter(|column| holds(column)).count(),
            twins: Vec::new(),
        }
    }

    /// Another schema as a twin of this one: at least half of the fields of both are the same.
    fn twin(&self, other: &Known) -> Option<Twin> {
        let shared = shared(&self.names, &other.names);
        let of = self.names.len().max(other.names.len());
        let twin = Twin { name: other.entry.name.clone(), title: other.entry.title.clone(), shared, of };
        (self.entry.name != other.entry.name && shared * 2 >= of).then_some(twin)
    }
}

/// The fields of the same name, but for case and punctuation.
fn shared(a: &Names, b: &Names) -> usize {
    let theirs: std::collections::HashSet<&str> = b.folded().collect();
    a.folded().filter(|name| theirs.contains(name)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, fields: &[&str]) -> Known {
        let fields: Vec<_> = fields.iter().map(|name| serde_json::json!({ "name": name })).collect();
        let schema = Schema::from_json(&serde_json::json!({ "fields": fields }).to_string()).unwrap();
        let entry = Entry { name: name.into(), title: name.to_uppercase(), ..bundled().remove(0) };
        Known { entry, names: Names::of(&schema), schema }
    }

    #[test]
    fn twins_share_most_of_their_fields() {
        let (a, b) = (of("a", &["id", "Nom", "date", "lieu"]), of("b", &["ID", "nom", "date", "prix", "note"]));
        let twin = a.twin(&b).unwrap();
        assert_eq!((twin.name.as_str(), twin.title.as_str(), twin.shared, twin.of), ("b", "B", 3, 5));
        assert_eq!((a.twin(&a), a.twin(&of("c", &["id", "x", "y", "z"]))), (None, None));
    }
}
