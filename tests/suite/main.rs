//! The domain as a black box: files in, tables, verdicts and packs out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a test that fails panics

mod blocks;
mod cells;
mod clean;
mod cli;
mod differences;
mod headers;
mod journal;
mod mapping;
mod messy;
mod nasty;
mod pack;
mod properties;
mod publish;
mod reference;
mod repairs;
mod schemas;
mod support;
mod workbooks;
