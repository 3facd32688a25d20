//! What each colour stands for. A colour only ever repeats what a word or sign says already, and
//! is one of the sixteen that every terminal has.

use ratatui::style::{Color, Modifier, Style};

/// Plain text.
pub const PLAIN: Style = Style::new();
/// The selected row, button or tab.
pub const SELECTED: Style = Style::new().add_modifier(Modifier::REVERSED);
/// Titles, the names of columns.
pub const TITLE: Style = Style::new().add_modifier(Modifier::BOLD);
/// Labels and borders.
pub const LABEL: Style = Style::new().fg(Color::Cyan);
/// What can wait: hints, empty values, actions that cannot run.
pub const QUIET: Style = Style::new().fg(Color::DarkGray);
/// Late, wrong, refused; always with a word or a mark.
pub const ALARM: Style = Style::new().fg(Color::Red).add_modifier(Modifier::BOLD);
/// Done, saved.
pub const GOOD: Style = Style::new().fg(Color::Green);
/// A row of the register that is struck out; the word beside it says so too.
pub const STRUCK: Style = Style::new()
    .fg(Color::DarkGray)
    .add_modifier(Modifier::CROSSED_OUT);
/// A key.
pub const KEY: Style = Style::new().fg(Color::Yellow).add_modifier(Modifier::BOLD);
/// Where something is typed.
pub const FIELD: Style = Style::new().add_modifier(Modifier::UNDERLINED);
/// The part of a field that is selected.
pub const MARKED: Style = Style::new().add_modifier(Modifier::REVERSED);
