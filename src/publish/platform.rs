use serde_json::Value;

use super::Instance;

/// A platform where one may publish, as the site's configuration tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Platform {
    /// Where it is.
    pub instance: Instance,
    /// The client that the platform registered for this site, by which people sign in on its own page; without one, a key is
    /// the only way in.
    pub client: Option<String>,
    /// Whether what is published there is seen by nobody.
    pub trial: bool,
}

impl Platform {
    /// Reads an address, or an object: its `"address"`, its `"client"`, and whether it is a `"demo"`. `None` where it tells of
    /// no platform.
    pub fn of(told: &Value) -> Option<Platform> {
        let text = |key: &str| told.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
        let instance = Instance::new(told.as_str().or_else(|| text("address"))?).ok()?;
        let trial = told.get("demo").and_then(Value::as_bool).unwrap_or_else(|| instance.is_trial() || instance.is_here());
        Some(Platform { trial, client: text("client").map(str::to_owned), instance })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_configuration_tells_of_platforms_shortly_or_at_length() {
        let read = |told: Value| Platform::of(&told).map(|read| (read.instance.host().to_owned(), read.client, read.trial));
        assert_eq!(read(json!("https://www.data.gouv.fr")), Some(("www.data.gouv.fr".into(), None, false)));
        assert_eq!(read(json!("https://demo.data.gouv.fr/")), Some(("demo.data.gouv.fr".into(), None, true)));
        let told = json!({ "address": "https://udata.example.org", "client": " 6512 ", "demo": true });
        assert_eq!(read(told), Some(("udata.example.org".into(), Some("6512".into()), true)));
        let told = json!({ "address": "https://demo.example.org", "client": "", "demo": false });
        assert_eq!(read(told), Some(("demo.example.org".into(), None, false)));
        for none in [json!({ "client": "6512" }), json!("http://www.data.gouv.fr"), json!(7), json!({ "address": "x" })] {
            assert_eq!(read(none.clone()), None, "{none}");
        }
    }
}
