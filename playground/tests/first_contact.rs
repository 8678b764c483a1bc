//! The real serenity connects, is asked, answers and hears.

mod bot;

use bot::SOON;
use mockingbird_playground::{LocalDiscord, Setup};

#[tokio::test]
async fn a_bot_answers_a_command_with_an_embed_and_a_button() {
    let discord = LocalDiscord::start(Setup::default()).await.unwrap();
    let _bot = bot::start(&discord).await;
    let ann = discord.member("ann");

    let answer = ann.slash("prep", "quiz", &[("topic", "databases".into())]).await.unwrap();
    let post = answer.message.clone().unwrap();
    assert_eq!(answer.text(), "Question\nOn databases");
    assert_eq!(post.buttons(), ["Show me"]);

    let reacted = |w: &mockingbird_playground::World| {
        w.message(post.id).is_some_and(|m| m.reaction_count("💡") == 1)
    };
    discord.until(reacted, SOON).await.unwrap();
    assert_eq!(discord.complaints(), Vec::<String>::new());
}

#[tokio::test]
async fn a_reaction_reaches_the_bot_which_opens_a_thread_and_writes_into_it() {
    let discord = LocalDiscord::start(Setup::default()).await.unwrap();
    let _bot = bot::start(&discord).await;
    let ann = discord.member("ann");
    let answer = ann.slash("prep", "quiz", &[("topic", "http".into())]).await.unwrap();
    let post = answer.message.unwrap().id;
    let marked =
        |w: &mockingbird_playground::World| w.message(post).unwrap().reaction_count("💡") == 1;
    discord.until(marked, SOON).await.unwrap();

    ann.react(post, "💡").unwrap();
    discord.until(|w| w.messages(post).any(|m| m.content == "It is 42."), SOON).await.unwrap();
    assert_eq!(discord.complaints(), Vec::<String>::new());

    let transcript = discord.transcript("prep");
    let without_times: Vec<&str> =
        transcript.lines().map(|line| line.get(7..).unwrap_or_default()).collect();
    insta::assert_snapshot!(without_times.join("\n"), @r#"
    ann runs /quiz topic:http
    bot → #prep  (embed) Question
      On http
      [Show me]  💡×1
    ann reacts 💡
    bot opens thread "Answer"
    bot → thread "Answer"  It is 42.
    "#);
}

#[tokio::test]
async fn an_ephemeral_answer_is_seen_by_one_member_only() {
    let discord = LocalDiscord::start(Setup::default()).await.unwrap();
    let bot = bot::start(&discord).await;
    let (ann, bob) = (discord.member("ann"), discord.member("bob"));
    let answer = ann.slash("prep", "quiz", &[("topic", "http".into())]).await.unwrap();
    let post = answer.message.unwrap().id;

    let shown = bob.press(post, "Show me").await.unwrap();
    assert!(shown.is_ephemeral());
    assert_eq!(shown.text(), "It is 42.");
    assert_eq!(bob.sees("prep").len(), 2);
    assert_eq!(ann.sees("prep").len(), 1);
    let heard = bot.heard.messages.lock().unwrap();
    assert!(heard.iter().all(|m| m.content != "It is 42."), "no event for it");
}

#[tokio::test]
async fn a_bot_that_writes_a_message_hears_its_own_event() {
    let discord = LocalDiscord::start(Setup::default()).await.unwrap();
    let bot = bot::start(&discord).await;
    let sent = bot.say(&discord, "general", "good morning").await;
    assert_eq!(discord.member("eve").last("general").unwrap().id.get(), sent.id.get());
    discord.member("ann").say("general", "hello").unwrap();
    bot.say(&discord, "general", "good night").await;
    assert_eq!(discord.complaints(), Vec::<String>::new());
}

#[tokio::test]
async fn a_command_that_is_not_answered_in_time_fails_for_the_member() {
    let setup = Setup { answer_within: std::time::Duration::from_millis(50), ..Setup::default() };
    let discord = LocalDiscord::start(setup).await.unwrap();
    let _bot = bot::start(&discord).await;
    let error = discord.member("ann").slash("prep", "never", &[]).await.unwrap_err();
    assert_eq!(error.to_string(), "the application did not respond");
    let transcript = discord.transcript("prep");
    let acts: Vec<&str> = transcript.lines().map(|line| &line[7..]).collect();
    assert_eq!(acts, ["ann runs /never", "ann gets no answer"]);
}
