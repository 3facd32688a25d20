//! What a desk has come to know and say beside its daily work: hints by place, services that are offered, who
//! introduced whom, customers' profiles, a survey that is running, an instruction and a suggestion. It comes
//! last, so that everything else is as it would be without it.

use std::collections::BTreeMap;

use fastrand::Rng;

use super::people::one;
use super::work::Filling;
use crate::desk::contract::{Command, Failure};
use crate::domain::campaign::Target;
use crate::domain::customer::Customer;
use crate::domain::dossier::{
    Answers, BORN, DossierDetails, DossierField, DossierPart, Shape, VALUE,
};
use crate::domain::hint::HintDetails;
use crate::domain::instruction::{InstructionDetails, InstructionSort};
use crate::domain::intake::Channel;
use crate::domain::number::Number;
use crate::domain::procedure::ArchiveStep;
use crate::domain::profile::Permission;
use crate::domain::record::Record;
use crate::domain::relation::{RelationDetails, RelationKind};
use crate::domain::service_item::ServiceItemDetails;
use crate::domain::stamp::Day;
use crate::domain::survey::{AnswerDetails, SurveyDetails, SurveyKind, SurveyStep};

/// So many customers have a profile.
const PROFILED: usize = 12;
/// So many answered the survey.
const ANSWERED: usize = 9;

impl Filling<'_> {
    /// Everything of it that the site has.
    pub(super) fn know(&mut self, customers: &[Customer], today: Day) -> Result<(), Failure> {
        let mut random = Rng::with_seed(customers.len() as u64);
        self.touched.clear();
        self.hint(today)?;
        self.offer(today)?;
        self.introduce(customers, today)?;
        self.profiles(customers, &mut random)?;
        self.survey(customers, today, &mut random)?;
        self.instruct(today)?;
        self.deal(customers, today)
    }

    /// Whoever carries a step: the first operator where that is one of them.
    pub(super) fn one_who_carries(&self, step: ArchiveStep) -> Option<Number> {
        let able = self.carries(step);
        let first = able.iter().find(|number| **number == self.first);
        first.or(able.first()).copied()
    }

    fn hint(&mut self, today: Day) -> Result<(), Failure> {
        let Some(by) = self.one_who_may(Permission::IntakeLog) else {
            return Ok(());
        };
        let details = HintDetails {
            places: self.words.text(&["known", "hint_place"]),
            text: self.words.text(&["known", "hint"]),
            day: Some(today.plus(1)),
            time: "18:00".to_owned(),
        };
        self.send(by, Command::MakeHint { details })?;
        Ok(())
    }

    fn offer(&mut self, today: Day) -> Result<(), Failure> {
        let Some(by) = self.one_who_carries(ArchiveStep::KeepCatalogue) else {
            return Ok(());
        };
        for (place, name) in self
            .words
            .list(&["known", "services"])
            .into_iter()
            .enumerate()
        {
            let details = ServiceItemDetails {
                name,
                start: Some(today),
                planned_end: (place == 0).then(|| today.plus(20)),
                note: String::new(),
            };
            self.send(by, Command::AddServiceItem { details })?;
        }
        Ok(())
    }

    /// One customer introduced the second, who introduced the third; the fourth belongs to a group.
    fn introduce(&mut self, customers: &[Customer], today: Day) -> Result<(), Failure> {
        let Some(by) = self.one_who_may(Permission::CustomerChange) else {
            return Ok(());
        };
        let numbers: Vec<Number> = customers.iter().map(|it| it.meta.number).collect();
        let [first, second, third, fourth, ..] = numbers.as_slice() else {
            return Ok(());
        };
        let introduced = |from: &Number, to: &Number| RelationDetails {
            from: Some(*from),
            kind: RelationKind::IntroducedBy,
            to: Some(*to),
            since: Some(today),
            consent: true,
            ..RelationDetails::default()
        };
        let central = RelationDetails {
            from: Some(*fourth),
            kind: RelationKind::Central,
            group: self.words.text(&["known", "group"]),
            since: Some(today),
            consent: true,
            ..RelationDetails::default()
        };
        let member = RelationDetails {
            from: Some(*first),
            kind: RelationKind::Member,
            ..central.clone()
        };
        for details in [
            introduced(second, first),
            introduced(third, second),
            central,
            member,
        ] {
            self.send(by, Command::Relate { details })?;
        }
        Ok(())
    }

    /// Profiles, each with what somebody came to know, where the site keeps them.
    fn profiles(&mut self, customers: &[Customer], random: &mut Rng) -> Result<(), Failure> {
        let Some(rules) = &self.profile.dossier else {
            return Ok(());
        };
        let Some(by) = self.one_who_may(Permission::CustomerChange) else {
            return Ok(());
        };
        for customer in customers.iter().take(PROFILED) {
            let mut values = BTreeMap::new();
            for (id, field) in &rules.fields {
                let asked = field.on && !field.sensitive && field.roles.is_empty();
                if asked && random.u8(0..5) < 3 {
                    let row = self.answers(id, field, random);
                    values.extend((!row.is_empty()).then(|| (id.clone(), vec![row])));
                }
            }
            let Some(customer) = self.at(customer.meta.number) else {
                continue;
            };
            let details = DossierDetails {
                values,
                ..DossierDetails::default()
            };
            let command = Command::KeepDossier {
                customer,
                version: 0,
                details,
            };
            self.send(by, command)?;
        }
        Ok(())
    }

    /// What is known of one field.
    fn answers(&self, id: &str, field: &DossierField, random: &mut Rng) -> Answers {
        let mut row = Answers::new();
        let mut decides = String::new();
        for (place, part) in field.parts().iter().enumerate() {
            let asked = part.when.as_ref().is_none_or(|when| *when == decides);
            if !asked || part.sensitive || part.card.is_some() {
                continue;
            }
            let value = self.answer(id, part, random);
            if place == 0 {
                decides.clone_from(&value);
            }
            if !value.is_empty() {
                row.insert(part.id.clone(), value);
            }
        }
        row
    }

    /// A value of the shape of its part; empty where only a person could say.
    fn answer(&self, id: &str, part: &DossierPart, random: &mut Rng) -> String {
        let choices: Vec<&str> = part.choices.iter().map(|it| it.id.as_str()).collect();
        let chosen = one(random, &choices).to_owned();
        match part.shape {
            Shape::Choice | Shape::Choices => chosen,
            Shape::YesNo => one(random, &["yes", "no"]).to_owned(),
            Shape::Scale => random.u8(1..=5).to_string(),
            Shape::Date if part.id == BORN => {
                format!("{:02}-{:02}", random.u8(1..=12), random.u8(1..=28))
            }
            Shape::Date => random.u16(2008..=2023).to_string(),
            Shape::Text => {
                let name = match part.id.as_str() {
                    VALUE => id.to_owned(),
                    part => format!("{id}-{part}"),
                };
                one(random, &self.words.list(&["known", "profile", &name]))
            }
            _ => String::new(),
        }
    }

    /// A survey that is running, with the first answers.
    fn survey(
        &mut self,
        customers: &[Customer],
        today: Day,
        random: &mut Rng,
    ) -> Result<(), Failure> {
        let of_kind = |kind| {
            let mut aspects = self.profile.surveys.aspects.iter();
            aspects.any(|aspect| aspect.kinds.contains(&kind))
        };
        let kind = [SurveyKind::Service, SurveyKind::Full];
        let kind = kind.into_iter().find(|kind| of_kind(*kind));
        let by = self.one_who_carries(ArchiveStep::RunSurvey);
        let (Some(by), Some(kind)) = (by, kind) else {
            return Ok(());
        };
        let details = SurveyDetails {
            kind,
            title: self.words.text(&["known", "survey"]),
            due: Some(today.plus(30)),
            target: Target {
                key: true,
                ..Target::default()
            },
            ..SurveyDetails::default()
        };
        let Record::Survey(survey) = self.send(by, Command::PlanSurvey { details })? else {
            return Ok(());
        };
        let number = survey.meta.number;
        let Some(at) = self.at(number) else {
            return Ok(());
        };
        let step = SurveyStep::StartSurvey {};
        self.send(by, Command::StepSurvey { at, step })?;
        for customer in customers.iter().take(ANSWERED) {
            let points = survey.aspects.iter();
            let points = points.map(|aspect| (aspect.id.clone(), random.u32(13..=20) * 5));
            let details = AnswerDetails {
                survey: Some(number),
                customer: Some(customer.meta.number),
                channel: Some(Channel::Call),
                scores: points.collect(),
                opinion: one(random, &self.words.list(&["follow_ups", "said"])),
                ..AnswerDetails::default()
            };
            self.send(by, Command::LogAnswer { details })?;
        }
        Ok(())
    }

    /// An instruction to somebody else than the first operator, and a suggestion.
    fn instruct(&mut self, today: Day) -> Result<(), Failure> {
        let others = self.staff.iter().map(|one| one.meta.number);
        let others: Vec<Number> = others.filter(|one| *one != self.first).collect();
        let by = self.one_who_carries(ArchiveStep::GiveInstruction);
        let told = others.iter().find(|one| Some(**one) != by);
        if let (Some(by), Some(told)) = (by, told) {
            let details = InstructionDetails {
                sort: InstructionSort::Instruction,
                operator: Some(*told),
                text: self.words.text(&["known", "instruction"]),
                due: Some(today.plus(5)),
            };
            self.send(by, Command::GiveInstruction { details })?;
        }
        let Some(by) = others.last() else {
            return Ok(());
        };
        let details = InstructionDetails {
            sort: InstructionSort::Suggestion,
            text: self.words.text(&["known", "suggestion"]),
            ..InstructionDetails::default()
        };
        self.send(*by, Command::GiveInstruction { details })?;
        Ok(())
    }
}
