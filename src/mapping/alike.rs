//! How alike two words are: meanings, abbreviations, slips of the pen, roots.

use super::{
    suggest::Reason,
    vocabulary::{Bond, Vocabulary},
    words::Word,
};

/// How alike two words are: the same, of one family, an abbreviation, or a slip of the pen.
pub(super) fn alike(a: &Word, b: &Word) -> (f32, Reason) {
    if a.text == b.text {
        return (1.0, Reason::SameTitle);
    }
    let mut best = (0.0_f32, Reason::Alike);
    for (family, bond) in &a.families {
        for (other, to) in &b.families {
            let found = if family == other {
                match (bond, to) {
                    (Bond::Short, _) | (_, Bond::Short) => (0.94, Reason::Abbreviation),
                    _ => (0.92, Reason::Synonym),
                }
            } else if Vocabulary::get().near(*family, *other) {
                (0.6, Reason::Synonym)
            } else {
                continue;
            };
            if found.0 > best.0 {
                best = found;
            }
        }
    }
    // Two words that people know are what they are: "nom" is no beginning of "nombre".
    if best.0 > 0.0 || (a.is_full() && b.is_full()) || a.text.chars().next() != b.text.chars().next() {
        return best;
    }
    let (short, long) = if a.text.len() < b.text.len() { (a, b) } else { (b, a) };
    let (few, many) = (short.text.len(), long.text.len());
    if few >= 3 && !short.is_full() && long.text.starts_with(&short.text) {
        return if few >= 4 { (0.88, Reason::Abbreviation) } else { (0.8, Reason::Abbreviation) };
    }
    if few >= 3 && few < many && few <= 5 && short.families.is_empty() && skeleton(&short.text, &long.text) {
        return (0.75, Reason::Abbreviation);
    }
    if few >= 4 && single(&a.text).eq(single(&b.text)) {
        return (0.9, Reason::Alike);
    }
    let slips = if few >= 9 { 2 } else { usize::from(few >= 5) };
    if slips > 0 && many - few <= slips && strsim::osa_distance(&a.text, &b.text) <= slips {
        return (0.88, Reason::Alike);
    }
    // The same root: "versement", "verser". It is of four letters or more, which begin them both.
    let begin = |word: &'_ Word| word.text.as_bytes().first_chunk::<4>().copied();
    let root = || Some(stem(&a.text)).filter(|root| *root == stem(&b.text) && root.len() >= 4);
    if begin(a) == begin(b) && root().is_some() { (0.75, Reason::Alike) } else { best }
}

/// The letters of a word without those that are doubled: people double too many, or too few.
fn single(word: &str) -> impl Iterator<Item = char> + '_ {
    let mut before = None;
    word.chars().filter(move |letter| before.replace(*letter) != Some(*letter))
}

/// What is left of a word without the endings that make nouns, verbs and adjectives of one root.
fn stem(word: &str) -> &str {
    const ENDINGS: [&str; 29] = [
        "issement", "ellement", "ations", "ation", "ateur", "atrice", "ement", "ment", "ition", "able", "ible", "ance", "ence",
        "ante", "euse", "ique", "iere", "aire", "ier", "age", "eur", "ant", "ite", "ure", "ive", "ee", "er", "if", "e",
    ];
    let stem = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending).filter(|stem| stem.len() >= 4)).unwrap_or(word);
    let stem = stem.strip_suffix('e').filter(|stem| stem.len() >= 4).unwrap_or(stem);
    stem.strip_suffix("nn").map_or(stem, |_| stem.get(..stem.len() - 1).unwrap_or(stem))
}

/// Whether a word is another without its vowels, or nearly.
fn skeleton(short: &str, long: &str) -> bool {
    let vowel = |c: &char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    if short.chars().filter(vowel).count() > 1 || short.chars().any(|c| c.is_ascii_digit()) {
        return false;
    }
    let mut letters = long.chars();
    short.chars().all(|c| letters.any(|l| l == c)) && short.len() * 4 >= long.len()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::mapping::words::words;

    #[test]
    fn words_are_alike_as_people_take_them() {
        let none = HashSet::new();
        let alike = |a: &str, b: &str| super::alike(&words(a, &none)[0], &words(b, &none)[0]).0;
        assert_eq!(alike("nom", "nombre"), 0.0);
        assert!(alike("montant", "mnt") > 0.9 && alike("ville", "commune") > 0.9 && alike("addresse", "adresse") > 0.85);
        assert!(alike("delib", "deliberation") > 0.85 && alike("anee", "annee") >= 0.9 && alike("pbl", "publique") > 0.7);
        assert_eq!((stem("rechargement"), stem("rechargeable"), stem("stationner")), ("recharg", "recharg", "station"));
    }
}
