use super::Rule;
use crate::text::{self, FormulaError, Glance};

/// What befell a text before it came here, whatever its field asks: it is then not what someone wrote. `trimmed` is the text
/// without the spaces round it.
#[inline(always)]
pub fn damage(text: &str, trimmed: &str, glance: Glance) -> Option<Rule> {
    // Most texts are plain, and end here.
    if !glance.is_beyond_ascii() && !trimmed.starts_with('#') {
        return None;
    }
    of_odd(text, trimmed, glance)
}

fn of_odd(text: &str, trimmed: &str, glance: Glance) -> Option<Rule> {
    if FormulaError::read(trimmed).is_some() {
        return Some(Rule::ErrorCell);
    }
    if glance.may_have_lost_characters() && text.contains('\u{fffd}') {
        return Some(Rule::LostCharacter);
    }
    text::undone_mojibake(text).map(|_| Rule::Mojibake)
}
