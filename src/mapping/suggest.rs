use serde::{Deserialize, Serialize};

use super::{
    Mapping,
    similarity::{Weights, words},
};
use crate::{
    check::check_cell,
    repair::propose,
    schema::{CompiledField, CompiledSchema, Constraint, Schema},
    table::{Looks, Profile, Table},
    text,
    value::{Kind, TextFormat},
};

/// Below this score, no column is proposed.
const PROPOSED: f64 = 0.36;
/// Below this score, a proposal must be looked at.
const LIKELY: f64 = 0.5;
/// From this score on, with no rival, we are sure.
const SURE: f64 = 0.72;
/// A rival this close makes a choice doubtful.
const RIVAL: f64 = 0.07;
/// Distinct values tried against a field.
const TRIED: usize = 60;

/// How sure we are of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Confidence {
    /// The same name, or names and values that leave no doubt.
    Sure,
    /// Likely.
    Likely,
    /// To be looked at.
    Doubtful,
}

/// Why a column was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// The schema's own name.
    SameName,
    /// The same name but for case, accents or punctuation.
    SameFolded,
    /// The schema's title.
    SameTitle,
    /// Alike names, and values of the kind expected.
    AlikeAndValues,
    /// Alike names.
    Alike,
    /// Values of the kind expected.
    Values,
    /// The agent's own choice.
    Chosen,
}

/// The proposal for one field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// The column proposed, by its place.
    pub column: Option<usize>,
    /// How sure we are.
    pub confidence: Confidence,
    /// Why.
    pub reason: Reason,
    /// Another column that would do about as well.
    pub rival: Option<usize>,
}

struct Score {
    value: f64,
    reason: Reason,
}

/// Proposes a column for each field of a schema: exact name, then folded name, then names and
/// titles weighed with what the values look like. The best pairs are served first.
pub fn suggest(schema: &Schema, compiled: &CompiledSchema, table: &Table, profiles: &[Profile]) -> (Mapping, Vec<Line>) {
    let field_words: Vec<(Vec<String>, Vec<String>)> = schema.fields.iter().map(|f| (words(&f.name), words(&f.title))).collect();
    let weights = Weights::of(&field_words.iter().map(|(name, title)| [name.as_slice(), title].concat()).collect::<Vec<_>>());
    let mut pairs: Vec<(f64, usize, usize, Reason)> = Vec::new();
    for (column, label) in table.labels.iter().enumerate() {
        let label_words = words(label);
        for (at, (field, known)) in schema.fields.iter().zip(&field_words).enumerate() {
            let named = name_score(label, &label_words, &field.name, &field.title, known, &weights);
            if named.value < 0.2 {
                continue;
            }
            let (Some(ready), Some(profile)) = (compiled.fields.get(at), profiles.get(column)) else { continue };
            let fit = fit(ready, table, column, profile);
            let score = weigh(named, fit, !ready.checks.is_empty());
            if score.value >= PROPOSED {
                pairs.push((score.value, at, column, score.reason));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut mapping = Mapping { columns: vec![None; schema.fields.len()], kept: Vec::new() };
    let none = Line { column: None, confidence: Confidence::Doubtful, reason: Reason::Alike, rival: None };
    let mut lines = vec![none; schema.fields.len()];
    let mut served = Vec::new();
    for (score, field, column, reason) in &pairs {
        let (Some(slot), Some(line)) = (mapping.columns.get_mut(*field), lines.get_mut(*field)) else { continue };
        if slot.is_some() || served.contains(column) {
            continue;
        }
        *slot = Some(*column);
        served.push(*column);
        let confidence = match *score {
            score if score >= SURE => Confidence::Sure,
            score if score >= LIKELY => Confidence::Likely,
            _ => Confidence::Doubtful,
        };
        *line = Line { column: Some(*column), confidence, reason: *reason, rival: None };
    }
    for (at, line) in lines.iter_mut().enumerate() {
        let own = pairs.iter().find(|(_, field, column, _)| *field == at && Some(*column) == line.column).map(|pair| pair.0);
        let free = |column: &usize| !served.contains(column);
        let rival = pairs.iter().find(|(_, field, column, _)| *field == at && free(column));
        if let (Some(own), Some((score, _, column, _))) = (own, rival)
            && own - score < RIVAL
            && own < 0.97
        {
            line.rival = Some(*column);
            line.confidence = Confidence::Doubtful;
        }
    }
    (mapping, lines)
}

fn name_score(
    label: &str,
    label_words: &[String],
    name: &str,
    title: &str,
    known: &(Vec<String>, Vec<String>),
    weights: &Weights,
) -> Score {
    let score = |value, reason| Score { value, reason };
    if label.trim() == name {
        return score(1.0, Reason::SameName);
    }
    let folded = text::fold(label);
    if folded.is_empty() {
        return score(0.0, Reason::Alike);
    }
    if folded == text::fold(name) {
        return score(0.99, Reason::SameFolded);
    }
    if folded == text::fold(title) {
        return score(0.98, Reason::SameTitle);
    }
    let alike = weights.similarity(label_words, &known.0).max(weights.similarity(label_words, &known.1));
    score(alike * 0.9, Reason::Alike)
}

/// How well the values of a column fit a field: `None` where the field says nothing of its values.
fn fit(field: &CompiledField, table: &Table, column: usize, profile: &Profile) -> Option<f64> {
    if profile.looks == Looks::Empty {
        return None;
    }
    let bound = field.constraints.iter().any(|c| matches!(c, Constraint::Pattern(_) | Constraint::Enum(_)));
    let free = matches!(field.kind, Kind::Any | Kind::Text(TextFormat::Any)) && !bound && field.checks.is_empty();
    if free {
        // Free text has no form, and yet dates and numbers are seldom what is meant by it.
        return None;
    }
    let (mut tried, mut good) = (0.0, 0.0);
    for (_, value, _) in table.tally(column) {
        if text::trim(value).is_empty() {
            continue;
        }
        tried += 1.0;
        let broken = check_cell(field, value).broken;
        if broken.is_empty() {
            good += 1.0;
        } else if propose(field, &broken, value).is_some() {
            good += 0.9;
        }
        if tried >= TRIED as f64 {
            break;
        }
    }
    (tried > 0.0).then(|| good / tried)
}

/// Names first: values confirm or cast doubt, and decide between alike names. `keyed` where the field's
/// values verify themselves, as SIRET numbers do.
fn weigh(named: Score, fit: Option<f64>, keyed: bool) -> Score {
    if named.value >= 0.97 {
        return named;
    }
    match fit {
        None => named,
        // Numbers that carry their own key are seldom something else.
        Some(fit) if keyed && fit >= 0.9 && named.value >= 0.4 => {
            Score { value: 0.8 + named.value * 0.15, reason: Reason::AlikeAndValues }
        }
        Some(fit) if fit >= 0.8 => Score { value: (named.value * 0.75 + fit * 0.3).min(0.96), reason: Reason::AlikeAndValues },
        Some(fit) => Score { value: named.value * (0.55 + 0.4 * fit), reason: named.reason },
    }
}
