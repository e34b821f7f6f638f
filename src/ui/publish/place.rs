use serde_json::Value;

use crate::{
    browser::{self, fetch_text},
    publish::Instance,
};

/// Where one may publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A platform.
    Platform(Instance),
    /// A platform in memory.
    Rehearsal,
}

/// The platforms of the site's `config.json`, the first being proposed; those of data.gouv.fr where it names none.
pub async fn configured() -> Vec<Place> {
    const KNOWN: [&str; 2] = ["https://demo.data.gouv.fr", "https://www.data.gouv.fr"];
    let config = async {
        let config: Value = serde_json::from_str(&fetch_text("config.json").await.ok()?).ok()?;
        let named = config.get("platforms")?.as_array()?;
        Some(named.iter().filter_map(|address| Instance::new(address.as_str()?).ok()).collect::<Vec<_>>())
    };
    // A page opened from the disk has no configuration beside it.
    let named = if browser::own_host().is_empty() { None } else { config.await };
    let known = || KNOWN.iter().filter_map(|address| Instance::new(address).ok()).collect();
    named.unwrap_or_else(known).into_iter().map(Place::Platform).collect()
}
