//! How a cell looks, and the codes that make what is written next look so.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// How cells look that have no look of their own.
pub(super) const PLAIN: Look = Look {
    fg: Color::Reset,
    bg: Color::Reset,
    underline: Color::Reset,
    modifier: Modifier::empty(),
};

/// What is seen of a blank.
const SEEN: Modifier = Modifier::UNDERLINED
    .union(Modifier::REVERSED)
    .union(Modifier::CROSSED_OUT)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK);

const MODIFIERS: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

/// How a cell looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    fg: Color,
    bg: Color,
    underline: Color,
    modifier: Modifier,
}

impl Look {
    /// That of a cell.
    pub(super) fn of(cell: &Cell) -> Self {
        Self {
            fg: cell.fg,
            bg: cell.bg,
            underline: cell.underline_color,
            modifier: cell.modifier,
        }
    }

    /// Whether a blank of this look is just empty.
    pub(super) fn is_empty(self) -> bool {
        self.bg == Color::Reset && !self.modifier.intersects(SEEN)
    }

    /// The codes between this look and another: those that add what it has more, or those that
    /// begin at plain, whichever are shorter. None where no difference is shown: without
    /// `colours` two looks may differ in nothing else.
    pub(super) fn codes_to(self, to: Self, colours: bool) -> Option<String> {
        if self == to || (!colours && self.modifier == to.modifier) {
            return None;
        }
        let mut anew = codes(PLAIN, to, colours);
        if !anew.is_empty() {
            anew.insert_str(0, "0;");
        }
        let more = to
            .modifier
            .contains(self.modifier)
            .then(|| codes(self, to, colours));
        Some(more.filter(|more| more.len() < anew.len()).unwrap_or(anew))
    }
}

fn codes(from: Look, to: Look, colours: bool) -> String {
    let mut codes: Vec<String> = MODIFIERS
        .iter()
        .filter(|(modifier, _)| (to.modifier - from.modifier).contains(*modifier))
        .map(|(_, code)| code.to_string())
        .collect();
    if colours {
        let parts = [
            (from.fg, to.fg, 30),
            (from.bg, to.bg, 40),
            (from.underline, to.underline, 50),
        ];
        let changed = parts.iter().filter(|(from, to, _)| from != to);
        codes.extend(changed.map(|(_, to, base)| colour(*to, *base)));
    }
    codes.join(";")
}

/// A colour as a part of the sequence that sets it; 30 stands for the character, 40 for what is
/// behind it, 50 for the line below it.
fn colour(colour: Color, base: u8) -> String {
    let named = match colour {
        Color::Reset => return (base + 9).to_string(),
        Color::Rgb(r, g, b) => return format!("{};2;{r};{g};{b}", base + 8),
        Color::Indexed(index) => return format!("{};5;{index}", base + 8),
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
    };
    match named {
        // A line below a character has no short names for its colours.
        _ if base == 50 => format!("58;5;{named}"),
        0..8 => (base + named).to_string(),
        _ => (base + 52 + named).to_string(),
    }
}
