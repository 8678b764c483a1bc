//! Practice of one's own: self-grades, typed answers, the review of what was missed, sprints, one's progress, what
//! a member settles and lets others see, and forgetting them.
//!
//! Reading order: [`grade`], [`state`], [`change`], [`call`], [`view`]; then one file for each rule.

mod about;
mod answering;
mod board;
pub mod call;
pub mod change;
mod coached;
mod day;
mod decide;
mod digest;
mod draft;
mod export;
mod fold;
mod forget;
mod form;
pub mod grade;
mod grading;
mod interviewed;
mod map;
mod me;
mod queue;
pub mod refusal;
mod remind;
mod review;
mod schedule;
mod settings;
mod short;
mod sprint;
mod stake;
pub mod state;
pub mod typed;
mod typed_view;
pub mod view;
mod week;

pub(in crate::practice) use draft::Draft;
pub(in crate::practice) use interviewed::Judged;

pub use call::{Flow, OwnCall, OwnForm, OwnMenu, OwnPress};
pub use change::OwnChange;
pub use forget::rewrite_wanted;
pub use form::OwnFormView;
pub use grade::Grade;
pub use refusal::OwnRefusal;
pub use state::{Key, Own};
pub use typed_view::{Coached, TypedPoint, TypedView};
pub use view::OwnView;
