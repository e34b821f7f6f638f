use std::collections::HashMap;

use crate::text;

/// Words that say nothing of a column.
const EMPTY: [&str; 19] =
    ["de", "du", "des", "d", "la", "le", "les", "l", "un", "une", "et", "en", "a", "au", "aux", "sur", "par", "dans", "the"];

/// Words that people use for one another in headers.
const FAMILIES: [&[&str]; 8] = [
    &["identifiant", "id", "numero", "num", "no", "n", "reference", "ref", "uid"],
    &["nom", "libelle", "lib", "intitule", "name"],
    &["lien", "url", "adresse web", "site"],
    &["montant", "mt", "mnt", "somme"],
    &["annee", "exercice", "year"],
    &["date", "jour", "dt"],
    &["nombre", "nb", "nbre", "effectif"],
    &["prefecture", "pref"],
];

/// How telling each word is among the names of a schema: a word that all fields share says little.
#[derive(Debug, Clone, Default)]
pub struct Weights(HashMap<String, f64>);

/// The words of a name, folded, singular, without those that say nothing — unless nothing is left.
pub fn words(name: &str) -> Vec<String> {
    let all = text::words(name);
    let told: Vec<String> = all.iter().filter(|word| !EMPTY.contains(&word.as_str())).map(|word| singular(word)).collect();
    if told.is_empty() { all } else { told }
}

fn singular(word: &str) -> String {
    match word.strip_suffix(['s', 'x']) {
        Some(stem) if stem.len() >= 3 => stem.to_owned(),
        _ => word.to_owned(),
    }
}

impl Weights {
    /// Weighs the words of the names given, one list of words per field.
    pub fn of(fields: &[Vec<String>]) -> Weights {
        let mut count: HashMap<String, f64> = HashMap::new();
        for words in fields {
            let mut own: Vec<&String> = words.iter().collect();
            own.sort();
            own.dedup();
            for word in own {
                *count.entry(word.clone()).or_default() += 1.0;
            }
        }
        let all = fields.len() as f64;
        Weights(count.into_iter().map(|(word, n)| (word, (1.0 + all / n).ln())).collect())
    }

    fn weight(&self, word: &str) -> f64 {
        // A word that the schema does not have is as telling as a rare one.
        self.0.get(word).copied().unwrap_or(1.5)
    }

    /// How alike two lists of words are, from 0 to 1: the weight of what they share.
    pub fn similarity(&self, a: &[String], b: &[String]) -> f64 {
        let shared = |from: &[String], to: &[String]| -> (f64, f64) {
            from.iter().fold((0.0, 0.0), |(shared, all), word| {
                let best = to.iter().map(|other| alike(word, other)).fold(0.0, f64::max);
                let weight = self.weight(word);
                (shared + weight * best, all + weight)
            })
        };
        let ((sa, wa), (sb, wb)) = (shared(a, b), shared(b, a));
        if wa + wb == 0.0 { 0.0 } else { (sa + sb) / (wa + wb) }
    }
}

/// How alike two words are: the same, of one family, an abbreviation, or a slip of the pen.
fn alike(a: &str, b: &str) -> f64 {
    if a == b {
        return 1.0;
    }
    if FAMILIES.iter().any(|family| family.contains(&a) && family.contains(&b)) {
        return 0.85;
    }
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    if short.len() >= 3 && long.starts_with(short) {
        return 0.9;
    }
    let jaro = strsim::jaro_winkler(a, b);
    if short.len() >= 4 && jaro >= 0.9 { jaro * 0.9 } else { 0.0 }
}
