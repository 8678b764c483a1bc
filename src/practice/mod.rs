//! The pure heart: what can happen (`Input`), what is done (`Effect`), what is remembered
//! (`Change`), and the rules between them. It does no I/O, never awaits, and reads no clock, no
//! chance and no environment: all of these are arguments.
//!
//! Reading order: [`input`], [`effect`] and how it ends, [`change`]; then [`Team`] and how it decides; then one
//! file for each rule.

mod calendar;
pub mod change;
mod dailies;
pub mod daily;
mod decide;
mod delivery;
mod draw;
pub mod effect;
pub mod ids;
pub mod input;
pub mod interview;
mod kept;
pub mod older;
mod outcome;
pub mod own;
pub mod post;
mod quiz;
pub mod refusal;
mod reveal;
pub mod rules;
pub mod streak;
mod team;
#[cfg(test)]
pub(crate) mod testing;
pub mod view;

pub use change::Change;
pub use decide::{Decision, Moment};
pub use effect::{Effect, Outcome};
pub use ids::{ChannelId, InterviewId, MemberId, MessageId, PostId, TeamId};
pub use input::Input;
pub use refusal::Refusal;
pub use team::{Team, Wakeup, Why};
