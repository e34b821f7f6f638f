//! Telephone numbers, with the metadata of libphonenumber.

use std::sync::LazyLock;

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, enums::Region};

use crate::schema::{Match, Pattern};

/// The short numbers of France (ARCEP's numbering plan: emergencies, services of general interest,
/// directories, numbers of four to six digits).
static SHORT: LazyLock<Option<Pattern>> = LazyLock::new(|| {
    Pattern::new(concat!(
        r"(?:1(?:0\d\d|1(?:[02459]|6(?:000|111)|8\d{3})|[578]|9[167])|2(?:0(?:00|2)0|24)|[3-8]\d{4}|3\d{3}",
        r"|6(?:1[14]|34)|7(?:0[06]|22|40))"
    ))
});

/// Whether a text is a telephone number that can exist: in France, short ones included, or anywhere with
/// the code of its country.
pub fn is_phone_number(text: &str) -> bool {
    let here = PHONE_NUMBER_UTIL.parse(text, Some(Region::FR));
    if here.is_ok_and(|number| PHONE_NUMBER_UTIL.is_valid_number(&number) || is_short(&number)) {
        return true;
    }
    PHONE_NUMBER_UTIL.parse(text, None).is_ok_and(|number| PHONE_NUMBER_UTIL.is_valid_number(&number))
}

fn is_short(number: &PhoneNumber) -> bool {
    let national = number.national_number.to_string();
    number.country_code == 33 && SHORT.as_ref().is_some_and(|short| short.matches(&national) == Match::Yes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_exist_or_do_not() {
        for good in [
            "0199002737",
            "01 99 00 27 37",
            "01.99.00.27.37",
            "+33199002737",
            "0033199002737",
            "33612345678",
            "+32 2 555 12 12",
            "115",
            "112",
            "3949",
            "3639",
            "tel: 0612345678",
            "(0)612345678",
        ] {
            assert!(is_phone_number(good), "{good}");
        }
        for bad in ["", "a", "0199002737 ou 0199002738", "019900273", "99", "+999123456", "00 00 00 00 00"] {
            assert!(!is_phone_number(bad), "{bad}");
        }
    }
}
