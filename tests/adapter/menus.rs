//! Menus and forms, and answers that change the message on which they were asked for.

use mockingbird::practice::effect::{Audience, Effect, Failure, Outcome};
use mockingbird::practice::input::{Interaction, Place};
use mockingbird::practice::interview::FormView;
use mockingbird::practice::interview::view::Where;
use mockingbird::practice::{InterviewId, TeamId};
use mockingbird::runtime::Incoming;
use mockingbird::words::{Button, ButtonStyle, Menu, MenuOption, Message};
use mockingbird_playground::model::Outcome as Answered;
use mockingbird_playground::{ActError, Answer, Fault, Id};
use serde_json::json;

use crate::bot::{Bot, commands, edit, id, question, reply, sent, text, view};

const CALLBACK: &str = "POST /interactions/{interaction}/{token}/callback";

/// A scorecard with two menus, of which some options are chosen, and a button.
fn card(chosen: &[usize]) -> Message {
    let option = |number: usize| MenuOption {
        label: format!("Option {number}"),
        description: if number == 0 { "The first".to_owned() } else { String::new() },
        chosen: chosen.contains(&number),
    };
    let menu = |name: &str, choose| Menu {
        custom_id: format!("{name}:1f"),
        placeholder: name.to_owned(),
        options: (0..3).map(option).collect(),
        choose,
    };
    let button = Button {
        custom_id: "words:1f".to_owned(),
        label: "Words".to_owned(),
        emoji: None,
        style: ButtonStyle::Secondary,
    };
    Message {
        menus: vec![menu("points", (0, 3)), menu("more", (0, 25))],
        rows: vec![vec![button]],
        ..text("Scorecard")
    }
}

fn update(to: Interaction) -> Effect {
    Effect::Update { to, view: view() }
}

fn form(to: Interaction) -> Effect {
    let place = Where { interview: InterviewId(0x1f), turn: 0, question: 0 };
    let form = FormView::Answer { place, prompt: "Why?".to_owned() };
    Effect::Form { to, form: Box::new(mockingbird::practice::view::FormView::Interview(form)) }
}

async fn post(bot: &Bot, page: Message) -> Id {
    id(sent(&bot.send("prep", "card", &[page]).await))
}

#[tokio::test]
async fn a_choice_is_told_by_the_numbers_of_its_options() {
    let mut bot = Bot::start().await;
    let message = post(&bot, card(&[])).await;
    let bob = bot.local.member("bob");
    let chosen = tokio::spawn(async move { bob.choose(message, "points", &["2", "0"]).await });
    let Incoming::Chosen { team, ask, custom_id, values } = bot.next().await else { panic!() };
    assert!(matches!(team, TeamId::Server(_)));
    assert_eq!((custom_id.as_str(), values), ("points:1f", vec!["2".to_owned(), "0".to_owned()]));
    assert_eq!(ask.place, Place::Channel);
    assert_eq!(bot.perform(&update(ask.interaction), &[card(&[0, 2])]).await, Outcome::Done);
    let answer = chosen.await.unwrap().unwrap();
    assert_eq!(answer.outcome, Answered::Updated(message));
    let message = answer.message.unwrap();
    let menu = message.controls()[0];
    let chosen: Vec<bool> = menu["options"]
        .as_array()
        .unwrap()
        .iter()
        .map(|option| option["default"] == json!(true))
        .collect();
    assert_eq!(chosen, [true, false, true]);
    assert_eq!((&menu["min_values"], &menu["max_values"]), (&json!(0), &json!(3)));
    assert_eq!(bot.texts("prep"), ["Scorecard"]);
}

#[tokio::test]
async fn a_choice_can_be_taken_back() {
    let mut bot = Bot::start().await;
    let message = post(&bot, card(&[1])).await;
    let bob = bot.local.member("bob");
    let chosen = tokio::spawn(async move { bob.choose(message, "points", &[]).await });
    let Incoming::Chosen { ask, values, .. } = bot.next().await else { panic!() };
    assert_eq!(values, Vec::<String>::new());
    bot.perform(&update(ask.interaction), &[card(&[])]).await;
    chosen.await.unwrap().unwrap();
}

/// A message that only ann sees.
async fn for_ann(bot: &mut Bot, page: Message) -> Id {
    let (answer, _) = bot.quiz(Audience::OnlyAsker, None, &[page]).await;
    answer.unwrap().message.unwrap().id
}

#[tokio::test]
async fn a_press_on_a_private_message_is_told_and_changes_it_in_its_place() {
    let mut bot = Bot::start().await;
    let message = for_ann(&mut bot, card(&[])).await;
    let ann = bot.local.member("ann");
    for (control, values) in [("Words", &[][..]), ("points", &["1"])] {
        let ann = ann.clone();
        let used = tokio::spawn(async move { ann.choose(message, control, values).await });
        let ask = bot.asked().await;
        assert_eq!(ask.channel, bot.channel("prep"));
        assert_eq!(bot.perform(&update(ask.interaction), &[card(&[1])]).await, Outcome::Done);
        let answer = used.await.unwrap().unwrap();
        assert!(answer.is_ephemeral());
        assert_eq!(answer.message.unwrap().id, message);
    }
    assert_eq!(ann.sees("prep").len(), 1);
    assert!(bot.local.member("bob").sees("prep").is_empty());
}

#[tokio::test]
async fn of_several_pages_the_one_that_can_be_used_stands_where_it_was_used() {
    let mut bot = Bot::start().await;
    let message = post(&bot, card(&[])).await;
    let pages = [text("A long answer"), card(&[1])];
    let (answer, outcome) = bot.used(message, "points", &["1"], &pages, update).await;
    assert_eq!(outcome, Outcome::Done);
    assert_eq!(answer.unwrap().text(), "Scorecard");
    let pages = [text("Sealed"), text("for good")];
    let (answer, _) = bot.used(message, "points", &["1"], &pages, update).await;
    assert_eq!(answer.unwrap().text(), "Sealed");
}

#[tokio::test]
async fn a_press_can_be_answered_with_nothing() {
    let mut bot = Bot::start().await;
    let message = post(&bot, question()).await;
    let (answer, outcome) =
        bot.used(message, "Show me", &[], &[], |to| Effect::Acknowledge { to }).await;
    assert_eq!(outcome, Outcome::Done);
    assert_eq!(answer.unwrap().outcome, Answered::DeferredUpdate);
    assert_eq!(bot.texts("prep").len(), 1);
}

/// Lets bob open the form of a message.
async fn opened(bot: &mut Bot, message: Id) -> (Result<Answer, ActError>, Outcome) {
    bot.used(message, "Words", &[], &[], form).await
}

#[tokio::test]
async fn a_form_is_opened_and_what_is_written_comes_back_in_order() {
    let mut bot = Bot::start().await;
    let message = post(&bot, card(&[])).await;
    let (answer, outcome) = opened(&mut bot, message).await;
    assert_eq!(outcome, Outcome::Done);
    let modal = answer.unwrap().modal().expect("a form").clone();
    let fields: Vec<String> = modal.fields.iter().map(|field| field.custom_id.clone()).collect();
    let numbers: Vec<String> = (0..fields.len()).map(|number| number.to_string()).collect();
    assert_eq!(fields, numbers);
    let bob = bot.local.member("bob");
    let custom = modal.custom_id.clone();
    let written = tokio::spawn(async move { bob.submit(&modal, &[("0", "Because.\nÄ")]).await });
    let Incoming::Submitted { ask, custom_id, fields, .. } = bot.next().await else { panic!() };
    assert_eq!(custom_id, custom);
    assert_eq!(fields.first().map(String::as_str), Some("Because.\nÄ"));
    assert_eq!(bot.perform(&update(ask.interaction), &[text("Thanks")]).await, Outcome::Done);
    assert_eq!(written.await.unwrap().unwrap().message.unwrap().id, message);
    assert_eq!(bot.texts("prep"), ["Thanks"]);
}

#[tokio::test]
async fn a_form_from_a_private_message_changes_that_message() {
    let mut bot = Bot::start().await;
    let message = for_ann(&mut bot, card(&[])).await;
    let ann = bot.local.member("ann");
    let pressing = ann.clone();
    let pressed = tokio::spawn(async move { pressing.press(message, "Words").await });
    let ask = bot.asked().await;
    bot.perform(&form(ask.interaction), &[]).await;
    let modal = pressed.await.unwrap().unwrap().modal().expect("a form").clone();
    let written = tokio::spawn(async move { ann.submit(&modal, &[("0", "well")]).await });
    let ask = bot.asked().await;
    bot.perform(&update(ask.interaction), &[text("Thanks")]).await;
    let answer = written.await.unwrap().unwrap();
    assert!(answer.is_ephemeral());
    assert_eq!(bot.texts("prep"), ["Thanks"]);
}

#[tokio::test]
async fn an_answer_whose_end_was_lost_is_given_once() {
    let answers: [fn(Interaction) -> Effect; 3] = [update, form, |to| Effect::Acknowledge { to }];
    for answer in answers {
        let mut bot = Bot::start().await;
        let message = post(&bot, card(&[])).await;
        bot.local.faults().request(CALLBACK, 1, Fault::LoseResponse);
        let (answered, outcome) = bot.used(message, "Words", &[], &[text("Thanks")], answer).await;
        assert_eq!(outcome, Outcome::Done);
        answered.unwrap();
        assert_eq!(bot.count(CALLBACK), 2);
    }
}

#[tokio::test]
async fn an_answer_to_nobody_is_late() {
    let bot = Bot::start().await;
    let answers: [fn(Interaction) -> Effect; 4] =
        [update, form, |to| Effect::Acknowledge { to }, reply];
    for answer in answers {
        let nobody = Interaction { id: 5, token: "x".to_owned() };
        let outcome = bot.perform(&answer(nobody), &[text("here")]).await;
        assert_eq!(outcome, Outcome::Failed(Failure::Late));
    }
}

#[tokio::test]
async fn a_command_has_no_message_to_change() {
    let mut bot = Bot::start().await;
    bot.discord.register(&commands()).await.unwrap();
    let ann = bot.local.member("ann");
    let asking =
        tokio::spawn(async move { ann.slash("prep", "quiz", &[("topic", json!("x"))]).await });
    let ask = bot.asked().await;
    let outcome = bot.perform(&update(ask.interaction.clone()), &[text("here")]).await;
    assert!(matches!(outcome, Outcome::Failed(Failure::Refused { .. })), "{outcome:?}");
    bot.perform(&reply(ask.interaction), &[text("here")]).await;
    asking.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_deleted_message_is_not_changed_any_more() {
    let mut bot = Bot::start().await;
    let message = post(&bot, card(&[])).await;
    let bob = bot.local.member("bob");
    let pressed = tokio::spawn(async move { bob.press(message, "Words").await });
    let ask = bot.asked().await;
    bot.local.delete_message(message);
    let outcome = bot.perform(&update(ask.interaction.clone()), &[text("here")]).await;
    assert_eq!(outcome, Outcome::Failed(Failure::MessageGone));
    bot.perform(&reply(ask.interaction), &[text("too late")]).await;
    pressed.await.unwrap().unwrap();
}

#[tokio::test]
async fn an_edit_finds_each_page_and_leaves_everything_else_alone() {
    let mut bot = Bot::start().await;
    let long = |chosen: &[usize]| [text("A long answer"), text("Mistakes"), card(chosen)];
    let first = sent(&bot.send("prep", "long", &long(&[])).await);
    bot.local.member("bob").say("prep", "Mistakes").unwrap();
    let between = [text("Something else"), question()];
    bot.send("prep", "else", &between).await;
    let mend = edit(bot.channel("prep"), first);
    assert_eq!(bot.perform(&mend, &long(&[1])).await, Outcome::Done);
    let card = bot.local.member("ann").sees("prep").into_iter().find(|m| m.text() == "Scorecard");
    let points = card.unwrap().controls()[0]["options"].clone();
    assert_eq!((&points[0]["default"], &points[1]["default"]), (&json!(null), &json!(true)));
    // A page that has lost its buttons and one whose words are others are known, too.
    let mut over = long(&[]);
    over[0] = text("A short answer");
    over[2] = text("Scorecard");
    assert_eq!(bot.perform(&mend, &over).await, Outcome::Done);
    assert_eq!(
        bot.texts("prep"),
        [
            "A short answer",
            "Mistakes",
            "Scorecard",
            "Mistakes",
            "Something else",
            "Quiz\nWhy?\nLevel\neasy\nacid"
        ]
    );
    let buttons: usize =
        bot.local.member("ann").sees("prep").iter().map(|message| message.buttons().len()).sum();
    assert_eq!(buttons, 1, "of the question");
    // A page that is not there is not put over anything.
    let more = [text("A short answer"), text("Never said")];
    assert_eq!(bot.perform(&mend, &more).await, Outcome::Done);
    assert!(!bot.texts("prep").contains(&"Never said".to_owned()));
    assert!(bot.unread().is_none());
}
