//! From findings to causes, and from causes to repairs: each has a preview, a count, and an inverse.
//!
//! [`propose()`] asks each family of repairs in turn; a family only reads and rewrites, and what it
//! gives is checked against the field before anyone sees it.

mod boolean;
mod cause;
mod coordinates;
mod date;
mod enumeration;
mod fix;
mod form;
mod formula;
mod hours;
mod identifier;
mod lambert;
mod link;
mod number;
mod period;
mod phone;
mod placeholder;
mod propose;
mod shouting;
mod spaces;
mod trouble;
mod unit;

pub use cause::{Cause, CauseKey, CauseKind, Diagnosis, Question};
pub use coordinates::{halves, point};
pub use date::Order;
pub use enumeration::{accepted, guess};
pub use fix::{Fix, Safety};
pub use lambert::to_wgs84;
pub(crate) use placeholder::is_placeholder;
pub use propose::{Proposal, propose};
pub(crate) use shouting::{may_shout, shouts};
pub(crate) use spaces::{cleaned, has_odd_spaces};
pub use trouble::Trouble;
pub use unit::Unit;
