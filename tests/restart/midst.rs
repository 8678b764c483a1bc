//! SIGTERM while members ask, effects are in flight, Discord is slow, the disk is full for a
//! moment, and dailies are on their way.

use std::collections::BTreeSet;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use mockingbird_playground::model::Outcome;
use mockingbird_playground::{Fault, World};
use rand::rngs::ChaCha8Rng;
use rand::{RngExt as _, SeedableRng as _};
use tokio::time::sleep;

use crate::channels::look;
use crate::load::Load;
use crate::oracle::{Asked, Oracle};
use crate::past;
use crate::process::Process;
use crate::town::{TEAMS, Town};

/// How long what is outstanding may take in the end.
const SETTLE: Duration = Duration::from_mins(1);

/// What was counted.
pub(crate) struct Midst {
    pub(crate) stops: usize,
    pub(crate) answered: usize,
    pub(crate) compared: usize,
    pub(crate) wrong: Vec<String>,
}

/// Starts and stops it so often, and looks after each stop.
pub(crate) async fn run(stops: usize) -> Midst {
    let town = Town::found().await;
    let mut oracle = Oracle::new(past::write(&town).await);
    let mut load = Load {
        town: town.clone(),
        asked: Arc::new(Mutex::new(Asked::default())),
        life: 0,
        seed: 7,
        began: town.discord.with_world(World::now),
    };
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let mut wrong = Vec::new();
    for life in 0..stops {
        load.life = life;
        let mut bot = town.place.start(&town.discord).await;
        let everybody = load.begin(again(&town, &oracle));
        sleep(Duration::from_millis(random.random_range(50..400))).await;
        let full = trouble(life, &town, &bot);
        sleep(Duration::from_millis(random.random_range(5..300))).await;
        let stopped = town.discord.with_world(World::now).as_second();
        bot.signal("TERM");
        if full {
            sleep(Duration::from_millis(200)).await;
            limit(&bot, "unlimited");
        }
        let ended = bot.ended().await;
        drop(everybody);
        town.discord.faults().clear();
        assert_eq!(ended.code(), Some(0), "{}", bot.log());
        let mut asked = load.asked.lock().expect("no panic");
        town.discord.with_world(|world| oracle.hear(life, world, &mut asked));
        drop(asked);
        // A daily that was due before the signal stands there already, without another start. One
        // of the last second may not have been noticed.
        let found = town.discord.with_world(|world| look(world, &oracle, stopped - 1));
        wrong.extend(found.doubled.into_iter().chain(found.reveals_doubled));
        wrong.extend(found.missing.into_iter().filter(|what| what.contains("no daily")));
        if !wrong.is_empty() || !oracle.wrong.is_empty() {
            wrong.push(bot.log());
            break;
        }
    }
    let mut bot = town.place.start(&town.discord).await;
    for (team, person) in again(&town, &oracle) {
        load.streak(team, &person).await;
    }
    let due_before = town.discord.with_world(World::now).as_second();
    let settled = |world: &World| look(world, &oracle, due_before).missing.is_empty();
    if town.discord.until(settled, SETTLE).await.is_err() {
        wrong.extend(town.discord.with_world(|world| look(world, &oracle, due_before)).missing);
    }
    assert_eq!(bot.stop().await, Some(0), "{}", bot.log());
    let mut asked = load.asked.lock().expect("no panic");
    town.discord.with_world(|world| oracle.hear(stops, world, &mut asked));
    let answered = town.discord.with_world(|world| {
        let all = world.interactions();
        all.filter(|asked| matches!(asked.outcome, Outcome::Message(_))).count()
    });
    wrong.extend(town.discord.complaints());
    let compared = oracle.compared;
    wrong.extend(oracle.wrong);
    Midst { stops, answered, compared, wrong }
}

/// Those whose day counted, to ask them again.
fn again(town: &Town, oracle: &Oracle) -> Vec<(&'static str, String)> {
    let counted: BTreeSet<_> = oracle.counted().take(20).collect();
    town.discord.with_world(|world| {
        let named = counted.into_iter().filter_map(|(team, person)| {
            let team = TEAMS
                .into_iter()
                .find(|name| world.team(*team).is_some_and(|t| t.name == *name))?;
            Some((team, world.user(*person)?.name.clone()))
        });
        named.collect()
    })
}

/// What goes wrong in this life beside the stop, one after the other. Whether it is a full disk.
fn trouble(life: usize, town: &Town, bot: &Process) -> bool {
    let faults = town.discord.faults();
    match life % 4 {
        0 => faults.every_request("*", Fault::Slow(Duration::from_millis(150))),
        1 => faults.every_request("POST *", Fault::LoseResponse),
        2 => {
            limit(bot, "1");
            return cfg!(target_os = "linux");
        }
        _ => faults.request("POST *", 3, Fault::Status(502)),
    }
    false
}

/// Sets how long a file of a running bot may become. Only Linux can, from outside.
fn limit(bot: &Process, bytes: &str) {
    if cfg!(target_os = "linux") {
        let limit = format!("--fsize={bytes}:");
        // It may have ended meanwhile.
        let set = Command::new("prlimit").args(["--pid", &bot.pid().to_string(), &limit]).output();
        drop(set.expect("prlimit, a part of util-linux"));
    }
}
