//! Random work at a desk: commands of every kind, right and wrong, by anybody, and a plain model
//! of what the desk must hold after each.

use std::collections::BTreeMap;

use fastrand::Rng;
use frontdesk::desk::contract::{
    Answer, Door, Envelope, Failure, Query, Reply, Request, RequestId,
};
use frontdesk::domain::mask;
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::record::Record;

use super::Bench;

/// What must be in the store, and the chance by which the next request is made.
pub struct Walk {
    pub(super) random: Rng,
    /// Every record as it is now, void ones too.
    pub model: BTreeMap<Number, Record>,
    /// The operator who may do nearly everything.
    pub(super) first: Number,
    pub(super) last_id: u64,
    /// Every change acknowledged: its envelope and the record it was about.
    pub acknowledged: Vec<(Envelope, Number)>,
}

impl Walk {
    /// Begins at a desk that was just set up.
    pub fn new(seed: u64, first: Record, site: Record) -> Self {
        let number = first.number();
        let model = [first, site].map(|record| (record.number(), record));
        Self {
            random: Rng::with_seed(seed),
            model: model.into_iter().collect(),
            first: number,
            last_id: 1_000,
            acknowledged: Vec::new(),
        }
    }

    /// Makes up a request, asks it, and holds the answer against the model.
    pub fn step(&mut self, door: &mut dyn Door) -> Answer {
        let envelope = self.envelope();
        let answer = door.ask(&envelope);
        self.learn(&envelope, &answer);
        answer
    }

    /// Makes up some requests and asks them in one go.
    pub fn batch(&mut self, door: &mut dyn Door, count: usize) {
        let envelopes: Vec<Envelope> = (0..count).map(|_| self.envelope()).collect();
        let answers = door.ask_all(&envelopes);
        assert_eq!(answers.len(), envelopes.len());
        for (envelope, answer) in envelopes.iter().zip(&answers) {
            self.learn(envelope, answer);
        }
    }

    /// A record of an answer in full: one taken back with its import is masked for those who may not
    /// have it so, and has nothing new but its version.
    fn whole(&self, one: &Record) -> Record {
        if let Some(known) = self.model.get(&one.number()) {
            let mut known = known.clone();
            *known.meta_mut() = one.meta().clone();
            let mut masked = known.clone();
            mask::record(&mut masked, None);
            if masked == *one {
                return known;
            }
        }
        one.clone()
    }

    /// Takes in what an answer says.
    pub fn learn(&mut self, envelope: &Envelope, answer: &Answer) {
        match answer {
            Ok(Reply::Done { record, also, .. }) => {
                self.acknowledged.push((envelope.clone(), record.number()));
                // Made in this order: the record asked for, and those made beside it.
                for one in std::iter::once(&**record).chain(also) {
                    self.put(&self.whole(one));
                }
            }
            Err(Failure::Stale { present }) => {
                // Masked for those who may not have the record in full.
                let known = self.model.get(&present.number()).unwrap();
                let mut masked = known.clone();
                mask::record(&mut masked, None);
                assert!([known, &masked].contains(&&**present), "{present:?}");
            }
            Err(Failure::Missing(number)) => {
                let known = self.model.get(number);
                assert!(
                    known.is_none_or(|record| record.meta().void),
                    "{number} is there"
                );
            }
            Err(Failure::Refused(refusal)) => assert!(!refusal.problems.is_empty()),
            other => panic!("{other:?}"),
        }
    }

    /// Takes in a record that was made or changed.
    pub fn put(&mut self, record: &Record) {
        let number = record.number();
        let before = self.model.get(&number).map(|before| before.meta().version);
        if before.is_none() {
            assert_eq!(number.seq, self.last(number) + 1, "{number} leaves a gap");
        }
        let expected = before.unwrap_or_default() + 1;
        assert_eq!(record.meta().version, expected, "{number}");
        self.model.insert(number, record.clone());
    }

    fn last(&self, of: Number) -> u32 {
        let first = Number { seq: 0, ..of };
        let last = self
            .model
            .range(
                first..=Number {
                    seq: u32::MAX,
                    ..of
                },
            )
            .next_back();
        last.map_or(0, |(number, _)| number.seq)
    }
}

/// Every record in a store, void ones too.
pub fn everything(door: &mut dyn Door, asker: Number) -> BTreeMap<Number, Record> {
    everything_else(door, asker, &|_| false)
}

/// Every record in a store, but those that cannot be had and need not be.
pub fn everything_else(
    door: &mut dyn Door,
    asker: Number,
    may_fail: &dyn Fn(Number) -> bool,
) -> BTreeMap<Number, Record> {
    let mut records = BTreeMap::new();
    for kind in Kind::ALL {
        for year in 2024..2030 {
            for seq in 1.. {
                let number = Number {
                    kind: *kind,
                    year,
                    seq,
                };
                let request = Request::Look(Query::Get(number));
                let accept = Vec::new();
                let envelope = Envelope {
                    id: RequestId(0),
                    operator: asker,
                    accept,
                    request,
                };
                match door.ask(&envelope) {
                    Ok(Reply::Record(Some(row))) => records.insert(number, row.record),
                    // Nobody is shown a credential.
                    Ok(Reply::Record(None)) | Err(Failure::Missing(_)) => break,
                    Err(Failure::Fault { .. }) if may_fail(number) => continue,
                    other => panic!("{other:?}"),
                };
            }
        }
    }
    records
}

/// A desk of a property site that was just set up, and somebody to work at it. Complaints are due
/// after two days, and the first operator may give permits.
pub fn begin(seed: u64) -> (Bench, Walk) {
    let site = "[complaints]\nsolution_days = 2\n\
        [permissions]\n\"permit.grant\".roles = [\"administrator\"]\n";
    let mut bench = Bench::with_site_file("property", Some(site));
    let first = bench.get(bench.operator).record;
    let site = bench.desk.site().unwrap().clone();
    (bench, Walk::new(seed, first, site.into()))
}
