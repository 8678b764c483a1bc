//! A coach: a language model behind an OpenAI-compatible address, asked about what the judge cannot
//! tell. It knows no Discord, no members and no practice, keeps nothing and logs nothing of what it
//! sends. What comes back is believed as far as words of the answer show it, and not further.

mod ask;
mod error;
mod nearby;
mod post;
mod quote;
mod understand;

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use reqwest::StatusCode;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use crate::config::{self, CoachKey};
use crate::judge::{Asking, LONGEST_ASKED, MOST_IN_DOUBT, Opinion};
use crate::runtime::clock::chance;
use ask::Format;
use post::{Answered, Post};

pub use error::{CoachError, Nonsense, Unaskable};
pub use understand::understand;

/// How many answers are out at once: a model on one machine takes one after the other, and what
/// waits there runs out of time like what waits here.
const AT_ONCE: usize = 4;
/// The pause before a lost connection is tried again, once.
const BACK_OFF: Duration = Duration::from_millis(200);

/// Asks one model at one address.
pub struct Coach {
    post: Post,
    model: String,
    limit: Duration,
    /// The first of [`Format::ALL`] that the server has not refused.
    format: AtomicUsize,
    turns: Semaphore,
}

impl Coach {
    /// A coach by these settings. Connects to nothing yet.
    ///
    /// # Errors
    /// The system refuses what a client needs, or the key is none.
    pub fn new(settings: &config::Coach, key: Option<&CoachKey>) -> Result<Self, CoachError> {
        Ok(Self {
            post: Post::new(settings, key)?,
            model: settings.model.clone(),
            limit: settings.timeout,
            format: AtomicUsize::new(0),
            turns: Semaphore::new(AT_ONCE),
        })
    }

    /// Asks for an opinion, within the time that the settings allow for all of it.
    ///
    /// # Errors
    /// It may not be asked, cannot be reached, refuses, is too slow, or answers something else than
    /// it was asked for. None of them tells what was sent or what came back.
    pub async fn consult(&self, asking: &Asking) -> Result<Opinion, CoachError> {
        fits(asking)?;
        let within = timeout(self.limit, self.ask(asking)).await;
        within.unwrap_or_else(|_| Err(self.post.slow(self.limit)))
    }

    async fn ask(&self, asking: &Asking) -> Result<Opinion, CoachError> {
        // It is never closed; without it, one more is out at once.
        let _turn = self.turns.acquire().await.ok();
        // Nobody can foresee it, so that no answer can hold it.
        let mark = format!("{:016x}{:016x}", chance(), chance());
        let mut at = self.format.load(Ordering::Relaxed);
        let mut is_repeated = false;
        loop {
            let format = Format::ALL.get(at).copied().unwrap_or(Format::Free);
            let body = ask::body(&self.model, asking, &mark, format);
            let Answered { status, body } = match self.post.send(&body).await {
                Ok(answered) => answered,
                Err(CoachError::Unreachable { .. }) if !is_repeated => {
                    is_repeated = true;
                    sleep(BACK_OFF).await;
                    continue;
                }
                Err(error) => return Err(error),
            };
            if status.is_success() {
                // Only what has worked is kept in mind: others may refuse for other reasons.
                self.format.store(at, Ordering::Relaxed);
                return understand(asking, &body).map_err(|error| self.post.nonsense(error));
            }
            let refused = [StatusCode::BAD_REQUEST, StatusCode::UNPROCESSABLE_ENTITY];
            if refused.contains(&status) && format.is_blamed_by(&body) {
                at += 1;
                continue;
            }
            return Err(self.post.refused(status, &body, &self.model));
        }
    }
}

/// What may be told of a coach: where it is and what it is, never its key.
impl fmt::Debug for Coach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Coach")
            .field("address", &self.post.address())
            .field("model", &self.model)
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}

/// Whether a coach may be asked this at all.
fn fits(asking: &Asking) -> Result<(), Unaskable> {
    let Asking { question: _, points, text } = asking;
    let numbers = || points.iter().map(|point| point.number);
    if points.is_empty() {
        return Err(Unaskable::NothingInDoubt);
    }
    if points.len() > MOST_IN_DOUBT {
        return Err(Unaskable::TooManyPoints);
    }
    if numbers().enumerate().any(|(at, number)| numbers().take(at).any(|other| other == number)) {
        return Err(Unaskable::PointTwice);
    }
    if text.trim().is_empty() {
        return Err(Unaskable::NoAnswer);
    }
    if text.chars().nth(LONGEST_ASKED).is_some() {
        return Err(Unaskable::TooLong);
    }
    Ok(())
}
