//! Compares the studio with what people read files with in a browser, on the same files in the same run.
//!
//! The studio opens, finds the schema, checks every cell and shows its causes; its peers only parse, and the
//! floor checks and keeps nothing. Speed is shown and not judged, for it is the machine's too. What fails is an
//! error count that is not the one put in, or a file that does not open.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a bench that cannot run panics

#[path = "../../browser/driver.rs"]
#[allow(dead_code)] // the tests ask more of a browser
mod driver;
mod job;
mod renderers;
mod report;
mod sample;
#[path = "../../browser/server.rs"]
mod server;

use std::process::ExitCode;

use job::Program;
use report::Bout;
use sample::Generator;

/// A workbook has this many times fewer rows than a CSV file, as in life.
const WORKBOOK: u64 = 10;

fn main() -> ExitCode {
    let Some(generator) = Generator::build() else {
        println!("skipped: ../shared/perf, which writes the files, is not here");
        return ExitCode::SUCCESS;
    };
    let (rows, runs) = (setting("ATELIER_BENCH_ROWS", 1_000_000), setting("ATELIER_BENCH_RUNS", 3));
    let csv = ["irve", "subventions", "deliberations"].map(|dataset| (dataset, "csv", rows));
    let books = ["xlsx", "ods"].map(|format| ["irve", "subventions"].map(|dataset| (dataset, format, rows / WORKBOOK)));
    let files = csv.into_iter().chain(books.into_iter().flatten());
    let mut bouts: Vec<Bout> = files.map(|(dataset, format, rows)| Bout::new(generator.sample(dataset, format, rows))).collect();
    // Programs take turns, so that what the machine does meanwhile weighs on all of them alike.
    for round in 1..=runs {
        for bout in &mut bouts {
            println!("Round {round} of {runs}: {}.{}", bout.sample.dataset, bout.sample.format);
            for (program, done) in &mut bout.programs {
                done.push(job::run(*program, &bout.sample, false));
            }
        }
    }
    bouts.iter().for_each(Bout::print);
    let mut faults: Vec<String> = bouts.iter().flat_map(Bout::faults).collect();
    // The widest file once more, for its frames: scrolling takes time, and would count against the studio above.
    if let Some(widest) = bouts.first() {
        match job::run(Program::Atelier, &widest.sample, true) {
            Ok(run) => report::print_frames(&format!("{}.{}", widest.sample.dataset, widest.sample.format), &run),
            Err(trouble) => faults.push(format!("scrolling: {trouble}")),
        }
    }
    faults.iter().for_each(|fault| println!("\nwrong: {fault}"));
    if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A number from the environment.
fn setting(name: &str, usual: u64) -> u64 {
    let number = |text: String| text.parse().unwrap_or_else(|_| panic!("{name} is not a number: {text}"));
    std::env::var(name).map_or(usual, number)
}
