//! Step 5: take the pack away, or publish on a platform.

mod access;
mod changes;
mod described;
mod line;
mod place;
mod progress;
mod send;
mod sending;
mod sign_in;
mod target;

pub use changes::Comparison;
pub use sending::Sending;

mod folder;

use folder::Folder;
use leptos::{ev, prelude::*};

use self::send::Send;
use super::{
    parts::{TroubleBanner, icon, small_icon},
    studio::{Step, Studio},
};
use crate::{
    export::Copies,
    i18n::{Arg, frequency_name},
    metadata::Metadata,
    protocol::Export,
};

/// The fifth step.
#[component]
pub fn Publish() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let (words, own) = (studio.words(), studio.pack_words());
    let proposed = studio.csv_name();
    let name = RwSignal::new(proposed.clone());
    let copies = RwSignal::new(Copies::default());
    let rename = move |event: ev::Event| {
        let typed = event_target_value(&event);
        name.set(clean_name(&typed).unwrap_or_else(|| proposed.clone()));
    };
    let take = move |what: Export| studio.export(what, name.get_untracked());
    view! {
        <div class="page">
            <div class="head">
                <div>
                    <h1>{words.publish_title}</h1>
                    <p class="lede">{words.publish_lede}</p>
                </div>
            </div>
            <TroubleBanner/>
            {move || verdict(studio)}
            <div class="publish split">
                <section class="card stack" aria-labelledby="t-take">
                    <div>
                        <h2 class="row" id="t-take">{icon("download", "hot")}{own.take_away}</h2>
                        <p class="muted">{own.take_away_text}</p>
                    </div>
                    <div class="field">
                        <label for="file-name">{own.file_name}</label>
                        <input class="input raw" id="file-name" type="text" aria-describedby="file-name-h" prop:value=name on:change=rename/>
                        <p class="hint" id="file-name-h">{own.file_name_hint}</p>
                    </div>
                    <Folder name copies/>
                    <button class="btn btn-main btn-l" type="button" id="take-pack" on:click=move |_| take(Export::Pack(copies.get_untracked()))>
                        {icon("zip", "")}{own.take_pack}
                    </button>
                    <div class="row">
                        <button class="btn" type="button" id="take-csv" on:click=move |_| take(Export::Csv)>
                            {small_icon("file")}{own.take_csv}
                        </button>
                    </div>
                    <div class="stack" role="group" aria-labelledby="t-recipe">
                        <h3 id="t-recipe">{words.recipe_title}</h3>
                        <p class="muted small">{words.recipe_text}</p>
                        <div class="row">
                            <button class="btn btn-s" type="button" id="take-recipe" on:click=move |_| studio.take_recipe()>
                                {small_icon("file")}{words.recipe_take}
                            </button>
                        </div>
                    </div>
                    <div class="stack" role="group" aria-labelledby="t-more">
                        <h3 id="t-more">{words.take_more}</h3>
                        <p class="muted small">{words.take_more_text}</p>
                        <div class="row">
                            <button class="btn btn-s" type="button" id="take-report" on:click=move |_| take(Export::Report { complete: false })>
                                {small_icon("print")}{words.take_report}
                            </button>
                            <button
                                class="btn btn-s"
                                type="button"
                                id="take-report-full"
                                on:click=move |_| take(Export::Report { complete: true })
                            >
                                {small_icon("print")}{words.take_report_full}
                            </button>
                            <button class="btn btn-s" type="button" id="take-findings" on:click=move |_| take(Export::Findings)>
                                {small_icon("file")}{words.take_findings}
                            </button>
                        </div>
                    </div>
                </section>
                <div class="stack">
                    <Send name/>
                    {move || summary(studio)}
                </div>
            </div>
        </div>
    }
}

/// Whether the table is ready, or what is left.
fn verdict(studio: Studio) -> AnyView {
    let words = studio.words();
    let left: u32 = studio.overview.with(|o| o.causes.iter().filter(|c| !c.key.advice).map(|c| c.count).sum());
    if left == 0 {
        return view! {
            <div class="crop approved-mark">
                <div class="approved-sheet">
                    <svg class="mark" viewBox="0 0 96 96" aria-hidden="true" focusable="false">
                        <circle cx="48" cy="48" r="30"></circle>
                        <path d="M48 4v22M48 70v22M4 48h14M78 48h14"></path>
                        <path class="hot" d="m35 49 9 9 18-19"></path>
                    </svg>
                    <div>
                        <p class="serif">{words.approved}</p>
                        <p class="muted">{move || approved(studio)}</p>
                    </div>
                </div>
            </div>
        }
        .into_any();
    }
    view! {
        <div class="banner warn verdict">
            {icon("warn", "")}
            <div>
                <strong>{studio.count(words.left_errors, left as usize)}</strong>
                <p>{words.left_errors_text}</p>
                <div class="row">
                    <button class="btn btn-s" type="button" on:click=move |_| studio.go(Step::Fix)>{words.back_to_fix}</button>
                </div>
            </div>
        </div>
    }
    .into_any()
}

fn approved(studio: Studio) -> String {
    let rows = studio.overview.with(|o| o.rows);
    let schema = studio.schema.with(|used| {
        used.as_ref().map(|u| format!("{} {}", u.schema.title, u.schema.version.clone().unwrap_or_default())).unwrap_or_default()
    });
    let locale = studio.locale.get_untracked();
    locale.fill(studio.words().approved_text, &[("n", Arg::Count(rows as u64)), ("schema", Arg::Text(schema.trim()))])
}

/// What is about to leave, to read again.
fn summary(studio: Studio) -> impl IntoView {
    let (words, own) = (studio.words(), studio.pack_words());
    let locale = studio.locale.get_untracked();
    let facts = studio.overview.with(|o| {
        let m = &o.metadata;
        let dropped: Vec<&str> = o
            .mapping
            .leftovers(o.labels.len())
            .into_iter()
            .filter(|column| !o.mapping.kept.contains(column))
            .filter_map(|column| o.labels.get(column).map(String::as_str))
            .collect();
        let period = match (m.start.is_empty(), m.end.is_empty()) {
            (false, false) => format!("{} – {}", locale.day(&m.start), locale.day(&m.end)),
            _ => locale.day(&format!("{}{}", m.start, m.end)),
        };
        vec![
            (words.m_title, m.title.clone()),
            (
                words.m_organisation,
                if m.siren.is_empty() { m.organisation.clone() } else { format!("{} ({})", m.organisation, m.siren) },
            ),
            (words.m_description, m.description.clone()),
            (
                words.sum_content,
                format!(
                    "{}, {}",
                    locale.fill_n(words.bar_rows, o.rows),
                    locale.fill_n(words.sheet_columns, o.mapping.columns.len() + o.mapping.kept.len())
                ),
            ),
            (words.sum_dropped, dropped.join(", ")),
            (words.sum_period, period),
            (words.m_territory, m.territory.clone()),
            (words.m_licence, m.licence.title().to_owned()),
            (words.m_frequency, m.frequency.map(|f| frequency_name(locale, f).to_owned()).unwrap_or_default()),
            (own.sum_quality, studio.count(own.score, Metadata::score(m))),
        ]
    });
    let fact = move |(name, value): (&'static str, String)| {
        let value =
            if value.is_empty() { view! { <span class="muted">{words.not_given}</span> }.into_any() } else { value.into_any() };
        view! { <dt>{name}</dt><dd>{value}</dd> }
    };
    view! {
        <section class="card stack" aria-labelledby="t-sum">
            <div class="row between">
                <h2 id="t-sum">{words.sum_title}</h2>
                <button class="btn btn-s" type="button" on:click=move |_| studio.go(Step::Describe)>{words.modify}<span class="vh">{words.modify_description}</span></button>
            </div>
            <dl class="dl">{facts.into_iter().map(fact).collect_view()}</dl>
        </section>
    }
}

/// A name that any system takes, ending in `.csv`; `None` where nothing is left of it.
fn clean_name(typed: &str) -> Option<String> {
    let stem = typed.trim().trim_end_matches(".csv").trim_end_matches(".CSV");
    let kept: String = crate::text::without_accents(stem)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' })
        .collect();
    let kept = kept.trim_matches(['-', '.']).to_owned();
    (!kept.is_empty()).then(|| format!("{kept}.csv"))
}
