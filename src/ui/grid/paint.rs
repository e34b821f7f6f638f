//! What is painted on the cells from outside: the choice, and the field of the cell being typed in.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::{
    keys::commit,
    state::{Cell, GridState},
};
use crate::{browser, ui::studio::Studio};

/// The id of the field in the cell being typed in.
pub const EDITOR: &str = "cell-editor";

impl GridState {
    /// Marks the chosen block and the chosen cell, once the rows are drawn.
    pub(super) fn paint(self) {
        request_animation_frame(move || {
            // The screen may have gone meanwhile.
            let (Some(block), Some(active)) = (self.selection.try_get_untracked(), self.active.try_get_untracked()) else {
                return;
            };
            let slice = self.slice.get_untracked();
            let mut painted = self.painted.get_value();
            for id in painted.drain(..) {
                if let Some(cell) = browser::element(&id) {
                    // Attributes that any element takes.
                    let _ = cell.set_attribute("aria-selected", "false");
                    let _ = cell.set_attribute("tabindex", "-1");
                }
            }
            let rows = block.top.max(slice.start)..=block.bottom.min(slice.start + slice.count);
            for cell in rows.flat_map(|row| (block.left..=block.right).map(move |column| Cell { row, column })) {
                if let Some(element) = browser::element(&cell.id()) {
                    let _ = element.set_attribute("aria-selected", "true");
                    if cell == active {
                        let _ = element.set_attribute("tabindex", "0");
                    }
                    painted.push(cell.id());
                }
            }
            self.painted.set_value(painted);
        });
    }

    /// Puts a field into the cell being typed in, and takes it away afterwards.
    pub(super) fn follow_editing(self, studio: Studio) {
        Effect::new(move |_| {
            let editing = self.editing.get();
            if let Some(field) = browser::element(EDITOR) {
                field.remove();
            }
            let Some((cell, text)) = editing else { return };
            // A cell that has gone out of sight keeps what was typed in it.
            if put_field(studio, cell, &text).is_none() {
                commit(self, studio, cell, &text);
            }
        });
    }

    /// Keeps what is being typed while the rows are drawn anew, and puts its field back into its cell once they are.
    pub(super) fn keep_field(self) {
        let (Some(field), Some((cell, _))) = (field(), self.editing.get_untracked()) else { return };
        self.redrawing.set_value(true);
        leptos::task::spawn_local(async move {
            // The screen may have gone meanwhile.
            if self.redrawing.try_update_value(|redrawing| *redrawing = false).is_some()
                && !(field.is_connected() && browser::focused_id().as_deref() == Some(EDITOR))
            {
                self.editing.set(Some((cell, field.value())));
            }
        });
    }
}

/// The field of the cell being typed in.
pub(super) fn field() -> Option<HtmlInputElement> {
    browser::element(EDITOR)?.dyn_into().ok()
}

fn put_field(studio: Studio, cell: Cell, text: &str) -> Option<()> {
    let holder = browser::element(&cell.id())?;
    let field: HtmlInputElement = document().create_element("input").ok()?.dyn_into().ok()?;
    let column = studio.overview.with_untracked(|o| o.columns.get(cell.column).cloned())?;
    let label = studio.fill(studio.words().editing, &[("what", &super::column_title(studio, &column))]);
    for (name, value) in [("id", EDITOR), ("aria-label", &label), ("autocomplete", "off"), ("spellcheck", "false")] {
        field.set_attribute(name, value).ok()?;
    }
    field.set_value(text);
    holder.append_child(&field).ok()?;
    field.focus().ok()?;
    let end = text.encode_utf16().count() as u32;
    field.set_selection_range(end, end).ok()
}
