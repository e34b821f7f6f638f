/// The words that mean true and false. Declaring them in a schema replaces the defaults.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booleans {
    /// Words for true.
    pub yes: Vec<String>,
    /// Words for false.
    pub no: Vec<String>,
}

impl Default for Booleans {
    fn default() -> Self {
        let words = |list: [&str; 4]| list.map(str::to_owned).to_vec();
        Booleans { yes: words(["true", "True", "TRUE", "1"]), no: words(["false", "False", "FALSE", "0"]) }
    }
}

impl Booleans {
    /// Exact membership: neither case nor spaces are forgiven.
    pub fn parse(&self, text: &str) -> Option<bool> {
        if self.yes.iter().any(|word| word == text) {
            return Some(true);
        }
        self.no.iter().any(|word| word == text).then_some(false)
    }
}
