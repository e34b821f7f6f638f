use serde_json::Value;

use super::Schema;

/// A check that Table Schema does not have, declared by a schema under `custom_checks`
/// (the vocabulary of Validata).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// A check of one cell by itself.
    Value {
        /// The field checked.
        field: usize,
        /// What is checked.
        check: ValueCheck,
    },
    /// Either all of these fields have a value, or none.
    Cohesive {
        /// The fields, the first being the one that the schema names first.
        fields: Vec<String>,
    },
    /// Two fields compared, where both have a value.
    Compare {
        /// The left field.
        left: String,
        /// The comparison.
        op: Comparison,
        /// The right field.
        right: String,
    },
    /// A field that is the sum of others, where all have a value.
    Sum {
        /// The total.
        total: String,
        /// The parts.
        parts: Vec<String>,
    },
    /// At least one of two fields has a value.
    OneOf {
        /// The first field.
        first: String,
        /// The second field.
        second: String,
    },
}

/// A check of a single value, beyond its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum ValueCheck {
    /// The 14 digits of an establishment, with their key (SIRENE).
    Siret,
    /// The 9 digits of a legal unit, with their key (SIRENE).
    Siren,
    /// One of the nine subjects of the ACTES classification before the first slash.
    ActesSubject,
    /// `2017/2018`, and perhaps a single year.
    YearInterval {
        /// Whether a single year will do.
        year_alone: bool,
    },
}

/// How two fields compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `==`
    Equal,
    /// `<=`
    LessOrEqual,
    /// `<`
    Less,
}

impl Comparison {
    /// The sign, as schemas write it.
    pub fn sign(self) -> &'static str {
        match self {
            Comparison::Greater => ">",
            Comparison::GreaterOrEqual => ">=",
            Comparison::Equal => "==",
            Comparison::LessOrEqual => "<=",
            Comparison::Less => "<",
        }
    }

    /// Whether the order found satisfies it.
    pub fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Comparison::Greater => order.is_gt(),
            Comparison::GreaterOrEqual => order.is_ge(),
            Comparison::Equal => order.is_eq(),
            Comparison::LessOrEqual => order.is_le(),
            Comparison::Less => order.is_lt(),
        }
    }
}

impl Check {
    /// The code under which the reference validators report it.
    pub fn code(&self) -> &'static str {
        match self {
            Check::Value { check: ValueCheck::YearInterval { .. }, .. } => "year-interval-value",
            Check::Value { .. } => "custom-check-error",
            Check::Cohesive { .. } => "cohesive-columns-value",
            Check::Compare { .. } => "compare-columns-value",
            Check::Sum { .. } => "sum-columns-value",
            Check::OneOf { .. } => "one-of-required",
        }
    }

    /// The names of the fields it reads, the one it is reported on first.
    pub fn names(&self) -> Vec<&str> {
        match self {
            Check::Value { .. } => Vec::new(),
            Check::Cohesive { fields } => fields.iter().map(String::as_str).collect(),
            Check::Compare { left, right, .. } => vec![left, right],
            Check::Sum { total, parts } => std::iter::once(total).chain(parts).map(String::as_str).collect(),
            Check::OneOf { first, second } => vec![first, second],
        }
    }
}

/// Reads the checks of a schema, in its order: `custom_checks`, then each field's `customCheck`.
/// The second list names the declarations that this program cannot carry out.
pub(super) fn read(schema: &Schema) -> (Vec<Check>, Vec<String>) {
    let mut checks = Vec::new();
    let mut unknown = Vec::new();
    let mut keep = |name: &str, check: Option<Check>| match check {
        Some(check) => checks.push(check),
        None => unknown.push(name.to_owned()),
    };
    for declared in schema.document.get("custom_checks").and_then(Value::as_array).into_iter().flatten() {
        let name = declared.get("name").and_then(Value::as_str).unwrap_or_default();
        keep(name, read_one(schema, name, declared.get("params").unwrap_or(&Value::Null)));
    }
    for (at, field) in schema.fields.iter().enumerate() {
        if let Some(name) = field.document.get("customCheck").and_then(Value::as_str) {
            keep(name, value_check(name, &Value::Null).map(|check| Check::Value { field: at, check }));
        }
    }
    (checks, unknown)
}

fn value_check(name: &str, params: &Value) -> Option<ValueCheck> {
    Some(match name {
        "french-siret-value" | "siret" | "code-siret" => ValueCheck::Siret,
        "french-siren-value" | "siren" | "code-siren" => ValueCheck::Siren,
        "nomenclature-actes-value" | "nomenclature-acte" => ValueCheck::ActesSubject,
        "year-interval-value" => {
            let alone = params.get("allow-year-only").and_then(Value::as_str);
            ValueCheck::YearInterval { year_alone: matches!(alone, Some("yes" | "true")) }
        }
        _ => return None,
    })
}

fn read_one(schema: &Schema, name: &str, params: &Value) -> Option<Check> {
    let text = |key: &str| params.get(key).and_then(Value::as_str).map(str::to_owned);
    let list = |key: &str| -> Option<Vec<String>> {
        Some(params.get(key)?.as_array()?.iter().filter_map(Value::as_str).map(str::to_owned).collect())
    };
    if let Some(check) = value_check(name, params) {
        return Some(Check::Value { field: schema.position(&text("column")?)?, check });
    }
    Some(match name {
        "cohesive-columns-value" => {
            let mut fields = vec![text("column")?];
            fields.extend(list("othercolumns")?);
            Check::Cohesive { fields }
        }
        "compare-columns-value" => {
            let op = match text("op")?.as_str() {
                ">" => Comparison::Greater,
                ">=" => Comparison::GreaterOrEqual,
                "==" => Comparison::Equal,
                "<=" => Comparison::LessOrEqual,
                "<" => Comparison::Less,
                _ => return None,
            };
            Check::Compare { left: text("column")?, op, right: text("column2")? }
        }
        "sum-columns-value" => Check::Sum { total: text("column")?, parts: list("columns")? },
        "one-of-required" => Check::OneOf { first: text("column1")?, second: text("column2")? },
        _ => return None,
    })
}
