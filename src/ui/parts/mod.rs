//! Small parts that several screens share.

mod icon;
mod trouble;

pub use icon::{icon, small_icon};
pub use trouble::{TroubleBanner, fetch_trouble};
