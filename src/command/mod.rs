//! The one table of commands: registration, parsing, completion, `/help` and the README come from
//! it. It knows nothing of serenity.

use crate::practice::{ChannelId, MemberId};

/// A command as it was typed, before anybody has looked whether it makes sense.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Invocation {
    /// The command.
    pub name: String,
    /// Its subcommand, if it has some.
    pub sub: Option<String>,
    /// The options that were given, in their order.
    pub options: Vec<(String, OptionValue)>,
    /// While it is still being typed: the option at which the member is.
    pub focused: Option<String>,
}

/// The value of an option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OptionValue {
    /// A text; of an option that is still being typed, what is there so far.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// A person.
    Member(MemberId),
    /// A channel or thread.
    Channel(ChannelId),
}

/// Something that completes an option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is shown, at most 100 characters.
    pub label: String,
    /// What is sent, at most 100 characters.
    pub value: String,
}
