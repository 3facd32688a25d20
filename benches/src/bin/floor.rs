//! The floor of everything shown at a terminal: a list of strings and a line that is typed into,
//! drawn with the same library as the program. No store, no rules, no masks: what a key costs here
//! it costs everywhere.
//!
//! `floor COUNT` makes so many rows in memory and shows them; Esc ends it.

use std::io;

use crossterm::event::{self, Event, KeyCode, KeyModifiers};
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{Block, List, ListState, Paragraph};
use ratatui::{DefaultTerminal, Frame};

/// Words of the rows; which of them a row has follows from its number.
const WORDS: [&str; 16] = [
    "电梯停在三楼不动",
    "卫生间漏水",
    "楼道的灯不亮",
    "车位被占",
    "门禁刷不开",
    "夜里有噪音",
    "垃圾没有清运",
    "水压太小",
    "请派人上门",
    "业主很着急",
    "已经是第二次",
    "请尽快回复",
    "下午在家",
    "先打电话再来",
    "从昨天晚上开始",
    "住户要求书面答复",
];

fn row(number: usize) -> String {
    let word = |turn: usize| {
        let place = (number * 7 + number / 16 * turn + turn * turn) % WORDS.len();
        WORDS.get(place).copied().unwrap_or_default()
    };
    format!(
        "{number:>8}  139{:08}  {:>2}-{:<4}  {}，{}，{}，{}",
        number * 7919 % 100_000_000,
        number % 60 + 1,
        number % 33 * 100 + number % 8 + 101,
        word(1),
        word(2),
        word(3),
        word(4),
    )
}

struct Floor {
    rows: Vec<String>,
    at: ListState,
    top: usize,
    typed: String,
}

impl Floor {
    fn draw(&mut self, frame: &mut Frame) {
        let [line, list] =
            Layout::vertical([Constraint::Length(3), Constraint::Min(1)]).areas(frame.area());
        frame.render_widget(
            Paragraph::new(self.typed.as_str()).block(Block::bordered()),
            line,
        );
        let room = usize::from(list.height.saturating_sub(2));
        let at = self.at.selected().unwrap_or(0);
        self.top = self.top.clamp((at + 1).saturating_sub(room), at);
        // Only the rows in sight are handed to the widget, as any list over many rows must do.
        let shown = self.rows.iter().skip(self.top).take(room);
        let mut state = ListState::default().with_selected(Some(at - self.top));
        let widget = List::new(shown.map(String::as_str))
            .block(Block::bordered())
            .highlight_style(Style::new().add_modifier(Modifier::REVERSED));
        frame.render_stateful_widget(widget, list, &mut state);
        let x =
            line.x + 1 + u16::try_from(ratatui::text::Line::raw(&self.typed).width()).unwrap_or(0);
        let caret = Rect {
            x,
            y: line.y + 1,
            ..line
        };
        frame.set_cursor_position(caret.as_position());
    }

    fn step(&mut self, by: isize) {
        let at = self.at.selected().unwrap_or(0).saturating_add_signed(by);
        self.at
            .select(Some(at.min(self.rows.len().saturating_sub(1))));
    }

    fn run(&mut self, terminal: &mut DefaultTerminal) -> io::Result<()> {
        loop {
            terminal.draw(|frame| self.draw(frame))?;
            let Event::Key(key) = event::read()? else {
                continue;
            };
            match key.code {
                KeyCode::Esc => return Ok(()),
                KeyCode::Down => self.step(1),
                KeyCode::Up => self.step(-1),
                KeyCode::PageDown => self.step(30),
                KeyCode::PageUp => self.step(-30),
                KeyCode::Home => self.step(isize::MIN),
                KeyCode::End => self.step(isize::MAX),
                KeyCode::Char('u') if key.modifiers == KeyModifiers::CONTROL => self.typed.clear(),
                KeyCode::Char(c) => self.typed.push(c),
                KeyCode::Backspace => drop(self.typed.pop()),
                _ => {}
            }
        }
    }
}

fn main() -> io::Result<()> {
    let count = std::env::args().nth(1).and_then(|it| it.parse().ok());
    let mut floor = Floor {
        rows: (0..count.unwrap_or(10_000)).map(row).collect(),
        at: ListState::default().with_selected(Some(0)),
        top: 0,
        typed: String::new(),
    };
    let mut terminal = ratatui::try_init()?;
    let ended = floor.run(&mut terminal);
    ratatui::try_restore()?;
    ended
}
