use leptos::{ev, prelude::*};

use crate::{
    browser,
    protocol::Request,
    recipe::{Operation, Part},
    schema::Field,
    ui::{parts::small_icon, studio::Studio},
};

/// Where the values typed for whole columns are kept on this computer.
const TYPED: &str = "atelier-typed";
/// The most values kept for a field's name.
const MOST: usize = 5;

/// How a field without a ready column is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// One text for all rows, with columns inside perhaps.
    Text,
    /// A part of a column.
    Part,
    /// A point from two columns.
    Point,
}

impl Way {
    /// The choice of a list that asks for it.
    pub fn read(choice: &str) -> Option<Way> {
        match choice {
            "+text" => Some(Way::Text),
            "+part" => Some(Way::Part),
            "+point" => Some(Way::Point),
            _ => None,
        }
    }
}

/// The form that fills a field.
pub fn form(studio: Studio, field: &Field, way: Way, done: RwSignal<Option<(usize, Way)>>) -> AnyView {
    match way {
        Way::Text => text(studio, field.name.clone(), done).into_any(),
        Way::Part => part(studio, field.name.clone(), done).into_any(),
        Way::Point => point(studio, field.name.clone(), done).into_any(),
    }
}

fn buttons(
    studio: Studio,
    ready: impl Fn() -> bool + Send + Sync + 'static,
    done: RwSignal<Option<(usize, Way)>>,
) -> impl IntoView {
    let words = studio.words();
    view! {
        <div class="row">
            <button class="btn btn-s" type="submit" disabled=move || !ready()>{small_icon("check")}{words.fill_apply}</button>
            <button class="btn btn-quiet btn-s" type="button" on:click=move |_| done.set(None)>{words.fill_cancel}</button>
        </div>
    }
}

/// One text for all rows: a name, a SIRET, a year; columns may stand in it, between braces.
fn text(studio: Studio, name: String, done: RwSignal<Option<(usize, Way)>>) -> impl IntoView {
    let words = studio.words();
    let known = typed(&name);
    let elsewhere = typed_elsewhere(&name);
    let typed = RwSignal::new(known.first().cloned().unwrap_or_default());
    let id = format!("fill-{name}");
    let list = format!("{id}-known");
    let hint = format!("{id}-h");
    let labels = studio.overview.with_untracked(|o| o.labels.clone());
    let insert = move |event: ev::Event| {
        let label = event_target_value(&event);
        if !label.is_empty() {
            typed.update(|typed| typed.push_str(&format!("{{{label}}}")));
        }
    };
    let field = name.clone();
    let apply = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let template = typed.get_untracked();
        // What stands for this file alone is not kept.
        if !template.contains('{') {
            keep(&field, &template);
        }
        done.set(None);
        studio.ask(Request::Operate(Operation::Derive { field: field.clone(), template }));
    };
    let options = labels.into_iter().map(|label| view! { <option value=label.clone()>{label.clone()}</option> }).collect_view();
    view! {
        <form class="fill stack g2" on:submit=apply>
            <label for=id.clone()>{words.fill_text}</label>
            <input
                class="input"
                id=id.clone()
                type="text"
                list=list.clone()
                aria-describedby=hint.clone()
                prop:value=typed
                on:input=move |event| typed.set(event_target_value(&event))
            />
            <datalist id=list>{known.into_iter().chain(elsewhere).map(|known| view! { <option value=known></option> }).collect_view()}</datalist>
            <span class="select">
                <select aria-label=words.fill_insert on:change=insert>
                    <option value="">{words.fill_insert}</option>
                    {options}
                    <option value="@file">{words.fill_file}</option>
                    <option value="@year">{words.fill_year}</option>
                </select>
                {small_icon("chev-down")}
            </span>
            <p class="hint" id=hint>{words.fill_text_hint}</p>
            {buttons(studio, move || !typed.with(String::is_empty), done)}
        </form>
    }
}

/// A part of a column: what stands before or after a sign, inside parentheses, a postal code.
fn part(studio: Studio, name: String, done: RwSignal<Option<(usize, Way)>>) -> impl IntoView {
    let words = studio.words();
    let (column, separator) = (RwSignal::new(None::<usize>), RwSignal::new(String::new()));
    let kind = RwSignal::new("in".to_owned());
    let chosen = move || -> Option<Part> {
        let separator = separator.get();
        let cut = |part: fn(String) -> Part| (!separator.is_empty()).then(|| part(separator.clone()));
        match kind.get().as_str() {
            "before" => cut(Part::Before),
            "after" => cut(Part::After),
            "in" => Some(Part::InParentheses),
            "out" => Some(Part::OutsideParentheses),
            "digits" => Some(Part::Digits),
            "street" => Some(Part::Street),
            "postcode" => Some(Part::Postcode),
            "town" => Some(Part::Town),
            "longitude" => Some(Part::Longitude),
            "latitude" => Some(Part::Latitude),
            _ => None,
        }
    };
    let kinds = [
        ("in", words.part_in),
        ("out", words.part_out),
        ("before", words.part_before),
        ("after", words.part_after),
        ("digits", words.part_digits),
        ("street", words.part_street),
        ("postcode", words.part_postcode),
        ("town", words.part_town),
        ("longitude", words.part_longitude),
        ("latitude", words.part_latitude),
    ];
    let seen = move || {
        let samples = studio.overview.with(|o| column.get().and_then(|c| o.profiles.get(c)).map(|p| p.samples.clone()))?;
        let part = chosen()?;
        let lines = samples.into_iter().map(|sample| {
            let part = part.of(&sample);
            view! { <li><span class="raw">{sample}</span>{small_icon("right")}<strong class="raw">{part}</strong></li> }
        });
        Some(view! { <ul class="small">{lines.collect_view()}</ul> })
    };
    let apply = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let label = column.get_untracked().and_then(|column| studio.overview.with_untracked(|o| o.labels.get(column).cloned()));
        if let (Some(column), Some(part)) = (label, chosen()) {
            done.set(None);
            studio.ask(Request::Operate(Operation::Extract { field: name.clone(), column, part }));
        }
    };
    let cuts = move || matches!(kind.get().as_str(), "before" | "after");
    view! {
        <form class="fill stack g2" on:submit=apply>
            {columns(studio, words.fill_from, column)}
            <span class="select">
                <select aria-label=words.fill_part on:change=move |event| kind.set(event_target_value(&event))>
                    {kinds.map(|(value, name)| view! { <option value=value>{name}</option> })}
                </select>
                {small_icon("chev-down")}
            </span>
            {move || cuts().then(|| view! {
                <input
                    class="input"
                    type="text"
                    aria-label=words.fill_separator
                    placeholder=words.fill_separator
                    prop:value=separator
                    on:input=move |event| separator.set(event_target_value(&event))
                />
            })}
            {seen}
            {buttons(studio, move || column.get().is_some() && chosen().is_some(), done)}
        </form>
    }
}

/// A point from a column of latitudes and one of longitudes.
fn point(studio: Studio, name: String, done: RwSignal<Option<(usize, Way)>>) -> impl IntoView {
    let words = studio.words();
    let like = |starts: [&str; 2]| {
        studio.overview.with_untracked(|o| {
            o.labels
                .iter()
                .position(|label| crate::text::words(label).iter().any(|word| starts.iter().any(|start| word.starts_with(start))))
        })
    };
    let (longitude, latitude) = (RwSignal::new(like(["lon", "x"])), RwSignal::new(like(["lat", "y"])));
    let apply = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let label = |column: RwSignal<Option<usize>>| {
            column.get_untracked().and_then(|column| studio.overview.with_untracked(|o| o.labels.get(column).cloned()))
        };
        if let (Some(longitude), Some(latitude)) = (label(longitude), label(latitude)) {
            done.set(None);
            studio.ask(Request::Operate(Operation::Point { field: name.clone(), longitude, latitude }));
        }
    };
    view! {
        <form class="fill stack g2" on:submit=apply>
            {columns(studio, words.part_longitude, longitude)}
            {columns(studio, words.part_latitude, latitude)}
            {buttons(studio, move || longitude.get().is_some() && latitude.get().is_some(), done)}
        </form>
    }
}

/// A list of the file's columns.
fn columns(studio: Studio, name: &'static str, chosen: RwSignal<Option<usize>>) -> impl IntoView {
    let labels = studio.overview.with_untracked(|o| o.labels.clone());
    let option = |(at, label): (usize, String)| {
        view! { <option value=at.to_string() selected=chosen.get_untracked() == Some(at)>{label}</option> }
    };
    view! {
        <span class="select">
            <select aria-label=name on:change=move |event| chosen.set(event_target_value(&event).parse().ok())>
                <option value="">{name}</option>
                {labels.into_iter().enumerate().map(option).collect_view()}
            </select>
            {small_icon("chev-down")}
        </span>
    }
}

/// The values typed for fields of this name, the last first.
fn typed(field: &str) -> Vec<String> {
    all_typed().into_iter().find(|(name, _)| name == field).map(|(_, values)| values).unwrap_or_default()
}

/// The values typed for other fields: the name and the SIRET of the collectivité stand in many schemas.
fn typed_elsewhere(field: &str) -> Vec<String> {
    let mut values: Vec<String> =
        all_typed().into_iter().filter(|(name, _)| name != field).flat_map(|(_, values)| values).collect();
    values.sort();
    values.dedup();
    values
}

fn all_typed() -> Vec<(String, Vec<String>)> {
    browser::remembered(TYPED).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// Keeps a value typed: the collectivité's own name and SIRET are asked once.
fn keep(field: &str, value: &str) {
    let mut all = all_typed();
    let mut values = typed(field);
    values.retain(|other| other != value);
    values.insert(0, value.to_owned());
    values.truncate(MOST);
    all.retain(|(name, _)| name != field);
    all.push((field.to_owned(), values));
    browser::remember(TYPED, &serde_json::to_string(&all).unwrap_or_default());
}
