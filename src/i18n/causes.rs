use super::{Arg, Locale};
use crate::{
    check::Rule,
    repair::{Cause, CauseKind, Fix},
    schema::{Check, Schema, ValueCheck},
};

/// What an agent would call the trouble, with its count.
pub fn cause_title(locale: Locale, cause: &Cause, schema: &Schema, checks: &[Check]) -> String {
    let words = locale.words();
    let field = cause.key.field.and_then(|at| schema.fields.get(at));
    let title = field.map_or("", |field| field.title.as_str());
    let type_name = field.map_or("", |field| field.type_name.as_str());
    let format = field.map_or("", |field| field.format.as_str());
    let template = match cause.key.kind {
        CauseKind::Fix(fix) => match fix {
            Fix::Date => words.cause_date,
            Fix::AmbiguousDate => words.cause_ambiguous_date,
            Fix::Number => words.cause_number,
            Fix::Separators => words.cause_separators,
            Fix::LeadingZero => words.cause_leading_zero,
            Fix::OuterSpaces => words.cause_outer_spaces,
            Fix::Mojibake => words.cause_mojibake,
            Fix::Boolean => words.cause_boolean,
            Fix::Variant => words.cause_variant,
            Fix::SubjectSlash => words.cause_subject_slash,
            Fix::Capitals => words.cause_capitals,
            Fix::BlankRow => words.cause_blank_row,
        },
        CauseKind::Rule(rule) => match rule {
            Rule::Required => words.cause_required,
            Rule::Type => match type_name {
                "integer" | "number" => words.cause_type_number,
                "date" | "datetime" | "time" | "year" | "yearmonth" => words.cause_type_date,
                "boolean" => words.cause_type_boolean,
                "geopoint" => words.cause_type_point,
                "string" if format == "uri" => words.cause_type_uri,
                "string" if format == "email" => words.cause_type_email,
                _ => words.cause_type_other,
            },
            Rule::Enum => words.cause_enum,
            Rule::Pattern => words.cause_pattern,
            Rule::MinLength => words.cause_min_length,
            Rule::MaxLength => words.cause_max_length,
            Rule::Minimum | Rule::ExclusiveMinimum => words.cause_minimum,
            Rule::Maximum | Rule::ExclusiveMaximum => words.cause_maximum,
            Rule::Value(ValueCheck::Siret) => words.cause_siret,
            Rule::Value(ValueCheck::Siren) => words.cause_siren,
            Rule::Value(ValueCheck::ActesSubject) => words.cause_actes,
            Rule::Value(ValueCheck::YearInterval { .. }) => words.cause_years,
            Rule::Value(ValueCheck::OpeningHours) => words.cause_hours,
            Rule::Value(ValueCheck::Phone) => words.cause_phone,
            Rule::Value(ValueCheck::PointInFrance) => words.cause_point,
            Rule::Value(ValueCheck::Place(_)) => words.cause_place,
            Rule::Category => words.cause_category,
            Rule::UniqueKey(_) => words.cause_unique_key,
            Rule::SelfReference(_) => words.cause_reference,
            Rule::ExtraLabel => words.cause_extra_label,
            Rule::BlankLabel => words.cause_blank_label,
            Rule::IncorrectLabel => words.cause_incorrect_label,
            Rule::Unique => words.cause_unique,
            Rule::PrimaryKey => words.cause_key,
            Rule::BlankRow => words.cause_blank_row,
            Rule::ExtraCell => words.cause_extra_cell,
            Rule::MissingCell => words.cause_missing_cell,
            Rule::MissingLabel => words.cause_missing_label,
            Rule::DuplicateLabel => words.cause_duplicate_label,
            Rule::Unverifiable => words.cause_unverifiable,
            Rule::OuterSpaces => words.cause_outer_spaces,
            Rule::LostCharacter => words.cause_lost_character,
            Rule::ErrorCell => words.cause_error_cell,
            Rule::Mojibake => words.cause_mojibake,
            Rule::Across(at) => match checks.get(usize::from(at)) {
                Some(Check::Cohesive { .. }) => words.cause_cohesive,
                Some(Check::Compare { .. }) => words.cause_compare,
                Some(Check::Sum { .. }) => words.cause_sum,
                Some(Check::OneOf { .. }) => words.cause_one_of,
                _ => words.cause_other,
            },
        },
    };
    locale.fill(
        template,
        &[("n", Arg::Count(u64::from(cause.count))), ("field", Arg::Text(title)), ("cell", Arg::Text(&cause.before))],
    )
}

/// What the button of a repair says.
pub fn cause_action(locale: Locale, cause: &Cause) -> String {
    let words = locale.words();
    let template = match cause.key.kind {
        CauseKind::Fix(Fix::BlankRow) => words.fix_remove_rows,
        _ => words.fix_all,
    };
    locale.fill_n(template, cause.count as usize)
}
