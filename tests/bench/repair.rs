//! Repairs of 300 000 cells in a table of a million rows: how long the project takes to carry one out, to check again what
//! it touched and to tell its new state, beside a plain rewriting of the same texts that checks nothing.
//!
//! The machine counts as much as the program, so a ratio stands beside each time; nothing is judged but the count of cells.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a bench that cannot run panics

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use atelier::{
    project::{Outcome, Project},
    protocol::{Overview, Reply, Request},
};

const ROWS: u32 = 1_000_000;
const CELLS: u32 = 300_000;
const RUNS: usize = 7;

/// A dictionary column, whose bad cells hold one text, and a plain one, whose bad cells hold as many.
const SCHEMA: &str = r#"{"name": "bench", "title": "Bench", "fields": [
    {"name": "code", "type": "string", "constraints": {"required": true}},
    {"name": "open", "type": "string", "constraints": {"enum": ["oui", "non"]}},
    {"name": "amount", "type": "number"}]}"#;

fn main() {
    let (mut project, state) = opened();
    for column in 1..3 {
        let cause = state.causes.iter().find(|cause| cause.key.field == Some(column) && cause.is_proposed()).unwrap();
        assert_eq!(cause.count, CELLS, "{cause:?}");
        let key = cause.key;
        let (mut repair, mut undo, mut floor) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..RUNS {
            floor.push(rewriting(column));
            let (time, state) = timed(&mut project, Request::Repair { key, order: None });
            assert!(!state.causes.iter().any(|cause| cause.key == key));
            repair.push(time);
            let (time, state) = timed(&mut project, Request::Undo);
            assert!(state.causes.iter().any(|cause| cause.key == key && cause.count == CELLS));
            undo.push(time);
        }
        let (repair, undo, floor) = (median(repair), median(undo), median(floor));
        let ratio = |time: Duration| time.as_secs_f64() / floor.as_secs_f64();
        let kind = if column == 1 { "dictionary" } else { "plain" };
        println!(
            "{kind:>10}: repair {repair:>9.1?} ({:.2} x rewriting), undo {undo:>9.1?} ({:.2} x), rewriting {floor:>9.1?}",
            ratio(repair),
            ratio(undo)
        );
    }
}

fn opened() -> (Project, Overview) {
    let mut text = String::from("code;open;amount\n");
    for row in 0..ROWS {
        text.push_str(&cells(row).join(";"));
        text.push('\n');
    }
    let mut project = Project::default();
    project.open("bench.csv", text.as_bytes());
    let schema = Request::UseSchemaText { text: SCHEMA.to_owned(), name: None, url: None };
    let state = overview(project.handle(schema));
    (project, state)
}

/// The cells of a row: of ten rows, three are bad.
fn cells(row: u32) -> [String; 3] {
    let bad = row % 10 < 3;
    let open = if bad { "Oui" } else { ["oui", "non"][row as usize % 2] };
    [format!("C{row:07}"), open.to_owned(), format!("{row}{}5", if bad { ',' } else { '.' })]
}

fn overview(outcome: Outcome) -> Overview {
    let told = outcome.replies.into_iter().find_map(|reply| if let Reply::Overview(state) = reply { Some(*state) } else { None });
    told.unwrap()
}

fn timed(project: &mut Project, request: Request) -> (Duration, Overview) {
    let start = Instant::now();
    let outcome = project.handle(request);
    (start.elapsed(), overview(outcome))
}

/// What a program would do that keeps a text per cell and neither checks nor tells anything.
fn rewriting(column: usize) -> Duration {
    let mut texts: Vec<String> = (0..ROWS).map(|row| cells(row)[column].clone()).collect();
    let start = Instant::now();
    for text in &mut texts {
        if text == "Oui" {
            *text = "oui".to_owned();
        } else if text.contains(',') {
            *text = text.replace(',', ".");
        }
    }
    black_box(&texts);
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
