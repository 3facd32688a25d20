//! A terminal that forgives nothing: of a wide character of which one half is overwritten or
//! erased, the other half is garbage until it is written too; after a character that terminals
//! disagree on, or in the last column, nobody knows where the cursor is; it never scrolls.

use ratatui::buffer::{Buffer, Cell, CellWidth};

use crate::text::width::grapheme_width;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Shows {
    /// A character or a blank, with the codes it was written under.
    Text(String, String),
    Rest,
    Garbage,
}

#[derive(Debug)]
pub(super) struct Strict {
    rows: Vec<Vec<Shows>>,
    /// Where it is; the column may be unknown.
    at: (Option<usize>, usize),
    codes: String,
}

impl Strict {
    /// A blank terminal, whose cursor stands nowhere in particular.
    pub(super) fn new(width: u16, height: u16) -> Self {
        let row = vec![Shows::Text(" ".into(), String::new()); usize::from(width)];
        Self {
            rows: vec![row; usize::from(height)],
            at: (None, 0),
            codes: String::new(),
        }
    }

    pub(super) fn process(&mut self, bytes: &[u8]) {
        let text = std::str::from_utf8(bytes).unwrap();
        let mut rest = text;
        while !rest.is_empty() {
            if let Some(sequence) = rest.strip_prefix("\x1b[") {
                let end = sequence.find(|c: char| c.is_ascii_alphabetic()).unwrap();
                let (arguments, tail) = sequence.split_at(end);
                let (what, tail) = tail.split_at(1);
                self.sequence(arguments, what);
                rest = tail;
                continue;
            }
            let (_, grapheme) = crate::text::width::indexed(rest).next().unwrap();
            rest = rest.split_at(grapheme.len()).1;
            match grapheme {
                "\r" => self.at.0 = Some(0),
                "\r\n" => {
                    self.at.0 = Some(0);
                    self.down();
                }
                "\n" => self.down(),
                "\x08" => self.at.0 = Some(self.at.0.unwrap().checked_sub(1).unwrap()),
                grapheme => self.write(grapheme),
            }
        }
    }

    fn down(&mut self) {
        self.at.1 += 1;
        assert!(self.at.1 < self.rows.len(), "scrolled");
    }

    fn sequence(&mut self, arguments: &str, what: &str) {
        let number = || arguments.parse().unwrap_or(1_usize);
        match what {
            "m" => self.wear(arguments),
            "H" => {
                let (row, column) = arguments.split_once(';').unwrap();
                let [row, column] = [row, column].map(|it| it.parse::<usize>().unwrap() - 1);
                self.at = (Some(column), row);
            }
            "G" => self.at.0 = Some(number() - 1),
            "C" => self.at.0 = Some(self.at.0.unwrap() + number()),
            "D" => self.at.0 = Some(self.at.0.unwrap().checked_sub(number()).unwrap()),
            "X" => {
                let start = self.at.0.unwrap();
                assert!(self.codes.split(';').all(|code| !matches!(code, "7" | "4")));
                for x in start..start + number() {
                    self.shatter(x);
                    *self.place(x) = Shows::Text(" ".into(), String::new());
                }
            }
            other => panic!("{other}"),
        }
        let column = self.at.0.unwrap_or(0);
        assert!(column < self.rows[0].len() && self.at.1 < self.rows.len());
    }

    /// The codes in force, in an order of their own, so that equal looks have equal codes.
    fn wear(&mut self, codes: &str) {
        let mut wear = each_code(codes);
        let begins = wear.first().is_none_or(|code| code == "0");
        wear.retain(|code| code != "0");
        if !begins {
            wear.extend(each_code(&self.codes));
        }
        let kind = |code: &str| match code.split(';').next().unwrap().parse().unwrap() {
            30..=39 | 90..=97 => 30,
            40..=49 | 100..=107 => 40,
            50..=59 => 50,
            other => other,
        };
        let mut known = Vec::new();
        wear.retain(|code| {
            let is_new = !known.contains(&kind(code));
            known.push(kind(code));
            is_new
        });
        wear.retain(|code| !matches!(code.as_str(), "39" | "49" | "59"));
        wear.sort();
        self.codes = wear.join(";");
    }

    fn write(&mut self, grapheme: &str) {
        let start = self.at.0.expect("nobody knows where the cursor is");
        let cells = grapheme_width(grapheme);
        for x in start..start + cells {
            self.shatter(x);
        }
        *self.place(start) = Shows::Text(grapheme.into(), self.codes.clone());
        for x in start + 1..start + cells {
            *self.place(x) = Shows::Rest;
        }
        let end = start + cells;
        let is_inside = end < self.rows[0].len();
        let is_agreed = super::steady(grapheme).is_some();
        self.at.0 = Some(end).filter(|_| is_inside && is_agreed);
    }

    /// Of what stands in a cell and elsewhere, all is garbage.
    fn shatter(&mut self, x: usize) {
        let row = &mut self.rows[self.at.1];
        let mut start = x;
        while row[start] == Shows::Rest {
            start -= 1;
        }
        let mut end = x + 1;
        while row.get(end) == Some(&Shows::Rest) {
            end += 1;
        }
        if end - start > 1 {
            row[start..end].fill(Shows::Garbage);
        }
    }

    fn place(&mut self, x: usize) -> &mut Shows {
        &mut self.rows[self.at.1][x]
    }

    /// What is wrong beside a picture that it should show.
    pub(super) fn differs(&self, picture: &Buffer) -> Option<String> {
        for y in 0..picture.area.height {
            let mut x = 0;
            while x < picture.area.width {
                let cell = &picture[(x, y)];
                let shows = &self.rows[usize::from(y)][usize::from(x)];
                if !shows.is(cell) {
                    return Some(format!("{x} {y}: {shows:?} in place of {cell:?}"));
                }
                x += cell.cell_width().max(1);
            }
        }
        None
    }
}

/// Codes one by one; those of a colour that has more than one together.
fn each_code(codes: &str) -> Vec<String> {
    let mut each = codes.split(';').filter(|code| !code.is_empty());
    let mut all = Vec::new();
    while let Some(code) = each.next() {
        let more = match code {
            "38" | "48" | "58" => match each.next().unwrap() {
                "5" => vec!["5", each.next().unwrap()],
                _ => std::iter::once("2").chain(each.by_ref().take(3)).collect(),
            },
            _ => Vec::new(),
        };
        all.push([vec![code], more].concat().join(";"));
    }
    all
}

impl Shows {
    fn is(&self, cell: &Cell) -> bool {
        let Self::Text(text, codes) = self else {
            return false;
        };
        let mut wanted = Strict::new(1, 1);
        let look = super::Look::of(cell);
        let wanted_codes = super::PLAIN.codes_to(look, true).unwrap_or_default();
        wanted.wear(&wanted_codes);
        let is_empty = |codes: &str| {
            let seen = |code: &String| matches!(code.as_str(), "4" | "7") || code.starts_with('4');
            !each_code(codes).iter().any(seen)
        };
        text == cell.symbol()
            && (*codes == wanted.codes || text == " " && is_empty(codes) && is_empty(&wanted.codes))
    }
}
