//! The territory that a dataset covers, as data.gouv.fr names it: zones of the *Code officiel géographique*, found without
//! asking anyone.

mod granularity;
mod propose;
mod siren;

pub use granularity::Granularity;
pub use propose::zones;
pub use siren::zone_of_siren;

use serde::{Deserialize, Serialize};

use crate::{
    check::{holds_place, place_list},
    schema::PlaceList,
    text::fold,
};

/// The SIREN of the groups of communes with taxes of their own. From the package `@etalab/decoupage-administratif`, version
/// 6.0.0 (*BANATIC*, Licence Ouverte 2.0). Their names would weigh four times as much.
const EPCI: &str = include_str!("epci.txt");

/// A zone, by its name on data.gouv.fr: `fr:commune:69123`, `fr:epci:200046977`, `fr:departement:69`, `fr:region:84`,
/// `country:fr`. One of another level, which a platform may know, is kept as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Zone(String);

impl Zone {
    /// France.
    pub fn france() -> Zone {
        Zone("country:fr".to_owned())
    }

    /// A commune by its code; an arrondissement of Paris, Lyon or Marseille is its city. `None` where there is none.
    pub fn commune(code: &str) -> Option<Zone> {
        let code = match code {
            code if code.starts_with("751") => "75056",
            code if code.starts_with("132") && code > "13200" && code < "13217" => "13055",
            code if code > "69380" && code < "69390" => "69123",
            code => code,
        };
        holds_place(PlaceList::CommuneCode, code).then(|| Zone(format!("fr:commune:{code}")))
    }

    /// A département by its code. `None` where there is none.
    pub fn departement(code: &str) -> Option<Zone> {
        named(PlaceList::DepartementCode, code).then(|| Zone(format!("fr:departement:{code}")))
    }

    /// A region by its code. `None` where there is none.
    pub fn region(code: &str) -> Option<Zone> {
        named(PlaceList::RegionCode, code).then(|| Zone(format!("fr:region:{code}")))
    }

    /// A group of communes by its SIREN. `None` where there is none.
    pub fn epci(siren: &str) -> Option<Zone> {
        EPCI.split_whitespace().any(|code| code == siren).then(|| Zone(format!("fr:epci:{siren}")))
    }

    /// The zone that people type: its name on data.gouv.fr, a code of commune or département, a SIREN, or the name of
    /// a département, a region or France. `None` where it is none that is known here: the names of communes are not.
    pub fn typed(text: &str) -> Option<Zone> {
        let text = text.trim();
        if let Some((level, code)) = text.rsplit_once(':') {
            let known = level.starts_with("fr:") || level == "country" || level == "country-group";
            return (known && !code.is_empty()).then(|| Zone(text.to_owned()));
        }
        let upper = text.to_uppercase();
        let digits: String = text.split_whitespace().collect();
        let code = Zone::commune(&upper).or_else(|| Zone::departement(&upper)).or_else(|| zone_of_siren(&digits));
        let folded = fold(text);
        code.or_else(|| Zone::all().find(|zone| fold(zone.name().unwrap_or_default()) == folded))
    }

    /// The zones that have a name here, the wide ones first.
    pub fn all() -> impl Iterator<Item = Zone> {
        let regions = place_list(PlaceList::RegionCode).into_iter().map(|code| Zone(format!("fr:region:{code}")));
        let departements = place_list(PlaceList::DepartementCode).into_iter().map(|code| Zone(format!("fr:departement:{code}")));
        std::iter::once(Zone::france()).chain(regions).chain(departements)
    }

    /// Its name on data.gouv.fr.
    pub fn id(&self) -> &str {
        &self.0
    }

    /// Its level: `fr:commune`.
    pub fn level(&self) -> &str {
        self.0.rsplit_once(':').map_or("", |(level, _)| level)
    }

    /// Its code within its level: `69123`.
    pub fn code(&self) -> &str {
        self.0.rsplit_once(':').map_or(&self.0, |(_, code)| code)
    }

    /// Its name for people, where it is known here.
    pub fn name(&self) -> Option<&'static str> {
        match self.level() {
            "country" if self.code() == "fr" => Some("France"),
            "fr:region" => name(PlaceList::RegionCode, PlaceList::Region, self.code()),
            "fr:departement" => name(PlaceList::DepartementCode, PlaceList::Departement, self.code()),
            _ => None,
        }
    }
}

fn named(list: PlaceList, code: &str) -> bool {
    place_list(list).contains(&code)
}

/// The name at the place of a code: both lists have one order.
fn name(codes: PlaceList, names: PlaceList, code: &str) -> Option<&'static str> {
    let at = place_list(codes).iter().position(|known| *known == code)?;
    place_list(names).get(at).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_type_codes_and_names() {
        for (typed, id) in [
            ("69123", "fr:commune:69123"),
            (" 2a004 ", "fr:commune:2A004"),
            ("75111", "fr:commune:75056"),
            ("69385", "fr:commune:69123"),
            ("69", "fr:departement:69"),
            ("seine saint denis", "fr:departement:93"),
            ("Bretagne", "fr:region:53"),
            ("200 046 977", "fr:epci:200046977"),
            ("france", "country:fr"),
            ("fr:canton:0101", "fr:canton:0101"),
        ] {
            assert_eq!(Zone::typed(typed).map(|zone| zone.id().to_owned()).as_deref(), Some(id), "{typed}");
        }
        for typed in ["", "99999", "Nulle-Part", "http://x", "a:b"] {
            assert_eq!(Zone::typed(typed), None, "{typed}");
        }
    }

    #[test]
    fn zones_have_names() {
        let name = |id: &str| Zone::typed(id).and_then(|zone| zone.name());
        assert_eq!((name("69"), name("country:fr")), (Some("Rhône"), Some("France")));
        assert_eq!((name("fr:region:84"), name("69123")), (Some("Auvergne-Rhône-Alpes"), None));
        assert!(Zone::all().count() > 100 && Zone::all().all(|zone| zone.name().is_some()));
    }
}
