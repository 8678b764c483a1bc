//! Members act: they type commands, react, press, fill forms, talk.
//!
//! An act checks what a real client would check before it sends anything, and
//! returns when the world changed or the bot answered.

mod answer;
mod error;
mod form;
mod options;

pub use answer::Answer;
pub use error::ActError;

use std::fmt;
use std::sync::Arc;

use serde_json::{Value, json};
use serenity::model::Permissions;

use crate::state::Shared;
use crate::world::World;
use crate::world::interaction::Ask;
use crate::world::mention::Allowed;
use crate::world::model::{Channel, Choice, Message, Modal, Outcome};
use crate::{Id, LocalDiscord};

/// A member at the keyboard.
#[derive(Clone)]
pub struct Actor {
    discord: LocalDiscord,
    name: String,
}

impl fmt::Debug for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Actor").field(&self.name).finish()
    }
}

impl Actor {
    pub(crate) fn new(discord: LocalDiscord, name: &str) -> Self {
        Self { discord, name: name.to_owned() }
    }

    /// The member's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The member's id.
    ///
    /// # Errors
    /// [`ActError::UnknownMember`] if nobody is called so.
    pub fn id(&self) -> Result<Id, ActError> {
        self.discord.with_world(|world| self.id_in(world))
    }

    /// Types a command in a channel: `quiz`, or `daily set` for a subcommand.
    /// Channels are named `prep`, by a thread's name, or by id.
    ///
    /// # Errors
    /// What a client would refuse, or [`ActError::NotAnswered`].
    pub async fn slash(
        &self,
        channel: &str,
        command: &str,
        options: &[(&str, Value)],
    ) -> Result<Answer, ActError> {
        let asked = self.discord.shared.change(|state| {
            let world = &mut state.world;
            let (user, channel) = self.place(world, channel)?;
            Self::run(world, user, channel, command, options)
        })?;
        self.answered(asked).await
    }

    /// Types a command in the private chat with the bot.
    ///
    /// # Errors
    /// As [`Actor::slash`].
    pub async fn dm_slash(
        &self,
        command: &str,
        options: &[(&str, Value)],
    ) -> Result<Answer, ActError> {
        let asked = self.discord.shared.change(|state| {
            let world = &mut state.world;
            let user = self.id_in(world)?;
            let channel = world.open_private_chat(user);
            Self::run(world, user, channel, command, options)
        })?;
        self.answered(asked).await
    }

    fn run(
        world: &mut World,
        user: Id,
        channel: Id,
        command: &str,
        given: &[(&str, Value)],
    ) -> Result<Id, ActError> {
        let (data, typed) = options::command_data(world, user, channel, command, given, None)?;
        world.note(channel, user, &format!("runs {typed}"));
        let name = command.to_owned();
        Ok(world.ask(Ask { kind: 2, user, channel, name, source: None, data }))
    }

    /// Types into an option that completes itself; gives the choices.
    ///
    /// # Errors
    /// As [`Actor::slash`]; [`ActError::UnknownOption`] if it does not complete.
    pub async fn complete(
        &self,
        channel: &str,
        command: &str,
        option: &str,
        typed: &str,
    ) -> Result<Vec<Choice>, ActError> {
        self.complete_with(channel, command, &[], option, typed).await
    }

    /// Like [`Actor::complete`], with other options filled already.
    ///
    /// # Errors
    /// As [`Actor::complete`].
    pub async fn complete_with(
        &self,
        channel: &str,
        command: &str,
        filled: &[(&str, Value)],
        option: &str,
        typed: &str,
    ) -> Result<Vec<Choice>, ActError> {
        let asked = self.discord.shared.change(|state| {
            let world = &mut state.world;
            let (user, channel) = self.place(world, channel)?;
            let focused = Some((option, typed));
            let (data, _) = options::command_data(world, user, channel, command, filled, focused)?;
            let name = command.to_owned();
            Ok(world.ask(Ask { kind: 4, user, channel, name, source: None, data }))
        })?;
        match self.answered(asked).await?.outcome {
            Outcome::Choices(choices) => Ok(choices),
            Outcome::Waiting
            | Outcome::Expired
            | Outcome::Message(_)
            | Outcome::Deferred(_)
            | Outcome::Updated(_)
            | Outcome::DeferredUpdate
            | Outcome::Modal(_) => Err(ActError::NotAnswered),
        }
    }

    /// Presses a button, named by its label, its emoji or its `custom_id`.
    ///
    /// # Errors
    /// [`ActError::NoControl`] if there is none, [`ActError::Disabled`] if it is
    /// switched off, [`ActError::NotAnswered`].
    pub async fn press(&self, message: Id, button: &str) -> Result<Answer, ActError> {
        self.choose(message, button, &[]).await
    }

    /// Chooses in a select, named by its `custom_id` or placeholder. With no
    /// values it presses a button.
    ///
    /// # Errors
    /// As [`Actor::press`], and [`ActError::BadValue`].
    pub async fn choose(
        &self,
        message: Id,
        control: &str,
        values: &[&str],
    ) -> Result<Answer, ActError> {
        let asked = self.discord.shared.change(|state| {
            let world = &mut state.world;
            let user = self.id_in(world)?;
            let found = Self::visible(world, user, message)?;
            let channel = found.channel;
            let (data, face) = form::component_data(found, control, values)?;
            world.note(channel, user, &format!("presses [{face}]"));
            let source = Some(message);
            Ok(world.ask(Ask { kind: 3, user, channel, name: String::new(), source, data }))
        })?;
        self.answered(asked).await
    }

    /// Fills a form and sends it: fields are named by `custom_id` or label.
    ///
    /// # Errors
    /// [`ActError::UnknownOption`], [`ActError::MissingOption`] or
    /// [`ActError::BadValue`] for a field; [`ActError::NotAnswered`].
    pub async fn submit(&self, modal: &Modal, fields: &[(&str, &str)]) -> Result<Answer, ActError> {
        let asked = self.discord.shared.change(|state| {
            let world = &mut state.world;
            let user = self.id_in(world)?;
            let opened = world.interaction(modal.interaction).filter(|i| i.user == user);
            let opened = opened.ok_or(ActError::UnknownModal)?;
            let (channel, source) = (opened.channel, opened.source);
            let data = form::modal_data(modal, fields)?;
            world.note(channel, user, &format!("submits \"{}\"", modal.title));
            Ok(world.ask(Ask { kind: 5, user, channel, name: String::new(), source, data }))
        })?;
        self.answered(asked).await
    }

    /// Adds an emoji to a message. Doing so twice changes nothing.
    ///
    /// # Errors
    /// [`ActError::UnknownMessage`], or [`ActError::NotPermitted`].
    pub fn react(&self, message: Id, emoji: &str) -> Result<(), ActError> {
        self.set_reaction(message, emoji, true)
    }

    /// Takes an emoji back.
    ///
    /// # Errors
    /// As [`Actor::react`].
    pub fn unreact(&self, message: Id, emoji: &str) -> Result<(), ActError> {
        self.set_reaction(message, emoji, false)
    }

    fn set_reaction(&self, message: Id, emoji: &str, on: bool) -> Result<(), ActError> {
        self.discord.shared.change(|state| {
            let world = &mut state.world;
            let user = self.id_in(world)?;
            let found = Self::visible(world, user, message)?;
            if found.is_ephemeral() {
                return Err(ActError::NotPermitted("react to an ephemeral message".to_owned()));
            }
            let channel = found.channel;
            let fresh = !found.reactions.iter().any(|r| r.emoji == emoji);
            let mut needed = Permissions::READ_MESSAGE_HISTORY;
            if fresh {
                needed |= Permissions::ADD_REACTIONS;
            }
            if on && !world.permissions(user, channel).contains(needed) {
                return Err(ActError::NotPermitted("react here".to_owned()));
            }
            if on {
                world.react(channel, message, user, emoji);
            } else {
                world.unreact(channel, message, user, emoji);
            }
            Ok(())
        })
    }

    /// Writes a message.
    ///
    /// # Errors
    /// [`ActError::UnknownChannel`], or [`ActError::NotPermitted`].
    pub fn say(&self, channel: &str, text: &str) -> Result<Id, ActError> {
        self.discord.shared.change(|state| {
            let world = &mut state.world;
            let (user, channel) = self.place(world, channel)?;
            let inside_thread = world.channel(channel).is_some_and(|c| c.kind.is_thread());
            let needed = if inside_thread {
                Permissions::SEND_MESSAGES_IN_THREADS
            } else {
                Permissions::SEND_MESSAGES
            };
            if !world.permissions(user, channel).contains(needed) {
                return Err(ActError::NotPermitted("write here".to_owned()));
            }
            let locked = |c: &Channel| c.thread.as_ref().is_some_and(|t| t.locked);
            if world.channel(channel).is_some_and(locked)
                && !world.permissions(user, channel).contains(Permissions::MANAGE_THREADS)
            {
                return Err(ActError::NotPermitted("write into a locked thread".to_owned()));
            }
            let length = text.trim().chars().count();
            if length == 0 || length > 2000 {
                return Err(ActError::BadValue(
                    "message".to_owned(),
                    "1 to 2000 characters".to_owned(),
                ));
            }
            let mut allowed = Allowed::read(&Value::Null);
            let everyone = Permissions::MENTION_EVERYONE;
            if !world.permissions(user, channel).contains(everyone) {
                allowed = Allowed::read(&json!({"parse": ["users"]}));
            }
            let mentions = world.mentions(channel, text, &allowed);
            let content = text.trim().to_owned();
            Ok(world.post(Message {
                channel,
                author: user,
                content,
                mentions,
                ..Message::default()
            }))
        })
    }

    /// The messages of a channel that this member sees, oldest first, their
    /// ephemeral ones included. Empty for a channel that is hidden or unknown.
    pub fn sees(&self, channel: &str) -> Vec<Message> {
        self.discord.with_world(|world| {
            let Ok((user, channel)) = self.place(world, channel) else {
                return Vec::new();
            };
            world.visible_messages(user, channel).into_iter().cloned().collect()
        })
    }

    /// The newest message of a channel that this member sees.
    pub fn last(&self, channel: &str) -> Option<Message> {
        self.sees(channel).pop()
    }

    fn id_in(&self, world: &World) -> Result<Id, ActError> {
        let user = world.user_named(&self.name).filter(|user| !user.bot);
        user.map(|user| user.id).ok_or_else(|| ActError::UnknownMember(self.name.clone()))
    }

    fn place(&self, world: &World, channel: &str) -> Result<(Id, Id), ActError> {
        let user = self.id_in(world)?;
        let found = world.channel_named(channel).filter(|c| world.can_view(user, c.id));
        let found = found.ok_or_else(|| ActError::UnknownChannel(channel.to_owned()))?;
        Ok((user, found.id))
    }

    fn visible(world: &World, user: Id, message: Id) -> Result<&Message, ActError> {
        let found = world.message(message).filter(|m| world.can_view(user, m.channel));
        let found = found.filter(|m| m.only_for.is_none_or(|only| only == user));
        found.ok_or(ActError::UnknownMessage)
    }

    /// Waits for the bot's answer. When time is up the interaction ends, also if
    /// nobody waits any more.
    async fn answered(&self, asked: Id) -> Result<Answer, ActError> {
        let shared = &self.discord.shared;
        expire_later(Arc::clone(shared), asked);
        let answer = shared.until_some(|state| {
            let interaction = state.world.interaction(asked)?;
            match &interaction.outcome {
                Outcome::Waiting => None,
                Outcome::Expired => Some(Err(ActError::NotAnswered)),
                outcome @ (Outcome::Message(_)
                | Outcome::Deferred(_)
                | Outcome::Updated(_)
                | Outcome::DeferredUpdate
                | Outcome::Modal(_)
                | Outcome::Choices(_)) => Some(Ok(Answer {
                    discord: self.discord.clone(),
                    interaction: asked,
                    outcome: outcome.clone(),
                    message: interaction.original.and_then(|id| state.world.message(id)).cloned(),
                })),
            }
        });
        answer.await
    }
}

fn expire_later(shared: Arc<Shared>, asked: Id) {
    let wait = shared.settings.answer_within;
    tokio::spawn(async move {
        tokio::time::sleep(wait).await;
        shared.change(|state| state.world.expire(asked));
    });
}
