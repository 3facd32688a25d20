//! What comes back from the desk, and what it changes on the screen.

use super::App;
use super::effect::{Doing, Effect, Origin, Tag};
use super::form::FieldKind;
use super::forms::{self, FormId};
use super::list::Part;
use super::picker::customer_item;
use super::popup::Popup;
use super::trade;
use crate::desk::contract::{Answer, CallerCard, Cared, Failure, Page, Query, Reply, Row};
use crate::domain::customer::Customer;
use crate::domain::number::Number;
use crate::domain::operator::Operator;
use crate::domain::profile::{Profile, Tab};
use crate::domain::record::Record;
use crate::domain::site::Site;

impl App {
    /// Takes in an answer.
    pub(crate) fn reply(&mut self, tag: Tag, answer: Answer) {
        if let Tag::Do(doing) = &tag {
            self.on_the_way.remove(&doing.id);
        }
        if tag.is_for_gate() {
            self.answered(tag, answer);
        } else {
            self.behind_gate(|app| app.answered(tag, answer));
            if self.gate.is_some() {
                // Nothing is told before the gate of what happened behind it.
                self.toast = None;
            }
        }
    }

    fn answered(&mut self, tag: Tag, answer: Answer) {
        if !matches!(tag, Tag::Seat(_))
            && let Err(failure) = &answer
            && self.is_shut_by(failure)
        {
            return;
        }
        match (tag, answer) {
            (Tag::Seat(said), answer) => self.seat_answered(said, answer),
            (
                Tag::Do(doing),
                Ok(Reply::Done {
                    record, already, ..
                }),
            ) if already && !doing.again => self.saved_before(&doing, &record),
            (Tag::Do(doing), Ok(Reply::Done { record, also, .. })) => {
                self.done(&doing, &record, &also);
            }
            (Tag::Do(doing), Err(failure)) => self.not_done(*doing, failure),
            // Who has no outbox can still name a file, where files can be named.
            (Tag::Outbox, Err(_)) if self.paths => self.offer_files(&[]),
            // What is wrong with a customer or a file is said when the form is saved.
            (Tag::Standing { .. }, Err(_)) => {}
            (_, Err(failure)) => self.show_failure(&failure),
            (tag, Ok(reply)) => self.looked(tag, reply),
        }
    }

    fn looked(&mut self, tag: Tag, reply: Reply) {
        match (tag, reply) {
            (Tag::Hello, reply @ Reply::Hello { .. }) => self.took_hello(reply),
            (Tag::Start { tab }, Reply::Hello { now, .. }) => {
                self.facts.now = now;
                let form = self.pane_of(tab).and_then(|pane| pane.form.as_mut());
                if let Some(form) = form.filter(|form| form.value("started_at").is_empty()) {
                    form.set("started_at", &now.to_string());
                }
            }
            (Tag::Counts, Reply::Counts(counts)) => self.took_counts(counts),
            (Tag::Inspections, Reply::InspectionsDue(due)) => self.took_inspections_due(due),
            (Tag::ToFile, Reply::ToFile(found)) => self.took_to_file(*found),
            (Tag::FileFigures, Reply::FileFigures(found)) => self.took_file_figures(&found),
            (Tag::Alarm, Reply::Page(page)) => self.took_alarm(page),
            (Tag::AtHand, Reply::AtHand { hints, sheet }) => {
                self.took_at_hand(hints, sheet.map(|sheet| *sheet));
            }
            (Tag::Operators, Reply::Operators(operators)) => self.took_operators(operators),
            (
                Tag::List {
                    tab,
                    list,
                    serial,
                    part,
                },
                Reply::Page(page),
            ) => {
                self.took_page(tab, list, serial, part, page);
            }
            (Tag::Alike { tab, by, find }, Reply::Page(page)) => {
                self.took_alike(tab, by, &find, page);
            }
            (Tag::Visits, Reply::Visits(visits)) => self.took_visits(visits),
            (Tag::Standing { tab, of }, Reply::Standing(standing)) => {
                self.took_standing(tab, of, standing);
            }
            (Tag::Caller { digits }, Reply::Caller(card)) => self.took_caller(digits, card),
            (Tag::Ringing { digits }, Reply::Caller(card)) => self.took_ringing(&digits, card),
            (Tag::Suggest { typed }, Reply::Page(page)) => self.took_hits(&typed, page),
            (Tag::Pick { typed }, Reply::Page(page)) => self.took_picks(&typed, page),
            (Tag::Side { of }, Reply::Page(page)) => {
                let rows: Vec<Row> = page.rows.into_iter().map(|(_, row)| row).collect();
                self.took_side(of, &rows);
            }
            (Tag::Side { of }, Reply::Record(row)) => {
                self.took_side(
                    of,
                    row.as_deref().map(std::slice::from_ref).unwrap_or_default(),
                );
            }
            (Tag::Anew(number), Reply::Record(Some(row))) => self.took_anew(number, *row),
            (Tag::Meanwhile { tab }, Reply::Record(Some(row))) => self.took_meanwhile(tab, &row),
            (Tag::Whole(purpose), Reply::Record(Some(row))) => self.took_whole(purpose, *row),
            (Tag::Profile(wanted), Reply::Record(Some(row))) => self.took_profile(wanted, *row),
            (Tag::Reveal, Reply::Record(Some(row))) => self.took_revealed(*row),
            (Tag::Begun(_), Reply::History(versions)) => self.keep_begun(&versions),
            (tag, reply) if tag.is_of_popup() => self.looked_at_opened(tag, reply),
            (Tag::Handling, Reply::Handling(rows)) => {
                let to = self.facts.today();
                let from = super::dates::first_of_month(to);
                let scroll = super::popup::Scroll::new(0);
                self.popups.push(Popup::Handling {
                    from,
                    to,
                    rows,
                    scroll,
                });
            }
            (Tag::Quarterly { opens }, Reply::Analysis(report)) => {
                self.took_quarterly(opens, report);
            }
            (Tag::Behind { quarter, cell }, Reply::Page(page)) => {
                self.took_behind(quarter, &cell, page);
            }
            (Tag::Previewed { form, step }, Reply::Previewed(rows)) => {
                self.took_preview(form, *step, rows);
            }
            (Tag::Outbox, Reply::Cared(Cared::Outbox(files))) => self.offer_files(&files),
            (Tag::Imports, Reply::Page(page)) => self.offer_imports(&page),
            (Tag::Resume(draft), Reply::Record(row)) => {
                self.resume_on(&draft, row.as_ref().map(|row| &row.record));
            }
            _ => {}
        }
    }

    /// What is known of the site and of whoever sits here.
    fn took_hello(&mut self, reply: Reply) {
        let Reply::Hello {
            site,
            operator,
            profile,
            now,
            calendar,
            notices,
        } = reply
        else {
            return;
        };
        self.dirty |= self.facts.now.day(0) != now.day(0);
        self.facts.now = now;
        self.mask_again();
        if site.is_some() {
            self.use_profile(*profile);
        }
        self.take_calendar(calendar);
        self.hello(site.map(|site| *site), operator.map(|operator| *operator));
        self.take_notices(notices);
    }

    /// What belongs to a record that is open whole, and a report of a month.
    fn looked_at_opened(&mut self, tag: Tag, reply: Reply) {
        match (tag, reply) {
            (Tag::Monthly { opens }, Reply::Monthly(report)) => self.took_monthly(opens, report),
            (Tag::History(number), Reply::History(versions)) => {
                if let Some(opened) = self.opened_mut(number) {
                    let changed = opened.history != versions;
                    opened.history = versions;
                    self.dirty |= changed;
                }
            }
            (Tag::Remarks(number), Reply::Remarks(remarks)) => {
                if let Some(opened) = self.opened_mut(number) {
                    opened.remarks = remarks;
                    self.dirty = true;
                }
            }
            (Tag::Entries(number), Reply::Transactions(entries)) => {
                if let Some(opened) = self.opened_mut(number) {
                    opened.entries = entries;
                    self.dirty = true;
                }
            }
            (Tag::TimeLine(number), Reply::Page(page)) => {
                if let Some(opened) = self.opened_mut(number) {
                    opened.contacts = page.rows.into_iter().map(|(_, row)| row).collect();
                    self.dirty = true;
                }
            }
            (Tag::Looks(number), Reply::Looks(looks)) => {
                if let Some(opened) = self.opened_mut(number) {
                    opened.looks = looks;
                    self.dirty = true;
                }
            }
            _ => {}
        }
    }

    fn hello(&mut self, site: Option<Site>, operator: Option<Operator>) {
        let Some(site) = site else {
            if self.popups.is_empty() {
                let form = forms::blank(FormId::Welcome, None, &self.facts);
                self.popups.push(Popup::Form(Box::new(form)));
                self.dirty = true;
            }
            return;
        };
        let first = self.facts.site.is_none();
        self.dirty |= self.facts.site.as_ref() != Some(&site) || self.facts.operator != operator;
        self.facts.site = Some(site);
        if operator.is_none() || self.gate.is_some() {
            return self.shut();
        }
        let same = operator.as_ref().map(|operator| operator.meta.number)
            == self
                .facts
                .operator
                .as_ref()
                .map(|operator| operator.meta.number);
        let sat_down = self.facts.operator.is_none() && operator.is_some();
        self.facts.operator = operator;
        if first || !same {
            self.look(Tag::Operators, Query::Operators);
        }
        // Nothing is shown to nobody: the lists wait until somebody has said who works here.
        if sat_down {
            self.refresh();
            self.look_at_hand();
        }
        if !same {
            self.load_drafts();
        }
    }

    /// A store that was just set up has another profile than the one shown before.
    fn use_profile(&mut self, profile: Profile) {
        if profile.tabs != self.facts.profile.tabs {
            self.panes = profile
                .tabs
                .iter()
                .map(|tab| super::pane::Pane::new(*tab))
                .collect();
            self.current = 0;
        }
        self.dirty |= self.facts.profile != profile;
        self.facts.profile = profile;
    }

    fn took_operators(&mut self, operators: Vec<Operator>) {
        self.dirty |= self.facts.operators != operators;
        self.facts.operators = operators;
        self.offer_operators();
    }

    fn took_page(&mut self, tab: Tab, list: usize, serial: u32, part: Part, rows: Page) {
        let Some(pane) = self.pane_of(tab) else {
            return;
        };
        let shown = pane.list_at(list);
        if shown.serial() == serial {
            let changed = shown.take(part, rows);
            self.dirty |= changed;
        }
        self.fetch_side();
    }

    fn took_side(&mut self, of: Number, rows: &[Row]) {
        for pane in &mut self.panes {
            if pane.side.of.is_some_and(|(number, _)| number == of) {
                self.dirty |= pane.side.rows != rows;
                rows.clone_into(&mut pane.side.rows);
            }
        }
    }

    /// Who calls is known: exactly one customer fills name and place (A01-11).
    fn took_caller(&mut self, digits: String, card: CallerCard) {
        let Some(pane) = self.panes.iter_mut().find(|pane| pane.tab == Tab::Intake) else {
            return;
        };
        let Some(form) = &mut pane.form else { return };
        let typed = crate::text::clean::digits(form.value("phone"));
        if typed != digits {
            return;
        }
        match card.customers.as_slice() {
            [only] if card.exact => {
                let number = only.meta.number.to_string();
                if form.value("customer") != number {
                    forms::intake::detach(form);
                    forms::intake::attach(form, only);
                }
            }
            several => {
                let chosen = form.value("customer");
                let still = several
                    .iter()
                    .any(|one| one.meta.number.to_string() == chosen);
                if !(still && card.exact) {
                    forms::intake::detach(form);
                }
            }
        }
        pane.caller = Some((digits, card));
        self.keep_draft(Tab::Intake);
    }

    fn took_hits(&mut self, typed: &str, page: Page) {
        let Some(form) = self.pane_mut().and_then(|pane| pane.form.as_mut()) else {
            return;
        };
        let wanted = form.focused().is_some_and(|field| {
            matches!(field.kind, FieldKind::Customer) && field.edit.value().trim() == typed
        });
        if wanted {
            form.hits = customers(page);
        }
    }

    fn took_picks(&mut self, typed: &str, page: Page) {
        let Some(Popup::Picker(picker)) = self.popups.last() else {
            return;
        };
        if !picker.asks || picker.typed.value() != typed {
            return;
        }
        let attach = picker.attach;
        let items = customers(page)
            .iter()
            .map(|customer| customer_item(self, customer, attach))
            .collect();
        if let Some(Popup::Picker(picker)) = self.popups.last_mut() {
            picker.items = items;
        }
    }

    fn done(&mut self, doing: &Doing, record: &Record, also: &[Record]) {
        self.facts.now = self.facts.now.max(record.meta().changed_at);
        self.remember_customer(record);
        self.shift_saved(record);
        if let Origin::Form { tab, again } = doing.origin {
            self.form_saved(doing.id, tab, again);
        }
        match doing.origin {
            Origin::Welcome { sample } => return self.set_up(record, also, sample),
            Origin::Gate => return self.acknowledged(),
            Origin::Popup => {
                self.popup_form_done();
                if let Record::Operator(_) = record {
                    // The next form about operators begins with them as they are now.
                    self.look(Tag::Hello, Query::Hello);
                    self.look(Tag::Operators, Query::Operators);
                }
            }
            Origin::Marked => return self.marked_done(record.number()),
            Origin::Scan => return self.scan_done(&doing.command, record, also),
            Origin::Form { .. } | Origin::Key => {}
        }
        for changed in also.iter().chain([record]) {
            if let Some(tab) = super::pane::home_of(changed.number())
                && let Some(pane) = self.pane_of(tab)
            {
                let is_shown = pane.list().kind == changed.number().kind;
                if is_shown {
                    pane.list_mut().want(changed.number());
                }
            }
        }
        let number = record.number();
        let mut text = self.facts.tw("toast-saved", &[("number", &number)]);
        if let Record::Transaction(entry) = record
            && let Some(granted) = trade::granted(entry, &self.facts)
        {
            text = format!("{text}  {granted}");
        }
        self.say(text);
        self.ask_for_visits(record);
        self.refresh();
    }

    /// This form was saved before: its draft came back because the program stopped between the
    /// saving and the forgetting. Nothing is saved twice by that, and nothing typed is thrown
    /// away: the form stays, under a new name.
    fn saved_before(&mut self, doing: &Doing, record: &Record) {
        if let Origin::Form { tab, .. } = doing.origin {
            let key = self.next_serial();
            let form = self.pane_of(tab).and_then(|pane| pane.form.as_mut());
            let old = form.map(|form| {
                let old = form.draft;
                form.draft.key = key;
                old
            });
            self.effects.extend(old.map(Effect::DropDraft));
            self.keep_draft(tab);
        }
        let number = record.number();
        let text = self.facts.tw("toast-saved-before", &[("number", &number)]);
        self.complain(text);
        self.refresh();
    }

    /// The store is set up: its first operator sits here, with the password typed in the form.
    fn set_up(&mut self, site: &Record, also: &[Record], sample: bool) {
        let operator = also.iter().chain([site]).find_map(|record| match record {
            Record::Operator(operator) => Some(operator.meta.number),
            _ => None,
        });
        let form = self.form_on_top_mut();
        let password = form.map(|form| form.take_secret("password"));
        self.popups.clear();
        match (operator, password) {
            (Some(operator), Some(password)) => self.set_up_by(operator, password, sample),
            _ => self.look(Tag::Hello, Query::Hello),
        }
    }

    fn not_done(&mut self, doing: Doing, failure: Failure) {
        if matches!(&failure, Failure::Fault { key, .. } if key == "unknown") {
            self.unsure = Some((doing.id, doing.command.clone()));
        }
        match (doing.origin, failure) {
            (Origin::Marked, failure) => self.marked_failed(&doing.command, &failure),
            (Origin::Form { .. }, failure) => {
                self.form_failed(doing, failure);
            }
            (Origin::Welcome { .. }, failure) => self.said_in_form(FormId::Welcome, &failure),
            (Origin::Popup, failure) => {
                let id = self.form_on_top().map_or(FormId::Deputies, |form| form.id);
                self.said_in_form(id, &failure);
                self.refresh_quarterly();
            }
            (Origin::Scan, failure) => self.scan_failed(&failure),
            (Origin::Gate, failure) => self.show_failure(&failure),
            (Origin::Key, Failure::Refused(refusal))
                if refusal.problems.iter().all(|problem| problem.ask) =>
            {
                self.ask_back(doing.command, doing.origin, &refusal);
            }
            (Origin::Key, failure) => {
                self.show_failure(&failure);
                self.refresh();
            }
        }
    }

    /// Says at the foot why something did not go.
    pub(crate) fn show_failure(&mut self, failure: &Failure) {
        let said = self.facts.texts.failure(failure);
        if let Some(said) = said.first() {
            self.complain(said.line());
        }
    }
}

fn customers(page: Page) -> Vec<Customer> {
    let records = page.rows.into_iter().map(|(_, row)| row.record);
    records
        .filter_map(|record| match record {
            Record::Customer(customer) => Some(customer),
            _ => None,
        })
        .collect()
}
