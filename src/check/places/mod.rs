//! Lists of places, from open data that this program carries.
//!
//! Communes, départements and regions: *Code officiel géographique* of INSEE, 1 January 2024 and
//! 1 January 2026 together, so that a commune merged between the two is still known; overseas
//! collectivities have no commune there. Postal codes: *Base officielle des codes postaux* of La Poste,
//! as joined to the 2024 and 2026 communes. All under the Licence Ouverte 2.0, taken from the
//! package `@etalab/decoupage-administratif`, versions 4.1.0 and 6.0.0. Countries: the codes of
//! ISO 3166-1 that INSEE keeps as countries of their own.

use crate::schema::PlaceList;

/// A line a département: its two characters, then the numbers of its communes.
const COMMUNES: &str = include_str!("communes.txt");
/// A line a département: its two digits, then the last three digits of its postal codes.
const POSTCODES: &str = include_str!("postcodes.txt");
/// A line a département or overseas collectivity: its code, its name.
const DEPARTEMENTS: &str = include_str!("departements.txt");
/// A line a region: its code, its name.
const REGIONS: &str = include_str!("regions.txt");
/// A line a country: its two letters, its three letters.
const COUNTRIES: &str = include_str!("countries.txt");

/// Whether a list holds this very text: case and accents count, as in the reference.
pub fn holds(list: PlaceList, text: &str) -> bool {
    match list {
        PlaceList::CommuneCode => numbered(COMMUNES, text),
        PlaceList::Postcode => numbered(POSTCODES, text),
        PlaceList::DepartementCode => entries(DEPARTEMENTS).any(|(code, _)| code == text),
        PlaceList::Departement => entries(DEPARTEMENTS).any(|(_, name)| name == text),
        PlaceList::RegionCode => entries(REGIONS).any(|(code, _)| code == text),
        PlaceList::Region => entries(REGIONS).any(|(_, name)| name == text),
        PlaceList::CountryIso2 => entries(COUNTRIES).any(|(iso2, _)| iso2 == text),
        PlaceList::CountryIso3 => entries(COUNTRIES).any(|(_, iso3)| iso3 == text),
    }
}

/// The members of a list that is short enough to choose from; nothing for the codes of communes and postal codes.
pub fn members(list: PlaceList) -> Vec<&'static str> {
    match list {
        PlaceList::CommuneCode | PlaceList::Postcode => Vec::new(),
        PlaceList::DepartementCode => entries(DEPARTEMENTS).map(|(code, _)| code).collect(),
        PlaceList::Departement => entries(DEPARTEMENTS).map(|(_, name)| name).collect(),
        PlaceList::RegionCode => entries(REGIONS).map(|(code, _)| code).collect(),
        PlaceList::Region => entries(REGIONS).map(|(_, name)| name).collect(),
        PlaceList::CountryIso2 => entries(COUNTRIES).map(|(iso2, _)| iso2).collect(),
        PlaceList::CountryIso3 => entries(COUNTRIES).map(|(_, iso3)| iso3).collect(),
    }
}

fn entries(list: &str) -> impl Iterator<Item = (&str, &str)> {
    list.lines().filter_map(|line| line.split_once(' '))
}

/// Whether the line of the code's first two characters holds the number made of the last three.
fn numbered(list: &str, code: &str) -> bool {
    let Some((department, number)) = code.split_at_checked(2).filter(|(_, n)| n.len() == 3) else { return false };
    if !number.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let Ok(number) = number.parse::<u16>() else { return false };
    let Some((_, numbers)) = entries(list).find(|(first, _)| *first == department) else { return false };
    numbers.split(' ').any(|range| {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        matches!((first.parse::<u16>(), last.parse::<u16>()), (Ok(first), Ok(last)) if (first..=last).contains(&number))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_hold_exact_codes_and_names() {
        for (list, good, bad) in [
            (PlaceList::CommuneCode, ["01001", "2A004", "97105"], ["01003", "1001", "75000"]),
            (PlaceList::Postcode, ["75001", "20000", "97400"], ["75000", "00000", "7500"]),
            (PlaceList::DepartementCode, ["01", "2B", "974"], ["1", "20", "2b"]),
            (PlaceList::Departement, ["Côte-d'Or", "La Réunion", "Paris"], ["PARIS", "Cote-d'Or", ""]),
            (PlaceList::RegionCode, ["84", "01", "94"], ["1", "99", ""]),
            (PlaceList::Region, ["Bretagne", "Occitanie", "Corse"], ["bretagne", "Alsace", ""]),
            (PlaceList::CountryIso2, ["FR", "BE", "DE"], ["fr", "XX", ""]),
            (PlaceList::CountryIso3, ["FRA", "BEL", "DEU"], ["FR", "ZZZ", ""]),
        ] {
            assert!(good.iter().all(|text| holds(list, text)), "{list:?} {good:?}");
            assert!(!bad.iter().any(|text| holds(list, text)), "{list:?} {bad:?}");
        }
        let communes: usize = entries(COMMUNES).map(|(_, numbers)| numbers.split(' ').count()).sum();
        assert!(communes > 1_000);
    }
}
