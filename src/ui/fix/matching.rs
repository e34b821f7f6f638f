use std::collections::BTreeMap;

use leptos::{ev, prelude::*};

use crate::{
    protocol::{Request, WrongValue},
    recipe::Operation,
    ui::studio::Studio,
};

/// The values that a field does not accept on one side, those it accepts on the other: the best guess is chosen, and one
/// click writes them all.
#[component]
pub fn Matching(field: usize) -> impl IntoView {
    let studio = expect_context::<Studio>();
    let words = studio.words();
    studio.wrong.set(None);
    studio.ask(Request::Values(field));
    let chosen = StoredValue::new(BTreeMap::<String, String>::new());
    let count = RwSignal::new(0_usize);
    let choose = move |from: String, to: String| {
        chosen.update_value(|chosen| {
            if to.is_empty() {
                chosen.remove(&from);
            } else {
                chosen.insert(from, to);
            }
        });
        count.set(chosen.with_value(BTreeMap::len));
    };
    let apply = move |_| {
        let name = studio.schema.with_untracked(|used| Some(used.as_ref()?.schema.fields.get(field)?.name.clone()));
        if let Some(field) = name {
            studio.ask(Request::Operate(Operation::Match { field, values: chosen.get_value() }));
        }
    };
    move || {
        let wrong = studio.wrong.get().filter(|wrong| wrong.field == field)?;
        for value in &wrong.values {
            if let Some(guess) = &value.guess {
                choose(value.text.clone(), guess.clone());
            }
        }
        let accepted = StoredValue::new(wrong.accepted.clone());
        let line = move |value: WrongValue| {
            let label = studio.fill(words.match_becomes, &[("what", &value.text)]);
            let from = value.text.clone();
            let change = move |event: ev::Event| choose(from.clone(), event_target_value(&event));
            let target = if accepted.with_value(Vec::is_empty) {
                view! { <input class="input" type="text" aria-label=label on:change=change/> }.into_any()
            } else {
                let option = |to: String| {
                    let selected = value.guess.as_ref() == Some(&to);
                    view! { <option value=to.clone() selected=selected>{to.clone()}</option> }
                };
                let options = accepted.get_value().into_iter().map(option).collect_view();
                view! {
                    <span class="select">
                        <select aria-label=label on:change=change>
                            <option value="">{words.match_leave}</option>
                            {options}
                        </select>
                        {crate::ui::parts::small_icon("chev-down")}
                    </span>
                }
                .into_any()
            };
            view! {
                <li>
                    <span class="raw clip">{value.text.clone()}</span>
                    <span class="muted small">{studio.count(words.match_cells, value.count as usize)}</span>
                    {target}
                </li>
            }
        };
        Some(view! {
            <div class="matching stack g2">
                <p class="small muted">{words.match_text}</p>
                <ul>{wrong.values.into_iter().map(line).collect_view()}</ul>
                <div class="row">
                    <button class="btn btn-s" type="button" disabled=move || count.get() == 0 on:click=apply>
                        {move || studio.count(words.match_apply, count.get())}
                    </button>
                </div>
            </div>
        })
    }
}
