//! Plans and rubrics of interviews: YAML files in, plans out. It knows nothing of teams or of
//! Discord.

mod plan;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use plan::{BANDS, Dimension, Plan, PlanId, Rubric, Section};

/// All plans loaded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plans {
    plans: BTreeMap<PlanId, Arc<Plan>>,
}

impl Plans {
    /// Plans that were checked before; a later duplicate of an id wins.
    pub fn of(plans: impl IntoIterator<Item = Plan>) -> Self {
        let plans = plans.into_iter().map(|plan| (plan.id.clone(), Arc::new(plan)));
        Self { plans: plans.collect() }
    }

    /// The plan of this name.
    pub fn get(&self, id: &PlanId) -> Option<&Arc<Plan>> {
        self.plans.get(id)
    }

    /// All plans in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Plan>> {
        self.plans.values()
    }
}
