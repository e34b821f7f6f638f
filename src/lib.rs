//! Atelier: a publishing studio for open data that runs whole in a browser tab.
//!
//! The rooms of the house, in the order that data flows.

pub mod intake;
pub mod table;
pub mod schema;
pub mod value;
pub mod check;
pub mod mapping;
pub mod repair;
pub mod metadata;
pub mod export;
pub mod project;
pub mod protocol;
pub mod viewport;
pub mod i18n;
pub mod text;

#[cfg(not(target_arch = "wasm32"))]
pub mod cli;

#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod ui;
#[cfg(target_arch = "wasm32")]
pub mod worker;
