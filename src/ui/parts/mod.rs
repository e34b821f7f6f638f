//! Small parts that several screens share.

mod address;
mod followed;
mod icon;
mod offered;
mod trouble;

pub use address::{address_hint, host};
pub use followed::FollowedBanner;
pub use icon::{icon, small_icon};
pub use offered::OfferedBanner;
pub use trouble::TroubleBanner;
