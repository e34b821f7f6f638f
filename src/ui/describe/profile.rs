use crate::{
    browser,
    metadata::{Metadata, Profile},
    ui::studio::Studio,
};

/// Where the organisation is kept on this computer.
const KEPT: &str = "atelier-organisation";

/// The organisation kept on this computer.
pub fn kept() -> Option<Profile> {
    browser::remembered(KEPT).and_then(|text| serde_json::from_str(&text).ok()).filter(|kept| *kept != Profile::default())
}

/// Keeps what a description tells of its organisation, for the next one.
pub fn keep(metadata: &Metadata) {
    browser::remember(KEPT, &serde_json::to_string(&Profile::of(metadata)).unwrap_or_default());
}

/// Forgets the organisation.
pub fn forget() {
    browser::remember(KEPT, "");
}

/// Fills what the description of the open table lacks with the organisation kept.
pub fn fill(studio: Studio) {
    if let Some(kept) = kept() {
        studio.describe(|metadata| kept.fill(metadata));
    }
}
