//! Asking the desk: each request with its tag, its number and who asks.

use super::App;
use super::effect::{Doing, Effect, Origin, Tag};
use super::event::Line;
use super::list::Part;
use crate::desk::contract::{Command, Envelope, Filter, Query, Request, RequestId};
use crate::domain::look;
use crate::domain::number::Kind;
use crate::domain::procedure::ArchiveStep;
use crate::domain::profile::{Permission, Tab};
use crate::domain::record::Record;
use crate::domain::refusal::Assent;

/// Rows of a side panel.
const SIDE: u32 = 30;

impl App {
    /// Looks at something.
    pub(crate) fn look(&mut self, tag: Tag, query: Query) {
        self.ask(tag, Request::Look(query), Vec::new());
    }

    /// Changes something. What is sent again goes under its first name, by which the desk knows
    /// whether it was done: a form under the name of its draft, which outlives the program, and
    /// anything else after its outcome was unknown.
    pub(crate) fn change(&mut self, command: Command, origin: Origin, accept: Vec<Assent>) {
        // The same key pressed again while the line is lost means the same change.
        let sent = self.on_the_way.values().any(|sent| *sent == command);
        if self.is_on_the_way() || (sent && origin == Origin::Key) {
            return self.say_waits();
        }
        let again = self.unsure.take();
        let again = again.filter(|(_, unsure)| *unsure == command);
        let form = match origin {
            Origin::Form { tab, .. } => self.pane_of(tab).and_then(|pane| pane.form.as_ref()),
            _ => None,
        };
        let id = match (form, &again) {
            (Some(form), _) => RequestId(form.draft.key),
            (None, Some((id, _))) => *id,
            (None, None) => self.next_request(),
        };
        let tag = Tag::Do(Box::new(Doing {
            id,
            command: command.clone(),
            origin,
            again: again.is_some(),
        }));
        self.on_the_way.insert(id, command.clone());
        if self.line != Line::Up {
            self.say_waits();
        }
        self.send(id, tag, Request::Do(command), accept);
    }

    pub(crate) fn ask(&mut self, tag: Tag, request: Request, accept: Vec<Assent>) {
        let id = self.next_request();
        self.send(id, tag, request, accept);
    }

    fn next_request(&mut self) -> RequestId {
        RequestId(self.next_serial())
    }

    fn send(&mut self, id: RequestId, tag: Tag, request: Request, accept: Vec<Assent>) {
        let envelope = Box::new(Envelope {
            id,
            operator: self.me,
            accept,
            request,
        });
        self.effects.push(Effect::Ask { tag, envelope });
    }

    /// Fetches part of the list that a pane shows.
    pub(crate) fn fetch(&mut self, tab: Tab, part: Part) {
        let Some(pane) = self.pane_of(tab) else {
            return;
        };
        let (kind, filter) = (pane.list().kind, pane.list().filter);
        // What waits for somebody is of many kinds, and the desk shows those they may see.
        let unseen = filter != Filter::ForMe && self.facts.not_seen(kind).is_some();
        let Some(pane) = self.pane_of(tab) else {
            return;
        };
        let shown = pane.shown;
        let list = pane.list_mut();
        if unseen {
            // Not asked for: what the operator may not see would only be refused.
            list.clear();
            return;
        }
        let query = list.query(part);
        let serial = list.serial();
        self.look(
            Tag::List {
                tab,
                list: shown,
                serial,
                part,
            },
            Query::List(query),
        );
    }

    /// In the archive, whoever inspects it is told what is due.
    pub(crate) fn look_for_inspections(&mut self) {
        let there = self.pane().is_some_and(|pane| pane.tab == Tab::Archive);
        let inspects = self
            .facts
            .computed(|context| context.may_take(ArchiveStep::Inspect).is_ok());
        let sees = self.facts.not_seen(Kind::Inspection).is_none();
        if there && sees && inspects.unwrap_or(false) {
            self.look(Tag::Inspections, Query::InspectionsDue);
        }
        // Whoever sets files up is told what waits to be filed (A11-04a, A13-a4).
        let files = self.facts.refused(|context| {
            context.may(Permission::FileCreate)?;
            look::may_see(Kind::Customer, context)?;
            look::may_see(Kind::File, context)
        });
        if there && files.is_none() {
            self.look(Tag::ToFile, Query::ToFile);
        }
    }

    /// Asks for the figures of files by department and class (A11-05).
    pub(crate) fn open_file_figures(&mut self) {
        self.look(Tag::FileFigures, Query::FileFigures);
    }

    /// Something was changed here: the list that is shown is fetched anew at once, with the
    /// counts; the others when somebody goes there.
    pub(crate) fn refresh(&mut self) {
        for pane in &mut self.panes {
            pane.behind = true;
        }
        self.catch_up_pane();
        self.look(Tag::Counts, Query::Counts);
        self.look_for_inspections();
        self.refresh_quarterly();
    }

    /// Fetches what belongs beside the selected record of the pane that is shown.
    pub(crate) fn fetch_side(&mut self) {
        let Some(pane) = self.pane_mut() else { return };
        let Some(row) = pane.list().selected() else {
            pane.side.of = None;
            pane.side.rows.clear();
            pane.side.behind = false;
            return;
        };
        let of = row.record.number();
        let version = row.record.meta().version;
        if pane.side.of == Some((of, version)) && !pane.side.behind {
            return;
        }
        let query = match &row.record {
            Record::Customer(_) => Some(Query::Contacts {
                customer: of,
                limit: SIDE,
            }),
            Record::File(_) | Record::Survey(_) => Some(Query::Beside(of)),
            Record::Answer(answer) => answer.details.survey.map(Query::Preview),
            Record::Loan(loan) => Some(Query::Preview(loan.file)),
            _ => None,
        };
        // Until the answer is there, what was known of this record stays.
        let same = pane.side.of.is_some_and(|(known, _)| known == of);
        pane.side.of = Some((of, version));
        pane.side.behind = false;
        if !same || query.is_none() {
            pane.side.rows.clear();
        }
        if let Some(query) = query {
            self.look(Tag::Side { of }, query);
        }
    }

    /// Fetches customers found by words, for a lookup or a picker.
    pub(crate) fn find_customers(&mut self, tag: Tag, typed: &str) {
        let query = crate::desk::contract::ListQuery {
            kind: Kind::Customer,
            filter: crate::desk::contract::Filter::Current,
            sort: crate::desk::contract::Sort::Newest,
            find: typed.to_owned(),
            after: None,
            before: None,
            from_end: false,
            limit: 20,
            full: false,
        };
        self.look(tag, Query::List(query));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Setup;
    use crate::desk::contract::Failure;
    use crate::domain::calendar::Calendar;
    use crate::domain::customer::CustomerDetails;
    use crate::domain::profile::Profile;
    use crate::keys::Keymap;
    use crate::locale::Lang;
    use crate::text::show::Glyphs;

    fn app() -> App {
        let setup = Setup {
            lang: Lang::En,
            glyphs: Glyphs::default(),
            keymap: Keymap::default(),
            operator: None,
            profile: Profile::builtin("property").unwrap(),
            calendar: Calendar::builtin(),
            notices: Vec::new(),
            seed: 1,
        };
        App::new(setup).0
    }

    fn command(name: &str) -> Command {
        let details = CustomerDetails {
            name: name.into(),
            ..CustomerDetails::default()
        };
        Command::RegisterCustomer { details }
    }

    /// Sends a change, answers it with a fault, and says under which name it was sent.
    fn sent(app: &mut App, name: &str, fault: &str) -> RequestId {
        app.change(command(name), Origin::Key, Vec::new());
        let Some(Effect::Ask { tag, envelope }) = app.effects.pop() else {
            panic!("nothing was asked");
        };
        let failure = Failure::Fault {
            key: fault.into(),
            args: Vec::new(),
        };
        app.reply(tag, Err(failure));
        app.effects.clear();
        envelope.id
    }

    #[test]
    fn what_may_have_been_done_is_sent_again_under_its_name() {
        let mut app = app();
        let first = sent(&mut app, "a", "unknown");
        assert_eq!(sent(&mut app, "a", "unknown"), first);
        assert_eq!(sent(&mut app, "a", "not-saved"), first);
        // That answer was certain, and another change is another request.
        assert_ne!(sent(&mut app, "a", "unknown"), first);
        assert_ne!(sent(&mut app, "b", "unknown"), first);
    }
}
