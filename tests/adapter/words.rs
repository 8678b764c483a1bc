//! Messages of interviews as words make them, changed where they stand: what was deleted leaves
//! nothing behind, and what needs two pages keeps its menus and buttons on the last.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use mockingbird::bank::{KeyPoint, Question};
use mockingbird::plans::{Dimension, Plan, PlanId, Rubric};
use mockingbird::practice::effect::{Audience, Effect, Errand, OrderId, Outcome};
use mockingbird::practice::interview::InterviewView;
use mockingbird::practice::interview::state::Card;
use mockingbird::practice::interview::view::{Onward, OpenedCard, OpenedView, Where};
use mockingbird::practice::view::View;
use mockingbird::practice::{ChannelId, InterviewId, MemberId, MessageId};
use mockingbird::words::{Message, render};
use mockingbird_playground::Id;

use crate::bot::{Bot, FIRST, id, sent, text, view};

const INTERVIEW: InterviewId = InterviewId(0x1f);
const PLACE: Where = Where { interview: INTERVIEW, turn: 0, question: 0 };

fn order(errand: Errand) -> OrderId {
    OrderId::Interview { interview: INTERVIEW, errand }
}

fn pages(view: InterviewView) -> Vec<Message> {
    render(&View::Interview(Box::new(view)))
}

async fn say(bot: &Bot, channel: ChannelId, pages: &[Message]) -> MessageId {
    let (view, nonce) = (view(), pages.len().to_string());
    let (order, reply_to, after, attempt) = (order(Errand::Say(0)), None, None, FIRST);
    let effect = Effect::Send { order, channel, reply_to, after, view, nonce, attempt };
    sent(&bot.perform(&effect, pages).await)
}

async fn mend(bot: &Bot, channel: ChannelId, message: MessageId, pages: &[Message]) {
    let effect = Effect::Edit { order: order(Errand::Mend(0)), channel, message, view: view() };
    assert_eq!(bot.perform(&effect, pages).await, Outcome::Done);
}

fn opened(deleted: bool) -> InterviewView {
    let dimension = |title: &str| Dimension {
        title: title.to_owned(),
        bands: ["one", "two", "three", "four"].map(str::to_owned),
    };
    let rubric = Rubric {
        id: "usual".to_owned(),
        title: "Usual".to_owned(),
        dimensions: ["Clarity", "Depth", "Care"].map(dimension).to_vec(),
    };
    let plan = Plan {
        id: PlanId::new("mid"),
        title: "Mid".to_owned(),
        about: String::new(),
        swap: false,
        sections: Vec::new(),
        rubric,
    };
    let card = Card {
        bands: vec![Some(1); 3],
        comments: vec!["a secret".to_owned(); 3],
        well: "a secret".to_owned(),
        next: "a secret".to_owned(),
        sealed: Some(Timestamp::UNIX_EPOCH),
    };
    InterviewView::Opened(OpenedView {
        interview: INTERVIEW,
        plan: Arc::new(plan),
        candidate: MemberId(1),
        at: Timestamp::UNIX_EPOCH,
        cards: vec![OpenedCard { by: MemberId(1), own: true, card }],
        missing: Vec::new(),
        questions: Vec::new(),
        deleted,
    })
}

/// A question whose model answer needs two pages.
fn long() -> Arc<Question> {
    let answer = "A sentence that goes on and on. ".repeat(220);
    let point = |point: &str| KeyPoint::of(point);
    let key_points = vec![point("it is one"), point("it stays")];
    Arc::new(Question { key_points, ..Question::bare("acid", "sql", "Why?", &answer) })
}

fn model(ticked: &[u8]) -> Vec<Message> {
    let ticked: BTreeSet<u8> = ticked.iter().copied().collect();
    let (question, next) = (long(), Some(Onward::Question));
    let pages = pages(InterviewView::Model { place: PLACE, question, ticked, open: true, next });
    assert_eq!(pages.len(), 2);
    pages
}

/// The messages in a channel as somebody sees them: their text, and their menus and buttons.
fn seen(bot: &Bot, who: &str, channel: &str) -> Vec<(String, usize)> {
    let messages = bot.local.member(who).sees(channel);
    messages.iter().map(|message| (message.text(), message.controls().len())).collect()
}

#[tokio::test]
async fn opened_scorecards_that_are_deleted_leave_no_file_and_no_word() {
    let bot = Bot::start().await;
    let prep = bot.channel("prep");
    let message = say(&bot, prep, &pages(opened(false))).await;
    let left = |bot: &Bot| {
        bot.local.with_world(|world| {
            let message = world.message(id(message)).unwrap();
            let files = &message.attachments;
            let files: Vec<_> = files.iter().map(|file| file.filename.clone()).collect();
            (files, message.text().contains("a secret"), message.controls().len())
        })
    };
    let files = ["scorecards.png", "interview-1970-01-01.md"].map(str::to_owned).to_vec();
    assert_eq!(left(&bot), (files, true, 1));
    mend(&bot, prep, message, &pages(opened(true))).await;
    assert_eq!(left(&bot), (Vec::new(), false, 0));
    assert!(bot.texts("prep")[0].contains("deleted these scorecards"), "{:?}", bot.texts("prep"));
}

#[tokio::test]
async fn a_model_answer_of_two_pages_is_ticked_on_its_last_one() {
    let bot = Bot::start().await;
    let prep = bot.channel("prep");
    let message = say(&bot, prep, &model(&[])).await;
    say(&bot, prep, &[text("what came after it")]).await;
    let before = seen(&bot, "bob", "prep");
    let controls: Vec<usize> = before.iter().map(|(_, controls)| *controls).collect();
    assert_eq!(controls, [0, 3, 0], "a menu and two buttons, on the last page");
    mend(&bot, prep, message, &model(&[1])).await;
    let after = seen(&bot, "bob", "prep");
    assert_eq!((&after[0], &after[2]), (&before[0], &before[2]));
    assert!(after[1].0.contains("☑ it stays"), "{after:?}");
    assert_eq!(after[1].1, 3);
    mend(&bot, prep, message, &model(&[])).await;
    assert_eq!(seen(&bot, "bob", "prep"), before);
}

#[tokio::test]
async fn a_kit_of_two_pages_is_ticked_where_its_menu_stands() {
    let mut bot = Bot::start().await;
    let kit = |ticked: &[u8]| {
        let ticked: BTreeSet<u8> = ticked.iter().copied().collect();
        pages(InterviewView::Kit { place: PLACE, question: long(), ticked, evidence: None })
    };
    assert_eq!(kit(&[]).len(), 2);
    bot.quiz(Audience::OnlyAsker, None, &kit(&[])).await.0.unwrap();
    let ann = bot.local.member("ann");
    let last: Id = ann.sees("prep").last().unwrap().id;
    let before = seen(&bot, "ann", "prep");
    let menu = kit(&[])[1].menus[0].custom_id.clone();
    let used = tokio::spawn(async move { ann.choose(last, &menu, &["0"]).await });
    let ask = bot.asked().await;
    let update = Effect::Update { to: ask.interaction, view: view() };
    assert_eq!(bot.perform(&update, &kit(&[0])).await, Outcome::Done);
    used.await.unwrap().unwrap();
    let after = seen(&bot, "ann", "prep");
    assert_eq!((after.len(), &after[0]), (2, &before[0]));
    assert!(after[1].0.contains("☑ it is one"), "{after:?}");
    assert_eq!(after[1].1, before[1].1, "menu and button stay");
}
