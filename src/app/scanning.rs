//! Labels read by a barcode scanner: a keyboard that types fast and ends with Enter. What it types is
//! known by its digits and never by its speed, so that it reads the same over any line.
//!
//! Where nothing is typed, 0 begins a label and its Enter opens the file. Where something is typed,
//! the digits go into the field like any others, and the Enter behind a label takes them out again:
//! the Enter of a scanner never saves a form, leaves a field or chooses a value.

use std::collections::VecDeque;

use super::effect::Origin;
use super::field::Field;
use super::forms;
use super::popup::{Popup, Scroll, Then};
use super::reveal::Purpose;
use super::{App, describe_archive};
use crate::desk::contract::{At, Command, Failure};
use crate::domain::inspection::{Inspection, InspectionKind, InspectionStep};
use crate::domain::label::{FIRST, Label};
use crate::domain::number::Kind;
use crate::domain::procedure::ArchiveStep;
use crate::domain::profile::{Permission, Tab};
use crate::domain::record::Record;
use crate::keys::{Code, Key};
use crate::locale::Said;

/// So many of the last scans are shown.
const SHOWN: usize = 200;
/// More digits than any label has behind a number are no label.
const MOST_DIGITS: usize = 60;

/// Digits typed one after the other, which may turn out to be a label.
#[derive(Debug, Default)]
pub struct Reading {
    digits: String,
    /// What stood where they are typed before the first of them.
    before: Option<Before>,
}

#[derive(Debug)]
enum Before {
    Field(Box<Field>),
    Find(String),
    Picker(String),
}

/// What the labels are scanned for.
#[derive(Debug)]
pub enum Purposes {
    /// Files that come back.
    Return,
    /// The files of one shelf after the other.
    Inspect {
        /// The inspection as it was last seen.
        inspection: Box<Inspection>,
        /// The shelf that was chosen for the next visit; else its first file says which it is.
        chosen: String,
    },
}

/// Labels scanned one after the other.
#[derive(Debug)]
pub struct Scanning {
    /// What for.
    pub what: Purposes,
    /// What came of each, the last one first, and whether it went wrong.
    pub lines: VecDeque<(String, bool)>,
    /// How many went well.
    pub done: usize,
    /// How many did not.
    pub failed: usize,
    /// How far it is scrolled.
    pub scroll: Scroll,
    /// Labels that wait for the answer to the one before.
    waiting: VecDeque<String>,
    /// The label that is on its way.
    sent: Option<String>,
}

impl Scanning {
    fn new(what: Purposes) -> Self {
        Self {
            what,
            lines: VecDeque::new(),
            done: 0,
            failed: 0,
            scroll: Scroll::new(0),
            waiting: VecDeque::new(),
            sent: None,
        }
    }

    fn tell(&mut self, line: String, bad: bool) {
        self.lines.push_front((line, bad));
        self.lines.truncate(SHOWN);
        self.scroll.set(0);
        if bad {
            self.failed += 1;
        } else {
            self.done += 1;
        }
    }
}

impl App {
    /// The digits that are being read where nothing is typed, for the foot of the screen.
    pub fn digits_read(&self) -> Option<&str> {
        let digits = self.reading.digits.as_str();
        (!digits.is_empty() && self.reading.before.is_none()).then_some(digits)
    }

    /// Takes a key that may be of a label. Returns whether it is used up.
    pub(crate) fn reads(&mut self, key: Key) -> bool {
        if self.gate.is_some() || !self.pending.is_empty() {
            self.reading = Reading::default();
            return false;
        }
        let typing = self.typed_now();
        let digit = key.folded().text().filter(char::is_ascii_digit);
        if let Some(digit) = digit {
            let first = self.reading.digits.is_empty();
            if first {
                if typing.is_none() && digit != FIRST {
                    return false;
                }
                self.reading.before = typing;
            }
            if self.reading.digits.len() < MOST_DIGITS {
                self.reading.digits.push(digit);
            }
            return self.reading.before.is_none();
        }
        let reading = std::mem::take(&mut self.reading);
        if reading.digits.is_empty() {
            return false;
        }
        let nothing_typed = reading.before.is_none();
        match key.code {
            Code::Enter => self.read(reading),
            Code::Backspace if nothing_typed => {
                self.reading = reading;
                self.reading.digits.pop();
                true
            }
            Code::Esc => nothing_typed,
            _ => false,
        }
    }

    /// A text that was pasted where nothing is typed; whether it was a label.
    pub(crate) fn reads_paste(&mut self, text: &str) -> bool {
        self.reading = Reading::default();
        let label = Label::parse(text);
        let is_free = self.gate.is_none() && self.typed_now().is_none();
        if let Some(label) = label.filter(|_| is_free) {
            self.scanned(label);
            return true;
        }
        false
    }

    fn read(&mut self, reading: Reading) -> bool {
        let label = Label::at_end(&reading.digits);
        let label = label.map(|(typed, label)| (typed.to_owned(), label));
        let Some(before) = reading.before else {
            if let Some((_, label)) = label {
                self.scanned(label);
            } else {
                let text = self.facts.tw("scan-unread", &[("digits", &reading.digits)]);
                self.complain(text);
            }
            return true;
        };
        let Some((typed, label)) = label else {
            return false;
        };
        self.put_back(before);
        if !typed.is_empty() {
            self.text(&typed);
        }
        self.scanned_in_form(label);
        true
    }

    /// What stands where something is typed now; none where nothing is.
    fn typed_now(&self) -> Option<Before> {
        let field = |form: &super::form::Form| {
            let field = form.focused();
            field.map(|field| Before::Field(Box::new(field.clone())))
        };
        match self.popups.last() {
            Some(Popup::Picker(picker)) => Some(Before::Picker(picker.typed.value().to_owned())),
            Some(Popup::Form(form)) => field(form).or(Some(Before::Find(String::new()))),
            Some(_) => None,
            None => {
                let pane = self.pane()?;
                if let Some(find) = &pane.find {
                    return Some(Before::Find(find.value().to_owned()));
                }
                let form = pane.form.as_ref()?;
                field(form).or(Some(Before::Find(String::new())))
            }
        }
    }

    /// Makes what is typed what it was before a label was scanned into it.
    fn put_back(&mut self, before: Before) {
        match before {
            Before::Field(before) => {
                if let Some(form) = self.form_on_top_mut() {
                    let fields = &mut form.fields;
                    if let Some(field) = fields.iter_mut().find(|field| field.name == before.name) {
                        *field = *before;
                    }
                    forms::adjust(form);
                }
                if self.popups.is_empty() {
                    self.form_changed();
                }
            }
            Before::Find(before) => {
                if let Some(find) = self.pane_mut().and_then(|pane| pane.find.as_mut()) {
                    find.set(&before);
                    self.found();
                }
            }
            Before::Picker(before) => {
                if let Some(Popup::Picker(picker)) = self.popups.last_mut() {
                    picker.typed.set(&before);
                }
            }
        }
    }

    /// A label scanned where something is typed: into a form that asks for a file, or out of a search.
    fn scanned_in_form(&mut self, label: Label) {
        let finding = self.popups.is_empty() && self.pane().is_some_and(|pane| pane.find.is_some());
        if finding {
            if let Some(pane) = self.pane_mut() {
                pane.find = None;
            }
            return self.scanned(label);
        }
        let picking = matches!(self.popups.last(), Some(Popup::Picker(_)));
        let wants = |form: &mut super::form::Form| {
            let field = form.field_mut("file").filter(|field| field.shown);
            field.map(|field| field.set(&label.file.to_string()))
        };
        let taken = if picking {
            None
        } else {
            self.form_on_top_mut().and_then(wants)
        };
        if taken.is_none() {
            let text = self.facts.tw("scan-in-form", &[("number", &label.file)]);
            return self.complain(text);
        }
        if self.popups.is_empty() {
            self.form_changed();
        }
    }

    /// A label was scanned where nothing is typed.
    pub(crate) fn scanned(&mut self, label: Label) {
        let is_scanning = |popup: &Popup| matches!(popup, Popup::Scanning(_));
        if let Some(place) = self.popups.iter().rposition(is_scanning) {
            // A question about a shelf is answered by going on.
            self.popups.truncate(place + 1);
            return self.next_scan(Some(label.to_string()));
        }
        self.popups
            .retain(|popup| !matches!(popup, Popup::Record(..)));
        let there = self.panes.iter().any(|pane| pane.tab == Tab::Archive);
        if !self.popups.is_empty() || !there {
            let text = self.facts.tw("scan-in-form", &[("number", &label.file)]);
            return self.complain(text);
        }
        self.go(Tab::Archive);
        self.show_list(Tab::Archive, 0);
        self.narrow(|list| {
            list.filter = list.home;
            list.find = label.file.to_string();
            list.want(label.file);
        });
        let history_first = false;
        self.want_whole(label.file, Purpose::Open { history_first });
    }

    /// The inspection of shelves that is selected and not closed.
    fn inspected(&self) -> Option<&Inspection> {
        match &self.pane()?.list().selected()?.record {
            Record::Inspection(it)
                if it.closed.is_none() && it.details.kind == InspectionKind::Custody =>
            {
                Some(it)
            }
            _ => None,
        }
    }

    fn on_inspections(&self) -> bool {
        let pane = self.pane();
        pane.is_some_and(|pane| pane.list().kind == Kind::Inspection)
    }

    /// Why labels cannot be scanned now.
    pub(crate) fn why_not_scan(&self) -> Option<String> {
        let facts = &self.facts;
        if !self.on_inspections() {
            return facts.refused(|context| context.may(Permission::LoanCheckIn));
        }
        let refused = facts.refused(|context| context.may_take(ArchiveStep::Inspect));
        refused.or_else(|| match self.inspected() {
            Some(_) => None,
            None => Some(facts.t("why-no-shelves")),
        })
    }

    /// Begins to scan: shelves where an inspection is selected, files that come back elsewhere.
    pub(crate) fn open_scanning(&mut self) {
        let what = match self.inspected() {
            Some(inspection) => Purposes::Inspect {
                inspection: Box::new(inspection.clone()),
                chosen: String::new(),
            },
            None => Purposes::Return,
        };
        let scanning = Scanning::new(what);
        self.popups.push(Popup::Scanning(Box::new(scanning)));
    }

    pub(super) fn scanning_mut(&mut self) -> Option<&mut Scanning> {
        self.popups.iter_mut().rev().find_map(|popup| match popup {
            Popup::Scanning(scanning) => Some(&mut **scanning),
            _ => None,
        })
    }

    /// Sends the label that is next, where the one before has been answered.
    fn next_scan(&mut self, label: Option<String>) {
        let Some(scanning) = self.scanning_mut() else {
            return;
        };
        scanning.waiting.extend(label);
        if scanning.sent.is_some() {
            return;
        }
        let Some(label) = scanning.waiting.pop_front() else {
            return;
        };
        scanning.sent = Some(label.clone());
        let command = match &scanning.what {
            Purposes::Return => Command::ReturnByLabel { label },
            Purposes::Inspect { inspection, chosen } => Command::StepInspection {
                at: at(inspection),
                step: InspectionStep::ScanFile {
                    label,
                    shelf: chosen.clone(),
                },
            },
        };
        self.change(command, Origin::Scan, Vec::new());
    }

    /// A scan was taken in.
    pub(super) fn scan_done(&mut self, command: &Command, record: &Record, also: &[Record]) {
        let line = match record {
            Record::Loan(loan) => self.facts.tw(
                if loan.is_open() {
                    "scan-piece-back"
                } else {
                    "scan-back"
                },
                &[
                    ("file", &loan.file),
                    ("title", &loan.title),
                    ("borrower", &loan.details.borrower),
                    ("missing", &describe_archive::still_out(loan)),
                ],
            ),
            Record::Inspection(inspection) => self.inspected_line(command, inspection, also),
            _ => record.number().to_string(),
        };
        let Some(scanning) = self.scanning_mut() else {
            return;
        };
        scanning.sent = None;
        scanning.tell(line, false);
        if let (Purposes::Inspect { inspection, chosen }, Record::Inspection(next)) =
            (&mut scanning.what, record)
        {
            **inspection = next.clone();
            chosen.clear();
        }
        self.next_scan(None);
        self.refresh();
    }

    fn inspected_line(
        &self,
        command: &Command,
        inspection: &Inspection,
        also: &[Record],
    ) -> String {
        let ended = matches!(
            command,
            Command::StepInspection {
                step: InspectionStep::EndShelf { .. },
                ..
            }
        );
        let visit = inspection.visits.last().filter(|_| ended);
        if let Some(visit) = visit {
            return describe_archive::visit(visit, &self.facts);
        }
        let scanned = inspection.scanned.last();
        let number = scanned.map(ToString::to_string).unwrap_or_default();
        let key = if also.is_empty() {
            "scan-seen"
        } else {
            "scan-found"
        };
        self.facts.tw(key, &[("number", &number)])
    }

    /// A scan was refused, or its answer did not come.
    pub(super) fn scan_failed(&mut self, failure: &Failure) {
        let said = self.facts.texts.failure(failure);
        let said = said.first().map(Said::line).unwrap_or_default();
        let Some(scanning) = self.scanning_mut() else {
            return self.complain(said);
        };
        let label = scanning.sent.take().unwrap_or_default();
        let number = Label::parse(&label).map_or(label, |label| label.file.to_string());
        scanning.tell(format!("{number}  {said}"), true);
        self.next_scan(None);
        self.refresh();
    }

    /// An action while labels are scanned.
    pub(crate) fn scanning_action(&mut self, action: crate::keys::Action, step: isize) {
        use crate::keys::Action;
        let Some(Popup::Scanning(scanning)) = self.popups.last_mut() else {
            return;
        };
        match (action, &mut scanning.what) {
            (Action::Cancel, _) => {
                self.popups.pop();
                self.refresh();
            }
            (Action::Accept, Purposes::Inspect { inspection, .. }) => {
                if inspection.scanned.is_empty() {
                    return self.complain(self.facts.t("scan-nothing-yet"));
                }
                let args: [(&str, &dyn std::fmt::Display); 2] = [
                    ("shelf", &inspection.visiting),
                    ("count", &inspection.scanned.len()),
                ];
                let question = self.facts.tw("scan-end-shelf", &args);
                self.confirm(vec![question], Then::EndShelf);
            }
            (Action::Up | Action::Down, Purposes::Inspect { inspection, chosen })
                if inspection.scanned.is_empty() =>
            {
                let shelves = &inspection.shelves;
                let place = shelves.iter().position(|shelf| shelf == chosen);
                let next = match place {
                    None if step > 0 => Some(0),
                    None => shelves.len().checked_sub(1),
                    Some(place) => place.checked_add_signed(step),
                };
                let found = next.and_then(|next| shelves.get(next));
                *chosen = found.cloned().unwrap_or_default();
            }
            _ => {
                let scroll = &scanning.scroll;
                scroll.set(scroll.get().saturating_add_signed(step));
            }
        }
    }

    /// The shelf that is being scanned is done with.
    pub(crate) fn end_shelf(&mut self) {
        let Some(scanning) = self.scanning_mut() else {
            return;
        };
        if let Purposes::Inspect { inspection, .. } = &scanning.what {
            let command = Command::StepInspection {
                at: at(inspection),
                step: InspectionStep::EndShelf {
                    note: String::new(),
                },
            };
            scanning.sent = Some(String::new());
            self.change(command, Origin::Scan, Vec::new());
        }
    }
}

fn at(inspection: &Inspection) -> At {
    At {
        number: inspection.meta.number,
        version: inspection.meta.version,
    }
}
