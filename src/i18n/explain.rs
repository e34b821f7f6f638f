use super::{Arg, Locale};
use crate::{
    check::Rule,
    schema::{Check, Comparison, Fault, Field, Schema, ValueCheck},
};

/// What is wrong in a cell, and what was expected there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What is wrong.
    pub wrong: String,
    /// What was expected, with an example where the schema has one.
    pub expected: String,
}

/// Explains a finding to an agent: the rule, the field it is about, the cell's text. `checks` are
/// the schema's custom checks.
pub fn explain(locale: Locale, rule: Rule, schema: &Schema, checks: &[Check], field: Option<usize>, cell: &str) -> Explanation {
    let words = locale.words();
    let field = field.and_then(|at| schema.fields.get(at));
    let title = field.map_or("", |field| field.title.as_str());
    let cell = shortened(cell);
    let bound = |name: &str| constraint(field, name);
    let args = |extra: &str| -> Vec<(&'static str, String)> {
        vec![("cell", cell.clone()), ("field", title.to_owned()), ("bound", extra.to_owned())]
    };
    let say = |template: &str, bound: &str| {
        let args = args(bound);
        locale.fill(template, &args.iter().map(|(key, value)| (*key, Arg::Text(value))).collect::<Vec<_>>())
    };
    let example = field.and_then(|field| field.example.as_deref()).filter(|example| !example.is_empty());
    let with_example = |text: String| match example {
        Some(example) => format!("{text} {}", say(words.example, &shortened(example))),
        None => text,
    };
    let (wrong, expected) = match rule {
        Rule::Type => {
            let (wrong, expected) = type_words(locale, field);
            (say(wrong, ""), with_example(say(expected, &yes_no(locale, field))))
        }
        Rule::Required => (say(words.rule_required, ""), with_example(say(words.rule_required_expected, ""))),
        Rule::MinLength => (say(words.rule_min_length, &bound("minLength")), with_example(String::new())),
        Rule::MaxLength => (say(words.rule_max_length, &bound("maxLength")), String::new()),
        Rule::Pattern => (say(words.rule_pattern, ""), with_example(pattern_words(locale, &bound("pattern")))),
        Rule::Unverifiable => (say(words.rule_unverifiable, ""), String::new()),
        Rule::Minimum => (say(words.rule_minimum, &bound("minimum")), String::new()),
        Rule::Maximum => (say(words.rule_maximum, &bound("maximum")), String::new()),
        Rule::ExclusiveMinimum => (say(words.rule_exclusive_minimum, &bound("exclusiveMinimum")), String::new()),
        Rule::ExclusiveMaximum => (say(words.rule_exclusive_maximum, &bound("exclusiveMaximum")), String::new()),
        Rule::Enum => (say(words.rule_enum, ""), enumeration(locale, field, &cell)),
        Rule::Value(ValueCheck::Siret) => (say(words.rule_siret, ""), say(words.rule_siret_expected, "")),
        Rule::Value(ValueCheck::Siren) => (say(words.rule_siren, ""), say(words.rule_siren_expected, "")),
        Rule::Value(ValueCheck::ActesSubject) => (say(words.rule_actes, ""), say(words.rule_actes_expected, "")),
        Rule::Value(ValueCheck::YearInterval { .. }) => (say(words.rule_years, ""), say(words.rule_years_expected, "")),
        Rule::Unique => (say(words.rule_unique, ""), say(words.rule_unique_expected, "")),
        Rule::PrimaryKey => (say(words.rule_key, ""), say(words.rule_key_expected, &key_titles(schema))),
        Rule::BlankRow => (say(words.rule_blank_row, ""), say(words.rule_blank_row_expected, "")),
        Rule::ExtraCell => (say(words.rule_extra_cell, ""), say(words.rule_extra_cell_expected, "")),
        Rule::MissingCell => (say(words.rule_missing_cell, ""), say(words.rule_missing_cell_expected, "")),
        Rule::MissingLabel => (say(words.rule_missing_label, ""), say(words.rule_missing_label_expected, "")),
        Rule::DuplicateLabel => (say(words.rule_duplicate_label, ""), say(words.rule_duplicate_label_expected, "")),
        Rule::OuterSpaces => (say(words.rule_outer_spaces, ""), say(words.rule_outer_spaces_expected, "")),
        Rule::Across(at) => across(locale, schema, checks.get(usize::from(at))),
    };
    Explanation { wrong, expected }
}

/// Explains what in a schema cannot be checked here.
pub fn explain_fault(locale: Locale, fault: &Fault) -> String {
    let words = locale.words();
    let fill =
        |template, name: &str, more: &str| locale.fill(template, &[("field", Arg::Text(name)), ("bound", Arg::Text(more))]);
    match fault {
        Fault::UnreadType { field, type_name } => fill(words.fault_type, field, type_name),
        Fault::UnreadPattern { field } => fill(words.fault_pattern, field, ""),
        Fault::UnreadConstraint { field, constraint } => fill(words.fault_constraint, field, constraint),
        Fault::UnknownCheck { name } => fill(words.fault_check, name, ""),
        Fault::ForeignKey { resource } => fill(words.fault_foreign_key, resource, ""),
    }
}

fn type_words(locale: Locale, field: Option<&Field>) -> (&'static str, &'static str) {
    let words = locale.words();
    match field.map(|field| (field.type_name.as_str(), field.format.as_str())) {
        Some(("integer", _)) => (words.type_integer, words.type_integer_expected),
        Some(("number", _)) => (words.type_number, words.type_number_expected),
        Some(("boolean", _)) => (words.type_boolean, words.type_boolean_expected),
        Some(("date", "default" | "%Y-%m-%d")) => (words.type_date, words.type_date_expected),
        Some(("datetime", "default")) => (words.type_datetime, words.type_datetime_expected),
        Some(("date" | "datetime" | "time", _)) => (words.type_date, words.type_formatted_expected),
        Some(("year", _)) => (words.type_year, words.type_year_expected),
        Some(("geopoint", _)) => (words.type_geopoint, words.type_geopoint_expected),
        Some(("array", _)) => (words.type_array, words.type_array_expected),
        Some(("string", "uri")) => (words.type_uri, words.type_uri_expected),
        Some(("string", "email")) => (words.type_email, words.type_email_expected),
        _ => (words.type_other, words.type_other_expected),
    }
}

/// The words accepted for yes and no, or the format, as `{bound}` of the type's sentence.
fn yes_no(locale: Locale, field: Option<&Field>) -> String {
    let Some(field) = field else { return String::new() };
    if field.type_name != "boolean" {
        return field.format.clone();
    }
    let first = |key: &str, usual: &str| field.words(key).and_then(|w| w.first().cloned()).unwrap_or_else(|| usual.to_owned());
    let or = if locale == Locale::Fr { "ou" } else { "or" };
    format!("{} {or} {}", locale.quote(&first("trueValues", "true")), locale.quote(&first("falseValues", "false")))
}

fn constraint(field: Option<&Field>, name: &str) -> String {
    match field.and_then(|field| field.constraints.get(name)) {
        Some(serde_json::Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

/// What a known pattern asks, in words; the pattern itself is never shown as an explanation.
fn pattern_words(locale: Locale, pattern: &str) -> String {
    let words = locale.words();
    let known = match pattern {
        r"^\d{14}$" => words.pattern_14_digits,
        r"^\d{9}$" => words.pattern_9_digits,
        r"^\d{5}$" => words.pattern_5_digits,
        r"^W\d{9}$" => words.pattern_rna,
        r"^([013-9]\d|2[AB1-9])\d{3}$" | r"^\d[AB\d]\d{3}$" => words.pattern_insee,
        r"^\d\.\d{1,2}$" => words.pattern_actes_code,
        r"^[0-9]{4}(\/[0-9]{4})?$" => words.pattern_years,
        r"^[0-9]{4}\-[0-9]{2}\-[0-9]{2}(\/[0-9]{4}\-[0-9]{2}\-[0-9]{2})?$" => words.pattern_period,
        _ => words.pattern_other,
    };
    known.to_owned()
}

/// The accepted values, the nearest first where one is near.
fn enumeration(locale: Locale, field: Option<&Field>, cell: &str) -> String {
    let words = locale.words();
    let accepted = field.map(Field::enumeration).unwrap_or_default();
    let near = |value: &String| strsim::jaro_winkler(&value.to_lowercase(), &cell.to_lowercase());
    let best = accepted.iter().max_by(|a, b| near(a).total_cmp(&near(b))).filter(|value| near(value) >= 0.75);
    let list: Vec<String> = accepted.iter().take(6).map(|value| locale.quote(value)).collect();
    let mut text = locale.fill(words.rule_enum_expected, &[("bound", Arg::Text(&list.join(", ")))]);
    if accepted.len() > 6 {
        text = format!("{text} {}", locale.fill_n(words.rule_enum_more, accepted.len() - 6));
    }
    match best {
        Some(best) => format!("{} {text}", locale.fill(words.rule_enum_near, &[("bound", Arg::Text(best))])),
        None => text,
    }
}

fn across(locale: Locale, schema: &Schema, check: Option<&Check>) -> (String, String) {
    let words = locale.words();
    let title = |name: &str| schema.fields.iter().find(|f| f.name == name).map_or_else(|| name.to_owned(), |f| f.title.clone());
    let titles = |names: &[String]| names.iter().map(|name| title(name)).collect::<Vec<_>>().join(", ");
    let fill =
        |template, left: &str, right: &str| locale.fill(template, &[("left", Arg::Text(left)), ("right", Arg::Text(right))]);
    match check {
        Some(Check::Cohesive { fields }) => {
            let list = titles(fields);
            (fill(words.rule_cohesive, &list, ""), fill(words.rule_cohesive_expected, &list, ""))
        }
        Some(Check::Compare { left, op, right }) => {
            let (left, right) = (title(left), title(right));
            let expected = match op {
                Comparison::Greater => words.rule_compare_gt,
                Comparison::GreaterOrEqual => words.rule_compare_ge,
                Comparison::Equal => words.rule_compare_eq,
                Comparison::LessOrEqual => words.rule_compare_le,
                Comparison::Less => words.rule_compare_lt,
            };
            (fill(words.rule_compare, &left, &right), fill(expected, &left, &right))
        }
        Some(Check::Sum { total, parts }) => {
            let (total, parts) = (title(total), parts.iter().map(|name| title(name)).collect::<Vec<_>>().join(" + "));
            (fill(words.rule_sum, &total, &parts), fill(words.rule_sum_expected, &total, &parts))
        }
        Some(Check::OneOf { first, second }) => {
            let (first, second) = (title(first), title(second));
            (fill(words.rule_one_of, &first, &second), fill(words.rule_one_of_expected, &first, &second))
        }
        _ => (words.rule_other.to_owned(), String::new()),
    }
}

fn key_titles(schema: &Schema) -> String {
    let titles =
        schema.primary_key().into_iter().map(|name| schema.fields.iter().find(|f| f.name == name).map_or(name, |f| &f.title));
    titles.collect::<Vec<_>>().join(", ")
}

/// A cell's text short enough for a sentence.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
