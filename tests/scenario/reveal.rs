//! The reveal: who can cause it, where the answer goes, and that it comes once.

use insta::assert_snapshot;
use mockingbird::bank::QuestionBank;
use mockingbird::practice::effect::{Failure, Step};
use mockingbird::practice::input::Place;
use mockingbird::practice::rules::Rules;

use crate::story::{Story, question};

/// A story in which a question stands.
fn asked() -> Story {
    let mut story = Story::new();
    story.runs("ann", "/quiz topic:databases");
    story.told();
    story
}

fn unavailable() -> Failure {
    Failure::Unavailable { reason: "Discord answered 503".to_owned() }
}

#[test]
fn the_answer_is_not_visible_before_the_reveal() {
    let mut story = Story::new();
    story.runs("ann", "/quiz topic:databases");
    story.reacts("bob", "👍");
    story.runs("bob", "/streak");
    story.runs("bob", "/help");
    story.restarts();
    let told = story.told();
    assert!(told.contains("What about") && !told.contains("answer about"), "{told}");
    assert!(!told.contains("matter"), "nor its key points:\n{told}");
    story.reacts("bob", "💡");
    assert!(story.told().contains("answer about"));
}

#[test]
fn a_second_reaction_reveals_nothing() {
    let mut story = asked();
    story.reacts("bob", "💡");
    story.reacts("eve", "💡");
    story.reacts("bob", "💡");
    story.restarts();
    assert_eq!(story.answers(), 1);
    assert_snapshot!(story.gist(), @"
    Mon 08:00  bob reacts 💡
    Mon 08:00  bot → thread: What about indexes?
    Mon 08:00  eve reacts 💡
    Mon 08:00  bob reacts 💡
    ");
}

#[test]
fn another_bots_reaction_reveals_nothing() {
    let mut story = asked();
    story.another_bot_reacts("💡");
    assert_snapshot!(story.told(), @"Mon 08:00  another bot reacts 💡");
}

#[test]
fn a_wrong_emoji_reveals_nothing_and_counts_nothing() {
    let mut story = asked();
    story.reacts("bob", "🎉");
    assert_snapshot!(story.gist(), @"Mon 08:00  bob reacts 🎉");
    assert!(story.asks("bob", "/streak").contains("No streak yet"));
}

#[test]
fn an_emoji_counts_with_and_without_the_sign_for_color() {
    let mut rules = Rules::default();
    rules.reveal.emoji = "❤\u{fe0f}".to_owned();
    let mut story = Story::with(rules);
    story.runs("ann", "/quiz topic:databases");
    story.reacts("bob", "❤");
    assert_eq!(story.answers(), 1);
}

#[test]
fn a_team_that_wants_three_reactions_waits_for_three_members() {
    let mut rules = Rules::default();
    rules.reveal.reactions = 3;
    let mut story = Story::with(rules);
    story.runs("ann", "/quiz topic:databases");
    story.reacts("ann", "💡");
    story.reacts("ann", "💡");
    story.reacts("bob", "💡");
    assert_eq!(story.answers(), 0);
    story.restarts();
    assert_eq!(story.answers(), 0, "those who reacted are counted once");
    story.reacts("eve", "💡");
    assert_eq!(story.answers(), 1);
    assert_snapshot!(story.told(), @"
    Mon 08:00  ann runs /quiz topic:databases
    Mon 08:00  bot → #prep
               (embed) Quiz
                 ### What about indexes?
                 Databases · easy:
                   When 3 of you react with 💡, the answer is revealed here. Press **Show me** to see it alone.
                 (indexes)
                 [Show me] [Answer]
    Mon 08:00  bot reacts 💡
    Mon 08:00  ann reacts 💡
    Mon 08:00  ann reacts 💡
    Mon 08:00  bob reacts 💡
    Mon 08:00  eve reacts 💡
    Mon 08:00  bot → thread
               (embed) What about indexes?
                 The answer about indexes.

                 **Key points**
                 - indexes matter
                 Revealed by:
                   @ann, @bob and @eve
                 (indexes · Databases · easy)
                 [Missed] [Partly] [Got it] [Easy]
                 [Report]
    ");
}

#[test]
fn where_threads_are_not_allowed_the_answer_is_a_reply() {
    for failure in [Failure::NotAllowed, Failure::NotHere] {
        let mut story = asked();
        story.fails(Step::Thread, failure);
        story.reacts("bob", "💡");
        assert_eq!(story.answers(), 1);
        assert!(story.gist().contains("bot → #prep, as a reply: What about"));
    }
}

#[test]
fn an_answer_whose_thread_is_deleted_meanwhile_is_a_reply() {
    let mut story = asked();
    story.fails(Step::Tell, Failure::ChannelGone);
    story.reacts("bob", "💡");
    assert_eq!(story.answers(), 1);
    assert_snapshot!(story.gist(), @"
    Mon 08:00  bob reacts 💡
    Mon 08:00  (fails: ChannelGone)
    Mon 08:00  bot → #prep, as a reply: What about indexes?
    ");
}

#[test]
fn in_a_thread_and_in_a_private_chat_the_answer_is_a_reply() {
    for place in [Place::Thread, Place::Private] {
        let mut story = Story::new();
        story.in_a(place);
        story.runs("ann", "/quiz topic:databases");
        story.reacts("ann", "💡");
        assert_eq!(story.answers(), 1);
        assert!(story.gist().contains("bot → #prep, as a reply: What about"), "{place:?}");
    }
}

#[test]
fn where_no_answer_may_be_posted_the_button_still_shows_it() {
    let mut story = asked();
    story.fails(Step::Thread, Failure::NotAllowed);
    story.fails(Step::Tell, Failure::NotAllowed);
    story.reacts("bob", "💡");
    story.presses("bob", "Show me");
    assert_eq!(story.answers(), 0);
    assert_snapshot!(story.told(), @"
    Mon 08:00  bob reacts 💡
    Mon 08:00  (fails: NotAllowed)
    Mon 08:00  (fails: NotAllowed)
    Mon 08:00  bob presses [Show me]
    Mon 08:00  bot → bob (only)
               (embed) What about indexes?
                 The answer about indexes.

                 **Key points**
                 - indexes matter
                 Your streak:
                   🔥 1 day in a row. Today had counted already.
                 How well did you know it?:
                   Your grade decides when it comes back.
                 (indexes · Databases · easy)
                 [Missed] [Partly] [Got it] [Easy]
                 [Report]
    ");
}

#[test]
fn where_the_bot_may_not_react_the_post_says_so() {
    let mut story = Story::new();
    story.fails(Step::React, Failure::NotAllowed);
    story.runs("ann", "/quiz topic:databases");
    story.reacts("bob", "💡");
    story.restarts();
    assert_snapshot!(story.told(), @"
    Mon 08:00  ann runs /quiz topic:databases
    Mon 08:00  bot → #prep
               (embed) Quiz
                 ### What about indexes?
                 Databases · easy:
                   React with 💡 to reveal the answer here, or press **Show me** to see it alone.
                 (indexes)
                 [Show me] [Answer]
    Mon 08:00  (fails: NotAllowed)
    Mon 08:00  bot edits
               (embed) Quiz
                 ### What about indexes?
                 Databases · easy:
                   I may not add reactions here: press **Show me** to see the answer alone, or react with 💡 yourself to reveal it.
                 (indexes)
                 [Show me] [Answer]
    Mon 08:00  bob reacts 💡
    Mon 08:00  bot → thread
               (embed) What about indexes?
                 The answer about indexes.

                 **Key points**
                 - indexes matter
                 Revealed by:
                   @bob
                 (indexes · Databases · easy)
                 [Missed] [Partly] [Got it] [Easy]
                 [Report]
    ");
}

#[test]
fn a_reaction_that_discord_could_not_take_is_added_later() {
    let mut story = Story::new();
    story.fails(Step::React, unavailable());
    story.runs("ann", "/quiz topic:databases");
    story.at("2026-11-23T08:10:00Z");
    assert_snapshot!(story.gist(), @r#"
    Mon 08:00  ann runs /quiz topic:databases
    Mon 08:00  bot → #prep: Quiz
    Mon 08:00  (fails: Unavailable { reason: "Discord answered 503" })
    Mon 08:00  bot reacts 💡
    "#);
}

#[test]
fn a_reaction_while_the_bot_is_away_reveals_when_it_is_back() {
    for restart in [false, true] {
        let mut story = asked();
        story.away_until("2026-11-23T12:00:00Z");
        story.reacts_unseen("bob", "💡");
        assert_eq!(story.answers(), 0);
        if restart {
            story.restarts();
        } else {
            story.connects();
        }
        assert_eq!(story.answers(), 1);
        assert!(story.asks("bob", "/streak").contains("1 day in a row"));
        story.connects();
        story.restarts();
        assert_eq!(story.answers(), 1);
    }
}

#[test]
fn a_reaction_to_a_revealed_question_counts_though_the_bot_was_away() {
    let mut story = asked();
    story.reacts("ann", "💡");
    story.away_until("2026-11-23T12:00:00Z");
    story.reacts_unseen("bob", "💡");
    story.connects();
    assert!(story.asks("bob", "/streak").contains("1 day in a row"));
    assert_eq!(story.answers(), 1);
}

#[test]
fn reactions_that_could_not_be_read_are_read_later() {
    let mut story = asked();
    story.reacts_unseen("bob", "💡");
    story.fails(Step::Catch, unavailable());
    story.connects();
    assert_eq!(story.answers(), 0);
    story.at("2026-11-23T08:10:00Z");
    assert_eq!(story.answers(), 1);
}

#[test]
fn show_me_answers_one_member_and_spoils_nobody() {
    let mut story = asked();
    story.presses("bob", "Show me");
    story.presses("bob", "Show me");
    assert_eq!(story.answers(), 0);
    assert_snapshot!(story.told(), @"
    Mon 08:00  bob presses [Show me]
    Mon 08:00  bot → bob (only)
               (embed) What about indexes?
                 The answer about indexes.

                 **Key points**
                 - indexes matter
                 Your streak:
                   🔥 1 day in a row. Counted for today.
                 How well did you know it?:
                   Your grade decides when it comes back.
                 (indexes · Databases · easy)
                 [Missed] [Partly] [Got it] [Easy]
                 [Report]
    Mon 08:00  bob presses [Show me]
    Mon 08:00  bot → bob (only)
               (embed) What about indexes?
                 The answer about indexes.

                 **Key points**
                 - indexes matter
                 Your streak:
                   🔥 1 day in a row. Today had counted already.
                 How well did you know it?:
                   Your grade decides when it comes back.
                 (indexes · Databases · easy)
                 [Missed] [Partly] [Got it] [Easy]
                 [Report]
    ");
    story.reacts("eve", "💡");
    assert_eq!(story.answers(), 1, "the reveal is still to come for all others");
    assert!(!story.told().contains("@bob"), "and does not tell who was shown it");
}

#[test]
fn show_me_and_a_reaction_count_once() {
    let mut story = asked();
    story.presses("bob", "Show me");
    story.reacts("bob", "💡");
    story.runs("eve", "/quiz topic:any");
    story.reacts("bob", "💡");
    assert!(story.asks("bob", "/streak").contains("1 day in a row"));
}

#[test]
fn an_old_button_still_works_and_a_forgotten_one_says_so() {
    let mut story = asked();
    story.at("2026-12-20T08:00:00Z");
    story.presses("bob", "Show me");
    assert!(story.told().contains("answer about"));
    story.presses_forged("bob", "show:00000000deadbeef");
    assert_snapshot!(story.gist(), @"
    Sun 08:00  bob presses an old button
    Sun 08:00  bot → bob (only): I do not know this question any more. `/question` looks for it by its words, and `/quiz` brings another one.
    ");
}

#[test]
fn a_question_that_vanished_from_the_bank_still_reveals() {
    let mut story = asked();
    story.bank = QuestionBank::of([question("views")]);
    story.restarts();
    story.presses("eve", "Show me");
    story.reacts("bob", "💡");
    assert_snapshot!(story.gist(), @"
    Mon 08:00  eve presses [Show me]
    Mon 08:00  bot → eve (only): What about indexes?
    Mon 08:00  bob reacts 💡
    Mon 08:00  bot → thread: What about indexes?
    ");
}

#[test]
fn a_post_whose_message_was_deleted_is_let_go() {
    let mut story = asked();
    story.fails(Step::Thread, Failure::MessageGone);
    story.reacts("bob", "💡");
    story.at("2026-11-24T08:00:00Z");
    story.restarts();
    assert_eq!(story.answers(), 0);
    assert_snapshot!(story.gist(), @"
    Mon 08:00  bob reacts 💡
    Mon 08:00  (fails: MessageGone)
    ");
}

#[test]
fn a_thread_or_an_answer_that_discord_could_not_take_is_tried_again_until_it_works() {
    for step in [Step::Thread, Step::Tell] {
        let mut story = asked();
        for _ in 0..5 {
            story.fails(step, unavailable());
        }
        story.reacts("bob", "💡");
        assert_eq!(story.answers(), 0, "{step:?}");
        story.at("2026-11-23T08:30:00Z");
        assert_eq!(story.answers(), 1, "{step:?}");
    }
}

#[test]
fn an_answer_that_came_through_unheard_is_not_told_twice() {
    for restart in [false, true] {
        for later in ["2026-11-23T08:00:20Z", "2026-11-23T09:00:00Z"] {
            let mut story = asked();
            if restart {
                story.dies_after(Step::Tell);
                story.reacts("bob", "💡");
                story.away_until(later);
                story.restarts();
            } else {
                story.works_unheard(Step::Tell);
                story.reacts("bob", "💡");
                story.at(later);
            }
            assert_eq!(story.answers(), 1, "{restart} {later}");
        }
    }
}

#[test]
fn a_crash_at_any_step_leaves_one_reaction_and_one_answer() {
    for step in [Step::Send, Step::React, Step::Catch, Step::Thread, Step::Tell] {
        for happened in [false, true] {
            if (step, happened) == (Step::Send, false) {
                continue; // Then there is nothing to reveal: another test.
            }
            let mut story = Story::new();
            if happened {
                story.dies_after(step);
            } else {
                story.dies_before(step);
            }
            story.runs("ann", "/quiz topic:databases");
            story.reacts("bob", "💡");
            story.away_until("2026-11-23T08:02:00Z");
            story.restarts();
            let case = format!("{step:?}, which happened: {happened}\n{}", story.gist());
            assert_eq!((story.questions(), story.answers()), (1, 1), "{case}");
            assert!(case.contains("bot reacts 💡"), "{case}");
            assert!(story.asks("bob", "/streak").contains("1 day in a row"), "{case}");
        }
    }
}

#[test]
fn a_post_keeps_the_rules_that_it_was_posted_under() {
    let mut rules = Rules::default();
    rules.reveal.reactions = 2;
    let mut story = Story::with(rules);
    story.runs("ann", "/quiz topic:databases");
    story.reacts("ann", "💡");
    story.rules.reveal.emoji = "🔑".to_owned();
    story.rules.reveal.reactions = 1;
    story.restarts();
    assert_eq!(story.answers(), 0, "the post says that two are needed");
    story.reacts("bob", "🔑");
    assert_eq!(story.answers(), 0, "the post says 💡");
    story.reacts("bob", "💡");
    assert_eq!(story.answers(), 1);
    story.runs("ann", "/quiz topic:databases");
    story.reacts("eve", "🔑");
    assert_eq!(story.answers(), 2, "a new one goes by the new rules");
    assert_snapshot!(story.gist(), @"
    Mon 08:00  ann runs /quiz topic:databases
    Mon 08:00  bot → #prep: Quiz
    Mon 08:00  bot reacts 💡
    Mon 08:00  ann reacts 💡
    Mon 08:00  bob reacts 🔑
    Mon 08:00  bob reacts 💡
    Mon 08:00  bot → thread: What about indexes?
    Mon 08:00  ann runs /quiz topic:databases
    Mon 08:00  bot → #prep: Quiz
    Mon 08:00  bot reacts 🔑
    Mon 08:00  eve reacts 🔑
    Mon 08:00  bot → thread: What about joins?
    ");
}
