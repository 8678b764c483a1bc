//! What is said later in the message that a press was answered with.

use mockingbird::command::button;
use mockingbird::judge::Asking;
use mockingbird::practice::MemberId;
use mockingbird::practice::effect::{Audience, Effect, Failure, OrderId, Outcome};
use mockingbird::practice::input::{Interaction, Press};
use mockingbird::practice::own::{Flow, OwnPress};
use mockingbird::words::{Button, ButtonStyle, Message};
use mockingbird_playground::Id;

use crate::bot::{Bot, text, view};

const COACH: Press = Press::Own(OwnPress::Coach(0x1f, Flow::Here));

fn asks(said: &str) -> Message {
    let button = Button {
        custom_id: button::custom_id(COACH),
        label: "Ask".to_owned(),
        emoji: None,
        style: ButtonStyle::Secondary,
    };
    Message { rows: vec![vec![button]], ..text(said) }
}

fn consult(to: Interaction) -> Effect {
    let (question, text) = ("Why?".to_owned(), "So.".to_owned());
    Effect::Consult {
        order: OrderId::Coach { member: MemberId(1), typed: 0x1f, flow: Flow::Here },
        to,
        view: view(),
        asking: Box::new(Asking { question, points: Vec::new(), text }),
    }
}

fn amend(to: Interaction) -> Effect {
    Effect::Amend { to, under: COACH, view: view() }
}

/// A message that only ann sees, and on which she pressed; the press.
async fn asked(bot: &mut Bot, meanwhile: &Message) -> (Id, Interaction) {
    let (answer, _) = bot.quiz(Audience::OnlyAsker, None, &[asks("Typed")]).await;
    let message = answer.unwrap().message.unwrap().id;
    let ann = bot.local.member("ann");
    let pressed = tokio::spawn(async move { ann.press(message, "Ask").await });
    let to = bot.asked().await.interaction;
    let outcome = bot.perform(&consult(to.clone()), std::slice::from_ref(meanwhile)).await;
    assert_eq!(outcome, Outcome::Done, "the member is answered; the coach is somebody else's");
    assert_eq!(pressed.await.unwrap().unwrap().message.unwrap().id, message);
    (message, to)
}

#[tokio::test]
async fn what_comes_later_stands_on_the_private_message_that_was_pressed() {
    let mut bot = Bot::start().await;
    let (message, to) = asked(&mut bot, &asks("It is being asked")).await;
    assert_eq!(bot.perform(&amend(to.clone()), &[asks("It thinks so")]).await, Outcome::Done);
    let seen = bot.local.member("ann").sees("prep");
    let [known] = seen.as_slice() else { panic!("{seen:?}") };
    assert_eq!((known.id, known.text()), (message, "It thinks so".to_owned()));
    assert!(known.is_ephemeral());
    assert!(bot.local.member("bob").sees("prep").is_empty());
}

#[tokio::test]
async fn whoever_has_gone_on_is_not_led_back() {
    let mut bot = Bot::start().await;
    let (_, to) = asked(&mut bot, &text("The answer")).await;
    assert_eq!(bot.perform(&amend(to), &[asks("It thinks so")]).await, Outcome::NotFound);
    assert_eq!(bot.local.member("ann").sees("prep")[0].text(), "The answer");
}

#[tokio::test]
async fn nothing_is_said_to_nobody() {
    let bot = Bot::start().await;
    let to = Interaction { id: 5, token: "x".to_owned() };
    let outcome = bot.perform(&amend(to), &[asks("It thinks so")]).await;
    assert!(
        matches!(outcome, Outcome::Failed(Failure::Late | Failure::Refused { .. })),
        "{outcome:?}"
    );
}
