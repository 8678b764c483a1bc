//! Plans of interviews by what people call them: their names or titles.

use std::sync::Arc;

use super::complete::{Choice, MOST};
use crate::plans::{Plan, PlanId, Plans};
use crate::practice::refusal::Refusal;

/// Reads the name of a plan.
pub(super) fn parse_plan(plans: &Plans, text: &str) -> Result<PlanId, Refusal> {
    let found = plans.find(text).map(|plan| plan.id.clone());
    found.map_err(|nearest| match plans.find_left_out(text) {
        Some(left_out) => Refusal::PlanLeftOut(Arc::clone(left_out)),
        None => Refusal::UnknownPlan {
            asked: text.trim().to_owned(),
            nearest: nearest.map(|plan| plan.id.to_string()),
        },
    })
}

/// The plans that fit what was typed so far, with how long they take.
pub(super) fn complete_plan(plans: &Plans, partial: &str) -> Vec<Choice> {
    let found = plans.complete(partial);
    let choices = found.iter().filter_map(|plan| Choice::new(&label(plan), plan.id.as_str()));
    choices.take(MOST).collect()
}

/// `Mid-level backend · 45 min`, `Pair with swap · 2 × 30 min`.
fn label(plan: &Plan) -> String {
    let turns = if plan.swap { "2 × " } else { "" };
    format!("{} · {turns}{} min", plan.title, plan.minutes())
}
