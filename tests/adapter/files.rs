//! What is attached to messages: sent, drawn, replaced and known again.

use mockingbird::chart::{Radar, Series};
use mockingbird::practice::effect::{Attempt, Audience, Effect, Failure, Outcome, Step};
use mockingbird::words::{Content, File, Message};
use mockingbird_playground::{Fault, Id};
use serde_json::json;
use serenity::all::Permissions;

use crate::bot::{Bot, edit, id, order, question, send, sent, text, view};

const POST_MESSAGE: &str = "POST /channels/{channel}/messages";

fn chart() -> File {
    let text = |text: &str| text.to_owned();
    let radar = Radar {
        title: text("Scorecards"),
        axes: vec![text("Depth"), text("Clarity"), text("Trade-offs")],
        rings: vec![text("Not yet"), text("Good")],
        series: vec![Series { name: text("ann"), values: vec![Some(10), None, Some(15)] }],
    };
    File { name: text("chart.png"), alt: text("ann: depth good"), content: Content::Radar(radar) }
}

fn notes(words: &str) -> File {
    let content = Content::Text(words.to_owned());
    File { name: "scorecards größe.md".to_owned(), alt: String::new(), content }
}

fn with(files: Vec<File>) -> Message {
    Message { files, ..question() }
}

/// Names, words for those who cannot see, and what is in the files of a message.
fn files(bot: &Bot, message: Id) -> Vec<(String, Option<String>, Vec<u8>)> {
    bot.local.with_world(|world| {
        let files = world.message(message).unwrap().attachments.iter();
        files
            .map(|file| (file.filename.clone(), file.description.clone(), file.bytes.clone()))
            .collect()
    })
}

fn names(bot: &Bot, message: Id) -> Vec<String> {
    files(bot, message).into_iter().map(|(name, ..)| name).collect()
}

#[tokio::test]
async fn a_chart_and_a_text_come_with_their_message() {
    let bot = Bot::start().await;
    let outcome = bot.send("prep", "n", &[with(vec![chart(), notes("# Größe\r\n--b")])]).await;
    let message = id(sent(&outcome));
    let [picture, notes] = &files(&bot, message)[..] else { panic!("two files") };
    assert_eq!((picture.0.as_str(), picture.1.as_deref()), ("chart.png", Some("ann: depth good")));
    assert!(picture.2.starts_with(b"\x89PNG\r\n\x1a\n"));
    assert_eq!((notes.0.as_str(), notes.1.as_deref()), ("scorecards_gr__e.md", None));
    assert_eq!(notes.2, "# Größe\r\n--b".as_bytes());
    bot.local.with_world(|world| {
        let message = world.message(message).unwrap();
        assert_eq!(message.buttons(), ["Show me"]);
        assert!(message.mentions.is_empty());
        assert_eq!(message.attachments[0].content_type.as_deref(), Some("image/png"));
    });
}

#[tokio::test]
async fn a_message_can_be_a_file_alone() {
    let bot = Bot::start().await;
    let alone = Message { files: vec![notes("x")], ..Message::default() };
    let outcome = bot.send("prep", "n", &[alone]).await;
    assert_eq!(names(&bot, id(sent(&outcome))).len(), 1);
}

#[tokio::test]
async fn files_are_sent_again_with_what_is_sent_again() {
    let bot = Bot::start().await;
    let faults: [fn() -> Fault; 3] =
        [|| Fault::LoseResponse, || Fault::CutBefore, || Fault::Status(500)];
    for (number, fault) in faults.into_iter().enumerate() {
        bot.local.faults().request(POST_MESSAGE, 1, fault());
        let outcome = bot.send("prep", &number.to_string(), &[with(vec![notes("x")])]).await;
        assert_eq!(files(&bot, id(sent(&outcome)))[0].2, b"x");
        assert_eq!(bot.texts("prep").len(), number + 1);
    }
}

#[tokio::test]
async fn a_message_with_files_is_known_again() {
    let bot = Bot::start().await;
    let page = with(vec![chart(), notes("x")]);
    let first = sent(&bot.send("prep", "a", std::slice::from_ref(&page)).await);
    let attempt = Attempt::LookFirst { since: jiff::Timestamp::UNIX_EPOCH };
    let Effect::Send { channel, reply_to, view, nonce, .. } =
        send(bot.channel("prep"), "b", attempt)
    else {
        panic!()
    };
    // By what it says, not by the name in its button.
    let again = Effect::Send {
        order: order(Step::Tell),
        channel,
        reply_to,
        view,
        nonce,
        attempt,
        after: None,
    };
    assert_eq!(sent(&bot.perform(&again, &[page]).await), first);
    let other = with(vec![chart()]);
    assert_ne!(sent(&bot.perform(&again, &[other]).await), first);
}

#[tokio::test]
async fn an_edit_replaces_files_and_takes_away_what_is_not_said_any_more() {
    let bot = Bot::start().await;
    let first = with(vec![chart(), notes("before")]);
    let message = sent(&bot.send("prep", "n", &[first]).await);
    let mend = edit(bot.channel("prep"), message);
    let edits = [
        (with(vec![chart(), notes("after")]), vec!["chart.png", "scorecards_gr__e.md"]),
        (with(vec![notes("after")]), vec!["scorecards_gr__e.md"]),
        (text("nothing attached"), vec![]),
        (with(vec![chart()]), vec!["chart.png"]),
    ];
    for (page, left) in edits {
        let has_notes = left.contains(&"scorecards_gr__e.md");
        assert_eq!(bot.perform(&mend, &[page]).await, Outcome::Done);
        assert_eq!(names(&bot, id(message)), left);
        let said = files(&bot, id(message)).into_iter().any(|(.., bytes)| bytes == b"after");
        assert_eq!(said, has_notes);
    }
}

#[tokio::test]
async fn an_edit_with_files_may_be_lost_and_is_made_once() {
    let bot = Bot::start().await;
    let message = bot.post().await;
    let route = "PATCH /channels/{channel}/messages/{message}";
    bot.local.faults().request(route, 1, Fault::LoseResponse);
    let mend = edit(bot.channel("prep"), message);
    assert_eq!(bot.perform(&mend, &[with(vec![notes("x")])]).await, Outcome::Done);
    assert_eq!((bot.count(route), names(&bot, id(message)).len()), (2, 1));
}

#[tokio::test]
async fn an_answer_and_each_of_its_pages_can_have_files() {
    let mut bot = Bot::start().await;
    let pages = [with(vec![notes("one")]), with(vec![chart()])];
    let (answer, outcome) = bot.quiz(Audience::OnlyAsker, None, &pages).await;
    assert_eq!(outcome, Outcome::Done);
    assert!(answer.unwrap().is_ephemeral());
    let names: Vec<String> = bot
        .local
        .member("ann")
        .sees("prep")
        .iter()
        .flat_map(|message| message.attachments.iter().map(|file| file.filename.clone()))
        .collect();
    assert_eq!(names, ["scorecards_gr__e.md", "chart.png"]);
}

#[tokio::test]
async fn a_pressed_message_loses_and_gets_files() {
    let mut bot = Bot::start().await;
    let message = id(sent(&bot.send("prep", "n", &[with(vec![notes("one")])]).await));
    for (page, left) in [
        (with(vec![chart()]), vec!["chart.png"]),
        (question(), vec![]),
        (with(vec![chart(), notes("two")]), vec!["chart.png", "scorecards_gr__e.md"]),
    ] {
        let update = |to| Effect::Update { to, view: view() };
        let (answer, outcome) = bot.used(message, "Show me", &[], &[page], update).await;
        assert_eq!(outcome, Outcome::Done);
        answer.unwrap();
        assert_eq!(names(&bot, message), left);
    }
}

#[tokio::test]
async fn without_the_permission_to_attach_nothing_is_sent() {
    let bot = Bot::start().await;
    bot.local.deny_bot("prep", Permissions::ATTACH_FILES);
    let outcome = bot.send("prep", "n", &[with(vec![notes("x")])]).await;
    assert_eq!(outcome, Outcome::Failed(Failure::NotAllowed));
    assert_eq!(bot.texts("prep").len(), 0);
}

#[tokio::test]
async fn a_body_with_files_says_what_they_are() {
    let bot = Bot::start().await;
    bot.send("prep", "n", &[with(vec![chart(), notes("x")])]).await;
    let requests = bot.local.requests();
    let request = requests.iter().find(|request| request.route == POST_MESSAGE).unwrap();
    let described = json!([
        { "id": "0", "filename": "chart.png", "description": "ann: depth good" },
        { "id": "1", "filename": "scorecards_gr__e.md" },
    ]);
    assert_eq!(request.body["attachments"], described);
    assert_eq!(request.body["allowed_mentions"], json!({ "parse": [] }));
}
