//! What is accepted and yet should be looked at: it never makes a table invalid.

use super::{Rule, Severity, Verdict, check_cell, damage};
use crate::{
    repair::{cleaned, has_odd_spaces, is_placeholder, shouts},
    schema::{CompiledField, Constraint, Purpose, ValueCheck},
    text::{self, Glance},
    value::{Kind, TextFormat},
};

/// Everything that can be said of one text in one field: the verdict, then what befell the text, then one
/// advice at most. It depends on nothing else, so it is worked out once per distinct value.
pub fn judge(field: &CompiledField, text: &str) -> Verdict {
    let mut verdict = check_cell(field, text);
    let glance = Glance::at(text);
    if let Some(rule) = damage::damage(text, glance).filter(|_| verdict.is_given()) {
        verdict.broken.push(rule);
    } else if verdict.has_value {
        let valid = verdict.broken.iter().all(|rule| rule.severity() == Severity::Advice);
        verdict.broken.extend(advice(field, text, glance, valid));
    }
    verdict
}

/// What is said of a text in a column that the schema does not have.
pub fn beside(text: &str) -> Verdict {
    let broken = if text::is_formula(text) { vec![Rule::Formula] } else { Vec::new() };
    Verdict { has_value: !text.is_empty(), value: None, broken }
}

/// The first thing that an agent would put right in a text.
fn advice(field: &CompiledField, text: &str, glance: Glance, valid: bool) -> Option<Rule> {
    let is_text = matches!(field.kind, Kind::Text(_) | Kind::Any);
    let trimmed = text::trim(text);
    if trimmed.len() != text.len() {
        // The schema may list a value with spaces round it: only that is then accepted.
        let listed = valid && field.constraints.iter().any(|constraint| matches!(constraint, Constraint::Enum(_)));
        return (!listed).then_some(Rule::OuterSpaces);
    }
    if !valid || !is_text {
        return None;
    }
    // The reference takes a SIRET with spaces for good; those who join tables on it do not.
    if field.checks.iter().any(|check| matches!(check, ValueCheck::Siret | ValueCheck::Siren)) {
        return (!text.bytes().all(|b| b.is_ascii_digit())).then_some(Rule::SpacedNumber);
    }
    if !is_free(field) {
        let listed = || field.constraints.iter().any(|constraint| matches!(constraint, Constraint::Enum(_)));
        let cleaned = || check_cell(field, &cleaned(text, false)).broken.is_empty();
        let odd = glance.may_have_odd_spaces() && has_odd_spaces(text) && !listed() && cleaned();
        return odd.then_some(Rule::InnerSpaces);
    }
    of_free_text(field, text, glance).or_else(|| of_purpose(field.purpose?, text))
}

/// What misses the purpose of its field.
fn of_purpose(purpose: Purpose, text: &str) -> Option<Rule> {
    let all = |separator: Option<char>, good: fn(&str) -> bool| match separator {
        Some(separator) => text.split(separator).all(good),
        None => good(text),
    };
    let is_link = |part: &str| !part.contains(' ') && (part.starts_with("https://") || part.starts_with("http://"));
    let is_email = |part: &str| part.split('@').count() == 2 && !part.contains([' ', ';', ',', '<', '>', ':']);
    let digits = text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    match purpose {
        Purpose::OpeningHours => opening_hours_syntax::parse(text).is_err().then_some(Rule::LooseHours),
        Purpose::WebAddresses(separator) => (!all(separator, is_link)).then_some(Rule::LooseLink),
        Purpose::Emails(separator) => (!all(separator, is_email)).then_some(Rule::LooseEmail),
        Purpose::Phone => (digits && text.len() == 9).then_some(Rule::LostZero),
        Purpose::Postcode => (digits && text.len() == 4).then_some(Rule::LostZero),
    }
}

/// Whether nothing but its length binds a text.
fn is_free(field: &CompiledField) -> bool {
    let bound = |constraint: &Constraint| matches!(constraint, Constraint::Enum(_) | Constraint::Pattern(_));
    matches!(field.kind, Kind::Any | Kind::Text(TextFormat::Any))
        && field.checks.is_empty()
        && field.categories.is_empty()
        && !field.constraints.iter().any(bound)
}

fn of_free_text(field: &CompiledField, text: &str, glance: Glance) -> Option<Rule> {
    if glance.may_have_odd_spaces() && has_odd_spaces(text) {
        return Some(Rule::InnerSpaces);
    }
    if glance.has_line_break() {
        return Some(Rule::LineBreak);
    }
    if text::is_formula(text) {
        return Some(Rule::Formula);
    }
    // Where something must be said, "none" is an answer.
    if !field.required && is_placeholder(text, false) {
        return Some(Rule::Placeholder);
    }
    (text::capitals(text) >= 10 && shouts(&field.name, text)).then_some(Rule::Shouting)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{CompiledSchema, Schema};

    fn said(field: &str, text: &str) -> Vec<Rule> {
        let schema = Schema::from_json(&format!("{{\"fields\":[{field}]}}")).unwrap();
        judge(&CompiledSchema::new(&schema).fields[0], text).broken
    }

    #[test]
    fn a_free_text_draws_one_advice_at_most() {
        let free = r#"{"name":"objet"}"#;
        for (text, rule) in [
            (" a  b", Rule::OuterSpaces),
            ("a  b", Rule::InnerSpaces),
            ("a\u{a0}b", Rule::InnerSpaces),
            ("a\u{200b}b", Rule::InnerSpaces),
            ("a\tb", Rule::InnerSpaces),
            ("a\nb", Rule::LineBreak),
            ("=1+1", Rule::Formula),
            ("@SUM(A1)", Rule::Formula),
            ("néant", Rule::Placeholder),
            ("-", Rule::Placeholder),
            ("AIDE AU FONCTIONNEMENT ANNUEL", Rule::Shouting),
        ] {
            assert_eq!(said(free, text), [rule], "{text}");
        }
        for text in ["", "a b", "Note\u{a0}: oui", "Aide", "PLU", "« été »", "RD 12"] {
            assert_eq!(said(free, text), [], "{text}");
        }
    }

    #[test]
    fn what_the_schema_binds_draws_none() {
        for field in [
            r#"{"name":"e","constraints":{"enum":["-","a  b","NON RENSEIGNE DU TOUT"]}}"#,
            r#"{"name":"e","constraints":{"pattern":"-|a  b|[A-Z ]*"}}"#,
        ] {
            for text in ["-", "a  b", "NON RENSEIGNE DU TOUT"] {
                assert_eq!(said(field, text), [], "{text}");
            }
        }
        assert_eq!(said(r#"{"name":"e","constraints":{"pattern":"[a-z ]*"}}"#, "a  b"), [Rule::InnerSpaces]);
        let listed = r#"{"name":"e","constraints":{"enum":["sans porc "]}}"#;
        assert_eq!((said(listed, "sans porc "), said(listed, "sans porc")), (vec![], vec![Rule::Enum]));
        let siret = r#"{"name":"s","customCheck":"siret"}"#;
        assert_eq!((said(siret, "218 601 946 00013"), said(siret, "21860194600013")), (vec![Rule::SpacedNumber], vec![]));
    }
}
