//! Signing in on the platform's own page, without a secret: OAuth 2 authorization code with PKCE (RFC 6749, RFC 7636).

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{
    Answer, Body, Call, Credential, Instance, Method, Trouble,
    call::{form_encoded, percent_encoded},
};

/// A sign-in under way. It is held in memory until the platform's page has answered.
#[derive(Clone, PartialEq, Eq)]
pub struct SignIn {
    client: String,
    redirect: String,
    state: String,
    verifier: String,
}

/// What a sign-in gives.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Grant {
    access_token: String,
}

/// Why a sign-in gives nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignInError {
    /// The person declined.
    Declined,
    /// The platform gave nothing, for a reason of its own.
    Refused,
    /// The answer is that of no sign-in begun here.
    NotOurs,
}

impl SignIn {
    /// Begins a sign-in, for the client that the platform registered and the address it sends people back to, to the letter.
    /// `chance` are random bytes.
    pub fn new(chance: [u8; 64], client: &str, redirect: &str) -> SignIn {
        let (verifier, state) = chance.split_at(32);
        SignIn {
            client: client.to_owned(),
            redirect: redirect.to_owned(),
            state: base64url(state),
            verifier: base64url(verifier),
        }
    }

    /// The address of the platform's page where the person agrees.
    pub fn page(&self, instance: &Instance) -> String {
        let query = [
            ("response_type", "code".to_owned()),
            ("client_id", self.client.clone()),
            ("redirect_uri", self.redirect.clone()),
            ("scope", "default".to_owned()),
            ("state", self.state.clone()),
            ("code_challenge", base64url(&Sha256::digest(&self.verifier))),
            ("code_challenge_method", "S256".to_owned()),
        ];
        format!("{}/oauth/authorize?{}", instance.address(), form_encoded(&query))
    }

    /// The request that turns the platform's answer into a token: `query` is that of the address the person came back to.
    ///
    /// # Errors
    /// Where the person declined, the platform refused, or the answer is that of another sign-in.
    pub fn token(&self, query: &str) -> Result<Call, SignInError> {
        let value = |wanted: &str| {
            let pairs = query.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
            pairs.filter(|(key, _)| *key == wanted).map(|(_, value)| value).next()
        };
        // What stands there is base64url: nothing of it is ever escaped.
        if value("state") != Some(&self.state) {
            return Err(SignInError::NotOurs);
        }
        if value("error") == Some("access_denied") {
            return Err(SignInError::Declined);
        }
        let code = value("code").filter(|code| percent_encoded(code) == **code).ok_or(SignInError::Refused)?;
        let fields = vec![
            ("grant_type", "authorization_code".to_owned()),
            ("client_id", self.client.clone()),
            ("code", code.to_owned()),
            ("redirect_uri", self.redirect.clone()),
            ("code_verifier", self.verifier.clone()),
        ];
        Ok(form("/oauth/token", fields))
    }
}

impl Grant {
    /// Reads what the platform answered.
    ///
    /// # Errors
    /// Where it refused.
    pub fn read(answer: &Answer) -> Result<Credential, Trouble> {
        answer.read::<Grant>().map(|grant| Credential::Token(grant.access_token))
    }
}

/// The request that withdraws a token. A key is withdrawn on the site alone: it may serve elsewhere.
pub fn revoke(client: &str, credential: &Credential) -> Option<Call> {
    let Credential::Token(token) = credential else { return None };
    Some(form("/oauth/revoke", vec![("client_id", client.to_owned()), ("token", token.clone())]))
}

fn form(path: &str, fields: Vec<(&'static str, String)>) -> Call {
    Call { method: Method::Post, path: path.to_owned(), query: Vec::new(), signed: false, fields: None, body: Body::Form(fields) }
}

/// Base64 for addresses, without padding (RFC 4648, 5).
fn base64url(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let at = |place: usize| u32::from(three.get(place).copied().unwrap_or_default());
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        let digits = [18, 12, 6, 0].map(|shift| DIGITS.get((bits >> shift & 63) as usize).copied().unwrap_or_default());
        out.extend(digits.iter().take(three.len() + 1).map(|digit| char::from(*digit)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sign_in() -> (SignIn, Instance) {
        let instance = Instance::new("http://127.0.0.1:7000").unwrap();
        let chance = std::array::from_fn(|at| at as u8);
        (SignIn::new(chance, "c", "http://127.0.0.1:8080/callback"), instance)
    }

    #[test]
    fn the_challenge_is_that_of_the_standard() {
        // RFC 7636, appendix B.
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(base64url(&Sha256::digest(verifier)), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assert_eq!((base64url(b"f"), base64url(b"fo"), base64url(b"foo")), ("Zg".into(), "Zm8".into(), "Zm9v".into()));
        let (sign_in, instance) = sign_in();
        let page = sign_in.page(&instance);
        assert!(
            page.starts_with(
                "http://127.0.0.1:7000/oauth/authorize?response_type=code&client_id=c&redirect_uri=http%3A%2F%2F127"
            )
        );
        assert!(page.contains("code_challenge_method=S256") && !page.contains(&sign_in.verifier), "{page}");
        assert_eq!(sign_in.verifier.len(), 43);
    }

    #[test]
    fn only_the_answer_to_this_very_question_is_taken() {
        let (sign_in, _) = sign_in();
        let call = sign_in.token(&format!("?code=abc&state={}", sign_in.state)).unwrap();
        let Body::Form(fields) = &call.body else { panic!() };
        assert!(!call.signed && form_encoded(fields).contains("code=abc&redirect_uri=http%3A%2F%2F127"));
        assert_eq!(sign_in.token("?code=abc&state=x"), Err(SignInError::NotOurs));
        assert_eq!(sign_in.token("?code=abc"), Err(SignInError::NotOurs));
        let declined = format!("error=access_denied&state={}", sign_in.state);
        assert_eq!(sign_in.token(&declined), Err(SignInError::Declined));
        for refused in ["error=server_error&", "code=a%20b&", ""] {
            let refused = format!("{refused}state={}", sign_in.state);
            assert_eq!(sign_in.token(&refused), Err(SignInError::Refused), "{refused}");
        }
    }

    #[test]
    fn a_token_is_withdrawn_and_a_key_is_not() {
        let answer = Answer { status: 200, body: r#"{"access_token":"t","token_type":"Bearer"}"#.into() };
        let token = Grant::read(&answer).unwrap();
        assert_eq!(token, Credential::Token("t".into()));
        assert!(revoke("c", &token).is_some() && revoke("c", &Credential::Key("k".into())).is_none());
    }
}
