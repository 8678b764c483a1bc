//! What may leave: effects whose changes are durable go to the outbox, older files of state are
//! removed before somebody is told that they are forgotten, and answers that take too long are
//! given otherwise.

use tokio::time::Instant;
use tracing::warn;

use super::super::rewrite::{Answer, Next, Waiting, minded_by};
use super::super::{Hands, PATIENCE};
use super::Work;
use crate::practice::effect::{Audience, Failure};
use crate::practice::input::Interaction;
use crate::practice::own::OwnRefusal::StillInOlderFiles;
use crate::practice::view::View;
use crate::practice::{Effect, Input, Outcome, Refusal, TeamId};

impl<H: Hands> Work<H> {
    /// Lets go of what is durable.
    pub(super) fn release(&mut self) {
        while let Some((team, since, effects)) = self.pending.ready() {
            for effect in effects {
                let given_up = self.pending.was_given_up(&effect);
                if let Effect::Rewrite { then, order } = effect {
                    // It is done whether or not somebody still waits for the answer.
                    let until = since + PATIENCE;
                    let answer = then.filter(|_| !given_up);
                    let answer = answer.map(|(to, view)| Answer { to, view, until });
                    if !self.pending.rewrites(|other| other == team) {
                        self.keeper.is_gone(team);
                    }
                    let waiting = Waiting { team: minded_by(team), order, answer };
                    self.rewrites.push(waiting, &self.keeper, &self.clock);
                } else if !given_up {
                    self.outbox.push(team, effect);
                } else if let Some(order) = effect.order() {
                    let outcome = Outcome::Failed(Failure::Late);
                    self.input(team, Input::Delivered { order, outcome });
                }
            }
        }
    }

    pub(super) fn rewrite(&mut self, next: Next) {
        match next {
            Next::Ended(ended) => self.rewritten(&ended),
            Next::Overdue => self.put_off(),
        }
    }

    /// Older files are removed, or some are not: who was forgotten is told, and their team.
    fn rewritten(&mut self, ended: &Result<Vec<(TeamId, u64)>, String>) {
        match ended {
            Ok(gone) => self.keeper.let_go(gone),
            Err(cause) => {
                warn!(%cause, "older files tell of somebody who was forgotten; it is tried again");
            }
        }
        for Waiting { team, order, answer } in self.rewrites.served(&self.keeper, &self.clock) {
            let outcome = match ended {
                Ok(_) => Outcome::Done,
                Err(cause) => Outcome::Failed(Failure::Unavailable { reason: cause.clone() }),
            };
            if ended.is_err() {
                self.rewrites.leave(team);
            }
            // Where another one of the team was forgotten meanwhile, its files still tell of them:
            // the team hears of the end that is theirs as well.
            if !self.rewrites.has_more(team)
                && !self.pending.rewrites(|other| minded_by(other) == team)
            {
                self.input(team, Input::Delivered { order, outcome });
            }
            match (answer, ended) {
                (Some(Answer { to, view, .. }), Ok(_)) => {
                    self.outbox.push(team, private_reply(to, view));
                }
                (Some(Answer { to, .. }), Err(_)) => self.refuse(team, &to, StillInOlderFiles),
                (None, _) => {}
            }
        }
    }

    /// Answers that cannot wait any longer for the removal of older files are given otherwise.
    fn put_off(&mut self) {
        for (team, Answer { to, .. }) in self.rewrites.overdue(Instant::now()) {
            warn!(%team, "older files are not removed yet; the member was told so");
            self.refuse(team, &to, StillInOlderFiles);
        }
    }

    /// Answers that wait too long for the disk are given otherwise.
    pub(super) fn give_up(&mut self) {
        let Some(before) = Instant::now().checked_sub(PATIENCE) else { return };
        for (team, interaction) in self.pending.give_up(before) {
            warn!(%team, "a change is not saved yet; the member was told so");
            self.refuse(team, &interaction, Refusal::NotSavedYet);
        }
    }

    pub(super) fn refuse(&mut self, team: TeamId, to: &Interaction, refusal: impl Into<Refusal>) {
        let view = Box::new(View::Refusal(refusal.into()));
        self.outbox.push(team, private_reply(to.clone(), view));
    }
}

fn private_reply(to: Interaction, view: Box<View>) -> Effect {
    Effect::Reply { to, view, audience: Audience::OnlyAsker, order: None }
}
