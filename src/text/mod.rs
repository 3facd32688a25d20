//! Text: how wide it is, what of it is let in, how it is shown, edited and found by sound.
//!
//! A leaf: this room knows characters and cells. It knows no record, no screen and no language.

pub mod clean;
pub mod diff;
pub mod edit;
pub mod nearest;
pub mod pinyin;
pub mod show;
pub mod width;
pub mod wrap;

pub use edit::{Edit, View};
pub use nearest::nearest;
pub use show::Glyphs;
pub use width::{pad, truncate, width};
pub use wrap::wrap;
