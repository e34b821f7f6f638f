use serde::{Deserialize, Serialize};

use crate::schema::{Check, ValueCheck};

/// What is wrong. Its wording lives in `i18n`, its arguments in the schema and in the cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Rule {
    /// The text is not of the field's type.
    Type,
    /// A value must be given.
    Required,
    /// Too short.
    MinLength,
    /// Too long.
    MaxLength,
    /// Not of the form asked.
    Pattern,
    /// The form asked could not be verified in a reasonable time.
    Unverifiable,
    /// Below the lower bound.
    Minimum,
    /// Above the upper bound.
    Maximum,
    /// On or below an exclusive lower bound.
    ExclusiveMinimum,
    /// On or above an exclusive upper bound.
    ExclusiveMaximum,
    /// Not one of the accepted values.
    Enum,
    /// A custom check of the value itself.
    Value(ValueCheck),
    /// The value already stands in an earlier row.
    Unique,
    /// The primary key is empty, or already stands in an earlier row.
    PrimaryKey,
    /// The row is empty.
    BlankRow,
    /// The row has a cell beyond the header.
    ExtraCell,
    /// The row ends before this column.
    MissingCell,
    /// A custom check across columns; its place in the schema's list.
    Across(u16),
    /// The values of several fields together already stand in an earlier row; the place of the key.
    UniqueKey(u16),
    /// The value refers to another row that is not there; the place of the reference.
    SelfReference(u16),
    /// A column that the schema requires is absent.
    MissingLabel,
    /// Two columns have one name.
    DuplicateLabel,
    /// A column that the schema does not have, and does not allow.
    ExtraLabel,
    /// A column without a name.
    BlankLabel,
    /// A column that does not have the name of the field at its place.
    IncorrectLabel,
    /// Not one of the categories: accepted by the standard, and yet someone should look.
    Category,
    /// Spaces before or after the value: accepted, and never wanted.
    OuterSpaces,
    /// Bytes of the file could not be read there, and stand as U+FFFD.
    LostCharacter,
    /// The error of a spreadsheet's formula, where a value should be.
    ErrorCell,
    /// UTF-8 once read as another encoding: `Ã©` for `é`.
    Mojibake,
    /// A SIRET or a SIREN with spaces or dots: accepted, and yet not equal to the same one without.
    SpacedNumber,
    /// Double spaces, no-break spaces or characters without width in a free text.
    InnerSpaces,
    /// A text that a spreadsheet takes for a formula.
    Formula,
    /// A line break in a free text.
    LineBreak,
    /// A word that only says that there is nothing, in a free text.
    Placeholder,
    /// A free text that is a sentence all in capitals.
    Shouting,
    /// Opening hours in words, where the field says to write them as OpenStreetMap does.
    LooseHours,
    /// A web address without its beginning, where the field asks for whole ones and does not check it.
    LooseLink,
    /// Something round an e-mail address, likewise.
    LooseEmail,
    /// A telephone number or a postal code without its first zero, likewise.
    LostZero,
}

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// The table is not valid.
    Error,
    /// The table is valid, and yet someone should look.
    Advice,
}

impl Rule {
    /// How serious it is.
    pub fn severity(self) -> Severity {
        match self {
            Rule::OuterSpaces
            | Rule::Unverifiable
            | Rule::Category
            | Rule::LostCharacter
            | Rule::ErrorCell
            | Rule::Mojibake
            | Rule::SpacedNumber
            | Rule::InnerSpaces
            | Rule::Formula
            | Rule::LineBreak
            | Rule::Placeholder
            | Rule::Shouting
            | Rule::LooseHours
            | Rule::LooseLink
            | Rule::LooseEmail
            | Rule::LostZero => Severity::Advice,
            _ => Severity::Error,
        }
    }

    /// Whether it is about a row rather than about one value.
    pub fn is_of_row(self) -> bool {
        matches!(
            self,
            Rule::Unique
                | Rule::PrimaryKey
                | Rule::UniqueKey(_)
                | Rule::SelfReference(_)
                | Rule::BlankRow
                | Rule::ExtraCell
                | Rule::MissingCell
                | Rule::Across(_)
        )
    }

    /// Whether it is about the header.
    pub fn is_of_header(self) -> bool {
        matches!(self, Rule::MissingLabel | Rule::DuplicateLabel | Rule::ExtraLabel | Rule::BlankLabel | Rule::IncorrectLabel)
    }

    /// Whether it is a constraint on one value, `required` apart.
    pub fn is_constraint(self) -> bool {
        matches!(
            self,
            Rule::MinLength
                | Rule::MaxLength
                | Rule::Pattern
                | Rule::Unverifiable
                | Rule::Minimum
                | Rule::Maximum
                | Rule::ExclusiveMinimum
                | Rule::ExclusiveMaximum
                | Rule::Enum
        )
    }

    /// The code and the constraint that the reference validators give it.
    pub fn code(self, checks: &[Check]) -> (&'static str, Option<&'static str>) {
        let constraint = |name| ("constraint-error", Some(name));
        match self {
            Rule::Type => ("type-error", None),
            Rule::Required => constraint("required"),
            Rule::MinLength => constraint("minLength"),
            Rule::MaxLength => constraint("maxLength"),
            Rule::Pattern => constraint("pattern"),
            Rule::Minimum => constraint("minimum"),
            Rule::Maximum => constraint("maximum"),
            Rule::ExclusiveMinimum => constraint("exclusiveMinimum"),
            Rule::ExclusiveMaximum => constraint("exclusiveMaximum"),
            Rule::Enum => constraint("enum"),
            Rule::Value(check) => (check.code(), None),
            Rule::Unique | Rule::UniqueKey(_) => ("unique-error", None),
            Rule::PrimaryKey => ("primary-key", None),
            Rule::BlankRow => ("blank-row", None),
            Rule::ExtraCell => ("extra-cell", None),
            Rule::MissingCell => ("missing-cell", None),
            Rule::Across(at) => (checks.get(usize::from(at)).map_or("check-error", Check::code), None),
            Rule::MissingLabel => ("missing-label", None),
            Rule::DuplicateLabel => ("duplicate-label", None),
            Rule::ExtraLabel => ("extra-label", None),
            Rule::BlankLabel => ("blank-label", None),
            Rule::IncorrectLabel => ("incorrect-label", None),
            Rule::SelfReference(_) => ("foreign-key", None),
            Rule::Category => ("category", None),
            Rule::Unverifiable => ("pattern-unverifiable", None),
            Rule::OuterSpaces => ("outer-spaces", None),
            Rule::LostCharacter => ("lost-character", None),
            Rule::ErrorCell => ("error-cell", None),
            Rule::Mojibake => ("mojibake", None),
            Rule::SpacedNumber => ("spaced-number", None),
            Rule::InnerSpaces => ("inner-spaces", None),
            Rule::Formula => ("formula", None),
            Rule::LineBreak => ("line-break", None),
            Rule::Placeholder => ("placeholder", None),
            Rule::Shouting => ("shouting", None),
            Rule::LooseHours => ("loose-hours", None),
            Rule::LooseLink => ("loose-link", None),
            Rule::LooseEmail => ("loose-email", None),
            Rule::LostZero => ("lost-zero", None),
        }
    }
}

/// One finding, with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What is wrong.
    pub rule: Rule,
    /// The row, by its identity; `None` for the header or the whole table.
    pub row: Option<u32>,
    /// The field, by its place in the schema; `None` for a whole row.
    pub field: Option<usize>,
    /// The cell's text, or what was expected and is absent.
    pub cell: String,
}
