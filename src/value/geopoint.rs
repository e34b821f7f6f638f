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
        GeoFormat::Array => match json::parse(text)?.as_array()?.as_slice() {
            [lon, lat] => (coordinate(lon)?, coordinate(lat)?),
            _ => return None,
        },
        GeoFormat::Object => {
            let object = json::parse(text)?;
            let object = object.as_object().filter(|o| o.len() == 2)?;
            (coordinate(object.get("lon")?)?, coordinate(object.get("lat")?)?)
        }
    };
    let within = |n: Decimal, bound: i128| n >= Decimal::new(-bound, 0) && n <= Decimal::new(bound, 0);
    (within(lon, 180) && within(lat, 90)).then_some((lon, lat))
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
        assert!(parse("{\"lon\": 1, \"lat\": 95}", GeoFormat::Object).is_none());
    }
}
