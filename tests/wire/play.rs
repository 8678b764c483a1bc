//! The bot is made to send every kind of request that it can send, once for all tests. What was
//! said on the wire is kept.

use std::sync::OnceLock;
use std::time::Duration;

use mockingbird::config::{Coach, CoachAddress};
use mockingbird::judge::Thresholds;
use mockingbird_playground::{Fault, Id, LocalDiscord, RateLimits, Request, Scope};
use serde_json::Value;
use serenity::model::Permissions;
use tempfile::TempDir;

use crate::bot::{Bot, PATIENCE};

const CALLBACK: &str = "POST /interactions/{interaction}/{token}/callback";
const ORIGINAL: &str = "GET /webhooks/{application}/{token}/messages/{message}";

const AMENDED: &str = "PATCH /webhooks/{application}/{token}/messages/{message}";

const SENTENCE: &str = "Words, `code` and more. ";

/// What was said.
pub(crate) struct Played {
    /// The bot's requests, with their answers.
    pub(crate) requests: Vec<Request>,
    /// What the gateway told the bot: whole frames.
    pub(crate) events: Vec<Value>,
    /// Whether the bot got through. Where it did not, what was said until then is often the
    /// reason, so it is looked at all the same.
    pub(crate) to_the_end: bool,
}

/// What was said; the bot runs once for all tests.
pub(crate) fn played() -> &'static Played {
    static PLAYED: OnceLock<Played> = OnceLock::new();
    PLAYED.get_or_init(|| {
        let mut runtime = tokio::runtime::Builder::new_multi_thread();
        runtime.enable_all().build().expect("a runtime").block_on(play())
    })
}

async fn play() -> Played {
    let questions = questions();
    let folder = questions.path().to_owned();
    // Nobody listens there: what is said then is what matters here.
    let address = CoachAddress::parse("http://127.0.0.1:9/v1").expect("a loopback address");
    let (model, key_env, timeout) = ("small".to_owned(), None, Duration::from_secs(6));
    let bot = Bot::start_with(RateLimits::off(), move |config| {
        config.questions = folder;
        config.coach = Some(Coach { address, model, key_env, timeout });
        config.judge = Thresholds { covered: 100, unsure: 0 };
    })
    .await;
    let discord = bot.discord.clone();
    let mut end = tokio::spawn(scenes(bot)).await;
    // The last scene ends the session, and what was told in it is gone.
    let mut events = discord.events();
    if let Ok(bot) = end {
        end = tokio::spawn(lost(bot)).await;
        events.extend(discord.events());
    }
    let to_the_end = end.is_ok();
    if let Ok(bot) = end {
        bot.ends_well().await;
    }
    let mut requests = discord.requests();
    let interview = tokio::spawn(crate::interview::played()).await;
    let to_the_end = to_the_end && interview.is_ok();
    if let Ok((more, heard)) = interview {
        requests.extend(more);
        events.extend(heard);
    }
    Played { requests, events, to_the_end }
}

async fn scenes(bot: Bot) -> Bot {
    completions(&bot).await;
    answers(&bot).await;
    refusals(&bot).await;
    reveals(&bot).await;
    private_chat(&bot).await;
    dailies(&bot).await;
    own(&bot).await;
    bot
}

/// A bank whose answers are long enough for several messages.
fn questions() -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    let part = format!("      {}\n\n", SENTENCE.repeat(15));
    let parts = part.repeat(30);
    let question = |(id, level)| {
        format!(
            "  - id: {id}\n    prompt: What are {id}, and @everyone?\n    level: {level}\n    \
             kind: concept\n    hint: Think of **two** readers.\n    key_points:\n      \
             - point: It has a price.\n    follow_ups:\n      - prompt: And then?\n        \
             answer: Then it ends.\n    answer: |\n{parts}"
        )
    };
    let bank: String =
        [("joins", "easy"), ("locks", "medium"), ("isolation", "hard")].map(question).concat();
    let bank = format!("topic: databases\ntitle: Databases & Storage\nquestions:\n{bank}");
    #[expect(clippy::disallowed_methods, reason = "a bank of this test's own")]
    std::fs::write(folder.path().join("databases.yaml"), bank).expect("a new file");
    folder
}

async fn completions(bot: &Bot) {
    let ann = bot.discord.member("ann");
    for (command, option, typed) in [
        ("quiz", "topic", ""),
        ("quiz", "topic", "nothing like it"),
        ("zone", "name", "berl"),
        ("daily set", "time_zone", "new"),
        ("daily set", "days", "mo"),
        ("daily set", "topics", "databases, "),
    ] {
        ann.complete("prep", command, option, typed).await.expect("completions");
    }
}

async fn answers(bot: &Bot) {
    for (command, options) in [
        ("help", &[][..]),
        ("about", &[]),
        ("zone", &[]),
        ("zone", &[("name", "Europe/Berlin")]),
        ("streak", &[]),
        ("streak", &[("member", "bob")]),
    ] {
        bot.slash("ann", command, options).await;
    }
}

async fn refusals(bot: &Bot) {
    for (command, options) in [
        ("quiz", &[("topic", "quokka husbandry")][..]),
        ("quiz", &[("topic", "databases"), ("kind", "design")]),
        ("zone", &[("name", "Atlantis")]),
        ("daily pause", &[]),
        ("daily set", &[("days", "mon")]),
        ("daily set", &[("at", "25:00")]),
    ] {
        let answer = bot.slash("ann", command, options).await;
        assert!(answer.is_ephemeral(), "{}", answer.text());
    }
}

/// In a thread, shown to one member, where threads and reactions are not allowed, and after a 429.
async fn reveals(bot: &Bot) {
    let (ann, bob) = (bot.discord.member("ann"), bot.discord.member("bob"));
    let post = quiz(bot, "prep").await;
    let shown = bob.press(post, "Show me").await.expect("the answer");
    assert!(shown.is_ephemeral());
    let post_message = "POST /channels/{channel}/messages";
    let limited = Fault::RateLimited { scope: Scope::User, retry_after: Duration::from_millis(1) };
    bot.discord.faults().request(post_message, 1, limited);
    bob.react(post, "💡").expect("he can react");
    bot.told(post, "Revealed by").await;
    bot.slash("bob", "streak", &[]).await;
    bot.slash("ann", "streak", &[("member", "bob")]).await;

    bot.discord.deny_bot("random", Permissions::CREATE_PUBLIC_THREADS);
    let post = quiz(bot, "random").await;
    ann.react(post, "💡").expect("she can react");
    bot.told(channel(bot, "random"), "Revealed by").await;

    bot.discord.deny_bot("general", Permissions::ADD_REACTIONS);
    quiz(bot, "general").await;
    requested(&bot.discord, |request| request.method == "PATCH").await;
}

async fn private_chat(bot: &Bot) {
    let eve = bot.discord.member("eve");
    let answer = eve.dm_slash("quiz", &[("topic", "any".into())]).await.expect("a question");
    let post = answer.message.expect("a message");
    reacted(bot, post.channel, post.id).await;
    eve.react(post.id, "💡").expect("she can react");
    bot.told(post.channel, "Revealed by").await;
    eve.dm_slash("streak", &[]).await.expect("her streak");
}

/// Practice of one's own: every command, every button once, a reminder and the weekly post.
async fn own(bot: &Bot) {
    let bob = bot.discord.member("bob");
    for (command, options) in [
        ("topics", &[][..]),
        ("team", &[]),
        ("leaderboard", &[]),
        ("question", &[("words", "locks")]),
        ("digest set", &[("at", "09:00")]),
        ("digest status", &[]),
        ("reports", &[]),
        ("sprint", &[]),
    ] {
        bot.slash("ann", command, options).await;
    }
    let pressed = async |on: Id, button: &str| {
        let answer = bob.press(on, button).await.expect("an answer");
        answer.message.expect("a message")
    };
    let review = bot.slash("bob", "review", &[]).await.message.expect("a question").id;
    for (button, text) in [("Answer", "It has a price."), ("Answer again", "```\n@everyone")] {
        let opened = bob.press(review, button).await.expect("a form");
        let form = opened.modal().expect("a form").clone();
        bob.submit(&form, &[("0", text)]).await.expect("what is said of it");
    }
    pressed(review, "Ask the coach").await;
    pressed(review, "Send it").await;
    requested(&bot.discord, |request| request.route == AMENDED).await;
    let answer = pressed(review, "Show answer").await;
    bob.choose(review, "The key points that you made", &["0"]).await.expect("it is corrected");
    for button in answer.buttons() {
        // What changes the message comes last.
        if ["Follow-up", "Related", "Report", "Hint"].contains(&button.as_str()) {
            pressed(review, &button).await;
        }
    }
    pressed(review, "Missed").await;
    let me = bot.slash("bob", "me", &[]).await.message.expect("his progress").id;
    pressed(me, "Export").await;
    let settings = pressed(me, "Settings").await.id;
    let option = Value::from("own:reminder");
    let menu = bot.discord.with_world(|world| {
        let message = world.message(settings)?;
        let menus = message.controls();
        let menu = menus.into_iter().find(|it| it["custom_id"] == option)?;
        menu["options"].as_array()?.last()?["value"].as_str().map(str::to_owned)
    });
    bob.choose(settings, "own:reminder", &[&menu.expect("a menu")]).await.expect("it is set");
    bob.press(settings, "Quiet hours").await.expect("a form");
    // Six hours before the end of a day on which he has not practised yet.
    bot.at("2026-11-25T22:01:00Z");
    requested(&bot.discord, |request| request.route == "POST /users/@me/channels").await;
    let chat = bot.discord.dm("bob").expect("bob is there");
    bot.until(|world| world.messages(chat).any(|m| m.author == world.bot())).await;
    let sent = bob.sees(&chat.to_string()).pop().expect("a reminder");
    let off = sent.buttons().pop().expect("a button");
    bob.press(sent.id, &off).await.expect("an answer");
    let me = bot.slash("bob", "me", &[]).await.message.expect("his progress").id;
    let really = pressed(me, "Forget me").await;
    let yes = really.buttons().into_iter().next().expect("a button");
    pressed(really.id, &yes).await;
    bot.at("2026-11-30T09:01:00Z");
    bot.until(|world| {
        world.channels().any(|c| world.messages(c.id).any(|m| m.text().contains("The week")))
    })
    .await;
}

async fn dailies(bot: &Bot) {
    for (command, options) in [
        (
            "daily set",
            &[
                ("at", "09:00"),
                ("time_zone", "Europe/Berlin"),
                ("days", "mon-fri"),
                ("topics", "databases"),
                ("channel", "prep"),
            ][..],
        ),
        ("daily list", &[]),
        ("daily skip", &[]),
        ("daily pause", &[]),
        ("daily resume", &[("channel", "prep")]),
        ("daily now", &[]),
        ("daily status", &[]),
    ] {
        bot.slash("ann", command, options).await;
    }
    bot.question(2).await;
    bot.at("2026-11-24T08:30:00Z");
    bot.question(3).await;
    bot.slash("ann", "daily status", &[("channel", "prep")]).await;
    bot.slash("ann", "daily remove", &[]).await;
}

/// An answer gets lost, the bot is ended while it asks what became of it, and somebody reacts
/// before it is back: it looks for its message and asks who has reacted.
async fn lost(mut bot: Bot) -> Bot {
    let faults = bot.discord.faults();
    faults.request(CALLBACK, 1, Fault::LoseResponse);
    quiz_unseen(&bot).await;
    requested(&bot.discord, |request| request.route == ORIGINAL).await;

    let asked: Vec<String> =
        bot.discord.requests().into_iter().map(|request| request.path).collect();
    faults.request(CALLBACK, 1, Fault::LoseResponse);
    faults.request(ORIGINAL, 1, Fault::Hang);
    let post = quiz_unseen(&bot).await;
    requested(&bot.discord, |request| request.route == ORIGINAL && !asked.contains(&request.path))
        .await;
    bot.kill().await;
    faults.clear();
    bot.discord.member("bob").react(post, "💡").expect("he can react");
    bot.begin().await;
    bot.told(post, "Revealed by").await;
    bot
}

/// A question in a channel, once the bot has seen to its reaction, allowed or not.
async fn quiz(bot: &Bot, place: &str) -> Id {
    let ann = bot.discord.member("ann");
    let answer = ann.slash(place, "quiz", &[("topic", "databases".into())]).await;
    let post = answer.expect("a question").message.expect("a message");
    let tried = format!("/channels/{}/messages/{}/reactions/", post.channel, post.id);
    requested(&bot.discord, |r| r.method == "PUT" && r.path.starts_with(&tried)).await;
    post.id
}

/// A question in #prep of which the bot does not know that it stands.
async fn quiz_unseen(bot: &Bot) -> Id {
    bot.slash("ann", "quiz", &[("topic", "any")]).await.message.expect("a message").id
}

async fn reacted(bot: &Bot, channel: Id, message: Id) {
    bot.until(|world| {
        world.messages(channel).any(|m| m.id == message && m.reaction_count("💡") > 0)
    })
    .await;
}

/// Waits for a request that fits.
async fn requested(discord: &LocalDiscord, fits: impl FnMut(&Request) -> bool + Send) {
    discord.until_request(fits, PATIENCE).await.expect("the request comes");
}

fn channel(bot: &Bot, name: &str) -> Id {
    bot.discord.channel(name).expect("it is there from the start")
}

#[test]
fn the_bot_gets_through_everything_that_it_can_do() {
    assert!(played().to_the_end, "the output of the test that came first says where it ended");
}
