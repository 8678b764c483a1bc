//! What a team does about an input: looked at here, carried out elsewhere. Nothing in this folder
//! alters the state; `Team::apply` does.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::calendar::practice_date;
use super::change::Change;
use super::dailies::daily_set;
use super::daily::Management;
use super::effect::{Audience, Effect, OrderId};
use super::ids::{ChannelId, MemberId};
use super::input::{Ask, Call, FormId, Input, MenuId, Press};
use super::post::Reveal;
use super::refusal::Refusal;
use super::rules::{Calendar, Rules};
use super::streak::{Standing, Streak};
use super::team::{Member, Team};
use super::view::{Counted, View};
use crate::bank::QuestionBank;

/// Everything that a decision depends on beside the state and the input.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    /// The time.
    pub now: Timestamp,
    /// A number that nobody can foresee; a team takes its seed from the first one it sees.
    pub chance: u64,
    /// The questions.
    pub bank: &'a QuestionBank,
    /// The rules of the config.
    pub rules: &'a Rules,
}

/// What is to be remembered, and then done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decision {
    /// To be applied, and durable before any effect leaves. All of them or none.
    pub changes: Vec<Change>,
    /// To be done, in this order for each channel.
    pub effects: Vec<Effect>,
}

/// How long reactions to a revealed post are looked for after an absence.
const FRESH: SignedDuration = SignedDuration::from_hours(48);

impl Decision {
    pub(super) fn change(&mut self, change: Change) {
        self.changes.push(change);
    }

    pub(super) fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Answers a request so that only the asker reads it.
    pub(super) fn tell(&mut self, ask: &Ask, view: View) {
        self.effect(Effect::Reply {
            to: ask.interaction.clone(),
            view: Box::new(view),
            audience: Audience::OnlyAsker,
            order: None,
        });
    }

    fn extend(&mut self, other: Self) {
        self.changes.extend(other.changes);
        self.effects.extend(other.effects);
    }
}

impl Team {
    /// What to do about an input. It looks and alters nothing.
    pub fn decide(&self, moment: Moment<'_>, input: &Input) -> Decision {
        if self.seed.is_none() {
            return match input {
                Input::Called { .. } | Input::Connected { .. } => Self::found(moment, input),
                // What is late for a team that is no more must not bring it back.
                Input::Started | Input::Woke | Input::Reacted { .. } | Input::Delivered { .. } => {
                    Decision::default()
                }
            };
        }
        let mut decision = Decision::default();
        match input {
            Input::Started => self.start(moment, &mut decision),
            Input::Connected { channels } => self.connect(moment, channels, &mut decision),
            Input::Woke => self.wake(moment, &mut decision),
            Input::Called { ask, call: Ok(call) } => {
                if let Err(refusal) = self.call(moment, ask, call, &mut decision) {
                    decision = Decision::default();
                    decision.tell(ask, View::Refusal(refusal));
                }
            }
            Input::Called { ask, call: Err(refusal) } => {
                decision.tell(ask, View::Refusal(refusal.clone()));
            }
            Input::Reacted { channel, message, member, by, emoji } => {
                self.react(moment, (*channel, *message), *member, *by, emoji, &mut decision);
            }
            Input::Delivered { order: OrderId::Post { post, step }, outcome } => {
                self.deliver(moment, (*post, *step), outcome, &mut decision);
            }
            Input::Delivered { order: OrderId::Interview { interview, errand }, outcome } => {
                self.mock_delivered(moment, *interview, *errand, outcome, &mut decision);
            }
            Input::Delivered {
                order:
                    order @ (OrderId::Reminder { .. }
                    | OrderId::Digest { .. }
                    | OrderId::Coach { .. }
                    | OrderId::Rewrite),
                outcome,
            } => self.own_delivered(moment, *order, outcome, &mut decision),
        }
        self.reckon_reminders(moment, matches!(input, Input::Started), &mut decision);
        decision
    }

    /// The first thing that happens to a team founds it.
    fn found(moment: Moment<'_>, input: &Input) -> Decision {
        let mut decision = Decision::default();
        decision.change(Change::Founded { seed: moment.chance });
        decision.change(calendar_from(moment));
        let mut founded = Self::new();
        for change in &decision.changes {
            founded.apply(change);
        }
        decision.extend(founded.decide(moment, input));
        decision
    }

    /// Settles what was under way when the process stopped.
    fn start(&self, moment: Moment<'_>, decision: &mut Decision) {
        if self.calendars.last().map(|(_, calendar)| calendar) != Some(&moment.rules.calendar) {
            decision.change(calendar_from(moment));
            for (id, member) in &self.members {
                let before = self.today(moment, *id);
                let after = member.today(moment.now, &moment.rules.calendar);
                self.excuse(*id, before, after, decision);
            }
        }
        for (channel, daily) in &self.dailies {
            let in_config = moment.rules.dailies.iter().any(|(managed, _)| managed == channel);
            if daily.managed == Management::Config && !in_config {
                decision.change(Change::DailyRemoved { channel: *channel });
            } else if let Some(daily) = daily.brought_back(moment.now) {
                decision.change(daily_set(*channel, &daily));
            }
        }
        for post in self.posts.values() {
            self.resume(moment, post, decision);
        }
        self.mock_start(moment, decision);
        self.own_start(moment, decision);
    }

    /// A new session of the gateway: what happened in between is caught up with.
    fn connect(&self, moment: Moment<'_>, channels: &[ChannelId], decision: &mut Decision) {
        for (channel, schedule) in &moment.rules.dailies {
            if !channels.contains(channel) {
                continue;
            }
            let daily = self.dailies.get(channel);
            if daily.is_some_and(|daily| {
                daily.managed == Management::Config && daily.schedule == *schedule
            }) {
                continue;
            }
            decision.change(Change::DailySet {
                channel: *channel,
                schedule: schedule.clone(),
                managed: Management::Config,
                done_through: self.done_through(moment, *channel, schedule),
            });
        }
        for post in self.posts.values() {
            let Some(message) = post.message else { continue };
            // A reaction counts for the day after the reveal, too, as long as it may be today's.
            let is_fresh = moment.now.duration_since(post.claimed) < FRESH;
            if post.reveal != Reveal::Closed && !is_fresh {
                continue;
            }
            if !post.catch {
                decision.change(Change::CatchWanted { post: post.id });
            }
            decision.effect(post.catch_reactions(message));
        }
    }

    /// Does what is due.
    fn wake(&self, moment: Moment<'_>, decision: &mut Decision) {
        for (channel, daily) in &self.dailies {
            for due in daily.due(moment.now) {
                self.do_daily(moment, *channel, daily, due, decision);
            }
        }
        for post in self.posts.values() {
            if post.delayed.is_some_and(|until| until <= moment.now) {
                self.resume(moment, post, decision);
            }
        }
        self.mock_wake(moment, decision);
        self.own_wake(moment, decision);
    }

    fn call(
        &self,
        moment: Moment<'_>,
        ask: &Ask,
        call: &Call,
        decision: &mut Decision,
    ) -> Result<(), Refusal> {
        match call {
            Call::Quiz(wanted) => self.quiz(moment, ask, wanted, decision)?,
            Call::Daily(call) => self.daily_call(moment, ask, call, decision)?,
            Call::Press(Press::Show(post)) => self.show(moment, ask, *post, decision)?,
            Call::Press(Press::Mock(press)) => self.mock_press(moment, ask, *press, decision)?,
            Call::Mock(call) => self.mock(moment, ask, call, decision)?,
            Call::Own(call) => self.own(moment, ask, call, decision)?,
            Call::Press(Press::Own(press)) => self.own_press(moment, ask, *press, decision)?,
            Call::Choose(MenuId::Mock(menu), chosen) => {
                self.mock_choose(moment, ask, *menu, chosen, decision)?;
            }
            Call::Choose(MenuId::Own(menu), chosen) => {
                self.own_choose(moment, ask, *menu, chosen, decision)?;
            }
            Call::Submit(FormId::Mock(form), fields) => {
                self.mock_submit(moment, ask, *form, fields, decision)?;
            }
            Call::Submit(FormId::Own(form), fields) => {
                self.own_submit(moment, ask, *form, fields, decision)?;
            }
            Call::Streak { of: Some(member) } if *member != ask.member => {
                let standing = self.standing(moment, *member);
                let (length, best) = (standing.length, standing.best);
                decision.tell(ask, View::StreakOf { member: *member, length, best });
            }
            Call::Streak { .. } => {
                decision.tell(ask, View::OwnStreak(self.standing(moment, ask.member)));
            }
            Call::Zone { zone: Some(zone) } => {
                decision.change(Change::ZoneSet { member: ask.member, zone: zone.clone() });
                let calendar = self.calendar(moment);
                let today = practice_date(moment.now, zone, calendar.day_starts);
                self.excuse(ask.member, self.today(moment, ask.member), today, decision);
                decision.tell(ask, View::Zone { zone: zone.clone(), own: true, changed: true });
            }
            Call::Zone { zone: None } => {
                let own = self.members.get(&ask.member).and_then(|member| member.zone.as_ref());
                let zone = own.unwrap_or(&self.calendar(moment).zone).clone();
                decision.tell(ask, View::Zone { zone, own: own.is_some(), changed: false });
            }
            Call::Help => decision.tell(ask, View::Help),
            Call::HelpFor(command) => decision.tell(ask, View::HelpFor(command)),
            Call::About => decision.tell(ask, about(moment.bank)),
        }
        Ok(())
    }

    /// Counts today for a member, unless it counted before.
    pub(super) fn practise(
        &self,
        moment: Moment<'_>,
        member: MemberId,
        decision: &mut Decision,
    ) -> (Standing, Counted) {
        let before = self.members.get(&member).and_then(|member| member.streak);
        let today = self.today(moment, member);
        let after = Streak::count(before, today, &self.calendars);
        let counted = if before == Some(after) { Counted::Before } else { Counted::Now };
        if counted == Counted::Now {
            decision.change(Change::Practised { member, streak: after });
        }
        (Streak::stand(Some(&after), today, &self.calendars), counted)
    }

    /// A change of zone takes a member from one date to another; it costs no day.
    fn excuse(&self, member: MemberId, before: Date, after: Date, decision: &mut Decision) {
        let Some(streak) = self.members.get(&member).and_then(|member| member.streak) else {
            return;
        };
        let excused = streak.excuse(before, after, &self.calendars);
        if excused != streak {
            decision.change(Change::Practised { member, streak: excused });
        }
    }

    pub(super) fn standing(&self, moment: Moment<'_>, member: MemberId) -> Standing {
        let streak = self.members.get(&member).and_then(|member| member.streak);
        Streak::stand(streak.as_ref(), self.today(moment, member), &self.calendars)
    }

    /// The practice day that a member lives in.
    pub(super) fn today(&self, moment: Moment<'_>, member: MemberId) -> Date {
        let calendar = self.calendar(moment);
        match self.members.get(&member) {
            Some(member) => member.today(moment.now, calendar),
            None => practice_date(moment.now, &calendar.zone, calendar.day_starts),
        }
    }

    pub(super) fn calendar<'a>(&'a self, moment: Moment<'a>) -> &'a Calendar {
        self.calendars.last().map_or(&moment.rules.calendar, |(_, calendar)| calendar)
    }
}

impl Member {
    /// The practice day that the member lives in, under this calendar of the team.
    fn today(&self, now: Timestamp, calendar: &Calendar) -> Date {
        practice_date(now, self.zone.as_ref().unwrap_or(&calendar.zone), calendar.day_starts)
    }
}

/// The calendar of the config. Its zone holds at once; its practice days do from tomorrow on, so
/// that no day that has passed becomes one, wherever in the world a member lived it.
fn calendar_from(moment: Moment<'_>) -> Change {
    let calendar = moment.rules.calendar.clone();
    let today = practice_date(moment.now, &calendar.zone, calendar.day_starts);
    Change::CalendarSet { from: today.tomorrow().unwrap_or(Date::MAX), calendar }
}

fn about(bank: &QuestionBank) -> View {
    let topics = bank
        .topics()
        .map(|(topic, title)| {
            let questions = bank.iter().filter(|question| question.topic == *topic).count();
            (title.to_owned(), questions)
        })
        .collect();
    View::About { questions: bank.len(), topics }
}
