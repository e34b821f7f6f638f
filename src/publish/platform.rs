use serde_json::{Map, Value};

use super::Instance;

/// The platforms that a site's configuration tells of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Platforms {
    /// Those where one may publish, the first being proposed.
    pub usable: Vec<Platform>,
    /// What is wrong with the configuration.
    pub fault: Option<ConfigurationFault>,
}

/// What whoever installed the site must mend in its configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConfigurationFault {
    /// It is no JSON object.
    Unreadable,
    /// These are no platforms, and are written in their place.
    Unusable(Vec<String>),
}

impl Platforms {
    /// Those where one may publish when nothing is said of it: the platform to practise on comes first.
    const KNOWN: [&str; 2] = ["https://demo.data.gouv.fr", "https://www.data.gouv.fr"];

    /// Reads the text of a configuration; `None` where there is none. Nothing is supposed of one that cannot be read: it may
    /// have been written to leave the known platforms out.
    pub fn of(config: Option<&str>) -> Platforms {
        // Notepad writes a mark before.
        let config = config.map(|text| serde_json::from_str::<Map<String, Value>>(text.trim_start_matches('\u{feff}')));
        let named = match config {
            None => None,
            Some(Ok(mut config)) => config.remove("platforms"),
            Some(Err(_)) => return Platforms { usable: Vec::new(), fault: Some(ConfigurationFault::Unreadable) },
        };
        let named = match named {
            None | Some(Value::Null) => Self::KNOWN.map(Value::from).to_vec(),
            Some(Value::Array(named)) => named,
            Some(alone) => vec![alone],
        };
        let (mut usable, mut unusable) = (Vec::new(), Vec::new());
        for told in named {
            match Platform::of(&told) {
                Some(platform) => usable.push(platform),
                None => unusable.push(told.as_str().map_or_else(|| told.to_string(), str::to_owned)),
            }
        }
        let fault = (!unusable.is_empty()).then_some(ConfigurationFault::Unusable(unusable));
        Platforms { usable, fault }
    }
}

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
    fn of(told: &Value) -> Option<Platform> {
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

    #[test]
    fn what_is_wrong_in_a_configuration_is_told_and_the_rest_is_used() {
        let read = |config| {
            let Platforms { usable, fault } = Platforms::of(config);
            let hosts: Vec<&str> = usable.iter().map(|platform| platform.instance.host()).collect();
            (hosts.join(" "), fault)
        };
        let unusable = |entries: &[&str]| Some(ConfigurationFault::Unusable(entries.iter().map(|&it| it.to_owned()).collect()));
        let known = ("demo.data.gouv.fr www.data.gouv.fr".to_owned(), None);
        assert_eq!(read(None), known);
        assert_eq!(read(Some(r#"{ "catalogue": "schemas.json" }"#)), known);
        assert_eq!(read(Some("\u{feff}{ \"platforms\": null }")), known);
        assert_eq!(read(Some(r#"{ "platforms": [] }"#)), (String::new(), None));
        assert_eq!(read(Some(r#"{ "platforms": "https://udata.example.org" }"#)), ("udata.example.org".to_owned(), None));
        let config = r#"{ "platforms": ["http://www.data.gouv.fr", "https://udata.example.org", { "client": "6512" }] }"#;
        let wrong = unusable(&["http://www.data.gouv.fr", r#"{"client":"6512"}"#]);
        assert_eq!(read(Some(config)), ("udata.example.org".to_owned(), wrong));
        for broken in [r#"{ "platforms": ["https://udata.example.org",] }"#, "[]", ""] {
            assert_eq!(read(Some(broken)), (String::new(), Some(ConfigurationFault::Unreadable)), "{broken}");
        }
    }
}
