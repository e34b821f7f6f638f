use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A Table Schema of the national catalogue, with every version published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoteEntry {
    /// Its name in the catalogue (`scdl/deliberations`).
    pub name: String,
    /// What people call it.
    pub title: String,
    /// What the table holds.
    pub description: String,
    /// The versions, the last first.
    pub versions: Vec<Version>,
}

/// A published version of a schema.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Its number.
    pub name: String,
    /// Where it stands.
    pub url: String,
}

/// Reads the national catalogue (`schemas.json` of schema.data.gouv.fr): the Table Schemas among its
/// entries, by title. `None` where the text is no such catalogue, or lists none.
pub fn read_catalogue(text: &str) -> Option<Vec<RemoteEntry>> {
    let document: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()?;
    let mut entries: Vec<RemoteEntry> = document.get("schemas")?.as_array()?.iter().filter_map(entry).collect();
    entries.sort_by_key(|entry| crate::text::fold(&entry.title));
    (!entries.is_empty()).then_some(entries)
}

fn entry(written: &Value) -> Option<RemoteEntry> {
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    if written.get("schema_type")?.as_str()? != "tableschema" {
        return None;
    }
    let version = |written: &Value| Some(Version { name: text(written, "version_name")?, url: text(written, "schema_url")? });
    let mut versions: Vec<Version> = written.get("versions")?.as_array()?.iter().filter_map(version).collect();
    versions.reverse();
    let name = text(written, "name")?;
    let title = text(written, "title").filter(|title| !title.is_empty()).unwrap_or_else(|| name.clone());
    let description = text(written, "description").unwrap_or_default();
    (!versions.is_empty()).then_some(RemoteEntry { name, title, description, versions })
}

/// The host of an address that the page may fetch: `https`, or its own origin (`own`, as `http://host:port`). `None`
/// for any other address, so that nothing leaves for a place that cannot be named, or that the page's policy forbids.
pub fn host<'a>(address: &'a str, own: &str) -> Option<&'a str> {
    let (scheme, rest) = address.trim().split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    // What stands before an @ is no part of the host, and would deceive who reads it.
    if authority.is_empty() || authority.contains(['@', ' ', '\\']) {
        return None;
    }
    let allowed = scheme.eq_ignore_ascii_case("https") || format!("{scheme}://{authority}").eq_ignore_ascii_case(own);
    allowed.then_some(authority)
}

/// The address of the file itself, where people copy that of a page which shows it.
pub fn raw_address(address: &str) -> String {
    let address = address.trim();
    let github = address.strip_prefix("https://github.com/").and_then(|path| path.split_once("/blob/"));
    match github {
        Some((repository, file)) => format!("https://raw.githubusercontent.com/{repository}/{file}"),
        None => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_schemas_are_kept_with_their_versions() {
        let text = r#"{"schemas":[
            {"name":"b/b","title":"Écoles","schema_type":"tableschema","versions":[
                {"version_name":"1.0.0","schema_url":"https://x.example/1"},{"version_name":"1.1.0","schema_url":"https://x.example/2"}]},
            {"name":"c/c","title":"Autre","schema_type":"jsonschema","versions":[{"version_name":"1","schema_url":"u"}]},
            {"name":"a/a","schema_type":"tableschema","versions":[{"version_name":"2","schema_url":"u"}]}]}"#;
        let entries = read_catalogue(text).unwrap();
        assert_eq!(entries.iter().map(|e| e.title.as_str()).collect::<Vec<_>>(), ["a/a", "Écoles"]);
        assert_eq!(entries[1].versions[0].name, "1.1.0");
        for bad in ["", "[]", "{}", r#"{"schemas":[]}"#] {
            assert_eq!(read_catalogue(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_host_can_be_named_or_is_refused() {
        let host = |address| super::host(address, "http://127.0.0.1:80");
        assert_eq!(host("https://schema.data.gouv.fr/x.json"), Some("schema.data.gouv.fr"));
        assert_eq!(host(" https://x.example:8443?a"), Some("x.example:8443"));
        assert_eq!(host("http://127.0.0.1:80/x"), Some("127.0.0.1:80"));
        for bad in [
            "http://x.example/",
            "http://127.0.0.1:8080/x",
            "ftp://x",
            "https://",
            "https://bank.example@evil.example/",
            "javascript://x",
            "x.example",
            "",
        ] {
            assert_eq!(host(bad), None, "{bad}");
        }
        assert_eq!(raw_address("https://github.com/o/r/blob/v1/a/s.json"), "https://raw.githubusercontent.com/o/r/v1/a/s.json");
        assert_eq!(raw_address(" https://x.example/s.json "), "https://x.example/s.json");
    }
}
