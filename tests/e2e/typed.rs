//! Typed answers through Discord: the form, what comes back, and how it goes on from there.

use insta::assert_snapshot;
use mockingbird_playground::model::Message;
use mockingbird_playground::{Answer, Id};

use crate::bot::Bot;
use crate::own::{press, shown};

/// Presses the button that opens a form on this message.
pub(crate) async fn opens(bot: &Bot, who: &str, on: Id, button: &str) -> Answer {
    let answer = bot.discord.member(who).press(on, button).await;
    answer.unwrap_or_else(|error| panic!("{button}: {error}\n{}", bot.story()))
}

/// Fills in the form behind this button; what comes back.
pub(crate) async fn types(bot: &Bot, who: &str, on: Id, button: &str, text: &str) -> Message {
    let opened = opens(bot, who, on, button).await;
    let form = opened.modal().unwrap_or_else(|| panic!("no form: {}", bot.story()));
    let sent = bot.discord.member(who).submit(form, &[("0", text)]).await;
    shown(&sent.unwrap_or_else(|error| panic!("the form: {error}\n{}", bot.story())))
}

#[tokio::test]
async fn an_answer_is_typed_under_a_post_and_graded_after_a_restart() {
    let mut bot = Bot::start().await;
    bot.slash("ann", "quiz", &[("topic", "databases"), ("level", "easy")]).await;
    let post = bot.question(1).await;
    let text = "All of a transaction happens or none of it, @everyone.";
    let said = types(&bot, "bob", post.id, "Answer", text).await;
    assert!(said.is_ephemeral() && said.id != post.id);
    bot.kill().await;
    bot.begin().await;
    // What was typed stands in the form.
    let again = opens(&bot, "bob", said.id, "Answer again").await;
    let form = again.modal().expect("a form");
    assert_eq!(form.fields[0].value, text);
    let answer = press(&bot, "bob", said.id, "Show answer").await;
    assert_eq!(answer.id, said.id, "the message changes");
    let menu = "The key points that you made";
    let bob = bot.discord.member("bob");
    let corrected = shown(&bob.choose(answer.id, menu, &[]).await.expect("an answer"));
    assert!(corrected.text().contains("▫️ All of a transaction"), "{}", corrected.text());
    bob.choose(answer.id, menu, &["0"]).await.expect("an answer");
    press(&bot, "bob", answer.id, "Got it").await;
    // How well it is judged is tested elsewhere.
    let story = (0..=5).fold(bot.story(), |story, score| {
        story.replace(&format!("About {score} of 5"), "About so many of 5")
    });
    assert_snapshot!(story);
    assert!(bot.streak("bob").await.contains("1 day"));
    bot.ends_well().await;
}

#[tokio::test]
async fn a_review_goes_on_from_a_typed_answer_on_the_same_message() {
    let bot = Bot::start().await;
    let mut message = shown(&bot.slash("bob", "review", &[]).await);
    let review = message.id;
    let mut typed = 0;
    while message.buttons().iter().any(|label| label == "Answer") {
        message =
            types(&bot, "bob", review, "Answer", "It is as it is, and then there is more.").await;
        assert_eq!(message.id, review, "the message changes");
        press(&bot, "bob", review, "Show answer").await;
        message = press(&bot, "bob", review, "Got it").await;
        typed += 1;
    }
    assert!(typed > 1 && message.text().contains("That is it for today"), "{}", message.text());
    bot.ends_well().await;
}

#[tokio::test]
async fn whatever_is_typed_gets_an_answer_that_keeps_the_limits() {
    let bot = Bot::start().await;
    let bob = bot.discord.member("bob");
    let topic = [("topic", "databases".into())];
    let post = shown(&bob.dm_slash("quiz", &topic).await.expect("an answer"));
    let texts = [
        "x".repeat(4_000),
        "**`||~~".repeat(571),
        "<@1> @everyone ".repeat(266),
        "\u{202e}שלום \u{0} ".repeat(400),
        "- item\n".repeat(571),
        "```sql\nselect 1;\n```".to_owned(),
        "👍🏽".repeat(2_000),
        " \n\t".to_owned(),
    ];
    for text in texts {
        let said = types(&bot, "bob", post.id, "Answer", &text).await;
        assert!(!said.text().is_empty(), "{text}");
        // What was typed stands in the form the next time, as far as it fits.
        let again = opens(&bot, "bob", post.id, "Answer").await;
        assert!(again.modal().is_some());
    }
    bot.ends_well().await;
}
