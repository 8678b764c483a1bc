//! The process dies at any effect of a story, before or after it happened: what was sent in the end
//! is what would have been sent without that, and never twice.

use jiff::SignedDuration;
use mockingbird::practice::own::{Flow, Grade, OwnCall, OwnMenu, OwnPress as P};

use crate::seed::key;
use crate::story::{Death, Story};

fn two_weeks(story: &mut Story) {
    for who in ["ann", "bob"] {
        story.chooses(who, OwnMenu::Reminder, 3);
    }
    story.runs("ann", OwnCall::DigestSet { channel: None, day: None, at: None, zone: None });
    for _ in 0..3 {
        for who in ["ann", "bob"] {
            story.types_answer(who, "git-0", Flow::New, "It is a graph.");
            story.says(who, "git-0", Flow::Here, (1, true));
            story.presses(who, P::Answer(key("git-0")));
            story.presses(who, P::Grade(key("git-0"), Grade::GotIt));
        }
        story.hours(24);
    }
    for who in ["ann", "bob"] {
        story.types_answer(who, "sql-1", Flow::New, "It waits for a week.");
    }
    story.presses("bob", P::ForgetForGood);
    story.hours(24 * 8);
    story.presses("ann", P::Answer(key("git-1")));
    story.hours(24 * 4);
}

#[test]
fn everything_is_sent_once_wherever_the_process_dies() {
    let mut whole = Story::new();
    two_weeks(&mut whole);
    let sent =
        |story: &Story| story.sent.values().map(|(_, text)| text.clone()).collect::<Vec<_>>();
    let many = |story: &Story, what: &str| format!("{:?}", story.team).matches(what).count();
    let typed = |story: &Story| (many(story, "Label {"), many(story, "Typed {"));
    assert_eq!(typed(&whole), (3, 0), "ann graded three, and one was let go of");
    assert!(whole.effects >= 4, "a story with something in it: {}", whole.effects);
    for at in 1..=whole.effects {
        for happens in [false, true] {
            for away in [0, 90] {
                let mut story = Story::new();
                let away = SignedDuration::from_secs(away);
                story.death = Some(Death { at, happens, away });
                two_weeks(&mut story);
                assert!(story.death.is_none(), "it died at {at}");
                assert_eq!((at, happens, sent(&story)), (at, happens, sent(&whole)));
                assert!(story.rewritten >= 1, "older files were rewritten");
                assert_eq!(typed(&story), typed(&whole));
            }
        }
    }
}
