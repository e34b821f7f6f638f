//! Names and words that miss the form asked by their capitals or their punctuation alone.

use super::{Fix, Proposal};
use crate::{
    schema::{CompiledField, Constraint, Form, Meaning},
    text,
};

/// Words that have no capital inside a name.
const SMALL: [&str; 19] =
    ["à", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "lès", "les", "sous", "sur", "un", "une", "lez"];

/// What a text may become where the field asks a form: straight apostrophes and hyphens, no full stop at the end, then the
/// capitals of a name or of a sentence, which change no letter.
pub fn candidates(field: &CompiledField, value: &str) -> Vec<Proposal> {
    if !field.constraints.iter().any(|constraint| matches!(constraint, Constraint::Pattern(_))) {
        return Vec::new();
    }
    let sure = |fix: Fix, to: String| Proposal::Sure { fix, to };
    let plain = punctuated(value);
    if field.meaning == Some(Meaning::Known(Form::ChargingStations)) && text::fold(value) == "nonconcerne" {
        return vec![sure(Fix::Variant, "Non concerné".to_owned())];
    }
    let mut found = vec![sure(Fix::Punctuation, plain.clone())];
    if plain.chars().any(char::is_alphabetic) {
        found.extend([named(&plain, true), named(&plain, false), sentence(&plain)].map(|to| sure(Fix::Capitals, to)));
    }
    // An identifier in print has signs that are no part of it: `FR*SDL*P38185001`.
    let figures = value.chars().filter(char::is_ascii_digit).count();
    if figures >= 3 && value.is_ascii() && !value.contains(' ') {
        let joined: String = value.chars().filter(char::is_ascii_alphanumeric).collect();
        found.push(sure(Fix::Separators, joined.to_uppercase()));
    }
    found
}

fn punctuated(text: &str) -> String {
    let straight = |c: char| match c {
        '’' | '‘' | 'ʼ' | '`' | '´' => '\'',
        '‐' | '‑' | '–' | '—' => '-',
        other => other,
    };
    text.chars().map(straight).collect::<String>().trim_end_matches(['.', ',', ';']).to_owned()
}

/// The capitals of a name, word by word; small words inside have none, unless `all` have.
fn named(text: &str, small: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, word) in text.split_inclusive(|c: char| !c.is_alphanumeric()).enumerate() {
        let lower = word.to_lowercase();
        let bare = lower.trim_end_matches(|c: char| !c.is_alphanumeric());
        if small && at > 0 && SMALL.contains(&bare) { out.push_str(&lower) } else { out.push_str(&sentence(word)) }
    }
    out
}

/// A capital, then small letters.
fn sentence(text: &str) -> String {
    let lower = text.to_lowercase();
    let mut letters = lower.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_their_capitals() {
        assert_eq!(named("VAL-DE-REUIL", true), "Val-de-Reuil");
        assert_eq!(named("LOU-ANNE", true), "Lou-Anne");
        assert_eq!(named("la roche d'or", true), "La Roche d'Or");
        assert_eq!(sentence("ÉLÉMENTAIRE"), "Élémentaire");
        assert_eq!(punctuated("Rue de l’Église."), "Rue de l'Église");
    }
}
