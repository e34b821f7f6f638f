use serde::{Deserialize, Serialize};

/// The licences that an administration may choose for data (decree 2017-638).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Licence {
    /// Licence Ouverte 2.0.
    #[default]
    Open,
    /// Open Database License 1.0.
    Odbl,
}

impl Licence {
    /// All of them, the usual one first.
    pub const ALL: [Licence; 2] = [Licence::Open, Licence::Odbl];

    /// The licence of a name that machines give it, here or elsewhere: the first version of the Licence Ouverte gives way
    /// to the second, which asks the same.
    pub fn of(id: &str) -> Option<Licence> {
        match id {
            "etalab-2.0" | "lov2" | "fr-lo" => Some(Licence::Open),
            "ODbL-1.0" | "odc-odbl" => Some(Licence::Odbl),
            _ => None,
        }
    }

    /// Its short name for machines (SPDX where there is one).
    pub fn id(self) -> &'static str {
        match self {
            Licence::Open => "etalab-2.0",
            Licence::Odbl => "ODbL-1.0",
        }
    }

    /// Its name on data.gouv.fr, which takes a name that it does not know for no licence, and does not say so.
    pub fn udata(self) -> &'static str {
        match self {
            Licence::Open => "lov2",
            Licence::Odbl => "odc-odbl",
        }
    }

    /// Its name in the SCDL catalogue of a collectivité.
    pub fn scdl(self) -> &'static str {
        match self {
            Licence::Open => "Licence Ouverte-LO",
            Licence::Odbl => "Open Database License-ODBL",
        }
    }

    /// Its name for people.
    pub fn title(self) -> &'static str {
        match self {
            Licence::Open => "Licence Ouverte / Open Licence 2.0",
            Licence::Odbl => "Open Database License (ODbL) 1.0",
        }
    }

    /// Where its text stands.
    pub fn url(self) -> &'static str {
        match self {
            Licence::Open => "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
            Licence::Odbl => "https://opendatacommons.org/licenses/odbl/1-0/",
        }
    }
}
