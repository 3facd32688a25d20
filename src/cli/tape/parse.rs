//! Reading a tape.

use chrono::NaiveDateTime;

use super::{TapeError, TapeFault};
use crate::domain::stamp::Stamp;
use crate::keys::Input;
use crate::keys::script;
use crate::locale::Lang;

/// Tapes are played at the clock of China.
const OFFSET_MINUTES: i32 = 480;

/// One instruction with its line.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) number: usize,
    pub(super) step: Step,
}

/// One instruction. Those with a language hold for that one only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Size(u16, u16),
    Lang(Lang),
    Clock(Stamp),
    Profile(String),
    Store { sample: bool },
    As(String),
    Keys(Option<Lang>, Vec<Input>),
    Wait(i64),
    Idle(i64),
    Restart,
    Screen(String),
    Expect(Option<Lang>, String),
    Reject(Option<Lang>, String),
    Unless(String),
    End,
}

impl Step {
    /// Whether it says where a tape begins, when it stands before all others.
    pub(super) const fn sets_the_scene(&self) -> bool {
        matches!(
            self,
            Self::Size(..)
                | Self::Lang(_)
                | Self::Clock(_)
                | Self::Profile(_)
                | Self::Store { .. }
                | Self::As(_)
        )
    }
}

/// Reads a tape.
pub(super) fn parse(tape: &str) -> Result<Vec<Line>, TapeError> {
    let mut lines = Vec::new();
    for (at, text) in tape.lines().enumerate() {
        let number = at + 1;
        let text = text.trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let step = step(word, rest.trim()).map_err(|fault| TapeError {
            line: number,
            fault,
            screen: None,
        })?;
        lines.push(Line { number, step });
    }
    Ok(lines)
}

fn step(word: &str, rest: &str) -> Result<Step, TapeFault> {
    let wrong = |word| TapeFault::Argument {
        word,
        value: rest.to_owned(),
    };
    Ok(match word {
        "size" => {
            let (columns, rows) = size(rest).ok_or_else(|| wrong("size"))?;
            Step::Size(columns, rows)
        }
        "lang" => Step::Lang(Lang::parse(rest).ok_or_else(|| wrong("lang"))?),
        "clock" => Step::Clock(clock(rest).ok_or_else(|| wrong("clock"))?),
        "profile" => Step::Profile(rest.to_owned()),
        "store" => match rest {
            "empty" => Step::Store { sample: false },
            "sample" => Step::Store { sample: true },
            _ => return Err(wrong("store")),
        },
        "as" => Step::As(rest.to_owned()),
        "keys" => {
            let (lang, script) = in_language(rest);
            let keys = script::parse(script).map_err(|fault| TapeFault::Keys {
                column: fault.column,
            })?;
            Step::Keys(lang, keys)
        }
        "wait" => Step::Wait(duration(rest).ok_or_else(|| wrong("wait"))?),
        "idle" => Step::Idle(duration(rest).ok_or_else(|| wrong("idle"))?),
        "restart" if rest.is_empty() => Step::Restart,
        "screen" if !rest.is_empty() && !rest.contains(['/', '\\']) => {
            Step::Screen(rest.to_owned())
        }
        "screen" => return Err(wrong("screen")),
        "expect" => {
            let (lang, text) = in_language(rest);
            Step::Expect(lang, text.to_owned())
        }
        "reject" => {
            let (lang, text) = in_language(rest);
            Step::Reject(lang, text.to_owned())
        }
        "unless" if !rest.is_empty() => Step::Unless(rest.to_owned()),
        "end" if rest.is_empty() => Step::End,
        _ => {
            return Err(TapeFault::Unknown {
                word: word.to_owned(),
            });
        }
    })
}

/// The language a line holds for, and the rest of it.
fn in_language(rest: &str) -> (Option<Lang>, &str) {
    for lang in Lang::ALL {
        let after = rest
            .strip_prefix(lang.code())
            .filter(|after| after.starts_with(' '));
        if let Some(after) = after {
            return (Some(*lang), after.trim_start());
        }
    }
    (None, rest)
}

/// Columns and rows of `80x24`.
pub fn size(text: &str) -> Option<(u16, u16)> {
    let (columns, rows) = text.split_once('x')?;
    let (columns, rows) = (columns.trim().parse().ok()?, rows.trim().parse().ok()?);
    ((1..=500).contains(&columns) && (1..=200).contains(&rows)).then_some((columns, rows))
}

fn clock(text: &str) -> Option<Stamp> {
    let at = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").ok()?;
    Some(Stamp::from_local(at, OFFSET_MINUTES))
}

/// Seconds of `90s`, `15m`, `2h` or `3d`.
fn duration(text: &str) -> Option<i64> {
    let unit = text.chars().next_back()?;
    let count: i64 = text.strip_suffix(unit)?.parse().ok()?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        _ => return None,
    };
    count.checked_mul(seconds).filter(|seconds| *seconds > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tape_is_read_line_by_line() {
        let tape = "# a call\n\nsize 80x24\nwait 15m\nexpect zh 张三\nexpect zhang\nrestart\n";
        let lines = parse(tape).unwrap();
        let steps: Vec<(usize, Step)> = lines
            .into_iter()
            .map(|line| (line.number, line.step))
            .collect();
        let expected = [
            (3, Step::Size(80, 24)),
            (4, Step::Wait(900)),
            (5, Step::Expect(Some(Lang::Zh), "张三".into())),
            (6, Step::Expect(None, "zhang".into())),
            (7, Step::Restart),
        ];
        assert_eq!(steps, expected);
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_line() {
        for tape in [
            "\nfly away",
            "\nsize big",
            "\nkeys <no-such-key>",
            "\nwait long",
            "\nclock noon",
            "\nscreen a/b",
            "\nlang fr",
        ] {
            assert_eq!(parse(tape).unwrap_err().line, 2, "{tape}");
        }
    }
}
