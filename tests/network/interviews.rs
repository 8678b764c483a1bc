//! Requests that go wrong in the middle of an interview: its thread is opened, filled and written
//! into; messages are changed; a picture and a file are sent along.

use std::time::Duration;

use mockingbird_playground::model::Message;
use mockingbird_playground::{Fault, Id, Scope, World};

use crate::bot::ADDED;
use crate::life::{Life, Most};
use crate::table::{Row, Tally, row};

const START: &str = "POST /channels/{channel}/threads";
const HOME: &str = "GET /channels/{channel}";
const LOOK: &str = "GET /guilds/{guild}/threads/active";
const ADD: &str = "PUT /channels/{channel}/thread-members/{user}";
const POST: &str = "POST /channels/{channel}/messages";
const EDIT: &str = "PATCH /channels/{channel}/messages/{message}";
/// Everything that an interview needs besides answers.
const ALL: [&str; 6] = [START, HOME, LOOK, ADD, POST, EDIT];

/// What everybody reads who takes part, from the beginning to the end.
const NOTES: [&str; 7] = [
    "is interviewed by me",
    "Question 1 of 2",
    "Model answer to question 1",
    "Question 2 of 2",
    "Model answer to question 2",
    "Press **My scorecard**",
    "Scorecards: Short talk",
];

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for (name, fault) in faults() {
        let again = fault.clone();
        rows.push(row(format!("in an interview, {name}, on every route"), move || {
            everywhere(fault.clone())
        }));
        let name = format!("in an interview, {name}, as it opens with picture and file");
        rows.push(row(name, move || at_the_opening(again.clone())));
    }
    rows.push(row("in an interview, 503 until the bot gives up for now", given_up));
    rows
}

fn faults() -> Vec<(&'static str, Fault)> {
    let retry_after = Duration::from_millis(700);
    vec![
        ("429", Fault::RateLimited { scope: Scope::User, retry_after }),
        ("429 of all", Fault::RateLimited { scope: Scope::Global, retry_after }),
        ("503", Fault::Status(503)),
        ("slow answers", Fault::Slow(Duration::from_millis(800))),
        ("a connection cut before the write", Fault::CutBefore),
        ("a connection cut after the write", Fault::LoseResponse),
        ("an answer cut half-way", Fault::CutResponse),
        ("an answer that is no JSON", Fault::Nonsense),
    ]
}

/// An interview has more messages than a daily.
const MOST: Most = Most { requests: 120, warnings: 16, repeated: 4, identifies: 1, connections: 1 };

/// Before what bob does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Start,
    Press,
    Seal,
}

/// Each route suffers once at the start, and those that are used again before each press.
async fn everywhere(fault: Fault) -> Tally {
    let strike = |life: &Life, step| {
        let routes = if step == Step::Start { &ALL[..] } else { &[POST, EDIT] };
        for route in routes {
            life.faults().request(route, 1, fault.clone());
        }
    };
    through(strike).await
}

async fn at_the_opening(fault: Fault) -> Tally {
    let strike = |life: &Life, step| {
        if step == Step::Seal {
            life.faults().request(POST, 2, fault.clone());
        }
    };
    through(strike).await
}

async fn given_up() -> Tally {
    let strike = |life: &Life, step| {
        let routes: &[&str] = match step {
            Step::Start => &[START, ADD, POST],
            Step::Press => &[],
            Step::Seal => &[POST],
        };
        for route in routes {
            life.faults().request(route, 5, Fault::Status(503));
        }
    };
    through(strike).await
}

/// Bob is interviewed by the bot, and opens his card.
async fn through(strike: impl Fn(&Life, Step)) -> Tally {
    let mut life = Life::begin().await;
    life.most = MOST;
    strike(&life, Step::Start);
    let started = life.bot.slash("bob", "mock start", &[("plan", "short")]).await;
    let announcement = started.message.expect("an announcement").id;
    for (said, button) in [
        ("Question 1 of 2", "I answered aloud"),
        ("Model answer to question 1", "Next"),
        ("Question 2 of 2", "I answered aloud"),
        ("Model answer to question 2", "Finish"),
        ("Press **My scorecard**", "My scorecard"),
    ] {
        let message = reads(&life, said).await;
        strike(&life, Step::Press);
        presses(&life, message, button).await;
    }
    let card = life.bot.discord.with_world(|world| {
        let thread = thread(world).expect("it is there");
        let card = world.messages(thread).rfind(|message| message.is_ephemeral());
        card.expect("his card").id
    });
    for dimension in ["Communication", "Depth"] {
        let menu = format!("{dimension}: choose a band");
        let chosen = life.bot.discord.member("bob").choose(card, &menu, &["2"]).await;
        chosen.unwrap_or_else(|error| panic!("{menu}: {error}\n{}", life.story()));
    }
    strike(&life, Step::Seal);
    presses(&life, card, "Seal for good").await;
    let opened = reads(&life, "Scorecards: Short talk").await;
    let closed = |world: &World| {
        world.message(announcement).is_some_and(|message| message.text().contains("It is over."))
    };
    life.comes("the announcement is true", closed).await;
    life.has_practised("bob");
    let (discord, story) = (life.bot.discord.clone(), life.story());
    let tally = life.ends_soundly().await;
    // Not before it has stopped: what comes late counts as well.
    discord.with_world(|world| as_it_should_be(world, opened, &story));
    tally
}

/// Waits for a note in the thread.
async fn reads(life: &Life, text: &str) -> Id {
    let find = |world: &World| {
        let mut said = world.messages(thread(world)?).filter(|message| !message.is_ephemeral());
        said.find(|message| message.text().contains(text)).map(|message| message.id)
    };
    life.comes(text, |world| find(world).is_some()).await;
    life.bot.discord.with_world(find).expect("just seen")
}

async fn presses(life: &Life, message: Id, button: &str) {
    let answer = life.bot.discord.member("bob").press(message, button).await;
    let answer = answer.unwrap_or_else(|error| panic!("[{button}]: {error}\n{}", life.story()));
    let is_refused = answer.text().contains("Somebody was faster");
    assert!(!is_refused, "[{button}]\n{}", life.story());
}

/// The thread of the interview.
fn thread(world: &World) -> Option<Id> {
    let prep = world.channel_named("prep")?.id;
    world.threads(prep).find(|thread| thread.name.starts_with("Short talk")).map(|it| it.id)
}

/// One thread with bob in it once, each note once and in order, and both files at the end.
fn as_it_should_be(world: &World, opened: Id, story: &str) {
    let prep = world.channel_named("prep").expect("it is there").id;
    let threads = world.threads(prep).filter(|thread| thread.name.starts_with("Short talk"));
    assert_eq!(threads.count(), 1, "{story}");
    let thread = thread(world).expect("just counted");
    let public: Vec<&Message> =
        world.messages(thread).filter(|message| !message.is_ephemeral()).collect();
    let added = public.iter().filter(|message| message.kind == ADDED);
    assert_eq!(added.count(), 1, "{story}");
    // Time goes on while it waits, and that is told, too.
    let is_time = |text: &String| text.starts_with(['⏳', '⌛']);
    let said = public.iter().filter(|message| message.kind != ADDED);
    let said: Vec<String> =
        said.map(|message| message.text()).filter(|text| !is_time(text)).collect();
    assert_eq!(said.len(), NOTES.len(), "{said:#?}\n{story}");
    for (said, note) in said.iter().zip(NOTES) {
        // The scorecards note says something else once they are open.
        let is_cards = note.contains("My scorecard") && said.contains("The scorecards are open");
        assert!(said.contains(note) || is_cards, "{note}: {said}\n{story}");
    }
    let opened = world.message(opened).expect("it stands");
    let files: Vec<&str> = opened.attachments.iter().map(|file| file.filename.as_str()).collect();
    assert_eq!(files, ["scorecards.png", "interview-2026-11-23.md"], "{story}");
    assert!(opened.attachments.iter().all(|file| file.bytes.len() > 300), "{story}");
}
