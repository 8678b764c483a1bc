//! Random people press random buttons, while things fail and the process dies. Nothing panics, no
//! request stays unanswered, nobody is reminded twice a day, and the state is what its changes make
//! of it: the story itself sees to that at every step.

use jiff::SignedDuration;
use mockingbird::judge::{Made, Opinion, PointOpinion, Thresholds};
use mockingbird::practice::effect::Failure;
use mockingbird::practice::own::call::Period;
use mockingbird::practice::own::state::Fault;
use mockingbird::practice::own::{Flow, Grade, OwnCall, OwnForm, OwnMenu, OwnPress as P};
use mockingbird::practice::rules::{CoachRule, Rules};
use proptest::prelude::*;

use crate::forget::is_told_of;
use crate::seed::{PEOPLE, key, questions};
use crate::story::{Death, Story};

#[derive(Debug, Clone, Copy)]
struct Step {
    who: u8,
    what: u8,
    a: u8,
    b: u8,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (0_u8..4, 0_u8..61, 0_u8..12, 0_u8..4);
    prop::collection::vec(step.prop_map(|(who, what, a, b)| Step { who, what, a, b }), 1..120)
}

/// A team with a coach, which thinks of the first key point only.
fn coached() -> Story {
    let (address, model) = ("http://127.0.0.1:11434/v1".to_owned(), "small".to_owned());
    let coach = Some(CoachRule { address, model });
    let judge = Thresholds { covered: 100, unsure: 0 };
    let mut story = Story::with(Rules { coach, judge, ..Story::rules() });
    let quote = Some("so".to_owned());
    let point = PointOpinion { number: 1, made: Made::Yes, contradicted: false, quote };
    story.opinion = Some(Opinion { points: vec![point] });
    story
}

fn does(story: &mut Story, step: Step) {
    let Step { who, what, a, b } = step;
    let who = PEOPLE[usize::from(who)];
    let ids: Vec<_> = questions().map(|question| question.id).collect();
    let id = ids[usize::from(a)].as_str();
    let key = key(id);
    let grade = Grade::ALL[usize::from(b)];
    let topic = ["git", "http", "sql"][usize::from(a % 3)];
    match what {
        0 => story.quiz(who, topic),
        1 => story.shows(who),
        2 => story.reacts(who),
        3..5 => story.presses(who, P::GradePost(story.post, grade)),
        5..8 => story.presses(who, P::Answer(key)),
        8..11 => story.presses(who, P::Grade(key, grade)),
        11 => story.presses(who, P::TakeBack(key)),
        12 if b == 0 => story.presses(who, P::Explain(key)),
        12 => story.presses(who, P::Ask(key)),
        13 => story.presses(who, P::Hint(key)),
        14 => story.presses(who, P::FollowUp(key, b)),
        15 => story.presses(who, P::Related(key)),
        16 => story.runs(who, OwnCall::Review),
        17 => story.presses(who, P::ReviewAnswer(key)),
        18..20 => story.presses(who, P::ReviewGrade(key, grade)),
        20 => story.presses(who, P::ReviewTakeBack(key)),
        21 => story.runs(who, OwnCall::Sprint { minutes: Some(a * 5), topic: None }),
        22 => story.presses(who, P::SprintAnswer(story.sprint, b)),
        23 => story.presses(who, P::SprintGrade(story.sprint, b, grade)),
        24 => story.presses(who, P::SprintSkip(story.sprint, b)),
        25 => story.presses(who, P::SprintEnd(story.sprint)),
        26 => story.runs(who, OwnCall::Me),
        27 => story.runs(who, OwnCall::Team),
        28 => story.runs(who, OwnCall::Leaderboard(Period::Month)),
        29 => {
            let at = jiff::civil::Time::new(i8::try_from(a).expect("small"), 30, 0, 0).ok();
            story.runs(who, OwnCall::DigestSet { channel: None, day: None, at, zone: None });
        }
        30 => story.runs(who, OwnCall::DigestStatus),
        31 if b == 0 => story.runs(who, OwnCall::DigestOff),
        32 => story.runs(who, OwnCall::Topics),
        33..35 => story.chooses(who, OwnMenu::Reminder, [1, 2, 3, 6][usize::from(b)]),
        35 => story.chooses(who, OwnMenu::Shared, b % 2),
        36 => story.submits(
            who,
            OwnForm::Quiet,
            ["", "22:00-07:00", "x", "01:00-03:00"][usize::from(b)],
        ),
        37 => story.presses(who, P::ReminderOff(0)),
        38 => story.presses(who, P::Export),
        39 if a == 0 => story.presses(who, P::ForgetForGood),
        40 => story.submits(who, OwnForm::Report(key, Fault::Unclear), "?"),
        41 => story.presses(who, P::Settle(u32::from(a))),
        42 => story.moves(
            who,
            ["Pacific/Kiritimati", "Pacific/Honolulu", "Europe/Berlin", "UTC"][usize::from(b)],
        ),
        43 => story.fails(Failure::Unavailable { reason: "down".to_owned() }),
        44 => story.fails(Failure::NotAllowed),
        45 => story.unheard = true,
        46 => story.restarts(),
        47 => {
            let away = SignedDuration::from_mins(i64::from(a) * 20);
            story.death = Some(Death { at: story.effects + 1, happens: b % 2 == 0, away });
        }
        48 => story.connects(),
        49 => story.reacts_unseen(who),
        50..53 => {
            let text = ["It is so.", "", "git-0 1 and sql-2 3", "\u{202e}**`@everyone"];
            let text = text[usize::from(b)];
            story.types_answer(who, id, Flow::ALL[usize::from(a % 4)], text);
        }
        53 => story.presses(who, P::Type(key, Flow::ALL[usize::from(b)])),
        54 => story.says(who, id, Flow::ALL[usize::from(b)], (a, b % 2 == 0)),
        55 => story.chooses_points(who, id, Flow::ALL[usize::from(b)], &[b, a]),
        56..59 => {
            let (typed, flow) = (story.typed_of(who, id), Flow::ALL[usize::from(a % 4)]);
            let to = story.rules.coach.as_ref().map_or(7, CoachRule::name);
            let all = [
                P::Coach(typed, flow),
                P::CoachAgree(typed, flow, to),
                P::CoachNever(typed, flow, to),
                P::CoachLater(typed, flow),
            ];
            story.presses(who, all[usize::from(b)]);
        }
        _ => story.hours(i64::from(a) + 1),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn whatever_is_pressed_everything_is_answered_and_nothing_sent_twice(steps in steps()) {
        let mut story = coached();
        for step in steps {
            does(&mut story, step);
        }
        story.works_again();
        story.restarts();
        story.hours(24 * 10);
        // Nothing is under way any more.
        let next = story.team.next_wakeup();
        prop_assert!(next.is_none_or(|next| next.at > story.now), "{:?}", next);
    }

    #[test]
    fn whoever_is_forgotten_stays_so_whatever_others_do(
        before in steps(), after in steps(), interviews in any::<(bool, bool)>()
    ) {
        let mut story = coached();
        if interviews.0 {
            story.interview("ann", "bob", &[0]);
        }
        for step in before {
            does(&mut story, step);
        }
        story.works_again();
        if interviews.1 {
            story.interview("bob", "ann", &[1]);
        }
        story.presses("ann", P::ForgetForGood);
        prop_assert!(!is_told_of(&story, "ann"), "at once");
        let others = after.into_iter().filter(|step| PEOPLE[usize::from(step.who)] != "ann");
        for step in others {
            does(&mut story, step);
        }
        prop_assert!(!is_told_of(&story, "ann"), "later");
    }
}
