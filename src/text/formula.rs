/// Whether a spreadsheet that opens this text as a cell would take it for a formula: it begins with `=`, `@`, a tab or a
/// return, or with a sign before something else than a number (OWASP, "CSV injection"). A number, a telephone number and a lone
/// sign are none.
#[inline(always)]
pub fn is_formula(text: &str) -> bool {
    match text.as_bytes() {
        [b'=' | b'@' | b'\t' | b'\r', ..] => true,
        [b'+' | b'-', ..] => is_signed(text),
        _ => false,
    }
}

/// [`is_formula`], of a text that begins with a sign.
fn is_signed(text: &str) -> bool {
    let rest = text.get(1..).unwrap_or_default();
    let number = rest.trim_start().starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '('));
    !rest.trim().is_empty() && (!number || rest.contains(['=', '|', '!']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_telephones_are_no_formulas() {
        for text in ["", "-", "+", "-12.5", "+33 1 23 45 67 89", "+33(0)1", "- 3", "-,5", "a=b", "contact@ville.fr", "12-5"] {
            assert!(!is_formula(text), "{text}");
        }
        for text in
            ["=1+1", "@SUM(A1)", "\tx", "\r=1", "+cmd", "-Subvention", "- autre", "-2+3+cmd|' /C calc'!A0", "=", "@mairie"]
        {
            assert!(is_formula(text), "{text}");
        }
    }
}
