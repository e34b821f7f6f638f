//! The `any` format of dates and times: whatever a reader can make out. Table Schema leaves it to the
//! program, and advises against it.

use chrono::NaiveDateTime;

use super::{date, strptime};

/// Days as people write them. Where day and month could be exchanged the month comes first, as
/// in the reference engine, then the day.
const DAYS: [&str; 18] = [
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y%m%d",
    "%m/%d/%Y",
    "%d/%m/%Y",
    "%m-%d-%Y",
    "%d-%m-%Y",
    "%m.%d.%Y",
    "%d.%m.%Y",
    "%d %B %Y",
    "%d %b %Y",
    "%B %d, %Y",
    "%b %d, %Y",
    "%B %d %Y",
    "%b %d %Y",
    "%Y-%m",
    "%m/%d/%y",
];
const HOURS: [&str; 6] = ["%H:%M:%S.%f", "%H:%M:%S", "%H:%M", "%Hh%M", "%I:%M %p", "%H%M%S"];

/// Reads a day, perhaps with a time.
pub fn parse_moment(text: &str) -> Option<NaiveDateTime> {
    let text = super::strip(text);
    if let Some(moment) = date::parse_datetime(text, None) {
        return Some(moment);
    }
    DAYS.iter().find_map(|day| {
        let read = |format: &str| strptime::parse(text, format);
        read(day)
            .or_else(|| HOURS.iter().find_map(|hour| read(&format!("{day} {hour}")).or_else(|| read(&format!("{day}T{hour}")))))
    })
}

/// Reads a time of day, perhaps with a day before it.
pub fn parse_time(text: &str) -> Option<chrono::NaiveTime> {
    let text = super::strip(text);
    let alone = date::parse_time(text, None).or_else(|| HOURS.iter().find_map(|hour| Some(strptime::parse(text, hour)?.time())));
    alone.or_else(|| Some(parse_moment(text)?.time()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_can_be_made_out() {
        for good in ["2020-01-01", "15/06/2020", "June 15, 2020", "2020-06-15T10:20", "2020-01-01T10:00:00Z", " 2020/01/01"] {
            assert!(parse_moment(good).is_some(), "{good}");
        }
        for bad in ["", "a", "2020-06-31", "31/31/2020", "true"] {
            assert!(parse_moment(bad).is_none(), "{bad}");
        }
        assert!(parse_time("10h00").is_some() && parse_time("25:00").is_none());
    }
}
