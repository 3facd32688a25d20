//! Setting the store up, and commands on operators.

use super::{BYTES_AT_ONCE, Decision, ROWS_AT_ONCE, Scene};
use crate::desk::contract::{Command, Failure, Filter, Sort};
use crate::desk::index;
use crate::desk::keyspace as keys;
use crate::desk::overlay::Overlay;
use crate::domain::calendar::Calendar;
use crate::domain::campaign;
use crate::domain::complaint;
use crate::domain::context::{Context, Meta};
use crate::domain::customer;
use crate::domain::dossier;
use crate::domain::follow_up;
use crate::domain::instruction;
use crate::domain::number::{Kind, Number};
use crate::domain::operator::{self, Holdings, Operator, OperatorDetails, Standing, Taken};
use crate::domain::plan;
use crate::domain::profile::Profile;
use crate::domain::record::Record;
use crate::domain::refusal::{Checks, Problem};
use crate::domain::registration;
use crate::domain::repair;
use crate::domain::role::Role;
use crate::domain::site::Site;
use crate::domain::stamp::{Day, Stamp};
use crate::domain::task;
use crate::store::Order;
use crate::text::clean;

/// What somebody holds is counted up to this many of a kind; a refusal needs no more.
const MOST_COUNTED: usize = 1_000;

/// What of an operator's details is somebody else's than one's.
fn taken(scene: Scene, details: &OperatorDetails, one: Option<Number>) -> Result<Taken, Failure> {
    let login = keys::login(&operator::login(&details.login));
    let holder = scene.overlay.get(&login)?;
    let account = details.account.is_some();
    Ok(Taken {
        login: holder.is_some_and(|key| Number::from_key(&key) != one),
        account: account && any_other(scene, one, |it| it.active && it.account == details.account)?,
    })
}

/// Whether any operator but one is so.
fn any_other(
    scene: Scene,
    one: Option<Number>,
    is: impl Fn(&Operator) -> bool,
) -> Result<bool, Failure> {
    let other = scene.operator(|other| Some(other.meta.number) != one && is(other))?;
    Ok(other.is_some())
}

pub(super) fn decide(scene: Scene, command: &Command) -> Result<Decision, Failure> {
    let context = &scene.context;
    match command {
        Command::AddOperator { details } => {
            let number = scene.number(Kind::Operator)?;
            let taken = taken(scene, details, None)?;
            let operator = operator::add(number, details.clone(), taken, context)?;
            Ok(Decision::one("add-operator", operator))
        }
        Command::ChangeOperator {
            at,
            details,
            active,
        } => {
            let present: Operator = scene.at(*at)?;
            let standing = Standing {
                taken: taken(scene, details, Some(at.number))?,
                holds: holdings(scene.overlay, &present, context.today())?,
                others_manage: any_other(scene, Some(at.number), |it| {
                    operator::manages(it, context.profile)
                })?,
            };
            let operator = operator::change(&present, details.clone(), *active, standing, context)?;
            Ok(Decision::one("change-operator", operator))
        }
        Command::SetDeputies { at, deputies } => {
            let present: Operator = scene.at(*at)?;
            let known = |number| scene.record::<Operator>(number).ok();
            let operator = operator::set_deputies(&present, deputies, known, context)?;
            Ok(Decision::one("set-deputies", operator))
        }
        Command::HandOver { from, to } => {
            let (from, to) = (scene.record(*from)?, scene.record(*to)?);
            operator::check_hand_over(&from, &to, context)?;
            hand_over(scene, &from, &to)
        }
        Command::AcknowledgeConfidentiality => {
            let present: Operator = scene.record(context.operator.meta.number)?;
            let operator = operator::acknowledge(&present, context)?;
            Ok(Decision::one("acknowledge-confidentiality", operator))
        }
        // `commands::decide` sends nothing else here.
        _ => Err(Failure::internal()),
    }
}

/// What an operator holds that must not leave with them, counted up to [`MOST_COUNTED`] of a kind.
fn holdings(overlay: &Overlay, operator: &Operator, today: Day) -> Result<Holdings, Failure> {
    let count = |prefix: &[u8]| -> Result<usize, Failure> {
        let rows = overlay.scan_prefix(prefix, Order::Forward, MOST_COUNTED)?;
        Ok(rows.len())
    };
    Ok(Holdings {
        // Whoever is registered mostly has a card too.
        customers: count(&keys::owned(operator.meta.number))?
            .max(count(&keys::registered_for(operator.meta.number))?),
        complaints: count(&keys::handled(&operator.name))?,
        loans: count(&keys::borrowed(&operator.name))?,
        others: count(&keys::to_do(operator.meta.number))?
            + count(&keys::to_plan(operator.meta.number))?
            + in_hand(overlay, operator, today)?.len(),
    })
}

/// The campaigns that are not over, the open instructions and the dispatched tasks of an operator: of each as
/// many as are looked at, the newest.
fn in_hand(overlay: &Overlay, operator: &Operator, today: Day) -> Result<Vec<Record>, Failure> {
    let me = operator.meta.number;
    let theirs = |record: &Record| match record {
        Record::Campaign(it) => it.details.owner == Some(me) && !it.is_over(today),
        Record::Instruction(it) => it.details.operator == Some(me) && !it.state.is_final(),
        Record::Task(it) => {
            let last = it.dispatches.last();
            !it.state.is_final() && last.is_some_and(|it| it.to == me && it.handed_back.is_none())
        }
        _ => false,
    };
    let mut found = Vec::new();
    for (kind, filter) in [
        (Kind::Campaign, Filter::All),
        (Kind::Instruction, Filter::Open),
        (Kind::Task, Filter::Open),
    ] {
        let list = index::list_prefix(kind, index::tag(kind, filter), Sort::Newest);
        let rows = overlay.scan_prefix(&list, Order::Backward, MOST_COUNTED)?;
        for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
            found.extend(overlay.record(number)?.filter(theirs));
        }
    }
    Ok(found)
}

/// Everything of one operator moved to another, as many as a frame takes: it is asked for again until nothing
/// comes along with the operator (A11-19.1b). What is on loan is brought back and not handed over.
fn hand_over(scene: Scene, from: &Operator, to: &Operator) -> Result<Decision, Failure> {
    let context = &scene.context;
    let handed = Operator {
        meta: from.meta.changed(context),
        ..from.clone()
    };
    let mut records: Vec<Record> = vec![handed.into()];
    let mut bytes = 0;
    for prefix in [
        keys::owned(from.meta.number),
        keys::registered_for(from.meta.number),
        keys::to_do(from.meta.number),
        keys::to_plan(from.meta.number),
        keys::kept_by(from.meta.number),
        keys::handled(&from.name),
    ] {
        let rows = scene
            .overlay
            .scan_prefix(&prefix, Order::Forward, ROWS_AT_ONCE)?;
        for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
            if bytes >= BYTES_AT_ONCE || records.len() > ROWS_AT_ONCE {
                break;
            }
            let value = scene.overlay.get(&keys::record(number))?;
            bytes += value.map_or(0, |value| value.len());
            records.extend(match scene.overlay.record(number)? {
                Some(Record::Customer(it)) => {
                    Some(customer::hand_over(&it, to.meta.number, context).into())
                }
                Some(Record::Registration(it)) => {
                    Some(registration::hand_over(&it, to.meta.number, context).into())
                }
                Some(Record::FollowUp(it)) => {
                    Some(follow_up::hand_over(&it, to.meta.number, context).into())
                }
                Some(Record::PlanLine(it)) => {
                    Some(plan::hand_over(&it, to.meta.number, context).into())
                }
                Some(Record::Dossier(it)) => {
                    Some(dossier::hand_over(&it, to.meta.number, context).into())
                }
                Some(Record::Complaint(it)) => {
                    Some(complaint::hand_over(&it, &to.name, context).into())
                }
                Some(Record::Intake(it)) => Some(repair::hand_over(&it, &to.name, context).into()),
                _ => None,
            });
        }
    }
    for record in in_hand(scene.overlay, from, context.today())? {
        if records.len() > ROWS_AT_ONCE {
            break;
        }
        records.extend(match &record {
            Record::Campaign(it) => Some(campaign::hand_over(it, to.meta.number, context).into()),
            Record::Instruction(it) => {
                Some(instruction::hand_over(it, to.meta.number, context).into())
            }
            Record::Task(it) => Some(task::hand_over(it, from, to, context).into()),
            _ => None,
        });
    }
    Ok(Decision {
        what: "hand-over",
        records,
    })
}

/// The site and its first operator, who may manage operators whatever the profile says of the
/// other roles.
pub(in crate::desk) fn set_up(
    site: &str,
    profile: &Profile,
    details: &OperatorDetails,
    rehearsal: bool,
    calendar: &Calendar,
    now: Stamp,
) -> Result<Decision, Failure> {
    let year = now.day(profile.utc_offset_minutes).year();
    let number = Number {
        kind: Kind::Operator,
        year,
        seq: 1,
    };
    let mut roles = details.roles.clone();
    if roles.is_empty() {
        roles.clone_from(&profile.first_operator);
    }
    if !roles.contains(&Role::Administrator) {
        roles.push(Role::Administrator);
    }
    let mut checks = Checks::new();
    let name = clean::name(&details.name);
    let login = operator::login(&details.login);
    let site = clean::name(site);
    checks.require(!site.is_empty(), || Problem::required("site"));
    checks.require(!name.is_empty(), || Problem::required("name"));
    operator::check_login(&login, &mut checks);
    checks.done()?;
    let meta = Meta {
        number,
        version: 1,
        created_at: now,
        created_by: number,
        changed_at: now,
        changed_by: number,
        import: None,
        void: false,
    };
    let entered = OperatorDetails {
        login,
        name,
        roles,
        department: clean::name(&details.department),
        service: false,
        account: details.account,
    };
    let first = Operator::of(meta, entered, true);
    let context = Context {
        now,
        operator: &first,
        profile,
        calendar,
        accept: &[],
    };
    let site = Site {
        meta: Meta::new(
            Number {
                kind: Kind::Site,
                year,
                seq: 1,
            },
            &context,
        ),
        name: site,
        profile: profile.id.clone(),
        profile_version: profile.version,
        rehearsal,
    };
    Ok(Decision {
        what: "set-up",
        records: vec![site.into(), first.clone().into()],
    })
}
