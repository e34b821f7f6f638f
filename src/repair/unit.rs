use serde::{Deserialize, Serialize};

/// A unit that people write after a number, in a column of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // a unit is its own description
pub enum Unit {
    Watt,
    Kilowatt,
    Megawatt,
    KilowattHour,
    KilovoltAmpere,
    Volt,
    Ampere,
    Millimetre,
    Centimetre,
    Metre,
    Kilometre,
    SquareMetre,
    SquareKilometre,
    Hectare,
    Litre,
    CubicMetre,
    CubicMetrePerHour,
    Gram,
    Kilogram,
    Tonne,
    Bar,
    Minute,
    Hour,
    Day,
    Month,
    Year,
    KilometrePerHour,
    Inhabitant,
    Place,
    WithoutTax,
    WithTax,
}

/// What several units measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dimension {
    Power,
    Length,
    Area,
    Volume,
    Mass,
}

/// How each is written, the first way being the one shown.
const WRITINGS: &[(Unit, &[&str])] = &[
    (Unit::Watt, &["W", "watt", "watts"]),
    (Unit::Kilowatt, &["kW", "kilowatt", "kilowatts"]),
    (Unit::Megawatt, &["MW", "mégawatt", "mégawatts"]),
    (Unit::KilowattHour, &["kWh"]),
    (Unit::KilovoltAmpere, &["kVA"]),
    (Unit::Volt, &["V", "volt", "volts"]),
    (Unit::Ampere, &["A", "ampère", "ampères"]),
    (Unit::Millimetre, &["mm", "millimètre", "millimètres"]),
    (Unit::Centimetre, &["cm", "centimètre", "centimètres"]),
    (Unit::Metre, &["m", "mètre", "mètres"]),
    (Unit::Kilometre, &["km", "kilomètre", "kilomètres"]),
    (Unit::SquareMetre, &["m²", "m2", "mètres carrés"]),
    (Unit::SquareKilometre, &["km²", "km2"]),
    (Unit::Hectare, &["ha", "hectare", "hectares"]),
    (Unit::Litre, &["l", "litre", "litres"]),
    (Unit::CubicMetre, &["m³", "m3", "mètres cubes"]),
    (Unit::CubicMetrePerHour, &["m³/h", "m3/h"]),
    (Unit::Gram, &["g", "gramme", "grammes"]),
    (Unit::Kilogram, &["kg", "kilos", "kilo", "kilogramme", "kilogrammes"]),
    (Unit::Tonne, &["t", "tonne", "tonnes"]),
    (Unit::Bar, &["bar", "bars"]),
    (Unit::Minute, &["min", "mn", "minute", "minutes"]),
    (Unit::Hour, &["h", "heure", "heures"]),
    (Unit::Day, &["j", "jour", "jours"]),
    (Unit::Month, &["mois"]),
    (Unit::Year, &["ans", "an", "année", "années"]),
    (Unit::KilometrePerHour, &["km/h"]),
    (Unit::Inhabitant, &["habitants", "habitant", "hab", "hab."]),
    (Unit::Place, &["places", "place", "pl.", "pl"]),
    (Unit::WithoutTax, &["€ HT", "euros HT", "HT"]),
    (Unit::WithTax, &["€ TTC", "euros TTC", "TTC"]),
];

impl Unit {
    /// The unit that a text names, capitals aside unless they tell two units apart (`m` and `M` never mix here).
    pub fn read(text: &str) -> Option<Unit> {
        let plain = text.to_lowercase();
        let is = |writing: &str| writing.chars().flat_map(char::to_lowercase).eq(plain.chars());
        let named = |writings: &[&str]| writings.iter().any(|writing| is(writing));
        // `mW` would be a thousandth of a watt.
        let found = WRITINGS.iter().find(|(_, writings)| named(writings)).map(|(unit, _)| *unit)?;
        (found != Unit::Megawatt || text.starts_with('M')).then_some(found)
    }

    /// The units that a sentence names in words or signs. A letter alone may be a word (`l’heure`): it counts between
    /// parentheses, or after "en".
    pub fn named_in(sentence: &str) -> Vec<Unit> {
        let mut found = Vec::new();
        let mut last = "";
        for word in sentence.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '’' | '\'')) {
            let bare = word.trim_matches(|c: char| matches!(c, '(' | ')' | '.' | '«' | '»' | '"'));
            let alone = bare.chars().count() > 1 || word.starts_with('(') || last == "en";
            if let Some(unit) = Unit::read(bare).filter(|unit| alone && !found.contains(unit)) {
                found.push(unit);
            }
            last = word;
        }
        found
    }

    /// What it measures, with its power of ten among the units that measure the same.
    fn scale(self) -> Option<(Dimension, i32)> {
        Some(match self {
            Unit::Watt => (Dimension::Power, 0),
            Unit::Kilowatt => (Dimension::Power, 3),
            Unit::Megawatt => (Dimension::Power, 6),
            Unit::Millimetre => (Dimension::Length, -3),
            Unit::Centimetre => (Dimension::Length, -2),
            Unit::Metre => (Dimension::Length, 0),
            Unit::Kilometre => (Dimension::Length, 3),
            Unit::SquareMetre => (Dimension::Area, 0),
            Unit::Hectare => (Dimension::Area, 4),
            Unit::SquareKilometre => (Dimension::Area, 6),
            Unit::Litre => (Dimension::Volume, -3),
            Unit::CubicMetre => (Dimension::Volume, 0),
            Unit::Gram => (Dimension::Mass, -3),
            Unit::Kilogram => (Dimension::Mass, 0),
            Unit::Tonne => (Dimension::Mass, 3),
            _ => return None,
        })
    }

    /// By which power of ten a number in this unit must be multiplied for a field that names units: zero where it names
    /// this one; `None` where it names none of its kind, or several.
    pub fn powers_to(self, named: &[Unit]) -> Option<i32> {
        let kind = self.scale().map(|(dimension, _)| dimension);
        let alike: Vec<Unit> = named
            .iter()
            .copied()
            .filter(|unit| *unit == self || kind.is_some() && unit.scale().map(|(dimension, _)| dimension) == kind)
            .collect();
        let [asked] = alike.as_slice() else { return None };
        if *asked == self { Some(0) } else { Some(self.scale()?.1 - asked.scale()?.1) }
    }

    /// How it is shown.
    pub fn symbol(self) -> &'static str {
        let found = WRITINGS.iter().find(|(unit, _)| *unit == self);
        found.and_then(|(_, writings)| writings.first()).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_known_by_their_usual_writings() {
        assert_eq!(Unit::read("kw"), Some(Unit::Kilowatt));
        assert_eq!(Unit::read("M2"), Some(Unit::SquareMetre));
        assert_eq!(Unit::read("MW"), Some(Unit::Megawatt));
        assert_eq!((Unit::read("mW"), Unit::read("foo"), Unit::read("")), (None, None, None));
        assert_eq!(Unit::CubicMetrePerHour.symbol(), "m³/h");
    }

    #[test]
    fn a_field_says_its_unit() {
        assert_eq!(Unit::named_in("Puissance maximale (kW) En kilowatts, le nombre seul."), [Unit::Kilowatt]);
        assert_eq!(Unit::named_in("Largeur (m), de l’axe à la rive"), [Unit::Metre]);
        assert_eq!(Unit::named_in("l’eau a la couleur du m de mer"), []);
        assert_eq!(Unit::Kilowatt.powers_to(&[Unit::Kilowatt]), Some(0));
        assert_eq!(Unit::Metre.powers_to(&[Unit::Centimetre, Unit::Minute]), Some(2));
        assert_eq!(Unit::Metre.powers_to(&[Unit::Centimetre, Unit::Metre]), None);
        assert_eq!(Unit::Metre.powers_to(&[Unit::Hour]), None);
    }
}
