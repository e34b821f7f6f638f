//! How alike a label and a field are, by their words.

use super::{
    alike::alike,
    names::{FieldNames, Names, numbers, opposed},
    suggest::Reason,
    vocabulary::Facet,
    words::{Word, words},
};
use crate::text;

/// From this likeness on, a word of the help of a field speaks for it.
const NAMED: f64 = 0.75;
/// What such a word is worth, and how much more where no other field speaks of it.
const HELP: f64 = 0.45;
const HELP_ALONE: f64 = 0.4;
/// What a word is worth that only says what the type of the field says: "nombre" of a whole number.
const KIND: f64 = 0.7;
/// What is left of a word's worth where the field says it by a word that all fields share.
const SHARED: f64 = 0.3;
/// A thing without more is its name: "Cantine" is "Nom du restaurant", more than its number or its type.
const BARE: f64 = 1.1;
/// A title or name cut short by a program is at least this long.
const CUT: usize = 8;

/// How alike a label and a field are.
#[derive(Debug, Clone, Copy)]
pub struct Likeness {
    /// From 0 to 1.
    pub value: f64,
    /// Why.
    pub reason: Reason,
}

/// A label ready to be compared with the fields of a schema.
#[derive(Debug)]
pub struct Label {
    trimmed: String,
    folded: String,
    words: Vec<Word>,
    facets: Vec<Facet>,
    /// For each word of the label, how alike each word of the schema's lexicon is.
    alike: Vec<Vec<(f32, Reason)>>,
    /// For each word of the label, how much it counts.
    weights: Vec<f64>,
    /// The sets of words that exclude each other of which it says one, and the family it says of each.
    opposed: Vec<(usize, usize)>,
    /// The numbers that it says.
    numbers: Vec<String>,
}

impl Names {
    /// Reads a label for this schema.
    pub fn label(&self, label: &str) -> Label {
        let words = words(label, &self.own);
        let alike: Vec<Vec<(f32, Reason)>> =
            words.iter().map(|word| self.lexicon.iter().map(|other| alike(word, other)).collect()).collect();
        let weights = words
            .iter()
            .zip(&alike)
            .map(|(word, row)| {
                let known = row.iter().zip(&self.telling).filter(|((likeness, _), _)| *likeness >= 0.8);
                let telling = known.map(|(_, telling)| *telling).fold(0.0, f64::max);
                word.weight
                    * if telling > 0.0 {
                        telling
                    } else if self.context.contains(&word.text) {
                        0.3
                    } else {
                        0.8
                    }
            })
            .collect();
        // A short word that may be read as a thing, too, tells nothing of its subject.
        let mut facets: Vec<Facet> =
            words.iter().filter(|word| word.is_full() || word.is_told()).flat_map(Word::facets).collect();
        // A word that nobody knows tells what the word of the schema does of which it is a slip or the beginning.
        for row in words.iter().zip(&alike).filter(|(word, _)| word.families.is_empty()).map(|(_, row)| row) {
            let meant = row.iter().zip(&self.lexicon).filter(|((likeness, _), _)| *likeness >= 0.75);
            facets.extend(meant.flat_map(|(_, word)| word.facets()));
        }
        let (opposed, numbers) = (opposed(words.iter()), numbers(words.iter()));
        Label {
            opposed,
            numbers,
            trimmed: text::trim(label).to_owned(),
            folded: text::fold(label),
            words,
            facets,
            alike,
            weights,
        }
    }

    /// How alike a label and a field are.
    pub fn likeness(&self, label: &Label, field: usize) -> Likeness {
        let none = Likeness { value: 0.0, reason: Reason::Alike };
        let Some(names) = self.fields.get(field) else { return none };
        let exact = |value, reason| Likeness { value, reason };
        if label.folded.is_empty() {
            return none;
        }
        if label.trimmed == names.raw {
            return exact(1.0, Reason::SameName);
        }
        if label.folded == names.name {
            return exact(0.99, Reason::SameFolded);
        }
        if label.folded == names.title {
            return exact(0.98, Reason::SameTitle);
        }
        // Old formats cut names at eight or ten letters.
        if label.folded.len() >= CUT && (names.name.starts_with(&label.folded) || names.title.starts_with(&label.folded)) {
            return exact(0.9, Reason::Abbreviation);
        }
        let (mut explained, mut all) = (0.0, 0.0);
        let mut reason = Reason::SameTitle;
        for ((word, row), weight) in label.words.iter().zip(&label.alike).zip(&label.weights) {
            let (said, why) = self.said(row, *weight, names);
            let kind = if names.typed.is_some_and(|typed| word.facets().any(|facet| facet == typed)) { KIND } else { 0.0 };
            explained += weight * said.max(self.helped(row, names)).max(kind);
            all += weight;
            if said > 0.0 {
                reason = reason.lesser(why);
            }
        }
        let covered = |of: &[usize]| {
            let (mut covered, mut all) = (0.0, 0.0);
            for at in of {
                let telling = self.telling.get(*at).copied().unwrap_or_default();
                let best = label.alike.iter().filter_map(|row| row.get(*at)).map(|(likeness, _)| f64::from(*likeness));
                covered += telling * best.fold(0.0, f64::max);
                all += telling;
            }
            if all > 0.0 { covered / all } else { 0.0 }
        };
        let (by_name, by_title) = (covered(&names.of_name), covered(&names.of_title));
        let (label_side, field_side) = (if all > 0.0 { explained / all } else { 0.0 }, by_name.max(by_title));
        let value = ((0.6 * label_side + 0.4 * field_side) * self.agreement(label, names)).min(1.0);
        // Words that are the same one by one are alike, no more: only the whole is "the same".
        let reason = if reason == Reason::SameTitle || label_side < 0.75 { Reason::Alike } else { reason };
        Likeness { value: value * 0.95, reason }
    }

    /// How well a name and title say a word of a label: less where they say it by a word that most fields share.
    fn said(&self, row: &[(f32, Reason)], weight: f64, names: &FieldNames) -> (f64, Reason) {
        let worth = |at: &usize| {
            let (likeness, reason) = row.get(*at)?;
            let telling = self.telling.get(*at).copied().unwrap_or_default();
            let shared = if weight > telling { SHARED + (1.0 - SHARED) * telling / weight } else { 1.0 };
            Some((f64::from(*likeness) * shared, *reason))
        };
        let all = names.of_name.iter().chain(&names.of_title).filter_map(worth);
        all.fold((0.0, Reason::Alike), |best, one| if one.0 > best.0 { one } else { best })
    }

    /// What the help of a field says of a word of a label: more where few other fields speak of it.
    fn helped(&self, row: &[(f32, Reason)], names: &FieldNames) -> f64 {
        let worth = |at: &usize| {
            let (likeness, _) = row.get(*at)?;
            let likeness = f64::from(*likeness);
            let rare = self.rare.get(*at).copied().unwrap_or_default();
            (likeness >= NAMED).then_some(likeness * (HELP + HELP_ALONE * rare * rare))
        };
        names.of_help.iter().filter_map(worth).fold(0.0, f64::max)
    }

    /// Below 1 where the label and the field tell different things of their subject, or opposite ones.
    fn agreement(&self, label: &Label, names: &FieldNames) -> f64 {
        let mut agreement = 1.0;
        let meet = label.facets.iter().any(|a| names.facets.iter().any(|b| a.meets(*b)));
        if label.facets.is_empty() && !names.facets.is_empty() && names.facets.iter().all(|facet| *facet == Facet::Name) {
            agreement *= BARE;
        } else if !label.facets.is_empty() && !names.facets.is_empty() && !meet {
            agreement *= 0.5;
        } else if label.facets.is_empty() && !names.facets.is_empty() && !names.facets.contains(&Facet::Name) {
            agreement *= 0.85;
        } else if !label.facets.is_empty()
            && names.facets.is_empty()
            && !label.facets.contains(&Facet::Name)
            && !names.typed.is_some_and(|typed| label.facets.contains(&typed))
        {
            let counted = |facet: &Facet| {
                matches!(
                    facet,
                    Facet::Date | Facet::Year | Facet::Money | Facet::Count | Facet::Share | Facet::Phone | Facet::Mail
                )
            };
            // How many, or when: no free text says it.
            agreement *= if names.free && label.facets.iter().any(counted) { 0.6 } else { 0.85 };
        }
        // The field asks for something of its subject that the label does not say: "Rue" is no "Numéro de rue".
        let subject = |facet: &Facet| matches!(facet, Facet::Name | Facet::Place | Facet::Address | Facet::Subject);
        let unsaid = |facet: &Facet| !subject(facet) && !label.facets.iter().any(|said| said.meets(*facet));
        if meet && names.facets.iter().any(unsaid) {
            agreement *= 0.92;
        }
        let denied = |(set, _): &&(usize, usize)| {
            let wanted = || names.opposed.iter().filter(|(other, _)| other == set);
            wanted().next().is_some() && !wanted().any(|one| label.opposed.contains(one))
        };
        let mut last = None;
        for (set, _) in label.opposed.iter().filter(denied) {
            if last.replace(*set) != Some(*set) {
                agreement *= 0.45;
            }
        }
        let (said, wanted) = (&label.numbers, &names.numbers);
        if !wanted.is_empty() && said.is_empty() && !wanted.iter().any(|n| n == "1") {
            agreement *= 0.8;
        } else if !said.is_empty() && !wanted.is_empty() && !said.iter().any(|n| wanted.contains(n)) {
            agreement *= 0.5;
        }
        agreement
    }

    /// Whether a label says nothing that the field denies.
    pub fn allows(&self, label: &Label, field: usize) -> bool {
        self.fields.get(field).is_some_and(|names| self.agreement(label, names) >= 0.85)
    }

    /// The words of a label with the words of a field that they stand for, where they are not the same.
    pub fn matched(&self, label: &Label, field: usize) -> Vec<(String, String)> {
        let Some(names) = self.fields.get(field) else { return Vec::new() };
        let of = || names.of_name.iter().chain(&names.of_title);
        let pairs = label.words.iter().zip(&label.alike).filter_map(|(word, row)| {
            let likeness = |at: &usize| row.get(*at).map_or(0.0, |(likeness, _)| *likeness);
            let best = of().copied().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
            let other = self.lexicon.get(best).filter(|other| other.text != word.text && likeness(&best) > 0.0)?;
            Some((word.text.clone(), other.text.clone()))
        });
        pairs.collect()
    }
}

impl Label {
    /// Whether it says nothing of whom or what it speaks.
    pub fn is_blank(&self) -> bool {
        self.words.iter().all(|word| word.families.is_empty() || word.facets().next().is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Schema, bundled_text, find_bundled};

    /// The field of the schema that a label is most like, and why.
    fn best(schema: &str, label: &str) -> (String, Reason) {
        let schema = Schema::from_json(bundled_text(&find_bundled(schema).unwrap()).unwrap()).unwrap();
        let names = Names::of(&schema);
        let label = names.label(label);
        let all = (0..names.len()).map(|field| (names.likeness(&label, field), field));
        let (likeness, field) = all.max_by(|a, b| a.0.value.total_cmp(&b.0.value)).unwrap();
        (names.fields[field].raw.clone(), likeness.reason)
    }

    #[test]
    fn labels_lead_to_their_fields_and_say_why() {
        let field = |name: &str, reason| (name.to_owned(), reason);
        assert_eq!(best("subventions", "montant"), field("montant", Reason::SameName));
        assert_eq!(best("subventions", "Nom de l'Attribuant"), field("nomAttribuant", Reason::SameTitle));
        assert_eq!(best("subventions", "NOM_BENEFICIAIRE"), field("nomBeneficiaire", Reason::SameFolded));
        assert_eq!(best("subventions", "mnt (€)"), field("montant", Reason::Abbreviation));
        assert_eq!(best("subventions", "Nom de l’association"), field("nomBeneficiaire", Reason::Synonym));
        assert_eq!(best("schema-stationnement", "Hauteur maxi (cm)").0, "hauteur_max");
        assert_eq!(best("schema-irve-statique", "phone operator"), field("telephone_operateur", Reason::Synonym));
    }
}
