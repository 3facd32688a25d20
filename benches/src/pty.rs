//! A program at a terminal, timed key by key: how long until the first byte of what it draws, how
//! long until the last before it falls silent, how many bytes.

use std::collections::BTreeMap;
use std::io::{Read as _, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::Fallible;
use crate::report::Times;
use crate::rig::{MACHINE, program};

/// Columns and rows of every terminal.
const SIZE: PtySize = PtySize {
    rows: 40,
    cols: 120,
    pixel_width: 0,
    pixel_height: 0,
};
/// A program that has drawn and then was silent for so long has answered.
const SILENCE: Duration = Duration::from_millis(10);
/// A program that has started and was silent for so long stands still.
const STILL: Duration = Duration::from_millis(300);
/// A key that draws nothing within this time draws nothing.
const PATIENCE: Duration = Duration::from_millis(200);
/// A program has started within this time.
const START: Duration = Duration::from_mins(2);
/// A frame is whole within this time.
const FRAME: Duration = Duration::from_secs(5);
/// What ends a frame.
const FRAME_END: &[u8] = b"\x1b[?2026l";
/// Between two keys, so that what still comes belongs to the key before.
const REST: Duration = Duration::from_millis(2);

/// What a program asks its terminal, and what the terminal says.
const QUERIES: [(&[u8], &[u8]); 3] = [
    (b"\x1b[6n", b"\x1b[1;1R"),
    (b"\x1b[c", b"\x1b[?62;22c"),
    (b"\x1b[?u", b"\x1b[?0u"),
];

/// A program at a terminal.
pub struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    _master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    output: Receiver<(Instant, Vec<u8>)>,
    /// How long it took to its first byte, and until it stood still.
    pub started: (Duration, Duration),
    /// Everything it wrote so far.
    pub written: Vec<u8>,
}

/// What keys of one kind cost.
#[derive(Debug, Default, Clone)]
pub struct Keys {
    /// Until the first byte.
    pub first: Times,
    /// Until the last byte.
    pub last: Times,
    /// Bytes.
    pub bytes: Vec<usize>,
    /// Keys that drew nothing.
    pub silent: usize,
}

impl Keys {
    /// The bytes that so many of a hundred keys kept to.
    pub fn bytes_within(&self, percent: usize) -> usize {
        let mut bytes = self.bytes.clone();
        bytes.sort_unstable();
        let place = (bytes.len() * percent).div_ceil(100).saturating_sub(1);
        bytes.get(place).copied().unwrap_or(0)
    }
}

/// The program at a store, as its operator.
pub fn frontdesk(folder: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(program());
    command.args(["--as", "wang"]);
    command.env_clear();
    let texts = [
        ("TERM", "xterm-256color"),
        ("LANG", "zh_CN.UTF-8"),
        ("FRONTDESK_AMBIGUOUS", "narrow"),
    ];
    for (name, value) in texts {
        command.env(name, value);
    }
    command.env("HOME", folder);
    command.env("FRONTDESK_DATA", folder.join("data"));
    command.env("FRONTDESK_CONFIG", folder.join(MACHINE));
    command.cwd(folder);
    command
}

/// The bare list over so many rows.
pub fn floor(rows: u64) -> Fallible<CommandBuilder> {
    let beside = std::env::current_exe()?.with_file_name("floor");
    let mut command = CommandBuilder::new(beside);
    command.arg(rows.to_string());
    command.env_clear();
    command.env("TERM", "xterm-256color");
    command.env("LANG", "zh_CN.UTF-8");
    Ok(command)
}

impl Terminal {
    /// Starts a program and waits until it stands still.
    pub fn start(command: CommandBuilder) -> Fallible<Self> {
        let pair = native_pty_system().openpty(SIZE)?;
        let mut reader = pair.master.try_clone_reader()?;
        let (sender, output) = channel();
        let began = Instant::now();
        let child = pair.slave.spawn_command(command)?;
        drop(pair.slave);
        thread::spawn(move || {
            let mut buffer = vec![0; 65_536];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                let now = Instant::now();
                let bytes = buffer.get(..count).unwrap_or_default().to_vec();
                if sender.send((now, bytes)).is_err() {
                    break;
                }
            }
        });
        let writer = pair.master.take_writer()?;
        let mut terminal = Self {
            child,
            _master: pair.master,
            writer,
            output,
            started: (Duration::ZERO, Duration::ZERO),
            written: Vec::new(),
        };
        let drawn = terminal.answer(began, START, STILL)?;
        let (first, last, _) = drawn.ok_or("the program drew nothing")?;
        terminal.started = (first, last);
        Ok(terminal)
    }

    /// What is drawn from now on until it falls silent: first byte, last byte, bytes.
    fn answer(
        &mut self,
        began: Instant,
        patience: Duration,
        silence: Duration,
    ) -> Fallible<Option<(Duration, Duration, usize)>> {
        let mut drawn: Option<(Duration, Duration, usize)> = None;
        loop {
            let wait = if drawn.is_some() { silence } else { patience };
            match self.output.recv_timeout(wait) {
                Ok((at, bytes)) => {
                    let at = at.duration_since(began);
                    let (first, _, count) = drawn.unwrap_or((at, at, 0));
                    drawn = Some((first, at, count + bytes.len()));
                    self.reply(&bytes)?;
                    self.written.extend(bytes);
                }
                Err(RecvTimeoutError::Timeout) => return Ok(drawn),
                Err(RecvTimeoutError::Disconnected) => return Err("the program ended".into()),
            }
        }
    }

    fn reply(&mut self, bytes: &[u8]) -> Fallible<()> {
        for (query, reply) in QUERIES {
            if bytes.windows(query.len()).any(|part| part == query) {
                self.writer.write_all(reply)?;
            }
        }
        Ok(())
    }

    /// Sends a key and times what comes of it.
    pub fn press(&mut self, key: &str, keys: &mut Keys) -> Fallible<()> {
        thread::sleep(REST);
        // What came late belongs to the key before.
        while let Ok((_, bytes)) = self.output.try_recv() {
            if let Some(last) = keys.bytes.last_mut() {
                *last += bytes.len();
            }
            self.written.extend(bytes);
        }
        let began = Instant::now();
        self.writer.write_all(key.as_bytes())?;
        match self.answer(began, PATIENCE, SILENCE)? {
            Some((first, last, bytes)) => {
                keys.first.add(first);
                keys.last.add(last);
                keys.bytes.push(bytes);
            }
            None => keys.silent += 1,
        }
        Ok(())
    }

    /// Sends a key and waits for nothing.
    pub fn send(&mut self, key: &str) -> Fallible<()> {
        self.writer.write_all(key.as_bytes())?;
        Ok(())
    }

    /// The next frame, and when it was whole; what comes after it waits for the next call.
    pub fn frame(&mut self) -> Fallible<(Instant, Vec<u8>)> {
        let mut frame = std::mem::take(&mut self.written);
        let mut at = Instant::now();
        loop {
            let end = frame
                .windows(FRAME_END.len())
                .position(|it| it == FRAME_END);
            if let Some(end) = end {
                self.written = frame.split_off(end + FRAME_END.len());
                return Ok((at, frame));
            }
            let (came, bytes) = self.output.recv_timeout(FRAME)?;
            at = came;
            frame.extend(bytes);
        }
    }

    /// Sends a key that nobody times.
    pub fn pass(&mut self, key: &str) -> Fallible<()> {
        self.press(key, &mut Keys::default())
    }

    /// How many bytes come within a time in which nothing is typed.
    pub fn quiet(&mut self, within: Duration) -> usize {
        let until = Instant::now() + within;
        let mut count = 0;
        while let Some(left) = until.checked_duration_since(Instant::now()) {
            match self.output.recv_timeout(left) {
                Ok((_, bytes)) => count += bytes.len(),
                Err(_) => break,
            }
        }
        count
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // What is measured is measured.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A key file in the notation of the names below: one key a line, `@repeat COUNT KEY`,
/// `@type TEXT`, `@label NAME`, `@silent KEY`. The costs by label.
pub fn play(terminal: &mut Terminal, script: &str) -> Fallible<BTreeMap<String, Keys>> {
    let mut labels: BTreeMap<String, Keys> = BTreeMap::new();
    let mut label = String::from("all");
    for line in script.lines().filter(|line| !line.trim().is_empty()) {
        let keys = labels.entry(label.clone()).or_default();
        if let Some(rest) = line.strip_prefix("@repeat ") {
            let (count, key) = rest.split_once(' ').ok_or("no count")?;
            for _ in 0..count.parse()? {
                terminal.press(named(key), keys)?;
            }
        } else if let Some(text) = line.strip_prefix("@type ") {
            for c in text.chars() {
                terminal.press(c.encode_utf8(&mut [0; 4]), keys)?;
            }
        } else if let Some(name) = line.strip_prefix("@label ") {
            name.clone_into(&mut label);
        } else if let Some(key) = line.strip_prefix("@silent ") {
            terminal.pass(named(key))?;
        } else {
            terminal.press(named(line), keys)?;
        }
    }
    labels.retain(|_, keys| !keys.bytes.is_empty() || keys.silent > 0);
    Ok(labels)
}

fn named(key: &str) -> &str {
    match key {
        "<Up>" => UP,
        "<Down>" => DOWN,
        "<PgUp>" => PAGE_UP,
        "<PgDn>" => PAGE_DOWN,
        "<Home>" => HOME,
        "<End>" => END,
        "<Esc>" => ESC,
        "<Tab>" => "\t",
        "<Enter>" => "\r",
        "<BS>" => "\x7f",
        other => other,
    }
}

/// Keys as terminals send them.
pub const UP: &str = "\x1b[A";
/// The same.
pub const DOWN: &str = "\x1b[B";
/// The same.
pub const PAGE_UP: &str = "\x1b[5~";
/// The same.
pub const PAGE_DOWN: &str = "\x1b[6~";
/// The same.
pub const HOME: &str = "\x1b[H";
/// The same.
pub const END: &str = "\x1b[F";
/// The same.
pub const ESC: &str = "\x1b";
/// Empties a field.
pub const CLEAR: &str = "\x15";
