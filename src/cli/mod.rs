//! The command line: the same engine over files.

mod check;
mod clean;
mod error;
mod moment;
mod publish;
mod schema;
mod summary;

use std::{ffi::OsString, process::ExitCode};

use error::CliError;

const USAGE: &str = "\
atelier check FILE --schema NAME_OR_PATH [--sheet N] [--format FORMAT]
atelier schema NAME_OR_PATH
atelier clean FILE_OR_FOLDER --recipe RECIPE --out FOLDER [COPIES]
atelier clean FILE_OR_FOLDER --schema NAME_OR_PATH --auto --out FOLDER [COPIES]
atelier publish PACK --instance URL --organization ID --key-env VARIABLE [--dataset ID [--resource ID] [--describe]]
                [--public] [--dry-run] [--journal FILE]

  FILE      a CSV, XLSX, XLS or ODS file; its columns are matched by exact name
  --schema  a schema that Atelier carries (deliberations, scdl/deliberations) or a Table Schema file
  --sheet   the sheet of a workbook, 1 being the first
  --format  text (a line a finding, by default), summary (a line a cause), json (for programs),
            html (a report that prints) or csv (every finding, for a spreadsheet)

`atelier schema` tells the author of a schema what validators accept in silence: misspelt keys, constraints
without effect, examples that break their own field.

`atelier clean` repairs. With a recipe saved by the studio it writes the same ZIP as the studio; with --auto it takes
the columns proposed and every repair that leaves no doubt, and writes data.csv and what describes it. Of a folder, each
table in a folder of its own, and a line each. COPIES are what is added to the pack: --excel, a CSV that a French Excel opens
by itself; --xlsx, a workbook; --catalogue, a line for the catalogue of the collectivité. SOURCE_DATE_EPOCH gives the date written, where it is set.

`atelier publish` sends the ZIP that Atelier makes, or the folder of its files, to a platform such as
https://demo.data.gouv.fr, with the API key that an environment variable holds. What it makes is a draft, until --public.
With --dataset (an identifier or an address) the table is added to that dataset, or takes the place of its file --resource;
what people wrote there stays, unless --describe. --dry-run asks, and changes nothing.
A journal is kept beside the pack (PACK.publication.json, or --journal): the same call goes on after an interruption, twice
the same call changes nothing, and a pack of that name with another table takes the place of the one before.

Exit status: 0 valid or published, 1 invalid or refused, 2 could not read or reach.
";

/// Runs the command line with its arguments, program name left out. The status is 0 where the file
/// is valid or published, 1 where it is not, 2 where it could not be read or sent, or the arguments are wrong.
pub fn run(arguments: Vec<OsString>) -> ExitCode {
    let outcome = match arguments.split_first() {
        Some((verb, rest)) if verb == "check" => check::run(rest),
        Some((verb, rest)) if verb == "clean" => clean::run(rest),
        Some((verb, rest)) if verb == "publish" => publish::run(rest),
        Some((verb, rest)) if verb == "schema" => schema::run(rest),
        Some((verb, _)) if verb == "--help" || verb == "help" => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => Err(CliError::Usage),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(CliError::Usage) => {
            eprint!("{USAGE}");
            ExitCode::from(2)
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}
