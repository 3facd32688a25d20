//! What the head of the office does: customers come, are marked and given to others; campaigns, surveys and
//! lines of the plan begin.

use std::collections::BTreeSet;

use frontdesk::desk::contract::Command;
use frontdesk::domain::calendar::Calendar;
use frontdesk::domain::campaign::{CampaignDetails, CampaignSort, Target};
use frontdesk::domain::customer::{Customer, CustomerDetails, Mark};
use frontdesk::domain::dossier::DossierDetails;
use frontdesk::domain::fines::Month;
use frontdesk::domain::follow_up::{FollowUpDetails, FollowUpKind};
use frontdesk::domain::number::Number;
use frontdesk::domain::operator::Operator;
use frontdesk::domain::plan::PlanDetails;
use frontdesk::domain::record::Record;
use frontdesk::domain::role::Role;
use frontdesk::domain::stamp::Day;
use frontdesk::domain::survey::{SurveyDetails, SurveyStep};

use fastrand::Rng;

use crate::common::{Bench, visited};
use crate::run::{PROMISE, RULES};

/// So many specialists.
const SPECIALISTS: usize = 5;
/// Surveys run for so many working days.
const SURVEY_DAYS: usize = 30;

/// The office.
pub struct Office {
    pub bench: Bench,
    /// The head of the office.
    head: Number,
    pub specialists: Vec<Operator>,
    pub random: Rng,
    /// The customers who have come so far.
    pub customers: Vec<Number>,
    /// So many come in all.
    coming: usize,
    /// Holidays of which there are lines in the plan.
    planned: BTreeSet<Day>,
    surveys: Vec<(usize, Number)>,
}

impl Office {
    /// An office that opens on a day, to which so many customers come.
    pub fn of(seed: u64, customers: usize, first: Day) -> Self {
        let site = format!(
            "[follow_ups]\ncall_days = {}\nclosed_days = {}\nvisit_days = {}\nquiet_days = {}\n\
             holiday_greetings = true\nholiday_days = {}\n\
             [customers]\nconfirm_days = {}\n\
             [greetings]\nlead_days = {}\nlate_days = {}\n\
             [permits]\nread = false\nexport = false\n",
            RULES.call,
            RULES.closed,
            RULES.visit,
            RULES.quiet,
            RULES.holiday,
            RULES.confirm,
            RULES.birthday.0,
            RULES.birthday.1,
        );
        let mut bench = Bench::set_up_at("leasing", Some(&site), &format!("{first} 07:00"));
        let head = bench.operator;
        let specialists = (1..=SPECIALISTS)
            .map(|place| bench.add_operator(&format!("specialist{place}"), &[Role::LeasingManager]))
            .collect();
        Self {
            bench,
            head,
            specialists,
            random: Rng::with_seed(seed),
            customers: Vec::new(),
            coming: customers,
            planned: BTreeSet::new(),
            surveys: Vec::new(),
        }
    }

    /// The head of the office asks from now on.
    pub fn as_head(&mut self) -> &mut Bench {
        self.bench.operator = self.head;
        &mut self.bench
    }

    /// One of so many.
    fn any(&mut self, of: usize) -> usize {
        self.random.usize(0..of)
    }

    /// One of the customers.
    pub fn someone(&mut self) -> Number {
        let place = self.any(self.customers.len());
        self.customers[place]
    }

    fn card(&mut self, number: Number) -> Customer {
        match self.as_head().get(number).record {
            Record::Customer(customer) => customer,
            other => panic!("{other:?}"),
        }
    }

    /// What is done on a working day, the first of which is 0, before anybody is contacted.
    pub fn open(&mut self, day: Day, working: usize) {
        let come = self.coming * 3 / 4 + self.coming * working / 800;
        while self.customers.len() < come.min(self.coming) {
            self.customer(day);
        }
        if working % 3 == 1 {
            self.give_away();
        }
        if working % 7 == 2 {
            self.mark(working);
        }
        if working % 15 == 3 {
            self.campaign(day, working / 15);
        }
        if [40, 150].contains(&working) {
            self.survey(working);
        }
        self.close_surveys(working);
        if working.is_multiple_of(20) {
            let month = Month::of(day);
            for _ in 0..=self.coming / 40 {
                self.plan_line(PlanDetails {
                    month: Some(month),
                    ..PlanDetails::default()
                });
            }
        }
        for holiday in Calendar::builtin().holidays(day.0, day.plus(12).0) {
            let first = Day(holiday.first);
            if first > day && self.planned.insert(first) {
                for _ in 0..=self.coming / 40 {
                    self.plan_line(PlanDetails {
                        holiday: Some(first),
                        ..PlanDetails::default()
                    });
                }
            }
        }
    }

    /// A customer comes, some of whom are nobody's, with a contact planned and with a profile.
    fn customer(&mut self, day: Day) {
        let place = self.customers.len();
        let owner = (place % 7 != 5).then(|| self.specialists[place % SPECIALISTS].meta.number);
        let details = CustomerDetails {
            owner,
            place: format!("{}-{place:04}", place % 4 + 1),
            source: ["visit", "call", "data"][place % 3].into(),
            ..visited(&format!("客户{place:04}"), &format!("154{place:08}"))
        };
        let customer = self.as_head().customer(details).meta.number;
        self.customers.push(customer);
        for (mark, every) in [(Mark::Closed, 3), (Mark::Key, 5)] {
            if place.is_multiple_of(every) {
                self.set_mark(customer, mark, true);
            }
        }
        if place % 3 < 2 {
            self.profile(customer, place);
        }
        if place % 4 != 1 {
            let ahead = self.random.u64(0..60);
            let kind = FollowUpKind::ALL[self.any(FollowUpKind::ALL.len())];
            self.bench.operator = owner.unwrap_or(self.specialists[0].meta.number);
            self.bench.change(Command::PlanFollowUp {
                details: FollowUpDetails {
                    customer: Some(customer),
                    kind,
                    text: PROMISE.into(),
                    day: Some(day.plus(ahead)),
                    ..FollowUpDetails::default()
                },
            });
        }
    }

    /// Dates of birth of a customer and of the family.
    fn profile(&mut self, customer: Number, place: usize) {
        let mut values = serde_json::Map::new();
        let mut row = |field: &str, name: &str, born: String| {
            let row = if name.is_empty() {
                serde_json::json!({ "born": born })
            } else {
                serde_json::json!({ "name": name, "born": born })
            };
            let rows = values.entry(field.to_owned());
            let rows = rows.or_insert_with(|| serde_json::json!([]));
            rows.as_array_mut().unwrap().push(row);
        };
        row("F01-birthday", "", born(&mut self.random, place));
        if place.is_multiple_of(2) {
            row("F11", "配偶", born(&mut self.random, place + 1));
        }
        // Father and mother, whose birthday is the same.
        if place.is_multiple_of(5) {
            let same = born(&mut self.random, place + 2);
            row("F14", "父亲", same.clone());
            row("F14", "母亲", same);
        }
        let details = serde_json::json!({ "values": values });
        let details: DossierDetails = serde_json::from_value(details).unwrap();
        let bench = self.as_head();
        let customer = bench.present(customer);
        bench.change(Command::KeepDossier {
            customer,
            version: 0,
            details,
        });
    }

    fn set_mark(&mut self, customer: Number, mark: Mark, set: bool) {
        let bench = self.as_head();
        let at = bench.present(customer);
        bench.change(Command::MarkCustomer { at, mark, set });
    }

    /// Somebody is retired or comes back, or business is closed with them or was not.
    fn mark(&mut self, working: usize) {
        let number = self.someone();
        let customer = self.card(number);
        let mark = if working.is_multiple_of(2) {
            Mark::Retired
        } else {
            Mark::Closed
        };
        self.set_mark(number, mark, !customer.is(mark));
    }

    /// Somebody becomes the customer of another, or nobody's.
    fn give_away(&mut self) {
        let number = self.someone();
        let customer = self.card(number);
        let to = self.any(SPECIALISTS + 1);
        let owner = self.specialists.get(to).map(|it| it.meta.number);
        let bench = self.as_head();
        let at = bench.present(number);
        bench.change(Command::ChangeCustomer {
            at,
            details: CustomerDetails {
                owner,
                ..customer.details
            },
        });
    }

    fn campaign(&mut self, day: Day, place: usize) {
        let sort = CampaignSort::ALL[place % CampaignSort::ALL.len()];
        let target = match place % 6 {
            0 => Target {
                source: "call".into(),
                ..Target::default()
            },
            1 => Target {
                key: true,
                ..Target::default()
            },
            2 => Target {
                closed: Some(true),
                site: "here".into(),
                ..Target::default()
            },
            3 => Target {
                place: "2".into(),
                ..Target::default()
            },
            4 => Target {
                closed: Some(false),
                source: "visit".into(),
                ..Target::default()
            },
            _ => Target {
                place: "3".into(),
                key: true,
                ..Target::default()
            },
        };
        let details = CampaignDetails {
            sort,
            title: format!("活动{place}"),
            place: "一楼大堂".into(),
            from: Some(day.plus(2)),
            until: Some(day.plus(20)),
            target,
            ..CampaignDetails::default()
        };
        self.as_head().change(Command::BeginCampaign { details });
    }

    fn survey(&mut self, working: usize) {
        let details = SurveyDetails {
            title: format!("满意度调查{working}"),
            target: Target {
                closed: (working < 100).then_some(true),
                source: if working < 100 { "" } else { "data" }.into(),
                ..Target::default()
            },
            ..SurveyDetails::default()
        };
        let bench = self.as_head();
        let survey = bench.change(Command::PlanSurvey { details }).number();
        let at = bench.present(survey);
        let step = SurveyStep::StartSurvey {};
        bench.change(Command::StepSurvey { at, step });
        self.surveys.push((working, survey));
    }

    fn close_surveys(&mut self, working: usize) {
        let over = |(begun, _): &(usize, Number)| begun + SURVEY_DAYS == working;
        let over: Vec<Number> = self
            .surveys
            .iter()
            .filter(|it| over(it))
            .map(|it| it.1)
            .collect();
        for survey in over {
            let bench = self.as_head();
            let at = bench.present(survey);
            let step = SurveyStep::CloseSurvey {
                threshold: "80".parse().ok(),
                note: String::new(),
            };
            bench.change(Command::StepSurvey { at, step });
        }
    }

    /// A line of the plan for somebody.
    fn plan_line(&mut self, mut details: PlanDetails) {
        details.customer = Some(self.someone());
        let specialist = self.random.usize(0..SPECIALISTS);
        details.owner = Some(self.specialists[specialist].meta.number);
        details.action = "上门走访".into();
        details.department = "leasing".into();
        self.as_head().change(Command::EnterPlanLine { details });
    }
}

/// A date of birth of a kind of its own for each place.
fn born(random: &mut Rng, place: usize) -> String {
    let (month, day) = (random.u8(1..=12), random.u8(1..=28));
    match place % 12 {
        0 => "02-29".into(),
        1 => "1984-02-29".into(),
        2 | 3 => format!("lunar {month:02}-{:02}", random.u8(1..=30)),
        4 => format!("lunar 06-{:02} leap", random.u8(1..=29)),
        5 => format!("1985-{month:02}"),
        6 => format!("{month:02}-{day:02}"),
        7 => format!("lunar 1970-{month:02}-{day:02}"),
        _ => format!("{}-{month:02}-{day:02}", random.u16(1950..2000)),
    }
}
