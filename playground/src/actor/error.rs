//! Why a member's act did not succeed.

/// What a client refuses before it asks the bot, or that the bot kept silent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ActError {
    /// The bot did not answer in time: "The application did not respond".
    #[error("the application did not respond")]
    NotAnswered,
    /// Nobody is called so.
    #[error("there is no member {0}")]
    UnknownMember(String),
    /// No such channel, or hidden from this member.
    #[error("there is no channel {0} for this member")]
    UnknownChannel(String),
    /// No such message, or hidden from this member.
    #[error("there is no such message for this member")]
    UnknownMessage,
    /// The form was not opened for this member.
    #[error("this form is not open for this member")]
    UnknownModal,
    /// No such command is offered to this member in this channel.
    #[error("there is no command /{0} for this member here")]
    UnknownCommand(String),
    /// The command or form has no such option or field.
    #[error("there is no option {0}")]
    UnknownOption(String),
    /// A required option or field is not filled.
    #[error("the option {0} is required")]
    MissingOption(String),
    /// A value that the option, field or select does not take: which, and why.
    #[error("{0} does not take this value: {1}")]
    BadValue(String, String),
    /// The message has no such button or select.
    #[error("there is no button or select {0}")]
    NoControl(String),
    /// The button or select is switched off.
    #[error("{0} is disabled")]
    Disabled(String),
    /// The member lacks the permission: to do what.
    #[error("this member may not {0}")]
    NotPermitted(String),
}
