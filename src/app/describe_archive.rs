//! What stands in the archive's records, line by line: custody of files, hand-overs, requests, courses
//! of loans, inspections, leaks, destructions, days.

use super::custody::step_name;
use super::describe::{Line, stamped, with_name};
use super::describe_leasing;
use super::facts::Facts;
use super::forms::registers::violation_words;
use super::trade;
use crate::domain::access::Access;
use crate::domain::archive::ArchiveFile;
use crate::domain::complaint::course::Said;
use crate::domain::day_end::DayEnd;
use crate::domain::destruction::Destruction;
use crate::domain::fine;
use crate::domain::handover::{self, FineDecision, Handover};
use crate::domain::incident::Incident;
use crate::domain::inspection::{Inspection, Visit};
use crate::domain::loan::{self, Loan, PieceState};
use crate::domain::number::Number;
use crate::domain::record::Record;
use crate::domain::task::Task;
use crate::domain::transaction::Transaction;
use crate::text::show;

type Names<'a> = &'a [(Number, String)];

fn said(said: Option<&Said>, names: Names, facts: &Facts) -> String {
    let Some(said) = said else {
        return String::new();
    };
    let line = stamped(said.at, said.by, names, facts);
    format!("{line}  {}", said.text).trim().to_owned()
}

fn numbers(numbers: &[Number]) -> String {
    let names: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    names.join(" ")
}

fn number(number: Option<Number>) -> String {
    number.map(|it| it.to_string()).unwrap_or_default()
}

/// What of a record of the archive is empty is left out.
fn filled(lines: Vec<Line>) -> Vec<Line> {
    let mut lines = lines;
    lines.retain(|(_, value)| !value.is_empty());
    lines
}

/// The lines of a record of the archive's procedures; none of any other.
pub fn lines(record: &Record, names: Names, facts: &Facts) -> Vec<Line> {
    let mut lines = match record {
        Record::Handover(it) => of_handover(it, names, facts),
        Record::Access(it) => of_access(it, names, facts),
        Record::Inspection(it) => of_inspection(it, names, facts),
        Record::Incident(it) => of_incident(it, names, facts),
        Record::Destruction(it) => of_destruction(it, names, facts),
        Record::DayEnd(it) => of_day(it),
        Record::Transaction(it) => of_transaction(it, names, facts),
        Record::Task(it) => of_task(it, names, facts),
        Record::Registration(it) => describe_leasing::registration(it, names, facts),
        Record::DutyShift(it) => describe_leasing::duty(it, names, facts),
        _ => Vec::new(),
    };
    if let Some(next) = super::custody::main_step(record, facts) {
        lines.insert(1.min(lines.len()), ("next_step", step_name(&next, facts)));
    }
    if !matches!(record, Record::Registration(_) | Record::DutyShift(_)) {
        lines.push(("answering", answering(facts)));
    }
    filled(lines)
}

/// The department that answers for what is done in the archive (A07-d1a); empty where the site names none.
fn answering(facts: &Facts) -> String {
    let department = facts.profile.archive.answering.as_deref();
    department.map_or_else(String::new, |it| facts.department(it))
}

fn of_transaction(entry: &Transaction, names: Names, facts: &Facts) -> Vec<Line> {
    let details = &entry.details;
    let mut lines = vec![
        (
            "transaction_sort",
            facts.texts.name("transaction-sort", details.sort.id()),
        ),
        ("matter", details.text.clone()),
        ("on", entry.on().to_string()),
        ("amount", details.amount.map(show::yuan).unwrap_or_default()),
        ("salesperson", details.salesperson.clone()),
        ("file", number(details.file)),
        ("customer", with_name(details.customer, names, facts)),
    ];
    // Where nothing is granted there is nothing to be said (A01-06, A01-13).
    let granted = entry.discount.map(|fen| ("discount", show::yuan(fen)));
    let terms = entry
        .terms
        .as_ref()
        .map(|it| ("terms", facts.words(it).to_owned()));
    lines.splice(4..4, granted.into_iter().chain(terms));
    lines
}

/// What an entry is of, its amount, and what was granted with it.
pub fn dealt(entry: &Transaction, facts: &Facts) -> String {
    let details = &entry.details;
    let sort = facts.texts.name("transaction-sort", details.sort.id());
    let amount = details.amount.map(show::yuan);
    let granted = trade::granted(entry, facts);
    let parts = [Some(sort), amount, granted].into_iter().flatten();
    parts.collect::<Vec<String>>().join("  ")
}

fn of_task(task: &Task, names: Names, facts: &Facts) -> Vec<Line> {
    let details = &task.details;
    let all = |list: &[Said]| {
        let lines = list.iter().map(|it| said(Some(it), names, facts));
        lines.collect::<Vec<String>>().join("\n")
    };
    let due = details.due.map(|day| day.to_string());
    vec![
        ("state", facts.texts.name("task-state", task.state.id())),
        ("matter", details.text.clone()),
        ("department", facts.department(&details.department)),
        ("task_owner", details.owner.clone()),
        ("dispatched", dispatched(task, names, facts)),
        ("chain", chain(task, names, facts)),
        ("record", number(details.about)),
        ("deadline", due.unwrap_or_default()),
        ("answers", all(&task.answers)),
        ("returned", all(&task.returned)),
        ("withdrawn", said(task.withdrawn.as_ref(), names, facts)),
    ]
}

/// Whom a task was dispatched to, and what became of that (A04-4b).
fn dispatched(task: &Task, names: Names, facts: &Facts) -> String {
    let lines = task.dispatches.iter().map(|it| {
        let to = with_name(Some(it.to), names, facts);
        let given = facts.when(it.given.at);
        let became = match (&it.accepted, &it.handed_back) {
            (_, Some(back)) => facts.tw(
                "task-handed-back",
                &[("at", &facts.when(back.at)), ("reason", &back.text)],
            ),
            (Some(at), None) => facts.tw("task-accepted", &[("at", &facts.when(*at))]),
            (None, None) => facts.t("task-unaccepted"),
        };
        format!("{given}  {to}  {became}")
    });
    lines.collect::<Vec<String>>().join("\n")
}

/// The departments that had a task, with since when and by whom, where there was more than one (A04-9).
fn chain(task: &Task, names: Names, facts: &Facts) -> String {
    if task.legs.len() < 2 {
        return String::new();
    }
    let lines = task.legs.iter().map(|leg| {
        let unit = facts.department(&leg.unit);
        format!("{unit}  {}", said(Some(&leg.from), names, facts))
    });
    lines.collect::<Vec<String>>().join("\n")
}

/// A file handed over for good, or on its way to it, in words.
fn transfer(file: &ArchiveFile, names: Names, facts: &Facts) -> Vec<Line> {
    let Some(transfer) = &file.custody.transfer else {
        return Vec::new();
    };
    let to = facts.department(&transfer.to);
    vec![
        ("to_whom", format!("{to}  {}", transfer.receiver)),
        ("signed_over", said(Some(&transfer.given), names, facts)),
        (
            "taken_over",
            transfer.taken.as_ref().map_or_else(
                || facts.t("transfer-not-taken"),
                |it| said(Some(it), names, facts),
            ),
        ),
    ]
}

/// What happens to a file while it is kept.
pub fn custody(file: &ArchiveFile, names: Names, facts: &Facts) -> Vec<Line> {
    let (details, custody) = (&file.details, &file.custody);
    let lacks = custody.lacks.iter();
    let lacks: Vec<String> = lacks.map(|it| facts.texts.name("lack", it.id())).collect();
    let electronic = custody.electronic.as_ref().map(|it| {
        let pages = facts.tw("pages-of", &[("pages", &it.pages)]);
        format!("{}  {pages}", it.reference)
    });
    let damages = custody.damages.iter().map(|damage| {
        let state = if damage.repaired.is_some() {
            let day = damage.repaired_on.map(|day| day.to_string());
            facts.tw("damage-repaired", &[("day", &day.unwrap_or_default())])
        } else {
            facts.t("damage-open")
        };
        format!("{}  {state}", damage.found.text)
    });
    let damages: Vec<String> = damages.collect();
    let keeper = details.keeper.map(|keeper| facts.operator_name(keeper));
    let class_no = match custody.class_no {
        0 => String::new(),
        no => no.to_string(),
    };
    let important = details.important.then(|| facts.t("important"));
    let to_update = custody.to_update.map(|entry| entry.to_string());
    let mut lines = vec![
        ("web", details.web.clone()),
        ("credit", details.credit.clone()),
        ("to_update", to_update.unwrap_or_default()),
        ("sort", facts.texts.name("file-sort", details.sort.id())),
        ("class_no", class_no),
        ("vin", details.vin.clone()),
        ("medium", facts.texts.name("medium", details.medium.id())),
        ("unit_of", facts.department(&details.unit)),
        ("papers", details.papers.join(&facts.t("list-comma"))),
        ("keeper", keeper.unwrap_or_default()),
        ("important", important.unwrap_or_default()),
        ("lacks", lacks.join(&facts.t("list-comma"))),
        ("electronic", electronic.unwrap_or_default()),
        ("sorted", said(custody.sorted.as_ref(), names, facts)),
        ("confirmed", said(custody.confirmed.as_ref(), names, facts)),
        ("hold", said(custody.hold.as_ref(), names, facts)),
        ("void", said(custody.void.as_ref(), names, facts)),
        ("worthless", said(custody.worthless.as_ref(), names, facts)),
        (
            "kept_until",
            custody
                .kept_until
                .map(|day| day.to_string())
                .unwrap_or_default(),
        ),
        ("damages", damages.join("\n")),
        ("not_found", said(custody.missing.as_ref(), names, facts)),
    ];
    lines.extend(transfer(file, names, facts));
    lines.push(("answering", answering(facts)));
    filled(lines)
}

/// The pieces of a loan that are still out: `/2 /4`.
pub fn still_out(loan: &Loan) -> String {
    let missing = loan.missing().into_iter();
    let missing = missing.map(|piece| format!("/{piece}"));
    missing.collect::<Vec<_>>().join(" ")
}

/// What happened to a loan between check-out and return.
pub fn course(loan: &Loan, names: Names, facts: &Facts) -> Vec<Line> {
    let course = &loan.course;
    let partly = loan.is_open() && !course.pieces.is_empty();
    let harmed = course.pieces.iter();
    let harmed = harmed.filter(|piece| piece.state != PieceState::Back);
    let harmed: Vec<String> = harmed
        .map(|piece| {
            let state = facts.texts.name("piece-state", piece.state.id());
            format!("/{} {state} {}", piece.piece, piece.said.text)
        })
        .collect();
    let all = |list: &[Said]| {
        let lines = list.iter().map(|it| said(Some(it), names, facts));
        lines.collect::<Vec<String>>().join("\n")
    };
    let renewed = course.renewed.iter().map(|(due, _)| due.to_string());
    let renewed: Vec<String> = renewed.collect();
    let found = facts.computed(|context| loan::violations(loan, context));
    filled(vec![
        ("request", number(course.lent.request)),
        ("approvals", all(&course.lent.approvals)),
        ("signed", said(course.lent.signed.as_ref(), names, facts)),
        (
            "missing",
            if partly {
                still_out(loan)
            } else {
                String::new()
            },
        ),
        ("harmed", harmed.join("\n")),
        ("recalled", all(&course.recalled)),
        ("claimed", said(course.claimed.as_ref(), names, facts)),
        ("renewed", renewed.join(" ")),
        ("decided", all(&course.decided)),
        (
            "fines",
            fines(&found.unwrap_or_default(), &course.fines, facts),
        ),
    ])
}

fn fines(found: &[(String, fine::Violation)], decided: &[FineDecision], facts: &Facts) -> String {
    let rules = &facts.profile.archive.fines;
    if rules.tariffs.is_empty() {
        return String::new();
    }
    let lines = found.iter().map(|(key, violation)| {
        let what = violation_words(key, facts);
        let cost = show::yuan(fine::base(violation, rules));
        let decision = decided.iter().find(|fine| fine.key == *key);
        let state = match decision {
            None => facts.t("fine-proposed"),
            Some(fine) if fine.confirmed => facts.t("fine-confirmed"),
            Some(_) => facts.t("fine-waived"),
        };
        let said = decision.map(|fine| fine.said.text.clone());
        format!(
            "{} {what} {cost} {state} {}",
            violation.on,
            said.unwrap_or_default()
        )
        .trim()
        .to_owned()
    });
    lines.collect::<Vec<String>>().join("\n")
}

fn of_handover(handover: &Handover, names: Names, facts: &Facts) -> Vec<Line> {
    let details = &handover.details;
    let lists = facts.profile.archive.checklists.iter();
    let list = lists.clone().find(|list| list.id == details.checklist);
    let mut due = handover.due.to_string();
    if handover.provisional {
        due.push_str(&facts.t("provisional"));
    }
    let papers = handover.papers.iter().map(|paper| {
        let item = list.and_then(|list| list.items.iter().find(|item| item.id == paper.item));
        let name = item.map_or(paper.item.as_str(), |item| facts.pick(&item.zh, &item.en));
        let state = facts.texts.name("condition", paper.now.id());
        format!("{name}  {state}")
    });
    let papers: Vec<String> = papers.collect();
    let found = facts.computed(|context| {
        list.map(|list| handover::violations(handover, list, context))
            .unwrap_or_default()
    });
    let corrections = handover.corrections.iter().map(|correction| {
        let done = match &correction.done {
            Some(done) => facts.when(done.at),
            None => facts.t("correction-open"),
        };
        let ordered = facts.when(correction.ordered.at);
        format!(
            "{ordered}  {}  {}  {done}",
            correction.person, correction.ordered.text
        )
    });
    let corrections: Vec<String> = corrections.collect();
    let row = match handover.row {
        0 => String::new(),
        row => row.to_string(),
    };
    let scan = handover.scan.as_ref().map(|scan| {
        let pages = facts.tw("pages-of", &[("pages", &scan.pages)]);
        format!("{pages}  {}", scan.reference.text)
    });
    let contact = format!("{}  {}", details.contact, facts.phone(&details.phone));
    let checklist = list.map(|list| facts.pick(&list.zh, &list.en).to_owned());
    vec![
        (
            "state",
            facts.texts.name("handover-state", handover.state.id()),
        ),
        ("deadline", due),
        ("person", details.person.clone()),
        ("plate", details.plate.clone()),
        ("vin", details.vin.clone()),
        ("sort", facts.texts.name("file-sort", details.sort.id())),
        ("checklist", checklist.unwrap_or_default()),
        (
            "released_on",
            details
                .released_on
                .map(|day| day.to_string())
                .unwrap_or_default(),
        ),
        ("giver", details.giver.clone()),
        ("contact", contact.trim().to_owned()),
        ("landline", details.landline.clone()),
        ("address", details.address.clone()),
        ("customer", with_name(details.customer, names, facts)),
        (
            "papers",
            if handover.checked.is_some() {
                papers.join("\n")
            } else {
                String::new()
            },
        ),
        ("signed_over", said(handover.given.as_ref(), names, facts)),
        ("signed_for", said(handover.taken.as_ref(), names, facts)),
        ("register_row", row),
        ("received", said(handover.received.as_ref(), names, facts)),
        ("corrections", corrections.join("\n")),
        ("scan", scan.unwrap_or_default()),
        (
            "file",
            number(handover.filed.as_ref().map(|(file, _)| *file)),
        ),
        ("electronic", said(handover.filled.as_ref(), names, facts)),
        ("withdrawn", said(handover.withdrawn.as_ref(), names, facts)),
        (
            "fines",
            fines(&found.unwrap_or_default(), &handover.fines, facts),
        ),
        ("note", details.note.clone()),
    ]
}

fn of_access(access: &Access, names: Names, facts: &Facts) -> Vec<Line> {
    let details = &access.details;
    let approvals = access.approvals.iter().map(|(step, it)| {
        let step = facts.texts.name("permission", step.id());
        format!("{step}  {}", said(Some(it), names, facts))
    });
    let approvals: Vec<String> = approvals.collect();
    let waits = access.waits_for(&facts.profile);
    let paper = details.paper.map(|it| {
        let paper = facts.texts.name("identity-paper", it.id());
        format!("{paper}  {}", details.paper_no)
    });
    let copies = match details.copies {
        0 => String::new(),
        copies => copies.to_string(),
    };
    let copy_no = match access.copy_no {
        0 => String::new(),
        no => no.to_string(),
    };
    let waits = waits.map(|step| facts.texts.name("permission", step.id()));
    vec![
        ("state", facts.texts.name("access-state", access.state.id())),
        ("purpose", facts.texts.name("purpose", details.purpose.id())),
        ("file", number(details.file)),
        ("object", details.object.clone()),
        ("waits_for", waits.unwrap_or_default()),
        ("grade", facts.texts.name("grade", access.grade.id())),
        ("reader", details.reader.clone()),
        ("unit", details.unit.clone()),
        ("phone", facts.phone(&details.phone)),
        ("aim", details.aim.clone()),
        ("reason", details.reason.clone()),
        ("copies", copies),
        (
            "due",
            details.due.map(|day| day.to_string()).unwrap_or_default(),
        ),
        ("paper_kind", paper.unwrap_or_default()),
        ("carrier", details.carrier.clone()),
        ("measure", details.measure.clone()),
        ("renews", number(details.renews)),
        ("endorsed", said(access.endorsed.as_ref(), names, facts)),
        ("approvals", approvals.join("\n")),
        ("refused", said(access.refused.as_ref(), names, facts)),
        ("signed", said(access.signed.as_ref(), names, facts)),
        ("used", said(access.used.as_ref(), names, facts)),
        ("withdrawn", said(access.withdrawn.as_ref(), names, facts)),
        ("loan", number(access.loan)),
        ("copy_no", copy_no),
    ]
}

/// How a shelf was found, in one line.
pub fn visit(visit: &Visit, facts: &Facts) -> String {
    let found = facts.texts.name("finding", visit.finding.id());
    let mut line = format!("{}  {found}", shelf(&visit.shelf, facts));
    for (key, files) in [
        ("visit-missing", &visit.missing),
        ("visit-astray", &visit.astray),
        ("visit-misplaced", &visit.misplaced),
    ] {
        if !files.is_empty() {
            let files: Vec<String> = files.iter().map(ToString::to_string).collect();
            let files = facts.tw(key, &[("files", &files.join(" "))]);
            line = format!("{line}  {files}");
        }
    }
    format!("{line}  {}", visit.note).trim_end().to_owned()
}

fn of_inspection(inspection: &Inspection, names: Names, facts: &Facts) -> Vec<Line> {
    let details = &inspection.details;
    let closed = inspection.closed.is_some();
    let state = if closed { "closed" } else { "running" };
    let visits = inspection.visits.iter();
    let visits = visits.map(|it| visit(it, facts));
    let visits: Vec<String> = visits.collect();
    let left: Vec<String> = inspection.unvisited().map(|it| shelf(it, facts)).collect();
    let safety = details.safety.iter().map(|(point, holds)| {
        let point = facts.texts.name("safety", point.id());
        let done = facts
            .texts
            .name("choice", if *holds { "yes" } else { "no" });
        format!("{point} {done}")
    });
    let safety: Vec<String> = safety.collect();
    let degrees = details.temperature.map(|tenths| {
        let sign = if tenths < 0 { "-" } else { "" };
        let tenths = tenths.unsigned_abs();
        format!("{sign}{}.{} °C", tenths / 10, tenths % 10)
    });
    let percent = details.humidity.map(|percent| format!("{percent} %"));
    let bounds = inspection.out_of_bounds.then(|| facts.t("out-of-bounds"));
    vec![
        ("state", facts.texts.name("inspection-state", state)),
        (
            "inspection",
            facts.texts.name("inspection", details.kind.id()),
        ),
        ("temperature", degrees.unwrap_or_default()),
        ("humidity", percent.unwrap_or_default()),
        ("out_of_bounds", bounds.unwrap_or_default()),
        ("safety", safety.join(&facts.t("list-comma"))),
        ("visits", visits.join("\n")),
        ("unvisited", left.join(" ")),
        ("note", details.note.clone()),
        ("closed", said(inspection.closed.as_ref(), names, facts)),
    ]
}

/// The name of a shelf; the whole store where a site has written down no cabinets.
pub fn shelf(shelf: &str, facts: &Facts) -> String {
    if shelf == crate::domain::inspection::WHOLE {
        facts.t("shelf-whole")
    } else {
        shelf.to_owned()
    }
}

fn of_incident(incident: &Incident, names: Names, facts: &Facts) -> Vec<Line> {
    let details = &incident.details;
    let waits: Vec<String> = incident
        .unacknowledged()
        .map(|post| facts.texts.name("role", post.id()))
        .collect();
    let known = incident.acknowledged.iter().map(|(post, it)| {
        let post = facts.texts.name("role", post.id());
        format!("{post}  {}", said(Some(it), names, facts))
    });
    let known: Vec<String> = known.collect();
    let actions = incident.actions.iter();
    let actions: Vec<String> = actions.map(|it| said(Some(it), names, facts)).collect();
    let found_at = details.found_at.map(|at| facts.when(at));
    vec![
        (
            "state",
            facts.texts.name("incident-state", incident.state.id()),
        ),
        ("text", details.text.clone()),
        ("found_at", found_at.unwrap_or_default()),
        ("file", number(details.file)),
        ("measure", details.measure.clone()),
        ("measure_by", details.measure_by.clone()),
        ("waits_for", waits.join(" ")),
        ("acknowledged", known.join("\n")),
        ("actions", actions.join("\n")),
        ("result", said(incident.closed.as_ref(), names, facts)),
    ]
}

fn of_destruction(destruction: &Destruction, names: Names, facts: &Facts) -> Vec<Line> {
    let past = destruction.past_on.map(|day| day.to_string());
    let class_no = match destruction.class_no {
        0 => String::new(),
        no => no.to_string(),
    };
    let methods = facts.profile.archive.methods.iter();
    let method = methods.clone().find(|it| it.id == destruction.method);
    let method = method.map(|it| facts.pick(&it.zh, &it.en).to_owned());
    vec![
        (
            "state",
            facts
                .texts
                .name("destruction-state", destruction.state.id()),
        ),
        ("file", destruction.file.to_string()),
        ("class", facts.class(&destruction.class)),
        ("class_no", class_no),
        ("pieces", destruction.pieces.to_string()),
        ("filed_on", destruction.filed_on.to_string()),
        ("past_on", past.unwrap_or_default()),
        (
            "ground",
            facts.texts.name("ground", destruction.ground.id()),
        ),
        (
            "reviewed",
            said(destruction.reviewed.as_ref(), names, facts),
        ),
        (
            "approved",
            said(destruction.approved.as_ref(), names, facts),
        ),
        ("refused", said(destruction.refused.as_ref(), names, facts)),
        ("method", method.unwrap_or_default()),
        ("witness", destruction.witness.clone()),
        (
            "destroyed",
            said(destruction.destroyed.as_ref(), names, facts),
        ),
    ]
}

fn of_day(end: &DayEnd) -> Vec<Line> {
    let out = end.out.iter().map(|(loan, text)| format!("{loan}  {text}"));
    let out: Vec<String> = out.collect();
    vec![
        ("day", end.day.to_string()),
        ("rows", numbers(&end.rows)),
        ("unfinished", numbers(&end.unfinished)),
        ("reason", end.reason.clone()),
        ("out", out.join("\n")),
    ]
}
