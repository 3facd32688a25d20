//! What the procedure of a complaint gathered, and a measure, in words: each part as one line.

use super::describe::{Line, stamped};
use super::facts::Facts;
use crate::domain::complaint::Complaint;
use crate::domain::complaint::course::{Judgement, Said};
use crate::domain::measure::Measure;
use crate::domain::number::Number;
use crate::domain::role::Role;
use crate::domain::waiver::Waiver;
use crate::text::show;

type Names<'a> = &'a [(Number, String)];

/// Why it is a major one, and who has not acknowledged it yet; empty where it is none.
pub fn major(complaint: &Complaint, facts: &Facts) -> String {
    let Some(major) = &complaint.course.major else {
        return String::new();
    };
    let open: Vec<String> = major
        .unacknowledged()
        .map(|post: Role| facts.texts.name("role", post.id()))
        .collect();
    if open.is_empty() {
        return major.marked.text.clone();
    }
    let who = open.join(&facts.t("list-comma"));
    let waits = facts.tw("major-unseen", &[("who", &who)]);
    format!("{}  {waits}", major.marked.text)
}

fn said(said: &Said, names: Names, facts: &Facts) -> String {
    let when = stamped(said.at, said.by, names, facts);
    if said.text.is_empty() {
        when
    } else {
        format!("{}  {when}", said.text)
    }
}

fn judged(judgement: &Judgement, facts: &Facts) -> String {
    let word = match judgement.holds {
        Some(true) => facts.t("choice-yes"),
        Some(false) => facts.t("choice-no"),
        None => return String::new(),
    };
    format!("{word}  {}", judgement.reason)
}

/// The lines of a complaint's course; those of parts that are not there are empty.
pub fn lines(complaint: &Complaint, names: Names, facts: &Facts) -> Vec<Line> {
    let course = &complaint.course;
    let comma = facts.t("list-comma");
    let of = |it: Option<&Said>| it.map(|it| said(it, names, facts)).unwrap_or_default();
    let mut lines: Vec<Line> = Vec::new();
    if let Some(nature) = &course.nature {
        lines.extend([
            ("cause", nature.cause.clone()),
            ("justified", judged(&nature.justified, facts)),
            ("reasonable", judged(&nature.reasonable, facts)),
        ]);
    }
    if let Some(meeting) = &course.meeting {
        lines.extend([
            ("held_at", facts.when(meeting.held_at)),
            ("participants", meeting.participants.join(&comma)),
            ("decision", said(&meeting.decision, names, facts)),
        ]);
    }
    if let Some(solution) = &course.solution {
        lines.extend([
            ("solution", said(&solution.proposed, names, facts)),
            ("person", solution.person.clone()),
            ("approved", of(solution.approved.as_ref())),
        ]);
        if solution.cause
            != course
                .nature
                .as_ref()
                .map_or("", |nature| nature.cause.as_str())
        {
            lines.push(("concrete_cause", solution.cause.clone()));
        }
    }
    if let Some(negotiation) = &course.negotiation {
        let who = [
            negotiation.business_manager.as_str(),
            &negotiation.relations_manager,
        ];
        lines.extend([
            ("negotiators", who.join(&comma)),
            ("outcome", said(&negotiation.outcome, names, facts)),
        ]);
    }
    lines.extend([
        ("result", of(course.result.as_ref())),
        ("reaction", of(course.reaction.as_ref())),
    ]);
    lines.extend(attempts(complaint, facts));
    lines.extend(summary(complaint, names, facts));
    lines.extend(way(complaint, names, facts));
    lines.retain(|(_, value)| !value.is_empty());
    lines
}

fn attempts(complaint: &Complaint, facts: &Facts) -> Vec<Line> {
    let attempts = &complaint.course.attempts;
    let Some(last) = attempts.last() else {
        return Vec::new();
    };
    let reach = facts.texts.name("reach", last.reach.id());
    let satisfaction = last
        .satisfaction
        .map(|it| facts.texts.name("satisfaction", it.id()));
    let satisfaction = satisfaction.unwrap_or_default();
    let count = facts.tw("attempts", &[("count", &attempts.len())]);
    vec![(
        "satisfaction",
        format!("{satisfaction}  {reach}  {count}  {}", last.said.text),
    )]
}

fn summary(complaint: &Complaint, names: Names, facts: &Facts) -> Vec<Line> {
    let Some(summary) = &complaint.course.summary else {
        return Vec::new();
    };
    let comma = facts.t("list-comma");
    let penalties: Vec<String> = summary
        .penalties
        .iter()
        .filter(|one| one.amount.is_some() || !one.reason.is_empty())
        .map(|one| {
            let whom = facts.texts.name("liable", one.liable.id());
            let amount = one.amount.map_or_else(
                || one.reason.clone(),
                |amount| format!("¥{}", show::yuan(amount)),
            );
            format!("{whom} {} {amount}", one.name)
        })
        .collect();
    vec![
        ("evaluation", said(&summary.evaluation, names, facts)),
        (
            "cause_department",
            facts.department(&summary.cause_department),
        ),
        ("cause_person", summary.cause_person.clone()),
        ("no_cause", summary.no_cause.clone()),
        ("delay", summary.delay.clone()),
        ("loss", summary.loss.map(show::yuan).unwrap_or_default()),
        ("penalties", penalties.join(&comma)),
        ("no_measure", summary.no_measure.clone()),
    ]
}

/// Hand-offs, urging, what was late, what was taken up again.
fn way(complaint: &Complaint, names: Names, facts: &Facts) -> Vec<Line> {
    let course = &complaint.course;
    let comma = facts.t("list-comma");
    let arrow = facts.glyphs.set().arrow;
    let mut hands: Vec<String> = Vec::new();
    for (place, hand) in course.hands.iter().enumerate() {
        let next = course.hands.get(place + 1).map(|next| next.at);
        let minutes = facts.computed(|context| {
            let to = next.unwrap_or(context.now);
            crate::domain::deadline::working_minutes(hand.at, to, context)
        });
        let minutes = minutes.unwrap_or_default();
        let time = format!("{}:{:02}", minutes / 60, minutes % 60);
        let held = facts.tw("held-for", &[("time", &time)]);
        let from = facts.when(hand.at);
        let department = facts.department(&hand.department);
        hands.push(format!(
            "{from} {arrow} {department} {}  {held}",
            hand.person
        ));
    }
    let late = course.breaches.iter().map(|breach| {
        let state = facts.texts.name("complaint-state", breach.state.id());
        let (due, done) = (facts.when(breach.due), facts.when(breach.done));
        format!("{state}  {due} {arrow} {done}  {}", breach.handler)
    });
    let late: Vec<String> = late.collect();
    let count = |count: u32| {
        if count == 0 {
            String::new()
        } else {
            count.to_string()
        }
    };
    let measures: Vec<String> = complaint.measures.iter().map(ToString::to_string).collect();
    let lessons = course.lessons.iter().map(|one| {
        let departments = one.departments.iter().map(|it| facts.department(it));
        let departments: Vec<String> = departments.collect();
        format!(
            "{arrow} {}  {}",
            departments.join(&comma),
            said(&one.said, names, facts)
        )
    });
    let lessons: Vec<String> = lessons.collect();
    let urged = course.urged.last().map(|last| {
        let count = facts.tw("attempts", &[("count", &course.urged.len())]);
        format!("{count}  {}", said(last, names, facts))
    });
    let receipt = course.receipt.as_ref().map(|(channel, told)| {
        let channel = facts.texts.name("reply-channel", channel.id());
        format!("{channel}  {}", said(told, names, facts))
    });
    let rules = course
        .rules
        .as_ref()
        .map(|rules| format!("{} {}", rules.profile, rules.version));
    let recourse = course.recourse.as_ref().map(|it| said(it, names, facts));
    vec![
        ("receipt", receipt.unwrap_or_default()),
        ("recourse", recourse.unwrap_or_default()),
        ("hands", hands.join(&comma)),
        ("urged", urged.unwrap_or_default()),
        ("breaches", late.join(&comma)),
        ("reopened", count(course.reopened)),
        ("dissatisfied", count(course.dissatisfied)),
        ("measures", measures.join(&comma)),
        ("waived", waivers(&course.waived, names, facts)),
        ("lessons", lessons.join(&comma)),
        ("rules", rules.unwrap_or_default()),
    ]
}

/// The lines of a measure.
pub fn measure(measure: &Measure, names: Names, facts: &Facts) -> Vec<Line> {
    let details = &measure.details;
    let of = |it: Option<&Said>| it.map(|it| said(it, names, facts)).unwrap_or_default();
    vec![
        (
            "state",
            facts.texts.name("measure-state", measure.state.id()),
        ),
        (
            "measure_kind",
            facts.texts.name("measure-kind", details.kind.id()),
        ),
        ("text", details.text.clone()),
        ("department", facts.department(&details.department)),
        ("owner", details.owner.clone()),
        ("contributor", details.contributor.clone()),
        (
            "due_on",
            details.due.map(|due| due.to_string()).unwrap_or_default(),
        ),
        ("supervisor", measure.supervisor.clone()),
        ("approved", of(measure.approved.as_ref())),
        ("evidence", of(measure.done.as_ref())),
        ("verified", of(measure.verified.as_ref())),
        ("checked", of(measure.checked.as_ref())),
        ("dropped", of(measure.dropped.as_ref())),
        ("about", details.about.to_string()),
        ("aspect", aspect(&details.aspect, facts)),
    ]
}

/// The aspect of a survey that a measure is for (A03-sd).
fn aspect(id: &str, facts: &Facts) -> String {
    let mut known = facts.profile.surveys.aspects.iter();
    let found = known.find(|it| it.id == id);
    found.map_or(id, |it| facts.pick(&it.zh, &it.en)).to_owned()
}

/// The rules that were overridden, each with why, when and by whom.
pub(super) fn waivers(waived: &[Waiver], names: Names, facts: &Facts) -> String {
    let lines = waived.iter().map(|one| {
        let rule = facts.texts.name("rule", one.rule.id());
        let stamp = stamped(one.at, one.by, names, facts);
        format!("{rule}  {}  {stamp}", one.reason)
    });
    let lines: Vec<String> = lines.collect();
    lines.join(&facts.t("list-comma"))
}
