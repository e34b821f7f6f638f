use encoding_rs::{ISO_8859_15, MACINTOSH, UTF_16BE, UTF_16LE, WINDOWS_1252};
use serde::{Deserialize, Serialize};

/// How bytes become text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// The encoding of the web, and of open data.
    Utf8,
    /// That of old Windows programs in Western Europe; also read for ISO 8859-1.
    Windows1252,
    /// That of old Unix programs in Western Europe since the euro.
    Iso885915,
    /// That of old Macintosh programs.
    MacRoman,
    /// That of MS-DOS in Western Europe, which Excel still writes as "CSV (MS-DOS)".
    Dos,
    /// UTF-16, least byte first.
    Utf16Le,
    /// UTF-16, greatest byte first.
    Utf16Be,
    /// UTF-32, least byte first.
    Utf32Le,
    /// UTF-32, greatest byte first.
    Utf32Be,
}

impl Encoding {
    /// Its usual name.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Windows1252 => "Windows-1252",
            Encoding::Iso885915 => "ISO-8859-15",
            Encoding::MacRoman => "Mac OS Roman",
            Encoding::Dos => "CP850 (MS-DOS)",
            Encoding::Utf16Le | Encoding::Utf16Be => "UTF-16",
            Encoding::Utf32Le | Encoding::Utf32Be => "UTF-32",
        }
    }

    /// Chooses an encoding for the start of a file: a byte order mark, the zeros of wide letters, UTF-8 where the bytes
    /// are so, else the old encoding that gives the more French letters. A text with twice as many good UTF-8 sequences
    /// as bad bytes, or with a single one, is UTF-8 with accidents. `whole` tells that nothing follows.
    pub fn detect(bytes: &[u8], whole: bool) -> Encoding {
        if let Some(marked) = marked(bytes).or_else(|| wide(bytes)) {
            return marked;
        }
        // Most files are good UTF-8, and this is told of them at once.
        if simdutf8::basic::from_utf8(bytes).is_ok() {
            return Encoding::Utf8;
        }
        let (mut good, mut bad) = (0_usize, 0_usize);
        let mut chunks = bytes.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
            // A sequence cut by the end of the sample is no fault.
            bad += usize::from(!chunk.invalid().is_empty() && (whole || chunks.peek().is_some()));
        }
        // Text in an old encoding hardly ever makes a good sequence.
        if good >= bad * 2 || bad == 1 && good > 0 { Encoding::Utf8 } else { old(bytes) }
    }

    /// The text of bytes at hand, without their mark.
    pub fn text(self, bytes: &[u8]) -> String {
        let mut text = String::new();
        match self.decoder() {
            Some(mut decoder) => {
                decoder.decode(bytes, true, &mut text);
            }
            None => text.push_str(String::from_utf8_lossy(bytes).trim_start_matches('\u{feff}')),
        }
        text
    }

    /// What turns its bytes into UTF-8, slice by slice. UTF-8 itself needs none.
    pub fn decoder(self) -> Option<Decoder> {
        let codec = match self {
            Encoding::Utf8 => return None,
            Encoding::Utf32Le => return Some(Decoder(Inner::Wide { least_first: true, pending: Vec::new(), begun: false })),
            Encoding::Utf32Be => return Some(Decoder(Inner::Wide { least_first: false, pending: Vec::new(), begun: false })),
            Encoding::Dos => return Some(Decoder(Inner::Dos)),
            Encoding::Windows1252 => WINDOWS_1252,
            Encoding::Iso885915 => ISO_8859_15,
            Encoding::MacRoman => MACINTOSH,
            Encoding::Utf16Le => UTF_16LE,
            Encoding::Utf16Be => UTF_16BE,
        };
        Some(Decoder(Inner::Codec(Box::new(codec.new_decoder_with_bom_removal()))))
    }
}

fn marked(bytes: &[u8]) -> Option<Encoding> {
    let marks: [(&[u8], Encoding); 5] = [
        (b"\xef\xbb\xbf", Encoding::Utf8),
        (b"\xff\xfe\0\0", Encoding::Utf32Le),
        (b"\0\0\xfe\xff", Encoding::Utf32Be),
        (b"\xff\xfe", Encoding::Utf16Le),
        (b"\xfe\xff", Encoding::Utf16Be),
    ];
    marks.iter().find(|(mark, _)| bytes.starts_with(mark)).map(|(_, encoding)| *encoding)
}

/// Wide letters without a mark show by their zeros: most letters of a French table are below 256.
fn wide(bytes: &[u8]) -> Option<Encoding> {
    let sample = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let fours = sample.len() / 4;
    if fours < 2 || sample.iter().filter(|b| **b == 0).count() * 4 < sample.len() {
        return None;
    }
    let zeros = |at: usize| sample.chunks_exact(4).filter(|four| four.get(at) == Some(&0)).count() * 10 >= fours * 9;
    match [zeros(0), zeros(1), zeros(2), zeros(3)] {
        [false, true, true, true] => Some(Encoding::Utf32Le),
        [true, true, true, false] => Some(Encoding::Utf32Be),
        [false, true, false, true] => Some(Encoding::Utf16Le),
        [true, false, true, false] => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// The old encoding under which the accents are French letters.
fn old(bytes: &[u8]) -> Encoding {
    let (mut windows, mut macintosh, mut dos) = (0_usize, 0_usize, 0_usize);
    let mut before = b' ';
    for (at, byte) in bytes.iter().enumerate() {
        let last = std::mem::replace(&mut before, *byte);
        if byte.is_ascii() {
            continue;
        }
        let next = bytes.get(at + 1).copied().unwrap_or(b' ');
        let (follows, leads) = (last.is_ascii_alphabetic(), next.is_ascii_alphabetic());
        let among_capitals = last.is_ascii_uppercase() || next.is_ascii_uppercase();
        // é è ê à â ç ô î ï û ù ë œ É and the apostrophe, under each.
        windows += usize::from(b"\xe9\xe8\xea\xe0\xe2\xe7\xf4\xee\xef\xfb\xf9\xeb\x9c\xc9\x92".contains(byte));
        macintosh += usize::from(match byte {
            0x8e | 0x8f | 0x88 | 0x8d | 0x9e | 0x9d | 0xcf => true,
            0x83 | 0x89 => follows || leads,
            0xd5 => follows,
            // An É of the one among capitals is an ê of the other.
            0x90 => !among_capitals,
            // ô î ï ë of the one are quotes and bullets of another: in French, they stand within words, î and ô before a letter.
            0x91 | 0x95 => follows && leads,
            0x94 | 0x99 => leads,
            _ => false,
        });
        dos += usize::from(match byte {
            // Signs of Windows, all of them: à, an ellipsis there, tells nothing.
            0x82 | 0x8a => follows || leads,
            0x83 | 0x87 | 0x88 | 0x89 | 0x8b | 0x8c | 0x93 | 0x96 => follows && leads,
            0x97 => follows && !leads,
            0x90 => among_capitals,
            _ => false,
        });
    }
    match () {
        () if dos > windows.max(macintosh) => Encoding::Dos,
        () if macintosh > windows => Encoding::MacRoman,
        () if is_iso_8859_15(bytes) => Encoding::Iso885915,
        () => Encoding::Windows1252,
    }
}

/// Whether bytes without any sign of Windows have a euro, or a ligature in a word, where Windows would have the sign of no
/// currency, or a fraction. What follows a high byte tells nothing: it may be the rest of a letter of UTF-8.
fn is_iso_8859_15(bytes: &[u8]) -> bool {
    let tells = |at: usize, byte: u8| {
        let (before, after) =
            (at.checked_sub(1).and_then(|before| bytes.get(before)).copied().unwrap_or(b' '), bytes.get(at + 1));
        match byte {
            0xa4 => before.is_ascii(),
            0xbc | 0xbd if before.is_ascii_alphabetic() => after.is_some_and(u8::is_ascii_alphabetic),
            0xbc | 0xbd => before.is_ascii() && !before.is_ascii_digit() && matches!(after, Some(b'u' | b'U')),
            _ => false,
        }
    };
    !bytes.iter().any(is_of_windows) && bytes.iter().enumerate().any(|(at, byte)| tells(at, *byte))
}

/// Whether a byte is a letter or a sign of Windows, and nothing in ISO 8859.
pub fn is_of_windows(byte: &u8) -> bool {
    (0x80..0xa0).contains(byte)
}

/// Turns slices of bytes into UTF-8.
#[derive(Debug)]
pub struct Decoder(Inner);

enum Inner {
    Codec(Box<encoding_rs::Decoder>),
    Wide { least_first: bool, pending: Vec<u8>, begun: bool },
    Dos,
}

/// The upper half of code page 858: 850, where a euro took the place of a letter of Turkish.
#[rustfmt::skip]
const DOS: [char; 128] = [
    'Ç', 'ü', 'é', 'â', 'ä', 'à', 'å', 'ç', 'ê', 'ë', 'è', 'ï', 'î', 'ì', 'Ä', 'Å',
    'É', 'æ', 'Æ', 'ô', 'ö', 'ò', 'û', 'ù', 'ÿ', 'Ö', 'Ü', 'ø', '£', 'Ø', '×', 'ƒ',
    'á', 'í', 'ó', 'ú', 'ñ', 'Ñ', 'ª', 'º', '¿', '®', '¬', '½', '¼', '¡', '«', '»',
    '░', '▒', '▓', '│', '┤', 'Á', 'Â', 'À', '©', '╣', '║', '╗', '╝', '¢', '¥', '┐',
    '└', '┴', '┬', '├', '─', '┼', 'ã', 'Ã', '╚', '╔', '╩', '╦', '╠', '═', '╬', '¤',
    'ð', 'Ð', 'Ê', 'Ë', 'È', '€', 'Í', 'Î', 'Ï', '┘', '┌', '█', '▄', '¦', 'Ì', '▀',
    'Ó', 'ß', 'Ô', 'Ò', 'õ', 'Õ', 'µ', 'þ', 'Þ', 'Ú', 'Û', 'Ù', 'ý', 'Ý', '¯', '´',
    '\u{ad}', '±', '‗', '¾', '¶', '§', '÷', '¸', '°', '¨', '·', '¹', '³', '²', '■', '\u{a0}',
];

impl std::fmt::Debug for Inner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Inner")
    }
}

impl Decoder {
    /// Adds the text of a slice to `text`; `last` where nothing follows. `false` where something could not be read,
    /// and stands as U+FFFD.
    pub fn decode(&mut self, bytes: &[u8], last: bool, text: &mut String) -> bool {
        match &mut self.0 {
            Inner::Codec(codec) => {
                text.reserve(codec.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len() * 3));
                !codec.decode_to_string(bytes, text, last).2
            }
            Inner::Dos => {
                let letter = |byte: &u8| byte.checked_sub(128).and_then(|upper| DOS.get(usize::from(upper)).copied());
                text.extend(bytes.iter().map(|byte| letter(byte).unwrap_or(char::from(*byte))));
                true
            }
            Inner::Wide { least_first, pending, begun } => {
                pending.extend_from_slice(bytes);
                let (fours, rest) = pending.as_chunks::<4>();
                let mut good = !last || rest.is_empty();
                for four in fours {
                    let number = if *least_first { u32::from_le_bytes(*four) } else { u32::from_be_bytes(*four) };
                    let letter = char::from_u32(number);
                    good &= letter.is_some();
                    if *begun || letter != Some('\u{feff}') {
                        text.push(letter.unwrap_or('\u{fffd}'));
                    }
                    *begun = true;
                }
                let read = fours.len() * 4;
                pending.drain(..read);
                good
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (Encoding, String) {
        let encoding = Encoding::detect(bytes, true);
        let Some(mut decoder) = encoding.decoder() else {
            return (encoding, String::from_utf8_lossy(bytes).trim_start_matches('\u{feff}').to_owned());
        };
        // By pieces that cut letters in two.
        let mut text = String::new();
        let mut pieces = bytes.chunks(3).peekable();
        while let Some(piece) = pieces.next() {
            decoder.decode(piece, pieces.peek().is_none(), &mut text);
        }
        (encoding, text)
    }

    #[test]
    fn finds_the_usual_encodings() {
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let utf32 = |text: &str| text.chars().flat_map(|c| (c as u32).to_be_bytes()).collect::<Vec<u8>>();
        assert_eq!(read("é".as_bytes()), (Encoding::Utf8, "é".into()));
        assert_eq!(read(b"\xef\xbb\xbf\xc3\xa9"), (Encoding::Utf8, "é".into()));
        assert_eq!(read(b"\xff\xfe\xe9\x00"), (Encoding::Utf16Le, "é".into()));
        assert_eq!(read(b"\xfe\xff\x00\xe9"), (Encoding::Utf16Be, "é".into()));
        assert_eq!(read(b"\xff\xfe\0\0\xe9\0\0\0"), (Encoding::Utf32Le, "é".into()));
        assert_eq!(read(&utf16("nom;prénom\nA;B")), (Encoding::Utf16Le, "nom;prénom\nA;B".into()));
        assert_eq!(read(&utf32("nom;prénom\nA;B")), (Encoding::Utf32Be, "nom;prénom\nA;B".into()));
        assert_eq!(read(b"\xe9t\xe9 \x80"), (Encoding::Windows1252, "été €".into()));
        assert_eq!(
            read(b"pr\x8enom;d\x8epartement\nfor\x90t;\x88 c\x99t\x8e"),
            (Encoding::MacRoman, "prénom;département\nforêt;à côté".into())
        );
    }

    #[test]
    fn a_few_bad_bytes_do_not_spoil_a_file() {
        let mut bytes = "été à Noël, à pied".as_bytes().to_vec();
        bytes.extend(b"\xff.");
        assert_eq!(Encoding::detect(&bytes, true), Encoding::Utf8);
        assert_eq!(Encoding::detect("Créteil;Orl\u{e9}ans".as_bytes(), true), Encoding::Utf8);
        assert_eq!(Encoding::detect(b"Cr\xc3\xa9teil;Orl\xe9ans", true), Encoding::Utf8);
        // A letter cut by the end of a slice, but not by that of the file.
        assert_eq!(Encoding::detect(b"Cr\xc3", false), Encoding::Utf8);
        assert_eq!(Encoding::detect(b"Orl\xe9", true), Encoding::Windows1252);
    }

    #[test]
    fn a_euro_and_a_ligature_tell_unix_from_windows() {
        for (bytes, text) in [
            (&b"montant\n12 \xa4"[..], "montant\n12 €"),
            (b"c\xbdur", "cœur"),
            (b"\xbcuvre d'art \xe0 No\xebl", "Œuvre d'art à Noël"),
        ] {
            assert_eq!(read(bytes), (Encoding::Iso885915, text.into()));
        }
        let misread =
            b"nom;ville\nM\xc3\xbcller;Orl\xe9ans\nM\xc3\xa4rz;Cr\xe9teil\nL\xe9a;\xc9vry\nNo\xe9;S\xe8te\nZo\xe9;Al\xe8s\n";
        for bytes in [&b"1\xbd h, 2 \xbc"[..], b"\xbdh", b"1\xbdu", b"12 \xa4 et \x80", b"\xe9t\xe9", misread] {
            assert_eq!(Encoding::detect(bytes, true), Encoding::Windows1252);
        }
    }

    #[test]
    fn letters_of_msdos_are_told_from_signs_of_windows() {
        for (bytes, text) in [
            (
                &b"R\x82fection de la chauss\x82e ; \x85 c\x93t\x82 d'une for\x88t"[..],
                "Réfection de la chaussée ; à côté d'une forêt",
            ),
            (b"Ch\x83teauneuf;Cr\x82ation;Fran\x87ois;o\x97", "Châteauneuf;Création;François;où"),
            (b"R\x90FECTION;12 \xd5;n\xf8 4", "RÉFECTION;12 €;n° 4"),
        ] {
            assert_eq!(read(bytes), (Encoding::Dos, text.into()));
        }
        for text in [&b"etc\x85 et \x96 fin"[..], b"1\x962 \x97 a\x97b", b"\x93a\x94 \x8bb\x9b", b"50 \x89", b"[\x85] \xe9"] {
            assert_eq!(Encoding::detect(text, true), Encoding::Windows1252);
        }
    }

    #[test]
    fn quotes_and_bullets_of_windows_are_no_letters_of_a_macintosh() {
        for text in [&b"dit \x93oui\x94 hier"[..], b"\x95 un\n\x95 deux", b"\x91mot\x92", b"Marque\x99 \x95 x"] {
            assert_eq!(Encoding::detect(text, true), Encoding::Windows1252);
        }
        assert_eq!(read(b"ma\x94tre;na\x95f;No\x91l;\x94le"), (Encoding::MacRoman, "maître;naïf;Noël;île".into()));
    }
}
