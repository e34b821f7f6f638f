use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::text;

/// In which order a day and a month are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Order {
    /// 25/01/2024
    DayFirst,
    /// 01/25/2024
    MonthFirst,
}

/// What a loosely written date may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Loose {
    /// One day, and the order that its writing shows (none for a date written year first or in words).
    One(NaiveDate, Option<Order>),
    /// Two days: the day first, the month first.
    Two(NaiveDate, NaiveDate),
}

const MONTHS: [&str; 12] =
    ["janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre"];

/// Reads a date as people write it, with an hour perhaps: `15/10/2017`, `15.10.17`, `2017/10/15`,
/// `15 octobre 2017`, `1er mars 2024`, `15/10/2017 14:30`.
pub fn read(value: &str) -> Option<(Loose, Option<NaiveTime>)> {
    let value = text::trim(value);
    let (day, time) = match value.rsplit_once([' ', 'T', '\u{a0}']) {
        Some((day, hour)) if hour.contains(':') => (text::trim(day), Some(read_time(hour)?)),
        _ => (value, None),
    };
    Some((read_day(day)?, time))
}

fn read_time(hour: &str) -> Option<NaiveTime> {
    ["%H:%M:%S", "%H:%M"].iter().find_map(|format| NaiveTime::parse_from_str(hour, format).ok())
}

fn read_day(day: &str) -> Option<Loose> {
    let words: Vec<String> = day
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | '-' | '.' | ',' | '\u{a0}'))
        .filter(|word| !word.is_empty())
        .map(text::fold)
        .collect();
    let [first, second, third] = words.as_slice() else { return None };
    if let Some(month) = MONTHS.iter().position(|month| second.len() >= 3 && month.starts_with(second.as_str())) {
        // "jui" alone is June or July.
        let lone =
            MONTHS.iter().filter(|month| month.starts_with(second.as_str())).count() == 1 || MONTHS.contains(&second.as_str());
        let day = number(first.strip_suffix("er").unwrap_or(first))?;
        return if lone { Some(Loose::One(NaiveDate::from_ymd_opt(year(third)?, month as u32 + 1, day)?, None)) } else { None };
    }
    if first.len() == 4 {
        let date = NaiveDate::from_ymd_opt(year(first)?, number(second)?, number(third)?)?;
        return Some(Loose::One(date, None));
    }
    let (a, b, year) = (number(first)?, number(second)?, year(third)?);
    let day_first = NaiveDate::from_ymd_opt(year, b, a);
    let month_first = NaiveDate::from_ymd_opt(year, a, b);
    match (day_first, month_first) {
        (Some(one), Some(other)) if one == other => Some(Loose::One(one, Some(Order::DayFirst))),
        (Some(one), Some(other)) => Some(Loose::Two(one, other)),
        (Some(one), None) => Some(Loose::One(one, Some(Order::DayFirst))),
        (None, Some(one)) => Some(Loose::One(one, Some(Order::MonthFirst))),
        (None, None) => None,
    }
}

fn number(word: &str) -> Option<u32> {
    (word.len() <= 2).then(|| word.parse().ok()).flatten()
}

/// Four digits, or two for a year of this century.
fn year(word: &str) -> Option<i32> {
    let year: i32 = word.parse().ok()?;
    match word.len() {
        4 if year >= 1000 => Some(year),
        2 => Some(2000 + year),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ymd(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn reads_what_people_write() {
        let one = |text: &str| match read(text) {
            Some((Loose::One(date, _), _)) => date,
            other => panic!("{text}: {other:?}"),
        };
        for text in [
            "15/10/2017",
            "15-10-2017",
            "15.10.17",
            "2017/10/15",
            "15 octobre 2017",
            "15 oct. 2017",
            "10/15/2017",
            " 15/10/2017 00:00:00",
        ] {
            assert_eq!(one(text), ymd(2017, 10, 15), "{text}");
        }
        assert_eq!(one("1er août 2024"), ymd(2024, 8, 1));
        assert_eq!(one("05/05/2024"), ymd(2024, 5, 5));
        assert_eq!(read("03/04/2024"), Some((Loose::Two(ymd(2024, 4, 3), ymd(2024, 3, 4)), None)));
        for text in ["", "2017", "32/01/2024", "15/10", "a/b/c", "15 jui 2017", "1/2/3/4"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
