//! Step 4: what describes the dataset, most of it filled from the data.

use leptos::{ev, prelude::*};

use super::{
    parts::{TroubleBanner, icon, small_icon},
    studio::{Step, Studio},
};
use crate::{
    check::is_siren,
    i18n::frequency_name,
    metadata::{Frequency, Licence, Metadata},
    value::parse_date,
};

/// The fourth step.
#[component]
pub fn Describe() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    // Undo changes the form from outside.
    let form = move || {
        let metadata = Memo::new(move |_| studio.overview.with(|o| o.metadata.clone()));
        view! { <Form metadata/> }
    };
    view! {
        <div class="page">
            <div class="head">
                <div>
                    <h1>{words.describe_title}</h1>
                    <p class="lede">{words.describe_lede}</p>
                </div>
            </div>
            <TroubleBanner/>
            {form}
        </div>
    }
}

#[component]
fn Form(metadata: Memo<Metadata>) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let bad_siren = Memo::new(move |_| metadata.with(|m| !m.siren.is_empty() && !is_siren(&m.siren)));
    let bad_start = Memo::new(move |_| metadata.with(|m| is_bad_day(&m.start)));
    let bad_end = Memo::new(move |_| {
        metadata.with(|m| is_bad_day(&m.end) || (!m.end.is_empty() && !m.start.is_empty() && m.end < m.start))
    });
    let proposed = move |of: fn(&Metadata) -> &str| {
        let same = studio.overview.with(|o| !of(&o.metadata).is_empty() && of(&o.metadata) == of(&o.proposed));
        same.then(|| view! { <span class="badge hot">{small_icon("check")}{words.from_data}</span> })
    };
    let licence = move |event: ev::Event| {
        let chosen = Licence::ALL.into_iter().find(|l| l.id() == event_target_value(&event)).unwrap_or_default();
        studio.describe(|m| m.licence = chosen);
    };
    let frequency = move |event: ev::Event| {
        let chosen = Frequency::ALL.into_iter().find(|f| f.code() == event_target_value(&event));
        studio.describe(|m| m.frequency = chosen);
    };
    let length = move || metadata.with(|m| m.description.chars().count());
    view! {
        <div class="describe">
            <fieldset class="stack g5">
                <legend class="serif">{words.describe_plain}</legend>
                <div class="field">
                    <label for="m-title">{words.m_title}" "<span class="req">{words.required}</span></label>
                    <input
                        class="input"
                        type="text"
                        id="m-title"
                        aria-describedby="m-title-h"
                        prop:value=move || metadata.with(|m| m.title.clone())
                        on:change=move |e| studio.describe(|m| m.title = event_target_value(&e).trim().to_owned())
                    />
                    <p class="hint" id="m-title-h">{words.m_title_hint}</p>
                </div>
                <div class="field">
                    <label for="m-description">{words.m_description}" "<span class="req">{words.required}</span></label>
                    <textarea
                        class="input"
                        id="m-description"
                        rows="4"
                        aria-describedby="m-description-h"
                        prop:value=move || metadata.with(|m| m.description.clone())
                        on:change=move |e| studio.describe(|m| m.description = event_target_value(&e).trim().to_owned())
                    ></textarea>
                    <div class="row between">
                        <p class="hint" id="m-description-h">{words.m_description_hint}</p>
                        <p class="muted small">{move || studio.count(words.characters, length())}</p>
                    </div>
                </div>
            </fieldset>
            <fieldset class="two">
                <legend class="serif">{words.describe_where}</legend>
                <Day id="m-start" label=words.m_start bad=bad_start value=Signal::derive(move || metadata.with(|m| m.start.clone())) set=|m, day| m.start = day>
                    {move || proposed(|m| &m.start)}
                </Day>
                <Day id="m-end" label=words.m_end bad=bad_end value=Signal::derive(move || metadata.with(|m| m.end.clone())) set=|m, day| m.end = day>
                    {move || proposed(|m| &m.end)}
                </Day>
                <div class="field">
                    <label for="m-territory">{words.m_territory}</label>
                    <input
                        class="input"
                        type="text"
                        id="m-territory"
                        prop:value=move || metadata.with(|m| m.territory.clone())
                        on:change=move |e| studio.describe(|m| m.territory = event_target_value(&e).trim().to_owned())
                    />
                    {move || proposed(|m| &m.territory)}
                </div>
            </fieldset>
            <fieldset class="two">
                <legend class="serif">{words.describe_who}</legend>
                <div class="field">
                    <label for="m-organisation">{words.m_organisation}" "<span class="req">{words.required}</span></label>
                    <input
                        class="input"
                        type="text"
                        id="m-organisation"
                        prop:value=move || metadata.with(|m| m.organisation.clone())
                        on:change=move |e| studio.describe(|m| m.organisation = event_target_value(&e).trim().to_owned())
                    />
                    {move || proposed(|m| &m.organisation)}
                </div>
                <div class="field">
                    <label for="m-siren">{words.m_siren}</label>
                    <input
                        class="input"
                        type="text"
                        inputmode="numeric"
                        id="m-siren"
                        aria-describedby="m-siren-h"
                        aria-invalid=move || bad_siren.get().then_some("true")
                        prop:value=move || metadata.with(|m| m.siren.clone())
                        on:change=move |e| studio.describe(|m| m.siren = event_target_value(&e).split_whitespace().collect())
                    />
                    {move || if bad_siren.get() {
                        view! { <p class="note bad" id="m-siren-h">{icon("error", "icon-s")}<span>{words.m_siren_bad}</span></p> }.into_any()
                    } else {
                        view! { <p class="hint" id="m-siren-h">{words.m_siren_hint}</p> }.into_any()
                    }}
                    {move || proposed(|m| &m.siren)}
                </div>
                <div class="field">
                    <label for="m-licence">{words.m_licence}</label>
                    <span class="select">
                        <select id="m-licence" aria-describedby="m-licence-h" on:change=licence>
                            {Licence::ALL
                                .into_iter()
                                .map(|l| view! { <option value=l.id() selected=move || metadata.with(|m| m.licence == l)>{l.title()}</option> })
                                .collect_view()}
                        </select>
                        {small_icon("chev-down")}
                    </span>
                    <p class="hint" id="m-licence-h">{words.m_licence_hint}</p>
                </div>
                <div class="field">
                    <label for="m-frequency">{words.m_frequency}" "<span class="req">{words.required}</span></label>
                    <span class="select">
                        <select id="m-frequency" aria-describedby="m-frequency-h" on:change=frequency>
                            <option value="" selected=move || metadata.with(|m| m.frequency.is_none())>{words.choose}</option>
                            {Frequency::ALL
                                .into_iter()
                                .map(|f| {
                                    view! {
                                        <option value=f.code() selected=move || metadata.with(|m| m.frequency == Some(f))>
                                            {frequency_name(words, f)}
                                        </option>
                                    }
                                })
                                .collect_view()}
                        </select>
                        {small_icon("chev-down")}
                    </span>
                    <p class="hint" id="m-frequency-h">{words.m_frequency_hint}</p>
                </div>
            </fieldset>
            <div class="row">
                <button class="btn" type="button" on:click=move |_| studio.go(Step::Fix)>{words.back_to_fix}</button>
                <button class="btn btn-main btn-l row-end" type="button" id="to-publish" on:click=move |_| studio.go(Step::Publish)>
                    {words.go_on}{small_icon("right")}
                </button>
            </div>
        </div>
    }
}

/// A day, typed as the file writes it or as people do.
#[component]
fn Day(
    id: &'static str,
    label: &'static str,
    bad: Memo<bool>,
    value: Signal<String>,
    set: fn(&mut Metadata, String),
    children: Children,
) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let note = format!("{id}-h");
    let described = note.clone();
    let typed = move |event: ev::Event| {
        let text = event_target_value(&event).trim().to_owned();
        // Day first, as people write it in French; what cannot be read stays as it is, and is said.
        let day = parse_date(&text, "%d/%m/%Y").map_or(text, |day| day.format("%Y-%m-%d").to_string());
        studio.describe(|m| set(m, day));
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                class="input"
                type="text"
                id=id
                placeholder=words.day_placeholder
                aria-describedby=described
                aria-invalid=move || bad.get().then_some("true")
                prop:value=value
                on:change=typed
            />
            <p class="note bad" id=note>
                {move || bad.get().then(|| view! { {icon("error", "icon-s")}<span>{words.day_bad}</span> })}
            </p>
            {children()}
        </div>
    }
}

fn is_bad_day(day: &str) -> bool {
    !day.is_empty() && parse_date(day, "%Y-%m-%d").is_none()
}
