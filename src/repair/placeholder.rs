//! Words that people write to say that there is nothing to write.

use crate::text;

/// Words that say "no value", whatever the column: not communicated, without object, not known, not available.
const WORDS: [&str; 29] = [
    "nc",
    "nr",
    "so",
    "na",
    "nd",
    "ne",
    "nsp",
    "sansobjet",
    "nonrenseigne",
    "nonrenseignee",
    "nonconnu",
    "nonconnue",
    "nonapplicable",
    "nonconcerne",
    "noncommunique",
    "noncommuniquee",
    "nondisponible",
    "nondefini",
    "nondetermine",
    "inconnu",
    "inconnue",
    "arenseigner",
    "acompleter",
    "adefinir",
    "null",
    "none",
    "nan",
    "indetermine",
    "pasdobjet",
];
/// The most letters that these words have.
const LONGEST: usize = 14;
/// Words and signs that say "nothing", which in a column of numbers may also mean zero.
const NOTHING: [&str; 7] = ["neant", "aucun", "aucune", "rien", "vide", "zz", "ras"];

/// Whether a text only says that there is no value. In a column of `numbers`, a dash or "néant" may be a
/// zero (accountants write it so): they say nothing sure.
#[inline(always)]
pub fn is_placeholder(value: &str, numbers: bool) -> bool {
    // Most texts begin with a figure, or another letter than those words.
    let may_be = match value.as_bytes() {
        [first, ..] if first.is_ascii_alphanumeric() => begins_one(*first),
        _ => true,
    };
    may_be && says_nothing(value, numbers)
}

/// Whether a letter begins one of the words that say nothing. Written out: a search would be a call.
#[inline(always)]
fn begins_one(letter: u8) -> bool {
    matches!(letter.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'n' | b'p' | b'r' | b's' | b'v' | b'z')
}

fn says_nothing(value: &str, numbers: bool) -> bool {
    let value = text::trim(value);
    if value.is_empty() || value.len() > 24 {
        return false;
    }
    let begins = value.bytes().find(u8::is_ascii_alphabetic).is_none_or(begins_one);
    let letters = || value.bytes().filter(u8::is_ascii_alphabetic).count();
    if !begins || value.bytes().any(|byte| byte.is_ascii_digit()) || letters() > LONGEST {
        return false;
    }
    let folded = text::fold(value);
    if folded.is_empty() {
        return !numbers && value.chars().all(|c| "-–—_./?*…".contains(c));
    }
    // "NE" and "SO" are also points of the compass, "NA" a symbol: two letters count only in capitals or with dots.
    let letters = folded.chars().count();
    if letters == 2 && !matches!(folded.as_str(), "nc" | "nr") && !value.contains(['.', '/']) {
        return folded == "na" && value == "NA";
    }
    // A sentence folds to a longer text; a word with other signs within ("n:c") is left alone.
    let plain = value.chars().all(|c| c.is_alphanumeric() || c.is_whitespace() || "./()'’-".contains(c));
    plain && (WORDS.contains(&folded.as_str()) || (!numbers && NOTHING.contains(&folded.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_said_in_many_ways() {
        assert!(WORDS.iter().chain(&NOTHING).all(|word| word.len() <= LONGEST));
        for nothing in [
            "-",
            "--",
            "/",
            "?",
            "néant",
            "NEANT",
            "NC",
            "n.c.",
            "s.o.",
            "n/a",
            "N/A",
            "NA",
            "sans objet",
            "(non renseigné)",
            "inconnu",
            "…",
        ] {
            assert!(is_placeholder(nothing, false), "{nothing}");
        }
        for something in ["", "a", "SO", "NE", "non", "0", "Sans objet précis", "x", "nn", "-1", "Nancy"] {
            assert!(!is_placeholder(something, false), "{something}");
        }
        assert!(is_placeholder("NC", true) && !is_placeholder("-", true) && !is_placeholder("néant", true));
    }
}
