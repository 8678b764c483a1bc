//! Exporting and forgetting a member.

use std::sync::Arc;
use std::time::Duration;

use mockingbird::practice::effect::{Failure, OrderId, Step};
use mockingbird::practice::own::state::Fault;
use mockingbird::practice::own::{Flow, Grade, OwnCall, OwnForm, OwnMenu, OwnPress as P};
use mockingbird::practice::{Change, Input, MemberId, Moment, Outcome, Team, TeamId};
use mockingbird::store::{self, Finished, Opened, Options, SnapshotWriter, Store};
use tempfile::TempDir;
use tokio::sync::mpsc::UnboundedReceiver;

use crate::seed::{key, member};
use crate::story::Story;
use crate::traces::{traces, words};

/// What ann types, and nobody else.
const TYPED: &str = "Zyzzogeton: sql-2 0, and then what http-2 3 is about";

const TEAM: TeamId = TeamId::Server(70_001);

/// A team in which ann has done everything.
fn everything() -> Story {
    let mut story = Story::new();
    story.moves("ann", "Europe/Berlin");
    for (menu, value) in
        [(OwnMenu::Reminder, 2), (OwnMenu::Shared, 1), (OwnMenu::Grades, 2), (OwnMenu::ADay, 10)]
    {
        story.chooses("ann", menu, value);
    }
    story.submits("ann", OwnForm::Quiet, "23:00-06:00");
    story.quiz("ann", "git");
    story.reacts("ann");
    story.presses("ann", P::GradePost(story.post, Grade::Missed));
    story.quiz("bob", "sql");
    story.shows("ann");
    story.presses("bob", P::GradePost(story.post, Grade::GotIt));
    // A reaction of hers is read from a list.
    story.quiz("eve", "http");
    story.reacts_unseen("ann");
    story.connects();
    story.runs("ann", OwnCall::Sprint { minutes: None, topic: None });
    story.presses("ann", P::SprintAnswer(story.sprint, 0));
    story.presses("ann", P::SprintGrade(story.sprint, 0, Grade::GotIt));
    story.submits("ann", OwnForm::Report(key("git-0"), Fault::Wrong), "it is not so");
    story.interview("ann", "bob", &[0]);
    story.interview("bob", "ann", &[1, 2]);
    story.interview("eve", "kim", &[]);
    story.hours(1);
    // One that ann asked for and called off.
    story.begin_interview("eve", "ann");
    story.end_interview("eve");
    for who in ["eve", "ann"] {
        let call =
            mockingbird::practice::input::Press::Mock(mockingbird::practice::interview::Of {
                interview: story.interview,
                what: mockingbird::practice::interview::MockPress::Card,
            });
        story.mock(who, mockingbird::practice::input::Call::Press(call));
    }
    // It is opened at its deadline.
    story.at("2026-11-04T12:00:00Z");
    story.runs("bob", OwnCall::DigestSet { channel: None, day: None, at: None, zone: None });
    story.at("2026-11-06T12:00:00Z");
    // One typed answer that is graded, two that wait, and what she says about them.
    story.types_answer("ann", "sql-2", Flow::New, TYPED);
    story.types_answer("ann", "http-2", Flow::New, TYPED);
    story.says("ann", "http-2", Flow::Here, (0, true));
    story.chooses_points("ann", "sql-2", Flow::Here, &[1]);
    story.types_answer("ann", "git-2", Flow::New, "git-2 4 is what I say");
    story.presses("ann", P::Grade(key("git-2"), Grade::Partly));
    // Her streak is at stake, and she is reminded; the news of that never comes.
    story.presses("ann", P::Answer(key("http-0")));
    // The weekly post names her, and is on its way when she is forgotten.
    story.at("2026-11-09T08:59:00Z");
    story.fails(Failure::Unavailable { reason: "down".to_owned() });
    story.at("2026-11-09T09:00:01Z");
    assert!(story.told().contains("fails"), "the weekly post waits");
    story.presses("ann", P::Export);
    story
}

/// Whether this number stands in these bytes, as postcard writes it: seven bits a byte.
fn is_in(bytes: &[u8], member: MemberId) -> bool {
    let written = postcard::to_allocvec(&member).expect("a number");
    assert!(written.len() >= 9, "nobody else is written so");
    let raw = member.0.to_le_bytes();
    let text = member.to_string();
    [written.as_slice(), &raw, text.as_bytes()]
        .into_iter()
        .any(|name| bytes.windows(name.len()).any(|here| here == name))
}

/// Whether what is remembered of the team tells of somebody, as it is kept or as it is shown.
pub(crate) fn is_told_of(story: &Story, who: &str) -> bool {
    let image = postcard::to_allocvec(&story.team).expect("an image");
    is_in(&image, member(who)) || format!("{:?}", story.team).contains(&member(who).to_string())
}

/// A real folder with all that happened in the story, with a snapshot now and then.
struct Folder {
    place: TempDir,
    store: Store<Team, ()>,
    durable: UnboundedReceiver<()>,
    team: Team,
    written: usize,
}

impl Folder {
    fn of(story: &Story) -> Self {
        let place = TempDir::new().expect("a temporary folder");
        let disk = Arc::new(store::Folder::open(place.path()).expect("it is there"));
        let Opened { store, durable, .. } =
            Store::open(disk, Options::default()).expect("an empty folder");
        let mut it = Self { place, store, durable, team: Team::new(), written: 0 };
        let decisions = story.journal.len();
        for part in 1..=3 {
            it.goes_on_to(story, decisions * part / 3);
            it.snapshot(SnapshotWriter::finish);
        }
        it.goes_on_to(story, decisions);
        it
    }

    /// Everything that has happened since, up to this decision.
    fn goes_on_to(&mut self, story: &Story, until: usize) {
        for changes in &story.journal[self.written..until] {
            let changes: Vec<Change> = postcard::from_bytes(changes).expect("it can be read");
            self.written += 1;
            let seq = u64::try_from(self.written).expect("few");
            self.store.append(TEAM, seq, &changes, ()).expect("it is taken");
            self.durable.blocking_recv().expect("it is durable");
            for change in &changes {
                self.team.apply(change);
            }
        }
    }

    fn snapshot(
        &self,
        finish: fn(SnapshotWriter<TeamId, ()>) -> Result<Finished, store::SnapshotError>,
    ) {
        let mut writer = self.store.begin_snapshot(jiff::Timestamp::UNIX_EPOCH).expect("it begins");
        let seq = u64::try_from(self.written).expect("few");
        writer.add(TEAM, seq, &self.team).expect("it is added");
        assert!(finish(writer).expect("it is written").trouble.is_none());
    }

    /// In how many files somebody stands.
    fn traces(&self, who: &str) -> Vec<String> {
        traces(self.place.path(), member(who).0)
    }
}

#[test]
fn no_byte_of_a_folder_tells_of_whoever_did_everything_and_is_forgotten() {
    let mut story = everything();
    let mut folder = Folder::of(&story);
    for who in ["ann", "bob"] {
        for file in ["journal-", "snapshot-"] {
            let before = folder.traces(who);
            assert!(before.iter().any(|trace| trace.starts_with(file)), "{who} {file} {before:?}");
        }
        story.presses(who, P::Export);
    }
    let typed = words(folder.place.path(), "Zyzzogeton");
    for file in ["journal-", "snapshot-"] {
        assert!(typed.iter().any(|trace| trace.starts_with(file)), "{file} {typed:?}");
    }
    // Two at once: one rewriting is for both.
    for who in ["ann", "bob"] {
        story.presses(who, P::ForgetForGood);
        assert!(!is_told_of(&story, who), "{who}");
    }
    folder.goes_on_to(&story, story.journal.len());
    assert_ne!(folder.traces("ann"), Vec::<String>::new(), "not before older files are gone");
    folder.snapshot(SnapshotWriter::finish_alone::<Team>);
    for who in ["ann", "bob"] {
        assert_eq!(folder.traces(who), Vec::<String>::new(), "{who}");
    }
    assert_eq!(words(folder.place.path(), "Zyzzogeton"), Vec::<String>::new());
    for who in ["eve", "kim"] {
        assert!(is_told_of(&story, who), "{who}");
        assert_ne!(folder.traces(who), Vec::<String>::new(), "{who}");
    }
    // Days later: what was under way has come to its end without them.
    story.works_again();
    story.connects();
    story.restarts();
    story.hours(24 * 8);
    story.connects();
    folder.goes_on_to(&story, story.journal.len());
    folder.snapshot(SnapshotWriter::finish);
    for who in ["ann", "bob"] {
        assert_eq!(folder.traces(who), Vec::<String>::new(), "{who}");
    }
    assert_eq!(folder.store.close(Duration::from_mins(1)), 0);
    let disk = Arc::new(store::Folder::open(folder.place.path()).expect("it is there"));
    let found = Store::<Team, ()>::open(disk, Options::default()).expect("it loads");
    assert_eq!(found.owners[&TEAM].1, story.team);
}

#[test]
fn nothing_of_a_team_tells_of_a_member_who_is_forgotten() {
    let mut story = everything();
    let before = postcard::to_allocvec(&story.team).expect("an image");
    assert!(is_in(&before, member("ann")));
    story.told();
    story.presses("ann", P::Forget);
    story.presses("ann", P::ForgetForGood);
    let told = story.told();
    assert!(told.contains("ForgetReally") && told.contains("to ann: Forgotten"), "{told}");
    let after = postcard::to_allocvec(&story.team).expect("an image");
    assert!(!is_in(&after, member("ann")), "ann stands in the image");
    assert!(!format!("{:?}", story.team).contains(&member("ann").to_string()));
    // The others are as they were.
    for who in ["bob", "eve", "kim"] {
        assert!(is_in(&after, member(who)), "{who}");
    }
    story.runs("bob", OwnCall::Me);
    assert!(story.told().contains("1 interviews"), "bob keeps what he was told");
    // What was under way goes on, without her.
    story.works_again();
    story.hours(24);
    let told = story.told();
    assert!(!told.contains("ann"), "{told}");
    // She begins anew, if she wants.
    story.runs("ann", OwnCall::Me);
    assert!(story.told().contains("streak 0"));
}

#[test]
fn everything_about_a_member_is_in_their_export() {
    let mut story = everything();
    story.told();
    story.presses("ann", P::Export);
    let told = story.told();
    let lines: Vec<_> = told.lines().skip(1).collect();
    let text: String = lines.iter().map(|line| line.get(18..).unwrap_or_default()).collect();
    let json = text.split_once("Export: ").expect("an export").1;
    let known: serde_json::Value = serde_json::from_str(json.trim()).expect("JSON");
    for (what, least) in [
        ("questions", 4),
        ("days", 2),
        ("past_interviews", 1),
        ("questions_of_interviews", 1),
        ("missed_key_points", 1),
        ("interviews", 3),
        ("posts", 3),
        ("typed_answers", 2),
        ("labels", 6),
    ] {
        let value = &known[what];
        let len = value
            .as_array()
            .map_or_else(|| value.as_object().map_or(0, serde_json::Map::len), Vec::len);
        assert!(len >= least, "{what}: {value}");
    }
    assert_eq!(known["zone"], "Europe/Berlin");
    assert_eq!(known["settings"]["shared"], true);
    assert_eq!(known["named_in_the_weekly_post"], true);
    for what in ["last_grade", "sprint", "reminder"] {
        assert!(known[what].is_object(), "{what}: {known}");
    }
    let posts = known["posts"].as_array().expect("posts");
    for how in ["asked_for", "reacted", "seen"] {
        assert!(posts.iter().any(|post| post[how] == true), "{how}: {posts:?}");
    }
    assert_eq!(known["streak"]["days"]["2026-11-02"], "counted");
    assert_eq!(known["typed_answers"][0]["text"], TYPED);
    for other in ["bob", "eve", "kim"] {
        assert!(!json.contains(&member(other).to_string()), "it names {other}");
    }
}

#[test]
fn whoever_takes_part_in_an_interview_finishes_it_first() {
    let mut story = Story::new();
    story.begin_interview("ann", "bob");
    for who in ["ann", "bob"] {
        story.presses(who, P::ForgetForGood);
        assert!(story.last().contains("FinishInterviewFirst"), "{}", story.last());
    }
    story.end_interview("ann");
    story.presses("ann", P::Forget);
    assert!(story.last().contains("FinishInterviewFirst"), "scorecards are not open yet");
    story.at("2026-11-05T09:00:00Z");
    story.presses("ann", P::ForgetForGood);
    assert_eq!(story.last(), "Forgotten");
}

#[test]
fn older_files_are_rewritten_until_that_works() {
    let mut story = Story::new();
    story.presses("ann", P::Answer(key("git-0")));
    story.fails(Failure::Unavailable { reason: "the disk is full".to_owned() });
    story.presses("ann", P::ForgetForGood);
    assert_eq!(story.rewritten, 0);
    story.restarts();
    assert_eq!(story.rewritten, 1, "at the next start");
    story.restarts();
    story.happens(&Input::Woke);
    assert_eq!(story.rewritten, 1, "and then never again");
}

/// Whether the team knows a member.
fn knows(story: &Story, who: &str) -> bool {
    story.team.knows(member(who))
}

/// Whether today counts for a member, as they read it.
fn counts_today(story: &mut Story, who: &str) -> bool {
    story.told();
    story.runs(who, OwnCall::Me);
    let told = story.told();
    assert!(told.contains("streak "), "{told}");
    !told.contains("(today is open)")
}

#[test]
fn an_old_reaction_brings_nobody_back_and_those_of_others_still_count() {
    let mut story = Story::new();
    for who in ["ann", "bob"] {
        story.presses(who, P::Answer(key("git-0")));
    }
    story.hours(24 * 4);
    story.quiz("eve", "sql");
    story.reacts("ann");
    story.presses("ann", P::ForgetForGood);
    assert_eq!(story.last(), "Forgotten");
    // Bob and kim react while the bot is away.
    story.reacts_unseen("bob");
    story.reacts_unseen("kim");
    story.connects();
    assert!(!knows(&story, "ann"), "her reaction is older than her being forgotten");
    assert!(counts_today(&mut story, "bob"));
    // Nobody knows whether kim is not somebody who was forgotten.
    assert!(!knows(&story, "kim"));
    story.reacts("kim");
    assert!(knows(&story, "kim"), "of what happens now there is no doubt");
}

#[test]
fn whoever_comes_back_gets_nothing_for_an_old_reaction() {
    let mut story = Story::new();
    story.presses("ann", P::Answer(key("git-0")));
    story.hours(24 * 4);
    story.quiz("eve", "sql");
    story.reacts("ann");
    story.presses("ann", P::ForgetForGood);
    story.presses("ann", P::Answer(key("git-0")));
    story.hours(24);
    story.connects();
    assert!(!counts_today(&mut story, "ann"));
}

#[test]
fn a_list_of_reactions_that_was_read_before_and_comes_after_brings_nobody_back() {
    let mut story = Story::new();
    story.quiz("eve", "sql");
    story.presses("ann", P::Answer(key("git-0")));
    // She reacts while nobody looks; the list is being read when she is forgotten.
    story.reacts_unseen("ann");
    let moment = Moment { now: story.now, chance: 7, bank: &story.bank, rules: &story.rules };
    let reading =
        story.team.decide(moment, &Input::Connected { channels: vec![crate::story::PREP] });
    for change in &reading.changes {
        story.team.apply(change);
    }
    let order = OrderId::of_post(story.post, Step::Catch);
    assert!(reading.effects.iter().any(|effect| effect.order() == Some(order)));
    story.presses("ann", P::ForgetForGood);
    let members = vec![member("ann")];
    story.happens(&Input::Delivered { order, outcome: Outcome::Reactors { members } });
    assert!(!knows(&story, "ann"));
}

#[test]
fn an_interview_stays_with_its_candidate_and_has_an_interviewer_still() {
    let mut story = Story::new();
    story.interview("bob", "ann", &[1, 2]);
    story.interview("ann", "bob", &[1, 2]);
    let team = |story: &Story| format!("{:?}", story.team);
    story.presses("ann", P::ForgetForGood);
    assert_eq!(story.last(), "Forgotten");
    // Not one that the bot led, and not one in which somebody is to be put into the thread.
    assert_eq!(team(&story).matches("candidate: MemberId").count(), 1);
    assert!(team(&story).contains("interviewers: [MemberId(0)]"), "{}", team(&story));
    story.told();
    story.restarts();
    story.connects();
    assert!(!story.told().contains("MemberId(0)"));
    story.runs("bob", OwnCall::Me);
    assert!(story.told().contains("1 interviews"));
}

#[test]
fn nothing_is_left_of_a_private_chat_and_what_comes_late_does_not_bring_it_back() {
    let mut story = Story::new();
    story.in_private();
    story.moves("ann", "Europe/Berlin");
    story.chooses("ann", OwnMenu::Reminder, 3);
    story.quiz("ann", "git");
    story.reacts("ann");
    story.runs("ann", OwnCall::Sprint { minutes: None, topic: None });
    let post = story.post;
    story.presses("ann", P::Forget);
    assert_eq!(story.last(), "ForgetReally");
    story.presses("ann", P::ForgetForGood);
    assert_eq!(story.last(), "Forgotten");
    assert!(story.team.is_nothing());
    // The process may start before older files are gone; what was under way may end.
    story.restarts();
    for order in [
        OrderId::of_post(post, Step::Catch),
        OrderId::of_post(post, Step::Tell),
        OrderId::Reminder { member: member("ann"), day: 20_000 },
        OrderId::Rewrite,
    ] {
        for outcome in [
            Outcome::Done,
            Outcome::Reactors { members: vec![member("ann")] },
            Outcome::Failed(Failure::Unavailable { reason: "down".to_owned() }),
        ] {
            story.happens(&Input::Delivered { order, outcome });
        }
    }
    story.reacts("ann");
    story.happens(&Input::Woke);
    assert!(story.team.is_nothing());
    // She begins anew, if she wants.
    assert!(!counts_today(&mut story, "ann"));
    story.presses("ann", P::Answer(key("git-0")));
    assert!(counts_today(&mut story, "ann"));
}
