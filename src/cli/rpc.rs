//! `rpc` and `schema`: every request the screen can make, as JSON lines for other programs.
//!
//! One request a line, one answer a line, in the order of the requests. A line that cannot be
//! understood is answered with an error, and the next is read.

use std::io::{BufRead, Read};

use schemars::{JsonSchema, schema_for};
use serde::{Deserialize, Serialize};
use serde_json::error::Category;
use serde_json::{Value, json};

use super::args::Global;
use super::console::Console;
use super::entry::{Entry, enter};
use super::trouble::Trouble;
use crate::desk::contract::{Command, Door, Failure, Query, Reply, Request, RequestId};
use crate::domain::refusal::Assent;
use crate::locale::Texts;

/// A request may be so many bytes long.
const LIMIT: u64 = 1024 * 1024;

/// One request.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// Comes back with the answer, whatever it is.
    #[serde(default)]
    id: Value,
    /// Names a change for good, across programs and days: one sent again under the same number is
    /// not done twice. Best drawn at random.
    request: Option<u64>,
    /// The questions answered with yes: the key alone, or with the reason that a rule wants.
    #[serde(default)]
    accept: Vec<Yes>,
    /// A change.
    #[serde(rename = "do")]
    change: Option<Command>,
    /// A look.
    look: Option<Query>,
}

/// A question answered with yes.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
enum Yes {
    /// The key of the question.
    Key(String),
    /// The rule that is overridden, and why.
    Reason(Assent),
}

impl From<Yes> for Assent {
    fn from(yes: Yes) -> Self {
        match yes {
            Yes::Key(key) => Self {
                key,
                reason: String::new(),
            },
            Yes::Reason(assent) => assent,
        }
    }
}

/// One answer: `ok`, or `error` with the same in words.
#[derive(Debug, Serialize, JsonSchema)]
struct Answered {
    /// The request's.
    id: Value,
    /// What was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    ok: Option<Reply>,
    /// Why there is nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Wrong>,
}

/// Why a request brought nothing.
#[derive(Debug, Serialize, JsonSchema)]
struct Wrong {
    /// What the desk answered; none when the request itself could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<Failure>,
    /// In words: what is wrong, what to do next, the clause.
    said: Vec<String>,
}

/// `frontdesk rpc`.
pub(super) fn rpc(
    global: &Global,
    input: &mut dyn BufRead,
    console: &mut Console,
) -> Result<(), Trouble> {
    let mut entry = enter(global, console)?;
    let outcome = serve(&mut entry, input, console);
    // Whatever ended the conversation, the store is closed cleanly.
    entry.close()?;
    outcome
}

fn serve(entry: &mut Entry, input: &mut dyn BufRead, console: &mut Console) -> Result<(), Trouble> {
    while let Some(line) = read_line(input)? {
        let answer = match line {
            Line::Blank => continue,
            Line::TooLong => wrong(Value::Null, "rpc-too-long", console.texts),
            Line::NotText => wrong(Value::Null, "rpc-not-text", console.texts),
            Line::Text(text) => match serde_json::from_str::<Asked>(&text) {
                Ok(asked) => answer(asked, entry, console.texts),
                Err(error) => not_understood(&text, &error, console.texts),
            },
        };
        console.json(&answer)?;
        console.flush()?;
    }
    Ok(())
}

enum Line {
    Text(String),
    Blank,
    TooLong,
    NotText,
}

/// The next line; never more of it in memory than [`LIMIT`].
fn read_line(input: &mut dyn BufRead) -> std::io::Result<Option<Line>> {
    let mut bytes = Vec::new();
    let read = input.take(LIMIT).read_until(b'\n', &mut bytes)?;
    if read == 0 {
        return Ok(None);
    }
    if bytes.last() != Some(&b'\n') && u64::try_from(read).is_ok_and(|read| read == LIMIT) {
        pass_over(input)?;
        return Ok(Some(Line::TooLong));
    }
    Ok(Some(match String::from_utf8(bytes) {
        Err(_) => Line::NotText,
        Ok(text) if text.trim().is_empty() => Line::Blank,
        Ok(text) => Line::Text(text),
    }))
}

/// Reads to the end of a line without keeping it.
fn pass_over(input: &mut dyn BufRead) -> std::io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        let (used, done) = match buffer.iter().position(|byte| *byte == b'\n') {
            Some(place) => (place + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        input.consume(used);
        if done {
            return Ok(());
        }
    }
}

fn answer(asked: Asked, entry: &mut Entry, texts: &Texts) -> Answered {
    let request = match (asked.change, asked.look) {
        (Some(change), None) => Request::Do(change),
        (None, Some(look)) => Request::Look(look),
        _ => return wrong(asked.id, "rpc-do-or-look", texts),
    };
    let mut envelope = entry.asker.envelope(request);
    envelope.accept = asked.accept.into_iter().map(Assent::from).collect();
    if let Some(request) = asked.request {
        envelope.id = RequestId(request);
    }
    match entry.desk.ask(&envelope) {
        Ok(reply) => Answered {
            id: asked.id,
            ok: Some(reply),
            error: None,
        },
        Err(failure) => {
            let said = texts
                .failure(&failure)
                .iter()
                .map(crate::locale::Said::line)
                .collect();
            let error = Some(Wrong {
                failure: Some(failure),
                said,
            });
            Answered {
                id: asked.id,
                ok: None,
                error,
            }
        }
    }
}

/// A line that is no request: where in it that shows, and of which sort the fault is.
fn not_understood(text: &str, error: &serde_json::Error, texts: &Texts) -> Answered {
    let value = serde_json::from_str::<Value>(text).unwrap_or_default();
    let id = value.get("id").cloned().unwrap_or_default();
    let key = match error.classify() {
        Category::Eof => "rpc-ends-early",
        Category::Data => "rpc-not-a-request",
        Category::Syntax | Category::Io => "rpc-not-json",
    };
    // The position stands beside it and need not be said twice.
    let detail = error.to_string();
    let detail = detail.split(" at line ").next().unwrap_or_default();
    let column = error.column().to_string();
    said(id, key, &[("column", &column), ("detail", detail)], texts)
}

fn wrong(id: Value, key: &str, texts: &Texts) -> Answered {
    said(id, key, &[], texts)
}

fn said(id: Value, key: &str, args: &[(&str, &str)], texts: &Texts) -> Answered {
    let said = vec![texts.with(key, args).into_owned()];
    Answered {
        id,
        ok: None,
        error: Some(Wrong {
            failure: None,
            said,
        }),
    }
}

/// `frontdesk schema`: the JSON Schema of requests and answers.
pub(super) fn schema(console: &mut Console) -> Result<(), Trouble> {
    let value = json!({ "request": schema_for!(Asked), "answer": schema_for!(Answered) });
    let text = serde_json::to_string_pretty(&value).unwrap_or_default();
    for line in text.lines() {
        console.line(line)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_and_broken_lines_do_not_end_the_conversation() {
        let mut bytes = vec![b'x'; usize::try_from(LIMIT).unwrap() + 10];
        bytes.extend(b"\n\xFF\n\nlast");
        let mut input = std::io::Cursor::new(bytes);
        let mut kinds = Vec::new();
        while let Some(line) = read_line(&mut input).unwrap() {
            kinds.push(match line {
                Line::TooLong => "too long".to_owned(),
                Line::NotText => "not text".to_owned(),
                Line::Blank => "blank".to_owned(),
                Line::Text(text) => text,
            });
        }
        assert_eq!(kinds, ["too long", "not text", "blank", "last"]);
    }

    #[test]
    fn the_schema_names_every_command() {
        let schema = serde_json::to_string(&schema_for!(Asked)).unwrap();
        for name in [
            "log-intake",
            "check-out",
            "step-complaint",
            "set-up",
            "void-import",
        ] {
            assert!(schema.contains(name), "{name}");
        }
    }
}
