use leptos::{ev, prelude::*};

use super::{changes::Changes, described::Described, sending::Sending};
use crate::{
    i18n::address_error,
    publish::{Dataset, Me, sought},
    ui::{parts::small_icon, studio::Studio},
};

/// As whom, and in which dataset.
#[component]
pub fn Targets(name: RwSignal<String>) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let sending = studio.sending;
    let words = studio.locale.get_untracked().publish_words();
    let person = move || {
        let person =
            sending.me.with(|me| me.as_ref().map(|me| format!("{} {}", me.first_name, me.last_name)).unwrap_or_default());
        studio.fill(words.connected, &[("host", &sending.host(words)), ("person", person.trim())])
    };
    let label = move || {
        if sending.interrupted().is_some() {
            return words.resume.to_owned();
        }
        let template = if sending.dataset.with(Option::is_some) { words.send_update } else { words.send_draft };
        studio.fill(template, &[("host", &sending.host(words))])
    };
    let updating = move || sending.datasets.with(Option::is_some);
    let ready = move || {
        let chosen = !updating() || sending.dataset.with(Option::is_some);
        chosen && !sending.asking.get() && sending.organisation.with(|organisation| !organisation.is_empty())
    };
    view! {
        <div class="row between">
            <p role="status">{person}</p>
            <button class="btn btn-s" type="button" id="disconnect" on:click=move |_| sending.forget()>
                {move || sending.leave(words)}
            </button>
        </div>
        {move || sending.me.get().map(|me| organisations(studio, sending, me))}
        {move || sending.interrupted().is_none().then(|| view! {
            <fieldset class="stack">
                <legend>{words.target}</legend>
                <label class="tick">
                    <input
                        type="radio"
                        name="target"
                        prop:checked=move || !updating()
                        on:change=move |_| {
                            sending.datasets.set(None);
                            sending.dataset.set(None);
                            sending.replaces.set(None);
                        }
                    />
                    <span>{words.target_new}</span>
                </label>
                <label class="tick">
                    <input
                        type="radio"
                        name="target"
                        id="update-existing"
                        prop:checked=updating
                        on:change=move |_| sending.list()
                    />
                    <span>{words.target_existing}</span>
                </label>
            </fieldset>
        })}
        {move || sending.datasets.get().map(|all| view! { <Existing all/> })}
        <p>
            <button
                class="btn btn-main btn-l"
                type="button"
                id="send"
                disabled=move || !ready()
                on:click=move |_| sending.prepare(studio, name.get_untracked())
            >
                {small_icon("upload")}{label}
            </button>
        </p>
    }
}

fn organisations(studio: Studio, sending: Sending, me: Me) -> AnyView {
    let words = studio.locale.get_untracked().publish_words();
    if me.organizations.is_empty() {
        return view! { <p class="banner warn">{studio.fill(words.no_organisation, &[("host", &sending.host(words))])}</p> }
            .into_any();
    }
    let option = move |id: String, name: String| {
        let chosen = id.clone();
        view! { <option value=id selected=move || sending.organisation.with(|now| *now == chosen)>{name}</option> }
    };
    view! {
        <div class="field">
            <label for="organisation">{words.organisation}</label>
            <span class="select">
                <select
                    id="organisation"
                    on:change=move |event| {
                        sending.organisation.set(event_target_value(&event));
                        sending.datasets.set(None);
                        sending.dataset.set(None);
                        sending.replaces.set(None);
                    }
                >
                    {me.organizations.into_iter().map(|mine| option(mine.id, mine.name)).collect_view()}
                </select>
                {small_icon("chev-down")}
            </span>
        </div>
    }
    .into_any()
}

/// The dataset to update, and what becomes of its files.
#[component]
fn Existing(all: Vec<Dataset>) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let sending = studio.sending;
    let locale = studio.locale.get_untracked();
    let words = locale.publish_words();
    let wanted = RwSignal::new(String::new());
    let all = StoredValue::new(all);
    let looked = Memo::new(move |_| {
        let wanted = wanted.get();
        let found = sending.instance().map(|instance| {
            all.with_value(|all| sought(all, &instance, &wanted).map(|found| found.into_iter().cloned().collect::<Vec<_>>()))
        });
        found.unwrap_or(Ok(Vec::new()))
    });
    let found = Memo::new(move |_| looked.get().unwrap_or_default());
    // What an address names is chosen by it.
    let look = move |event: ev::Event| {
        wanted.set(event_target_value(&event));
        if let [only] = found.get_untracked().as_slice()
            && wanted.with_untracked(|wanted| wanted.contains("://"))
        {
            sending.replaces.set(None);
            sending.dataset.set(Some(only.clone()));
        }
    };
    let count = move || match looked.get() {
        Err(error) => address_error(locale, &error, &wanted.get(), &sending.host(words)),
        Ok(found) if found.is_empty() && wanted.with(|wanted| wanted.contains("://")) => {
            locale.compare_words().not_ours.to_owned()
        }
        Ok(found) => locale.fill_n(words.datasets_found, found.len()),
    };
    let choose = move |id: String| {
        sending.replaces.set(None);
        sending.dataset.set(found.with_untracked(|found| found.iter().find(|dataset| dataset.id == id).cloned()));
    };
    let option = move |dataset: Dataset| {
        let id = dataset.id.clone();
        let chosen = move || sending.dataset.with(|now| now.as_ref().is_some_and(|now| now.id == id));
        let title = if dataset.private { studio.fill(words.dataset_draft, &[("what", &dataset.title)]) } else { dataset.title };
        view! { <option value=dataset.id selected=chosen>{title}</option> }
    };
    view! {
        <div class="field">
            <label for="find-dataset">{words.find_dataset}</label>
            <input
                class="input"
                id="find-dataset"
                type="search"
                prop:value=wanted
                on:input=look
            />
            <p class="hint" role="status" id="datasets-found">{count}</p>
        </div>
        <div class="field">
            <label for="dataset">{words.dataset}</label>
            <span class="select">
                <select id="dataset" on:change=move |event| choose(event_target_value(&event))>
                    <option value="">{words.choose_dataset}</option>
                    {move || found.get().into_iter().map(option).collect_view()}
                </select>
                {small_icon("chev-down")}
            </span>
        </div>
        {move || sending.dataset.get().map(|dataset| files(studio, sending, dataset))}
    }
}

fn files(studio: Studio, sending: Sending, dataset: Dataset) -> impl IntoView {
    let words = studio.locale.get_untracked().publish_words();
    let (all, described) = (dataset.resources.clone(), Dataset { resources: Vec::new(), ..dataset.clone() });
    let replaced = Memo::new(move |_| {
        let id = sending.replaces.get()?;
        all.iter().find(|file| file.id == id).cloned()
    });
    let hosted = dataset.resources.into_iter().filter(|file| file.filetype.as_deref() != Some("remote"));
    let option = move |(id, title): (String, String)| {
        let chosen = id.clone();
        view! {
            <option value=id selected=move || sending.replaces.with(|now| now.as_deref() == Some(chosen.as_str()))>
                {studio.fill(words.file_replace, &[("what", &title)])}
            </option>
        }
    };
    view! {
        <div class="field">
            <label for="replaced">{words.file_to_replace}</label>
            <span class="select">
                <select
                    id="replaced"
                    on:change=move |event| sending.replaces.set(Some(event_target_value(&event)).filter(|id| !id.is_empty()))
                >
                    <option value="">{words.file_add}</option>
                    {hosted.map(|file| option((file.id, file.title))).collect_view()}
                </select>
                {small_icon("chev-down")}
            </span>
            <p class="hint">{words.kept_as_written}</p>
        </div>
        {move || replaced.get().map(|file| view! { <Changes file/> })}
        <Described dataset=described/>
        {(!dataset.private).then(|| view! { <p class="banner warn">{small_icon("warn")}<span>{words.already_public}</span></p> })}
    }
}
