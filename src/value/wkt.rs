//! Geometries in Well-Known Text (OGC Simple Features, part 1, section 7).

/// The geometries made of plain coordinates, with how deep their brackets go.
const PLAIN: [(&str, u8); 10] = [
    ("POINT", 1),
    ("LINESTRING", 1),
    ("CIRCULARSTRING", 1),
    ("MULTIPOINT", 2),
    ("POLYGON", 2),
    ("TRIANGLE", 2),
    ("MULTILINESTRING", 2),
    ("MULTIPOLYGON", 3),
    ("POLYHEDRALSURFACE", 3),
    ("TIN", 3),
];

/// The geometries made of other geometries.
const MADE_OF_OTHERS: [&str; 5] = ["GEOMETRYCOLLECTION", "COMPOUNDCURVE", "CURVEPOLYGON", "MULTICURVE", "MULTISURFACE"];

/// Nested deeper, it is refused.
const DEPTH: u8 = 16;

/// Whether a text is a geometry in Well-Known Text.
pub fn is_wkt(text: &str) -> bool {
    geometry(text.trim(), DEPTH).is_some_and(str::is_empty)
}

/// Reads one geometry, and gives what follows it.
fn geometry(text: &str, depth: u8) -> Option<&str> {
    let depth = depth.checked_sub(1)?;
    let (name, mut rest) = word(text);
    let upper = name.to_ascii_uppercase();
    let (mark, after) = word(rest);
    if matches!(mark.to_ascii_uppercase().as_str(), "Z" | "M" | "ZM") {
        rest = after;
    }
    let name = upper.as_str();
    let known = PLAIN.iter().find(|(plain, _)| *plain == name);
    if known.is_none() && !MADE_OF_OTHERS.contains(&name) {
        return None;
    }
    let (empty, after) = word(rest);
    if empty.eq_ignore_ascii_case("EMPTY") {
        return Some(after);
    }
    match known {
        // MULTIPOINT may leave out the brackets round each point.
        Some(("MULTIPOINT", _)) => nested(rest, 2).or_else(|| nested(rest, 1)),
        Some((_, brackets)) => nested(rest, *brackets),
        None => list(rest, &|item| {
            // Curves made of plain lines may leave out the name of these.
            geometry(item, depth).or_else(|| nested(item, 1)).or_else(|| nested(item, 2))
        }),
    }
}

/// A word of letters and what follows it, spaces apart.
fn word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    (word, rest.trim_start())
}

fn nested(text: &str, brackets: u8) -> Option<&str> {
    match brackets {
        0 => coordinates(text),
        n => list(text, &|item| nested(item, n - 1)),
    }
}

/// Items between brackets, commas between them.
fn list<'a>(text: &'a str, item: &dyn Fn(&'a str) -> Option<&'a str>) -> Option<&'a str> {
    let mut rest = text.trim_start().strip_prefix('(')?;
    loop {
        rest = item(rest.trim_start())?.trim_start();
        match rest.strip_prefix(',') {
            Some(after) => rest = after,
            None => return Some(rest.strip_prefix(')')?.trim_start()),
        }
    }
}

/// Two to four numbers with spaces between them.
fn coordinates(text: &str) -> Option<&str> {
    let end = text.find([',', ')'])?;
    let (numbers, rest) = text.split_at_checked(end)?;
    let mut count = 0;
    for number in numbers.split_ascii_whitespace() {
        let plain = number.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E'));
        if !plain || number.parse::<f64>().is_err() {
            return None;
        }
        count += 1;
    }
    (2..=4).contains(&count).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn geometries_are_names_and_brackets() {
        for good in [
            "POINT (30 10)",
            "point(1 2)",
            "POINT ZM (1 1 5 60)",
            "LINESTRING EMPTY",
            "POLYGON ((35 10, 45 45, 15 40, 35 10), (20 30, 35 35, 30 20, 20 30))",
            "MULTIPOINT (10 40, 40 30)",
            "MULTIPOINT ((10 40), (40 30))",
            "MULTIPOLYGON (((0 0,1 0,1 1,0 0)))",
            "GEOMETRYCOLLECTION (POINT (40 10), LINESTRING (10 10, 20 20))",
        ] {
            assert!(is_wkt(good), "{good}");
        }
        for bad in ["", "POINT", "POINT (1)", "POINT (a b)", "POINT (1 2", "BIDULE (1 2)", "POINT (1 2) x", "POINT (nan 2)"] {
            assert!(!is_wkt(bad), "{bad}");
        }
        assert!(!is_wkt(&format!("{}POINT (1 2){}", "GEOMETRYCOLLECTION (".repeat(60), ")".repeat(60))));
    }
}
