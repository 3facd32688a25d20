//! The real binary in a folder of its own: no home folder and no setting of the machine is seen.
#![allow(dead_code, reason = "each test file uses its own part of this")]

pub mod session;
pub mod work;

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A data folder and the program to run on it.
pub struct Program {
    dir: TempDir,
}

/// What a run brought.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Program {
    /// A folder with nothing in it.
    pub fn new() -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
        }
    }

    /// A rehearsal store of a profile, set up by `wang`.
    pub fn set_up(profile: &str) -> Self {
        let program = Self::new();
        let args = [
            "init",
            "--rehearsal",
            "--profile",
            profile,
            "--operator",
            "wang",
        ];
        let ran = program.run(&args);
        assert_eq!(ran.code, 0, "{}", ran.err);
        program
    }

    /// A file in the folder, beside the data.
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Where the data is.
    pub fn data(&self) -> PathBuf {
        self.path("data")
    }

    /// Puts a file into the folder.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// A run that is not started yet, in English.
    pub fn command(&self, args: &[impl AsRef<OsStr>]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_frontdesk"));
        command
            .args(args)
            .env_clear()
            .env("LANG", "en_GB.UTF-8")
            .env("HOME", self.dir.path())
            .env("FRONTDESK_DATA", self.data())
            .current_dir(self.dir.path());
        command
    }

    /// Runs the program without input.
    pub fn run(&self, args: &[impl AsRef<OsStr>]) -> Ran {
        ran(&self.command(args).stdin(Stdio::null()).output().unwrap())
    }

    /// Runs the program with input.
    pub fn run_with(&self, args: &[impl AsRef<OsStr>], input: &str) -> Ran {
        let mut command = self.command(args);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // The other end may have left before reading everything.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        ran(&child.wait_with_output().unwrap())
    }

    /// Runs the program and gives back what it wrote, having seen that all went well.
    pub fn good(&self, args: &[impl AsRef<OsStr>]) -> String {
        let ran = self.run(args);
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
        ran.out
    }
}

fn ran(output: &Output) -> Ran {
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// A file of the fixtures.
pub fn fixture(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(name)
        .display()
        .to_string()
}
