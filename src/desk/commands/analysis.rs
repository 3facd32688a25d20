//! Commands on the quarterly analysis of complaints.

use super::{Decision, Scene};
use crate::desk::analyses;
use crate::desk::contract::{Command, Failure};
use crate::domain::analysis::{self, Analysis, AnalysisState};
use crate::domain::number::Kind;
use crate::domain::record::Record;
use crate::domain::refusal::Problem;

pub(super) fn decide(scene: Scene, command: &Command) -> Result<Decision, Failure> {
    let context = &scene.context;
    match command {
        Command::DraftAnalysis { quarter } => {
            let analysis = analysis::draft(scene.number(Kind::Analysis)?, *quarter, context)?;
            if let Some(present) = analyses::of(scene.overlay, *quarter)? {
                let problem = Problem::new("analysis-exists")
                    .arg("quarter", quarter)
                    .arg("number", present.meta.number);
                return Err(Failure::Refused(problem.into()));
            }
            Ok(Decision::one("draft-analysis", analysis))
        }
        Command::WriteAnalysisPart { at, part } => {
            let present: Analysis = scene.at(*at)?;
            let analysis = analysis::write_part(&present, part, context)?;
            Ok(Decision::one("write-analysis-part", analysis))
        }
        Command::StepAnalysis { at, step } => {
            let present: Analysis = scene.at(*at)?;
            let figures = analyses::count(scene.overlay, present.quarter, context)?;
            let analysis = analysis::step(&present, step, figures, context)?;
            let mut records: Vec<Record> = Vec::new();
            if analysis.state == AnalysisState::Approved {
                let first = scene.number(Kind::Measure)?;
                let measures = analysis::measures(&analysis, first, context);
                records.extend(measures.into_iter().map(Record::from));
            }
            records.insert(0, analysis.into());
            Ok(Decision {
                what: step.id(),
                records,
            })
        }
        // `commands::decide` sends nothing else here.
        _ => Err(Failure::internal()),
    }
}
