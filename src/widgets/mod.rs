//! Parts of the screen that more than one pane or popup is made of. They draw what they are
//! given and decide nothing.

pub mod footer;
pub mod form;
pub mod kin;
pub mod lines;
pub mod pen;
pub mod table;
pub mod tabs;
pub mod theme;
