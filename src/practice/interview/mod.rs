//! Mock interviews: from the request to the opened scorecards. An interview is level-triggered like
//! a post: its state alone says what is outstanding.
//!
//! Reading order: [`state`], [`change`], [`call`], [`view`]; then how each is decided.

pub mod call;
pub mod change;
mod decide;
pub mod state;
pub mod view;

pub use call::{MockCall, MockForm, MockMenu, MockPress, Of};
pub use change::InterviewChange;
pub use state::Interview;
pub use view::{FormView, InterviewView};
