use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::{
    Mapping,
    assign::assign,
    names::Names,
    nature::Sample,
    similarity::{Label, Likeness},
    vocabulary::Facet,
};
use crate::{
    schema::{CompiledSchema, Schema},
    table::{Looks, Profile, Table},
    value::Kind,
};

/// Below this score, no column is proposed.
const PROPOSED: f64 = 0.62;
/// Below this score, a proposal must be looked at.
const LIKELY: f64 = 0.64;
/// From this score on, with no rival, we are sure.
const SURE: f64 = 0.8;
/// From this score on, the names are the same: values do not weigh in, and no rival counts.
const SAME: f64 = 0.97;
/// A rival this close makes a choice doubtful.
const RIVAL: f64 = 0.06;
/// A column that two fields want this equally serves neither: twice that where its own score is not firm.
const TIE: f64 = 0.03;
const FIRM: f64 = 0.75;
/// Below this likeness of names, values are not looked at.
const ALIKE: f64 = 0.4;
/// Below this likeness, a name speaks for nothing.
const FAINT: f64 = 0.28;
/// What is left is paired from this score on, names and values taken together...
const LEFT: f64 = 0.44;
/// ... where no other pair of either comes this close.
const CLEAR: f64 = 0.06;

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
    /// Other words for the same thing.
    Synonym,
    /// The same words, written short.
    Abbreviation,
    /// Alike names, and values of the kind expected.
    AlikeAndValues,
    /// Alike names.
    Alike,
    /// Values of the kind expected.
    Values,
    /// The agent's own choice.
    Chosen,
}

impl Reason {
    /// The weaker of two reasons to take words for one another.
    pub(super) fn lesser(self, other: Reason) -> Reason {
        let strength = |reason| match reason {
            Reason::SameName | Reason::SameFolded | Reason::SameTitle => 3,
            Reason::Synonym => 2,
            Reason::Abbreviation => 1,
            _ => 0,
        };
        if strength(other) < strength(self) { other } else { self }
    }
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
    /// The words of the label that stand for other words of the field: `mnt` for `montant`.
    pub words: Vec<(String, String)>,
}

impl Line {
    /// A line without a column.
    pub const NONE: Line =
        Line { column: None, confidence: Confidence::Doubtful, reason: Reason::Alike, rival: None, words: Vec::new() };

    /// The agent's own choice.
    pub fn chosen(column: Option<usize>) -> Line {
        Line { column, confidence: Confidence::Sure, reason: Reason::Chosen, ..Line::NONE }
    }
}

/// A column that may serve a field.
#[derive(Debug, Clone, Copy)]
struct Pair {
    field: usize,
    column: usize,
    score: f64,
    reason: Reason,
}

/// Proposes a column for each field of a schema: names and titles, with what the values look like; all
/// fields served together, so that none takes the column that another needs more.
pub fn suggest(schema: &Schema, compiled: &CompiledSchema, table: &Table, profiles: &[Profile]) -> (Mapping, Vec<Line>) {
    matching(&Names::of(schema), Some(compiled), table, profiles)
}

/// [`suggest`] for names already read; by names alone where no compiled schema is given.
pub(super) fn matching(
    names: &Names,
    compiled: Option<&CompiledSchema>,
    table: &Table,
    profiles: &[Profile],
) -> (Mapping, Vec<Line>) {
    let labels: Vec<Label> = table.labels.iter().map(|label| names.label(label)).collect();
    let samples: Vec<Sample<'_>> = match compiled {
        Some(_) => profiles.iter().enumerate().map(|(column, profile)| Sample::of(table, column, profile)).collect(),
        None => Vec::new(),
    };
    let mut alike: Vec<(usize, usize, Likeness)> = Vec::new();
    for (column, label) in labels.iter().enumerate() {
        let named = (0..names.len()).map(|field| (column, field, names.likeness(label, field)));
        alike.extend(named.filter(|(.., named)| named.value >= ALIKE));
    }
    // A column and a field of one name, which is no other's, are for each other: nothing else is asked of either, and neither is
    // given away so that two others may be served.
    let mut met = (vec![0; labels.len()], vec![0; names.len()]);
    let same: Vec<(usize, usize)> =
        alike.iter().filter(|(.., named)| named.value >= SAME).map(|(column, field, _)| (*column, *field)).collect();
    for (column, field) in &same {
        let (columns, fields) = &mut met;
        columns.get_mut(*column).into_iter().chain(fields.get_mut(*field)).for_each(|count| *count += 1);
    }
    let alone = |(column, field): &&(usize, usize)| met.0.get(*column) == Some(&1) && met.1.get(*field) == Some(&1);
    let settled: (HashSet<usize>, HashSet<usize>) = same.iter().filter(alone).copied().unzip();
    alike.retain(|(column, field, named)| named.value >= SAME || !settled.0.contains(column) && !settled.1.contains(field));
    let mut pairs: Vec<Pair> = Vec::new();
    for (column, field, named) in alike {
        let weighed = match compiled {
            Some(compiled) => {
                let text = compiled.fields.get(field).is_some_and(|field| matches!(field.kind, Kind::Text(_)));
                weigh(named, || evidence(names, compiled, field, samples.get(column)), text)
            }
            None => named,
        };
        if weighed.value >= PROPOSED {
            pairs.push(Pair { field, column, score: weighed.value, reason: weighed.reason });
        }
    }
    let weights: Vec<(usize, usize, f64)> = pairs.iter().map(|p| (p.field, p.column, p.score)).collect();
    let mut mapping = Mapping { columns: assign(names.len(), labels.len(), &weights), kept: Vec::new() };
    let mut lines = vec![Line::NONE; names.len()];
    let taken = mapping.columns.clone();
    let score = |field: usize, column: usize| pairs.iter().find(|p| (p.field, p.column) == (field, column)).copied();
    for (field, (slot, line)) in mapping.columns.iter_mut().zip(&mut lines).enumerate() {
        let Some(pair) = slot.and_then(|column| score(field, column)) else { continue };
        // Another field without a column wants this one as much: which of them, nobody can tell.
        let tie = pairs.iter().any(|p| {
            p.column == pair.column
                && p.field != field
                && taken.get(p.field).copied().flatten().is_none()
                && pair.score - p.score < if pair.score < FIRM { 2.0 * TIE } else { TIE }
        });
        if tie && pair.score < SAME {
            *slot = None;
            continue;
        }
        let confidence = match pair.score {
            score if score >= SURE => Confidence::Sure,
            score if score >= LIKELY => Confidence::Likely,
            _ => Confidence::Doubtful,
        };
        let words = labels.get(pair.column).map(|label| names.matched(label, field)).unwrap_or_default();
        *line = Line { column: Some(pair.column), confidence, reason: pair.reason, rival: None, words };
        let near = |p: &&Pair| p.field == field && !taken.contains(&Some(p.column)) && pair.score - p.score < RIVAL;
        let rival = pairs.iter().filter(near).max_by(|a, b| a.score.total_cmp(&b.score));
        if let Some(rival) = rival.filter(|_| pair.score < SAME) {
            line.rival = Some(rival.column);
            line.confidence = Confidence::Doubtful;
        }
    }
    if let Some(compiled) = compiled {
        among_the_rest(names, compiled, &labels, &samples, &mut mapping, &mut lines);
        by_values(names, compiled, &labels, &samples, profiles, &mut mapping, &mut lines);
    }
    (mapping, lines)
}

/// How well the values of a column are those of a field; `None` where nothing can be told.
fn evidence(names: &Names, compiled: &CompiledSchema, field: usize, sample: Option<&Sample<'_>>) -> Option<f64> {
    let sample = sample?;
    let fit = compiled.fields.get(field).and_then(|field| sample.fit(field));
    let shown = names.facets(field).iter().filter_map(|facet| sample.shows(*facet)).reduce(f64::max);
    match (fit, shown) {
        (Some(fit), Some(shown)) => Some(fit.max(shown * 0.9)),
        (fit, shown) => fit.or(shown),
    }
}

/// Names first: values confirm or cast doubt, and decide between alike names. A text that breaks the form
/// asked for is to be repaired; a word where a day or a number is asked for is more likely something else.
fn weigh(named: Likeness, evidence: impl FnOnce() -> Option<f64>, text: bool) -> Likeness {
    if named.value >= SAME {
        return named;
    }
    match evidence() {
        None => named,
        Some(fit) if fit >= 0.8 => {
            let reason = if named.reason == Reason::Alike { Reason::AlikeAndValues } else { named.reason };
            Likeness { value: named.value + (1.0 - named.value) * 0.25 * fit, reason }
        }
        Some(fit) if text => Likeness { value: named.value * (0.85 + 0.15 * fit), ..named },
        Some(fit) => Likeness { value: named.value * (0.6 + 0.4 * fit), ..named },
    }
}

/// Fields and columns that are left, and that go together by a word and by their values better than with any
/// other that is left. To be looked at, always.
fn among_the_rest(
    names: &Names,
    compiled: &CompiledSchema,
    labels: &[Label],
    samples: &[Sample<'_>],
    mapping: &mut Mapping,
    lines: &mut [Line],
) {
    let columns = mapping.leftovers(labels.len());
    let mut pairs: Vec<Pair> = Vec::new();
    for field in (0..names.len()).filter(|field| mapping.columns.get(*field).copied().flatten().is_none()) {
        for column in &columns {
            let Some(label) = labels.get(*column) else { continue };
            let named = names.likeness(label, field);
            if named.value >= FAINT && names.allows(label, field) {
                let seen = evidence(names, compiled, field, samples.get(*column));
                let score = 0.65 * named.value + 0.35 * seen.unwrap_or(0.35);
                let reason = if seen.is_some_and(|seen| seen >= 0.8) { Reason::AlikeAndValues } else { named.reason };
                pairs.push(Pair { field, column: *column, score, reason });
            }
        }
    }
    // What is taken is no rival any more: others may be clear then.
    pairs.sort_by(|a, b| b.score.total_cmp(&a.score));
    loop {
        let clear = |pair: &&Pair| {
            let rivals = |p: &&Pair| (p.field == pair.field) != (p.column == pair.column);
            pair.score >= LEFT && !pairs.iter().filter(rivals).any(|p| pair.score - p.score < CLEAR)
        };
        let Some(pair) = pairs.iter().find(clear).copied() else { break };
        if let (Some(slot), Some(line)) = (mapping.columns.get_mut(pair.field), lines.get_mut(pair.field)) {
            *slot = Some(pair.column);
            let words = labels.get(pair.column).map(|label| names.matched(label, pair.field)).unwrap_or_default();
            *line = Line { column: *slot, reason: pair.reason, words, ..Line::NONE };
        }
        pairs.retain(|p| p.field != pair.field && p.column != pair.column);
    }
}

/// Columns whose names say nothing, and whose values are unmistakable: all of a list of the schema, or the
/// only SIRET numbers for the only field of SIRET numbers. To be looked at, always.
fn by_values(
    names: &Names,
    compiled: &CompiledSchema,
    labels: &[Label],
    samples: &[Sample<'_>],
    profiles: &[Profile],
    mapping: &mut Mapping,
    lines: &mut [Line],
) {
    let keyed = [(Facet::Siret, Looks::Siret), (Facet::Siren, Looks::Siren)];
    let suits = |field: usize, column: usize| {
        let (Some(ready), Some(sample), Some(label)) = (compiled.fields.get(field), samples.get(column), labels.get(column))
        else {
            return false;
        };
        let listed = sample.is_of_list(ready) && names.allows(label, field);
        let has = |facet: Facet| names.facets(field).contains(&facet);
        let looks = |looks: Looks| profiles.get(column).is_some_and(|profile| profile.looks == looks);
        listed || (label.is_blank() && keyed.iter().any(|(facet, look)| has(*facet) && looks(*look)))
    };
    let free: Vec<usize> = mapping.leftovers(labels.len());
    let mut found: Vec<(usize, usize)> = Vec::new();
    for field in 0..names.len() {
        found.extend((0..labels.len()).filter(|column| suits(field, *column)).map(|column| (field, column)));
    }
    for (field, column) in &found {
        let alone = found.iter().filter(|(f, c)| f == field || c == column).count() == 1;
        let (Some(slot), Some(line)) = (mapping.columns.get_mut(*field), lines.get_mut(*field)) else { continue };
        if alone && slot.is_none() && free.contains(column) {
            *slot = Some(*column);
            *line = Line { column: *slot, reason: Reason::Values, ..Line::NONE };
        }
    }
}
