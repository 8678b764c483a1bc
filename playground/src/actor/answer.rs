//! What a member gets back.

use std::fmt;
use std::time::Duration;

use super::ActError;
use crate::world::World;
use crate::world::model::{Message, Modal, Outcome};
use crate::{Id, LocalDiscord};

/// How the bot answered.
#[derive(Clone)]
pub struct Answer {
    pub(super) discord: LocalDiscord,
    /// The interaction that was answered.
    pub interaction: Id,
    /// How: never `Waiting` or `Expired`.
    pub outcome: Outcome,
    /// The message that answers, or that was changed, as it was at that moment.
    pub message: Option<Message>,
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("outcome", &self.outcome)
            .field("message", &self.message)
            .finish_non_exhaustive()
    }
}

impl Answer {
    /// All that can be read in the answer; empty if it is no message.
    pub fn text(&self) -> String {
        self.message.as_ref().map(Message::text).unwrap_or_default()
    }

    /// Whether only the member who asked sees it.
    pub fn is_ephemeral(&self) -> bool {
        self.message.as_ref().is_some_and(Message::is_ephemeral)
    }

    /// The form that the bot opened.
    pub fn modal(&self) -> Option<&Modal> {
        match &self.outcome {
            Outcome::Modal(modal) => Some(modal),
            Outcome::Waiting
            | Outcome::Expired
            | Outcome::Message(_)
            | Outcome::Deferred(_)
            | Outcome::Updated(_)
            | Outcome::DeferredUpdate
            | Outcome::Choices(_) => None,
        }
    }

    /// Waits until a deferred answer ("thinking…") is there, at most 10 s, and
    /// gives its message. Other answers are there already.
    ///
    /// # Errors
    /// [`ActError::NotAnswered`] if it does not come.
    pub async fn settled(&self) -> Result<Message, ActError> {
        let done = |world: &World| {
            let interaction = world.interaction(self.interaction)?;
            let open =
                matches!(interaction.outcome, Outcome::Deferred(_) | Outcome::DeferredUpdate);
            let message = interaction.original.and_then(|id| world.message(id));
            if open { None } else { message.cloned() }
        };
        let wait = self.discord.shared.until_some(|state| done(&state.world));
        let answered = tokio::time::timeout(Duration::from_secs(10), wait).await;
        answered.map_err(|_| ActError::NotAnswered)
    }
}
