use serde::{Deserialize, Serialize};

use super::{Contact, Licence, Metadata};

/// What is the same in every dataset of an organisation, typed once and kept on this computer: its name, its numbers, its
/// contact, its licence and its territory. The rest of the description is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Profile(Metadata);

impl Profile {
    /// What a description tells of its organisation.
    pub fn of(metadata: &Metadata) -> Profile {
        Profile(Metadata {
            organisation: metadata.organisation.clone(),
            siren: metadata.siren.clone(),
            siret: metadata.siret.clone(),
            contact: metadata.contact.clone(),
            licence: metadata.licence,
            territory: metadata.territory.clone(),
            zones: metadata.zones.clone(),
            granularity: metadata.granularity,
            ..Metadata::default()
        })
    }

    /// Fills what a description leaves empty. Nothing is filled where the data tell of another organisation: its SIREN, or
    /// its name where no SIREN is told.
    pub fn fill(&self, metadata: &mut Metadata) {
        let kept = &self.0;
        let other = |ours: &str, theirs: &str| !ours.is_empty() && !theirs.is_empty() && ours != theirs;
        let named = other(&kept.organisation, &metadata.organisation) && (kept.siren.is_empty() || metadata.siren.is_empty());
        if other(&kept.siren, &metadata.siren) || named {
            return;
        }
        let fill = |value: &mut String, known: &String| {
            if value.is_empty() {
                value.clone_from(known);
            }
        };
        fill(&mut metadata.organisation, &kept.organisation);
        fill(&mut metadata.siren, &kept.siren);
        fill(&mut metadata.siret, &kept.siret);
        if metadata.contact == Contact::default() {
            metadata.contact = kept.contact.clone();
        }
        if metadata.licence == Licence::default() {
            metadata.licence = kept.licence;
        }
        if metadata.zones.is_empty() {
            fill(&mut metadata.territory, &kept.territory);
            metadata.zones.clone_from(&kept.zones);
            metadata.granularity = metadata.granularity.or(kept.granularity);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::Zone;

    #[test]
    fn what_was_typed_for_one_dataset_fills_the_next() {
        let first = Metadata {
            organisation: "Ville de Lyon".into(),
            siren: "216901231".into(),
            contact: Contact { email: "opendata@lyon.example".into(), ..Contact::default() },
            licence: Licence::Odbl,
            zones: vec![Zone::france()],
            ..Metadata::default()
        };
        let kept = Profile::of(&first);
        let mut next = Metadata { siren: "216901231".into(), territory: "Lyon 3e".into(), ..Metadata::default() };
        kept.fill(&mut next);
        assert_eq!((next.organisation.as_str(), &next.contact), ("Ville de Lyon", &first.contact));
        assert_eq!((next.licence, next.territory.as_str(), next.zones), (Licence::Odbl, "Lyon 3e", first.zones.clone()));
        for other in [
            Metadata { siren: "217500016".into(), ..Metadata::default() },
            Metadata { organisation: "Ville de Paris".into(), ..Metadata::default() },
        ] {
            let mut filled = other.clone();
            kept.fill(&mut filled);
            // By its name alone, another organisation may be the same one written otherwise: nothing is filled either.
            assert_eq!(filled, other);
        }
    }
}
