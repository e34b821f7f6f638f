use leptos::prelude::*;

use super::cause::CauseItem;
use crate::{
    protocol::{Export, Request},
    recipe::Operation,
    repair::{Cause, CauseKind},
    ui::{
        grid::GridState,
        parts::{FollowedBanner, TroubleBanner, icon, small_icon},
        studio::{Step, Studio},
    },
};

/// Which causes are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tab {
    Errors,
    Advice,
    Done,
}

/// What there is to correct, by cause, and what was repaired.
#[component]
pub fn Panel(grid: GridState) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let tab = RwSignal::new(Tab::Errors);
    let of = move |advice: bool| {
        studio.overview.with(|o| o.causes.iter().filter(|c| c.key.advice == advice).cloned().collect::<Vec<_>>())
    };
    let cells = |causes: &[Cause]| causes.iter().map(|cause| cause.count as usize).sum::<usize>();
    let head = move || {
        let errors = of(false);
        let (count, kinds) = (cells(&errors), errors.len());
        if count == 0 {
            return view! { <p class="row" id="t-causes">{icon("check-round", "good")}<b>{words.nothing_to_fix}</b></p> }
                .into_any();
        }
        view! {
            <p class="row" id="t-causes">
                <b class="figure bad">{studio.locale.get_untracked().count(count as u64)}</b>
                " "{studio.count(words.cells_to_fix, count)}" "{studio.count(words.of_causes, kinds)}
            </p>
        }
        .into_any()
    };
    let all = move || {
        let sure = |advice: bool| -> usize {
            studio.overview.with(|o| {
                o.causes.iter().filter(|c| c.key.kind.is_safe() && c.key.advice == advice).map(|c| c.count as usize).sum()
            })
        };
        let (errors, advice) = (sure(false), sure(true));
        let detail = (errors > 0 && advice > 0)
            .then(|| view! { <p class="muted small">{studio.count(words.repair_all_advice, advice)}</p> });
        let sure = errors + advice;
        (sure > 0).then(|| {
            view! {
                <button class="btn btn-main" type="button" id="repair-all" on:click=move |_| studio.ask(Request::RepairAll)>
                    {studio.count(words.repair_all, sure)}
                </button>
                {detail}
            }
        })
    };
    let tab_button = move |which: Tab, name: &'static str, class: &'static str| {
        let count = move || match which {
            Tab::Errors => cells(&of(false)),
            Tab::Advice => cells(&of(true)),
            Tab::Done => studio.overview.with(|o| o.repaired.len()),
        };
        view! {
            <button
                role="tab"
                type="button"
                aria-selected=move || (tab.get() == which).to_string()
                aria-controls="causes"
                on:click=move |_| tab.set(which)
            >
                {name}" "<span class=format!("badge {class}")>{move || studio.locale.get_untracked().count(count() as u64)}</span>
            </button>
        }
    };
    view! {
        <section class="panel" aria-labelledby="t-causes">
            <div class="panel-h stack g2">
                <h2 class="vh">{words.what_to_fix}</h2>
                {head}
                {all}
                <div class="tabs" role="tablist" aria-label=words.findings>
                    {tab_button(Tab::Errors, words.tab_errors, "bad")}
                    {tab_button(Tab::Advice, words.tab_advice, "warn")}
                    {tab_button(Tab::Done, words.tab_done, "")}
                </div>
            </div>
            <div class="causes" id="causes" role="tabpanel" tabindex="0" aria-label=words.findings>
                <TroubleBanner/>
                <FollowedBanner/>
                {move || match tab.get() {
                    Tab::Errors => errors(studio, grid, of(false)),
                    Tab::Advice => view! { {accept_all(studio)} {listed(grid, of(true), words.tab_advice, words.no_advice)} }.into_any(),
                    Tab::Done => done(studio),
                }}
                <p class="row last">
                    <button class="btn btn-main" type="button" id="to-describe" on:click=move |_| studio.go(Step::Describe)>
                        {words.to_describe}{small_icon("right")}
                    </button>
                </p>
            </div>
        </section>
    }
}

/// One-click repairs first, then questions, then what only the agent can tell.
fn errors(studio: Studio, grid: GridState, causes: Vec<Cause>) -> AnyView {
    let words = studio.words();
    if causes.is_empty() {
        return view! {
            <div class="empty">{icon("check-round", "")}<h3>{words.all_good}</h3><p>{words.all_good_text}</p></div>
        }
        .into_any();
    }
    let (sure, rest): (Vec<Cause>, Vec<Cause>) = causes.into_iter().partition(|cause| cause.key.kind.is_safe());
    let (asked, manual): (Vec<Cause>, Vec<Cause>) =
        rest.into_iter().partition(|cause| matches!(cause.key.kind, CauseKind::Fix(_)));
    let group = move |title: &'static str, causes: Vec<Cause>| {
        (!causes.is_empty()).then(|| {
            view! {
                <h3>{title}</h3>
                {items(grid, causes)}
            }
        })
    };
    view! {
        {group(words.group_sure, sure)}
        {accept_all(studio)}
        {group(words.group_asked, asked)}
        {group(words.group_manual, manual)}
        <p>
            <button class="btn btn-quiet btn-s" type="button" id="send-report" on:click=move |_| studio.export(Export::Report { complete: true }, studio.csv_name())>
                {small_icon("print")}{words.send_report}
            </button>
        </p>
    }
    .into_any()
}

/// The button that accepts all that is proposed, advice too, once there is nothing surer to do first.
fn accept_all(studio: Studio) -> Option<impl IntoView + use<>> {
    let words = studio.words();
    let (sure, proposed) = studio.overview.with(|o| {
        let cells = |wanted: fn(&Cause) -> bool| o.causes.iter().filter(|c| wanted(c)).map(|c| c.count as usize).sum::<usize>();
        (cells(|c| c.key.kind.is_safe()), cells(|c| c.is_proposed() && !c.key.kind.is_safe()))
    });
    (sure == 0 && proposed > 0).then(|| {
        view! {
            <div class="stack g1 accept">
                <button class="btn" type="button" id="accept-all" on:click=move |_| studio.ask(Request::Operate(Operation::RepairProposed))>
                    {small_icon("check")}{studio.count(words.accept_all, proposed)}
                </button>
                <p class="muted small">{words.accept_all_text}</p>
            </div>
        }
    })
}

fn listed(grid: GridState, causes: Vec<Cause>, title: &'static str, none: &'static str) -> AnyView {
    if causes.is_empty() {
        return view! { <div class="empty">{icon("check-round", "")}<p>{none}</p></div> }.into_any();
    }
    view! { <h3 class="vh">{title}</h3> {items(grid, causes)} }.into_any()
}

/// A list of causes; one whose count or example has changed is drawn anew, with its question unanswered.
fn items(grid: GridState, causes: Vec<Cause>) -> impl IntoView {
    let key = |cause: &Cause| serde_json::to_string(cause).unwrap_or_default();
    view! {
        <ul>
            <For each=move || causes.clone() key=key children=move |cause| view! { <CauseItem cause grid/> }/>
        </ul>
    }
}

fn done(studio: Studio) -> AnyView {
    let words = studio.words();
    let repaired = studio.overview.with(|o| o.repaired.clone());
    if repaired.is_empty() {
        return view! { <div class="empty">{icon("undo", "")}<p>{words.no_repair}</p></div> }.into_any();
    }
    let last = repaired.len().saturating_sub(1);
    // The last repair made comes first.
    let item = move |(at, cause): (usize, Cause)| {
        let take_back = move |_| studio.ask(Request::TakeBack(last - at));
        let diff = cause.after.clone().map(|after| super::cause::diff(studio, cause.before.clone(), after));
        view! {
            <li class="cause">
                <div><h4>{super::cause::title(studio, &cause)}</h4><p class="muted small">{super::cause::place(studio, &cause)}</p></div>
                {diff}
                <div class="row">
                    <button class="btn btn-quiet btn-s" type="button" on:click=take_back>
                        {small_icon("undo")}{words.take_back}<span class="vh">" : "{super::cause::title(studio, &cause)}</span>
                    </button>
                </div>
            </li>
        }
    };
    view! { <h3 class="vh">{words.tab_done}</h3> <ul>{repaired.into_iter().enumerate().map(item).collect_view()}</ul> }.into_any()
}
