/// What a spreadsheet program writes in place of a value that its formula could not give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormulaError {
    /// A value looked for is not there.
    NotAvailable,
    /// A cell referred to is gone.
    Reference,
    /// A text where a number is needed, or the like.
    Value,
    /// A division by zero.
    DivisionByZero,
    /// A name that the program does not know.
    Name,
    /// A number out of reach.
    Number,
    /// Two ranges without a cell in common.
    Null,
}

impl FormulaError {
    /// The error that a text is, as spreadsheet programs show it in English or in French.
    pub fn read(text: &str) -> Option<FormulaError> {
        Some(match text {
            "#N/A" | "#N/D" => FormulaError::NotAvailable,
            "#REF!" => FormulaError::Reference,
            "#VALUE!" | "#VALEUR!" => FormulaError::Value,
            "#DIV/0!" => FormulaError::DivisionByZero,
            "#NAME?" | "#NOM?" => FormulaError::Name,
            "#NUM!" | "#NOMBRE!" => FormulaError::Number,
            "#NULL!" | "#NUL!" => FormulaError::Null,
            _ => return None,
        })
    }
}
