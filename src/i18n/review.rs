use super::{Arg, Locale, explain::shortened};
use crate::{check::Rule, schema::Remark};

/// Explains a remark to the author of a schema: what, where, and what to do about it.
pub fn explain_remark(locale: Locale, remark: &Remark) -> String {
    let words = locale.words();
    let say = |template, field: &str, bound: &str, what: &str, n: usize| {
        let texts = [("field", Arg::Text(field)), ("bound", Arg::Text(bound)), ("what", Arg::Text(what))];
        locale.fill(template, &[texts.as_slice(), &[("n", Arg::Count(n as u64))]].concat())
    };
    let of = |template, field: &str| say(template, field, "", "", 1);
    match remark {
        Remark::MissingKey(key) => match key.as_str() {
            "name" => words.review_no_name.to_owned(),
            "title" => words.review_no_title.to_owned(),
            "version" => words.review_no_version.to_owned(),
            _ => words.review_no_standard.to_owned(),
        },
        Remark::MisspeltKey(None, key, known) => say(words.review_misspelt, "", key, known, 1),
        Remark::MisspeltKey(Some(field), key, known) => say(words.review_misspelt_field, field, key, known, 1),
        Remark::UnknownFieldsMatch(value) => say(words.review_fields_match, "", &shortened(value), "", 1),
        Remark::OptionalKey(field) => of(words.review_optional_key, field),
        Remark::DuplicateField(field, n) => say(words.review_duplicate, field, "", "", *n),
        Remark::OuterSpace(field) => of(words.review_outer_space, field),
        Remark::HiddenCharacter(field, code) => say(words.review_hidden, field, code, "", 1),
        Remark::ConstraintBeside(field, constraint) => say(words.review_beside, field, constraint, "", 1),
        Remark::ItemConstraintBeside(field, constraint) => say(words.review_item_beside, field, constraint, "", 1),
        Remark::ItemWithoutArray(field, type_name) => say(words.review_item_unused, field, type_name, "", 1),
        Remark::IdleKey(key, fields) => {
            let todo = match key.as_str() {
                "items" => words.review_idle_items,
                "minItems" => words.review_idle_least,
                "maxItems" => words.review_idle_most,
                "nullable" => words.review_idle_nullable,
                _ => words.review_idle_remove,
            };
            let more = if fields.len() > 6 { "…" } else { "" };
            let list = fields.iter().take(6).map(String::as_str).collect::<Vec<_>>().join(", ") + more;
            format!("{} {todo}", say(words.review_idle, &list, key, "", fields.len()))
        }
        Remark::CrossedBounds(field, low, high) => say(words.review_bounds, field, low, high, 1),
        Remark::WideLatitude(field) => of(words.review_latitude, field),
        Remark::NarrowLongitude(field) => of(words.review_longitude, field),
        Remark::ExampleOffType(field, example, asked) => say(words.review_example_type, field, &shortened(example), asked, 1),
        Remark::ExampleBreaksRule(field, example, rule) => {
            let (template, constraint) = match rule {
                Rule::Type => (words.review_example_item, None),
                Rule::Category => (words.review_example_category, None),
                rule => {
                    rule.code(&[]).1.map_or((words.review_example_check, None), |name| (words.review_example_rule, Some(name)))
                }
            };
            say(template, field, &shortened(example), constraint.unwrap_or_default(), 1)
        }
        Remark::MemberOffType(field, first, type_name, n) => {
            say(words.review_member_type, field, &shortened(first), type_name, *n)
        }
        Remark::MemberSpaces(field, first, n) => say(words.review_member_spaces, field, &shortened(first), "", *n),
        Remark::MemberTwice(field, first, n) => say(words.review_member_twice, field, &shortened(first), "", *n),
        Remark::FieldsWithoutTitle(n) => locale.fill_n(words.review_untitled, *n),
        Remark::FieldsWithoutDescription(n) => locale.fill_n(words.review_undescribed, *n),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_says_what_where_and_what_to_do() {
        let fr = |remark: &Remark| explain_remark(Locale::Fr, remark).replace(['\u{a0}', '\u{202f}'], " ");
        assert_eq!(
            fr(&Remark::MisspeltKey(Some("a".into()), "exemple".into(), "example".into())),
            "Champ a : la clé « exemple » n’est pas connue, elle n’a aucun effet. Vouliez-vous écrire « example » ?"
        );
        assert_eq!(
            fr(&Remark::IdleKey("nullable".into(), vec!["a".into(), "b".into()])),
            "La clé « nullable » n’a aucun effet dans un schéma de tableau (champs a, b). \
             Retirez-la : un champ peut rester vide tant que « required » ne l’interdit pas."
        );
        assert_eq!(
            explain_remark(Locale::En, &Remark::ExampleBreaksRule("a".into(), "x".into(), Rule::Enum)),
            "Field a: the example “x” would be refused by the field’s constraint “enum”. Correct the example, or the constraint."
        );
        assert_eq!(
            explain_remark(Locale::En, &Remark::MemberOffType("a".into(), "x".into(), "integer".into(), 1)),
            "Field a: the value “x” of “enum” is not of type “integer”: no cell can hold it. Correct “enum”, or the type."
        );
    }
}
