//! Python's `strptime`, in its C locale: the meaning of `format` in Table Schema.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::digit;

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Characters of a format; beyond, it is refused.
const LONGEST: usize = 200;

#[derive(Debug, Default)]
struct Parts {
    year: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
    ordinal: Option<u32>,
    hour: Option<u32>,
    half: Option<u32>,
    afternoon: Option<bool>,
    minute: Option<u32>,
    second: Option<u32>,
    micro: u32,
    offset: i64,
}

/// Reads `text` by `format`; what the format leaves out is that of 1900-01-01 00:00:00.
///
/// Numbers take as many digits as they may and give some back where the rest would not fit, as
/// the reference's regular expressions do.
pub fn parse(text: &str, format: &str) -> Option<NaiveDateTime> {
    let text: Vec<char> = text.chars().collect();
    let format: Vec<char> = format.chars().collect();
    if format.len() > LONGEST || repeats(&format) {
        return None;
    }
    let mut parts = Parts::default();
    read(&text, &format, &mut parts)?;
    parts.finish()
}

/// Whether a directive stands twice: Python refuses it, and the ways to cut the digits would multiply.
fn repeats(format: &[char]) -> bool {
    let mut seen = 0_u128;
    let mut rest = format;
    while let Some(at) = rest.iter().position(|c| *c == '%') {
        let directive = rest.get(at + 1).copied().unwrap_or_default();
        rest = rest.get(at + 2..).unwrap_or_default();
        if directive.is_ascii_alphabetic() {
            let bit = 1 << u32::from(directive);
            if seen & bit != 0 {
                return true;
            }
            seen |= bit;
        }
    }
    false
}

fn read(text: &[char], format: &[char], parts: &mut Parts) -> Option<()> {
    let Some((first, rest)) = format.split_first() else { return text.is_empty().then_some(()) };
    if first.is_whitespace() {
        // One or more white spaces in the format stand for one or more in the text.
        let more = rest.iter().take_while(|c| c.is_whitespace()).count();
        let blanks = text.iter().take_while(|c| c.is_whitespace()).count();
        return if blanks == 0 { None } else { read(text.get(blanks..)?, rest.get(more..)?, parts) };
    }
    if *first != '%' {
        let (c, after) = text.split_first()?;
        return if c.to_lowercase().eq(first.to_lowercase()) { read(after, rest, parts) } else { None };
    }
    let (directive, rest) = rest.split_first()?;
    match directive {
        '%' => match text.split_first()? {
            ('%', after) => read(after, rest, parts),
            _ => None,
        },
        'Y' => number(text, rest, parts, 4, 4, 0, 9999, |p, n| p.year = Some(n as i32)),
        'y' => number(text, rest, parts, 2, 2, 0, 99, |p, n| p.year = Some(n as i32 + if n < 69 { 2000 } else { 1900 })),
        'm' => number(text, rest, parts, 1, 2, 1, 12, |p, n| p.month = Some(n)),
        'd' => number(text, rest, parts, 1, 2, 1, 31, |p, n| p.day = Some(n)),
        'j' => number(text, rest, parts, 1, 3, 1, 366, |p, n| p.ordinal = Some(n)),
        'H' => number(text, rest, parts, 1, 2, 0, 23, |p, n| p.hour = Some(n)),
        'I' => number(text, rest, parts, 1, 2, 1, 12, |p, n| p.half = Some(n)),
        'M' => number(text, rest, parts, 1, 2, 0, 59, |p, n| p.minute = Some(n)),
        'S' => number(text, rest, parts, 1, 2, 0, 61, |p, n| p.second = Some(n)),
        'f' => fraction(text, rest, parts),
        'B' => name(text, rest, parts, &MONTHS, usize::MAX, |p, n| p.month = Some(n + 1)),
        'b' => name(text, rest, parts, &MONTHS, 3, |p, n| p.month = Some(n + 1)),
        'A' => name(text, rest, parts, &DAYS, usize::MAX, |_, _| ()),
        'a' => name(text, rest, parts, &DAYS, 3, |_, _| ()),
        'p' => name(text, rest, parts, &["am", "pm"], 2, |p, n| p.afternoon = Some(n == 1)),
        'z' => zone(text, rest, parts),
        _ => None,
    }
}

#[allow(clippy::too_many_arguments)] // a directive is its width, its range and its place
fn number(
    text: &[char],
    format: &[char],
    parts: &mut Parts,
    least: usize,
    most: usize,
    low: u32,
    high: u32,
    set: fn(&mut Parts, u32),
) -> Option<()> {
    for width in (least..=most).rev() {
        let Some(n) = text.get(..width).and_then(digits) else { continue };
        if (low..=high).contains(&n) {
            set(parts, n);
            if read(text.get(width..)?, format, parts).is_some() {
                return Some(());
            }
        }
    }
    None
}

fn digits(text: &[char]) -> Option<u32> {
    text.iter().try_fold(0_u32, |n, c| n.checked_mul(10)?.checked_add(u32::from(digit(*c)?)))
}

fn fraction(text: &[char], format: &[char], parts: &mut Parts) -> Option<()> {
    for width in (1..=6).rev() {
        let Some(n) = text.get(..width).and_then(digits) else { continue };
        parts.micro = n * 10_u32.pow(6 - width as u32);
        if read(text.get(width..)?, format, parts).is_some() {
            return Some(());
        }
    }
    None
}

fn name(text: &[char], format: &[char], parts: &mut Parts, names: &[&str], short: usize, set: fn(&mut Parts, u32)) -> Option<()> {
    for (n, name) in names.iter().enumerate() {
        let wanted: Vec<char> = name.chars().take(short).collect();
        let found = text.get(..wanted.len()).is_some_and(|t| t.iter().zip(&wanted).all(|(a, b)| a.to_ascii_lowercase() == *b));
        if found {
            set(parts, n as u32);
            if read(text.get(wanted.len()..)?, format, parts).is_some() {
                return Some(());
            }
        }
    }
    None
}

/// `Z`, or a sign and `hh`, `mm`, perhaps `ss`, with or without colons.
fn zone(text: &[char], format: &[char], parts: &mut Parts) -> Option<()> {
    if let Some(('Z', after)) = text.split_first() {
        return read(after, format, parts);
    }
    let (sign, rest) = text.split_first()?;
    let sign = match sign {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let hours = i64::from(rest.get(..2).and_then(digits)?);
    let rest = rest.get(2..)?;
    let colon = rest.first() == Some(&':');
    let rest = if colon { rest.get(1..)? } else { rest };
    let minutes = i64::from(rest.get(..2).and_then(digits).filter(|m| *m < 60)?);
    let mut rest = rest.get(2..)?;
    let mut seconds = 0;
    let more = if colon { rest.strip_prefix(&[':']) } else { Some(rest) };
    if let Some((s, after)) = more.and_then(|m| Some((m.get(..2).and_then(digits).filter(|s| *s < 60)?, m.get(2..)?))) {
        seconds = i64::from(s);
        rest = after;
    }
    let offset = hours * 3600 + minutes * 60 + seconds;
    if offset >= 86_400 {
        return None;
    }
    parts.offset = sign * offset;
    read(rest, format, parts)
}

impl Parts {
    fn finish(self) -> Option<NaiveDateTime> {
        let year = self.year.unwrap_or(1900);
        if year < 1 {
            return None;
        }
        let date = match self.ordinal {
            Some(day) if self.month.is_none() && self.day.is_none() => NaiveDate::from_yo_opt(year, day)?,
            _ => NaiveDate::from_ymd_opt(year, self.month.unwrap_or(1), self.day.unwrap_or(1))?,
        };
        let hour = match (self.hour, self.half) {
            (Some(hour), _) => hour,
            (None, Some(half)) => half % 12 + if self.afternoon == Some(true) { 12 } else { 0 },
            (None, None) => 0,
        };
        let second = self.second.unwrap_or(0);
        if second > 59 {
            return None;
        }
        let time = NaiveTime::from_hms_micro_opt(hour, self.minute.unwrap_or(0), second, self.micro)?;
        date.and_time(time).checked_sub_signed(TimeDelta::seconds(self.offset))
    }
}
