//! Yes and no, in every writing, to the field's own words.

use super::{Fix, Proposal, enumeration::Accepted};
use crate::{schema::CompiledField, text, value::Kind};

/// Bytes beyond which a text is a sentence, whatever signs stand round a word.
const LONGEST: usize = 24;

/// Whether a text says yes or no; `None` where it says neither.
pub fn said(value: &str) -> Option<bool> {
    let value = text::trim(value);
    if value.len() > LONGEST {
        return None;
    }
    match value {
        "✓" | "✔" | "☑" | "✅" | "√" | "☒" | "1.0" | "1,0" => return Some(true),
        "✗" | "✘" | "❌" | "☐" | "0.0" | "0,0" => return Some(false),
        _ => {}
    }
    match text::fold(value).as_str() {
        "oui" | "o" | "yes" | "y" | "true" | "vrai" | "1" | "x" | "ok" => Some(true),
        "non" | "n" | "no" | "false" | "faux" | "0" => Some(false),
        _ => None,
    }
}

/// What a text may become in a field of yes and no, or in a list of which one value says yes and one says no.
pub fn candidates(field: &CompiledField, text: &str) -> Vec<Proposal> {
    let Some(yes) = said(text) else { return Vec::new() };
    let word = match &field.kind {
        Kind::Boolean(words) => if yes { words.yes.first() } else { words.no.first() }.cloned(),
        _ => Accepted::of(field).and_then(|accepted| {
            let saying = |yes: bool| {
                let mut found = accepted.values.iter().filter(|value| said(value) == Some(yes));
                found.next().filter(|_| found.next().is_none())
            };
            // A lone "O" or "1" among other codes is no yes.
            let (one, other) = (saying(true)?, saying(false)?);
            Some(if yes { one } else { other }.clone())
        }),
    };
    word.map(|to| Proposal::Sure { fix: Fix::Boolean, to }).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_and_no_have_many_writings() {
        for yes in ["Oui", "O", "YES", "y", "VRAI", "=VRAI()", "true", "1", "1.0", "x", "✓", " ✔ ", "oui."] {
            assert_eq!(said(yes), Some(true), "{yes}");
        }
        for no in ["NON", "n", "No", "FAUX", "0", "0,0", "✗"] {
            assert_eq!(said(no), Some(false), "{no}");
        }
        for neither in ["", "oui et non", "10", "1/0", "peut-être", "nc", "2"] {
            assert_eq!(said(neither), None, "{neither}");
        }
    }
}
