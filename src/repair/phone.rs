//! Telephone numbers as people write them in France, national or with the code of the country.

use super::{Fix, Proposal};
use crate::{
    schema::{CompiledField, Form, Meaning, ValueCheck},
    text,
};

/// The codes of overseas numbers, by the first digits of the national number (ARCEP's numbering plan): they
/// are not reached by +33 from abroad.
const OVERSEAS: [(&str, &str); 13] = [
    ("0262", "262"),
    ("0263", "262"),
    ("0269", "262"),
    ("0639", "262"),
    ("0692", "262"),
    ("0693", "262"),
    ("0590", "590"),
    ("0690", "590"),
    ("0691", "590"),
    ("0594", "594"),
    ("0694", "594"),
    ("0596", "596"),
    ("0696", "596"),
];
/// What people write before a number, folded.
const LABELS: [&str; 7] = ["tel", "telephone", "telfixe", "portable", "mobile", "standard", "fixe"];

/// Whether a field holds telephone numbers: its check or its pattern says so, or its name and its form.
fn is_phone(field: &CompiledField) -> bool {
    let named = |word: &String| matches!(word.as_str(), "tel" | "telephone" | "phone");
    field.checks.contains(&ValueCheck::Phone)
        || field.meaning == Some(Meaning::Known(Form::Phone))
        || text::words(&field.name).iter().any(named)
}

/// What a text may become in a field of telephone numbers: with the country's code where it was written so,
/// national otherwise, whichever the field takes. Of two numbers in a cell none is chosen.
pub fn candidates(field: &CompiledField, text: &str) -> Vec<Proposal> {
    let Some((code, national)) = read(text).filter(|_| is_phone(field)) else { return Vec::new() };
    let here = format!("0{national}");
    let away = format!("+{code}{national}");
    let forms = if text.contains('+') || text.starts_with("00") { [away, here] } else { [here, away] };
    forms.into_iter().map(|to| Proposal::Sure { fix: Fix::Phone, to }).collect()
}

/// The code of the country and the nine digits of a French number.
fn read(value: &str) -> Option<(&'static str, String)> {
    let value = text::trim(value);
    if value.bytes().filter(u8::is_ascii_digit).count() < 9 {
        return None;
    }
    let start = value.find(|c: char| c.is_ascii_digit() || matches!(c, '+' | '('))?;
    let (label, number) = value.split_at_checked(start)?;
    if !label.is_empty() && !LABELS.contains(&text::fold(label).as_str()) {
        return None;
    }
    // The zero between parentheses is that of a national number: it goes.
    let number = number.replace("(0)", "");
    let mut digits = String::new();
    for (at, c) in number.chars().enumerate() {
        match c {
            '0'..='9' => digits.push(c),
            '+' if at == 0 => {}
            _ if c.is_whitespace()
                || matches!(c, '.' | '-' | '_' | '/' | '(' | ')' | '‐' | '–' | '\u{200b}' | '\u{202c}' | '\u{202d}') => {}
            _ => return None,
        }
    }
    let bare = digits.strip_prefix("00").unwrap_or(&digits);
    let abroad = number.starts_with('+') || bare.len() < digits.len();
    let codes = ["33", "262", "590", "594", "596"];
    let coded = codes
        .into_iter()
        .find_map(|code| Some((code, bare.strip_prefix(code)?)))
        .map(|(c, rest)| (c, rest.strip_prefix('0').unwrap_or(rest)));
    let national = match coded {
        Some((code, national)) if national.len() == 9 && (abroad || bare.len() >= 11) => {
            // Overseas numbers dialled as if they were of the mainland.
            return Some((if code == "33" { code_of(national) } else { code }, national.to_owned()));
        }
        _ if abroad => return None,
        _ => digits.strip_prefix('0').unwrap_or(&digits),
    };
    (national.len() == 9 && !national.starts_with('0')).then(|| (code_of(national), national.to_owned()))
}

fn code_of(national: &str) -> &'static str {
    let here = format!("0{national}");
    // Kept for stories (ARCEP), on the mainland.
    if here.starts_with("063998") {
        return "33";
    }
    OVERSEAS.iter().find(|(start, _)| here.starts_with(start)).map_or("33", |(_, code)| code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_numbers_have_nine_digits_after_the_zero() {
        for text in [
            "05 49 00 00 00",
            "05.49.00.00.00",
            "05-49-00-00-00",
            "0549000000",
            "549000000",
            "+33 5 49 00 00 00",
            "+33 (0)5 49 00 00 00",
            "0033 5 49 00 00 00",
            "33549000000",
            "Tél. : 05 49 00 00 00",
            "(05) 49 00 00 00",
            "05/49/00/00/00",
        ] {
            assert_eq!(read(text), Some(("33", "549000000".to_owned())), "{text}");
        }
        assert_eq!(read("0262 20 20 20"), Some(("262", "262202020".to_owned())));
        assert_eq!(read("+596 596 10 10 10"), Some(("596", "596101010".to_owned())));
        for text in
            ["", "05 49 00 00 00 / 06 12 34 56 78", "+32 2 555 12 12", "3949", "poste 12", "05 49 00 00", "00 00 00 00 00"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
