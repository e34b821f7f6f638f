//! What the agent takes away: the clean table, what describes it, and the report of what was checked.

mod bundle;
mod csv;
mod datapackage;
mod findings;
mod fingerprint;
mod name;
mod parts;
mod report;

pub use bundle::{Pack, Packing};
pub use csv::{blank_csv, write_csv};
pub use datapackage::datapackage;
pub use findings::write_findings;
pub use fingerprint::{Fingerprint, Inked};
pub use name::csv_name;
pub use parts::Parts;
pub use report::{Repaired, Report};
