use encoding_rs::WINDOWS_1252;

/// How many times over it is undone.
const TIMES: usize = 3;

/// The text as it was before its UTF-8 bytes were read as windows-1252 or latin-1, which turns `é` into
/// `Ã©`; several times over where that was done several times. `None` where nothing shows that it was.
pub fn undone_mojibake(text: &str) -> Option<String> {
    let steps = std::iter::successors(undone_once(text), |undone| undone_once(undone)).take(TIMES);
    // Letters that follow each other by chance hardly ever make UTF-8, and hardly ever a letter used here.
    steps.filter(|undone| undone.chars().all(is_likely)).last()
}

fn undone_once(text: &str) -> Option<String> {
    // Beyond ASCII, the first byte of a French letter or sign comes first, so read (as Â, Ã, Å or â), and another follows:
    // in a text read well, hardly ever.
    let beyond = text.as_bytes().get(beyond_ascii(text.as_bytes())..)?;
    if !matches!(beyond, [0xc3, 0x82 | 0x83 | 0x85 | 0xa2, 0x80..=0xff, ..]) {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        match u8::try_from(c) {
            // Bytes without a letter in windows-1252 come out as control characters: these too.
            Ok(byte) => bytes.push(byte),
            Err(_) => match WINDOWS_1252.encode(c.encode_utf8(&mut [0; 4])) {
                (_, _, true) => return None,
                (byte, ..) => bytes.extend_from_slice(&byte),
            },
        }
    }
    String::from_utf8(bytes).ok()
}

/// Where the first byte beyond ASCII is; the number of bytes where there is none. Eight at a time.
fn beyond_ascii(bytes: &[u8]) -> usize {
    let (eights, rest) = bytes.as_chunks::<8>();
    let high = eights.iter().map(|eight| u64::from_le_bytes(*eight) & 0x8080_8080_8080_8080);
    let found = high.zip((0..).step_by(8)).find(|(high, _)| *high != 0);
    let in_rest = || eights.len() * 8 + rest.iter().take_while(|byte| byte.is_ascii()).count();
    found.map_or_else(in_rest, |(high, at)| at + high.trailing_zeros() as usize / 8)
}

/// Whether a character may stand in a table of Western Europe: its letters, punctuation and signs.
fn is_likely(c: char) -> bool {
    let letter = matches!(c, '\u{a0}'..='ÿ' | 'Œ' | 'œ' | 'Š' | 'š' | 'Ÿ' | 'Ž' | 'ž');
    c.is_ascii() || letter || matches!(c, '\u{2000}'..='\u{2bff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: [&str; 26] = [
        "délibération",
        "DÉLIBÉRATION",
        "À côté de l’école",
        "Île-de-France",
        "Ça",
        "Œuvre",
        "bœuf",
        "Noël",
        "où",
        "maïs",
        "L’Haÿ-les-Roses",
        "Ángel",
        "Ílhavo",
        "ARRÊTÉ N° 12",
        "« Fête » – été…",
        "“Hôtel”",
        "‘à’",
        "12 € le m²",
        "1\u{a0}234",
        "1\u{202f}234",
        "½ journée",
        "§ 3 · a",
        "Août",
        "Saint-Étienne (42)\nLoire",
        "→ Évry",
        "déjà",
    ];

    /// UTF-8 read as windows-1252.
    fn misread(text: &str) -> String {
        WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn french_words_come_back_however_often_they_were_misread() {
        for word in WORDS {
            let mut text = word.to_owned();
            for _ in 0..TIMES {
                text = misread(&text);
                assert_eq!(undone_mojibake(&text).as_deref(), Some(word), "{text}");
            }
            // And as latin-1 has them, where ’ becomes â and two control characters.
            let latin: String = word.bytes().map(char::from).collect();
            assert_eq!(undone_mojibake(&latin).as_deref(), Some(word), "{latin}");
        }
        assert_eq!(undone_mojibake("lâ€™Ã©cole").as_deref(), Some("l’école"));
    }

    #[test]
    fn what_was_read_well_is_left_alone() {
        let others = [
            "Ãngela",
            "SÃO PAULO",
            "naïve",
            "É",
            "Âge",
            "â",
            "Ã",
            "Â",
            "pâté",
            "100 €",
            "CHÂTEAU",
            "château d’Âne",
            "Ça",
            "Åland",
            "Ångström",
            "2 Å²",
            "ÂÃ",
            "Ã© é",
            "Ã©\u{fffd}",
            "Ã©漢",
            "#N/A",
            "",
        ];
        for text in others.into_iter().chain(WORDS) {
            assert_eq!(undone_mojibake(text), None, "{text}");
        }
    }
}
