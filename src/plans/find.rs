//! Finds plans by what people type. It does not know who asks.

use std::sync::Arc;

use crate::bank::fit;
use crate::yaml::nearest;

use super::{LeftOut, Plan, Plans};

impl Plans {
    /// The plan with this name or title, whatever the case.
    ///
    /// # Errors
    /// No plan is called so: the one that was probably meant, if one is near.
    pub fn find(&self, text: &str) -> Result<&Arc<Plan>, Option<&Arc<Plan>>> {
        let text = text.trim().to_lowercase();
        let by_id = |text: &str| self.iter().find(|plan| plan.id.as_str() == text);
        let by_title = |text: &str| self.iter().find(|plan| plan.title.to_lowercase() == text);
        if let Some(plan) = by_id(&text).or_else(|| by_title(&text)) {
            return Ok(plan);
        }
        let ids = self.iter().map(|plan| plan.id.as_str());
        let titles = self.iter().map(|plan| plan.title.as_str());
        let near = nearest(&text, ids.chain(titles)).map(str::to_lowercase);
        let near = near.and_then(|near| by_id(&near).or_else(|| by_title(&near)));
        // Too far for a slip of the finger; perhaps a part of the name was typed.
        let part = || if text.is_empty() { None } else { self.complete(&text).into_iter().next() };
        Err(near.or_else(part))
    }

    /// The plan with this name or title, whatever the case, that was left out.
    pub fn find_left_out(&self, text: &str) -> Option<&Arc<LeftOut>> {
        let text = text.trim().to_lowercase();
        let by_id = self.left_out().find(|plan| plan.id.as_str() == text);
        by_id.or_else(|| self.left_out().find(|plan| plan.title.to_lowercase() == text))
    }

    /// What a half-typed plan may become: first those that begin with the text, then those with a
    /// word that does, then those that hold it, then those near in spelling; each group from the
    /// shortest interview to the longest.
    pub fn complete(&self, partial: &str) -> Vec<&Arc<Plan>> {
        let partial = partial.trim().to_lowercase();
        let rank = |plan: &Arc<Plan>| fit(&partial, plan.id.as_str(), &plan.title, &[]);
        let mut ranked: Vec<(usize, &Arc<Plan>)> =
            self.iter().filter_map(|plan| Some((rank(plan)?, plan))).collect();
        ranked.sort_by_key(|(rank, plan)| (*rank, plan.whole_minutes(), &plan.id));
        ranked.into_iter().map(|(_, plan)| plan).collect()
    }
}
