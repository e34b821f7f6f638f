use leptos::{ev, prelude::*};

use super::{
    chips::Chips,
    field::{Line, origin},
    profile,
};
use crate::{
    browser,
    check::{is_siren, is_siret},
    i18n::{Arg, PackWords, frequency_name, granularity_name},
    metadata::{DESCRIPTION, Frequency, Granularity, Licence, Metadata, SUMMARY, Zone, tags},
    ui::{
        parts::{icon, small_icon},
        studio::{Step, Studio},
    },
    value::{TextFormat, parse_date},
};

/// What is asked of the agent: `shown` is the description with what is being `typed`.
#[component]
pub fn Form(metadata: Memo<Metadata>, typed: RwSignal<Option<String>>, shown: Memo<Metadata>) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    view! {
        <div>
            <Plain metadata typed shown/>
            <Place metadata/>
            <Publisher metadata/>
            <div class="row">
                <button class="btn" type="button" on:click=move |_| studio.go(Step::Fix)>{words.back_to_fix}</button>
                <button class="btn btn-main btn-l row-end" type="button" id="to-publish" on:click=move |_| studio.go(Step::Publish)>
                    {words.go_on}{small_icon("right")}
                </button>
            </div>
        </div>
    }
}

/// What it is about.
#[component]
fn Plain(metadata: Memo<Metadata>, typed: RwSignal<Option<String>>, shown: Memo<Metadata>) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let (words, own) = (studio.words(), studio.pack_words());
    let lacks = move |of: fn(&Metadata) -> &String| metadata.with(|m| of(m).is_empty().then(|| own.m_missing.to_owned()));
    let length = Memo::new(move |_| shown.with(|m| m.description.chars().count()));
    let counted = move || match length.get() {
        0 => view! { <p class="note bad small">{icon("error", "icon-s")}<span>{own.m_missing}</span></p> }.into_any(),
        n if n <= DESCRIPTION => {
            let said = studio
                .locale
                .get_untracked()
                .fill(own.m_description_lack, &[("n", Arg::Count(n as u64)), ("more", Arg::Count((DESCRIPTION + 1 - n) as u64))]);
            view! { <p class="note warn small">{icon("info", "icon-s")}<span>{said}</span></p> }.into_any()
        }
        n => view! { <p class="muted small">{studio.count(own.m_description_count, n)}</p> }.into_any(),
    };
    let write = move |event: ev::Event| {
        typed.set(None);
        studio.describe(|m| m.description = event_target_value(&event).trim().to_owned());
    };
    let add = Callback::new(move |text: String| {
        let new = tags(&text);
        if new.is_empty() {
            return Err(studio.fill(own.m_tags_bad, &[("what", &text)]));
        }
        studio.describe(|m| {
            new.into_iter().for_each(|tag| {
                if !m.tags.contains(&tag) {
                    m.tags.push(tag)
                }
            })
        });
        Ok(())
    });
    let remove = Callback::new(move |at: usize| {
        studio.describe(|m| {
            if at < m.tags.len() {
                m.tags.remove(at);
            }
        });
    });
    view! {
        <fieldset class="stack g5">
            <legend class="serif">{own.describe_plain}</legend>
            <Line
                id="m-title"
                label=words.m_title
                required=true
                value=Signal::derive(move || metadata.with(|m| m.title.clone()))
                write=Callback::new(move |text| studio.describe(|m| m.title = text))
                hint=own.m_title_hint.to_owned()
                wrong=Signal::derive(move || lacks(|m| &m.title))
            />
            <div class="field">
                <label for="m-description">{words.m_description}" "<span class="req">{words.required}</span></label>
                <textarea
                    class="input"
                    id="m-description"
                    rows="6"
                    aria-describedby="m-description-h m-description-n"
                    aria-required="true"
                    aria-invalid=move || (length.get() == 0).then_some("true")
                    prop:value=move || metadata.with(|m| m.description.clone())
                    on:input=move |event| typed.set(Some(event_target_value(&event)))
                    on:change=write
                ></textarea>
                <div class="row between">
                    <p class="hint" id="m-description-h">{own.m_description_hint}</p>
                    <div id="m-description-n">{counted}</div>
                </div>
            </div>
            <Chips
                id="m-tags"
                label=own.m_tags
                hint=own.m_tags_hint
                items=Signal::derive(move || metadata.with(|m| m.tags.clone()))
                add
                remove
            />
        </fieldset>
    }
}

/// Where and when.
#[component]
fn Place(metadata: Memo<Metadata>) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let (words, own) = (studio.words(), studio.pack_words());
    let locale = studio.locale.get_untracked();
    let bad = move |day: fn(&Metadata) -> &String, ends: bool| {
        Signal::derive(move || {
            let wrong = metadata.with(|m| {
                let day = day(m);
                let is_day = |day: &str| parse_date(day, "%Y-%m-%d").is_some();
                let late = ends && is_day(&m.start) && *day < m.start;
                !day.is_empty() && (late || !is_day(day))
            });
            wrong.then(|| own.day_bad.to_owned())
        })
    };
    let add = Callback::new(move |text: String| match Zone::typed(&text) {
        Some(zone) => {
            organise(studio, |m| {
                if !m.zones.contains(&zone) {
                    m.zones.push(zone);
                }
            });
            Ok(())
        }
        None => Err(studio.fill(own.m_zones_bad, &[("what", &text)])),
    });
    let remove = Callback::new(move |at: usize| {
        organise(studio, |m| {
            if at < m.zones.len() {
                m.zones.remove(at);
            }
        });
    });
    let granularity = move |event: ev::Event| {
        let chosen = Granularity::of(&event_target_value(&event));
        organise(studio, |m| m.granularity = chosen);
    };
    view! {
        <fieldset class="two">
            <legend class="serif">{own.describe_where}</legend>
            <Line
                id="m-start"
                label=own.m_start
                mode="numeric"
                example=own.day_placeholder
                value=Signal::derive(move || metadata.with(|m| m.start.clone()))
                write=Callback::new(move |text| studio.describe(|m| m.start = day(text)))
                wrong=bad(|m| &m.start, false)
            >
                {origin(studio, |m| m.start.clone())}
            </Line>
            <Line
                id="m-end"
                label=own.m_end
                mode="numeric"
                example=own.day_placeholder
                value=Signal::derive(move || metadata.with(|m| m.end.clone()))
                write=Callback::new(move |text| studio.describe(|m| m.end = day(text)))
                wrong=bad(|m| &m.end, true)
            >
                {origin(studio, |m| m.end.clone())}
            </Line>
            <Line
                id="m-territory"
                label=words.m_territory
                value=Signal::derive(move || metadata.with(|m| m.territory.clone()))
                write=Callback::new(move |text| organise(studio, |m| m.territory = text))
                hint=own.m_territory_hint.to_owned()
            >
                {origin(studio, |m| m.territory.clone())}
            </Line>
            <Chips
                id="m-zones"
                label=own.m_zones
                hint=own.m_zones_hint
                items=Signal::derive(move || metadata.with(|m| m.zones.iter().map(|zone| zone_name(studio, own, zone)).collect()))
                add
                remove
                proposed=Zone::all().filter_map(|zone| zone.name()).collect()
            >
                {origin(studio, |m| m.zones.clone())}
            </Chips>
            <div class="field">
                <label for="m-granularity">{own.m_granularity}</label>
                <span class="select">
                    <select id="m-granularity" on:change=granularity>
                        <option value="" selected=move || metadata.with(|m| m.granularity.is_none())>{own.choose_granularity}</option>
                        {Granularity::ALL
                            .into_iter()
                            .map(|g| view! {
                                <option value=g.udata() selected=move || metadata.with(|m| m.granularity == Some(g))>{granularity_name(locale, g)}</option>
                            })
                            .collect_view()}
                    </select>
                    {small_icon("chev-down")}
                </span>
                {origin(studio, |m| m.granularity)}
            </div>
        </fieldset>
    }
}

/// Who publishes, and how.
#[component]
fn Publisher(metadata: Memo<Metadata>) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let (words, own) = (studio.words(), studio.pack_words());
    let lacks = move || metadata.with(|m| m.organisation.is_empty().then(|| own.m_missing.to_owned()));
    let bad_siren = move || metadata.with(|m| !m.siren.is_empty() && !is_siren(&m.siren)).then(|| own.m_siren_bad.to_owned());
    let siret = move || {
        let told = metadata.with(|m| (!m.siret.is_empty()).then(|| studio.fill(own.m_siret, &[("what", &m.siret)])));
        Some(told.unwrap_or_else(|| own.m_siren_hint.to_owned()))
    };
    let numbered = move |text: String| {
        let digits: String = text.split_whitespace().collect();
        organise(studio, |m| {
            // The whole number of an establishment tells the number of its company.
            m.siret = if is_siret(&digits) {
                digits.clone()
            } else if m.siret.starts_with(&digits) {
                m.siret.clone()
            } else {
                String::new()
            };
            m.siren = if is_siret(&digits) { digits.get(..9).unwrap_or_default().to_owned() } else { digits };
        });
    };
    let bad_email = move || {
        metadata
            .with(|m| !m.contact.email.is_empty() && !TextFormat::Email.accepts(&m.contact.email))
            .then(|| own.m_contact_bad.to_owned())
    };
    let licence = move |event: ev::Event| {
        let chosen = Licence::of(&event_target_value(&event)).unwrap_or_default();
        organise(studio, |m| m.licence = chosen);
    };
    view! {
        <fieldset class="two">
            <legend class="serif">{own.describe_who}</legend>
            <Line
                id="m-organisation"
                label=words.m_organisation
                required=true
                value=Signal::derive(move || metadata.with(|m| m.organisation.clone()))
                write=Callback::new(move |text| organise(studio, |m| m.organisation = text))
                wrong=Signal::derive(lacks)
            >
                {origin(studio, |m| m.organisation.clone())}
            </Line>
            <Line
                id="m-siren"
                label=own.m_siren
                mode="numeric"
                value=Signal::derive(move || metadata.with(|m| m.siren.clone()))
                write=Callback::new(numbered)
                hint=Signal::derive(siret)
                wrong=Signal::derive(bad_siren)
            >
                {origin(studio, |m| m.siren.clone())}
            </Line>
            <Line
                id="m-contact"
                label=own.m_contact
                mode="email"
                example="mairie@…"
                value=Signal::derive(move || metadata.with(|m| m.contact.email.clone()))
                write=Callback::new(move |text| organise(studio, |m| m.contact.email = text))
                hint=own.m_contact_hint.to_owned()
                wrong=Signal::derive(bad_email)
            >
                {origin(studio, |m| m.contact.email.clone())}
            </Line>
            <Rhythm metadata/>
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
                <p class="hint" id="m-licence-h">{own.m_licence_hint}</p>
            </div>
            <Optional metadata/>
            <Kept metadata/>
        </fieldset>
    }
}

/// How often it will be updated.
#[component]
fn Rhythm(metadata: Memo<Metadata>) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let (words, own) = (studio.words(), studio.pack_words());
    let locale = studio.locale.get_untracked();
    let frequency = move |event: ev::Event| {
        let chosen = Frequency::of(&event_target_value(&event));
        studio.describe(|m| m.frequency = chosen);
    };
    let option = move |f: Frequency| {
        view! { <option value=f.code() selected=move || metadata.with(|m| m.frequency == Some(f))>{frequency_name(locale, f)}</option> }
    };
    view! {
        <div class="field">
            <label for="m-frequency">{words.m_frequency}" "<span class="req">{words.required}</span></label>
            <span class="select">
                <select id="m-frequency" aria-describedby="m-frequency-h" aria-required="true" on:change=frequency>
                    <option value="" selected=move || metadata.with(|m| m.frequency.is_none())>{words.choose}</option>
                    <optgroup label=own.frequency_usual>{Frequency::USUAL.into_iter().map(option).collect_view()}</optgroup>
                    <optgroup label=own.frequency_others>{Frequency::OTHERS.into_iter().map(option).collect_view()}</optgroup>
                </select>
                {small_icon("chev-down")}
            </span>
            <p class="hint" id="m-frequency-h">{own.m_frequency_hint}</p>
        </div>
    }
}

/// What few need.
#[component]
fn Optional(metadata: Memo<Metadata>) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let own = studio.pack_words();
    let length = move || metadata.with(|m| m.summary.chars().count());
    let long = move || (length() > SUMMARY).then(|| studio.count(own.m_summary_bad, length()));
    let is_web = |text: &str| text.starts_with("https://") || text.starts_with("http://");
    let bad_form = move || {
        metadata.with(|m| !m.contact.form.is_empty() && !is_web(&m.contact.form)).then(|| own.m_contact_form_bad.to_owned())
    };
    view! {
        <details class="optional">
            <summary>{own.optional}</summary>
            <div class="two">
                <Line
                    id="m-summary"
                    label=own.m_summary
                    value=Signal::derive(move || metadata.with(|m| m.summary.clone()))
                    write=Callback::new(move |text| studio.describe(|m| m.summary = text))
                    hint=Signal::derive(move || Some(studio.count(own.m_summary_hint, length())))
                    wrong=Signal::derive(long)
                />
                <Line
                    id="m-contact-name"
                    label=own.m_contact_name
                    value=Signal::derive(move || metadata.with(|m| m.contact.name.clone()))
                    write=Callback::new(move |text| organise(studio, |m| m.contact.name = text))
                />
                <Line
                    id="m-contact-form"
                    label=own.m_contact_form
                    mode="url"
                    value=Signal::derive(move || metadata.with(|m| m.contact.form.clone()))
                    write=Callback::new(move |text| organise(studio, |m| m.contact.form = text))
                    hint=own.m_contact_form_hint.to_owned()
                    wrong=Signal::derive(bad_form)
                />
            </div>
        </details>
    }
}

/// That the organisation is kept on this computer, and a way to have it forgotten.
#[component]
fn Kept(metadata: Memo<Metadata>) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let own = studio.pack_words();
    let forgotten = RwSignal::new(0);
    let kept = move || {
        forgotten.track();
        metadata.track();
        profile::kept().is_some()
    };
    let forget = move |_| {
        profile::forget();
        forgotten.update(|n| *n += 1);
        studio.say(own.profile_forgotten.to_owned(), false);
        browser::focus("m-organisation");
    };
    move || {
        kept().then(|| view! {
            <p class="kept note muted small" id="kept">
                {icon("info", "icon-s")}
                <span>{own.profile_kept}" "<button class="link" type="button" id="forget-profile" on:click=forget>{own.profile_forget}</button></span>
            </p>
        })
    }
}

/// Changes what every dataset of an organisation shares, and keeps it for the next one.
fn organise(studio: Studio, change: impl FnOnce(&mut Metadata)) {
    studio.describe(change);
    studio.overview.with_untracked(|o| profile::keep(&o.metadata));
}

/// Day first, as people write it in French; what cannot be read stays as it is, and is said.
fn day(text: String) -> String {
    parse_date(&text, "%d/%m/%Y").map_or(text, |day| day.format("%Y-%m-%d").to_string())
}

fn zone_name(studio: Studio, words: &PackWords, zone: &Zone) -> String {
    let coded = |template| studio.fill(template, &[("what", zone.code())]);
    match (zone.level(), zone.name()) {
        (_, Some(name)) => name.to_owned(),
        ("fr:commune", None) => coded(words.zone_commune),
        ("fr:epci", None) => coded(words.zone_epci),
        (_, None) => zone.id().to_owned(),
    }
}
