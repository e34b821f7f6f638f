use serde_json::Value;

use crate::{
    browser::{self, fetch_text},
    publish::{Instance, Platform},
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

/// The platforms of the site's `config.json`, the first being proposed; those of data.gouv.fr where it names none.
pub async fn configured() -> Vec<Place> {
    const KNOWN: [&str; 2] = ["https://demo.data.gouv.fr", "https://www.data.gouv.fr"];
    let config = async {
        let config: Value = serde_json::from_str(&fetch_text("config.json").await.ok()?).ok()?;
        let named = config.get("platforms")?.as_array()?;
        Some(named.iter().filter_map(Platform::of).collect::<Vec<_>>())
    };
    // A page opened from the disk has no configuration beside it.
    let named = if browser::own_host().is_empty() { None } else { config.await };
    let known = || KNOWN.iter().filter_map(|address| Platform::of(&Value::from(*address))).collect();
    named.unwrap_or_else(known).into_iter().map(Place::Platform).collect()
}
