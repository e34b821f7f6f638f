use leptos::prelude::*;

use super::matching::Matching;
use crate::{
    check::Rule,
    i18n::{cause_action, cause_title, explain, explain_fix},
    protocol::{Filter, Request},
    recipe::Operation,
    repair::{Cause, CauseKey, CauseKind, Fix, Order, Question},
    ui::{
        grid::GridState,
        parts::small_icon,
        studio::{Step, Studio},
    },
};

/// What an agent would call the trouble.
pub fn title(studio: Studio, cause: &Cause) -> String {
    studio
        .schema
        .with_untracked(|used| {
            used.as_ref().map(|used| cause_title(studio.locale.get_untracked(), cause, &used.schema, &used.checks))
        })
        .unwrap_or_default()
}

/// Where it stands.
pub fn place(studio: Studio, cause: &Cause) -> String {
    let words = studio.words();
    let field = |used: &crate::ui::studio::SchemaInUse| Some(used.schema.fields.get(cause.key.field?)?.title.clone());
    let beside = || studio.overview.with_untracked(|o| Some(o.columns.get(cause.key.field?)?.label.clone()));
    match studio.schema.with_untracked(|used| used.as_ref().and_then(|used| field(used))).or_else(beside) {
        Some(field) => studio.fill(words.column_named, &[("what", &field)]),
        None => words.whole_rows.to_owned(),
    }
}

/// What a text would become.
pub fn diff(studio: Studio, before: String, after: String) -> impl IntoView {
    let words = studio.words();
    // Spaces at the ends are what matters, and cannot be seen.
    let seen = |text: String| {
        let (start, end) = (text.len() - text.trim_start().len(), text.trim_end().len());
        let dots = |part: &str| "·".repeat(part.chars().count());
        match text.get(start..end.max(start)) {
            Some(middle) => format!(
                "{}{middle}{}",
                dots(text.get(..start).unwrap_or_default()),
                dots(text.get(end.max(start)..).unwrap_or_default())
            ),
            None => text,
        }
    };
    view! {
        <p class="diff">
            <del>{seen(before)}</del>
            {small_icon("right")}
            <span class="vh">{words.becomes}</span>
            <ins>{seen(after)}</ins>
        </p>
    }
}

/// One cause: what it is, what it would become, a button to repair it and one to see its cells.
#[component]
pub fn CauseItem(cause: Cause, grid: GridState) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let key = cause.key;
    let seen = move || studio.overview.with(|o| o.filter == Filter::Cause(key));
    let current = move || grid.cause.get() == Some(key);
    let see = move |_| {
        let filter = if seen() { Filter::All } else { Filter::Cause(key) };
        grid.go_top();
        studio.ask(Request::Filter(filter));
    };
    let has_cells = !matches!(cause.key.kind, CauseKind::Rule(rule) if rule.is_of_header());
    let choose = (!has_cells).then(|| {
        view! { <button class="btn btn-s" type="button" on:click=move |_| studio.go(Step::Map)>{words.to_map}</button> }
    });
    let show = has_cells.then(|| {
        view! {
            <button class="btn btn-quiet btn-s" type="button" aria-pressed=move || seen().to_string() on:click=see>
                {small_icon("eye")}
                {move || if seen() { words.see_all } else { words.see }}
                <span class="vh">" "{title(studio, &cause)}</span>
            </button>
        }
    });
    // What must be looked at first is said.
    let note = match key.kind {
        CauseKind::Fix(fix) if !key.kind.is_safe() => {
            Some(view! { <p class="small muted">{explain_fix(studio.locale.get_untracked(), fix)}</p> })
        }
        _ => None,
    };
    let matching = RwSignal::new(false);
    // A field that accepts a list of values is matched with what the file says.
    let matched = key.field.filter(|_| matches!(key.kind, CauseKind::Rule(Rule::Enum | Rule::Pattern | Rule::Type)) && has_cells);
    let open_matching = matched.map(|_| {
        view! {
            <button
                class="btn btn-s"
                type="button"
                aria-expanded=move || matching.get().to_string()
                on:click=move |_| matching.update(|open| *open = !*open)
            >
                {words.match_values}<span class="vh">" : "{title(studio, &cause)}</span>
            </button>
        }
    });
    let matching = matched.map(|field| move || matching.get().then(|| view! { <Matching field/> }));
    let body = match (&cause.question, &cause.after, cause.key.kind) {
        (Some(question), ..) => ask(studio, &cause, question).into_any(),
        (None, Some(after), _) => view! {
            {diff(studio, cause.before.clone(), after.clone())}
            {note}
            <div class="row">{repair_button(studio, &cause)}{everywhere(studio, key)}{show}</div>
        }
        .into_any(),
        (None, None, CauseKind::Fix(fix)) if fix.removes_rows() => {
            view! { {note} <div class="row">{repair_button(studio, &cause)}{show}</div> }.into_any()
        }
        _ => {
            let told = studio.schema.with_untracked(|used| {
                let CauseKind::Rule(rule) = cause.key.kind else { return None };
                used.as_ref().map(|used| {
                    explain(studio.locale.get_untracked(), rule, &used.schema, &used.checks, cause.key.field, &cause.before)
                })
            });
            let told = told.map(|told| {
                let detail = told.detail.map(|detail| {
                    view! { <details class="small"><summary>{words.pattern_more}</summary><p class="raw">{detail}</p></details> }
                });
                view! { <p class="small">{told.expected}</p> {detail} }
            });
            view! {
                {(!cause.before.is_empty() && has_cells).then(|| view! { <p class="diff"><del>{cause.before.clone()}</del></p> })}
                {told}
                <div class="row">{choose}{open_matching}{show}</div>
                {matching}
            }
            .into_any()
        }
    };
    view! {
        <li class="cause" aria-current=move || current().then_some("true")>
            <div><h4>{title(studio, &cause)}</h4><p class="muted small">{place(studio, &cause)}</p></div>
            {body}
        </li>
    }
}

fn repair_button(studio: Studio, cause: &Cause) -> impl IntoView {
    let key = cause.key;
    let name = title(studio, cause);
    view! {
        <button class="btn btn-s" type="button" on:click=move |_| studio.ask(Request::Repair { key, order: None })>
            {cause_action(studio.locale.get_untracked(), cause)}<span class="vh">" : "{name}</span>
        </button>
    }
}

/// The button that repairs the same trouble in all the fields that have it, where several do.
fn everywhere(studio: Studio, key: CauseKey) -> Option<impl IntoView + use<>> {
    let CauseKind::Fix(fix) = key.kind else { return None };
    let words = studio.words();
    let alike = studio.overview.with_untracked(|o| o.causes.iter().filter(|other| other.key.kind == key.kind).count());
    let ask = move |_| studio.ask(Request::Operate(Operation::Repair { field: None, fix, order: None }));
    (alike > 1).then(|| {
        view! {
            <button class="btn btn-quiet btn-s" type="button" on:click=ask>{studio.count(words.repair_everywhere, alike)}</button>
        }
    })
}

/// Dates that can be read two ways: asked once for the cause, with what the rest of the column says.
fn ask(studio: Studio, cause: &Cause, question: &Question) -> impl IntoView {
    let words = studio.words();
    let key = cause.key;
    let chosen = RwSignal::new(None::<Order>);
    let group = format!("order-{}", key.field.unwrap_or_default());
    let evidence = |n: u32| if n == 0 { words.evidence_none.to_owned() } else { studio.count(words.evidence, n as usize) };
    let choice = |order: Order, day: &str, evidence: String| {
        view! {
            <label class="tick">
                <input type="radio" name=group.clone() on:change=move |_| chosen.set(Some(order))/>
                <span>{studio.locale.get_untracked().day(day)}" "<span class="muted">{evidence}</span></span>
            </label>
        }
    };
    let legend = studio.fill(words.which_day, &[("what", &cause.before)]);
    let alike = studio.overview.with_untracked(|o| o.causes.iter().filter(|other| other.key.kind == key.kind).count());
    let several = (alike > 1).then_some(alike);
    let apply = studio.count(words.apply_to, cause.count as usize);
    view! {
        <fieldset class="ask-q stack g2">
            <legend>{legend}</legend>
            {choice(Order::DayFirst, &question.day_first, evidence(question.sure_day_first))}
            {choice(Order::MonthFirst, &question.month_first, evidence(question.sure_month_first))}
            <div class="row">
                <button
                    class="btn btn-s"
                    type="button"
                    disabled=move || chosen.get().is_none()
                    on:click=move |_| studio.ask(Request::Repair { key, order: chosen.get() })
                >
                    {apply}
                </button>
                {several.map(|alike| view! {
                    <button
                        class="btn btn-quiet btn-s"
                        type="button"
                        disabled=move || chosen.get().is_none()
                        on:click=move |_| {
                            let fix = Fix::AmbiguousDate;
                            studio.ask(Request::Operate(Operation::Repair { field: None, fix, order: chosen.get_untracked() }));
                        }
                    >
                        {studio.count(words.repair_everywhere, alike)}
                    </button>
                })}
                <button
                    class="btn btn-quiet btn-s"
                    type="button"
                    on:click=move |_| studio.ask(Request::Filter(Filter::Cause(key)))
                >
                    {small_icon("eye")}{words.see}<span class="vh">" "{title(studio, cause)}</span>
                </button>
            </div>
        </fieldset>
    }
}
