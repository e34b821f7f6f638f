use leptos::prelude::*;

/// An icon of the page's sprite, for the eye only: what it means is said in words beside it.
pub fn icon(name: &'static str, class: &'static str) -> impl IntoView {
    view! {
        <svg class=format!("icon {class}") aria-hidden="true" focusable="false">
            <use href=format!("#i-{name}")></use>
        </svg>
    }
}

/// The same, at the size of small text.
pub fn small_icon(name: &'static str) -> impl IntoView {
    icon(name, "icon-s")
}
