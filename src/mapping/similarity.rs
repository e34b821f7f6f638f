//! How alike a label and a field are, by their words.

use std::collections::{HashMap, HashSet};

use super::{
    alike::alike,
    suggest::Reason,
    vocabulary::{Facet, Vocabulary},
    words::{Word, words},
};
use crate::{schema::Schema, text};

/// What a word found only in the help of a field is worth.
const HELP: f64 = 0.45;
/// A title or name cut short by a program is at least this long.
const CUT: usize = 8;

/// What the names, titles and helps of a schema say, ready to be compared with labels.
#[derive(Debug, Default)]
pub struct Names {
    fields: Vec<FieldNames>,
    /// The different words of the schema.
    lexicon: Vec<Word>,
    /// How telling each of them is: a word that all fields share says little.
    telling: Vec<f64>,
    /// The words of the schema, for labels that run them together.
    own: HashSet<String>,
    /// The words of the schema's title: all fields speak of it.
    context: HashSet<String>,
}

#[derive(Debug, Default)]
struct FieldNames {
    raw: String,
    name: String,
    title: String,
    of_name: Vec<usize>,
    of_title: Vec<usize>,
    of_help: Vec<usize>,
    facets: Vec<Facet>,
    required: bool,
    /// Whether its values are text.
    free: bool,
}

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
}

impl Names {
    /// Reads the names of a schema.
    pub fn of(schema: &Schema) -> Names {
        let mut names = Names::default();
        let none = HashSet::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut place = |lexicon: &mut Vec<Word>, text: &str| -> Vec<usize> {
            let mut all: Vec<usize> = Vec::new();
            for word in words(text, &none) {
                let at = *places.entry(word.text.clone()).or_insert(lexicon.len());
                if at == lexicon.len() {
                    lexicon.push(word);
                }
                if !all.contains(&at) {
                    all.push(at);
                }
            }
            all
        };
        for field in &schema.fields {
            let of_name = place(&mut names.lexicon, &field.name);
            let of_title = place(&mut names.lexicon, &field.title);
            names.fields.push(FieldNames {
                raw: field.name.clone(),
                name: text::fold(&field.name),
                title: text::fold(&field.title),
                of_name,
                of_title,
                required: field.is_required(),
                free: field.type_name == "string",
                facets: by_type(&field.type_name),
                of_help: Vec::new(),
            });
        }
        let named = names.lexicon.len();
        for (field, names_of) in schema.fields.iter().zip(&mut names.fields) {
            names_of.of_help = place(&mut names.lexicon, &field.description);
            for word in names_of.of_name.iter().chain(&names_of.of_title).filter_map(|at| names.lexicon.get(*at)) {
                // An abbreviation may be read several ways: the title tells.
                names_of.facets.extend(word.facets().filter(|facet| !names_of.facets.contains(facet)).collect::<Vec<_>>());
            }
        }
        let all = names.fields.len() as f64;
        names.telling = (0..names.lexicon.len())
            .map(|at| {
                let has = |field: &FieldNames| field.of_name.contains(&at) || field.of_title.contains(&at);
                let count = names.fields.iter().filter(|field| has(field)).count().max(1) as f64;
                let weight = names.lexicon.get(at).map_or(1.0, |word| word.weight);
                weight * (1.0 + all / count).ln() / (1.0 + all).ln()
            })
            .collect();
        names.own = names.lexicon.iter().take(named).map(|word| word.text.clone()).filter(|word| word.len() >= 4).collect();
        names.context = words(&schema.title, &none).into_iter().map(|word| word.text).collect();
        names
    }

    /// How many fields there are.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// The exact names of the fields that must be there.
    pub fn required(&self) -> impl Iterator<Item = (usize, &str)> {
        self.fields.iter().enumerate().filter(|(_, field)| field.required).map(|(at, field)| (at, field.raw.as_str()))
    }

    /// The folded names of the fields.
    pub fn folded(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|field| field.name.as_str())
    }

    /// What a field tells of its subject, by its name, title and type.
    pub fn facets(&self, field: usize) -> &[Facet] {
        self.fields.get(field).map_or(&[], |field| &field.facets)
    }

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
        let mut facets: Vec<Facet> = words.iter().flat_map(Word::facets).collect();
        // A word that nobody knows tells what the word of the schema does of which it is a slip or the beginning.
        for row in words.iter().zip(&alike).filter(|(word, _)| word.families.is_empty()).map(|(_, row)| row) {
            let meant = row.iter().zip(&self.lexicon).filter(|((likeness, _), _)| *likeness >= 0.75);
            facets.extend(meant.flat_map(|(_, word)| word.facets()));
        }
        Label { trimmed: text::trim(label).to_owned(), folded: text::fold(label), words, facets, alike, weights }
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
        for (row, weight) in label.alike.iter().zip(&label.weights) {
            let (said, why) = most(row, names.of_name.iter().chain(&names.of_title));
            let (helped, _) = most(row, names.of_help.iter());
            explained += weight * said.max(if helped >= 0.8 { helped * HELP } else { 0.0 });
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
        let value = (0.6 * label_side + 0.4 * field_side) * self.agreement(label, names);
        // Words that are the same one by one are alike, no more: only the whole is "the same".
        let reason = if reason == Reason::SameTitle || label_side < 0.75 { Reason::Alike } else { reason };
        Likeness { value: value * 0.95, reason }
    }

    /// Below 1 where the label and the field tell different things of their subject, or opposite ones.
    fn agreement(&self, label: &Label, names: &FieldNames) -> f64 {
        let mut agreement = 1.0;
        let meet = label.facets.iter().any(|a| names.facets.iter().any(|b| a.meets(*b)));
        if !label.facets.is_empty() && !names.facets.is_empty() && !meet {
            agreement *= 0.5;
        } else if label.facets.is_empty() && !names.facets.is_empty() && !names.facets.contains(&Facet::Name) {
            agreement *= 0.85;
        } else if !label.facets.is_empty() && names.facets.is_empty() && !label.facets.contains(&Facet::Name) {
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
        let vocabulary = Vocabulary::get();
        let own: Vec<&Word> = names.of_name.iter().chain(&names.of_title).filter_map(|at| self.lexicon.get(*at)).collect();
        for set in &vocabulary.opposites {
            let full = |word: &Word, family: usize| word.families.first().is_some_and(|(own, _)| *own == family);
            let said: Vec<usize> =
                set.iter().copied().filter(|family| label.words.iter().any(|word| full(word, *family))).collect();
            let wanted: Vec<usize> = set.iter().copied().filter(|family| own.iter().any(|word| full(word, *family))).collect();
            if !said.is_empty() && !wanted.is_empty() && !said.iter().any(|family| wanted.contains(family)) {
                agreement *= 0.45;
            }
        }
        let numbers = |words: &mut dyn Iterator<Item = &Word>| -> Vec<String> {
            words.filter(|word| word.text.chars().all(|c| c.is_ascii_digit())).map(|word| word.text.clone()).collect()
        };
        let (said, wanted) = (numbers(&mut label.words.iter()), numbers(&mut own.iter().copied()));
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

/// What the type of a field tells by itself.
fn by_type(name: &str) -> Vec<Facet> {
    match name {
        "date" | "datetime" => vec![Facet::Date],
        "year" => vec![Facet::Year],
        "geopoint" => vec![Facet::Position],
        _ => Vec::new(),
    }
}

/// The best likeness of a word among some of the lexicon.
fn most<'a>(row: &[(f32, Reason)], of: impl Iterator<Item = &'a usize>) -> (f64, Reason) {
    of.filter_map(|at| row.get(*at)).fold((0.0, Reason::Alike), |best, (likeness, reason)| {
        let likeness = f64::from(*likeness);
        if likeness > best.0 { (likeness, *reason) } else { best }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{bundled_text, find_bundled};

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
