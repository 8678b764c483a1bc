//! What twilight, a library that is not used to send anything, makes of the same words: its types
//! have to understand them, its limits have to allow them.

use mockingbird_playground::Request;
use serde::de::{DeserializeOwned, DeserializeSeed};
use serde_json::{Value, json};
use twilight_model::application::command::Command;
use twilight_model::channel::message::{AllowedMentions, Component, Embed};
use twilight_model::channel::{Channel, Message};
use twilight_model::gateway::event::GatewayEventDeserializer;
use twilight_model::http::interaction::{InteractionResponse, InteractionResponseType};
use twilight_validate::{channel, command, message};

use crate::play::played;

/// A text as twilight's types understand it.
fn read<T: DeserializeOwned>(value: &Value, what: &str) -> T {
    T::deserialize(value).unwrap_or_else(|error| panic!("{what}: {error}\n{value:#}"))
}

/// Holds the body of each request against twilight.
pub(crate) fn judge(requests: &[Request]) {
    let (mut messages, mut completions, mut threads) = (0, 0, 0);
    for Request { route, body, .. } in requests {
        match *route {
            "POST /interactions/{interaction}/{token}/callback" => {
                let known = json!({ "type": body["type"], "data": typed(&body["data"]) });
                let answer: InteractionResponse = read(&known, route);
                if answer.kind == InteractionResponseType::ChannelMessageWithSource {
                    judge_message(&body["data"]);
                    messages += 1;
                } else {
                    let completion = InteractionResponseType::ApplicationCommandAutocompleteResult;
                    assert_eq!(answer.kind, completion);
                    let choices = answer.data.and_then(|data| data.choices).expect("choices");
                    assert!(choices.len() <= 25);
                    for choice in &choices {
                        command::choice(choice).unwrap();
                    }
                    completions += 1;
                }
            }
            "POST /webhooks/{application}/{token}"
            | "POST /channels/{channel}/messages"
            | "PATCH /channels/{channel}/messages/{message}" => {
                judge_message(body);
                messages += 1;
            }
            "POST /channels/{channel}/messages/{message}/threads" => {
                channel::name(body["name"].as_str().unwrap()).unwrap();
                threads += 1;
            }
            "PUT /applications/{application}/commands" => judge_commands(body),
            _ => assert!(body.is_null(), "{route}"),
        }
    }
    assert!(
        messages >= 30 && completions >= 5 && threads >= 3,
        "{messages} {completions} {threads}"
    );
}

/// A message with what Discord adds to embeds by itself.
fn typed(message: &Value) -> Value {
    let mut message = message.clone();
    for embed in message["embeds"].as_array_mut().into_iter().flatten() {
        embed["type"] = json!("rich");
    }
    message
}

fn judge_message(body: &Value) {
    let body = typed(body);
    message::content(body["content"].as_str().unwrap()).unwrap();
    let embeds: Vec<Embed> = read(&body["embeds"], "embeds");
    message::embeds(&embeds).unwrap();
    let components: Vec<Component> = read(&body["components"], "components");
    message::components(&components, false).unwrap();
    let mentions: AllowedMentions = read(&body["allowed_mentions"], "allowed_mentions");
    assert_eq!(mentions.parse, []);
    assert!(mentions.users.is_empty() && mentions.roles.is_empty() && !mentions.replied_user);
}

fn judge_commands(body: &Value) {
    for wanted in body.as_array().unwrap() {
        let mut wanted = wanted.clone();
        // What Discord adds by itself.
        wanted["version"] = json!("1");
        let wanted: Command = read(&wanted, "a command");
        command::command(&wanted).unwrap();
        assert!(command::command_characters(&wanted) <= 8_000);
    }
}

#[test]
fn twilight_understands_each_request_and_finds_it_within_the_limits() {
    judge(&played().requests);
}

#[test]
fn twilight_understands_each_answer_of_the_local_discord() {
    let mut messages = 0;
    for Request { route, answer, status, .. } in &played().requests {
        if !(200..300).contains(status) {
            continue;
        }
        match *route {
            "POST /channels/{channel}/messages"
            | "POST /webhooks/{application}/{token}"
            | "GET /webhooks/{application}/{token}/messages/{message}"
            | "PATCH /channels/{channel}/messages/{message}" => {
                drop(read::<Message>(answer, route));
                messages += 1;
            }
            "GET /channels/{channel}/messages" => drop(read::<Vec<Message>>(answer, route)),
            "POST /channels/{channel}/messages/{message}/threads" => {
                drop(read::<Channel>(answer, route));
            }
            "GET /applications/{application}/commands"
            | "PUT /applications/{application}/commands" => {
                drop(read::<Vec<Command>>(answer, route));
            }
            _ => {}
        }
    }
    assert!(messages >= 10, "{messages}");
}

#[test]
fn twilight_understands_each_event() {
    let events = &played().events;
    assert!(events.len() >= 30);
    for event in events {
        let text = event.to_string();
        let seed = GatewayEventDeserializer::from_json(&text).expect("an event");
        let read = seed.deserialize(&mut serde_json::Deserializer::from_str(&text));
        read.unwrap_or_else(|error| panic!("{error}\n{event:#}"));
    }
}
