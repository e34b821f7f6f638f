use leptos::prelude::*;

use super::sending::Sending;
use crate::{
    i18n::{Arg, PublishWords, publish_event, publish_notice},
    publish::{Journal, PART, State, Step, Summary},
    ui::{
        parts::{icon, small_icon},
        studio::Studio,
    },
};

/// The steps of a publication, as they are done.
#[component]
pub fn Progress() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let sending = studio.sending;
    let locale = studio.locale.get_untracked();
    let words = locale.publish_words();
    let said = move || {
        let instance = sending.instance()?;
        sending.event.get().map(|event| publish_event(locale, &event, &instance))
    };
    let notices = move || {
        let instance = sending.instance()?;
        let notices = sending.journal.get()?.notices;
        let told = notices.iter().map(|notice| publish_notice(locale, notice, &instance));
        Some(told.map(|told| view! { <p class="banner warn">{small_icon("warn")}<span>{told}</span></p> }).collect_view())
    };
    let ended = move || sending.trouble.with(Option::is_some) || sending.summary.with(Option::is_some);
    let halted = move || !sending.running.get() && !ended();
    view! {
        {move || sending.journal.get().map(|journal| stages(studio, sending, &journal))}
        <p role="status" class="muted small" id="send-said">{said}</p>
        {notices}
        {move || sending.running.get().then(|| view! {
            <p>
                <button class="btn btn-s" type="button" id="interrupt" on:click=move |_| sending.interrupt()>
                    {words.stop_sending}
                </button>
            </p>
        })}
        {move || halted().then(|| view! {
            <div class="banner warn" role="status">
                {icon("offline", "")}
                <div>
                    <strong>{words.stopped}</strong>
                    <div class="row">
                        {resume(studio, words)}
                        <button class="btn btn-s" type="button" on:click=move |_| sending.give_up()>{words.give_up}</button>
                    </div>
                </div>
            </div>
        })}
    }
}

/// The button that goes on.
pub fn resume(studio: Studio, words: &'static PublishWords) -> impl IntoView {
    view! {
        <button class="btn btn-main btn-s" type="button" id="resume" on:click=move |_| studio.sending.resume(studio)>
            {small_icon("refresh")}{words.resume}
        </button>
    }
}

/// From how many bytes on a file is seen leaving.
const LONG: u64 = 1_000_000;

/// What the agent sees of the steps: five stages.
fn stages(studio: Studio, sending: Sending, journal: &Journal) -> impl IntoView + use<> {
    let locale = studio.locale.get_untracked();
    let words = locale.publish_words();
    let now = stage(journal);
    let name = journal.files.first().map(|file| file.name.clone()).unwrap_or_default();
    let (before, size) = journal.files.first().map_or((0, 0), |file| (file.parts * PART, file.size));
    let sent = journal.files.iter().all(|file| matches!(file.state, State::Sent | State::Described));
    let texts = [
        (words.step_access, journal.organisation.name.clone()),
        (words.step_dataset, journal.title.clone()),
        (words.step_file, name),
        (words.step_describe, String::new()),
        (words.step_public, words.step_public_text.to_owned()),
    ];
    let halted = !sending.running.get() && sending.summary.with(Option::is_none);
    let stage = move |(at, (title, text)): (usize, (&'static str, String))| {
        let (class, state) = match at {
            _ if at < now => ("ok", words.state_done),
            _ if at == now && halted => ("ko", words.state_stopped),
            _ if at == now && sending.running.get_untracked() => ("now", words.state_now),
            _ => ("todo", words.state_todo),
        };
        let mark = match class {
            "ok" => Some(small_icon("check").into_any()),
            "ko" => Some(small_icon("x").into_any()),
            _ => None,
        };
        let bar = (at == 2 && size > LONG && !sent && at <= now).then(|| {
            let there = move || (before + sending.moved.get()).min(size);
            let million = |bytes: u64| Arg::Count(bytes.div_ceil(1_000_000));
            let said = move || locale.fill(words.step_moved, &[("n", million(there())), ("all", million(size))]);
            view! {
                <progress max=size.to_string() value=move || there().to_string() aria-label=title></progress>
                <p>{said}</p>
            }
        });
        view! {
            <li class=class>
                <span class=if class == "ok" { "dot on" } else { "dot" }>{mark}</span>
                <div><h3>{title}<span class="vh">{state}</span></h3><p>{text}</p>{bar}</div>
            </li>
        }
    };
    view! { <ol class="run" aria-label=words.steps>{texts.into_iter().enumerate().map(stage).collect_view()}</ol> }
}

/// How many stages are done.
fn stage(journal: &Journal) -> usize {
    match journal.step {
        Step::SignIn | Step::Licences | Step::Schemas => 0,
        Step::Contact if journal.existing => 3,
        Step::Neighbours(_) | Step::Find | Step::Contact | Step::Create => 1,
        Step::Compare(_) | Step::Send(_) | Step::Part(..) | Step::Assemble(_) => 2,
        Step::ReadFile(_) | Step::DescribeFile(_) | Step::ReadDataset | Step::DescribeDataset => 3,
        Step::ReadDraft | Step::Publish => 4,
        Step::Review | Step::Done => 4,
    }
}

/// What is about to be public, to read again, and the last word.
#[component]
pub fn Finish() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let sending = studio.sending;
    let sure = RwSignal::new(false);
    move || sending.summary.get().map(|summary| finish(studio, sending, sure, &summary))
}

fn finish(studio: Studio, sending: Sending, sure: RwSignal<bool>, summary: &Summary) -> impl IntoView + use<> {
    let locale = studio.locale.get_untracked();
    let words = locale.publish_words();
    let (rows, left) = studio.overview.with_untracked(|o| {
        let left: u32 = o.causes.iter().filter(|cause| !cause.key.advice).map(|cause| cause.count).sum();
        (o.rows, left as usize)
    });
    let left = if left == 0 { words.final_no_error.to_owned() } else { locale.fill_n(words.final_errors, left) };
    let organisation =
        sending.journal.with_untracked(|journal| journal.as_ref().map(|j| j.organisation.name.clone()).unwrap_or_default());
    let points = locale.fill(words.points, &[("n", Arg::Count(summary.points.into()))]);
    let facts = [
        (words.organisation, organisation),
        (words.dataset, summary.title.clone()),
        (words.content, format!("{}, {left}", locale.fill_n(words.final_rows, rows))),
        (words.quality, points),
    ];
    let last = summary.private.then(|| {
        view! {
            <label class="tick">
                <input
                    type="checkbox"
                    id="read-again"
                    prop:checked=sure
                    on:change=move |event| sure.set(event_target_checked(&event))
                />
                <span>{words.read_again}</span>
            </label>
            <p>
                <button
                    class="btn btn-main btn-l"
                    type="button"
                    id="make-public"
                    disabled=move || !sure.get()
                    on:click=move |_| {
                        sure.set(false);
                        sending.make_public();
                    }
                >
                    {studio.fill(words.make_public, &[("host", &sending.host(words))])}
                </button>
            </p>
        }
    });
    let title = if summary.private { words.is_draft } else { words.is_public };
    let page = summary.page.clone().filter(|_| !sending.is_rehearsal()).filter(|page| page.starts_with("http"));
    view! {
        <div class="banner good" role="status" id="sent">{icon("check", "")}<strong>{title}</strong></div>
        {summary.private.then(|| view! { <h3>{words.final_title}</h3> })}
        <dl class="dl">{facts.into_iter().map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> }).collect_view()}</dl>
        {page.map(|page| {
            let said = studio.fill(words.see_page, &[("what", &page)]);
            view! { <p class="small"><a href=page target="_blank" rel="noopener noreferrer">{said}</a></p> }
        })}
        {last}
        <p><button class="btn btn-s" type="button" on:click=move |_| sending.give_up()>{words.another}</button></p>
    }
}
