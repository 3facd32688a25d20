//! Any file as an import: opened as whatever it is, its rows, the columns found for them, and each
//! row a record.
//!
//! The first byte says what the rows are to become, the second in which encoding a text is read
//! and what its name ends with. A text before a line `---` is a map of columns, written by hand.
#![no_main]

use std::sync::{Arc, Once, OnceLock};

use frontdesk::domain::number::Kind;
use frontdesk::domain::profile::Profile;
use frontdesk::exchange::adopt::Reading;
use frontdesk::exchange::book::{Options, Unopened, open};
use frontdesk::exchange::encoding::named;
use frontdesk::exchange::mapping::Mapping;
use frontdesk::exchange::sheet::Sheet;
use frontdesk::exchange::words::Words;
use frontdesk::exchange::workbook::panic_is_caught;
use libfuzzer_sys::fuzz_target;

const KINDS: [Kind; 4] = [Kind::Customer, Kind::Intake, Kind::Complaint, Kind::File];
const ENCODINGS: [Option<&str>; 6] = [
    None,
    Some("utf-8"),
    Some("gb18030"),
    Some("utf-16le"),
    Some("big5"),
    Some("utf-16be"),
];
const NAMES: [&str; 4] = ["a.csv", "a.jsonl", "a.xlsx", "a"];

fn words() -> &'static Arc<Words> {
    static WORDS: OnceLock<Arc<Words>> = OnceLock::new();
    WORDS.get_or_init(|| Arc::new(Words::new()))
}

fn profile() -> &'static Profile {
    static PROFILE: OnceLock<Profile> = OnceLock::new();
    PROFILE.get_or_init(|| Profile::builtin("property").expect("built in"))
}

/// A panic of the reader of workbooks that the program catches is no finding.
fn heed_caught_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let abort = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !panic_is_caught() {
                abort(info);
            }
        }));
    });
}

fn rows(sheet: &Sheet, map: Option<Mapping>, kind: Kind) {
    let map = map.or_else(|| Mapping::propose(kind, sheet.headers(), words()).ok());
    let bound = map.and_then(|map| map.bind(sheet.headers()).ok());
    let reading = bound.map(|bound| Reading {
        bound,
        words: Arc::clone(words()),
        profile: profile().clone(),
    });
    let mut last = 0;
    let mut count = 0;
    for row in sheet.rows().take(5_000) {
        assert!(row.line >= last.max(1), "lines rise");
        last = row.line;
        count += 1;
        let Ok(cells) = row.cells else { continue };
        assert_eq!(cells.len(), sheet.headers().len());
        if let Some(reading) = &reading {
            let _ = reading.record(&cells);
        }
    }
    assert_eq!(count, sheet.count().min(5_000));
}

fuzz_target!(|bytes: &[u8]| {
    heed_caught_panics();
    let [kind, how, rest @ ..] = bytes else {
        return;
    };
    let kind = KINDS[usize::from(*kind) % KINDS.len()];
    let encoding = ENCODINGS[usize::from(*how) % ENCODINGS.len()].and_then(named);
    let name = NAMES[usize::from(*how / 8) % NAMES.len()];
    let mark = rest.windows(5).position(|window| window == b"\n---\n");
    let (map, file) = match mark {
        Some(at) => (Some(String::from_utf8_lossy(&rest[..at])), &rest[at + 5..]),
        None => (None, rest),
    };
    let map = map.and_then(|text| Mapping::parse(&text, "map.toml").ok());
    let mut options = Options {
        encoding,
        delimiter: map.as_ref().and_then(|map| map.delimiter),
        ..Options::default()
    };
    let mut opened = open(file.to_vec(), name, &options);
    // What it asks is answered with the first it offers.
    for _ in 0..2 {
        match &opened {
            Err(Unopened::Encoding(candidates)) => {
                options.encoding = candidates.first().map(|first| first.encoding);
            }
            Err(Unopened::Sheet(sheets)) => {
                options.sheet = sheets.first().map(|first| first.name.to_string());
            }
            _ => break,
        }
        opened = open(file.to_vec(), name, &options);
    }
    if let Ok(sheet) = opened {
        rows(&sheet, map, kind);
    }
});
