use std::time::Duration;

use ureq::{
    Agent,
    http::Request,
    tls::{RootCerts, TlsConfig},
};

use crate::publish::{Answer, Body, Call, Credential, Instance, form_encoded};

/// Bytes of an answer, at most: a page of an organisation with many files takes a few.
const LIMIT: u64 = 64 << 20;
/// What stands between the parts of a body. No table holds such a line.
const BOUNDARY: &str = "----atelier-3f1b6c0e5d9a47c2";

/// What makes the requests: one connection kept open, the certificates of the system, and never a request to another address
/// than the platform's.
pub struct Transport {
    agent: Agent,
    instance: Instance,
    credential: Credential,
}

impl Transport {
    /// Makes requests to a platform.
    pub fn new(instance: &Instance, credential: &Credential) -> Transport {
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("atelier/", env!("CARGO_PKG_VERSION")))
            .timeout_connect(Some(Duration::from_secs(30)))
            .timeout_recv_response(Some(Duration::from_secs(180)))
            .tls_config(tls);
        if instance.is_here() {
            config = config.proxy(None);
        }
        Transport { agent: config.build().into(), instance: instance.clone(), credential: credential.clone() }
    }

    /// Makes a request. `file` are the bytes of the file that it sends a part of.
    ///
    /// # Errors
    /// Where no answer came whole, and why.
    pub fn send(&self, call: &Call, file: &[u8]) -> Result<Answer, String> {
        let mut request =
            Request::builder().method(call.method.name()).uri(call.url(&self.instance)).header("Accept", "application/json");
        if call.signed {
            let (name, value) = self.credential.header();
            request = request.header(name, value);
        }
        if let Some(fields) = call.fields {
            request = request.header("X-Fields", fields);
        }
        let sent = match body(&call.body, file) {
            None => request.body(()).map_err(ureq::Error::Http).and_then(|request| self.agent.run(request)),
            Some((kind, bytes)) => {
                let request = request.header("Content-Type", kind).body(bytes);
                request.map_err(ureq::Error::Http).and_then(|request| self.agent.run(request))
            }
        };
        let mut answer = sent.map_err(|error| error.to_string())?;
        let status = answer.status().as_u16();
        let body = answer.body_mut().with_config().limit(LIMIT).lossy_utf8(true).read_to_string();
        Ok(Answer { status, body: body.map_err(|error| error.to_string())? })
    }
}

/// The type and the bytes of what a request carries.
fn body(body: &Body, file: &[u8]) -> Option<(String, Vec<u8>)> {
    match body {
        Body::None => None,
        Body::Json(document) => Some(("application/json".to_owned(), document.to_string().into_bytes())),
        Body::Form(fields) => Some(("application/x-www-form-urlencoded".to_owned(), form_encoded(fields).into_bytes())),
        Body::Multipart { fields, file: slice } => {
            let mut bytes = Vec::new();
            for (name, value) in fields {
                let part = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
                bytes.extend_from_slice(part.as_bytes());
            }
            if let Some(slice) = slice {
                // As browsers write it (HTML, multipart/form-data encoding algorithm).
                let name = slice.name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
                let head = format!(
                    "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
                     Content-Type: application/octet-stream\r\n\r\n"
                );
                bytes.extend_from_slice(head.as_bytes());
                bytes.extend_from_slice(file.get(slice.start as usize..slice.end as usize).unwrap_or_default());
                bytes.extend_from_slice(b"\r\n");
            }
            bytes.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
            Some((format!("multipart/form-data; boundary={BOUNDARY}"), bytes))
        }
    }
}
