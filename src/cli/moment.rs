use chrono::{DateTime, Utc};

/// The moment that is written in what leaves: `SOURCE_DATE_EPOCH` where it is set, so that the same work gives the same
/// bytes (<https://reproducible-builds.org/specs/source-date-epoch/>); else the present one.
pub fn moment() -> DateTime<Utc> {
    let told = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let present = since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or_default());
    DateTime::from_timestamp(told.unwrap_or(present), 0).unwrap_or_default()
}
