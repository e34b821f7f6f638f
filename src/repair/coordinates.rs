//! Points and angles as people write them, to decimal degrees in the field's own form.

use super::{Fix, Proposal, lambert};
use crate::{
    check::in_france,
    schema::CompiledField,
    text,
    value::{Decimal, GeoFormat, Kind, json},
};

/// Which of the two an angle is, where its letter tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Axis {
    Longitude,
    Latitude,
}

/// An angle: its decimal degrees, as they were written where they were, and its axis.
#[derive(Debug, Clone, PartialEq)]
struct Angle {
    degrees: String,
    axis: Option<Axis>,
}

/// Overseas France that the boxes of the check on points leave out, in degrees: west, east, south, north. Nouvelle-
/// Calédonie, Polynésie, Wallis-et-Futuna, Saint-Pierre-et-Miquelon, Saint-Martin and Saint-Barthélemy.
const OVERSEAS: [[f64; 4]; 5] = [
    [163.0, 172.2, -22.9, -19.5],
    [-154.8, -134.4, -27.7, -7.8],
    [-178.3, -176.0, -14.4, -13.1],
    [-56.5, -56.0, 46.7, 47.2],
    [-63.2, -62.7, 17.8, 18.2],
];

/// What a text may become in a field of points, which Table Schema writes longitude first.
pub fn candidates(field: &CompiledField, text: &str) -> Vec<Proposal> {
    let Kind::GeoPoint(format) = field.kind else { return Vec::new() };
    let Some((first, second, known)) = read(text) else { return Vec::new() };
    let sure = |fix: Fix, lon: &str, lat: &str| Proposal::Sure { fix, to: written(format, lon, lat) };
    let (one, other) = (first.degrees.as_str(), second.degrees.as_str());
    let metres = |text: &str| text.parse::<f64>().ok();
    if let Some((longitude, latitude)) = metres(one).zip(metres(other)).and_then(|(x, y)| lambert::to_wgs84(x, y)) {
        return vec![sure(Fix::Lambert, &rounded(longitude), &rounded(latitude))];
    }
    match (first.axis, second.axis) {
        (Some(Axis::Longitude), Some(Axis::Latitude)) => vec![sure(Fix::Coordinates, one, other)],
        (Some(Axis::Latitude), Some(Axis::Longitude)) => vec![sure(Fix::Coordinates, other, one)],
        (None, None) if known => vec![sure(Fix::Coordinates, one, other)],
        // Only its place in France, or a latitude beyond the pole, tells which comes first.
        (None, None) => match (likely(one, other), likely(other, one)) {
            (true, false) => vec![sure(Fix::Coordinates, one, other)],
            (false, true) => vec![sure(Fix::SwappedCoordinates, other, one)],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// What a text may become in a field that holds one angle as a number: `48°51'24"N`.
pub fn angles(field: &CompiledField, text: &str) -> Vec<Proposal> {
    let Kind::Number(options) = &field.kind else { return Vec::new() };
    let point = options.decimal_char.as_deref().unwrap_or(".");
    // Without a letter or a degree sign it is a mere number.
    let found = angle(text).filter(|angle| angle.axis.is_some() || text.contains(['°', 'º']));
    found.map(|angle| Proposal::Sure { fix: Fix::Coordinates, to: angle.degrees.replace('.', point) }).into_iter().collect()
}

/// The point of a longitude and a latitude, each as people write it, in the form that a field wants; `None` where one of
/// them is no angle.
pub fn point(field: &CompiledField, longitude: &str, latitude: &str) -> Option<String> {
    let format = if let Kind::GeoPoint(format) = field.kind { format } else { GeoFormat::Pair };
    Some(written(format, &angle(longitude)?.degrees, &angle(latitude)?.degrees))
}

/// The longitude and the latitude of a point written in one text; `None` where it is none, or nothing tells which comes
/// first.
pub fn halves(text: &str) -> Option<(String, String)> {
    let (first, second, known) = read(text::trim(text))?;
    let (one, other) = (first.degrees, second.degrees);
    match (first.axis, second.axis) {
        (Some(Axis::Longitude), Some(Axis::Latitude)) => Some((one, other)),
        (Some(Axis::Latitude), Some(Axis::Longitude)) => Some((other, one)),
        (None, None) if known => Some((one, other)),
        (None, None) => match (likely(&one, &other), likely(&other, &one)) {
            (true, false) => Some((one, other)),
            (false, true) => Some((other, one)),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a point lies in France, by its longitude and latitude.
fn likely(longitude: &str, latitude: &str) -> bool {
    let (Some(lon), Some(lat)) = (Decimal::parse(longitude), Decimal::parse(latitude)) else { return false };
    let (Ok(x), Ok(y)) = (longitude.parse::<f64>(), latitude.parse::<f64>()) else { return false };
    in_france(lon, lat)
        || OVERSEAS.iter().any(|[west, east, south, north]| (*west..=*east).contains(&x) && (*south..=*north).contains(&y))
}

fn written(format: GeoFormat, longitude: &str, latitude: &str) -> String {
    match format {
        GeoFormat::Pair => format!("{longitude},{latitude}"),
        GeoFormat::Array => format!("[{longitude},{latitude}]"),
        GeoFormat::Object => format!("{{\"lon\": {longitude}, \"lat\": {latitude}}}"),
    }
}

/// Seven decimals are a centimetre.
fn rounded(degrees: f64) -> String {
    let text = format!("{degrees:.7}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Reads two angles, and whether their form says that the longitude is first.
fn read(value: &str) -> Option<(Angle, Angle, bool)> {
    if value.starts_with('{') {
        return object(value);
    }
    let wkt = value.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("point"));
    let value = if wkt { value.get(5..)? } else { value };
    let value = text::trim(value.trim_matches(|c: char| matches!(c, '[' | ']' | '(' | ')' | '"') || c.is_whitespace()));
    let (first, second) = cut(value)?;
    Some((angle(&first)?, angle(&second)?, wkt))
}

/// `{"lat": …, "lng": …}`, or a point of GeoJSON.
fn object(value: &str) -> Option<(Angle, Angle, bool)> {
    let document = json::parse(value)?;
    let degrees = |value: &serde_json::Value| match value {
        serde_json::Value::Number(n) => Some(n.to_string()),
        serde_json::Value::String(text) => angle(text).map(|angle| angle.degrees),
        _ => None,
    };
    let named = |names: &[&str]| names.iter().find_map(|name| document.get(name)).and_then(degrees);
    let (lon, lat) = match document.get("coordinates").and_then(|list| list.as_array()).map(Vec::as_slice) {
        Some([lon, lat]) => (degrees(lon)?, degrees(lat)?),
        _ => (named(&["lon", "lng", "long", "longitude"])?, named(&["lat", "latitude"])?),
    };
    Some((Angle { degrees: lon, axis: Some(Axis::Longitude) }, Angle { degrees: lat, axis: Some(Axis::Latitude) }, true))
}

/// Cuts a pair: at a semicolon or a bar, after the letter of the first angle, or at spaces; at a comma where
/// commas are not decimal; at the second of three commas.
fn cut(value: &str) -> Option<(String, String)> {
    let halves = |parts: Vec<&str>| match parts.as_slice() {
        [one, other] => Some((text::trim(one).to_owned(), text::trim(other).to_owned())),
        _ => None,
    };
    for sign in [';', '|'] {
        if value.contains(sign) {
            return halves(value.split(sign).collect());
        }
    }
    let is_letter = |c: char| matches!(c, 'N' | 'S' | 'E' | 'W' | 'O' | 'n' | 's' | 'e' | 'w' | 'o');
    let letters: Vec<usize> = value.match_indices(is_letter).map(|(at, _)| at).collect();
    if let [first, second] = letters.as_slice() {
        // Letters stand after the angles, or before them.
        let at = if value.starts_with(is_letter) { *second } else { first + 1 };
        let (one, other) = value.split_at_checked(at)?;
        let edge = |part: &str| part.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '/')).to_owned();
        return Some((edge(one), edge(other)));
    }
    let commas = value.matches(',').count();
    let spaced: Vec<&str> = value.split_whitespace().collect();
    if let [one, other] = spaced.as_slice() {
        return Some((one.trim_end_matches([',', '/']).to_owned(), other.to_string()));
    }
    if let [one, "," | "/" | "-", other] = spaced.as_slice() {
        return Some((one.to_string(), other.to_string()));
    }
    match commas {
        1 => halves(value.split(',').collect()).filter(|(one, other)| one.contains('.') || other.contains('.')),
        3 => {
            let (at, _) = value.match_indices(',').nth(1)?;
            Some((value.get(..at)?.to_owned(), text::trim(value.get(at + 1..)?).to_owned()))
        }
        _ => halves(value.split('/').collect()),
    }
}

/// Reads one angle: decimal degrees with a dot or a comma, or degrees, minutes and seconds, with its letter.
fn angle(value: &str) -> Option<Angle> {
    let value = text::trim(value);
    let letter = |c: char| match c.to_ascii_uppercase() {
        'N' => Some((Axis::Latitude, false)),
        'S' => Some((Axis::Latitude, true)),
        'E' => Some((Axis::Longitude, false)),
        'W' | 'O' => Some((Axis::Longitude, true)),
        _ => None,
    };
    let (mut value, mut side) = (value, None);
    if let Some((found, rest)) = value.chars().next_back().and_then(letter).zip(value.get(..value.len().checked_sub(1)?)) {
        (side, value) = (Some(found), text::trim(rest));
    } else if let Some((found, rest)) = value.chars().next().and_then(letter).zip(value.get(1..)) {
        (side, value) = (Some(found), text::trim(rest));
    }
    let (negative, value) = match value.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, value.strip_prefix('+').unwrap_or(value)),
    };
    // A sign and a letter together say nothing clear.
    if negative && side.is_some() {
        return None;
    }
    let minus = negative || side.is_some_and(|(_, south_or_west)| south_or_west);
    let degrees = match value.contains(['°', 'º', '\'', '′', '’', '"', '″']) {
        true => sexagesimal(value)?,
        false => decimal(value)?,
    };
    let sign = if minus && degrees.bytes().any(|b| (b'1'..=b'9').contains(&b)) { "-" } else { "" };
    Some(Angle { degrees: format!("{sign}{degrees}"), axis: side.map(|(axis, _)| axis) })
}

fn decimal(value: &str) -> Option<String> {
    let dotted = value.replace(',', ".");
    let plain = dotted.bytes().all(|b| b.is_ascii_digit() || b == b'.') && dotted.starts_with(|c: char| c.is_ascii_digit());
    (plain && dotted.matches('.').count() <= 1 && !dotted.ends_with('.')).then_some(dotted)
}

/// `48°51'24,5"` in decimal degrees, to the seventh decimal: a centimetre.
fn sexagesimal(value: &str) -> Option<String> {
    let parts = value.split(['°', 'º', '\'', '′', '’', '"', '″', '”']).map(text::trim).filter(|part| !part.is_empty());
    let parts: Vec<String> = parts.map(decimal).collect::<Option<_>>()?;
    let read = |at: usize| parts.get(at).map_or(Some(0.0), |part| part.parse::<f64>().ok());
    let (degrees, minutes, seconds) = (read(0)?, read(1)?, read(2)?);
    if parts.is_empty() || parts.len() > 3 || degrees > 180.0 || minutes >= 60.0 || seconds >= 60.0 {
        return None;
    }
    // `48,8566°` needs no sum.
    match parts.as_slice() {
        [only] => Some(only.clone()),
        [whole, ..] if whole.contains('.') => None,
        [_, minutes, _] if minutes.contains('.') => None,
        _ => Some(rounded(degrees + minutes / 60.0 + seconds / 3600.0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(text: &str) -> Option<(String, String)> {
        read(text).map(|(one, other, _)| (one.degrees, other.degrees))
    }

    #[test]
    fn pairs_are_cut_where_they_must() {
        for text in [
            "48,8566 ; 2,3522",
            "48.8566;2.3522",
            "48,8566 2,3522",
            "48.8566, 2.3522",
            "48,8566, 2,3522",
            "48,8566,2,3522",
            "48.8566 , 2.3522",
            "48.8566 / 2.3522",
            "[48.8566, 2.3522]",
            "(48.8566 2.3522)",
            "48,8566°N 2,3522°E",
            "N 48.8566 E 2.3522",
        ] {
            assert_eq!(pair(text), Some(("48.8566".into(), "2.3522".into())), "{text}");
        }
        assert_eq!(pair("48°51'24\"N 2°21'07\"E"), Some(("48.8566667".into(), "2.3519444".into())));
        assert_eq!(pair("16° 14′ 28″ N, 61° 32′ 0″ O"), Some(("16.2411111".into(), "-61.5333333".into())));
        for text in ["", "48,8566", "a b", "48 51 24", "1,2", "48.8.5 2", "48°61'N 2°E"] {
            assert_eq!(pair(text), None, "{text}");
        }
    }

    #[test]
    fn the_place_of_france_tells_which_comes_first() {
        assert!(likely("2.35", "48.85") && !likely("48.85", "2.35"));
        assert!(likely("166.45", "-22.27") && likely("-149.5", "-17.5") && !likely("0", "0"));
    }
}
