//! How fast the store keeps changes, and how long and how much memory a start from a large
//! snapshot takes. Prints a table; nothing here passes or fails. `cargo bench --bench store`

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock and its own memory")]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use mockingbird::store::{Folder, Kept, Opened, Options, Store};
use serde::{Deserialize, Serialize};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// As much as is kept of a member's streak.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Streak {
    zone: u16,
    length: u32,
    best: u32,
    freezes: u8,
    last_day: u32,
    days: u64,
}

#[derive(Debug, Serialize, Deserialize)]
struct Members {
    by_id: BTreeMap<u64, Streak>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
enum Change {
    Practised { member: u64, day: u32 },
}

impl Kept for Members {
    type Owner = u64;
    type Change = Change;

    fn found(_: u64) -> Self {
        Self { by_id: BTreeMap::new() }
    }

    fn apply(&mut self, change: &Change) {
        let Change::Practised { member, day } = change;
        let streak = self.by_id.entry(*member).or_insert_with(|| Streak {
            zone: 0,
            length: 0,
            best: 0,
            freezes: 0,
            last_day: 0,
            days: 0,
        });
        streak.length += 1;
        streak.best = streak.best.max(streak.length);
        streak.last_day = *day;
        streak.days = (streak.days << 1) | 1;
    }
}

/// A snowflake, as far apart as Discord's are.
fn snowflake(number: u64) -> u64 {
    number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 4
}

fn change(member: u64) -> Vec<Change> {
    vec![Change::Practised { member: snowflake(member), day: 20_779 }]
}

fn open<P: Send + 'static>(folder: &Path) -> Outcome<Opened<Members, P>> {
    Ok(Store::open(Arc::new(Folder::open(folder)?), Options::default())?)
}

/// Resident memory in MiB, now and at its highest.
fn memory() -> (u64, u64) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let digits = line.and_then(|line| line.split_whitespace().next());
        digits.and_then(|digits| digits.parse::<u64>().ok()).unwrap_or(0) / 1024
    };
    (field("VmRSS:"), field("VmHWM:"))
}

/// One caller that waits for each confirmation before its next decision.
fn one_at_a_time(rounds: u64) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let Opened { store, mut durable, .. } = open::<()>(folder.path())?;
    let mut times = Vec::new();
    for seq in 1..=rounds {
        let begin = Instant::now();
        store.append(1, seq, &change(seq), ())?;
        durable.blocking_recv();
        times.push(begin.elapsed());
    }
    times.sort_unstable();
    let at = |percent: usize| times.get(times.len() * percent / 100).copied().unwrap_or_default();
    println!("append, one at a time: median {:?}, p99 {:?}", at(50), at(99));
    Ok(())
}

/// Many owners whose next decision follows as soon as the last one is confirmed.
fn many_at_once(owners: u64, rounds: u64) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let Opened { store, mut durable, .. } = open::<(u64, u64)>(folder.path())?;
    let begin = Instant::now();
    for owner in 0..owners {
        store.append(owner, 1, &change(owner), (owner, 1))?;
    }
    for _ in 0..owners * rounds {
        let Some((owner, seq)) = durable.blocking_recv() else {
            break;
        };
        if seq < rounds {
            store.append(owner, seq + 1, &change(seq), (owner, seq + 1))?;
        }
    }
    let per_second = Duration::from_secs(1).as_nanos() * u128::from(owners * rounds)
        / begin.elapsed().as_nanos().max(1);
    println!("append, {owners:>4} at once: {per_second} confirmed a second");
    Ok(())
}

/// A streak like no other, so that the compressor has something to do.
fn streak(chance: u64) -> Streak {
    let part = |bits: u32, below: u64| u32::try_from((chance >> bits) % below).unwrap_or_default();
    Streak {
        zone: 0,
        length: part(3, 60),
        best: part(9, 200),
        freezes: u8::try_from(part(17, 3)).unwrap_or_default(),
        last_day: 20_779 - part(20, 90),
        days: chance,
    }
}

const MEMBERS: u64 = 1_000_000;

/// Writes a snapshot of a million members in so many owners.
fn build(folder: &Path, owners: u64) -> Outcome<()> {
    let Opened { store, .. } = open::<()>(folder)?;
    let mut states: BTreeMap<u64, Members> = BTreeMap::new();
    for member in 0..MEMBERS {
        let owner = snowflake(member % owners);
        let state = states.entry(owner).or_insert_with(|| Members::found(owner));
        state.by_id.insert(snowflake(member), streak(snowflake(!member)));
    }
    let (before, _) = memory();
    let begin = Instant::now();
    let mut writer = store.begin_snapshot(Timestamp::UNIX_EPOCH)?;
    for (owner, state) in &states {
        writer.add(*owner, 1, state)?;
    }
    let file = writer.finish()?.file;
    let (time, size) = (begin.elapsed(), std::fs::metadata(file)?.len() >> 20);
    let more = memory().1 - before;
    println!(
        "{MEMBERS} members in {owners:>5} owners: written in {time:?}, {size} MiB on disk, {more} MiB more memory"
    );
    Ok(())
}

/// Starts from what was built.
fn load(folder: &Path) -> Outcome<()> {
    let begin = Instant::now();
    let opened = open::<()>(folder)?;
    let time = begin.elapsed();
    let members: usize = opened.owners.values().map(|(_, state)| state.by_id.len()).sum();
    let (now, highest) = memory();
    println!(
        "  started in {time:?} with {members} members, resident {now} MiB, highest {highest} MiB"
    );
    Ok(())
}

/// Builds and loads in processes of their own, so that the memory of one is not the other's.
fn million(owners: u64) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    for task in [format!("build={owners}"), "load".to_owned()] {
        let mut child = Command::new(std::env::current_exe()?);
        child.arg(task).arg(folder.path()).status()?;
    }
    Ok(())
}

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [task, folder] = arguments.as_slice() {
        let folder = Path::new(folder);
        return match task.strip_prefix("build=") {
            Some(owners) => build(folder, owners.parse()?),
            None => load(folder),
        };
    }
    one_at_a_time(2_000)?;
    many_at_once(10, 2_000)?;
    many_at_once(100, 1_000)?;
    many_at_once(5_000, 40)?;
    million(1)?;
    million(10_000)
}
