use crate::text;

/// A key word as data.gouv.fr writes it: small letters without accents, digits and hyphens, cut at 96 characters. `None` for
/// one of less than 3, which it refuses (`udata.tags`).
pub fn tag(typed: &str) -> Option<String> {
    let words = text::words(&typed.to_lowercase()).into_iter();
    let ascii = words.map(|word| word.chars().filter(char::is_ascii_alphanumeric).collect::<String>());
    let mut tag = ascii.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
    tag.truncate(96);
    (tag.len() >= 3).then_some(tag)
}

/// The key words of a text where commas or semicolons stand between them, each once.
pub fn tags(typed: &str) -> Vec<String> {
    let mut tags = Vec::new();
    for tag in typed.split([',', ';', '\n']).filter_map(tag) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_what_the_platform_makes_of_it() {
        for (typed, expected) in [
            ("Conseil municipal", Some("conseil-municipal")),
            ("  Éducation & œuvres ", Some("education-oeuvres")),
            ("l’eau", Some("l-eau")),
            ("2024_T1", Some("2024-t1")),
            ("SIRET", Some("siret")),
            ("ab", None),
            ("€", None),
        ] {
            assert_eq!(tag(typed).as_deref(), expected, "{typed}");
        }
        assert_eq!(tag(&"mot ".repeat(40)).map(|tag| tag.len()), Some(96));
        assert_eq!(tags("Vote, eau potable;vote"), ["vote", "eau-potable"]);
    }
}
