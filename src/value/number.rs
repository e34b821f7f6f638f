use super::{Decimal, digit, strip};

/// How a number is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberOptions {
    /// The decimal separator, where the schema declares one.
    pub decimal_char: Option<String>,
    /// The thousands separator, where the schema declares one.
    pub group_char: Option<String>,
    /// `false`: what stands before and after the digits (a currency, a percent sign) is set aside.
    pub bare: bool,
    /// Read as a binary floating-point number rather than a decimal one.
    pub float: bool,
}

impl Default for NumberOptions {
    fn default() -> Self {
        NumberOptions { decimal_char: None, group_char: None, bare: true, float: false }
    }
}

/// Reads what Python's `int()` accepts: trimmed, a sign, digits of any script, single underscores between
/// digits. The thousands separator is that of Table Schema v2, which the reference engine does not read yet.
pub fn parse_integer(text: &str, options: &NumberOptions) -> Option<Decimal> {
    let text = strip(text);
    let text = if options.bare { text } else { undress(text) };
    let ungrouped;
    let text = match options.group_char.as_deref().filter(|group| !group.is_empty()) {
        Some(group) => {
            ungrouped = text.replace(group, "");
            &ungrouped
        }
        None => text,
    };
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    between_digits(digits).then(|| Decimal::parse(text)).flatten()
}

/// Reads what Python's `Decimal()` accepts, after the separators of `options` are put aside.
pub fn parse_number(text: &str, options: &NumberOptions) -> Option<Decimal> {
    let text = strip(text);
    let mut owned;
    let mut text = text;
    if options.decimal_char.is_some() || options.group_char.is_some() || !options.bare {
        owned = if options.bare { text.to_owned() } else { undress(text).to_owned() };
        if let Some(group) = options.group_char.as_deref().filter(|g| !g.is_empty()) {
            owned = owned.replace(group, "");
        }
        if let Some(point) = options.decimal_char.as_deref().filter(|p| *p != "." && !p.is_empty()) {
            if owned.contains('.') {
                return None;
            }
            owned = owned.replace(point, ".");
        }
        text = &owned;
    }
    if options.float { parse_float(text) } else { Decimal::parse(text) }
}

/// Python's `float()`: underscores stand only between digits, and what overflows is infinite.
fn parse_float(text: &str) -> Option<Decimal> {
    let digits: Vec<char> = text.chars().collect();
    let lonely = digits.iter().enumerate().any(|(i, c)| {
        let near = |at: Option<usize>| at.and_then(|at| digits.get(at)).is_some_and(|c| digit(*c).is_some());
        *c == '_' && !(near(i.checked_sub(1)) && near(Some(i + 1)))
    });
    if lonely || text.to_lowercase().contains("snan") {
        return None;
    }
    let ascii: String = digits.iter().filter(|c| **c != '_').map(|c| digit(*c).map_or(*c, |d| char::from(b'0' + d))).collect();
    let number: f64 = ascii.parse().ok()?;
    if number.is_infinite() {
        return Some(Decimal::Infinite { negative: number < 0.0 });
    }
    Decimal::parse(&format!("{number:e}"))
}

/// Drops what is not a digit before (but a minus) and after the number: `bareNumber: false`.
fn undress(text: &str) -> &str {
    text.trim_start_matches(|c: char| digit(c).is_none() && c != '-').trim_end_matches(|c: char| digit(c).is_none())
}

fn between_digits(text: &str) -> bool {
    !text.is_empty() && text.split('_').all(|part| !part.is_empty() && part.chars().all(|c| digit(c).is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_pythons() {
        let bare = NumberOptions::default();
        for good in ["12", " 12 ", "+12", "-0", "1_000", "007", "٣"] {
            assert!(parse_integer(good, &bare).is_some(), "{good}");
        }
        for bad in ["12.0", "1e3", "0x10", "²", "1 000", "_1", "1__0", "", "+"] {
            assert!(parse_integer(bad, &bare).is_none(), "{bad}");
        }
        let dressed = NumberOptions { bare: false, ..bare };
        assert_eq!(parse_integer("env. 12 €", &dressed), Decimal::parse("12"));
    }

    #[test]
    fn separators_count_only_where_declared() {
        let comma = NumberOptions { decimal_char: Some(",".into()), group_char: Some(" ".into()), ..NumberOptions::default() };
        assert_eq!(parse_number("1 234,5", &comma), Decimal::parse("1234.5"));
        assert!(parse_number("1.5", &comma).is_none());
        assert!(parse_number("1,5", &NumberOptions::default()).is_none());
    }
}
