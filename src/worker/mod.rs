//! The worker's two ends: the message loop that owns the project, and the page's client.

mod client;
mod opening;
mod serve;
mod slices;

pub use client::{Client, keep_glue};
pub use serve::serve;
