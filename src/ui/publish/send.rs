//! Publishing on a platform: where, as whom, what, and what comes of it.

use leptos::{ev, prelude::*};

use super::{
    place::Place,
    progress::{Finish, Progress, resume},
    sending::Sending,
    target::Targets,
};
use crate::{
    i18n::{PublishWords, publish_trouble},
    publish::Trouble,
    ui::{parts::icon, studio::Studio},
};

/// Publishing on a platform. `name` is that of the CSV file.
#[component]
pub fn Send(name: RwSignal<String>) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let sending = studio.sending;
    let words = studio.locale.get_untracked().publish_words();
    let body = move || {
        if sending.me.with(Option::is_none) {
            view! { <Connect/> }.into_any()
        } else if sending.running.get() || sending.trouble.with(Option::is_some) || sending.has_work() {
            view! { <Progress/> }.into_any()
        } else {
            view! { <Targets name/> }.into_any()
        }
    };
    view! {
        <section class="card stack" aria-labelledby="t-send">
            <div>
                <h2 class="row" id="t-send">{icon("globe", "hot")}{words.send_title}</h2>
                <p class="muted">{words.send_text}</p>
            </div>
            {move || places(sending, words, studio)}
            <p class="note small" id="place-note">{move || match sending.place.get() {
                Place::Rehearsal => words.rehearsal_note,
                Place::Platform(instance) if instance.is_trial() || instance.is_here() => words.trial_note,
                Place::Platform(_) => words.real_note,
            }}</p>
            <Interrupted/>
            {body}
            <Stopped/>
            <Finish/>
        </section>
    }
}

/// The places where one may publish; another cannot be chosen in the middle of a publication.
fn places(sending: Sending, words: &'static PublishWords, studio: Studio) -> impl IntoView {
    let button = move |place: Place| {
        let label = match &place {
            Place::Rehearsal => words.place_rehearsal.to_owned(),
            Place::Platform(instance) if instance.is_trial() => studio.fill(words.place_trial, &[("host", instance.host())]),
            Place::Platform(instance) => instance.host().to_owned(),
        };
        let chosen = place.clone();
        view! {
            <button
                type="button"
                aria-pressed=move || sending.place.with(|now| *now == chosen).to_string()
                disabled=move || sending.running.get()
                on:click=move |_| {
                    if sending.has_work() {
                        sending.give_up();
                    }
                    sending.choose(place.clone());
                }
            >
                {label}
            </button>
        }
    };
    view! {
        <div class="seg" role="group" aria-label=words.place>
            {sending.places.get().into_iter().map(button).collect_view()}
        </div>
    }
}

/// The key, and the button that names where it goes.
#[component]
fn Connect() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let sending = studio.sending;
    let words = studio.locale.get_untracked().publish_words();
    let key = RwSignal::new(String::new());
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let given = key.get_untracked().trim().to_owned();
        key.set(String::new());
        let named = studio.overview.with_untracked(|o| o.metadata.organisation.clone());
        let organisation = if named.is_empty() { words.place_rehearsal.to_owned() } else { named };
        sending.connect(given, organisation);
    };
    let host = move || sending.host(words);
    let ready = move || sending.is_rehearsal() || key.with(|key| !key.trim().is_empty());
    let label = move || match sending.is_rehearsal() {
        true => words.connect_rehearsal.to_owned(),
        false => studio.fill(words.connect, &[("host", &host())]),
    };
    let asked = move || {
        (!sending.is_rehearsal()).then(|| {
            view! {
                <div class="field">
                    <label for="access-key">{words.key}</label>
                    <input
                        class="input"
                        id="access-key"
                        type="password"
                        autocomplete="off"
                        spellcheck="false"
                        aria-describedby="access-key-h"
                        prop:value=key
                        on:input=move |event| key.set(event_target_value(&event))
                    />
                    <p class="hint" id="access-key-h">{move || studio.fill(words.key_hint, &[("host", &host())])}</p>
                </div>
            }
        })
    };
    view! {
        <form class="stack" on:submit=submit>
            {asked}
            <p>
                <button class="btn" type="submit" id="connect" disabled=move || !ready() || sending.asking.get()>{label}</button>
            </p>
            <p role="status" class="muted small">
                {move || sending.asking.get().then(|| studio.fill(words.connecting, &[("host", &host())]))}
            </p>
        </form>
    }
}

/// A publication that was interrupted before this page was opened.
#[component]
fn Interrupted() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let sending = studio.sending;
    let words = studio.locale.get_untracked().publish_words();
    move || {
        let journal = sending.interrupted().filter(|_| !sending.has_work())?;
        let title = studio.fill(words.interrupted, &[("what", &journal.title), ("host", journal.instance.host())]);
        Some(view! {
            <div class="banner warn" id="interrupted">
                {icon("offline", "")}
                <div>
                    <strong>{title}</strong>
                    <p>{move || if sending.other.get() { words.interrupted_other } else { words.interrupted_do }}</p>
                    <div class="row">
                        <button class="btn btn-s" type="button" on:click=move |_| sending.give_up()>{words.give_up}</button>
                    </div>
                </div>
            </div>
        })
    }
}

/// Why it stopped, and what can be done about it.
#[component]
fn Stopped() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let sending = studio.sending;
    let words = studio.locale.get_untracked().publish_words();
    move || {
        let trouble = sending.trouble.get()?;
        let instance = sending.instance()?;
        let (title, text) = publish_trouble(studio.locale.get_untracked(), &trouble, &instance);
        let action = match &trouble {
            Trouble::Key(_) => view! {
                <button class="btn btn-s" type="button" on:click=move |_| sending.forget()>{words.disconnect}</button>
            }
            .into_any(),
            Trouble::Twin(twin) => {
                let (seen, used) = (twin.clone(), twin.clone());
                view! {
                    <button class="btn btn-s" type="button" on:click=move |_| sending.update_twin(&used)>{words.use_twin}</button>
                    <button class="btn btn-s" type="button" on:click=move |_| sending.accept(&seen)>{words.twin_anyway}</button>
                }
                .into_any()
            }
            _ if sending.has_work() => resume(studio, words).into_any(),
            _ => ().into_any(),
        };
        let give_up = sending.has_work().then(|| {
            view! { <button class="btn btn-s" type="button" on:click=move |_| sending.give_up()>{words.give_up}</button> }
        });
        Some(view! {
            <div class="banner bad" role="alert" id="send-trouble">
                {icon("warn", "")}
                <div>
                    <strong>{title}</strong>
                    <p>{text}</p>
                    <div class="row">{action}{give_up}</div>
                </div>
            </div>
        })
    }
}
