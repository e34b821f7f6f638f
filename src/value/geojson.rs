//! Geometries in JSON: GeoJSON (RFC 7946) and TopoJSON, by the letter of their published JSON Schemas:
//! neither the closing of rings nor their winding is looked at.

use serde_json::{Map, Value};

/// Which of the two forms a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GeoJson {
    /// A geometry, a feature or a collection of them, with coordinates.
    Geo,
    /// A topology, or a geometry made of arcs.
    Topo,
}

impl GeoJson {
    /// Whether a document is of this form.
    pub fn accepts(self, document: &Value) -> bool {
        match self {
            GeoJson::Geo => is_feature(document) || is_features(document) || is_geometry(document, true),
            GeoJson::Topo => is_topology(document) || is_topo_geometry(document, true),
        }
    }
}

fn typed(document: &Value) -> Option<(&str, &Map<String, Value>)> {
    let object = document.as_object()?;
    let bbox = object.get("bbox").is_none_or(|bbox| many(Some(bbox), 4, &Value::is_number));
    Some((object.get("type")?.as_str()?, object)).filter(|_| bbox)
}

/// A list of at least so many items, all of one form.
fn many(value: Option<&Value>, least: usize, each: &dyn Fn(&Value) -> bool) -> bool {
    value.and_then(Value::as_array).is_some_and(|items| items.len() >= least && items.iter().all(each))
}

fn position(value: &Value) -> bool {
    many(Some(value), 2, &Value::is_number)
}

fn line(value: &Value) -> bool {
    many(Some(value), 2, &position)
}

fn rings(value: &Value) -> bool {
    many(Some(value), 0, &|ring| many(Some(ring), 4, &position))
}

fn is_geometry(document: &Value, collection: bool) -> bool {
    let Some((name, object)) = typed(document) else { return false };
    let coordinates = object.get("coordinates");
    match name {
        "Point" => coordinates.is_some_and(position),
        "MultiPoint" => many(coordinates, 0, &position),
        "LineString" => coordinates.is_some_and(line),
        "MultiLineString" => many(coordinates, 0, &line),
        "Polygon" => coordinates.is_some_and(rings),
        "MultiPolygon" => many(coordinates, 0, &rings),
        "GeometryCollection" => collection && many(object.get("geometries"), 0, &|geometry| is_geometry(geometry, false)),
        _ => false,
    }
}

fn is_feature(document: &Value) -> bool {
    let Some(("Feature", object)) = typed(document) else { return false };
    object.get("properties").is_some_and(|p| p.is_null() || p.is_object())
        && object.get("geometry").is_some_and(|g| g.is_null() || is_geometry(g, true))
        && object.get("id").is_none_or(|id| id.is_string() || id.is_number())
}

fn is_features(document: &Value) -> bool {
    matches!(typed(document), Some(("FeatureCollection", object)) if many(object.get("features"), 0, &is_feature))
}

fn is_topo_geometry(document: &Value, collection: bool) -> bool {
    let Some((name, object)) = typed(document) else { return false };
    let arcs = object.get("arcs");
    let arc = |value: &Value| value.is_i64() || value.is_u64();
    let path = |value: &Value| many(Some(value), 0, &arc);
    let paths = |value: &Value| many(Some(value), 0, &path);
    match name {
        "Point" => object.get("coordinates").is_some_and(position),
        "MultiPoint" => many(object.get("coordinates"), 0, &position),
        "LineString" => arcs.is_some_and(path),
        "MultiLineString" | "Polygon" => arcs.is_some_and(paths),
        "MultiPolygon" => many(arcs, 0, &paths),
        "GeometryCollection" => collection && many(object.get("geometries"), 0, &|g| is_topo_geometry(g, false)),
        _ => false,
    }
}

fn is_topology(document: &Value) -> bool {
    let Some(("Topology", object)) = typed(document) else { return false };
    many(object.get("arcs"), 0, &line)
        && object.get("objects").and_then(Value::as_object).is_some_and(|o| o.values().all(|g| is_topo_geometry(g, true)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(form: GeoJson, text: &str) -> bool {
        form.accepts(&serde_json::from_str(text).unwrap())
    }

    #[test]
    fn geometries_have_their_coordinates() {
        for good in [
            r#"{"type":"Point","coordinates":[1,2]}"#,
            r#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}"#,
            r#"{"type":"Feature","geometry":null,"properties":null}"#,
            r#"{"type":"FeatureCollection","features":[]}"#,
            r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2,3]}]}"#,
        ] {
            assert!(is(GeoJson::Geo, good), "{good}");
        }
        for bad in [
            r#"{"type":"Point"}"#,
            r#"{"type":"Point","coordinates":["1","2"]}"#,
            r#"{"type":"Polygon","coordinates":[[[0,0],[1,0]]]}"#,
            r#"{"type":"Feature","geometry":null}"#,
            r#"{"type":"Bidule","coordinates":[1,2]}"#,
            r#"{"type":"Point","coordinates":[1,2],"bbox":[1]}"#,
            "[1,2]",
        ] {
            assert!(!is(GeoJson::Geo, bad), "{bad}");
        }
    }

    #[test]
    fn topologies_are_made_of_arcs() {
        assert!(is(GeoJson::Topo, r#"{"type":"Point","coordinates":[1,2]}"#));
        assert!(is(
            GeoJson::Topo,
            r#"{"type":"Topology","arcs":[[[0,0],[1,1]]],"objects":{"a":{"type":"LineString","arcs":[0]}}}"#
        ));
        assert!(!is(GeoJson::Topo, r#"{"type":"LineString","coordinates":[[0,0],[1,1]]}"#));
    }
}
