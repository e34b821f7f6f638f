//! Sentences all in capitals.

use crate::text;

/// Words of a field's name that announce proper nouns, whose capitals nobody can guess.
const NAMES: [&str; 33] = [
    "nom",
    "noms",
    "name",
    "prenom",
    "adresse",
    "commune",
    "ville",
    "lieu",
    "beneficiaire",
    "attribuant",
    "titulaire",
    "raison",
    "enseigne",
    "voie",
    "rue",
    "departement",
    "region",
    "pays",
    "operateur",
    "amenageur",
    "exploitant",
    "gestionnaire",
    "proprietaire",
    "contact",
    "code",
    "id",
    "reference",
    "coll",
    "collectivite",
    "acheteur",
    "localisation",
    "marque",
    "producteur",
];
/// Small words that are no acronyms.
const SMALL: [&str; 48] = [
    "a", "à", "au", "aux", "ce", "ces", "cet", "d", "de", "des", "du", "dès", "en", "est", "et", "eu", "ils", "l", "la", "le",
    "les", "lui", "ne", "ni", "non", "nos", "on", "ont", "ou", "où", "par", "pas", "qu", "que", "qui", "s", "sa", "ses", "si",
    "son", "sur", "un", "une", "via", "vos", "y", "été", "ma",
];
/// Common short words of acts, which are no acronyms either.
const COMMON: [&str; 20] = [
    "an", "ans", "art", "bas", "bis", "bus", "don", "eau", "fin", "jeu", "jour", "loi", "mer", "prêt", "prix", "sol", "taux",
    "ter", "vue", "âge",
];
/// Acronyms of more than three letters that acts are full of.
const ACRONYMS: [&str; 40] = [
    "ADEME", "AMAP", "ALSH", "ASVP", "ATSEM", "CCAS", "CIAS", "CNFPT", "CNIL", "COVID", "CRTE", "DETR", "DGFIP", "DREAL", "DSIL",
    "EHPAD", "EPCI", "EPFL", "ERDF", "ENEDIS", "FCTVA", "FEDER", "FIPD", "GEMAPI", "GRDF", "INSEE", "INRAP", "IRVE", "OPAH",
    "PADD", "PCAET", "PLUI", "RGPD", "RIFSEEP", "SCOT", "SDIS", "SIREN", "SIRET", "SIVOM", "SIVU",
];

/// The fewest letters of a sentence.
const LETTERS: usize = 15;

/// Whether the texts of a field may shout: not where its name announces proper nouns or codes.
pub fn may_shout(field: &str) -> bool {
    !text::words(field).iter().any(|word| NAMES.contains(&word.as_str()))
}

/// Whether a free text is a sentence all in capitals: three words at least.
pub fn shouts(value: &str) -> bool {
    // Three words have two spaces, perhaps beyond ASCII.
    if value.len() < LETTERS || value.bytes().filter(|byte| *byte <= b' ' || !byte.is_ascii()).count() < 2 {
        return false;
    }
    let words = value.split_whitespace().filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= 2).count();
    let letters = value.chars().filter(|c| c.is_alphabetic()).count();
    words >= 3 && letters >= LETTERS && !value.chars().any(char::is_lowercase) && quiet(value) != value
}

/// A sentence in small letters, its first one a capital. Acronyms stay: those of three letters or less
/// that are no usual words, those with digits or dots, and the best known of the others.
pub fn quiet(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut start = true;
    let mut word = String::new();
    for c in value.chars().chain([' ']) {
        if c.is_alphanumeric() {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            let said = if is_acronym(&word) { word.clone() } else { word.to_lowercase() };
            match said.chars().next().filter(|_| start) {
                Some(first) => out.extend(first.to_uppercase().chain(said.chars().skip(1))),
                None => out.push_str(&said),
            }
            start = false;
            word.clear();
        }
        start |= matches!(c, '.' | '!' | '?' | '\n');
        out.push(c);
    }
    out.pop();
    out
}

fn is_acronym(word: &str) -> bool {
    let small = word.to_lowercase();
    if word.chars().any(|c| c.is_ascii_digit()) || ACRONYMS.contains(&word) {
        return true;
    }
    let short = word.chars().count() <= 3;
    short && !SMALL.contains(&small.as_str()) && !COMMON.contains(&small.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_said_quietly() {
        assert_eq!(quiet("AIDE AU FONCTIONNEMENT DU CCAS"), "Aide au fonctionnement du CCAS");
        assert_eq!(quiet("ÉLABORATION DU PLU. L’ENQUÊTE"), "Élaboration du PLU. L’enquête");
        assert_eq!(quiet("RD 12 : TRAVAUX"), "RD 12 : travaux");
    }

    #[test]
    fn names_and_codes_are_not_shouts() {
        assert!(may_shout("objet") && shouts("AIDE AU FONCTIONNEMENT ANNUEL"));
        for (field, value) in [
            ("nomBeneficiaire", "ASSOCIATION DES AMIS DU VAL"),
            ("objet", "Aide au fonctionnement"),
            ("objet", "PLU ZAC"),
            ("objet", "12 3456 AB CD"),
            ("COLL_NOM", "VILLE DE VAL D’EXEMPLE"),
        ] {
            assert!(!may_shout(field) || !shouts(value), "{value}");
        }
    }
}
