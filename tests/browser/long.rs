//! A register of 200 000 rows: it opens, every row is within reach, and the page keeps answering.

use std::time::Duration;

use thirtyfour::Key;

use crate::{
    harness::{Studio, alone_in_studio, in_studio},
    samples::{column, register},
};

const ROWS: usize = 200_000;

/// How long the longest work may take, in a build without optimisation.
const PATIENCE: Duration = Duration::from_secs(240);

/// Cells that the page may hold at once.
const MOST_CELLS: usize = 1500;

/// Tells the longest task of the page since the last time this was asked. Told, and not judged: a machine at
/// work on something else would fail it.
async fn told(studio: &Studio, what: &str) {
    let longest: f64 = studio.run("const longest = Math.max(0, ...window.tasks); window.tasks = []; return longest").await;
    println!("{what}: longest task {longest:.0} ms");
}

#[test]
fn a_long_register_stays_within_reach() {
    alone_in_studio(async |studio| {
        let watch = "window.tasks = []; new PerformanceObserver(list =>
            tasks.push(...list.getEntries().map(e => e.duration))).observe({ type: 'longtask' })";
        studio.run::<()>(watch).await;
        open(studio).await;
        told(studio, "opening").await;
        scroll(studio).await;
        told(studio, "scrolling").await;
        edit(studio).await;
        told(studio, "editing").await;
    });
}

#[test]
fn a_table_of_several_parts_leaves_as_it_came() {
    in_studio(async |studio| {
        let table = register(40_000, |_, _| {});
        assert!(table.len() > 8 << 20, "{} bytes", table.len());
        studio.choose(&studio.write("parts.csv", &table)).await;
        studio.until_within(PATIENCE, "the register", "return !!document.querySelector('.map tbody tr')").await;
        studio.go(5).await;
        let watch = "window.said = []; new MutationObserver(() => said.push(document.querySelector('#writing')?.textContent))
            .observe(document.body, { childList: true, subtree: true, characterData: true })";
        studio.run::<()>(watch).await;
        studio.click("#take-csv").await;
        assert!(studio.downloaded("csv").await.1 == table);
        // How far the writing is was said meanwhile, and no more is.
        studio.until("kilobytes written", "return said.some(text => /Écriture du fichier… ?[1-9].* ko/.test(text))").await;
        studio.gone("#writing").await;
        studio.says(".toast", "téléchargements").await;
    });
}

async fn open(studio: &Studio) {
    let bad = |number: usize, row: &mut [String; 17]| {
        if number % 50_000 == 9 {
            row[column("DELIB_DATE")] = "hier".to_owned();
        }
    };
    studio.choose(&studio.write("long.csv", register(ROWS, bad))).await;
    let mapped = "return !!document.querySelector('.map tbody tr')";
    studio.until_within(PATIENCE, "the long register", mapped).await;
    studio.go(3).await;
    studio.says_only("#t-causes .figure", "4").await;
    studio.see(&format!("#grid[aria-rowcount='{}']", ROWS + 1)).await;
}

async fn few_cells(studio: &Studio) {
    let cells = studio.count("[role=gridcell]").await;
    assert!((17..=MOST_CELLS).contains(&cells), "{cells} cells in the page");
}

async fn scroll(studio: &Studio) {
    let last = format!("#c-{}-0", ROWS - 1);
    for share in [0.25, 0.5, 0.75] {
        studio.run::<()>(&format!("const g = document.querySelector('#grid'); g.scrollTop = g.scrollHeight * {share}")).await;
        let row = (ROWS as f64 * share) as usize;
        studio.see(&format!("#c-{row}-0")).await;
        few_cells(studio).await;
    }
    studio.run::<()>("const g = document.querySelector('#grid'); g.scrollTop = g.scrollHeight").await;
    studio.in_sight(&last).await;
    studio.says(&last, "Commune").await;
    few_cells(studio).await;
    studio.run::<()>("document.querySelector('#grid').scrollTop = 0").await;
    studio.click("#c-0-0").await;
    studio.press_with(Key::Control, Key::End).await;
    let end = format!("#c-{}-{}", ROWS - 1, column("DELIB_URL"));
    studio.is_on(&end).await;
    studio.in_sight(&end).await;
    few_cells(studio).await;
}

async fn edit(studio: &Studio) {
    let votes = format!("#c-{}-{}", ROWS - 1, column("VOTE_REEL"));
    studio.click(&votes).await;
    studio.press("99" + Key::Enter).await;
    studio.says(&votes, "99").await;
    // More voters than members, and a sum that does not add up.
    studio.says_only("#t-causes .figure", "6").await;
    studio.press("13" + Key::Enter).await;
    studio.says_only("#t-causes .figure", "4").await;
}
