use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use web_sys::Blob;

use super::{studio::Studio, trouble::Trouble};
use crate::{
    browser,
    protocol::Request,
    recipe::Recipe,
    text::{fold, words as words_of},
};

/// Where recipes are kept on this computer.
const KEPT: &str = "atelier-recipes";
/// The most recipes kept; the oldest goes first.
const MOST: usize = 20;

/// A recipe kept, known by the shape of its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptRecipe {
    /// The labels of the file, folded and sorted.
    shape: Vec<String>,
    /// The file it was made on.
    pub file: String,
    /// The day it was last kept.
    pub day: String,
    /// Its text.
    text: String,
}

/// A recipe to be followed once its file is read as it tells.
#[derive(Debug, Clone)]
pub struct Following {
    text: String,
    /// Whether the file is being read again for it.
    read_again: bool,
}

/// Recipes: followed when dropped, kept by the shape of their file, proposed for the next one.
impl Studio {
    /// Follows a recipe on the open table.
    pub fn follow(self, text: String) {
        self.trouble.set(None);
        self.offered.set(None);
        if let Err(error) = Recipe::read(&text) {
            self.trouble.set(Some(Trouble::Recipe(error)));
        } else if self.has_file() {
            self.following.set_value(Some(Following { text, read_again: false }));
            self.follow_on();
        } else {
            self.trouble.set(Some(Trouble::RecipeFirst));
        }
    }

    /// Follows a recipe on the file about to be open.
    pub(super) fn follow_next(self, text: String) {
        self.following.set_value(Some(Following { text, read_again: false }));
    }

    /// Takes the next step of following a recipe, now that a file is read: reads it again as the recipe tells, then does
    /// the rest.
    pub(super) fn follow_on(self) {
        let Some(following) = self.following.get_value() else { return };
        let choices = self.overview.with_untracked(|o| {
            let choices = Recipe::read(&following.text).ok()?.choices(o.reading.as_ref()?);
            (choices != o.choices).then_some(choices)
        });
        match choices.filter(|_| !following.read_again && !self.is_blank()) {
            Some(choices) => {
                self.following.set_value(Some(Following { read_again: true, ..following }));
                self.ask(Request::Read(choices));
            }
            None => {
                self.following.set_value(None);
                self.ask(Request::Replay(following.text));
            }
        }
    }

    /// Proposes the recipe kept for files of this shape.
    pub(super) fn offer_recipe(self) {
        let shape = self.overview.with_untracked(|o| shape(&o.labels));
        self.offered.set(kept().into_iter().rev().find(|kept| kept.shape == shape));
    }

    /// Keeps a recipe on this computer, and gives it to take away where that was asked.
    pub(super) fn keep_recipe(self, text: String, by_hand: u32) {
        if let Ok(recipe) = Recipe::read(&text) {
            let shape = shape(&recipe.labels);
            let mut all = kept();
            all.retain(|kept| kept.shape != shape);
            let day = browser::now().get(..10).unwrap_or_default().to_owned();
            all.push(KeptRecipe { shape, file: recipe.file, day, text: text.clone() });
            keep(all);
        }
        if self.saving.get_value() {
            self.saving.set_value(false);
            self.save_recipe(&text, by_hand);
        }
    }

    /// Forgets the recipe proposed.
    pub fn forget_recipe(self) {
        let offered = self.offered.get_untracked();
        let mut all = kept();
        all.retain(|kept| Some(kept) != offered.as_ref());
        keep(all);
        self.offered.set(None);
    }

    /// Follows the recipe proposed.
    pub fn follow_offered(self) {
        if let Some(offered) = self.offered.get_untracked() {
            self.follow(offered.text);
        }
    }

    /// Writes the recipe of what was done, to take away.
    pub fn take_recipe(self) {
        self.saving.set_value(true);
        self.ask(Request::WriteRecipe);
    }

    fn save_recipe(self, text: &str, by_hand: u32) {
        let stem = self.overview.with_untracked(|o| o.file.rsplit_once('.').map_or(o.file.clone(), |(stem, _)| stem.to_owned()));
        let name = format!("recette-{}.json", words_of(&stem).join("-"));
        let blob = Blob::new_with_str_sequence(&js_sys::Array::of1(&text.into()));
        let saved = blob.is_ok_and(|blob| browser::save(&blob, &name).is_ok());
        let words = self.words();
        let said = match (saved, by_hand) {
            (false, _) => words.not_saved.to_owned(),
            (true, 0) => self.fill(words.saved, &[("file", &name)]),
            (true, n) => self.count(words.recipe_by_hand, n as usize),
        };
        self.say(said, false);
    }
}

/// What a file is known by: its labels, in any order and writing.
fn shape(labels: &[String]) -> Vec<String> {
    let mut shape: Vec<String> = labels.iter().map(|label| fold(label)).collect();
    shape.sort();
    shape
}

fn kept() -> Vec<KeptRecipe> {
    browser::remembered(KEPT).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

fn keep(mut all: Vec<KeptRecipe>) {
    all.drain(..all.len().saturating_sub(MOST));
    browser::remember(KEPT, &serde_json::to_string(&all).unwrap_or_default());
}
