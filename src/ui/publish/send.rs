//! Publishing on a platform: where, as whom, what, and what comes of it.

use leptos::{ev, prelude::*};

use super::{
    place::Place,
    progress::{Finish, Progress, resume},
    sending::Sending,
    sign_in::{SignInButton, SignInSaid},
    target::Targets,
};
use crate::{
    i18n::{PublishWords, publish_trouble},
    publish::{ConfigurationFault, Trouble},
    ui::{
        parts::{icon, small_icon},
        studio::Studio,
    },
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
            {move || fault(sending, words, studio)}
            {move || places(sending, words, studio)}
            {move || place_note(&sending.place.get(), words)}
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
            Place::Platform(platform) if platform.trial => studio.fill(words.place_trial, &[("host", platform.instance.host())]),
            Place::Platform(platform) => platform.instance.host().to_owned(),
        };
        let chosen = place.clone();
        view! {
            <button
                type="button"
                aria-pressed=move || sending.place.with(|now| *now == chosen).to_string()
                disabled=move || sending.running.get() || sending.asking.get()
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

/// What is wrong with the site's configuration.
fn fault(sending: Sending, words: &'static PublishWords, studio: Studio) -> impl IntoView {
    let said = sending.fault.get().map(|fault| match fault {
        ConfigurationFault::Unreadable => words.config_unreadable.to_owned(),
        ConfigurationFault::Unusable(entries) => studio.fill(words.config_unusable, &[("entries", &entries.join(", "))]),
    });
    said.map(|said| view! { <p class="banner bad small" id="config-fault">{small_icon("warn")}<span>{said}</span></p> })
}

/// What the place is: for practice, or seen by all.
fn place_note(place: &Place, words: &'static PublishWords) -> impl IntoView + use<> {
    let (class, mark, said) = match place {
        Place::Rehearsal => ("banner small", "offline", words.rehearsal_note),
        Place::Platform(platform) if platform.trial => ("banner small", "info", words.trial_note),
        Place::Platform(_) => ("banner warn small", "eye", words.real_note),
    };
    view! { <p class=class id="place-note">{small_icon(mark)}<span>{said}</span></p> }
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
        false => {
            let template = if sending.offers_sign_in() { words.connect_key } else { words.connect };
            studio.fill(template, &[("host", &host())])
        }
    };
    let asked = move || {
        (!sending.is_rehearsal()).then(|| {
            view! {
                <div class="field">
                    <label for="access-key">{if sending.offers_sign_in() { words.or_key } else { words.key }}</label>
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
        <SignInSaid/>
        <form class="stack" on:submit=submit>
            <SignInButton/>
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
        let (title, text) = match trouble {
            Trouble::Key(_) if sending.is_signed_in() => {
                let say = |template| studio.fill(template, &[("host", instance.host())]);
                (say(words.signed_out), say(words.signed_out_do))
            }
            _ => publish_trouble(studio.locale.get_untracked(), &trouble, &instance),
        };
        let action = match &trouble {
            Trouble::Key(_) | Trouble::NotMember(_) => view! {
                <button class="btn btn-s" type="button" on:click=move |_| sending.forget()>{sending.leave(words)}</button>
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
