//! The command line: one file a subcommand. The work itself is the desk's, the screen's and
//! `exchange`'s; here arguments become calls, and results become lines.

mod args;
mod ask;
mod backup;
mod beside;
mod calendar;
mod call;
mod check;
mod choose;
mod compact;
mod console;
mod demo;
mod desk;
mod entry;
mod export;
mod forced;
mod help;
mod hub;
mod import;
mod init;
mod list;
mod looks;
mod manual;
mod operator;
mod outbox;
mod owner;
mod permit;
mod place;
mod play;
mod print;
mod remark;
mod report;
mod restore;
mod rpc;
mod seat;
mod sign_in;
pub mod tape;
mod throwaway;
mod trouble;
mod verify;
mod way;

use std::ffi::OsString;
use std::io::{BufWriter, stderr, stdin, stdout};
use std::process::ExitCode;

use clap::FromArgMatches;

use args::{CalendarCommand, Command, KeysCommand, Line, PermitCommand, ProfileCommand};
use console::Console;
use trouble::Trouble;

use crate::exchange::workbook;
use crate::locale::{Lang, Texts};
use crate::store::sled::panic_is_caught as store_panic_is_caught;

/// Runs the program with its arguments; the code it ends with: 0 done, 1 refused or failed with
/// the reason on standard error, 2 wrong usage.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    keep_caught_panics_quiet();
    let texts = Texts::new(language(&args));
    let line = match parse(args.clone(), &texts) {
        Ok(line) => line,
        Err(code) => return code,
    };
    if line.command.is_none()
        && let Some(sent) = std::env::var_os(forced::VARIABLE).filter(|sent| !sent.is_empty())
    {
        return forced(args, &sent.to_string_lossy(), &texts);
    }
    finish(&line, &texts)
}

/// Runs what came over the line to a forced command, by the operator of the program's own
/// arguments.
fn forced(mut args: Vec<OsString>, sent: &str, texts: &Texts) -> ExitCode {
    match forced::arguments(sent) {
        Ok(more) => args.extend(more.into_iter().flatten()),
        Err(trouble) => return fail(&trouble, texts),
    }
    let texts = Texts::new(language(&args));
    match parse(args, &texts) {
        Ok(line) => finish(&line, &texts),
        Err(code) => code,
    }
}

/// Obeys, and says why where that did not go well.
fn finish(line: &Line, texts: &Texts) -> ExitCode {
    let (mut out, mut err) = (BufWriter::new(stdout()), stderr());
    // Neither stream is locked for good: a panic in another thread must be able to say why.
    let mut console = Console::new(texts, line.global.json, &mut out, &mut err);
    let outcome = obey(line, &mut console).and_then(|()| Ok(console.flush()?));
    let Err(trouble) = outcome else {
        return ExitCode::SUCCESS;
    };
    // A stream that is gone cannot be told that it is gone.
    let _ = console.flush();
    fail(&trouble, texts)
}

/// Says on standard error why nothing came of it.
fn fail(trouble: &Trouble, texts: &Texts) -> ExitCode {
    let (mut nothing, mut err) = (std::io::sink(), stderr());
    let mut console = Console::new(texts, false, &mut nothing, &mut err);
    for said in trouble.said(texts) {
        let _ = console.complain(&said);
    }
    ExitCode::from(trouble.code())
}

/// A panic of the storage engine that the store catches is answered with a fault in words; its own
/// message would only look like the end of the program.
/// Whether a panic ends only the work it happened in, and is told by that.
fn panic_is_caught() -> bool {
    store_panic_is_caught() || workbook::panic_is_caught()
}

fn keep_caught_panics_quiet() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !panic_is_caught() {
            before(info);
        }
    }));
}

/// The language: `--lang`, wherever it stands, else that of the environment. It is needed before
/// the arguments are read, because their help is in it.
fn language(args: &[OsString]) -> Lang {
    let texts = || args.iter().filter_map(|arg| arg.to_str());
    let after = texts()
        .zip(texts().skip(1))
        .find(|(arg, _)| *arg == "--lang")
        .map(|(_, it)| it);
    let joined = texts().find_map(|arg| arg.strip_prefix("--lang="));
    after
        .or(joined)
        .and_then(Lang::parse)
        .unwrap_or_else(|| Lang::from_env(|name| std::env::var(name).ok()))
}

fn parse(args: Vec<OsString>, texts: &Texts) -> Result<Line, ExitCode> {
    let matches = help::command(texts).try_get_matches_from(args);
    matches
        .and_then(|matches| Line::from_arg_matches(&matches))
        .map_err(|error| {
            if !error.use_stderr() {
                // Help or version was asked for. A reader that left early has read enough.
                let _ = error.print();
                return ExitCode::SUCCESS;
            }
            let message = help::usage_error(&error, texts);
            let mut console_err = stderr().lock();
            let (mut nothing, json) = (std::io::sink(), false);
            let _ = Console::new(texts, json, &mut nothing, &mut console_err).aside(&message);
            ExitCode::from(2)
        })
}

fn obey(line: &Line, console: &mut Console) -> Result<(), Trouble> {
    let global = &line.global;
    match &line.command {
        None => desk::open(global, console),
        Some(Command::Demo(it)) => demo::demo(global, it, console),
        Some(Command::Play(it)) => play::command(global, it, console),
        Some(Command::Init(it)) => init::init(global, it, console),
        Some(Command::Import(it)) => import::import(global, it, console),
        Some(Command::Export(it)) => export::export(global, it, console),
        Some(Command::List(it)) => list::list(global, it, console),
        Some(Command::Show(it)) => list::show(global, it, console),
        Some(Command::Search(it)) => list::search(global, it, console),
        Some(Command::Report(it)) => report::report(global, it, console),
        Some(Command::Print(it)) => print::print(global, it, console),
        Some(Command::Rpc) => rpc::rpc(global, &mut stdin().lock(), console),
        Some(Command::Schema) => rpc::schema(console),
        Some(Command::Keys(it)) => match &it.command {
            KeysCommand::Check { file } => check::keys(global, file.as_deref(), console),
        },
        Some(Command::Profile(it)) => match &it.command {
            ProfileCommand::Check { file, base } => {
                check::profile(global, file.as_deref(), base.as_deref(), console)
            }
        },
        Some(Command::Verify(it)) => verify::verify(global, it, console),
        Some(Command::Backup(it)) => backup::backup(global, it, console),
        Some(Command::Restore(it)) => restore::restore(global, it, console),
        Some(Command::Get(it)) => outbox::get(global, it, console),
        Some(Command::Put(it)) => outbox::put(global, it, console),
        Some(Command::Calendar(it)) => match &it.command {
            CalendarCommand::Import { file } => calendar::import(global, file, console),
            CalendarCommand::Show { year } => calendar::show(global, *year, console),
        },
        Some(Command::Compact) => compact::compact(global, console),
        Some(Command::Looks(it)) => looks::looks(global, it, console),
        Some(Command::Remark(it)) => remark::remark(global, it, console),
        Some(Command::Call(it)) => call::call(global, it, console),
        Some(Command::Owner(it)) => owner::owner(global, it, console),
        Some(Command::Permit(it)) => match &it.command {
            PermitCommand::Grant(it) => permit::grant(global, it, console),
            PermitCommand::List => permit::list(global, console),
            PermitCommand::Revoke { number } => permit::revoke(global, number, console),
        },
        Some(Command::Operator(it)) => operator::operator(global, &it.command, console),
        Some(Command::Hub(it)) => hub::command(global, it, console),
        Some(Command::Completions(it)) => manual::completions(it.shell, console),
        Some(Command::Man) => manual::man(console),
    }
}
