use crate::{
    browser::{self, FetchError, fetch_text},
    publish::{Instance, Platform, Platforms},
};

/// Where one may publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A platform.
    Platform(Platform),
    /// A platform in memory.
    Rehearsal,
}

impl Place {
    /// Where the platform is; a rehearsal is nowhere.
    pub fn instance(&self) -> Option<&Instance> {
        match self {
            Place::Platform(platform) => Some(&platform.instance),
            Place::Rehearsal => None,
        }
    }
}

/// The platforms of the site's `config.json`; those of data.gouv.fr where there is none.
pub async fn configured() -> Platforms {
    // A page opened from the disk has no configuration beside it.
    if browser::own_host().is_empty() {
        return Platforms::of(None);
    }
    match fetch_text("config.json").await {
        Ok(config) => Platforms::of(Some(&config)),
        // It is there, and is no text.
        Err(FetchError::Unusable) => Platforms::of(Some("")),
        Err(_) => Platforms::of(None),
    }
}
