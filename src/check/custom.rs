//! The custom checks of single values: keys of SIREN and SIRET numbers, subjects, intervals of years,
//! opening hours, telephone numbers, places.

use std::borrow::Cow;

use super::{phone, places};
use crate::{
    schema::ValueCheck,
    text,
    value::{Decimal, Value, digit},
};

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

/// Whether a cell passes a check, by its text and, for what is no text, its typed value.
pub fn holds(check: ValueCheck, text: &str, value: Option<&Value>) -> bool {
    match check {
        ValueCheck::Siret => is_siret(&without_separators(text)),
        ValueCheck::Siren => is_siren(&without_separators(text)),
        ValueCheck::ActesSubject => is_actes_subject(text),
        ValueCheck::YearInterval { year_alone } => is_year_interval(text, year_alone),
        ValueCheck::OpeningHours => opening_hours_syntax::parse(text).is_ok(),
        ValueCheck::Phone => phone::is_phone_number(text),
        ValueCheck::PointInFrance => match value {
            Some(Value::GeoPoint(longitude, latitude)) => in_france(*longitude, *latitude),
            _ => true,
        },
        ValueCheck::Place(list) => places::holds(list, text),
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
fn without_separators(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return Cow::Borrowed(text);
    }
    const DOTS: [char; 4] = ['.', '\u{2024}', '\u{ff0e}', '\u{3002}'];
    Cow::Owned(text.chars().filter(|c| !c.is_whitespace() && !DOTS.contains(c) && *c != '\u{200b}' && *c != '\u{2060}').collect())
}

/// Whether the key of a number of 16 digits at most holds: the sum of its digits, every other one doubled from the last but one
/// on, is a multiple of ten. Eight are summed at a time, for a column may hold millions.
fn luhn(digits: &str) -> bool {
    let mut last = [0; 16];
    last.iter_mut().rev().zip(digits.bytes().rev()).for_each(|(place, byte)| *place = byte.wrapping_sub(b'0'));
    last.as_chunks().0.iter().map(|eight| sum_of_eight(u64::from_le_bytes(*eight))).sum::<u64>().is_multiple_of(10)
}

/// The sum of eight digits, the first of which is doubled, and every other one after it; nine is taken from what is beyond nine.
fn sum_of_eight(digits: u64) -> u64 {
    const EACH: u64 = u64::from_ne_bytes([1; 8]);
    const DOUBLED: u64 = u64::from_le_bytes([0xff, 0, 0xff, 0, 0xff, 0, 0xff, 0]);
    let doubled = (digits & DOUBLED) << 1;
    let beyond_nine = (doubled + EACH * (0x80 - 10)) >> 7 & EACH;
    let sums = (digits & !DOUBLED) + doubled - beyond_nine * 9;
    sums.wrapping_mul(EACH) >> 56
}

/// The subject stands before the first slash, which must be there, and no slash is followed by a space.
fn is_actes_subject(value: &str) -> bool {
    if value.contains("/ ") {
        return false;
    }
    let Some((subject, _)) = value.split_once('/') else { return false };
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

/// The boxes of the reference validator, in millionths of a degree: west, east, south, north.
const FRANCE: [[i128; 4]; 6] = [
    [-5_141_277, 9_560_091, 41_333_571, 51_088_989],
    [-61_809_839, -61_001_959, 15_832_041, 16_514_488],
    [-61_229_033, -60_809_655, 14_388_646, 14_878_723],
    [-54_602_390, -51_619_041, 2_111_055, 5_748_138],
    [55_216_526, 55_836_654, -21_389_631, -20_871_800],
    [45_018_330, 45_299_985, -13_005_254, -12_636_590],
];

/// Whether a point is strictly inside metropolitan France, Guadeloupe, Martinique, Guyane, La Réunion or Mayotte.
pub fn in_france(longitude: Decimal, latitude: Decimal) -> bool {
    let degrees = |millionths: i128| Decimal::new(millionths, -6);
    FRANCE.iter().any(|[west, east, south, north]| {
        longitude > degrees(*west) && longitude < degrees(*east) && latitude > degrees(*south) && latitude < degrees(*north)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(check: ValueCheck, text: &str) -> bool {
        super::holds(check, text, None)
    }

    #[test]
    fn opening_hours_are_those_of_openstreetmap() {
        for good in ["Mo-Fr 08:30-20:00", "24/7", "PH,Su off", "Mo-Fr", "sunrise-sunset", "Jul-Aug Mo-Su 10:00-19:00"] {
            assert!(holds(ValueCheck::OpeningHours, good), "{good}");
        }
        for bad in ["lundi", "8h-12h", "8:00", "Mo-Fr 08:30-20:00;;x"] {
            assert!(!holds(ValueCheck::OpeningHours, bad), "{bad}");
        }
    }

    #[test]
    fn france_is_six_boxes() {
        let point = |lon: &str, lat: &str| in_france(Decimal::parse(lon).unwrap(), Decimal::parse(lat).unwrap());
        assert!(point("2.35", "48.85") && point("-61.5", "16.2"));
        assert!(!point("48.85", "2.35") && !point("-5.141277", "48") && !point("-73.5", "45.5"));
    }

    #[test]
    fn siret_and_siren_carry_their_keys() {
        for good in ["21860194600013", "218 601 946 00013", "218.601.946.00013", "00000000000000", "35600000000048"] {
            assert!(holds(ValueCheck::Siret, good), "{good}");
        }
        for bad in ["21860194600014", "2186019460001", "218-601-946-00013", "", "2186019460001a"] {
            assert!(!holds(ValueCheck::Siret, bad), "{bad}");
        }
        assert!(holds(ValueCheck::Siren, "218 601 946") && !holds(ValueCheck::Siren, "218601947"));
        // Of the ten keys that may end a number, one holds.
        for number in ["0000000", "1234567", "9999999", "5050505", "9090909", "8181818"] {
            let plain = |digits: &str| {
                let sum = digits.bytes().rev().enumerate().map(|(place, byte)| {
                    let digit = u32::from(byte - b'0') * (1 + place as u32 % 2);
                    digit / 10 + digit % 10
                });
                sum.sum::<u32>() % 10 == 0
            };
            for length in 1..=7 {
                let keyed = (0..10).map(|key| format!("{}{key}", &number[..length])).filter(|digits| luhn(digits));
                let keyed: Vec<String> = keyed.collect();
                assert!(keyed.len() == 1 && plain(&keyed[0]), "{keyed:?}");
                let longer = format!("{number}{}", keyed[0]);
                assert_eq!(luhn(&longer), plain(&longer), "{longer}");
            }
        }
    }

    #[test]
    fn subjects_come_before_the_slash() {
        for good in ["Finances locales/Divers", "finances locales/", "Domaines de compétences par thèmes/Voirie"] {
            assert!(holds(ValueCheck::ActesSubject, good), "{good}");
        }
        for bad in
            ["finances locales", "Finances locales / Divers", "Finances locales/ Divers", "Finances locales /Divers", "Divers"]
        {
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
