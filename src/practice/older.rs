//! How a team was laid out in earlier formats of the store. They are read for ever and never
//! written. It does not know where the bytes come from.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use super::daily::Daily;
use super::draw::History;
use super::ids::{ChannelId, InterviewId, MemberId, PostId};
use super::interview::Interview;
use super::interview::state::{Miss, Past};
use super::own::Own;
use super::own::state::Shared;
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
