//! Mock interviews: from the request to the opened scorecards. An interview is level-triggered like
//! a post: its state alone says what is outstanding.
//!
//! Reading order: [`state`], [`change`], [`call`], [`view`]; then `facts`, `notes` and `errands`,
//! which follow from the state; then `decide` and `draft`, and one file for each rule: `lobby`,
//! `flow`, `draw`, `answers`, `times`, `cards`, `opening`, `delivery`, `status`.

mod answers;
pub mod call;
mod cards;
pub mod change;
mod decide;
mod delivery;
mod draft;
mod draw;
mod errands;
mod facts;
mod flow;
mod fold;
mod heard;
mod lobby;
mod notes;
mod opening;
pub mod state;
mod status;
mod times;
pub mod view;

pub use call::{MockCall, MockForm, MockMenu, MockPress, Of};
pub use change::InterviewChange;
pub use state::Interview;
pub use view::{FormView, InterviewView};
