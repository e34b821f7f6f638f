use leptos::{ev, prelude::*};

use super::{
    parts::small_icon,
    studio::{Step, Studio},
    writing::writing,
};
use crate::{
    browser,
    i18n::{Arg, Locale},
    protocol::Request,
};

/// What stands round every screen: the steps, what was read, where the data are, what can be undone.
#[component]
pub fn Shell(children: Children) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let keys = window_event_listener(ev::keydown, move |event| shortcuts(studio, &event));
    // A file dropped anywhere on the page is opened.
    let drops = window_event_listener(ev::drop, move |event| {
        let files = browser::files_of(event.data_transfer().and_then(|data| data.files()));
        if !files.is_empty() {
            event.prevent_default();
            studio.open(files);
        }
    });
    // What was changed lives in this tab alone: the browser asks before it is closed.
    let leaving = window_event_listener(ev::beforeunload, move |event| {
        if studio.overview.with_untracked(|o| o.can_undo) || studio.aside().is_some() {
            event.prevent_default();
        }
    });
    on_cleanup(move || {
        leaving.remove();
        keys.remove();
        drops.remove();
    });
    Effect::new(move |_| {
        studio.locale.track();
        let words = studio.words();
        let step = studio.step.get();
        let file = studio.overview.with(|o| o.file.clone());
        let place = studio.locale.get().fill(
            words.page_title,
            &[("n", Arg::Count(step.number() as u64)), ("step", Arg::Text(step.name(words))), ("file", Arg::Text(&file))],
        );
        browser::set_title(&place.replace(" –  –", " –"));
        browser::set_language(studio.locale.get().code());
    });
    let fixing = move || studio.step.get() == Step::Fix;
    // A button that has nothing more to do leaves the keyboard to the screen, not to its opposite: it may be pressed once too many.
    Effect::new(move |_| {
        let (undo, redo) = studio.overview.with(|o| (o.can_undo, o.can_redo));
        let held = browser::focused_id();
        if !undo && held.as_deref() == Some("undo") || !redo && held.as_deref() == Some("redo") {
            studio.take_keyboard();
        }
    });
    view! {
        <div class="frame" class:app=fixing>
            <a class="skip" href="#content">{move || studio.locale.get().words().skip}</a>
            <header class="top">
                {brand}
                {move || steps(studio)}
                {move || settings(studio)}
            </header>
            <main id="content" tabindex="-1">
                {move || context(studio)}
                {children()}
            </main>
            {move || status(studio)}
            {move || toast(studio)}
        </div>
    }
}

fn brand() -> impl IntoView {
    view! {
        <span class="brand row">
            <svg class="logo" viewBox="1 0 112 30" role="img" aria-label="Atelier" focusable="false">
                <path d="M3 25 12.5 5 22 25"></path>
                <rect class="hot" x="9" y="16.5" width="7" height="4.5" rx=".5"></rect>
                <path
                    transform="translate(-8.5)"
                    d="M35 8h12M41 8v17M53.5 8v17M53.5 8h9.5M53.5 16.2h8M53.5 25h9.5M69.5 8v17h9M84.5 8v17M91.5 8v17M91.5 8h9.5M91.5 16.2h8M91.5 25h9.5M107.5 25V8h5.2a4.4 4.4 0 0 1 0 8.8h-5.2M113 16.8l5 8.2"
                ></path>
            </svg>
        </span>
    }
}

fn steps(studio: Studio) -> impl IntoView {
    studio.locale.track();
    let words = studio.words();
    let now = studio.step.get();
    let item = move |step: Step| {
        let done = step < now && studio.has_file();
        let number = view! { <span class="vh">{step.number()}", "</span> };
        let dot = match done {
            true => view! { <span class="dot">{small_icon("check")}</span>{number} }.into_any(),
            false => view! { <span class="dot" class:on=step == now>{step.number()}</span> }.into_any(),
        };
        let name = view! { <span class="t">{step.name(words)}</span> };
        if studio.reaches(step) {
            let current = (step == now).then_some("step");
            view! {
                <li class:done=done>
                    <button class="step" type="button" aria-current=current on:click=move |_| studio.go(step)>
                        {dot}{name}{done.then(|| view! { <span class="vh">{words.step_done}</span> })}
                    </button>
                </li>
            }
            .into_any()
        } else {
            view! { <li><span class="step">{dot}{name}<span class="vh">{words.step_later}</span></span></li> }.into_any()
        }
    };
    view! {
        <nav class="steps" aria-label=words.steps>
            <ol>{Step::ALL.into_iter().map(item).collect_view()}</ol>
        </nav>
    }
}

fn settings(studio: Studio) -> impl IntoView {
    let locale = studio.locale.get();
    let words = studio.words();
    let choose = move |event: ev::Event| {
        let locale = Locale::from_code(&event_target_value(&event));
        browser::remember("atelier-language", locale.code());
        // What is said for a moment was worded in the other language.
        studio.toast.set(None);
        studio.locale.set(locale);
    };
    let turn = |_| {
        let dark = browser::remembered("atelier-theme").map_or_else(browser::system_is_dark, |theme| theme == "dark");
        let theme = if dark { "light" } else { "dark" };
        browser::remember("atelier-theme", theme);
        browser::set_theme(theme);
    };
    if let Some(theme) = browser::remembered("atelier-theme") {
        browser::set_theme(&theme);
    }
    view! {
        <div class="top-end row nowrap g1">
            <button class="btn btn-icon" type="button" aria-label=words.theme on:click=turn>{super::parts::icon("moon", "")}</button>
            <label class="vh" for="language">{words.language}</label>
            <span class="select select-s">
                <select id="language" on:change=choose>
                    <option value="fr" lang="fr" selected=locale == Locale::Fr>"FR"</option>
                    <option value="en" lang="en" selected=locale == Locale::En>"EN"</option>
                </select>
                {small_icon("chev-down")}
            </span>
        </div>
    }
}

/// What was read and which schema, with a way to change each.
fn context(studio: Studio) -> impl IntoView {
    studio.locale.track();
    let words = studio.words();
    let shown = studio.has_file() && !(studio.step.get() == Step::Deposit && studio.another.get());
    shown.then(|| {
        let file = studio.overview.with(|o| o.file.clone());
        let schema = studio.schema.get().map(|used| {
            let version = used.schema.version.as_deref().map(|v| format!("v{}", v.trim_start_matches('v'))).unwrap_or_default();
            let score = studio.overview.with(|o| o.score);
            view! {
                <div class="row row-end">
                    {super::parts::icon("rows", "icon-s muted wide")}
                    <span class="named">
                        {words.bar_schema}" "<strong lang="fr">{used.schema.title.clone()}</strong>" "<span class="muted">{version}</span>
                    </span>
                    <span class="badge hot">{studio.count(words.bar_score, usize::from(score))}</span>
                    <button class="btn btn-quiet btn-s" type="button" on:click=move |_| studio.go(Step::Map)>
                        {words.change}<span class="vh">{words.change_schema}</span>
                    </button>
                </div>
            }
        });
        let aside = studio.aside().map(|file| {
            view! {
                <div class="row">
                    <button class="btn btn-quiet btn-s" type="button" id="go-back" on:click=move |_| studio.go_back()>
                        {small_icon("undo")}<span class="named">{studio.fill(words.back_to_aside, &[("file", &file)])}</span>
                    </button>
                </div>
            }
        });
        view! {
            <section class="context" aria-label=words.bar>
                <div class="row">
                    {super::parts::icon("sheet", "icon-s muted")}
                    <strong class="file">{file}</strong>
                    <span class="muted">{studio.reading_line()}</span>
                    <button class="btn btn-quiet btn-s" type="button" on:click=move |_| studio.go(Step::Deposit)>
                        {words.modify}<span class="vh">{words.modify_reading}</span>
                    </button>
                </div>
                {aside}
                {schema}
            </section>
        }
    })
}

/// Where the data are, and what can be taken back.
fn status(studio: Studio) -> impl IntoView {
    studio.locale.track();
    let words = studio.words();
    let (undo, redo, open) = studio.overview.with(|o| (o.can_undo, o.can_redo, o.reading.is_some()));
    let history = open.then(|| {
        view! {
            <div class="row row-end g1">
                <button
                    class="btn btn-quiet btn-s"
                    type="button"
                    id="undo"
                    aria-keyshortcuts="Control+Z"
                    disabled=!undo
                    on:click=move |_| studio.ask(Request::Undo)
                >
                    {small_icon("undo")}{words.undo}
                </button>
                <button
                    class="btn btn-quiet btn-s"
                    type="button"
                    id="redo"
                    aria-keyshortcuts="Control+Y"
                    disabled=!redo
                    on:click=move |_| studio.ask(Request::Redo)
                >
                    {small_icon("redo")}{words.redo}
                </button>
            </div>
        }
    });
    let (bytes, hosts) = studio.sending.sent.get();
    let locale = studio.locale.get_untracked();
    let sent = match bytes + studio.sending.moved.get() {
        0 => words.nothing_sent.to_owned(),
        n => {
            let args = [("n", Arg::Count(n)), ("host", Arg::Text(&hosts.join(", ")))];
            locale.fill(locale.publish_words().sent_to, &args)
        }
    };
    view! {
        <footer class="status">
            <p class="row nowrap">{super::parts::icon("shield", "good")}<strong>{sent}</strong></p>
            <p class="muted wide">{if open && bytes == 0 { words.nothing_kept } else { "" }}</p>
            {history}
        </footer>
    }
}

fn toast(studio: Studio) -> impl IntoView {
    studio.locale.track();
    let words = studio.words();
    let toast = studio.toast.get();
    let said = toast.map(|toast| {
        let undo = toast.undo.then(|| {
            view! {
                <button
                    class="btn btn-s"
                    type="button"
                    on:click=move |_| {
                        studio.toast.set(None);
                        studio.take_keyboard();
                        studio.ask(Request::Undo);
                    }
                >
                    {words.undo}
                </button>
            }
        });
        view! { <div class="toast"><span>{toast.text}</span>{undo}</div> }
    });
    view! { <div class="toasts" role="status">{writing(studio)}{said}</div> }
}

/// Undo and redo from anywhere but a field being typed in.
fn shortcuts(studio: Studio, event: &web_sys::KeyboardEvent) {
    let typing = event_target::<web_sys::Element>(event)
        .matches("input:not([type=radio]):not([type=checkbox]), textarea, select")
        .unwrap_or(false);
    if typing || !(event.ctrl_key() || event.meta_key()) || !studio.has_file() {
        return;
    }
    let request = match event.key().to_lowercase().as_str() {
        "z" if event.shift_key() => Request::Redo,
        "z" => Request::Undo,
        "y" => Request::Redo,
        _ => return,
    };
    event.prevent_default();
    studio.ask(request);
}
