//! Who is to be contacted on a morning, from exported CSVs with nothing but the standard library and an
//! almanac of its own: what the day's lists showed is held against this.

use std::collections::{BTreeMap, BTreeSet};

use crate::almanac::{Born, holidays};
use crate::csv::{Row, Table, day};

/// How the office follows its customers up, in days.
pub struct Rules {
    pub call: i64,
    pub closed: i64,
    pub visit: i64,
    pub quiet: i64,
    pub confirm: i64,
    /// Before a holiday.
    pub holiday: i64,
    /// Before and after a birthday.
    pub birthday: (i64, i64),
}

/// What said that a birthday was greeted: followed by whose it is and its day.
pub const GREETED: &str = "生日祝贺";

/// What was exported on a morning, before anybody was contacted.
pub struct Morning {
    pub day: i64,
    pub customers: Table,
    /// The contacts that are planned.
    pub planned: Table,
    pub plan: Table,
    pub campaigns: Table,
    pub surveys: Table,
    pub dossiers: Table,
}

/// What was exported later, of which only what was before a morning counts.
pub struct Past {
    /// The contacts that were had, tried or given up.
    pub contacts: Table,
    pub answers: Table,
    pub intakes: Table,
}

/// Something that has to stand on a list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due {
    /// Why, the record, and what else tells it from others.
    pub line: String,
    /// By what it came there, to be counted.
    pub source: String,
    /// Whether it was due before the morning.
    pub late: bool,
}

/// The last days on which a customer was reached: by telephone, by a visit, in any way.
#[derive(Default)]
struct Last {
    call: Option<i64>,
    visit: Option<i64>,
    any: Option<i64>,
}

impl Last {
    fn add(&mut self, on: i64, way: Way) {
        let seen = |last: &mut Option<i64>| *last = (*last).max(Some(on));
        seen(&mut self.any);
        match way {
            Way::Call => seen(&mut self.call),
            Way::Visit => seen(&mut self.visit),
            Way::Other => {}
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Call,
    Visit,
    Other,
}

impl Way {
    fn of(word: &str) -> Self {
        match word {
            "telephone" | "Call" | "Promise" | "Ask for referral" => Self::Call,
            "in person" | "Visit" | "Appointment" => Self::Visit,
            _ => Self::Other,
        }
    }
}

/// What is known of a morning before it is asked whose list is wanted.
pub struct Counter<'a> {
    rules: &'a Rules,
    morning: &'a Morning,
    last: BTreeMap<&'a str, Last>,
    /// The planned contacts of each customer: how and when.
    busy: BTreeMap<&'a str, Vec<(Way, i64)>>,
    /// Customers and the campaigns and surveys that are done with for them.
    served: BTreeSet<(&'a str, &'a str)>,
    /// Customers and the holidays they were greeted at.
    greeted: BTreeSet<(&'a str, i64)>,
    /// Customers and whose birthday they were greeted at.
    wished: BTreeSet<(&'a str, &'a str)>,
}

impl<'a> Counter<'a> {
    pub fn new(rules: &'a Rules, morning: &'a Morning, past: &'a Past) -> Self {
        let mut counter = Self {
            rules,
            morning,
            last: BTreeMap::new(),
            busy: BTreeMap::new(),
            served: BTreeSet::new(),
            greeted: BTreeSet::new(),
            wished: BTreeSet::new(),
        };
        let before = |it: &Row, column: &str| it.day(column).filter(|on| *on < morning.day);
        for it in past.contacts.rows().filter(|it| it.get("State") == "done") {
            if let Some(on) = before(&it, "Reached") {
                let way = Way::of(it.get("Reached by"));
                let last = counter.last.entry(it.get("Customer number"));
                last.or_default().add(on, way);
                counter.serve(it);
            }
        }
        for it in past.intakes.rows() {
            if let Some(on) = before(&it, "Began") {
                let last = counter.last.entry(it.get("Customer number"));
                last.or_default().add(on, Way::of(it.get("Channel")));
            }
        }
        for it in past.answers.rows() {
            if before(&it, "Created").is_some() {
                let pair = (it.get("Customer number"), it.get("Survey"));
                counter.served.insert(pair);
            }
        }
        for it in morning.planned.rows() {
            let planned = (Way::of(it.get("What")), it.day("Due").unwrap());
            let busy = counter.busy.entry(it.get("Customer number"));
            busy.or_default().push(planned);
            counter.serve(it);
        }
        counter
    }

    /// What a contact is for.
    fn serve(&mut self, it: Row<'a>) {
        let customer = it.get("Customer number");
        let serves = it.get("For (no.)");
        if !serves.is_empty() {
            self.served.insert((customer, serves));
        } else if it.get("Regular") == "regular" {
            let due = it.day("Due").unwrap();
            let begun = holidays().filter(|(first, _)| first - self.rules.holiday <= due);
            let (first, _) = begun.last().unwrap();
            self.greeted.insert((customer, first));
        }
        if let Some(whose) = it.get("What was said").strip_prefix(GREETED) {
            self.wished.insert((customer, whose));
        }
    }

    /// What has to stand on somebody's list.
    pub fn list(&self, who: &str) -> BTreeSet<Due> {
        let mut list = BTreeSet::new();
        self.planned(who, &mut list);
        self.plan_lines(who, &mut list);
        let born: BTreeMap<&str, &str> = self
            .morning
            .dossiers
            .rows()
            .map(|it| (it.get("Customer number"), it.get("Answers")))
            .collect();
        for it in self.morning.customers.rows() {
            let owner = it.get("Owner");
            let has = |mark: &str| it.get("Marks").split(", ").any(|it| it == mark);
            if has("Retired") || !(owner.is_empty() || owner == who) {
                continue;
            }
            let mut own = BTreeSet::new();
            let closed = has("Deal closed");
            self.card(it, &mut own);
            self.owed(it, closed, &mut own);
            if closed && !has("Key customer") {
                self.at_holidays(it, &mut own);
            }
            if closed || !owner.is_empty() {
                let answers = born.get(it.get("Number")).copied().unwrap_or_default();
                self.at_birthdays(it, answers, &mut own);
            }
            self.campaigns(it, &mut own);
            self.surveys(it, &mut own);
            list.extend(own.into_iter().map(|mut due| {
                if owner.is_empty() {
                    due.source.push_str(", nobody's");
                }
                due
            }));
        }
        list
    }

    fn planned(&self, who: &str, list: &mut BTreeSet<Due>) {
        for it in self.morning.planned.rows() {
            let due = it.day("Due").unwrap();
            if it.get("Owner") == who && due <= self.morning.day {
                list.insert(Due {
                    line: format!("planned {}", it.get("Number")),
                    source: format!("planned {}", it.get("What")),
                    late: due < self.morning.day,
                });
            }
        }
    }

    /// From the first day of their month, or some days before their holiday, until they are done.
    fn plan_lines(&self, who: &str, list: &mut BTreeSet<Due>) {
        for it in self.morning.plan.rows() {
            if it.get("State") != "not done" || it.get("Owner") != who {
                continue;
            }
            let ends = it.day("Due").unwrap();
            let (begins, source) = if it.get("Month").is_empty() {
                let holiday = holidays().find(|(_, last)| *last == ends);
                let (first, _) = holiday.unwrap();
                (first - self.rules.holiday, "plan of a holiday")
            } else {
                (day(&format!("{}-01", it.get("Month"))), "plan of a month")
            };
            if begins <= self.morning.day {
                list.insert(Due {
                    line: format!("plan {}", it.get("Number")),
                    source: source.to_owned(),
                    late: begins < self.morning.day,
                });
            }
        }
    }

    /// A card that was confirmed longer ago than the interval.
    fn card(&self, it: Row, list: &mut BTreeSet<Due>) {
        let until = it.day("Confirmed on").unwrap() + self.rules.confirm;
        if until < self.morning.day {
            self.add(list, "card", it.get("Number"), until + 1);
        }
    }

    fn add(&self, list: &mut BTreeSet<Due>, source: &str, number: &str, since: i64) {
        list.insert(Due {
            line: format!("{source} {number}"),
            source: source.to_owned(),
            late: since < self.morning.day,
        });
    }

    /// The first of what is owed: calls of those with whom business was closed, calls, visits, any contact.
    fn owed(&self, it: Row, closed: bool, list: &mut BTreeSet<Due>) {
        let number = it.get("Number");
        let none = Last::default();
        let had = self.last.get(number).unwrap_or(&none);
        let registered = it.day("Created").unwrap();
        let after = |last: Option<i64>, days: i64| last.unwrap_or(registered) + days;
        let rules = self.rules;
        let empty = Vec::new();
        let busy = self.busy.get(number).unwrap_or(&empty);
        let free = |way: Option<Way>, days: i64| {
            let until = self.morning.day + days;
            !busy
                .iter()
                .any(|(of, on)| way.is_none_or(|way| way == *of) && *on <= until)
        };
        let call = Some(Way::Call);
        let closed_days = if closed { rules.closed } else { i64::MAX / 4 };
        let intervals = [
            ("closed", call, closed_days, after(had.call, closed_days)),
            ("call", call, rules.call, after(had.call, rules.call)),
            (
                "visit",
                Some(Way::Visit),
                rules.visit,
                after(had.visit, rules.visit),
            ),
            ("quiet", None, rules.quiet, after(had.any, rules.quiet) + 1),
        ];
        let found = intervals
            .into_iter()
            .filter(|(_, way, days, _)| free(*way, *days))
            .find(|(.., since)| *since <= self.morning.day);
        if let Some((source, .., since)) = found {
            self.add(list, source, number, since);
        }
    }

    fn at_holidays(&self, it: Row, list: &mut BTreeSet<Due>) {
        let today = self.morning.day;
        let near = today + self.rules.holiday;
        for (first, last) in holidays() {
            let is_near = first <= near && last >= today;
            if is_near && !self.greeted.contains(&(it.get("Number"), first)) {
                list.insert(Due {
                    line: format!("holiday {} {first}", it.get("Number")),
                    source: "holiday".to_owned(),
                    late: first - self.rules.holiday < today,
                });
            }
        }
    }

    /// The customer's birthday and those of the family, each once.
    fn at_birthdays(&self, it: Row, answers: &str, list: &mut BTreeSet<Due>) {
        let today = self.morning.day;
        let (before, after) = self.rules.birthday;
        for line in answers.lines() {
            let line = line.replace(": ", ", ");
            let part = |names: [&str; 2]| {
                let mut parts = line.split(", ");
                parts.find_map(|part| names.iter().find_map(|name| part.strip_prefix(name)))
            };
            let Some(born) = part(["born ", "Born "]) else {
                continue;
            };
            let name = part(["name ", "Name "]).unwrap_or_default();
            let born = Born::read(born);
            for on in born.between(today - after, today + before) {
                let whose = format!("{name} {on}");
                if self.wished.contains(&(it.get("Number"), whose.as_str())) {
                    continue;
                }
                let source = match (born.lunar, born.leap, born.is_leap_day()) {
                    (_, true, _) => "birthday of a leap month",
                    (true, ..) => "lunar birthday",
                    (.., true) => "birthday on 29 February",
                    _ if name.is_empty() => "birthday",
                    _ => "birthday in the family",
                };
                list.insert(Due {
                    line: format!("birthday {} {whose}", it.get("Number")),
                    source: source.to_owned(),
                    late: on < today,
                });
            }
        }
    }

    fn campaigns(&self, it: Row, list: &mut BTreeSet<Due>) {
        for campaign in self.morning.campaigns.rows() {
            let open = campaign.day("Due").unwrap() >= self.morning.day;
            if open && self.is_for(campaign, it) {
                let sort = campaign.get("Kind");
                list.insert(Due {
                    line: format!("campaign {} {}", it.get("Number"), campaign.get("Number")),
                    source: format!("campaign {sort}"),
                    late: false,
                });
            }
        }
    }

    /// Of the customers who are nobody's there is one row, the survey's own.
    fn surveys(&self, it: Row, list: &mut BTreeSet<Due>) {
        for survey in self.morning.surveys.rows() {
            if survey.get("State") == "Running" && self.is_for(survey, it) {
                let number = survey.get("Number");
                let whose = if it.get("Owner").is_empty() {
                    number
                } else {
                    it.get("Number")
                };
                list.insert(Due {
                    line: format!("survey {whose} {number}"),
                    source: "survey".to_owned(),
                    late: false,
                });
            }
        }
    }

    /// Whether a customer is one of those whom something is for and who were not reached for it.
    fn is_for(&self, what: Row, it: Row) -> bool {
        let has = |mark: &str| it.get("Marks").split(", ").any(|it| it == mark);
        let holds = |part: &str| match part {
            "all customers" => true,
            "key customers" => has("Key customer"),
            "with a closed deal" => has("Deal closed"),
            "without a closed deal" => !has("Deal closed"),
            of => {
                let place = it.get("Place");
                let listed = ["Customer source", "Sales site", "Customer class"];
                place.split_once('-').is_some_and(|(block, _)| block == of)
                    || listed.iter().any(|column| it.get(column) == of)
            }
        };
        let known = self
            .served
            .contains(&(it.get("Number"), what.get("Number")));
        !known && what.get("For").split(", ").all(holds)
    }
}
