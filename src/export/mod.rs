//! What the agent takes away: the clean table, what describes it, and the report of what was checked.

mod bundle;
mod catalogue;
mod columns;
mod csv;
mod datapackage;
mod dictionary;
mod findings;
mod fingerprint;
mod jsonld;
mod name;
mod parts;
mod readme;
mod report;
mod workbook;

pub use bundle::{Copies, Pack, Packing};
pub use catalogue::write_catalogue;
pub use columns::Columns;
pub use csv::{blank_csv, write_csv, write_excel_csv};
pub use datapackage::datapackage;
pub use dictionary::dictionary;
pub use findings::write_findings;
pub use fingerprint::{Fingerprint, Inked};
pub use jsonld::jsonld;
pub use name::csv_name;
pub use parts::Parts;
pub use readme::Readme;
pub use report::{Repaired, Report};
pub use workbook::{fits_workbook, write_workbook};
