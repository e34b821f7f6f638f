//! Native cells as the text that an agent expects.

use chrono::{NaiveDate, NaiveTime, TimeDelta};

const DAY: f64 = 86_400.0;

/// Writes a number as people write it: whole numbers whole, whatever their size, others with the 15
/// significant digits that spreadsheets keep (`0.1 + 0.2` is `0.3`).
pub fn number(value: f64) -> String {
    if value == value.trunc() && value.abs() < 1e18 {
        return format!("{}", value as i64);
    }
    match format!("{value:.14e}").parse::<f64>() {
        Ok(rounded) => format!("{rounded}"),
        Err(_) => format!("{value}"),
    }
}

/// Writes a serial date: `2017-10-15`, with its time where it has one, or the time alone.
///
/// `epoch_1904` is the workbook's own setting. In the other epoch, 1900 counts a 29 February that
/// never was, so that days of January and February 1900 are one off. Days before are counted by other programs than Excel.
pub fn moment(serial: f64, epoch_1904: bool) -> String {
    let seconds = (serial * DAY).round();
    if !seconds.is_finite() || seconds.abs() > 3e11 {
        return number(serial);
    }
    let (days, time) = ((seconds / DAY).floor() as i64, seconds.rem_euclid(DAY) as u32);
    let Some(time) = NaiveTime::from_num_seconds_from_midnight_opt(time, 0) else { return number(serial) };
    // Less than a day is a time; the first day of 1904 may well be meant.
    if (0.0..1.0).contains(&serial) && (serial > 0.0 || !epoch_1904) {
        let time = if days > 0 { NaiveTime::from_hms_opt(23, 59, 59).unwrap_or(time) } else { time };
        return time.format("%H:%M:%S").to_string();
    }
    let (year, month, day) = match (epoch_1904, (0..60).contains(&days)) {
        (true, _) => (1904, 1, 1),
        (false, true) => (1899, 12, 31),
        (false, false) => (1899, 12, 30),
    };
    let date = NaiveDate::from_ymd_opt(year, month, day).and_then(|epoch| epoch.checked_add_signed(TimeDelta::try_days(days)?));
    match date {
        Some(date) if time == NaiveTime::MIN => date.to_string(),
        Some(date) => date.and_time(time).format("%Y-%m-%dT%H:%M:%S").to_string(),
        None => number(serial),
    }
}

/// Writes an elapsed time, which may pass 24 hours.
pub fn elapsed(serial: f64) -> String {
    let seconds = (serial * DAY).round() as i64;
    let sign = if seconds < 0 { "-" } else { "" };
    let seconds = seconds.unsigned_abs();
    format!("{sign}{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// Writes an ISO 8601 moment without a time of midnight: `2017-10-15T00:00:00` is a day.
pub fn iso_moment(text: &str) -> String {
    let text = text.split('.').next().unwrap_or_default();
    text.strip_suffix("T00:00:00").unwrap_or(text).to_owned()
}

/// Writes an ISO 8601 duration such as `PT08H05M00S` as a time; as it is where it is something else.
pub fn iso_duration(text: &str) -> String {
    let read = || {
        let (sign, text) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
        let mut rest = text.strip_prefix("PT")?;
        let mut part = |unit: char| -> Option<u64> {
            let Some((value, after)) = rest.split_once(unit) else { return Some(0) };
            rest = after;
            value.split(['.', ',']).next()?.parse().ok()
        };
        let (h, m, s) = (part('H')?, part('M')?, part('S')?);
        Some(format!("{sign}{h:02}:{m:02}:{s:02}"))
    };
    read().unwrap_or_else(|| text.to_owned())
}

/// What a cell shows of a whole number, without spaces, where that is a code: zeros before it, or figures and signs. `None`
/// where it shows the number alone.
pub fn code(shown: &str, value: &str) -> Option<String> {
    let shown: String = shown.chars().filter(|c| !c.is_whitespace()).collect();
    let signs = shown.trim_end_matches(|c: char| c.is_ascii_digit());
    let figures = shown.strip_prefix(signs)?;
    let is_code = figures.len() > 1 && figures.starts_with('0') && !signs.contains([',', '.'])
        || signs.contains(|c: char| c.is_ascii_digit());
    let (number, shows): (f64, f64) = (value.parse().ok()?, figures.parse().ok()?);
    (is_code && number == shows).then_some(shown)
}

/// Writes what stands for true or false; as it is where it is something else.
pub fn truth(text: &str) -> &str {
    match text.trim() {
        "1" => "true",
        "0" => "false",
        other if other.eq_ignore_ascii_case("true") => "true",
        other if other.eq_ignore_ascii_case("false") => "false",
        other => other,
    }
}

/// Writes true and false.
pub fn boolean(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

/// Whether a number is already written as [`number`] would write it again: most are, and need not become numbers.
pub fn is_number(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, decimals) = match text.split_once('.') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (text, None),
    };
    // Fifteen digits are what spreadsheets keep, and numbers of 64 bits hold.
    let short = text.len() <= 15 && !whole.is_empty() && digits(whole) && (whole == "0" || !whole.starts_with('0'));
    short && decimals.is_none_or(|decimals| !decimals.is_empty() && digits(decimals) && !decimals.ends_with('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_as_a_number_is_would_be_written_again() {
        for text in ["0", "7", "2024", "123456789012345", "0.5", "12.25", "0.0000000000001", "99999999999.125"] {
            assert!(is_number(text), "{text}");
            assert_eq!(number(text.parse().unwrap()), text);
        }
        for text in ["", "007", "1.50", "1.", ".5", "-1", "1E5", "1234567890123456", "12 ", "00.5", "1.2.3", "é"] {
            assert!(!is_number(text), "{text}");
        }
    }

    #[test]
    fn a_code_is_what_its_cell_shows() {
        for (shown, value, code) in [
            ("01000", "1000", Some("01000")),
            ("01 02 03 04 05", "102030405", Some("0102030405")),
            ("2024-007", "7", Some("2024-007")),
            ("2024-123", "123", Some("2024-123")),
            ("W0071", "71", Some("W0071")),
        ] {
            assert_eq!(super::code(shown, value).as_deref(), code);
        }
        for (shown, value) in [
            ("1000", "1000"),
            ("1 000", "1000"),
            ("1,07", "1.07"),
            ("1.007", "1007"),
            ("0", "0"),
            ("12 €", "12"),
            ("", "7"),
            ("Lot 1", "1"),
        ] {
            assert_eq!(super::code(shown, value), None, "{shown}");
        }
    }

    #[test]
    fn numbers_keep_their_digits() {
        assert_eq!(number(21860194600013.0), "21860194600013");
        assert_eq!(number(0.1 + 0.2), "0.3");
        assert_eq!(number(-1234.56), "-1234.56");
        assert_eq!(number(0.000012), "0.000012");
        assert_eq!(number(12.0), "12");
        assert_eq!(number(1e20), "100000000000000000000");
    }

    #[test]
    fn moments_are_days_times_or_both() {
        assert_eq!(moment(43_023.0, false), "2017-10-15");
        assert_eq!(moment(43_023.604_166_666_66, false), "2017-10-15T14:30:00");
        assert_eq!(moment(0.999_988_425_925_926, false), "23:59:59");
        assert_eq!(moment(0.0, false), "00:00:00");
        assert_eq!(moment(1.0, false), "1900-01-01");
        assert_eq!(moment(61.0, false), "1900-03-01");
        assert_eq!(moment(41_561.0, true), "2017-10-15");
        assert_eq!(moment(-18_260.0, false), "1850-01-01");
        assert_eq!(moment(0.999_999, false), "23:59:59");
        assert_eq!((moment(0.5, true), moment(0.0, true)), ("12:00:00".into(), "1904-01-01".into()));
        assert_eq!(elapsed(1.5), "36:00:00");
        assert_eq!((iso_duration("PT08H05M00S"), iso_duration("-PT01H05M00S")), ("08:05:00".into(), "-01:05:00".into()));
        assert_eq!(iso_moment("2017-10-15T00:00:00"), "2017-10-15");
    }
}
