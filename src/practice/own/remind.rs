//! Reminders: one private message before a practice day ends on which the streak is at stake, for
//! those who want it. When the next one is due follows from what is remembered; it is computed
//! anew whenever that changes.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::change::OwnChange;
use super::day::number_of;
use super::settings::is_closed;
use super::stake::Stake;
use super::state::{DayNumber, Own, Reminded, Settings};
use super::view::OwnView;
use crate::practice::change::Change;
use crate::practice::decide::{Decision, Moment};
use crate::practice::effect::{Attempt, Effect, Failure, OrderId, Outcome};
use crate::practice::ids::{MemberId, splitmix};
use crate::practice::rules::Calendar;
use crate::practice::team::{Member, Team};
use crate::practice::view::View;

/// When to try again what could not be done: soon at first, then every five minutes.
pub(super) fn retry_at(now: Timestamp, since: Timestamp) -> Timestamp {
    let waited = now.duration_since(since);
    let pause = (waited / 2).clamp(SignedDuration::from_secs(15), SignedDuration::from_mins(5));
    now.saturating_add(pause).unwrap_or(Timestamp::MAX)
}

impl Team {
    /// The reminders of those about whom this decision changes anything are due when they are due
    /// after it.
    pub(in crate::practice) fn reckon_reminders(
        &self,
        moment: Moment<'_>,
        started: bool,
        decision: &mut Decision,
    ) {
        let mut touched: Vec<MemberId> = decision.changes.iter().filter_map(touches).collect();
        if started {
            let wants = |(_, member): &(&MemberId, &Member)| {
                // One that was due meanwhile is looked at when the team is woken.
                let is_due = member.own.remind_at.is_some_and(|at| at <= moment.now);
                !is_due && (member.own.wants_reminders() || member.own.remind_at.is_some())
            };
            touched.extend(self.members.iter().filter(wants).map(|(id, _)| *id));
        }
        touched.sort_unstable();
        touched.dedup();
        if touched.is_empty() {
            return;
        }
        let calendars = self.calendars_after(decision);
        for id in touched {
            let Some(member) = self.member_after(id, decision) else { continue };
            if !member.own.wants_reminders() && member.own.remind_at.is_none() {
                continue;
            }
            let next = Stake::of(&member, &calendars)
                .and_then(|stake| stake.next(moment.now, &member.own));
            if next != member.own.remind_at {
                decision.change(own_change(id, OwnChange::RemindAt(next)));
            }
        }
    }

    /// Reminds everybody whose reminder is due.
    pub(super) fn remind_wake(&self, moment: Moment<'_>, decision: &mut Decision) {
        for (id, member) in &self.members {
            let own = &member.own;
            let is_due = own.remind_at.is_some_and(|at| at <= moment.now);
            let reminded = own.reminded.as_ref().filter(|reminded| !reminded.over);
            if let Some(reminded) = reminded
                && reminded.delayed.is_some_and(|until| until <= moment.now)
            {
                self.remind_again(moment, *id, reminded, decision);
            } else if is_due {
                self.remind(moment, *id, member, decision);
            }
        }
    }

    /// Settles what was under way when the process stopped.
    pub(super) fn remind_start(&self, moment: Moment<'_>, decision: &mut Decision) {
        for (id, member) in &self.members {
            if let Some(reminded) = &member.own.reminded
                && !reminded.over
                && reminded.delayed.is_none()
            {
                self.remind_again(moment, *id, reminded, decision);
            }
        }
    }

    fn remind(&self, moment: Moment<'_>, id: MemberId, member: &Member, decision: &mut Decision) {
        let Some(stake) = Stake::of(member, &self.calendars) else { return };
        let date = stake.today(moment.now);
        let day = number_of(date);
        let settings = member.own.settings.as_ref();
        let reminder = settings.and_then(Settings::reminder);
        let is_first = member.own.reminded.as_ref().is_none_or(|reminded| reminded.day < day);
        if let Some(reminder) = reminder
            && is_first
            && stake.moment(date, &reminder).is_some_and(|at| at <= moment.now)
            && stake.before_quiet(moment.now, &reminder).is_none()
            && let Some(whisper) = self.whisper(moment, id, member, (day, moment.now))
        {
            let (since, delayed, over, failure) = (moment.now, None, false, None);
            let claim = Reminded { day, since, delayed, over, failure };
            decision.change(own_change(id, OwnChange::Reminded(claim)));
            decision.effect(whisper);
        } else {
            let next = stake.next(moment.now, &member.own);
            decision.change(own_change(id, OwnChange::RemindAt(next)));
        }
    }

    /// Tries once more, as long as it makes sense.
    fn remind_again(
        &self,
        moment: Moment<'_>,
        id: MemberId,
        reminded: &Reminded,
        decision: &mut Decision,
    ) {
        let Some(member) = self.members.get(&id) else { return };
        let wanted = member.own.wants_reminders();
        let whisper = self.whisper(moment, id, member, (reminded.day, reminded.since));
        let after = match whisper.filter(|_| wanted) {
            Some(whisper) => {
                decision.effect(whisper);
                Reminded { delayed: None, ..reminded.clone() }
            }
            None => Reminded { delayed: None, over: true, ..reminded.clone() },
        };
        if after != *reminded {
            decision.change(own_change(id, OwnChange::Reminded(after)));
        }
    }

    /// The reminder of a day, as long as the day lasts and the streak is at stake.
    fn whisper(
        &self,
        moment: Moment<'_>,
        id: MemberId,
        member: &Member,
        (day, since): (DayNumber, Timestamp),
    ) -> Option<Effect> {
        let stake = Stake::of(member, &self.calendars)?;
        let date = stake.today(moment.now);
        let standing = stake.at_stake(date).filter(|_| number_of(date) == day)?;
        let (_, ends) = stake.span(date)?;
        let own = &member.own;
        let view = OwnView::Reminder {
            server: 0,
            length: standing.length,
            ends,
            frozen: standing.freezes > 0,
            due: super::day::few(own.due(moment.bank, own.day(day)).len()),
        };
        Some(Effect::Whisper {
            order: OrderId::Reminder { member: id, day },
            member: id,
            view: Box::new(View::Own(Box::new(view))),
            nonce: format!("rm{:016x}", splitmix(id.0 ^ splitmix(u64::from(day)))),
            attempt: Attempt::at(moment.now, since),
        })
    }

    /// How the reminder of a day went.
    pub(super) fn reminder_delivered(
        &self,
        moment: Moment<'_>,
        (id, day): (MemberId, DayNumber),
        outcome: &Outcome,
        decision: &mut Decision,
    ) {
        let Some(own) = self.members.get(&id).map(|member| &member.own) else { return };
        let reminded = own.reminded.as_ref().filter(|one| one.day == day && !one.over);
        let Some(mut reminded) = reminded.cloned() else { return };
        match outcome {
            Outcome::Failed(Failure::Unavailable { .. }) => {
                reminded.delayed = Some(retry_at(moment.now, reminded.since));
            }
            Outcome::Failed(failure) => {
                reminded.over = true;
                reminded.delayed = None;
                reminded.failure = Some(failure.clone());
                if is_closed(failure) && own.wants_reminders() {
                    let settings = own.settings.clone().unwrap_or_default();
                    let off = Settings { reminder: None, ..settings };
                    decision.change(own_change(id, OwnChange::Settled(off)));
                }
            }
            Outcome::Sent { .. }
            | Outcome::NotFound
            | Outcome::Done
            | Outcome::Opened { .. }
            | Outcome::Reactors { .. }
            | Outcome::Opined { .. } => {
                reminded.over = true;
                reminded.delayed = None;
                reminded.failure = None;
            }
        }
        decision.change(own_change(id, OwnChange::Reminded(reminded)));
    }

    fn calendars_after(&self, decision: &Decision) -> Vec<(Date, Calendar)> {
        let mut calendars = self.calendars.clone();
        for change in &decision.changes {
            if let Change::CalendarSet { from, calendar } = change {
                calendars.retain(|(date, _)| date < from);
                calendars.push((*from, calendar.clone()));
            }
        }
        calendars
    }

    /// What reminders depend on of a member, after a decision; none if they are forgotten.
    fn member_after(&self, id: MemberId, decision: &Decision) -> Option<Member> {
        let before = self.members.get(&id);
        let mut after = Member {
            zone: before.and_then(|member| member.zone.clone()),
            streak: before.and_then(|member| member.streak),
            own: before.map(|member| member.own.for_reminders()).unwrap_or_default(),
            ..Member::default()
        };
        for change in &decision.changes {
            if let Change::ZoneSet { member, zone } = change
                && *member == id
            {
                after.zone = Some(zone.clone());
            }
            if let Change::Practised { member, streak } = change
                && *member == id
            {
                after.streak = Some(*streak);
            }
            if let Change::Own { member, change } = change
                && *member == id
            {
                after.own.apply(change);
            }
            if *change == (Change::Forgotten { member: id }) {
                return None;
            }
        }
        Some(after)
    }
}

impl Own {
    /// When the reminder is to be looked at: the next one, or one that is tried again.
    pub(in crate::practice) fn wakeup(&self) -> Option<Timestamp> {
        let delayed = self.reminded.as_ref().filter(|one| !one.over).and_then(|one| one.delayed);
        self.remind_at.into_iter().chain(delayed).min()
    }

    fn wants_reminders(&self) -> bool {
        self.settings.as_ref().is_some_and(|settings| settings.reminder.is_some())
    }

    fn for_reminders(&self) -> Self {
        Self {
            settings: self.settings.clone(),
            reminded: self.reminded.clone(),
            remind_at: self.remind_at,
            ..Self::default()
        }
    }
}

/// Whose reminder may be due at another time after a change.
fn touches(change: &Change) -> Option<MemberId> {
    if let Change::ZoneSet { member, .. } | Change::Practised { member, .. } = change {
        return Some(*member);
    }
    if let Change::Own { member, change } = change
        && matches!(**change, OwnChange::Settled(_) | OwnChange::Reminded(_))
    {
        return Some(*member);
    }
    None
}

fn own_change(member: MemberId, change: OwnChange) -> Change {
    Change::Own { member, change: Box::new(change) }
}
