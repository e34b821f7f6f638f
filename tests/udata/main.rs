//! Publishing on a real udata, the program of data.gouv.fr, on this machine: what is told to be done is read back from it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)] // a test that fails panics

mod cuts;
mod journeys;
#[allow(dead_code)] // each program of tests asks a part of it
mod line;
mod packs;
#[allow(dead_code)]
mod server;
