//! What a table must be: the schema as written, the schema compiled for checking, and where schemas come from.

mod catalogue;
mod compiled;
mod custom;
mod meaning;
mod model;
mod pattern;
mod purpose;
mod remote;
mod review;

pub use catalogue::{Entry, bundled, bundled_text, find_bundled};
pub use compiled::{CompiledField, CompiledSchema, Constraint, Fault, FieldsMatch, SelfReference};
pub use custom::{Check, Comparison, PlaceList, ValueCheck};
pub use meaning::{Form, Meaning};
pub use model::{Field, Schema, SchemaError};
pub use pattern::{Match, Pattern};
pub use purpose::Purpose;
pub use remote::{RemoteEntry, Version, host, raw_address, read_catalogue};
pub use review::{Remark, review};
