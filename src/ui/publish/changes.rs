use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};

use super::sending::Sending;
use crate::{
    i18n::{Arg, intake_error, row_fate},
    intake::IntakeError,
    publish::{Instance, Resource},
    table::{Difference, Example},
    ui::{fix::diff, parts::small_icon, studio::Studio},
};

/// What is known of what changes against the published file.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Comparison {
    /// It was not asked.
    #[default]
    None,
    /// The published file is being read.
    Reading,
    /// It could not be fetched from this host.
    Refused(String),
    /// It was fetched or chosen, and cannot be read.
    Unreadable(IntakeError),
    /// What changes.
    Told(Box<Difference>),
}

/// What changes against the file to be replaced, which is read when asked.
#[component]
pub fn Changes(file: Resource) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let sending = studio.sending;
    let locale = studio.locale.get_untracked();
    let words = locale.compare_words();
    // What was told of another file, or of the table before a change, holds no more.
    Effect::new(move |_| {
        studio.version.track();
        sending.compared.set(Comparison::None);
    });
    let reading = move || sending.compared.with(|compared| *compared == Comparison::Reading);
    let host = host(sending, &file);
    let name = file.title.clone();
    let read = host.map(|host| {
        let said = studio.fill(words.changes_read, &[("host", &host)]);
        view! {
            <button
                class="btn btn-s"
                type="button"
                id="compare"
                disabled=reading
                on:click=move |_| sending.compare_published(studio, file.clone(), host.clone())
            >
                {small_icon("download")}{said}
            </button>
        }
    });
    let picked = move |event: ev::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            sending.compare(studio, &file);
        }
        input.set_value("");
    };
    let outcome = move || match sending.compared.get() {
        Comparison::None => None,
        Comparison::Reading => Some(view! { <p class="muted small">{words.changes_reading}</p> }.into_any()),
        Comparison::Refused(host) => Some(problem(studio.fill(words.changes_refused, &[("host", &host)]))),
        Comparison::Unreadable(error) => {
            let (title, text) = intake_error(locale, &error, &name);
            Some(problem(format!("{title} {text}")))
        }
        Comparison::Told(difference) => Some(told(studio, &difference)),
    };
    view! {
        <div class="stack g3" role="group" aria-labelledby="t-changes">
            <div>
                <h3 id="t-changes">{words.changes_title}</h3>
                <p class="muted small">{words.changes_text}</p>
            </div>
            <div class="row">
                {read}
                <div class="pick-file">
                    <input class="vh" type="file" id="compare-copy" on:change=picked/>
                    <label class="btn btn-s" for="compare-copy">{small_icon("file")}{words.changes_copy}</label>
                </div>
            </div>
            <div role="status" id="changes">{outcome}</div>
        </div>
    }
}

/// The host that the published file would be read from; where it cannot be, none.
fn host(sending: Sending, file: &Resource) -> Option<String> {
    if sending.is_rehearsal() {
        return sending.rehearsed(file).map(|_| sending.host(expect_context::<Studio>().locale.get_untracked().publish_words()));
    }
    Some(Instance::new(file.url.as_deref()?).ok()?.host().to_owned())
}

fn problem(text: String) -> AnyView {
    view! { <p class="banner warn">{small_icon("warn")}<span>{text}</span></p> }.into_any()
}

fn told(studio: Studio, difference: &Difference) -> AnyView {
    let locale = studio.locale.get_untracked();
    let words = locale.compare_words();
    if difference.is_none() {
        return view! { <p class="banner good">{small_icon("check")}<span>{words.changes_none}</span></p> }.into_any();
    }
    let counts = [(words.added, difference.added), (words.removed, difference.removed), (words.changed, difference.changed)];
    let counts: Vec<String> =
        counts.iter().filter(|(_, count)| *count > 0).map(|(template, count)| locale.fill_n(template, *count)).collect();
    let (before, after) = (Arg::Count(difference.before as u64), Arg::Count(difference.after as u64));
    let rows = locale.fill(words.changes_rows, &[("before", before), ("after", after)]);
    let list =
        |template: &str, items: &[String]| (!items.is_empty()).then(|| studio.fill(template, &[("what", &items.join(", "))]));
    let renamed: Vec<String> = difference.columns_renamed.iter().map(|(old, new)| format!("{old} → {new}")).collect();
    let cells: Vec<String> =
        difference.cells.iter().map(|(column, count)| format!("{column} ({})", locale.count(*count as u64))).collect();
    let facts = [
        list(words.columns_added, &difference.columns_added),
        list(words.columns_removed, &difference.columns_removed),
        list(words.columns_renamed, &renamed),
        difference.reordered.then(|| words.reordered.to_owned()),
        list(words.cells, &cells),
        Some(match difference.key.as_slice() {
            [] => words.by_content.to_owned(),
            key => studio.fill(words.by_key, &[("what", &key.join(" + "))]),
        }),
    ];
    let examples = difference.examples.iter().map(|example| row(studio, example, &difference.key)).collect_view();
    view! {
        <div class="stack g3">
            <p><strong>{rows}</strong>{(!counts.is_empty()).then(|| format!(" : {}.", counts.join(", ")))}</p>
            <ul class="small">{facts.into_iter().flatten().map(|fact| view! { <li>{fact}</li> }).collect_view()}</ul>
            {(!difference.examples.is_empty()).then(|| view! {
                <h4 class="small">{words.first_rows}</h4>
                <ul class="lines changes">{examples}</ul>
            })}
        </div>
    }
    .into_any()
}

fn row(studio: Studio, example: &Example, key: &[String]) -> impl IntoView + use<> {
    let locale = studio.locale.get_untracked();
    let (fate, name) = row_fate(locale, example, key);
    let cells = example.cells.clone().into_iter();
    let cells = cells.map(|(column, before, after)| {
        view! { <div class="row"><span class="small">{column}</span>{diff(studio, before, after)}</div> }
    });
    let more = (example.more > 0).then(|| {
        view! { <p class="muted small">{locale.fill_n(locale.compare_words().more_cells, example.more)}</p> }
    });
    view! {
        <li>
            <p><span class="badge">{fate}</span>" "<span class="raw">{name}</span></p>
            {cells.collect_view()}
            {more}
        </li>
    }
}

impl Sending {
    /// Reads the published file from its address, and compares.
    pub fn compare_published(self, studio: Studio, file: Resource, host: String) {
        if let Some(error) = IntakeError::of_size(file.filesize.unwrap_or_default() as f64) {
            return self.compared.set(Comparison::Unreadable(error));
        }
        self.compared.set(Comparison::Reading);
        leptos::task::spawn_local(async move {
            match self.fetched(&file).await {
                Some(file) => self.compare(studio, &file),
                None => self.compared.set(Comparison::Refused(host)),
            }
        });
    }

    /// Compares with a file at hand.
    fn compare(self, studio: Studio, file: &File) {
        self.compared.set(Comparison::Reading);
        studio.compare(file);
    }

    /// Takes what came of it, where it is still awaited.
    pub fn told(self, comparison: Comparison) {
        if self.compared.with_untracked(|now| *now == Comparison::Reading) {
            self.compared.set(comparison);
        }
    }
}
