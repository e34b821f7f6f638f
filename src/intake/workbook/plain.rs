//! Elements as nearly all programs write them, read where they stand: by their events, the millions of cells of a workbook
//! take twice as long. What is written otherwise (entities, prefixes, other quotes) is not read here, and left to these.

/// Reads an element's opening tag, which begins as `name` says (`<c`), and tells its attributes. Returns what comes after
/// it, and whether the element ends there; `None` where it is another, not plain, or not whole.
pub fn open<'a>(rest: &'a [u8], name: &[u8], mut tell: impl FnMut(&'a str, &'a str)) -> Option<(bool, &'a [u8])> {
    let mut rest = rest.strip_prefix(name)?;
    while let [b' ', attribute @ ..] = rest {
        let (name, value) = split(attribute, |byte| matches!(byte, b'=' | 0..=b' '))?;
        let (value, after) = split(value.strip_prefix(b"=\"")?, |byte| matches!(byte, b'"' | b'&' | b'<' | 0..b' '))?;
        tell(name, value);
        rest = after.strip_prefix(b"\"")?;
    }
    match rest {
        [b'>', after @ ..] => Some((false, after)),
        [b'/', b'>', after @ ..] => Some((true, after)),
        _ => None,
    }
}

/// Reads what stands between two tags, where that is a text that stands for itself. Returns it, and what comes after.
pub fn text<'a>(rest: &'a [u8], open: &[u8], close: &[u8]) -> Option<(&'a str, &'a [u8])> {
    let (text, rest) = split(rest.strip_prefix(open)?, |byte| matches!(byte, b'<' | b'&' | b'\r'))?;
    Some((text, rest.strip_prefix(close)?))
}

fn split(rest: &[u8], ends: impl Fn(u8) -> bool) -> Option<(&str, &[u8])> {
    let (text, rest) = rest.split_at_checked(rest.iter().position(|byte| ends(*byte))?)?;
    Some((str::from_utf8(text).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_plain_is_read_and_the_rest_is_left() {
        let read = |rest: &'static str| {
            let mut told = Vec::new();
            open(rest.as_bytes(), b"<c", |name, value| told.push((name, value))).map(|end| (told, end))
        };
        assert_eq!(read("<c r=\"B2\" a:t=\"é\"><v>"), Some((vec![("r", "B2"), ("a:t", "é")], (false, &b"<v>"[..]))));
        assert_eq!(read("<c/>"), Some((vec![], (true, &b""[..]))));
        for other in [
            "<col min=\"1\"/>",
            "<c r='B2'/>",
            "<c r=\"&lt;\"/>",
            "<c r=\"a\nb\"/>",
            "<c  r=\"B\"/>",
            "<c r=\"B",
            "<c r",
            "<c",
            "<x:c/>",
        ] {
            assert_eq!(read(other), None, "{other}");
        }
        assert_eq!(text("<v>été</v></c>".as_bytes(), b"<v>", b"</v>"), Some(("été", &b"</c>"[..])));
        for other in ["<v>a&lt;</v>", "<v>a\r</v>", "<v>1</v", "<v>1", "<v/>", "<v><![CDATA[a]]></v>", ""] {
            assert_eq!(text(other.as_bytes(), b"<v>", b"</v>"), None, "{other}");
        }
        assert_eq!(text(b"<v>\xff</v>", b"<v>", b"</v>"), None);
    }
}
