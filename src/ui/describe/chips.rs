use leptos::{ev, prelude::*};

use crate::{
    browser,
    ui::{
        parts::{icon, small_icon},
        studio::Studio,
    },
};

/// A field of several values: each can be removed, and one is added by Enter, by a comma, or by leaving the field.
#[component]
pub fn Chips(
    /// The id of the field.
    id: &'static str,
    /// What it is called.
    label: &'static str,
    /// What to type in it.
    hint: &'static str,
    /// The values as they are shown.
    items: Signal<Vec<String>>,
    /// Adds what was typed, or says what is wrong with it.
    add: Callback<String, Result<(), String>>,
    /// Removes the value at this place.
    remove: Callback<usize>,
    /// Values proposed while typing.
    #[prop(optional)]
    proposed: Vec<&'static str>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.pack_words();
    let items = Memo::new(move |_| items.get());
    let wrong = RwSignal::new(None::<String>);
    let typed = RwSignal::new(String::new());
    let take = move || {
        let text = typed.get_untracked().trim().trim_end_matches([',', ';']).to_owned();
        if text.is_empty() {
            return wrong.set(None);
        }
        match add.run(text) {
            Ok(()) => {
                wrong.set(None);
                typed.set(String::new());
            }
            Err(why) => wrong.set(Some(why)),
        }
    };
    let key = move |event: ev::KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | "," | ";") {
            event.prevent_default();
            take();
        }
    };
    let drop = move |at: usize| {
        remove.run(at);
        // The button goes with its value: the keyboard stays in the field.
        browser::focus(id);
    };
    let chip = move |(at, text): (usize, String)| {
        let label = studio.fill(words.remove, &[("what", &text)]);
        view! {
            <span class="tag">
                {text}
                <button class="btn btn-icon btn-s" type="button" aria-label=label on:click=move |_| drop(at)>{small_icon("x")}</button>
            </span>
        }
    };
    let note = format!("{id}-h");
    let list = format!("{id}-l");
    let described = note.clone();
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <div class="tags">
                {move || items.get().into_iter().enumerate().map(chip).collect_view()}
                <input
                    type="text"
                    id=id
                    list=(!proposed.is_empty()).then(|| list.clone())
                    placeholder=words.add
                    autocomplete="off"
                    aria-describedby=described
                    aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                    prop:value=typed
                    on:input=move |event| typed.set(event_target_value(&event))
                    on:keydown=key
                    on:change=move |_| take()
                />
            </div>
            {(!proposed.is_empty()).then(|| view! {
                <datalist id=list>{proposed.into_iter().map(|value| view! { <option value=value></option> }).collect_view()}</datalist>
            })}
            <div id=note>
                {move || match wrong.get() {
                    Some(why) => view! { <p class="note bad">{icon("error", "icon-s")}<span>{why}</span></p> }.into_any(),
                    None => view! { <p class="hint">{hint}</p> }.into_any(),
                }}
            </div>
            {children.map(|children| children())}
        </div>
    }
}
