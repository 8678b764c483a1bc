//! What carries effects out: Discord, and the coach where there is one. It decides nothing. Of what a
//! coach does wrong it tells the log once, and that it is over.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use tracing::{debug, info, warn};

use crate::coach::Coach;
use crate::command::Choice;
use crate::discord::Discord;
use crate::judge::{Asking, Opinion};
use crate::practice::input::Interaction;
use crate::practice::{Effect, Outcome};
use crate::runtime::Hands;
use crate::words::Message;

/// Discord, and the coach where there is one.
#[derive(Debug)]
pub struct BotHands {
    discord: Arc<Discord>,
    coach: Option<Coach>,
    silence: Silence,
}

/// How often in a row the coach did not answer.
#[derive(Debug, Default)]
struct Silence(AtomicU32);

impl Silence {
    /// Once more. Whether that is news.
    fn goes_on(&self) -> bool {
        self.0.fetch_add(1, Ordering::Relaxed) == 0
    }

    /// It is over, after so many times; none if there was none.
    fn ends(&self) -> Option<u32> {
        Some(self.0.swap(0, Ordering::Relaxed)).filter(|times| *times > 0)
    }
}

impl BotHands {
    /// These two.
    pub fn new(discord: Arc<Discord>, coach: Option<Coach>) -> Self {
        Self { discord, coach, silence: Silence::default() }
    }
}

impl Hands for BotHands {
    async fn perform(&self, effect: &Effect, pages: &[Message]) -> Outcome {
        self.discord.perform(effect, pages).await
    }

    async fn consult(&self, asking: &Asking) -> Option<Opinion> {
        match self.coach.as_ref()?.consult(asking).await {
            Ok(opinion) => {
                if let Some(times) = self.silence.ends() {
                    info!(times, "the coach answers again, after failures");
                }
                Some(opinion)
            }
            Err(error) => {
                // No error of a coach holds a word of what was sent or came back.
                if self.silence.goes_on() {
                    warn!("{error}; until it answers again, this is not told any more");
                } else {
                    debug!("{error}");
                }
                None
            }
        }
    }

    async fn offer(&self, to: &Interaction, choices: &[Choice]) {
        if let Err(failure) = self.discord.complete_reply(to, choices).await {
            debug!(?failure, "a completion came too late");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silence_is_news_once_and_so_is_its_end() {
        let silence = Silence::default();
        assert_eq!(silence.ends(), None);
        assert_eq!([silence.goes_on(), silence.goes_on(), silence.goes_on()], [true, false, false]);
        assert_eq!((silence.ends(), silence.ends()), (Some(3), None));
        assert!(silence.goes_on());
    }
}
