//! The real program in a real terminal: start, resize, paste, split keys, hang-up, kill.
//!
//! Nothing waits a fixed time: each step waits for what must come to stand on the screen, and
//! fails with the last screen when it does not.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Longer than any step takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the program writes after a whole frame.
const END_OF_FRAME: &[u8] = b"\x1b[?2026l";

struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    keys: Option<Box<dyn Write + Send>>,
    output: Receiver<Vec<u8>>,
    /// Tells the reader to let go of the line with the next bytes.
    stop: Arc<AtomicBool>,
    screen: vt100::Parser,
    /// Everything the program wrote.
    raw: Vec<u8>,
    /// Whether a probe for the cursor's position is answered as a terminal would that draws
    /// ambiguous characters over this many columns.
    ambiguous: Option<u16>,
}

fn nonzero(cells: u16) -> NonZero<u16> {
    NonZero::new(cells).unwrap()
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    }
}

impl Terminal {
    fn open(arguments: &[&str], cols: u16, rows: u16, ambiguous: Option<u16>) -> Self {
        let pair = native_pty_system().openpty(size(cols, rows)).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_frontdesk"));
        command.args(arguments);
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("LANG", "zh_CN.UTF-8");
        command.env("HOME", "/nonexistent");
        command.cwd("/");
        if ambiguous.is_none() {
            command.env("FRONTDESK_AMBIGUOUS", "narrow");
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let keys = pair.master.take_writer().unwrap();
        let (sender, output) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        std::thread::spawn(move || {
            let mut buffer = [0_u8; 8192];
            while let Ok(count) = reader.read(&mut buffer) {
                let over = count == 0 || stopped.load(Ordering::SeqCst);
                if sender.send(buffer[..count].to_vec()).is_err() || over {
                    break;
                }
            }
        });
        Self {
            child,
            master: Some(pair.master),
            keys: Some(keys),
            output,
            stop,
            screen: vt100::Parser::new(nonzero(rows), nonzero(cols), 0),
            raw: Vec::new(),
            ambiguous,
        }
    }

    /// Takes in what the program writes until the condition holds.
    fn wait_until(&mut self, what: &str, mut holds: impl FnMut(&Self) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !(self.raw.ends_with(END_OF_FRAME) && holds(self)) {
            let left = end.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(error) => panic!("no {what} ({error}):\n{}", self.text()),
            }
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        let seen = self.raw.len();
        self.raw.extend_from_slice(bytes);
        self.screen.process(bytes);
        // The question may come in two pieces.
        let from = seen.saturating_sub(3);
        if let Some(columns) = self.ambiguous
            && self.raw[from..].windows(4).any(|four| four == b"\x1b[6n")
        {
            let answer = format!("\x1b[1;{}R", columns + 1);
            self.write(answer.as_bytes());
        }
    }

    fn write(&mut self, bytes: &[u8]) {
        let keys = self.keys.as_mut().unwrap();
        keys.write_all(bytes).unwrap();
        keys.flush().unwrap();
    }

    fn text(&self) -> String {
        self.screen.screen().contents()
    }

    fn shows(&mut self, text: &str) {
        self.wait_until(&format!("“{text}” on the screen"), |terminal| {
            terminal.text().contains(text)
        });
    }

    fn hides(&mut self, text: &str) {
        self.wait_until(&format!("screen without “{text}”"), |terminal| {
            !terminal.text().contains(text)
        });
    }

    fn cursor(&self) -> (u16, u16) {
        let (row, col) = self.screen.screen().cursor_position();
        (col, row)
    }

    /// Waits for the program to end and says how.
    fn ended(&mut self) -> u32 {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(Instant::now() < end, "still running:\n{}", self.text());
            // Reading on keeps the program from blocking on a full pipe, and waits a little.
            if let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(20)) {
                self.take(&bytes);
            }
        }
    }

    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

/// A store with sample data, made by the program itself.
fn store(dir: &Path) -> String {
    let data = dir.join("desk").display().to_string();
    let made = std::process::Command::new(env!("CARGO_BIN_EXE_frontdesk"))
        .args([
            "init",
            "--profile",
            "property",
            "--site",
            "桂花苑",
            "--operator",
            "lili",
            "--rehearsal",
        ])
        .args(["--data", &data])
        .env_clear()
        .output()
        .unwrap();
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    data
}

fn listed(data: &str, kind: &str) -> String {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_frontdesk"))
        .args(["list", kind, "--json", "--data", data])
        .env_clear()
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

fn desk(dir: &Path) -> (String, Terminal) {
    let data = store(dir);
    let mut terminal = Terminal::open(&["--data", &data], 80, 24, None);
    terminal.shows("还没有记录");
    (data, terminal)
}

#[test]
fn the_first_start_asks_for_little_and_opens_the_desk() {
    let dir = tempfile::tempdir().unwrap();
    let data: PathBuf = dir.path().join("new");
    let mut terminal = Terminal::open(&["--data", &data.display().to_string()], 80, 24, None);
    terminal.shows("欢迎使用前台");
    terminal.write(b"\x1bOQ"); // F2
    terminal.shows("还没有记录");
    terminal.write(b"\x11"); // Ctrl+Q
    assert_eq!(terminal.ended(), 0);
    assert!(data.join("FORMAT").is_file());
    assert!(
        terminal.raw.windows(8).any(|bytes| bytes == b"\x1b[?1049l"),
        "alternate screen left"
    );
}

#[test]
fn a_call_typed_in_chinese_is_saved_and_the_cursor_stands_at_the_caret() {
    let dir = tempfile::tempdir().unwrap();
    let (data, mut terminal) = desk(dir.path());
    terminal.write(b"c");
    terminal.shows("来电登记");
    terminal.write(b"13800138000");
    terminal.shows("13800138000");
    let phone = terminal.cursor();
    terminal.write(b"\t");
    terminal.wait_until("cursor in the next field", |terminal| {
        terminal.cursor().1 == phone.1 + 1
    });
    let before = terminal.cursor();
    terminal.write("王小明".as_bytes());
    terminal.shows("王小明");
    let after = terminal.cursor();
    assert_eq!(
        (after.0 - before.0, after.1),
        (6, before.1),
        "three Han characters are six cells"
    );
    terminal.write("\t3-1201\t\t\t厨房漏水".as_bytes());
    terminal.shows("厨房漏水");
    terminal.write(b"\x1bOQ");
    terminal.shows("IN-");
    terminal.kill();
    let list = listed(&data, "intakes");
    assert!(
        list.contains("王小明") && list.contains("厨房漏水"),
        "{list}"
    );
}

#[test]
fn a_paste_is_text_and_never_a_command_or_a_submit() {
    let dir = tempfile::tempdir().unwrap();
    let (data, mut terminal) = desk(dir.path());
    terminal.write(b"c");
    terminal.shows("来电登记");
    terminal.write(b"13800138000\t");
    let hostile = "\x1b[200~李雷\n韩梅梅\t\x1b]0;owned\x07\u{202e}end\u{9b}31m\x1b[201~";
    terminal.write(hostile.as_bytes());
    terminal.shows("李雷 韩梅梅");
    terminal.shows("来电登记");
    assert!(
        !terminal
            .raw
            .windows(9)
            .any(|bytes| bytes == b"\x1b]0;owned"),
        "a title was set"
    );
    let shown = String::from_utf8_lossy(&terminal.raw).into_owned();
    assert!(!shown.contains('\u{202e}') && !shown.contains('\u{9b}'));
    terminal.kill();
    assert!(
        !listed(&data, "intakes").contains("李雷"),
        "a line end in a paste saved the form"
    );
}

#[test]
fn an_escape_sequence_in_two_pieces_is_one_key_and_loses_no_form() {
    let dir = tempfile::tempdir().unwrap();
    let (_, mut terminal) = desk(dir.path());
    terminal.write(b"c");
    terminal.shows("来电登记");
    terminal.write("13800138000\t王小".as_bytes());
    terminal.shows("王小");
    let before = terminal.cursor();
    terminal.write(b"\x1b");
    terminal.write(b"[D");
    terminal.wait_until("cursor one character to the left", |terminal| {
        terminal.cursor() == (before.0 - 2, before.1)
    });
    terminal.write("大".as_bytes());
    terminal.shows("王大小");
}

#[test]
fn a_resize_draws_the_desk_anew_and_a_tiny_terminal_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let (_, mut terminal) = desk(dir.path());
    for (cols, rows) in [(120, 40), (60, 16), (20, 5), (1, 1), (100, 30)] {
        terminal
            .screen
            .screen_mut()
            .set_size(nonzero(rows), nonzero(cols));
        terminal
            .master
            .as_ref()
            .unwrap()
            .resize(size(cols, rows))
            .unwrap();
        terminal.wait_until("frame of the new size", |terminal| {
            let text = terminal.text();
            match cols {
                60.. => text.contains("还没有记录"),
                20 => text.contains("太小"),
                _ => true,
            }
        });
    }
    terminal.write(b"?");
    terminal.shows("帮助");
}

#[test]
fn a_line_that_drops_ends_the_program_and_keeps_the_draft() {
    let dir = tempfile::tempdir().unwrap();
    let (data, mut terminal) = desk(dir.path());
    terminal.write(b"c");
    terminal.shows("来电登记");
    terminal.write("13800138000\t掉线的人".as_bytes());
    terminal.shows("掉线的人");
    // The line is gone once nobody holds it: not the reader either, which leaves with the answer
    // to one more key.
    terminal.stop.store(true, Ordering::SeqCst);
    terminal.write(b"x");
    while terminal.output.recv_timeout(PATIENCE).is_ok() {}
    terminal.keys = None;
    terminal.master = None;
    terminal.ended();
    let mut again = Terminal::open(&["--data", &data], 80, 24, None);
    again.shows("草稿");
    again.kill();
    assert!(!listed(&data, "intakes").contains("掉线的人"));
}

#[test]
fn a_form_killed_with_the_program_comes_back_as_a_draft() {
    let dir = tempfile::tempdir().unwrap();
    let (data, mut terminal) = desk(dir.path());
    terminal.write(b"c");
    terminal.shows("来电登记");
    terminal.write("13800138000\t没填完的人".as_bytes());
    terminal.shows("没填完的人");
    let drafts = Path::new(&data).join("drafts");
    let end = Instant::now() + PATIENCE;
    // A draft is on disk within 300 ms; a busy machine gets longer.
    while std::fs::read_dir(&drafts).is_ok_and(|mut files| files.next().is_none()) {
        assert!(Instant::now() < end, "no draft was written");
        let _ = terminal.output.recv_timeout(Duration::from_millis(20));
    }
    terminal.kill();
    let plain = "没填完的人".as_bytes();
    for file in std::fs::read_dir(&drafts).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(
            !bytes.windows(plain.len()).any(|part| part == plain),
            "a draft is sealed"
        );
    }
    let mut again = Terminal::open(&["--data", &data], 80, 24, None);
    again.shows("草稿");
}

#[test]
fn a_terminal_that_draws_ambiguous_characters_wide_gets_plain_borders() {
    let dir = tempfile::tempdir().unwrap();
    let data = store(dir.path());
    let mut wide = Terminal::open(&["--data", &data], 80, 24, Some(2));
    wide.shows("还没有记录");
    let text = wide.text();
    assert!(
        !text.contains('─') && !text.contains('│') && text.contains('|'),
        "{text}"
    );
    wide.kill();
    let mut narrow = Terminal::open(&["--data", &data], 80, 24, Some(1));
    narrow.shows("还没有记录");
    assert!(narrow.text().contains('─'));
}

#[test]
fn nothing_is_written_while_nothing_changes() {
    let dir = tempfile::tempdir().unwrap();
    let (_, mut terminal) = desk(dir.path());
    terminal.write(b"?");
    terminal.shows("─ 帮助 ─");
    terminal.write(b"\x1b[B");
    terminal.write(b"\x1b[A");
    // Whatever was still to come has come when this key is answered.
    terminal.write(b"\x1b");
    terminal.hides("─ 帮助 ─");
    let quiet = terminal.output.recv_timeout(Duration::from_millis(400));
    assert!(quiet.is_err(), "{quiet:?}");
}

#[test]
fn a_termination_restores_the_terminal() {
    let dir = tempfile::tempdir().unwrap();
    let (_, mut terminal) = desk(dir.path());
    let pid = terminal.child.process_id().unwrap();
    let pid = rustix::process::Pid::from_raw(pid.cast_signed()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
    terminal.ended();
    while let Ok(bytes) = terminal.output.recv_timeout(Duration::from_millis(50)) {
        terminal.take(&bytes);
    }
    assert!(terminal.raw.windows(8).any(|bytes| bytes == b"\x1b[?1049l"));
    assert!(terminal.raw.windows(8).any(|bytes| bytes == b"\x1b[?2004l"));
}

#[test]
fn whatever_is_wrong_with_a_keymap_the_desk_opens_and_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let data = store(dir.path());
    let faulty = "[lst]\n\"F2\" = \"sve\"\n= =\n".repeat(100);
    let folder = dir.path().join("folder.toml");
    std::fs::create_dir(&folder).unwrap();
    let mut named = vec![folder];
    for (name, bytes) in [
        ("faulty.toml", faulty.into_bytes()),
        ("binary.toml", vec![0xFF; 4000]),
        ("huge.toml", b"# nothing\n".repeat(1 << 20)),
    ] {
        let path = dir.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        named.push(path);
    }
    for path in named {
        let keymap = path.display().to_string();
        let mut terminal = Terminal::open(&["--data", &data, "--keymap", &keymap], 80, 24, None);
        terminal.shows("条提示，请查看");
        terminal.write(b"c");
        terminal.shows("来电登记");
        terminal.kill();
    }
}

#[test]
fn without_a_terminal_the_desk_says_what_it_needs() {
    let dir = tempfile::tempdir().unwrap();
    let data = store(dir.path());
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_frontdesk"))
        .args(["--data", &data, "--lang", "en"])
        .env_clear()
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    assert_ne!(output.status.code(), Some(0));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("terminal"), "{said}");
}
