use super::{Arg, Locale, pattern::pattern_words};
use crate::{
    check::Rule,
    schema::{Check, Comparison, Fault, Field, PlaceList, Schema, ValueCheck},
    text::{self, FormulaError},
};

/// What is wrong in a cell, and what was expected there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What is wrong.
    pub wrong: String,
    /// What was expected, with an example where the schema has one.
    pub expected: String,
    /// The schema's own pattern, for those who read such things, where no words were found for it.
    pub detail: Option<String>,
}

/// Explains a finding to an agent: the rule, the field it is about, the cell's text. `checks` are
/// the schema's custom checks.
pub fn explain(locale: Locale, rule: Rule, schema: &Schema, checks: &[Check], field: Option<usize>, cell: &str) -> Explanation {
    let words = locale.words();
    let field = field.and_then(|at| schema.fields.get(at));
    let title = field.map_or("", |field| field.title.as_str());
    let loose = text::trim(cell) != cell && matches!(rule, Rule::Type | Rule::Pattern | Rule::Enum | Rule::Value(_));
    let absent_day = looks_like_a_day(cell) && field.is_some_and(|field| matches!(field.format.as_str(), "default" | "%Y-%m-%d"));
    let undone = (rule == Rule::Mojibake).then(|| text::undone_mojibake(cell)).flatten();
    let undone = shortened(undone.as_deref().unwrap_or_default());
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
    // The length of a list is the number of its values.
    let items = field.is_some_and(|field| matches!(field.type_name.as_str(), "array" | "list" | "object"));
    let (wrong, expected) = match rule {
        Rule::Type if absent_day && field.is_some_and(|field| field.type_name == "date") => {
            (say(words.type_date_absent, ""), say(words.type_date_absent_expected, ""))
        }
        Rule::Type => {
            let (wrong, expected) = type_words(locale, field);
            (say(wrong, ""), with_example(say(expected, &type_argument(locale, field))))
        }
        Rule::Required => (say(words.rule_required, ""), with_example(say(words.rule_required_expected, ""))),
        Rule::MinLength => (
            say(if items { words.rule_min_items } else { words.rule_min_length }, &bound("minLength")),
            with_example(String::new()),
        ),
        Rule::MaxLength => (
            say(if items { words.rule_max_items } else { words.rule_max_length }, &bound("maxLength")),
            with_example(String::new()),
        ),
        Rule::Pattern => {
            let known = pattern_words(locale, &bound("pattern"));
            (say(words.rule_pattern, ""), with_example(known.unwrap_or_else(|| words.pattern_other.to_owned())))
        }
        Rule::Unverifiable => (say(words.rule_unverifiable, ""), with_example(String::new())),
        Rule::Minimum => (say(words.rule_minimum, &bound("minimum")), with_example(String::new())),
        Rule::Maximum => (say(words.rule_maximum, &bound("maximum")), with_example(String::new())),
        Rule::ExclusiveMinimum => (say(words.rule_exclusive_minimum, &bound("exclusiveMinimum")), with_example(String::new())),
        Rule::ExclusiveMaximum => (say(words.rule_exclusive_maximum, &bound("exclusiveMaximum")), with_example(String::new())),
        Rule::Enum => (say(words.rule_enum, ""), enumeration(locale, field, &cell)),
        Rule::Value(ValueCheck::Siret) => (say(words.rule_siret, ""), say(words.rule_siret_expected, "")),
        Rule::Value(ValueCheck::Siren) => (say(words.rule_siren, ""), say(words.rule_siren_expected, "")),
        Rule::Value(ValueCheck::ActesSubject) => (say(words.rule_actes, ""), say(words.rule_actes_expected, "")),
        Rule::Value(ValueCheck::YearInterval { .. }) => (say(words.rule_years, ""), say(words.rule_years_expected, "")),
        Rule::Value(ValueCheck::OpeningHours) => (say(words.rule_hours, ""), say(words.rule_hours_expected, "")),
        Rule::Value(ValueCheck::Phone) => (say(words.rule_phone, ""), say(words.rule_phone_expected, "")),
        Rule::Value(ValueCheck::PointInFrance) => (say(words.rule_point, ""), say(words.rule_point_expected, "")),
        Rule::Value(ValueCheck::Place(list)) => {
            (say(words.rule_place, list_words(locale, list)), with_example(say(words.rule_place_expected, "")))
        }
        Rule::Category => (say(words.rule_category, ""), say(words.rule_category_expected, &categories(locale, field))),
        Rule::Unique => (say(words.rule_unique, ""), say(words.rule_unique_expected, "")),
        Rule::PrimaryKey => (say(words.rule_key, ""), say(words.rule_key_expected, &titles(schema, &schema.primary_key()))),
        Rule::UniqueKey(at) => {
            let key = schema.unique_keys().into_iter().nth(at.into()).unwrap_or_default();
            (say(words.rule_unique_key, ""), say(words.rule_unique_key_expected, &titles(schema, &key)))
        }
        Rule::SelfReference(at) => {
            let (_, targets) = schema.self_references().into_iter().nth(at.into()).unwrap_or_default();
            (say(words.rule_reference, ""), say(words.rule_reference_expected, &titles(schema, &targets)))
        }
        Rule::ExtraLabel => (say(words.rule_extra_label, ""), say(words.rule_extra_label_expected, "")),
        Rule::BlankLabel => (say(words.rule_blank_label, ""), say(words.rule_incorrect_label_expected, "")),
        Rule::IncorrectLabel => (say(words.rule_incorrect_label, ""), say(words.rule_incorrect_label_expected, "")),
        Rule::BlankRow => (say(words.rule_blank_row, ""), say(words.rule_blank_row_expected, "")),
        Rule::ExtraCell => (say(words.rule_extra_cell, ""), say(words.rule_extra_cell_expected, "")),
        Rule::MissingCell => (say(words.rule_missing_cell, ""), say(words.rule_missing_cell_expected, "")),
        Rule::MissingLabel => (say(words.rule_missing_label, ""), say(words.rule_missing_label_expected, "")),
        Rule::DuplicateLabel => (say(words.rule_duplicate_label, ""), say(words.rule_duplicate_label_expected, "")),
        Rule::OuterSpaces => (say(words.rule_outer_spaces, ""), say(words.rule_outer_spaces_expected, "")),
        Rule::LostCharacter => (say(words.rule_lost_character, ""), say(words.rule_lost_character_expected, "")),
        Rule::ErrorCell => (say(words.rule_error_cell, error_words(locale, &cell)), say(words.rule_error_cell_expected, "")),
        Rule::Mojibake => (say(words.rule_mojibake, ""), say(words.rule_mojibake_expected, &undone)),
        Rule::SpacedNumber => (say(words.rule_spaced_number, ""), say(words.rule_spaced_number_expected, "")),
        Rule::InnerSpaces => (say(words.rule_inner_spaces, ""), say(words.rule_inner_spaces_expected, "")),
        Rule::Formula => (say(words.rule_formula, ""), say(words.rule_formula_expected, "")),
        Rule::LineBreak => (say(words.rule_line_break, ""), say(words.rule_line_break_expected, "")),
        Rule::Placeholder => (say(words.rule_placeholder, ""), say(words.rule_placeholder_expected, "")),
        Rule::LooseLink => (say(words.type_uri, ""), say(words.type_uri_expected, "")),
        Rule::LooseEmail => (say(words.rule_loose_email, ""), say(words.rule_loose_email_expected, "")),
        Rule::LostZero => (say(words.rule_lost_zero, ""), say(words.rule_lost_zero_expected, "")),
        Rule::LooseHours => (say(words.rule_hours, ""), say(words.rule_hours_expected, "")),
        Rule::Shouting => (say(words.rule_shouting, ""), say(words.rule_shouting_expected, "")),
        Rule::Across(at) => across(locale, schema, checks.get(usize::from(at))),
    };
    let wrong = if loose { format!("{wrong} {}", words.rule_spaces_too) } else { wrong };
    let pattern = matches!(rule, Rule::Pattern | Rule::Unverifiable).then(|| bound("pattern"));
    let detail = pattern.filter(|pattern| pattern_words(locale, pattern).is_none());
    Explanation { wrong, expected, detail: detail.map(|pattern| say(words.pattern_detail, &pattern)) }
}

/// Whether a text has the form of a day, so that what is wrong is the day itself.
fn looks_like_a_day(text: &str) -> bool {
    matches!(text.as_bytes(), [y @ .., b'-', m1, m2, b'-', d1, d2] if y.len() == 4 && y.iter().chain([m1, m2, d1, d2]).all(u8::is_ascii_digit))
}

/// What the error of a formula means.
fn error_words(locale: Locale, cell: &str) -> &'static str {
    let words = locale.words();
    FormulaError::read(text::trim(cell)).map_or("", |error| match error {
        FormulaError::NotAvailable => words.error_not_available,
        FormulaError::Reference => words.error_reference,
        FormulaError::Value => words.error_value,
        FormulaError::DivisionByZero => words.error_division,
        FormulaError::Name => words.error_name,
        FormulaError::Number => words.error_number,
        FormulaError::Null => words.error_null,
    })
}

/// What a list of places is called, with its date.
fn list_words(locale: Locale, list: PlaceList) -> &'static str {
    let words = locale.words();
    match list {
        PlaceList::CommuneCode => words.list_commune_code,
        PlaceList::Postcode => words.list_postcode,
        PlaceList::DepartementCode => words.list_departement_code,
        PlaceList::Departement => words.list_departement,
        PlaceList::RegionCode => words.list_region_code,
        PlaceList::Region => words.list_region,
        PlaceList::CountryIso2 => words.list_iso2,
        PlaceList::CountryIso3 => words.list_iso3,
    }
}

/// The titles of some fields, by their names.
fn titles(schema: &Schema, names: &[&str]) -> String {
    let title = |name: &&str| schema.fields.iter().find(|f| f.name == *name).map_or(*name, |f| &f.title).to_owned();
    names.iter().map(title).collect::<Vec<_>>().join(", ")
}

/// The categories of a field: their labels, or their values.
fn categories(locale: Locale, field: Option<&Field>) -> String {
    let written = field.and_then(|field| field.document.get("categories")?.as_array()).into_iter().flatten();
    let text = |category: &serde_json::Value| {
        let value = category.get("value").unwrap_or(category);
        locale.quote(&value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    };
    written.map(text).collect::<Vec<_>>().join(", ")
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
        Fault::BadCheck { name } => fill(words.fault_bad_check, name, ""),
        Fault::CheckWithoutField { name, field } => fill(words.fault_check_field, name, field),
        Fault::UnfitCheck { name } => fill(words.fault_unfit_check, name, ""),
        Fault::UncarriedList { name } => fill(words.fault_list, name, ""),
        Fault::KeyWithoutField { field } => fill(words.fault_key, field, ""),
        Fault::ForeignKey { resource } => fill(words.fault_foreign_key, resource, ""),
    }
}

fn type_words(locale: Locale, field: Option<&Field>) -> (&'static str, &'static str) {
    let words = locale.words();
    match field.map(|field| (field.type_name.as_str(), field.format.as_str())) {
        Some(("integer", _)) => (words.type_integer, words.type_integer_expected),
        Some(("number", _)) => (words.type_number, words.type_number_expected),
        Some(("boolean", _)) => (words.type_boolean, words.type_boolean_expected),
        Some(("date", "default" | "%Y-%m-%d" | "any")) => (words.type_date, words.type_date_expected),
        Some(("time", "default" | "any")) => (words.type_time, words.type_time_expected),
        Some(("datetime", "default" | "any")) => (words.type_datetime, words.type_datetime_expected),
        Some(("date" | "datetime" | "time", _)) => (words.type_date, words.type_formatted_expected),
        Some(("year", _)) => (words.type_year, words.type_year_expected),
        Some(("yearmonth", _)) => (words.type_yearmonth, words.type_yearmonth_expected),
        Some(("duration", _)) => (words.type_duration, words.type_duration_expected),
        Some(("geojson", _)) => (words.type_geojson, words.type_geojson_expected),
        Some(("list", _)) => (words.type_list, words.type_list_expected),
        Some(("object", _)) => (words.type_object, words.type_object_expected),
        Some(("string", "wkt")) => (words.type_wkt, words.type_wkt_expected),
        Some(("string", "uuid")) => (words.type_uuid, words.type_uuid_expected),
        Some(("geopoint", _)) => (words.type_geopoint, words.type_geopoint_expected),
        Some(("array", _)) => (words.type_array, words.type_array_expected),
        Some(("string", "uri")) => (words.type_uri, words.type_uri_expected),
        Some(("string", "email")) => (words.type_email, words.type_email_expected),
        _ => (words.type_other, words.type_other_expected),
    }
}

/// `{bound}` of the type's sentence: the words for yes and no, an example, a separator, or the format.
fn type_argument(locale: Locale, field: Option<&Field>) -> String {
    let Some(field) = field else { return String::new() };
    match field.type_name.as_str() {
        "geojson" => r#"{"type":"Point","coordinates":[2.35,48.85]}"#.to_owned(),
        "object" => r#"{"a":"b"}"#.to_owned(),
        "list" => field.document.get("delimiter").and_then(|d| d.as_str()).unwrap_or(",").to_owned(),
        "boolean" => {
            let first =
                |key: &str, usual: &str| field.words(key).and_then(|w| w.first().cloned()).unwrap_or_else(|| usual.to_owned());
            let or = if locale == Locale::Fr { "ou" } else { "or" };
            format!("{} {or} {}", locale.quote(&first("trueValues", "true")), locale.quote(&first("falseValues", "false")))
        }
        _ => field.format.clone(),
    }
}

fn constraint(field: Option<&Field>, name: &str) -> String {
    match field.and_then(|field| field.constraints.get(name)) {
        Some(serde_json::Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

/// The accepted values, the nearest first where one is near.
fn enumeration(locale: Locale, field: Option<&Field>, cell: &str) -> String {
    let words = locale.words();
    let accepted = field.map(Field::enumeration).unwrap_or_default();
    // However accents are written.
    let plain = |text: &str| text::without_accents(text).to_lowercase();
    let near = |value: &String| strsim::jaro_winkler(&plain(value), &plain(cell));
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

/// A cell's text short enough for a sentence.
pub(super) fn shortened(text: &str) -> String {
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(rule: Rule, field: &str, cell: &str) -> String {
        let schema = Schema::from_json(&format!(r#"{{"fields":[{field}]}}"#)).unwrap();
        let told = explain(Locale::Fr, rule, &schema, &[], Some(0), cell);
        format!("{} {} {}", told.wrong, told.expected, told.detail.unwrap_or_default()).replace('\u{a0}', " ").trim().to_owned()
    }

    #[test]
    fn what_is_wrong_is_said_with_the_schemas_own_example() {
        let day = r#"{"name":"d","title":"Jour","type":"date","example":"2024-12-31"}"#;
        assert_eq!(
            told(Rule::Type, day, "2024-02-30"),
            "« 2024-02-30 » n’existe pas dans le calendrier. Vérifiez le jour et le mois."
        );
        assert!(told(Rule::Type, day, "31/12/2024").ends_with("AAAA-MM-JJ. Exemple : 2024-12-31"));
        assert!(told(Rule::Type, day, " 2024-12-31").contains("Il y a des espaces avant ou après."));
    }

    #[test]
    fn the_nearest_accepted_value_is_named_however_its_accents_are_written() {
        let list = r#"{"name":"e","constraints":{"enum":["épi","bataille","parallèle"]}}"#;
        assert!(told(Rule::Enum, list, "e\u{301}pi").contains("Peut-être « épi » ?"));
        assert!(!told(Rule::Enum, list, "inconnue").contains("Peut-être"));
    }

    #[test]
    fn what_befell_a_text_is_told_with_what_to_do() {
        let number = r#"{"name":"n","title":"Prix","type":"number"}"#;
        assert_eq!(
            told(Rule::ErrorCell, number, "#DIV/0!"),
            "« #DIV/0! » est l’erreur d’une formule du classeur : elle divise par zéro. Corrigez la formule dans le classeur, ou écrivez ici la valeur."
        );
        assert!(told(Rule::Mojibake, number, "lâ€™Ã©cole").ends_with("Sans doute « l’école »."));
        assert!(told(Rule::LostCharacter, number, "caf\u{fffd}").starts_with("Un caractère de « caf� » n’a pas pu être lu"));
    }

    #[test]
    fn a_pattern_is_told_in_words_or_shown_as_a_detail() {
        let known = r#"{"name":"s","constraints":{"pattern":"^\\d{14}$"}}"#;
        assert_eq!(
            told(Rule::Pattern, known, "12"),
            "« 12 » n’a pas la forme attendue. Le schéma attend 14 chiffres, sans espace."
        );
        let unknown = r#"{"name":"s","constraints":{"pattern":"^[a-f]+\\d$"}}"#;
        assert!(told(Rule::Pattern, unknown, "x").ends_with(r"Motif du schéma : ^[a-f]+\d$"));
    }
}
