//! What the runs give, for people: medians, and the studio's share of what others take.

use crate::{
    job::{Measure, Program},
    sample::Sample,
};

/// Every run on one file.
pub struct Bout {
    /// The file.
    pub sample: Sample,
    /// The runs of each program, in the order of the table.
    pub programs: Vec<(Program, Vec<Result<Measure, String>>)>,
}

impl Bout {
    /// A bout of the studio and its peer, with the reading that both need and the least that checking takes.
    pub fn new(sample: Sample) -> Bout {
        let programs = Program::all(sample.format).into_iter().map(|program| (program, Vec::new())).collect();
        Bout { sample, programs }
    }

    /// What is wrong with the studio, and not with its speed.
    pub fn faults(&self) -> Vec<String> {
        let Sample { dataset, format, injected, .. } = self.sample;
        let fault = |run: &Result<Measure, String>| match run {
            Err(trouble) => Some(format!("{dataset}.{format}: {trouble}")),
            Ok(run) if self.sample.is_exact() && run.errors != injected => {
                Some(format!("{dataset}.{format}: {} errors shown, {} put in", grouped(run.errors), grouped(injected)))
            }
            Ok(_) => None,
        };
        self.runs(Program::Atelier).iter().filter_map(fault).collect()
    }

    fn runs(&self, wanted: Program) -> &[Result<Measure, String>] {
        self.programs.iter().find(|(program, _)| *program == wanted).map_or(&[], |(_, runs)| runs)
    }

    fn line(&self, program: Program) -> Result<Line, String> {
        let runs: Vec<&Measure> =
            self.runs(program).iter().map(|run| run.as_ref().map_err(Clone::clone)).collect::<Result<_, _>>()?;
        let median = |of: fn(&Measure) -> f64| median(runs.iter().map(|run| of(run)).collect());
        Ok(Line { wall: median(|run| run.wall), cpu: median(|run| run.cpu), peak: median(|run| run.peak as f64) })
    }

    /// Prints the table of this file.
    pub fn print(&self) {
        let Sample { dataset, format, rows, columns, bytes, injected, .. } = self.sample;
        let reading = self.line(Program::Reading);
        let net = |line: &Line| reading.as_ref().map_or(line.cpu, |reading| line.cpu - reading.cpu);
        println!("\n{dataset}.{format}, {} rows of {columns} columns, {:.1} MB", grouped(rows), bytes as f64 / 1e6);
        println!("  {:<13}{:>10}{:>10}{:>10}{:>12}", "", "wall", "CPU", "net CPU", "peak");
        for (program, _) in &self.programs {
            match self.line(*program) {
                Ok(line) => println!(
                    "  {:<13}{:>8.2} s{:>8.2} s{:>8.2} s{:>9.0} MB",
                    program.name(),
                    line.wall,
                    line.cpu,
                    net(&line),
                    line.peak / 1e6
                ),
                Err(trouble) => println!("  {:<13}{trouble}", program.name()),
            }
        }
        let others = self.programs.iter().map(|(program, _)| *program);
        for other in others.filter(|other| !matches!(other, Program::Reading | Program::Atelier)) {
            if let (Ok(ours), Ok(theirs)) = (self.line(Program::Atelier), self.line(other)) {
                println!(
                    "  {:<13}{:>9.2}x{:>9.2}x{:>9.2}x{:>11.2}x",
                    format!("to {}", other.name()),
                    ours.wall / theirs.wall,
                    ours.cpu / theirs.cpu,
                    net(&ours) / net(&theirs),
                    ours.peak / theirs.peak
                );
            }
        }
        if let Some(Ok(run)) = self.runs(Program::Atelier).last() {
            let longest = median(self.runs(Program::Atelier).iter().flatten().map(|run| run.longest).collect());
            println!(
                "  {} errors shown, {} cells made wrong; longest task of the page {longest:.0} ms",
                grouped(run.errors),
                grouped(injected)
            );
        }
    }
}

/// The medians of a program.
struct Line {
    wall: f64,
    cpu: f64,
    peak: f64,
}

/// Prints how smooth the page was while it was scrolled.
pub fn print_frames(name: &str, run: &Measure) {
    let frames = &run.frames;
    println!("\n{name}, frames at 50 %, at 95 %, at worst, three rows a frame");
    let scrolled = match frames.scrolled {
        0 => "no table to scroll".to_owned(),
        scrolled => format!("{scrolled} scrolled a table"),
    };
    println!("  while it opens   {} ({} frames, {scrolled})", quantiles(&frames.reading), frames.reading.len());
    println!("  in the grid      {} ({} frames)", quantiles(&frames.causes), frames.causes.len());
}

fn quantiles(frames: &[f64]) -> String {
    let mut frames = frames.to_vec();
    frames.sort_by(f64::total_cmp);
    let at =
        |share: f64| frames.get((frames.len().saturating_sub(1) as f64 * share).round() as usize).copied().unwrap_or_default();
    format!("{:.1} / {:.1} / {:.1} ms", at(0.5), at(0.95), at(1.0))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => 0.0,
        count if count % 2 == 0 => (values[middle - 1] + values[middle]) / 2.0,
        _ => values[middle],
    }
}

/// A number with its thousands apart.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let apart = |(place, digit): (usize, char)| {
        let space = place > 0 && (digits.len() - place).is_multiple_of(3);
        space.then_some(' ').into_iter().chain([digit])
    };
    digits.chars().enumerate().flat_map(apart).collect()
}
