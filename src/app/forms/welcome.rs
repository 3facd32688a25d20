//! The first form of a new store: as little as possible, all of it filled in already.

use super::seat::secret;
use super::text;
use crate::app::choices::Options;
use crate::app::facts::Facts;
use crate::app::form::{Field, FieldKind, Form};
use crate::desk::contract::Command;
use crate::domain::operator::OperatorDetails;
use crate::domain::profile::Profile;

/// The fields of the form.
pub fn fields(facts: &Facts) -> Vec<Field> {
    let profiles = Profile::IDS.iter().filter_map(|id| Profile::builtin(id));
    let profiles = profiles.map(|profile| (profile.id, profile.name)).collect();
    let profile = Field::new("profile", FieldKind::Choice(Options::Site(profiles)));
    let first = Profile::IDS.first().copied().unwrap_or_default();
    vec![
        profile.required().with(first),
        text("site"),
        text("operator")
            .required()
            .with(&facts.t("welcome-operator")),
        text("login"),
        secret("password").required(),
        secret("again").required(),
        Field::new("sample", FieldKind::Choice(Options::yes_no())).with("no"),
    ]
}

/// The command of the form: the first operator may do all that one person alone must. A site
/// without a name is called as its profile is.
pub fn command(form: &Form, facts: &Facts) -> Command {
    let profile = form.value("profile").to_owned();
    let chosen = Profile::builtin(&profile);
    let typed = form.value("site").trim();
    let site = match &chosen {
        Some(chosen) if typed.is_empty() => facts.words(&chosen.name),
        _ => typed,
    };
    let name = form.value("operator").trim().to_owned();
    let login = form.value("login").trim();
    Command::SetUp {
        site: site.to_owned(),
        profile,
        operator: OperatorDetails {
            login: if login.is_empty() { &name } else { login }.to_owned(),
            name,
            roles: chosen
                .map(|chosen| chosen.first_operator)
                .unwrap_or_default(),
            ..OperatorDetails::default()
        },
        rehearsal: false,
    }
}
