//! The only loop: inputs in, decisions made durable, effects out. It knows no rule of practice;
//! it keeps the order, the clock and the promise that nothing is told before it is saved.

mod alarms;
pub mod clock;
mod flood;
mod incoming;
mod keep;
mod outbox;
mod pending;
mod rewrite;
mod trouble;
mod work;

use std::time::Duration;

pub use clock::Clock;
pub use flood::{Pace, QUIZ};
pub use incoming::Incoming;
pub use keep::{Keeper, open};
pub use work::{Run, Stopped, run};

use crate::judge::{Asking, Opinion};
use crate::practice::input::Interaction;
use crate::practice::{Effect, Outcome};
use crate::words::Message;

/// Those who carry effects out. They retry what may be retried, and say how it ended.
pub trait Hands: Send + Sync + 'static {
    /// Carries an effect out; `pages` are its words, where it has any.
    fn perform(&self, effect: &Effect, pages: &[Message]) -> impl Future<Output = Outcome> + Send;

    /// Asks the coach what it thinks; none: there is none, or it has no opinion that is to be
    /// believed. It may take as long as the config allows.
    fn consult(&self, asking: &Asking) -> impl Future<Output = Option<Opinion>> + Send;

    /// Offers completions for the option that a member is typing.
    fn offer(
        &self,
        to: &Interaction,
        choices: &[crate::command::Choice],
    ) -> impl Future<Output = ()> + Send;
}

/// How long an answer waits for the disk before the member is told that it did not work. Discord
/// allows three seconds from the request to the answer.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long what is in flight may take when the process is told to stop.
const STOPPING: Duration = Duration::from_secs(8);
