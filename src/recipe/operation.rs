use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::repair::{Fix, Order, halves};

/// Something done to a whole column or to the whole table, which can be done again on another file. Fields and columns
/// are told by their names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Operation {
    /// Every repair that leaves no doubt.
    RepairSafe,
    /// The repair of one cause.
    Repair {
        /// The field; `None` for whole rows, and for all the fields that need this repair.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        field: Option<String>,
        /// The kind of repair.
        fix: Fix,
        /// The order of day and month, where that was asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        order: Option<Order>,
    },
    /// A field filled from a [`Template`](super::Template): a constant, or columns put together.
    Derive {
        /// The field.
        field: String,
        /// The template: `{Latitude},{Longitude}`.
        template: String,
    },
    /// A field filled with a part of a column.
    Extract {
        /// The field.
        field: String,
        /// The column's label.
        column: String,
        /// The part.
        part: Part,
    },
    /// A field of points filled from two columns.
    Point {
        /// The field.
        field: String,
        /// The label of the column of longitudes.
        longitude: String,
        /// The label of the column of latitudes.
        latitude: String,
    },
    /// A text replaced by another.
    Replace {
        /// The field, or the column kept beside; `None` for all of them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        field: Option<String>,
        /// The text looked for; not empty, unless whole cells are.
        find: String,
        /// The text to put instead.
        with: String,
        /// Whether only cells that hold nothing else are meant.
        #[serde(default)]
        whole: bool,
        /// Whether capitals matter.
        #[serde(default)]
        case: bool,
    },
    /// Empty cells take the value of the cell above.
    FillDown {
        /// The field, or the column kept beside.
        field: String,
    },
    /// Values of a field replaced by others, all cells of each.
    Match {
        /// The field.
        field: String,
        /// What becomes what.
        values: BTreeMap<String, String>,
    },
    /// Rows that say the same as one above are removed.
    RemoveDuplicates,
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// What stands before a separator, which is there: `Nom – lieu`.
    Before(String),
    /// What stands after it.
    After(String),
    /// What stands outside the last parentheses: the name of `Ville (21860194600013)`.
    OutsideParentheses,
    /// What stands inside them.
    InParentheses,
    /// The longest run of digits, spaces inside left out.
    Digits,
    /// The street of an address on one line: what stands before the postal code.
    Street,
    /// Its postal code.
    Postcode,
    /// Its town: what stands after the postal code.
    Town,
    /// The longitude of a point.
    Longitude,
    /// The latitude of a point.
    Latitude,
}

impl Part {
    /// The part of a text; empty where it has none.
    pub fn of(&self, text: &str) -> String {
        let trimmed = |part: &str| part.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).to_owned();
        let found = match self {
            Part::Before(separator) => text.split_once(separator.as_str()).map(|(before, _)| before),
            Part::After(separator) => text.split_once(separator.as_str()).map(|(_, after)| after),
            Part::InParentheses => parentheses(text).map(|(_, inside)| inside),
            Part::OutsideParentheses => Some(parentheses(text).map_or(text, |(before, _)| before)),
            Part::Digits => return digits(text),
            Part::Longitude => return halves(text).map(|(longitude, _)| longitude).unwrap_or_default(),
            Part::Latitude => return halves(text).map(|(_, latitude)| latitude).unwrap_or_default(),
            Part::Street => postcode(text).map(|(street, ..)| street),
            Part::Postcode => postcode(text).map(|(_, code, _)| code),
            Part::Town => postcode(text).map(|(.., town)| town),
        };
        found.map(trimmed).unwrap_or_default()
    }
}

/// What stands before the last parentheses of a text, and inside them.
fn parentheses(text: &str) -> Option<(&str, &str)> {
    let (before, rest) = text.rsplit_once('(')?;
    Some((before, rest.split_once(')').map_or(rest, |(inside, _)| inside)))
}

/// The longest run of digits of a text, where spaces and no-break spaces part groups.
fn digits(text: &str) -> String {
    let runs = text.split(|c: char| !c.is_ascii_digit() && !c.is_whitespace());
    let joined = runs.map(|run| run.chars().filter(char::is_ascii_digit).collect::<String>());
    joined.max_by_key(String::len).unwrap_or_default()
}

/// An address cut at its postal code: five digits that stand alone, the last ones of their kind.
fn postcode(text: &str) -> Option<(&str, &str, &str)> {
    let bounded = |at: usize| {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let code = text.get(at..at + 5).filter(|code| code.bytes().all(|b| b.is_ascii_digit()))?;
        let (before, after) = (text.get(..at)?, text.get(at + 5..)?);
        (!digit(before.chars().next_back()) && !digit(after.chars().next())).then_some((before, code, after))
    };
    text.char_indices().rev().find_map(|(at, _)| bounded(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_texts() {
        for (part, text, expected) in [
            (Part::OutsideParentheses, "Ville de X (21860194600013)", "Ville de X"),
            (Part::InParentheses, "Ville de X (218 601 946 00013)", "218 601 946 00013"),
            (Part::InParentheses, "Ville de X", ""),
            (Part::OutsideParentheses, "Ville de X", "Ville de X"),
            (Part::Digits, "SIRET n° 218 601 946 00013, NAF 84", "21860194600013"),
            (Part::Before(" – ".into()), "École – Niort", "École"),
            (Part::After(" – ".into()), "École – Niort", "Niort"),
            (Part::After(" – ".into()), "École", ""),
            (Part::Street, "12 bis rue de la Paix, 79000 Niort", "12 bis rue de la Paix"),
            (Part::Postcode, "12 bis rue de la Paix, 79000 Niort", "79000"),
            (Part::Town, "12 bis rue de la Paix, 79000 Niort", "Niort"),
            (Part::Longitude, "45,1885 ; 5,7245", "5.7245"),
            (Part::Latitude, "(45.1885, 5.7245)", "45.1885"),
            (Part::Latitude, "place du marché", ""),
            (Part::Town, "12 rue X", ""),
        ] {
            assert_eq!(part.of(text), expected, "{part:?} {text}");
        }
    }
}
