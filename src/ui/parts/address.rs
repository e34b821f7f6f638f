use crate::{browser, schema, ui::studio::Studio};

/// The host of an address typed by the agent, where the page may ask it.
pub fn host(address: &str) -> Option<String> {
    schema::host(address, &browser::own_origin()).map(str::to_owned)
}

/// What stands below the field of an address: `empty` while nothing is typed, then `leaves` with the host that a request will
/// leave for, or why none can.
pub fn address_hint(studio: Studio, address: &str, empty: &'static str, leaves: &'static str) -> String {
    let words = studio.words();
    match host(address) {
        _ if address.is_empty() => empty.to_owned(),
        Some(host) => studio.fill(leaves, &[("host", &host)]),
        None if address.to_lowercase().starts_with("http://") => words.address_insecure.to_owned(),
        None => words.elsewhere_bad.to_owned(),
    }
}
