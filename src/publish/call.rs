use std::fmt;

use serde_json::Value;

use super::Instance;

/// A request to a platform, as a value: who makes it, and by what means, is told elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// Its method.
    pub method: Method,
    /// Its path, from the platform's address on. The final slash counts.
    pub path: String,
    /// What follows the path.
    pub query: Vec<(&'static str, String)>,
    /// Whether the credential goes with it.
    pub signed: bool,
    /// The parts of the answer that are wanted, for `X-Fields`; the whole without.
    pub fields: Option<&'static str>,
    /// What it carries.
    pub body: Body,
}

/// The method of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Read.
    Get,
    /// Create, or send.
    Post,
    /// Change.
    Put,
}

/// What a request carries.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// Nothing.
    None,
    /// A JSON document.
    Json(Value),
    /// Fields, form-encoded.
    Form(Vec<(&'static str, String)>),
    /// Fields, and a part of a file named `file`, as multipart.
    Multipart {
        /// The fields.
        fields: Vec<(&'static str, String)>,
        /// The part of a file; the last request of a file sent in parts has none.
        file: Option<Slice>,
    },
}

impl Body {
    /// How many bytes it carries: texts and files, what parts them left out.
    pub fn size(&self) -> u64 {
        let of = |fields: &[(&'static str, String)]| fields.iter().map(|(_, value)| value.len() as u64).sum::<u64>();
        match self {
            Body::None => 0,
            Body::Json(document) => document.to_string().len() as u64,
            Body::Form(fields) => of(fields),
            Body::Multipart { fields, .. } => of(fields) + self.file_size(),
        }
    }

    /// How many of them are those of a file.
    pub fn file_size(&self) -> u64 {
        match self {
            Body::Multipart { file: Some(slice), .. } => slice.end.saturating_sub(slice.start),
            _ => 0,
        }
    }
}

/// A part of a file to send: its bytes are read by who makes the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slice {
    /// Which of the files.
    pub file: usize,
    /// The name it is sent under.
    pub name: String,
    /// Its first byte.
    pub start: u64,
    /// The byte after its last.
    pub end: u64,
}

/// What opens the doors of a platform. It is never written anywhere.
#[derive(Clone, PartialEq, Eq)]
pub enum Credential {
    /// A key that an agent made on the site.
    Key(String),
    /// A token given at sign-in.
    Token(String),
}

impl Credential {
    /// The header that carries it, and its value.
    pub fn header(&self) -> (&'static str, String) {
        match self {
            Credential::Key(key) => ("X-API-KEY", key.clone()),
            Credential::Token(token) => ("Authorization", format!("Bearer {token}")),
        }
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credential")
    }
}

impl Method {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
        }
    }
}

impl Call {
    /// Reads something, signed.
    pub(super) fn get(path: impl Into<String>) -> Call {
        Call { method: Method::Get, path: path.into(), query: Vec::new(), signed: true, fields: None, body: Body::None }
    }

    /// Creates or sends something, signed.
    pub(super) fn post(path: impl Into<String>, body: Body) -> Call {
        Call { method: Method::Post, body, ..Call::get(path) }
    }

    /// Changes something, signed.
    pub(super) fn put(path: impl Into<String>, body: Value) -> Call {
        Call { method: Method::Put, body: Body::Json(body), ..Call::get(path) }
    }

    /// Asks for these parts of the answer alone.
    pub(super) fn only(self, fields: &'static str) -> Call {
        Call { fields: Some(fields), ..self }
    }

    /// Adds to what follows the path.
    pub(super) fn with(mut self, key: &'static str, value: impl Into<String>) -> Call {
        self.query.push((key, value.into()));
        self
    }

    /// Goes without the credential.
    pub(super) fn unsigned(self) -> Call {
        Call { signed: false, ..self }
    }

    /// Whether it leaves everything as it is.
    pub fn is_read(&self) -> bool {
        self.method == Method::Get
    }

    /// The whole address.
    pub fn url(&self, instance: &Instance) -> String {
        let mark = if self.query.is_empty() { "" } else { "?" };
        format!("{}{}{mark}{}", instance.address(), self.path, form_encoded(&self.query))
    }
}

/// Fields as `application/x-www-form-urlencoded`.
pub fn form_encoded(fields: &[(&'static str, String)]) -> String {
    let pairs: Vec<String> = fields.iter().map(|(key, value)| format!("{key}={}", percent_encoded(value))).collect();
    pairs.join("&")
}

/// A text for a place in an address: all but letters, digits and `-._~` is escaped.
pub(super) fn percent_encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(byte as char),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_escaped_and_keep_their_slash() {
        let instance = Instance::new("https://demo.data.gouv.fr").unwrap();
        let call = Call::get("/api/1/me/org_datasets/").with("q", "Délib & co").with("page", "2");
        assert_eq!(call.url(&instance), "https://demo.data.gouv.fr/api/1/me/org_datasets/?q=D%C3%A9lib%20%26%20co&page=2");
        assert_eq!(Call::get("/api/1/me/").url(&instance), "https://demo.data.gouv.fr/api/1/me/");
    }

    #[test]
    fn a_credential_is_not_told() {
        let key = Credential::Key("udata_secret".into());
        assert_eq!(key.header(), ("X-API-KEY", "udata_secret".into()));
        assert!(!format!("{key:?}").contains("secret"));
        assert_eq!(Credential::Token("t".into()).header().1, "Bearer t");
    }
}
