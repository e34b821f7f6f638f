use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use super::Zone;

/// The finest place that the data tell apart, as data.gouv.fr names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Granularity {
    /// An address, or a point on the map.
    Point,
    /// A district of the census.
    Iris,
    /// A commune.
    Commune,
    /// A group of communes.
    Epci,
    /// A département.
    Departement,
    /// A region.
    Region,
    /// A country.
    Country,
    /// Something else.
    Other,
}

impl Granularity {
    /// All of them, the finest first.
    pub const ALL: [Granularity; 8] = [
        Granularity::Point,
        Granularity::Iris,
        Granularity::Commune,
        Granularity::Epci,
        Granularity::Departement,
        Granularity::Region,
        Granularity::Country,
        Granularity::Other,
    ];

    /// Its name on data.gouv.fr.
    pub fn udata(self) -> &'static str {
        match self {
            Granularity::Point => "poi",
            Granularity::Iris => "fr:iris",
            Granularity::Commune => "fr:commune",
            Granularity::Epci => "fr:epci",
            Granularity::Departement => "fr:departement",
            Granularity::Region => "fr:region",
            Granularity::Country => "country",
            Granularity::Other => "other",
        }
    }

    /// Its name in the SCDL catalogue of a collectivité.
    pub fn scdl(self) -> &'static str {
        match self {
            Granularity::Point | Granularity::Iris => "Infracommunale",
            Granularity::Commune => "Communale",
            Granularity::Epci => "Intercommunale",
            Granularity::Departement => "Départementale",
            Granularity::Region => "Régionale",
            Granularity::Country | Granularity::Other => "Autre",
        }
    }

    /// The level of detail of a name of data.gouv.fr.
    pub fn of(name: &str) -> Option<Granularity> {
        Granularity::ALL.into_iter().find(|known| known.udata() == name)
    }

    /// That of a zone taken as a whole.
    pub fn of_zone(zone: &Zone) -> Option<Granularity> {
        Granularity::of(zone.level())
    }
}

/// By its name on data.gouv.fr.
impl Serialize for Granularity {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.udata())
    }
}

impl<'de> Deserialize<'de> for Granularity {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Granularity, D::Error> {
        Granularity::of(&String::deserialize(from)?).ok_or_else(|| D::Error::custom("no such level"))
    }
}
