//! What twilight, a library that is not used to send anything, makes of the same words: its types
//! have to understand them, its limits have to allow them.

use mockingbird_playground::Request;
use serde::de::{DeserializeOwned, DeserializeSeed};
use serde_json::{Value, json};
use twilight_model::application::command::Command;
use twilight_model::channel::message::{AllowedMentions, Component, Embed};
use twilight_model::channel::thread::ThreadsListing;
use twilight_model::channel::{Channel, Message};
use twilight_model::gateway::event::GatewayEventDeserializer;
use twilight_model::http::attachment::Attachment;
use twilight_model::http::interaction::{
    InteractionResponse, InteractionResponseData, InteractionResponseType,
};
use twilight_validate::{channel, command, component, message};

use crate::play::played;

/// A text as twilight's types understand it.
fn read<T: DeserializeOwned>(value: &Value, what: &str) -> T {
    T::deserialize(value).unwrap_or_else(|error| panic!("{what}: {error}\n{value:#}"))
}

/// How many of each sort were held against twilight.
#[derive(Debug, Default)]
struct Judged {
    messages: u32,
    completions: u32,
    forms: u32,
    threads: u32,
    files: usize,
    menus: u32,
}

/// Holds the body of each request against twilight.
pub(crate) fn judge(requests: &[Request]) {
    let mut judged = Judged::default();
    for Request { route, body, .. } in requests {
        match *route {
            "POST /interactions/{interaction}/{token}/callback" => judged.answer(body),
            "POST /webhooks/{application}/{token}"
            | "POST /channels/{channel}/messages"
            | "PATCH /channels/{channel}/messages/{message}"
            | "PATCH /webhooks/{application}/{token}/messages/{message}" => judged.message(body),
            "POST /channels/{channel}/messages/{message}/threads"
            | "POST /channels/{channel}/threads" => {
                channel::name(body["name"].as_str().unwrap()).unwrap();
                if let Some(kind) = body.get("type") {
                    channel::is_thread(read(kind, "the type of a thread")).unwrap();
                }
                judged.threads += 1;
            }
            "POST /users/@me/channels" => {
                let to: twilight_model::id::Id<twilight_model::id::marker::UserMarker> =
                    read(&body["recipient_id"], "whose chat");
                assert_eq!(*body, json!({ "recipient_id": to.to_string() }));
            }
            "PATCH /channels/{channel}" => assert_eq!(*body, json!({ "archived": false })),
            "PUT /applications/{application}/commands" => judge_commands(body),
            _ => assert!(body.is_null(), "{route}"),
        }
    }
    let Judged { messages, completions, forms, threads, files, menus } = judged;
    let enough = messages >= 30 && completions >= 5 && threads >= 5;
    assert!(enough && forms >= 1 && files >= 6 && menus >= 6, "{judged:?}");
}

impl Judged {
    /// The first answer to an interaction.
    fn answer(&mut self, body: &Value) {
        let mut known = json!({ "type": body["type"] });
        if let Some(data) = body.get("data") {
            known["data"] = typed(data);
        }
        let answer: InteractionResponse = read(&known, "an answer");
        let data = answer.data;
        #[expect(clippy::wildcard_enum_match_arm, reason = "the bot answers in these ways only")]
        match answer.kind {
            InteractionResponseType::ChannelMessageWithSource
            | InteractionResponseType::UpdateMessage => self.message(&body["data"]),
            InteractionResponseType::DeferredUpdateMessage => assert!(data.is_none()),
            InteractionResponseType::Modal => self.form(data.expect("a form")),
            InteractionResponseType::ApplicationCommandAutocompleteResult => {
                let choices = data.and_then(|data| data.choices).expect("choices");
                assert!(choices.len() <= 25);
                for choice in &choices {
                    command::choice(choice).unwrap();
                }
                self.completions += 1;
            }
            kind => panic!("{kind:?}"),
        }
    }

    fn form(&mut self, form: InteractionResponseData) {
        assert!((1..=100).contains(&form.custom_id.expect("a name").chars().count()));
        assert!((1..=45).contains(&form.title.expect("a title").chars().count()));
        let rows = form.components.expect("fields");
        assert!((1..=5).contains(&rows.len()));
        for row in &rows {
            let Component::ActionRow(row) = row else { panic!("{row:?}") };
            let [Component::TextInput(field)] = &row.components[..] else { panic!("{row:?}") };
            component::text_input(field, true).unwrap();
        }
        self.forms += 1;
    }
}

/// A message with what Discord adds to embeds by itself.
fn typed(message: &Value) -> Value {
    let mut message = message.clone();
    for embed in message["embeds"].as_array_mut().into_iter().flatten() {
        embed["type"] = json!("rich");
    }
    // Its ids of files are numbers; Discord's description has texts, and Discord takes both.
    for file in message["attachments"].as_array_mut().into_iter().flatten() {
        file["id"] = file["id"].as_str().unwrap().parse().unwrap();
    }
    message
}

impl Judged {
    fn message(&mut self, body: &Value) {
        self.messages += 1;
        let body = typed(body);
        if let Some(files) = body["attachments"].as_array() {
            let files: Vec<Attachment> = read(&files.clone().into(), "files");
            assert!(files.len() <= 10);
            self.files += files.len();
            for file in &files {
                message::attachment(file).unwrap();
            }
        }
        judge_message(&body);
        let components: Vec<Component> = read(&body["components"], "components");
        for row in &components {
            let Component::ActionRow(row) = row else { panic!("{row:?}") };
            for menu in &row.components {
                let Component::SelectMenu(menu) = menu else { continue };
                let options = menu.options.as_ref().expect("options").len();
                assert!(usize::from(menu.max_values.expect("a limit")) <= options);
                self.menus += 1;
            }
        }
    }
}

fn judge_message(body: &Value) {
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
            "POST /channels/{channel}/messages/{message}/threads"
            | "POST /channels/{channel}/threads"
            | "PATCH /channels/{channel}"
            | "GET /channels/{channel}" => drop(read::<Channel>(answer, route)),
            "GET /guilds/{guild}/threads/active" => drop(read::<ThreadsListing>(answer, route)),
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
