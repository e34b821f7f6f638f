//! Identifiers: SIRET, SIREN, RNA, codes of communes, postal codes, and those of charging points.

use super::{Fix, Proposal, number, spaces};
use crate::{
    check::{is_siren, is_siret},
    schema::{CompiledField, Form, Meaning, PlaceList, ValueCheck},
    text,
};

/// What people write before an identifier, folded.
const LABELS: [&str; 22] = [
    "siret",
    "nsiret",
    "numerosiret",
    "numsiret",
    "siren",
    "nsiren",
    "numerosiren",
    "rna",
    "nrna",
    "numerorna",
    "n",
    "no",
    "num",
    "numero",
    "code",
    "insee",
    "codeinsee",
    "cp",
    "codepostal",
    "uai",
    "id",
    "ref",
];

/// What a text may become where an identifier is asked: its separators go, its capitals and zeros come back.
pub fn candidates(field: &CompiledField, text: &str) -> Vec<Proposal> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    // Zeros are all that may lack where there is nothing else.
    if digits(text) {
        return with_zeros(field, text, Fix::LeadingZero).collect();
    }
    let sure = |fix: Fix, to: String| Proposal::Sure { fix, to };
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return vec![sure(Fix::Capitals, text.to_uppercase())];
    }
    let mut found = Vec::new();
    let bare = unlabelled(text);
    let fix_of = |fix: Fix| if bare == text { fix } else { Fix::Label };
    let joined: String =
        spaces::visible(bare).chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '_' | '‐' | '–')).collect();
    let mut numbers = Vec::new();
    if digits(&joined) {
        numbers.push((fix_of(Fix::Separators), joined.clone()));
    }
    let tight: String = bare.chars().filter(|c| !c.is_whitespace()).collect();
    numbers.extend(number::digits_of_code(&tight).map(|code| (Fix::CodeAsNumber, code)));
    for (fix, digits) in numbers {
        found.push(sure(fix, digits.clone()));
        found.extend(with_zeros(field, &digits, if fix == Fix::CodeAsNumber { fix } else { Fix::LeadingZero }));
    }
    found.extend((bare != text).then(|| sure(Fix::Label, bare.to_owned())));
    let capitals = bare.to_uppercase();
    let lower = if bare == text { Fix::Capitals } else { Fix::Label };
    // A code of few letters and some digits: `W 380 475 558`, `2A-004`. A sentence is none.
    let letters = joined.chars().filter(|c| c.is_alphabetic()).count();
    let figures = joined.chars().filter(char::is_ascii_digit).count();
    if joined.is_ascii() && (1..=3).contains(&letters) && figures >= 3 {
        found.push(sure(lower, capitals.clone()));
        found.push(sure(fix_of(Fix::Separators), joined.to_uppercase()));
    }
    // Identifiers of charging points have stars and hyphens in print (AFIREV).
    if field.meaning == Some(Meaning::Known(Form::ChargingPoint)) && figures > 0 {
        let plain: String = bare.chars().filter(char::is_ascii_alphanumeric).collect();
        found.push(sure(lower, capitals.clone()));
        found.push(sure(Fix::Separators, plain.to_uppercase()));
    }
    found.push(sure(lower, capitals));
    found
}

/// The digits of a code after the zeros that it may have lost.
fn with_zeros(field: &CompiledField, digits: &str, fix: Fix) -> impl Iterator<Item = Proposal> {
    let missing: &[&str] = if is_keyed(field) { &["0", "00", "000"] } else { &["0"] };
    let codes = missing.iter().map(move |zeros| format!("{zeros}{digits}")).filter(|code| holds_key(code));
    codes.map(move |to| Proposal::Sure { fix, to })
}

/// Whether the field's own check carries a key or a list, so that a wrong guess shows.
fn is_keyed(field: &CompiledField) -> bool {
    field.checks.iter().any(|check| {
        matches!(check, ValueCheck::Siret | ValueCheck::Siren | ValueCheck::Place(PlaceList::CommuneCode | PlaceList::Postcode))
    })
}

/// Fourteen digits are a SIRET, nine a SIREN, even where the field only counts them: their key must hold.
fn holds_key(digits: &str) -> bool {
    match digits.len() {
        14 => is_siret(digits),
        9 => is_siren(digits),
        _ => true,
    }
}

/// An identifier without its name before it: `SIRET : 218…`, `n° W380…`.
fn unlabelled(value: &str) -> &str {
    let is_sign = |c: char| c.is_whitespace() || matches!(c, ':' | '=' | '°' | 'º');
    let cuts = value.char_indices().filter(|(_, c)| is_sign(*c)).map(|(at, c)| at + c.len_utf8());
    let found = cuts
        .filter_map(|at| value.split_at_checked(at))
        .rfind(|(label, rest)| rest.bytes().any(|byte| byte.is_ascii_digit()) && LABELS.contains(&text::fold(label).as_str()));
    found.map_or(value, |(_, rest)| rest.trim_start_matches(is_sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_an_identifier_goes() {
        assert_eq!(unlabelled("SIRET : 218 601"), "218 601");
        assert_eq!(unlabelled("n° SIRET 218"), "218");
        assert_eq!(unlabelled("Code INSEE: 2A004"), "2A004");
        for text in ["218 601", "Rue 12", "SIRET", "W 380", ""] {
            assert_eq!(unlabelled(text), text);
        }
    }
}
