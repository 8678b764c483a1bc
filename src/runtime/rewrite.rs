//! What waits for the removal of older files of state: somebody was forgotten, and nothing may tell
//! of them any more. One removal at a time; what comes meanwhile shares the next one. It knows
//! neither files nor words.

use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::{Clock, Keeper};
use crate::practice::TeamId;
use crate::practice::effect::OrderId;
use crate::practice::input::Interaction;
use crate::practice::view::View;

/// The answer to a request, to be given once the files are removed.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) to: Interaction,
    pub(super) view: Box<View>,
    /// Until when it can wait; from then on the member is told that it takes longer.
    pub(super) until: Instant,
}

/// Somebody who waits.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) team: TeamId,
    pub(super) order: OrderId,
    /// None where nobody asked, or they were told otherwise.
    pub(super) answer: Option<Answer>,
}

/// What comes next.
#[derive(Debug)]
pub(super) enum Next {
    /// The removal has ended, or why it did not work.
    Ended(Result<(), String>),
    /// An answer can wait no longer.
    Overdue,
}

#[derive(Debug, Default)]
pub(super) struct Rewrites {
    running: Option<JoinHandle<Result<(), String>>>,
    /// Those for whom it runs: they were forgotten before it began.
    served: Vec<Waiting>,
    /// Those who came after it began.
    waiting: Vec<Waiting>,
}

impl Rewrites {
    /// Takes somebody in.
    pub(super) fn push(&mut self, waiting: Waiting, keeper: &Keeper, clock: &Clock) {
        self.waiting.push(waiting);
        self.begin(keeper, clock);
    }

    fn begin(&mut self, keeper: &Keeper, clock: &Clock) {
        if self.running.is_some() || self.waiting.is_empty() {
            return;
        }
        self.served = std::mem::take(&mut self.waiting);
        let (keeper, clock) = (keeper.clone(), clock.clone());
        self.running = Some(tokio::task::spawn_blocking(move || {
            keeper.rewrite(&clock).map_err(|cause| cause.to_string())
        }));
    }

    /// Waits for the removal that runs, or for an answer that can wait no longer. Never ready while
    /// nothing runs.
    pub(super) async fn next(&mut self) -> Next {
        let until = self.until();
        let Some(running) = &mut self.running else { return std::future::pending().await };
        let overdue = async {
            match until {
                Some(until) => tokio::time::sleep_until(until).await,
                None => std::future::pending().await,
            }
        };
        let ended = tokio::select! {
            ended = running => ended.unwrap_or_else(|broken| Err(broken.to_string())),
            () = overdue => return Next::Overdue,
        };
        self.running = None;
        Next::Ended(ended)
    }

    /// Those for whom it ran; those who came meanwhile are next.
    pub(super) fn served(&mut self, keeper: &Keeper, clock: &Clock) -> Vec<Waiting> {
        let served = std::mem::take(&mut self.served);
        self.begin(keeper, clock);
        served
    }

    /// Whether nobody waits.
    pub(super) fn is_idle(&self) -> bool {
        self.running.is_none() && self.waiting.is_empty()
    }

    /// When the first answer can wait no longer.
    fn until(&self) -> Option<Instant> {
        let all = self.served.iter().chain(&self.waiting);
        all.filter_map(|waiting| Some(waiting.answer.as_ref()?.until)).min()
    }

    /// The answers that can wait no longer; their teams hear of the end all the same.
    pub(super) fn overdue(&mut self, now: Instant) -> Vec<(TeamId, Answer)> {
        let all = self.served.iter_mut().chain(&mut self.waiting);
        all.filter_map(|waiting| {
            let answer = waiting.answer.take_if(|answer| answer.until <= now)?;
            Some((waiting.team, answer))
        })
        .collect()
    }
}
