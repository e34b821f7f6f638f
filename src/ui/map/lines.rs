use std::collections::HashSet;

use leptos::{ev, prelude::*};

use super::fill::{self, Way};
use crate::{
    mapping::{Confidence, Line, Reason},
    protocol::Request,
    schema::Field,
    table::Looks,
    ui::{parts::small_icon, studio::Studio},
};

/// Which lines are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    All,
    Doubtful,
    Required,
}

/// What the agent's hands are on; the lines are drawn anew after each choice.
#[derive(Debug, Clone, Copy)]
struct Hands {
    /// The field being filled otherwise than by a column, and how.
    filling: RwSignal<Option<(usize, Way)>>,
    /// The fields whose list was reached, and is whole since.
    reached: StoredValue<HashSet<usize>>,
}

/// Whether a line asks for the agent's eye.
pub fn is_doubtful(line: &Line) -> bool {
    line.confidence == Confidence::Doubtful && line.reason != Reason::Chosen
}

/// One line per field of the schema: what it is, the column chosen, why and how sure, three samples.
#[component]
pub fn Lines() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let shown = RwSignal::new(Shown::All);
    let hands = Hands { filling: RwSignal::new(None), reached: StoredValue::new(HashSet::new()) };
    let segment = move |which: Shown, name: &'static str, count: usize| {
        view! {
            <button type="button" aria-pressed=move || (shown.get() == which).to_string() on:click=move |_| shown.set(which)>
                {name}" "<span>{count}</span>
            </button>
        }
    };
    let counts = move || {
        let used = studio.schema.get()?;
        let required = used.schema.fields.iter().filter(|field| field.is_required()).count();
        let doubtful = studio.overview.with(|o| o.lines.iter().filter(|line| line.column.is_some() && is_doubtful(line)).count());
        Some(view! {
            {segment(Shown::All, words.lines_all, used.schema.fields.len())}
            {segment(Shown::Doubtful, words.lines_doubtful, doubtful)}
            {segment(Shown::Required, words.lines_required, required)}
        })
    };
    let rows = move || {
        let Some(used) = studio.schema.get() else { return Vec::new() };
        let wanted = |at: usize, field: &Field| match shown.get() {
            Shown::All => true,
            Shown::Required => field.is_required(),
            Shown::Doubtful => {
                studio.overview.with(|o| o.lines.get(at).is_some_and(|line| line.column.is_some() && is_doubtful(line)))
            }
        };
        let fields = used.schema.fields.iter().enumerate().filter(|(at, field)| wanted(*at, field));
        fields.map(|(at, field)| row(studio, at, field, hands)).collect()
    };
    view! {
        <div class="row filters">
            <div class="seg" role="group" aria-label=words.lines_shown>{counts}</div>
            <button class="btn btn-quiet btn-s row-end" type="button" on:click=move |_| studio.ask(Request::Suggest)>
                {small_icon("undo")}{words.map_again}
            </button>
        </div>
        <table class="table map">
            <caption class="vh">{words.map_caption}</caption>
            <thead>
                <tr>
                    <th scope="col">{words.map_field}</th>
                    <th scope="col">{words.map_column}</th>
                    <th scope="col">{words.map_confidence}</th>
                    <th scope="col">{words.map_samples}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn row(studio: Studio, at: usize, field: &Field, hands: Hands) -> AnyView {
    let words = studio.words();
    let (column, line, labels, samples) = studio.overview.with(|o| {
        let column = o.mapping.columns.get(at).copied().flatten();
        let samples = column.and_then(|c| o.profiles.get(c)).map(|p| p.samples.clone()).unwrap_or_default();
        (column, o.lines.get(at).cloned(), o.labels.clone(), samples)
    });
    let line = line.unwrap_or(Line::NONE);
    let ask = column.is_some() && is_doubtful(&line);
    let required = field.is_required();
    let missing = required && column.is_none();
    let filling = hands.filling;
    let change = move |event: ev::Event| {
        let choice = event_target_value(&event);
        match Way::read(&choice) {
            Some(way) => filling.set(Some((at, way))),
            None => {
                filling.set(None);
                studio.ask(Request::Assign { field: at, column: choice.parse().ok() });
            }
        }
    };
    let described = StoredValue::new(field.clone());
    let form = move || {
        let (_, way) = filling.get().filter(|(field, _)| *field == at)?;
        Some(described.with_value(|field| fill::form(studio, field, way, filling)))
    };
    let point = (field.type_name == "geopoint").then(|| view! { <option value="+point">{words.fill_way_point}</option> });
    // Sixty lists of sixty columns are long to draw: a list is filled when it is about to be opened.
    let opened = RwSignal::new(hands.reached.with_value(|reached| reached.contains(&at)));
    let open = move || {
        if !opened.get_untracked() {
            hands.reached.update_value(|reached| {
                reached.insert(at);
            });
            opened.set(true);
        }
    };
    let listed = StoredValue::new(labels.clone());
    let options = move || {
        let option = |(index, label): (usize, String)| {
            let shown = if label.trim().is_empty() { studio.count(words.column_unnamed, index + 1) } else { label };
            view! { <option value=index.to_string() selected=Some(index) == column>{shown}</option> }
        };
        let wanted = |(index, _): &(usize, String)| opened.get() || Some(*index) == column;
        listed.get_value().into_iter().enumerate().filter(wanted).map(option).collect_view()
    };
    let rival = line.rival.filter(|_| ask).and_then(|rival| Some((rival, labels.get(rival)?.clone())));
    let resolve = rival.map(|(rival, label)| {
        let keep = column;
        view! {
            <div class="row">
                <button class="btn btn-s" type="button" on:click=move |_| studio.ask(Request::Assign { field: at, column: keep })>{words.keep}</button>
                <button class="btn btn-s" type="button" on:click=move |_| studio.ask(Request::Assign { field: at, column: Some(rival) })>
                    {studio.fill(words.take_other, &[("what", &label)])}
                </button>
            </div>
        }
    });
    let samples = if samples.is_empty() {
        view! { <span class="muted small">{if column.is_some() { words.column_empty } else { "" }}</span> }.into_any()
    } else {
        view! { <ul>{samples.into_iter().map(|s| view! { <li class="raw clip">{s}</li> }).collect_view()}</ul> }.into_any()
    };
    view! {
        <tr class:ask=ask || missing>
            <th scope="row">
                <strong lang="fr">{field.title.clone()}</strong>" "
                {required.then(|| view! { <span class="req">{words.required}</span> })}
                <span class="why" lang="fr">{field.description.clone()}</span>
                <span class="why raw">{field.name.clone()}</span>
            </th>
            <td>
                <span class="select">
                    <select aria-label=studio.fill(words.column_for, &[("what", &field.title)]) on:change=change on:focus=move |_| open() on:pointerenter=move |_| open()>
                        <option value="" selected=column.is_none()>{words.no_column}</option>
                        {options}
                        <optgroup label=words.fill_ways>
                            <option value="+text">{words.fill_way_text}</option>
                            <option value="+part">{words.fill_way_part}</option>
                            {point}
                        </optgroup>
                    </select>
                    {small_icon("chev-down")}
                </span>
                {form}
                {resolve}
            </td>
            <td>{confidence(studio, column, &line, missing, required)}</td>
            <td>{samples}</td>
        </tr>
    }
    .into_any()
}

fn confidence(studio: Studio, column: Option<usize>, line: &Line, missing: bool, required: bool) -> AnyView {
    let words = studio.words();
    if column.is_none() {
        let (class, icon, said, why) = match (missing, required) {
            (true, _) => ("badge bad", "error", words.missing, words.missing_why),
            _ => ("badge", "minus", words.absent, words.absent_why),
        };
        return view! { <span class=class>{small_icon(icon)}{said}</span><span class="why">{why}</span> }.into_any();
    }
    let (class, icon, said) = match line.confidence {
        Confidence::Sure => ("badge good", "check", words.sure),
        Confidence::Likely => ("badge", "check", words.likely),
        Confidence::Doubtful => ("badge warn", "help", words.doubtful),
    };
    let why = match line.reason {
        Reason::SameName => words.why_same_name,
        Reason::SameFolded => words.why_same_folded,
        Reason::SameTitle => words.why_same_title,
        Reason::Synonym => words.why_synonym,
        Reason::Abbreviation => words.why_abbreviation,
        Reason::AlikeAndValues => words.why_alike_values,
        Reason::Alike => words.why_alike,
        Reason::Values => words.why_values,
        Reason::Chosen => words.why_chosen,
    };
    let looks =
        column.and_then(|c| studio.overview.with(|o| o.profiles.get(c).map(|p| p.looks))).map_or("", |looks| match looks {
            Looks::Siret => words.looks_siret,
            Looks::Siren => words.looks_siren,
            Looks::Dates => words.looks_dates,
            Looks::Years => words.looks_years,
            Looks::Numbers => words.looks_numbers,
            Looks::Addresses => words.looks_addresses,
            Looks::Emails => words.looks_emails,
            Looks::YesNo => words.looks_yes_no,
            Looks::Empty => words.looks_empty,
            Looks::Text => "",
        });
    // What was read for what: « mnt » = montant.
    let read = line.words.iter().filter(|_| matches!(line.reason, Reason::Synonym | Reason::Abbreviation));
    let read: Vec<String> = read.map(|(label, field)| format!("{label} = {field}")).collect();
    let read = (!read.is_empty()).then(|| view! { <span class="why raw" lang="fr">{read.join(", ")}</span> });
    view! { <span class=class>{small_icon(icon)}{said}</span><span class="why">{why}" "{looks}</span>{read} }.into_any()
}
