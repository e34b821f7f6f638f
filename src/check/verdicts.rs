use super::{Rule, Severity, Verdict};
use crate::{
    table::{Code, Codes, Column, TOGETHER},
    value::Value,
};

/// The verdicts on the values of one field, by code. Millions of values break the same few
/// combinations of rules, so each combination is kept once and a value costs a byte; typed values are
/// kept only where rows are compared.
#[derive(Debug, Clone)]
pub struct Verdicts {
    /// Twice the place of the combination, plus one where there is a typed value.
    marks: Codes,
    /// The first one has no rule: most values break none.
    combinations: Vec<Vec<Rule>>,
    values: Option<Vec<Option<Value>>>,
}

/// The mark of a value that breaks nothing.
const FINE: Code = 1;

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
        Verdicts { marks: Codes::default(), combinations: vec![Vec::new()], values: keep_values.then(Vec::new) }
    }

    /// The number of values judged.
    pub fn len(&self) -> usize {
        self.marks.len()
    }

    /// Whether no value was judged.
    pub fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    /// Adds the verdicts on the values of a column that are new since the last time, which `judge` makes of a verdict at hand, one
    /// text after the other. It is not asked of those of which `is_fine` tells that they have a value and break nothing; that is
    /// told whether a text is known to be plain.
    pub fn judge<'t>(
        &mut self,
        column: &'t Column,
        is_fine: impl Fn(&'t str, bool) -> bool,
        judge: impl Fn(&'t str, &mut Verdict),
    ) {
        let mut verdict = Verdict::default();
        let (mut marks, mut count) = ([0; TOGETHER], 0);
        column.each_from(self.len() as Code, |text, is_plain| {
            let is_fine = self.values.is_none() && is_fine(text, is_plain);
            if !is_fine {
                judge(text, &mut verdict);
            }
            if let Some(mark) = marks.get_mut(count) {
                *mark = match is_fine {
                    true => FINE,
                    false => place(&mut self.combinations, &verdict.broken) * 2 + Code::from(verdict.has_value),
                };
                count += 1;
            }
            if count == marks.len() {
                self.marks.extend(&marks, self.combinations.len() as Code * 2);
                count = 0;
            }
            if let Some(values) = &mut self.values {
                values.push(verdict.value.take());
            }
        });
        self.marks.extend(marks.get(..count).unwrap_or_default(), self.combinations.len() as Code * 2);
    }

    /// What is known of a value; `None` for a code that was not judged.
    #[inline]
    pub fn get(&self, code: Code) -> Option<Judged<'_>> {
        let mark = self.marks.get(code as usize)?;
        let broken = self.combinations.get(mark as usize / 2)?;
        Some(Judged { has_value: mark % 2 == 1, broken })
    }

    /// The values that break rules, from a code on, with these rules.
    pub fn broken_from(&self, code: Code) -> impl Iterator<Item = (Code, &[Rule])> + '_ {
        let mut broken = Vec::new();
        if self.combinations.len() > 1 {
            self.marks.rows_where(code as usize, |mark| mark > 1, |at| broken.push(at as Code));
        }
        broken.into_iter().filter_map(|code| Some((code, self.get(code)?.broken)))
    }

    /// Whether some value breaks a rule that makes the table invalid.
    pub fn has_errors(&self) -> bool {
        self.combinations.iter().any(|broken| is_error(broken))
    }

    /// Whether each value does, by code.
    pub fn errors(&self) -> Vec<bool> {
        self.that(|one| one.is_error())
    }

    /// Whether each value is no value at all, by code.
    pub fn missing(&self) -> Vec<bool> {
        self.that(|one| one.is_missing())
    }

    /// Whether what is known of each value passes a test, by code. Asked once for each mark.
    fn that(&self, passes: impl Fn(Judged<'_>) -> bool) -> Vec<bool> {
        let marks = self.combinations.iter().flat_map(|broken| [false, true].map(|has_value| Judged { has_value, broken }));
        let passing: Vec<bool> = marks.map(passes).collect();
        let mut those = vec![false; self.len()];
        self.marks.rows_where(
            0,
            |mark| passing.get(mark as usize).copied().unwrap_or_default(),
            |at| {
                if let Some(one) = those.get_mut(at) {
                    *one = true;
                }
            },
        );
        those
    }

    /// The typed value, where these are kept.
    pub fn value(&self, code: Code) -> Option<&Value> {
        self.values.as_ref()?.get(code as usize)?.as_ref()
    }
}

/// The place of a combination, which is kept where it is new.
fn place(combinations: &mut Vec<Vec<Rule>>, broken: &[Rule]) -> Code {
    if broken.is_empty() {
        return 0;
    }
    let known = combinations.iter().position(|known| known == broken);
    known.unwrap_or_else(|| {
        combinations.push(broken.to_vec());
        combinations.len() - 1
    }) as Code
}

fn is_error(broken: &[Rule]) -> bool {
    broken.iter().any(|rule| rule.severity() == Severity::Error)
}
