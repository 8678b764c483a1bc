//! The weekly post: when it comes, that it comes once, and what follows when it could not. Like a
//! daily it is claimed before it is sent.

use jiff::civil::{Date, Time, Weekday};
use jiff::{SignedDuration, Span, Timestamp};

use super::change::SharedChange;
use super::day::number_of;
use super::draft::Draft;
use super::state::{Claim, DayNumber, Digest};
use super::view::OwnView;
use super::{OwnCall, OwnRefusal};
use crate::practice::calendar::{local_date, moment as moment_of};
use crate::practice::change::Change;
use crate::practice::decide::{Decision, Moment};
use crate::practice::effect::{Attempt, Effect, Failure, OrderId, Outcome};
use crate::practice::ids::splitmix;
use crate::practice::input::{Ask, Place};
use crate::practice::refusal::Refusal;
use crate::practice::team::Team;
use crate::practice::view::View;

/// So many days after one comes no other, whatever is set meanwhile.
const REST: i64 = 6;
/// So late may it come.
const LATE: SignedDuration = SignedDuration::from_hours(24);
const USUAL_TIME: Time = Time::constant(9, 0, 0, 0);

impl Digest {
    /// The first date after these on which it comes, and the moment.
    fn after(&self, done: Date) -> Option<(Date, Timestamp)> {
        let mut date = done;
        for _ in 0..7 {
            date = date.tomorrow().ok()?;
            if date.weekday() == self.day.weekday() {
                return Some((date, moment_of(date, self.at, &self.zone)?));
            }
        }
        None
    }

    /// The last date before or on this moment on which it comes.
    fn passed(&self, now: Timestamp) -> Date {
        let today = local_date(now, &self.zone);
        let is_past = moment_of(today, self.at, &self.zone).is_none_or(|at| at <= now);
        if is_past { today } else { today.yesterday().unwrap_or(Date::MIN) }
    }

    /// Whether dates are done with that a clock which was wrong made pass.
    fn is_ahead(&self, now: Timestamp) -> bool {
        let ahead = local_date(now, &self.zone).saturating_add(Span::new().days(REST + 2));
        self.done_through > ahead
    }

    /// The newest date that is due and not done with, and the moment.
    fn due(&self, now: Timestamp) -> Option<(Date, Timestamp)> {
        let (mut date, mut at) = self.after(self.done_through).filter(|(_, at)| *at <= now)?;
        // However long nobody looked, only the last one may still come.
        let week_ago = self.passed(now).saturating_sub(Span::new().days(7));
        if date < week_ago {
            (date, at) = self.after(week_ago)?;
        }
        while let Some(next) = self.after(date).filter(|(_, at)| *at <= now) {
            (date, at) = next;
        }
        Some((date, at))
    }

    /// When something is to be done about it.
    pub(in crate::practice) fn wakeup(&self) -> Option<Timestamp> {
        let delayed = self.claimed.as_ref().and_then(|claim| claim.delayed);
        let next = self.after(self.done_through).map(|(_, at)| at);
        next.into_iter().chain(delayed).min()
    }

    fn send(&self, claim: &Claim, now: Timestamp) -> Effect {
        let date = number_of(claim.date);
        Effect::Send {
            order: OrderId::Digest { date },
            channel: self.channel,
            reply_to: None,
            after: None,
            view: Box::new(View::Own(Box::new(OwnView::Digest(claim.week.clone())))),
            nonce: format!("dg{:016x}", splitmix(self.channel.0 ^ splitmix(u64::from(date)))),
            attempt: Attempt::at(now, claim.since),
        }
    }

    fn is_too_late(&self, claim: &Claim, now: Timestamp) -> bool {
        let at = moment_of(claim.date, self.at, &self.zone).unwrap_or(claim.since);
        now.duration_since(at) > LATE
    }
}

impl Draft<'_> {
    /// `/digest`.
    pub(super) fn digest(&mut self, ask: &Ask, call: &OwnCall) -> Result<(), Refusal> {
        let now = self.moment.now;
        let before = self.team.shared.digest.clone();
        let digest = match call {
            OwnCall::DigestSet { channel, day, at, zone } => {
                let channel = match (channel, ask.place) {
                    (Some(channel), Place::Channel | Place::Thread) => *channel,
                    (None, Place::Channel) => ask.channel,
                    (_, Place::Private) | (None, Place::Thread) => {
                        return Err(Refusal::OnlyInChannels);
                    }
                };
                let calendar = self.team.calendar(self.moment);
                let mut digest = Digest {
                    channel,
                    day: day.unwrap_or(Weekday::Monday).into(),
                    at: at.unwrap_or(USUAL_TIME),
                    zone: zone.clone().unwrap_or_else(|| calendar.zone.clone()),
                    done_through: Date::MIN,
                    claimed: None,
                    failure: None,
                };
                let tomorrow = local_date(now, &digest.zone).saturating_add(Span::new().days(1));
                // Later than that only by a clock that was wrong.
                let mut came = self.team.shared.digest_came.filter(|came| *came <= tomorrow);
                if let Some(before) = before
                    && let Some(claim) = before.claimed
                {
                    came = came.max(Some(claim.date));
                    // One that is under way goes on where it goes to the same channel.
                    digest.claimed = Some(claim).filter(|_| before.channel == channel);
                }
                let rest = |came: Date| came.saturating_add(Span::new().days(REST));
                digest.done_through = digest.passed(now).max(came.map_or(Date::MIN, rest));
                Some(digest)
            }
            OwnCall::DigestOff => {
                before.ok_or(OwnRefusal::NoDigest)?;
                None
            }
            OwnCall::DigestStatus
            | OwnCall::Review
            | OwnCall::Sprint { .. }
            | OwnCall::Me
            | OwnCall::Team
            | OwnCall::Leaderboard(_)
            | OwnCall::Question { .. }
            | OwnCall::Topics
            | OwnCall::Reports => {
                let next = before.as_ref().and_then(|digest| digest.after(digest.done_through));
                let next = next.map(|(_, at)| at);
                self.tell(ask, OwnView::DigestStatus { digest: before, next, changed: false });
                return Ok(());
            }
        };
        let next = digest.as_ref().and_then(|digest| digest.after(digest.done_through));
        self.decision.change(is_now(digest.clone()));
        let next = next.map(|(_, at)| at);
        self.tell(ask, OwnView::DigestStatus { digest, next, changed: true });
        Ok(())
    }
}

impl Team {
    /// Does what is due for the weekly post.
    pub(super) fn digest_wake(&self, moment: Moment<'_>, decision: &mut Decision) {
        let Some(mut digest) = self.shared.digest.clone() else { return };
        let now = moment.now;
        if let Some((date, at)) = digest.due(now) {
            digest.done_through = date;
            if now.duration_since(at) <= LATE && !self.stays_idle(date) {
                let week = self.week_before(moment.bank, date);
                let claim = Claim { date, since: now, delayed: None, week };
                decision.effect(digest.send(&claim, now));
                digest.claimed = Some(claim);
                digest.failure = None;
            }
            decision.change(is_now(Some(digest)));
        } else if digest
            .claimed
            .as_ref()
            .is_some_and(|claim| claim.delayed.is_some_and(|until| until <= now))
        {
            Self::digest_again(digest, now, decision);
        }
    }

    /// Whether nobody did anything in the two weeks before a date: that is said once.
    fn stays_idle(&self, date: Date) -> bool {
        let week_ago = date.saturating_sub(Span::new().days(7));
        self.was_idle_before(date) && self.was_idle_before(week_ago)
    }

    /// Settles what was under way when the process stopped.
    pub(super) fn digest_start(&self, moment: Moment<'_>, decision: &mut Decision) {
        if let Some(mut digest) = self.shared.digest.clone()
            && digest.is_ahead(moment.now)
        {
            digest.done_through = digest.passed(moment.now);
            digest.claimed = None;
            decision.change(is_now(Some(digest)));
            return;
        }
        if let Some(mut digest) = self.shared.digest.clone()
            && digest.claimed.as_ref().is_some_and(|claim| claim.delayed.is_none())
        {
            // It may have come; what is heard of it from now on does not say.
            let reason = "I was stopped while it was on its way".to_owned();
            digest.failure.get_or_insert(Failure::Unavailable { reason });
            Self::digest_again(digest, moment.now, decision);
        }
    }

    fn digest_again(mut digest: Digest, now: Timestamp, decision: &mut Decision) {
        let Some(mut claim) = digest.claimed.take() else { return };
        claim.delayed = None;
        if digest.is_too_late(&claim, now) {
            decision.change(is_now(Some(digest)));
            return;
        }
        decision.effect(digest.send(&claim, now));
        digest.claimed = Some(claim);
        decision.change(is_now(Some(digest)));
    }

    /// How the weekly post of a date went.
    pub(super) fn digest_delivered(
        &self,
        moment: Moment<'_>,
        date: DayNumber,
        outcome: &Outcome,
        decision: &mut Decision,
    ) {
        let Some(mut digest) = self.shared.digest.clone() else { return };
        let claim = digest.claimed.take().filter(|claim| number_of(claim.date) == date);
        let Some(mut claim) = claim else { return };
        digest.failure = match outcome {
            Outcome::Failed(failure) => {
                let again = matches!(failure, Failure::Unavailable { .. });
                if again && !digest.is_too_late(&claim, moment.now) {
                    claim.delayed = Some(super::remind::retry_at(moment.now, claim.since));
                    digest.claimed = Some(claim);
                }
                Some(failure.clone())
            }
            Outcome::Sent { .. }
            | Outcome::NotFound
            | Outcome::Done
            | Outcome::Opened { .. }
            | Outcome::Reactors { .. }
            | Outcome::Opined { .. } => None,
        };
        decision.change(is_now(Some(digest)));
    }
}

fn is_now(digest: Option<Digest>) -> Change {
    Change::Shared(Box::new(SharedChange::DigestIs(digest)))
}
