//! The notation of tapes and tests: `n13800138000<tab>张三<f2>`.
//!
//! A character is itself, a name in angle brackets is a key, `<lt>` is `<`, and everything
//! between `<paste>` and `</paste>` arrives at once. A line end is no key: it is written
//! `<enter>`, inside a paste as well.

use super::key::Key;

/// One thing that an operator's hands or clipboard send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// One key.
    Key(Key),
    /// A text that arrives at once.
    Paste(String),
}

/// Where and why a script cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptFault {
    /// The column, in characters from one.
    pub column: usize,
    /// What is wrong.
    pub cause: ScriptCause,
}

/// What is wrong in a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScriptCause {
    /// A name in angle brackets is no key.
    UnknownKey {
        /// What was written.
        name: String,
        /// The name that may have been meant.
        nearest: Option<String>,
    },
    /// A `<` without its `>`.
    Unclosed,
    /// A `<paste>` without its `</paste>`.
    UnclosedPaste,
    /// A control character, which is written as a key.
    Control,
}

impl ScriptFault {
    /// The name under which the locale files have the text: `script-fault-<key>`.
    pub fn key(&self) -> &'static str {
        match self.cause {
            ScriptCause::UnknownKey { .. } => "unknown-key",
            ScriptCause::Unclosed => "unclosed",
            ScriptCause::UnclosedPaste => "unclosed-paste",
            ScriptCause::Control => "control",
        }
    }

    /// The values that the text names; `nearest` is `none` where nothing is near.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        let mut args = vec![("column", self.column.to_string())];
        if let ScriptCause::UnknownKey { name, nearest } = &self.cause {
            args.push(("name", name.clone()));
            args.push((
                "nearest",
                nearest.clone().unwrap_or_else(|| "none".to_owned()),
            ));
        }
        args
    }
}

/// Reads a script. The fault names the column of the first thing that cannot be read.
pub fn parse(script: &str) -> Result<Vec<Input>, ScriptFault> {
    let mut inputs = Vec::new();
    let mut rest = script;
    while let Some(c) = rest.chars().next() {
        let fault = |cause| ScriptFault {
            column: column(script, rest),
            cause,
        };
        if let Some(after) = rest.strip_prefix("<paste>") {
            let (text, left) = paste(script, after)?;
            inputs.push(Input::Paste(text));
            rest = left;
        } else if c == '<' {
            let (name, after) = bracketed(rest).ok_or_else(|| fault(ScriptCause::Unclosed))?;
            let key = Key::parse(name).map_err(|wrong| {
                fault(ScriptCause::UnknownKey {
                    name: wrong.text,
                    nearest: wrong.nearest,
                })
            })?;
            inputs.push(Input::Key(key));
            rest = after;
        } else if c.is_control() {
            return Err(fault(ScriptCause::Control));
        } else {
            inputs.push(Input::Key(Key::char(c)));
            rest = rest.strip_prefix(c).unwrap_or_default();
        }
    }
    Ok(inputs)
}

/// The pasted text and what follows its end.
fn paste<'a>(script: &str, start: &'a str) -> Result<(String, &'a str), ScriptFault> {
    let mut text = String::new();
    let mut rest = start;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("</paste>") {
            return Ok((text, after));
        }
        let written = [("<enter>", '\n'), ("<tab>", '\t'), ("<lt>", '<')]
            .into_iter()
            .find_map(|(name, c)| rest.strip_prefix(name).map(|after| (c, after)));
        let (c, after) = written.unwrap_or((c, rest.strip_prefix(c).unwrap_or_default()));
        text.push(c);
        rest = after;
    }
    Err(ScriptFault {
        column: column(script, start),
        cause: ScriptCause::UnclosedPaste,
    })
}

/// The name between `<` and `>`, and what follows. `<>>` is the key `>`.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('<')?;
    if let Some(after) = inner.strip_prefix(">>") {
        return Some((">", after));
    }
    inner.split_once('>')
}

fn column(script: &str, rest: &str) -> usize {
    let read = script.len() - rest.len();
    script.get(..read).unwrap_or_default().chars().count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(script: &str) -> Vec<String> {
        let shown = |input: Input| match input {
            Input::Key(key) => key.to_string(),
            Input::Paste(text) => format!("paste {text:?}"),
        };
        parse(script).unwrap().into_iter().map(shown).collect()
    }

    #[test]
    fn characters_are_themselves_and_names_are_keys() {
        assert_eq!(
            keys("n1张<tab><F2><ctrl+s><up><PgDn><space><lt><shift+tab><esc> <enter>G"),
            [
                "n",
                "1",
                "张",
                "Tab",
                "F2",
                "Ctrl+S",
                "Up",
                "PageDown",
                "Space",
                "<",
                "Shift+Tab",
                "Esc",
                "Space",
                "Enter",
                "G"
            ]
        );
    }

    #[test]
    fn a_paste_is_one_input() {
        assert_eq!(
            keys("a<paste>李雷<enter>1 <lt> 2 <tab>x<b></paste>b"),
            ["a", "paste \"李雷\\n1 < 2 \\tx<b>\"", "b"]
        );
    }

    #[test]
    fn faults_name_the_column() {
        let fault = |script: &str| {
            let fault = parse(script).unwrap_err();
            (fault.column, fault.key())
        };
        assert_eq!(fault("张三<tba>x"), (3, "unknown-key"));
        assert_eq!(fault("ab<tab"), (3, "unclosed"));
        assert_eq!(fault("a\nb"), (2, "control"));
        assert_eq!(fault("甲<paste>x"), (9, "unclosed-paste"));
        let nearest = parse("<tba>").unwrap_err().args();
        assert!(
            nearest.contains(&("nearest", "Tab".to_owned())),
            "{nearest:?}"
        );
    }
}
