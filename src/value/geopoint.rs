use super::{Decimal, json, strip};

/// How a point is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GeoFormat {
    /// `lon,lat`
    Pair,
    /// `[lon, lat]`
    Array,
    /// `{"lon": …, "lat": …}`
    Object,
}

/// Reads a point: longitude then latitude, within ±180 and ±90. Their order cannot be checked.
pub fn parse(text: &str, format: GeoFormat) -> Option<(Decimal, Decimal)> {
    let (lon, lat) = match format {
        GeoFormat::Pair => {
            let (lon, lat) = text.split_once(',')?;
            if lat.contains(',') {
                return None;
            }
            (Decimal::parse(strip(lon))?, Decimal::parse(strip(lat))?)
        }
        GeoFormat::Array => match plain(text) {
            Some(point) => point,
            None => match json::parse(text)?.as_array()?.as_slice() {
                [lon, lat] => (coordinate(lon)?, coordinate(lat)?),
                _ => return None,
            },
        },
        GeoFormat::Object => {
            let object = json::parse(text)?;
            let object = object.as_object().filter(|o| o.len() == 2)?;
            (coordinate(object.get("lon")?)?, coordinate(object.get("lat")?)?)
        }
    };
    (lon.is_within(180) && lat.is_within(90)).then_some((lon, lat))
}

/// Most points are two plain numbers between brackets: they are read as JSON would read them, without its machinery.
/// `None` where they may be something else.
fn plain(text: &str) -> Option<(Decimal, Decimal)> {
    let (lon, lat) = text.strip_prefix('[')?.strip_suffix(']')?.split_once(',')?;
    let number = |text: &str| {
        let text = text.trim_matches([' ', '\t', '\n', '\r']);
        let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
        let (whole, fraction) = match digits.iter().position(|byte| *byte == b'.') {
            Some(dot) => (digits.get(..dot)?, Some(digits.get(dot + 1..)?)),
            None => (digits, None),
        };
        // JSON has no `07`, no `7.`; a longer number is rounded to what a float holds.
        let all_digits = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
        let is_json = all_digits(whole) && fraction.is_none_or(all_digits) && (whole.len() == 1 || whole.first() != Some(&b'0'));
        if is_json && digits.len() <= 15 { Decimal::parse(text) } else { None }
    };
    Some((number(lon)?, number(lat)?))
}

/// Whether a text is surely a point as [`GeoFormat::Array`] has it: two plain numbers, whose whole parts are below the bounds.
/// Some points are not told by that.
pub fn is_plain_point(text: &str) -> bool {
    let Some(inside) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) else { return false };
    let (mut bound, mut whole, mut digits, mut is_whole) = (180, 0, 0, true);
    let mut before = b'[';
    for byte in inside.bytes().chain([b',']) {
        match byte {
            b'0'..=b'9' => {
                // JSON has no `07`.
                if is_whole && digits > 0 && whole == 0 || digits == 15 {
                    return false;
                }
                whole = if is_whole { whole * 10 + u64::from(byte - b'0') } else { whole };
                digits += 1;
            }
            b'.' if is_whole && before.is_ascii_digit() => is_whole = false,
            b'-' if matches!(before, b'[' | b',' | b' ') => {}
            b' ' if before == b',' => {}
            b',' if bound > 0 && before.is_ascii_digit() && whole < bound => {
                bound = if bound == 180 { 90 } else { 0 };
                (whole, digits, is_whole) = (0, 0, true);
            }
            _ => return false,
        }
        before = byte;
    }
    bound == 0
}

fn coordinate(value: &serde_json::Value) -> Option<Decimal> {
    match value {
        serde_json::Value::Number(n) => Decimal::parse(&n.to_string()),
        serde_json::Value::String(s) => Decimal::parse(strip(s)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_two_bounded_numbers() {
        assert!(parse("48.85, 2.35", GeoFormat::Pair).is_some());
        assert!(parse("2,48,1", GeoFormat::Pair).is_none());
        assert!(parse("181,0", GeoFormat::Pair).is_none());
        assert!(parse("[7.48710500,\"48.345345\"]", GeoFormat::Array).is_some());
        assert!(parse("[7.4]", GeoFormat::Array).is_none());
        for text in ["[7.487, 48.3]", "[-0.0,1]", "[ 1 , 2 ]", "[0.10,120]"] {
            let told = json::parse(text).unwrap();
            let [lon, lat] = told.as_array().unwrap().as_slice() else { panic!("{text}") };
            assert_eq!(plain(text), coordinate(lon).zip(coordinate(lat)), "{text}");
        }
        for text in ["[07.4,1]", "[7.,1]", "[.5,1]", "[+1,2]", "[1,2,3]", "[1e1,2]", "[1;2]", "[١,2]"] {
            assert_eq!(plain(text), None, "{text}");
        }
        assert!(parse("{\"lon\": 1, \"lat\": 95}", GeoFormat::Object).is_none());
    }

    #[test]
    fn a_plain_point_is_a_point() {
        for text in ["[7.487, 48.3]", "[-0.0,1]", "[1,2]", "[179.99,-89.5]", "[0.10, -12]"] {
            assert!(is_plain_point(text) && parse(text, GeoFormat::Array).is_some(), "{text}");
        }
        let parts =
            ["", "-", "0", "7", "07", "90", "180", "1e1", ".", "7.", ".5", "12.5", " ", "--1", "1-", "1234567890123456", "1.-"];
        for (lon, lat) in parts.iter().flat_map(|lon| parts.map(|lat| (lon, lat))) {
            for text in
                [format!("[{lon},{lat}]"), format!("[{lon}, {lat}]"), format!("[{lon},{lat},1]"), format!("[{lon} ,{lat}")]
            {
                assert!(!is_plain_point(&text) || parse(&text, GeoFormat::Array).is_some(), "{text}");
            }
        }
    }
}
