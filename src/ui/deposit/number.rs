use leptos::{ev, prelude::*};
use web_sys::HtmlInputElement;

/// A field for a whole number between two bounds, which tells the one typed. What is no such number gives way to the
/// one that holds, or to nothing where none does.
#[component]
pub fn NumberField(
    /// Its id.
    id: &'static str,
    /// The id of what describes it.
    described: &'static str,
    /// The least and the most that it takes.
    bounds: (u32, u32),
    /// The number that holds.
    value: Option<u32>,
    /// What is done with another.
    change: impl Fn(u32) + 'static,
) -> impl IntoView {
    let (least, most) = bounds;
    let shown = value.map(|value| value.to_string()).unwrap_or_default();
    let holds = shown.clone();
    let typed = move |event: ev::Event| {
        let input: HtmlInputElement = event_target(&event);
        match input.value().parse().ok().filter(|number| (least..=most).contains(number)) {
            Some(number) => change(number),
            None => input.set_value(&holds),
        }
    };
    view! {
        <input class="input" id=id type="number" min=least max=most prop:value=shown aria-describedby=described on:change=typed/>
    }
}
