use hashbrown::HashMap;

use super::{CauseKey, CauseKind, Fix, Proposal, formula, propose};
use crate::{
    check::{Checker, Rule, Severity},
    table::{Code, Column},
};

/// Texts whose trouble is remembered while others are looked at: where rows keep their own text, a bad one may stand in many.
const KNOWN: usize = 1_000;

/// The trouble of one bad text, and its repair where there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trouble<'a> {
    /// The cause it belongs to: a bad text has one, the most telling.
    pub key: CauseKey,
    /// Its repair.
    pub proposal: Option<&'a Proposal>,
}

/// The troubles of the values of one field. Perhaps a million values are bad, for a few causes: each value knows the
/// place of its own, so that the rows of all of them are counted without reading any.
#[derive(Debug, Clone, Default)]
pub struct Troubles {
    /// How many values were looked at.
    seen: usize,
    causes: Vec<CauseKey>,
    /// The bad values, in the order of their codes.
    codes: Vec<Code>,
    /// The place of the cause of each.
    places: Vec<u32>,
    /// The repair of each.
    proposals: Vec<Option<Proposal>>,
}

/// A cause of one field, with the number of its rows and the first of its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted<'a> {
    /// The value, and its trouble.
    pub first: (Code, Trouble<'a>),
    /// The rows.
    pub rows: u32,
}

impl Troubles {
    /// Looks at the values of a field that are new since the last time.
    pub fn update(&mut self, checker: &Checker, field: usize, values: &Column) {
        let Some(verdicts) = checker.verdicts(field) else { return };
        let mut known: HashMap<&str, Option<(CauseKey, Option<Proposal>)>> = HashMap::new();
        for (code, broken) in verdicts.broken_from(self.seen as Code) {
            let text = values.value(code);
            let found = match known.get(text) {
                Some(found) => found.clone(),
                None => {
                    let found = trouble(checker, field, broken, text);
                    if known.len() < KNOWN {
                        known.insert(text, found.clone());
                    }
                    found
                }
            };
            let Some((key, proposal)) = found else { continue };
            let place = self.causes.iter().position(|known| *known == key).unwrap_or_else(|| {
                self.causes.push(key);
                self.causes.len() - 1
            });
            self.codes.push(code);
            self.places.push(place as u32);
            self.proposals.push(proposal);
        }
        self.seen = verdicts.len();
    }

    /// Whether no value has one.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The trouble of a value, `None` where it is good.
    pub fn get(&self, code: Code) -> Option<Trouble<'_>> {
        self.at(self.codes.binary_search(&code).ok()?)
    }

    /// The causes that rows have, `rows` telling how many hold a value.
    pub fn count(&self, rows: impl Fn(Code) -> u32) -> Vec<Counted<'_>> {
        let mut counted: Vec<Option<(usize, u32)>> = vec![None; self.causes.len()];
        for (at, (code, place)) in self.codes.iter().zip(&self.places).enumerate() {
            let rows = rows(*code);
            if let Some(cause) = counted.get_mut(*place as usize).filter(|_| rows > 0) {
                cause.get_or_insert((at, 0)).1 += rows;
            }
        }
        let told = |(at, rows): (usize, u32)| Some(Counted { first: (*self.codes.get(at)?, self.at(at)?), rows });
        counted.into_iter().flatten().filter_map(told).collect()
    }

    /// The values that have a cause.
    pub fn of(&self, key: CauseKey) -> impl Iterator<Item = Code> + '_ {
        let cause = self.causes.iter().position(|known| *known == key);
        let mine = self.codes.iter().zip(&self.places).filter(move |(_, place)| Some(**place as usize) == cause);
        mine.map(|(code, _)| *code)
    }

    fn at(&self, at: usize) -> Option<Trouble<'_>> {
        let key = *self.causes.get(*self.places.get(at)? as usize)?;
        Some(Trouble { key, proposal: self.proposals.get(at)?.as_ref() })
    }
}

fn trouble(checker: &Checker, field: usize, broken: &[Rule], text: &str) -> Option<(CauseKey, Option<Proposal>)> {
    let main = broken.iter().min_by_key(|rule| weight(**rule))?;
    let proposal = match checker.schema.fields.get(field) {
        Some(field) => propose(field, broken, text),
        // A column kept beside is looked at for formulas alone.
        None => formula::harmless(text).map(|to| Proposal::Sure { fix: Fix::FormulaSign, to }),
    };
    let kind = match &proposal {
        Some(Proposal::Sure { fix, .. }) => CauseKind::Fix(*fix),
        Some(Proposal::Ask { .. }) => CauseKind::Fix(Fix::AmbiguousDate),
        None => CauseKind::Rule(*main),
    };
    let advice = broken.iter().all(|rule| rule.severity() == Severity::Advice);
    Some((CauseKey { field: Some(field), kind, advice }, proposal))
}

/// The most telling rule first: a SIRET with a bad key breaks its pattern too, perhaps, and `#N/A` is no number.
fn weight(rule: Rule) -> u8 {
    match rule {
        Rule::Required | Rule::LostCharacter | Rule::ErrorCell => 0,
        Rule::Type => 1,
        Rule::Value(_) => 2,
        Rule::Enum => 3,
        Rule::Unverifiable | Rule::Mojibake => 8,
        _ if rule.severity() == Severity::Advice => 9,
        _ => 4,
    }
}
