use super::{Rule, Severity, Verdict};
use crate::{
    table::{Code, Codes},
    value::Value,
};

/// The verdicts on the values of one field, by code. Millions of values break the same few
/// combinations of rules, so each combination is kept once and a value costs a byte; typed values are
/// kept only where rows are compared.
#[derive(Debug, Clone, Default)]
pub struct Verdicts {
    /// Twice the place of the combination, plus one where there is a typed value.
    marks: Codes,
    combinations: Vec<Vec<Rule>>,
    values: Option<Vec<Option<Value>>>,
}

/// What is known of one value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judged<'a> {
    /// Whether it has a typed value: neither missing nor of another type.
    pub has_value: bool,
    /// The rules that it breaks.
    pub broken: &'a [Rule],
}

impl Judged<'_> {
    /// Whether there is no value at all, not even one of another type.
    pub fn is_missing(self) -> bool {
        !self.has_value && !self.broken.contains(&Rule::Type)
    }

    /// Whether it makes the table invalid.
    pub fn is_error(self) -> bool {
        is_error(self.broken)
    }
}

impl Verdicts {
    /// Verdicts on no value yet, which keep the typed values or do not.
    pub fn new(keep_values: bool) -> Verdicts {
        Verdicts { values: keep_values.then(Vec::new), ..Verdicts::default() }
    }

    /// The number of values judged.
    pub fn len(&self) -> usize {
        self.marks.len()
    }

    /// Whether no value was judged.
    pub fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    /// Adds the verdict on the next value.
    pub fn push(&mut self, verdict: Verdict) {
        let place = match self.combinations.iter().position(|broken| *broken == verdict.broken) {
            Some(place) => place,
            None => {
                self.combinations.push(verdict.broken);
                self.combinations.len() - 1
            }
        };
        self.marks.push(place as u32 * 2 + u32::from(verdict.has_value));
        if let Some(values) = &mut self.values {
            values.push(verdict.value);
        }
    }

    /// What is known of a value; `None` for a code that was not judged.
    pub fn get(&self, code: Code) -> Option<Judged<'_>> {
        let mark = self.marks.get(code as usize)?;
        let broken = self.combinations.get(mark as usize / 2)?;
        Some(Judged { has_value: mark % 2 == 1, broken })
    }

    /// The values that break rules, from a code on, with these rules.
    pub fn broken_from(&self, code: Code) -> impl Iterator<Item = (Code, &[Rule])> + '_ {
        let judged = (code..self.len() as Code).filter_map(|code| Some((code, self.get(code)?.broken)));
        judged.filter(|(_, broken)| !broken.is_empty())
    }

    /// Whether some value breaks a rule that makes the table invalid.
    pub fn has_errors(&self) -> bool {
        self.combinations.iter().any(|broken| is_error(broken))
    }

    /// Whether each value does, by code.
    pub fn errors(&self) -> Vec<bool> {
        let bad: Vec<bool> = self.combinations.iter().map(|broken| is_error(broken)).collect();
        let is_bad = |mark: u32| bad.get(mark as usize / 2).copied().unwrap_or_default();
        (0..self.len()).map(|code| self.marks.get(code).is_some_and(is_bad)).collect()
    }

    /// The typed value, where these are kept.
    pub fn value(&self, code: Code) -> Option<&Value> {
        self.values.as_ref()?.get(code as usize)?.as_ref()
    }
}

fn is_error(broken: &[Rule]) -> bool {
    broken.iter().any(|rule| rule.severity() == Severity::Error)
}
