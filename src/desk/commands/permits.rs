//! Commands on permits (A12-3.1.7b) and remarks (A01-05).

use super::{Decision, OfKind, Scene};
use crate::desk::contract::{Command, Failure};
use crate::domain::look;
use crate::domain::number::{Kind, Number};
use crate::domain::operator::Operator;
use crate::domain::permit::{self, Permit};
use crate::domain::profile::Permission;
use crate::domain::record::Record;
use crate::domain::refusal::Problem;
use crate::domain::remark;

pub(super) fn decide(scene: Scene, command: &Command) -> Result<Decision, Failure> {
    let context = &scene.context;
    match command {
        Command::GrantPermit { details } => {
            let number = scene.number(Kind::Permit)?;
            let named: Option<Operator> = match details.operator {
                Some(number) => scene.overlay.record(number)?.and_then(Operator::pick),
                None => None,
            };
            let permit = permit::grant(number, details.clone(), named.as_ref(), context)?;
            Ok(Decision::one("grant-permit", permit))
        }
        Command::RevokePermit { at } => {
            context.may(Permission::PermitGrant)?;
            let present: Permit = scene.at(*at)?;
            Ok(Decision::one(
                "revoke-permit",
                permit::revoke(&present, context)?,
            ))
        }
        Command::AddRemark { about, text } => {
            let record = remarked(scene, *about)?;
            let number = scene.number(Kind::Remark)?;
            let remark = remark::add(number, &record, text, context)?;
            Ok(Decision::one("add-remark", remark))
        }
        // `commands::decide` sends nothing else here.
        _ => Err(Failure::internal()),
    }
}

/// The record a remark is made on: one of those that people work with, and that the maker may see.
fn remarked(scene: Scene, about: Number) -> Result<Record, Failure> {
    if about.kind == Kind::Credential {
        return Err(Failure::Missing(about));
    }
    if !look::is_personal(about.kind) {
        return Err(Failure::Refused(Problem::new("no-remarks").into()));
    }
    look::may_see(about.kind, &scene.context)?;
    scene
        .overlay
        .record(about)?
        .filter(|record| !record.meta().void)
        .ok_or(Failure::Missing(about))
}
