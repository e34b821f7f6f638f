use crate::{
    browser::{self, fetch_text},
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
    let config = if browser::own_host().is_empty() { None } else { fetch_text("config.json").await.ok() };
    Platforms::of(config.as_deref())
}
