//! A team: its state, the fold of its changes. How it decides stands in `decide`.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::change::Change;
use super::daily::{Daily, Last};
use super::draw::History;
use super::ids::{ChannelId, InterviewId, MemberId, MessageId, PostId};
use super::interview::Interview;
use super::interview::state::{Miss, Past};
use super::own::state::{Digest, Key, Shared};
use super::own::typed::Label;
use super::own::{Own, OwnChange};
use super::post::{KEPT, MOST_IN_A_CHANNEL, Origin, Post};
use super::rules::{Calendar, Zone};
use super::streak::Streak;
use crate::bank::QuestionId;

/// Everything that is remembered of one team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// Where its chance comes from; none until it is founded.
    pub(super) seed: Option<u64>,
    /// Its calendars, oldest first, each with the first date it was in force.
    pub(super) calendars: Vec<(Date, Calendar)>,
    /// Its members, as far as they have done anything.
    pub(super) members: BTreeMap<MemberId, Member>,
    /// Its dailies.
    pub(super) dailies: BTreeMap<ChannelId, Daily>,
    /// What its channels have seen.
    pub(super) histories: BTreeMap<ChannelId, History>,
    /// Its posts of the last 30 days.
    pub(super) posts: BTreeMap<PostId, Post>,
    /// Its interviews, until 30 days after they are over.
    pub(super) interviews: BTreeMap<InterviewId, Interview>,
    /// What it keeps of its members' own practice beside the members.
    pub(super) shared: Shared,
}

/// What is remembered of a member.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Member {
    /// Their own zone; none means the team's.
    pub(super) zone: Option<Zone>,
    /// Their streak; none until a day has counted.
    pub(super) streak: Option<Streak>,
    /// Their interviews as a candidate, oldest first; at most 50.
    pub(super) past: Vec<Past>,
    /// The questions that interviews asked them, oldest first; at most 300.
    pub(super) had: Vec<QuestionId>,
    /// Key points that they missed.
    pub(super) misses: BTreeMap<QuestionId, Miss>,
    /// Their own practice.
    pub(super) own: Own,
}

/// When a team wants to be woken, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wakeup {
    /// When; it may have passed.
    pub at: Timestamp,
    /// Why, for the log.
    pub why: Why,
}

/// Why a team wants to be woken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The daily of this channel is due.
    Daily(ChannelId),
    /// Something for this post is to be tried again.
    Retry(PostId),
    /// Something is due in this interview.
    Interview(InterviewId),
    /// The reminder of this member is due.
    Reminder(MemberId),
    /// A typed answer of this member's is kept no longer.
    Typed(MemberId),
    /// The weekly post is due.
    Digest,
}

impl Team {
    /// A team of which nothing is known.
    pub const fn new() -> Self {
        Self {
            seed: None,
            calendars: Vec::new(),
            members: BTreeMap::new(),
            dailies: BTreeMap::new(),
            histories: BTreeMap::new(),
            posts: BTreeMap::new(),
            interviews: BTreeMap::new(),
            shared: Shared::new(),
        }
    }

    /// When it wants to be woken next, and why.
    pub fn next_wakeup(&self) -> Option<Wakeup> {
        let dailies = self
            .dailies
            .iter()
            .filter_map(|(channel, daily)| Some((daily.next()?, Why::Daily(*channel))));
        let retries =
            self.posts.values().filter_map(|post| Some((post.delayed?, Why::Retry(post.id))));
        let interviews = self
            .interviews
            .values()
            .filter_map(|interview| Some((interview.wakeup()?, Why::Interview(interview.id))));
        let reminders = self
            .members
            .iter()
            .filter_map(|(id, member)| Some((member.own.wakeup()?, Why::Reminder(*id))));
        let typed = self
            .members
            .iter()
            .filter_map(|(id, member)| Some((member.own.typed_ends()?, Why::Typed(*id))));
        let digest = self.shared.digest.as_ref().and_then(Digest::wakeup);
        let digest = digest.map(|at| (at, Why::Digest));
        let all =
            dailies.chain(retries).chain(interviews).chain(reminders).chain(typed).chain(digest);
        all.map(|(at, why)| Wakeup { at, why }).min()
    }

    /// Whether one of its posts is this message.
    pub fn has_post_at(&self, channel: ChannelId, message: MessageId) -> bool {
        self.post_at(channel, message).is_some()
    }

    /// Whether nothing is known of it.
    pub fn is_nothing(&self) -> bool {
        self.seed.is_none() && *self == Self::new()
    }

    /// Whether this member has done anything.
    pub fn knows(&self, member: MemberId) -> bool {
        self.members.contains_key(&member)
    }

    /// How many members have done anything.
    pub fn members(&self) -> usize {
        self.members.len()
    }

    /// What its members said about key points of their typed answers, without saying who.
    pub fn labels(&self) -> impl Iterator<Item = &Label> {
        self.members.values().flat_map(|member| &member.own.labels)
    }

    /// The post whose message this is.
    pub(super) fn post_at(&self, channel: ChannelId, message: MessageId) -> Option<&Post> {
        self.posts.values().find(|post| post.message == Some(message) && post.channel == channel)
    }

    /// Takes a change in. A change about something that is not there any more does nothing.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Founded { seed } => self.seed = Some(*seed),
            Change::CalendarSet { from, calendar } => {
                self.calendars.retain(|(date, _)| date < from);
                self.calendars.push((*from, calendar.clone()));
            }
            Change::ZoneSet { member, zone } => {
                self.members.entry(*member).or_default().zone = Some(zone.clone());
            }
            Change::Practised { member, streak } => {
                self.members.entry(*member).or_default().streak = Some(*streak);
            }
            Change::DailySet { .. }
            | Change::DailyRemoved { .. }
            | Change::DailyPaused { .. }
            | Change::DailySkip { .. }
            | Change::DailyOver { .. } => self.apply_to_daily(change),
            Change::PostClaimed { post, channel, place, origin, question, rule, at } => {
                self.posts.retain(|_, post| at.duration_since(post.claimed) < KEPT);
                let history = self.histories.entry(*channel).or_default();
                history.remember(&question.id);
                if let Origin::Daily { date } = origin {
                    history.remember_daily(*date);
                    if let Some(daily) = self.dailies.get_mut(channel) {
                        daily.done_through = daily.done_through.max(*date);
                    }
                }
                let question = Arc::clone(question);
                let place = (*post, *channel, *place);
                let claimed = Post::claimed(place, *origin, question, rule.clone(), *at);
                self.posts.insert(*post, claimed);
                self.make_room(*channel);
            }
            Change::PostDropped { post } => {
                if let Some(post) = self.posts.remove(post)
                    && post.message.is_none()
                    && let Some(history) = self.histories.get_mut(&post.channel)
                {
                    history.forget(&post.question.id);
                    if let Origin::Daily { date } = post.origin {
                        history.forget_daily(date);
                    }
                }
            }
            Change::Interview { interview, change } => self.apply_to_interview(*interview, change),
            Change::Own { member, change } => {
                self.members.entry(*member).or_default().apply(change);
            }
            Change::Shared(change) => self.shared.apply(change),
            Change::Forgotten { member } => self.forget(*member),
            Change::Dissolved => *self = Self::new(),
            Change::PostDelayed { post, .. }
            | Change::CatchWanted { post }
            | Change::PostStands { post, .. }
            | Change::ReactionSettled { post, .. }
            | Change::Caught { post, .. }
            | Change::Asked { post, .. }
            | Change::Shown { post, .. }
            | Change::Revealed { post, .. } => {
                if let Some(post) = self.posts.get_mut(post) {
                    post.apply(change);
                }
            }
        }
    }

    /// Forgets the oldest post of a channel that has too many.
    fn make_room(&mut self, channel: ChannelId) {
        let here = || self.posts.values().filter(|post| post.channel == channel);
        if here().count() <= MOST_IN_A_CHANNEL {
            return;
        }
        let standing = here().filter(|post| post.message.is_some());
        let oldest = standing.min_by_key(|post| (post.claimed, post.id)).map(|post| post.id);
        if let Some(oldest) = oldest {
            self.posts.remove(&oldest);
        }
    }

    fn apply_to_daily(&mut self, change: &Change) {
        match change {
            Change::DailySet { channel, schedule, managed, done_through } => {
                let before = self.dailies.get(channel);
                let daily = Daily {
                    schedule: schedule.clone(),
                    managed: *managed,
                    paused: before.is_some_and(|daily| daily.paused),
                    skip: before.and_then(|daily| daily.skip),
                    done_through: *done_through,
                    last: before.and_then(|daily| daily.last.clone()),
                };
                self.dailies.insert(*channel, daily);
                // Earlier than what came only where that came by a clock that was wrong.
                if let Some(history) = self.histories.get_mut(channel) {
                    history.daily_until(*done_through);
                }
            }
            Change::DailyRemoved { channel } => {
                self.dailies.remove(channel);
            }
            Change::DailyPaused { channel, paused } => {
                if let Some(daily) = self.dailies.get_mut(channel) {
                    daily.paused = *paused;
                }
            }
            Change::DailySkip { channel, date } => {
                if let Some(daily) = self.dailies.get_mut(channel) {
                    daily.skip = *date;
                }
            }
            Change::DailyOver { channel, date, result, at } => {
                if let Some(daily) = self.dailies.get_mut(channel) {
                    daily.done_through = daily.done_through.max(*date);
                    if daily.skip.is_some_and(|skip| skip <= *date) {
                        daily.skip = None;
                    }
                    daily.last = Some(Last { date: *date, result: result.clone(), at: *at });
                }
            }
            Change::Founded { .. }
            | Change::CalendarSet { .. }
            | Change::ZoneSet { .. }
            | Change::Practised { .. }
            | Change::PostClaimed { .. }
            | Change::PostDropped { .. }
            | Change::PostDelayed { .. }
            | Change::CatchWanted { .. }
            | Change::PostStands { .. }
            | Change::ReactionSettled { .. }
            | Change::Caught { .. }
            | Change::Asked { .. }
            | Change::Shown { .. }
            | Change::Interview { .. }
            | Change::Own { .. }
            | Change::Shared(_)
            | Change::Forgotten { .. }
            | Change::Dissolved
            | Change::Revealed { .. } => {}
        }
    }
}

impl Default for Team {
    fn default() -> Self {
        Self::new()
    }
}

impl Member {
    fn apply(&mut self, change: &OwnChange) {
        // Another grade is the last one now: what the one before it made up for is forgotten.
        if let OwnChange::Remembered { memory, day, graded: true } = change
            && !self.own.corrects(memory.question, *day)
            && let Some(known) = self.own.made_up_for()
        {
            self.misses.retain(|id, _| Key::of(id) != known);
        }
        self.own.apply(change);
    }
}

impl Post {
    fn apply(&mut self, change: &Change) {
        match change {
            Change::PostDelayed { until, .. } => self.delayed = *until,
            Change::CatchWanted { .. } => self.catch = true,
            Change::PostStands { message, .. } => {
                self.message = Some(*message);
                self.delayed = None;
                // Somebody may have been faster than the news that the message stands.
                self.catch = true;
            }
            Change::ReactionSettled { reaction, .. } => self.reaction = *reaction,
            Change::Caught { .. } => self.catch = false,
            Change::Asked { members, .. } => {
                self.asked.extend(members);
                self.seen.extend(members);
            }
            Change::Shown { member, .. } => {
                self.seen.insert(*member);
            }
            Change::Revealed { reveal, .. } => self.reveal = *reveal,
            Change::Founded { .. }
            | Change::CalendarSet { .. }
            | Change::ZoneSet { .. }
            | Change::Practised { .. }
            | Change::DailySet { .. }
            | Change::DailyRemoved { .. }
            | Change::DailyPaused { .. }
            | Change::DailySkip { .. }
            | Change::DailyOver { .. }
            | Change::PostClaimed { .. }
            | Change::Interview { .. }
            | Change::Own { .. }
            | Change::Shared(_)
            | Change::Forgotten { .. }
            | Change::Dissolved
            | Change::PostDropped { .. } => {}
        }
    }
}
