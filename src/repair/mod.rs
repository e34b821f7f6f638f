//! From findings to causes, and from causes to repairs: each has a preview, a count, and an inverse.

mod cause;
mod date;
mod propose;

pub use cause::{Cause, CauseKey, CauseKind, Diagnosis, Question, Trouble};
pub use date::Order;
pub use propose::{Fix, Proposal, propose};
