use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
use serde::{Deserialize, Serialize};

/// How bytes become text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// The encoding of the web, and of open data.
    Utf8,
    /// That of old Windows programs in Western Europe; also read for ISO 8859-1 and -15.
    Windows1252,
    /// UTF-16, least byte first.
    Utf16Le,
    /// UTF-16, greatest byte first.
    Utf16Be,
}

impl Encoding {
    /// Its usual name.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Windows1252 => "Windows-1252",
            Encoding::Utf16Le | Encoding::Utf16Be => "UTF-16",
        }
    }

    /// Chooses an encoding: a byte order mark, else UTF-8 where the bytes are so, else Windows-1252.
    /// A file of many good UTF-8 sequences and a few bad bytes is UTF-8 with accidents.
    pub fn detect(bytes: &[u8]) -> Encoding {
        if bytes.starts_with(&[0xff, 0xfe]) {
            return Encoding::Utf16Le;
        }
        if bytes.starts_with(&[0xfe, 0xff]) {
            return Encoding::Utf16Be;
        }
        if std::str::from_utf8(bytes).is_ok() {
            return Encoding::Utf8;
        }
        let (mut good, mut bad) = (0_usize, 0_usize);
        for chunk in bytes.utf8_chunks() {
            good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
            bad += usize::from(!chunk.invalid().is_empty());
        }
        if good > bad * 4 { Encoding::Utf8 } else { Encoding::Windows1252 }
    }

    /// Decodes bytes, without their byte order mark. The second value counts what was lost.
    pub fn decode(self, bytes: Vec<u8>) -> (String, u32) {
        let codec = match self {
            Encoding::Utf8 => {
                let (text, lost) = match String::from_utf8(bytes) {
                    Ok(text) => (text, 0),
                    Err(e) => {
                        let text = String::from_utf8_lossy(e.as_bytes()).into_owned();
                        let lost = lost(&text);
                        (text, lost)
                    }
                };
                return (without_mark(text), lost);
            }
            Encoding::Windows1252 => WINDOWS_1252,
            Encoding::Utf16Le => UTF_16LE,
            Encoding::Utf16Be => UTF_16BE,
        };
        let (text, _) = codec.decode_with_bom_removal(&bytes);
        let lost = lost(&text);
        (text.into_owned(), lost)
    }
}

/// The text without the byte order mark before it.
pub fn without_mark(mut text: String) -> String {
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    text
}

fn lost(text: &str) -> u32 {
    text.matches('\u{fffd}').count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (Encoding, String) {
        let encoding = Encoding::detect(bytes);
        (encoding, encoding.decode(bytes.to_vec()).0)
    }

    #[test]
    fn finds_the_usual_encodings() {
        assert_eq!(read("é".as_bytes()), (Encoding::Utf8, "é".into()));
        assert_eq!(read(b"\xef\xbb\xbf\xc3\xa9"), (Encoding::Utf8, "é".into()));
        assert_eq!(read(b"\xff\xfe\xe9\x00"), (Encoding::Utf16Le, "é".into()));
        assert_eq!(read(b"\xfe\xff\x00\xe9"), (Encoding::Utf16Be, "é".into()));
        assert_eq!(read(b"\xe9t\xe9 \x80"), (Encoding::Windows1252, "été €".into()));
    }

    #[test]
    fn one_bad_byte_does_not_spoil_a_file() {
        let mut bytes = "été à Noël, à pied".as_bytes().to_vec();
        bytes.push(0xff);
        let encoding = Encoding::detect(&bytes);
        assert_eq!(encoding, Encoding::Utf8);
        assert_eq!(encoding.decode(bytes).1, 1);
    }
}
