use serde::{Deserialize, Serialize};

use super::Unit;

/// A kind of repair: what an agent would call the trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fix {
    /// A date in another order or another writing.
    Date,
    /// A date that can be read two ways.
    AmbiguousDate,
    /// A date in words whose day of the week is that of another day.
    DoubtfulDate,
    /// The number of days that a spreadsheet keeps for a date.
    Serial,
    /// A year alone, where the field says to write its first day.
    YearStart,
    /// A day or an hour more than the field takes: `15/10/2017` for the year 2017.
    DateShortened,
    /// Two dates that make a period, written otherwise than `2023-11-16/2024-06-03`.
    Period,
    /// A time of day in another writing: `9h30`.
    Time,
    /// A decimal comma, spaces between thousands, a currency sign.
    Number,
    /// A number followed by its unit. Each unit is a trouble of its own, so that kilometres never pass for metres.
    Unit(Unit),
    /// A number followed by the very unit that its field says it is in.
    FieldUnit(Unit),
    /// A number in another unit than the one that its field says it is in: `2,10 m` for centimetres.
    Converted(Unit),
    /// A rank for a number: `3ème`.
    Ordinal,
    /// A sum in thousands or millions: `12 k€`.
    Multiple,
    /// A percentage, where the bounds of the field tell a share of one from a share of a hundred.
    Percent,
    /// Spaces, dots or hyphens inside an identifier.
    Separators,
    /// A leading zero that a spreadsheet ate.
    LeadingZero,
    /// An identifier that a spreadsheet took for a number: `21860194600013.0`, `2,1860194600013E+13`.
    CodeAsNumber,
    /// The name of an identifier before it: `SIRET : 218…`.
    Label,
    /// Lower case where capitals are asked.
    Capitals,
    /// Curly apostrophes, long hyphens, full stops where the form has no place for them.
    Punctuation,
    /// Spaces before or after.
    OuterSpaces,
    /// Double spaces, no-break spaces or characters without width inside.
    InnerSpaces,
    /// A line break inside a cell.
    LineBreak,
    /// UTF-8 once read as another encoding.
    Mojibake,
    /// Another word for yes or no.
    Boolean,
    /// An accepted value but for case, accents or spaces.
    Variant,
    /// An accepted value but for one letter.
    Typo,
    /// Words of one accepted value, and of it alone.
    Synonym,
    /// Accepted values that are not put together as the field wants.
    ListForm,
    /// Spaces round the slash of a subject.
    SubjectSlash,
    /// A point written otherwise: decimal commas, spaces, degrees and minutes.
    Coordinates,
    /// Longitude and latitude exchanged.
    SwappedCoordinates,
    /// A point in Lambert 93.
    Lambert,
    /// A telephone number written otherwise.
    Phone,
    /// Opening hours in French.
    OpeningHours,
    /// A web address without its beginning, or with spaces.
    Link,
    /// An e-mail address with something round it.
    Email,
    /// A word for "nothing" where the field has no place for it.
    Placeholder,
    /// A word or a dash for "nothing" in a column of numbers, which may mean zero.
    PlaceholderNumber,
    /// A word for "nothing" in a free text.
    PlaceholderText,
    /// A sign that makes a spreadsheet take a text for a formula.
    FormulaSign,
    /// A sentence all in capitals.
    Shouting,
    /// A row without any value.
    BlankRow,
    /// A row of totals under the others.
    TotalRow,
    /// A row that says the same as one above.
    DuplicateRow,
}

/// Whether a repair may be carried out with all the others, or must be looked at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Safety {
    /// The value stays the same, only its writing changes: one button repairs all of these.
    Safe,
    /// The program understood something that the agent should confirm, once per cause.
    Confirm,
}

impl Fix {
    /// Whether the agent must look first. A repair is safe where the cell can be read one way only, and
    /// nothing that it says is lost.
    pub fn safety(self) -> Safety {
        match self {
            // One day, one instant, one period, one number: only the writing changes.
            Fix::Date | Fix::Period | Fix::Time | Fix::Number => Safety::Safe,
            // The sign says hundredths, and the field's own upper bound says of what.
            Fix::Percent => Safety::Safe,
            // The field itself says the unit.
            Fix::FieldUnit(_) => Safety::Safe,
            // All the characters of the identifier are there, and its key or its form holds.
            Fix::Separators | Fix::LeadingZero | Fix::CodeAsNumber | Fix::Label | Fix::Capitals => Safety::Safe,
            // What cannot be seen.
            Fix::OuterSpaces | Fix::InnerSpaces | Fix::Punctuation | Fix::Mojibake | Fix::SubjectSlash => Safety::Safe,
            // The same words.
            Fix::Boolean | Fix::Variant | Fix::ListForm => Safety::Safe,
            // The same point, number or address.
            Fix::Coordinates | Fix::Phone | Fix::Email => Safety::Safe,
            // An optional field says "nothing" by an empty cell, and the word is not accepted there.
            Fix::Placeholder | Fix::BlankRow => Safety::Safe,
            // Two readings: asked.
            Fix::AmbiguousDate => Safety::Confirm,
            // The text contradicts itself, or may be a plain number, or says more than what is kept.
            Fix::DoubtfulDate | Fix::Serial | Fix::DateShortened | Fix::YearStart => Safety::Confirm,
            // Only the agent knows in which unit the column is, and whether the sum was rounded.
            Fix::Unit(_) | Fix::Converted(_) | Fix::Multiple => Safety::Confirm,
            // `4e` may be four euros, and a dash may be a zero.
            Fix::Ordinal | Fix::PlaceholderNumber => Safety::Confirm,
            // What goes is a whole row.
            Fix::TotalRow | Fix::DuplicateRow => Safety::Confirm,
            // Another word, near as it is.
            Fix::Typo | Fix::Synonym => Safety::Confirm,
            // Worked out: from the place of France, from a projection, from a sentence, from a habit of the web.
            Fix::SwappedCoordinates | Fix::Lambert | Fix::OpeningHours | Fix::Link => Safety::Confirm,
            // The text was accepted as it is, and something of it goes: the lines, the word, the sign, the capitals of names.
            Fix::LineBreak | Fix::PlaceholderText | Fix::FormulaSign | Fix::Shouting => Safety::Confirm,
        }
    }

    /// Whether it removes whole rows rather than rewriting cells.
    pub fn removes_rows(self) -> bool {
        matches!(self, Fix::BlankRow | Fix::TotalRow | Fix::DuplicateRow)
    }
}
