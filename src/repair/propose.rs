use std::borrow::Cow;

use super::{
    Fix, Safety, boolean, coordinates, date, enumeration, form, formula, hours, identifier, link, number, period, phone,
    placeholder::is_placeholder, shouting, spaces,
};
use crate::{
    check::{Rule, Severity, check_cell, judge},
    schema::{CompiledField, ValueCheck},
    text::{self, Glance},
    value::Kind,
};

/// What can be done with a bad text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proposal {
    /// One good value, as surely as [`Fix::safety`] says.
    Sure {
        /// The kind of repair.
        fix: Fix,
        /// The value to write.
        to: String,
    },
    /// Two good values: the agent says which reading holds, once for all.
    Ask {
        /// The value if the day comes first.
        day_first: String,
        /// The value if the month comes first.
        month_first: String,
    },
}

/// Proposes a repair for a text that breaks `broken` in `field`. What is proposed is valid: it was
/// checked against the field, its constraints and its custom checks. Accents alone are put right even
/// where something else stays wrong. A text that breaks nothing is never touched, and what was repaired
/// needs no other safe repair.
pub fn propose(field: &CompiledField, broken: &[Rule], value: &str) -> Option<Proposal> {
    if broken.is_empty() || text::trim(value).is_empty() {
        return None;
    }
    // What is not there cannot be guessed, even where what is left looks like a value.
    if broken.iter().any(|rule| matches!(rule, Rule::LostCharacter | Rule::ErrorCell)) {
        return None;
    }
    let found = if broken.contains(&Rule::Mojibake) {
        undone(field, broken, value)
    } else if broken.iter().all(|rule| rule.severity() == Severity::Advice) {
        advised(field, broken, value)
    } else {
        repaired(field, value)
    };
    found.map(|found| settled(field, found))
}

/// Whether a text may stand in a field: valid, and without spaces round it unless the schema lists it so.
fn is_good(field: &CompiledField, to: &str) -> bool {
    let verdict = judge(field, to);
    verdict.broken.iter().all(|rule| rule.severity() == Severity::Advice) && !verdict.broken.contains(&Rule::OuterSpaces)
}

/// The first good value that a family of repairs gives for an invalid text.
fn repaired(field: &CompiledField, value: &str) -> Option<Proposal> {
    let trimmed = text::trim(value);
    let sure = |fix: Fix, to: String| Proposal::Sure { fix, to };
    let is_text = matches!(field.kind, Kind::Text(_));
    let mut first = Vec::new();
    if trimmed.len() != value.len() {
        first.push(sure(Fix::OuterSpaces, trimmed.to_owned()));
    }
    let glance = Glance::at(trimmed);
    if is_text {
        if glance.may_have_odd_spaces() {
            first.push(sure(Fix::InnerSpaces, spaces::cleaned(trimmed, false)));
        }
        if glance.has_line_break() {
            first.push(sure(Fix::LineBreak, spaces::cleaned(trimmed, true)));
        }
        first.extend(enumeration::variants(field, trimmed));
    }
    let visible = if glance.may_have_odd_spaces() { spaces::visible(trimmed).into() } else { Cow::Borrowed(trimmed) };
    let numbers = matches!(field.kind, Kind::Integer(_) | Kind::Number(_));
    let nothing = match is_nothing(field, trimmed) {
        true => Some(sure(Fix::Placeholder, String::new())),
        false => (numbers && may_be_empty(field) && is_placeholder(trimmed, false))
            .then(|| sure(Fix::PlaceholderNumber, String::new())),
    };
    let families = || -> Vec<Proposal> {
        match &field.kind {
            Kind::Integer(_) | Kind::Number(_) => {
                [number::candidates(field, &visible), coordinates::angles(field, &visible)].concat()
            }
            Kind::Boolean(_) => boolean::candidates(field, &visible),
            Kind::GeoPoint(_) => coordinates::candidates(field, &visible),
            Kind::Array => enumeration::arrays(field, &visible),
            Kind::List { delimiter, .. } => enumeration::lists(delimiter, &visible),
            Kind::Date(_) | Kind::DateTime(_) | Kind::Time(_) | Kind::Year | Kind::YearMonth => date::candidates(field, &visible),
            _ => Vec::new(),
        }
    };
    let fits = |proposal: &Proposal| match proposal {
        Proposal::Sure { to, .. } => to != value && is_good(field, to),
        Proposal::Ask { day_first, month_first } => is_good(field, day_first) && is_good(field, month_first),
    };
    let found = first.into_iter().find(fits).or_else(|| nothing.filter(fits));
    found.or_else(|| if is_text { in_text(field, &visible).find(fits) } else { families().into_iter().find(fits) })
}

/// What each family makes of an invalid text in a field of texts, the surest reading first. Those that follow a good one are
/// not asked.
fn in_text<'a>(field: &'a CompiledField, value: &'a str) -> impl Iterator<Item = Proposal> + 'a {
    type Family = fn(&CompiledField, &str) -> Vec<Proposal>;
    let families: [Family; 13] = [
        subject,
        boolean::candidates,
        phone::candidates,
        link::links,
        link::emails,
        hours::candidates,
        date::candidates,
        period::candidates,
        enumeration::candidates,
        |_, value| number::dotted(value).into_iter().collect(),
        |field, value| number::measured(field, value).into_iter().collect(),
        identifier::candidates,
        form::candidates,
    ];
    families.into_iter().flat_map(move |family| family(field, value))
}

/// A subject of the ACTES classification, without the spaces round its slash.
fn subject(field: &CompiledField, value: &str) -> Vec<Proposal> {
    if !field.checks.contains(&ValueCheck::ActesSubject) {
        return Vec::new();
    }
    let parts: Vec<&str> = value.split('/').map(str::trim).collect();
    vec![Proposal::Sure { fix: Fix::SubjectSlash, to: parts.join("/") }]
}

/// Whether a text only says that there is nothing, where an empty cell says it too.
fn is_nothing(field: &CompiledField, value: &str) -> bool {
    let numbers = matches!(field.kind, Kind::Integer(_) | Kind::Number(_));
    may_be_empty(field) && is_placeholder(value, numbers)
}

fn may_be_empty(field: &CompiledField) -> bool {
    !field.required && field.missing.iter().any(String::is_empty)
}

/// What would be put right in a valid text.
fn advised(field: &CompiledField, broken: &[Rule], value: &str) -> Option<Proposal> {
    let trimmed = text::trim(value);
    let (fix, to) = broken.iter().find_map(|rule| {
        Some(match rule {
            Rule::OuterSpaces => (Fix::OuterSpaces, trimmed.to_owned()),
            Rule::SpacedNumber => (Fix::Separators, trimmed.chars().filter(char::is_ascii_digit).collect()),
            Rule::InnerSpaces => (Fix::InnerSpaces, spaces::cleaned(trimmed, false)),
            Rule::LineBreak => (Fix::LineBreak, spaces::cleaned(trimmed, true)),
            Rule::Placeholder if is_nothing(field, trimmed) => (Fix::PlaceholderText, String::new()),
            Rule::LooseHours => (Fix::OpeningHours, hours::read(trimmed)?),
            Rule::LooseLink => (Fix::Link, link::list(field.purpose?, trimmed)?),
            Rule::LooseEmail => (Fix::Email, link::list(field.purpose?, trimmed)?),
            Rule::LostZero => (Fix::LeadingZero, format!("0{trimmed}")),
            Rule::Formula => (Fix::FormulaSign, formula::harmless(trimmed)?),
            Rule::Shouting => (Fix::Shouting, shouting::quiet(trimmed)),
            _ => return None,
        })
    })?;
    (to != value && is_good(field, &to)).then_some(Proposal::Sure { fix, to })
}

/// A text as it was before it was misread, with what else can safely be repaired in it; never worse than it is.
fn undone(field: &CompiledField, broken: &[Rule], value: &str) -> Option<Proposal> {
    let undone = text::undone_mojibake(value)?;
    let undone = text::trim(&undone);
    let left = check_cell(field, undone).broken;
    let to = match propose(field, &left, undone) {
        Some(Proposal::Sure { fix, to }) if fix.safety() == Safety::Safe => to,
        _ if left.iter().all(|rule| broken.contains(rule)) => undone.to_owned(),
        _ => return None,
    };
    Some(Proposal::Sure { fix: Fix::Mojibake, to })
}

/// A repair with the safe ones that its result would ask for in turn, so that one click is enough.
fn settled(field: &CompiledField, found: Proposal) -> Proposal {
    let settle = |to: String| -> String {
        let left = judge(field, &to).broken;
        if left.is_empty() || left.iter().any(|rule| rule.severity() == Severity::Error || *rule == Rule::Mojibake) {
            return to;
        }
        match advised(field, &left, &to) {
            Some(Proposal::Sure { fix, to: next }) if fix.safety() == Safety::Safe => next,
            _ => to,
        }
    };
    match found {
        Proposal::Sure { fix, to } => Proposal::Sure { fix, to: settle(to) },
        ask => ask,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{CompiledSchema, Schema};

    fn field(document: &str) -> CompiledField {
        let schema = format!("{{\"fields\":[{document}]}}");
        CompiledSchema::new(&Schema::from_json(&schema).unwrap()).fields.remove(0)
    }

    fn repaired(field: &CompiledField, value: &str) -> Option<(Fix, String)> {
        let mut broken = check_cell(field, value).broken;
        if text::trim(value) != value {
            broken.push(Rule::OuterSpaces);
        }
        broken.extend(text::undone_mojibake(value).map(|_| Rule::Mojibake));
        match propose(field, &broken, value)? {
            Proposal::Sure { fix, to } => Some((fix, to)),
            Proposal::Ask { .. } => Some((Fix::AmbiguousDate, String::new())),
        }
    }

    #[track_caller]
    fn gives(field: &CompiledField, value: &str, fix: Fix, to: &str) {
        assert_eq!(repaired(field, value), Some((fix, to.to_owned())), "{value}");
    }

    #[test]
    fn dates() {
        let date = field(r#"{"name":"d","type":"date"}"#);
        gives(&date, "15/10/2017", Fix::Date, "2017-10-15");
        gives(&date, " 2017-10-15", Fix::OuterSpaces, "2017-10-15");
        gives(&date, "15/10/2017 00:00", Fix::Date, "2017-10-15");
        gives(&date, "03/04/2024", Fix::AmbiguousDate, "");
        gives(&date, "15/10/2017 14:30", Fix::DateShortened, "2017-10-15");
        assert_eq!(repaired(&date, "2017-10-15"), None);
        let moment = field(r#"{"name":"d","type":"datetime"}"#);
        gives(&moment, "15/10/2017 14:30", Fix::Date, "2017-10-15T14:30:00");
        let dotted = field(r#"{"name":"d","type":"date","format":"%d.%m.%Y"}"#);
        gives(&dotted, "2017-10-15", Fix::Date, "15.10.2017");
    }

    #[test]
    fn numbers() {
        let number = field(r#"{"name":"n","type":"number"}"#);
        gives(&number, "1 234,50 €", Fix::Number, "1234.50");
        gives(&number, "1.234,5", Fix::Number, "1234.5");
        gives(&number, "-12,5", Fix::Number, "-12.5");
        assert_eq!(repaired(&number, "1,2,3"), None);
        assert_eq!(repaired(&number, "douze"), None);
        let whole = field(r#"{"name":"n","type":"integer"}"#);
        gives(&whole, "1 234", Fix::Number, "1234");
        gives(&whole, "12,0", Fix::Number, "12");
        assert_eq!(repaired(&whole, "12,5"), None);
    }

    #[test]
    fn identifiers() {
        let siret = r#"{"name":"s","constraints":{"pattern":"^\\d{14}$"},"customCheck":"siret"}"#;
        let siret = field(siret);
        gives(&siret, "218 601 946 00013", Fix::Separators, "21860194600013");
        gives(&siret, " 218.601.946.00013 ", Fix::Separators, "21860194600013");
        gives(&siret, "564986800527", Fix::LeadingZero, "00564986800527");
        assert_eq!(repaired(&siret, "21860194600014"), None);
        let postcode = field(r#"{"name":"c","constraints":{"pattern":"^\\d{5}$"}}"#);
        gives(&postcode, "1004", Fix::LeadingZero, "01004");
        let rna = field(r#"{"name":"r","constraints":{"pattern":"^W\\d{9}$"}}"#);
        gives(&rna, "w380475558", Fix::Capitals, "W380475558");
    }

    #[test]
    fn words() {
        let yes = field(r#"{"name":"b","type":"boolean","trueValues":["oui"],"falseValues":["non"]}"#);
        gives(&yes, "Oui", Fix::Boolean, "oui");
        gives(&yes, "FALSE", Fix::Boolean, "non");
        let kind = field(r#"{"name":"e","constraints":{"enum":["aide en numéraire","sans porc "]}}"#);
        gives(&kind, "Aide  en numeraire", Fix::Variant, "aide en numéraire");
        gives(&kind, "sans porc", Fix::Variant, "sans porc ");
        let twins = field(r#"{"name":"e","constraints":{"enum":["Cote","Côté"]}}"#);
        assert_eq!(repaired(&twins, "cote"), None);
        let subject = field(r#"{"name":"m","customCheck":"nomenclature-acte"}"#);
        gives(&subject, "Finances locales / Divers", Fix::SubjectSlash, "Finances locales/Divers");
    }

    #[test]
    fn texts_misread() {
        let free = field(r#"{"name":"t"}"#);
        gives(&free, " DÃ©jÃ\u{a0}", Fix::Mojibake, "Déjà");
        let kind = field(r#"{"name":"e","constraints":{"enum":["aide en numéraire"]}}"#);
        gives(&kind, "aide en numÃ©raire", Fix::Mojibake, "aide en numéraire");
        gives(&kind, "Aide en numÃ©raire", Fix::Mojibake, "aide en numéraire");
        gives(&kind, "aide matÃ©rielle", Fix::Mojibake, "aide matérielle");
        let number = field(r#"{"name":"n","type":"number"}"#);
        gives(&number, "1Â\u{a0}234,50Â\u{a0}â‚¬", Fix::Mojibake, "1234.50");
        let plain = field(r#"{"name":"p","constraints":{"minLength":3}}"#);
        assert_eq!(repaired(&plain, "Ã©Ã©"), None);
    }

    #[test]
    fn what_is_lost_is_not_guessed() {
        let kind = field(r#"{"name":"e","constraints":{"enum":["NA","coté"]}}"#);
        assert_eq!(propose(&kind, &[Rule::Enum, Rule::ErrorCell], "#N/A"), None);
        assert_eq!(propose(&kind, &[Rule::Enum, Rule::LostCharacter], "cote\u{fffd}"), None);
    }
}
