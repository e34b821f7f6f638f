/// The form that a text must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextFormat {
    /// Any text.
    Any,
    /// An address with a scheme (RFC 3986, as loosely as the reference engine reads it).
    Uri,
    /// An e-mail address.
    Email,
    /// A universally unique identifier.
    Uuid,
    /// Base64.
    Binary,
    /// A geometry in Well-Known Text.
    Wkt,
}

impl TextFormat {
    /// Whether the text has this form.
    pub fn accepts(self, text: &str) -> bool {
        match self {
            TextFormat::Any => true,
            TextFormat::Uri => is_uri(text),
            TextFormat::Email => is_email(text),
            TextFormat::Uuid => is_uuid(text),
            TextFormat::Binary => is_base64(text),
            TextFormat::Wkt => super::wkt::is_wkt(text),
        }
    }
}

/// Only the scheme counts: a letter, then letters, digits, `+`, `.` or `-`, then a colon.
fn is_uri(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, _)| {
        let mut chars = scheme.chars();
        chars.next().is_some_and(|c| c.is_ascii_alphabetic())
            && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-'))
    })
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    if local.is_empty() || local.chars().count() > 64 || domain.chars().count() > 253 {
        return false;
    }
    let inside = local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let quoted = inside.is_some_and(|text| !text.is_empty() && !text.contains([' ', '"', '\t', '\n', '\r']));
    let atom = |part: &str| {
        !part.is_empty()
            && part.chars().all(|c| {
                c.is_ascii_alphanumeric()
                    || "!#$%&'*+/=?^_`{}|~-".contains(c)
                    || (c.is_alphabetic() && ('\u{c0}'..='\u{24f}').contains(&c))
            })
    };
    (quoted || local.split('.').all(atom)) && is_host(domain)
}

fn is_host(domain: &str) -> bool {
    let labels: Vec<&str> = domain.split('.').collect();
    let label = |part: &&str| {
        !part.is_empty()
            && part.chars().count() <= 63
            && !part.starts_with('-')
            && !part.ends_with('-')
            && part.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    labels.len() >= 2
        && labels.iter().all(label)
        && labels.last().is_some_and(|tld| tld.chars().count() >= 2 && tld.chars().all(|c| c.is_alphabetic() || c == '-'))
}

fn is_uuid(text: &str) -> bool {
    let text = text.replace("urn:", "").replace("uuid:", "");
    let digits = text.trim_matches(['{', '}']).replace('-', "");
    digits.chars().count() == 32 && digits.chars().all(|c| c.is_ascii_hexdigit())
}

/// Characters outside the alphabet are passed over; what is left must end on a whole group.
fn is_base64(text: &str) -> bool {
    let mut symbols = 0_usize;
    let mut padding = 0_usize;
    for c in text.chars() {
        if !c.is_ascii() {
            return false;
        }
        if c == '=' {
            padding += 1;
            if symbols % 4 >= 2 && symbols % 4 + padding >= 4 {
                return true;
            }
        } else if c.is_ascii_alphanumeric() || c == '+' || c == '/' {
            symbols += 1;
            padding = 0;
        }
    }
    symbols.is_multiple_of(4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uri_needs_only_its_scheme() {
        for good in ["http://", "mailto:x", "https://é.fr/ça", "http://a b.fr"] {
            assert!(is_uri(good), "{good}");
        }
        for bad in ["a.fr", "://a", " http://a.fr", "1http://x", ""] {
            assert!(!is_uri(bad), "{bad}");
        }
    }

    #[test]
    fn an_email_has_one_at_and_a_host() {
        for good in ["a@b.fr", "prénom.nom@mairie-exemple.fr", "x+y@a.co"] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["a@b", "a b@c.fr", "\"a b\"@c.fr", "a@@b.fr", ".a@b.fr", "a@-b.fr", "a@b_c.fr", " a@b.fr", "a@localhost"] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
