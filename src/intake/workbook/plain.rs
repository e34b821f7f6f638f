//! Elements as nearly all programs write them, read where they stand: by their events, the millions of cells of a workbook
//! take twice as long. What is written otherwise (entities, prefixes, other quotes) is not read here, and left to these.

/// Reads an element's opening tag, which begins as `name` says (`<c`), and tells its attributes. Returns what comes after
/// it, and whether the element ends there; `None` where it is another, not plain, or not whole.
pub fn open<'a>(rest: &'a str, name: &str, mut tell: impl FnMut(&'a str, &'a str)) -> Option<(bool, &'a str)> {
    let mut rest = rest.strip_prefix(name)?;
    while let Some(attribute) = rest.strip_prefix(' ') {
        let (name, value) = split(attribute, |byte| matches!(byte, b'=' | b'>' | b'/' | b'<' | b'"' | b'\'' | 0..=b' '))?;
        let (value, after) = split(value.strip_prefix("=\"")?, |byte| matches!(byte, b'"' | b'&' | b'<' | 0..b' '))?;
        tell(name, value);
        rest = after.strip_prefix('"')?;
    }
    match rest.strip_prefix('>') {
        Some(after) => Some((false, after)),
        None => Some((true, rest.strip_prefix("/>")?)),
    }
}

/// Reads what stands between two tags, where that is a text that stands for itself. Returns it, and what comes after.
pub fn text<'a>(rest: &'a str, open: &str, close: &str) -> Option<(&'a str, &'a str)> {
    let (text, rest) = split(rest.strip_prefix(open)?, |byte| matches!(byte, b'<' | b'&' | b'\r'))?;
    Some((text, rest.strip_prefix(close)?))
}

fn split(rest: &str, ends: impl Fn(u8) -> bool) -> Option<(&str, &str)> {
    rest.split_at_checked(rest.bytes().position(ends)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_plain_is_read_and_the_rest_is_left() {
        let read = |rest: &'static str| {
            let mut told = Vec::new();
            open(rest, "<c", |name, value| told.push((name, value))).map(|end| (told, end))
        };
        assert_eq!(read("<c r=\"B2\" a:t=\"é\"><v>"), Some((vec![("r", "B2"), ("a:t", "é")], (false, "<v>"))));
        assert_eq!(read("<c/>"), Some((vec![], (true, ""))));
        for other in [
            "<col min=\"1\"/>",
            "<c r='B2'/>",
            "<c r=\"&lt;\"/>",
            "<c r=\"a\nb\"/>",
            "<c  r=\"B\"/>",
            "<c r=\"B\" ><v>a=\"b\"/>",
            "<c r=\"B",
            "<c r",
            "<c",
            "<x:c/>",
        ] {
            assert_eq!(read(other), None, "{other}");
        }
        assert_eq!(text("<v>été</v></c>", "<v>", "</v>"), Some(("été", "</c>")));
        for other in ["<v>a&lt;</v>", "<v>a\r</v>", "<v>1</v", "<v>1", "<v/>", "<v><![CDATA[a]]></v>", ""] {
            assert_eq!(text(other, "<v>", "</v>"), None, "{other}");
        }
    }
}
