//! The words of the arguments: help, usage errors, completions and the man page all get theirs
//! from the locale files, in the language asked for.

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory};

use super::args::Line;
use crate::locale::Texts;

/// A command's own arguments stand before those that are understood everywhere.
const FIRST: usize = 1;
const LAST: usize = 900;

/// The whole command line in one language.
pub(super) fn command(texts: &Texts) -> Command {
    let root = localized(Line::command(), texts, "help");
    let mut root = root.disable_version_flag(true).arg(
        Arg::new("version")
            .long("version")
            .short('V')
            .action(ArgAction::Version)
            .help(said(texts, "help-version"))
            .help_heading(lasting(texts, "help-options")),
    );
    // What is put together from the arguments is known once they are all there.
    root.build();
    with_usage(root, texts)
}

/// The usage lines, in which clap itself writes two English words.
fn with_usage(mut command: Command, texts: &Texts) -> Command {
    let usage = command.render_usage().to_string();
    let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage);
    let own = usage
        .replace("[OPTIONS]", &format!("[{}]", texts.get("help-options")))
        .replace("COMMAND", &texts.get("help-commands"));
    let names: Vec<String> = command
        .get_subcommands()
        .map(|sub| sub.get_name().to_owned())
        .collect();
    for name in names {
        command = command.mut_subcommand(&name, |sub| with_usage(sub, texts));
    }
    command.override_usage(own)
}

/// A command and all below it. The texts are under `help-<names joined by dashes>`, those of
/// arguments are its attributes, those of arguments understood everywhere are under `help-global`.
fn localized(command: Command, texts: &Texts, key: &str) -> Command {
    let names: Vec<String> = command
        .get_subcommands()
        .map(|sub| sub.get_name().to_owned())
        .collect();
    let arguments = lasting(texts, "help-arguments");
    let options = lasting(texts, "help-options");
    let mut command = command
        .about(said(texts, key))
        .help_template(template(texts))
        .subcommand_help_heading(lasting(texts, "help-commands"))
        .disable_help_flag(true)
        .arg_required_else_help(false)
        .mut_args(|arg| {
            let own = format!("{key}.{}", arg.get_id());
            let global = format!("help-global.{}", arg.get_id());
            let heading = if arg.is_positional() {
                arguments
            } else {
                options
            };
            let everywhere = !texts.has(&own);
            let words = if everywhere { global } else { own };
            let valued = arg.get_action().takes_values();
            arg.help(said(texts, &words))
                .help_heading(heading)
                .display_order(if everywhere { LAST } else { FIRST })
                .hide_env(valued)
                .hide_default_value(valued)
                .hide_possible_values(valued)
        })
        .arg(
            Arg::new("help")
                .long("help")
                .short('h')
                .action(ArgAction::Help)
                .help(said(texts, "help-help"))
                .help_heading(options),
        );
    for name in names {
        let key = format!("{key}-{name}");
        command = command.mut_subcommand(&name, |sub| localized(sub, texts, &key));
    }
    command
}

fn template(texts: &Texts) -> StyledStr {
    format!(
        "{{about}}\n\n{} {{usage}}\n\n{{all-args}}\n",
        texts.get("help-usage")
    )
    .into()
}

fn said(texts: &Texts, key: &str) -> StyledStr {
    texts.get(key).into_owned().into()
}

/// A heading: clap keeps only texts that last as long as the program.
fn lasting(texts: &Texts, key: &str) -> &'static str {
    Box::leak(texts.get(key).into_owned().into_boxed_str())
}

/// A usage error in words: what is wrong, what is right where that is known, where to read more.
pub(super) fn usage_error(error: &clap::Error, texts: &Texts) -> String {
    let one = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(all)) => all.join(", "),
        _ => String::new(),
    };
    let value = one(ContextKind::InvalidValue);
    let key = match error.kind() {
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if value.is_empty() => {
            "usage-no-value"
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "usage-value",
        ErrorKind::UnknownArgument => "usage-unknown-argument",
        ErrorKind::InvalidSubcommand => "usage-unknown-command",
        ErrorKind::MissingSubcommand => "usage-missing-command",
        ErrorKind::MissingRequiredArgument
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => "usage-missing",
        ErrorKind::ArgumentConflict => "usage-conflict",
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues => "usage-too-many-values",
        ErrorKind::InvalidUtf8 => "usage-not-text",
        _ => "usage-other",
    };
    let argument = match one(ContextKind::InvalidArg) {
        empty if empty.is_empty() => one(ContextKind::InvalidSubcommand),
        argument => argument,
    };
    let args = [("argument", &*argument), ("value", &*value)];
    let mut parts = vec![texts.with(key, &args).into_owned()];
    let known = [
        ContextKind::ValidValue,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
        ContextKind::ValidSubcommand,
    ];
    match known.into_iter().map(one).find(|text| !text.is_empty()) {
        Some(nearest) => parts.push(
            texts
                .with("usage-nearest", &[("nearest", &nearest)])
                .into_owned(),
        ),
        None => parts.extend(meaning(&argument, texts)),
    }
    parts.push(texts.get("usage-next").into_owned());
    let between = texts.get("usage-between");
    parts.join(between.trim_matches('"'))
}

/// What an argument is for, as help says it.
fn meaning(argument: &str, texts: &Texts) -> Option<String> {
    fn find(command: &Command, argument: &str) -> Option<String> {
        let mut own = command.get_arguments();
        let own = own.find(|arg| arg.to_string() == argument);
        let help = own.and_then(Arg::get_help).map(ToString::to_string);
        help.or_else(|| {
            let mut below = command.get_subcommands();
            below.find_map(|sub| find(sub, argument))
        })
    }
    let help = find(&command(texts), argument).filter(|_| !argument.is_empty())?;
    let args = [("argument", argument), ("help", &help)];
    Some(texts.with("usage-meaning", &args).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;

    fn check(command: &Command, texts: &Texts, key: &str, missing: &mut Vec<String>) {
        if !texts.has(key) {
            missing.push(key.to_owned());
        }
        for arg in command.get_arguments() {
            let own = format!("{key}.{}", arg.get_id());
            let global = format!("help-global.{}", arg.get_id());
            if !texts.has(&own) && !texts.has(&global) {
                missing.push(own);
            }
        }
        for sub in command.get_subcommands() {
            check(sub, texts, &format!("{key}-{}", sub.get_name()), missing);
        }
    }

    #[test]
    fn every_command_and_argument_has_its_words_in_both_languages() {
        for lang in Lang::ALL {
            let mut missing = Vec::new();
            check(&Line::command(), &Texts::new(*lang), "help", &mut missing);
            assert_eq!(missing, Vec::<String>::new(), "{lang:?}");
        }
    }

    #[test]
    fn the_definition_of_the_command_line_is_sound() {
        for lang in Lang::ALL {
            command(&Texts::new(*lang)).debug_assert();
        }
    }

    #[test]
    fn help_and_errors_in_chinese_hold_no_word_of_claps_own() {
        let texts = Texts::new(Lang::Zh);
        for words in [
            &["frontdesk", "-h"][..],
            &["frontdesk", "list", "-h"],
            &["frontdesk", "backup", "-h"],
        ] {
            let help = command(&texts).try_get_matches_from(words).unwrap_err();
            let help = help.render().to_string();
            for english in [
                "Usage",
                "OPTIONS",
                "COMMAND",
                "Options",
                "Commands",
                "Arguments",
            ] {
                assert!(!help.contains(english), "{english}: {help}");
            }
        }
    }

    #[test]
    fn each_usage_error_has_its_own_words_and_says_what_is_right() {
        let texts = Texts::new(Lang::Zh);
        for (line, said) in [
            ("list", ["少了参数", "customers"]),
            ("list customers --limit", ["后面少了内容", "最多几行"]),
            ("list customers --limit abc", ["“abc”不对", "最多几行"]),
            ("list customers --limit -1", ["“-1”不对", "最多几行"]),
            ("list customers --limit 99999999999", ["不对", "最多几行"]),
            ("calendar show 99999", ["“99999”不对", "YEAR"]),
            ("operator", ["后面还要写", "add"]),
            ("lst", ["没有“lst”这个命令", "list"]),
        ] {
            let words = std::iter::once("frontdesk").chain(line.split(' '));
            let error = command(&texts).try_get_matches_from(words).unwrap_err();
            let error = usage_error(&error, &texts);
            for part in said {
                assert!(error.contains(part), "{line}: {error}");
            }
        }
    }

    #[test]
    fn a_usage_error_names_what_is_wrong_and_what_is_near() {
        let texts = Texts::new(Lang::En);
        let error = command(&texts)
            .try_get_matches_from(["frontdesk", "lst"])
            .unwrap_err();
        let said = usage_error(&error, &texts);
        assert!(said.contains("lst") && said.contains("list"), "{said}");
        let error =
            command(&texts).try_get_matches_from(["frontdesk", "list", "--limi", "3", "files"]);
        assert!(usage_error(&error.unwrap_err(), &texts).contains("--limit"));
    }
}
