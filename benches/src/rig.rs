//! The real program in a folder of its own, and what the system says of a process.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use frontdesk::hub::Place;
use tempfile::TempDir;

use crate::Fallible;
use crate::session::line;

/// Says nothing of the machine, in place of the file that does.
pub const MACHINE: &str = "machine.toml";

/// A set-up store for training, and the hub that has it.
pub struct Rig {
    hub: Child,
    folder: TempDir,
}

/// Calls for every folder and file below a folder, the folders first, with its size.
pub fn tree(folder: &Path, call: &mut dyn FnMut(&Path, u64) -> Fallible<()>) -> Fallible<()> {
    call(folder, 0)?;
    for entry in fs::read_dir(folder)? {
        let (path, about) = entry.and_then(|it| Ok((it.path(), it.metadata()?)))?;
        if about.is_dir() {
            tree(&path, call)?;
        } else if about.is_file() {
            call(&path, about.len())?;
        }
    }
    Ok(())
}

/// Bytes in all files below a folder.
pub fn whole_size(folder: &Path) -> Fallible<u64> {
    let mut size = 0;
    tree(folder, &mut |_, bytes| {
        size += bytes;
        Ok(())
    })?;
    Ok(size)
}

/// The program measured.
pub fn program() -> PathBuf {
    std::env::var_os("FRONTDESK_PROGRAM").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/release/frontdesk"),
        PathBuf::from,
    )
}

/// A run of the program on a data folder, which sees nothing of this machine's settings.
pub fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(program());
    command
        .args(arguments)
        .env_clear()
        .env("LANG", "en_GB.UTF-8")
        .env("HOME", folder)
        .env("FRONTDESK_DATA", folder.join("data"))
        .env("FRONTDESK_CONFIG", folder.join(MACHINE))
        .stdin(Stdio::null())
        .current_dir(folder);
    command
}

/// Sets a store up.
pub fn set_up(folder: &Path) -> Fallible<()> {
    let init = [
        "init",
        "--rehearsal",
        "--profile",
        "property",
        "--operator",
        "wang",
    ];
    fs::write(folder.join(MACHINE), "")?;
    let ran = command(folder, &init).output()?;
    if ran.status.success() {
        return Ok(());
    }
    Err(String::from_utf8_lossy(&ran.stderr).into_owned().into())
}

/// A hub that is ready.
fn hub(folder: &Path) -> Fallible<Child> {
    let mut hub = command(folder, &["hub"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut ready = String::new();
    if let Some(out) = hub.stdout.take() {
        BufReader::new(out).read_line(&mut ready)?;
    }
    if ready.is_empty() {
        return Err("the hub did not start".into());
    }
    Ok(hub)
}

impl Rig {
    /// A new store and its hub, which is ready.
    pub fn new() -> Fallible<Self> {
        let folder = tempfile::tempdir()?;
        set_up(folder.path())?;
        Self::on(folder)
    }

    /// A hub on the store of a folder.
    pub fn on(folder: TempDir) -> Fallible<Self> {
        let hub = hub(folder.path())?;
        Ok(Self { hub, folder })
    }

    /// Stops the hub in order and gives the folder back.
    pub fn end(mut self) -> Fallible<TempDir> {
        line(&self.place())?.leave(false)?;
        self.hub.wait()?;
        Ok(std::mem::replace(&mut self.folder, tempfile::tempdir()?))
    }

    /// Waits for the hub to end, which was told to, and starts the next one.
    pub fn restart(&mut self) -> Fallible<()> {
        self.hub.wait()?;
        self.hub = hub(self.folder.path())?;
        Ok(())
    }

    /// Where the hub is found.
    pub fn place(&self) -> Place {
        Place::beside(&self.folder.path().join("data"))
    }

    /// The folder of everything.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Bytes of memory that the hub uses.
    pub fn memory(&self) -> Fallible<u64> {
        memory(self.hub.id())
    }
}

impl Drop for Rig {
    fn drop(&mut self) {
        // What is measured is measured; its folder goes with it.
        let _ = self.hub.kill();
        let _ = self.hub.wait();
    }
}

/// Bytes of memory that a process uses.
pub fn memory(pid: u32) -> Fallible<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kibibytes: u64 = line
        .and_then(|line| line.split_whitespace().nth(1))
        .ok_or("no VmRSS")?
        .parse()?;
    Ok(kibibytes * 1024)
}

/// Bytes in the files of a folder.
pub fn size(folder: &Path) -> Fallible<u64> {
    let mut size = 0;
    for entry in fs::read_dir(folder)? {
        size += entry?.metadata()?.len();
    }
    Ok(size)
}
