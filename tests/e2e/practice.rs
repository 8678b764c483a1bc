//! Days of practice, as members see them.

use insta::assert_snapshot;

use crate::bot::Bot;

#[tokio::test]
async fn a_quiz_is_revealed_by_a_reaction_and_counts_for_the_streak() {
    let mut bot = Bot::start().await;
    bot.slash("ann", "quiz", &[("topic", "databases"), ("level", "easy")]).await;
    let post = bot.question(1).await;
    bot.discord.member("bob").react(post.id, "💡").expect("he can react");
    bot.told(post.id, "Revealed by").await;
    bot.slash("bob", "streak", &[]).await;
    assert_snapshot!(bot.story(), @r#"
    08:00  ann runs /quiz topic:databases level:easy
    08:00  bot → #prep  (embed) Quiz
             ### What does ACID promise?
             Databases · easy: React with 💡 to reveal the answer here, or press **Show me** to see it alone.
             (acid)
             [Show me]  💡×1
    08:00  bob reacts 💡
    08:00  bot opens thread "Answer: What does ACID promise?"
    08:00  bot → thread "Answer: What does ACID promise?"  (embed) What does ACID promise?
             Atomicity, consistency, isolation and durability.

             **Key points**
             - All of a transaction happens, or none of it.
             Revealed by: @bob
             (acid · Databases · easy)
    08:00  bob runs /streak
    08:00  bot → bob (only)  (embed) Your streak
             🔥 1 day in a row (best 1). No freeze held.

             Mo🟩
             🟩 practiced

             Today counted.
    "#);
    bot.stop().await;
}
