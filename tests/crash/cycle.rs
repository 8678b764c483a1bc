//! A life of the program, from its start to its kill, and what is compared after that.

use std::collections::BTreeSet;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use mockingbird_playground::World;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt as _, SeedableRng as _};
use tokio::time::{Instant, sleep};

use crate::channels::{look, reactors};
use crate::load::Load;
use crate::oracle::{Asked, Oracle};
use crate::past::{self, Member};
use crate::process::{PATIENCE, Process};
use crate::tally::{Phase, Tally};
use crate::town::{TEAMS, Town};
use crate::weather::Weather;

/// How long what is outstanding may take in the end.
const SETTLE: Duration = Duration::from_mins(1);
/// Every so many lives one lasts until it writes a snapshot.
const SNAPSHOT_LIFE: usize = 25;

/// Lives of the program on the same data.
pub(crate) struct Era {
    town: Town,
    load: Load,
    oracle: Oracle,
    random: ChaCha8Rng,
    logins: u32,
    /// Counts what goes wrong, so that every kind of it comes.
    weathers: u64,
}

impl Era {
    pub(crate) async fn begin(seed: u64) -> Self {
        let town = Town::found().await;
        let oracle = Oracle::new(past::write(&town).await);
        let load = Load {
            town: town.clone(),
            asked: Arc::new(Mutex::new(Asked::default())),
            life: 0,
            seed,
            began: town.discord.with_world(World::now),
        };
        Self {
            town,
            load,
            oracle,
            random: ChaCha8Rng::seed_from_u64(seed),
            logins: 0,
            weathers: seed,
        }
    }

    /// So many lives that end by a kill, and one that ends well.
    pub(crate) async fn run(mut self, cycles: usize, tally: &mut Tally) {
        for _ in 0..cycles {
            self.cycle(tally).await;
            if !self.oracle.wrong.is_empty() {
                break;
            }
        }
        self.end(tally).await;
    }

    async fn cycle(&mut self, tally: &mut Tally) {
        self.logins = self.town.discord.logins().0;
        let began = Instant::now();
        let mut bot = Process::spawn(self.town.place.run(self.town.discord.token()));
        let phase = self.live(&bot, began, tally).await;
        kill(&bot);
        let ended = bot.ended().await;
        assert!(ended.code().is_none_or(|code| code == 0), "{ended}: {}", bot.log());
        tally.killed.push(phase);
        self.town.discord.faults().clear();
        self.hear(&bot);
        self.load.life += 1;
        // What members do while nobody is there.
        for team in TEAMS {
            for _ in 0..self.random.random_range(0..3) {
                if let Some(question) = self.load.question(team, &mut self.random) {
                    let who = Town::person(self.random.random_range(0..6));
                    drop(self.town.discord.member(&who).react(question, "💡"));
                }
            }
        }
    }

    /// Lives until the moment of the kill.
    async fn live(&mut self, bot: &Process, began: Instant, tally: &mut Tally) -> Phase {
        let usual = tally.connected.last().copied().unwrap_or(Duration::from_millis(200));
        if self.load.life > 0 && self.random.random_bool(0.2) {
            sleep(usual.mul_f64(self.random.random_range(0.0..1.1))).await;
            return Phase::Starting;
        }
        self.connected(bot).await;
        let connected = began.elapsed();
        let look_again = self.look_again();
        let everybody = self.load.begin(look_again);
        let weather = Weather::drawn(self.weathers, self.random.random());
        self.weathers += 1;
        if self.load.life > 0 {
            tally.connected.push(connected);
            self.answered().await;
            tally.first_answer.push(began.elapsed());
        }
        if self.load.life % SNAPSHOT_LIFE == SNAPSHOT_LIFE - 1 {
            self.until_snapshot(bot).await;
            drop(everybody);
            return Phase::Snapshot;
        }
        let now = self.town.discord.with_world(World::now).as_millisecond();
        let until_minute = u64::try_from(60_000 - now % 60_000).expect("a number");
        let phase = if (300..4_000).contains(&until_minute) {
            sleep(Duration::from_millis(until_minute)).await;
            sleep(self.some(120)).await;
            Phase::Due
        } else {
            sleep(self.some(300)).await;
            weather.begin(&self.town, bot);
            let least = if weather == Weather::FullDisk { 150 } else { 0 };
            sleep(Duration::from_millis(least) + self.some(400)).await;
            if self.random.random_bool(0.15) {
                bot.signal("TERM");
                sleep(self.some(60)).await;
                Phase::Stopping
            } else {
                Phase::Working
            }
        };
        drop(everybody);
        phase
    }

    fn some(&mut self, most: u64) -> Duration {
        Duration::from_micros(self.random.random_range(0..most * 1_000))
    }

    async fn connected(&mut self, bot: &Process) {
        let began = Instant::now();
        while self.town.discord.logins().0 == self.logins {
            assert!(began.elapsed() < PATIENCE, "it does not connect:\n{}", bot.log());
            sleep(Duration::from_millis(1)).await;
        }
    }

    /// Waits until somebody has an answer of this life.
    async fn answered(&self) {
        self.load.streak(TEAMS[0], &Town::person(0)).await;
    }

    /// Members who ask again for what they were told: those whose day counted, and some others.
    fn look_again(&mut self) -> Vec<(&'static str, String)> {
        let counted: Vec<Member> = self.oracle.counted().copied().collect();
        let some = (0..8).filter(|_| !counted.is_empty());
        let some: BTreeSet<Member> =
            some.map(|_| counted[self.random.random_range(0..counted.len())]).collect();
        self.named(&some)
    }

    fn named(&self, members: &BTreeSet<Member>) -> Vec<(&'static str, String)> {
        self.town.discord.with_world(|world| {
            let named = members.iter().filter_map(|(team, person)| {
                let team = world.team(*team)?;
                let team = TEAMS.into_iter().find(|name| *name == team.name)?;
                Some((team, world.user(*person)?.name.clone()))
            });
            named.collect()
        })
    }

    /// Waits until a snapshot is being written: it begins with a new journal.
    async fn until_snapshot(&mut self, bot: &Process) {
        let began = Instant::now();
        let before = self.town.place.newest("mbj");
        while self.town.place.newest("mbj") == before {
            assert!(began.elapsed() < PATIENCE, "no snapshot:\n{}", bot.log());
            sleep(Duration::from_millis(1)).await;
        }
        sleep(self.some(12)).await;
    }

    fn hear(&mut self, bot: &Process) {
        let Self { town, load, oracle, .. } = self;
        let before = oracle.wrong.len();
        let mut asked = load.asked.lock().expect("no panic");
        town.discord.with_world(|world| oracle.hear(load.life, world, &mut asked));
        if oracle.wrong.len() > before
            && let Some(last) = oracle.wrong.last_mut()
        {
            last.push_str("\nThe log of that life:\n");
            last.push_str(&bot.log());
        }
    }

    /// A last life without any trouble: everything outstanding is done, and everybody asks again.
    async fn end(mut self, tally: &mut Tally) {
        self.logins = self.town.discord.logins().0;
        let mut bot = Process::spawn(self.town.place.run(self.town.discord.token()));
        self.connected(&bot).await;
        let counted = self.oracle.counted().copied().collect();
        for (team, person) in self.named(&counted) {
            self.load.streak(team, &person).await;
        }
        // Reactions that nobody saw are read when there is nothing better to do.
        let reactors = self.town.discord.with_world(reactors);
        let began = Instant::now();
        while began.elapsed() < SETTLE && self.oracle.wrong.is_empty() {
            self.hear(&bot);
            let open = self.oracle.not_counted(&reactors);
            if open.is_empty() {
                break;
            }
            for (team, person) in self.named(&open) {
                self.load.streak(team, &person).await;
            }
            sleep(Duration::from_millis(50)).await;
        }
        let oracle = &self.oracle;
        // What falls due while it ends is for a next life that does not come.
        let due_before = self.town.discord.with_world(World::now).as_second();
        let settled = |world: &World| look(world, oracle, due_before).missing.is_empty();
        let patience = if oracle.wrong.is_empty() { SETTLE } else { Duration::ZERO };
        let settled = self.town.discord.until(settled, patience).await;
        if settled.is_err() {
            tally.wrong.push(format!("it never settles:\n{}", bot.log()));
        }
        bot.signal("TERM");
        let code = bot.ended().await.code();
        assert_eq!(code, Some(0), "{}", bot.log());
        self.hear(&bot);
        for (team, person) in self.named(&self.oracle.not_counted(&reactors)) {
            tally.wrong.push(format!("{person} of {team} reacted, and the day never counted"));
            tally.missing += 1;
        }
        let Self { town, oracle, .. } = self;
        let found = town.discord.with_world(|world| look(world, &oracle, due_before));
        tally.take(found, oracle, &town.discord);
    }
}

/// Ends it as the end of the world would. It may have ended already.
fn kill(bot: &Process) {
    let kill = format!("kill -KILL {} 2>&1", bot.pid());
    drop(Command::new("/bin/sh").args(["-c", &kill]).output());
}
