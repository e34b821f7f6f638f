//! One file per family of Table Schema types: from a cell's text to a typed value, with the
//! leniency of the reference engine (frictionless), no more and no less.

mod anydate;
mod boolean;
mod date;
mod decimal;
mod duration;
mod geojson;
mod geopoint;
pub mod json;
mod number;
mod strptime;
mod text;
mod wkt;

pub use boolean::Booleans;
pub use date::{parse_date, parse_datetime, parse_time, parse_year, parse_yearmonth};
pub use decimal::Decimal;
pub use duration::Duration;
pub use geojson::GeoJson;
pub use geopoint::{GeoFormat, is_plain_point};
pub use number::NumberOptions;
pub use text::TextFormat;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

/// A cell once read as its field's type.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text, as it is.
    Text(String),
    /// Integer or number: `1`, `1.0` and `01` are one value.
    Number(Decimal),
    /// True or false.
    Boolean(bool),
    /// A calendar day.
    Date(NaiveDate),
    /// A day and a time, in UTC where a zone was written.
    DateTime(NaiveDateTime),
    /// A time of day.
    Time(NaiveTime),
    /// A year and a month.
    YearMonth(i32, u32),
    /// Longitude, latitude.
    GeoPoint(Decimal, Decimal),
    /// A length of time.
    Duration(Duration),
    /// An array, an object or a geometry, parsed.
    Json(serde_json::Value),
    /// The items of a list.
    List(Vec<Value>),
}

/// The type of a field, with the options that change how a cell is read.
#[derive(Debug, Clone)]
pub enum Kind {
    /// Anything.
    Any,
    /// Text, perhaps of a known form.
    Text(TextFormat),
    /// A whole number.
    Integer(NumberOptions),
    /// A decimal number.
    Number(NumberOptions),
    /// True or false, by listed words.
    Boolean(Booleans),
    /// A day, in the strptime format given.
    Date(String),
    /// A day and a time: ISO 8601, or the strptime format given.
    DateTime(Option<String>),
    /// A time of day: ISO 8601, or the strptime format given.
    Time(Option<String>),
    /// A year of four characters.
    Year,
    /// A year and a month.
    YearMonth,
    /// A point on Earth.
    GeoPoint(GeoFormat),
    /// A JSON list.
    Array,
    /// A JSON object.
    Object,
    /// A length of time, in ISO 8601.
    Duration,
    /// A geometry in JSON.
    GeoJson(GeoJson),
    /// Values of one type apart by a separator.
    List {
        /// The type of each value.
        item: Box<Kind>,
        /// What stands between two values.
        delimiter: String,
    },
    /// A type that Table Schema does not have: its cells are accepted, and the schema draws a warning.
    Unread(String),
}

impl Kind {
    /// Reads a cell; `None` where its text is not of this type.
    pub fn parse(&self, text: &str) -> Option<Value> {
        match self {
            Kind::Any | Kind::Unread(_) => Some(Value::Text(text.to_owned())),
            Kind::Text(format) => format.accepts(text).then(|| Value::Text(text.to_owned())),
            Kind::Integer(options) => number::parse_integer(text, options).map(Value::Number),
            Kind::Number(options) => number::parse_number(text, options).map(Value::Number),
            Kind::Boolean(words) => words.parse(text).map(Value::Boolean),
            Kind::Date(format) => parse_date(text, format).map(Value::Date),
            Kind::DateTime(format) => parse_datetime(text, format.as_deref()).map(Value::DateTime),
            Kind::Time(format) => parse_time(text, format.as_deref()).map(Value::Time),
            Kind::Year => parse_year(text).map(|y| Value::Number(Decimal::new(i128::from(y), 0))),
            Kind::YearMonth => parse_yearmonth(text).map(|(y, m)| Value::YearMonth(y, m)),
            Kind::GeoPoint(format) => geopoint::parse(text, *format).map(|(lon, lat)| Value::GeoPoint(lon, lat)),
            Kind::Array => json::parse(text).filter(serde_json::Value::is_array).map(Value::Json),
            Kind::Object => json::parse(text).filter(serde_json::Value::is_object).map(Value::Json),
            Kind::Duration => Duration::parse(text).map(Value::Duration),
            Kind::GeoJson(form) => json::parse(text).filter(|document| form.accepts(document)).map(Value::Json),
            Kind::List { item, delimiter } => {
                text.split(delimiter.as_str()).map(|part| item.parse(part)).collect::<Option<Vec<_>>>().map(Value::List)
            }
        }
    }

    /// The Table Schema name of the type.
    pub fn name(&self) -> &str {
        match self {
            Kind::Any => "any",
            Kind::Text(_) => "string",
            Kind::Integer(_) => "integer",
            Kind::Number(_) => "number",
            Kind::Boolean(_) => "boolean",
            Kind::Date(_) => "date",
            Kind::DateTime(_) => "datetime",
            Kind::Time(_) => "time",
            Kind::Year => "year",
            Kind::YearMonth => "yearmonth",
            Kind::GeoPoint(_) => "geopoint",
            Kind::Array => "array",
            Kind::Object => "object",
            Kind::Duration => "duration",
            Kind::GeoJson(_) => "geojson",
            Kind::List { .. } => "list",
            Kind::Unread(name) => name,
        }
    }
}

/// The value of a decimal digit of any script (Unicode class Nd), as Python's `int()` reads it.
///
/// The blocks listed are those of Unicode 15; each runs from zero to nine.
pub(crate) fn digit(c: char) -> Option<u8> {
    const ZEROS: [u32; 34] = [
        0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20, 0x1040,
        0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0,
        0xaa50, 0xff10,
    ];
    if let Some(d) = c.to_digit(10) {
        return Some(d as u8);
    }
    let code = u32::from(c);
    ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&code)).map(|zero| (code - zero) as u8)
}

/// Python's `str.strip()`: Unicode white space and the four separators U+001C to U+001F.
pub(crate) fn strip(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c))
}
