use super::{Decimal, digit};

/// A length of time, as ISO 8601 writes it. Years and months have no fixed number of seconds, so
/// they stand apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Duration {
    /// Years and months, in months.
    pub months: Decimal,
    /// All the rest, in seconds.
    pub seconds: Decimal,
}

impl Duration {
    /// Reads `P1Y2M3DT4H5M6S`, `P3W`, with a sign before and a fraction in any part.
    pub fn parse(text: &str) -> Option<Duration> {
        let (sign, rest) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text.strip_prefix('+').unwrap_or(text)),
        };
        let (date, time) = match rest.strip_prefix('P')?.split_once('T') {
            Some((date, time)) => (date, Some(time)),
            None => (rest.strip_prefix('P')?, None),
        };
        if date.is_empty() && time.is_none() {
            return None;
        }
        let [years, months, weeks, days] = parts(date, ['Y', 'M', 'W', 'D'])?;
        let [hours, minutes, seconds, _] = parts(time.unwrap_or_default(), ['H', 'M', 'S', '\0'])?;
        let months = years.times(12)?.plus(months)?.times(sign)?;
        let clock = hours.times(3600)?.plus(minutes.times(60)?)?.plus(seconds)?;
        let seconds = weeks.times(7 * 86_400)?.plus(days.times(86_400)?)?.plus(clock)?.times(sign)?;
        Some(Duration { months, seconds })
    }

    /// Orders two durations; `None` where months would have to be turned into days.
    pub fn order(&self, other: &Duration) -> Option<std::cmp::Ordering> {
        if self.months == other.months { self.seconds.partial_cmp(&other.seconds) } else { None }
    }
}

/// The numbers before these letters, which come in this order and may all be left out.
fn parts(text: &str, letters: [char; 4]) -> Option<[Decimal; 4]> {
    let mut found = [Decimal::new(0, 0); 4];
    let mut rest = text;
    for (letter, part) in letters.into_iter().zip(&mut found) {
        let Some((number, after)) = rest.split_once(letter) else { continue };
        let plain = number.chars().all(|c| digit(c).is_some() || matches!(c, '.' | ','));
        let edges = number.starts_with(['.', ',']) || number.ends_with(['.', ',']);
        if !plain || edges {
            // Another letter's number stands before: this letter is that of a later part, or a fault.
            continue;
        }
        *part = Decimal::parse(&number.replace(',', "."))?;
        rest = after;
    }
    rest.is_empty().then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_follow_iso_8601() {
        for good in ["P1W", "-P1D", "P1Y2M3DT4H", "PT1H", "PT0.5S", "P1,5D", "PT1M", "P1M"] {
            assert!(Duration::parse(good).is_some(), "{good}");
        }
        for bad in ["", "P", "1D", "P-1D", "P1", "PT1D", "P1D2M", "POINT(1 2)", "P1H", " P1D"] {
            assert!(Duration::parse(bad).is_none(), "{bad}");
        }
        let read = |text| Duration::parse(text).unwrap();
        assert!(read("PT36H").order(&read("P1D")).unwrap().is_gt());
        assert_eq!(read("P1M").order(&read("P30D")), None);
    }
}
