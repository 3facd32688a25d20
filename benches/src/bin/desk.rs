//! The program: hands its arguments over to `cli`.

use std::process::ExitCode;

fn main() -> ExitCode {
    frontdesk::cli::run(std::env::args_os())
}
