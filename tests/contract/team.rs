//! The files of each format as a real team writes them: every kind of change of that format, once
//! before and once after a snapshot. They must load for ever.
//!
//! When a test here fails, a layout has changed that lies on people's disks. Before the first
//! release: remove the folder and write the files anew. After it: raise `FORMAT`, read the old
//! layout in `Kept::image` and `Kept::changes`, and add a folder beside the old one.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::{date, time};
use jiff::{SignedDuration, Timestamp};
use mockingbird::bank::{FollowUp, KeyPoint, Kind, Level, Question, QuestionId, Topic};
use mockingbird::days::Days;
use mockingbird::practice::daily::{DailyResult, Management};
use mockingbird::practice::effect::Failure;
use mockingbird::practice::input::Place;
use mockingbird::practice::post::{Origin, Reaction, Reveal};
use mockingbird::practice::rules::{Calendar, RevealRule, Schedule, Zone};
use mockingbird::practice::streak::Streak;
use mockingbird::practice::{Change, ChannelId, MemberId, MessageId, PostId, Team, TeamId};
use mockingbird::store::{Disk, Folder, Opened, Options, Store};
use tempfile::TempDir;

use crate::fixture::bytes;
use crate::{interviews, own};

const JOURNALS: [&str; 2] = ["journal-1.mbj", "journal-2.mbj"];

/// The files of a format. Where they are missing they are written, and the test fails, so that
/// somebody looks.
fn folder(format: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/store").join(format);
    if !folder.exists() {
        write(&folder, &changes());
        Folder::open(&folder).unwrap().remove("lock").unwrap();
        panic!("{} was missing and is written anew: commit it", folder.display());
    }
    folder
}

pub(crate) fn question() -> Question {
    Question {
        id: QuestionId::new("isolation-levels"),
        topic: Topic::new("databases"),
        topic_title: "Databases & Storage".to_owned(),
        prompt: "What may go wrong at `read committed`? 💡".to_owned(),
        level: Level::Hard,
        kind: Some(Kind::Compare),
        asked_by: Some(3),
        minutes: Some(4),
        probes: Some("whether anomalies are known".to_owned()),
        hint: None,
        answer: "A row read twice may differ.\n\n```sql\nselect 1;\n```".to_owned(),
        key_points: vec![KeyPoint {
            terms: vec!["non-repeatable".to_owned()],
            ..KeyPoint::of("no repeatable reads")
        }],
        pitfalls: vec!["taking it for serializable".to_owned()],
        follow_ups: vec![FollowUp {
            prompt: "And phantoms?".to_owned(),
            answer: "Also.".to_owned(),
        }],
        pushback: Some(FollowUp {
            prompt: "And on ten machines?".to_owned(),
            answer: "Then it costs a round trip.".to_owned(),
        }),
        related: vec![QuestionId::new("transactions-acid")],
        tags: vec!["sql".to_owned()],
        sources: vec!["SQL:2023, 4.41".to_owned()],
        checked: Some(date(2026, 11, 22)),
    }
}

/// Every kind of change, and every kind of value in one.
fn changes() -> Vec<Change> {
    [changes_of_format_4(), own::coach_changes()].concat()
}

/// The same, as far as format 4 knew it.
fn changes_of_format_4() -> Vec<Change> {
    [changes_of_format_3(), own::typed_changes()].concat()
}

/// The same, as far as format 3 knew it.
fn changes_of_format_3() -> Vec<Change> {
    // Before all others, because it leaves nothing.
    [vec![Change::Dissolved], changes_of_format_2(), own::changes()].concat()
}

/// The same, as far as format 2 knew it.
fn changes_of_format_2() -> Vec<Change> {
    [changes_of_format_1(), interviews::changes()].concat()
}

/// The same, as far as format 1 knew it.
fn changes_of_format_1() -> Vec<Change> {
    let at = Timestamp::from_second(1_795_000_000).unwrap();
    let day = date(2026, 11, 20);
    let channel = ChannelId(112_233_445_566_778_899);
    let (post, other) = (PostId(41), PostId(42));
    let member = MemberId(u64::MAX);
    let zone = Zone::named("Europe/Berlin").unwrap();
    let calendar = Calendar {
        zone: zone.clone(),
        day_starts: time(4, 0, 0, 0),
        practice_days: Days::WORKDAYS,
    };
    let schedule = Schedule {
        at: time(9, 30, 0, 0),
        zone: zone.clone(),
        days: Days::ALL,
        topics: vec![Topic::new("databases"), Topic::new("http")],
        catch_up: SignedDuration::from_hours(6),
    };
    let calendars = [(date(2026, 11, 1), calendar.clone())];
    let streak = (1..=20_i8)
        .filter(|day| *day != 12)
        .fold(None, |streak, day| Some(Streak::count(streak, date(2026, 11, day), &calendars)));
    let rule = RevealRule { emoji: "💡".to_owned(), reactions: 2 };
    let over = |channel, date, result| Change::DailyOver { channel, date, result, at };
    let gone = ChannelId(5);
    vec![
        Change::Founded { seed: u64::MAX },
        Change::CalendarSet { from: day, calendar },
        Change::ZoneSet { member, zone },
        Change::ZoneSet { member: MemberId(7), zone: Zone::utc() },
        Change::Practised { member, streak: streak.unwrap() },
        Change::DailySet {
            channel,
            schedule: schedule.clone(),
            managed: Management::Config,
            done_through: day,
        },
        Change::DailySet {
            channel: gone,
            schedule: schedule.clone(),
            managed: Management::Command,
            done_through: day,
        },
        Change::DailyRemoved { channel: gone },
        Change::DailySet {
            channel: ChannelId(6),
            schedule,
            managed: Management::Command,
            done_through: day,
        },
        Change::DailyPaused { channel: ChannelId(6), paused: true },
        Change::DailySkip { channel: ChannelId(6), date: Some(date(2026, 12, 1)) },
        over(channel, day, DailyResult::Skipped),
        over(channel, day, DailyResult::Missed),
        over(channel, day, DailyResult::NothingFits),
        over(channel, day, DailyResult::Refused(Failure::NotAllowed)),
        over(channel, day, DailyResult::Posted { late: 61 }),
        over(
            ChannelId(6),
            day,
            DailyResult::Refused(Failure::Refused { code: 50_035, reason: "Invalid".to_owned() }),
        ),
        Change::PostClaimed {
            post,
            channel,
            place: Place::Channel,
            origin: Origin::Daily { date: day },
            question: Arc::new(question()),
            rule: rule.clone(),
            at,
        },
        Change::PostClaimed {
            post: other,
            channel,
            place: Place::Private,
            origin: Origin::Quiz { by: member },
            question: Arc::new(question()),
            rule: rule.clone(),
            at,
        },
        Change::PostDelayed { post: other, until: Some(at + SignedDuration::from_secs(5)) },
        Change::PostStands { post, message: MessageId(99) },
        Change::Caught { post },
        Change::CatchWanted { post },
        Change::ReactionSettled { post, reaction: Reaction::Refused },
        Change::ReactionSettled { post, reaction: Reaction::Noticed },
        Change::ReactionSettled { post, reaction: Reaction::Added },
        Change::Asked { post, members: vec![member, MemberId(7)] },
        Change::Shown { post, member: MemberId(8) },
        Change::Revealed { post, reveal: Reveal::Opening { since: at } },
        Change::Revealed { post, reveal: Reveal::Told },
        Change::Revealed { post, reveal: Reveal::Telling { channel, since: at } },
        Change::PostDropped { post: PostId(43) },
    ]
}

/// Fails to compile when there is a new kind of change: add one to the list above.
fn is_in_the_list(change: &Change) {
    match change {
        Change::Founded { .. }
        | Change::CalendarSet { .. }
        | Change::ZoneSet { .. }
        | Change::DailySet { .. }
        | Change::DailyRemoved { .. }
        | Change::DailyPaused { .. }
        | Change::DailySkip { .. }
        | Change::DailyOver { .. }
        | Change::PostClaimed { .. }
        | Change::PostDelayed { .. }
        | Change::CatchWanted { .. }
        | Change::PostStands { .. }
        | Change::PostDropped { .. }
        | Change::ReactionSettled { .. }
        | Change::Caught { .. }
        | Change::Asked { .. }
        | Change::Shown { .. }
        | Change::Interview { .. }
        | Change::Forgotten { .. }
        | Change::Dissolved
        | Change::Revealed { .. }
        | Change::Practised { .. } => {}
        Change::Own { change, .. } => own::is_in_the_list(change),
        Change::Shared(change) => own::is_in_the_shared_list(change),
    }
}

fn open(folder: &Path) -> Opened<Team, ()> {
    let disk: Arc<dyn Disk> = Arc::new(Folder::open(folder).unwrap());
    Store::open(disk, Options::default()).unwrap()
}

const TEAMS: [TeamId; 2] = [TeamId::Server(1), TeamId::Private(u64::MAX)];

/// One team has all changes in the snapshot, the other has them after it.
fn write(folder: &Path, changes: &[Change]) -> Team {
    let mut team = Team::new();
    for change in changes {
        is_in_the_list(change);
        team.apply(change);
    }
    let Opened { store, mut durable, .. } = open(folder);
    // One write a record, so that the bytes are always the same.
    let mut keep = |team, number, changes: &[Change]| {
        store.append(team, number, changes, ()).unwrap();
        durable.blocking_recv().unwrap();
    };
    keep(TEAMS[0], 1, changes);
    let mut writer = store.begin_snapshot(Timestamp::UNIX_EPOCH).unwrap();
    writer.add(TEAMS[0], 1, &team).unwrap();
    writer.finish().unwrap();
    for (number, change) in (1..).zip(changes) {
        keep(TEAMS[1], number, std::slice::from_ref(change));
    }
    assert_eq!(store.close(Duration::from_mins(1)), 0);
    team
}

#[test]
fn a_team_of_the_first_format_still_loads() {
    it_loads("v1-team", &changes_of_format_1());
}

#[test]
fn a_team_of_the_second_format_loads() {
    it_loads("v2-team", &changes_of_format_2());
}

#[test]
fn a_team_of_the_third_format_loads() {
    it_loads("v3-team", &changes_of_format_3());
}

#[test]
fn a_team_of_the_fourth_format_loads() {
    it_loads("v4-team", &changes_of_format_4());
}

#[test]
fn a_team_of_the_fifth_format_loads() {
    it_loads("v5-team", &changes());
}

fn it_loads(format: &str, changes: &[Change]) {
    let copy = TempDir::new().unwrap();
    let disk = Folder::open(copy.path()).unwrap();
    for name in [JOURNALS[0], JOURNALS[1], "snapshot-2.mbs"] {
        disk.create(name).unwrap().write_all(&bytes(&folder(format), name)).unwrap();
    }
    let found = open(copy.path());
    assert_eq!(found.report.notices, []);
    let fresh = TempDir::new().unwrap();
    let team = write(fresh.path(), changes);
    for id in TEAMS {
        assert_eq!(found.owners[&id].1, team, "{id}");
    }
}

#[test]
fn a_changed_layout_of_a_team_s_changes_does_not_go_unnoticed() {
    let fresh = TempDir::new().unwrap();
    write(fresh.path(), &changes());
    for name in JOURNALS {
        assert!(bytes(fresh.path(), name) == bytes(&folder("v5-team"), name), "{name} differs");
    }
}
