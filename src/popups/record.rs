//! A whole record: every field, then every version with what changed, by whom and when (A01-22).

use crate::app::describe::{self, lateness};
use crate::app::describe_archive;
use crate::app::facts::Facts;
use crate::app::popup::Opened;
use crate::domain::archive::Grade;
use crate::domain::record::Record;
use crate::domain::transaction;
use crate::text::show;
use crate::widgets::kin;
use crate::widgets::lines::{TextLine, of_fields};
use crate::widgets::theme;

/// The lines of the popup.
pub fn lines(opened: &Opened, facts: &Facts) -> Vec<TextLine> {
    if let Some(profile) = opened.profile.as_ref().filter(|_| opened.on_profile) {
        return of_fields(&describe::row(profile, facts), facts);
    }
    let row = &opened.row;
    let mut whole = of_fields(&describe::row(row, facts), facts);
    let late = lateness(row, facts);
    if !late.is_empty() {
        whole.insert(0, TextLine::plain(late).styled(theme::ALARM));
    }
    if is_graded(&row.record) {
        let text = facts.t("not-by-telephone");
        whole.insert(0, TextLine::plain(format!("! {text}")).styled(theme::ALARM));
    }
    whole.extend(kin::ownership(row, facts));
    whole.extend(kin::ties(row, facts));
    whole.extend(entries(opened, facts));
    whole.extend(contacts(opened, facts));
    whole.extend(remarks(opened, facts));
    let history = history(opened, facts);
    if opened.history_first {
        history
    } else {
        whole.push(TextLine::title(facts.t("title-history")));
        whole.extend(history);
        whole.extend(looks(opened, facts));
        whole
    }
}

/// What a customer, or that of a file, bought and was quoted, and what was learnt of them, the oldest first,
/// with what was granted and what the purchases add up to (A01-06, A01-13, A03-4.1.2a-3).
fn entries(opened: &Opened, facts: &Facts) -> Vec<TextLine> {
    if opened.entries.is_empty() {
        return Vec::new();
    }
    let count = opened.entries.len();
    let sum = show::yuan(transaction::sum(&opened.entries));
    let title = match opened.row.record {
        Record::Customer(_) => "title-entries-of-customer",
        _ => "title-entries",
    };
    let title = facts.tw(title, &[("count", &count), ("sum", &sum)]);
    let mut lines = vec![TextLine::title(title)];
    for entry in &opened.entries {
        let details = &entry.details;
        let dealt = describe_archive::dealt(entry, facts);
        let text = details.text.replace('\n', " ");
        let line = format!("{}  {dealt}  {text}  {}", entry.on(), details.salesperson);
        lines.push(TextLine::plain(line));
    }
    lines
}

/// Everything that happened with a customer, or the contacts that were had with the customer of a file, so
/// that nothing is written twice (A03-5.1.4).
fn contacts(opened: &Opened, facts: &Facts) -> Vec<TextLine> {
    if opened.contacts.is_empty() {
        return Vec::new();
    }
    let count = opened.contacts.len();
    let title = match opened.row.record {
        Record::Customer(_) => "title-time-line",
        _ => "title-had-contacts",
    };
    let title = facts.tw(title, &[("count", &count)]);
    let lines = opened.contacts.iter();
    let lines = lines.map(|row| TextLine::plain(describe::in_brief(row, facts)));
    std::iter::once(TextLine::title(title))
        .chain(lines)
        .collect()
}

/// Whether what it says is never said on the telephone (A11-26.3).
fn is_graded(record: &Record) -> bool {
    let grade = match record {
        Record::File(file) => file.details.grade,
        Record::Loan(loan) => loan.course.grade,
        Record::Access(access) => access.grade,
        Record::Transaction(entry) => entry.grade,
        _ => Grade::None,
    };
    grade > Grade::None
}

/// What others have to say on it, with name and time (A01-05).
fn remarks(opened: &Opened, facts: &Facts) -> Vec<TextLine> {
    let mut lines = Vec::new();
    for remark in &opened.remarks {
        let by = facts.operator_name(remark.meta.created_by);
        let head = format!("{}  {by}", facts.when(remark.meta.created_at));
        lines.push(TextLine::plain(head).styled(theme::LABEL));
        lines.extend(
            remark
                .text
                .lines()
                .map(|line| TextLine::plain(line.to_owned())),
        );
    }
    if !lines.is_empty() {
        lines.insert(0, TextLine::title(facts.t("title-remarks")));
    }
    lines
}

/// Who looked at it last, for those who may see that (A09-2.5).
fn looks(opened: &Opened, facts: &Facts) -> Vec<TextLine> {
    let mut lines = Vec::new();
    for look in &opened.looks {
        let what = facts.texts.name("look", look.what.id());
        let refused = if look.refused {
            facts.t("look-refused")
        } else {
            String::new()
        };
        let line = format!("{}  {}  {what}  {refused}", facts.when(look.at), look.name);
        lines.push(TextLine::plain(line.trim_end().to_owned()));
    }
    if !lines.is_empty() {
        lines.insert(0, TextLine::title(facts.t("title-looks")));
    }
    lines
}

/// What was done, in words: a step of the archive has its own.
fn did(what: &str, facts: &Facts) -> String {
    let is_step = facts.texts.has(&format!("archive-step-{what}"));
    let group = if is_step { "archive-step" } else { "did" };
    facts.texts.name(group, what)
}

fn history(opened: &Opened, facts: &Facts) -> Vec<TextLine> {
    let arrow = facts.glyphs.set().arrow;
    let nothing = facts.t("missing");
    let mut lines = Vec::new();
    for (place, version) in opened.history.iter().enumerate() {
        let done = did(&version.what, facts);
        let head = format!("{}  {}  {done}", facts.when(version.at), version.by_name);
        lines.push(TextLine::plain(head).styled(theme::LABEL));
        let Some(older) = opened.history.get(place + 1) else {
            continue;
        };
        for (name, was, is) in describe::changes(&older.record, &version.record, facts) {
            let was = if was.is_empty() { nothing.clone() } else { was };
            let is = if is.is_empty() { nothing.clone() } else { is };
            lines.push(TextLine::labelled(
                facts.label(name),
                format!("{was} {arrow} {is}"),
            ));
        }
    }
    lines
}
