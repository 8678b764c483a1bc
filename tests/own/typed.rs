//! Typed answers: what counts, how it goes on from there, what is kept and for how long. How well an
//! answer is judged is tested where that is done: here thresholds see to what is unsure.

use insta::assert_snapshot;
use mockingbird::bank::{Question, QuestionBank};
use mockingbird::judge::Thresholds;
use mockingbird::practice::own::{Flow, Grade, OwnCall, OwnPress as P};
use mockingbird::practice::rules::Rules;

use crate::seed::{key, questions};
use crate::story::Story;

/// Nothing is covered and nothing is missing.
const UNSURE: Thresholds = Thresholds { covered: 100, unsure: 0 };
/// Everything is covered.
const COVERED: Thresholds = Thresholds { covered: 0, unsure: 0 };

fn story(judge: Thresholds) -> Story {
    Story::with(Rules { judge, ..Story::rules() })
}

/// What ann takes with her about what she typed.
fn export(story: &mut Story) -> serde_json::Value {
    story.told();
    story.presses("ann", P::Export);
    let told = story.told();
    let lines = told.lines().skip(1).map(|line| line.get(18..).unwrap_or_default());
    let text: String = lines.collect();
    let json = text.split_once("Export: ").expect("an export").1;
    serde_json::from_str(json.trim()).expect("JSON")
}

fn many(known: &serde_json::Value, what: &str) -> usize {
    known[what].as_array().expect("a list").len()
}

#[test]
fn a_typed_answer_is_an_attempt_and_leads_to_the_answer_and_a_grade() {
    let mut story = story(UNSURE);
    story.quiz("bob", "git");
    let asked = story.asked();
    let of = key(&asked);
    story.told();
    story.presses("ann", P::Type(of, Flow::New));
    story.types_answer("ann", &asked, Flow::New, "It keeps a tree of objects.");
    story.says("ann", &asked, Flow::Here, (0, true));
    story.says("ann", &asked, Flow::Here, (1, false));
    story.says("ann", &asked, Flow::Here, (1, true));
    story.presses("ann", P::Answer(of));
    story.chooses_points("ann", &asked, Flow::Here, &[0, 2]);
    story.presses("ann", P::Grade(of, Grade::Partly));
    story.says("ann", &asked, Flow::Here, (0, true));
    story.chooses_points("ann", &asked, Flow::Here, &[0]);
    story.presses("ann", P::TakeBack(of));
    assert_snapshot!(story.told());
    let known = export(&mut story);
    assert_eq!((many(&known, "typed_answers"), many(&known, "labels")), (0, 5), "{known}");
    assert_eq!(known["labels"][1]["you_said_it"], false, "the last word counts");
    assert_eq!(known["labels"][2]["you_said_it"], true);
}

#[test]
fn whoever_types_in_a_review_goes_on_with_it_on_the_same_message() {
    let mut story = story(COVERED);
    for id in ["git-0", "git-1"] {
        story.presses("ann", P::Answer(key(id)));
        story.presses("ann", P::Grade(key(id), Grade::Missed));
    }
    story.hours(24);
    story.told();
    story.runs("ann", OwnCall::Review);
    let first = story.under_review();
    let of = key(&first);
    story.presses("ann", P::Type(of, Flow::Review));
    story.types_answer("ann", &first, Flow::Review, "It is a graph.");
    story.presses("ann", P::ReviewAnswer(of));
    story.chooses_points("ann", &first, Flow::Review, &[0, 1, 2, 3, 4]);
    story.presses("ann", P::ReviewGrade(of, Grade::GotIt));
    assert_snapshot!(story.told());
}

#[test]
fn whoever_types_in_a_sprint_goes_on_with_it_even_when_its_time_is_up() {
    let mut story = story(UNSURE);
    story.runs("ann", OwnCall::Sprint { minutes: Some(5), topic: None });
    let last = story.last();
    let first = last.split_once("] ").expect("a step").1.split(' ').next().expect("a name");
    let of = key(first);
    let sprint = story.sprint;
    story.told();
    story.presses("ann", P::Type(of, Flow::Sprint));
    // The time is up while she types.
    story.now += jiff::SignedDuration::from_mins(9);
    story.types_answer("ann", first, Flow::Sprint, "It is a graph.");
    story.says("ann", first, Flow::Sprint, (4, true));
    story.presses("ann", P::SprintAnswer(sprint, 0));
    story.presses("ann", P::SprintGrade(sprint, 0, Grade::GotIt));
    // What she typed on another device comes late: it is judged beside the sprint.
    story.types_answer("ann", first, Flow::Sprint, "It is a graph, I say.");
    assert_snapshot!(story.told());
}

#[test]
fn what_nobody_can_read_is_no_attempt() {
    let mut story = story(COVERED);
    for text in ["", " \n\t ", "\u{0}\u{202e}\u{200b}", "?!… —", "👍👍"] {
        story.types_answer("ann", "git-0", Flow::New, text);
        assert!(story.last().contains("NothingToRead"), "{text:?}: {}", story.last());
    }
    story.runs("ann", OwnCall::Me);
    assert!(story.last().contains("streak 0") || story.told().contains("streak 0"));
    let known = export(&mut story);
    assert_eq!((many(&known, "questions"), many(&known, "typed_answers")), (0, 0));
    story.types_answer("ann", "git-0", Flow::New, "It is a graph.");
    let known = export(&mut story);
    assert_eq!((many(&known, "questions"), many(&known, "typed_answers")), (1, 1));
    assert_eq!(known["streak"]["length"], 1);
    assert_eq!(known["questions"][0]["graded"], serde_json::Value::Null, "met, and due");
}

#[test]
fn only_the_last_three_are_kept_and_presses_on_older_ones_are_told_so() {
    let mut story = story(UNSURE);
    for id in ["git-0", "git-1", "git-2", "git-3", "git-2"] {
        story.types_answer("ann", id, Flow::New, &format!("All that I know of {id}."));
    }
    let known = export(&mut story);
    let typed = known["typed_answers"].as_array().expect("a list").iter();
    let kept: Vec<_> = typed.map(|one| one["question"].as_str().expect("a name")).collect();
    assert_eq!(kept, ["git-1", "git-3", "git-2"]);
    story.restarts();
    story.says("ann", "git-0", Flow::Here, (0, true));
    assert!(story.last().contains("TypedGone"), "{}", story.last());
    for id in ["git-1", "git-2", "git-3"] {
        story.says("ann", id, Flow::Here, (0, true));
        assert!(story.last().contains("typed [++ ? ? ? ?]"), "{}", story.last());
    }
    // A point that is not there.
    story.says("ann", "git-1", Flow::Here, (5, true));
    assert!(story.last().contains("TypedGone"), "{}", story.last());
}

#[test]
fn a_typed_answer_is_held_against_its_own_key_points_only() {
    let mut story = story(UNSURE);
    story.types_answer("ann", "git-0", Flow::New, "It is a graph.");
    let other = questions().map(|mut question: Question| {
        question.key_points.truncate(3);
        question
    });
    story.bank = QuestionBank::of(other);
    story.says("ann", "git-0", Flow::Here, (0, true));
    assert!(story.last().contains("TypedGone"), "{}", story.last());
    story.presses("ann", P::Answer(key("git-0")));
    assert!(!story.last().contains("typed"), "{}", story.last());
    story.bank = QuestionBank::of([]);
    story.types_answer("ann", "git-0", Flow::New, "It is a graph.");
    assert!(story.last().contains("QuestionGone"), "{}", story.last());
}

#[test]
fn every_grade_of_a_question_lets_go_of_what_was_typed() {
    let mut story = story(COVERED);
    story.quiz("bob", "git");
    let asked = story.asked();
    let of = key(&asked);
    let grades = [
        P::GradePost(story.post, Grade::Missed),
        P::Grade(of, Grade::GotIt),
        // The same once more.
        P::Grade(of, Grade::GotIt),
        P::ReviewGrade(of, Grade::Easy),
    ];
    for grade in grades {
        story.types_answer("ann", &asked, Flow::New, "It is a graph.");
        assert_eq!(many(&export(&mut story), "typed_answers"), 1);
        story.presses("ann", grade);
        assert_eq!(many(&export(&mut story), "typed_answers"), 0, "{grade:?}");
    }
}

#[test]
fn five_hundred_labels_are_kept_and_the_oldest_go() {
    let mut story = story(UNSURE);
    for round in 0..105 {
        story.types_answer("ann", "git-0", Flow::New, &format!("It is a graph {round}."));
        story.chooses_points("ann", "git-0", Flow::Here, &[0]);
        story.now += jiff::SignedDuration::from_secs(1);
    }
    let known = export(&mut story);
    assert_eq!(many(&known, "labels"), 500);
    assert_eq!(known["labels"][0]["typed_at"], "2026-11-02T08:00:05Z");
}

#[test]
fn what_nobody_grades_is_let_go_of_after_a_week_also_when_the_bot_was_away() {
    let mut story = story(UNSURE);
    story.types_answer("ann", "git-0", Flow::New, "It is a graph.");
    story.hours(24);
    story.types_answer("ann", "git-1", Flow::New, "It is a graph.");
    assert_eq!(story.wakes(), "2026-11-09T08:00:00Z");
    story.hours(24 * 6 - 1);
    assert_eq!(many(&export(&mut story), "typed_answers"), 2);
    story.hours(1);
    assert_eq!(many(&export(&mut story), "typed_answers"), 1);
    story.says("ann", "git-1", Flow::Here, (0, true));
    story.away_until("2026-11-12T08:00:00Z");
    let known = export(&mut story);
    assert_eq!((many(&known, "typed_answers"), many(&known, "labels")), (0, 1));
    assert_eq!(story.wakes(), "never");
}

#[test]
fn a_press_is_about_the_answer_under_which_it_stands_and_never_about_another() {
    let mut story = story(UNSURE);
    story.types_answer("ann", "git-0", Flow::New, "It is a graph.");
    let first = story.typed_of("ann", "git-0");
    story.now += jiff::SignedDuration::from_secs(1);
    story.types_answer("ann", "git-0", Flow::New, "It is a graph of commits.");
    let second = story.typed_of("ann", "git-0");
    assert_ne!(first, second);
    for press in
        [P::Said(first, Flow::Here, 0, true), P::Said(key("git-0").number(), Flow::Here, 0, true)]
    {
        story.presses("ann", press);
        assert!(story.last().contains("TypedGone"), "{}", story.last());
    }
    story.presses("bob", P::Said(second, Flow::Here, 0, true));
    assert!(story.last().contains("TypedGone"), "somebody else's: {}", story.last());
    assert_eq!(many(&export(&mut story), "labels"), 0);
    story.restarts();
    story.presses("ann", P::Said(second, Flow::Here, 0, true));
    assert_eq!(many(&export(&mut story), "labels"), 1);
}

#[test]
fn a_step_of_a_sprint_that_was_graded_elsewhere_lets_go_of_what_was_typed() {
    let mut story = story(COVERED);
    story.runs("ann", OwnCall::Sprint { minutes: Some(5), topic: None });
    let last = story.last();
    let first = last.split_once("] ").expect("a step").1.split(' ').next().expect("a name");
    for id in [first, "sql-3"] {
        story.presses("ann", P::Grade(key(id), Grade::Missed));
    }
    story.types_answer("ann", first, Flow::Sprint, "It is a graph.");
    story.presses("ann", P::SprintGrade(story.sprint, 0, Grade::GotIt));
    assert!(story.last().contains("Missed"), "the first grade stands: {}", story.last());
    assert_eq!(many(&export(&mut story), "typed_answers"), 0);
}

#[test]
fn an_export_says_what_was_typed_what_was_found_and_what_the_member_said() {
    let mut story = story(UNSURE);
    story.types_answer("ann", "git-0", Flow::New, &"Ä graph. ".repeat(600));
    story.says("ann", "git-0", Flow::Here, (3, true));
    let known = export(&mut story);
    let typed = &known["typed_answers"][0];
    let text = typed["text"].as_str().expect("a text");
    assert_eq!((text.chars().count(), &text[..9]), (4_000, "Ä graph."));
    assert_eq!(
        (&typed["question"], &typed["at"]),
        (&"git-0".into(), &"2026-11-02T08:00:00Z".into())
    );
    let point = &typed["key_points"][3];
    assert_eq!(
        (&point["key_point"], &point["seen"]["state"]),
        (&"git-0 3".into(), &"unsure".into())
    );
    let label = &known["labels"][0];
    assert_eq!((&label["key_point"], &label["you_said_it"]), (&"git-0 3".into(), &true.into()));
    assert_eq!(label["seen"], point["seen"]);
    let kept: Vec<_> = story.team.labels().map(|label| (label.point, label.said)).collect();
    assert_eq!(kept, [(3, true)], "for whoever sets the thresholds");
    // Without its question there are numbers.
    story.bank = QuestionBank::of([]);
    let known = export(&mut story);
    assert_eq!(known["labels"][0]["key_point"], 3);
    assert_eq!(known["typed_answers"][0]["text"], text);
}
