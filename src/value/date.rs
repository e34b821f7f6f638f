use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::{Decimal, NumberOptions, anydate, digit, number, strptime};

/// Table Schema's own way to write a day.
const ISO_DAY: &str = "%Y-%m-%d";
/// The format that leaves it to the reader.
const ANY: &str = "any";

/// Reads a day by a strptime format (`%Y-%m-%d` is Table Schema's default), or whatever its form with `any`.
pub fn parse_date(text: &str, format: &str) -> Option<NaiveDate> {
    if format == ISO_DAY
        && let Some(day) = plain_day(text.as_bytes())
    {
        return Some(day);
    }
    let moment = if format == ANY { anydate::parse_moment(text) } else { strptime::parse(text, format) };
    moment.map(|moment| moment.date())
}

/// A day in ten ASCII characters, which nearly all are: the long way round is for the others.
fn plain_day(text: &[u8]) -> Option<NaiveDate> {
    let [a, b, c, d, b'-', e, f, b'-', g, h] = text else { return None };
    let digit = |byte: &u8| byte.is_ascii_digit().then(|| u32::from(byte - b'0'));
    let year = digit(a)? * 1000 + digit(b)? * 100 + digit(c)? * 10 + digit(d)?;
    let day = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, digit(e)? * 10 + digit(f)?, digit(g)? * 10 + digit(h)?);
    day.filter(|_| year > 0)
}

/// Reads a moment: by a strptime format, or else as ISO 8601 with its seconds.
pub fn parse_datetime(text: &str, format: Option<&str>) -> Option<NaiveDateTime> {
    match format {
        Some(ANY) => return anydate::parse_moment(text),
        Some(format) => return strptime::parse(text, format),
        None => {}
    }
    let chars: Vec<char> = text.chars().collect();
    if chars.get(16) != Some(&':') || chars.len() < 19 {
        return None;
    }
    let (day, rest) = chars.split_at_checked(10)?;
    let date = iso_day(day)?;
    let (time, next_day, offset) = iso_time(rest.get(1..)?)?;
    let moment = date.and_time(time).checked_sub_signed(TimeDelta::seconds(offset))?;
    moment.checked_add_signed(TimeDelta::days(i64::from(next_day)))
}

/// Reads a time of day: by a strptime format, or else as ISO 8601 with its seconds.
pub fn parse_time(text: &str, format: Option<&str>) -> Option<NaiveTime> {
    match format {
        Some(ANY) => return anydate::parse_time(text),
        Some(format) => return strptime::parse(text, format).map(|moment| moment.time()),
        None => {}
    }
    let chars: Vec<char> = text.chars().collect();
    if chars.get(5) != Some(&':') || chars.len() < 8 {
        return None;
    }
    iso_time(&chars).map(|(time, _, _)| time)
}

/// Reads a year: exactly four characters that Python's `int()` accepts, 0 to 9999.
pub fn parse_year(text: &str) -> Option<i32> {
    if text.chars().count() != 4 {
        return None;
    }
    small(number::parse_integer(text, &NumberOptions::default())?).filter(|year| (0..=9999).contains(year))
}

/// Reads a year and a month: two integers round one hyphen.
pub fn parse_yearmonth(text: &str) -> Option<(i32, u32)> {
    let (year, month) = text.split_once('-')?;
    let whole = |part: &str| small(number::parse_integer(part, &NumberOptions::default())?);
    let month = u32::try_from(whole(month)?).ok()?;
    (1..=12).contains(&month).then_some((whole(year)?, month))
}

fn small(n: Decimal) -> Option<i32> {
    let Decimal::Finite { mantissa, exponent } = n else { return None };
    let scale = 10_i128.checked_pow(u32::try_from(exponent).ok()?)?;
    i32::try_from(mantissa.checked_mul(scale)?).ok()
}

fn digits(text: &[char], from: usize, to: usize) -> Option<u32> {
    text.get(from..to)?.iter().try_fold(0, |n, c| Some(n * 10 + u32::from(digit(*c)?)))
}

fn iso_day(text: &[char]) -> Option<NaiveDate> {
    if text.get(4) != Some(&'-') || text.get(7) != Some(&'-') {
        return None;
    }
    let year = i32::try_from(digits(text, 0, 4)?).ok().filter(|y| *y > 0)?;
    NaiveDate::from_ymd_opt(year, digits(text, 5, 7)?, digits(text, 8, 10)?)
}

/// `hh:mm:ss`, perhaps a fraction and a zone; `24:00:00` is the next day's midnight.
fn iso_time(text: &[char]) -> Option<(NaiveTime, bool, i64)> {
    if text.get(2) != Some(&':') || text.get(5) != Some(&':') {
        return None;
    }
    let (hour, minute, second) = (digits(text, 0, 2)?, digits(text, 3, 5)?, digits(text, 6, 8)?);
    let mut rest = text.get(8..)?;
    let mut micro = 0;
    if let Some(('.' | ',', after)) = rest.split_first() {
        let long = after.iter().take_while(|c| digit(**c).is_some()).count();
        if long == 0 {
            return None;
        }
        let kept = long.min(6);
        micro = digits(after, 0, kept)? * 10_u32.pow(6 - kept as u32);
        rest = after.get(long..)?;
    }
    let offset = iso_zone(rest)?;
    if hour == 24 {
        return (minute == 0 && second == 0 && micro == 0).then_some((NaiveTime::MIN, true, offset));
    }
    if second > 59 {
        return None;
    }
    Some((NaiveTime::from_hms_micro_opt(hour, minute, second, micro)?, false, offset))
}

fn iso_zone(text: &[char]) -> Option<i64> {
    let (sign, rest) = match text {
        [] | ['Z' | 'z'] => return Some(0),
        ['+', rest @ ..] => (1, rest),
        ['-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let hours = digits(rest, 0, 2).filter(|h| *h < 24)?;
    let minutes = match rest.get(2..)? {
        [] => 0,
        [':', _, _] => digits(rest, 3, 5)?,
        [_, _] => digits(rest, 2, 4)?,
        _ => return None,
    };
    (minutes < 60).then(|| sign * i64::from(hours * 3600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_follow_strptime() {
        for good in ["2020-02-29", "2020-2-3", "٢٠٢٠-01-01"] {
            assert!(parse_date(good, "%Y-%m-%d").is_some(), "{good}");
        }
        for bad in ["2021-02-29", "20-01-01", "2020-01-01 ", "0000-01-01", "2020-13-01", "01/02/2020", "2020-01-01T00:00:00"] {
            assert!(parse_date(bad, "%Y-%m-%d").is_none(), "{bad}");
        }
        assert_eq!(parse_date("3/4/2020", "%d/%m/%Y"), NaiveDate::from_ymd_opt(2020, 4, 3));
        assert_eq!(parse_date("20200403", "%Y%m%d"), NaiveDate::from_ymd_opt(2020, 4, 3));
    }

    #[test]
    fn moments_need_their_seconds() {
        for good in ["2020-05-11T14:08:32Z", "2020-05-11 14:08:32", "2020-05-11T14:08:32,5+02:00", "2020-05-11T24:00:00"] {
            assert!(parse_datetime(good, None).is_some(), "{good}");
        }
        for bad in ["2020-05-11T14:08", "2020-05-11", "2020-05-11T14:08:60", "2020-05-11T25:00:00"] {
            assert!(parse_datetime(bad, None).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_year_is_four_characters() {
        assert_eq!(parse_year(" 202"), Some(202));
        assert_eq!(parse_year("2020"), Some(2020));
        assert!(parse_year("20201").is_none() && parse_year("20a0").is_none());
        assert_eq!(parse_yearmonth("2020-1"), Some((2020, 1)));
        assert!(parse_yearmonth("2020-13").is_none());
    }
}
