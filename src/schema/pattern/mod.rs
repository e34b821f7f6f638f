//! The `pattern` constraint, with Python's meaning: that of the national validators.
//!
//! The engine is our own for two reasons, both measured. No crate has Python's meaning (the end before
//! a last line feed, brackets inside classes, `\w` without combining marks), back-references, *and* a
//! bound on its time; and it weighs 6 kB where the nearest, `fancy-regex`, weighs 310 kB in the page.

mod automaton;
mod class;
mod program;
mod syntax;

use std::{cell::RefCell, sync::Arc};

use automaton::Automaton;
pub use class::{Class, Named};
use program::{Outcome, Program, Scratch};
pub use syntax::{Assertion, Tree, parse};

/// Steps after which a cell is declared unverifiable: some for any cell, and more for each of its
/// characters. With back-references the ways multiply, and what does not show soon does not show at all;
/// without, only a huge pattern on a huge text comes near. The bound of a cell depends on that cell
/// alone, so that a verdict never changes with its neighbours.
const PATIENCE: usize = 1_000;
const PATIENCE_BY_CHARACTER: usize = 20;
const LINEAR_PATIENCE: usize = 300_000;

thread_local! {
    /// Room for the texts tried, millions of them one after the other.
    static SCRATCH: RefCell<(Vec<char>, Scratch)> = RefCell::default();
}

/// A `pattern` constraint: anchored at both ends, where the end may be followed by one line feed.
#[derive(Debug, Clone)]
pub struct Pattern {
    program: Arc<Program>,
    /// Its table, where it has one: most texts are tried on that.
    automaton: Option<Arc<Automaton>>,
}

/// What a pattern says of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// It fits.
    Yes,
    /// It does not.
    No,
    /// Too many steps: nobody can tell.
    Unverifiable,
}

impl Pattern {
    /// Reads a pattern; `None` where it is not a regular expression that we can follow.
    pub fn new(pattern: &str) -> Option<Pattern> {
        // The reference engine writes `^` before and `$` after, then matches from the start: where the
        // pattern is an alternative, the first has no end and the last no start.
        let tree = parse(&format!("^{pattern}$"))?;
        let program = Program::new(&tree)?;
        Some(Pattern { automaton: Automaton::new(&program).map(Arc::new), program: Arc::new(program) })
    }

    /// Tries a cell's text.
    pub fn matches(&self, text: &str) -> Match {
        match self.automaton.as_ref().and_then(|automaton| automaton.fits(text)) {
            Some(true) => Match::Yes,
            Some(false) => Match::No,
            None => self.follow(text),
        }
    }

    /// Tries a text step by step.
    fn follow(&self, text: &str) -> Match {
        SCRATCH.with_borrow_mut(|(chars, scratch)| {
            chars.clear();
            chars.extend(text.chars());
            let patience = PATIENCE + PATIENCE_BY_CHARACTER * chars.len();
            let mut budget = if self.program.remembers() { patience } else { patience.max(LINEAR_PATIENCE) };
            match self.program.run(chars, 0, &mut budget, scratch) {
                Outcome::Fits(_) => Match::Yes,
                Outcome::Fails => Match::No,
                Outcome::GivenUp => Match::Unverifiable,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(pattern: &str, text: &str) -> bool {
        let pattern = Pattern::new(pattern).unwrap();
        assert_eq!(pattern.matches(text), pattern.follow(text));
        pattern.matches(text) == Match::Yes
    }

    /// The patterns of the schemas carried, on texts near those that they ask for.
    #[test]
    fn the_table_says_what_the_steps_say() {
        let mut tables = 0;
        let mut tried = 0;
        for entry in crate::schema::bundled() {
            let schema = crate::schema::Schema::from_json(crate::schema::bundled_text(&entry).unwrap()).unwrap();
            for field in &schema.fields {
                let Some(written) = field.constraints.get("pattern").and_then(|p| p.as_str()) else { continue };
                let Some(pattern) = Pattern::new(written) else { continue };
                tables += usize::from(pattern.automaton.is_some());
                let example = field.example.clone().unwrap_or_default();
                let words = ["", "1", "12345678901234", "2024-01-02", "Non concerné", "FR", "a,b", "0123456789", "\n", "A1 b-c"];
                for base in words.iter().copied().chain([example.as_str(), written]) {
                    for text in
                        [base.to_owned(), format!("{base}1"), format!("a{base}"), format!("{base},{base}"), format!("{base}\n")]
                    {
                        assert_eq!(pattern.matches(&text), pattern.follow(&text), "{written} {text:?}");
                        tried += 1;
                    }
                    let chars: Vec<char> = base.chars().take(40).collect();
                    for cut in 0..chars.len() {
                        let text: String = chars.iter().enumerate().filter(|(at, _)| *at != cut).map(|(_, c)| c).collect();
                        assert_eq!(pattern.matches(&text), pattern.follow(&text), "{written} {text:?}");
                    }
                }
            }
        }
        assert!(tables > 40 && tried > 2_000, "{tables} tables, {tried} texts");
    }

    #[test]
    fn means_what_python_means() {
        for (pattern, good, bad) in [
            (r"^\d{14}$", "21860194600013\n", "21860194600013\n\n"),
            (r"\d{2}", "12", "123"),
            // Plain concatenation: the first alternative has no end.
            ("a|b", "ax", "cb"),
            ("^a|b$", "ab", "b c"),
            (r"\Aa\Z", "a", "a\n"),
            (r"^[a-z\-\'\s\u00C0-\u00FF]+$", "l'été - é", "L"),
            (r"^\é+$", "éé", "e"),
            (r"^(\d)\1+$", "77", "78"),
            (r"(?P<n>a)(?P=n)", "aa", "a"),
            ("[[:alpha:]]", "a]", "a"),
            ("a{,2}", "aa", "aaa"),
            ("x{a}", "x{a}", "x"),
            (r"\w+", "été_1", "e\u{301}"),
            (r"\s", "\u{1c}", "_"),
            (r"\b\w", "é", " "),
            ("(?i)abc", "ABC", "ABD"),
            ("a(?=b).", "ab", "ac"),
            ("a(?!b).", "ac", "ab"),
            ("..(?<=ab)c", "abc", "bac"),
            ("(?>a+)b", "aab", "aa"),
            ("a++b", "aab", "a+b"),
            ("(?:(?:^|,)(^[A-Z]{2}$|Non concerné))+$", "Non concerné,Non concerné", "Non concerné,FR"),
            (r"(?:(?:^|\|)([A-Z]\d[a-z]|)\1+[A-Z]\d[a-z])+", "A1b", "A1bC2d"),
            ("", "\n", "a"),
            ("(a*)*b", "aab", "aa"),
            (r"(a|)+\1", "aa", "b"),
        ] {
            assert!(fits(pattern, good), "{pattern} {good:?}");
            assert!(!fits(pattern, bad), "{pattern} {bad:?}");
        }
    }

    /// Real patterns with back-references, on lists longer than any real one.
    #[test]
    fn patience_is_enough_for_real_lists() {
        let codes = Pattern::new(r"(?:(?:^|\|)([A-Z]\d\d.\d\d[A-Z]|)\1+[A-Z]\d\d.\d\d[A-Z])+$").unwrap();
        let plots =
            Pattern::new(r"(?:(?:^|\|)([0-9A-B]{2}\d{6}[0-9A-Z]{2}\d{4}|)\1+[0-9A-B]{2}\d{6}[0-9A-Z]{2}\d{4})+$").unwrap();
        for n in [1, 3, 40, 400] {
            let code = vec!["B05.10Z"; n].join("|");
            let plot = vec!["380010000A0123"; n].join("|");
            assert_eq!((codes.matches(&code), plots.matches(&plot)), (Match::Yes, Match::Yes), "{n}");
            assert_eq!((codes.matches(&format!("{code}|")), plots.matches(&format!("{plot}x"))), (Match::No, Match::No), "{n}");
        }
    }

    /// Fifty thousand cells of the worst kind take no more than a glance each.
    #[test]
    fn never_hangs() {
        let cell = |n: usize| format!("{}{n}!", "a".repeat(60));
        for evil in ["(a+)+$", r"^(a+)+\1$", r"(a|aa)+\1b$", "(a*)*$", r"(\w+\s?)+$", r"(a|a)*\1\1$"] {
            let pattern = Pattern::new(evil).unwrap();
            let started = std::time::Instant::now();
            for n in 0..50_000 {
                assert_ne!(pattern.matches(&cell(n)), Match::Yes);
            }
            println!("{evil} {:?}", started.elapsed());
        }
        for huge in [
            r"(\d{1,999}){1,999}",
            "(?:(?:){99999}){99999}",
            "(?:(?=a{9999})){9999}",
            "(?<=(?:(?:(?:a{99999}){99999}){99999}){99999})b",
            &"(?i)".repeat(50_000),
            &"(?i)".repeat(4_000),
            &"a{".repeat(50_000),
        ] {
            assert!(Pattern::new(huge).is_none(), "{}", huge.len());
        }
        assert_eq!(Pattern::new("a*").unwrap().matches(&"a".repeat(100_000)), Match::Yes);
    }
}
