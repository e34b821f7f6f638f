//! Every word shown to people: one file a language, keyed by rule and by screen.

mod causes;
mod compare;
mod describe;
mod en;
mod explain;
mod fr;
mod intake;
mod pack;
mod pattern;
mod publish;
mod recipe;
mod review;
mod words;

pub use causes::{cause_action, cause_title, explain_fix};
pub use compare::{CompareWords, field_name, field_text, row_fate};
pub use describe::{frequency_name, granularity_name};
pub use explain::{Explanation, explain, explain_fault};
pub use intake::{intake_error, notice, schema_error};
pub use pack::PackWords;
pub use publish::{PublishWords, address_error, publish_event, publish_notice, publish_plan, publish_trouble};
pub use recipe::{misfit, operation, recipe_error};
pub use review::explain_remark;
pub use words::Words;

use serde::{Deserialize, Serialize};

/// A language of the interface.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Locale {
    /// French, the language of the agents.
    #[default]
    Fr,
    /// English.
    En,
}

/// What fills a place of a template.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg<'a> {
    /// Text, as it is.
    Text(&'a str),
    /// A count, grouped by thousands, and which chooses between singular and plural.
    Count(u64),
}

impl Locale {
    /// The words of this language.
    pub fn words(self) -> &'static Words {
        match self {
            Locale::Fr => &fr::WORDS,
            Locale::En => &en::WORDS,
        }
    }

    /// The words of publishing on a platform.
    pub fn publish_words(self) -> &'static PublishWords {
        match self {
            Locale::Fr => &publish::FR,
            Locale::En => &publish::EN,
        }
    }

    /// The language's code (`fr`), for `lang` attributes.
    pub fn code(self) -> &'static str {
        match self {
            Locale::Fr => "fr",
            Locale::En => "en",
        }
    }

    /// The language of a code, French where it is unknown.
    pub fn from_code(code: &str) -> Locale {
        if code.starts_with("en") { Locale::En } else { Locale::Fr }
    }

    /// Writes a count with its thousands apart: a narrow no-break space in French, a comma in English.
    pub fn count(self, n: u64) -> String {
        let digits = n.to_string();
        let mut out = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push(if self == Locale::Fr { '\u{202f}' } else { ',' });
            }
            out.push(digit);
        }
        out
    }

    /// Writes a day (`2024-03-07`) as people say it: `7 mars 2024`. What is no day stays as it is.
    pub fn day(self, iso: &str) -> String {
        const FR: [&str; 12] = [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ];
        const EN: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let read = || {
            let mut parts = iso.get(..10)?.split('-');
            let (year, month, day) = (parts.next()?, parts.next()?.parse::<usize>().ok()?, parts.next()?.parse::<u8>().ok()?);
            let name = if self == Locale::Fr { FR } else { EN }.get(month.checked_sub(1)?)?.to_owned();
            let day = if day == 1 && self == Locale::Fr { "1er".to_owned() } else { day.to_string() };
            Some(format!("{day} {name} {year}{}", iso.get(10..).unwrap_or_default().replace('T', ", ")))
        };
        read().unwrap_or_else(|| iso.to_owned())
    }

    /// Fills a template: `{n}` is replaced by the argument `n`, `{n:row|rows}` by the singular or the
    /// plural for that count (in French, none counts as one); a form may hold places of its own.
    pub fn fill(self, template: &str, args: &[(&str, Arg<'_>)]) -> String {
        let mut out = String::with_capacity(template.len() + 32);
        let mut rest = template;
        while let Some((before, place, after)) = next_place(rest) {
            out.push_str(before);
            let (name, forms) = place.split_once(':').map_or((place, None), |(name, forms)| (name, Some(forms)));
            match (args.iter().find(|(key, _)| *key == name).map(|(_, arg)| arg), forms) {
                (Some(Arg::Count(n)), Some(forms)) => {
                    let (one, many) = forms.split_once('|').unwrap_or((forms, forms));
                    let single = *n == 1 || (*n == 0 && self == Locale::Fr);
                    out.push_str(&self.fill(if single { one } else { many }, args));
                }
                (Some(Arg::Count(n)), None) => out.push_str(&self.count(*n)),
                (Some(Arg::Text(text)), _) => out.push_str(text),
                (None, _) => {}
            }
            rest = after;
        }
        out.push_str(rest);
        out
    }

    /// Puts a text between the quotation marks of the language.
    pub fn quote(self, text: &str) -> String {
        match self {
            Locale::Fr => format!("«\u{a0}{text}\u{a0}»"),
            Locale::En => format!("“{text}”"),
        }
    }

    /// Fills a template whose only argument is a count named `n`.
    pub fn fill_n(self, template: &str, n: usize) -> String {
        self.fill(template, &[("n", Arg::Count(n as u64))])
    }
}

/// Cuts a template at its first place: what stands before, the place without its braces, what follows.
fn next_place(template: &str) -> Option<(&str, &str, &str)> {
    let start = template.find('{')?;
    let mut depth = 0;
    for (at, c) in template.char_indices().skip_while(|(at, _)| *at < start) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((template.get(..start)?, template.get(start + 1..at)?, template.get(at + 1..)?));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_count_and_group() {
        let fr = Locale::Fr;
        assert_eq!(fr.fill_n("{n} {n:ligne|lignes}", 1284), "1\u{202f}284 lignes");
        assert_eq!(fr.fill_n("{n} {n:ligne|lignes}", 0), "0 ligne");
        assert_eq!((fr.fill_n("{n:Un|Les {n}}", 1), fr.fill_n("{n:Un|Les {n}}.", 7)), ("Un".into(), "Les 7.".into()));
        assert_eq!(Locale::En.fill_n("{n} {n:row|rows}", 0), "0 rows");
        assert_eq!(fr.fill("« {cell} » {x}", &[("cell", Arg::Text("a{b"))]), "« a{b » ");
        assert_eq!(Locale::En.count(1234567), "1,234,567");
        assert_eq!(
            (fr.day("2024-03-07"), fr.day("2024-01-01T10:00"), fr.day("?")),
            ("7 mars 2024".into(), "1er janvier 2024, 10:00".into(), "?".into())
        );
    }

    /// No key is empty, and both languages have the same places to fill.
    #[test]
    fn both_languages_say_the_same_things() {
        let places = |text: &str| {
            let mut names: Vec<String> =
                text.split('{').skip(1).map(|part| part.split([':', '}']).next().unwrap().to_owned()).collect();
            names.sort();
            names.dedup();
            names
        };
        let all = |locale: Locale| {
            [locale.words().all(), locale.pack().all(), locale.publish_words().all(), locale.compare_words().all()].concat()
        };
        for ((key, fr), (_, en)) in all(Locale::Fr).into_iter().zip(all(Locale::En)) {
            assert!(!fr.trim().is_empty() && !en.trim().is_empty(), "{key}");
            assert_eq!(places(fr), places(en), "{key}");
        }
    }
}
