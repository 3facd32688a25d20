//! The arguments, as data. Their words in both languages are put in by `help`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

#[derive(Debug, Parser)]
#[command(name = "frontdesk", version, disable_help_subcommand = true)]
pub(super) struct Line {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

#[derive(Debug, Clone, Default, Args)]
pub(super) struct Global {
    #[arg(long, global = true, env = "FRONTDESK_DATA", value_name = "DIR")]
    pub(super) data: Option<PathBuf>,
    #[arg(long, global = true, value_name = "zh|en", value_parser = ["zh", "en"])]
    pub(super) lang: Option<String>,
    #[arg(long, global = true, value_name = "NAME|FILE")]
    pub(super) keymap: Option<String>,
    #[arg(long = "as", global = true, value_name = "LOGIN")]
    pub(super) operator: Option<String>,
    #[arg(long, global = true, env = "FRONTDESK_KEY_FILE", value_name = "FILE")]
    pub(super) key_file: Option<PathBuf>,
    #[arg(
        long,
        global = true,
        env = "FRONTDESK_PASSWORD_FILE",
        value_name = "FILE|-"
    )]
    pub(super) password_file: Option<PathBuf>,
    #[arg(long, global = true)]
    pub(super) json: bool,
    #[arg(long, global = true, value_name = "TIME")]
    pub(super) clock: Option<String>,
    #[arg(long, global = true)]
    pub(super) ascii: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Demo(Demo),
    Play(Play),
    Init(Init),
    Import(Import),
    Export(Export),
    List(List),
    Show(Show),
    Search(Search),
    Report(Report),
    Print(Print),
    Rpc,
    Schema,
    Keys(Keys),
    Profile(Profile),
    Verify(Verify),
    Backup(Backup),
    Restore(Restore),
    Get(Get),
    Put(Put),
    Calendar(Calendar),
    Compact,
    Operator(Operator),
    Looks(Looks),
    Remark(Remark),
    Call(Call),
    Owner(Owner),
    Permit(Permit),
    Hub(Hub),
    Completions(Completions),
    Man,
}

#[derive(Debug, Args)]
pub(super) struct Demo {
    #[arg(long, value_name = "NAME", default_value = "property")]
    pub(super) profile: String,
}

#[derive(Debug, Args)]
pub(super) struct Play {
    #[arg(value_name = "TAPE")]
    pub(super) tape: PathBuf,
    #[arg(long, default_value = "text", value_parser = ["text", "styled", "svg", "json"])]
    pub(super) format: String,
    #[arg(long, value_name = "80x24")]
    pub(super) size: Option<String>,
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Init {
    #[arg(long, value_name = "NAME", default_value = "property")]
    pub(super) profile: String,
    #[arg(long, value_name = "NAME")]
    pub(super) site: Option<String>,
    #[arg(long, value_name = "LOGIN")]
    pub(super) operator: Option<String>,
    #[arg(long)]
    pub(super) rehearsal: bool,
    #[arg(long)]
    pub(super) sample: bool,
}

#[derive(Debug, Args)]
pub(super) struct Import {
    #[arg(value_name = "KIND|undo")]
    pub(super) kind: String,
    #[arg(value_name = "FILE|NUMBER")]
    pub(super) file: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub(super) map: Option<PathBuf>,
    #[arg(long, value_name = "NAME")]
    pub(super) encoding: Option<String>,
    #[arg(long, value_name = "NAME")]
    pub(super) sheet: Option<String>,
    #[arg(long, value_name = "N")]
    pub(super) header_row: Option<u64>,
    #[arg(long, value_name = "FILE")]
    pub(super) save_map: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(super) rejects: Option<PathBuf>,
    #[arg(long, default_value = "skip", value_parser = ["skip", "new", "fill"])]
    pub(super) existing: String,
    #[arg(long)]
    pub(super) dry_run: bool,
    #[arg(long)]
    pub(super) quiet: bool,
    #[arg(long, value_name = "KEY")]
    pub(super) accept: Vec<String>,
}

#[derive(Debug, Clone, Args)]
pub(super) struct Choice {
    #[arg(value_name = "KIND")]
    pub(super) kind: String,
    #[arg(long, value_name = "NAME", default_value = "current")]
    pub(super) filter: String,
    #[arg(long, value_name = "NAME", default_value = "newest")]
    pub(super) sort: String,
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(super) find: String,
}

#[derive(Debug, Args)]
pub(super) struct Export {
    #[command(flatten)]
    pub(super) choice: Choice,
    /// By the ending of the file's name where it is not given, else CSV.
    #[arg(long, value_parser = ["csv", "xlsx", "jsonl"])]
    pub(super) format: Option<String>,
    #[arg(long, default_value = "utf-8", value_parser = ["utf-8", "gb18030"])]
    pub(super) encoding: String,
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    #[arg(long)]
    pub(super) force: bool,
    #[arg(long, value_name = "NAME", conflicts_with = "output")]
    pub(super) outbox: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Get {
    #[arg(value_name = "NAME")]
    pub(super) name: Option<String>,
    #[arg(long, requires = "name")]
    pub(super) remove: bool,
}

#[derive(Debug, Args)]
pub(super) struct Put {
    #[arg(value_name = "KIND", required_unless_present = "outbox")]
    pub(super) kind: Option<String>,
    #[arg(long, value_name = "NAME", conflicts_with = "kind")]
    pub(super) outbox: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(super) map: Option<PathBuf>,
    #[arg(long, value_name = "NAME")]
    pub(super) encoding: Option<String>,
    #[arg(long)]
    pub(super) dry_run: bool,
    #[arg(long, value_name = "KEY")]
    pub(super) accept: Vec<String>,
}

#[derive(Debug, Args)]
pub(super) struct List {
    #[command(flatten)]
    pub(super) choice: Choice,
    #[arg(
        long,
        value_name = "N",
        default_value_t = 50,
        allow_negative_numbers = true
    )]
    pub(super) limit: u32,
}

#[derive(Debug, Args)]
pub(super) struct Show {
    #[arg(value_name = "NUMBER")]
    pub(super) number: String,
    #[arg(long)]
    pub(super) history: bool,
}

#[derive(Debug, Args)]
pub(super) struct Search {
    #[arg(value_name = "TEXT", required = true)]
    pub(super) text: Vec<String>,
    #[arg(
        long,
        value_name = "N",
        default_value_t = 50,
        allow_negative_numbers = true
    )]
    pub(super) limit: u32,
}

#[derive(Debug, Args)]
pub(super) struct Report {
    #[arg(value_name = "NAME", value_parser = ["handling", "complaints", "requests", "stock", "new-cars", "sources", "fines", "usage", "registrations", "contacts", "surveys", "campaigns", "plan", "referrals", "relationships", "catalogue", "profiles", "needs", "files", "index"])]
    pub(super) name: String,
    #[arg(long, value_name = "DAY", required_if_eq("name", "handling"))]
    pub(super) from: Option<String>,
    #[arg(long, value_name = "DAY", required_if_eq("name", "handling"))]
    pub(super) to: Option<String>,
    #[arg(long, value_name = "PERIOD", required_if_eq_any([("name", "complaints"), ("name", "requests"), ("name", "stock"), ("name", "new-cars"), ("name", "sources"), ("name", "fines"), ("name", "usage"), ("name", "registrations"), ("name", "contacts"), ("name", "surveys"), ("name", "campaigns"), ("name", "plan"), ("name", "referrals"), ("name", "relationships"), ("name", "catalogue"), ("name", "profiles"), ("name", "needs")]))]
    pub(super) period: Option<String>,
    #[arg(long, value_name = "ORDER", value_parser = ["number", "name", "phone", "plate", "class"], default_value = "number")]
    pub(super) by: String,
    #[arg(long, requires = "period")]
    pub(super) draft: bool,
    #[arg(long, value_name = "FILE", requires = "period")]
    pub(super) part: Option<PathBuf>,
    #[arg(long, requires = "period")]
    pub(super) submit: bool,
    #[arg(long, value_name = "FORMAT", value_parser = ["text", "csv", "xlsx", "html", "json"])]
    pub(super) format: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Print {
    #[arg(value_name = "FORM", value_parser = ["register", "slip", "handling", "labels", "piece-labels", "certificate", "registrations", "file-form", "dossier", "card"])]
    pub(super) form: String,
    #[arg(value_name = "NUMBER")]
    pub(super) numbers: Vec<String>,
    #[arg(long, value_name = "DAY")]
    pub(super) day: Option<String>,
    #[arg(long, value_name = "FORMAT", value_parser = ["text", "html", "xlsx", "csv"], default_value = "text")]
    pub(super) format: String,
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Keys {
    #[command(subcommand)]
    pub(super) command: KeysCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum KeysCommand {
    Check {
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub(super) struct Profile {
    #[command(subcommand)]
    pub(super) command: ProfileCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum ProfileCommand {
    Check {
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
        #[arg(long, value_name = "NAME")]
        base: Option<String>,
    },
}

#[derive(Debug, Args)]
pub(super) struct Verify {
    #[arg(long, value_name = "HASH")]
    pub(super) head: Option<String>,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(super) struct Backup {
    #[arg(value_name = "FILE", required = true)]
    pub(super) file: Option<PathBuf>,
    #[command(subcommand)]
    pub(super) command: Option<BackupCommand>,
}

#[derive(Debug, Subcommand)]
pub(super) enum BackupCommand {
    Check {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

#[derive(Debug, Args)]
pub(super) struct Call {
    #[arg(value_name = "NUMBER")]
    pub(super) number: String,
    #[arg(long, value_name = "LOGIN")]
    pub(super) to: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Owner {
    #[arg(value_name = "NUMBER")]
    pub(super) number: String,
}

#[derive(Debug, Args)]
pub(super) struct Restore {
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    #[arg(long, value_name = "LIST")]
    pub(super) destroyed: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Calendar {
    #[command(subcommand)]
    pub(super) command: CalendarCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum CalendarCommand {
    Import {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    Show {
        #[arg(value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1900..=9999))]
        year: i32,
    },
}

#[derive(Debug, Args)]
pub(super) struct Operator {
    #[command(subcommand)]
    pub(super) command: OperatorCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum OperatorCommand {
    List,
    Add(OperatorEntry),
    Change(OperatorEntry),
    Import {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[arg(long, value_name = "FILE")]
        passwords: Option<PathBuf>,
    },
    Reset {
        #[arg(value_name = "LOGIN")]
        login: String,
    },
    Key {
        #[arg(value_name = "LOGIN")]
        login: String,
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    Password {
        #[arg(long, value_name = "FILE|-")]
        new_file: Option<PathBuf>,
    },
    Acknowledge {
        #[arg(long)]
        yes: bool,
    },
    Deputy(OperatorDeputy),
    HandOver {
        #[arg(value_name = "FROM")]
        from: String,
        #[arg(value_name = "TO")]
        to: String,
    },
    Leave {
        #[arg(value_name = "LOGIN")]
        login: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct OperatorDeputy {
    #[arg(value_name = "LOGIN")]
    pub(super) login: String,
    #[arg(long = "for", value_name = "LOGIN")]
    pub(super) stands_for: Option<String>,
    #[arg(long, value_name = "DAY")]
    pub(super) from: Option<String>,
    #[arg(long, value_name = "DAY")]
    pub(super) to: Option<String>,
    #[arg(long, conflicts_with_all = ["from", "to"])]
    pub(super) remove: bool,
}

#[derive(Debug, Args)]
pub(super) struct OperatorEntry {
    #[arg(value_name = "LOGIN")]
    pub(super) login: String,
    #[arg(long, value_name = "NAME")]
    pub(super) name: Option<String>,
    #[arg(long, value_name = "ROLE,…", value_delimiter = ',')]
    pub(super) roles: Vec<String>,
    #[arg(long, value_name = "NAME")]
    pub(super) department: Option<String>,
    #[arg(long)]
    pub(super) service: bool,
    #[arg(long, value_name = "UID|NAME|none")]
    pub(super) account: Option<String>,
    #[arg(long, conflicts_with = "active")]
    pub(super) inactive: bool,
    #[arg(long)]
    pub(super) active: bool,
}

#[derive(Debug, Args)]
pub(super) struct Looks {
    #[arg(long, value_name = "NUMBER")]
    pub(super) about: Option<String>,
    #[arg(long, value_name = "LOGIN")]
    pub(super) by: Option<String>,
    #[arg(long, value_name = "DAY")]
    pub(super) from: Option<String>,
    #[arg(long, value_name = "DAY")]
    pub(super) to: Option<String>,
    #[arg(long)]
    pub(super) refused: bool,
    #[arg(
        long,
        value_name = "N",
        default_value_t = 50,
        allow_negative_numbers = true
    )]
    pub(super) limit: u32,
}

#[derive(Debug, Args)]
pub(super) struct Remark {
    #[arg(value_name = "NUMBER")]
    pub(super) number: String,
    #[arg(value_name = "TEXT", required = true)]
    pub(super) text: Vec<String>,
}

#[derive(Debug, Args)]
pub(super) struct Permit {
    #[command(subcommand)]
    pub(super) command: PermitCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum PermitCommand {
    Grant(PermitEntry),
    List,
    Revoke {
        #[arg(value_name = "NUMBER")]
        number: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct PermitEntry {
    #[arg(value_name = "WHAT", value_parser = ["read", "export", "backup"])]
    pub(super) what: String,
    #[arg(long = "for", value_name = "LOGIN")]
    pub(super) for_whom: Option<String>,
    #[arg(long, value_name = "DAY")]
    pub(super) from: Option<String>,
    #[arg(long, value_name = "DAY")]
    pub(super) to: Option<String>,
    #[arg(long, value_name = "PATH")]
    pub(super) place: Option<String>,
    #[arg(long, value_name = "TEXT")]
    pub(super) reason: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Hub {
    #[command(subcommand)]
    pub(super) command: Option<HubCommand>,
    #[arg(long, hide = true)]
    pub(super) detach: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum HubCommand {
    Status,
    Drain,
    Stop,
}

#[derive(Debug, Args)]
pub(super) struct Completions {
    #[arg(value_name = "SHELL")]
    pub(super) shell: clap_complete::Shell,
}
