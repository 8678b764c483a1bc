//! The JSON behind the page: what it asks for, and what its member does.
//!
//! Each request names the member who sits at the page (`as`); acts go through
//! [`crate::Actor`], so the page can do nothing that a test could not. Failures
//! are 4xx with `{"error": …, "kind": …}`: the text for people, the kind for the
//! page to tell a silent bot from a refusal.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Json, Response};
use axum::routing::{get, post};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Page, view};
use crate::world::World;
use crate::world::model::{Interaction, Modal, Outcome};
use crate::{ActError, Answer, Id};

/// How far the clock may be moved at once, in hours: a year and a bit.
const FARTHEST: i64 = 400 * 24;
/// The largest request body in bytes; a form of five long texts fits.
const LARGEST: usize = 256 * 1024;

/// The routes below `/page/api`, without the events.
pub(super) fn routes() -> Router<Page> {
    Router::new()
        .route("/page/api/view", get(look))
        .route("/page/api/messages", get(messages))
        .route("/page/api/slash", post(slash))
        .route("/page/api/complete", post(complete))
        .route("/page/api/press", post(press))
        .route("/page/api/submit", post(submit))
        .route("/page/api/react", post(react))
        .route("/page/api/say", post(say))
        .route("/page/api/private", post(private))
        .route("/page/api/clock", post(clock))
        .layer(DefaultBodyLimit::max(LARGEST))
}

/// A request that was turned down.
#[derive(Debug)]
struct Refused {
    status: StatusCode,
    kind: &'static str,
    error: String,
}

type Answered = Result<Json<Value>, Refused>;

impl Refused {
    fn new(status: StatusCode, kind: &'static str, error: impl Into<String>) -> Self {
        Self { status, kind, error: error.into() }
    }

    fn bad(error: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad_request", error)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.status, Json(json!({ "error": self.error, "kind": self.kind }))).into_response()
    }
}

impl From<JsonRejection> for Refused {
    fn from(rejection: JsonRejection) -> Self {
        Self::bad(rejection.body_text())
    }
}

impl From<QueryRejection> for Refused {
    fn from(rejection: QueryRejection) -> Self {
        Self::bad(rejection.body_text())
    }
}

impl Page {
    /// Why an act failed, in words for the member.
    fn refused(&self, error: &ActError) -> Refused {
        let (status, kind) = match error {
            // Not 408: browsers send such a request again by themselves.
            ActError::NotAnswered => (StatusCode::FAILED_DEPENDENCY, "not_answered"),
            ActError::UnknownMember(_) => (StatusCode::NOT_FOUND, "unknown_member"),
            ActError::UnknownChannel(_) => (StatusCode::NOT_FOUND, "unknown_channel"),
            ActError::UnknownMessage => (StatusCode::NOT_FOUND, "unknown_message"),
            ActError::UnknownModal => (StatusCode::NOT_FOUND, "unknown_modal"),
            ActError::NotPermitted(_) => (StatusCode::FORBIDDEN, "not_permitted"),
            ActError::UnknownCommand(_)
            | ActError::UnknownOption(_)
            | ActError::MissingOption(_)
            | ActError::BadValue(..)
            | ActError::NoControl(_)
            | ActError::Disabled(_) => (StatusCode::UNPROCESSABLE_ENTITY, "refused"),
        };
        let silent = kind == "not_answered";
        let error = match (silent, self.discord.is_connected()) {
            (true, false) => "The bot is not connected.".to_owned(),
            (true, true) => "The bot did not answer within 3 seconds.".to_owned(),
            (false, _) => sentence(&error.to_string()),
        };
        Refused::new(status, kind, error)
    }

    /// What the page needs to know of an answer: a form to open. All else it sees
    /// in the channel.
    fn answered(&self, answer: Result<Answer, ActError>) -> Answered {
        let answer = answer.map_err(|error| self.refused(&error))?;
        Ok(Json(json!({ "modal": answer.modal().map(view::modal) })))
    }

    fn done(&self, done: Result<(), ActError>) -> Answered {
        done.map(|()| Json(json!({}))).map_err(|error| self.refused(&error))
    }
}

/// An error's text as a sentence.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let rest = letters.as_str();
    format!("{first}{rest}.")
}

#[derive(Deserialize)]
struct Look {
    r#as: String,
    channel: Option<String>,
}

async fn look(State(page): State<Page>, query: Result<Query<Look>, QueryRejection>) -> Answered {
    let Query(query) = query?;
    // The private chat is always there to be opened; only the first look makes it.
    let has_chat = page.discord.with_world(|world| {
        let user = world.user_named(&query.r#as).filter(|user| !user.bot);
        user.map(|user| world.private_chat(user.id).is_some())
    });
    let Some(has_chat) = has_chat else {
        return Err(page.refused(&ActError::UnknownMember(query.r#as)));
    };
    if !has_chat {
        page.discord.dm(&query.r#as);
    }
    let channel: Option<Id> = query.channel.and_then(|id| id.parse().ok());
    let online = page.discord.is_connected();
    let view = page.discord.with_world(|world| {
        let me = world.user_named(&query.r#as)?;
        let channel = channel.filter(|&id| world.can_view(me.id, id));
        Some(view::view(world, me, channel, online))
    });
    view.map(Json).ok_or_else(|| page.refused(&ActError::UnknownMember(query.r#as)))
}

#[derive(Deserialize)]
struct Messages {
    r#as: String,
    channel: Id,
}

async fn messages(
    State(page): State<Page>,
    query: Result<Query<Messages>, QueryRejection>,
) -> Answered {
    let Query(query) = query?;
    let me = page.discord.member(&query.r#as).id().map_err(|error| page.refused(&error))?;
    let shown = page.discord.with_world(|world| {
        world.can_view(me, query.channel).then(|| view::messages(world, me, query.channel))
    });
    let unknown = || ActError::UnknownChannel(query.channel.to_string());
    shown.map(|shown| Json(Value::Array(shown))).ok_or_else(|| page.refused(&unknown()))
}

#[derive(Deserialize)]
struct Slash {
    r#as: String,
    channel: Id,
    command: String,
    #[serde(default)]
    options: BTreeMap<String, Value>,
}

async fn slash(State(page): State<Page>, body: Result<Json<Slash>, JsonRejection>) -> Answered {
    let Json(body) = body?;
    let options: Vec<(&str, Value)> =
        body.options.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    let member = page.discord.member(&body.r#as);
    page.answered(member.slash(&body.channel.to_string(), &body.command, &options).await)
}

#[derive(Deserialize)]
struct Complete {
    r#as: String,
    channel: Id,
    command: String,
    #[serde(default)]
    options: BTreeMap<String, Value>,
    focused: String,
}

async fn complete(
    State(page): State<Page>,
    body: Result<Json<Complete>, JsonRejection>,
) -> Answered {
    let Json(mut body) = body?;
    let typed = match body.options.remove(&body.focused) {
        Some(Value::String(typed)) => typed,
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let filled: Vec<(&str, Value)> =
        body.options.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    let member = page.discord.member(&body.r#as);
    let channel = body.channel.to_string();
    let choices =
        member.complete_with(&channel, &body.command, &filled, &body.focused, &typed).await;
    let choices = choices.map_err(|error| page.refused(&error))?;
    let choices: Vec<Value> =
        choices.iter().map(|c| json!({ "name": c.name, "value": c.value })).collect();
    Ok(Json(json!({ "choices": choices })))
}

#[derive(Deserialize)]
struct Press {
    r#as: String,
    message: Id,
    custom_id: String,
    #[serde(default)]
    values: Vec<String>,
}

async fn press(State(page): State<Page>, body: Result<Json<Press>, JsonRejection>) -> Answered {
    let Json(body) = body?;
    let values: Vec<&str> = body.values.iter().map(String::as_str).collect();
    let member = page.discord.member(&body.r#as);
    page.answered(member.choose(body.message, &body.custom_id, &values).await)
}

#[derive(Deserialize)]
struct Submit {
    r#as: String,
    modal: Id,
    fields: BTreeMap<String, String>,
}

async fn submit(State(page): State<Page>, body: Result<Json<Submit>, JsonRejection>) -> Answered {
    let Json(body) = body?;
    let modal = page.discord.with_world(|world| opened(world, body.modal));
    let modal = modal.ok_or_else(|| page.refused(&ActError::UnknownModal))?;
    let fields: Vec<(&str, &str)> =
        body.fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let member = page.discord.member(&body.r#as);
    page.answered(member.submit(&modal, &fields).await)
}

fn opened(world: &World, interaction: Id) -> Option<Modal> {
    match world.interaction(interaction).map(|Interaction { outcome, .. }| outcome)? {
        Outcome::Modal(modal) => Some((**modal).clone()),
        Outcome::Waiting
        | Outcome::Expired
        | Outcome::Message(_)
        | Outcome::Deferred(_)
        | Outcome::Updated(_)
        | Outcome::DeferredUpdate
        | Outcome::Choices(_) => None,
    }
}

#[derive(Deserialize)]
struct React {
    r#as: String,
    message: Id,
    emoji: String,
    on: bool,
}

async fn react(State(page): State<Page>, body: Result<Json<React>, JsonRejection>) -> Answered {
    let Json(body) = body?;
    let member = page.discord.member(&body.r#as);
    page.done(if body.on {
        member.react(body.message, &body.emoji)
    } else {
        member.unreact(body.message, &body.emoji)
    })
}

#[derive(Deserialize)]
struct Say {
    r#as: String,
    channel: Id,
    text: String,
}

async fn say(State(page): State<Page>, body: Result<Json<Say>, JsonRejection>) -> Answered {
    let Json(body) = body?;
    let member = page.discord.member(&body.r#as);
    page.done(member.say(&body.channel.to_string(), &body.text).map(|_| ()))
}

/// Where the clock is to go: one of both.
#[derive(Deserialize)]
struct Private {
    r#as: String,
    closed: bool,
}

/// Whether the bot may write to the member first.
async fn private(State(page): State<Page>, body: Result<Json<Private>, JsonRejection>) -> Answered {
    let Json(body) = body?;
    page.discord.member(&body.r#as).id().map_err(|error| page.refused(&error))?;
    page.discord.close_private_messages(&body.r#as, body.closed);
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
struct Clock {
    forward_seconds: Option<i64>,
    to: Option<Timestamp>,
}

async fn clock(State(page): State<Page>, body: Result<Json<Clock>, JsonRejection>) -> Answered {
    let Json(body) = body?;
    let now = page.discord.with_world(World::now);
    let to = match (body.to, body.forward_seconds) {
        (Some(to), None) => Some(to),
        (None, Some(seconds)) => now.checked_add(SignedDuration::from_secs(seconds)).ok(),
        (Some(_), Some(_)) | (None, None) => None,
    };
    let to = to.ok_or_else(|| Refused::bad("Say forward_seconds or to, and only one."))?;
    if to <= now {
        return Err(Refused::bad(format!("It is {now} already: time moves forward only.")));
    }
    if to.duration_since(now) > SignedDuration::from_hours(FARTHEST) {
        return Err(Refused::bad("That is too far: at most 400 days at once."));
    }
    page.time.forward_to(to);
    page.discord.clock_moved();
    Ok(Json(json!({ "now": page.discord.with_world(World::now).to_string() })))
}
