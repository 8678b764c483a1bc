//! Commands, what members ask with them, and how it was answered.

use jiff::Timestamp;
use serde_json::Value;

use crate::Id;
use crate::json::Json;

/// A registered command.
#[derive(Clone, Debug)]
pub struct Command {
    /// Which command.
    pub id: Id,
    /// The team it is registered in; none if everywhere.
    pub team: Option<Id>,
    /// Its whole JSON as Discord would give it back.
    pub json: Value,
}

impl Command {
    /// Its name.
    pub fn name(&self) -> &str {
        self.json.text("name")
    }

    /// Discord's number of its kind: 1 typed, 2 on a person, 3 on a message.
    pub fn kind(&self) -> u64 {
        self.json.at("type").as_u64().unwrap_or(1)
    }
}

/// Where an interaction stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The bot has not answered yet.
    Waiting,
    /// It did not answer in time.
    Expired,
    /// It answered with this message.
    Message(Id),
    /// It will answer in this message ("thinking…").
    Deferred(Id),
    /// It changed the message whose button was pressed.
    Updated(Id),
    /// It took note of the press and will change the message later or never.
    DeferredUpdate,
    /// It opened a form.
    Modal(Box<Modal>),
    /// It completed what is typed: name and value of each choice.
    Choices(Vec<Choice>),
}

/// One completion or choice of an option.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What is read.
    pub name: String,
    /// What is sent: a string or a number.
    pub value: Value,
}

/// A form that the bot opened for one member.
#[derive(Clone, Debug, PartialEq)]
pub struct Modal {
    /// The interaction that it answers.
    pub interaction: Id,
    /// The bot's name for it.
    pub custom_id: String,
    /// Its title.
    pub title: String,
    /// Its fields, in order.
    pub fields: Vec<Field>,
    /// Its components, as Discord's JSON.
    pub components: Vec<Value>,
}

/// One text input of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The bot's name for it.
    pub custom_id: String,
    /// What is read above it.
    pub label: String,
    /// Whether it has several lines.
    pub paragraph: bool,
    /// Whether it must be filled.
    pub required: bool,
    /// The fewest characters, 0 to 4000.
    pub min: u64,
    /// The most characters, 1 to 4000.
    pub max: u64,
    /// What is in it already.
    pub value: String,
    /// What is shown while it is empty.
    pub placeholder: String,
}

/// A request of a member to the bot, and what became of it.
#[derive(Clone, Debug)]
pub struct Interaction {
    /// Which interaction.
    pub id: Id,
    /// The secret by which it is answered.
    pub token: String,
    /// Discord's number of its kind: 2 command, 3 component, 4 completion, 5 form.
    pub kind: u8,
    /// When it was made; its token lives 15 minutes.
    pub created: Timestamp,
    /// Who made it.
    pub user: Id,
    /// Where.
    pub channel: Id,
    /// The command as typed without options; empty for others.
    pub name: String,
    /// The message whose component was used, or whose component opened the form.
    pub source: Option<Id>,
    /// What became of it.
    pub outcome: Outcome,
    /// The message that answers it, which `@original` names.
    pub original: Option<Id>,
    /// How many follow-ups were sent.
    pub follow_ups: u32,
}
