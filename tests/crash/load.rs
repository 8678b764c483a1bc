//! What members do, all at the same time, until they are interrupted. Each of them waits for an
//! answer before asking again.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use mockingbird::practice::rules::Zone;
use mockingbird_playground::{Id, World};
use rand::rngs::ChaCha8Rng;
use rand::{RngExt as _, SeedableRng as _};
use serde_json::Value;
use tokio::task::JoinSet;

use crate::channels::posts;
use crate::dailies::Turn;
use crate::oracle::Asked;
use crate::town::{ADMIN, DUES, DUES_A_MINUTE, NOWS, PEOPLE, ROOMS, TEAMS, TRAVELLER, TURNS, Town};

/// Where a traveller can be. It never practises, so that the days of these zones do not matter.
const ZONES: [&str; 4] = ["Asia/Tokyo", "Europe/Berlin", "America/Lima", "Pacific/Apia"];
/// Times that are hours away from noon.
const TIMES: [&str; 3] = ["18:00", "19:30", "21:15"];

/// Everything that members need.
#[derive(Clone)]
pub(crate) struct Load {
    pub(crate) town: Town,
    pub(crate) asked: Arc<Mutex<Asked>>,
    /// How often the program was started.
    pub(crate) life: usize,
    pub(crate) seed: u64,
    /// When the first life began.
    pub(crate) began: Timestamp,
}

impl Load {
    /// Lets everybody begin. Dropping the set interrupts them.
    pub(crate) fn begin(&self, look_again: Vec<(&'static str, String)>) -> JoinSet<()> {
        let mut all = JoinSet::new();
        for (team, person) in look_again {
            let load = self.clone();
            all.spawn(async move { load.streak(team, &person).await });
        }
        for team in TEAMS {
            for number in 0..3 {
                let (load, random) = (self.clone(), self.random(team, number));
                all.spawn(async move { load.practise(team, random).await });
            }
            for (number, channel) in (10..).zip(TURNS) {
                let (load, random) = (self.clone(), self.random(team, number));
                all.spawn(async move { load.take_turns(team, channel, random).await });
            }
            let load = self.clone();
            all.spawn(async move { load.post_dailies(team).await });
            let load = self.clone();
            all.spawn(async move { load.promise_dailies(team).await });
            let (load, random) = (self.clone(), self.random(team, 20));
            all.spawn(async move { load.travel(team, random).await });
        }
        all
    }

    fn random(&self, team: &str, number: u64) -> ChaCha8Rng {
        let life = u64::try_from(self.life).expect("a number");
        let team = u64::from(team.as_bytes()[0]);
        ChaCha8Rng::seed_from_u64(self.seed ^ (life << 16) ^ (team << 8) ^ number)
    }

    async fn slash(
        &self,
        team: &str,
        channel: &str,
        who: &str,
        command: &str,
        options: &[(&str, &str)],
    ) {
        let options: Vec<(&str, Value)> =
            options.iter().map(|(name, value)| (*name, (*value).into())).collect();
        let place = format!("{team}/{channel}");
        // Who gets no answer asks again, or does not; what became of it, the oracle hears.
        drop(self.town.discord.member(who).slash(&place, command, &options).await);
    }

    pub(crate) async fn streak(&self, team: &str, who: &str) {
        self.slash(team, "prep", who, "streak", &[]).await;
    }

    /// Somebody: often one of those who came last, so that days begin to count all the time.
    fn somebody(&self, random: &mut ChaCha8Rng) -> String {
        let here = (6 + self.life * 2).min(PEOPLE);
        let first = if random.random_bool(0.5) { here.saturating_sub(4) } else { 0 };
        Town::person(random.random_range(first..here))
    }

    /// A question that stands in a room of a team: often a new one.
    pub(crate) fn question(&self, team: &str, random: &mut ChaCha8Rng) -> Option<Id> {
        self.town.discord.with_world(|world| {
            let all = questions(world, team);
            let first = if random.random_bool(0.6) { all.len().saturating_sub(4) } else { 0 };
            (!all.is_empty()).then(|| all[random.random_range(first..all.len())])
        })
    }

    async fn practise(self, team: &'static str, mut random: ChaCha8Rng) {
        loop {
            let who = self.somebody(&mut random);
            let member = self.town.discord.member(&who);
            let question = self.question(team, &mut random);
            match (random.random_range(0..100), question) {
                (0..15, _) | (_, None) => {
                    let standing =
                        self.town.discord.with_world(|world| questions(world, team).len());
                    if standing < 6 + 2 * self.life {
                        let room = ROOMS[random.random_range(0..ROOMS.len())];
                        let topic = ["any", "long", "http"][random.random_range(0..3)];
                        self.slash(team, room, &who, "quiz", &[("topic", topic)]).await;
                    }
                }
                (15..50, Some(question)) => drop(member.press(question, "Show me").await),
                (50..75, Some(question)) => drop(member.react(question, "💡")),
                (_, Some(_)) => self.streak(team, &who).await,
            }
            pause(&mut random, 25).await;
        }
    }

    async fn turn(&self, team: &str, channel: &str, turn: Turn) {
        let place = format!("{team}/{channel}");
        let id = self.town.discord.channel(&place).expect("a channel of the setup");
        // Nothing is awaited between this and the request.
        self.asked.lock().expect("no panic").turns.entry(id).or_default().push(turn);
        let at = if let Turn::Set(at) = turn { at } else { "" };
        let options = [("at", at), ("days", "daily")];
        let options = if at.is_empty() { &[] } else { &options[..] };
        self.slash(team, channel, ADMIN, turn.command(), options).await;
    }

    async fn take_turns(self, team: &'static str, channel: &'static str, mut random: ChaCha8Rng) {
        loop {
            self.turn(team, channel, Turn::Status).await;
            let turn = match random.random_range(0..10) {
                0..4 => Turn::Set(TIMES[random.random_range(0..TIMES.len())]),
                4 | 5 => Turn::Pause,
                6 => Turn::Resume,
                7 | 8 => Turn::Skip,
                _ => Turn::Remove,
            };
            self.turn(team, channel, turn).await;
            pause(&mut random, 40).await;
        }
    }

    /// A channel after the other gets its daily at once; those of the last life are asked for
    /// again, and must not come again.
    async fn post_dailies(self, team: &'static str) {
        let first = self.life.saturating_sub(1) % NOWS;
        for number in [first, self.life % NOWS] {
            let channel = format!("now-{number}");
            self.turn(team, &channel, Turn::Status).await;
            self.turn(team, &channel, Turn::Set(TIMES[0])).await;
            self.turn(team, &channel, Turn::Now).await;
            self.turn(team, &channel, Turn::Now).await;
        }
    }

    /// Every minute some channels are promised a daily for the next one.
    async fn promise_dailies(self, team: &'static str) {
        let now = self.town.discord.with_world(World::now);
        let minute = (now.as_second() + 2) / 60 + 1;
        let batch = usize::try_from(minute - self.began.as_second() / 60).unwrap_or(DUES);
        let zone = Zone::named(&self.town.zone).expect("a zone");
        let moment = Timestamp::from_second(minute * 60).expect("a moment");
        let at = zone.rules().to_datetime(moment).strftime("%H:%M").to_string();
        let first = batch.saturating_sub(1) * DUES_A_MINUTE;
        for number in (first..first + DUES_A_MINUTE).take_while(|number| *number < DUES) {
            let channel = format!("due-{number}");
            self.slash(team, &channel, ADMIN, "daily set", &[("at", &at), ("days", "daily")]).await;
        }
    }

    async fn travel(self, team: &'static str, mut random: ChaCha8Rng) {
        let member = self.town.discord.with_world(|world| {
            let team = world.teams().find(|known| known.name == team).expect("a team").id;
            (team, world.user_named(TRAVELLER).expect("a person").id)
        });
        loop {
            for zone in [None, Some(ZONES[random.random_range(0..ZONES.len())])] {
                self.asked.lock().expect("no panic").zones.entry(member).or_default().push(zone);
                let options: Vec<_> = zone.iter().map(|zone| ("name", *zone)).collect();
                self.slash(team, "prep", TRAVELLER, "zone", &options).await;
            }
            pause(&mut random, 60).await;
        }
    }
}

/// The questions in the rooms of a team, oldest first.
fn questions(world: &World, team: &str) -> Vec<Id> {
    let rooms = ROOMS.iter().filter_map(|room| world.channel_named(&format!("{team}/{room}")));
    let mut all: Vec<Id> =
        rooms.flat_map(|room| posts(world, room.id)).map(|post| post.id).collect();
    all.sort_unstable();
    all
}

async fn pause(random: &mut ChaCha8Rng, most: u64) {
    tokio::time::sleep(Duration::from_millis(random.random_range(0..=most))).await;
}
