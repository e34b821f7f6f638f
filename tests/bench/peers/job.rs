//! One program at work on one file, in a browser that has done nothing else.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use serde::Deserialize;
use serde_json::json;
use thirtyfour::{By, WebDriver, error::WebDriverResult, prelude::ElementQueryable};

use crate::{
    driver::Driver,
    renderers::Renderers,
    sample::{FLOOR, Sample},
    server::{Server, site},
};

/// How long a program may take over a file.
const PATIENCE: Duration = Duration::from_secs(300);

/// How long a page is left alone once it is there: what is measured is the work, and not the start.
const SETTLING: Duration = Duration::from_secs(2);

/// What is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// Reading the file, and nothing more.
    Reading,
    /// Reading, splitting and checking by rules written out for the file, and keeping nothing: a CSV file only.
    Floor,
    /// The studio: reading, finding the schema, checking every cell, keeping the table and showing the causes.
    Atelier,
    /// PapaParse, parsing alone.
    PapaParse,
    /// SheetJS, reading alone.
    SheetJs,
}

impl Program {
    /// The programs that a file of a kind is given to, in the order of the table.
    pub fn all(format: &str) -> Vec<Program> {
        let floor = (format == "csv").then_some(Program::Floor);
        [Program::Reading].into_iter().chain(floor).chain([Program::Atelier, Program::peer(format)]).collect()
    }

    /// The program to compare the studio with.
    pub fn peer(format: &str) -> Program {
        if format == "csv" { Program::PapaParse } else { Program::SheetJs }
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Program::Reading => "reading",
            Program::Floor => "floor",
            Program::Atelier => "Atelier",
            Program::PapaParse => "PapaParse",
            Program::SheetJs => "SheetJS",
        }
    }

    fn serve(self) -> Server {
        let house = Path::new(env!("CARGO_MANIFEST_DIR"));
        match self {
            Program::Atelier => Server::start(vec![site()]),
            _ => Server::start(vec![
                house.join("tests/bench/pages"),
                house.join("target/tools/node_modules"),
                house.join(FLOOR).parent().unwrap().to_owned(),
            ]),
        }
    }
}

/// What a program took.
pub struct Measure {
    /// The time that went by, in seconds.
    pub wall: f64,
    /// The time of the processor, in seconds.
    pub cpu: f64,
    /// The most memory that the tab held, in bytes.
    pub peak: u64,
    /// The longest task of the page, in milliseconds.
    pub longest: f64,
    /// How many errors the studio shows.
    pub errors: u64,
    /// The frames, where the page was scrolled.
    pub frames: Frames,
}

/// How long frames took, in milliseconds.
#[derive(Default, Deserialize)]
pub struct Frames {
    /// Those shown until the causes were on screen.
    pub reading: Vec<f64>,
    /// How many of them scrolled a table.
    pub scrolled: usize,
    /// Those shown after, which scroll the grid.
    pub causes: Vec<f64>,
}

/// What a page leaves when it has ended.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Outcome {
    failed: Option<String>,
    wall: f64,
    rows: Option<u64>,
    longest: f64,
    errors: u64,
    frames: Frames,
}

/// Runs a program on a file, once. `scrolling` has the studio's table scrolled all along, which takes time of its own.
/// What goes wrong is said in a few words: a peer that fails is a result too.
pub fn run(program: Program, sample: &Sample, scrolling: bool) -> Result<Measure, String> {
    let server = program.serve();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let (driver, browser) = Driver::open().await;
        let profile = driver.folder().join("profile");
        let measured = measure(&browser, &profile, &address(program, &server), sample, scrolling).await;
        // A browser whose tab has crashed may have nothing left to quit.
        let _ = browser.quit().await;
        match measured {
            Ok(measured) => measured,
            Err(error) if error.to_string().contains("crash") => Err("crashed".to_owned()),
            Err(error) => Err(error.to_string()),
        }
    })
}

fn address(program: Program, server: &Server) -> String {
    match program {
        Program::Atelier => server.url(),
        peer => format!("{}?worker={}", server.url(), peer.name().to_lowercase()),
    }
}

async fn measure(
    browser: &WebDriver,
    profile: &Path,
    address: &str,
    sample: &Sample,
    scrolling: bool,
) -> WebDriverResult<Result<Measure, String>> {
    let probe = format!("window.scrolling = {scrolling};\n{}", include_str!("probe.js"));
    browser.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", json!({ "source": probe })).await?;
    browser.goto(address).await?;
    let input = browser.query(By::Css("#file")).first().await?;
    tokio::time::sleep(SETTLING).await;
    let before = Renderers::of(profile);
    input.send_keys(sample.path.display().to_string()).await?;
    let Some(outcome) = outcome(browser).await? else { return Ok(Err(format!("nothing after {} s", PATIENCE.as_secs()))) };
    let after = Renderers::of(profile);
    Ok(match outcome {
        Outcome { failed: Some(sentence), .. } => Err(sentence),
        Outcome { rows: Some(rows), .. } if rows < sample.rows => Err(format!("read {rows} rows only")),
        Outcome { wall, longest, errors, frames, .. } => {
            Ok(Measure { wall: wall / 1000.0, cpu: after.cpu_since(&before), peak: after.peak, longest, errors, frames })
        }
    })
}

/// Waits for a page to end.
async fn outcome(browser: &WebDriver) -> WebDriverResult<Option<Outcome>> {
    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline {
        let told = browser.execute("return window.outcome ?? null", Vec::new()).await?;
        if let Some(outcome) = serde_json::from_value(told.json().clone())? {
            return Ok(Some(outcome));
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(None)
}
