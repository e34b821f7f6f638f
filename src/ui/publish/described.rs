use leptos::prelude::*;
use serde_json::Value;

use super::sending::Sending;
use crate::{
    export::{Fingerprint, datapackage},
    i18n::{field_name, field_text, publish_trouble},
    publish::{Dataset, Field, Gap, Parcel, Trouble, api},
    ui::{parts::small_icon, studio::Studio},
};

/// The description of a dataset, as it is published.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Published {
    /// It was not asked.
    #[default]
    None,
    /// That of the dataset of this identifier.
    Read(String, Value),
    /// It could not be read.
    Not(Trouble),
}

/// What is published of a description beside what is described here: only what is ticked is written.
#[component]
pub fn Described(dataset: Dataset) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let sending = studio.sending;
    let locale = studio.locale.get_untracked();
    let words = locale.compare_words();
    let id = dataset.id;
    let ask = {
        let id = id.clone();
        move || {
            let (id, asking) = (id.clone(), sending.asking);
            let host = sending.host(locale.publish_words());
            view! {
                <p>
                    <button
                        class="btn btn-s"
                        type="button"
                        id="read-described"
                        disabled=move || asking.get()
                        on:click=move |_| sending.read_description(id.clone())
                    >
                        {small_icon("download")}{studio.fill(words.described_read, &[("host", &host)])}
                    </button>
                </p>
            }
        }
    };
    let body = move || match sending.published.get() {
        Published::Read(of, document) if of == id => gaps(studio, &document).into_any(),
        Published::Not(trouble) => {
            let said = sending.instance().map(|instance| publish_trouble(locale, &trouble, &instance));
            let said = said.map(|(title, text)| format!("{title} {text}"));
            view! { <p class="banner warn">{small_icon("warn")}<span>{said}</span></p>{ask()} }.into_any()
        }
        _ => ask().into_any(),
    };
    view! {
        <div class="stack g3" role="group" aria-labelledby="t-described">
            <div>
                <h3 id="t-described">{words.described_title}</h3>
                <p class="muted small">{words.described_text}</p>
            </div>
            <div id="described" aria-live="polite">{body}</div>
        </div>
    }
}

/// What differs, field by field.
fn gaps(studio: Studio, document: &Value) -> impl IntoView + use<> {
    let sheet = studio.schema.with(|used| {
        let schema = &used.as_ref()?.schema;
        let package = studio.overview.with(|o| datapackage(&o.metadata, schema, None, "x.csv", &Fingerprint::of(&[]), ""));
        Some(Parcel::from_package(&package, 0, String::new())?.sheet)
    });
    let gaps = sheet.map(|sheet| sheet.gaps(document)).unwrap_or_default();
    if gaps.is_empty() {
        let same = studio.locale.get_untracked().compare_words().described_same;
        return view! { <p class="small">{same}</p> }.into_any();
    }
    view! { <ul class="lines">{gaps.into_iter().map(|gap| field(studio, &gap)).collect_view()}</ul> }.into_any()
}

fn field(studio: Studio, gap: &Gap) -> impl IntoView + use<> {
    let locale = studio.locale.get_untracked();
    let (words, sending, field) = (locale.compare_words(), studio.sending, gap.field);
    let (published, here) = (field_text(locale, field, &gap.published), field_text(locale, field, &gap.here));
    let shown = |text: String, other: &str| match around(&text, other) {
        text if text.is_empty() => view! { <span class="muted">{words.empty}</span> }.into_any(),
        text => text.into_any(),
    };
    let (before, after) = (shown(published.clone(), &here), shown(here, &published));
    view! {
        <li>
            <label class="tick">
                <input
                    type="checkbox"
                    id=format!("write-{}", field.key())
                    prop:checked=move || sending.describe.with(|fields| fields.contains(&field))
                    on:change=move |event| sending.write(field, event_target_checked(&event))
                />
                <span>{studio.fill(words.replace, &[("what", &field_name(locale, field).to_lowercase())])}</span>
            </label>
            <dl class="dl small"><dt>{words.published}</dt><dd>{before}</dd><dt>{words.here}</dt><dd>{after}</dd></dl>
        </li>
    }
}

/// What is shown of a long text: from a little before where the other differs.
fn around(text: &str, other: &str) -> String {
    const BEFORE: usize = 60;
    const SHOWN: usize = 400;
    let same = text.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    let from = if text.chars().count() <= SHOWN { 0 } else { same.saturating_sub(BEFORE) };
    let shown: String = text.chars().skip(from).take(SHOWN).collect();
    let (start, end) = (if from > 0 { "…" } else { "" }, if text.chars().count() > from + SHOWN { "…" } else { "" });
    format!("{start}{shown}{end}")
}

impl Sending {
    /// Asks for the description of a dataset.
    fn read_description(self, dataset: String) {
        let Some(line) = self.line() else { return };
        self.asking.set(true);
        leptos::task::spawn_local(async move {
            let answer = line.ask(&api::whole_dataset(&dataset), None, None).await;
            self.asking.set(false);
            self.describe.set(Vec::new());
            self.published.set(match answer.map_or(Err(Trouble::Unreachable), |answer| answer.read::<Value>()) {
                Ok(document) => Published::Read(dataset, document),
                Err(trouble) => Published::Not(trouble),
            });
        });
    }

    /// Whether a field of the published description is to be written over.
    fn write(self, field: Field, written: bool) {
        self.describe.update(|fields| {
            fields.retain(|kept| *kept != field);
            fields.extend(written.then_some(field));
        });
    }

    /// What is to be written over in the description of a dataset, with what was shown of it: nothing else is.
    pub fn written(self, dataset: &str) -> (Vec<Field>, Vec<(Field, Value)>) {
        let document = self.published.with_untracked(|published| match published {
            Published::Read(of, document) if of == dataset => Some(document.clone()),
            _ => None,
        });
        let Some(document) = document else { return Default::default() };
        let fields = self.describe.get_untracked();
        let shown = fields.iter().map(|field| (*field, document.get(field.key()).cloned().unwrap_or_default())).collect();
        (fields, shown)
    }
}
