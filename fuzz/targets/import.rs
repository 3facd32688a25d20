//! Any file as an import: its text, its rows, the columns found for them, and each row a record.
//!
//! The first byte says what the rows are to become and in which encoding the rest is read. A
//! text before a line `---` is a map of columns, written by hand.
#![no_main]

use std::sync::OnceLock;

use frontdesk::domain::number::Kind;
use frontdesk::domain::profile::Profile;
use frontdesk::exchange::adopt::Reading;
use frontdesk::exchange::bound::Bound;
use frontdesk::exchange::encoding::named;
use frontdesk::exchange::mapping::Mapping;
use frontdesk::exchange::sheet::Sheet;
use frontdesk::exchange::words::Words;
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

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(Words::new)
}

fn profile() -> &'static Profile {
    static PROFILE: OnceLock<Profile> = OnceLock::new();
    PROFILE.get_or_init(|| Profile::builtin("property").expect("built in"))
}

fn rows(sheet: &Sheet, bound: Option<&Bound>) {
    let mut last = 0;
    for row in sheet.rows() {
        assert!(row.line > last, "lines rise");
        last = row.line;
        let Ok(cells) = row.cells else { continue };
        assert_eq!(cells.len(), sheet.headers().len());
        if let Some(bound) = bound {
            let reading = Reading {
                bound,
                words: words(),
                profile: profile(),
            };
            let _ = reading.record(&cells);
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Some((how, rest)) = bytes.split_first() else {
        return;
    };
    let kind = KINDS[usize::from(*how) % KINDS.len()];
    let encoding = ENCODINGS[usize::from(*how >> 2) % ENCODINGS.len()].and_then(named);
    let mark = rest.windows(5).position(|window| window == b"\n---\n");
    let (map, file) = match mark {
        Some(at) => (Some(String::from_utf8_lossy(&rest[..at])), &rest[at + 5..]),
        None => (None, rest),
    };
    let map = map.and_then(|text| Mapping::parse(&text, "map.toml").ok());
    let delimiter = map.as_ref().and_then(|map| map.delimiter);
    let Ok(sheet) = Sheet::read(file, encoding, delimiter) else {
        return;
    };
    let map = map.or_else(|| Mapping::propose(kind, sheet.headers(), words()).ok());
    let bound = map.and_then(|map| map.bind(sheet.headers()).ok());
    rows(&sheet, bound.as_ref());
});
