//! The keymaps that the program brings along, as whole files in `keymaps/`.

/// The names of all presets, the usual one first.
pub const NAMES: &[&str] = &["default", "vim", "emacs", "greenscreen"];

/// The preset without any key, for a file that says everything itself.
pub const EMPTY: &str = "empty";

/// The text of a preset.
pub fn text(name: &str) -> Option<&'static str> {
    match name {
        "default" => Some(include_str!("../../keymaps/default.toml")),
        "vim" => Some(include_str!("../../keymaps/vim.toml")),
        "emacs" => Some(include_str!("../../keymaps/emacs.toml")),
        "greenscreen" => Some(include_str!("../../keymaps/greenscreen.toml")),
        EMPTY => Some(""),
        _ => None,
    }
}
