//! Labels cut into words, and each word into what it may mean.

use std::collections::HashSet;

use super::vocabulary::{Bond, EMPTY, Facet, UNITS, Vocabulary, WRITING};
use crate::text;

/// What a unit, or a word beside the matter, weighs.
const FAINT: f64 = 0.25;
/// What a word between brackets weighs.
const ASIDE: f64 = 0.7;

/// A word of a label, or several that make one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// Folded and singular.
    pub text: String,
    /// The families it may belong to.
    pub families: Vec<(usize, Bond)>,
    /// How much it counts, from 0 to 1.
    pub weight: f64,
}

impl Word {
    /// Whether it is a full word of the language.
    pub fn is_full(&self) -> bool {
        self.families.iter().any(|(_, bond)| *bond != Bond::Short)
    }

    /// Whether all that it may mean tells something of a subject.
    pub fn is_told(&self) -> bool {
        self.families.iter().all(|(family, _)| Vocabulary::get().facet(*family).is_some())
    }

    /// Whether it is the beginning of a word, and would be read as others that this word is not.
    pub fn is_short_of_another(&self, word: &Word) -> bool {
        let starts = self.text.len() >= 3 && self.text.len() < word.text.len() && word.text.starts_with(&self.text);
        let shares = self.families.iter().any(|(family, _)| word.families.iter().any(|(other, _)| other == family));
        starts && !self.is_full() && !self.families.is_empty() && !shares
    }

    /// What it may tell of a subject.
    pub fn facets(&self) -> impl Iterator<Item = Facet> + '_ {
        self.facets_by().map(|(facet, _)| facet)
    }

    /// What it may tell of a subject, and how it is written to tell it.
    pub fn facets_by(&self) -> impl Iterator<Item = (Facet, Bond)> + '_ {
        self.families.iter().filter_map(|(family, bond)| Some((Vocabulary::get().facet(*family)?, *bond)))
    }
}

/// The most words that a meaning is made of.
const LONGEST: usize = 4;

/// A word without the mark of the plural.
pub(super) fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("aux").filter(|stem| stem.len() >= 4 && !stem.ends_with('e')) {
        return format!("{stem}al");
    }
    match word.strip_suffix(['s', 'x']) {
        Some(stem) if stem.len() >= 3 => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// The words of a label. `own` are the words of the schema at hand, which a label may run together.
pub fn words(label: &str, own: &HashSet<String>) -> Vec<Word> {
    let (main, aside) = brackets(label);
    let mut all = meanings(&cut(&main, own));
    let beside: Vec<String> = cut(&aside, own).into_iter().filter(|word| !WRITING.contains(&word.as_str())).collect();
    for mut word in meanings(&beside) {
        // What stands between brackets may be the very thing asked: "Budget (nom)".
        word.weight *= if word.facets().next().is_some() { 1.0 } else { ASIDE };
        all.push(word);
    }
    let several = all.len() > 1;
    for word in &mut all {
        if several && UNITS.contains(&word.text.as_str()) {
            word.weight = FAINT;
        }
    }
    all
}

/// A label without what stands between brackets, and what stands there.
fn brackets(label: &str) -> (String, String) {
    let (mut main, mut aside, mut depth) = (String::new(), String::new(), 0_usize);
    for c in label.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => if depth == 0 { &mut main } else { &mut aside }.push(c),
        }
        if matches!(c, '(' | '[' | ')' | ']') {
            main.push(' ');
            aside.push(' ');
        }
    }
    if main.trim().is_empty() { (aside, String::new()) } else { (main, aside) }
}

/// Cuts a text into folded, singular words.
fn cut(label: &str, own: &HashSet<String>) -> Vec<String> {
    let spelt = label.replace("n°", "numero ").replace("N°", "numero ").replace("nº", "numero ").replace("Nº", "numero ");
    let spelt = spelt.replace('%', " pourcentage ").replace('€', " euro ").replace("m²", "m2");
    let all: Vec<String> = text::words(&apart(&spelt)).iter().flat_map(|word| split_digits(word)).collect();
    let told: Vec<String> = all.iter().filter(|word| !EMPTY.contains(&word.as_str())).map(|word| singular(word)).collect();
    let told = if told.is_empty() { all } else { told };
    told.into_iter().flat_map(|word| split_compound(word, own)).collect()
}

/// Cuts after capitals that a word follows: `SIRETAttribuant`.
fn apart(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let upper = |at: usize| chars.get(at).is_some_and(|c| c.is_uppercase());
    let lower = |at: usize| chars.get(at).is_some_and(|c| c.is_lowercase());
    let mut out = String::with_capacity(text.len() + 4);
    for (at, c) in chars.iter().enumerate() {
        if at > 1 && upper(at) && upper(at - 1) && upper(at - 2) && lower(at + 1) && lower(at + 2) {
            out.push(' ');
        }
        out.push(*c);
    }
    out
}

/// `tel1` is a word and a number; `2eme` and `m2` are words.
fn split_digits(word: &str) -> Vec<String> {
    match word.find(|c: char| c.is_ascii_digit()) {
        Some(at) if at >= 3 => {
            let (letters, digits) = word.split_at(at);
            if digits.chars().all(|c| c.is_ascii_digit()) {
                let digits = digits.trim_start_matches('0');
                return [letters, digits].into_iter().filter(|part| !part.is_empty()).map(str::to_owned).collect();
            }
            vec![word.to_owned()]
        }
        _ => vec![word.to_owned()],
    }
}

/// A word that nobody knows may be several run together: `datepublication`, `NOMBENEFICIAIRE`.
fn split_compound(word: String, own: &HashSet<String>) -> Vec<String> {
    const LEAST: usize = 3;
    let vocabulary = Vocabulary::get();
    let known = |part: &str| own.contains(&singular(part)) || vocabulary.means(&singular(part));
    if word.len() < 2 * LEAST || !word.is_ascii() || known(&word) || vocabulary.knows(&word) {
        return vec![word];
    }
    // The fewest parts, from the end back: `best[at]` cuts what follows `at`.
    let len = word.len();
    let mut best: Vec<Option<Vec<String>>> = vec![None; len + 1];
    if let Some(last) = best.get_mut(len) {
        *last = Some(Vec::new());
    }
    for at in (0..len).rev() {
        let mut found: Option<Vec<String>> = None;
        for end in at + 2..=len {
            let (Some(part), Some(Some(rest))) = (word.get(at..end), best.get(end)) else { continue };
            let link = end < len && at > 0 && matches!(part, "de" | "du" | "des" | "la" | "le");
            if !link && (end - at < LEAST && !matches!(part, "id" | "nb" | "cp") || !known(part)) {
                continue;
            }
            let mut parts = if link { Vec::new() } else { vec![singular(part)] };
            parts.extend(rest.iter().cloned());
            if found.as_ref().is_none_or(|best| parts.len() < best.len()) {
                found = Some(parts);
            }
        }
        if let Some(slot) = best.get_mut(at) {
            *slot = found;
        }
    }
    match best.into_iter().next().flatten() {
        Some(parts) if (2..=4).contains(&parts.len()) => parts,
        _ => vec![word],
    }
}

/// Words that make one thing become one, the longest first.
fn meanings(parts: &[String]) -> Vec<Word> {
    let vocabulary = Vocabulary::get();
    let mut all = Vec::new();
    let mut at = 0;
    while at < parts.len() {
        let longest = (2..=LONGEST.min(parts.len() - at)).rev().find_map(|count| {
            let phrase = parts.get(at..at + count)?.join(" ");
            let families = vocabulary.families(&phrase).to_vec();
            (!families.is_empty()).then_some((count, phrase, families))
        });
        let (count, text, families) = longest.unwrap_or_else(|| {
            let word = parts.get(at).cloned().unwrap_or_default();
            let families = vocabulary.families(&word).to_vec();
            (1, word, families)
        });
        all.push(Word { text, families, weight: 1.0 });
        at += count;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(label: &str) -> Vec<String> {
        let own = ["convention".to_owned()].into_iter().collect();
        words(label, &own).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn labels_are_cut_as_people_read_them() {
        assert_eq!(texts("N° de délibération"), ["numero", "deliberation"]);
        assert_eq!(texts("DATE_CONVENTIONS"), ["date", "convention"]);
        assert_eq!(texts("dateConvention"), ["date", "convention"]);
        assert_eq!(texts("DATECONVENTION"), ["date", "convention"]);
        assert_eq!(texts("SIRETAttribuant"), ["siret", "attribuant"]);
        assert_eq!(texts("Code postal / ville"), ["code postal", "ville"]);
        assert_eq!(texts("tel1"), ["tel", "1"]);
        assert_eq!(texts("Siret (14 chiffres, obligatoire)"), ["siret", "14"]);
        assert_eq!(texts("(nom)"), ["nom"]);
        assert_eq!(texts("date de mise à jour"), ["date", "mise jour"]);
    }

    #[test]
    fn units_and_asides_weigh_less() {
        let weights = |label: &str| words(label, &HashSet::new()).iter().map(|word| word.weight).collect::<Vec<_>>();
        assert_eq!(weights("Montant (€)"), [1.0, FAINT]);
        assert_eq!(weights("Budget (nom)"), [1.0, 1.0]);
        assert_eq!(weights("Votants (réel)"), [1.0, ASIDE]);
    }
}
