//! Archives that hold tables, and the packs that Atelier writes.

use std::io::{Cursor, Read};

use serde_json::Value;
use zip::ZipArchive;

use super::{
    Archive, ArchiveEntry, Choices, Companion, Flow, Intake, IntakeError, Limit, Opened, Watch, limits, package::Package,
};

/// Whether a file that starts so is a ZIP.
pub fn is_zip(start: &[u8]) -> bool {
    // A table may well start with a label such as PK: the bytes after it tell.
    start.starts_with(b"PK") && matches!(start.get(2..4), Some([3, 4] | [5, 6] | [7, 8]))
}

/// Reads a table of an archive: the one chosen, or the largest. `None` where the ZIP is a document of its own.
///
/// # Errors
/// Where it is damaged, holds no table, or the table cannot be read.
pub fn read(bytes: &[u8], choices: &Choices, watch: &mut Watch<'_>) -> Result<Option<Opened>, IntakeError> {
    let mut files = Files::open(bytes)?;
    if files.is_document() {
        return Ok(None);
    }
    let pack = files.pack();
    let mut tables: Vec<usize> = (0..files.names.len()).filter(|at| files.is_table(*at)).collect();
    if let Some(pack) = &pack {
        // The report that stands beside the data is a page, and no table.
        tables.retain(|at| pack.resources.iter().any(|(path, _)| path == at));
    }
    // A page more often tells of the data than it holds them.
    let weight = |at: &usize| (!files.has_extension(*at, &PAGES), files.bytes(*at));
    let largest = tables.iter().enumerate().rev().max_by_key(|(_, at)| weight(at)).map(|(entry, _)| entry);
    let asked = choices.entry.filter(|entry| *entry < tables.len());
    let entry = asked.or(largest);
    let Some((entry, at)) = entry.and_then(|entry| Some((entry, *tables.get(entry)?))) else {
        return Err(IntakeError::NotATable { what: "ZIP".to_owned() });
    };
    let mut opened = files.table(at, choices, watch)?;
    let entries = tables.iter().map(|at| ArchiveEntry { name: files.shown(*at), bytes: files.bytes(*at) }).collect();
    opened.reading.archive = Some(Archive { entries, entry });
    opened.companion = pack.map(|pack| files.companion(pack, at));
    Ok(Some(opened))
}

/// The files of an archive.
struct Files<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// The name of each, folders included; empty where it cannot be told.
    names: Vec<String>,
    size: u64,
}

/// A `datapackage.json` that describes files of the archive it stands in.
struct Pack {
    text: String,
    /// The folder it stands in, with its last `/`.
    folder: String,
    /// The files it describes, each with its schema as written.
    resources: Vec<(usize, Value)>,
}

const TABLES: [&str; 8] = ["csv", "tsv", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods"];
const PAGES: [&str; 3] = ["html", "htm", "fods"];

/// Bytes handed over together.
const PIECE: u64 = 1 << 20;

impl<'a> Files<'a> {
    fn open(bytes: &'a [u8]) -> Result<Files<'a>, IntakeError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(IntakeError::damaged)?;
        if zip.len() > limits::PACKAGE_ENTRIES {
            return Err(IntakeError::too_large(Limit::Sheets, limits::PACKAGE_ENTRIES as u64));
        }
        let names = zip.file_names().map(|name| name.map(|name| name.replace('\\', "/")).unwrap_or_default()).collect();
        Ok(Files { zip, names, size: bytes.len() as u64 })
    }

    /// Whether it is a workbook, or a text: a program's own format.
    fn is_document(&self) -> bool {
        let marks = ["[content_types].xml", "content.xml", "mimetype"];
        self.names.iter().any(|name| marks.contains(&name.trim_start_matches('/').to_lowercase().as_str()))
    }

    fn name(&self, at: usize) -> &str {
        self.names.get(at).map_or("", String::as_str)
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|other| other == name)
    }

    fn has_extension(&self, at: usize, extensions: &[&str]) -> bool {
        let extension = self.name(at).rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
        extension.is_some_and(|extension| extensions.contains(&extension.as_str()))
    }

    /// Whether a file looks like a table; what systems leave beside does not count.
    fn is_table(&self, at: usize) -> bool {
        let hidden = |part: &str| part == "__MACOSX" || part.starts_with('.') && part != "." && part != "..";
        !self.name(at).split('/').any(hidden) && (self.has_extension(at, &TABLES) || self.has_extension(at, &PAGES))
    }

    /// The size a file is said to have: to be shown, not to be trusted.
    fn bytes(&self, at: usize) -> u64 {
        self.zip.by_index_data(at).map_or(0, |entry| entry.size())
    }

    /// The name shown: without its folders, unless another file has the same.
    fn shown(&self, at: usize) -> String {
        let alike = |name: &&String| last(name) == last(self.name(at));
        let unique = self.names.iter().filter(alike).count() < 2;
        if unique { last(self.name(at)).to_owned() } else { self.name(at).to_owned() }
    }

    /// Reads a table, inflated piece by piece.
    fn table(&mut self, at: usize, choices: &Choices, watch: &mut Watch<'_>) -> Result<Opened, IntakeError> {
        let mut choices = choices.clone();
        loop {
            match self.pour(at, &choices, watch)? {
                Flow::Done(opened) => return Ok(*opened),
                Flow::Again(better) => choices = better,
                Flow::More => return Err(IntakeError::Unreadable),
            }
        }
    }

    fn pour(&mut self, at: usize, choices: &Choices, watch: &mut Watch<'_>) -> Result<Flow, IntakeError> {
        let mut intake = Intake::within(last(self.name(at)), choices);
        if self.zip.by_index_data(at).map_err(IntakeError::damaged)?.encrypted() {
            return Err(IntakeError::Password);
        }
        let mut file = self.zip.by_index(at).map_err(IntakeError::damaged)?;
        let most = limits::inflated(file.compressed_size().min(self.size));
        let (mut piece, mut inflated) = (Vec::new(), 0);
        loop {
            piece.clear();
            inflated += file.by_ref().take(PIECE).read_to_end(&mut piece).map_err(IntakeError::damaged)? as u64;
            if inflated > most {
                return Err(IntakeError::too_large(Limit::Inflated, most >> 20));
            }
            if piece.is_empty() {
                return intake.finish(watch);
            }
            match intake.feed(piece.len(), &mut piece.as_slice())? {
                Flow::More if intake.is_whole() => {}
                Flow::More => watch.saw(intake.rows() as u32, || intake.head().to_vec()),
                over => return Ok(over),
            }
        }
    }

    /// A small text of the archive; `None` where it cannot be read, or is not small.
    fn text(&mut self, at: usize) -> Option<String> {
        let mut text = String::new();
        let read = self.zip.by_index(at).ok()?.take(limits::COMPANION_BYTES + 1).read_to_string(&mut text).ok()?;
        (read as u64 <= limits::COMPANION_BYTES).then_some(text)
    }

    /// The description that stands beside the tables, where it names at least one of them.
    fn pack(&mut self) -> Option<Pack> {
        let at = self.names.iter().position(|name| last(name) == "datapackage.json")?;
        let folder = self.name(at).trim_end_matches("datapackage.json").to_owned();
        let text = self.text(at)?;
        let named = Package::read(&text)?.resources.into_iter();
        let resources: Vec<_> =
            named.filter_map(|(path, schema)| Some((self.place(&format!("{folder}{path}"))?, schema))).collect();
        let described = resources.iter().any(|(at, _)| self.is_table(*at));
        described.then_some(Pack { text, folder, resources })
    }

    /// What a pack says of a table.
    fn companion(&mut self, pack: Pack, table: usize) -> Companion {
        let schema = pack.resources.iter().find(|(at, _)| *at == table).map(|(_, schema)| schema);
        let mut find = |path: &str| self.place(&format!("{}{path}", pack.folder)).and_then(|at| self.text(at));
        let schema = schema.and_then(|schema| Package::schema(schema, &mut find));
        Companion { schema, package: Some(pack.text) }
    }
}

fn last(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::{ZipWriter, write::SimpleFileOptions};

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn open(files: &[(&str, &[u8])], choices: &Choices) -> Result<Opened, IntakeError> {
        super::super::read("x.zip", &archive(files), choices)
    }

    #[test]
    fn the_largest_table_is_read_unless_another_is_chosen() {
        let files: [(&str, &[u8]); 6] = [
            ("__MACOSX/._a.csv", b"x;y;z;t;u;v;w\n1;2;3;4;5;6;7\n"),
            ("d/.cache.csv", b"x;y;z;t;u;v;w\n1;2;3;4;5;6;7\n"),
            ("lisez-moi.html", b"<p>A page that says a lot, and holds no table.</p>"),
            ("d/a.csv", b"a;b\n1;2\n"),
            ("d/b.csv", b"c;d\n1;2\n3;4\n"),
            ("e/b.csv", b"e;f\n\xe9;2\n"),
        ];
        let Opened { table, reading, companion, .. } = open(&files, &Choices::default()).unwrap();
        let archive = reading.archive.unwrap();
        let names: Vec<&str> = archive.entries.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["lisez-moi.html", "a.csv", "d/b.csv", "e/b.csv"]);
        assert_eq!((archive.entry, archive.entries[1].bytes, table.labels.join(","), companion), (2, 8, "c,d".into(), None));
        let chosen = open(&files, &Choices { entry: Some(3), ..Choices::default() }).unwrap();
        assert_eq!((chosen.table.labels.join(","), chosen.table.text(0, 0)), ("e,f".into(), "é"));
    }

    #[test]
    fn a_description_brings_the_schema_of_its_table() {
        let package =
            br#"{"title":"T","resources":[{"path":"a.csv","schema":"schema.json"},{"path":"b.csv","schema":{"fields":[]}}]}"#;
        let files: [(&str, &[u8]); 5] = [
            ("p/datapackage.json", package),
            ("p/schema.json", b"{\"fields\":[{\"name\":\"a\"}]}"),
            ("p/rapport.csv", b"a,b\n1,2\n3,4\n5,6\n"),
            ("p/a.csv", b"a,b\n1,2\n3,4\n"),
            ("p/b.csv", b"a,b\n"),
        ];
        let opened = open(&files, &Choices::default()).unwrap();
        assert_eq!((opened.reading.rows, opened.reading.archive.unwrap().entries.len()), (2, 2));
        let companion = opened.companion.unwrap();
        assert_eq!(companion.schema.as_deref(), Some("{\"fields\":[{\"name\":\"a\"}]}"));
        assert!(companion.package.unwrap().starts_with("{\"title\":\"T\""));
        let other = open(&files, &Choices { entry: Some(1), ..Choices::default() }).unwrap().companion.unwrap();
        assert_eq!(other.schema.as_deref(), Some("{\"fields\":[]}"));
    }

    #[test]
    fn what_holds_no_table_is_refused() {
        let zip = Err(IntakeError::NotATable { what: "ZIP".to_owned() });
        let inner = archive(&[("a.csv", b"a;b\n1;2\n")]);
        assert_eq!(open(&[("a.csv", &inner)], &Choices::default()).map(|_| ()), zip);
        assert_eq!(open(&[("a.zip", &inner), ("b.png", b"x")], &Choices::default()).map(|_| ()), zip);
        let bomb = "a;b\n".repeat(8 << 20);
        let refused = open(&[("a.csv", bomb.as_bytes())], &Choices::default()).unwrap_err();
        assert!(matches!(refused, IntakeError::TooLarge { limit: Limit::Inflated, .. }));
        // The mark of an entry under a password, in both of its headers.
        let mut locked = inner.clone();
        let central = locked.windows(4).position(|start| start == b"PK\x01\x02").unwrap();
        locked[6] |= 1;
        locked[central + 8] |= 1;
        let refused = super::super::read("x.zip", &locked, &Choices::default()).unwrap_err();
        assert_eq!(refused, IntakeError::Password);
    }
}
