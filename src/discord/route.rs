//! A request before it is sent: where to, what with, and whether it may be sent again.
//! It knows nothing of the network.

use reqwest::Method;
use serde_json::Value;

use super::files::Upload;
use crate::practice::input::Interaction;

/// A request to Discord.
pub(super) struct Call {
    /// How.
    pub(super) method: Method,
    /// Where, after `/api/v10/`; may hold an interaction's token, so it is never logged.
    pub(super) path: String,
    /// What follows the question mark, if anything.
    pub(super) query: String,
    /// What it carries.
    pub(super) body: Option<Value>,
    /// What is attached to it.
    pub(super) files: Vec<Upload>,
    /// Whether it may be sent again when nobody knows what became of it.
    pub(super) repeat: Repeat,
}

/// Whether a request may be sent again when nobody knows what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeat {
    /// Twice is the same as once.
    Safe,
    /// Twice would be twice.
    Never,
}

impl Call {
    /// A request of which twice is the same as once: GET, PUT, PATCH, DELETE.
    pub(super) fn new(method: Method, path: String) -> Self {
        Self {
            method,
            path,
            query: String::new(),
            body: None,
            files: Vec::new(),
            repeat: Repeat::Safe,
        }
    }

    /// A GET.
    pub(super) fn get(path: String) -> Self {
        Self::new(Method::GET, path)
    }

    /// A POST; whether it may be sent again must be said.
    pub(super) fn post(path: String, body: Value, repeat: Repeat) -> Self {
        Self { repeat, body: Some(body), ..Self::new(Method::POST, path) }
    }

    /// Sets what follows the question mark.
    pub(super) fn query(mut self, query: String) -> Self {
        self.query = query;
        self
    }

    /// Sets what it carries.
    pub(super) fn body(mut self, body: Value) -> Self {
        self.body = Some(body);
        self
    }

    /// Attaches files; the body has to describe them.
    pub(super) fn files(mut self, files: Vec<Upload>) -> Self {
        self.files = files;
        self
    }

    /// Whether it answers an interaction. Those need no token of the bot's, stand outside the
    /// global limit, and have a limit of their own for each interaction
    /// (Discord, "Rate Limits": global rate limit).
    pub(super) fn is_answer(&self) -> bool {
        self.path.starts_with("interactions/") || self.path.starts_with("webhooks/")
    }

    /// The path without its secrets and without the ids that do not matter for Discord's limits:
    /// what is logged, and what tells one bucket from another. A new message in a channel thus
    /// finds the bucket that the last one had.
    pub(super) fn shape(&self) -> String {
        let mut shape = String::with_capacity(self.path.len());
        let mut before = "";
        for (place, part) in self.path.split('/').enumerate() {
            if place > 0 {
                shape.push('/');
            }
            let number = part.bytes().all(|byte| byte.is_ascii_digit());
            match (place, before) {
                (1, _) => shape.push_str(part),
                (2, _) if self.is_answer() => shape.push('…'),
                (_, "reactions") => shape.push_str(":emoji"),
                _ if number => shape.push_str(":id"),
                _ => shape.push_str(part),
            }
            before = part;
        }
        shape
    }
}

/// The path of the first answer to an interaction.
pub(super) fn callback(to: &Interaction) -> String {
    format!("interactions/{}/{}/callback", to.id, to.token)
}

/// A text as one part of a path: everything but letters and digits becomes `%XX`.
pub(super) fn escaped(text: &str) -> String {
    use std::fmt::Write as _;
    let mut path = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'_' {
            path.push(char::from(byte));
        } else {
            let _ = write!(path, "%{byte:02X}");
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(path: &str) -> String {
        Call::get(path.to_owned()).shape()
    }

    #[test]
    fn a_shape_keeps_the_channel_and_drops_the_message() {
        assert_eq!(shape("channels/5/messages/6"), "channels/5/messages/:id");
        assert_eq!(
            shape("channels/5/messages/6/reactions/%F0%9F%92%A1/@me"),
            "channels/5/messages/:id/reactions/:emoji/@me"
        );
        assert_eq!(shape("users/@me"), "users/@me");
        assert_eq!(shape("channels/5/thread-members/6"), "channels/5/thread-members/:id");
        assert_eq!(shape("guilds/7/threads/active"), "guilds/7/threads/active");
    }

    #[test]
    fn a_shape_holds_no_token() {
        assert_eq!(shape("interactions/7/aW50ZXJ/callback"), "interactions/7/…/callback");
        assert_eq!(
            shape("webhooks/7/aW50ZXJ/messages/@original"),
            "webhooks/7/…/messages/@original"
        );
    }

    #[test]
    fn an_emoji_becomes_part_of_a_path() {
        assert_eq!(escaped("💡"), "%F0%9F%92%A1");
        assert_eq!(escaped("light_bulb:123"), "light_bulb%3A123");
    }
}
