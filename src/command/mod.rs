//! What members can ask for: one table of commands from which registration, parsing, completion,
//! `/help` and the README's table come. It decides nothing, and knows nothing of serenity.

pub mod button;
mod clock;
mod complete;
mod days;
mod interview;
mod mock;
mod own;
mod parse;
mod register;
mod table;
#[cfg(test)]
mod testing;
mod topics;
mod zones;

pub use complete::{Choice, complete};
pub use parse::parse;
pub use register::{readme_table, registration_json};
pub use table::{COMMANDS, Command, Completion, OptionSpec, Permission, Places, Sub, Value};

use crate::practice::ids::{ChannelId, MemberId};

/// A command as somebody ran it, or is still typing it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Invocation {
    /// The command: `quiz`.
    pub name: String,
    /// The subcommand, where the command has some: `set`.
    pub sub: Option<String>,
    /// The options that were given, by name.
    pub options: Vec<(String, OptionValue)>,
    /// The option that is being typed; only while it is completed.
    pub focused: Option<String>,
}

/// The value of an option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OptionValue {
    /// Free text, or the value of a choice.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// A person.
    Member(MemberId),
    /// A channel.
    Channel(ChannelId),
}

impl Invocation {
    fn option(&self, name: &str) -> Option<&OptionValue> {
        self.options.iter().find(|(given, _)| given == name).map(|(_, value)| value)
    }
}
