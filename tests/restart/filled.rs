//! A data folder as it is after months: many teams, members with sixty days behind them, thousands
//! of posts; a snapshot and a journal after it. How long a start and a stop take there.

use std::sync::Arc;
use std::time::Duration;

use jiff::civil::{Date, time};
use jiff::{SignedDuration, Span, Timestamp};
use mockingbird::bank::Question;
use mockingbird::days::Days;
use mockingbird::practice::input::Place as At;
use mockingbird::practice::post::{Origin, Reaction, Reveal};
use mockingbird::practice::rules::{Calendar, RevealRule, Zone};
use mockingbird::practice::streak::Streak;
use mockingbird::practice::{Change, ChannelId, MemberId, MessageId, PostId, Team, TeamId};
use mockingbird::store::{Folder, Opened, Options, Store};
use mockingbird_playground::{LocalDiscord, World};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::Instant;

use crate::process::{Place, discord, slash, text};

const TEAMS: u64 = 200;
const MEMBERS: u64 = 30;
const DAYS: i64 = 60;
const POSTS: u64 = 25;

/// What was measured.
pub(crate) struct Filled {
    pub(crate) bytes: u64,
    pub(crate) content: String,
    pub(crate) connected: Vec<Duration>,
    pub(crate) answered: Vec<Duration>,
    pub(crate) stopped: Vec<Duration>,
    pub(crate) checked: usize,
    pub(crate) lost: usize,
}

/// Starts and stops it so often.
pub(crate) async fn run(starts: usize) -> Filled {
    let discord = discord().await;
    let place = Place::new(discord.base());
    let everyday = "practice_days: [mon, tue, wed, thu, fri, sat, sun]\n";
    place.configure(discord.base(), everyday);
    fill(&place, &discord).await;
    let mut filled = Filled {
        bytes: size(&place),
        content: format!("{TEAMS}, {}, {}", TEAMS * MEMBERS, TEAMS * POSTS),
        connected: Vec::new(),
        answered: Vec::new(),
        stopped: Vec::new(),
        checked: 0,
        lost: 0,
    };
    for _ in 0..starts {
        let began = Instant::now();
        let mut bot = place.start(&discord).await;
        filled.connected.push(began.elapsed());
        for who in ["ann", "bob", "mia"] {
            let told = text(&slash(&discord, who, "streak", &[]).await);
            if who == "ann" {
                filled.answered.push(began.elapsed());
            }
            filled.checked += 1;
            filled.lost += usize::from(!told.contains(&format!("{DAYS} days in a row")));
        }
        let began = Instant::now();
        assert_eq!(bot.stop().await, Some(0), "{}", bot.log());
        filled.stopped.push(began.elapsed());
    }
    filled
}

fn size(place: &Place) -> u64 {
    let files = std::fs::read_dir(place.path("data")).expect("the data folder");
    files.map(|file| file.expect("a file").metadata().expect("its length").len()).sum()
}

/// The first fifty days and most posts are in the snapshot, the rest in the journal.
async fn fill(place: &Place, discord: &LocalDiscord) {
    let disk = Folder::open(place.path("data")).expect("a folder");
    let opened: Opened<Team, ()> =
        Store::open(Arc::new(disk), Options::default()).expect("an empty folder");
    let Opened { store, mut durable, .. } = opened;
    let now = discord.with_world(World::now);
    let mut teams: Vec<(TeamId, Team, u64)> =
        ids(discord).into_iter().map(|id| (id, Team::new(), 0)).collect();
    let people = people(discord);
    let today = Zone::utc().rules().to_datetime(now).date();
    for back in (1..=DAYS).rev() {
        for (id, team, seq) in &mut teams {
            let changes = day(team, &people, today, back, now);
            *seq += 1;
            store.append(*id, *seq, &changes, ()).expect("room");
            for change in &changes {
                team.apply(change);
            }
        }
        told(&mut durable, teams.len()).await;
        if back == 10 {
            let mut writer = store.begin_snapshot(now).expect("a snapshot");
            for (id, team, seq) in &teams {
                writer.add(*id, *seq, team).expect("an image");
            }
            writer.finish().expect("a snapshot");
        }
    }
    assert_eq!(store.close(Duration::from_mins(1)), 0);
}

async fn told(durable: &mut UnboundedReceiver<()>, records: usize) {
    for _ in 0..records {
        durable.recv().await.expect("it is durable");
    }
}

/// The team of the local Discord first, then others that it does not know.
fn ids(discord: &LocalDiscord) -> Vec<TeamId> {
    let known = discord.with_world(|world| world.teams().next().expect("a team").id.get());
    let others = (1..TEAMS).map(|number| (1 << 60) + (number << 22));
    std::iter::once(known).chain(others).map(TeamId::Server).collect()
}

/// The people of the local Discord first, then others.
fn people(discord: &LocalDiscord) -> Vec<MemberId> {
    let known: Vec<u64> = discord.with_world(|world| {
        world.users().filter(|user| !user.bot).map(|user| user.id.get()).collect()
    });
    let others = (1..).map(|number| (1 << 61) + (number << 22));
    let most = usize::try_from(MEMBERS).expect("a small number");
    known.into_iter().chain(others).take(most).map(MemberId).collect()
}

/// What a team remembers of the day so many days back.
fn day(team: &Team, people: &[MemberId], today: Date, back: i64, now: Timestamp) -> Vec<Change> {
    let mut changes = Vec::new();
    let from = today - Span::new().days(DAYS + 1);
    let calendar =
        Calendar { zone: Zone::utc(), day_starts: time(4, 0, 0, 0), practice_days: Days::ALL };
    let calendars = [(from, calendar.clone())];
    if team.members() == 0 {
        changes.push(Change::Founded { seed: 1 });
        changes.push(Change::CalendarSet { from, calendar });
    }
    // After `back` days from today on, everybody has practised every day until then.
    let until = (back..=DAYS).rev().map(|back| today - Span::new().days(back));
    let streak = until.fold(None, |streak, date| Some(Streak::count(streak, date, &calendars)));
    let streak = streak.expect("a day");
    changes.extend(people.iter().map(|&member| Change::Practised { member, streak }));
    if let Ok(number) = u64::try_from(back)
        && number <= POSTS
    {
        let at = now - SignedDuration::from_hours(24 * back);
        changes.extend(post(number, people, at));
    }
    changes
}

/// A post that was revealed.
fn post(number: u64, people: &[MemberId], at: Timestamp) -> Vec<Change> {
    let post = PostId(number);
    let question = Question::bare(
        &format!("question-{number}"),
        "databases",
        "What may go wrong at `read committed`?",
        &"A row that is read twice may differ, and so may a count. ".repeat(25),
    );
    vec![
        Change::PostClaimed {
            post,
            channel: ChannelId(5),
            place: At::Channel,
            origin: Origin::Quiz { by: people[0] },
            question: Arc::new(question),
            rule: RevealRule { emoji: "💡".to_owned(), reactions: 1 },
            at,
        },
        Change::PostStands { post, message: MessageId(number) },
        Change::Caught { post },
        Change::ReactionSettled { post, reaction: Reaction::Added },
        Change::Asked { post, members: people.to_vec() },
        Change::Revealed { post, reveal: Reveal::Told },
    ]
}
