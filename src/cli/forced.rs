//! What a forced command of sshd lets through. `sshd` runs the program with the operator's own
//! arguments, and what the operator wrote behind the host's name stands in `SSH_ORIGINAL_COMMAND`:
//! `ssh desk frontdesk get NAME` asks for a file, and nothing but files is given that way.
//!
//! It is taken apart here, word by word, and goes through no shell. It may choose what and in which
//! form; who asks, on which store, and every path of this machine are not its to say.

use std::ffi::OsString;

use super::trouble::Trouble;

/// Where sshd puts it.
pub(super) const VARIABLE: &str = "SSH_ORIGINAL_COMMAND";

/// The options it may use.
const ALLOWED: [&str; 10] = [
    "--accept",
    "--dry-run",
    "--encoding",
    "--filter",
    "--find",
    "--format",
    "--json",
    "--lang",
    "--remove",
    "--sort",
];
/// Beside them, for an export: where it goes, which is never a path.
const OUTBOX: &str = "--outbox";

/// The arguments that a command sent over the line adds to the program's own; none when it asks for
/// the screen.
///
/// # Errors
/// `forced-refused` for everything that is not `get`, `put` or `export`, or that names a path, an
/// operator or a store.
pub(super) fn arguments(sent: &str) -> Result<Option<Vec<OsString>>, Trouble> {
    let refused = || Trouble::usage("forced-refused", &[("command", sent)]);
    let words = split(sent).ok_or_else(refused)?;
    let mut rest = words.iter();
    let program = rest.next().map(String::as_str).unwrap_or_default();
    let program = program.rsplit('/').next().unwrap_or_default();
    if program != "frontdesk" {
        return Err(refused());
    }
    let Some(command) = rest.next() else {
        return Ok(None);
    };
    if !["get", "put", "export"].contains(&command.as_str()) {
        return Err(refused());
    }
    let allowed = |word: &String| {
        let option = word.split('=').next().unwrap_or_default();
        !word.starts_with('-') || option == OUTBOX || ALLOWED.contains(&option)
    };
    if rest.all(allowed) {
        Ok(Some(
            words.into_iter().skip(1).map(OsString::from).collect(),
        ))
    } else {
        Err(refused())
    }
}

/// Words with blanks between; single or double quotes hold a word together. `None` when a quote
/// stays open.
fn split(text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in text.chars() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(sent: &str) -> Result<Option<Vec<String>>, ()> {
        let words = arguments(sent).map_err(|_| ())?;
        let text = |word: OsString| word.into_string().unwrap();
        Ok(words.map(|words| words.into_iter().map(text).collect()))
    }

    #[test]
    fn files_go_through_and_quotes_hold_a_word_together() {
        let got = words("frontdesk get 'a b.csv'");
        assert_eq!(
            got,
            Ok(Some(["get", "a b.csv"].map(str::to_owned).to_vec()))
        );
        let got = words("/usr/bin/frontdesk export customers --find \"王 芳\" --outbox=a");
        let wanted = ["export", "customers", "--find", "王 芳", "--outbox=a"];
        assert_eq!(got.unwrap().unwrap(), wanted);
        assert_eq!(words("frontdesk"), Ok(None), "the screen");
    }

    #[test]
    fn everything_else_is_refused() {
        for sent in [
            "",
            "sh",
            "cat /etc/passwd",
            "frontdesk list customers",
            "frontdesk --as admin get a",
            "frontdesk get a --as admin",
            "frontdesk get a --key-file /home/li/key",
            "frontdesk get a --password-file=/x",
            "frontdesk get a --data /x",
            "frontdesk export customers --output /tmp/x",
            "frontdesk export customers -o /tmp/x",
            "frontdesk put customers --map /etc/shadow",
            "frontdesk get 'a",
            "-c frontdesk get a",
        ] {
            assert_eq!(words(sent), Err(()), "{sent}");
        }
    }

    #[test]
    fn nothing_is_done_for_a_shell() {
        let got = words("frontdesk get $(id);id|sh `id` ~/x \\n")
            .unwrap()
            .unwrap();
        assert_eq!(got[1..], ["$(id);id|sh", "`id`", "~/x", "\\n"]);
    }
}
