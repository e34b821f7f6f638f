use serde::{Deserialize, Serialize};

/// A platform that runs udata, by its address: `https://www.data.gouv.fr`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Instance(String);

/// Why an address is of no use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AddressError {
    /// It is no address of a site.
    NotAnAddress,
    /// A key sent there could be read on the way: only `https://`, or this very computer, is safe.
    NotSecure,
    /// It is no address of a dataset.
    NotADataset,
    /// It is an address of another site, whose host this is.
    Elsewhere(String),
}

impl Instance {
    /// Reads the address of a platform: what follows the host is left out.
    ///
    /// # Errors
    /// Where it is no address, or one to which a key must not be sent.
    pub fn new(address: &str) -> Result<Instance, AddressError> {
        let (scheme, host) = origin(address).ok_or(AddressError::NotAnAddress)?;
        let name = host.rsplit_once(':').filter(|(_, port)| port.parse::<u16>().is_ok()).map_or(host, |(name, _)| name);
        match scheme {
            "https" => Ok(()),
            "http" if matches!(name, "127.0.0.1" | "localhost" | "[::1]") => Ok(()),
            "http" => Err(AddressError::NotSecure),
            _ => Err(AddressError::NotAnAddress),
        }?;
        Ok(Instance(format!("{scheme}://{}", host.to_lowercase())))
    }

    /// The address, without a final slash.
    pub fn address(&self) -> &str {
        &self.0
    }

    /// The host that a form names before anything is sent to it.
    pub fn host(&self) -> &str {
        self.0.split_once("://").map_or(&self.0, |(_, host)| host)
    }

    /// Whether it is this very computer.
    pub fn is_here(&self) -> bool {
        self.0.starts_with("http://")
    }

    /// Whether what is published there is seen by nobody: data.gouv.fr has such a place to practise, `demo.data.gouv.fr`.
    pub fn is_trial(&self) -> bool {
        self.host().starts_with("demo.")
    }

    /// The dataset that an address names, by its slug or its identifier: an address of its page or of the API, or the bare
    /// identifier.
    ///
    /// # Errors
    /// Where it names none, or one of another platform.
    pub fn dataset(&self, address: &str) -> Result<String, AddressError> {
        let address = address.trim();
        let path = match origin(address) {
            Some((_, host)) if host.eq_ignore_ascii_case(self.host()) => {
                let path = address.split(['?', '#']).next().unwrap_or_default();
                let mut parts = path.split('/').skip_while(|part| *part != "datasets").skip(1);
                parts.next().unwrap_or_default()
            }
            Some((_, host)) => return Err(AddressError::Elsewhere(host.to_lowercase())),
            None => address,
        };
        let plain = path.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if plain && path.len() > 1 && path != "r" { Ok(path.to_owned()) } else { Err(AddressError::NotADataset) }
    }
}

impl TryFrom<String> for Instance {
    type Error = String;

    fn try_from(address: String) -> Result<Instance, String> {
        Instance::new(&address).map_err(|_| address)
    }
}

impl From<Instance> for String {
    fn from(instance: Instance) -> String {
        instance.0
    }
}

/// The scheme and the host, with its port, of an address.
fn origin(address: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = address.trim().split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    (!host.is_empty() && host.chars().all(good)).then_some((scheme, host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_goes_only_where_nobody_reads_it_on_the_way() {
        let address = |text: &str| Instance::new(text).map(|instance| instance.0);
        assert_eq!(address("https://www.data.gouv.fr/"), Ok("https://www.data.gouv.fr".into()));
        assert_eq!(address(" https://Demo.data.gouv.fr/fr/x?y "), Ok("https://demo.data.gouv.fr".into()));
        assert_eq!(address("http://127.0.0.1:7000"), Ok("http://127.0.0.1:7000".into()));
        assert_eq!(address("http://localhost:7000/"), Ok("http://localhost:7000".into()));
        for unsafe_ in ["http://www.data.gouv.fr", "http://127.0.0.1.example.org", "http://localhost.example.org:80"] {
            assert_eq!(address(unsafe_), Err(AddressError::NotSecure), "{unsafe_}");
        }
        for none in ["", "data.gouv.fr", "https://", "ftp://data.gouv.fr", "https://me@data.gouv.fr", "https://a b"] {
            assert_eq!(address(none), Err(AddressError::NotAnAddress), "{none}");
        }
        assert!(Instance::new("https://demo.data.gouv.fr").unwrap().is_trial());
    }

    #[test]
    fn a_dataset_is_found_by_the_address_of_its_page() {
        let instance = Instance::new("https://www.data.gouv.fr").unwrap();
        for address in [
            "https://www.data.gouv.fr/fr/datasets/deliberations-2024/",
            "https://www.data.gouv.fr/datasets/deliberations-2024/#/resources/1",
            "https://www.data.gouv.fr/datasets/deliberations-2024?x=1",
            "https://www.data.gouv.fr/api/1/datasets/deliberations-2024/",
            "deliberations-2024",
        ] {
            assert_eq!(instance.dataset(address), Ok("deliberations-2024".into()), "{address}");
        }
        let elsewhere = instance.dataset("https://demo.data.gouv.fr/datasets/x/");
        assert_eq!(elsewhere, Err(AddressError::Elsewhere("demo.data.gouv.fr".into())));
        for none in ["https://www.data.gouv.fr/", "https://www.data.gouv.fr/api/1/datasets/r/abc", "../me", ""] {
            assert_eq!(instance.dataset(none), Err(AddressError::NotADataset), "{none}");
        }
    }
}
