//! Days and hours as people write them in France, rewritten as the field wants.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Weekday};
use serde::{Deserialize, Serialize};

use super::{Fix, Proposal};
use crate::{schema::CompiledField, text, value::Kind};

/// In which order a day and a month are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// 25/01/2024
    DayFirst,
    /// 01/25/2024
    MonthFirst,
}

/// What a loosely written date may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loose {
    /// One day, and the order that its writing shows (none for a date written year first or in words).
    One(NaiveDate, Option<Order>),
    /// Two days: the day first, the month first.
    Two(NaiveDate, NaiveDate),
    /// One day, with the name of another day of the week.
    Doubtful(NaiveDate),
}

/// Two-digit years up to this one are of this century, the others of the last one: the rule of Excel
/// and LibreOffice, which wrote most of these files.
const PIVOT: i32 = 29;
/// The years that a date without separators may have, so that it is not taken for a number.
const PLAUSIBLE: std::ops::RangeInclusive<i32> = 1900..=2100;
/// The serial numbers that may be a date: 1 January 1950 to 31 December 2100.
const SERIALS: std::ops::RangeInclusive<i64> = 18_264..=73_415;

const MONTHS: [&str; 12] =
    ["janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre"];
const ENGLISH: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
const DAYS: [(&str, Weekday); 7] = [
    ("lundi", Weekday::Mon),
    ("mardi", Weekday::Tue),
    ("mercredi", Weekday::Wed),
    ("jeudi", Weekday::Thu),
    ("vendredi", Weekday::Fri),
    ("samedi", Weekday::Sat),
    ("dimanche", Weekday::Sun),
];

/// Reads a date as people write it, with an hour perhaps: `15/10/2017`, `15.10.17`, `2017/10/15`, `20171015`,
/// `15 octobre 2017`, `lundi 1er janv. 2024`, `15-oct-17`, `15/10/2017 14:30`.
pub fn read(value: &str) -> Option<(Loose, Option<NaiveTime>)> {
    let value = text::trim(value);
    // Most wrong texts are no dates: no day is written without a figure, nor with figures alone unless they are eight.
    if !value.contains(char::is_numeric) || value.len() != 8 && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if let Some(day) = read_day(value) {
        return Some((day, None));
    }
    let cut = value.char_indices().filter(|(_, c)| c.is_whitespace() || *c == 'T').map(|(at, c)| (at, at + c.len_utf8()));
    cut.collect::<Vec<_>>().into_iter().find_map(|(end, start)| {
        let day = text::trim(value.get(..end)?);
        Some((read_day(day.trim_end_matches(','))?, Some(read_time(value.get(start..)?)?)))
    })
}

/// Reads a time of day: `14:30`, `14h30`, `9 h`, `à 9h05`, `14:30:00`. One with a zone is only read at
/// midnight, where the zone cannot matter much.
pub fn read_time(hour: &str) -> Option<NaiveTime> {
    let hour: String = hour.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    let hour = hour.strip_prefix(['à', 'a']).unwrap_or(&hour);
    let hour = match hour.strip_suffix('z').or_else(|| hour.strip_suffix("+00:00")) {
        Some(universal) if !universal.chars().all(|c| matches!(c, '0' | ':' | '.')) => return None,
        Some(universal) => universal,
        None => hour,
    };
    let hour = match hour.split_once('.') {
        Some((hour, zeros)) if zeros.chars().all(|c| c == '0') => hour,
        _ => hour,
    };
    let mut parts = hour.splitn(3, [':', 'h']).map(|part| part.strip_suffix("min").unwrap_or(part));
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next().unwrap_or("00"));
    let second = if second.is_empty() && hour.ends_with('h') { "00" } else { second };
    let two = |part: &str| (part.len() == 2).then(|| number(part)).flatten();
    NaiveTime::from_hms_opt(number(first)?, two(second)?, two(third)?)
}

/// Reads a day alone.
pub fn read_day(day: &str) -> Option<Loose> {
    let all = words(day);
    let mut words: Vec<&str> = all.iter().map(String::as_str).collect();
    if words.first() == Some(&"le") {
        words.remove(0);
    }
    let weekday = words.first().and_then(|word| {
        let found = DAYS.iter().find(|(name, _)| word.len() >= 3 && name.starts_with(word));
        // "mar" is also a month, but not at the start.
        found.map(|(_, day)| *day)
    });
    if weekday.is_some() {
        words.remove(0);
    }
    let read = match words.as_slice() {
        [one] => compact(one).map(|day| Loose::One(day, None)),
        [first, second, third] => parts(first, second, third),
        _ => None,
    }?;
    Some(match (weekday, read) {
        (Some(weekday), Loose::One(day, _)) if day.weekday() != weekday => Loose::Doubtful(day),
        // The name of the day tells which of the two it is.
        (Some(weekday), Loose::Two(one, other)) => match (one.weekday() == weekday, other.weekday() == weekday) {
            (true, false) => Loose::One(one, Some(Order::DayFirst)),
            (false, true) => Loose::One(other, Some(Order::MonthFirst)),
            _ => return None,
        },
        (_, read) => read,
    })
}

/// The words of a date, folded.
pub fn words(day: &str) -> Vec<String> {
    let parts = day.split(|c: char| c.is_whitespace() || matches!(c, '/' | '-' | '.' | ',' | '‐' | '–'));
    parts.filter(|word| !word.is_empty()).map(text::fold).collect()
}

fn parts(first: &str, second: &str, third: &str) -> Option<Loose> {
    if let Some(month) = month(second) {
        let day = number(first.strip_suffix("er").unwrap_or(first))?;
        return Some(Loose::One(NaiveDate::from_ymd_opt(year(third)?, month, day)?, None));
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

/// `20171015` or `15102017`: never both, for no month is the nineteenth.
fn compact(word: &str) -> Option<NaiveDate> {
    if word.len() != 8 || !word.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part = |from: usize, to: usize| word.get(from..to)?.parse::<u32>().ok();
    let day = |year: u32, month: u32, day: u32| NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day);
    let found = [day(part(0, 4)?, part(4, 6)?, part(6, 8)?), day(part(4, 8)?, part(2, 4)?, part(0, 2)?)];
    found.into_iter().flatten().find(|day| PLAUSIBLE.contains(&day.year()))
}

/// The month that a folded word names, whole or cut; "jui" is two months, and so none.
fn month(word: &str) -> Option<u32> {
    let of = |names: &[&str; 12]| {
        let mut begun = (0..).zip(names).filter(|(_, name)| word.len() >= 3 && name.starts_with(word)).map(|(at, _)| at);
        let exact = (0..).zip(names).find(|(_, name)| **name == word).map(|(at, _)| at);
        let found: Option<u32> = exact.or_else(|| begun.next().filter(|_| begun.next().is_none()));
        found.map(|at| at + 1)
    };
    // "jui" is a French doubt that English must not settle.
    of(&MONTHS).or_else(|| if word == "jui" { None } else { of(&ENGLISH) })
}

fn number(word: &str) -> Option<u32> {
    (word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit())).then(|| word.parse().ok()).flatten()
}

/// Four digits, or two.
fn year(word: &str) -> Option<i32> {
    let year: i32 = word.parse().ok()?;
    match word.len() {
        4 if year >= 1000 => Some(year),
        2 if (0..=PIVOT).contains(&year) => Some(2000 + year),
        2 if year > PIVOT => Some(1900 + year),
        _ => None,
    }
}

/// A year and a month: `octobre 2017`, `10/2017`, `2017/10`, `oct-17`.
fn read_month(value: &str) -> Option<(i32, u32)> {
    let words = words(value);
    let [first, second] = words.as_slice() else { return None };
    let within = |month: u32| (1..=12).contains(&month).then_some(month);
    if let Some(month) = month(first) {
        return Some((year(second)?, month));
    }
    match (first.len(), second.len()) {
        (4, 1 | 2) => Some((year(first)?, within(number(second)?)?)),
        (1 | 2, 4) => Some((year(second)?, within(number(first)?)?)),
        _ => None,
    }
}

/// The day, and the time of day, of the number that Excel keeps for a date (ECMA-376 part 1, §18.17.4: days
/// since 1900, which was no leap year, whence the day before its eve).
fn serial(value: &str) -> Option<NaiveDateTime> {
    let (whole, part) = value.split_once(['.', ',']).unwrap_or((value, "0"));
    if whole.len() != 5 || !whole.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let days = whole.parse::<i64>().ok().filter(|days| SERIALS.contains(days))?;
    let part: f64 = format!("0.{part}").parse().ok()?;
    let day = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_signed(TimeDelta::days(days))?;
    day.and_time(NaiveTime::MIN).checked_add_signed(TimeDelta::seconds((part * 86_400.0).round() as i64))
}

/// What a text may become in a field of days, moments, hours, months or years, or in a text of that form.
pub fn candidates(field: &CompiledField, text: &str) -> Vec<Proposal> {
    let sure = |fix: Fix, to: String| Proposal::Sure { fix, to };
    match &field.kind {
        Kind::Time(format) => {
            let write =
                |time: NaiveTime| time.format(format.as_deref().filter(|f| *f != "any").unwrap_or("%H:%M:%S")).to_string();
            read_time(text).map(|time| sure(Fix::Time, write(time))).into_iter().collect()
        }
        Kind::Year => short(text, "%Y"),
        Kind::YearMonth => short(text, "%Y-%m"),
        Kind::Date(format) if !format.contains(['d', 'j', 'x', 'c', 'D']) && format != "any" => short(text, format),
        Kind::Date(_) | Kind::DateTime(_) => {
            let mut found: Vec<Proposal> = moment(field, text).into_iter().collect();
            if let Some(moment) = serial(text) {
                let whole = moment.time() == NaiveTime::MIN || matches!(field.kind, Kind::DateTime(_));
                found.extend(whole.then(|| sure(Fix::Serial, write(field, moment))));
            }
            // A field that says it takes a year by its first day.
            let told = ["1er janvier", "-01-01"].iter().any(|first| field.about.contains(first));
            let start = year(text).filter(|year| told && text.len() == 4 && PLAUSIBLE.contains(year));
            let start = start.and_then(|year| NaiveDate::from_ymd_opt(year, 1, 1));
            found.extend(start.map(|day| sure(Fix::YearStart, write(field, day.and_time(NaiveTime::MIN)))));
            found
        }
        _ => moment(field, text).into_iter().collect(),
    }
}

/// A year, or a year and a month, by its format; of a whole day, only that much.
fn short(text: &str, format: &str) -> Vec<Proposal> {
    let write = |day: NaiveDate| day.format(format).to_string();
    let first = |year: i32, month: u32| NaiveDate::from_ymd_opt(year, month, 1);
    let months = format.contains(['m', 'b', 'B']);
    let mut found = Vec::new();
    let bare: String = text::fold(text).trim_start_matches("annee").trim_start_matches("an").to_owned();
    let bare = if text.ends_with(".0") || text.ends_with(",0") { bare.get(..4).unwrap_or_default() } else { &bare };
    if let Some(day) = year(bare).filter(|year| !months && bare.len() == 4 && PLAUSIBLE.contains(year)).and_then(|y| first(y, 1))
    {
        found.push(Proposal::Sure { fix: Fix::Date, to: write(day) });
    }
    if let Some(day) = read_month(text).and_then(|(year, month)| first(year, month)) {
        found.push(Proposal::Sure { fix: if months { Fix::Date } else { Fix::DateShortened }, to: write(day) });
    }
    match read(text) {
        Some((Loose::One(day, _), _)) => found.push(Proposal::Sure { fix: Fix::DateShortened, to: write(day) }),
        // The year is the same, whichever of the two days it is.
        Some((Loose::Two(day, _), _)) if !months => found.push(Proposal::Sure { fix: Fix::DateShortened, to: write(day) }),
        _ => {}
    }
    found
}

fn write(field: &CompiledField, moment: NaiveDateTime) -> String {
    match &field.kind {
        Kind::DateTime(format) => moment.format(format.as_deref().filter(|f| *f != "any").unwrap_or("%Y-%m-%dT%H:%M:%S")),
        Kind::Date(format) if format != "any" => moment.format(format),
        _ => moment.format("%Y-%m-%d"),
    }
    .to_string()
}

/// A day or a moment, rewritten in the field's own format.
fn moment(field: &CompiledField, text: &str) -> Option<Proposal> {
    let (loose, time) = read(text)?;
    let write = |date: NaiveDate| write(field, date.and_time(time.unwrap_or(NaiveTime::MIN)));
    // A day's field takes an hour away without a word only where it is midnight: nothing is lost.
    let hour = !matches!(field.kind, Kind::DateTime(_)) && time.is_some_and(|time| time != NaiveTime::MIN);
    Some(match loose {
        Loose::One(date, _) if hour => Proposal::Sure { fix: Fix::DateShortened, to: write(date) },
        Loose::One(date, _) => Proposal::Sure { fix: Fix::Date, to: write(date) },
        Loose::Doubtful(date) => Proposal::Sure { fix: Fix::DoubtfulDate, to: write(date) },
        Loose::Two(_, _) if hour => return None,
        Loose::Two(day_first, month_first) => Proposal::Ask { day_first: write(day_first), month_first: write(month_first) },
    })
}

/// In which order the day and the month of a loosely written date surely stand, where its writing shows it.
pub fn order_shown(value: &str) -> Option<Order> {
    match read(value)?.0 {
        Loose::One(date, order) => order.filter(|_| date.day() != date.month()),
        Loose::Two(..) | Loose::Doubtful(_) => None,
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
            "15-oct-17",
            "dimanche 15 octobre 2017",
            "le dim. 15/10/2017",
            "20171015",
            "15102017",
            "10/15/2017",
            " 15/10/2017 00:00:00",
            "2017-10-15T00:00:00.000Z",
            "15 Oct 2017",
            "15/10/2017 à 14h30",
            "15\u{a0}octobre\u{202f}2017 14 h",
        ] {
            assert_eq!(one(text), ymd(2017, 10, 15), "{text}");
        }
        assert_eq!(one("1er août 2024"), ymd(2024, 8, 1));
        assert_eq!(one("05/05/2024"), ymd(2024, 5, 5));
        assert_eq!((one("31/12/29"), one("31/12/30")), (ymd(2029, 12, 31), ymd(1930, 12, 31)));
        assert_eq!(read("03/04/2024"), Some((Loose::Two(ymd(2024, 4, 3), ymd(2024, 3, 4)), None)));
        assert_eq!(one("mercredi 03/04/2024"), ymd(2024, 4, 3));
        assert_eq!(read("lundi 3 mars 2024"), Some((Loose::Doubtful(ymd(2024, 3, 3)), None)));
        for text in ["", "2017", "32/01/2024", "15/10", "a/b/c", "15 jui 2017", "1/2/3/4", "99999999", "2017-10-14T22:00:00Z"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn reads_hours_and_months_and_serial_numbers() {
        let time = |h, m| NaiveTime::from_hms_opt(h, m, 0);
        assert_eq!((read_time("9h"), read_time("à 14h05"), read_time("14:30:00")), (time(9, 0), time(14, 5), time(14, 30)));
        assert_eq!((read_time("25h"), read_time("9"), read_time("9:5")), (None, None, None));
        assert_eq!(
            (read_month("oct. 2017"), read_month("10/2017"), read_month("2017 1")),
            (Some((2017, 10)), Some((2017, 10)), Some((2017, 1)))
        );
        assert_eq!(read_month("10/17"), None);
        assert_eq!(serial("43023").map(|m| m.date()), Some(ymd(2017, 10, 15)));
        assert_eq!(serial("43023,5").and_then(|m| m.date().and_hms_opt(12, 0, 0)).map(|m| m.date()), Some(ymd(2017, 10, 15)));
        assert_eq!((serial("17000"), serial("4302"), serial("99999")), (None, None, None));
    }
}
