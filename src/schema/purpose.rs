use super::Field;

/// What a free text is meant to hold, where the schema says it by its example or by its name, and binds it by no
/// constraint: what is written otherwise is valid, and yet nobody can use it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Opening hours as OpenStreetMap writes them.
    OpeningHours,
    /// Web addresses; what stands between two of them, where there may be several.
    WebAddresses(Option<char>),
    /// E-mail addresses, the same way.
    Emails(Option<char>),
    /// A telephone number.
    Phone,
    /// A postal code.
    Postcode,
}

impl Purpose {
    /// The purpose of a field, `None` where its example and its name tell none.
    pub fn of(field: &Field) -> Option<Purpose> {
        let example = field.example.as_deref().unwrap_or_default();
        let separator = example.contains('|').then_some('|');
        let words = crate::text::words(&field.name);
        let named = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
        let days = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"].iter().any(|day| example.starts_with(day));
        let first = example.split('|').next().unwrap_or_default();
        Some(if days && opening_hours_syntax::parse(example).is_ok() {
            Purpose::OpeningHours
        } else if first.starts_with("http://") || first.starts_with("https://") {
            Purpose::WebAddresses(separator)
        } else if first.split('@').count() == 2 && !first.contains(' ') {
            Purpose::Emails(separator)
        } else if named(&["tel", "telephone", "phone"]) {
            Purpose::Phone
        } else if named(&["cp", "codepostal", "postcode"]) || (named(&["code"]) && named(&["postal"])) {
            Purpose::Postcode
        } else {
            return None;
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Schema;

    #[test]
    fn an_example_tells_what_a_field_is_for() {
        let of = |field: &str| Purpose::of(&Schema::from_json(&format!("{{\"fields\":[{field}]}}")).unwrap().fields[0]);
        for (field, purpose) in [
            (r#"{"name":"h","example":"Mo-Fr 08:30-12:00"}"#, Some(Purpose::OpeningHours)),
            (r#"{"name":"u","example":"https://a.fr/|https://b.fr"}"#, Some(Purpose::WebAddresses(Some('|')))),
            (r#"{"name":"m","example":"a@b.fr"}"#, Some(Purpose::Emails(None))),
            (r#"{"name":"EQUIP_TEL"}"#, Some(Purpose::Phone)),
            (r#"{"name":"ADR_CODEPOSTAL"}"#, Some(Purpose::Postcode)),
            (r#"{"name":"code_postal"}"#, Some(Purpose::Postcode)),
            (r#"{"name":"nom","example":"Mon marché"}"#, None),
        ] {
            assert_eq!(of(field), purpose, "{field}");
        }
    }
}
