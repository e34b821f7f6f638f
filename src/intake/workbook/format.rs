use super::{cell, grid::Grid};
use crate::intake::IntakeError;

/// What a number format makes of a number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Format {
    /// A number.
    #[default]
    Plain,
    /// A percentage.
    Percent,
    /// A date, a time or both.
    Moment,
    /// An elapsed time.
    Elapsed,
    /// A code with the zeros before it, as postcodes and telephone numbers are shown.
    Padded(Pattern),
}

/// What a format of codes shows, from left to right: the place of a figure, or a sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(Vec<Option<char>>);

impl Pattern {
    /// Reads the first section of a format's code, such as `00000`, `0#" "##` or `"2024-"000`; `None` where it does not ask for
    /// zeros that the number has not, or is that of an amount. Spaces between figures are for the eye, and what follows the last
    /// one is a unit.
    fn of(code: &str) -> Option<Pattern> {
        let mut shown = Vec::new();
        let mut chars = code.chars();
        // After a zero, any place of a figure shows one.
        let mut zeros = false;
        while let Some(c) = chars.next() {
            match c {
                ';' => break,
                '0' => {
                    zeros = true;
                    shown.push(None);
                }
                '#' => shown.extend(zeros.then_some(None)),
                '"' => shown.extend(chars.by_ref().take_while(|c| *c != '"').map(Some)),
                '\\' => shown.extend(chars.next().map(Some)),
                '_' | '*' => {
                    chars.next();
                }
                // A language, a colour; not a condition, nor a currency.
                '[' => {
                    let inner: String = chars.by_ref().take_while(|c| *c != ']').collect();
                    if inner.contains(['<', '>', '=', '€']) {
                        return None;
                    }
                }
                '-' | '/' | ' ' | '(' | ')' => shown.push(Some(c)),
                _ => return None,
            }
        }
        shown.retain(|shown| shown.is_none_or(|c| !c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}')));
        shown.truncate(shown.iter().rposition(Option::is_none)? + 1);
        (shown.iter().filter(|shown| shown.is_none()).count() > 1).then_some(Pattern(shown))
    }

    /// Writes a number; `None` where it is not a whole one.
    fn write(&self, number: f64) -> Option<String> {
        let whole = (0.0..1e15).contains(&number) && number == number.trunc();
        let digits = whole.then(|| format!("{}", number as u64))?;
        let places = self.0.iter().filter(|shown| shown.is_none()).count();
        let padded = format!("{digits:0>places$}");
        let (more, figures) = padded.split_at(padded.len() - places);
        let (mut more, mut figures) = (Some(more), figures.chars());
        let mut written = String::new();
        for shown in &self.0 {
            match shown {
                Some(sign) => written.push(*sign),
                None => {
                    written.push_str(more.take().unwrap_or_default());
                    written.extend(figures.next());
                }
            }
        }
        Some(written)
    }
}

impl Format {
    /// A format that every program knows by its number (ECMA-376 18.8.30); `None` for those that a workbook defines.
    pub fn known(id: u32) -> Option<Format> {
        match id {
            9 | 10 => Some(Format::Percent),
            14..=22 | 27..=36 | 45 | 47 | 50..=58 => Some(Format::Moment),
            46 => Some(Format::Elapsed),
            0..=49 => Some(Format::Plain),
            _ => None,
        }
    }

    /// Reads a format's code, such as `dd/mm/yyyy` or `0.00%`: only its first section, that of positive numbers.
    pub fn of(code: &str) -> Format {
        if ["general", "standard"].contains(&code.to_ascii_lowercase().as_str()) {
            return Format::Plain;
        }
        let mut format = Format::Plain;
        let mut chars = code.chars();
        while let Some(c) = chars.next() {
            match c.to_ascii_lowercase() {
                // The next character is shown as it is, or gives its width only.
                '\\' | '_' | '*' => {
                    chars.next();
                }
                '"' => {
                    chars.find(|c| *c == '"');
                }
                '[' => {
                    let inner: String = chars.by_ref().take_while(|c| *c != ']').collect();
                    let inner = inner.to_ascii_lowercase();
                    if ['h', 'm', 's'].iter().any(|unit| !inner.is_empty() && inner.chars().all(|c| c == *unit)) {
                        return Format::Elapsed;
                    }
                }
                'd' | 'm' | 'h' | 'y' | 's' => return Format::Moment,
                '%' => format = Format::Percent,
                ';' => break,
                _ => {}
            }
        }
        let padded = (format == Format::Plain).then(|| Pattern::of(code)).flatten();
        padded.map_or(format, Format::Padded)
    }

    /// Puts a number, written as its format wants.
    pub fn put(&self, grid: &mut Grid, row: u32, column: u32, number: f64, epoch_1904: bool) -> Result<(), IntakeError> {
        match self {
            Format::Moment => {
                grid.facts.native_dates += 1;
                grid.put(row, column, &cell::moment(number, epoch_1904))
            }
            Format::Elapsed => grid.put(row, column, &cell::elapsed(number)),
            Format::Plain | Format::Percent => {
                grid.facts.percentages += u32::from(*self == Format::Percent);
                grid.put(row, column, &cell::number(number))
            }
            Format::Padded(pattern) => {
                let plain = cell::number(number);
                let written = pattern.write(number).filter(|written| *written != plain);
                grid.facts.padded += u32::from(written.is_some());
                grid.put(row, column, &written.unwrap_or(plain))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_say_what_they_show() {
        for (code, format) in [
            ("General", Format::Plain),
            ("Standard", Format::Plain),
            ("#,##0.00\\ \"dh\";[Red]-0%", Format::Plain),
            ("_-* #,##0.00\\ [$€-40C]_-", Format::Plain),
            ("0.0\\%", Format::Plain),
            ("0.00%", Format::Percent),
            ("[$-40C]d mmmm yyyy;@", Format::Moment),
            ("jj/mm/aaaa", Format::Moment),
            ("h:mm AM/PM", Format::Moment),
            ("[hh]:mm", Format::Elapsed),
            ("[Red]0", Format::Plain),
            ("\"unclosed d", Format::Plain),
        ] {
            assert_eq!(Format::of(code), format, "{code}");
        }
        for (code, number, shown) in [
            ("00000", 1000.0, Some("01000")),
            ("[$-40C]00000", 75001.0, Some("75001")),
            ("0#\" \"##\" \"##\" \"##\" \"##", 102_030_405.0, Some("0102030405")),
            ("0#\\ ##\\ ##\\ ##\\ ##", 33_102_030_405.0, Some("33102030405")),
            ("000\" \"000\" \"000\" \"00000", 1_860_194_600_013.0, Some("01860194600013")),
            ("\"2024-\"000", 7.0, Some("2024-007")),
            ("00\\-000", 12_345.0, Some("12-345")),
            ("#00", 7.0, Some("07")),
            ("00000;-00000", 12.5, None),
            ("00000", -1.0, None),
        ] {
            let Format::Padded(pattern) = Format::of(code) else { panic!("{code}") };
            assert_eq!(pattern.write(number).as_deref(), shown, "{code}");
        }
        for code in
            ["0", "#,##0", "#\\ ##0", "0\" kg\"", "00.00", "0000 %", "00E+00", "00\\ [$€-40C]", "000,000", "[<100]00;0", "??00"]
        {
            assert!(!matches!(Format::of(code), Format::Padded(_)), "{code}");
        }
        assert_eq!(
            (Format::known(14), Format::known(10), Format::known(164)),
            (Some(Format::Moment), Some(Format::Percent), None)
        );
    }
}
