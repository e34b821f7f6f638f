//! Nothing stands in the way of anyone: every screen passes axe in light and dark, wide and narrow, and the
//! whole job is done without a mouse.

use std::path::{Path, PathBuf};

use serde_json::Value;
use thirtyfour::Key;

use crate::{
    driver::emulate,
    harness::{Studio, fixture, in_studio, quoted},
    journey::repair_everything,
};

/// What axe checks.
const TAGS: [&str; 7] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "RGAAv4", "best-practice"];

fn axe() -> String {
    let installed = || Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/node_modules/axe-core/axe.min.js");
    let path = std::env::var_os("ATELIER_AXE").map_or_else(installed, PathBuf::from);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("axe-core is missing ({}: {error})", path.display()))
}

/// Checks the screen in both themes and at both widths, and adds what is wrong to the list.
async fn look(studio: &Studio, screen: &str, wrong: &mut Vec<String>) {
    look_at(studio, screen, "body", "start", wrong).await;
}

/// The same, with an element brought to a place of the window: the bar at its foot covers whatever scrolls under it, and a
/// button that it half covers would be told too small.
async fn look_at(studio: &Studio, screen: &str, element: &str, block: &str, wrong: &mut Vec<String>) {
    for (theme, width) in [("light", 1280), ("light", 400), ("dark", 400), ("dark", 1280)] {
        emulate(&studio.browser, width, theme).await;
        let settled = format!(
            "return innerWidth === {width} && matchMedia('(prefers-color-scheme: {theme})').matches
                && document.getAnimations().every(animation => animation.playState === 'finished')"
        );
        studio.until("the theme and the width", &settled).await;
        let scroll = format!("document.querySelector('{element}').scrollIntoView({{ block: '{block}', behavior: 'instant' }})");
        studio.run::<Value>(&scroll).await;
        let place = format!("{screen}, {theme}, {width} px");
        let overflow: i64 = studio.run("return document.documentElement.scrollWidth - innerWidth").await;
        if overflow > 0 {
            wrong.push(format!("{place}: {overflow} px too wide"));
        }
        wrong.extend(violations(studio).await.into_iter().map(|violation| format!("{place}: {violation}")));
    }
}

async fn violations(studio: &Studio) -> Vec<String> {
    let check = "const [tags, done] = arguments;
        axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })
            .then(result => done(result.violations), error => done([{ id: String(error), nodes: [] }]))";
    let answer = studio.browser.execute_async(check, vec![TAGS.into()]).await.unwrap();
    let found: Vec<Value> = answer.convert().unwrap();
    let places = |violation: &Value| {
        let nodes = violation["nodes"].as_array().unwrap().iter().take(3);
        nodes.map(|node| format!("\n    {} {}", node["target"], node["html"])).collect::<String>()
    };
    found.iter().map(|violation| format!("{} {}{}", violation["id"], violation["help"], places(violation))).collect()
}

#[test]
fn every_screen_passes_axe() {
    in_studio(async |studio| {
        studio.run::<Value>(&axe()).await;
        let mut wrong = Vec::new();
        look(studio, "step 1", &mut wrong).await;
        studio.choose(&fixture("password.xlsx")).await;
        studio.see(".banner.bad").await;
        look(studio, "a refused file", &mut wrong).await;
        studio.upload(&fixture("deliberations.xlsx")).await;
        look(studio, "step 2", &mut wrong).await;
        studio.click("#change-schema").await;
        studio.see(".schemas .choice").await;
        look(studio, "the schemas", &mut wrong).await;
        studio.go(1).await;
        studio.see(".preview tbody tr").await;
        look(studio, "the reading", &mut wrong).await;
        studio.go(3).await;
        studio.see("[role=gridcell]").await;
        look(studio, "step 3", &mut wrong).await;
        repair_everything(studio).await;
        look(studio, "step 3, finished", &mut wrong).await;
        studio.go(4).await;
        look(studio, "step 4", &mut wrong).await;
        studio.go(5).await;
        look(studio, "step 5", &mut wrong).await;
        studio.click("[aria-labelledby=t-send] .seg button:last-child").await;
        studio.click("#connect").await;
        studio.see("#send").await;
        look_at(studio, "step 5, connected", "#t-sum", "center", &mut wrong).await;
        studio.click("#send").await;
        studio.see("#send-trouble, #sent").await;
        look(studio, "step 5, sent or stopped", &mut wrong).await;
        assert!(wrong.is_empty(), "{} violations:\n{}", wrong.len(), wrong.join("\n"));
    });
}

/// Presses Tab until the keyboard is on an element that shows it.
async fn tab_to(studio: &Studio, selector: &str) {
    studio.see(selector).await;
    let there = format!("return document.activeElement.matches({})", quoted(selector));
    for _ in 0..200 {
        if studio.run(&there).await {
            return;
        }
        studio.press(Key::Tab).await;
    }
    panic!("{selector} is not reached by Tab");
}

#[test]
fn the_whole_job_is_done_without_a_mouse() {
    in_studio(async |studio| {
        tab_to(studio, "#example").await;
        studio.press(Key::Enter).await;
        studio.arrive(2).await;
        tab_to(studio, "#to-fix").await;
        studio.press(Key::Enter).await;
        studio.arrive(3).await;
        tab_to(studio, "#repair-all").await;
        studio.press(Key::Enter).await;
        studio.gone("#repair-all").await;
        loop {
            let left = studio.count(".ask-q").await;
            if left == 0 {
                break;
            }
            tab_to(studio, ".ask-q input").await;
            studio.press(" ").await;
            tab_to(studio, ".ask-q button").await;
            studio.press(Key::Enter).await;
            studio.until("one question less", &format!("return document.querySelectorAll('.ask-q').length < {left}")).await;
        }
        studio.says(".causes", "Tout est conforme").await;
        tab_to(studio, "#to-describe").await;
        studio.press(Key::Enter).await;
        studio.arrive(4).await;
        tab_to(studio, "#m-description").await;
        studio.press("Une ligne par délibération du conseil.").await;
        tab_to(studio, "#m-frequency").await;
        studio.press(Key::Down + Key::Down).await;
        tab_to(studio, "#to-publish").await;
        studio.press(Key::Enter).await;
        studio.arrive(5).await;
        tab_to(studio, "#take-csv").await;
        studio.press(Key::Enter).await;
        let (_, csv) = studio.downloaded("csv").await;
        assert!(csv == std::fs::read(fixture("deliberations.expected.csv")).unwrap(), "the CSV is not the one expected");
    });
}
