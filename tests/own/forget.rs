//! Exporting and forgetting a member.

use mockingbird::practice::effect::{Failure, OrderId, Step};
use mockingbird::practice::own::state::Fault;
use mockingbird::practice::own::{Grade, OwnCall, OwnForm, OwnMenu, OwnPress as P};
use mockingbird::practice::{Input, MemberId, Moment, Outcome};

use crate::seed::{key, member};
use crate::story::Story;

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
    // Her streak is at stake, and she is reminded; the news of that never comes.
    story.presses("ann", P::Answer(key("http-0")));
    // The weekly post names her, and is on its way when she is forgotten.
    story.at("2026-11-09T08:59:00Z");
    story.fails(Failure::Unavailable { reason: "down".to_owned() });
    story.at("2026-11-09T09:00:01Z");
    assert!(story.told().contains("fails"), "the weekly post waits");
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
        ("posts", 2),
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
    assert_eq!(known["streak"]["days"]["2026-11-02"], "counted");
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
