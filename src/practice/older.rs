//! How a team was laid out in earlier formats of the store. They are read for ever and never
//! written. It does not know where the bytes come from.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;

use super::daily::Daily;
use super::draw::History;
use super::ids::{ChannelId, InterviewId, MemberId, PostId};
use super::interview::Interview;
use super::interview::state::{Miss, Past};
use super::own::Own;
use super::own::state::{DayLog, LastGrade, Memory, Reminded, Settings, Shared, Sprint};
use super::own::typed::{Label, Typed};
use super::post::Post;
use super::rules::{Calendar, Zone};
use super::streak::Streak;
use super::team::{Member, Team};
use crate::bank::QuestionId;

/// A team of format 1, which knew no interviews.
#[derive(Debug, Deserialize)]
pub struct Team1 {
    seed: Option<u64>,
    calendars: Vec<(Date, Calendar)>,
    members: BTreeMap<MemberId, Member1>,
    dailies: BTreeMap<ChannelId, Daily>,
    histories: BTreeMap<ChannelId, History>,
    posts: BTreeMap<PostId, Post>,
}

/// A member of format 1.
#[derive(Debug, Deserialize)]
struct Member1 {
    zone: Option<Zone>,
    streak: Option<Streak>,
}

impl From<Team1> for Team {
    fn from(team: Team1) -> Self {
        let Team1 { seed, calendars, members, dailies, histories, posts } = team;
        let members = members.into_iter().map(|(id, member)| (id, member.into())).collect();
        Self {
            seed,
            calendars,
            members,
            dailies,
            histories,
            posts,
            interviews: BTreeMap::new(),
            shared: Shared::new(),
        }
    }
}

impl From<Member1> for Member {
    fn from(Member1 { zone, streak }: Member1) -> Self {
        Self { zone, streak, ..Self::default() }
    }
}

/// A team of format 2, which knew no practice of one's own.
#[derive(Debug, Deserialize)]
pub struct Team2 {
    seed: Option<u64>,
    calendars: Vec<(Date, Calendar)>,
    members: BTreeMap<MemberId, Member2>,
    dailies: BTreeMap<ChannelId, Daily>,
    histories: BTreeMap<ChannelId, History>,
    posts: BTreeMap<PostId, Post>,
    interviews: BTreeMap<InterviewId, Interview>,
}

/// A member of format 2.
#[derive(Debug, Deserialize)]
struct Member2 {
    zone: Option<Zone>,
    streak: Option<Streak>,
    past: Vec<Past>,
    had: Vec<QuestionId>,
    misses: BTreeMap<QuestionId, Miss>,
}

impl From<Team2> for Team {
    fn from(team: Team2) -> Self {
        let Team2 { seed, calendars, members, dailies, histories, posts, interviews } = team;
        let members = members.into_iter().map(|(id, member)| (id, member.into())).collect();
        let shared = Shared::new();
        Self { seed, calendars, members, dailies, histories, posts, interviews, shared }
    }
}

impl From<Member2> for Member {
    fn from(member: Member2) -> Self {
        let Member2 { zone, streak, past, had, misses } = member;
        Self { zone, streak, past, had, misses, own: Own::default() }
    }
}

/// A team of format 3, which knew no typed answers.
#[derive(Debug, Deserialize)]
pub struct Team3 {
    seed: Option<u64>,
    calendars: Vec<(Date, Calendar)>,
    members: BTreeMap<MemberId, Member3>,
    dailies: BTreeMap<ChannelId, Daily>,
    histories: BTreeMap<ChannelId, History>,
    posts: BTreeMap<PostId, Post>,
    interviews: BTreeMap<InterviewId, Interview>,
    shared: Shared,
}

/// A member of format 3.
#[derive(Debug, Deserialize)]
struct Member3 {
    zone: Option<Zone>,
    streak: Option<Streak>,
    past: Vec<Past>,
    had: Vec<QuestionId>,
    misses: BTreeMap<QuestionId, Miss>,
    own: Own3,
}

/// Own practice of format 3.
#[derive(Debug, Deserialize)]
struct Own3 {
    memories: Vec<Memory>,
    days: Vec<DayLog>,
    settings: Option<Settings>,
    last: Option<LastGrade>,
    sprint: Option<Sprint>,
    reminded: Option<Reminded>,
    remind_at: Option<Timestamp>,
}

impl From<Team3> for Team {
    fn from(team: Team3) -> Self {
        let Team3 { seed, calendars, members, dailies, histories, posts, interviews, shared } =
            team;
        let members = members.into_iter().map(|(id, member)| (id, member.into())).collect();
        Self { seed, calendars, members, dailies, histories, posts, interviews, shared }
    }
}

impl From<Member3> for Member {
    fn from(member: Member3) -> Self {
        let Member3 { zone, streak, past, had, misses, own } = member;
        Self { zone, streak, past, had, misses, own: own.into() }
    }
}

impl From<Own3> for Own {
    fn from(own: Own3) -> Self {
        let Own3 { memories, days, settings, last, sprint, reminded, remind_at } = own;
        let (typed, labels) = (Vec::new(), Vec::new());
        Own4 { memories, days, settings, last, sprint, reminded, remind_at, typed, labels }.into()
    }
}

/// A team of format 4, which knew no coach.
#[derive(Debug, Deserialize)]
pub struct Team4 {
    seed: Option<u64>,
    calendars: Vec<(Date, Calendar)>,
    members: BTreeMap<MemberId, Member4>,
    dailies: BTreeMap<ChannelId, Daily>,
    histories: BTreeMap<ChannelId, History>,
    posts: BTreeMap<PostId, Post>,
    interviews: BTreeMap<InterviewId, Interview>,
    shared: Shared,
}

/// A member of format 4.
#[derive(Debug, Deserialize)]
struct Member4 {
    zone: Option<Zone>,
    streak: Option<Streak>,
    past: Vec<Past>,
    had: Vec<QuestionId>,
    misses: BTreeMap<QuestionId, Miss>,
    own: Own4,
}

/// Own practice of format 4.
#[derive(Debug, Deserialize)]
struct Own4 {
    memories: Vec<Memory>,
    days: Vec<DayLog>,
    settings: Option<Settings>,
    last: Option<LastGrade>,
    sprint: Option<Sprint>,
    reminded: Option<Reminded>,
    remind_at: Option<Timestamp>,
    typed: Vec<Typed>,
    labels: Vec<Label>,
}

impl From<Team4> for Team {
    fn from(team: Team4) -> Self {
        let Team4 { seed, calendars, members, dailies, histories, posts, interviews, shared } =
            team;
        let members = members.into_iter().map(|(id, member)| (id, member.into())).collect();
        Self { seed, calendars, members, dailies, histories, posts, interviews, shared }
    }
}

impl From<Member4> for Member {
    fn from(member: Member4) -> Self {
        let Member4 { zone, streak, past, had, misses, own } = member;
        Self { zone, streak, past, had, misses, own: own.into() }
    }
}

impl From<Own4> for Own {
    fn from(own: Own4) -> Self {
        let Own4 { memories, days, settings, last, sprint, reminded, remind_at, typed, labels } =
            own;
        let (coach, opinions) = (None, Vec::new());
        Self {
            memories,
            days,
            settings,
            last,
            sprint,
            reminded,
            remind_at,
            typed,
            labels,
            coach,
            opinions,
        }
    }
}
