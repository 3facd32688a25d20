//! Both languages say the same things: the same keys, attributes and values in both, every key
//! that the code names is there, and no file has an entry that does not parse.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;
use frontdesk::app::forms::FormId;
use frontdesk::desk::contract::Failure;
use frontdesk::domain::{
    access, approval, archive, campaign, customer, destruction, follow_up, greeting, handover,
    incident, inspection, intake, introduction, loan, monthly, plan, procedure, registration,
    relation, serving, task, transaction,
};
use frontdesk::keys::{Action, Layer};
use frontdesk::locale::{Lang, Texts, files};

/// For each key and attribute, the names of the values put in.
fn entries(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for &(name, text) in files(lang) {
        let resource = parser::parse(text)
            .unwrap_or_else(|(_, errors)| panic!("{name}.ftl ({}): {errors:?}", lang.code()));
        for entry in resource.body {
            match entry {
                Entry::Message(message) => {
                    let mut add = |key: String, pattern: &Pattern<&str>| {
                        let twice = found.insert(key.clone(), values(pattern));
                        assert!(twice.is_none(), "{key} stands twice ({})", lang.code());
                    };
                    if let Some(value) = &message.value {
                        add(message.id.name.to_owned(), value);
                    }
                    for attribute in &message.attributes {
                        add(
                            format!("{}.{}", message.id.name, attribute.id.name),
                            &attribute.value,
                        );
                    }
                }
                Entry::Junk { content } => panic!("{name}.ftl ({}): {content}", lang.code()),
                _ => {}
            }
        }
    }
    found
}

fn values(pattern: &Pattern<&str>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            collect(expression, &mut names);
        }
    }
    names
}

fn collect(expression: &Expression<&str>, names: &mut BTreeSet<String>) {
    let mut inline = |expression: &InlineExpression<&str>| {
        if let InlineExpression::VariableReference { id } = expression {
            names.insert(id.name.to_owned());
        }
    };
    match expression {
        Expression::Inline(expression) => inline(expression),
        Expression::Select { selector, variants } => {
            inline(selector);
            for variant in variants {
                names.extend(values(&variant.value));
            }
        }
    }
}

#[test]
fn both_languages_have_the_same_keys_and_values() {
    let (zh, en) = (entries(Lang::Zh), entries(Lang::En));
    let mut wrong = Vec::new();
    for key in zh.keys().chain(en.keys()).collect::<BTreeSet<_>>() {
        match (zh.get(key), en.get(key)) {
            (Some(a), Some(b)) if a != b => wrong.push(format!("{key}: {a:?} / {b:?}")),
            (None, _) => wrong.push(format!("{key}: not in Chinese")),
            (_, None) => wrong.push(format!("{key}: not in English")),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_refusal_says_what_to_do_next() {
    for lang in Lang::ALL {
        let all = entries(*lang);
        for key in all.keys().filter(|key| !key.contains('.')) {
            let says_no = ["refusal-", "fault-", "failure-"]
                .iter()
                .any(|p| key.starts_with(p));
            if says_no {
                assert!(
                    all.contains_key(&format!("{key}.next")),
                    "{key}.next ({})",
                    lang.code()
                );
            }
        }
    }
}

#[test]
fn the_desks_own_fault_is_said_in_words() {
    for lang in Lang::ALL {
        let texts = Texts::new(*lang);
        let said = texts.failure(&Failure::internal());
        assert!(!said[0].what.contains("fault-"), "{said:?}");
        assert!(!said[0].next.is_empty(), "{said:?}");
    }
}

#[test]
fn every_action_and_layer_has_its_words() {
    for lang in Lang::ALL {
        let texts = Texts::new(*lang);
        for action in Action::ALL {
            let key = format!("action-{}", action.id());
            assert!(texts.has(&key), "{key} ({})", lang.code());
            // Moving and editing say all in their name.
            let says_all = matches!(action.layer(), Layer::Field | Layer::Popup)
                || ["up", "down", "page-up", "page-down", "first", "last"].contains(&action.id());
            let help = texts.has(&format!("{key}.help"));
            assert!(help || says_all, "{key}.help ({})", lang.code());
        }
        for layer in Layer::ALL {
            let key = format!("layer-{}", layer.name().replace('.', "-"));
            assert!(texts.has(&key), "{key} ({})", lang.code());
        }
    }
}

/// Keys that the code names whole: `"refusal"` problems by `Problem::new`, and texts by `get`
/// and `with`.
#[test]
fn every_key_named_in_the_code_is_there() {
    let texts = Texts::new(Lang::Zh);
    let mut missing = BTreeSet::new();
    visit(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut |text| {
            // Tests at the foot of a file may name keys that are meant to be missing.
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for (marker, prefix) in [
                ("Problem::new(\"", "refusal-"),
                (".get(\"", ""),
                (".with(\"", ""),
                ("texts.has(\"", ""),
            ] {
                for (at, _) in code.match_indices(marker) {
                    let rest = &code[at + marker.len()..];
                    let key = rest.split('"').next().unwrap_or_default();
                    let is_key = key.contains('-') && !key.contains([' ', '/', '{', '_', '.']);
                    let full = format!("{prefix}{key}");
                    let is_text = prefix == "refusal-" || is_key;
                    if is_text && !texts.has(&full) {
                        missing.insert(full);
                    }
                }
            }
        },
    );
    assert!(missing.is_empty(), "{missing:#?}");
}

fn visit(dir: &Path, seen: &mut dyn FnMut(&str)) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            visit(&path, seen);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            seen(&fs::read_to_string(&path).unwrap());
        }
    }
}

/// Nothing a person reads is in the code: no Han character outside comments, tests, and the
/// tables of pinyin readings, characters and file headers that are data.
#[test]
fn the_code_holds_no_display_text_in_chinese() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    let mut stack = vec![src];
    while let Some(dir) = stack.pop() {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            let name = path.display().to_string();
            if path.is_dir() {
                stack.push(path);
                continue;
            }
            let data = [
                "pinyin.rs",
                "wrap.rs",
                "show.rs",
                "exchange",
                "partial.rs",
                "/sample/",
                "tests.rs",
                "/tests/",
                "clean.rs",
                "/phone.rs",
                "glyph",
            ];
            if data.iter().any(|part| name.contains(part)) {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for (number, line) in code.lines().enumerate() {
                let code = line.split("//").next().unwrap_or_default();
                // A value that means "none" when typed, and the comma between names, are data.
                let data = ["\"无\"", "\"、\""].iter().any(|word| code.contains(word));
                if !data && code.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) {
                    wrong.push(format!("{name}:{}: {}", number + 1, line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every value of these enums has its word under `<group>-<id>`.
macro_rules! words_of {
    ($($group:literal: $name:ty),+ $(,)?) => {
        vec![$(($group, <$name>::ALL.iter().map(|one| one.id()).collect::<Vec<&str>>())),+]
    };
}

#[test]
fn every_state_step_and_choice_of_the_archive_has_its_words() {
    let groups: Vec<(&str, Vec<&str>)> = words_of![
        "permission": procedure::ArchiveStep,
        "archive-step": archive::FileStepKind,
        "archive-step": handover::HandoverStepKind,
        "archive-step": access::AccessStepKind,
        "archive-step": incident::IncidentStepKind,
        "archive-step": destruction::DestructionStepKind,
        "archive-step": task::TaskStepKind,
        "task-state": task::TaskState,
        "archive-step": registration::RegistrationStepKind,
        "registration-state": registration::RegistrationState,
        "registration-source": registration::RegistrationSource,
        "business": registration::Business,
        "owner-rule": registration::OwnerRule,
        "claim": registration::Claim,
        "file-form": registration::FormField,
        "follow-up-kind": follow_up::FollowUpKind,
        "follow-up-state": follow_up::FollowUpState,
        "occasion": follow_up::Occasion,
        "relation-kind": relation::RelationKind,
        "introduction-state": introduction::IntroductionState,
        "archive-step": introduction::IntroductionStepKind,
        "side": introduction::Side,
        "mark": customer::Mark,
        "stage": customer::Stage,
        "campaign-sort": campaign::CampaignSort,
        "event-answer": campaign::Answer,
        "plan-state": plan::PlanState,
        "item-outcome": serving::Outcome,
        "contact-channel": intake::Channel,
        "channel": intake::Channel,
        "birthday": greeting::Whose,
        "transaction-sort": transaction::TransactionSort,
        "monthly": monthly::MonthlyKind,
        "file-sort": archive::FileSort,
        "medium": archive::Medium,
        "lack": archive::Lack,
        "handover-state": handover::HandoverState,
        "condition": handover::Condition,
        "purpose": access::Purpose,
        "identity-paper": access::IdentityPaper,
        "access-state": access::AccessState,
        "inspection": inspection::InspectionKind,
        "finding": inspection::Finding,
        "safety": inspection::SafetyPoint,
        "incident-state": incident::IncidentState,
        "ground": destruction::Ground,
        "destruction-state": destruction::DestructionState,
        "piece-state": loan::PieceState,
        "approval": approval::ApprovalKind,
        "form": FormId,
    ];
    for lang in Lang::ALL {
        let texts = Texts::new(*lang);
        for (group, ids) in &groups {
            for id in ids {
                let key = format!("{group}-{id}");
                assert!(texts.has(&key), "{key} ({})", lang.code());
            }
        }
    }
}
