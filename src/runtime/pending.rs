//! What waits until it is durable: effects, in the order of their decisions. An answer that has
//! waited too long is given up, so that its member hears of it in time.

use std::collections::{HashSet, VecDeque};

use tokio::time::Instant;

use crate::practice::input::Interaction;
use crate::practice::{Effect, TeamId};

/// The effects of one decision.
#[derive(Debug)]
struct Waiting {
    /// How many records must be durable before they leave.
    after: u64,
    since: Instant,
    team: TeamId,
    effects: Vec<Effect>,
    /// Whether an answer among them has to leave in time.
    urgent: bool,
}

#[derive(Debug, Default)]
pub(super) struct Pending {
    appended: u64,
    durable: u64,
    waiting: VecDeque<Waiting>,
    /// Requests that were answered otherwise, because their answer took too long, and whose answer
    /// still waits, because its end has to be reported.
    answered: HashSet<u64>,
}

impl Pending {
    /// A record was appended; these effects wait for it.
    pub(super) fn appended(&mut self, now: Instant, team: TeamId, effects: Vec<Effect>) {
        self.appended += 1;
        self.wait(now, team, effects);
    }

    /// These effects tell of what was decided before: they wait for all of it.
    pub(super) fn wait(&mut self, now: Instant, team: TeamId, effects: Vec<Effect>) {
        if effects.is_empty() {
            return;
        }
        let urgent = effects.iter().any(|effect| effect.answers().is_some());
        let waiting = Waiting { after: self.appended, since: now, team, effects, urgent };
        self.waiting.push_back(waiting);
    }

    /// One more record is durable.
    pub(super) fn durable(&mut self) {
        self.durable += 1;
    }

    /// The next effects that may leave, and since when they waited.
    pub(super) fn ready(&mut self) -> Option<(TeamId, Instant, Vec<Effect>)> {
        if self.waiting.front()?.after > self.durable {
            return None;
        }
        self.waiting.pop_front().map(|waiting| (waiting.team, waiting.since, waiting.effects))
    }

    /// Whether files are to be rewritten for such a team.
    pub(super) fn rewrites(&self, is_such: impl Fn(TeamId) -> bool) -> bool {
        let is_rewrite = |effect: &Effect| matches!(effect, Effect::Rewrite { .. });
        let mut waiting = self.waiting.iter().filter(|waiting| is_such(waiting.team));
        waiting.any(|waiting| waiting.effects.iter().any(is_rewrite))
    }

    /// Whether everything that was decided is durable.
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty() && self.appended == self.durable
    }

    /// When the oldest answer that still waits began to wait.
    pub(super) fn oldest_answer(&self) -> Option<Instant> {
        self.waiting.iter().find(|waiting| waiting.urgent).map(|waiting| waiting.since)
    }

    /// The requests whose answers have waited since before this moment. They are answered
    /// otherwise from now on, and forgotten here, unless somebody waits for their end.
    pub(super) fn give_up(&mut self, before: Instant) -> Vec<(TeamId, Interaction)> {
        let mut given_up = Vec::new();
        for waiting in &mut self.waiting {
            if waiting.since > before || !waiting.urgent {
                continue;
            }
            waiting.urgent = false;
            waiting.effects.retain(|effect| {
                let Some(to) = effect.answers() else { return true };
                given_up.push((waiting.team, to.clone()));
                if effect.order().is_some() {
                    self.answered.insert(to.id);
                }
                effect.order().is_some()
            });
        }
        self.waiting.retain(|waiting| !waiting.effects.is_empty());
        given_up
    }

    /// Whether a request was answered otherwise. Asked once, when its answer may leave at last.
    pub(super) fn was_given_up(&mut self, effect: &Effect) -> bool {
        effect.answers().is_some_and(|to| self.answered.remove(&to.id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::practice::PostId;
    use crate::practice::effect::{Audience, OrderId, Step};
    use crate::practice::view::View;

    const TEAM: TeamId = TeamId::Server(1);

    fn answer(id: u64, order: Option<OrderId>) -> Effect {
        Effect::Reply {
            to: Interaction { id, token: String::new() },
            view: Box::new(View::Help),
            audience: Audience::OnlyAsker,
            order,
        }
    }

    const QUIZ: Option<OrderId> = Some(OrderId::of_post(PostId(7), Step::Send));

    #[test]
    fn what_is_told_waits_for_everything_that_was_decided_before() {
        let (mut pending, now) = (Pending::default(), Instant::now());
        pending.appended(now, TEAM, Vec::new());
        pending.wait(now, TEAM, vec![answer(1, None)]);
        assert!(pending.ready().is_none());
        pending.durable();
        assert_eq!(pending.ready(), Some((TEAM, now, vec![answer(1, None)])));
        assert!(pending.is_empty());
    }

    #[test]
    fn nothing_to_do_takes_no_room() {
        let (mut pending, now) = (Pending::default(), Instant::now());
        pending.appended(now, TEAM, Vec::new());
        pending.wait(now, TEAM, Vec::new());
        assert_eq!(pending.waiting.len(), 0);
        assert!(!pending.is_empty(), "a record is not durable yet");
    }

    #[test]
    fn answers_that_were_given_up_are_given_once_and_take_no_room() {
        let (mut pending, now) = (Pending::default(), Instant::now());
        pending.appended(now, TEAM, vec![answer(1, None)]);
        pending.wait(now, TEAM, vec![answer(2, None)]);
        let given_up: Vec<_> = pending.give_up(now).into_iter().map(|(_, to)| to.id).collect();
        assert_eq!(given_up, [1, 2]);
        assert_eq!((pending.waiting.len(), pending.answered.len()), (0, 0));
        assert_eq!(pending.oldest_answer(), None);
        assert!(pending.give_up(now).is_empty());
        pending.durable();
        assert_eq!(pending.ready(), None);
    }

    #[test]
    fn a_question_that_was_given_up_is_still_reported_when_its_change_is_durable() {
        let (mut pending, now) = (Pending::default(), Instant::now());
        pending.appended(now, TEAM, vec![answer(1, QUIZ)]);
        assert_eq!(pending.give_up(now).len(), 1);
        assert_eq!(pending.oldest_answer(), None);
        assert!(pending.give_up(now).is_empty());
        pending.durable();
        let (_, _, effects) = pending.ready().expect("it is durable");
        assert!(effects.iter().all(|effect| pending.was_given_up(effect)));
        assert_eq!(pending.answered.len(), 0);
    }
}
