//! Plans and rubrics of interviews: YAML files in, plans out. It knows nothing of teams or of
//! Discord.

mod enough;
mod find;
mod left_out;
pub mod limits;
mod load;
mod plan;
mod read;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::yaml::Problems;

pub use left_out::{Lack, LeftOut, Missing};
pub use plan::{BANDS, Dimension, Plan, PlanId, Rubric, Section};

/// All plans loaded, and those that were left out because the bank cannot fill them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plans {
    plans: BTreeMap<PlanId, Arc<Plan>>,
    left_out: BTreeMap<PlanId, Arc<LeftOut>>,
}

impl Plans {
    /// Plans that were checked before; a later duplicate of an id wins.
    pub fn of(plans: impl IntoIterator<Item = Plan>) -> Self {
        let plans = plans.into_iter().map(|plan| (plan.id.clone(), Arc::new(plan)));
        Self { plans: plans.collect(), left_out: BTreeMap::new() }
    }

    /// The plan of this name.
    pub fn get(&self, id: &PlanId) -> Option<&Arc<Plan>> {
        self.plans.get(id)
    }

    /// How many plans there are.
    pub fn len(&self) -> usize {
        self.plans.len()
    }

    /// Whether there is no plan at all.
    pub fn is_empty(&self) -> bool {
        self.plans.is_empty()
    }

    /// All plans in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Plan>> {
        self.plans.values()
    }

    /// The plans that were left out, in the order of their names.
    pub fn left_out(&self) -> impl Iterator<Item = &Arc<LeftOut>> {
        self.left_out.values()
    }

    /// All that the bank lacks for the plans that were left out.
    pub fn lacks(&self) -> Problems {
        let mut problems = Problems::default();
        for lack in self.left_out().flat_map(|left_out| &left_out.lacks) {
            problems.push(lack.problem.clone());
        }
        problems
    }
}
