//! Numbers as people write them in France, with what they put round them.

use super::{Fix, Proposal, Unit};
use crate::{
    schema::{CompiledField, Constraint},
    text,
    value::{Decimal, Kind, Value},
};

/// What a number was written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dress {
    /// Nothing, or euros.
    Bare,
    /// A percent sign.
    Percent,
    /// Thousands or millions of euros: so many zeros.
    Multiple(i32),
    /// A unit.
    Unit(Unit),
}

/// A decimal number, digit by digit: nothing is rounded.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Plain {
    negative: bool,
    /// The digits, the decimal point left out.
    digits: String,
    /// How many of them are decimals.
    places: usize,
    /// Whether it was written with an exponent.
    scientific: bool,
}

/// What a text may become in a field of numbers: `1 234,50 €`, `(12,5)`, `22 kW`, `12 k€`, `10 %`.
pub fn candidates(field: &CompiledField, text: &str) -> Vec<Proposal> {
    let (Kind::Integer(options) | Kind::Number(options)) = &field.kind else { return Vec::new() };
    let Some((plain, dress)) = read(text) else { return ordinal(field, text).into_iter().collect() };
    let (fix, number) = match dress {
        Dress::Bare => (Fix::Number, plain),
        Dress::Percent => match share(field) {
            Some(places) => (Fix::Percent, plain.scaled(places).shortest()),
            None => return Vec::new(),
        },
        Dress::Multiple(zeros) => (Fix::Multiple, plain.scaled(zeros).shortest()),
        Dress::Unit(unit) => in_unit(field, plain, unit),
    };
    // A whole number may be written with decimals of zero.
    let number = if matches!(field.kind, Kind::Integer(_)) || number.scientific { number.shortest() } else { number };
    let point = options.decimal_char.as_deref().filter(|point| !point.is_empty()).unwrap_or(".");
    vec![Proposal::Sure { fix, to: number.written(point) }]
}

/// What a number with its unit may become in a field of texts whose form takes figures.
pub fn measured(field: &CompiledField, text: &str) -> Option<Proposal> {
    let (plain, Dress::Unit(unit)) = read(text)? else { return None };
    let (fix, number) = in_unit(field, plain, unit);
    (!matches!(fix, Fix::Unit(_))).then(|| Proposal::Sure { fix, to: number.written(".") })
}

/// A number in the unit that the field says it is in.
fn in_unit(field: &CompiledField, plain: Plain, unit: Unit) -> (Fix, Plain) {
    match unit.powers_to(&Unit::named_in(&field.about)) {
        Some(0) => (Fix::FieldUnit(unit), plain),
        Some(powers) => (Fix::Converted(unit), plain.scaled(powers).shortest()),
        None => (Fix::Unit(unit), plain),
    }
}

/// The number of a rank: `1er`, `2nde`, `3ème`, `4e`.
fn ordinal(field: &CompiledField, text: &str) -> Option<Proposal> {
    let end = text.find(|c: char| !c.is_ascii_digit()).filter(|end| (1..=3).contains(end))?;
    let (digits, rest) = text.split_at_checked(end)?;
    let rank = ["er", "ere", "re", "e", "eme", "nd", "nde"].contains(&text::fold(rest).as_str());
    (rank && matches!(field.kind, Kind::Integer(_))).then(|| Proposal::Sure { fix: Fix::Ordinal, to: digits.to_owned() })
}

/// What a comma may become in a text whose form has a dot: `8,4` for a code of the ACTES classification.
pub fn dotted(text: &str) -> Option<Proposal> {
    let figures = text.chars().all(|c| c.is_ascii_digit() || c == ',') && text.matches(',').count() == 1;
    figures.then(|| Proposal::Sure { fix: Fix::Number, to: text.replace(',', ".") })
}

/// By how many powers of ten a percentage is to be multiplied to fit the field: none where 100 is the most
/// that it takes, two below where 1 is; `None` where its bounds do not say.
fn share(field: &CompiledField) -> Option<i32> {
    let most = field.constraints.iter().find_map(|constraint| match constraint {
        Constraint::Maximum(Value::Number(most)) | Constraint::ExclusiveMaximum(Value::Number(most)) => Some(*most),
        _ => None,
    })?;
    [(Decimal::new(1, 0), -2), (Decimal::new(100, 0), 0)].into_iter().find(|(bound, _)| most == *bound).map(|(_, places)| places)
}

/// Reads a number with its dress; `None` where it is none, or may be two.
fn read(value: &str) -> Option<(Plain, Dress)> {
    let value = text::trim(value);
    // Accountants put what is owed between parentheses.
    let (owed, value) = match value.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inside) => (true, text::trim(inside)),
        None => (false, value),
    };
    let (negative, value) = match value.strip_prefix(['-', '−', '–']) {
        Some(rest) => (true, text::trim(rest)),
        None => (false, value.strip_prefix('+').unwrap_or(value)),
    };
    let value = text::trim(value.strip_prefix('€').unwrap_or(value));
    let end = value
        .char_indices()
        .find(|(at, c)| !(c.is_ascii_digit() || is_group(*c) || matches!(c, '.' | ',') || is_exponent(value, *at)))
        .map_or(value.len(), |(at, _)| at);
    let (figures, rest) = (text::trim(value.get(..end)?), text::trim(value.get(end..)?));
    let mut plain = figured(figures)?;
    let dress = dress(rest)?;
    // Twice a sign says nothing clear.
    if owed && negative {
        return None;
    }
    plain.negative = owed || negative;
    Some((plain, dress))
}

fn dress(rest: &str) -> Option<Dress> {
    // Typed by hand, a unit may have spaces of its own and a full stop.
    let tight = rest.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    let currency = ["", "€", "eur", "euro", "euros", ",-€", "€uros"];
    if currency.contains(&tight.as_str()) {
        return Some(Dress::Bare);
    }
    Some(match tight.as_str() {
        "%" | "pourcent" | "pct" => Dress::Percent,
        "k€" | "ke" | "keur" | "keuros" | "milliersd'euros" | "milliers€" => Dress::Multiple(3),
        "m€" | "meur" | "meuros" | "millionsd'euros" | "milliond'euros" | "millionsd’euros" | "milliond’euros" => {
            Dress::Multiple(6)
        }
        "md€" | "mds€" | "milliardsd'euros" | "milliardd'euros" => Dress::Multiple(9),
        _ => Dress::Unit(Unit::read(&rest.split_whitespace().collect::<Vec<_>>().join(" "))?),
    })
}

/// Whether an `e` stands at a place where it makes an exponent: after a digit, before digits.
fn is_exponent(value: &str, at: usize) -> bool {
    let (before, from) = value.split_at_checked(at).unwrap_or_default();
    let Some(after) = from.strip_prefix(['e', 'E']) else {
        // Its sign.
        return from.starts_with(['+', '-']) && before.ends_with(['e', 'E']) && before.len() > 1;
    };
    let digits = after.strip_prefix(['+', '-']).unwrap_or(after);
    before.ends_with(|c: char| c.is_ascii_digit()) && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Spaces and apostrophes between thousands.
fn is_group(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\'' | '’')
}

/// Reads figures. The last of commas and dots, where there are both, is the decimal one. A comma alone is
/// decimal, as French writing has it; several, or several dots, part thousands.
fn figured(figures: &str) -> Option<Plain> {
    let (figures, exponent) = match figures.split_once(['e', 'E']) {
        Some((figures, exponent)) => (figures, Some(exponent.parse::<i32>().ok().filter(|n| n.abs() <= 30)?)),
        None => (figures, None),
    };
    let (commas, dots) = (figures.matches(',').count(), figures.matches('.').count());
    let decimal = match (figures.rfind(','), figures.rfind('.')) {
        (Some(comma), Some(dot)) if commas == 1 || dots == 1 => {
            let last = comma.max(dot);
            let single = if last == comma { commas } else { dots };
            (single == 1).then_some(Some(last))?
        }
        (Some(_), Some(_)) => return None,
        (Some(at), None) if commas == 1 => Some(at),
        (None, Some(at)) if dots == 1 => Some(at),
        _ => None,
    };
    let (whole, fraction) = match decimal {
        Some(at) => (figures.get(..at)?, figures.get(at + 1..)?),
        None => (figures, ""),
    };
    let groups: Vec<&str> = whole.split(|c: char| is_group(c) || matches!(c, ',' | '.')).collect();
    let thousands = |group: &&str| group.len() == 3;
    let parted = match groups.as_slice() {
        [_] => true,
        [first, rest @ ..] => (1..=3).contains(&first.len()) && rest.iter().all(thousands),
        [] => false,
    };
    let digits: String = groups.concat() + fraction;
    if !parted || digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) || (fraction.is_empty() && whole.is_empty()) {
        return None;
    }
    let plain = Plain { negative: false, digits, places: fraction.len(), scientific: exponent.is_some() };
    match exponent {
        // A spreadsheet shows few decimals of a long number: zeros that it did not show are not known.
        Some(exponent) if i64::from(exponent) > plain.places as i64 => None,
        Some(exponent) => Some(plain.scaled(exponent)),
        None => Some(plain),
    }
}

impl Plain {
    /// So many powers of ten larger.
    fn scaled(mut self, powers: i32) -> Plain {
        for _ in 0..powers.max(0) {
            match self.places.checked_sub(1) {
                Some(places) => self.places = places,
                None => self.digits.push('0'),
            }
        }
        self.places += usize::try_from(-powers).unwrap_or_default();
        self
    }

    /// Without the zeros that end its decimals.
    fn shortest(mut self) -> Plain {
        while self.places > 0 && self.places <= self.digits.len() && self.digits.ends_with('0') {
            self.digits.pop();
            self.places -= 1;
        }
        self
    }

    /// As it is written, with this decimal point.
    fn written(&self, point: &str) -> String {
        let digits = format!("{:0>width$}", self.digits, width = self.places + 1);
        let (whole, fraction) = digits.split_at_checked(digits.len() - self.places).unwrap_or((&digits, ""));
        let trimmed = whole.trim_start_matches('0');
        let whole = if trimmed.is_empty() { "0" } else { trimmed };
        let sign = if self.negative { "-" } else { "" };
        if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}{point}{fraction}") }
    }
}

/// The digits of an identifier that a spreadsheet took for a number: `21860194600013.0`, or
/// `2,1860194600013E+13` where it shows them all.
pub fn digits_of_code(value: &str) -> Option<String> {
    let figures = value.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'e' | b'E' | b'+'));
    let plain = figures.then(|| figured(value)).flatten()?;
    let at = plain.digits.len().checked_sub(plain.places)?;
    let zeros = plain.digits.get(at..)?.bytes().all(|b| b == b'0');
    (value.contains(['.', ',']) && zeros && at > 0).then(|| plain.digits.get(..at).map(str::to_owned)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Option<(String, Dress)> {
        read(text).map(|(number, dress)| (number.written("."), dress))
    }

    #[test]
    fn numbers_are_read_as_they_are_written() {
        for (text, number) in [
            ("1 234,50", "1234.50"),
            ("1\u{a0}234,50 €", "1234.50"),
            ("1\u{202f}234\u{2009}567", "1234567"),
            ("1'234’567.5", "1234567.5"),
            ("€ 12", "12"),
            ("1.234,5", "1234.5"),
            ("1,234.5", "1234.5"),
            ("1.234.567", "1234567"),
            ("(12,5)", "-12.5"),
            ("− 3", "-3"),
            ("+3", "3"),
            (",5", "0.5"),
            ("1,5E+1", "15"),
            ("1,5e-3", "0.0015"),
            ("12 euros", "12"),
        ] {
            assert_eq!(plain(text), Some((number.to_owned(), Dress::Bare)), "{text}");
        }
        for text in [
            "",
            "€",
            "1,2,3",
            "12 34",
            "1 2",
            "douze",
            "1,5E+6",
            "1-2",
            "12/3",
            "(-3)",
            "3 ou 4",
            "1,2.3,4",
            "12 foo",
            ".",
            "1.234,5.6",
        ] {
            assert_eq!(plain(text), None, "{text}");
        }
    }

    #[test]
    fn what_stands_after_a_number_is_not_lost() {
        assert_eq!(plain("12 k€"), Some(("12".to_owned(), Dress::Multiple(3))));
        assert_eq!(plain("1,5 M€"), Some(("1.5".to_owned(), Dress::Multiple(6))));
        assert_eq!(plain("10 %"), Some(("10".to_owned(), Dress::Percent)));
        assert_eq!(plain("22 kW"), Some(("22".to_owned(), Dress::Unit(Unit::Kilowatt))));
        assert_eq!(plain("150m²"), Some(("150".to_owned(), Dress::Unit(Unit::SquareMetre))));
        assert_eq!(read("1,5").unwrap().0.scaled(3).shortest().written("."), "1500");
        assert_eq!(read("100").unwrap().0.scaled(-2).shortest().written("."), "1");
        assert_eq!(read("2,5").unwrap().0.scaled(-2).shortest().written(","), "0,025");
    }

    #[test]
    fn codes_come_back_where_no_digit_was_lost() {
        assert_eq!(digits_of_code("21860194600013.0").as_deref(), Some("21860194600013"));
        assert_eq!(digits_of_code("2,1860194600013E+13").as_deref(), Some("21860194600013"));
        for text in ["2,18602E+13", "12.5", "12", "a.0", ".0"] {
            assert_eq!(digits_of_code(text), None, "{text}");
        }
    }
}
