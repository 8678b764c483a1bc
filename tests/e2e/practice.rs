//! Days of practice, as members see them.

use insta::assert_snapshot;
use mockingbird_playground::ActError;

use crate::bot::Bot;

#[tokio::test]
async fn a_quiz_is_revealed_by_a_reaction_and_counts_for_the_streak() {
    let bot = Bot::start().await;
    bot.slash("ann", "quiz", &[("topic", "databases"), ("level", "easy")]).await;
    let post = bot.question(1).await;
    bot.reacts("bob", &post);
    bot.told(post.id, "Revealed by").await;
    bot.slash("bob", "streak", &[]).await;
    assert_snapshot!(bot.story(), @r#"
    08:00  ann runs /quiz topic:databases level:easy
    08:00  bot → #prep  (embed) Quiz
             ### What does ACID promise?
             Databases · easy: React with 💡 to reveal the answer here, or press **Show me** to see it alone.
             (acid)
             [Show me] [Answer]  💡×1
    08:00  bob reacts 💡
    08:00  bot opens thread "Answer: What does ACID promise?"
    08:00  bot → thread "Answer: What does ACID promise?"  (embed) What does ACID promise?
             Atomicity, consistency, isolation and durability.

             **Key points**
             - All of a transaction happens, or none of it.
             Revealed by: @bob
             (acid · Databases · easy)
             [Missed] [Partly] [Got it] [Easy] [Report]
    08:00  bob runs /streak
    08:00  bot → bob (only)  (embed) Your streak
             🔥 1 day in a row (best 1). No freeze held.

             Mo🟩
             🟩 practiced

             Today counted.
    "#);
    bot.ends_well().await;
}

#[tokio::test]
async fn a_daily_comes_at_nine_and_the_next_one_makes_a_streak_of_two() {
    let bot = Bot::start().await;
    bot.slash("ann", "daily set", &[("at", "09:00"), ("topics", "http")]).await;
    for (morning, number) in [("2026-11-23T09:00:00Z", 1), ("2026-11-24T09:00:00Z", 2)] {
        bot.at(morning);
        let post = bot.question(number).await;
        bot.reacts("bob", &post);
        bot.told(post.id, "Revealed by").await;
    }
    bot.slash("bob", "streak", &[]).await;
    assert_snapshot!(bot.story(), @r#"
    08:00  ann runs /daily set at:09:00 topics:http
    08:00  bot → ann (only)  (embed) Daily set
             <#661720242585600009> gets a question of the day.
             When: 09:00 UTC, Mon to Fri, http
             Next: <t:1795424400:F> (<t:1795424400:R>).
             Questions: 1 fits, 1 of them not yet seen in this channel.
    09:00  bot → #prep  (embed) Question of the day · Monday 23 November
             ### What does 204 say?
             HTTP · easy: React with 💡 to reveal the answer here, or press **Show me** to see it alone.
             (status-codes)
             [Show me] [Answer]  💡×1
    09:00  bob reacts 💡
    09:00  bot opens thread "Answer: What does 204 say?"
    09:00  bot → thread "Answer: What does 204 say?"  (embed) What does 204 say?
             It worked, and there is nothing to send.
             Revealed by: @bob
             (status-codes · HTTP · easy)
             [Missed] [Partly] [Got it] [Easy] [Report]
    09:00  bot → #prep  (embed) Question of the day · Tuesday 24 November
             ### What does 204 say?
             HTTP · easy: React with 💡 to reveal the answer here, or press **Show me** to see it alone.
             (status-codes)
             [Show me] [Answer]  💡×1
    09:00  bob reacts 💡
    09:00  bot opens thread "Answer: What does 204 say?"
    09:00  bot → thread "Answer: What does 204 say?"  (embed) What does 204 say?
             It worked, and there is nothing to send.
             Revealed by: @bob
             (status-codes · HTTP · easy)
             [Missed] [Partly] [Got it] [Easy] [Report]
    09:00  bob runs /streak
    09:00  bot → bob (only)  (embed) Your streak
             🔥 2 days in a row (best 2). No freeze held.

             Mo🟩 Tu🟩
             🟩 practiced

             Today counted.
    "#);
    bot.ends_well().await;
}

#[tokio::test]
async fn a_question_in_a_private_chat_is_answered_there() {
    let bot = Bot::start().await;
    let ann = bot.discord.member("ann");
    let answer = ann.dm_slash("quiz", &[("topic", "http".into())]).await.expect("an answer");
    let post = answer.message.expect("a question");
    bot.until(|world| world.message(post.id).is_some_and(|m| m.reaction_count("💡") == 1)).await;
    bot.reacts("ann", &post);
    bot.told(post.channel, "Revealed by").await;
    let streak = ann.dm_slash("streak", &[]).await.expect("an answer");
    assert!(streak.text().contains("1 day in a row"), "{}", streak.text());
    bot.ends_well().await;
}

#[tokio::test]
async fn a_question_in_a_thread_is_answered_there() {
    let bot = Bot::start().await;
    bot.slash("ann", "quiz", &[("topic", "databases"), ("level", "easy")]).await;
    let first = bot.question(1).await;
    bot.reacts("ann", &first);
    bot.told(first.id, "Revealed by").await;
    let bob = bot.discord.member("bob");
    let thread = first.id.to_string();
    let answer = bob.slash(&thread, "quiz", &[("topic", "http".into())]).await.expect("an answer");
    let second = answer.message.expect("a question");
    assert_eq!(second.channel, first.id);
    bot.reacts("bob", &second);
    bot.told(first.id, "nothing to send").await;
    bot.ends_well().await;
}

#[tokio::test]
async fn show_me_is_seen_by_the_one_who_pressed_it() {
    let bot = Bot::start().await;
    bot.slash("ann", "quiz", &[("topic", "http")]).await;
    let post = bot.question(1).await;
    let shown = bot.discord.member("bob").press(post.id, "Show me").await.expect("an answer");
    assert!(shown.is_ephemeral() && shown.text().contains("nothing to send"));
    let seen = |who: &str| {
        let messages = bot.discord.member(who).sees("prep");
        messages.iter().any(|message| message.text().contains("nothing to send"))
    };
    assert_eq!((seen("bob"), seen("eve")), (true, false));
    bot.ends_well().await;
}

#[tokio::test]
async fn a_topic_completes_while_it_is_typed() {
    let bot = Bot::start().await;
    let ann = bot.discord.member("ann");
    let typed = |text: &'static str| {
        let ann = ann.clone();
        async move {
            let choices = ann.complete("prep", "quiz", "topic", text).await.expect("choices");
            choices.into_iter().map(|choice| choice.name).collect::<Vec<_>>().join("; ")
        }
    };
    assert_snapshot!(typed("").await, @"Any topic (4); Databases (3); HTTP (1)");
    assert_snapshot!(typed("dat").await, @"Databases (3); acid · easy · What does ACID promise?; indexes · medium · What does an index cost?; joins · hard · What does a left join keep?");
    assert_snapshot!(typed("nothing is called so").await, @"");
    bot.ends_well().await;
}

#[tokio::test]
async fn a_plan_completes_while_it_is_typed_and_an_unknown_one_is_refused() {
    let bot = Bot::start().await;
    let ann = bot.discord.member("ann");
    let typed = |text: &'static str| {
        let ann = ann.clone();
        async move {
            let choices = ann.complete("prep", "mock start", "plan", text).await.expect("choices");
            choices.into_iter().map(|choice| choice.name).collect::<Vec<_>>().join("; ")
        }
    };
    assert_snapshot!(typed("").await, @"Short talk · 10 min; Turn by turn · 2 × 5 min");
    assert_snapshot!(typed("trun").await, @"Turn by turn · 2 × 5 min");
    let refused = bot.slash("ann", "mock start", &[("plan", "shrt"), ("public", "true")]).await;
    assert!(refused.is_ephemeral(), "{}", refused.text());
    bot.ends_well().await;
}

#[tokio::test]
async fn only_those_who_manage_the_server_manage_dailies() {
    let bot = Bot::start().await;
    let bob = bot.discord.member("bob");
    let refused = bob.slash("prep", "daily set", &[("at", "09:00".into())]).await;
    assert!(matches!(refused, Err(ActError::UnknownCommand(_))), "{refused:?}");
    bot.slash("ann", "daily set", &[("at", "09:00")]).await;
    bot.ends_well().await;
}

#[tokio::test]
async fn what_was_practised_is_still_known_after_a_restart() {
    let mut bot = Bot::start().await;
    bot.slash("ann", "daily set", &[("at", "09:00")]).await;
    bot.slash("ann", "quiz", &[("topic", "http")]).await;
    let post = bot.question(1).await;
    let before = {
        bot.discord.member("bob").press(post.id, "Show me").await.expect("an answer");
        bot.slash("bob", "streak", &[]).await.text()
    };
    bot.stop().await;
    bot.begin().await;
    assert_eq!(bot.slash("bob", "streak", &[]).await.text(), before);
    bot.at("2026-11-23T09:00:00Z");
    bot.question(2).await;
    bot.reacts("eve", &post);
    bot.told(post.id, "Revealed by").await;
    bot.ends_well().await;
}

#[tokio::test]
async fn commands_are_registered_once() {
    let mut bot = Bot::start().await;
    bot.stop().await;
    bot.begin().await;
    let route = "PUT /applications/{application}/commands";
    assert_eq!(bot.requests(route, 200), 1);
    bot.ends_well().await;
}

#[tokio::test]
async fn a_daily_of_the_config_file_comes_in_its_channel() {
    let bot = Bot::start_with_channel(|config, prep| {
        let daily = format!(
            "daily:\n  - channel: \"{prep}\"\n    at: \"09:00\"\n    time_zone: Europe/Berlin\n"
        );
        let read = mockingbird::config::Config::parse("test.yaml", &daily).expect("a good config");
        config.daily = read.daily;
    })
    .await;
    let status = bot.slash("ann", "daily status", &[]).await.text();
    assert!(status.contains("config file"), "{status}");
    bot.at("2026-11-24T08:00:00Z");
    let post = bot.question(1).await;
    assert!(post.text().contains("Tuesday 24 November"));
    bot.ends_well().await;
}
