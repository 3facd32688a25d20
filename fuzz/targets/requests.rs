//! Any JSON line at the desk: understood or not, it is answered, and the store holds what it
//! must hold afterwards.
//!
//! Each line is one request by the first operator. What the desk makes of a request is the same
//! whichever door it came through.
#![no_main]

use std::sync::Arc;

use frontdesk::desk::clock::SetClock;
use frontdesk::desk::contract::{Command, Door, Envelope, Query, Reply, Request, RequestId};
use frontdesk::desk::{Desk, Options};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::operator::OperatorDetails;
use frontdesk::domain::stamp::Stamp;
use frontdesk::store::Home;
use frontdesk::store::files::SimulatedDisk;
use libfuzzer_sys::fuzz_target;
use serde::Deserialize;

const NOBODY: Number = Number {
    kind: Kind::Operator,
    year: 0,
    seq: 0,
};

#[derive(Deserialize)]
struct Line {
    #[serde(rename = "do")]
    change: Option<Command>,
    look: Option<Query>,
    #[serde(default)]
    accept: Vec<String>,
}

fn desk() -> (Desk, Number) {
    let clock = SetClock::at(Stamp::parse("2024-06-06 09:00", 480).expect("a time"));
    let home = Home::in_memory(Arc::new(SimulatedDisk::new())).expect("a store");
    let options = Options {
        clock: Box::new(clock),
        site_file: None,
    };
    let mut desk = Desk::open(home, options).expect("a desk");
    let operator = OperatorDetails {
        login: "mei".into(),
        name: "梅".into(),
        ..OperatorDetails::default()
    };
    let set_up = Command::SetUp {
        site: "梅园".into(),
        profile: "property".into(),
        operator,
        rehearsal: true,
    };
    let request = Request::Do(set_up);
    let envelope = Envelope {
        id: RequestId(1),
        operator: NOBODY,
        accept: vec![],
        request,
    };
    match desk.ask(&envelope) {
        Ok(Reply::Done { also, .. }) => {
            let operator = also.first().expect("an operator").number();
            (desk, operator)
        }
        other => panic!("{other:?}"),
    }
}

fuzz_target!(|bytes: &[u8]| {
    let mut lines = Vec::new();
    for line in bytes.split(|byte| *byte == b'\n').take(20) {
        if let Ok(line) = serde_json::from_slice::<Line>(line) {
            lines.push(line);
        }
    }
    if lines.is_empty() {
        return;
    }
    let (mut desk, operator) = desk();
    for (place, line) in (2..).zip(lines) {
        let request = match (line.change, line.look) {
            (Some(change), _) => Request::Do(change),
            (None, Some(look)) => Request::Look(look),
            (None, None) => continue,
        };
        let envelope = Envelope {
            id: RequestId(place),
            operator,
            accept: line.accept.iter().map(|yes| yes.as_str().into()).collect(),
            request,
        };
        if let Ok(reply) = desk.ask(&envelope) {
            serde_json::to_string(&reply).expect("every answer is a line");
        }
    }
    let report = desk.verify(None).expect("a report");
    assert!(report.is_clean(), "{report:#?}");
});
