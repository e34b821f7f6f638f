use fancy_regex::{Regex, RegexBuilder};

/// Steps of backtracking after which a cell is declared unverifiable, so that no pattern can hang.
const STEPS: usize = 100_000;

/// A `pattern` constraint with Python's meaning: anchored at both ends, where the end may be
/// followed by one line feed.
#[derive(Debug, Clone)]
pub struct Pattern {
    regex: Regex,
}

/// What a pattern says of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// It fits.
    Yes,
    /// It does not.
    No,
    /// Too many steps: nobody can tell.
    Unverifiable,
}

impl Pattern {
    /// Compiles a pattern; `None` where it is not a regular expression that we can read.
    pub fn new(pattern: &str) -> Option<Pattern> {
        // The reference engine writes `^` before and `$` after, then matches from the start.
        let whole = format!("\\A(?:^{}$)", plain_escapes(pattern));
        let regex = RegexBuilder::new(&whole).backtrack_limit(STEPS).delegate_size_limit(1 << 20).build().ok()?;
        Some(Pattern { regex })
    }

    /// Tries a cell's text.
    pub fn matches(&self, text: &str) -> Match {
        let mut outcome = self.find(text);
        if outcome == Match::No
            && let Some(without) = text.strip_suffix('\n')
        {
            outcome = self.find(without);
        }
        outcome
    }

    fn find(&self, text: &str) -> Match {
        match self.regex.is_match(text) {
            Ok(true) => Match::Yes,
            Ok(false) => Match::No,
            Err(_) => Match::Unverifiable,
        }
    }
}

/// Python lets any character that is not an ASCII letter or digit be escaped; Rust does not.
fn plain_escapes(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(next)
                if c == '\\'
                    && (!next.is_ascii() || matches!(next, '\'' | '"' | ' ' | '/' | '<' | '>' | ',' | ':' | ';' | '=' | '@')) => {
            }
            Some('\\') if c == '\\' => {
                out.push(c);
                out.extend(chars.next());
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(pattern: &str, text: &str) -> bool {
        Pattern::new(pattern).unwrap().matches(text) == Match::Yes
    }

    #[test]
    fn means_what_python_means() {
        assert!(fits(r"^\d{14}$", "21860194600013"));
        assert!(fits(r"^\d{14}$", "21860194600013\n"));
        assert!(!fits(r"\d{2}", "123"));
        assert!(fits("a|b", "b") && !fits("a|b", "cb"));
        assert!(fits(r"^[a-z\-\'\s\u00C0-\u00FF]+$", "l'été - é"));
        assert!(fits(r"^\é+$", "éé"));
        assert!(fits(r"^(\d)\1+$", "77"));
        assert!(Pattern::new("(").is_none());
    }

    #[test]
    fn never_hangs() {
        let evil = Pattern::new(r"^(a+)+\1$").unwrap();
        assert_ne!(
            evil.matches(
                &"a".repeat(60)
                    .replace("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", &format!("{}b", "a".repeat(59)))
            ),
            Match::Yes
        );
    }
}
