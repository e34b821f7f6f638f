use leptos::{ev, prelude::*};

use super::kept::{self, KeptCatalogue};
use crate::{
    browser::{self, fetch_text},
    i18n::Arg,
    protocol::Request,
    schema::{RemoteEntry, raw_address, read_catalogue},
    text,
    ui::{
        parts::{address_hint, host, small_icon},
        studio::Studio,
        trouble::Trouble,
    },
};

/// Where the national catalogue stands, unless the site's `config.json` says otherwise.
const CATALOGUE: &str = "https://schema.data.gouv.fr/schemas.json";

/// A schema from elsewhere: an address, or the national catalogue. Each button names the host that a
/// request leaves for, and nothing leaves before it is pressed.
#[component]
pub fn Elsewhere(search: RwSignal<String>) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let asking = RwSignal::new(None::<String>);
    let catalogue = RwSignal::new(kept::catalogue());
    let status = move || asking.get().map(|host| studio.fill(words.catalogue_asking, &[("host", &host)]));
    view! {
        <section class="elsewhere" aria-labelledby="t-elsewhere">
            <h2 id="t-elsewhere">{words.elsewhere_title}</h2>
            <div class="pair">
                <Address asking/>
                <Consult asking catalogue/>
            </div>
            <p role="status" class="muted">{status}</p>
            {move || catalogue.get().map(|catalogue| listed(studio, asking, &search.get(), catalogue))}
        </section>
    }
}

/// The address of a schema, typed by the agent.
#[component]
fn Address(asking: RwSignal<Option<String>>) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    let address = RwSignal::new(String::new());
    let hint = move || address_hint(studio, &raw_address(&address.get()), words.elsewhere_hint, words.elsewhere_leaves);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let url = raw_address(&address.get_untracked());
        if host(&url).is_some() {
            fetch_schema(studio, asking, None, url);
        }
    };
    view! {
        <form class="card stack" on:submit=submit>
            <div class="field">
                <label for="schema-address">{words.elsewhere_address}</label>
                <input
                    class="input raw"
                    id="schema-address"
                    type="url"
                    placeholder="https://"
                    aria-describedby="schema-address-h"
                    prop:value=address
                    on:input=move |event| address.set(event_target_value(&event))
                />
                <p class="hint" id="schema-address-h" aria-live="polite">{hint}</p>
            </div>
            <p>
                <button
                    class="btn"
                    type="submit"
                    id="fetch-schema"
                    disabled=move || address.with(|a| host(&raw_address(a)).is_none()) || asking.with(Option::is_some)
                >
                    {small_icon("download")}{words.elsewhere_fetch}
                </button>
            </p>
        </form>
    }
}

/// The national catalogue.
#[component]
fn Consult(asking: RwSignal<Option<String>>, catalogue: RwSignal<Option<KeptCatalogue>>) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    if studio.catalogue.with_untracked(Option::is_none) {
        leptos::task::spawn_local(async move {
            studio.catalogue.set(Some(configured().await.unwrap_or_else(|| CATALOGUE.to_owned())));
        });
    }
    let address = move || studio.catalogue.get().unwrap_or_else(|| CATALOGUE.to_owned());
    let name = move || named(&address());
    let consult = move |_| {
        let address = untrack(address);
        let host = named(&address);
        asking.set(Some(host.clone()));
        leptos::task::spawn_local(async move {
            let answer = fetch_text(&address).await;
            asking.set(None);
            match answer.map(|text| read_catalogue(&text)) {
                Ok(Some(entries)) => {
                    let date = browser::now().get(..10).unwrap_or_default().to_owned();
                    let read = KeptCatalogue { date, entries };
                    kept::keep_catalogue(&read);
                    catalogue.set(Some(read));
                }
                Ok(None) => studio.trouble.set(Some(Trouble::Catalogue(host))),
                Err(error) => studio.trouble.set(Some(Trouble::Fetch(host, error))),
            }
        });
    };
    let seen = move || {
        catalogue.with(|catalogue| {
            let catalogue = catalogue.as_ref()?;
            let locale = studio.locale.get_untracked();
            let args = [("date", Arg::Text(&locale.day(&catalogue.date))), ("n", Arg::Count(catalogue.entries.len() as u64))];
            Some(locale.fill(words.catalogue_seen, &args))
        })
    };
    view! {
        <div class="card stack">
            <div>
                <h3>{words.catalogue_title}</h3>
                <p class="muted">{words.catalogue_text}" "{seen}</p>
            </div>
            <p class="hint">{move || studio.fill(words.elsewhere_leaves, &[("host", &name())])}</p>
            <p>
                <button class="btn" type="button" id="consult" disabled=move || asking.with(Option::is_some) on:click=consult>
                    {small_icon("download")}{move || studio.fill(words.catalogue_ask, &[("host", &name())])}
                </button>
            </p>
        </div>
    }
}

/// The schemas of the catalogue that answer the search, each with its versions.
fn listed(studio: Studio, asking: RwSignal<Option<String>>, search: &str, catalogue: KeptCatalogue) -> AnyView {
    let words = studio.words();
    let wanted = text::fold(search);
    let answers = |entry: &RemoteEntry| {
        wanted.is_empty() || text::fold(&format!("{} {} {}", entry.title, entry.description, entry.name)).contains(&wanted)
    };
    let mut entries: Vec<RemoteEntry> = catalogue.entries.into_iter().filter(answers).collect();
    // What is named so comes before what only speaks of it.
    entries.sort_by_key(|entry| !text::fold(&format!("{} {}", entry.title, entry.name)).contains(&wanted));
    entries.sort_by_key(|entry| !text::fold(&entry.title).starts_with(&wanted));
    if entries.is_empty() {
        return view! { <p class="muted">{words.catalogue_none}</p> }.into_any();
    }
    let items = entries.into_iter().enumerate().map(|(at, entry)| item(studio, asking, at, entry)).collect_view();
    view! { <ul class="schemas remote" aria-label=words.catalogue_title>{items}</ul> }.into_any()
}

fn item(studio: Studio, asking: RwSignal<Option<String>>, at: usize, entry: RemoteEntry) -> impl IntoView {
    let words = studio.words();
    let id = format!("version-{at}");
    let chosen = RwSignal::new(0_usize);
    let urls: Vec<String> = entry.versions.iter().map(|version| version.url.clone()).collect();
    let options = entry.versions.iter().enumerate().map(|(at, version)| {
        let kept = if kept::schema(&version.url).is_some() { format!(" ({})", words.catalogue_kept) } else { String::new() };
        view! { <option value=at.to_string()>{format!("{}{kept}", version.name)}</option> }
    });
    let options = options.collect_view();
    let label = studio.fill(words.catalogue_version, &[("what", &entry.title)]);
    let name = entry.name.clone();
    let choose = move |_| {
        if let Some(url) = urls.get(chosen.get_untracked()) {
            fetch_schema(studio, asking, Some(name.clone()), url.clone());
        }
    };
    view! {
        <li class="card stack g2">
            <div>
                <strong lang="fr">{entry.title.clone()}</strong>
                <p lang="fr" class="small">{entry.description}</p>
                <p class="muted small raw">{entry.name}</p>
            </div>
            <div class="row">
                <label class="vh" for=id.clone()>{label}</label>
                <span class="select select-s">
                    <select id=id on:change=move |event| chosen.set(event_target_value(&event).parse().unwrap_or_default())>{options}</select>
                    {small_icon("chev-down")}
                </span>
                <button class="btn btn-s" type="button" disabled=move || asking.with(Option::is_some) on:click=choose>
                    {words.catalogue_use}<span class="vh" lang="fr">" "{entry.title}</span>
                </button>
            </div>
        </li>
    }
}

/// Fetches a schema and uses it. A published version never changes: where it was kept, nothing leaves.
fn fetch_schema(studio: Studio, asking: RwSignal<Option<String>>, name: Option<String>, url: String) {
    studio.trouble.set(None);
    if let (Some(_), Some(text)) = (&name, kept::schema(&url)) {
        studio.ask(Request::UseSchemaText { text, name, url: Some(url) });
        return;
    }
    let host = named(&url);
    asking.set(Some(host.clone()));
    leptos::task::spawn_local(async move {
        let answer = fetch_text(&url).await;
        asking.set(None);
        match answer.or_else(|error| kept::schema(&url).ok_or(error)) {
            Ok(text) => {
                kept::keep_schema(&url, &text);
                studio.ask(Request::UseSchemaText { text, name, url: Some(url) });
            }
            Err(error) => studio.trouble.set(Some(Trouble::Fetch(host, error))),
        }
    });
}

/// The host of an address, or that of the page for an address of the site itself.
fn named(address: &str) -> String {
    host(address).unwrap_or_else(browser::own_host)
}

/// The catalogue's address in the site's `config.json`: absolute, or relative to the site.
async fn configured() -> Option<String> {
    let config: serde_json::Value = serde_json::from_str(&fetch_text("config.json").await.ok()?).ok()?;
    let address = config.get("catalogue")?.as_str()?;
    (host(address).is_some() || !address.contains(':')).then(|| address.to_owned())
}
