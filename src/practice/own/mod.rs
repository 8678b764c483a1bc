//! Practice of one's own: self-grades, the review of what was missed, sprints, one's progress, what
//! a member settles and lets others see, and forgetting them.
//!
//! Reading order: [`grade`], [`state`], [`change`], [`call`], [`view`]; then one file for each rule.

pub mod call;
pub mod change;
mod decide;
mod fold;
pub mod grade;
pub mod refusal;
pub mod state;
pub mod view;

pub use call::{OwnCall, OwnForm, OwnMenu, OwnPress};
pub use change::OwnChange;
pub use grade::Grade;
pub use refusal::OwnRefusal;
pub use state::{Key, Own};
pub use view::{OwnFormView, OwnView};
