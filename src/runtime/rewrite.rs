//! What waits for the removal of older files of state: somebody was forgotten, and nothing may tell
//! of them any more. One removal at a time; what comes meanwhile shares the next one. It knows
//! neither files nor words.

use std::collections::BTreeSet;

use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::{Clock, Keeper};
use crate::practice::TeamId;
use crate::practice::effect::OrderId;
use crate::practice::input::Interaction;
use crate::practice::view::View;

/// The teams of which no file tells any more, or why something older is left.
type Ended = Result<Vec<(TeamId, u64)>, String>;

/// The team that keeps in mind that files are to be rewritten for this one.
pub(super) const fn minded_by(team: TeamId) -> TeamId {
    match team {
        TeamId::Server(_) => team,
        TeamId::Private(_) => TeamId::NOBODY,
    }
}

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
    Ended(Ended),
    /// An answer can wait no longer.
    Overdue,
}

#[derive(Debug, Default)]
pub(super) struct Rewrites {
    running: Option<JoinHandle<Ended>>,
    /// Those for whom it runs: they were forgotten before it began.
    served: Vec<Waiting>,
    /// Those who came after it began.
    waiting: Vec<Waiting>,
    /// Teams of which older files still tell, because the disk did not let them be removed.
    left: BTreeSet<TeamId>,
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
            biased;
            () = overdue => return Next::Overdue,
            ended = running => ended.unwrap_or_else(|broken| Err(broken.to_string())),
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

    /// Whether somebody of this team was forgotten after the removal that has just ended began.
    pub(super) fn has_more(&self, team: TeamId) -> bool {
        self.served.iter().chain(&self.waiting).any(|waiting| waiting.team == team)
    }

    /// It did not work for this team: it is tried again with the next snapshot.
    pub(super) fn leave(&mut self, team: TeamId) {
        self.left.insert(team);
    }

    /// Tries again what did not work.
    pub(super) fn try_again(&mut self, keeper: &Keeper, clock: &Clock) {
        for team in std::mem::take(&mut self.left) {
            self.push(Waiting { team, order: OrderId::Rewrite, answer: None }, keeper, clock);
        }
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

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;
    use crate::practice::{Change, MemberId};

    const TEAM: TeamId = TeamId::Server(1);

    fn keeper() -> (TempDir, Keeper) {
        let folder = TempDir::new().expect("a temporary folder");
        let (keeper, _durable) = super::super::open(folder.path(), 3).expect("an empty folder");
        for number in 0..3 {
            keeper.commit(TEAM, &[Change::Founded { seed: number }]).expect("it is taken");
            keeper.snapshot(&Clock::default()).expect("it is written");
        }
        (folder, keeper)
    }

    fn waiting(member: u64, answer: Option<Answer>) -> Waiting {
        Waiting { team: TeamId::Private(member), order: OrderId::Rewrite, answer }
    }

    fn answer(until: Instant) -> Answer {
        let to = Interaction { id: 5, token: String::new() };
        Answer { to, view: Box::new(View::Help), until }
    }

    fn files(folder: &TempDir) -> Vec<String> {
        let disk = crate::store::Folder::open(folder.path()).expect("it is there");
        let mut names = crate::store::Disk::names(&disk).expect("they can be listed");
        names.sort_unstable();
        names
    }

    #[tokio::test]
    async fn who_is_forgotten_while_files_are_removed_shares_the_next_removal() {
        let ((folder, keeper), clock) = (keeper(), Clock::default());
        assert_eq!(files(&folder).len(), 7, "{:?}", files(&folder));
        let mut rewrites = Rewrites::default();
        for member in 1..=3 {
            rewrites.push(waiting(member, None), &keeper, &clock);
        }
        let mut served = Vec::new();
        while !rewrites.is_idle() {
            assert!(matches!(rewrites.next().await, Next::Ended(Ok(_))));
            let those = rewrites.served(&keeper, &clock);
            served.push(those.iter().map(|waiting| waiting.team).collect::<Vec<_>>());
        }
        let private = TeamId::Private;
        assert_eq!(served, [vec![private(1)], vec![private(2), private(3)]]);
        assert_eq!(files(&folder), ["journal-6.mbj", "lock", "snapshot-6.mbs"]);
    }

    #[tokio::test]
    async fn an_answer_that_can_wait_no_longer_is_given_otherwise_and_its_team_hears_the_end() {
        let ((_folder, keeper), clock) = (keeper(), Clock::default());
        let mut rewrites = Rewrites::default();
        let now = Instant::now();
        let later = now + std::time::Duration::from_hours(1);
        rewrites.push(waiting(1, Some(answer(now))), &keeper, &clock);
        rewrites.push(waiting(2, Some(answer(later))), &keeper, &clock);
        assert!(matches!(rewrites.next().await, Next::Overdue));
        let overdue = rewrites.overdue(Instant::now());
        assert_eq!(overdue.iter().map(|(team, _)| *team).collect::<Vec<_>>(), [TeamId::Private(1)]);
        assert!(matches!(rewrites.next().await, Next::Ended(Ok(_))));
        let [first] = &rewrites.served(&keeper, &clock)[..] else { panic!("one") };
        assert!(first.answer.is_none());
        assert!(matches!(rewrites.next().await, Next::Ended(Ok(_))));
        let [second] = &rewrites.served(&keeper, &clock)[..] else { panic!("one") };
        assert!(second.answer.is_some());
    }

    #[tokio::test]
    async fn what_could_not_be_removed_is_tried_again() {
        let ((folder, keeper), clock) = (keeper(), Clock::default());
        let mut rewrites = Rewrites::default();
        rewrites.leave(TEAM);
        rewrites.try_again(&keeper, &clock);
        assert!(matches!(rewrites.next().await, Next::Ended(Ok(_))));
        assert!(rewrites.has_more(TEAM));
        assert_eq!(rewrites.served(&keeper, &clock).len(), 1);
        assert!(rewrites.is_idle() && !rewrites.has_more(TEAM));
        rewrites.try_again(&keeper, &clock);
        assert!(rewrites.is_idle());
        assert_eq!(files(&folder).len(), 3);
    }

    #[test]
    fn a_snapshot_alone_keeps_the_teams() {
        let (folder, keeper) = keeper();
        let member = MemberId(7);
        keeper.commit(TEAM, &[Change::Forgotten { member }]).expect("it is taken");
        keeper.rewrite(&Clock::default()).expect("it works");
        let before = keeper.look(TEAM, Clone::clone);
        drop(keeper);
        let (again, _durable) = super::super::open(folder.path(), 3).expect("it loads");
        assert_eq!(again.look(TEAM, Clone::clone), before);
    }
}
