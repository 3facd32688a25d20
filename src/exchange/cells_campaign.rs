//! What stands in the columns of campaigns, of the service plan, and of contacts that were had for them.

use super::cells::{Style, name_of, number};
use super::value::Value;
use crate::desk::contract::Row;
use crate::domain::campaign::{Campaign, CampaignSort, Target};
use crate::domain::follow_up::FollowUp;
use crate::domain::plan::PlanLine;

impl Style<'_> {
    /// What stands in a column of a contact about what it was for.
    pub(super) fn served(self, it: &FollowUp, row: &Row, column: &str) -> Value {
        let contact = it.contact.as_ref();
        match column {
            "regularity" => {
                let id = if it.is_regular() {
                    "regular"
                } else {
                    "irregular"
                };
                self.word("regularity", id)
            }
            "serves" => number(it.details.serves),
            "serves_title" => {
                let serves = row.serves.as_ref();
                serves.map_or(Value::Nothing, |serves| Value::text(&serves.title))
            }
            "tried" => {
                let tried = contact.and_then(|contact| contact.tried);
                let id = tried.map(|tried| if tried { "yes" } else { "no" });
                id.map_or(Value::Nothing, |id| self.word("choice", id))
            }
            "feedback" => contact.map_or(Value::Nothing, |it| Value::text(&it.feedback)),
            "item" => contact.map_or(Value::Nothing, |it| Value::text(&it.item)),
            "answer" => {
                let answer = contact.and_then(|contact| contact.answer);
                answer.map_or(Value::Nothing, |it| self.word("event-answer", it.id()))
            }
            "settled" => {
                let items = contact.map(|contact| contact.items.as_slice());
                let items = items.unwrap_or_default().iter().map(|it| {
                    let outcome = self.words(self.word("item-outcome", it.outcome.id()));
                    let until = it.until.map(|day| day.to_string()).unwrap_or_default();
                    let line = format!("{} {outcome} {} {until} {}", it.item, it.by, it.why);
                    line.split_whitespace().collect::<Vec<_>>().join(" ")
                });
                let items: Vec<String> = items.collect();
                Value::text(&items.join(&self.texts.get("list-comma")))
            }
            _ => Value::Nothing,
        }
    }

    /// For whom a campaign is, in words.
    pub fn target(self, target: &Target) -> String {
        let rules = &self.profile.customers;
        let listed = |field: &str, id: &str| {
            let entries = rules.entries(field);
            (!id.is_empty()).then(|| self.words(self.listed(id, entries.into_iter())))
        };
        let named = |key: &str| self.texts.get(key).into_owned();
        let parts = [
            listed("customer_class", &target.class),
            listed("sales_site", &target.site),
            listed("customer_source", &target.source),
            (!target.place.is_empty()).then(|| target.place.clone()),
            target.key.then(|| named("target-key")),
            target.standing().map(|id| named(&format!("target-{id}"))),
            (!target.named.is_empty()).then(|| {
                let count = target.named.len().to_string();
                let words = self.texts.with("target-named", &[("count", &count)]);
                words.into_owned()
            }),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() {
            named("target-all")
        } else {
            parts.join(&self.texts.get("list-comma"))
        }
    }

    pub(super) fn campaign(self, it: &Campaign, row: &Row, column: &str) -> Value {
        let details = &it.details;
        let figures = row.figures.unwrap_or_default();
        let count = |count: u64| Value::Count(i64::try_from(count).unwrap_or(i64::MAX));
        let event = details.sort == CampaignSort::Event;
        match column {
            "campaign_sort" => self.word("campaign-sort", details.sort.id()),
            "campaign_title" => Value::text(&details.title),
            "text" => Value::text(&details.text),
            "from_day" => Value::Date(it.from()),
            "venue" => Value::text(&details.place),
            "event_places" => details
                .places
                .map_or(Value::Nothing, |places| Value::Count(places.into())),
            "event_places_left" => figures.left.map_or(Value::Nothing, count),
            "target" => Value::Text(self.target(&details.target)),
            "told" => count(figures.told),
            "booked" if event => count(figures.booked),
            "attended" if event => count(figures.attended),
            "owner" => details
                .owner
                .map_or(Value::Nothing, |owner| name_of(row, owner)),
            _ => Value::Nothing,
        }
    }

    pub(super) fn plan_line(self, it: &PlanLine, row: &Row, column: &str) -> Value {
        let details = &it.details;
        let done = it.done.as_ref();
        match column {
            "customer" => number(details.customer),
            "name" => Value::text(&it.name),
            "action" => Value::text(&details.action),
            "month" => details
                .month
                .map_or(Value::Nothing, |month| Value::Text(month.to_string())),
            "holiday" => it.holiday.as_ref().map_or(Value::Nothing, |words| {
                let words = [[words.zh.as_str(), &words.zh, &words.en]];
                self.listed(words[0][0], words.into_iter())
            }),
            "department" => self.department(&details.department),
            "owner" => details
                .owner
                .map_or(Value::Nothing, |owner| name_of(row, owner)),
            "state" => self.word("plan-state", it.state.id()),
            "done_on" => done.map_or(Value::Nothing, |done| Value::Time(done.at)),
            "follow_up" => number(done.map(|done| done.follow_up)),
            "reason" => it
                .dropped
                .as_ref()
                .map_or(Value::Nothing, |said| Value::text(&said.text)),
            _ => Value::Nothing,
        }
    }
}
