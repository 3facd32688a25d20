//! What stands in the columns of the archive's records: custody of files, hand-overs, requests,
//! inspections, leaks, destructions, days.

use super::cells::{Style, name_of, number};
use super::value::Value;
use crate::desk::contract::Row;
use crate::domain::access::Access;
use crate::domain::archive::ArchiveFile;
use crate::domain::complaint::course::Said;
use crate::domain::destruction::Destruction;
use crate::domain::dossier::Dossier;
use crate::domain::follow_up::{Contacted, FollowUp};
use crate::domain::handover::{Handover, lacking};
use crate::domain::incident::Incident;
use crate::domain::inspection::Inspection;
use crate::domain::record::Record;
use crate::domain::registration::Registration;
use crate::domain::shift::ShiftSheet;
use crate::domain::task::Task;
use crate::domain::transaction::Transaction;
use crate::locale::dossier;
use crate::text::show;

fn said(said: Option<&Said>, row: &Row) -> Value {
    said.map_or(Value::Nothing, |said| name_of(row, said.by))
}

impl Style<'_> {
    fn shift(self, sheet: &ShiftSheet, row: &Row, column: &str) -> Value {
        let count = |numbers: usize| Value::Count(i64::try_from(numbers).unwrap_or(i64::MAX));
        match column {
            "state" => self.word("shift-state", sheet.state.id()),
            "to" => sheet
                .details
                .to
                .map_or(Value::Nothing, |to| name_of(row, to)),
            "text" => Value::text(&sheet.details.text),
            "requests" => count(sheet.requests.len()),
            "promises" => count(sheet.promises.len()),
            "begun" => count(sheet.details.drafts.len()),
            "taken_by" => sheet
                .ended
                .map_or(Value::Nothing, |(by, _)| name_of(row, by)),
            "taken_at" => sheet
                .ended
                .map_or(Value::Nothing, |(_, at)| Value::Time(at)),
            _ => Value::Nothing,
        }
    }

    /// What stands in a column of a record of the archive's procedures.
    pub(super) fn kept(self, row: &Row, column: &str) -> Value {
        match &row.record {
            Record::Handover(handover) => self.handover(handover, column),
            Record::Access(access) => self.access(access, row, column),
            Record::Inspection(inspection) => self.inspection(inspection, column),
            Record::Incident(incident) => self.incident(incident, column),
            Record::Destruction(destruction) => self.destruction(destruction, row, column),
            Record::Transaction(entry) => self.transaction(entry, column),
            Record::Task(task) => self.task(task, row, column),
            Record::Registration(registration) => self.registration(registration, row, column),
            Record::DutyShift(duty) => match column {
                "day" => Value::Date(duty.day),
                "duty_from" => Value::Time(duty.from),
                "duty_until" => Value::Time(duty.until),
                "manager" => name_of(row, duty.manager),
                _ => Value::Nothing,
            },
            Record::Hint(hint) => match column {
                "places" => Value::text(&hint.details.places),
                "text" => Value::text(&hint.details.text),
                "until" => Value::Time(hint.until),
                "withdrawn" => said(hint.withdrawn.as_ref(), row),
                _ => Value::Nothing,
            },
            Record::ShiftSheet(sheet) => self.shift(sheet, row, column),
            Record::DayEnd(end) => {
                let numbers = |numbers: &[crate::domain::number::Number]| {
                    let names: Vec<String> = numbers.iter().map(ToString::to_string).collect();
                    Value::text(&names.join(" "))
                };
                let out: Vec<_> = end.out.iter().map(|(loan, _)| *loan).collect();
                match column {
                    "day" => Value::Date(end.day),
                    "rows" => numbers(&end.rows),
                    "unfinished" => numbers(&end.unfinished),
                    "reason" => Value::text(&end.reason),
                    "out" => numbers(&out),
                    _ => Value::Nothing,
                }
            }
            _ => Value::Nothing,
        }
    }

    fn class(self, class: &str) -> Value {
        let list = self.profile.archive.classes.iter();
        let words = list.map(|it| [it.id.as_str(), it.zh.as_str(), it.en.as_str()]);
        self.listed(class, words)
    }

    /// What stands in a column of a file's custody.
    pub(super) fn custody(self, file: &ArchiveFile, column: &str) -> Value {
        let (details, custody) = (&file.details, &file.custody);
        match column {
            "sort" => self.word("file-sort", details.sort.id()),
            "vin" => Value::text(&details.vin),
            "unit_of" => self.department(&details.unit),
            "medium" => self.word("medium", details.medium.id()),
            "web" => Value::text(&details.web),
            "credit" => Value::text(&details.credit),
            "to_whom" => {
                let transfer = custody.transfer.as_ref();
                transfer.map_or(Value::Nothing, |it| self.department(&it.to))
            }
            "left_on" => file.left_on().map_or(Value::Nothing, Value::Date),
            "class_no" if custody.class_no > 0 => Value::Count(custody.class_no.into()),
            "lacks" => self.list("lack", custody.lacks.iter().map(|lack| lack.id())),
            _ => Value::Nothing,
        }
    }

    fn handover(self, handover: &Handover, column: &str) -> Value {
        let details = &handover.details;
        let taken = handover.taken.as_ref();
        match column {
            "sort" => self.word("file-sort", details.sort.id()),
            "person" => Value::text(&details.person),
            "plate" => Value::text(&details.plate),
            "vin" => Value::text(&details.vin),
            "giver" => Value::text(&details.giver),
            "released_on" => details.released_on.map_or(Value::Nothing, Value::Date),
            "signed_at" => taken.map_or(Value::Nothing, |said| Value::Time(said.at)),
            "register_row" if handover.row > 0 => Value::Count(handover.row.into()),
            "state" => self.word("handover-state", handover.state.id()),
            "missing" => {
                let lists = self.profile.archive.checklists.iter();
                let list = lists.clone().find(|list| list.id == details.checklist);
                let items = list.iter().flat_map(|list| &list.items);
                let lacks: Vec<String> = handover
                    .papers
                    .iter()
                    .filter_map(|paper| {
                        let item = items.clone().find(|item| item.id == paper.item)?;
                        let lacks = lacking(item, paper.now, details);
                        let words = [(item.id.as_str(), item.zh.as_str(), item.en.as_str())];
                        let words = words.into_iter().map(|(id, zh, en)| [id, zh, en]);
                        lacks.then(|| self.words(self.listed(&item.id, words)))
                    })
                    .collect();
                Value::text(&lacks.join(&self.texts.get("list-comma")))
            }
            "file" => number(handover.filed.as_ref().map(|(file, _)| *file)),
            _ => Value::Nothing,
        }
    }

    fn access(self, access: &Access, row: &Row, column: &str) -> Value {
        let details = &access.details;
        match column {
            "purpose" => self.word("purpose", details.purpose.id()),
            "file" => number(details.file),
            "object" => Value::text(&details.object),
            "aim" => Value::text(&details.aim),
            "reason" => Value::text(&details.reason),
            "reader" => Value::text(&details.reader),
            "unit" => Value::text(&details.unit),
            "outsider" => Value::Truth(details.outsider),
            "grade" => self.word("grade", access.grade.id()),
            "state" => self.word("access-state", access.state.id()),
            "approvals" => {
                let names = access.approvals.iter();
                let names = names.map(|(_, said)| self.words(name_of(row, said.by)));
                let names: Vec<String> = names.collect();
                Value::text(&names.join(&self.texts.get("list-comma")))
            }
            "loan" => number(access.loan),
            "copy_no" if access.copy_no > 0 => Value::Count(access.copy_no.into()),
            _ => Value::Nothing,
        }
    }

    fn inspection(self, inspection: &Inspection, column: &str) -> Value {
        let details = &inspection.details;
        match column {
            "inspection" => self.word("inspection", details.kind.id()),
            "temperature" => details.temperature.map_or(Value::Nothing, |tenths| {
                let sign = if tenths < 0 { "-" } else { "" };
                let tenths = tenths.unsigned_abs();
                Value::Text(format!("{sign}{}.{}", tenths / 10, tenths % 10))
            }),
            "humidity" => details
                .humidity
                .map_or(Value::Nothing, |percent| Value::Count(percent.into())),
            "out_of_bounds" => Value::Truth(inspection.out_of_bounds),
            "findings" => {
                let found = inspection.visits.iter().map(|visit| {
                    let found = self.words(self.word("finding", visit.finding.id()));
                    let files = [&visit.missing, &visit.astray, &visit.misplaced];
                    let files = files.into_iter().flatten().map(ToString::to_string);
                    let files: Vec<String> = files.collect();
                    let line =
                        format!("{} {found} {} {}", visit.shelf, files.join(" "), visit.note);
                    line.split_whitespace().collect::<Vec<_>>().join(" ")
                });
                let safety = details.safety.iter().map(|(point, holds)| {
                    let done = self.words(self.word("choice", if *holds { "yes" } else { "no" }));
                    format!("{} {done}", self.words(self.word("safety", point.id())))
                });
                let found: Vec<String> = found.chain(safety).collect();
                Value::text(&found.join(&self.texts.get("list-comma")))
            }
            "note" => Value::text(&details.note),
            "state" => {
                let closed = inspection.closed.is_some();
                self.word(
                    "inspection-state",
                    if closed { "closed" } else { "running" },
                )
            }
            _ => Value::Nothing,
        }
    }

    fn transaction(self, entry: &Transaction, column: &str) -> Value {
        let details = &entry.details;
        match column {
            "on" => Value::Date(entry.on()),
            "transaction_sort" => self.word("transaction-sort", details.sort.id()),
            "text" => Value::text(&details.text),
            "amount" => details
                .amount
                .map_or(Value::Nothing, |fen| Value::Text(show::yuan(fen))),
            "salesperson" => Value::text(&details.salesperson),
            "discount" => entry
                .discount
                .map_or(Value::Nothing, |fen| Value::Text(show::yuan(fen))),
            "terms" => entry.terms.as_ref().map_or(Value::Nothing, |terms| {
                let words = [["", terms.zh.as_str(), terms.en.as_str()]];
                self.listed("", words.into_iter())
            }),
            "file" => number(details.file),
            "customer" => number(details.customer),
            _ => Value::Nothing,
        }
    }

    fn registration(self, registration: &Registration, row: &Row, column: &str) -> Value {
        let details = &registration.details;
        let handed = registration.handed_in.as_ref();
        let closing = registration.closing.as_ref();
        match column {
            "day" => Value::Date(registration.day),
            "registered_at" => Value::Time(registration.meta.created_at),
            "name" => Value::text(&details.name),
            "phone" => Value::text(&details.phone),
            "business" => self.word("business", details.business.map_or("", |it| it.id())),
            "registration_source" => {
                let source = details.source.map_or("", |it| it.id());
                self.word("registration-source", source)
            }
            "met" => registration
                .met()
                .map_or(Value::Nothing, |it| self.word("met", it.id())),
            "sales_site" => self.sales_site(&details.sales_site),
            "intention" => Value::text(&details.intention),
            "prospect" => Value::Truth(details.prospect),
            "agent" => details.agent.map_or(Value::Nothing, Value::Truth),
            "agent_name" => Value::text(&details.agent_name),
            "referrer" => number(details.referrer),
            "registered_by" => name_of(row, registration.meta.created_by),
            "manager" => name_of(row, registration.owner),
            "owner_rule" => self.word("owner-rule", registration.rule.id()),
            "state" => self.word("registration-state", registration.state.id()),
            "collides_with" => number(registration.collision.as_ref().map(|it| it.with)),
            "handed_in_at" => handed.map_or(Value::Nothing, |it| Value::Time(it.at)),
            "late_form" => handed.map_or(Value::Nothing, |it| Value::Truth(it.late)),
            "reason" => handed.map_or(Value::Nothing, |it| Value::text(&it.reason)),
            "kept_at" => {
                let kept = registration.kept.as_ref();
                kept.map_or(Value::Nothing, |said| Value::Time(said.at))
            }
            "kept_by" => {
                let kept = registration.kept.as_ref();
                kept.map_or(Value::Nothing, |said| name_of(row, said.by))
            }
            "customer" => number(closing.map(|it| it.customer)),
            "closed_on" => closing.map_or(Value::Nothing, |it| Value::Date(it.on)),
            "rules_version" => {
                let rules = &registration.rules;
                Value::text(&format!("{} {}", rules.profile, rules.version))
            }
            _ => Value::Nothing,
        }
    }

    pub(super) fn follow_up(self, it: &FollowUp, row: &Row, column: &str) -> Value {
        let details = &it.details;
        let contact = it.contact.as_ref();
        let of_contact = |of: fn(&Contacted) -> &str| {
            contact.map_or(Value::Nothing, |contact| Value::text(of(contact)))
        };
        match column {
            "customer" => number(details.customer),
            "name" => Value::text(&it.name),
            "follow_kind" => self.word("follow-up-kind", details.kind.id()),
            "time" => Value::text(&details.time),
            "standing" => {
                let id = if it.is_first { "new" } else { "old" };
                self.word("standing", id)
            }
            "owner" => details
                .owner
                .map_or(Value::Nothing, |owner| name_of(row, owner)),
            "text" => Value::text(&details.text),
            "state" => self.word("follow-up-state", it.state.id()),
            "reached_at" => contact.map_or(Value::Nothing, |contact| Value::Time(contact.said.at)),
            "contact_channel" => contact.map_or(Value::Nothing, |contact| {
                self.word("contact-channel", contact.channel.id())
            }),
            "said" => of_contact(|contact| &contact.said.text),
            "needs" => of_contact(|contact| &contact.needs),
            "next_contact" => number(contact.and_then(|contact| contact.next)),
            _ => self.served(it, row, column),
        }
    }

    /// A customer's profile; what stands in it in one cell, without what is never taken out (A14-F22).
    pub(super) fn dossier(self, it: &Dossier, row: &Row, column: &str) -> Value {
        let profiled = row.profiled.as_ref();
        let customer = profiled.and_then(|it| it.customer.as_ref());
        let share = profiled.and_then(|it| it.share);
        match column {
            "customer" => number(Some(it.customer)),
            "name" => customer.map_or(Value::Nothing, |it| Value::text(&it.details.name)),
            "salesperson" => name_of(row, it.salesperson),
            "filled" => share.map_or(Value::Nothing, |it| Value::Count(it.filled.into())),
            "fields" => share.map_or(Value::Nothing, |it| Value::Count(it.of.into())),
            "percent" => share.map_or(Value::Nothing, |it| Value::text(&it.percent())),
            "answers" => {
                let Some(rules) = &self.profile.dossier else {
                    return Value::Nothing;
                };
                // An age is as it was when the profile was last changed: exports do not know the day.
                let today = it.meta.changed_at.day(self.profile.utc_offset_minutes);
                let lines = dossier::lines(it, customer, rules, today, self.texts).into_iter();
                let told = lines.filter(|line| !line.value.is_empty() && !line.closed);
                let told = told.map(|line| format!("{}: {}", line.label, line.value));
                Value::text(&told.collect::<Vec<String>>().join("\n"))
            }
            _ => Value::Nothing,
        }
    }

    fn task(self, task: &Task, row: &Row, column: &str) -> Value {
        let details = &task.details;
        let dispatched = task.dispatches.last();
        match column {
            "department" => self.department(&details.department),
            "task_owner" => Value::text(&details.owner),
            "text" => Value::text(&details.text),
            "record" => number(details.about),
            "state" => self.word("task-state", task.state.id()),
            "given_to" => dispatched.map_or(Value::Nothing, |it| name_of(row, it.to)),
            "given_at" => dispatched.map_or(Value::Nothing, |it| Value::Time(it.given.at)),
            "accepted_at" => {
                let accepted = dispatched.and_then(|it| it.accepted);
                accepted.map_or(Value::Nothing, Value::Time)
            }
            "handed_back_at" => {
                let back = dispatched.and_then(|it| it.handed_back.as_ref());
                back.map_or(Value::Nothing, |said| Value::Time(said.at))
            }
            "chain" => {
                let legs = task.legs.iter().map(|leg| {
                    let unit = self.words(self.department(&leg.unit));
                    format!("{unit} {}", self.stamp(leg.from.at))
                });
                let legs: Vec<String> = legs.collect();
                Value::text(&legs.join(" → "))
            }
            "answer" => {
                let last = task.answers.last();
                last.map_or(Value::Nothing, |said| Value::text(&said.text))
            }
            _ => Value::Nothing,
        }
    }

    fn incident(self, incident: &Incident, column: &str) -> Value {
        let details = &incident.details;
        match column {
            "found_at" => details.found_at.map_or(Value::Nothing, Value::Time),
            "file" => number(details.file),
            "text" => Value::text(&details.text),
            "measure" => Value::text(&details.measure),
            "measure_by" => Value::text(&details.measure_by),
            "state" => self.word("incident-state", incident.state.id()),
            "result" => incident
                .closed
                .as_ref()
                .map_or(Value::Nothing, |said| Value::text(&said.text)),
            _ => Value::Nothing,
        }
    }

    fn destruction(self, destruction: &Destruction, row: &Row, column: &str) -> Value {
        match column {
            "file" => number(Some(destruction.file)),
            "class" => self.class(&destruction.class),
            "class_no" if destruction.class_no > 0 => Value::Count(destruction.class_no.into()),
            "sort" => self.word("file-sort", destruction.sort.id()),
            "grade" => self.word("grade", destruction.grade.id()),
            "pieces" => Value::Count(destruction.pieces.into()),
            "filed_on" => Value::Date(destruction.filed_on),
            "past_on" => destruction.past_on.map_or(Value::Nothing, Value::Date),
            "ground" => self.word("ground", destruction.ground.id()),
            "state" => self.word("destruction-state", destruction.state.id()),
            "reviewed" => said(destruction.reviewed.as_ref(), row),
            "approved" => said(destruction.approved.as_ref(), row),
            "method" => {
                let list = self.profile.archive.methods.iter();
                let words = list.map(|it| [it.id.as_str(), it.zh.as_str(), it.en.as_str()]);
                self.listed(&destruction.method, words)
            }
            "witness" => Value::text(&destruction.witness),
            "destroyed" => destruction
                .destroyed
                .as_ref()
                .map_or(Value::Nothing, |said| Value::Time(said.at)),
            _ => Value::Nothing,
        }
    }
}
