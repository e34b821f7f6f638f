use crate::text;

/// A text without the signs that make a spreadsheet take it for a formula, and no other; `None` where nothing is left.
/// `="00123"` is how a spreadsheet is told to leave a code alone: the code is what it shows.
pub fn harmless(value: &str) -> Option<String> {
    let quoted = value.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).filter(|code| !code.contains('"'));
    let mut left = text::trim(quoted.unwrap_or(value));
    while text::is_formula(left) {
        let mut characters = left.chars();
        characters.next();
        left = text::trim(characters.as_str());
    }
    (!left.is_empty() && left != value).then(|| left.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_makes_a_formula_goes() {
        for (value, left) in [
            ("=1+1", "1+1"),
            ("- Subvention", "Subvention"),
            ("=-5", "-5"),
            ("=+33 1", "+33 1"),
            ("--@x", "x"),
            ("=\"00123\"", "00123"),
            ("=\"a\"&\"b\"", "\"a\"&\"b\""),
            ("\t@x", "x"),
        ] {
            assert_eq!(harmless(value).as_deref(), Some(left), "{value}");
        }
        for nothing in ["=", "=@", "", "a", "-", "=\"\""] {
            assert_eq!(harmless(nothing), None, "{nothing}");
        }
    }
}
