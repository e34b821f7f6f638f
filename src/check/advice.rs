//! What is accepted and yet should be looked at: it never makes a table invalid.

use std::cell::OnceCell;

use super::{
    Rule, Severity, Verdict,
    cell::{check_cell, check_into},
    damage,
};
use crate::{
    repair::{cleaned, has_odd_spaces, is_placeholder, may_shout, shouts},
    schema::{CompiledField, Constraint, Match, Purpose, ValueCheck},
    text::{self, Glance},
    value::{GeoFormat, Kind, TextFormat, is_plain_point},
};

/// Judges the texts of one field: what depends on the field alone is worked out once.
#[derive(Debug, Clone)]
pub struct Judge<'a> {
    field: &'a CompiledField,
    is_text: bool,
    /// Whether it holds the number of a company.
    is_company: bool,
    /// Whether nothing but its length binds its texts.
    is_free: bool,
    /// Whether a text in it may be a sentence that shouts, once that was asked.
    may_shout: OnceCell<bool>,
    /// Whether the schema lists its values.
    is_listed: bool,
    /// Whether [`Judge::is_fine`] can tell of its texts.
    is_simple: bool,
    /// The bytes of the longest text that stands for no value.
    missing: usize,
}

/// Everything that can be said of one text in one field, by [`Judge::judge`].
pub fn judge(field: &CompiledField, text: &str) -> Verdict {
    let mut verdict = Verdict::default();
    Judge::of(field).judge(text, &mut verdict);
    verdict
}

impl<'a> Judge<'a> {
    /// The judge of a field.
    pub fn of(field: &'a CompiledField) -> Judge<'a> {
        let is_listed = field.constraints.iter().any(|constraint| matches!(constraint, Constraint::Enum(_)));
        let has_pattern = field.constraints.iter().any(|constraint| matches!(constraint, Constraint::Pattern(_)));
        let is_bound = is_listed || has_pattern || !field.checks.is_empty() || !field.categories.is_empty();
        Judge {
            field,
            is_text: matches!(field.kind, Kind::Text(_) | Kind::Any),
            is_company: field.checks.iter().any(|check| matches!(check, ValueCheck::Siret | ValueCheck::Siren)),
            is_free: matches!(field.kind, Kind::Any | Kind::Text(TextFormat::Any)) && !is_bound,
            may_shout: OnceCell::new(),
            is_listed,
            is_simple: matches!(field.kind, Kind::Any | Kind::Text(TextFormat::Any) | Kind::GeoPoint(GeoFormat::Array))
                && field.constraints.iter().all(|of| matches!(of, Constraint::MaxLength(_) | Constraint::Pattern(_)))
                && field.checks.is_empty()
                && field.categories.is_empty(),
            missing: field.missing.iter().map(String::len).max().unwrap_or_default(),
        }
    }

    /// Whether a text has a value of which nothing is to be said. [`Judge::judge`] says so too, at more expense, and of all
    /// texts: this is asked first of those of columns where hardly two are the same, by the million. `is_plain` tells what
    /// [`Glance::is_plain`] told of it, among others.
    #[inline(always)]
    pub fn is_fine(&self, text: &str, is_plain: bool) -> bool {
        let is_edge = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
        if !self.is_simple || text.len() <= self.missing || !is_edge(text.as_bytes().first()) || !is_edge(text.as_bytes().last())
        {
            return false;
        }
        let kept = |constraint: &Constraint| match constraint {
            Constraint::MaxLength(most) => text.len() <= *most,
            Constraint::Pattern(pattern) => pattern.matches(text) == Match::Yes,
            _ => false,
        };
        let is_of_kind = match self.field.kind {
            Kind::GeoPoint(_) => is_plain_point(text),
            _ => true,
        };
        let glance = if is_plain { Glance::default() } else { Glance::at(text) };
        is_of_kind
            && self.field.constraints.iter().all(kept)
            && damage::damage(text, text, glance).is_none()
            && self.advice(text, text, glance, true).is_none()
    }

    /// Everything that can be said of one text: the verdict, then what befell the text, then one advice at most. It depends on
    /// nothing else, so it is worked out once per distinct value. The verdict at hand is made this one, whatever it says.
    pub fn judge(&self, text: &str, verdict: &mut Verdict) {
        check_into(self.field, text, verdict);
        let (trimmed, glance) = (text::trim(text), Glance::at(text));
        if let Some(rule) = damage::damage(text, trimmed, glance).filter(|_| verdict.is_given()) {
            verdict.broken.push(rule);
        } else if verdict.has_value {
            let valid = verdict.broken.iter().all(|rule| rule.severity() == Severity::Advice);
            verdict.broken.extend(self.advice(text, trimmed, glance, valid));
        }
    }

    /// The first thing that an agent would put right in a text.
    #[inline(always)]
    fn advice(&self, text: &str, trimmed: &str, glance: Glance, valid: bool) -> Option<Rule> {
        let field = self.field;
        if trimmed.len() != text.len() {
            // The schema may list a value with spaces round it: only that is then accepted.
            return (!valid || !self.is_listed).then_some(Rule::OuterSpaces);
        }
        if !valid || !self.is_text {
            return None;
        }
        // The reference takes a SIRET with spaces for good; those who join tables on it do not.
        if self.is_company {
            return (!text.bytes().all(|b| b.is_ascii_digit())).then_some(Rule::SpacedNumber);
        }
        if !self.is_free {
            let cleaned = || check_cell(field, &cleaned(text, false)).broken.is_empty();
            let odd = glance.may_have_odd_spaces() && has_odd_spaces(text) && !self.is_listed && cleaned();
            return odd.then_some(Rule::InnerSpaces);
        }
        self.of_free_text(text, glance).or_else(|| of_purpose(field.purpose?, text))
    }

    fn may_shout(&self) -> bool {
        *self.may_shout.get_or_init(|| may_shout(&self.field.name))
    }

    #[inline(always)]
    fn of_free_text(&self, text: &str, glance: Glance) -> Option<Rule> {
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
        if !self.field.required && is_placeholder(text, false) {
            return Some(Rule::Placeholder);
        }
        (text.len() >= 10 && self.may_shout() && text::capitals(text) >= 10 && shouts(text)).then_some(Rule::Shouting)
    }
}

/// What is said of a text in a column that the schema does not have.
pub fn beside(text: &str) -> Verdict {
    let broken = if text::is_formula(text) { vec![Rule::Formula] } else { Vec::new() };
    Verdict { has_value: !text.is_empty(), value: None, broken }
}

/// What misses the purpose of its field.
fn of_purpose(purpose: Purpose, text: &str) -> Option<Rule> {
    let all = |separator: Option<char>, good: fn(&str) -> bool| match separator {
        Some(separator) => text.split(separator).all(good),
        None => good(text),
    };
    let is_link = |part: &str| !part.contains(' ') && (part.starts_with("https://") || part.starts_with("http://"));
    let is_email = |part: &str| part.split('@').count() == 2 && !part.contains([' ', ';', ',', '<', '>', ':']);
    let lost_zero = |length| text.len() == length && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    match purpose {
        Purpose::OpeningHours => opening_hours_syntax::parse(text).is_err().then_some(Rule::LooseHours),
        Purpose::WebAddresses(separator) => (!all(separator, is_link)).then_some(Rule::LooseLink),
        Purpose::Emails(separator) => (!all(separator, is_email)).then_some(Rule::LooseEmail),
        Purpose::Phone => lost_zero(9).then_some(Rule::LostZero),
        Purpose::Postcode => lost_zero(4).then_some(Rule::LostZero),
    }
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
    fn what_is_fine_draws_nothing() {
        let fields = [
            r#"{"name":"objet"}"#,
            r#"{"name":"n","type":"any"}"#,
            r#"{"name":"n","constraints":{"required":true,"maxLength":4}}"#,
            r#"{"name":"n","constraints":{"pattern":"[a-zé ]*"}}"#,
            r#"{"name":"n","missingValues":["","néant","12"]}"#,
            r#"{"name":"n","constraints":{"enum":["a"]}}"#,
            r#"{"name":"n","customCheck":"siret"}"#,
            r#"{"name":"telephone"}"#,
            r#"{"name":"n","type":"geopoint","format":"array"}"#,
            r#"{"name":"n","type":"geopoint","format":"array","constraints":{"maxLength":6}}"#,
            r#"{"name":"n","type":"integer"}"#,
        ];
        let texts = [
            "",
            " ",
            "a",
            "été",
            "a b",
            "a  b",
            " a",
            "a\u{a0}b",
            "a\tb",
            "a\nb",
            "Ã©tÃ©",
            "\u{fffd}",
            "#N/A",
            "=1+1",
            "-",
            "néant",
            "NC",
            "12",
            "AIDE AU FONCTIONNEMENT ANNUEL",
            "éééé",
            "ééééé",
            "[1,2]",
            "[1, 2]",
            "[12, 2]",
            "[181,2]",
            "612345678",
            "+33",
            "a\u{200b}",
        ];
        let schemas = fields.map(|field| Schema::from_json(&format!("{{\"fields\":[{field}]}}")).unwrap());
        let mut fine = 0;
        for schema in schemas.iter().map(CompiledSchema::new) {
            let field = &schema.fields[0];
            for text in texts {
                assert!(
                    Judge::of(field).is_fine(text, false) || !Judge::of(field).is_fine(text, Glance::is_plain(text)),
                    "{text}"
                );
                if Judge::of(field).is_fine(text, Glance::is_plain(text)) {
                    assert_eq!(
                        judge(field, text),
                        Verdict { value: judge(field, text).value, has_value: true, broken: vec![] },
                        "{text}"
                    );
                    fine += 1;
                }
            }
        }
        assert!(fine > 30, "{fine}");
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
