//! A corpus of nasty files, each with what is expected of it.
//!
//! A case is a name, the bytes, and either the table they make or why they are refused. In the tables below, `¦` stands
//! between cells and `»` before the cells that a row has beyond its header. What is not said is what most files are:
//! UTF-8, cells between `;`, a header of one line at the top, nothing to notice.

use std::io::{Cursor, Write};

use atelier::intake::{Choices, Container, Encoding, IntakeError, Limit, Notice, Opened, read};
use flate2::{Compression, write::GzEncoder};
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::support::bytes;

/// A file, and what is expected of it.
struct Case {
    about: &'static str,
    file: &'static str,
    bytes: Vec<u8>,
    want: Result<Want, IntakeError>,
}

/// A table expected.
#[derive(Debug, PartialEq)]
struct Want {
    /// `None` for a workbook.
    text: Option<(Encoding, char)>,
    header: (u32, u8),
    labels: String,
    rows: usize,
    /// The first rows, or the last one alone where there are many.
    shown: Vec<String>,
    notices: Vec<Notice>,
}

/// A case that makes a table of these labels and these rows.
fn reads(about: &'static str, bytes: impl Into<Vec<u8>>, labels: &str, rows: &[&str]) -> Case {
    let shown: Vec<String> = rows.iter().map(|row| (*row).to_owned()).collect();
    let want = Want {
        text: Some((Encoding::Utf8, ';')),
        header: (1, 1),
        labels: labels.to_owned(),
        rows: shown.len(),
        shown,
        notices: Vec::new(),
    };
    Case { about, file: "a.csv", bytes: bytes.into(), want: Ok(want) }
}

/// A case that is refused.
fn refused(about: &'static str, file: &'static str, bytes: impl Into<Vec<u8>>, why: IntakeError) -> Case {
    Case { about, file, bytes: bytes.into(), want: Err(why) }
}

impl Case {
    fn with(mut self, change: impl FnOnce(&mut Want)) -> Case {
        if let Ok(want) = &mut self.want {
            change(want);
        }
        self
    }

    fn named(self, file: &'static str) -> Case {
        Case { file, ..self }
    }

    fn encoding(self, encoding: Encoding) -> Case {
        self.with(|want| want.text = want.text.map(|(_, delimiter)| (encoding, delimiter)))
    }

    fn delimiter(self, delimiter: char) -> Case {
        self.with(|want| want.text = want.text.map(|(encoding, _)| (encoding, delimiter)))
    }

    fn workbook(self) -> Case {
        self.with(|want| want.text = None)
    }

    /// The header's last line, and how many it takes.
    fn header(self, line: u32, lines: u8) -> Case {
        self.with(|want| want.header = (line, lines))
    }

    /// So many rows, of which only the last was given.
    fn last_of(self, rows: usize) -> Case {
        self.with(|want| want.rows = rows)
    }

    fn notice(self, notice: Notice) -> Case {
        self.with(|want| want.notices.push(notice))
    }

    /// What came of the file, in the words of the expectation.
    fn outcome(&self) -> Result<Want, IntakeError> {
        let Opened { table, reading, .. } = read(self.file, &self.bytes, &Choices::default()).map_err(|error| match error {
            // The words of a library are not ours to expect.
            IntakeError::Damaged { .. } => damaged(),
            other => other,
        })?;
        let width = table.labels.len();
        let row = |id: &u32| {
            let cells: Vec<&str> = (0..width).map(|column| table.text(*id, column)).collect();
            let beyond = table.overflow.get(id).map(|cells| format!("»{}", cells.join("¦"))).unwrap_or_default();
            cells.join("¦") + beyond.as_str()
        };
        // Where rows are many, the case gives the last one only.
        let given = self.want.as_ref().map_or(0, |want| want.shown.len());
        assert_eq!(reading.rows, table.len(), "{}", self.about);
        Ok(Want {
            text: match reading.container {
                Container::Text { encoding, delimiter } => Some((encoding, delimiter)),
                Container::Workbook { .. } => None,
            },
            header: (reading.header, reading.header_lines),
            labels: table.labels.join("¦"),
            rows: table.len(),
            shown: table.order.iter().skip(table.len().saturating_sub(given)).map(row).collect(),
            notices: reading.notices,
        })
    }
}

/// A failure in a few words: some of these files are megabytes of one letter.
fn told(outcome: &Result<Want, IntakeError>) -> String {
    format!("{outcome:?}").chars().take(600).collect()
}

fn check(cases: &[Case]) {
    let mut wrong = Vec::new();
    for case in cases {
        let got = case.outcome();
        if got != case.want {
            wrong.push(format!("{}\n   got      {}\n   expected {}", case.about, told(&got), told(&case.want)));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

fn utf32(text: &str, bytes: fn(u32) -> [u8; 4]) -> Vec<u8> {
    text.chars().flat_map(|c| bytes(c as u32)).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A start, a middle many times, an end.
fn long(start: &str, middle: &str, times: usize, end: &[u8]) -> Vec<u8> {
    [start.as_bytes(), middle.repeat(times).as_bytes(), end].concat()
}

/// Labels `c1`, `c2`…
fn columns(count: usize, between: &str) -> String {
    (1..=count).map(|n| format!("c{n}")).collect::<Vec<_>>().join(between)
}

fn not_a_table(what: &str) -> IntakeError {
    IntakeError::NotATable { what: what.to_owned() }
}

fn damaged() -> IntakeError {
    IntakeError::Damaged { detail: String::new() }
}

const TOO_MANY_COLUMNS: IntakeError = IntakeError::TooLarge { limit: Limit::Columns, most: 1_000 };

#[test]
fn nasty_encodings() {
    use Encoding::{Dos, Iso885915, MacRoman, Utf16Be, Utf16Le, Utf32Be, Utf32Le, Windows1252};
    let (plain, marked) = ("nom;âge\nZoé;7\n", "\u{feff}nom;âge\nZoé;7\n");
    let zoe = |about, bytes: Vec<u8>| reads(about, bytes, "nom¦âge", &["Zoé¦7"]);
    let cut = utf16("\u{feff}nom;n\nA;1\n", u16::to_le_bytes);
    check(&[
        zoe("UTF-8, marked", marked.into()),
        zoe("UTF-16, least byte first, marked", utf16(marked, u16::to_le_bytes)).encoding(Utf16Le),
        zoe("UTF-16, greatest byte first, marked", utf16(marked, u16::to_be_bytes)).encoding(Utf16Be),
        zoe("UTF-32, least byte first, marked", utf32(marked, u32::to_le_bytes)).encoding(Utf32Le),
        zoe("UTF-32, greatest byte first, marked", utf32(marked, u32::to_be_bytes)).encoding(Utf32Be),
        zoe("UTF-16, least byte first", utf16(plain, u16::to_le_bytes)).encoding(Utf16Le),
        zoe("UTF-16, greatest byte first", utf16(plain, u16::to_be_bytes)).encoding(Utf16Be),
        zoe("UTF-32, least byte first", utf32(plain, u32::to_le_bytes)).encoding(Utf32Le),
        zoe("UTF-32, greatest byte first", utf32(plain, u32::to_be_bytes)).encoding(Utf32Be),
        zoe("a mark before a quote", b"\xef\xbb\xbf\"nom\";\"\xc3\xa2ge\"\n\"Zo\xc3\xa9\";\"7\"\n".to_vec()),
        reads("UTF-16 cut in the middle of its last letter", &cut[..cut.len() - 1], "nom¦n", &["A¦1\u{fffd}"])
            .encoding(Utf16Le)
            .notice(Notice::LostCharacters(1)),
        reads("Windows-1252", b"pr\xe9nom;ville\nZo\xe9;Orl\xe9ans\n", "prénom¦ville", &["Zoé¦Orléans"]).encoding(Windows1252),
        reads(
            "letters that only Windows has",
            b"libell\xe9;prix\nc\x9cur d\x92art;12 \x80\n",
            "libellé¦prix",
            &["cœur d’art¦12 €"],
        )
        .encoding(Windows1252),
        reads(
            "the CSV that Excel calls MS-DOS",
            b"libell\x82;lieu\nr\x82fection;\x85 c\x93t\x82\n",
            "libellé¦lieu",
            &["réfection¦à côté"],
        )
        .encoding(Dos),
        reads("a euro of Unix", b"libell\xe9;prix\nc\xbdur;12 \xa4\n", "libellé¦prix", &["cœur¦12 €"]).encoding(Iso885915),
        reads("one byte, an accent", b"\xe9", "é", &[]).encoding(Windows1252).delimiter(','),
        reads(
            "an old Macintosh, down to its line ends",
            b"pr\x8enom;d\x8epartement\rZo\x8e;Finist\x8fre\r",
            "prénom¦département",
            &["Zoé¦Finistère"],
        )
        .encoding(MacRoman),
        reads(
            "one bad byte in UTF-8",
            ["prénom;âge\nZoé;7\nAnaïs;8\nNo".as_bytes(), b"\xffel;9\n"].concat(),
            "prénom¦âge",
            &["Zoé¦7", "Anaïs¦8", "No\u{fffd}el¦9"],
        )
        .notice(Notice::LostCharacters(1)),
        reads("accents damaged before", "prÃ©nom;n\nZoÃ©;1\n", "prÃ©nom¦n", &["ZoÃ©¦1"]),
        reads("accents after 400 kB", long("nom;n\n", "A;1\n", 100_000, b"Ren\xe9;2\n"), "nom¦n", &["René¦2"])
            .encoding(Windows1252)
            .last_of(100_001),
        // Beyond the first slice: the reading starts again.
        reads(
            "accents after 9 MB",
            long("nom;ville;n\n", "AAAAAA;BBBB;1\n", 700_000, b"Ren\xe9;2;3\n"),
            "nom¦ville¦n",
            &["René¦2¦3"],
        )
        .encoding(Windows1252)
        .last_of(700_001),
        reads(
            "a Macintosh's accents after 9 MB",
            long("nom;n\n", "AAAAAAAAAAAA;1\n", 650_000, b"Ren\x8e;2\n"),
            "nom¦n",
            &["René¦2"],
        )
        .encoding(MacRoman)
        .last_of(650_001),
        // The label is such that the first slice of 8 MB ends between the two bytes of a letter.
        reads("a letter cut by a slice", long("nomsx;nbr\n", "é;abcdefg\n", 800_000, b""), "nomsx¦nbr", &["é¦abcdefg"])
            .last_of(800_000),
    ]);
}

#[test]
fn nasty_lines_and_delimiters() {
    let two = |about, text: &str| reads(about, text, "nom¦n", &["A¦1", "B¦2"]);
    check(&[
        two("line feeds", "nom;n\nA;1\nB;2\n"),
        two("carriage returns", "nom;n\rA;1\rB;2\r"),
        two("both", "nom;n\r\nA;1\r\nB;2\r\n"),
        two("now one, now the other", "nom;n\r\nA;1\rB;2\n"),
        two("a last line without end", "nom;n\nA;1\nB;2"),
        two("blank lines first", "\n\r\nnom;n\nA;1\nB;2\n").header(3, 1).notice(Notice::LinesAbove(2)),
        reads("blank lines between", "nom;n\nA;1\n\nB;2\n", "nom¦n", &["A¦1", "¦", "B¦2"]),
        reads("blank lines last", "nom;n\nA;1\n\n\n", "nom¦n", &["A¦1", "¦", "¦"]),
        reads("rows of nothing last", "nom;n\nA;1\n;\n;\n", "nom¦n", &["A¦1", "¦", "¦"]),
        two("the delimiter said", "sep=;\r\nnom;n\r\nA;1\r\nB;2\r\n").header(2, 1).notice(Notice::LinesAbove(1)),
        reads(
            "a delimiter said that is not the most frequent",
            "sep=,\nnom,n\na;b;c,1\nd;e;f,2\n",
            "nom¦n",
            &["a;b;c¦1", "d;e;f¦2"],
        )
        .delimiter(',')
        .header(2, 1)
        .notice(Notice::LinesAbove(1)),
        reads("decimal commas", "lieu;x;y\nA;1,5;2,5\nB;3,5;4,5\n", "lieu¦x¦y", &["A¦1,5¦2,5", "B¦3,5¦4,5"]),
        reads(
            "sentences with commas",
            "nom;objet\nX;un, deux, trois\nY;quatre, cinq\n",
            "nom¦objet",
            &["X¦un, deux, trois", "Y¦quatre, cinq"],
        ),
        reads("commas between quotes", "nom,objet\n\"X, Y\",\"a, b, c\"\nZ,\"d;e\"\n", "nom¦objet", &["X, Y¦a, b, c", "Z¦d;e"])
            .delimiter(','),
        two("tabs", "nom\tn\nA\t1\nB\t2\n").named("a.txt").delimiter('\t'),
        two("pipes", "nom|n\nA|1\nB|2\n").delimiter('|'),
        reads("a name that says tabs", "nom;x\tn\nA;y\t1\n", "nom;x¦n", &["A;y¦1"]).named("A.TSV").delimiter('\t'),
        reads("one column", "commune\nÉpinal\nDole\n", "commune", &["Épinal", "Dole"]).delimiter(','),
    ]);
}

#[test]
fn nasty_quotes_and_rows() {
    check(&[
        reads("a quote left open", "nom;n\n\"A;1\nB;2\n", "nom¦n", &["\"A¦1", "B¦2"]).notice(Notice::BrokenQuotes(1)),
        reads("a quote left open in the last cell", "nom;n\nA;\"1\n", "nom¦n", &["A¦\"1"]).notice(Notice::BrokenQuotes(1)),
        reads("a quote left open high in a long file", long("nom;n\n\"A;1\n", "B;2\n", 100_000, b""), "nom¦n", &["B¦2"])
            .notice(Notice::BrokenQuotes(1))
            .last_of(100_001),
        reads(
            "quotes within cells",
            "nom;n\nle \"bon\" café;12\n5\" de long;3\n",
            "nom¦n",
            &["le \"bon\" café¦12", "5\" de long¦3"],
        ),
        reads("text after a quote", "nom;n\n\"A\"x;1\n\"B\" ;2\n", "nom¦n", &["Ax¦1", "B ¦2"]).notice(Notice::BrokenQuotes(1)),
        reads("quotes not doubled", "nom;n\n\"le \"B\" ; C\";1\n\"\\\"D\\\"\";2\n", "nom¦n", &["le \"B\" ; C¦1", "\"D\"¦2"])
            .notice(Notice::BrokenQuotes(2)),
        reads("cells of several lines", "nom;n\n\"A\nB;C\r\nD\";1\nE;2\n", "nom¦n", &["A\nB;C\r\nD¦1", "E¦2"]),
        reads("a label of several lines", "\"nom\ncomplet\";n\nA;1\n", "nom\ncomplet¦n", &["A¦1"]),
        reads("doubled quotes", "nom;n\n\"dit \"\"le Grand\"\"\";1\n\"\"\"\";2\n", "nom¦n", &["dit \"le Grand\"¦1", "\"¦2"]),
        reads("apostrophes are no quotes", "nom;n\n'A;1\nl'Î;2\n", "nom¦n", &["'A¦1", "l'Î¦2"]),
        reads("nothing between quotes", "nom;n\n\"\";\"\"\nA;1\n", "nom¦n", &["¦", "A¦1"]),
        reads("spaces are kept", "nom;n\n A ; 1\n", "nom¦n", &[" A ¦ 1"]),
        reads("rows too short and too long", "a;b;c\n1;2\n1;2;3;4\n5;6;7\n", "a¦b¦c", &["1¦2¦", "1¦2¦3»4", "5¦6¦7"])
            .notice(Notice::RaggedRows(2)),
        reads("a delimiter at the end of each line", "nom;n;\nA;1;\n", "nom¦n¦", &["A¦1¦"]),
        reads("a zero byte", "nom;n\nA\0B;1\nC;2\n", "nom¦n", &["A\0B¦1", "C¦2"]),
        reads("control characters", "nom;n\nA\x01\x07B;1\nC\x0bD;2\n", "nom¦n", &["A\x01\x07B¦1", "C\x0bD¦2"]),
        refused("zero bytes without end", "a.csv", long("nom;n\n", "\0", 300, b""), IntakeError::NotText),
        refused("a program", "a.csv", &b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0\x01\0\0\0"[..], IntakeError::NotText),
    ]);
}

#[test]
fn nasty_headers() {
    check(&[
        reads(
            "titles above",
            "Marchés 2024\nExport du 2 janvier\n\nnom;n;ville\nA;1;X\nB;2;Y\n",
            "nom¦n¦ville",
            &["A¦1¦X", "B¦2¦Y"],
        )
        .header(4, 1)
        .notice(Notice::LinesAbove(3)),
        reads(
            "groups above the labels",
            "Siège;;Garage;\nrue;ville;rue;ville\na;b;c;d\n",
            "Siège rue¦Siège ville¦Garage rue¦Garage ville",
            &["a¦b¦c¦d"],
        )
        .header(2, 2),
        reads(
            "no header",
            "21860194600013;2024-01-02;X\n21860194600013;2024-01-03;Y\n",
            "A¦B¦C",
            &["21860194600013¦2024-01-02¦X", "21860194600013¦2024-01-03¦Y"],
        )
        .header(0, 0),
        reads("a header of years", "2021;2022;2023\n12,5;13,5;14,5\n", "2021¦2022¦2023", &["12,5¦13,5¦14,5"]),
        reads("years beside a label", "commune;2021;2022\nÉpinal;12;13\n", "commune¦2021¦2022", &["Épinal¦12¦13"]),
        reads("a label twice", "nom;nom;n\nA;B;1\n", "nom¦nom¦n", &["A¦B¦1"]),
        reads("a label missing", "nom;;n\nA;B;1\n", "nom¦¦n", &["A¦B¦1"]),
        reads("a total last", "nom;n\nA;1\nB;2\nTOTAL;3\n", "nom¦n", &["A¦1", "B¦2", "TOTAL¦3"]).notice(Notice::TotalsRow),
        reads("remarks, kept unless asked", "# Source : mairie\nnom;n\nA;1\n# fin\n", "nom¦n", &["A¦1", "# fin¦"])
            .header(2, 1)
            .notice(Notice::LinesAbove(1))
            .notice(Notice::RaggedRows(1)),
        reads("a header alone", "nom;n\n", "nom¦n", &[]),
        reads("one byte", "a", "a", &[]).delimiter(','),
        reads(
            "invisible characters",
            "\u{200b}nom;prix\u{a0}HT\nA;1\u{202f}000\n",
            "\u{200b}nom¦prix\u{a0}HT",
            &["A¦1\u{202f}000"],
        ),
        refused("nothing", "a.csv", "", IntakeError::Empty),
        refused("a mark and nothing", "a.csv", "\u{feff}", IntakeError::Empty),
        refused("a mark of UTF-16 and nothing", "a.csv", &b"\xff\xfe"[..], IntakeError::Empty),
        refused("spaces", "a.csv", "  \t ", IntakeError::Empty),
    ]);
}

#[test]
fn nasty_sizes() {
    let (wide, wider) = (columns(1_000, ";"), columns(1_001, ";"));
    let word = "mot ".repeat(500_000);
    check(&[
        reads("a line of 2 MB", format!("nom;n\nA;1\n{word};2\n"), "nom¦n", &["A¦1", &format!("{word}¦2")]),
        reads("2 MB between quotes", format!("nom;n\n\"{word}\n{word}\";2\n"), "nom¦n", &[&format!("{word}\n{word}¦2")]),
        reads("1 000 columns", format!("{wide}\nx{wide}\n"), &columns(1_000, "¦"), &[&format!("x{}", columns(1_000, "¦"))]),
        refused("1 001 columns", "a.csv", format!("{wider}\n{wider}\n"), TOO_MANY_COLUMNS),
        refused("a row of 1 001 cells", "a.csv", format!("nom;n\nA;1\nB;2\n{wider}\n"), TOO_MANY_COLUMNS),
        refused("2 MB of tables that hold nothing", "a.xls", "<table>".repeat(300_000), not_a_table("HTML")),
        refused("2 MB of tables within tables", "a.xls", "<table><tr><td>".repeat(140_000), damaged()),
    ]);
    // Whatever they are taken for, they are answered.
    for (text, times) in
        [(";", 5 << 20), ("\"", 5 << 20), ("\"", (5 << 20) + 1), ("\";", 2 << 20), ("\"\n", 2 << 20), ("a\"\n\"", 1 << 20)]
    {
        let _ = read("a.csv", text.repeat(times).as_bytes(), &Choices::default());
    }
}

#[test]
fn files_that_deceive_the_first_look() {
    let labels = |count: usize| (0..count).map(|n| format!("{n:0>400}")).collect::<Vec<_>>();
    let wide = format!("{}\n{}\n", labels(900).join(";"), vec!["x"; 900].join(";"));
    check(&[
        reads("a label that starts as a zip does", "PK;nom\n1;A\n", "PK¦nom", &["1¦A"]),
        reads(
            "a quote left open in the header of a long file",
            format!("\"nom;n\n{}", "A;1\n".repeat(100_000)),
            "\"nom¦n",
            &["A¦1"],
        )
        .last_of(100_000)
        .notice(Notice::BrokenQuotes(1)),
        reads("a header longer than what is looked at first", wide, &labels(900).join("¦"), &[&vec!["x"; 900].join("¦")]),
        reads("the end of a file, as DOS wrote it", "nom;n\r\nA;1\r\n\x1a", "nom¦n", &["A¦1"]),
        reads("two byte order marks", "\u{feff}\u{feff}nom;âge\nZoé;7\n", "nom¦âge", &["Zoé¦7"]),
        refused("lines of spaces", "a.csv", "  \n  \n", IntakeError::NoCell),
        refused("delimiters alone", "a.csv", ";;;\n;;;\n", IntakeError::NoCell),
    ]);
}

#[test]
fn nasty_containers() {
    let page = "<html><body><table><tr><th>nom</th><th>n</th></tr><tr><td>Zoé</td><td>7</td></tr></table></body></html>";
    let packed = gzip(b"nom;n\nA;1\n");
    let register = read("d.xlsx", &bytes("deliberations.xlsx"), &Choices::default()).unwrap();
    let renamed = read("d.csv", &bytes("deliberations.xlsx"), &Choices::default()).unwrap();
    assert_eq!((renamed.reading, renamed.table.labels), (register.reading, register.table.labels));
    check(&[
        reads("a page named XLS", page, "nom¦n", &["Zoé¦7"]).named("a.xls").workbook(),
        reads("a page named CSV", page, "nom¦n", &["Zoé¦7"]).workbook(),
        reads("a text named XLSX", "nom;n\nA;1\n", "nom¦n", &["A¦1"]).named("a.xlsx"),
        reads("a text named XLS, as tabs", "nom\tn\nA\t1\n", "nom¦n", &["A¦1"]).named("a.xls").delimiter('\t'),
        reads("a packed text that does not say so", packed.clone(), "nom¦n", &["A¦1"]),
        reads("an archive that does not say so", zip(&[("d/a.csv", b"nom;n\nA;1\n")]), "nom¦n", &["A¦1"]),
        refused("a packed text cut short", "a.csv.gz", &packed[..packed.len() - 6], damaged()),
        refused("nothing, packed", "a.csv.gz", gzip(b""), IntakeError::Empty),
        refused("an archive of nothing", "a.zip", zip(&[]), not_a_table("ZIP")),
        refused("an archive of an empty table", "a.zip", zip(&[("a.csv", b"")]), IntakeError::Empty),
        refused("an archive cut short", "a.zip", &zip(&[("a.csv", b"nom;n\nA;1\n")])[..60], damaged()),
        refused("a PDF", "a.csv", "%PDF-1.7\n1 0 obj", not_a_table("PDF")),
        refused("a PNG", "a.csv", &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], not_a_table("PNG")),
        refused("a JPEG", "a.csv", &b"\xff\xd8\xff\xe0\0\x10JFIF"[..], not_a_table("JPEG")),
        refused("an RTF", "a.csv", "{\\rtf1\\ansi nom;n}", not_a_table("RTF")),
    ]);
}
