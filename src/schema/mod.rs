//! What a table must be: the schema as written, the schema compiled for checking, and where schemas come from.

mod catalogue;
mod compiled;
mod custom;
mod model;
mod pattern;

pub use catalogue::{Entry, bundled, bundled_text, find_bundled};
pub use compiled::{CompiledField, CompiledSchema, Constraint, Fault};
pub use custom::{Check, Comparison, ValueCheck};
pub use model::{Field, Schema, SchemaError};
pub use pattern::{Match, Pattern};
