//! What the channels must hold in the end, and must never hold: looked at as a member would.

use std::collections::{BTreeMap, BTreeSet};

use mockingbird_playground::model::{Channel, ChannelKind, Message};
use mockingbird_playground::{Id, World};

use crate::oracle::Oracle;
use crate::past::Member;

const EMOJI: &str = "💡";

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) posts: usize,
    pub(crate) dailies: usize,
    pub(crate) reveals: usize,
    pub(crate) doubled: Vec<String>,
    pub(crate) reveals_doubled: Vec<String>,
    pub(crate) missing: Vec<String>,
}

/// The posts of the bot in a channel.
pub(crate) fn posts(world: &World, channel: Id) -> impl DoubleEndedIterator<Item = &Message> {
    let bot = world.bot();
    world.messages(channel).filter(move |message| {
        message.author == bot && !message.is_ephemeral() && message.kind != 21 && is_post(message)
    })
}

fn is_post(message: &Message) -> bool {
    message.buttons().iter().any(|label| label == "Show me")
}

/// The channels of all teams that are no threads.
pub(crate) fn rooms(world: &World) -> impl Iterator<Item = &Channel> {
    world.channels().filter(|channel| channel.kind == ChannelKind::Text)
}

/// Everybody who reacted to a post, and where.
pub(crate) fn reactors(world: &World) -> BTreeSet<Member> {
    let mut all = BTreeSet::new();
    for room in rooms(world) {
        let Some(team) = room.team else { continue };
        let people = posts(world, room.id).flat_map(|post| people(world, post));
        all.extend(people.map(|person| (team, person)));
    }
    all
}

fn people(world: &World, post: &Message) -> Vec<Id> {
    let all = post.reactions.iter().filter(|reaction| reaction.emoji == EMOJI);
    all.flat_map(|reaction| &reaction.users).copied().filter(|user| *user != world.bot()).collect()
}

/// Looks at everything; what was due before this moment, in seconds since 1970, is to be there.
pub(crate) fn look(world: &World, oracle: &Oracle, due_before: i64) -> Found {
    let mut found = Found::default();
    for room in rooms(world) {
        let mut names: BTreeMap<String, usize> = BTreeMap::new();
        let mut dailies: BTreeMap<String, usize> = BTreeMap::new();
        for post in posts(world, room.id) {
            found.posts += 1;
            let title = post.embeds[0]["title"].as_str().unwrap_or_default();
            if title.starts_with("Question of the day") {
                *dailies.entry(title.to_owned()).or_default() += 1;
            }
            let name = post.controls()[0]["custom_id"].as_str().unwrap_or_default();
            *names.entry(name.to_owned()).or_default() += 1;
            found.look_at_post(world, room, post);
        }
        for (name, times) in names.iter().chain(&dailies).filter(|(_, times)| **times > 1) {
            found.doubled.push(format!("#{}: {name} stands {times} times", room.name));
        }
        let here: usize = dailies.values().sum();
        found.dailies += here;
        let (must, may) = oracle.dailies(room.id, due_before);
        if here < must {
            found.missing.push(format!("#{}: no daily, which was promised", room.name));
        }
        if here > may {
            found.doubled.push(format!("#{}: {here} dailies, at most {may} may be", room.name));
        }
    }
    found
}

impl Found {
    fn look_at_post(&mut self, world: &World, room: &Channel, post: &Message) {
        let place = format!("#{} {}", room.name, post.id);
        let own = post.reactions.iter().filter(|reaction| reaction.emoji == EMOJI);
        let own = own.flat_map(|reaction| &reaction.users).filter(|user| **user == world.bot());
        if own.count() != 1 {
            self.missing.push(format!("{place}: the bot's own reaction"));
        }
        let asked = !people(world, post).is_empty();
        // The thread of a message has its id.
        let pages: Vec<&Message> = world
            .messages(post.id)
            .filter(|message| message.author == world.bot() && message.kind != 21)
            .collect();
        self.reveals += usize::from(!pages.is_empty());
        if !asked {
            if !pages.is_empty() {
                self.reveals_doubled.push(format!("{place}: revealed, and nobody asked"));
            }
            return;
        }
        let footers: Vec<&str> = pages
            .iter()
            .map(|page| page.embeds[0]["footer"]["text"].as_str().unwrap_or_default())
            .collect();
        let number = |footer: &str| {
            let (page, all) = footer.split_once(" · ")?.0.split_once('/')?;
            Some((page.parse::<usize>().ok()?, all.parse::<usize>().ok()?))
        };
        let all = footers.first().map_or(1, |footer| number(footer).map_or(1, |(_, all)| all));
        let numbers: Vec<usize> =
            footers.iter().map(|footer| number(footer).map_or(1, |(page, _)| page)).collect();
        if numbers.len() < all {
            self.missing.push(format!("{place}: pages {numbers:?} of {all} of the answer"));
        } else if !numbers.iter().copied().eq(1..=all) {
            self.reveals_doubled.push(format!("{place}: pages {numbers:?} of {all}"));
        }
    }
}
