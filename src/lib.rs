//! The front desk in a terminal. ARCHITECTURE.md is the map of these rooms.

pub mod app;
pub mod cli;
pub mod desk;
pub mod domain;
pub mod exchange;
pub mod hub;
pub mod keys;
pub mod locale;
pub mod log;
pub mod panes;
pub mod popups;
pub mod render;
pub mod report;
pub mod sample;
pub mod search;
pub mod store;
pub mod term;
pub mod text;
pub mod widgets;
