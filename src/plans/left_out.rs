//! Plans that are sound, but for which the loaded bank does not have what they ask. The others can
//! do without them. It does not look for what is missing.

use crate::bank::Topic;
use crate::yaml::Problem;

use super::PlanId;

/// A plan that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Its name.
    pub id: PlanId,
    /// What people read, at most 60 characters.
    pub title: String,
    /// What the bank lacks for it, in the order of its file; at least one.
    pub lacks: Vec<Lack>,
}

/// What the bank lacks for a section of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    /// The title of the section, at most 60 characters.
    pub section: String,
    /// What is missing.
    pub what: Missing,
    /// The same for whoever runs the bot: where, how much, and how to mend it.
    pub problem: Problem,
}

/// What is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// This topic.
    Topic(Topic),
    /// Questions: too few fit.
    Questions,
}
