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
            Fix::DoubtfulDate => words.cause_doubtful_date,
            Fix::Serial => words.cause_serial,
            Fix::DateShortened => words.cause_date_shortened,
            Fix::Period => words.cause_period,
            Fix::Time => words.cause_time,
            Fix::Number => words.cause_number,
            Fix::Unit(_) | Fix::FieldUnit(_) => words.cause_unit,
            Fix::Converted(_) => words.cause_converted,
            Fix::Ordinal => words.cause_ordinal,
            Fix::YearStart => words.cause_year_start,
            Fix::Punctuation => words.cause_punctuation,
            Fix::PlaceholderNumber => words.cause_placeholder_number,
            Fix::TotalRow => words.cause_total_row,
            Fix::DuplicateRow => words.cause_duplicate_row,
            Fix::Multiple => words.cause_multiple,
            Fix::Percent => words.cause_percent,
            Fix::Separators => words.cause_separators,
            Fix::LeadingZero => words.cause_leading_zero,
            Fix::CodeAsNumber => words.cause_code_as_number,
            Fix::Label => words.cause_label,
            Fix::Capitals => words.cause_capitals,
            Fix::OuterSpaces => words.cause_outer_spaces,
            Fix::InnerSpaces => words.cause_inner_spaces,
            Fix::LineBreak => words.cause_line_break,
            Fix::Mojibake => words.cause_mojibake,
            Fix::Boolean => words.cause_boolean,
            Fix::Variant => words.cause_variant,
            Fix::Typo => words.cause_typo,
            Fix::Synonym => words.cause_synonym,
            Fix::ListForm => words.cause_list_form,
            Fix::SubjectSlash => words.cause_subject_slash,
            Fix::Coordinates => words.cause_coordinates,
            Fix::SwappedCoordinates => words.cause_swapped_coordinates,
            Fix::Lambert => words.cause_lambert,
            Fix::Phone => words.cause_phone_form,
            Fix::OpeningHours => words.cause_french_hours,
            Fix::Link => words.cause_link,
            Fix::Email => words.cause_email_form,
            Fix::Placeholder => words.cause_placeholder,
            Fix::PlaceholderText => words.cause_placeholder,
            Fix::FormulaSign => words.cause_formula,
            Fix::Shouting => words.cause_shouting,
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
            Rule::SpacedNumber => words.cause_separators,
            Rule::InnerSpaces => words.cause_inner_spaces,
            Rule::Formula => words.cause_formula,
            Rule::LineBreak => words.cause_line_break,
            Rule::Placeholder => words.cause_placeholder,
            Rule::Shouting => words.cause_shouting,
            Rule::LooseHours => words.cause_hours,
            Rule::LooseLink => words.cause_type_uri,
            Rule::LooseEmail => words.cause_type_email,
            Rule::LostZero => words.cause_leading_zero,
            Rule::Across(at) => match checks.get(usize::from(at)) {
                Some(Check::Cohesive { .. }) => words.cause_cohesive,
                Some(Check::Compare { .. }) => words.cause_compare,
                Some(Check::Sum { .. }) => words.cause_sum,
                Some(Check::OneOf { .. }) => words.cause_one_of,
                _ => words.cause_other,
            },
        },
    };
    let unit = match cause.key.kind {
        CauseKind::Fix(fix) => unit(fix),
        CauseKind::Rule(_) => "",
    };
    locale.fill(
        template,
        &[
            ("n", Arg::Count(u64::from(cause.count))),
            ("field", Arg::Text(title)),
            ("cell", Arg::Text(&cause.before)),
            ("unit", Arg::Text(unit)),
        ],
    )
}

/// What a repair does, what to look at first where it has to be confirmed, with an example.
pub fn explain_fix(locale: Locale, fix: Fix) -> String {
    let words = locale.words();
    let template = match fix {
        Fix::Date => words.repair_date_note,
        Fix::AmbiguousDate => words.repair_ambiguous_date_note,
        Fix::DoubtfulDate => words.repair_doubtful_date_note,
        Fix::Serial => words.repair_serial_note,
        Fix::DateShortened => words.repair_date_shortened_note,
        Fix::Period => words.repair_period_note,
        Fix::Time => words.repair_time_note,
        Fix::Number => words.repair_number_note,
        Fix::Unit(_) => words.repair_unit_note,
        Fix::FieldUnit(_) => words.repair_field_unit_note,
        Fix::Converted(_) => words.repair_converted_note,
        Fix::Ordinal => words.repair_ordinal_note,
        Fix::YearStart => words.repair_year_start_note,
        Fix::Punctuation => words.repair_punctuation_note,
        Fix::PlaceholderNumber => words.repair_placeholder_number_note,
        Fix::TotalRow => words.repair_total_row_note,
        Fix::DuplicateRow => words.repair_duplicate_row_note,
        Fix::Multiple => words.repair_multiple_note,
        Fix::Percent => words.repair_percent_note,
        Fix::Separators => words.repair_separators_note,
        Fix::LeadingZero => words.repair_leading_zero_note,
        Fix::CodeAsNumber => words.repair_code_as_number_note,
        Fix::Label => words.repair_label_note,
        Fix::Capitals => words.repair_capitals_note,
        Fix::OuterSpaces => words.repair_outer_spaces_note,
        Fix::InnerSpaces => words.repair_inner_spaces_note,
        Fix::LineBreak => words.repair_line_break_note,
        Fix::Mojibake => words.repair_mojibake_note,
        Fix::Boolean => words.repair_boolean_note,
        Fix::Variant => words.repair_variant_note,
        Fix::Typo => words.repair_typo_note,
        Fix::Synonym => words.repair_synonym_note,
        Fix::ListForm => words.repair_list_form_note,
        Fix::SubjectSlash => words.repair_subject_slash_note,
        Fix::Coordinates => words.repair_coordinates_note,
        Fix::SwappedCoordinates => words.repair_swapped_coordinates_note,
        Fix::Lambert => words.repair_lambert_note,
        Fix::Phone => words.repair_phone_note,
        Fix::OpeningHours => words.repair_opening_hours_note,
        Fix::Link => words.repair_link_note,
        Fix::Email => words.repair_email_note,
        Fix::Placeholder => words.repair_placeholder_note,
        Fix::PlaceholderText => words.repair_placeholder_note,
        Fix::FormulaSign => words.repair_formula_note,
        Fix::Shouting => words.repair_shouting_note,
        Fix::BlankRow => words.repair_blank_row_note,
    };
    locale.fill(template, &[("unit", Arg::Text(unit(fix)))])
}

/// The unit that a repair takes away.
fn unit(fix: Fix) -> &'static str {
    match fix {
        Fix::Unit(unit) | Fix::FieldUnit(unit) | Fix::Converted(unit) => unit.symbol(),
        _ => "",
    }
}

/// What the button of a repair says.
pub fn cause_action(locale: Locale, cause: &Cause) -> String {
    let words = locale.words();
    let template = match cause.key.kind {
        CauseKind::Fix(fix) if fix.removes_rows() => words.fix_remove_rows,
        _ => words.fix_all,
    };
    locale.fill_n(template, cause.count as usize)
}
