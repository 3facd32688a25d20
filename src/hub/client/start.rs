//! Starting a hub: this program once more, on its own.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::JoinFault;
use crate::domain::stamp::Stamp;

/// A hub that ended is not started again before this time is over.
const PAUSE: Duration = Duration::from_millis(100);
/// What the system puts behind the name of a program that was replaced while it ran.
const DELETED: &str = " (deleted)";

/// How a session has a hub started.
#[derive(Debug)]
pub struct Starter {
    program: PathBuf,
    arguments: Vec<String>,
    /// What the hub's clock is to be set to, in a store for training.
    pub clock: Option<Stamp>,
    child: Option<Child>,
    started: Option<Instant>,
}

impl Starter {
    /// The program and its arguments; it detaches itself.
    pub fn new(program: PathBuf, arguments: Vec<String>) -> Self {
        Self {
            program,
            arguments,
            clock: None,
            child: None,
            started: None,
        }
    }

    /// This program, under the name it has now: one that was replaced while it ran is started as
    /// what it was replaced by.
    ///
    /// # Errors
    /// Where the system does not say.
    pub fn this_program(arguments: Vec<String>) -> std::io::Result<Self> {
        let program = std::env::current_exe()?;
        let name = program.to_string_lossy();
        let program = match name.strip_suffix(DELETED) {
            Some(name) => PathBuf::from(name),
            None => program,
        };
        Ok(Self::new(program, arguments))
    }

    /// Starts a hub, unless one that was started is still on its way.
    ///
    /// # Errors
    /// When it ended by itself with a failure, or cannot be started.
    pub(super) fn start(&mut self) -> Result<(), JoinFault> {
        if let Some(child) = &mut self.child {
            match child.try_wait() {
                Ok(None) => return Ok(()),
                Ok(Some(code)) => {
                    self.child = None;
                    if !code.success() {
                        return Err(JoinFault::NotStarted);
                    }
                }
                Err(_) => self.child = None,
            }
        }
        if self.started.is_some_and(|at| at.elapsed() < PAUSE) {
            return Ok(());
        }
        self.started = Some(Instant::now());
        let child = Command::new(&self.program)
            .args(&self.arguments)
            .current_dir("/")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|_| JoinFault::NotStarted)?;
        self.child = Some(child);
        Ok(())
    }

    /// A hub is there; what became of one that was started is of no more interest.
    pub(super) fn is_there(&mut self) {
        if let Some(child) = &mut self.child
            && let Ok(Some(_)) = child.try_wait()
        {
            self.child = None;
        }
    }
}
