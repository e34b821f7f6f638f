use super::{cell, grid::Grid};
use crate::intake::IntakeError;

/// What a number format makes of a number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
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
        format
    }

    /// Puts a number, written as its format wants.
    pub fn put(self, grid: &mut Grid, row: u32, column: u32, number: f64, epoch_1904: bool) -> Result<(), IntakeError> {
        match self {
            Format::Moment => {
                grid.facts.native_dates += 1;
                grid.put(row, column, &cell::moment(number, epoch_1904))
            }
            Format::Elapsed => grid.put(row, column, &cell::elapsed(number)),
            Format::Plain | Format::Percent => {
                grid.facts.percentages += u32::from(self == Format::Percent);
                grid.put(row, column, &cell::number(number))
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
        assert_eq!(
            (Format::known(14), Format::known(10), Format::known(164)),
            (Some(Format::Moment), Some(Format::Percent), None)
        );
    }
}
