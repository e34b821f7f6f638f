//! Web addresses and e-mail addresses.

use super::{Fix, Proposal, spaces};
use crate::{
    schema::{CompiledField, Form, Meaning, Purpose},
    text,
    value::{Kind, TextFormat},
};

/// Slips of the hand at the start of an address, in small letters.
const SLIPS: [(&str, &str); 14] = [
    ("https//:", "https://"),
    ("http//:", "http://"),
    ("https//", "https://"),
    ("http//", "http://"),
    ("https:\\\\", "https://"),
    ("http:\\\\", "http://"),
    ("https;//", "https://"),
    ("http;//", "http://"),
    ("htpps://", "https://"),
    ("htps://", "https://"),
    ("htttp://", "http://"),
    ("htttps://", "https://"),
    ("htpp://", "http://"),
    ("http://https://", "https://"),
];

/// What a text may become in a field of web addresses.
pub fn links(field: &CompiledField, text: &str) -> Vec<Proposal> {
    let web = matches!(&field.kind, Kind::Text(TextFormat::Uri))
        || matches!(&field.meaning, Some(Meaning::Known(Form::WebAddress | Form::PictureAddress | Form::WebAddresses)));
    let found = web.then(|| link(text)).flatten();
    found.map(|to| Proposal::Sure { fix: Fix::Link, to }).into_iter().collect()
}

/// Addresses of a free text, each put right, with what must stand between them; `None` where one of them is none.
pub fn list(purpose: Purpose, value: &str) -> Option<String> {
    let (separator, one): (_, fn(&str) -> Option<String>) = match purpose {
        Purpose::WebAddresses(separator) => (separator, link),
        Purpose::Emails(separator) => (separator, |value| address(value).filter(|address| !address.contains(' '))),
        _ => return None,
    };
    let parts = value.split(['|', ';', ',', '\n']).map(text::trim).filter(|part| !part.is_empty());
    let good: Vec<String> = parts.map(one).collect::<Option<_>>()?;
    match (good.as_slice(), separator) {
        ([only], _) => Some(only.clone()),
        (several, Some(separator)) => Some(several.join(&separator.to_string())),
        _ => None,
    }
}

/// An address with its scheme, and without spaces: those within are written `%20`, as browsers do (RFC 3986, §2.1).
fn link(value: &str) -> Option<String> {
    let value = spaces::visible(text::trim(value));
    let value = text::trim(value.trim_matches(['<', '>', '"']));
    let lower = value.to_lowercase();
    let slip = SLIPS.iter().find(|(slip, _)| lower.starts_with(slip));
    let whole = match slip {
        Some((slip, scheme)) => format!("{scheme}{}", text::trim(value.get(slip.len()..)?)),
        None => match value.split_once("://") {
            Some((scheme, rest)) => format!("{}://{}", text::trim(scheme).to_lowercase(), text::trim(rest)),
            // One slash was lost.
            None => match lower.strip_prefix("https:/").map(|_| 7).or_else(|| lower.strip_prefix("http:/").map(|_| 6)) {
                Some(at) => format!("{}/{}", value.get(..at)?.to_lowercase(), value.get(at..)?),
                None => format!("https://{value}"),
            },
        },
    };
    let (scheme, rest) = whole.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let label = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-');
    let (name, port) = host.split_once(':').unwrap_or((host, "0"));
    let dotted = name.split('.').count() >= 2 && name.split('.').all(label);
    let domain = name.rsplit('.').next().is_some_and(|last| last.len() >= 2 && last.chars().all(char::is_alphabetic));
    let good = matches!(scheme, "http" | "https") && dotted && domain && port.parse::<u16>().is_ok();
    good.then(|| whole.split_whitespace().collect::<Vec<_>>().join("%20"))
}

/// What a text may become in a field of e-mail addresses.
pub fn emails(field: &CompiledField, text: &str) -> Vec<Proposal> {
    let email = matches!(&field.kind, Kind::Text(TextFormat::Email));
    let found = email.then(|| address(text)).flatten();
    found.map(|to| Proposal::Sure { fix: Fix::Email, to }).into_iter().collect()
}

/// An e-mail address without what stands round it: `mailto:`, brackets with a name before, a full stop, spaces at
/// the dots and at the sign; ` (at) ` is the sign.
fn address(value: &str) -> Option<String> {
    let value = spaces::visible(value);
    let inside = match value.split_once('<') {
        Some((_, rest)) => rest.split_once('>')?.0,
        None => &value,
    };
    let lower = inside.to_lowercase();
    let start = ["mailto:", "e-mail :", "email :", "mail :", "e-mail:", "email:", "mail:", "courriel :"]
        .into_iter()
        .find(|start| text::trim(&lower).starts_with(start));
    let bare = text::trim(inside);
    let bare = start.map_or(Some(bare), |start| bare.get(start.len()..))?;
    let mut bare = bare.to_owned();
    for sign in ["(at)", "[at]", "{at}", "(AT)", "[AT]", " at ", "(a)", "(arobase)", "[arobase]"] {
        bare = bare.replace(sign, "@");
    }
    for dot in ["(dot)", "[dot]", "(point)", "[point]", " dot ", " point "] {
        bare = bare.replace(dot, ".");
    }
    let mut parts = bare.split('@').map(|part| part.split('.').map(text::trim).collect::<Vec<_>>().join("."));
    let (local, domain) = (parts.next()?, parts.next()?);
    let domain = domain.trim_end_matches(['.', ',', ';', ':', ' ', '/']);
    parts.next().is_none().then(|| format!("{local}@{domain}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_addresses_are_put_together_where_they_may_be() {
        let mails = Purpose::Emails(Some('|'));
        assert_eq!(list(mails, "mailto:a@b.fr ; c@d.fr").as_deref(), Some("a@b.fr|c@d.fr"));
        assert_eq!(list(Purpose::WebAddresses(None), "www.a.fr").as_deref(), Some("https://www.a.fr"));
        for (purpose, text) in
            [(mails, "a@b.fr, accueil"), (Purpose::Emails(None), "a@b.fr, c@d.fr"), (Purpose::WebAddresses(None), "néant")]
        {
            assert_eq!(list(purpose, text), None, "{text}");
        }
    }

    #[test]
    fn addresses_get_their_beginning() {
        for (text, expected) in [
            ("www.ville.fr/x", "https://www.ville.fr/x"),
            ("ville.fr", "https://ville.fr"),
            ("http//ville.fr", "http://ville.fr"),
            ("http:/ville.fr", "http://ville.fr"),
            ("http:\\\\ville.fr", "http://ville.fr"),
            ("HTTPS://ville.fr/A", "https://ville.fr/A"),
            ("https:// ville.fr/mon doc.pdf", "https://ville.fr/mon%20doc.pdf"),
            ("<https://ville.fr>", "https://ville.fr"),
        ] {
            assert_eq!(link(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "néant", "mairie@ville.fr", "voir le site", "12.50", "ville .fr"] {
            assert_eq!(link(text), None, "{text}");
        }
    }

    #[test]
    fn e_mails_lose_what_stands_round_them() {
        for text in [
            "a@b.fr.",
            "mailto:a@b.fr",
            "<a@b.fr>",
            "Mairie <a@b.fr>",
            "a (at) b.fr",
            "a @ b . fr",
            "a[at]b[dot]fr",
            "Mail : a@b.fr;",
        ] {
            assert_eq!(address(text).as_deref(), Some("a@b.fr"), "{text}");
        }
        assert_eq!((address("a@b.fr, c@d.fr"), address("a.b.fr")), (None, None));
    }
}
