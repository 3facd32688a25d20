//! `verify`: reads everything and says what does not add up. A hub that has the store reads it, and
//! serves nobody else meanwhile.

use serde_json::json;

use super::args;
use super::console::Console;
use super::entry::enter;
use super::trouble::Trouble;
use super::way::Way;
use crate::hub::protocol::Verified;

/// A part of a hash that is shorter names too many of them.
const LEAST_DIGITS: usize = 8;

/// `frontdesk verify [--head HASH]`.
pub(super) fn verify(
    global: &args::Global,
    verify: &args::Verify,
    console: &mut Console,
) -> Result<(), Trouble> {
    let head = verify.head.as_deref().map(hash).transpose()?;
    let mut entry = enter(global, console)?;
    let report = match &mut entry.desk {
        Way::Here(counter) => counter.desk_mut().verify(head.as_deref())?.into(),
        Way::Hub(line) => line.verify(head)?,
    };
    entry.close()?;
    tell(&report, console)
}

/// What was found, and a failure when anything was.
pub(super) fn tell(report: &Verified, console: &mut Console) -> Result<(), Trouble> {
    if console.json {
        let findings: Vec<_> = report
            .findings
            .iter()
            .map(|(key, place)| json!({ "key": key, "place": place }))
            .collect();
        console.json(&json!({
            "frames": report.frames, "records": report.records, "entries": report.entries,
            "head": report.head, "findings": findings,
        }))?;
    } else {
        for (key, place) in &report.findings {
            console.say(&format!("finding-{key}"), &[("place", place)])?;
        }
    }
    if !report.findings.is_empty() {
        let count = report.findings.len().to_string();
        return Err(Trouble::told("verify-faulty", &[("count", &count)]));
    }
    if console.json {
        return Ok(());
    }
    let (frames, records) = (report.frames.to_string(), report.records.to_string());
    let args = [
        ("frames", &*frames),
        ("records", &*records),
        ("head", &*report.head),
    ];
    Ok(console.say("verify-clean", &args)?)
}

/// The digits of a hash, as the journal writes them.
fn hash(text: &str) -> Result<String, Trouble> {
    let digits: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect::<String>()
        .to_lowercase();
    let right = digits.len() >= LEAST_DIGITS && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if right {
        Ok(digits)
    } else {
        Err(Trouble::usage("usage-head", &[("value", text)]))
    }
}
