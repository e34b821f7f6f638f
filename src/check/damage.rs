use super::Rule;
use crate::text::{self, FormulaError, Glance};

/// What befell a text before it came here, whatever its field asks: it is then not what someone wrote. `trimmed` is the text
/// without the spaces round it.
pub fn damage(text: &str, trimmed: &str, glance: Glance) -> Option<Rule> {
    if trimmed.starts_with('#') && FormulaError::read(trimmed).is_some() {
        return Some(Rule::ErrorCell);
    }
    // Most texts are plain, and end here.
    if !glance.is_beyond_ascii() {
        return None;
    }
    if glance.may_have_lost_characters() && text.contains('\u{fffd}') {
        return Some(Rule::LostCharacter);
    }
    text::undone_mojibake(text).map(|_| Rule::Mojibake)
}
