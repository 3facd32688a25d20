//! Setting the store up, and commands on operators.

use super::{Decision, Scene};
use crate::desk::contract::{Command, Failure};
use crate::desk::keyspace as keys;
use crate::desk::overlay::Overlay;
use crate::domain::calendar::Calendar;
use crate::domain::context::{Context, Meta};
use crate::domain::number::{Kind, Number};
use crate::domain::operator::{self, Operator, OperatorDetails};
use crate::domain::profile::Profile;
use crate::domain::refusal::{Checks, Problem};
use crate::domain::role::Role;
use crate::domain::site::Site;
use crate::domain::stamp::Stamp;
use crate::text::clean;

fn login_taken(
    overlay: &Overlay,
    login: &str,
    by_other_than: Option<Number>,
) -> Result<bool, Failure> {
    let holder = overlay.get(&keys::login(&operator::login(login)))?;
    Ok(holder.is_some_and(|key| Number::from_key(&key) != by_other_than))
}

pub(super) fn decide(scene: Scene, command: &Command) -> Result<Decision, Failure> {
    let context = &scene.context;
    match command {
        Command::AddOperator { details } => {
            let number = scene.number(Kind::Operator)?;
            let taken = login_taken(scene.overlay, &details.login, None)?;
            let operator = operator::add(number, details.clone(), taken, context)?;
            Ok(Decision::one("add-operator", operator))
        }
        Command::ChangeOperator {
            at,
            details,
            active,
        } => {
            let present: Operator = scene.at(*at)?;
            let taken = login_taken(scene.overlay, &details.login, Some(at.number))?;
            let operator = operator::change(&present, details.clone(), *active, taken, context)?;
            Ok(Decision::one("change-operator", operator))
        }
        Command::SetDeputies { at, deputies } => {
            let present: Operator = scene.at(*at)?;
            let known = |number| scene.record::<Operator>(number).ok();
            let operator = operator::set_deputies(&present, deputies, known, context)?;
            Ok(Decision::one("set-deputies", operator))
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
