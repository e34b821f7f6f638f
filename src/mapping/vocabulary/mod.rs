//! What French administrations call one and the same thing: full words, abbreviations, English doubles.
//!
//! The lists beside this file are written by theme, one family a line:
//!
//! `facet: words said in full | short ways to write them | English words`
//!
//! A line without facet names a thing that tells nothing of a subject by itself. Words stand without accents;
//! several words that make one thing stand together.

mod facet;
mod noise;

pub use facet::Facet;
pub use noise::{EMPTY, UNITS, WRITING};

use std::{
    collections::{HashMap, HashSet},
    sync::OnceLock,
};

use super::words::singular;

/// The families, by what they speak of. Where a word is of several, the first is what it says most.
const THEMES: [&str; 15] = [
    include_str!("names.txt"),
    include_str!("time.txt"),
    include_str!("quantities.txt"),
    include_str!("places.txt"),
    include_str!("contact.txt"),
    include_str!("sorts.txt"),
    include_str!("people.txt"),
    include_str!("decisions.txt"),
    include_str!("facts.txt"),
    include_str!("energy.txt"),
    include_str!("transport.txt"),
    include_str!("land.txt"),
    include_str!("safety.txt"),
    include_str!("food.txt"),
    include_str!("staff.txt"),
];
const OPPOSITES: &str = include_str!("opposites.txt");
const NEAR: &str = include_str!("near.txt");

/// A part of a meaning is at least this long to be a word of its own.
const PART: usize = 5;

/// How a word belongs to a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bond {
    /// Said in full.
    Said,
    /// A short way to write it.
    Short,
    /// In English.
    English,
}

/// The families, ready to be looked up.
#[derive(Debug, Default)]
pub struct Vocabulary {
    meanings: HashMap<String, Vec<(usize, Bond)>>,
    /// The words that meanings of several words are made of.
    parts: HashSet<String>,
    /// What each family tells, where it tells something of a subject.
    facets: Vec<Option<Facet>>,
    /// For each family, those that stand near it.
    near: Vec<Vec<usize>>,
    /// For each set of words that exclude each other, their families.
    pub opposites: Vec<Vec<usize>>,
}

impl Vocabulary {
    /// The vocabulary of the program, read once.
    pub fn get() -> &'static Vocabulary {
        static VOCABULARY: OnceLock<Vocabulary> = OnceLock::new();
        VOCABULARY.get_or_init(Vocabulary::read)
    }

    fn read() -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        for line in THEMES.iter().flat_map(|theme| lines(theme)) {
            vocabulary.add(line);
        }
        let sets = |list: &str| -> Vec<Vec<usize>> {
            lines(list).map(|line| phrases(line).flat_map(|phrase| vocabulary.said(phrase)).collect()).collect()
        };
        let (opposites, near) = (sets(OPPOSITES), sets(NEAR));
        vocabulary.near = vec![Vec::new(); vocabulary.facets.len()];
        for families in near {
            for family in &families {
                if let Some(own) = vocabulary.near.get_mut(*family) {
                    own.extend(&families);
                }
            }
        }
        Vocabulary { opposites, ..vocabulary }
    }

    /// Adds the family of a line.
    fn add(&mut self, line: &str) {
        let (facet, words) = line.split_once(':').map_or((None, line), |(facet, words)| (Facet::named(facet), words));
        let family = self.facets.len();
        self.facets.push(facet);
        for (list, bond) in words.split('|').zip([Bond::Said, Bond::Short, Bond::English]) {
            for phrase in phrases(list) {
                let phrase = normal(phrase);
                self.parts.extend(phrase.split(' ').filter(|part| part.len() >= PART).map(str::to_owned));
                let own = self.meanings.entry(phrase).or_default();
                if !own.iter().any(|(known, _)| *known == family) {
                    own.push((family, bond));
                }
            }
        }
    }

    /// The families of which a phrase is a full word.
    fn said(&self, phrase: &str) -> Vec<usize> {
        self.families(&normal(phrase)).iter().filter(|(_, bond)| *bond == Bond::Said).map(|(family, _)| *family).collect()
    }

    /// The families of a phrase, folded and singular; a feminine that is not listed is of its masculine's.
    pub fn families(&self, phrase: &str) -> &[(usize, Bond)] {
        let masculine = || self.meanings.get(&masculine(phrase)?);
        self.meanings.get(phrase).or_else(masculine).map_or(&[], Vec::as_slice)
    }

    /// Whether a word, folded and singular, is of a family by itself.
    pub fn means(&self, word: &str) -> bool {
        self.meanings.contains_key(word)
    }

    /// Whether a word, folded and singular, is one of the language, with others or alone.
    pub fn knows(&self, word: &str) -> bool {
        self.means(word) || self.parts.contains(word)
    }

    /// What a family tells of a subject.
    pub fn facet(&self, family: usize) -> Option<Facet> {
        self.facets.get(family).copied().flatten()
    }

    /// Whether two families stand near each other.
    pub fn near(&self, a: usize, b: usize) -> bool {
        self.near.get(a).is_some_and(|near| near.contains(&b))
    }
}

/// The lines of a list that say something.
fn lines(list: &str) -> impl Iterator<Item = &str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The phrases of a line, or of a part of it.
fn phrases(line: &str) -> impl Iterator<Item = &str> {
    line.split(',').map(str::trim).filter(|phrase| !phrase.is_empty())
}

/// The masculine of a word that may be feminine.
fn masculine(word: &str) -> Option<String> {
    const ENDINGS: [(&str, &str); 5] = [("trice", "teur"), ("euse", "eur"), ("ive", "if"), ("nne", "n"), ("e", "")];
    let ending = ENDINGS.iter().find_map(|(ending, other)| Some((word.strip_suffix(ending)?, other)));
    ending.filter(|(stem, _)| stem.len() >= 5 && !stem.contains(' ')).map(|(stem, other)| format!("{stem}{other}"))
}

fn normal(phrase: &str) -> String {
    phrase.split(' ').map(singular).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    #[test]
    fn every_word_that_excludes_or_nears_another_is_known() {
        for phrase in lines(OPPOSITES).chain(lines(NEAR)).flat_map(phrases) {
            assert!(!Vocabulary::get().said(phrase).is_empty(), "{phrase}");
        }
    }

    #[test]
    fn the_lists_are_written_as_they_are_read() {
        for line in THEMES.iter().flat_map(|theme| lines(theme)) {
            let words = line.split_once(':').map_or(line, |(facet, words)| {
                assert!(Facet::named(facet).is_some(), "{line}");
                words
            });
            assert!(words.split('|').count() <= 3, "{line}");
            assert!(phrases(words.split('|').next().unwrap()).count() > 0, "{line}");
            for phrase in words.split('|').flat_map(phrases) {
                assert!(text::words(phrase).join(" ") == phrase && phrase.split(' ').count() <= 4, "{phrase} in {line}");
            }
        }
    }
}
