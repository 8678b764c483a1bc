//! The built program where Discord turns it away for good, and where the gateway makes it busy.

use std::time::Duration;

use mockingbird_playground::{End, Faults, LocalDiscord};

use crate::process::{Place, Process, discord, slash};
use crate::table::{Row, Tally, row};

/// Close codes after which no attempt can help, and what is said about each.
const FINAL: [(u16, &str); 6] = [
    (4004, "DISCORD_TOKEN"),
    (4010, "please report this"),
    (4011, "too many servers for one connection"),
    (4012, "update the bot"),
    (4013, "does not know one of these intents: GUILDS"),
    (4014, "Privileged Gateway Intents"),
];

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for (code, why) in FINAL {
        rows.push(row(format!("the program is closed with {code}"), move || ends(code, why)));
        rows.push(row(format!("the program is turned away with {code}"), move || {
            never_begins(code, why)
        }));
    }
    for end in [End::NoCode, End::Cut, End::Code(4000), End::Invalid] {
        rows.push(row(format!("the program rests where every session meets {end:?}"), move || {
            rests(move |faults| faults.end_at_once(end))
        }));
    }
    rows
}

async fn ends(code: u16, why: &str) -> Tally {
    let discord = discord().await;
    let place = Place::new(discord.base());
    let mut bot = place.start(&discord).await;
    discord.faults().close_gateway(code);
    gives_up(&mut bot, why).await;
    cost(&discord, 1)
}

async fn never_begins(code: u16, why: &str) -> Tally {
    let discord = discord().await;
    discord.faults().turn_away(End::Code(code));
    let place = Place::new(discord.base());
    let mut bot = Process::spawn(place.run(discord.token()));
    gives_up(&mut bot, why).await;
    cost(&discord, 1)
}

/// It ends by itself, not as a success, and says why, once.
async fn gives_up(bot: &mut Process, why: &str) {
    let status = bot.ended().await;
    let log = bot.log();
    assert_eq!(status.code(), Some(2), "{log}");
    assert_eq!(log.matches(why).count(), 1, "{log}");
}

/// It neither spins nor connects without end, and is well afterwards.
async fn rests(strike: impl Fn(&Faults)) -> Tally {
    let discord = discord().await;
    let place = Place::new(discord.base());
    let mut bot = place.start(&discord).await;
    strike(&discord.faults());
    discord.faults().cut_gateway();
    let before = busy(&bot);
    tokio::time::sleep(Duration::from_secs(4)).await;
    let busy = busy(&bot).saturating_sub(before);
    assert!(busy < Duration::from_secs(1), "{busy:?} of four seconds\n{}", bot.log());
    discord.faults().clear();
    discord.until_connected(crate::bot::PATIENCE).await.expect("it comes back");
    slash(&discord, "ann", "streak", &[]).await;
    assert_eq!(bot.stop().await, Some(0));
    assert_eq!(discord.complaints(), Vec::<String>::new());
    cost(&discord, 4)
}

/// How long a program has kept a processor busy so far.
fn busy(bot: &Process) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", bot.pid())).unwrap_or_default();
    // Its name, in brackets, is the second of the fields and may hold anything. User time and
    // system time are the 14th and 15th, in hundredths of a second (proc_pid_stat(5)).
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks: u64 = after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse::<u64>().ok())
        .sum();
    Duration::from_millis(ticks * 10)
}

fn cost(discord: &LocalDiscord, most: usize) -> Tally {
    let (identifies, _) = discord.logins();
    let tally = Tally {
        identifies: identifies as usize,
        connections: discord.connections() as usize,
        requests: discord.requests().len(),
        ..Tally::default()
    };
    assert!(tally.identifies <= most, "{tally:?}");
    assert!(tally.connections <= 10, "{tally:?}");
    tally
}
