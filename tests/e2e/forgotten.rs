//! Being forgotten: no file tells of a member when they are told so, whatever happens meanwhile, and
//! they begin anew if they like.

use std::fs;
use std::time::Duration;

use mockingbird_playground::model::Message;
use mockingbird_playground::{Fault, Id, World};

use crate::bot::{Bot, PATIENCE};
use crate::own::{LATE, press, review, shown, until_whispered, with_reminder};
use crate::traces::{files, traces, words};
use crate::typed::types;

const REACTIONS: &str = "GET /channels/{channel}/messages/{message}/reactions/{emoji}";

/// The member's id as Discord has it.
fn number(bot: &Bot, who: &str) -> u64 {
    bot.discord.member(who).id().expect("they are there").get()
}

#[tokio::test]
async fn who_is_forgotten_is_in_no_file_when_they_are_told_so() {
    let mut bot = with_reminder().await;
    // What is known of others stays.
    let channel = bot.channel();
    let post = bot.discord.with_world(|world| {
        world.messages(channel).find(|message| !message.is_ephemeral()).cloned()
    });
    let post = post.expect("the question");
    bot.reacts("bob", &post);
    bot.reacts("eve", &post);
    bot.told(post.id, "Revealed by").await;
    bot.slash("bob", "zone", &[("name", "Europe/Berlin")]).await;
    bot.slash("bob", "quiz", &[("topic", "databases")]).await;
    review(&bot, "bob", "Partly").await;
    review(&bot, "eve", "Partly").await;
    bot.slash("bob", "sprint", &[]).await;
    types(&bot, "bob", post.id, "Answer", "Zyzzogeton is what comes back.").await;
    bot.at(LATE);
    until_whispered(&bot).await;
    for _ in 0..2 {
        bot.stop().await;
        bot.begin().await;
    }
    let (bob, eve) = (number(&bot, "bob"), number(&bot, "eve"));
    let folder = bot.config.data.clone();
    let before = traces(&folder, bob);
    assert!(before.iter().any(|trace| trace.starts_with("journal-")), "{before:?}");
    assert!(before.iter().any(|trace| trace.starts_with("snapshot-")), "{before:?}");

    assert_ne!(words(&folder, "Zyzzogeton"), Vec::<String>::new());

    let me = shown(&bot.slash("bob", "me", &[]).await);
    let really = press(&bot, "bob", me.id, "Forget me").await;
    let button = really.buttons().into_iter().next().expect("a button");
    let answer = press(&bot, "bob", really.id, &button).await;
    assert!(!answer.text().contains("Older files"), "{}", answer.text());
    assert_eq!(traces(&folder, bob), Vec::<String>::new(), "{}", answer.text());
    assert_eq!(words(&folder, "Zyzzogeton"), Vec::<String>::new());
    assert!(!traces(&folder, eve).is_empty());

    for _ in 0..2 {
        bot.kill().await;
        bot.begin().await;
        assert_eq!(traces(&folder, bob), Vec::<String>::new());
    }
    assert!(bot.streak("eve").await.contains("1 day") || !traces(&folder, eve).is_empty());
    assert!(files(&folder).len() >= 3);
    bot.ends_well().await;
}

#[tokio::test]
async fn a_bot_killed_while_it_forgets_ends_it_at_the_next_start() {
    for pause in [0, 1, 3, 10] {
        let mut bot = with_reminder().await;
        bot.stop().await;
        bot.begin().await;
        let me = shown(&bot.slash("bob", "me", &[]).await);
        let really = press(&bot, "bob", me.id, "Forget me").await;
        let button = really.buttons().into_iter().next().expect("a button");
        let bob = bot.discord.member("bob");
        let pressing = tokio::spawn(async move { bob.press(really.id, &button).await.is_ok() });
        tokio::time::sleep(Duration::from_millis(pause)).await;
        bot.kill().await;
        drop(pressing);
        bot.begin().await;
        let (folder, bob) = (bot.config.data.clone(), number(&bot, "bob"));
        // Either it was not heard, or nothing of them is left.
        let me = shown(&bot.slash("bob", "me", &[]).await).text();
        if !me.contains("1 day") {
            bot.until_true(|| traces(&folder, bob).is_empty()).await;
        }
        bot.discord.until(|_| true, PATIENCE).await.expect("it is");
        bot.stop().await;
    }
}

/// Where a member is forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum In {
    Server,
    Chat,
}

impl In {
    async fn run(self, bot: &Bot, who: &str, command: &str) -> Message {
        let ran = match self {
            Self::Server => bot.discord.member(who).slash("prep", command, &[]).await,
            Self::Chat => bot.discord.member(who).dm_slash(command, &[]).await,
        };
        shown(&ran.unwrap_or_else(|error| panic!("/{command}: {error}\n{}", bot.story())))
    }

    /// The button that forgets for good, and its message.
    async fn really(self, bot: &Bot, who: &str) -> (Id, String) {
        let me = self.run(bot, who, "me").await;
        let really = press(bot, who, me.id, "Forget me").await;
        (really.id, really.buttons().into_iter().next().expect("a button"))
    }
}

/// Presses it; what is said then, and what stands in the files when it is said.
async fn forget(bot: &Bot, who: &str, (message, button): (Id, String)) -> (String, Vec<String>) {
    let said = press(bot, who, message, &button).await.text();
    (said, traces(&bot.config.data, number(bot, who)))
}

/// Somebody practises in their private chat; where the question stands.
async fn practises_in_chat(bot: &Bot, who: &str) -> Message {
    let member = bot.discord.member(who);
    let quiz = member.dm_slash("quiz", &[("topic", "http".into())]).await;
    let post = shown(&quiz.expect("an answer"));
    bot.until(|world| world.message(post.id).is_some_and(|m| m.reaction_count("💡") == 1)).await;
    // The chat may tell of earlier ones.
    let revealed = |world: &World| {
        world.messages(post.channel).filter(|said| said.text().contains("Revealed by")).count()
    };
    let before = bot.discord.with_world(revealed);
    bot.reacts(who, &post);
    bot.until(|world| revealed(world) > before).await;
    post
}

/// Older files are there, each with what was known then.
async fn grows_old(bot: &mut Bot) {
    for _ in 0..2 {
        bot.stop().await;
        bot.begin().await;
    }
}

#[tokio::test]
async fn nothing_names_a_private_chat_whose_member_is_forgotten() {
    let mut bot = Bot::start().await;
    let post = practises_in_chat(&bot, "bob").await;
    shown(&bot.slash("eve", "quiz", &[("topic", "http")]).await);
    grows_old(&mut bot).await;
    let (folder, bob) = (bot.config.data.clone(), number(&bot, "bob"));
    let before = traces(&folder, bob);
    assert!(before.iter().any(|trace| trace.starts_with("snapshot-")), "{before:?}");

    let button = In::Chat.really(&bot, "bob").await;
    let (said, left) = forget(&bot, "bob", button).await;
    assert!(said.contains("I know nothing about you"), "{said}");
    assert_eq!(left, Vec::<String>::new());

    // What still stands in the chat brings nobody back.
    bot.discord.member("bob").unreact(post.id, "💡").expect("it stands there");
    bot.reacts("bob", &post);
    for _ in 0..2 {
        bot.kill().await;
        bot.begin().await;
        bot.slash("eve", "streak", &[]).await;
        assert_eq!(traces(&folder, bob), Vec::<String>::new());
    }
    grows_old(&mut bot).await;
    assert_eq!(traces(&folder, bob), Vec::<String>::new());

    let streak = In::Chat.run(&bot, "bob", "streak").await.text();
    assert!(streak.contains("No streak yet"), "{streak}");
    practises_in_chat(&bot, "bob").await;
    grows_old(&mut bot).await;
    let streak = In::Chat.run(&bot, "bob", "streak").await.text();
    assert!(streak.contains("1 day in a row"), "{streak}");
    bot.ends_well().await;
}

#[tokio::test]
async fn a_chat_may_begin_anew_and_be_forgotten_again_and_again() {
    let mut bot = Bot::start().await;
    let (folder, bob) = (bot.config.data.clone(), number(&bot, "bob"));
    for round in 0..3 {
        practises_in_chat(&bot, "bob").await;
        let button = In::Chat.really(&bot, "bob").await;
        let (said, left) = forget(&bot, "bob", button).await;
        assert!(said.contains("I know nothing about you"), "{said}");
        assert_eq!(left, Vec::<String>::new(), "{round}");
        if round == 1 {
            bot.kill().await;
            bot.begin().await;
        }
    }
    bot.stop().await;
    assert_eq!(traces(&folder, bob), Vec::<String>::new());
}

#[tokio::test]
async fn who_is_forgotten_at_once_with_others_is_in_no_file_when_they_are_told_so() {
    let mut bot = Bot::start().await;
    let (folder, post) = (bot.config.data.clone(), {
        shown(&bot.slash("ann", "quiz", &[("topic", "http")]).await);
        bot.question(1).await
    });
    for who in ["ann", "bob", "eve"] {
        bot.discord.member(who).press(post.id, "Show me").await.expect("an answer");
    }
    for who in ["bob", "eve"] {
        practises_in_chat(&bot, who).await;
    }
    grows_old(&mut bot).await;
    // All are in both, so that each place tells of whoever is not forgotten there yet.
    for place in [In::Server, In::Chat] {
        let bob = place.really(&bot, "bob").await;
        let eve = place.really(&bot, "eve").await;
        let (bob, eve) = tokio::join!(forget(&bot, "bob", bob), forget(&bot, "eve", eve));
        for (said, left) in [bob, eve] {
            assert!(said.contains("I know nothing about you"), "{said}");
            assert_eq!(left.is_empty(), place == In::Chat, "{place:?}: {left:?}");
        }
    }
    for _ in 0..2 {
        for who in ["bob", "eve"] {
            assert_eq!(traces(&folder, number(&bot, who)), Vec::<String>::new(), "{who}");
        }
        assert!(!traces(&folder, number(&bot, "ann")).is_empty());
        bot.kill().await;
        bot.begin().await;
    }
    assert!(bot.streak("ann").await.contains("1 day"));
    bot.ends_well().await;
}

#[tokio::test]
async fn older_files_that_cannot_be_removed_are_told_of_and_go_later() {
    for place in [In::Server, In::Chat] {
        for restarts in [false, true] {
            let setup = mockingbird_playground::Setup {
                rate_limits: mockingbird_playground::RateLimits::off(),
                ..mockingbird_playground::Setup::default()
            };
            let settings = |config: &mut mockingbird::config::Config, _| {
                if !restarts {
                    config.snapshot.every = Duration::from_millis(500);
                }
            };
            let mut bot = Bot::start_in(setup, settings).await;
            match place {
                In::Server => drop(review(&bot, "bob", "Partly").await),
                In::Chat => drop(practises_in_chat(&bot, "bob").await),
            }
            grows_old(&mut bot).await;
            let (folder, bob) = (bot.config.data.clone(), number(&bot, "bob"));
            let button = place.really(&bot, "bob").await;
            // Removing goes from the oldest on, and this cannot be removed like a file.
            let stone = folder.join("snapshot-0.mbs");
            fs::create_dir(&stone).expect("it is not there");
            let (said, left) = forget(&bot, "bob", button).await;
            assert!(said.contains("as soon as the disk allows"), "{said}");
            assert!(!left.is_empty());
            if restarts {
                // Nothing in the newest snapshot tells of them, and yet it is known what to do.
                bot.kill().await;
            }
            fs::remove_dir(&stone).expect("it is there");
            if restarts {
                bot.begin().await;
            }
            bot.until_true(|| traces(&folder, bob).is_empty()).await;
            bot.stop().await;
            assert_eq!(traces(&folder, bob), Vec::<String>::new(), "{place:?} {restarts}");
            bot.begin().await;
            bot.ends_well().await;
        }
    }
}

#[tokio::test]
async fn a_chat_that_begins_anew_before_older_files_are_gone_is_kept() {
    let mut bot = Bot::start().await;
    practises_in_chat(&bot, "bob").await;
    grows_old(&mut bot).await;
    let folder = bot.config.data.clone();
    let button = In::Chat.really(&bot, "bob").await;
    let stone = folder.join("snapshot-0.mbs");
    fs::create_dir(&stone).expect("it is not there");
    let (said, _) = forget(&bot, "bob", button).await;
    assert!(said.contains("as soon as the disk allows"), "{said}");
    practises_in_chat(&bot, "bob").await;
    bot.kill().await;
    fs::remove_dir(&stone).expect("it is there");
    for _ in 0..2 {
        bot.begin().await;
        let streak = In::Chat.run(&bot, "bob", "streak").await.text();
        assert!(streak.contains("1 day in a row"), "{streak}");
        bot.kill().await;
    }
    bot.begin().await;
    let button = In::Chat.really(&bot, "bob").await;
    let (said, left) = forget(&bot, "bob", button).await;
    assert!(said.contains("I know nothing about you"), "{said}");
    assert_eq!(left, Vec::<String>::new());
    bot.ends_well().await;
}

#[tokio::test]
async fn a_bot_killed_while_it_dissolves_a_chat_ends_it_at_the_next_start() {
    for pause in [0, 1, 3, 10] {
        let mut bot = Bot::start().await;
        practises_in_chat(&bot, "bob").await;
        grows_old(&mut bot).await;
        let (folder, bob) = (bot.config.data.clone(), number(&bot, "bob"));
        let (message, button) = In::Chat.really(&bot, "bob").await;
        let member = bot.discord.member("bob");
        let pressing = tokio::spawn(async move { member.press(message, &button).await.is_ok() });
        tokio::time::sleep(Duration::from_millis(pause)).await;
        bot.kill().await;
        drop(pressing);
        bot.begin().await;
        // Either it was not heard, or nothing of them is left.
        let ends = async {
            while !traces(&folder, bob).is_empty() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        if tokio::time::timeout(Duration::from_secs(3), ends).await.is_err() {
            let streak = In::Chat.run(&bot, "bob", "streak").await.text();
            assert!(streak.contains("1 day in a row"), "{streak}");
        }
        bot.stop().await;
    }
}

#[tokio::test]
async fn a_list_of_reactions_that_comes_late_brings_nobody_back() {
    let mut bot = with_reminder().await;
    shown(&bot.slash("eve", "quiz", &[("topic", "databases")]).await);
    let post = bot.question(2).await;
    // He reacts while the bot is away, and the list of those who did cannot be had at first.
    bot.stop().await;
    bot.reacts("bob", &post);
    bot.discord.faults().every_request(REACTIONS, Fault::Status(503));
    bot.begin().await;
    bot.until_true(|| bot.requests(REACTIONS, 503) > 0).await;
    let button = In::Server.really(&bot, "bob").await;
    let (said, left) = forget(&bot, "bob", button).await;
    assert!(said.contains("I know nothing about you"), "{said}");
    assert_eq!(left, Vec::<String>::new());
    bot.discord.faults().clear();
    let before = bot.requests(REACTIONS, 200);
    bot.at("2026-11-23T09:00:00Z");
    bot.until_requests(REACTIONS, 200, before + 1).await;
    let (folder, bob) = (bot.config.data.clone(), number(&bot, "bob"));
    for _ in 0..2 {
        bot.kill().await;
        bot.begin().await;
        bot.slash("eve", "streak", &[]).await;
        assert_eq!(traces(&folder, bob), Vec::<String>::new());
    }
    bot.ends_well().await;
}

#[tokio::test]
async fn whoever_comes_back_reads_what_somebody_new_reads() {
    let bot = with_reminder().await;
    review(&bot, "bob", "Missed").await;
    bot.slash("bob", "zone", &[("name", "Asia/Tokyo")]).await;
    let button = In::Server.really(&bot, "bob").await;
    forget(&bot, "bob", button).await;
    let mut read = Vec::new();
    for who in ["bob", "eve"] {
        let mut words = String::new();
        for command in ["streak", "me", "zone", "topics"] {
            let message = In::Server.run(&bot, who, command).await;
            words.push_str(&message.text());
            if command == "me" {
                let settings = press(&bot, who, message.id, "Settings").await;
                words.push_str(&settings.text());
                let me = In::Server.run(&bot, who, "me").await;
                let export = press(&bot, who, me.id, "Export").await.text();
                words.push_str(&export.replace(&number(&bot, who).to_string(), "(id)"));
            }
        }
        // Which question comes first is chance; how many there are is not.
        let review = In::Server.run(&bot, who, "review").await.text();
        words.push_str(review.lines().next().unwrap_or_default());
        read.push(words);
    }
    assert_eq!(read[0], read[1]);
    for words in ["No streak yet", "0 known, 0 due", "**Reminder:** off", "Review · 3 new"] {
        assert!(read[0].contains(words), "{words}: {}", read[0]);
    }
    assert!(!read[0].contains("Tokyo"), "{}", read[0]);
    // And what he does counts as it does for them.
    let (asked, _) = review(&bot, "bob", "Missed").await;
    assert!(!asked.is_empty(), "all are new to him again");
    assert!(bot.streak("bob").await.contains("1 day"));
    bot.ends_well().await;
}
