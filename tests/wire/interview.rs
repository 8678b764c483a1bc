//! What interviews need of Discord: threads of their own, menus, forms, files, and messages that
//! change under the press. The adapter alone does it, without the rules of interviews.

use mockingbird::chart::{Radar, Series};
use mockingbird::practice::effect::{Attempt, Audience, Effect, Errand, OrderId, Outcome};
use mockingbird::practice::interview::FormView;
use mockingbird::practice::{ChannelId, InterviewId, MemberId, MessageId};
use mockingbird::words::{Content, File, Menu, MenuOption, Message};
use mockingbird_playground::{Fault, Id, Request};
use serde_json::Value;
use serenity::model::Permissions;

use crate::adapter::{Bot, FIRST, question, sent, view};

const INTERVIEW: InterviewId = InterviewId(0x1f);

fn order(errand: Errand) -> OrderId {
    OrderId::Interview { interview: INTERVIEW, errand }
}

fn start(channel: ChannelId, private: bool, name: &str, attempt: Attempt) -> Effect {
    let name = name.to_owned();
    Effect::StartThread { order: order(Errand::Thread), channel, name, private, attempt }
}

fn add(thread: ChannelId, member: MemberId) -> Effect {
    Effect::AddToThread { order: order(Errand::Add(member)), thread, member }
}

/// A message with everything that it can have.
fn full(chosen: bool) -> Message {
    let long = |letter: &str, length| letter.repeat(length);
    let option = |_| MenuOption { label: long("l", 100), description: long("d", 100), chosen };
    let menu = |name: &str, choose| Menu {
        custom_id: format!("{name}:{}", long("m", 90)),
        placeholder: long("p", 150),
        options: (0..25).map(option).collect(),
        choose,
    };
    let radar = Radar {
        title: long("t", 10),
        axes: ["Depth", "Clarity", "Care"].map(str::to_owned).to_vec(),
        rings: vec!["Good".to_owned()],
        series: vec![Series { name: "ann".to_owned(), values: vec![Some(10), None, Some(5)] }],
    };
    let file = |name: &str, alt, content| File { name: name.to_owned(), alt, content };
    Message {
        menus: vec![menu("a", (0, 25)), menu("b", (0, 25)), menu("c", (1, 25))],
        files: vec![
            file("chart.png", long("a", 1_024), Content::Radar(radar)),
            file("scorecards.md", String::new(), Content::Text("# Scorecards".to_owned())),
        ],
        ..question()
    }
}

/// What was said: the requests, and the events.
pub(crate) async fn played() -> (Vec<Request>, Vec<Value>) {
    let mut bot = Bot::start().await;
    threads(&bot).await;
    presses(&mut bot).await;
    (bot.local.requests(), bot.local.events())
}

async fn threads(bot: &Bot) {
    let prep = bot.channel("prep");
    let open = "POST /channels/{channel}/threads";
    bot.local.faults().request(open, 1, Fault::LoseResponse);
    let opened = bot.perform(&start(prep, true, "Interview 1f", FIRST), &[]).await;
    let Outcome::Opened { thread } = opened else { panic!("{opened:?}") };
    let public = bot.perform(&start(prep, false, &"n".repeat(100), FIRST), &[]).await;
    assert!(matches!(public, Outcome::Opened { .. }), "{public:?}");
    bot.local.deny_bot("random", Permissions::CREATE_PRIVATE_THREADS);
    bot.perform(&start(bot.channel("random"), true, "Interview 20", FIRST), &[]).await;

    let bob = MemberId(bot.local.member("bob").id().expect("he is there").get());
    assert_eq!(bot.perform(&add(thread, bob), &[]).await, Outcome::Done);
    bot.perform(&add(thread, MemberId(5)), &[]).await;

    let said = say(bot, thread).await;
    let mend = Effect::Edit {
        order: order(Errand::Mend(0)),
        channel: thread,
        message: said,
        view: view(),
    };
    for page in [full(true), question()] {
        bot.local.archive_thread(Id::new(thread.0), false);
        assert_eq!(bot.perform(&mend, &[page]).await, Outcome::Done);
    }
}

async fn say(bot: &Bot, channel: ChannelId) -> MessageId {
    let effect = Effect::Send {
        order: order(Errand::Say(0)),
        channel,
        reply_to: None,
        after: None,
        view: view(),
        nonce: INTERVIEW.to_string(),
        attempt: FIRST,
    };
    sent(&bot.perform(&effect, &[full(false)]).await)
}

async fn presses(bot: &mut Bot) {
    let update = |to| Effect::Update { to, view: view() };
    let form = |to| {
        let (well, next) = ("w".repeat(1_000), String::new());
        let form = FormView::Words { interview: INTERVIEW, turn: 0, well, next };
        Effect::Form { to, form: Box::new(mockingbird::practice::view::FormView::Interview(form)) }
    };
    let pages = [full(false), full(false)];
    let (answer, _) = bot.quiz(Audience::OnlyAsker, None, &pages).await;
    let private = answer.expect("an answer").message.expect("a message").id;
    let ann = bot.local.member("ann");
    for values in [&["0", "24"][..], &["1"]] {
        let (using, menu) = (ann.clone(), full(false).menus[0].custom_id.clone());
        let used = tokio::spawn(async move { using.choose(private, &menu, values).await });
        let ask = bot.asked().await;
        bot.perform(&update(ask.interaction), &[full(true)]).await;
        used.await.expect("it ends").expect("an answer");
    }
    let pressing = ann.clone();
    let pressed = tokio::spawn(async move { pressing.press(private, "Show me").await });
    let ask = bot.asked().await;
    bot.perform(&form(ask.interaction), &[]).await;
    let modal =
        pressed.await.expect("it ends").expect("an answer").modal().expect("a form").clone();
    let submitted = tokio::spawn(async move { ann.submit(&modal, &[("0", "well")]).await });
    let ask = bot.asked().await;
    bot.perform(&update(ask.interaction), &[question()]).await;
    submitted.await.expect("it ends").expect("an answer");

    let message = Id::new(say(bot, bot.channel("prep")).await.0);
    let acknowledge = |to| Effect::Acknowledge { to };
    bot.used(message, "Show me", &[], &[], acknowledge).await.0.expect("an answer");
}
