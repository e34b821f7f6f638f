use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
};

use super::{CliError, moment::moment, schema, summary::summary};
use crate::{
    export::{Copies, Packing, Parts},
    i18n::{self, Arg, Locale},
    intake::{self, Choices, Opened},
    project::Project,
    protocol::{Export, Reply, Request},
    recipe::{Misfit, Recipe},
};

/// What `atelier clean` was asked.
struct Order {
    file: PathBuf,
    out: PathBuf,
    way: Way,
    copies: Copies,
}

/// How files are cleaned.
enum Way {
    /// As a recipe tells.
    Recipe(Box<Recipe>),
    /// By the mapping proposed for a schema, and every repair that leaves no doubt.
    Auto(Box<Auto>),
}

/// The schema to follow.
#[derive(Clone)]
struct Auto {
    text: String,
    name: Option<String>,
    url: Option<String>,
}

/// What became of one file.
struct Cleaned {
    project: Project,
    misfits: Vec<Misfit>,
    /// Where it was written.
    written: PathBuf,
}

/// Cleans a file, or each table of a folder; `true` where all are valid then.
///
/// # Errors
/// Where the arguments are wrong, the recipe or the schema cannot be read, or a single file cannot be. In a folder, a file
/// that cannot be read is told in its line, and the others are cleaned; the error comes last.
pub fn run(arguments: &[OsString]) -> Result<bool, CliError> {
    let order = Order::parse(arguments)?;
    if order.file.is_dir() { order.folder() } else { order.one() }
}

impl Order {
    fn parse(arguments: &[OsString]) -> Result<Order, CliError> {
        let mut rest = arguments.iter();
        let (mut file, mut out, mut recipe, mut name, mut auto) = (None, None, None, None, false);
        let mut copies = Copies::default();
        while let Some(argument) = rest.next() {
            let mut value = || rest.next().ok_or(CliError::Usage);
            match argument.to_str() {
                Some("--recipe") => recipe = Some(PathBuf::from(value()?)),
                Some("--schema") => name = Some(value()?.to_str().ok_or(CliError::Usage)?),
                Some("--out") => out = Some(PathBuf::from(value()?)),
                Some("--auto") => auto = true,
                Some("--excel") => copies.excel = true,
                Some("--xlsx") => copies.workbook = true,
                Some("--catalogue") => copies.catalogue = true,
                Some(option) if option.starts_with("--") => return Err(CliError::Usage),
                _ if file.is_none() => file = Some(PathBuf::from(argument)),
                _ => return Err(CliError::Usage),
            }
        }
        let (Some(file), Some(out)) = (file, out) else { return Err(CliError::Usage) };
        let way = match (recipe, name, auto) {
            (Some(recipe), None, false) => {
                let text = fs::read_to_string(&recipe).map_err(|error| no_file(&recipe, &error))?;
                Way::Recipe(Box::new(Recipe::read(&text).map_err(CliError::Recipe)?))
            }
            (None, Some(name), true) => {
                let found = schema::load(name)?;
                Way::Auto(Box::new(Auto { text: found.schema.document.to_string(), name: found.name, url: found.url }))
            }
            _ => return Err(CliError::Usage),
        };
        Ok(Order { file, out, way, copies })
    }

    /// Cleans one file, and tells all that is left of it.
    fn one(&self) -> Result<bool, CliError> {
        let cleaned = self.clean(&self.file, &self.out)?;
        println!("{}", cleaned.line(&self.file));
        cleaned.left().iter().for_each(|line| println!("  {line}"));
        Ok(cleaned.is_valid())
    }

    /// Cleans each table of a folder, a line each.
    fn folder(&self) -> Result<bool, CliError> {
        let entries = fs::read_dir(&self.file).map_err(|error| no_file(&self.file, &error))?;
        let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|p| is_table(p)).collect();
        files.sort();
        if files.is_empty() {
            return Err(CliError::NoTable(self.file.display().to_string()));
        }
        let (mut valid, mut refused) = (true, 0);
        for file in &files {
            // Files of one folder have each a name, with its extension where two have one stem.
            let alone = files.iter().filter(|other| other.file_stem() == file.file_stem()).count() == 1;
            let name = if alone { file.file_stem() } else { file.file_name() };
            match self.clean(file, &self.out.join(name.unwrap_or_default())) {
                Ok(cleaned) => {
                    println!("{}", cleaned.line(file));
                    valid &= cleaned.is_valid();
                }
                Err(CliError::Intake { error, .. }) => {
                    let (title, text) = i18n::intake_error(Locale::default(), &error, &name_of(file));
                    println!("✗ {title} {text}");
                    refused += 1;
                }
                Err(error) => return Err(error),
            }
        }
        if refused == 0 { Ok(valid) } else { Err(CliError::Refused(refused)) }
    }

    fn clean(&self, file: &Path, out: &Path) -> Result<Cleaned, CliError> {
        let mut project = Project::default();
        let opened = read(file, &Choices::default())?;
        let size = fs::metadata(file).map_err(|error| no_file(file, &error))?.len();
        let choices = match &self.way {
            Way::Recipe(recipe) => recipe.choices(&opened.reading),
            Way::Auto(_) => Choices::default(),
        };
        project.take(&name_of(file), size, opened);
        if choices != Choices::default() {
            project.take_again(choices.clone(), read(file, &choices)?);
        }
        let misfits = match &self.way {
            Way::Recipe(recipe) => project.replay(recipe).1,
            Way::Auto(auto) => {
                let Auto { text, name, url } = auto.as_ref().clone();
                project.handle(Request::UseSchemaText { text, name, url });
                project.handle(Request::RepairAll);
                Vec::new()
            }
        };
        let written = self.write(&project, out)?;
        Ok(Cleaned { project, misfits, written })
    }

    /// Writes what is taken away: the pack of the studio, or its files where no recipe named them.
    fn write(&self, project: &Project, out: &Path) -> Result<PathBuf, CliError> {
        fs::create_dir_all(out).map_err(|error| not_written(out, &error))?;
        let put = |name: &str, bytes: &[u8]| {
            let path = out.join(name);
            fs::write(&path, bytes).map_err(|error| not_written(&path, &error)).map(|()| path)
        };
        let now = moment().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        match &self.way {
            Way::Recipe(_) => {
                let name = project.csv_name(&now);
                let mut reply = Reply::Failed;
                let pack = Parts::gather(|to| {
                    reply = project.export(Export::Pack(self.copies), &name, &now, Locale::default(), to);
                    Ok(())
                });
                match (reply, pack) {
                    (Reply::Exported { name }, Ok(bytes)) => put(&name, &bytes),
                    _ => Err(CliError::NoPack),
                }
            }
            Way::Auto(_) => {
                let packed = project.pack(DATA, &now, Locale::default(), self.copies, &mut Folder { path: out, file: None });
                packed.map_err(|error| match error.kind() {
                    io::ErrorKind::InvalidInput => CliError::NoPack,
                    _ => not_written(out, &error),
                })?;
                Ok(out.join(DATA))
            }
        }
    }
}

/// A folder that takes the files of a pack as they are.
struct Folder<'a> {
    path: &'a Path,
    /// The one being written.
    file: Option<fs::File>,
}

impl Packing for Folder<'_> {
    fn file(&mut self, name: &str) -> io::Result<&mut dyn io::Write> {
        Ok(self.file.insert(fs::File::create(self.path.join(name))?))
    }
}

impl Cleaned {
    fn errors(&self) -> u32 {
        self.project.causes().iter().filter(|cause| !cause.key.advice).map(|cause| cause.count).sum()
    }

    fn is_valid(&self) -> bool {
        self.errors() == 0 && self.misfits.is_empty()
    }

    /// What became of a file, in a line.
    fn line(&self, file: &Path) -> String {
        let locale = Locale::default();
        let words = locale.words();
        let verdict = match self.errors() {
            0 => locale.fill_n(words.cli_valid, self.project.rows()),
            n => locale.fill_n(words.cli_to_correct, n as usize),
        };
        let misfits = match self.misfits.len() {
            0 => String::new(),
            n => format!(" {}", locale.fill_n(words.cli_misfits, n)),
        };
        let mark = if self.is_valid() { '✓' } else { '✗' };
        format!("{mark} {} : {verdict}{misfits} → {}", name_of(file), self.written.display())
    }

    /// What is left open, a line each: what of the recipe does not fit, what there is to correct, the columns left out.
    fn left(&self) -> Vec<String> {
        let locale = Locale::default();
        let words = locale.words();
        let mut lines: Vec<String> = self.misfits.iter().map(|misfit| format!("✗ {}", i18n::misfit(locale, misfit))).collect();
        if let Some(schema) = self.project.schema() {
            lines.extend(summary(locale, self.project.causes(), schema));
        }
        let new = |label: &String| self.misfits.contains(&Misfit::NewColumn(label.clone()));
        let left_out = self.project.dropped().into_iter().filter(|label| !new(label));
        lines.extend(left_out.map(|label| format!("! {}", locale.fill(words.cli_dropped, &[("field", Arg::Text(&label))]))));
        lines
    }
}

/// The name of the table where no recipe has named it.
const DATA: &str = "data.csv";

/// Whether a file of a folder is one to clean, by its extension.
fn is_table(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).map(str::to_lowercase);
    let known = ["csv", "tsv", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods", "fods", "html", "htm", "gz", "zip"];
    path.is_file() && extension.is_some_and(|extension| known.contains(&extension.as_str())) && !name_of(path).starts_with('.')
}

fn read(file: &Path, choices: &Choices) -> Result<Opened, CliError> {
    let name = name_of(file);
    let bytes = fs::File::open(file).map_err(|error| no_file(file, &error))?;
    let read = intake::read_from(&name, bytes, choices).map_err(|error| no_file(file, &error))?;
    read.map_err(|error| CliError::Intake { path: file.display().to_string(), error })
}

fn name_of(file: &Path) -> String {
    file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned()
}

fn no_file(path: &Path, error: &std::io::Error) -> CliError {
    CliError::NoFile { path: path.display().to_string(), why: error.kind() }
}

fn not_written(path: &Path, error: &std::io::Error) -> CliError {
    CliError::NotWritten { path: path.display().to_string(), why: error.kind() }
}
