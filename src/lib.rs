//! Atelier: a publishing studio for open data that runs whole in a browser tab.
//!
//! The rooms of the house, in the order that data flows.

pub mod check;
pub mod export;
pub mod i18n;
pub mod intake;
pub mod mapping;
pub mod metadata;
pub mod project;
pub mod protocol;
pub mod publish;
pub mod recipe;
pub mod repair;
pub mod schema;
pub mod table;
pub mod text;
pub mod value;
pub mod viewport;

#[cfg(not(target_arch = "wasm32"))]
pub mod cli;

#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod ui;
#[cfg(target_arch = "wasm32")]
pub mod worker;
