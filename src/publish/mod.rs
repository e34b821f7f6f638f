//! Publishing on a platform that runs udata, such as data.gouv.fr: its API as values, and a publication as steps that can
//! be taken up again after any interruption. Nothing here sends anything.

mod address;
mod answer;
pub mod api;
mod call;
mod choice;
mod field;
mod journal;
mod oauth;
mod parcel;
mod platform;
mod publication;
pub mod simulated;
mod trouble;

pub use address::{AddressError, Instance};
pub use answer::{Answer, Checksum, Dataset, Me, Organisation, Outcome, Page, Quality, Resource};
pub use call::{Body, Call, Credential, Method, Slice, form_encoded};
pub use choice::{Listing, sought};
pub use field::{Field, Gap};
pub use journal::{Before, Entry, Journal, Notice, State, Step, Target};
pub use oauth::{Grant, SignIn, SignInError, revoke};
pub use parcel::{Followed, Parcel, Piece, Sheet, sha1};
pub use platform::{ConfigurationFault, Platform, Platforms};
pub use publication::{Event, Next, PART, Publication, Summary};
pub use trouble::{KeyFault, Lack, Remark, Trouble, Twin};
