//! What `/daily` does, and what is done when a daily is due.

use jiff::Timestamp;
use jiff::civil::Date;

use super::change::Change;
use super::daily::{Daily, DailyResult, Due, Management};
use super::decide::{Decision, Moment};
use super::draw::{History, of_topics};
use super::ids::{ChannelId, PostId};
use super::input::{Ask, DailyCall, Place};
use super::post::Origin;
use super::quiz::claim;
use super::refusal::Refusal;
use super::rules::{Days, Schedule};
use super::team::Team;
use super::view::{DailyDone, DailyView, View};

impl Team {
    /// Does what is due for the daily of a channel.
    pub(super) fn do_daily(
        &self,
        moment: Moment<'_>,
        channel: ChannelId,
        daily: &Daily,
        due: Due,
        decision: &mut Decision,
    ) {
        let (date, result) = match due {
            Due::Skip(date) => (date, DailyResult::Skipped),
            Due::Miss(date) => (date, DailyResult::Missed),
            Due::Post(date) => {
                let fitting = of_topics(moment.bank, &daily.schedule.topics);
                if let Some(question) = self.draw(channel, fitting) {
                    let post = PostId::of_daily(channel, date);
                    let origin = Origin::Daily { date };
                    let place = (post, channel, Place::Channel);
                    let claimed = claim(moment, decision, place, origin, question);
                    let due = daily.schedule.moment(date).unwrap_or(moment.now);
                    decision.effect(claimed.send(moment.now, due));
                    return;
                }
                (date, DailyResult::NothingFits)
            }
        };
        decision.change(Change::DailyOver { channel, date, result, at: moment.now });
    }

    /// Does what a member asked for.
    pub(super) fn daily_call(
        &self,
        moment: Moment<'_>,
        ask: &Ask,
        call: &DailyCall,
        decision: &mut Decision,
    ) -> Result<(), Refusal> {
        if ask.place == Place::Private {
            return Err(Refusal::OnlyInChannels);
        }
        let channel = match call {
            DailyCall::List => {
                let dailies = self
                    .dailies
                    .iter()
                    .map(|(channel, daily)| self.view(moment, *channel, daily))
                    .collect();
                decision.tell(ask, View::DailyList(dailies));
                return Ok(());
            }
            DailyCall::Set { channel, .. }
            | DailyCall::Pause { channel }
            | DailyCall::Resume { channel }
            | DailyCall::Skip { channel }
            | DailyCall::Now { channel }
            | DailyCall::Status { channel }
            | DailyCall::Remove { channel } => match (channel, ask.place) {
                (Some(channel), _) => *channel,
                (None, Place::Channel) => ask.channel,
                (None, Place::Thread | Place::Private) => return Err(Refusal::OnlyInChannels),
            },
        };
        if let DailyCall::Set { .. } = call {
            return self.set_daily(moment, ask, channel, call, decision);
        }
        let daily = self.dailies.get(&channel).ok_or(Refusal::NoDaily(channel))?;
        if let DailyCall::Status { .. } = call {
            decision.tell(ask, View::DailyStatus(self.view(moment, channel, daily)));
            return Ok(());
        }
        let mut after = daily.clone();
        let done = match call {
            DailyCall::Pause { .. } => {
                decision.change(Change::DailyPaused { channel, paused: true });
                after.paused = true;
                DailyDone::Paused
            }
            DailyCall::Resume { .. } => {
                // Dates that passed while it rested do not come late.
                after.paused = false;
                after.skip = None;
                if daily.paused {
                    after.done_through = daily.done_through.max(daily.schedule.passed(moment.now));
                }
                decision.change(daily_set(channel, &after));
                decision.change(Change::DailyPaused { channel, paused: false });
                decision.change(Change::DailySkip { channel, date: None });
                DailyDone::Resumed
            }
            DailyCall::Skip { .. } => {
                let passed = daily.schedule.passed(moment.now);
                let next = daily.schedule.next_date(daily.done_through.max(passed));
                if daily.skip.is_some() && daily.skip == next {
                    let next = daily.next_post(moment.now);
                    return Err(Refusal::SkippedAlready { channel, next });
                }
                decision.change(Change::DailySkip { channel, date: next });
                after.skip = next;
                DailyDone::Skipped
            }
            DailyCall::Now { .. } => {
                let date = super::calendar::local_date(moment.now, &daily.schedule.zone);
                if self.daily_of(channel) >= Some(date) {
                    return Err(Refusal::DailyDone(channel));
                }
                if of_topics(moment.bank, &daily.schedule.topics).next().is_none() {
                    return Err(Refusal::NothingFitsDaily(channel));
                }
                self.do_daily(moment, channel, daily, Due::Post(date), decision);
                after.done_through = after.done_through.max(date);
                DailyDone::Posting
            }
            DailyCall::Remove { .. } => {
                managed_by_command(channel, daily)?;
                decision.change(Change::DailyRemoved { channel });
                DailyDone::Removed
            }
            DailyCall::Set { .. } | DailyCall::List | DailyCall::Status { .. } => return Ok(()),
        };
        let daily = self.view(moment, channel, &after);
        decision.tell(ask, View::DailyChanged { done, daily });
        Ok(())
    }

    fn set_daily(
        &self,
        moment: Moment<'_>,
        ask: &Ask,
        channel: ChannelId,
        call: &DailyCall,
        decision: &mut Decision,
    ) -> Result<(), Refusal> {
        let DailyCall::Set { at, zone, days, topics, .. } = call else {
            return Ok(());
        };
        let before = self.dailies.get(&channel);
        if let Some(daily) = before {
            managed_by_command(channel, daily)?;
        }
        let usual = before.map(|daily| &daily.schedule);
        let schedule = Schedule {
            at: at.or(usual.map(|usual| usual.at)).ok_or(Refusal::DailyNeedsTime)?,
            zone: zone
                .clone()
                .or_else(|| usual.map(|usual| usual.zone.clone()))
                .unwrap_or_else(|| moment.rules.calendar.zone.clone()),
            days: days.or(usual.map(|usual| usual.days)).unwrap_or(Days::WORKDAYS),
            topics: topics
                .clone()
                .or_else(|| usual.map(|usual| usual.topics.clone()))
                .unwrap_or_default(),
            catch_up: usual.map_or(Schedule::CATCH_UP, |usual| usual.catch_up),
        };
        let after = Daily {
            done_through: self.done_through(moment, channel, &schedule),
            managed: Management::Command,
            paused: before.is_some_and(|daily| daily.paused),
            skip: before.and_then(|daily| daily.skip),
            last: before.and_then(|daily| daily.last.clone()),
            schedule,
        };
        decision.change(daily_set(channel, &after));
        let daily = self.view(moment, channel, &after);
        decision.tell(ask, View::DailyChanged { done: DailyDone::Set, daily });
        Ok(())
    }

    /// Up to which date a channel is done with dailies that go by this schedule from now on: what
    /// has passed does not come late, what has come does not come again, also where the daily was
    /// removed in between, and neither does what was told to be over. A date that only an earlier
    /// schedule had passed is not done with.
    pub(super) fn done_through(
        &self,
        moment: Moment<'_>,
        channel: ChannelId,
        schedule: &Schedule,
    ) -> Date {
        let passed = schedule.passed(moment.now);
        let over = self.dailies.get(&channel).and_then(Daily::over_through);
        over.max(self.daily_of(channel)).map_or(passed, |done| done.max(passed))
    }

    /// The last local date whose daily a channel has had, or that is on its way.
    fn daily_of(&self, channel: ChannelId) -> Option<Date> {
        self.histories.get(&channel).and_then(History::daily)
    }

    /// The daily of a channel that is claimed and does not stand yet.
    fn underway(&self, channel: ChannelId) -> Option<(Date, Option<Timestamp>)> {
        let date = self.daily_of(channel)?;
        let post = self.posts.get(&PostId::of_daily(channel, date))?;
        post.message.is_none().then_some((date, post.delayed))
    }

    fn view(&self, moment: Moment<'_>, channel: ChannelId, daily: &Daily) -> DailyView {
        let seen = self.histories.get(&channel);
        let fitting = of_topics(moment.bank, &daily.schedule.topics);
        let (all, unseen) = fitting.fold((0, 0), |(all, unseen), question| {
            let is_new = seen.is_none_or(|seen| seen.times(&question.id) == 0);
            (all + 1, unseen + usize::from(is_new))
        });
        DailyView {
            channel,
            schedule: daily.schedule.clone(),
            managed: daily.managed,
            paused: daily.paused,
            skip: daily.skip.filter(|skip| *skip > daily.done_through),
            underway: self.underway(channel),
            last: daily.last.clone().map(|last| (last.date, last.result, last.at)),
            next: daily.next_post(moment.now),
            fitting: (all, unseen),
        }
    }
}

pub(super) fn daily_set(channel: ChannelId, daily: &Daily) -> Change {
    Change::DailySet {
        channel,
        schedule: daily.schedule.clone(),
        managed: daily.managed,
        done_through: daily.done_through,
    }
}

fn managed_by_command(channel: ChannelId, daily: &Daily) -> Result<(), Refusal> {
    match daily.managed {
        Management::Config => Err(Refusal::ManagedInConfig(channel)),
        Management::Command => Ok(()),
    }
}
