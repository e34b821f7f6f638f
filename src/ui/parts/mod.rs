//! Small parts that several screens share.

mod followed;
mod icon;
mod trouble;

pub use followed::FollowedBanner;
pub use icon::{icon, small_icon};
pub use trouble::{TroubleBanner, fetch_trouble};
