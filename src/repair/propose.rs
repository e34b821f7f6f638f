use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::date::{self, Loose, Order};
use crate::{
    check::{Rule, check_cell},
    schema::{CompiledField, Constraint, ValueCheck},
    text,
    value::{Kind, Value},
};

/// A kind of repair: what an agent would call the trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Fix {
    /// A date in another order or another writing.
    Date,
    /// A date that can be read two ways.
    AmbiguousDate,
    /// A decimal comma, spaces between thousands, a currency sign.
    Number,
    /// Spaces, dots or hyphens inside an identifier.
    Separators,
    /// A leading zero that a spreadsheet ate.
    LeadingZero,
    /// Spaces before or after.
    OuterSpaces,
    /// UTF-8 once read as another encoding.
    Mojibake,
    /// Another word for yes or no.
    Boolean,
    /// An accepted value but for case, accents or spaces.
    Variant,
    /// Spaces round the slash of a subject.
    SubjectSlash,
    /// Lower case where capitals are asked.
    Capitals,
    /// A row without any value.
    BlankRow,
}

/// What can be done with a bad text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proposal {
    /// One good value, without doubt.
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
/// where something else stays wrong.
pub fn propose(field: &CompiledField, broken: &[Rule], value: &str) -> Option<Proposal> {
    if broken.is_empty() || text::trim(value).is_empty() {
        return None;
    }
    // What is not there cannot be guessed, even where what is left looks like a value.
    if broken.iter().any(|rule| matches!(rule, Rule::LostCharacter | Rule::ErrorCell)) {
        return None;
    }
    if broken.contains(&Rule::Mojibake) {
        return undone(field, broken, value);
    }
    let good = |to: &str| check_cell(field, to).broken.is_empty() && text::trim(to) == to;
    let trimmed = text::trim(value);
    let sure = |fix, to: String| (to != value && good(&to)).then_some(Proposal::Sure { fix, to });
    if let Some(found) = sure(Fix::OuterSpaces, trimmed.to_owned()) {
        return Some(found);
    }
    match &field.kind {
        Kind::Date(_) | Kind::DateTime(_) => moment(field, trimmed).filter(|proposal| match proposal {
            Proposal::Sure { to, .. } => good(to),
            Proposal::Ask { day_first, month_first } => good(day_first) && good(month_first),
        }),
        Kind::Integer(_) | Kind::Number(_) => sure(Fix::Number, plain_number(trimmed)?),
        Kind::Boolean(words) => {
            let word = match text::fold(trimmed).as_str() {
                "oui" | "o" | "yes" | "y" | "true" | "vrai" | "1" | "x" => words.yes.first(),
                "non" | "n" | "no" | "false" | "faux" | "0" => words.no.first(),
                _ => None,
            };
            sure(Fix::Boolean, word?.clone())
        }
        Kind::Text(_) => in_text(field, trimmed, sure),
        _ => None,
    }
}

/// A text as it was before it was misread, with what else can be repaired in it; never worse than it is.
fn undone(field: &CompiledField, broken: &[Rule], value: &str) -> Option<Proposal> {
    let undone = text::undone_mojibake(value)?;
    let undone = text::trim(&undone);
    let left = check_cell(field, undone).broken;
    let to = match propose(field, &left, undone) {
        Some(Proposal::Sure { to, .. }) => to,
        _ if left.iter().all(|rule| broken.contains(rule)) => undone.to_owned(),
        _ => return None,
    };
    Some(Proposal::Sure { fix: Fix::Mojibake, to })
}

fn in_text(field: &CompiledField, value: &str, sure: impl Fn(Fix, String) -> Option<Proposal>) -> Option<Proposal> {
    if field.checks.contains(&ValueCheck::ActesSubject) {
        let parts: Vec<&str> = value.split('/').map(str::trim).collect();
        if let Some(found) = sure(Fix::SubjectSlash, parts.join("/")) {
            return Some(found);
        }
    }
    let accepted = field.constraints.iter().find_map(|c| match c {
        Constraint::Enum(values) => Some(values),
        _ => None,
    });
    if let Some(accepted) = accepted {
        let folded = text::fold(value);
        let mut near = accepted.iter().filter_map(|v| match v {
            Value::Text(accepted) if text::fold(accepted) == folded => Some(accepted),
            _ => None,
        });
        // Two accepted values alike but for case or accents: nobody can tell which is meant.
        if let (Some(one), None) = (near.next(), near.next()) {
            // Written as the schema writes it, outer spaces included, for only that is accepted.
            return check_cell(field, one).broken.is_empty().then(|| Proposal::Sure { fix: Fix::Variant, to: one.clone() });
        }
    }
    let joined: String = value.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '\u{200b}' | '_')).collect();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if digits(&joined) {
        if let Some(found) = sure(Fix::Separators, joined.clone()) {
            return Some(found);
        }
        for zeros in ["0", "00"] {
            if let Some(found) = sure(Fix::LeadingZero, format!("{zeros}{joined}")) {
                return Some(found);
            }
        }
    }
    if let Some(found) = moment(field, value).and_then(|proposal| match proposal {
        // A text whose form is a date's: a pattern or a length says so.
        Proposal::Sure { to, .. } => sure(Fix::Date, to),
        Proposal::Ask { .. } => None,
    }) {
        return Some(found);
    }
    sure(Fix::Capitals, value.to_uppercase())
}

/// `1 234,50 €` is `1234.50`: no spaces, no currency, a dot before the decimals.
fn plain_number(value: &str) -> Option<String> {
    let bare: String = value.chars().filter(|c| !c.is_whitespace() && !matches!(c, '€' | '\'' | '’' | '\u{200b}')).collect();
    let bare = bare.strip_suffix("EUR").or_else(|| bare.strip_suffix("euros")).unwrap_or(&bare);
    let number = match (bare.rfind(','), bare.rfind('.')) {
        // The last separator is the decimal one, the other one parts thousands.
        (Some(comma), Some(dot)) if comma > dot => bare.replace('.', "").replace(',', "."),
        (Some(_), Some(_)) => bare.replace(',', ""),
        (Some(_), None) if bare.matches(',').count() == 1 => bare.replace(',', "."),
        (Some(_), None) => return None,
        (None, _) => bare.to_owned(),
    };
    let digits = number.strip_prefix(['-', '+']).unwrap_or(&number);
    digits.starts_with(|c: char| c.is_ascii_digit() || c == '.').then(|| {
        // A whole number written with decimals of zero.
        match number.split_once('.') {
            Some((whole, zeros))
                if !bare.contains('.') && !zeros.is_empty() && zeros.bytes().all(|b| b == b'0') && bare == value =>
            {
                whole.to_owned()
            }
            _ => number,
        }
    })
}

/// A date or a moment, rewritten in the field's own format.
fn moment(field: &CompiledField, value: &str) -> Option<Proposal> {
    let (loose, time) = date::read(value)?;
    let write = |date: NaiveDate| match &field.kind {
        Kind::DateTime(format) => {
            let moment = date.and_time(time.unwrap_or(NaiveTime::MIN));
            moment.format(format.as_deref().unwrap_or("%Y-%m-%dT%H:%M:%S")).to_string()
        }
        Kind::Date(format) => date.format(format).to_string(),
        _ => date.format("%Y-%m-%d").to_string(),
    };
    // A day's field takes an hour away only where it is midnight: nothing is lost.
    if matches!(field.kind, Kind::Date(_)) && time.is_some_and(|time| time != NaiveTime::MIN) {
        return None;
    }
    Some(match loose {
        Loose::One(date, _) => Proposal::Sure { fix: Fix::Date, to: write(date) },
        Loose::Two(day_first, month_first) => Proposal::Ask { day_first: write(day_first), month_first: write(month_first) },
    })
}

/// In which order the day and the month of a loosely written date surely stand, where its writing shows it.
pub(super) fn order_shown(value: &str) -> Option<Order> {
    match date::read(value)?.0 {
        Loose::One(date, order) => {
            use chrono::Datelike;
            order.filter(|_| date.day() != date.month())
        }
        Loose::Two(..) => None,
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
        assert_eq!(repaired(&date, "15/10/2017 14:30"), None);
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
