//! What a step would do to each of several complaints, without anything being written.

use super::{Looking, access};
use crate::desk::commands::{self, Scene};
use crate::desk::contract::{At, Command, Failure, Previewed, Reply};
use crate::domain::complaint::{ComplaintState, Step};
use crate::domain::context::Context;
use crate::domain::number::Number;
use crate::domain::record::Record;
use crate::domain::refusal::Problem;

/// So many are looked at in one go: more than anybody reads before saying yes.
const MOST: usize = 200;

/// Decides the step for each complaint alone, as it is now.
pub(super) fn steps(
    looking: &Looking,
    context: &Context,
    numbers: &[Number],
    step: &Step,
) -> Result<Reply, Failure> {
    if numbers.len() > MOST {
        let problem = Problem::new("too-many-marked").arg("most", MOST);
        return Err(Failure::Refused(problem.into()));
    }
    let mut previews = Vec::with_capacity(numbers.len());
    for number in numbers {
        access::may_see(looking, context, *number)?;
        let Some(mut record) = looking.overlay.record(*number)? else {
            return Err(Failure::Missing(*number));
        };
        let at = At {
            number: *number,
            version: record.meta().version,
        };
        let command = Command::StepComplaint {
            at,
            step: step.clone(),
        };
        let scene = Scene {
            overlay: looking.overlay,
            context: *context,
        };
        let (to, problems) = match commands::decide(scene, &command) {
            Ok(decision) => (decision.records.first().and_then(stand), Vec::new()),
            Err(Failure::Refused(refusal)) => (None, refusal.problems),
            Err(failure) => return Err(failure),
        };
        access::conceal(looking, context, &mut record);
        let Record::Complaint(complaint) = record else {
            return Err(Failure::Missing(*number));
        };
        previews.push(Previewed {
            at,
            who: complaint.details.complainant,
            from: (complaint.state, complaint.handler),
            to,
            problems,
        });
    }
    Ok(Reply::Previewed(previews))
}

/// Where a complaint stands, and who has it.
fn stand(record: &Record) -> Option<(ComplaintState, String)> {
    match record {
        Record::Complaint(complaint) => Some((complaint.state, complaint.handler.clone())),
        _ => None,
    }
}
