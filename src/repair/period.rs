//! Two days or two years that make a period.

use chrono::{Datelike, NaiveDate};

use super::{
    Fix, Order, Proposal,
    date::{self, Loose},
};
use crate::schema::{CompiledField, Form, Meaning, ValueCheck};

/// What stands between the two ends, the surest first.
const BETWEEN: [&str; 9] = [" au ", " à ", " jusqu'au ", " jusqu’au ", " - ", " – ", " / ", " → ", " et "];

/// What a text may become in a field of periods: two days with a slash between (ISO 8601-1, §5.5), or two years.
pub fn candidates(field: &CompiledField, text: &str) -> Vec<Proposal> {
    let years = field.checks.iter().any(|check| matches!(check, ValueCheck::YearInterval { .. }));
    if years || field.meaning == Some(Meaning::Known(Form::Years)) {
        return of_years(text).map(|to| Proposal::Sure { fix: Fix::Period, to }).into_iter().collect();
    }
    of_days(text).into_iter().collect()
}

/// `2017-2018`, `2017 / 2018`, `2017 à 2018`: two years that follow in time.
fn of_years(text: &str) -> Option<String> {
    let words = date::words(text);
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|word| !matches!(*word, "de" | "a" | "au" | "et")).collect();
    let year = |word: &str| word.parse::<u16>().ok().filter(|_| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()));
    match words.as_slice() {
        [from, to] if year(from)? < year(to)? => Some(format!("{from}/{to}")),
        _ => None,
    }
}

/// `16/11/2023 - 03/06/2024`, `du 16 novembre 2023 au 3 juin 2024`, `16/11/2023-03/06/2024`.
fn of_days(text: &str) -> Option<Proposal> {
    // Most wrong texts are no periods: `1 au 2 mai 24` has as few figures as one may.
    if text.bytes().filter(u8::is_ascii_digit).count() < 4 {
        return None;
    }
    let lower = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    let bare = ["du ", "de ", "entre le ", "le "].iter().find_map(|start| lower.strip_prefix(start)).unwrap_or(&lower);
    let spaced = if bare.contains(' ') { BETWEEN.iter().find_map(|between| bare.split_once(between)) } else { None };
    // A sign that also stands inside dates is between them where it is in the middle of the signs.
    let (from, to) = spaced.or_else(|| ['/', '-', '–', ';', '→'].into_iter().find_map(|sign| middle(bare, sign)))?;
    let to = to.strip_prefix("le ").unwrap_or(to);
    let ends = (date::read_day(from).or_else(|| borrowed(from, to))?, date::read_day(to)?);
    let day = |end: Loose, order: Order| match end {
        Loose::One(day, _) => Some(day),
        Loose::Two(day_first, month_first) => Some(if order == Order::DayFirst { day_first } else { month_first }),
        Loose::Doubtful(_) => None,
    };
    let write = |order: Order| -> Option<String> {
        let (from, to): (NaiveDate, NaiveDate) = (day(ends.0, order)?, day(ends.1, order)?);
        (from <= to).then(|| format!("{}/{}", from.format("%Y-%m-%d"), to.format("%Y-%m-%d")))
    };
    // One end tells the order of the other; and a period ends after it begins.
    let shown = [ends.0, ends.1].into_iter().find_map(|end| match end {
        Loose::One(day, order) => order.filter(|_| day.day() != day.month()),
        _ => None,
    });
    if let Some(order) = shown {
        return Some(Proposal::Sure { fix: Fix::Period, to: write(order)? });
    }
    match (write(Order::DayFirst), write(Order::MonthFirst)) {
        (Some(one), Some(other)) if one == other => Some(Proposal::Sure { fix: Fix::Period, to: one }),
        (Some(day_first), Some(month_first)) => Some(Proposal::Ask { day_first, month_first }),
        // Month first, it would end before it begins.
        (Some(one), None) => Some(Proposal::Sure { fix: Fix::Period, to: one }),
        // Day first, it would: more likely the two ends are exchanged, or one is wrong.
        (None, _) => None,
    }
}

/// Cuts at the middle one of an odd number of signs.
fn middle(text: &str, sign: char) -> Option<(&str, &str)> {
    let count = text.matches(sign).count();
    if count.is_multiple_of(2) {
        return None;
    }
    let (at, _) = text.match_indices(sign).nth(count / 2)?;
    Some((text.get(..at)?, text.get(at + sign.len_utf8()..)?))
}

/// `du 3 au 5 avril 2024`, `du 3 mars au 5 avril 2024`: the first day takes what it lacks from the second.
fn borrowed(from: &str, to: &str) -> Option<Loose> {
    let (from, to) = (date::words(from), date::words(to));
    // Only where the month is a word: figures alone could be anything.
    let named = to.get(1).is_some_and(|month| month.chars().all(char::is_alphabetic));
    let lacking = to.get(from.len()..)?;
    let whole: Vec<String> = from.iter().chain(lacking).cloned().collect();
    (named && to.len() == 3 && !from.is_empty()).then(|| date::read_day(&whole.join(" "))).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(text: &str) -> Option<String> {
        match of_days(text)? {
            Proposal::Sure { to, .. } => Some(to),
            Proposal::Ask { .. } => Some("?".to_owned()),
        }
    }

    #[test]
    fn two_days_make_a_period() {
        for text in [
            "16/11/2023 - 03/06/2024",
            "du 16/11/2023 au 03/06/2024",
            "16/11/2023-03/06/2024",
            "16-11-2023/03-06-2024",
            "du 16 novembre 2023 au 3 juin 2024",
            "2023-11-16 / 2024-06-03",
            "2023-11-16 au 2024-06-03",
            "16/11/23 à 03/06/24",
        ] {
            assert_eq!(period(text).as_deref(), Some("2023-11-16/2024-06-03"), "{text}");
        }
        assert_eq!(period("du 3 au 5 avril 2024").as_deref(), Some("2024-04-03/2024-04-05"));
        assert_eq!(period("du 3 mars au 5 avril 2024").as_deref(), Some("2024-03-03/2024-04-05"));
        assert_eq!(period("03/04/2024 - 05/06/2024").as_deref(), Some("?"));
        // 4 March to 2 November: 3 April to 11 February of the same year makes no sense.
        assert_eq!(period("04/03/2024 - 02/11/2024").as_deref(), Some("2024-03-04/2024-11-02"));
        assert_eq!(period("06/05/2024 - 05/06/2024").as_deref(), Some("2024-05-06/2024-06-05"));
        for text in ["16/11/2023", "05/06/2024 - 06/05/2024", "2024-06-03/2023-11-16", "a - b", ""] {
            assert_eq!(period(text), None, "{text}");
        }
    }

    #[test]
    fn two_years_make_a_season() {
        assert_eq!(of_years("2017-2018").as_deref(), Some("2017/2018"));
        assert_eq!(of_years("de 2017 à 2019").as_deref(), Some("2017/2019"));
        assert_eq!((of_years("2018-2017"), of_years("2017"), of_years("17-18")), (None, None, None));
    }
}
