//! Nothing in the folder tells of a member who was forgotten, in whatever form, once the files are
//! rewritten; everybody else is still there.

#![expect(clippy::disallowed_methods, reason = "the folder is searched from outside the store")]

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::{date, time};
use jiff::{SignedDuration, Timestamp};
use mockingbird::bank::QuestionId;
use mockingbird::judge::{Made, Opinion, PointOpinion, State};
use mockingbird::practice::own::change::SharedChange;
use mockingbird::practice::own::state::{
    Consent, Fault, Memory, Reminded, Report, Settings, Sprint,
};
use mockingbird::practice::own::typed::{Label, Opined, Seen, Typed};
use mockingbird::practice::own::{Grade, Key, OwnChange};
use mockingbird::practice::rules::{Calendar, Zone};
use mockingbird::practice::streak::Streak;
use mockingbird::practice::{Change, MemberId, Team, TeamId};
use mockingbird::store::{Disk, Finished, Folder, Options, Store, repair};
use tempfile::TempDir;
use tokio::sync::mpsc::UnboundedReceiver;

use crate::fake::Fake;
use crate::traces::{files, traces, words};

/// Every byte of it tells it from all other numbers here.
const GONE: MemberId = MemberId(0x1a2b_3c4d_5e6f_7081);
const STAYS: MemberId = MemberId(0x21f2_e3d4_c5b6_a798);
const TEAM: TeamId = TeamId::Server(70_001);
const OTHER: TeamId = TeamId::Server(70_002);

/// A store with its teams, and the one way to change them.
struct Bot {
    store: Store<Team, ()>,
    durable: UnboundedReceiver<()>,
    teams: std::collections::BTreeMap<TeamId, (u64, Team)>,
}

impl Bot {
    fn open(folder: &Path) -> Self {
        Self::on(Arc::new(Folder::open(folder).unwrap()))
    }

    fn on(disk: Arc<dyn Disk>) -> Self {
        let opened = Store::open(disk, Options::default()).unwrap();
        Self { store: opened.store, durable: opened.durable, teams: opened.owners }
    }

    fn keep(&mut self, team: TeamId, changes: &[Change]) {
        let (seq, state) = self.teams.entry(team).or_insert_with(|| (0, Team::new()));
        *seq += 1;
        self.store.append(team, *seq, changes, ()).unwrap();
        self.durable.blocking_recv().unwrap();
        for change in changes {
            state.apply(change);
        }
    }

    /// Writes a snapshot while others go on.
    fn snapshot(&mut self, alone: bool) -> Finished {
        let mut writer = self.store.begin_snapshot(Timestamp::UNIX_EPOCH).unwrap();
        self.keep(TEAM, &practised(STAYS));
        for (id, (seq, team)) in &self.teams {
            writer.add(*id, *seq, team).unwrap();
        }
        self.keep(OTHER, &practised(STAYS));
        if alone { writer.finish_alone::<Team>().unwrap() } else { writer.finish().unwrap() }
    }

    fn close(self) {
        assert_eq!(self.store.close(Duration::from_mins(1)), 0);
    }
}

fn at() -> Timestamp {
    Timestamp::from_second(1_795_000_000).unwrap()
}

fn calendar() -> Calendar {
    let practice_days = mockingbird::days::Days::ALL;
    Calendar { zone: Zone::utc(), day_starts: time(4, 0, 0, 0), practice_days }
}

fn practised(member: MemberId) -> Vec<Change> {
    let day = date(2026, 11, 20);
    let streak = Streak::count(None, day, &[(date(2026, 11, 1), calendar())]);
    vec![Change::Practised { member, streak }]
}

/// What each of them types, which is nobody else's.
fn words_of(member: MemberId) -> &'static str {
    if member == GONE { "Zyzzogeton phantom reads" } else { "Dirty reads, quokka" }
}

fn seen() -> Seen {
    Seen { p: 450, state: State::Unsure }
}

fn typed(question: Key, member: MemberId) -> Typed {
    let text = words_of(member).to_owned();
    Typed { question, at: at(), text, points: vec![seen()] }
}

/// A coach quotes them.
fn opinion(member: MemberId) -> Opinion {
    let quote = Some(words_of(member).to_owned());
    let point = PointOpinion { number: 1, made: Made::Yes, contradicted: false, quote };
    Opinion { points: vec![point] }
}

fn label(question: Key) -> Label {
    Label { question, at: at(), point: 0, seen: seen(), said: true }
}

/// Everything that a member can do which is kept under their id.
fn everything(member: MemberId) -> Vec<Change> {
    let own = |change| Change::Own { member, change: Box::new(change) };
    let question = Key::of(&QuestionId::new("isolation-levels"));
    let memory = Memory {
        question,
        stability: 2.5_f32.to_bits(),
        difficulty: 5.0_f32.to_bits(),
        last: 20_777,
        met: 20_777,
        interval: 3,
        grades: 1,
        lapses: 0,
        grade: Some(Grade::GotIt),
    };
    let until = at() + SignedDuration::from_mins(15);
    let sprint = Sprint {
        id: 9,
        since: at(),
        until,
        questions: vec![question],
        grades: Vec::new(),
        over: false,
    };
    let reminded = Reminded { day: 20_777, since: at(), delayed: None, over: true, failure: None };
    let settings = Settings {
        shared: true,
        two_grades: false,
        a_day: Some(20),
        reminder: Some(3),
        quiet: Some((time(22, 0, 0, 0), time(7, 0, 0, 0))),
    };
    let mut all = vec![
        Change::ZoneSet { member, zone: Zone::named("Europe/Berlin").unwrap() },
        own(OwnChange::Remembered { memory, day: 20_777, graded: true }),
        own(OwnChange::TakenBack),
        own(OwnChange::Remembered { memory, day: 20_777, graded: true }),
        own(OwnChange::Settled(settings)),
        own(OwnChange::SprintBegun(sprint)),
        own(OwnChange::SprintStep { sprint: 9, grade: Some(Grade::Missed) }),
        own(OwnChange::SprintOver { sprint: 9 }),
        own(OwnChange::RemindAt(Some(until))),
        own(OwnChange::Reminded(reminded)),
        own(OwnChange::Typed(typed(question, member))),
        own(OwnChange::CoachSettled(Some(Consent { to: 7, agreed: true }))),
        own(OwnChange::Opined(Opined { question, at: at(), opinion: opinion(member) })),
        own(OwnChange::Labelled(vec![label(question)])),
    ];
    all.extend(practised(member));
    all
}

/// A team in which both have done everything, with several snapshots and journals.
fn lived(folder: &Path) -> Bot {
    let mut bot = Bot::open(folder);
    for team in [TEAM, OTHER] {
        let calendar = Change::CalendarSet { from: date(2026, 11, 1), calendar: calendar() };
        bot.keep(team, &[Change::Founded { seed: 5 }, calendar]);
        bot.keep(team, &everything(STAYS));
    }
    bot.keep(TEAM, &everything(GONE));
    let report = Report {
        number: 1,
        question: QuestionId::new("isolation-levels"),
        fault: Fault::Wrong,
        text: "It is not so".to_owned(),
        at: at(),
    };
    bot.keep(TEAM, &[Change::Shared(Box::new(SharedChange::Reported(report)))]);
    bot.snapshot(false);
    bot.keep(TEAM, &everything(GONE));
    bot.snapshot(false);
    bot.keep(TEAM, &practised(GONE));
    bot
}

fn forget(bot: &mut Bot) -> Finished {
    bot.keep(TEAM, &[Change::Forgotten { member: GONE }]);
    bot.snapshot(true)
}

/// What is left is what would be there without them, and it loads.
fn only_they_are_gone(folder: &Path, bot: Bot) {
    assert_eq!(traces(folder, GONE.0), Vec::<String>::new());
    assert_eq!(words(folder, words_of(GONE)), Vec::<String>::new());
    for name in ["journal-", "snapshot-"] {
        let stays = traces(folder, STAYS.0);
        assert!(stays.iter().any(|trace| trace.starts_with(name)), "{name}: {stays:?}");
    }
    assert_ne!(words(folder, words_of(STAYS)), Vec::<String>::new());
    let teams = bot.teams.clone();
    bot.close();
    let again = Bot::open(folder);
    assert_eq!(again.teams, teams);
    assert!(!again.teams[&TEAM].1.knows(GONE) && again.teams[&TEAM].1.knows(STAYS));
    again.close();
    assert_eq!(traces(folder, GONE.0), Vec::<String>::new(), "after the next start");
    assert_eq!(words(folder, words_of(GONE)), Vec::<String>::new(), "after the next start");
}

#[test]
fn no_byte_of_the_folder_tells_of_a_member_who_was_forgotten() {
    let folder = TempDir::new().unwrap();
    let folder = folder.path();
    let mut bot = lived(folder);
    let before = traces(folder, GONE.0);
    for kind in ["snapshot-2.mbs", "snapshot-3.mbs", "journal-1.mbj", "journal-3.mbj"] {
        let trace = format!("{kind}: variable length");
        assert!(before.contains(&trace), "{trace} is not among {before:?}");
    }
    let typed = words(folder, words_of(GONE));
    for file in ["journal-", "snapshot-"] {
        assert!(typed.iter().any(|trace| trace.starts_with(file)), "{file}: {typed:?}");
    }
    let finished = forget(&mut bot);
    assert!(finished.trouble.is_none());
    only_they_are_gone(folder, bot);
}

#[test]
fn what_was_put_aside_and_what_a_repair_copied_goes_too() {
    let folder = TempDir::new().unwrap();
    let folder = folder.path();
    lived(folder).close();
    // A damaged snapshot is put aside by a start, a torn tail likewise.
    let newest = folder.join("snapshot-3.mbs");
    let journal = folder.join("journal-3.mbj");
    let mut damaged = fs::read(&newest).unwrap();
    // In its header, so that what is packed can still be read by whoever looks.
    damaged[12] ^= 1;
    fs::write(&newest, damaged).unwrap();
    let torn = [fs::read(&journal).unwrap(), GONE.0.to_le_bytes().to_vec()].concat();
    fs::write(&journal, torn).unwrap();
    Bot::open(folder).close();
    // Damage in the middle is nothing for a start.
    let middle = folder.join("journal-2.mbj");
    let mut bytes = fs::read(&middle).unwrap();
    let place = bytes.len() / 2;
    bytes[place] ^= 1;
    fs::write(&middle, bytes).unwrap();
    let old = folder.join("snapshot-2.mbs");
    fs::remove_file(&old).unwrap();
    let disk = Folder::existing(folder).unwrap();
    repair::<Team>(&disk, at()).unwrap().expect("something was wrong");

    let mut bot = Bot::open(folder);
    let before = traces(folder, GONE.0);
    for aside in ["damaged-1/", "damaged-1/snapshot-3.mbs.damaged", "damaged-1/journal-3.torn-"] {
        assert!(before.iter().any(|trace| trace.starts_with(aside)), "{aside}: {before:?}");
    }
    bot.keep(TEAM, &everything(STAYS));
    forget(&mut bot);
    assert!(!folder.join("damaged-1").exists());
    only_they_are_gone(folder, bot);
}

#[test]
fn what_was_never_finished_and_stayed_goes_too() {
    let folder = TempDir::new().unwrap();
    let folder = folder.path();
    let mut bot = lived(folder);
    let left = ["snapshot-2.tmp", "journal-1.torn-40.tmp"];
    for name in left {
        fs::write(folder.join(name), GONE.0.to_le_bytes()).unwrap();
    }
    // A journal that is being begun: only the writer of journals may remove it.
    fs::write(folder.join("journal-9.tmp"), "").unwrap();
    assert!(forget(&mut bot).trouble.is_none());
    for name in left {
        assert!(!folder.join(name).exists(), "{name}");
    }
    assert!(folder.join("journal-9.tmp").exists());
    only_they_are_gone(folder, bot);
}

#[test]
fn what_somebody_put_into_the_copy_of_a_repair_stays() {
    let folder = TempDir::new().unwrap();
    let folder = folder.path();
    let mut bot = lived(folder);
    let copy = folder.join("damaged-7");
    fs::create_dir(&copy).unwrap();
    fs::copy(folder.join("journal-1.mbj"), copy.join("journal-1.mbj")).unwrap();
    fs::write(copy.join("notes.txt"), "What happened that day").unwrap();
    fs::write(folder.join("damaged-parts"), "a file of somebody's").unwrap();
    assert!(forget(&mut bot).trouble.is_none());
    assert_eq!(files(&copy), [copy.join("notes.txt")]);
    assert!(folder.join("damaged-parts").exists());
    only_they_are_gone(folder, bot);
}

/// A private chat of the member who goes, beside teams that stay.
const CHAT: TeamId = TeamId::Private(GONE.0);

/// How a private chat begins.
fn founded() -> Vec<Change> {
    [vec![Change::Founded { seed: 6 }], practised(GONE)].concat()
}

/// A private chat that was dissolved, and a snapshot that leaves it out.
fn dissolved(bot: &mut Bot) -> Finished {
    bot.keep(CHAT, &founded());
    bot.snapshot(false);
    bot.keep(CHAT, &[Change::Dissolved]);
    let (seq, team) = bot.teams.remove(&CHAT).unwrap();
    assert!(team.is_nothing());
    let mut writer = bot.store.begin_snapshot(Timestamp::UNIX_EPOCH).unwrap();
    assert!(!writer.leave_out(CHAT, seq - 1), "that was not its last record");
    assert!(writer.leave_out(CHAT, seq));
    for (id, (seq, team)) in &bot.teams {
        writer.add(*id, *seq, team).unwrap();
    }
    bot.teams.insert(CHAT, (seq, team));
    writer.finish_alone::<Team>().unwrap()
}

#[test]
fn no_byte_of_the_folder_names_a_private_chat_of_which_nothing_is_left() {
    let folder = TempDir::new().unwrap();
    let folder = folder.path();
    let mut bot = lived(folder);
    forget(&mut bot);
    bot.keep(CHAT, &founded());
    assert_ne!(traces(folder, GONE.0), Vec::<String>::new());
    let finished = dissolved(&mut bot);
    assert!(finished.trouble.is_none());
    let (seq, _) = bot.teams.remove(&CHAT).unwrap();
    assert!(bot.store.let_go(CHAT, seq));
    assert!(!bot.store.let_go(CHAT, seq), "once");
    bot.snapshot(false);
    only_they_are_gone(folder, bot);
}

#[test]
fn a_private_chat_that_begins_anew_loads_whether_or_not_it_was_let_go_of() {
    for let_go in [false, true] {
        let folder = TempDir::new().unwrap();
        let folder = folder.path();
        let mut bot = lived(folder);
        forget(&mut bot);
        dissolved(&mut bot);
        if let_go {
            let (seq, _) = bot.teams.remove(&CHAT).unwrap();
            assert!(bot.store.let_go(CHAT, seq));
        }
        bot.keep(CHAT, &founded());
        bot.keep(CHAT, &practised(GONE));
        let teams = bot.teams.clone();
        assert_eq!(teams[&CHAT].0, if let_go { 2 } else { 4 });
        bot.close();
        let mut again = Bot::open(folder);
        assert_eq!(again.teams, teams, "{let_go}");
        // A repair finds nothing to mend, and nothing lost.
        again.keep(CHAT, &practised(GONE));
        let teams = again.teams.clone();
        again.close();
        let disk = Folder::existing(folder).unwrap();
        assert!(repair::<Team>(&disk, at()).unwrap().is_none());
        let again = Bot::open(folder);
        assert_eq!(again.teams, teams);
        again.close();
    }
}

#[test]
fn a_chat_that_no_snapshot_holds_is_missed_where_its_beginning_is() {
    let folder = TempDir::new().unwrap();
    let folder = folder.path();
    let mut bot = Bot::open(folder);
    bot.keep(TEAM, &[Change::Founded { seed: 5 }]);
    dissolved(&mut bot);
    // Not a beginning: what came before it is missing.
    bot.keep(CHAT, &practised(GONE));
    bot.close();
    let disk = Arc::new(Folder::open(folder).unwrap());
    let error = Store::<Team, ()>::open(disk, Options::default()).unwrap_err().to_string();
    assert!(error.contains("after record 0"), "{error}");
}

#[test]
fn a_crash_at_any_step_of_leaving_a_chat_out_loses_nothing_and_lets_it_begin_anew() {
    let fake = Fake::default();
    let mut bot = Bot::on(fake.disk());
    for team in [TEAM, OTHER] {
        bot.keep(team, &[Change::Founded { seed: 5 }]);
    }
    bot.keep(CHAT, &founded());
    bot.snapshot(false);
    fake.world().film = Some(Vec::new());
    dissolved(&mut bot);
    // It begins anew while it is not let go of yet, and while a snapshot is written once more.
    bot.keep(CHAT, &founded());
    bot.snapshot(false);
    let film = fake.world().film.take().unwrap();
    let last = bot.teams.clone();
    bot.close();
    let mut absent = 0;
    for (written, durable) in &film {
        for files in [written, durable] {
            let fake = Fake::holding(files);
            let mut again = Bot::on(fake.disk());
            for team in [TEAM, OTHER] {
                let (seq, state) = &again.teams[&team];
                assert!(*seq >= 1 && (*seq < last[&team].0 || *state == last[&team].1));
            }
            absent += usize::from(!again.teams.contains_key(&CHAT));
            again.keep(CHAT, &founded());
            let teams = again.teams.clone();
            again.close();
            let again = Bot::on(fake.disk());
            assert_eq!(again.teams, teams);
            again.close();
        }
    }
    assert!(absent > 0, "in some of them nothing is known of the chat");
}
