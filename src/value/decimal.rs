use std::cmp::Ordering;

/// A decimal number as Python's `Decimal` reads it, exact up to 38 significant digits (further
/// digits are dropped, which is beyond any published measure).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decimal {
    /// `mantissa × 10^exponent`, without trailing zeros in the mantissa.
    Finite {
        /// Signed significant digits.
        mantissa: i128,
        /// Power of ten.
        exponent: i64,
    },
    /// Positive or negative infinity.
    Infinite {
        /// Whether it is below every number.
        negative: bool,
    },
    /// Not a number: equal to nothing, comparable with nothing.
    NaN,
}

impl Decimal {
    /// Builds the canonical form: `10 × 10^0` and `1 × 10^1` are one value.
    pub fn new(mut mantissa: i128, mut exponent: i64) -> Decimal {
        if let Ok(small) = i64::try_from(mantissa) {
            return Decimal::small(small, exponent);
        }
        while mantissa % 10 == 0 {
            mantissa /= 10;
            exponent = exponent.saturating_add(1);
        }
        Decimal::Finite { mantissa, exponent }
    }

    /// The same, of a number whose digits fit in 64 bits, which are quicker.
    fn small(mut mantissa: i64, mut exponent: i64) -> Decimal {
        if mantissa == 0 {
            return Decimal::Finite { mantissa: 0, exponent: 0 };
        }
        while mantissa % 10 == 0 {
            mantissa /= 10;
            exponent = exponent.saturating_add(1);
        }
        Decimal::Finite { mantissa: i128::from(mantissa), exponent }
    }

    /// Reads what Python's `Decimal()` accepts, once trimmed: sign, digits of any script, one dot,
    /// exponent, underscores anywhere, `Infinity`, `NaN`.
    pub fn parse(text: &str) -> Option<Decimal> {
        if let Some(plain) = plain(text) {
            return Some(plain);
        }
        let text: String = text.chars().filter(|c| *c != '_').collect();
        let (negative, body) = match text.strip_prefix(['+', '-']) {
            Some(rest) => (text.starts_with('-'), rest),
            None => (false, text.as_str()),
        };
        let lower = body.to_lowercase();
        if matches!(lower.as_str(), "inf" | "infinity") {
            return Some(Decimal::Infinite { negative });
        }
        let payload = lower.strip_prefix("snan").or_else(|| lower.strip_prefix("nan"));
        if payload.is_some_and(|digits| digits.chars().all(|c| super::digit(c).is_some())) {
            return Some(Decimal::NaN);
        }
        let (number, exponent) = match lower.split_once('e') {
            Some((number, exponent)) => (number.to_owned(), signed(exponent)?),
            None => (lower, 0),
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((&number, ""));
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        let mut mantissa: i128 = 0;
        let mut dropped = 0_i64;
        for c in whole.chars().chain(fraction.chars()) {
            let digit = i128::from(super::digit(c)?);
            match mantissa.checked_mul(10).and_then(|m| m.checked_add(digit)) {
                Some(m) if dropped == 0 => mantissa = m,
                _ => dropped += 1,
            }
        }
        let places = i64::try_from(fraction.chars().count()).ok()?;
        let exponent = exponent.saturating_sub(places).saturating_add(dropped);
        Some(Decimal::new(if negative { -mantissa } else { mantissa }, exponent))
    }

    /// The sum, `None` where it is not a number or does not fit in 38 digits.
    #[inline]
    pub fn plus(self, other: Decimal) -> Option<Decimal> {
        let (Decimal::Finite { mantissa: a, exponent: x }, Decimal::Finite { mantissa: b, exponent: y }) = (self, other) else {
            return None;
        };
        if a == 0 || b == 0 {
            return Some(if a == 0 { other } else { self });
        }
        let low = x.min(y);
        let (a, b) = (scaled(a, x.saturating_sub(low))?, scaled(b, y.saturating_sub(low))?);
        Some(Decimal::new(a.checked_add(b)?, low))
    }

    /// So many times the number, `None` where it is not a number or does not fit in 38 digits.
    pub fn times(self, factor: i64) -> Option<Decimal> {
        let Decimal::Finite { mantissa, exponent } = self else { return None };
        Some(Decimal::new(mantissa.checked_mul(i128::from(factor))?, exponent))
    }

    /// Whether its size is at most `bound`.
    pub fn is_within(self, bound: i64) -> bool {
        // What it is in units of its last digit, where that is a whole number of these that 64 bits hold.
        let scaled = |exponent: i64| bound.checked_mul(*POWERS.get(usize::try_from(exponent.checked_neg()?).ok()?)?);
        match self {
            Decimal::Finite { mantissa, exponent } => match (i64::try_from(mantissa), scaled(exponent)) {
                (Ok(mantissa), Some(bound)) => mantissa.unsigned_abs() <= bound.unsigned_abs(),
                _ => self >= Decimal::new(-i128::from(bound), 0) && self <= Decimal::new(i128::from(bound), 0),
            },
            _ => false,
        }
    }

    /// Whether it is zero (a number that Python calls false).
    pub fn is_zero(self) -> bool {
        matches!(self, Decimal::Finite { mantissa: 0, .. })
    }
}

/// The powers of ten that 64 bits hold.
const POWERS: [i64; 19] = [
    1,
    10,
    100,
    1000,
    10_000,
    100_000,
    1_000_000,
    10_000_000,
    100_000_000,
    1_000_000_000,
    10_000_000_000,
    100_000_000_000,
    1_000_000_000_000,
    10_000_000_000_000,
    100_000_000_000_000,
    1_000_000_000_000_000,
    10_000_000_000_000_000,
    100_000_000_000_000_000,
    1_000_000_000_000_000_000,
];

/// Most numbers are a few digits and a dot at most: they are read without a copy, in 64 bits.
fn plain(text: &str) -> Option<Decimal> {
    let (negative, body) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    if body.len() > 18 || body.starts_with('.') || body.is_empty() {
        return None;
    }
    let (mut mantissa, mut places) = (0_i64, None);
    for byte in body.bytes() {
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa * 10 + i64::from(byte - b'0');
                places = places.map(|n: i64| n + 1);
            }
            b'.' if places.is_none() => places = Some(0),
            _ => return None,
        }
    }
    Some(Decimal::small(if negative { -mantissa } else { mantissa }, -places.unwrap_or_default()))
}

impl PartialOrd for Decimal {
    #[inline]
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        let rank = |d: &Decimal| match d {
            Decimal::Infinite { negative: true } => -1,
            Decimal::Infinite { negative: false } => 1,
            _ => 0,
        };
        match (self, other) {
            (Decimal::NaN, _) | (_, Decimal::NaN) => None,
            (Decimal::Finite { mantissa: a, exponent: x }, Decimal::Finite { mantissa: b, exponent: y }) => {
                if x == y {
                    return Some(a.cmp(b));
                }
                if a.signum() != b.signum() {
                    return Some(a.signum().cmp(&b.signum()));
                }
                let low = *x.min(y);
                match (scaled(*a, x.saturating_sub(low)), scaled(*b, y.saturating_sub(low))) {
                    (Some(a), Some(b)) => Some(a.cmp(&b)),
                    // One of them is at least 10^38 units of the other's last digit.
                    (None, _) => Some(a.signum().cmp(&0)),
                    (_, None) => Some(0.cmp(&b.signum())),
                }
            }
            (a, b) => Some(rank(a).cmp(&rank(b))),
        }
    }
}

fn signed(text: &str) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix(['+', '-']) {
        Some(rest) => (text.starts_with('-'), rest),
        None => (false, text),
    };
    if digits.is_empty() {
        return None;
    }
    let mut n = 0_i64;
    for c in digits.chars() {
        n = n.saturating_mul(10).saturating_add(i64::from(super::digit(c)?));
    }
    Some(if negative { n.saturating_neg() } else { n })
}

#[inline]
fn scaled(mantissa: i128, by: i64) -> Option<i128> {
    let by = u32::try_from(by).ok()?;
    // The product of two numbers of 64 bits always fits.
    if let (Ok(mantissa), Some(power)) = (i64::try_from(mantissa), POWERS.get(by as usize)) {
        return Some(i128::from(mantissa) * i128::from(*power));
    }
    mantissa.checked_mul(10_i128.checked_pow(by)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn one_value_has_one_form() {
        assert_eq!(d("1.0"), d("01"));
        assert_eq!(d("1e2"), d("1_0_0"));
        assert_eq!(d("-0"), d("0.000"));
        for bad in ["", ".", "1,5", "1 000", "e5", "1e", "--1", "nanx"] {
            assert!(Decimal::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_bound_is_of_the_size() {
        assert!(POWERS.iter().zip(0..).all(|(power, n)| *power == 10_i64.pow(n)));
        for (text, within) in [("90", true), ("-90", true), ("9e1", true), ("90.0000001", false), ("-90.1", false), ("0", true)] {
            assert_eq!(d(text).is_within(90), within, "{text}");
        }
        for far in ["1e300", "-1e20", "Infinity", "-inf", "NaN", "91", "900"] {
            assert!(!d(far).is_within(90), "{far}");
        }
        assert!(d("1e-300").is_within(0) == (d("1e-300") <= d("0")) && d("0.12345678901234567890123").is_within(90));
    }

    #[test]
    fn compares_and_adds_exactly() {
        assert!(d("0.1") < d("0.10000000000000001"));
        assert!(d("-inf") < d("-1e400") && d("1e400") < d("Infinity"));
        assert_eq!(d("1e400").partial_cmp(&d("2")), Some(Ordering::Greater));
        assert_eq!(d("NaN").partial_cmp(&d("1")), None);
        assert_eq!(d("0.1").plus(d("0.2")), Some(d("0.3")));
        assert_eq!(d("0").plus(d("1e60")), Some(d("1e60")));
    }
}
