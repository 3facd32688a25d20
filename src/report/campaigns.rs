//! What came of notices, products, promotions, gifts and events in a month, and the customer service plan of
//! a month (A01-14, A01-24, A01-29, A01-31, A03-5.1.3, A14-2.7, A14-2.9.3).

use super::monthly::table;
use super::quarterly::Words;
use super::{Row, Table, Value};
use crate::domain::campaign::{CampaignLine, CampaignSort, MonthCampaigns};
use crate::domain::number::Number;
use crate::domain::plan::{MonthPlan, PlanLine, PlanState};

fn named(line: &CampaignLine, words: Words) -> String {
    let campaign = &line.campaign;
    let sort = words
        .texts
        .name("campaign-sort", campaign.details.sort.id());
    format!("{} {sort} {}", campaign.meta.number, campaign.details.title)
}

/// Who was told of each, of how many, and what they said.
pub(super) fn told(month: &MonthCampaigns, words: Words) -> Table {
    let rows = month.campaigns.iter().map(|line| {
        let told = line.told.len().to_string();
        let args = [
            ("told", told.as_str()),
            ("targets", &line.targets.to_string()),
        ];
        let share = words.texts.with("campaigns-share", &args).into_owned();
        let product = line.campaign.details.sort == CampaignSort::Product;
        let tried = if product {
            Value::Count(line.figures.tried)
        } else {
            Value::Blank
        };
        let row = Row::new(named(line, words))
            .with(Value::Text(line.campaign.until().to_string()))
            .with(Value::Text(share))
            .listing(line.told.clone())
            .listing(line.untold.clone())
            .with(tried);
        if product {
            row.listing(line.feedback.clone())
        } else {
            row.with(Value::Blank)
        }
    });
    let columns = [
        "campaigns-campaign",
        "campaigns-until",
        "campaigns-told-of",
        "campaigns-told",
        "campaigns-untold",
        "campaigns-tried",
        "campaigns-feedback",
    ];
    table("campaigns-of-month", &columns, rows.collect(), words)
}

/// Who came to the events, and how many new customers each has brought (A14-2.9.3).
pub(super) fn events(month: &MonthCampaigns, words: Words) -> Table {
    let events = month.campaigns.iter();
    let events = events.filter(|line| line.campaign.details.sort == CampaignSort::Event);
    let rows = events.map(|line| {
        let count = |count: Option<u64>| count.map_or(Value::Blank, Value::Count);
        Row::new(named(line, words))
            .with(count(line.campaign.details.places.map(u64::from)))
            .with(Value::Count(line.figures.booked))
            .with(count(line.figures.left))
            .with(Value::Count(line.figures.attended))
            .listing(line.brought.clone())
    });
    let columns = [
        "campaigns-campaign",
        "events-places",
        "events-booked",
        "events-left",
        "events-attended",
        "events-brought",
    ];
    table("events-of-month", &columns, rows.collect(), words)
}

fn listed(lines: &[PlanLine], holds: impl Fn(&PlanLine) -> bool) -> Vec<(Number, String)> {
    let lines = lines.iter().filter(|line| holds(line));
    lines
        .map(|line| {
            let action = line.details.action.replace('\n', " ");
            (line.meta.number, format!("{}  {action}", line.name))
        })
        .collect()
}

/// The plan by department, done and not done (A03-5.1.3).
pub(super) fn plan(month: &MonthPlan, words: Words) -> Table {
    let rows = month.departments.iter().map(|of| {
        let done = |line: &PlanLine| line.state == PlanState::Done;
        Row::new(words.department(&of.department))
            .listing(listed(&of.lines, |_| true))
            .listing(listed(&of.lines, done))
            .listing(listed(&of.lines, |line| !done(line)))
    });
    let columns = ["plan-department", "plan-lines", "plan-done", "plan-undone"];
    table("plan-by-department", &columns, rows.collect(), words)
}
