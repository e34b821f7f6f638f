use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::elsewhere::Elsewhere;
use crate::{
    i18n::{Arg, explain_fault, explain_remark},
    mapping::{Candidate, Twin},
    protocol::Request,
    schema::{Entry, bundled, review},
    text,
    ui::{
        parts::{icon, small_icon},
        studio::Studio,
    },
};

/// The schema in use, how well it matches, and the next best.
#[component]
pub fn SchemaCard(choosing: RwSignal<bool>) -> impl IntoView {
    let studio = expect_context::<Studio>();
    move || {
        let words = studio.words();
        let used = studio.schema.get()?;
        let (name, score, others) = studio.overview.with(|o| {
            let other = o.candidates.iter().filter(|c| Some(&c.name) != o.schema_name.as_ref() && c.score >= 20).take(2);
            (o.schema_name.clone(), o.score, other.map(|c| format!("{} {} %", c.title, c.score)).collect::<Vec<_>>())
        });
        let official = name.is_some();
        let entry = name.and_then(|name| bundled().into_iter().find(|entry| entry.name == name));
        let required = used.schema.fields.iter().filter(|field| field.is_required()).count();
        let kind = if official { words.schema_official } else { words.schema_own };
        let published = entry.map(|entry| studio.fill(words.schema_publisher, &[("what", &entry.publisher)]));
        let version = used.schema.version.clone().map(
            |v| view! { <span class="badge">{studio.fill(words.schema_version, &[("what", v.trim_start_matches('v'))])}</span> },
        );
        let next = (!others.is_empty()).then(|| view! { <p class="muted small">{words.schema_next}" "{others.join(", ")}</p> });
        let facts = format!(
            "{} {}",
            studio.count(words.schema_fields, used.schema.fields.len()),
            studio.count(words.schema_required, required)
        );
        let locale = studio.locale.get();
        let listed = |summary: String, lines: Vec<String>| {
            (!lines.is_empty()).then(|| {
                let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
                view! { <details class="small"><summary>{summary}</summary><ul class="bullets">{lines}</ul></details> }
            })
        };
        let near = studio.overview.with(|o| {
            let used = o.candidates.iter().find(|candidate| Some(&candidate.name) == o.schema_name.as_ref())?;
            Some(twins(studio, used).into_iter().map(|line| view! { <p class="small">{line}</p> }).collect_view())
        });
        let faults = studio.overview.with(|o| o.faults.iter().map(|fault| explain_fault(locale, fault)).collect::<Vec<_>>());
        let faults = listed(words.schema_not_checked.to_owned(), faults);
        // The author of an official schema is not the agent who uses it.
        let remarks = if official { Vec::new() } else { review(&used.schema) };
        let remarks: Vec<String> = remarks.iter().map(|remark| explain_remark(locale, remark)).collect();
        let remarks = listed(studio.count(words.schema_remarks, remarks.len()), remarks);
        Some(view! {
            <section class="schema card split" aria-labelledby="t-schema">
                <div>
                    <p class="muted small">{kind}</p>
                    <h2 class="serif row" id="t-schema"><span lang="fr">{used.schema.title.clone()}</span>{version}</h2>
                    <p><span lang="fr">{used.schema.description.clone()}</span>" "{facts}" "{published}</p>
                    {near}
                    {faults}
                    {remarks}
                </div>
                <div class="stack g1 ruled">
                    <p><span class="serif hot">{score}" %"</span>" "{words.schema_match}</p>
                    {next}
                    <button class="btn btn-s" type="button" id="change-schema" on:click=move |_| choosing.set(true)>{words.schema_change}</button>
                </div>
            </section>
        })
    }
}

/// The schemas to choose from: those proposed for the file first, then all, and a file of one's own.
#[component]
pub fn SchemaChoice(choosing: RwSignal<bool>) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let search = RwSignal::new(String::new());
    let back = studio.schema.with_untracked(Option::is_some).then(|| {
        view! { <button class="btn" type="button" on:click=move |_| choosing.set(false)>{words.schema_keep}</button> }
    });
    let none = studio.schema.with_untracked(Option::is_none);
    let list = move || {
        let wanted = text::fold(&search.get());
        let candidates = studio.overview.with(|o| o.candidates.clone());
        let of = |entry: &Entry| candidates.iter().find(|candidate| candidate.name == entry.name).cloned();
        let mut entries: Vec<(Option<Candidate>, Entry)> = bundled().into_iter().map(|entry| (of(&entry), entry)).collect();
        entries.retain(|(_, e)| {
            wanted.is_empty() || text::fold(&format!("{} {} {}", e.title, e.description, e.name)).contains(&wanted)
        });
        // A faint likeness is no reason to come first.
        let score = |candidate: &Option<Candidate>| candidate.as_ref().map_or(0, |c| if c.score < 20 { 0 } else { c.score });
        entries.sort_by_key(|(candidate, _)| std::cmp::Reverse(score(candidate)));
        if entries.is_empty() {
            return view! {
                <div class="card empty">
                    {icon("search", "")}
                    <h3>{studio.fill(words.search_none, &[("what", &search.get())])}</h3>
                    <p>{words.search_none_do}</p>
                    <button class="btn btn-s" type="button" on:click=move |_| search.set(String::new())>{words.search_clear}</button>
                </div>
            }
            .into_any();
        }
        view! { <ul class="schemas">{entries.into_iter().map(|(candidate, entry)| item(studio, choosing, candidate, entry)).collect_view()}</ul> }.into_any()
    };
    view! {
        <div class="head">
            <div>
                <h1>{words.schema_title}</h1>
                <p class="lede">{if none { words.schema_none_found } else { words.schema_lede }}</p>
            </div>
            {back}
        </div>
        <div class="row between">
            <div class="field">
                <label class="vh" for="schema-search">{words.schema_search}</label>
                <div class="search">
                    {small_icon("search")}
                    <input
                        class="input"
                        id="schema-search"
                        type="search"
                        placeholder=words.schema_search
                        prop:value=search
                        on:input=move |event| search.set(event_target_value(&event))
                    />
                </div>
            </div>
            <OwnSchema/>
        </div>
        {list}
        <Elsewhere search/>
    }
}

/// What speaks for a schema, and against it.
fn reasons(studio: Studio, candidate: &Candidate) -> Vec<String> {
    let words = studio.words();
    let (found, all) = (Arg::Count(candidate.matched as u64), Arg::Count(candidate.fields as u64));
    let mut lines = vec![studio.locale.get_untracked().fill(words.for_fields, &[("found", found), ("all", all)])];
    let missing = &candidate.missing_required;
    if let Some(first) = missing.first() {
        let shown = missing.iter().take(3).map(String::as_str).collect::<Vec<_>>().join(", ");
        let more = if missing.len() > 3 { "…" } else { "" };
        let named = if missing.len() == 1 { first.clone() } else { format!("{shown}{more}") };
        let args = [("n", Arg::Count(missing.len() as u64)), ("what", Arg::Text(&named))];
        lines.push(studio.locale.get_untracked().fill(words.against_missing, &args));
    }
    if candidate.unmatched_columns > 0 {
        lines.push(studio.count(words.against_columns, candidate.unmatched_columns));
    }
    lines
}

/// The schemas that share most fields with one, and how many.
fn twins(studio: Studio, candidate: &Candidate) -> Vec<String> {
    let words = studio.words();
    let twin = |twin: &Twin| {
        let (shared, of) = (twin.shared.to_string(), twin.of.to_string());
        studio.fill(words.twin, &[("what", &twin.title), ("name", &twin.name), ("shared", &shared), ("all", &of)])
    };
    candidate.twins.iter().map(twin).collect()
}

fn item(studio: Studio, choosing: RwSignal<bool>, candidate: Option<Candidate>, entry: Entry) -> impl IntoView {
    let words = studio.words();
    let score = candidate.as_ref().map_or(0, |candidate| candidate.score);
    let name = entry.name.clone();
    let choose = move |_| {
        if studio.overview.with_untracked(|o| o.schema_name.as_ref() == Some(&name)) {
            choosing.set(false);
        } else {
            studio.ask(Request::UseSchema(name.clone()));
        }
    };
    let matched =
        (score >= 20).then(|| view! { <span class="badge hot">{studio.count(words.bar_score, usize::from(score))}</span> });
    let why = candidate.filter(|_| score >= 20).map(|candidate| {
        let lines = reasons(studio, &candidate).into_iter().chain(twins(studio, &candidate));
        lines.map(|line| view! { <span class="small">{line}</span> }).collect_view()
    });
    view! {
        <li>
            <button class="choice" type="button" on:click=choose>
                <span class="row"><strong class="hot" lang="fr">{entry.title}</strong>{matched}</span>
                <span lang="fr">{entry.description}</span>
                {why}
                <span class="muted small"><span class="raw">{entry.name}</span>" · v"{entry.version}</span>
            </button>
        </li>
    }
}

/// A Table Schema file of the agent's own.
#[component]
fn OwnSchema() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let picked = move |event: ev::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            studio.open_schema(file);
        }
        input.set_value("");
    };
    view! {
        <div class="pick-file">
            <input class="vh" type="file" id="own-schema" accept=".json" on:change=picked/>
            <label class="btn" for="own-schema">{small_icon("upload")}{words.schema_file}</label>
        </div>
    }
}
