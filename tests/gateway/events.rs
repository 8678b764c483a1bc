//! What the bot is told, and in which order.

use std::sync::atomic::Ordering;

use mockingbird::command::{Invocation, OptionValue};
use mockingbird::practice::input::{Ask, Interaction, Place, Reactor};
use mockingbird::practice::{ChannelId, MemberId, MessageId, TeamId};
use mockingbird::runtime::Incoming;
use serde_json::{Value, json};

use crate::payload::{
    choice, dispatch, in_private, in_private_thread, interaction, press, quiz, reaction, ready,
    submission, team,
};
use crate::server::{Bot, Server, hello, send, stay};

const TEAM: TeamId = TeamId::Server(7);

/// A bot on whose first connection these follow READY at once.
async fn told(payloads: Vec<Value>) -> Bot {
    let server = Server::start(move |mut socket, _| {
        let payloads = payloads.clone();
        Box::pin(async move {
            hello(&mut socket, 2).await;
            send(&mut socket, [ready()].into_iter().chain(payloads)).await;
            stay(socket).await;
        })
    })
    .await;
    let mut bot = server.bot().await;
    assert_eq!(bot.next().await, Incoming::Ready { teams: vec![TEAM] });
    bot
}

fn ask(id: u64) -> Ask {
    Ask {
        interaction: Interaction { id, token: format!("token-{id}") },
        member: MemberId(9),
        channel: ChannelId(70),
        place: Place::Channel,
    }
}

fn id_of(incoming: &Incoming) -> u64 {
    let Incoming::Invoked { ask, .. } = incoming else { panic!("{incoming:?}") };
    ask.interaction.id
}

#[tokio::test]
async fn a_team_and_a_command_straight_after_ready_are_told_in_order() {
    let mut bot = told(vec![
        dispatch(2, "GUILD_CREATE", team()),
        dispatch(3, "INTERACTION_CREATE", quiz(100)),
    ])
    .await;
    let channels = vec![ChannelId(70), ChannelId(71)];
    assert_eq!(bot.next().await, Incoming::Connected { team: TEAM, channels });
    let options = vec![("topic".to_owned(), OptionValue::Text("any".to_owned()))];
    let invocation = Invocation { name: "quiz".to_owned(), sub: None, options, focused: None };
    assert_eq!(bot.next().await, Incoming::Invoked { team: TEAM, ask: ask(100), invocation });
    bot.stop().await;
}

#[tokio::test]
async fn five_hundred_events_stay_in_order() {
    let events = (0..500).map(|n| dispatch(n + 2, "INTERACTION_CREATE", quiz(n + 100))).collect();
    let mut bot = told(events).await;
    for number in 100..600 {
        assert_eq!(id_of(&bot.next().await), number);
    }
    bot.stop().await;
}

#[tokio::test]
async fn an_interaction_that_comes_twice_is_told_once() {
    let mut bot = told(vec![
        dispatch(2, "INTERACTION_CREATE", quiz(100)),
        dispatch(3, "INTERACTION_CREATE", quiz(100)),
        dispatch(4, "INTERACTION_CREATE", quiz(101)),
    ])
    .await;
    assert_eq!(id_of(&bot.next().await), 100);
    assert_eq!(id_of(&bot.next().await), 101);
    bot.stop().await;
}

#[tokio::test]
async fn a_subcommand_keeps_its_options_and_what_is_being_typed() {
    let set = json!([{ "name": "set", "type": 1, "options": [
        { "name": "channel", "type": 7, "value": "70" },
        { "name": "time_zone", "type": 3, "value": "ber", "focused": true },
    ]}]);
    let data = json!({ "id": "5", "name": "daily", "type": 1, "options": set });
    let typing = dispatch(2, "INTERACTION_CREATE", interaction(100, 4, &data));
    let mut bot = told(vec![typing]).await;
    let invocation = Invocation {
        name: "daily".to_owned(),
        sub: Some("set".to_owned()),
        options: vec![
            ("channel".to_owned(), OptionValue::Channel(ChannelId(70))),
            ("time_zone".to_owned(), OptionValue::Text("ber".to_owned())),
        ],
        focused: Some("time_zone".to_owned()),
    };
    assert_eq!(bot.next().await, Incoming::Completing { team: TEAM, ask: ask(100), invocation });
    bot.stop().await;
}

#[tokio::test]
async fn a_press_tells_what_the_button_sends() {
    let mut bot = told(vec![dispatch(2, "INTERACTION_CREATE", press(100))]).await;
    let custom_id = "show:1".to_owned();
    assert_eq!(bot.next().await, Incoming::Pressed { team: TEAM, ask: ask(100), custom_id });
    bot.stop().await;
}

#[tokio::test]
async fn a_choice_tells_what_was_chosen_in_which_menu() {
    let mut bot = told(vec![
        dispatch(2, "INTERACTION_CREATE", choice(100, &["2", "0"])),
        dispatch(3, "INTERACTION_CREATE", choice(101, &[])),
    ])
    .await;
    for (id, values) in [(100, vec!["2".to_owned(), "0".to_owned()]), (101, Vec::new())] {
        let custom_id = "tick:1".to_owned();
        let chosen = Incoming::Chosen { team: TEAM, ask: ask(id), custom_id, values };
        assert_eq!(bot.next().await, chosen);
    }
    bot.stop().await;
}

#[tokio::test]
async fn a_form_tells_its_fields_in_their_order_also_the_empty_ones() {
    let long = "ä".repeat(4_000);
    let fields = [Some("first"), Some(""), None, Some(long.as_str())];
    let mut bot = told(vec![dispatch(2, "INTERACTION_CREATE", submission(100, &fields))]).await;
    let fields = ["first", "", "", &long].map(str::to_owned).to_vec();
    let custom_id = "answer:1".to_owned();
    let submitted = Incoming::Submitted { team: TEAM, ask: ask(100), custom_id, fields };
    assert_eq!(bot.next().await, submitted);
    bot.stop().await;
}

/// Who asks where, whatever it is.
fn asked(incoming: Incoming) -> (TeamId, Ask) {
    match incoming {
        Incoming::Pressed { team, ask, .. }
        | Incoming::Chosen { team, ask, .. }
        | Incoming::Submitted { team, ask, .. } => (team, ask),
        other @ (Incoming::Ready { .. }
        | Incoming::Connected { .. }
        | Incoming::Left { .. }
        | Incoming::Invoked { .. }
        | Incoming::Completing { .. }
        | Incoming::Reacted { .. }
        | Incoming::Unknown { .. }) => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn whatever_is_used_in_private_or_in_a_private_thread_is_told_with_its_place() {
    let used = [press(100), choice(101, &["1"]), submission(102, &[Some("x")])];
    let private = used.clone().map(in_private);
    let in_thread = used.map(in_private_thread);
    let events = private.into_iter().chain(in_thread).zip(2..);
    let events = events
        .map(|(mut event, number)| {
            event["id"] = json!((number + 100_u64).to_string());
            dispatch(number, "INTERACTION_CREATE", event)
        })
        .collect();
    let mut bot = told(events).await;
    for (team, channel, place) in
        [(TeamId::Private(9), 90, Place::Private), (TEAM, 72, Place::Thread)]
    {
        for _ in 0..3 {
            let (told, ask) = asked(bot.next().await);
            assert_eq!((told, ask.channel, ask.place), (team, ChannelId(channel), place));
            assert_eq!(ask.member, MemberId(9));
        }
    }
    bot.stop().await;
}

#[tokio::test]
async fn the_place_of_a_command_is_known() {
    let mut in_thread = quiz(100);
    in_thread["channel"]["type"] = json!(11);
    let mut private = quiz(101);
    private["channel"]["type"] = json!(1);
    private["user"] = private["member"]["user"].clone();
    for key in ["member", "guild_id"] {
        private.as_object_mut().unwrap().remove(key);
    }
    let events = [in_thread, private].into_iter().zip(2..);
    let events =
        events.map(|(event, number)| dispatch(number, "INTERACTION_CREATE", event)).collect();
    let mut bot = told(events).await;
    for (team, place) in [(TEAM, Place::Thread), (TeamId::Private(9), Place::Private)] {
        let Incoming::Invoked { team: told, ask, .. } = bot.next().await else { panic!() };
        assert_eq!((told, ask.place), (team, place));
    }
    bot.stop().await;
}

#[tokio::test]
async fn reactions_tell_people_from_bots_and_leave_the_bot_itself_out() {
    let mut bot = told(vec![
        dispatch(2, "MESSAGE_REACTION_ADD", reaction(1, true, true)),
        dispatch(3, "MESSAGE_REACTION_ADD", reaction(9, false, true)),
        dispatch(4, "MESSAGE_REACTION_ADD", reaction(8, true, true)),
        dispatch(5, "MESSAGE_REACTION_ADD", reaction(9, false, false)),
    ])
    .await;
    for (team, member, by) in [
        (TEAM, 9, Reactor::Person),
        (TEAM, 8, Reactor::Bot),
        (TeamId::Private(9), 9, Reactor::Person),
    ] {
        let reacted = Incoming::Reacted {
            team,
            channel: ChannelId(70),
            message: MessageId(700),
            member: MemberId(member),
            by,
            emoji: "💡".to_owned(),
        };
        assert_eq!(bot.next().await, reacted);
    }
    bot.stop().await;
}

#[tokio::test]
async fn an_outage_is_no_farewell() {
    let mut bot = told(vec![
        dispatch(2, "GUILD_DELETE", json!({ "id": "7", "unavailable": true })),
        dispatch(3, "GUILD_DELETE", json!({ "id": "8" })),
    ])
    .await;
    assert_eq!(bot.next().await, Incoming::Left { team: TeamId::Server(8) });
    bot.stop().await;
}

#[tokio::test]
async fn what_cannot_be_understood_is_told_as_unknown() {
    let mut broken = quiz(100);
    broken.as_object_mut().unwrap().remove("attachment_size_limit");
    let mut bot = told(vec![dispatch(2, "INTERACTION_CREATE", broken)]).await;
    assert_eq!(bot.next().await, Incoming::Unknown { kind: "INTERACTION_CREATE".to_owned() });
    bot.stop().await;
}

#[tokio::test]
async fn a_session_that_is_resumed_misses_nothing_and_is_not_new() {
    let server = Server::start(|mut socket, number| {
        Box::pin(async move {
            if number == 0 {
                hello(&mut socket, 2).await;
                send(&mut socket, [ready(), dispatch(2, "INTERACTION_CREATE", quiz(100))]).await;
                return;
            }
            assert_eq!(hello(&mut socket, 6).await["seq"], 2);
            let missed = dispatch(3, "INTERACTION_CREATE", quiz(101));
            send(&mut socket, [missed, dispatch(4, "RESUMED", json!({}))]).await;
            send(&mut socket, [dispatch(5, "INTERACTION_CREATE", quiz(102))]).await;
            stay(socket).await;
        })
    })
    .await;
    let mut bot = server.bot().await;
    assert_eq!(bot.next().await, Incoming::Ready { teams: vec![TEAM] });
    for number in 100..103 {
        assert_eq!(id_of(&bot.next().await), number);
    }
    assert_eq!(server.connections.load(Ordering::SeqCst), 2);
    bot.stop().await;
}
