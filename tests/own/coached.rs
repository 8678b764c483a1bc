//! The coach: that nothing is sent to it before a member has agreed to that, what it is asked, and
//! what becomes of its opinion. How it is asked is tested where that is done.

use insta::assert_snapshot;
use mockingbird::bank::{Question, QuestionBank};
use mockingbird::judge::{InDoubt, Made, Opinion, PointOpinion, Thresholds};
use mockingbird::practice::own::{Flow, Grade, OwnCall, OwnPress as P};
use mockingbird::practice::rules::{CoachRule, Rules};
use mockingbird::practice::{Effect, Input, Outcome};

use crate::seed::{key, questions};
use crate::story::{Death, Story};

/// Nothing is covered and nothing is missing.
const UNSURE: Thresholds = Thresholds { covered: 100, unsure: 0 };
/// Everything is covered.
const COVERED: Thresholds = Thresholds { covered: 0, unsure: 0 };
/// Everything is missing.
const MISSING: Thresholds = Thresholds { covered: 100, unsure: 100 };

fn coach() -> CoachRule {
    CoachRule { address: "http://127.0.0.1:11434/v1".to_owned(), model: "small".to_owned() }
}

fn other_coach() -> CoachRule {
    CoachRule { address: "https://api.example.org/v1".to_owned(), ..coach() }
}

fn point(number: u8, made: Made, contradicted: bool, quote: Option<&str>) -> PointOpinion {
    PointOpinion { number, made, contradicted, quote: quote.map(str::to_owned) }
}

/// A yes, a no, a contradiction, and one that it cannot tell.
fn opinion() -> Opinion {
    let points = vec![
        point(1, Made::Yes, false, Some("a graph")),
        point(2, Made::No, false, None),
        point(3, Made::No, true, Some("It is")),
        point(4, Made::Unclear, false, None),
    ];
    Opinion { points }
}

fn story_with(judge: Thresholds) -> Story {
    let mut story = Story::with(Rules { judge, coach: Some(coach()), ..Story::rules() });
    story.opinion = Some(opinion());
    story
}

fn story() -> Story {
    story_with(UNSURE)
}

/// Types an answer; its name.
fn types(story: &mut Story, who: &str) -> u64 {
    story.types_answer(who, "git-0", Flow::New, "It is a graph.");
    story.typed_of(who, "git-0")
}

fn agrees(story: &mut Story, who: &str, typed: u64) {
    story.presses(who, P::CoachAgree(typed, Flow::Here, coach().name()));
}

#[test]
fn nothing_is_sent_before_the_member_has_read_what_goes_where_and_agreed() {
    let mut story = story();
    let typed = types(&mut story, "ann");
    story.presses("ann", P::Coach(typed, Flow::Here));
    assert_eq!(story.asked_of_coach, []);
    story.presses("ann", P::CoachLater(typed, Flow::Here));
    story.presses("ann", P::Coach(typed, Flow::Here));
    assert_eq!(story.asked_of_coach, []);
    agrees(&mut story, "ann", typed);
    // Once more shows what is known.
    story.presses("ann", P::Coach(typed, Flow::Here));
    story.says("ann", "git-0", Flow::Here, (1, true));
    assert_snapshot!(story.told(), @r#"
    Nov 02 Mon 08:00  ann types to git-0 (New): "It is a graph."
    Nov 02 Mon 08:00    to ann: git-0 (met, typed [? ? ? ? ?], coach offered), typed, streak 1
    Nov 02 Mon 08:00  ann presses Coach(14907738162220047678, Here)
    Nov 02 Mon 08:00    to ann (update): Send git-0 with 5 points to small at http://127.0.0.1:11434/v1?
    Nov 02 Mon 08:00  ann presses CoachLater(14907738162220047678, Here)
    Nov 02 Mon 08:00    to ann (update): git-0 (met, typed [? ? ? ? ?], coach offered), typed
    Nov 02 Mon 08:00  ann presses Coach(14907738162220047678, Here)
    Nov 02 Mon 08:00    to ann (update): Send git-0 with 5 points to small at http://127.0.0.1:11434/v1?
    Nov 02 Mon 08:00  ann presses CoachAgree(14907738162220047678, Here, 16851517045091785277)
    Nov 02 Mon 08:00    to ann (update): git-0 (met, typed [? ? ? ? ?], coach asked), typed
    Nov 02 Mon 08:00    to ann (amended): git-0 (met, typed [? (yes "a graph") ? (no "") ? (wrong "It is") ? (unclear "") ?], coach spoke), typed
    Nov 02 Mon 08:00  ann presses Coach(14907738162220047678, Here)
    Nov 02 Mon 08:00    to ann (update): git-0 (met, typed [? (yes "a graph") ? (no "") ? (wrong "It is") ? (unclear "") ?], coach spoke), typed
    Nov 02 Mon 08:00  ann says that they made 1 of git-0
    Nov 02 Mon 08:00    to ann (update): git-0 (met, typed [? (yes "a graph") ++ (no "") ? (wrong "It is") ? (unclear "") ?], coach spoke), typed
    "#);
    let [asked] = story.asked_of_coach.as_slice() else { panic!("{:?}", story.asked_of_coach) };
    assert_eq!(
        (asked.question.as_str(), asked.text.as_str()),
        ("What about git-0?", "It is a graph.")
    );
    let doubts = (1..=5).map(|number| InDoubt { number, point: format!("git-0 {}", number - 1) });
    assert_eq!(asked.points, doubts.collect::<Vec<_>>());
    // The next answer is sent at once.
    story.types_answer("ann", "git-1", Flow::New, "It is a tree.");
    story.presses("ann", P::Coach(story.typed_of("ann", "git-1"), Flow::Here));
    assert_eq!(story.asked_of_coach.len(), 2);
    // Of somebody else nothing is.
    let typed = types(&mut story, "bob");
    story.presses("bob", P::Coach(typed, Flow::Here));
    assert!(story.last().starts_with("Send git-0"), "{}", story.last());
    assert_eq!(story.asked_of_coach.len(), 2);
}

#[test]
fn whoever_says_never_is_not_asked_again_until_they_settle_otherwise() {
    let mut story = story();
    let typed = types(&mut story, "ann");
    story.presses("ann", P::Coach(typed, Flow::Here));
    story.presses("ann", P::CoachNever(typed, Flow::Here, coach().name()));
    assert!(!story.last().contains("coach"), "{}", story.last());
    story.presses("ann", P::Coach(typed, Flow::Here));
    assert_eq!(story.last(), "No: Own(CoachNotWanted)");
    story.restarts();
    let typed = types(&mut story, "ann");
    assert!(!story.last().contains("coach"), "{}", story.last());
    story.presses("ann", P::Settings);
    assert!(story.last().ends_with("never a coach"), "{}", story.last());
    story.presses("ann", P::CoachSetting(true));
    assert!(story.last().ends_with("the coach asks first"), "{}", story.last());
    story.presses("ann", P::Coach(typed, Flow::Here));
    assert!(story.last().starts_with("Send git-0"), "{}", story.last());
    assert_eq!(story.asked_of_coach, []);
    agrees(&mut story, "ann", typed);
    story.presses("ann", P::Settings);
    assert!(story.last().ends_with("the coach may read"), "{}", story.last());
    story.presses("ann", P::CoachSetting(false));
    assert!(story.last().ends_with("never a coach"), "{}", story.last());
    assert_eq!(story.asked_of_coach.len(), 1);
}

#[test]
fn another_address_or_model_is_another_coach() {
    let mut story = story();
    let typed = types(&mut story, "ann");
    story.presses("ann", P::Coach(typed, Flow::Here));
    story.rules.coach = Some(other_coach());
    // What she reads is of the old one.
    agrees(&mut story, "ann", typed);
    assert_eq!(story.last(), "Send git-0 with 5 points to small at https://api.example.org/v1?");
    assert_eq!(story.asked_of_coach, []);
    story.presses("ann", P::CoachAgree(typed, Flow::Here, other_coach().name()));
    assert_eq!(story.asked_of_coach.len(), 1);
    story.rules.coach = Some(CoachRule { model: "large".to_owned(), ..other_coach() });
    let typed = types(&mut story, "ann");
    story.presses("ann", P::Coach(typed, Flow::Here));
    assert!(story.last().starts_with("Send git-0"), "{}", story.last());
    // A no to the old one is none to this one.
    story.presses("ann", P::CoachNever(typed, Flow::Here, coach().name()));
    assert!(story.last().ends_with("coach offered), typed"), "{}", story.last());
    story.rules.coach = None;
    for press in [P::Coach(typed, Flow::Here), P::CoachAgree(typed, Flow::Here, coach().name())] {
        story.presses("ann", press);
        assert_eq!(story.last(), "No: Own(NoCoach)");
    }
    story.presses("ann", P::CoachLater(typed, Flow::Here));
    assert!(!story.last().contains("coach"), "{}", story.last());
    story.presses("ann", P::CoachSetting(false));
    assert!(!story.last().contains("coach"), "{}", story.last());
    assert_eq!(story.asked_of_coach.len(), 1);
    let names = [coach(), other_coach(), CoachRule { model: "smal".to_owned(), ..coach() }];
    let names: std::collections::BTreeSet<_> = names.iter().map(CoachRule::name).collect();
    assert_eq!(names.len(), 3);
}

#[test]
fn a_coach_that_does_not_answer_leaves_everything_as_it_was_and_can_be_asked_again() {
    let mut story = story();
    let typed = types(&mut story, "ann");
    let before = story.last();
    story.opinion = None;
    agrees(&mut story, "ann", typed);
    let (before, _) = before.split_once(", coach").expect("it is offered");
    assert!(story.last().ends_with("coach silent), typed"), "{}", story.last());
    assert!(story.last().starts_with(before.trim_end_matches(')')), "{}", story.last());
    story.opinion = Some(opinion());
    story.presses("ann", P::Coach(typed, Flow::Here));
    assert!(story.last().ends_with("coach spoke), typed"), "{}", story.last());
}

#[test]
fn what_is_missing_or_decided_is_not_asked_about() {
    let mut story = story_with(MISSING);
    let typed = types(&mut story, "ann");
    assert!(!story.last().contains("coach"), "{}", story.last());
    agrees(&mut story, "ann", typed);
    assert!(story.last().ends_with("typed"), "{}", story.last());
    assert_eq!(story.asked_of_coach, []);
    let mut story = self::story();
    let typed = types(&mut story, "ann");
    for (point, said) in [(0, true), (2, false), (4, true)] {
        story.says("ann", "git-0", Flow::Here, (point, said));
    }
    agrees(&mut story, "ann", typed);
    let numbers = story.asked_of_coach[0].points.iter().map(|point| point.number);
    assert_eq!(numbers.collect::<Vec<_>>(), [2, 4], "what she has decided is not in doubt");
    let mut story = self::story();
    types(&mut story, "ann");
    for point in 0..5 {
        story.says("ann", "git-0", Flow::Here, (point, true));
    }
    assert!(!story.last().contains("coach"), "nothing is left: {}", story.last());
}

#[test]
fn what_was_found_is_asked_about_because_the_answer_may_say_the_opposite() {
    let mut story = story_with(COVERED);
    let typed = types(&mut story, "ann");
    assert!(story.last().contains("typed [+ + + + +], coach offered"), "{}", story.last());
    story.presses("ann", P::Coach(typed, Flow::Here));
    assert!(story.last().starts_with("Send git-0 with 5 points"), "{}", story.last());
    agrees(&mut story, "ann", typed);
    let told = "typed [+ (yes \"a graph\") + (no \"\") + (wrong \"It is\") + (unclear \"\") +]";
    assert!(story.last().contains(told), "no state moves: {}", story.last());
    assert_eq!(story.team.labels().count(), 0);
    story.presses("ann", P::Answer(key("git-0")));
    assert!(story.last().contains(told), "{}", story.last());
}

#[test]
fn at_most_eight_points_are_asked_about() {
    let mut story = story();
    let many = questions().map(|mut question: Question| {
        let point = question.key_points[0].clone();
        question.key_points.resize(12, point);
        question
    });
    story.bank = QuestionBank::of(many);
    let typed = types(&mut story, "ann");
    agrees(&mut story, "ann", typed);
    assert_eq!(story.asked_of_coach[0].points.len(), 8);
}

#[test]
fn an_opinion_moves_no_score_no_state_and_no_suggestion() {
    let mut story = story();
    let typed = types(&mut story, "ann");
    let without = format!("{:?}", story.team.labels().collect::<Vec<_>>());
    agrees(&mut story, "ann", typed);
    assert_eq!(format!("{:?}", story.team.labels().collect::<Vec<_>>()), without);
    story.presses("ann", P::Answer(key("git-0")));
    assert!(story.last().contains("typed [? (yes \"a graph\") ?"), "{}", story.last());
}

/// A coach that thinks for a while; what it will say in the end.
fn thinks(story: &mut Story) -> (u64, Input) {
    story.coach_thinks = true;
    let typed = types(story, "ann");
    agrees(story, "ann", typed);
    assert!(story.last().ends_with("coach asked), typed"), "{}", story.last());
    let late = story.held_back.pop().expect("an outcome");
    (typed, late)
}

#[test]
fn an_opinion_that_comes_late_is_told_to_nobody_who_has_gone_on() {
    let goes_on: [fn(&mut Story); 5] = [
        |story| story.presses("ann", P::Grade(key("git-0"), Grade::GotIt)),
        |story| {
            story.now += jiff::SignedDuration::from_secs(1);
            story.types_answer("ann", "git-0", Flow::New, "It is a graph of commits.");
        },
        |story| story.hours(24 * 7),
        |story| story.presses("ann", P::ForgetForGood),
        |story| story.bank = QuestionBank::of([]),
    ];
    for (number, goes_on) in goes_on.into_iter().enumerate() {
        let mut story = story();
        let (_, late) = thinks(&mut story);
        goes_on(&mut story);
        story.told();
        let before = story.journal.len();
        story.happens(&late);
        assert_eq!((number, story.told()), (number, String::new()));
        let nothing: Vec<u8> = postcard::to_allocvec(&Vec::<u8>::new()).expect("bytes");
        assert_eq!(story.journal[before..], [nothing], "nothing of it is kept");
    }
}

#[test]
fn an_opinion_that_comes_late_tells_of_what_was_decided_meanwhile() {
    let mut story = story();
    let (_, late) = thinks(&mut story);
    story.says("ann", "git-0", Flow::Here, (0, false));
    story.happens(&late);
    assert!(story.last().contains("typed [-- (yes \"a graph\") ? (no \"\")"), "{}", story.last());
    // Twice is once.
    let before = format!("{:?}", story.team);
    story.happens(&late);
    assert_eq!(format!("{:?}", story.team), before);
}

#[test]
fn an_effect_that_failed_leaves_the_typed_answer_as_it_was() {
    let mut story = story();
    let (typed, late) = thinks(&mut story);
    let Input::Delivered { order, .. } = late else { panic!("{late:?}") };
    story.told();
    let outcomes = [Outcome::Done, Outcome::Failed(mockingbird::practice::effect::Failure::Late)];
    for outcome in outcomes {
        story.happens(&Input::Delivered { order, outcome });
        assert_eq!(story.told(), "");
    }
    story.coach_thinks = false;
    story.presses("ann", P::Coach(typed, Flow::Here));
    assert!(story.last().ends_with("coach spoke), typed"), "{}", story.last());
}

#[test]
fn in_a_review_and_a_sprint_it_goes_on_from_the_opinion() {
    let mut story = story();
    story.presses("ann", P::Answer(key("git-0")));
    story.presses("ann", P::Grade(key("git-0"), Grade::Missed));
    story.hours(24);
    story.runs("ann", OwnCall::Review);
    let first = story.under_review();
    story.types_answer("ann", &first, Flow::Review, "It is a graph.");
    let typed = story.typed_of("ann", &first);
    story.presses("ann", P::CoachAgree(typed, Flow::Review, coach().name()));
    assert!(story.last().starts_with("[1 due, "), "{}", story.last());
    story.runs("ann", OwnCall::Sprint { minutes: Some(5), topic: None });
    let last = story.last();
    let step = last.split_once("] ").expect("a step").1.split(' ').next().expect("a name");
    story.types_answer("ann", step, Flow::Sprint, "It is a graph.");
    let typed = story.typed_of("ann", step);
    story.presses("ann", P::Coach(typed, Flow::Sprint));
    assert!(story.last().starts_with("[1 of "), "{}", story.last());
    // The button under which it stands is the one on that message.
    story.coach_thinks = true;
    story.now += jiff::SignedDuration::from_secs(1);
    story.types_answer("ann", step, Flow::New, "It is a graph of commits.");
    let typed = story.typed_of("ann", step);
    story.presses("ann", P::Coach(typed, Flow::New));
    let late = story.held_back.pop().expect("an outcome");
    let moment = mockingbird::practice::Moment {
        now: story.now,
        chance: 7,
        bank: &story.bank,
        rules: &story.rules,
    };
    let effects = story.team.decide(moment, &late).effects;
    let [Effect::Amend { under, .. }] = effects.as_slice() else { panic!("{effects:?}") };
    let here = mockingbird::practice::input::Press::Own(P::Coach(typed, Flow::Here));
    assert_eq!(*under, here);
}

#[test]
fn wherever_the_process_dies_the_coach_can_be_asked_again() {
    let tells = |story: &mut Story| {
        let typed = types(story, "ann");
        agrees(story, "ann", typed);
        typed
    };
    let mut whole = story();
    tells(&mut whole);
    assert_eq!(whole.effects, 1);
    for happens in [false, true] {
        let mut story = story();
        story.death = Some(Death { at: 1, happens, away: jiff::SignedDuration::ZERO });
        let typed = tells(&mut story);
        assert!(story.death.is_none(), "it died");
        // What she agreed to is kept.
        story.presses("ann", P::Coach(typed, Flow::Here));
        assert!(story.last().ends_with("coach spoke), typed"), "{}", story.last());
        assert_eq!(format!("{:?}", story.team), format!("{:?}", whole.team));
    }
}

#[test]
fn what_was_agreed_and_what_the_coach_said_is_taken_along_and_forgotten() {
    let mut story = story();
    let typed = types(&mut story, "ann");
    agrees(&mut story, "ann", typed);
    story.told();
    story.presses("ann", P::Export);
    let told = story.told();
    for part in ["\"may_read_typed_answers\": true", "\"quote\": \"a graph\"", "\"made\": \"yes\""]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    story.presses("ann", P::Grade(key("git-0"), Grade::GotIt));
    assert!(!format!("{:?}", story.team).contains("a graph"), "it goes with the text");
    let typed = types(&mut story, "ann");
    story.presses("ann", P::Coach(typed, Flow::Here));
    story.presses("ann", P::ForgetForGood);
    let left = format!("{:?}", story.team);
    assert!(!left.contains("a graph") && !left.contains("Consent"), "{left}");
}
