//! What the names, titles and helps of a schema say, ready to be compared with labels.

use std::collections::{HashMap, HashSet};

use super::{
    vocabulary::{Bond, Facet, Vocabulary},
    words::{Word, words},
};
use crate::{schema::Schema, text};

/// The names of a schema, ready to be compared with labels.
#[derive(Debug, Default)]
pub struct Names {
    pub(super) fields: Vec<FieldNames>,
    /// The different words of the schema.
    pub(super) lexicon: Vec<Word>,
    /// How telling each of them is: a word that all fields share says little.
    pub(super) telling: Vec<f64>,
    /// In how few fields each of them stands, helps included, from 0 to 1.
    pub(super) rare: Vec<f64>,
    /// The words of the schema, for labels that run them together.
    pub(super) own: HashSet<String>,
    /// The words of the schema's title: all fields speak of it.
    pub(super) context: HashSet<String>,
}

/// What one field says.
#[derive(Debug, Default)]
pub(super) struct FieldNames {
    pub(super) raw: String,
    pub(super) name: String,
    pub(super) title: String,
    pub(super) of_name: Vec<usize>,
    pub(super) of_title: Vec<usize>,
    pub(super) of_help: Vec<usize>,
    pub(super) facets: Vec<Facet>,
    /// What its type and format say by themselves.
    pub(super) typed: Option<Facet>,
    pub(super) required: bool,
    /// Whether its values are text.
    pub(super) free: bool,
    /// As those of a label.
    pub(super) opposed: Vec<(usize, usize)>,
    pub(super) numbers: Vec<String>,
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
            let mut of_name = place(&mut names.lexicon, &field.name);
            let of_title = place(&mut names.lexicon, &field.title);
            // A short word that the title spells out is that word, no other: "comm" for "Commodités".
            let spelt = |at: &usize| {
                let title = of_title.iter().filter_map(|at| names.lexicon.get(*at));
                names.lexicon.get(*at).is_some_and(|short| title.clone().any(|word| short.is_short_of_another(word)))
            };
            of_name.retain(|at| !spelt(at));
            names.fields.push(FieldNames {
                raw: field.name.clone(),
                name: text::fold(&field.name),
                title: text::fold(&field.title),
                of_name,
                of_title,
                required: field.is_required(),
                free: field.type_name == "string",
                facets: by_type(&field.type_name),
                typed: typed(&field.type_name, &field.format),
                of_help: Vec::new(),
                opposed: Vec::new(),
                numbers: Vec::new(),
            });
        }
        let named = names.lexicon.len();
        for (field, names_of) in schema.fields.iter().zip(&mut names.fields) {
            names_of.of_help = place(&mut names.lexicon, &field.description);
            for value in field.enumeration() {
                let more = place(&mut names.lexicon, &value);
                names_of.of_help.extend(more.into_iter().filter(|at| !names_of.of_help.contains(at)).collect::<Vec<_>>());
            }
            let word = |at: &usize| names.lexicon.get(*at);
            let own = || names_of.of_name.iter().chain(&names_of.of_title).filter_map(word);
            (names_of.opposed, names_of.numbers) = (opposed(own()), numbers(own()));
            let titled: Vec<Facet> = names_of.of_title.iter().filter_map(word).flat_map(Word::facets).collect();
            let of_name = names_of.of_name.iter().filter_map(word);
            // An abbreviation may be read several ways: the title tells.
            let named = of_name.flat_map(Word::facets_by).filter(|(facet, bond)| *bond != Bond::Short || titled.contains(facet));
            for facet in named.map(|(facet, _)| facet).chain(titled.iter().copied()) {
                if !names_of.facets.contains(&facet) {
                    names_of.facets.push(facet);
                }
            }
        }
        names.weigh(named);
        names.own = names.lexicon.iter().take(named).map(|word| word.text.clone()).filter(|word| word.len() >= 4).collect();
        names.context = words(&schema.title, &none).into_iter().map(|word| word.text).collect();
        names
    }

    /// Weighs the words of the lexicon, the first `named` of which stand in names and titles.
    fn weigh(&mut self, named: usize) {
        let (mut naming, mut standing) = (vec![0_usize; self.lexicon.len()], vec![0_usize; self.lexicon.len()]);
        let add = |counts: &mut [usize], at: usize| {
            if let Some(count) = counts.get_mut(at) {
                *count += 1;
            }
        };
        for field in &self.fields {
            let own: HashSet<usize> = field.of_name.iter().chain(&field.of_title).copied().collect();
            for at in &own {
                add(&mut naming, *at);
            }
            for at in own.iter().chain(field.of_help.iter().filter(|at| !own.contains(at))) {
                add(&mut standing, *at);
            }
        }
        let all = self.fields.len() as f64;
        let share = |count: usize| (1.0 + all / count.max(1) as f64).ln() / (1.0 + all).ln();
        self.rare = standing.iter().map(|count| share(*count)).collect();
        let telling = self.lexicon.iter().zip(naming.iter().zip(&standing)).enumerate();
        self.telling = telling
            .map(|(at, (word, (naming, standing)))| word.weight * share(if at < named { *naming } else { *standing }))
            .collect();
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
}

/// The sets of words that exclude each other of which one is said, and the family that is, in order.
pub(super) fn opposed<'a>(words: impl Iterator<Item = &'a Word> + Clone) -> Vec<(usize, usize)> {
    let said = |family: &usize| words.clone().any(|word| word.families.first().is_some_and(|(own, _)| own == family));
    let sets = Vocabulary::get().opposites.iter().enumerate();
    sets.flat_map(|(at, set)| set.iter().filter(|family| said(family)).map(move |family| (at, *family))).collect()
}

/// The numbers that are said.
pub(super) fn numbers<'a>(words: impl Iterator<Item = &'a Word>) -> Vec<String> {
    words.filter(|word| word.text.chars().all(|c| c.is_ascii_digit())).map(|word| word.text.clone()).collect()
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

/// What a type and a format say of the words that may name such a field: a whole number is a number of things.
fn typed(name: &str, format: &str) -> Option<Facet> {
    match (name, format) {
        ("integer", _) => Some(Facet::Count),
        ("date" | "datetime", _) => Some(Facet::Date),
        ("year", _) => Some(Facet::Year),
        (_, "uri") => Some(Facet::Web),
        (_, "email") => Some(Facet::Mail),
        _ => None,
    }
}
