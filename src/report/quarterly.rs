//! 《用户投诉分析报告》: the figures of a quarter and what was written to them, in the sections that
//! ISO 10002 clause 8 gives (A13-c5a to A13-c6).

use super::{Block, Chart, Document, Row, Table, Value};
use crate::desk::contract::QuarterReport;
use crate::domain::analysis::{
    Cell, DepartmentFigures, Figures, Line, Outcome, Part, Recurring, Span, share,
};
use crate::domain::measure::Measure;
use crate::domain::profile::{Choice, Profile};
use crate::domain::stamp::Stamp;
use crate::locale::{Lang, Texts};

/// The words for what a report names.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// The texts of a language.
    pub texts: &'a Texts,
    /// The site's own lists.
    pub profile: &'a Profile,
}

impl Words<'_> {
    pub(super) fn t(self, key: &str) -> String {
        self.texts.get(key).into_owned()
    }

    /// The name of a department; one that the site does not list is named by itself.
    pub fn department(self, id: &str) -> String {
        self.listed(&self.profile.complaints.departments, id)
    }

    fn choice(self, choice: &Choice) -> String {
        self.pick(&choice.zh, &choice.en)
    }

    /// Whichever of two texts is in the language of the document.
    pub fn pick(self, zh: &str, en: &str) -> String {
        match self.texts.lang() {
            Lang::Zh => zh.to_owned(),
            Lang::En => en.to_owned(),
        }
    }

    /// The name of a class of files.
    pub fn class(self, id: &str) -> String {
        self.listed(&self.profile.archive.classes, id)
    }

    /// The name of a way to destroy a file.
    pub fn method(self, id: &str) -> String {
        self.listed(&self.profile.archive.methods, id)
    }

    fn listed(self, choices: &[Choice], id: &str) -> String {
        let known = choices.iter().find(|known| known.id == id);
        known.map_or_else(|| id.to_owned(), |known| self.choice(known))
    }

    /// The name of a category.
    pub fn category(self, id: &str) -> String {
        let mut listed = self.profile.complaints.categories.iter();
        let known = listed.find(|known| known.id == id);
        known.map_or_else(
            || id.to_owned(),
            |known| match self.texts.lang() {
                Lang::Zh => known.zh.clone(),
                Lang::En => known.en.clone(),
            },
        )
    }

    /// A moment at the site's clock, to the minute.
    pub fn stamp(self, at: Stamp) -> String {
        let local = at.local(self.profile.utc_offset_minutes);
        local.format("%Y-%m-%d %H:%M").to_string()
    }

    /// The name of what a cell counts.
    pub fn cell(self, cell: &Cell) -> String {
        let or_none = |name: String, none: &str| {
            if name.is_empty() { self.t(none) } else { name }
        };
        match cell {
            Cell::Category(id) => or_none(self.category(id), "report-no-category"),
            Cell::Cause(id) => or_none(self.department(id), "report-no-cause"),
            Cell::Department(id) => or_none(self.department(id), "report-no-department"),
            Cell::DepartmentOutcome(id, outcome) => {
                let department = or_none(self.department(id), "report-no-department");
                format!("{department} {}", self.outcome(*outcome))
            }
            Cell::Service(service) => self.texts.name("service", service.id()),
            Cell::Recurring(category, department) => format!(
                "{}{}{}",
                self.category(category),
                self.t("list-comma"),
                self.department(department)
            ),
            Cell::Channel(channel) => self.texts.name("channel", channel.id()),
            Cell::Outcome(outcome) => self.outcome(*outcome),
            Cell::State(state) | Cell::LateIn(state) => {
                self.texts.name("complaint-state", state.id())
            }
            Cell::Satisfaction(said) => self.texts.name("satisfaction", said.id()),
            _ => self.t(&format!("report-{}", cell.id())),
        }
    }

    fn outcome(self, outcome: Outcome) -> String {
        self.texts.name("report-outcome", outcome.id())
    }
}

/// The report of a quarter as a document. Until it is approved it says that it is a draft (A13-c6).
pub fn document(report: &QuarterReport, words: Words) -> Document {
    let figures = &report.figures;
    let mut blocks = Vec::new();
    let mut section = |key: &str, tables: Vec<Table>| {
        blocks.push(Block::Heading(words.t(key)));
        blocks.extend(tables.into_iter().map(Block::Table));
    };
    section("report-collected", collected(figures, words));
    section(
        "report-analysed",
        vec![
            lines(
                "report-by-category",
                &figures.categories,
                Chart::Pareto,
                figures,
                words,
            ),
            lines(
                "report-by-cause",
                &figures.causes,
                Chart::Pareto,
                figures,
                words,
            ),
            recurring(figures, words),
            lines(
                "report-by-outcome",
                &figures.outcomes,
                Chart::Bars,
                figures,
                words,
            ),
            lines(
                "report-by-state",
                &figures.states,
                Chart::None,
                figures,
                words,
            ),
            departments(figures, words),
        ],
    );
    section(
        "report-satisfaction",
        vec![asked(figures, words), said(figures, words)],
    );
    section(
        "report-monitored",
        vec![
            times(figures, words),
            lines(
                "report-late-steps",
                &figures.late_in,
                Chart::Bars,
                figures,
                words,
            ),
            trend(figures, words),
        ],
    );
    blocks.push(Block::Heading(words.t("report-review")));
    let analysis = report.analysis.iter();
    for part in analysis.flat_map(|analysis| &analysis.parts) {
        written(part, report, words, &mut blocks);
    }
    blocks.push(Block::Facts(course(report, words)));
    blocks.push(Block::Heading(words.t("report-improvement")));
    blocks.push(Block::Table(measures(report, words)));
    let posts = ["report-drawn-up", "report-checked", "report-approved"];
    blocks.push(Block::Signatures(posts.map(|key| words.t(key)).to_vec()));
    let state = if report.is_approved() {
        "report-final"
    } else {
        "report-draft"
    };
    let quarter = figures.quarter.to_string();
    let at = words.stamp(figures.at);
    let args = [("quarter", quarter.as_str()), ("at", at.as_str())];
    Document {
        title: words.texts.with("report-title", &args).into_owned(),
        subtitle: words.texts.with(state, &args).into_owned(),
        blocks,
    }
}

/// What came in: in all, by channel, and by service where the site asks for it.
fn collected(figures: &Figures, words: Words) -> Vec<Table> {
    let services = lines(
        "report-by-service",
        &figures.services,
        Chart::Bars,
        figures,
        words,
    );
    let services = Some(services).filter(|_| !figures.services.is_empty());
    let collected = [
        summary(figures, words),
        lines(
            "report-by-channel",
            &figures.channels,
            Chart::Bars,
            figures,
            words,
        ),
    ];
    collected.into_iter().chain(services).collect()
}

fn table(title: &str, columns: &[&str], rows: Vec<Row>, chart: Chart, words: Words) -> Table {
    let mut rows = rows;
    if rows.is_empty() {
        rows.push(Row::new(words.t("report-none")));
    }
    Table {
        title: words.t(title),
        columns: columns.iter().map(|key| words.t(key)).collect(),
        rows,
        chart,
    }
}

fn counted(line: &Line, figures: &Figures, words: Words) -> Row {
    Row::new(words.cell(&line.cell))
        .open(Value::Count(line.count), figures.quarter, &line.cell)
        .with(Value::Share(line.share))
}

fn summary(figures: &Figures, words: Words) -> Table {
    let total = Line {
        cell: Cell::All,
        count: figures.total,
        share: share(figures.total, figures.total),
        cumulative: 1000,
    };
    let lines = [
        &total,
        &figures.repeated,
        &figures.reopened,
        &figures.late,
        &figures.major,
    ];
    let rows = lines.map(|line| counted(line, figures, words)).to_vec();
    let columns = ["report-item", "report-number", "report-share"];
    table("report-summary", &columns, rows, Chart::None, words)
}

fn lines(title: &str, lines: &[Line], chart: Chart, figures: &Figures, words: Words) -> Table {
    let is_pareto = chart == Chart::Pareto;
    let row = |line: &Line| {
        let row = counted(line, figures, words);
        if is_pareto {
            row.with(Value::Share(line.cumulative))
        } else {
            row
        }
    };
    let mut columns = vec!["report-item", "report-number", "report-share"];
    columns.extend(is_pareto.then_some("report-cumulative"));
    table(
        title,
        &columns,
        lines.iter().map(row).collect(),
        chart,
        words,
    )
}

/// What came twice or more, with the preventive measure in force (A08-r1).
fn recurring(figures: &Figures, words: Words) -> Table {
    let row = |one: &Recurring| {
        let measures = one.measures.iter().map(ToString::to_string);
        let measures: Vec<String> = measures.collect();
        let told = if measures.is_empty() {
            words.t("report-none-in-force")
        } else {
            measures.join(&words.t("list-comma"))
        };
        Row::new(words.cell(&one.line.cell))
            .open(
                Value::Count(one.line.count),
                figures.quarter,
                &one.line.cell,
            )
            .with(Value::Text(told))
    };
    let rows = figures.recurring.iter().map(row).collect();
    let columns = ["report-item", "report-number", "report-preventive"];
    table("report-recurring", &columns, rows, Chart::None, words)
}

fn departments(figures: &Figures, words: Words) -> Table {
    let row = |of: &DepartmentFigures| {
        let whole = Cell::Department(of.department.clone());
        let quarter = figures.quarter;
        let mut row = Row::new(words.cell(&whole)).open(Value::Count(of.count), quarter, &whole);
        for (outcome, count) in &of.outcomes {
            let cell = Cell::DepartmentOutcome(of.department.clone(), *outcome);
            row = row.open(Value::Count(*count), quarter, &cell);
        }
        row.with(Value::Minutes(of.mean))
            .with(Value::Minutes(of.longest))
    };
    let mut table = table(
        "report-by-department",
        &["report-department", "report-number"],
        figures.departments.iter().map(row).collect(),
        Chart::None,
        words,
    );
    let outcomes = Outcome::ALL.iter().map(|outcome| words.outcome(*outcome));
    table.columns.extend(outcomes);
    let times = ["report-mean-hours", "report-longest-hours"];
    table.columns.extend(times.map(|key| words.t(key)));
    table
}

fn asked(figures: &Figures, words: Words) -> Table {
    let of = &figures.satisfaction;
    let row = |cell: Cell, count: u64, share: Option<u32>| {
        let row = Row::new(words.cell(&cell)).open(Value::Count(count), figures.quarter, &cell);
        let share = share.map_or_else(|| Value::Text(String::new()), Value::Share);
        row.with(share)
    };
    let rows = vec![
        row(Cell::Asked, of.asked, None),
        row(Cell::Rated, of.rated, Some(of.rated_share)),
    ];
    let columns = ["report-item", "report-number", "report-share-of-asked"];
    table("report-answers", &columns, rows, Chart::None, words)
}

fn said(figures: &Figures, words: Words) -> Table {
    let rows = figures.satisfaction.scale.iter();
    let rows = rows.map(|line| counted(line, figures, words)).collect();
    let columns = ["report-item", "report-number", "report-share-of-rated"];
    table("report-scale", &columns, rows, Chart::Bars, words)
}

fn times(figures: &Figures, words: Words) -> Table {
    let row = |key: &str, span: &Span| {
        Row::new(words.t(key))
            .open(
                Value::Count(figures.times.count),
                figures.quarter,
                &Cell::Answered,
            )
            .with(Value::Minutes(span.mean))
            .with(Value::Minutes(span.median))
            .with(Value::Minutes(span.longest))
    };
    let rows = vec![
        row("report-by-clock", &figures.times.clock),
        row("report-by-work", &figures.times.work),
    ];
    let columns = [
        "report-hours",
        "report-answered",
        "report-mean",
        "report-median",
        "report-longest",
    ];
    table("report-times", &columns, rows, Chart::None, words)
}

fn trend(figures: &Figures, words: Words) -> Table {
    let rows = figures.trend.iter().map(|line| {
        Row::new(line.quarter.to_string())
            .open(Value::Count(line.count), line.quarter, &Cell::All)
            .open(Value::Count(line.late), line.quarter, &Cell::Late)
            .open(Value::Count(line.answered), line.quarter, &Cell::Answered)
            .with(Value::Minutes(line.mean))
    });
    let columns = [
        "report-quarter",
        "report-number",
        "report-late",
        "report-answered",
        "report-mean-hours",
    ];
    table(
        "report-trend",
        &columns,
        rows.collect(),
        Chart::Trend,
        words,
    )
}

/// What a department wrote (A13-c5b, A13-c5c).
fn written(part: &Part, report: &QuarterReport, words: Words, blocks: &mut Vec<Block>) {
    let (by, at) = (report.name(part.said.by), words.stamp(part.said.at));
    let mut facts = vec![
        (
            words.t("report-department"),
            words.department(&part.department),
        ),
        (words.t("report-own-analysis"), part.said.text.clone()),
    ];
    for measure in &part.measures {
        let due = measure.due.map(|due| due.to_string()).unwrap_or_default();
        let kind = words.texts.name("measure-kind", measure.kind.id());
        let told = format!("{}  {}  {due}", measure.text, measure.owner);
        facts.push((kind, told));
    }
    if !part.no_measure.is_empty() {
        facts.push((words.t("report-no-measure"), part.no_measure.clone()));
    }
    facts.push((words.t("report-by"), format!("{by}  {at}")));
    blocks.push(Block::Facts(facts));
}

/// Who submitted and who approved it.
fn course(report: &QuarterReport, words: Words) -> Vec<(String, String)> {
    let Some(analysis) = &report.analysis else {
        return vec![(words.t("report-state"), words.t("report-not-begun"))];
    };
    let state = words.texts.name("analysis-state", analysis.state.id());
    let mut facts = vec![
        (
            words.t("report-report-number"),
            analysis.meta.number.to_string(),
        ),
        (words.t("report-state"), state),
    ];
    for (key, said) in [
        ("report-submitted", &analysis.submitted),
        ("report-sent-back", &analysis.sent_back),
        ("report-approved", &analysis.approved),
    ] {
        if let Some(said) = said {
            let (by, at) = (report.name(said.by), words.stamp(said.at));
            let told = format!("{by}  {at}  {}", said.text);
            facts.push((words.t(key), told.trim_end().to_owned()));
        }
    }
    facts
}

fn measures(report: &QuarterReport, words: Words) -> Table {
    let row = |measure: &Measure| {
        let details = &measure.details;
        let due = details.due.map(|due| due.to_string()).unwrap_or_default();
        let state = words.texts.name("measure-state", measure.state.id());
        Row::new(measure.meta.number.to_string())
            .with(Value::Text(words.department(&details.department)))
            .with(Value::Text(details.text.clone()))
            .with(Value::Text(details.owner.clone()))
            .with(Value::Text(due))
            .with(Value::Text(state))
    };
    let columns = [
        "report-measure",
        "report-department",
        "report-to-do",
        "report-owner",
        "report-due",
        "report-state",
    ];
    let rows = report.measures.iter().map(row).collect();
    table("report-measures", &columns, rows, Chart::None, words)
}
