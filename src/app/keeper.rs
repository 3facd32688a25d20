//! Where drafts are kept: in memory, or in a place that knows them only as bytes.

use std::collections::BTreeMap;

use super::drafts::{Draft, DraftId};
use crate::desk::contract::DraftPlace;
use crate::domain::number::Number;

/// Keeps drafts.
pub trait DraftKeeper {
    /// Keeps a draft in place of its former state.
    fn save(&mut self, draft: Draft);
    /// Forgets a draft.
    fn forget(&mut self, id: DraftId);
    /// The drafts of an operator, the newest first.
    fn list(&mut self, operator: Number) -> Vec<Draft>;
    /// Whether the last draft could not be kept: the operator is told to save soon.
    fn is_failing(&self) -> bool {
        false
    }
}

/// Keeps drafts for as long as the program runs.
#[derive(Debug, Default)]
pub struct MemoryKeeper {
    drafts: BTreeMap<DraftId, Draft>,
    /// Says that it cannot keep a draft, as one on a full disk does.
    pub failing: bool,
}

impl DraftKeeper for MemoryKeeper {
    fn save(&mut self, draft: Draft) {
        self.drafts.insert(draft.id, draft);
    }

    fn forget(&mut self, id: DraftId) {
        self.drafts.remove(&id);
    }

    fn list(&mut self, operator: Number) -> Vec<Draft> {
        of_operator(self.drafts.values().cloned().collect(), operator)
    }

    fn is_failing(&self) -> bool {
        self.failing
    }
}

fn of_operator(mut drafts: Vec<Draft>, operator: Number) -> Vec<Draft> {
    drafts.retain(|draft| draft.id.operator == operator);
    drafts.sort_by_key(|draft| std::cmp::Reverse((draft.at, draft.id)));
    drafts
}

/// Keeps drafts in a place for their bytes: files beside the store, or the hub.
#[derive(Debug)]
pub struct PlaceKeeper<P>(pub P);

impl<P: DraftPlace> DraftKeeper for PlaceKeeper<P> {
    fn save(&mut self, draft: Draft) {
        // A draft is names and texts, which are never refused.
        if let Ok(bytes) = serde_json::to_vec(&draft) {
            self.0.keep(draft.id.operator, draft.id.key, Some(bytes));
        }
    }

    fn forget(&mut self, id: DraftId) {
        self.0.keep(id.operator, id.key, None);
    }

    fn list(&mut self, operator: Number) -> Vec<Draft> {
        let kept = self.0.list(operator);
        let drafts = kept
            .iter()
            .filter_map(|bytes| serde_json::from_slice(bytes).ok());
        of_operator(drafts.collect(), operator)
    }

    fn is_failing(&self) -> bool {
        self.0.is_failing()
    }
}
