//! One person, interviewed by the bot.

use mockingbird::practice::interview::{MockCall, MockForm, MockMenu, MockPress as P};

use crate::story::Story;

/// Ann, interviewed by the bot.
pub(crate) fn alone(story: &mut Story) {
    story.starts("ann", "mid", ("", &[]));
    story.minutes(1);
    story.presses("ann", P::Answer(0, 0));
    story.submits("ann", MockForm::Answer(0, 0), &["because"]);
    story.minutes(1);
    story.presses("ann", P::Aloud(0, 0));
    story.chooses("ann", MockMenu::Points(0, 0), &[1]);
    story.presses("ann", P::Next(0, 0));
    story.presses("ann", P::Hint(0, 1));
    story.presses("ann", P::Aloud(0, 1));
    story.presses("ann", P::Aloud(0, 1));
    story.presses("ann", P::Next(0, 1));
    story.minutes(10);
    story.presses("ann", P::Aloud(0, 2));
    story.presses("ann", P::Aloud(0, 2));
    story.presses("ann", P::Answer(0, 2));
    story.submits("ann", MockForm::Answer(0, 2), &["to the pushback"]);
    story.chooses("ann", MockMenu::Points(0, 2), &[0, 1, 7, 1]);
    story.presses("ann", P::Next(0, 2));
    story.fills_in("ann", 0, &[2, 3]);
    story.runs("ann", MockCall::History);
    story.runs("ann", MockCall::Status);
}

#[test]
fn alone_the_bot_asks_on_shows_the_answer_and_opens_the_own_card() {
    let mut story = Story::new();
    alone(&mut story);
    insta::assert_snapshot!(story.told());
}
