//! Shows that the built site does its job in a browser: the whole journey to the pack, files of every kind,
//! columns and schemas, the grid by keyboard, long files, and that nothing stands in the way of anyone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a test that fails panics

mod accessibility;
mod changes;
mod describe;
mod doors;
mod driver;
mod files;
mod grid;
mod harness;
mod journey;
#[path = "../udata/line.rs"]
mod line;
mod long;
mod mapping;
mod publish;
mod reading;
mod recipes;
mod samples;
mod schemas;
mod server;
#[path = "../udata/server.rs"]
#[allow(dead_code)] // each program of tests asks a part of it
mod udata;
