use std::collections::BTreeSet;

use super::*;
use crate::domain::deadline::TermUnit;

fn all() -> Vec<Profile> {
    Profile::IDS
        .iter()
        .map(|id| Profile::builtin(id).expect(id))
        .collect()
}

#[test]
fn every_built_in_profile_loads_under_its_own_id() {
    for id in Profile::IDS {
        let read: Result<Profile, _> = toml::from_str(builtin_text(id).unwrap());
        match read {
            Ok(profile) => assert_eq!(&profile.id, id),
            Err(error) => panic!("{id}: {error}"),
        }
    }
    assert_eq!(Profile::builtin("hospital"), None);
}

#[test]
fn a_profile_with_nothing_laid_over_is_the_built_in_one() {
    for id in Profile::IDS {
        assert_eq!(
            Profile::load(id, "", "site.toml").ok(),
            Profile::builtin(id)
        );
    }
}

#[test]
fn every_permission_has_a_grant_in_every_profile() {
    for profile in all() {
        for permission in Permission::ALL {
            let grant = profile.permissions.get(permission);
            assert!(grant.is_some(), "{}: {}", profile.id, permission.id());
        }
    }
}

#[test]
fn grants_and_handlers_name_only_posts_of_the_site() {
    for profile in all() {
        let grants = profile
            .permissions
            .values()
            .chain(profile.complaints.steps.values())
            .chain(profile.archive.steps.values());
        let handlers = profile
            .complaints
            .categories
            .iter()
            .filter_map(|c| c.handler);
        let told = profile.archive.told_of_leaks.iter().copied();
        let givers = profile.archive.checklists.iter().map(|list| list.post);
        let named = grants.flat_map(|grant| grant.roles.clone());
        let named = named.chain(handlers).chain(told).chain(givers);
        for role in named.chain(profile.first_operator.iter().copied()) {
            assert!(
                profile.posts.contains(&role),
                "{}: {}",
                profile.id,
                role.id()
            );
        }
    }
}

#[test]
fn the_first_operator_may_do_everything_but_what_is_a_superiors() {
    for profile in all() {
        for (permission, grant) in &profile.permissions {
            // The plan of a mining company is its office's alone (A03-5.1.1).
            let superior = matches!(
                permission,
                Permission::Report | Permission::PermitGrant | Permission::PlanKeep
            );
            if superior || grant.roles.is_empty() {
                continue;
            }
            let may = profile.may(*permission, &profile.first_operator);
            assert_eq!(may, Ok(()), "{}: {}", profile.id, permission.id());
        }
    }
}

#[test]
fn lists_hold_no_entry_twice_and_are_not_empty() {
    fn distinct<T: Ord + std::fmt::Debug>(items: Vec<T>) {
        let count = items.len();
        assert!(count > 0);
        assert_eq!(items.into_iter().collect::<BTreeSet<_>>().len(), count);
    }
    for profile in all() {
        distinct(profile.tabs.clone());
        distinct(profile.kinds.iter().map(|kind| kind.id()).collect());
        distinct(profile.posts.clone());
        distinct(
            profile
                .complaints
                .departments
                .iter()
                .map(|c| &c.id)
                .collect(),
        );
        distinct(profile.archive.classes.iter().map(|c| &c.id).collect());
        distinct(
            profile
                .complaints
                .categories
                .iter()
                .map(|c| &c.id)
                .collect(),
        );
    }
}

#[test]
fn values_the_regulations_do_not_give_are_absent() {
    for profile in all() {
        assert_eq!(profile.customers.confirm_days, None, "{}", profile.id);
        let terms: Vec<_> = profile
            .complaints
            .terms
            .iter()
            .map(|(state, term)| (*state, term.amount, term.unit, term.clause.as_deref()))
            .collect();
        let given = (
            ComplaintState::Assigned,
            1,
            TermUnit::WorkingDays,
            Some("A08-n3b"),
        );
        let given = (profile.id == "dealership").then_some(given);
        assert_eq!(terms, Vec::from_iter(given), "{}", profile.id);
        assert_eq!(profile.complaints.tries, None, "{}", profile.id);
        assert_eq!(profile.loans.max_days, 3);
        assert_eq!(profile.loans.unit, DayUnit::Calendar);
        assert!(!profile.loans.loan_day_counts);
    }
}

#[test]
fn a05_4_2b_repairs_at_a_property_are_accepted_by_customer_service_only() {
    let profile = Profile::builtin("property").unwrap();
    let permission = Permission::IntakeRepair;
    assert_eq!(profile.may(permission, &[Role::CustomerService]), Ok(()));
    for role in Role::ALL
        .iter()
        .filter(|role| **role != Role::CustomerService)
    {
        let denied = profile.may(permission, &[*role]).unwrap_err();
        assert_eq!(denied.clause.as_deref(), Some("A05-4.2b"));
        assert_eq!(denied.who_could, [Role::CustomerService]);
    }
}

#[test]
fn an_empty_grant_and_a_missing_one_block_everybody() {
    let mut profile = Profile::builtin("mining").unwrap();
    let denied = profile
        .may(Permission::IntakeRepair, Role::ALL)
        .unwrap_err();
    assert!(denied.who_could.is_empty());
    profile.permissions.clear();
    let denied = profile.may(Permission::CustomerSee, Role::ALL).unwrap_err();
    assert_eq!((denied.clause, denied.who_could), (None, vec![]));
}

#[test]
fn a_site_file_replaces_single_values_and_keeps_the_rest() {
    let site = r#"
        name = { zh = "翠湖花园物业" }
        [customers]
        confirm_days = 180
        [permissions]
        "intake.repair".roles = ["reception", "customer-service"]
        [loans]
        unit = "working"
    "#;
    let base = Profile::builtin("property").unwrap();
    let profile = Profile::load("property", site, "site.toml").unwrap();
    assert_eq!(profile.name.zh, "翠湖花园物业");
    assert_eq!(profile.name.en, base.name.en);
    assert_eq!(profile.customers.confirm_days, Some(180));
    assert_eq!(
        profile.may(Permission::IntakeRepair, &[Role::Reception]),
        Ok(())
    );
    let clause = profile.permissions[&Permission::IntakeRepair]
        .clause
        .as_deref();
    assert_eq!(clause, Some("A05-4.2b"));
    assert_eq!(
        profile.loans,
        LoanRules {
            unit: DayUnit::Working,
            ..base.loans
        }
    );
    assert_eq!(profile.complaints, base.complaints);
}

#[test]
fn a_site_file_may_add_an_entry_that_needs_several_keys() {
    let site = "[complaints.steps.approve]\nclause = \"A08-n4a\"\nroles = [\"leader\"]\n";
    let profile = Profile::load("property", site, "site.toml").unwrap();
    let approve = &profile.complaints.steps[&ComplaintStep::Approve];
    assert_eq!(approve.roles, [Role::Leader]);
}

/// Loads a site file over the property profile and gives line, key and kind of the fault.
fn fault(site: &str) -> (Option<usize>, String, FaultKind) {
    let fault = Profile::load("property", site, "site.toml").unwrap_err();
    assert_eq!(fault.file, "site.toml");
    (fault.line, fault.key, fault.kind)
}

fn near(name: &str) -> String {
    name.to_owned()
}

#[test]
fn an_unknown_key_names_its_line_and_the_nearest_key() {
    let (line, key, kind) = fault("[customers]\nconfirm_day = 180\n");
    assert_eq!((line, key.as_str()), (Some(2), "customers.confirm_day"));
    assert_eq!(
        kind,
        FaultKind::UnknownKey {
            nearest: Some(near("confirm_days"))
        }
    );
    let (line, key, kind) = fault("version = 2\n\n[lones]\n");
    assert_eq!((line, key.as_str()), (Some(3), "lones"));
    assert_eq!(
        kind,
        FaultKind::UnknownKey {
            nearest: Some(near("loans"))
        }
    );
    let (line, key, kind) = fault("[permissions.\"intake.reapir\"]\nroles = []\n");
    assert_eq!(
        (line, key.as_str()),
        (Some(1), "permissions.\"intake.reapir\"")
    );
    assert_eq!(
        kind,
        FaultKind::UnknownKey {
            nearest: Some(near("intake.repair"))
        }
    );
    let (_, _, kind) = fault("zzzzzzzz = 1\n");
    assert_eq!(kind, FaultKind::UnknownKey { nearest: None });
}

#[test]
fn an_unknown_role_names_its_own_line_in_a_long_list() {
    let site = "[permissions.\"intake.log\"]\nroles = [\n  \"reception\",\n  \"recepton\",\n]\n";
    let (line, key, kind) = fault(site);
    assert_eq!(
        (line, key.as_str()),
        (Some(4), "permissions.\"intake.log\".roles")
    );
    let name = "recepton".to_owned();
    assert_eq!(
        kind,
        FaultKind::UnknownName {
            name,
            nearest: Some(near("reception"))
        }
    );
}

#[test]
fn a_lacking_key_a_wrong_type_and_broken_toml_are_told_apart() {
    let (line, key, kind) = fault("complaints.departments = [{ id = \"x\", zh = \"某部\" }]\n");
    assert_eq!((line, key.as_str()), (Some(1), "complaints.departments"));
    assert_eq!(kind, FaultKind::MissingKey("en".to_owned()));
    let (line, key, kind) = fault("[complaints.steps.approve]\nclause = \"A08-n4a\"\n");
    assert_eq!((line, key.as_str()), (Some(1), "complaints.steps.approve"));
    assert_eq!(kind, FaultKind::MissingKey("roles".to_owned()));
    let (line, key, kind) = fault("version = 2\n[loans]\nmax_days = \"three\"\n");
    assert_eq!((line, key.as_str()), (Some(3), "loans.max_days"));
    assert!(matches!(kind, FaultKind::Value(_)), "{kind:?}");
    let (line, _, kind) = fault("version = 2\n[loans\n");
    assert_eq!(line, Some(2));
    assert!(matches!(kind, FaultKind::Syntax(_)), "{kind:?}");
}

#[test]
fn impossible_values_are_faults_with_their_bounds() {
    let (line, key, kind) = fault("utc_offset_minutes = 4800\n");
    assert_eq!((line, key.as_str()), (Some(1), "utc_offset_minutes"));
    assert_eq!(
        kind,
        FaultKind::OutOfRange {
            least: -720,
            most: 840
        }
    );
    let (line, key, kind) = fault("[work]\nend = \"08:00\"\n");
    assert_eq!((line, key.as_str()), (Some(2), "work.end"));
    assert_eq!(kind, FaultKind::EndBeforeStart);
    let (_, key, kind) = fault("[loans]\nmax_days = 0\n");
    assert_eq!(key, "loans.max_days");
    assert_eq!(
        kind,
        FaultKind::OutOfRange {
            least: 1,
            most: 3660
        }
    );
}

#[test]
fn an_unknown_base_names_the_nearest_one() {
    let fault = Profile::load("call-center", "", "site.toml").unwrap_err();
    assert_eq!(
        fault.kind,
        FaultKind::UnknownBase {
            nearest: Some(near("call-centre"))
        }
    );
    assert_eq!(
        fault.to_string(),
        "site.toml: call-center (profile-fault-unknown-base-near)"
    );
}

#[test]
fn every_fault_has_a_text_in_both_languages_that_uses_what_the_fault_knows() {
    let nearest = Some(near("loans"));
    let name = "lones".to_owned();
    let kinds = [
        FaultKind::UnknownBase { nearest: None },
        FaultKind::UnknownBase {
            nearest: nearest.clone(),
        },
        FaultKind::Syntax("detail".to_owned()),
        FaultKind::UnknownKey { nearest: None },
        FaultKind::UnknownKey {
            nearest: nearest.clone(),
        },
        FaultKind::UnknownName {
            name: name.clone(),
            nearest: None,
        },
        FaultKind::UnknownName {
            name: name.clone(),
            nearest,
        },
        FaultKind::MissingKey(name),
        FaultKind::Value("detail".to_owned()),
        FaultKind::OutOfRange { least: 1, most: 2 },
        FaultKind::EndBeforeStart,
    ];
    for texts in [
        include_str!("../../../locales/zh/domain.ftl"),
        include_str!("../../../locales/en/domain.ftl"),
    ] {
        for kind in &kinds {
            let fault = ProfileFault {
                file: "site.toml".to_owned(),
                line: Some(3),
                key: "loans".to_owned(),
                kind: kind.clone(),
            };
            let head = format!("{} = ", kind.id());
            let text = texts.lines().find(|line| line.starts_with(&head));
            let text = text.unwrap_or_else(|| panic!("{head}"));
            for (arg, _) in fault.args() {
                let keyless = matches!(kind, FaultKind::Syntax(_)) && arg == "key";
                assert!(keyless || text.contains(&format!("${arg} ")), "{head}{arg}");
            }
        }
    }
}

#[test]
fn only_a_dealership_asks_for_the_plate() {
    let asking: Vec<String> = all()
        .into_iter()
        .filter(|profile| profile.complaints.plate)
        .map(|profile| profile.id)
        .collect();
    assert_eq!(asking, ["dealership"]);
}

#[test]
fn checklists_name_classes_departments_and_papers_that_there_are_and_once() {
    for profile in all() {
        for list in &profile.archive.checklists {
            let class = |class: &Choice| class.id == list.class;
            assert!(profile.archive.classes.iter().any(class), "{}", list.id);
            let department = |known: &Choice| known.id == list.department;
            let known = &profile.complaints.departments;
            assert!(known.iter().any(department), "{}", list.id);
            let mut items: Vec<&str> = list.items.iter().map(|item| item.id.as_str()).collect();
            let all = items.len();
            items.sort_unstable();
            items.dedup();
            assert_eq!(items.len(), all, "{}", list.id);
        }
    }
}
