//! What holds after every step, whatever happened: the real team beside the naive plan and the
//! world. It changes nothing but the books of what was seen.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use mockingbird::practice::daily::{DailyResult, Management};
use mockingbird::practice::input::{Ask, Call, DailyCall, Interaction, Place, Press};
use mockingbird::practice::post::{KEPT, Origin};
use mockingbird::practice::refusal::Refusal;
use mockingbird::practice::streak::{Day, Standing};
use mockingbird::practice::view::{DailyDone, DailyView, QuestionView, View};
use mockingbird::practice::{Change, ChannelId, Decision, Effect, Input, MemberId, Moment};

use crate::life::{Life, member};
use crate::naive;
use crate::plan::{Due, Plan, id, in_time};
use crate::step::{CHANNELS, MEMBERS, zone};

/// Younger posts are known, with a day to spare.
const YOUNG: SignedDuration = SignedDuration::from_hours(29 * 24);

/// What became of a daily.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fared {
    Posted,
    Explained,
    /// Nobody was there, and of several the last is told.
    Absent,
    UnderWay,
    Lost,
}

impl Life {
    /// Every request is answered once, in the decision about it, and nothing else is answered.
    pub(crate) fn answers_once(&self, input: &Input, effects: &[Effect]) {
        let answered: Vec<u64> = effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Reply { to, .. } => Some(to.id),
                _ => None,
            })
            .collect();
        match input {
            // A question that is there already, or on its way, is not asked again.
            Input::Called { call: Ok(Call::Quiz(_)), .. }
                if self.repeats && answered.is_empty() => {}
            Input::Called { ask, .. } => {
                assert_eq!(answered, [ask.interaction.id], "a request is answered once");
            }
            _ => assert_eq!(answered, [0_u64; 0], "nobody asked"),
        }
    }

    /// Writes down what a decision shows.
    pub(crate) fn observes(
        &mut self,
        plan: &Plan,
        input: &Input,
        decision: &Decision,
        told: Vec<(mockingbird::practice::PostId, MemberId)>,
    ) {
        for (post, member) in told {
            self.practised(post, member, false);
        }
        for change in &decision.changes {
            match change {
                Change::PostClaimed { post, channel, origin, .. } => {
                    self.forgets_who_had(*post);
                    self.forgets_old_claims();
                    if let Origin::Daily { date } = origin {
                        self.ledger.claimed.entry((*channel, *date)).or_insert(self.now);
                        self.ledger.under_way.insert(*post, ((*channel, *date), self.now));
                        if matches!(input, Input::Woke) {
                            self.may_come_now(plan, *channel, *date);
                        }
                    }
                }
                Change::PostStands { post, .. } | Change::PostDropped { post } => {
                    self.ledger.under_way.remove(post);
                }
                Change::DailySet { channel, schedule, .. } => {
                    self.zones.insert((*channel, schedule.zone.name().to_owned()));
                }
                Change::DailyOver { channel, .. } => self.looks_at_status(*channel),
                Change::DailyRemoved { channel } => {
                    self.ledger.skips.remove(channel);
                    self.lets_go(|there, _| there == *channel);
                }
                _ => {}
            }
        }
        for effect in &decision.effects {
            self.leaves_on_its_date(effect);
        }
        let Input::Called { ask, call: Ok(call) } = input else { return };
        let reply = decision.effects.iter().find_map(|effect| match effect {
            Effect::Reply { view, .. } => Some(&**view),
            _ => None,
        });
        match (call, reply) {
            (Call::Press(Press::Show(post)), Some(View::Own(_))) => {
                self.practised(*post, ask.member, true);
            }
            (Call::Press(Press::Show(post)), Some(View::Refusal(Refusal::PostGone))) => {
                let young = self.world.questions.iter().find(|standing| {
                    standing.post == *post
                        && !standing.gone
                        && self.now.duration_since(standing.at) < YOUNG
                });
                assert!(young.is_none(), "a post is forgotten too soon: {young:?}");
            }
            // It shows no answer: a reaction to a post of the same question still counts.
            (Call::Submit(..), Some(View::Own(_))) => {
                self.ledger.practised.push((self.steps, ask.member, self.now));
            }
            (Call::Daily(_), Some(View::DailyChanged { done, daily })) => {
                if let (DailyDone::Skipped, Some(date)) = (done, daily.skip) {
                    self.ledger.skips.insert(daily.channel, date);
                } else if *done == DailyDone::Resumed {
                    self.ledger.skips.remove(&daily.channel);
                }
            }
            _ => {}
        }
    }

    /// A claim pushes out what is a month old.
    fn forgets_old_claims(&mut self) {
        let now = self.now;
        let is_old = |since| now.duration_since(since) >= KEPT;
        self.lets_go(|_, since| is_old(since));
        self.ledger.under_way.retain(|_, (_, since)| !is_old(*since));
    }

    /// Nobody waits any more for these dailies that are on their way.
    fn lets_go(&mut self, which: impl Fn(ChannelId, Timestamp) -> bool) {
        let now = self.now;
        let under_way = self.ledger.under_way.values();
        let which = under_way.filter(|((channel, _), since)| which(*channel, *since));
        self.ledger.let_go.extend(which.map(|(daily, _)| (*daily, now)));
    }

    /// A daily that comes by itself comes on its date, not before its time and not too late.
    fn may_come_now(&self, plan: &Plan, channel: ChannelId, date: Date) {
        let due =
            plan.due.iter().rev().filter(|due| id(due.channel) == channel && due.date == date);
        let mut due = due.filter(|due| in_time(&due.schedule, date, self.now));
        assert!(due.next().is_some(), "the daily of {date} in {channel} comes out of turn");
        let skip = self.ledger.skips.get(&channel);
        assert_ne!(skip, Some(&date), "the daily of {date} was to be left out");
    }

    /// A daily is sent on its date, also when it is sent again.
    fn leaves_on_its_date(&self, effect: &Effect) {
        let Effect::Send { channel, view, .. } = effect else { return };
        let View::Question(QuestionView { daily: Some(date), .. }) = **view else { return };
        let zones = self.zones.iter().filter(|(there, _)| there == channel);
        let today = |name: &str| zone(name).rules().to_datetime(self.now).date();
        let is_today = zones.map(|(_, zone)| today(zone)).any(|today| today == date);
        assert!(is_today, "the daily of {date} is sent on another date");
    }

    /// What `/daily status` says happened last is said from now on.
    fn looks_at_status(&mut self, channel: ChannelId) {
        if let Some((date, result, at)) = self.status(channel).and_then(|daily| daily.last) {
            self.ledger
                .said
                .entry((channel, date))
                .or_insert((result.clone(), at))
                .0
                .clone_from(&result);
        }
    }

    /// What holds at every moment.
    pub(crate) fn promises(&self, plan: &Plan) {
        let twice = self.doubled();
        assert!(twice.is_empty(), "it stands twice: {twice:?}");
        for (channel, name) in CHANNELS.into_iter().enumerate() {
            let status = self.status(id(channel));
            let daily = plan.known.dailies.get(&channel);
            assert_eq!(status.is_some(), daily.is_some(), "{name} has a daily");
            let (Some(status), Some(daily)) = (status, daily) else { continue };
            assert_eq!(status.schedule, daily.schedule, "the daily of {name}");
            assert_eq!(status.paused, daily.paused, "whether the daily of {name} rests");
            let in_config = status.managed == Management::Config;
            assert_eq!(in_config, daily.in_config, "whether the config has the daily of {name}");
            let next = status.next;
            assert!(next.is_none_or(|next| next > self.now), "the next one comes at {next:?}");
            assert!(next.is_some() || daily.paused, "nothing comes any more in {name}");
        }
        for due in &plan.due {
            assert_ne!(self.fared(due), Fared::Lost, "nobody says what became of {due:?}");
            self.explained_truly(due);
            self.came_on_time(due);
        }
        for who in 0..MEMBERS.len() {
            self.streak_is_as_told(plan, who);
        }
    }

    /// What stands twice and may not: a post, its answer, a daily of a channel and date.
    pub(crate) fn doubled(&self) -> Vec<String> {
        let mut twice = Vec::new();
        let mut seen = BTreeSet::new();
        for standing in self.world.questions.iter().filter(|standing| !standing.gone) {
            let (channel, post) = (standing.channel, standing.post);
            if !seen.insert((channel, None, Some(post))) {
                twice.push(format!("question {post}"));
            }
            if let Some(date) = standing.daily
                && !seen.insert((channel, Some(date), None))
            {
                twice.push(format!("the daily of {date} in {channel}"));
            }
        }
        let mut seen = BTreeSet::new();
        for standing in &self.world.answers {
            if !seen.insert(standing.post) {
                twice.push(format!("the answer of {}", standing.post));
            }
        }
        twice
    }

    /// What became of a daily.
    pub(crate) fn fared(&self, due: &Due) -> Fared {
        let (channel, date) = (id(due.channel), due.date);
        if self.world.dailies.contains(&(channel, date)) {
            return Fared::Posted;
        }
        if self.ledger.said.contains_key(&(channel, date)) {
            return Fared::Explained;
        }
        if due.superseded {
            return Fared::Absent;
        }
        if self.ledger.under_way.values().any(|(daily, _)| *daily == (channel, date)) {
            return Fared::UnderWay;
        }
        let let_go = self.ledger.let_go.get(&(channel, date));
        if let_go.is_some_and(|let_go| due.noticed <= *let_go) {
            return Fared::Explained;
        }
        // Dates never go back in a channel: after one that has come, an earlier one of another zone
        // does not.
        let later = |of: &Date, at: Timestamp| *of > date && at < due.noticed;
        let mut dailies = self.world.questions.iter().filter(|it| it.channel == channel);
        let came = dailies.any(|it| it.daily.is_some_and(|of| later(&of, it.at)));
        let mut said = self.ledger.said.iter().filter(|((there, _), _)| *there == channel);
        if came || said.any(|((_, of), (_, at))| later(of, *at)) {
            return Fared::Explained;
        }
        Fared::Lost
    }

    /// Where nothing failed, a daily that was in time stands.
    fn explained_truly(&self, due: &Due) {
        let (channel, date) = (id(due.channel), due.date);
        let Some((DailyResult::Missed, since)) = self.ledger.said.get(&(channel, date)) else {
            return;
        };
        let post = mockingbird::practice::PostId::of_daily(channel, date);
        assert!(
            // What was over before stays so when the time changes.
            !due.in_time() || *since < due.noticed || self.disturbed.contains(&post),
            "it was missed for no reason: {due:?}"
        );
    }

    /// What comes at all is on its way as soon as there is a bot to send it.
    fn came_on_time(&self, due: &Due) {
        let daily = (id(due.channel), due.date);
        let Some(claimed) = self.ledger.claimed.get(&daily) else { return };
        let over = self.ledger.said.get(&daily).map(|(_, since)| *since);
        assert!(
            !due.in_time() || *claimed.min(&over.unwrap_or(*claimed)) <= due.noticed,
            "it came late, at {claimed}: {due:?}"
        );
    }

    fn streak_is_as_told(&self, plan: &Plan, who: usize) {
        let standing = self.standing(who);
        let counted = |(date, day): &(Date, Day)| (*day == Day::Counted).then_some(*date);
        let real = naive::Streak {
            today: standing.today,
            length: standing.length,
            best: standing.best,
            freezes: standing.freezes,
            today_counted: standing.today_counted,
            counted: standing.days.iter().filter_map(counted).collect(),
        };
        let told = naive::streak(&self.facts(plan, who), self.now);
        assert_eq!(real, told, "the streak of {} (left) is as told day by day", MEMBERS[who]);
    }

    /// The streak of each member.
    pub(crate) fn lengths(&self) -> Vec<(Date, u32)> {
        let all = 0..MEMBERS.len();
        all.map(|who| self.standing(who)).map(|it| (it.today, it.length)).collect()
    }

    /// No restart and no change of zone costs a streak, and none lengthens one. Who comes back to a
    /// day that was over has not missed it yet.
    pub(crate) fn no_streak_was_lost(&self, before: &[(Date, u32)]) {
        for (who, ((today, length), after)) in before.iter().zip(self.lengths()).enumerate() {
            let name = MEMBERS[who];
            assert!(after.1 >= *length, "{name} had {length} on {today}, and {after:?} after it");
            if after.0 >= *today {
                assert_eq!(after.1, *length, "{name} has another streak on {today}");
            }
        }
    }

    fn standing(&self, who: usize) -> Standing {
        match self.asks(member(who), Call::Streak { of: None }) {
            View::OwnStreak(standing) => standing,
            other => panic!("a streak was asked for: {other:?}"),
        }
    }

    fn status(&self, channel: ChannelId) -> Option<DailyView> {
        let call = Call::Daily(DailyCall::Status { channel: Some(channel) });
        match self.asks(MemberId(99), call) {
            View::DailyStatus(daily) => Some(daily),
            View::Refusal(Refusal::NoDaily(_)) => None,
            other => panic!("a daily was asked for: {other:?}"),
        }
    }

    /// What somebody reads who asks now. It changes nothing.
    pub(crate) fn asks(&self, member: MemberId, call: Call) -> View {
        let moment = Moment { now: self.now, chance: 7, bank: &self.bank, rules: &self.rules };
        let interaction = Interaction { id: 1, token: String::new() };
        let ask = Ask { interaction, member, channel: id(0), place: Place::Channel };
        let decision = self.team.decide(moment, &Input::Called { ask, call: Ok(call) });
        assert_eq!(decision.changes, [], "who only looks changes nothing");
        match decision.effects.into_iter().next() {
            Some(Effect::Reply { view, .. }) => *view,
            other => panic!("an answer was asked for: {other:?}"),
        }
    }

    /// In the end, when everything works again, nothing that was asked for is missing.
    pub(crate) fn missing(&self, plan: &Plan) -> Vec<String> {
        let mut missing: Vec<String> =
            self.ledger.under_way.values().map(|daily| format!("{daily:?}")).collect();
        missing.extend(self.lanes.values().flatten().map(|effect| format!("{effect:?}")));
        for due in &plan.due {
            if matches!(self.fared(due), Fared::Lost | Fared::UnderWay) {
                missing.push(format!("the daily {due:?}"));
            }
        }
        for standing in &self.world.questions {
            let asked = self.world.reactions.iter();
            let asked = asked.filter(|(message, _)| *message == standing.message).count();
            let is_young = self.now.duration_since(standing.at) < YOUNG;
            let is_answered = self.world.answers.iter().any(|it| it.post == standing.post);
            if asked >= usize::from(standing.reactions)
                && is_young
                && !standing.gone
                && !is_answered
                && !self.world.refused.contains(&standing.post)
            {
                missing.push(format!("the answer of {standing:?}"));
            }
        }
        missing
    }
}
