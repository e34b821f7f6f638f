use serde::{Deserialize, Serialize};

use super::Table;
use crate::{
    check::{is_siren, is_siret},
    text,
    value::{Decimal, parse_date},
};

/// Distinct values looked at for a profile: enough to judge, few enough to be instant.
const SAMPLE: usize = 400;

/// What the values of a column look like, by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Looks {
    /// Nothing but empty cells.
    Empty,
    /// 14 digits, spaces allowed.
    Siret,
    /// 9 digits with their key, spaces allowed.
    Siren,
    /// Days, in any common writing.
    Dates,
    /// Years of four digits.
    Years,
    /// Numbers, with French or English separators, currency or percent signs.
    Numbers,
    /// Addresses of the web.
    Addresses,
    /// E-mail addresses.
    Emails,
    /// Words for yes and no.
    YesNo,
    /// Anything else.
    Text,
}

/// What a column looks like.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// What most values look like.
    pub looks: Looks,
    /// Up to three different values, for people to see.
    pub samples: Vec<String>,
}

impl Profile {
    /// Looks at a column of a table: at its first values, spaces alone left out.
    pub fn of(table: &Table, column: usize) -> Profile {
        let values = table.tally(column).map(|(_, value, _)| text::trim(value)).filter(|value| !value.is_empty());
        let sample: Vec<&str> = values.take(SAMPLE).collect();
        let samples = sample.iter().take(3).map(|value| (*value).to_owned()).collect();
        Profile { looks: looks(&sample), samples }
    }

    /// Whether its cells are empty, or hold spaces alone.
    pub fn is_empty(&self) -> bool {
        self.looks == Looks::Empty
    }
}

/// Whether a value looks a certain way.
type Test = fn(&str) -> bool;

/// What at least four values out of five look like, the most telling look first.
fn looks(sample: &[&str]) -> Looks {
    if sample.is_empty() {
        return Looks::Empty;
    }
    // Most columns do not look so, and show it soon: one too many that does not is enough.
    let no_more_than = |others: usize, is: Test| sample.iter().filter(|value| !is(value)).nth(others).is_none();
    let most = |is: Test| no_more_than(sample.len() / 5, is);
    let siret = no_more_than(sample.len() / 2, |value| is_siret(&digits(value)));
    let siren = most(|value| is_siren(&digits(value)));
    let tests: [(Test, Looks); 6] = [
        (is_year, Looks::Years),
        (is_day, Looks::Dates),
        (is_number, Looks::Numbers),
        (|v| v.starts_with("http://") || v.starts_with("https://") || v.starts_with("www."), Looks::Addresses),
        (|v| v.contains('@') && !v.contains(' '), Looks::Emails),
        (is_yes_or_no, Looks::YesNo),
    ];
    match () {
        () if siret => Looks::Siret,
        () if siren => Looks::Siren,
        () => tests.iter().find(|(is, _)| most(*is)).map_or(Looks::Text, |(_, looks)| *looks),
    }
}

/// A number of a body, spaces and dots left out.
fn digits(value: &str) -> String {
    value.chars().filter(|c| !c.is_whitespace() && *c != '.').collect()
}

fn is_year(value: &str) -> bool {
    value.len() == 4 && value.parse::<u16>().is_ok_and(|year| (1800..2200).contains(&year))
}

fn is_day(value: &str) -> bool {
    const FORMATS: [&str; 7] = ["%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d"];
    // All have a sign between figures.
    let may_be = value.starts_with(|c: char| c.is_ascii_digit()) && value.chars().take(5).any(|c| matches!(c, '-' | '/' | '.'));
    may_be && FORMATS.iter().any(|format| parse_date(value, format).is_some())
}

fn is_number(value: &str) -> bool {
    let plain: String = value.chars().filter(|c| !c.is_whitespace() && !matches!(c, '€' | '%')).collect();
    Decimal::parse(&plain.replace(',', ".")).is_some_and(|n| matches!(n, Decimal::Finite { .. }))
}

fn is_yes_or_no(value: &str) -> bool {
    matches!(text::fold(value).as_str(), "oui" | "non" | "vrai" | "faux" | "true" | "false" | "yes" | "no" | "o" | "n" | "x")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(values: &[&str]) -> Profile {
        let mut table = Table::new(vec!["a".into()], 2);
        values.iter().for_each(|v| table.push([*v]));
        Profile::of(&table, 0)
    }

    #[test]
    fn says_what_values_look_like() {
        assert_eq!(profile(&["218 601 946 00013", "21860194600013"]).looks, Looks::Siret);
        assert_eq!(profile(&["2024-01-02", "15/10/2023", "3/4/24"]).looks, Looks::Dates);
        assert_eq!(profile(&["1 234,50 €", "12"]).looks, Looks::Numbers);
        assert_eq!(profile(&["2023", "2024"]).looks, Looks::Years);
        assert_eq!(profile(&["", " "]).looks, Looks::Empty);
        assert_eq!(profile(&["Oui", "non"]).looks, Looks::YesNo);
        assert_eq!(profile(&["a", " b", "", "a"]).samples, ["a", "b"]);
        assert!(profile(&["", "  "]).is_empty() && !profile(&["", "?"]).is_empty());
    }
}
