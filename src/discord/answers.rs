//! Answers to interactions: a message, another text for the message that was pressed, a form, or
//! nothing. It does not know what an interaction was about.

use reqwest::Method;
use serde_json::{Map, Value, json};

use super::Discord;
use super::build::{self, EPHEMERAL};
use super::failure::failure;
use super::outbound::{Result, message_id, nothing_to_say, said, said_instead, unreadable};
use super::rest::RestError;
use super::route::{Call, Repeat, callback};
use crate::command::{Choice, button};
use crate::practice::MessageId;
use crate::practice::effect::{Audience, Failure, Outcome};
use crate::practice::input::{Interaction, Press};
use crate::words::{Form, Message};

impl Discord {
    /// Completes what a member types: at most 25 choices; more are left out.
    ///
    /// # Errors
    ///
    /// As for an effect; nobody waits for an answer that comes too late.
    pub async fn complete_reply(
        &self,
        to: &Interaction,
        choices: &[Choice],
    ) -> std::result::Result<(), Failure> {
        let choices: Vec<Value> = choices
            .iter()
            .take(25)
            .map(|choice| json!({ "name": choice.label, "value": choice.value }))
            .collect();
        let body = json!({ "type": 8, "data": { "choices": choices } });
        let call = Call::post(callback(to), body, Repeat::Never);
        self.answer(&call).await.map(|_| ()).map_err(failure)
    }

    pub(super) async fn reply(
        &self,
        to: &Interaction,
        audience: Audience,
        wants_message: bool,
        pages: &[Message],
    ) -> Result<Outcome> {
        let Some((first, more)) = pages.split_first() else {
            return Err(nothing_to_say());
        };
        let (body, files) = said(first).await;
        let body = json!({ "type": 4, "data": visible(body, audience) });
        let mut call = Call::post(callback(to), body, Repeat::Never).files(files);
        if wants_message {
            call = call.query("with_response=true".to_owned());
        }
        let answer = self.answer(&call).await?;
        let outcome = if wants_message {
            let known = answer.pointer("/resource/message").and_then(message_id);
            let message = match known {
                Some(message) => message,
                None => self.first_answer(to).await?,
            };
            Outcome::Sent { message }
        } else {
            Outcome::Done
        };
        for page in more {
            let path = format!("webhooks/{}/{}", self.application, to.token);
            let (body, files) = said(page).await;
            let body = Value::Object(visible(body, audience));
            let call = Call::post(path, body, Repeat::Never).files(files);
            if let Err(error) = self.rest.send(&call).await {
                tracing::warn!(interaction = to.id, %error, "an answer stays without its next page");
                break;
            }
        }
        Ok(outcome)
    }

    /// The path of the message with which a request was answered.
    fn original(&self, to: &Interaction) -> String {
        format!("webhooks/{}/{}/messages/@original", self.application, to.token)
    }

    async fn first_answer(&self, to: &Interaction) -> Result<MessageId> {
        let known = self.rest.send(&Call::get(self.original(to))).await?;
        message_id(&known).ok_or_else(unreadable)
    }

    /// Changes the message on which a button was pressed or something chosen. Of several pages it
    /// is the one with buttons or menus.
    pub(super) async fn update(&self, to: &Interaction, pages: &[Message]) -> Result<Outcome> {
        let has_controls = |page: &&Message| !page.rows.is_empty() || !page.menus.is_empty();
        let page = pages.iter().find(has_controls).or_else(|| pages.first());
        let (body, files) = said_instead(page.ok_or_else(nothing_to_say)?).await;
        let body = json!({ "type": 7, "data": body });
        self.answer(&Call::post(callback(to), body, Repeat::Never).files(files)).await?;
        Ok(Outcome::Done)
    }

    /// Changes the message with which a request was answered, if it still has this button.
    pub(super) async fn amend(
        &self,
        to: &Interaction,
        under: Press,
        pages: &[Message],
    ) -> Result<Outcome> {
        let now = self.rest.send(&Call::get(self.original(to))).await?;
        if !has_button(&now, &button::custom_id(under)) {
            return Ok(Outcome::NotFound);
        }
        let (body, files) = said_instead(pages.first().ok_or_else(nothing_to_say)?).await;
        let call = Call::new(Method::PATCH, self.original(to));
        self.rest.send(&call.body(Value::Object(body)).files(files)).await?;
        Ok(Outcome::Done)
    }

    /// Answers a press with nothing.
    pub(super) async fn acknowledge(&self, to: &Interaction) -> Result<Outcome> {
        self.answer(&Call::post(callback(to), json!({ "type": 6 }), Repeat::Never)).await?;
        Ok(Outcome::Done)
    }

    /// Answers a press with a form.
    pub(super) async fn open_form(&self, to: &Interaction, form: &Form) -> Result<Outcome> {
        let body = json!({ "type": 9, "data": build::form(form) });
        self.answer(&Call::post(callback(to), body, Repeat::Never)).await?;
        Ok(Outcome::Done)
    }

    /// Sends the first answer to an interaction. Null where only what Discord said of it was lost.
    async fn answer(&self, call: &Call) -> Result<Value> {
        match self.rest.send(call).await {
            // The first attempt had worked.
            Err(RestError::Refused { code: 40_060, repeated: true, .. }) => Ok(Value::Null),
            answer => answer,
        }
    }
}

/// Whether a button of this custom id stands in a message.
fn has_button(known: &Value, custom_id: &str) -> bool {
    let rows = known.get("components").and_then(Value::as_array).into_iter().flatten();
    let buttons = rows.filter_map(|row| row.get("components").and_then(Value::as_array)).flatten();
    buttons.filter_map(|it| it.get("custom_id")).any(|id| id == custom_id)
}

/// Makes a message visible to whom it is for.
fn visible(mut body: Map<String, Value>, audience: Audience) -> Map<String, Value> {
    match audience {
        Audience::Everyone => {}
        Audience::OnlyAsker => {
            body.insert("flags".to_owned(), json!(EPHEMERAL));
        }
    }
    body
}
