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

/// How each is written, the first way being the one shown.
const WRITINGS: &[(Unit, &[&str])] = &[
    (Unit::Watt, &["W", "watt", "watts"]),
    (Unit::Kilowatt, &["kW"]),
    (Unit::Megawatt, &["MW"]),
    (Unit::KilowattHour, &["kWh"]),
    (Unit::KilovoltAmpere, &["kVA"]),
    (Unit::Volt, &["V", "volt", "volts"]),
    (Unit::Ampere, &["A", "ampère", "ampères"]),
    (Unit::Millimetre, &["mm"]),
    (Unit::Centimetre, &["cm"]),
    (Unit::Metre, &["m", "mètre", "mètres"]),
    (Unit::Kilometre, &["km", "kilomètre", "kilomètres"]),
    (Unit::SquareMetre, &["m²", "m2", "mètres carrés"]),
    (Unit::SquareKilometre, &["km²", "km2"]),
    (Unit::Hectare, &["ha", "hectare", "hectares"]),
    (Unit::Litre, &["l", "litre", "litres"]),
    (Unit::CubicMetre, &["m³", "m3", "mètres cubes"]),
    (Unit::CubicMetrePerHour, &["m³/h", "m3/h"]),
    (Unit::Gram, &["g", "gramme", "grammes"]),
    (Unit::Kilogram, &["kg", "kilos", "kilo"]),
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
        let named = |writings: &[&str]| writings.iter().any(|writing| writing.to_lowercase() == plain);
        // `mW` would be a thousandth of a watt.
        let found = WRITINGS.iter().find(|(_, writings)| named(writings)).map(|(unit, _)| *unit)?;
        (found != Unit::Megawatt || text.starts_with('M')).then_some(found)
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
}
