//! The bot answers what members ask of it.
//!
//! Source: "Receiving and Responding". These routes need no authorization: the
//! interaction's token in the path is the key.

use serde_json::{Value, json};

use super::draft::{Draft, EPHEMERAL};
use super::error::{ApiError, FormErrors};
use super::messages::replace;
use super::{Answer, Call, Reply, limits};
use crate::Id;
use crate::json::Json;
use crate::world::World;
use crate::world::model::{Cause, Choice, Field, Interaction, Message, Modal, Outcome};

/// The kinds of interaction by Discord's number.
const COMMAND: u8 = 2;
const COMPONENT: u8 = 3;
const COMPLETION: u8 = 4;
const FORM: u8 = 5;

pub(crate) fn callback(call: &mut Call<'_>) -> Answer {
    let id = call.id("interaction")?;
    let token = call.text("token");
    let known = call.state.world.by_token(token).filter(|i| i.id == id);
    let asked = known.ok_or_else(ApiError::unknown_interaction)?.clone();
    if asked.outcome != Outcome::Waiting {
        return Err(ApiError::already_acknowledged());
    }
    let kind = call.body.at("type").as_u64().unwrap_or(0);
    let fits = match kind {
        4 | 5 => asked.kind != COMPLETION,
        6 | 7 => asked.kind == COMPONENT || asked.kind == FORM && asked.source.is_some(),
        8 => asked.kind == COMPLETION,
        9 => asked.kind == COMMAND || asked.kind == COMPONENT,
        _ => false,
    };
    if !fits {
        let message = format!("Interaction callback type {kind} does not fit this interaction.");
        return Err(FormErrors::one("type", "INTERACTION_CALLBACK_TYPE_INVALID", &message));
    }
    let data = call.body.at("data").clone();
    let files = std::mem::take(&mut call.files);
    let world = call.world();
    match kind {
        4 => {
            let draft = Draft::read(&data, files, "data")?;
            let message = answer(world, &asked, draft)?;
            let original = world.post(message);
            world.settle(id, Outcome::Message(original), Some(original));
        }
        5 => {
            let flags = data.at("flags").as_u64().unwrap_or(0) & EPHEMERAL;
            let message = Message { thinking: true, ..blank(world, &asked, flags) };
            let original = world.post(message);
            world.settle(id, Outcome::Deferred(original), Some(original));
        }
        6 => world.settle(id, Outcome::DeferredUpdate, asked.source),
        7 => {
            let source = asked.source.ok_or_else(ApiError::unknown_message)?;
            let mut message = world.message(source).ok_or_else(ApiError::unknown_message)?.clone();
            Draft::read(&data, files, "data")?.apply(world, &mut message)?;
            replace(world, message);
            world.settle(id, Outcome::Updated(source), Some(source));
        }
        8 => {
            let choices = choices(&data)?;
            world.settle(id, Outcome::Choices(choices), None);
        }
        _ => {
            let modal = modal(id, &data)?;
            world.settle(id, Outcome::Modal(Box::new(modal)), None);
        }
    }
    if call.query("with_response") != Some("true") {
        return Ok(Reply::Empty);
    }
    let world = &call.state.world;
    let original = world.interaction(id).and_then(|i| i.original);
    let message = original.and_then(|m| world.message(m));
    let mut interaction = json!({"id": id, "type": asked.kind});
    let mut resource = json!({"type": kind});
    if let Some(message) = message {
        interaction.set("response_message_id", json!(message.id));
        interaction.set("response_message_loading", json!(message.thinking));
        interaction.set("response_message_ephemeral", json!(message.is_ephemeral()));
        if matches!(kind, 4 | 7) {
            resource.set("message", world.message_json(message));
        }
    }
    Ok(Reply::Json(json!({"interaction": interaction, "resource": resource})))
}

/// An empty message that answers an interaction.
fn blank(world: &World, asked: &Interaction, flags: u64) -> Message {
    let ephemeral = flags & EPHEMERAL != 0;
    Message {
        channel: asked.channel,
        author: world.bot(),
        kind: if asked.kind == COMMAND { 20 } else { 0 },
        flags,
        cause: Some(Cause {
            interaction: asked.id,
            kind: asked.kind,
            name: asked.name.clone(),
            user: asked.user,
        }),
        only_for: ephemeral.then_some(asked.user),
        by_webhook: true,
        ..Message::default()
    }
}

fn answer(world: &mut World, asked: &Interaction, draft: Draft) -> Result<Message, ApiError> {
    let mut message = blank(world, asked, draft.flags);
    draft.apply(world, &mut message)?;
    Ok(message)
}

fn choices(data: &Value) -> Result<Vec<Choice>, ApiError> {
    let mut errors = FormErrors::default();
    let Some(list) = data.at("choices").as_array() else {
        errors.required("data.choices");
        return errors.done().map(|()| Vec::new());
    };
    limits::choices(&mut errors, list, "data.choices");
    errors.done()?;
    let choice =
        |c: &Value| Choice { name: c.text("name").to_owned(), value: c.at("value").clone() };
    Ok(list.iter().map(choice).collect())
}

fn modal(interaction: Id, data: &Value) -> Result<Modal, ApiError> {
    let mut errors = FormErrors::default();
    limits::modal(&mut errors, data);
    errors.done()?;
    let text = |of: &Value, key: &str| of.text(key).to_owned();
    let components = data.at("components").as_array().cloned().unwrap_or_default();
    let field = |row: &Value| {
        let (input, label) = match row.at("type").as_u64() {
            Some(1) => (row.at("components").get(0)?, text(row.at("components").get(0)?, "label")),
            Some(18) => (row.at("component"), text(row, "label")),
            _ => return None,
        };
        Some(Field {
            custom_id: text(input, "custom_id"),
            label,
            paragraph: input.at("style") == 2,
            required: input.at("required") != false,
            min: input.at("min_length").as_u64().unwrap_or(0),
            max: input.at("max_length").as_u64().unwrap_or(4000),
            value: text(input, "value"),
            placeholder: text(input, "placeholder"),
        })
    };
    Ok(Modal {
        interaction,
        custom_id: text(data, "custom_id"),
        title: text(data, "title"),
        fields: components.iter().filter_map(field).collect(),
        components,
    })
}

/// The interaction of the token in the path, once it was answered.
fn asked(call: &Call<'_>) -> Result<Interaction, ApiError> {
    let world = &call.state.world;
    let application = call.id("application")?;
    let known = world.by_token(call.text("token")).filter(|_| application == world.bot());
    let Some(known) = known else {
        let once = world.tokens.contains_key(call.text("token"));
        // A token that ran out is refused, one that never was is not found.
        return Err(if once {
            ApiError::invalid_webhook_token()
        } else {
            ApiError::unknown_webhook()
        });
    };
    if known.outcome == Outcome::Waiting {
        return Err(ApiError::unknown_webhook());
    }
    Ok(known.clone())
}

/// The message of the path: `@original`, or one that this interaction made.
fn message(call: &Call<'_>, asked: &Interaction) -> Result<Message, ApiError> {
    let id = match call.text("message") {
        "@original" => asked.original.ok_or_else(ApiError::unknown_message)?,
        _ => call.id("message")?,
    };
    let own = |m: &&Message| {
        asked.original == Some(m.id)
            || m.by_webhook && m.cause.as_ref().is_some_and(|c| c.interaction == asked.id)
    };
    let found = call.state.world.message(id).filter(own);
    found.cloned().ok_or_else(ApiError::unknown_message)
}

pub(crate) fn get(call: &mut Call<'_>) -> Answer {
    let message = message(call, &asked(call)?)?;
    Ok(Reply::Json(call.state.world.message_json(&message)))
}

pub(crate) fn edit(call: &mut Call<'_>) -> Answer {
    let asked = asked(call)?;
    let message = message(call, &asked)?;
    let draft = Draft::of(call)?;
    change(call.world(), &asked, message, draft)
}

fn change(world: &mut World, asked: &Interaction, mut message: Message, draft: Draft) -> Answer {
    // Whether only one member sees it was decided when it was made.
    let ephemeral = message.flags & EPHEMERAL;
    draft.apply(world, &mut message)?;
    message.flags = message.flags & !EPHEMERAL | ephemeral;
    let (channel, id) = (message.channel, message.id);
    replace(world, message);
    if asked.outcome == Outcome::Deferred(id) {
        world.settle(asked.id, Outcome::Message(id), Some(id));
    } else if asked.outcome == Outcome::DeferredUpdate {
        world.settle(asked.id, Outcome::Updated(id), Some(id));
    }
    let message = world.message_in(channel, id).ok_or_else(ApiError::unknown_message)?;
    Ok(Reply::Json(world.message_json(message)))
}

pub(crate) fn delete(call: &mut Call<'_>) -> Answer {
    let asked = asked(call)?;
    let message = message(call, &asked)?;
    let world = call.world();
    let bot = world.bot();
    world.delete_message(message.channel, message.id, bot);
    Ok(Reply::Empty)
}

pub(crate) fn follow_up(call: &mut Call<'_>) -> Answer {
    let asked = asked(call)?;
    let draft = Draft::of(call)?;
    let world = call.world();
    // The first one after "thinking…" fills that place.
    if let Outcome::Deferred(original) = asked.outcome
        && let Some(message) = world.message(original).cloned()
    {
        return change(world, &asked, message, draft);
    }
    let message = answer(world, &asked, draft)?;
    let channel = message.channel;
    if let Some(interaction) = world.interactions.get_mut(&asked.id) {
        interaction.follow_ups += 1;
    }
    let id = world.post(message);
    let message = world.message_in(channel, id).ok_or_else(ApiError::unknown_message)?;
    Ok(Reply::Json(world.message_json(message)))
}
