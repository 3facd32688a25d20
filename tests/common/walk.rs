//! Random work at a desk: commands of every kind, right and wrong, by anybody, and a plain model
//! of what the desk must hold after each.

use std::collections::{BTreeMap, BTreeSet};

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
    /// Records that an answer showed masked, so that the model has no more of them either.
    masked: BTreeSet<Number>,
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
            masked: BTreeSet::new(),
        }
    }

    /// Makes up a request, asks it, and holds the answer against the model.
    pub fn step(&mut self, door: &mut dyn Door) -> Answer {
        let envelope = self.envelope();
        let answer = door.ask(&envelope);
        self.learn(&envelope, &answer);
        self.unmask(door);
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
        self.unmask(door);
    }

    /// A record of an answer in full: one taken back with its import is masked for those who may not
    /// have it so, and has mostly nothing new but its version.
    fn whole(&mut self, one: &Record) -> Record {
        if let Some(known) = self.model.get(&one.number()) {
            let mut known = known.clone();
            *known.meta_mut() = one.meta().clone();
            if masked(&known) == *one {
                return known;
            }
            if masked(one) == *one {
                // What was filled with the import is emptied again.
                self.masked.insert(one.number());
            }
        }
        one.clone()
    }

    /// Has what answers showed masked shown in full to somebody who may see it; it is what was shown.
    pub fn unmask(&mut self, door: &mut dyn Door) {
        for number in std::mem::take(&mut self.masked) {
            let envelope = Envelope {
                id: RequestId(0),
                operator: self.first,
                accept: Vec::new(),
                request: Request::Look(Query::Get(number)),
            };
            match door.ask(&envelope) {
                Ok(Reply::Record(Some(row))) => {
                    assert_eq!(masked(&row.record), masked(&self.model[&number]));
                    self.model.insert(number, row.record);
                }
                Err(Failure::Fault { .. }) => drop(self.masked.insert(number)),
                other => panic!("{other:?}"),
            }
        }
    }

    /// Takes in what an answer says.
    pub fn learn(&mut self, envelope: &Envelope, answer: &Answer) {
        match answer {
            Ok(Reply::Done { record, also, .. }) => {
                self.acknowledged.push((envelope.clone(), record.number()));
                // Made in this order: the record asked for, and those made beside it.
                for one in std::iter::once(&**record).chain(also) {
                    let whole = self.whole(one);
                    self.put(&whole);
                }
            }
            Err(Failure::Stale { present }) => {
                // Masked for those who may not have the record in full; a record that an earlier
                // answer of the same go showed masked is not known in full yet.
                let known = self.model.get(&present.number()).unwrap();
                // Of what belongs to a graded file less shows, to some nothing.
                let [mut graded, mut closed] = [known.clone(), known.clone()];
                mask::graded(&mut graded);
                mask::closed(&mut closed);
                let shown = [known.clone(), masked(known), masked(&graded), closed];
                let whole = shown.contains(present);
                let only_masked = self.masked.contains(&present.number());
                assert!(
                    whole || only_masked && masked(present) == masked(known),
                    "{present:?}"
                );
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

/// A record as it is shown to those who may not have it in full.
fn masked(record: &Record) -> Record {
    let mut masked = record.clone();
    mask::record(&mut masked, None);
    masked
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
                    // What this site has no use for nobody sees, and nobody has made any.
                    Err(Failure::Refused(refusal))
                        if seq == 1 && refusal.problems.iter().all(|it| it.key == "nobody-may") =>
                    {
                        break;
                    }
                    other => panic!("{other:?}"),
                };
            }
        }
    }
    records
}

/// A desk of a property site that was just set up, and somebody to work at it. A slip is due
/// back after two working days, the first operator may give permits and acknowledge
/// major complaints, and many may do anything with a measure but what is their own.
pub fn begin(seed: u64) -> (Bench, Walk) {
    let many = "roles = [\"administrator\", \"department-head\", \"customer-service\"]";
    let measures = [
        "approve-measure",
        "carry-out",
        "verify-measure",
        "check-measure",
    ];
    let measures: String = measures.map(|step| format!("{step}.{many}\n")).concat();
    let site = format!(
        "[complaints]\ntold_of_major = [\"administrator\"]\n\
        [complaints.terms]\nassigned = {{ amount = 2, unit = \"working-days\" }}\n\
        [complaints.steps]\n{measures}\
        [permissions]\n\"permit.grant\".roles = [\"administrator\"]\n"
    );
    let mut bench = Bench::with_site_file("property", Some(&site));
    let first = bench.get(bench.operator).record;
    let site = bench.desk.site().unwrap().clone();
    (bench, Walk::new(seed, first, site.into()))
}
