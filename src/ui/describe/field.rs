use leptos::{ev, prelude::*};

use crate::{
    metadata::Metadata,
    ui::{
        parts::{icon, small_icon},
        studio::Studio,
    },
};

use super::profile;

/// One line of text of the description.
#[component]
pub fn Line(
    /// The id of the field.
    id: &'static str,
    /// What it is called.
    label: &'static str,
    /// Its value.
    value: Signal<String>,
    /// Writes what was typed, without the spaces round it.
    write: Callback<String>,
    /// What to type in it, or what is missing.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with its value.
    #[prop(optional, into)]
    wrong: MaybeProp<String>,
    /// Whether data.gouv.fr asks for it.
    #[prop(optional)]
    required: bool,
    /// What the keyboard of a telephone is made for.
    #[prop(optional)]
    mode: Option<&'static str>,
    /// An example of it.
    #[prop(optional)]
    example: &'static str,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let note = format!("{id}-h");
    let described = note.clone();
    // Another field that changes leaves what is being typed in this one.
    let value = Memo::new(move |_| value.get());
    let typed = move |event: ev::Event| write.run(event_target_value(&event).trim().to_owned());
    view! {
        <div class="field">
            <label for=id>{label}{required.then(|| view! { " "<span class="req">{studio.words().required}</span> })}</label>
            <input
                class="input"
                type="text"
                id=id
                inputmode=mode
                placeholder=(!example.is_empty()).then_some(example)
                aria-describedby=described
                aria-invalid=move || wrong.get().is_some().then_some("true")
                aria-required=required.then_some("true")
                prop:value=value
                on:change=typed
            />
            <div id=note>
                {move || match wrong.get() {
                    Some(why) => view! { <p class="note bad">{icon("error", "icon-s")}<span>{why}</span></p> }.into_any(),
                    None => hint.get().map(|hint| view! { <p class="hint">{hint}</p> }).into_any(),
                }}
            </div>
            {children.map(|children| children())}
        </div>
    }
}

/// Where the value of a field comes from, where the agent has not typed it.
pub fn origin<T: PartialEq + Default + 'static>(studio: Studio, of: fn(&Metadata) -> T) -> AnyView {
    let words = studio.pack_words();
    let kept = profile::kept();
    let said = move || {
        let value = studio.overview.with(|o| of(&o.metadata));
        if value == T::default() {
            return None;
        }
        let from_data = studio.overview.with(|o| of(&o.proposed) == value);
        let filled = || {
            kept.as_ref().is_some_and(|kept| {
                let mut metadata = Metadata::default();
                kept.fill(&mut metadata);
                of(&metadata) == value
            })
        };
        let said = if from_data { Some(words.from_data) } else { filled().then_some(words.from_profile) };
        said.map(|said| view! { <span class="badge hot">{small_icon("check")}{said}</span> })
    };
    said.into_any()
}
