use crate::{
    schema::{CompiledField, Constraint, Match},
    value::{Kind, Value, json},
};

use super::{Rule, custom};

/// What checking one text against one field gives. It depends on nothing else, so it is worked out
/// once per distinct value.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Verdict {
    /// Whether there is a typed value: not for a missing value, nor for a text that is not of the type.
    pub has_value: bool,
    /// The typed value; `None` where there is none, or where it is the text itself.
    pub value: Option<Value>,
    /// The rules broken, in the reference engine's order.
    pub broken: Vec<Rule>,
}

impl Verdict {
    /// Whether the cell holds something, of the type or not: it does not where the schema calls the text missing.
    pub fn is_given(&self) -> bool {
        self.has_value || self.broken.contains(&Rule::Type)
    }
}

/// Checks a text against a field: missing values, then the type, then the constraints, then the
/// custom checks of a single value (which also run where only a constraint failed).
pub fn check_cell(field: &CompiledField, text: &str) -> Verdict {
    let mut verdict = Verdict::default();
    check_into(field, text, &mut verdict);
    verdict
}

/// [`check_cell`] into a verdict at hand, whatever it says: a verdict is large, and there are millions.
pub fn check_into(field: &CompiledField, text: &str, verdict: &mut Verdict) {
    verdict.broken.clear();
    verdict.value = None;
    verdict.has_value = false;
    if field.missing.iter().any(|missing| missing == text) {
        if field.required {
            verdict.broken.push(Rule::Required);
        }
        return;
    }
    // Text that only its form and its length bind needs no copy: most columns are so.
    verdict.has_value = match &field.kind {
        Kind::Text(format) => format.accepts(text),
        kind => {
            verdict.value = kind.parse(text);
            verdict.value.is_some()
        }
    };
    match verdict.has_value {
        true => breaks(field, verdict.value.as_ref(), text, &mut verdict.broken),
        false => verdict.broken.push(Rule::Type),
    }
}

/// Adds the rules that a cell of the right type breaks. Its value may be left out where it is the text itself.
fn breaks(field: &CompiledField, value: Option<&Value>, text: &str, broken: &mut Vec<Rule>) {
    for of in &field.constraints {
        broken.extend(constraint(of, value, text));
    }
    // An array that breaks its own constraints is not looked into.
    if let (Some(item), Some(Value::Json(serde_json::Value::Array(items))), true) = (&field.item, value, broken.is_empty()) {
        check_items(item, items, broken);
    }
    for check in &field.checks {
        if !custom::holds(*check, text, value) {
            broken.push(Rule::Value(*check));
        }
    }
    let listed = |category: &Value| match value {
        Some(value) => category == value,
        None => matches!(category, Value::Text(category) if category == text),
    };
    if !field.categories.is_empty() && !field.categories.iter().any(listed) {
        broken.push(Rule::Category);
    }
}

fn constraint(constraint: &Constraint, value: Option<&Value>, text: &str) -> Option<Rule> {
    let length = || match value {
        Some(Value::Json(serde_json::Value::Array(items))) => items.len(),
        Some(Value::Json(serde_json::Value::Object(keys))) => keys.len(),
        Some(Value::List(items)) => items.len(),
        _ => text.chars().count(),
    };
    let ordered = |bound: &Value| value.and_then(|value| compare(value, bound));
    let (kept, rule) = match constraint {
        Constraint::MinLength(least) => (length() >= *least, Rule::MinLength),
        // Most texts are short, and none has more characters than bytes.
        Constraint::MaxLength(most) => (value.is_none() && text.len() <= *most || length() <= *most, Rule::MaxLength),
        Constraint::Pattern(pattern) => match pattern.matches(text) {
            Match::Yes => (true, Rule::Pattern),
            Match::No => (false, Rule::Pattern),
            Match::Unverifiable => (false, Rule::Unverifiable),
        },
        Constraint::Minimum(bound) => (ordered(bound).is_some_and(|o| o.is_ge()), Rule::Minimum),
        Constraint::Maximum(bound) => (ordered(bound).is_some_and(|o| o.is_le()), Rule::Maximum),
        Constraint::ExclusiveMinimum(bound) => (ordered(bound).is_some_and(|o| o.is_gt()), Rule::ExclusiveMinimum),
        Constraint::ExclusiveMaximum(bound) => (ordered(bound).is_some_and(|o| o.is_lt()), Rule::ExclusiveMaximum),
        Constraint::Enum(accepted) => {
            let is = |accepted: &Value| match value {
                Some(value) => same(accepted, value),
                None => matches!(accepted, Value::Text(accepted) if accepted == text),
            };
            (accepted.iter().any(is), Rule::Enum)
        }
    };
    (!kept).then_some(rule)
}

/// Whether two values are one: numbers within JSON count by their size, whatever their writing.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Json(a), Value::Json(b)) => json::same(a, b),
        (a, b) => a == b,
    }
}

/// Orders two values of one type; `None` where they have no order.
pub fn compare(a: &Value, b: &Value) -> Option<std::cmp::Ordering> {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
        (Value::Number(a), Value::Number(b)) => a.partial_cmp(b),
        (Value::Boolean(a), Value::Boolean(b)) => Some(a.cmp(b)),
        (Value::Date(a), Value::Date(b)) => Some(a.cmp(b)),
        (Value::DateTime(a), Value::DateTime(b)) => Some(a.cmp(b)),
        (Value::Time(a), Value::Time(b)) => Some(a.cmp(b)),
        (Value::YearMonth(y, m), Value::YearMonth(v, n)) => Some((y, m).cmp(&(v, n))),
        (Value::Duration(a), Value::Duration(b)) => a.order(b),
        _ => None,
    }
}

/// Checks the items of an array; whatever the number of bad items, each rule is broken once.
fn check_items(item: &CompiledField, items: &[serde_json::Value], broken: &mut Vec<Rule>) {
    for value in items {
        let rules = match value {
            serde_json::Value::Null if item.required => vec![Rule::Required],
            serde_json::Value::Null => Vec::new(),
            serde_json::Value::String(text) => check_cell(item, text).broken,
            // A text field takes text alone; the others read the number or the word as written.
            other if matches!(item.kind, Kind::Text(_)) && !other.is_null() => vec![Rule::Type],
            // 4.0 is a whole number.
            serde_json::Value::Number(n) if matches!(item.kind, Kind::Integer(_)) => {
                let text = n.to_string();
                check_cell(item, text.strip_suffix(".0").unwrap_or(&text)).broken
            }
            other => check_cell(item, &other.to_string()).broken,
        };
        for rule in rules {
            if !broken.contains(&rule) {
                broken.push(rule);
            }
        }
    }
}
