//! How long a start takes, and how much memory, with the streaks of a million members in a
//! snapshot. Prints a table; nothing here passes or fails. `cargo bench --bench members`

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock and its own memory")]

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::civil::date;
use jiff::{Timestamp, ToSpan};
use mockingbird::practice::rules::{Calendar, Rules};
use mockingbird::practice::streak::Streak;
use mockingbird::practice::{Change, MemberId, Team, TeamId};
use mockingbird::store::{Folder, Opened, Options, Store};
use mockingbird_playground::{LocalDiscord, Setup};

type Outcome<T> = anyhow::Result<T>;

const MEMBERS: u64 = 1_000_000;
/// So many teams share them.
const TEAMS: [u64; 4] = [1, 100, 10_000, 200_000];
const PATIENCE: Duration = Duration::from_mins(1);

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [_, "write", folder, teams] => write(Path::new(folder), teams.parse()?),
        [_, "open", folder] => open(Path::new(folder)),
        _ => measure(),
    }
}

/// Each step is a process of its own, so that the memory of one is not the other's.
fn measure() -> Outcome<()> {
    println!("{MEMBERS} members with a streak each; memory is resident now / at its highest");
    for teams in TEAMS {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
        let data = folder.path().join("data");
        for task in ["write", "open"] {
            let mut child = Command::new(std::env::current_exe()?);
            child.arg(task).arg(&data);
            if task == "write" {
                child.arg(teams.to_string());
            }
            anyhow::ensure!(child.status()?.success(), "{task} did not work");
        }
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(program(folder.path()))?;
    }
    Ok(())
}

/// Writes the snapshot.
fn write(data: &Path, teams: u64) -> Outcome<()> {
    let folder = Arc::new(Folder::open(data)?);
    let Opened { store, .. } = Store::<Team, ()>::open(folder, Options::default())?;
    let began = Instant::now();
    let mut writer = store.begin_snapshot(Timestamp::UNIX_EPOCH)?;
    for team in 0..teams {
        writer.add(TeamId::Server(snowflake(team)), 1, &team_of(team, MEMBERS / teams))?;
    }
    let file = writer.finish()?.file;
    let size = std::fs::metadata(file)?.len() >> 20;
    println!("{teams:>7} teams  made and written in {:.2?}, {size} MiB on disk", began.elapsed());
    Ok(())
}

/// Loads it as the program does.
fn open(data: &Path) -> Outcome<()> {
    let began = Instant::now();
    let (keeper, _durable) = mockingbird::runtime::open(data, 3)?;
    let took = began.elapsed();
    println!("               loaded in {took:.2?}, {}", memory("self")?);
    drop(keeper);
    Ok(())
}

/// Starts the whole program on it, to its session at a local Discord.
async fn program(folder: &Path) -> Outcome<()> {
    let discord = LocalDiscord::start(Setup::default()).await?;
    let config = folder.join("config.yaml");
    let questions = Path::new(env!("CARGO_MANIFEST_DIR")).join("questions");
    let text = format!(
        "discord:\n  api_base: {}\nquestions: {}\ndata: {}\n",
        discord.base(),
        questions.display(),
        folder.join("data").display(),
    );
    std::fs::write(&config, text)?;
    let began = Instant::now();
    let mut process = Command::new(env!("CARGO_BIN_EXE_mockingbird"))
        .args(["run", "--config"])
        .arg(config)
        .env_clear()
        .env("DISCORD_TOKEN", discord.token())
        .env("RUST_LOG", "warn")
        .stdin(Stdio::null())
        .spawn()?;
    let connected = discord.until_connected(PATIENCE).await;
    let took = began.elapsed();
    let answered = discord.member("ann").slash("prep", "streak", &[]).await;
    let memory = memory(&process.id().to_string());
    process.kill()?;
    process.wait()?;
    connected?;
    answered?;
    println!("               the whole program is connected after {took:.2?}, {}", memory?);
    Ok(())
}

/// A team whose members have practised on some of the last 90 days.
fn team_of(number: u64, members: u64) -> Team {
    let first = date(2026, 8, 20);
    let calendar: Calendar = Rules::default().calendar;
    let calendars = vec![(first, calendar.clone())];
    let mut team = Team::new();
    team.apply(&Change::Founded { seed: mixed(number) });
    team.apply(&Change::CalendarSet { from: first, calendar });
    for member in 0..members {
        let name = number * members + member;
        let mut streak = None;
        let mut days = mixed(name);
        let mut day = first;
        while days != 0 {
            if days & 1 == 1 {
                streak = Some(Streak::count(streak, day, &calendars));
            }
            day = day.saturating_add(1.day());
            days >>= 1;
        }
        if let Some(streak) = streak {
            team.apply(&Change::Practised { member: MemberId(snowflake(name)), streak });
        }
    }
    team
}

/// An id as Discord makes them, some seconds apart.
fn snowflake(number: u64) -> u64 {
    (1_000_000_000_000 + number * 2_503) << 22 | mixed(number) & 0x3f_ffff
}

/// A number like no other (`SplitMix64`).
fn mixed(number: u64) -> u64 {
    let z = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z ^ (z >> 27)
}

/// The resident memory of a process, in words.
fn memory(process: &str) -> Outcome<String> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let mib = |key: &str| -> u64 {
        let line = status.lines().find_map(|line| line.strip_prefix(key));
        let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        kib.map_or(0, |kib: u64| kib >> 10)
    };
    Ok(format!("{} / {} MiB", mib("VmRSS:"), mib("VmHWM:")))
}
