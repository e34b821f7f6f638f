//! The custom checks of single values: keys of SIREN and SIRET numbers, subjects, intervals of years.

use crate::{schema::ValueCheck, text, value::digit};

/// La Poste's establishments follow a rule of their own (INSEE, SIRENE).
const LA_POSTE: &str = "356000000";
const LA_POSTE_SEAT: &str = "35600000000048";

/// The nine subjects of the ACTES classification (first level), without accents.
pub const ACTES_SUBJECTS: [&str; 9] = [
    "commande publique",
    "urbanisme",
    "domaine et patrimoine",
    "fonction publique",
    "institutions et vie politique",
    "libertes publiques et pouvoirs de police",
    "finances locales",
    "domaines de competences par themes",
    "autres domaines de competences",
];

/// Whether a text passes a check.
pub fn holds(check: ValueCheck, text: &str) -> bool {
    match check {
        ValueCheck::Siret => is_siret(&without_separators(text)),
        ValueCheck::Siren => is_siren(&without_separators(text)),
        ValueCheck::ActesSubject => is_actes_subject(text),
        ValueCheck::YearInterval { year_alone } => is_year_interval(text, year_alone),
    }
}

/// Whether these are the 14 digits of an establishment: the key of the whole, and of its SIREN.
pub fn is_siret(digits: &str) -> bool {
    if digits.len() != 14 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let siren = digits.get(..9).unwrap_or_default();
    if siren == LA_POSTE && digits != LA_POSTE_SEAT {
        return digits.bytes().map(|b| u32::from(b - b'0')).sum::<u32>().is_multiple_of(5);
    }
    luhn(digits) && luhn(siren)
}

/// Whether these are the 9 digits of a legal unit, key included.
pub fn is_siren(digits: &str) -> bool {
    digits.len() == 9 && digits.bytes().all(|b| b.is_ascii_digit()) && luhn(digits)
}

/// Removes the spaces and dots that people put in numbers; hyphens stay, as in the reference.
fn without_separators(text: &str) -> String {
    const DOTS: [char; 4] = ['.', '\u{2024}', '\u{ff0e}', '\u{3002}'];
    text.chars().filter(|c| !c.is_whitespace() && !DOTS.contains(c) && *c != '\u{200b}' && *c != '\u{2060}').collect()
}

fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte.wrapping_sub(b'0'));
            match digit * (1 + place as u32 % 2) {
                doubled if doubled > 9 => doubled - 9,
                doubled => doubled,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

fn is_actes_subject(value: &str) -> bool {
    if value.contains("/ ") {
        return false;
    }
    let subject = value.split('/').next().unwrap_or_default();
    ACTES_SUBJECTS.contains(&text::without_accents(&subject.to_lowercase()).as_str())
}

fn is_year_interval(value: &str, year_alone: bool) -> bool {
    // Four digits of any script, and a last line feed, as the reference's regular expression takes them.
    let year = |part: &str| -> Option<u16> {
        let digits: Option<Vec<u8>> = part.chars().map(digit).collect();
        digits.filter(|d| d.len() == 4).map(|d| d.iter().fold(0, |n, d| n * 10 + u16::from(*d)))
    };
    let value = value.strip_suffix('\n').unwrap_or(value);
    match value.split_once('/') {
        Some((from, to)) => matches!((year(from), year(to)), (Some(from), Some(to)) if from < to),
        None => year_alone && year(value).is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn siret_and_siren_carry_their_keys() {
        for good in ["21860194600013", "218 601 946 00013", "218.601.946.00013", "00000000000000", "35600000000048"] {
            assert!(holds(ValueCheck::Siret, good), "{good}");
        }
        for bad in ["21860194600014", "2186019460001", "218-601-946-00013", "", "2186019460001a"] {
            assert!(!holds(ValueCheck::Siret, bad), "{bad}");
        }
        assert!(holds(ValueCheck::Siren, "218 601 946") && !holds(ValueCheck::Siren, "218601947"));
    }

    #[test]
    fn subjects_come_before_the_slash() {
        for good in ["Finances locales/Divers", "finances locales", "Domaines de compétences par thèmes/Voirie"] {
            assert!(holds(ValueCheck::ActesSubject, good), "{good}");
        }
        for bad in ["Finances locales / Divers", "Finances locales/ Divers", "Finances locales /Divers", "Divers"] {
            assert!(!holds(ValueCheck::ActesSubject, bad), "{bad}");
        }
    }

    #[test]
    fn years_grow() {
        let both = ValueCheck::YearInterval { year_alone: true };
        assert!(holds(both, "2017/2018") && holds(both, "2017"));
        assert!(!holds(both, "2018/2017") && !holds(both, "17/18"));
        assert!(!holds(ValueCheck::YearInterval { year_alone: false }, "2017"));
    }
}
