//! kill -9 while somebody is forgotten: the next process ends what was begun.

use std::time::Duration;

use mockingbird_playground::{Answer, LocalDiscord};

use crate::process::{Place, discord, text};
use crate::traces::{traces, words};

/// Somebody's command, in the server or in their private chat.
async fn runs(discord: &LocalDiscord, who: &str, in_chat: bool, command: &str) -> Answer {
    let member = discord.member(who);
    let topic = [("topic", "http".into())];
    let options = if command == "quiz" { topic.as_slice() } else { &[] };
    let answer = if in_chat {
        member.dm_slash(command, options).await
    } else {
        member.slash("prep", command, options).await
    };
    answer.expect("an answer")
}

#[tokio::test]
async fn whoever_was_being_forgotten_at_kill_9_is_in_no_file_after_the_next_start() {
    let discord = discord().await;
    let place = Place::new(discord.base());
    let mut bot = place.start(&discord).await;
    let folder = place.path("data");
    // Microseconds after the press; none: once the member is told that it is done.
    let instants = [0, 300, 1_000, 3_000, 10_000, 30_000, 100_000].map(Some);
    let instants = instants.into_iter().chain([None; 3]);
    let members = ["bob", "cat", "dan", "eve", "fay", "gus", "hal", "ida", "jon", "kim"];
    let (mut forgotten, mut kept) = (Vec::new(), 0);
    for (round, (who, instant)) in members.into_iter().zip(instants).enumerate() {
        let in_chat = round % 2 == 0;
        let post = runs(&discord, who, in_chat, "quiz").await.message.expect("a post").id;
        let member = discord.member(who);
        member.press(post, "Show me").await.expect("an answer");
        let form = member.press(post, "Answer").await.expect("an answer");
        let typed = format!("Zyzzogeton, says {who}");
        let fields = [("0", typed.as_str())];
        member.submit(form.modal().expect("a form"), &fields).await.expect("an answer");
        assert_ne!(words(&folder, &typed), Vec::<String>::new());
        let me = runs(&discord, who, in_chat, "me").await.message.expect("a message").id;
        let really = member.press(me, "Forget me").await.expect("an answer");
        let really = really.message.expect("a message").id;
        let number = member.id().expect("they are there").get();
        let pressing =
            tokio::spawn(async move { member.press(really, "Forget me for good").await.is_ok() });
        match instant {
            Some(instant) => tokio::time::sleep(Duration::from_micros(instant)).await,
            None => assert!(pressing.await.expect("no panic"), "it is answered"),
        }
        bot.kill().await;
        bot = place.start(&discord).await;
        let ends = async {
            while !traces(&folder, number).is_empty() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        if tokio::time::timeout(Duration::from_secs(5), ends).await.is_ok() {
            assert_eq!(words(&folder, &typed), Vec::<String>::new());
            forgotten.push(number);
        } else {
            // It was not heard.
            kept += 1;
            let streak = runs(&discord, who, in_chat, "streak").await;
            assert!(text(&streak).contains("1 day in a row"), "{who}: {}", text(&streak));
        }
    }
    assert!(forgotten.len() >= 3, "{} forgotten, {kept} kept", forgotten.len());
    assert_eq!(bot.stop().await, Some(0));
    for number in forgotten {
        assert_eq!(traces(&folder, number), Vec::<String>::new());
    }
}
