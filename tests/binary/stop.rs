//! SIGTERM: what is in flight lands, a snapshot is written, and the program ends with 0.

use std::time::Duration;

use mockingbird_playground::Fault;

use crate::process::{Place, discord, slash, start, text};

#[tokio::test]
async fn a_reply_in_flight_is_delivered_before_the_end() {
    let discord = discord().await;
    let place = Place::new(discord.base());
    let mut command = place.run(discord.token());
    command.env("RUST_LOG", "mockingbird=debug");
    let mut bot = start(command, &discord).await;
    discord.faults().request(
        "POST /interactions/{interaction}/{token}/callback",
        1,
        Fault::Slow(Duration::from_millis(400)),
    );
    let ann = discord.member("ann");
    let options = [("topic", "http".into())];
    let (answer, ()) = tokio::join!(ann.slash("prep", "quiz", &options), async {
        bot.until_logged("invoked").await;
        bot.signal("TERM");
    });
    let answer = answer.expect("an answer");
    assert!(text(&answer).contains("What does 204 say?"));
    assert_eq!(bot.ended().await.code(), Some(0));
    assert!(bot.log().contains("snapshot written"), "{}", bot.log());
    assert!(place.has("mbs"));

    // What came of it is in the snapshot: the message is known and its answer too.
    let post = answer.message.expect("a post").id;
    let mut bot = place.start(&discord).await;
    let shown = discord.member("bob").press(post, "Show me").await.expect("an answer");
    assert!(text(&shown).contains("nothing to send"));
    assert_eq!(bot.stop().await, Some(0));
    assert_eq!(discord.complaints(), Vec::<String>::new());
}

#[tokio::test]
async fn an_idle_bot_ends_at_once_and_says_goodbye() {
    let discord = discord().await;
    let place = Place::new(discord.base());
    for signal in ["TERM", "INT"] {
        let mut bot = place.start(&discord).await;
        slash(&discord, "ann", "help", &[]).await;
        bot.signal(signal);
        assert_eq!(bot.ended().await.code(), Some(0), "{signal}");
        assert!(!discord.is_connected(), "{signal}");
    }
}

#[tokio::test]
async fn a_bot_that_is_not_connected_yet_ends_too() {
    let discord = discord().await;
    discord.disconnect();
    let place = Place::new(discord.base());
    let mut bot = crate::process::Process::spawn(place.run(discord.token()));
    bot.until_logged("no connection to the gateway").await;
    assert_eq!(bot.stop().await, Some(0));
}
