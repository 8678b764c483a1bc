//! Refusals as Discord words them.
//!
//! Source of the codes: topic "Opcodes and Status Codes".

use serde_json::{Map, Value, json};

use crate::json::Json;

/// What a request is answered with instead of what it asked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ApiError {
    pub status: u16,
    pub code: u32,
    pub message: String,
    pub errors: Option<Value>,
}

impl ApiError {
    pub(crate) fn new(status: u16, code: u32, message: &str) -> Self {
        Self { status, code, message: message.to_owned(), errors: None }
    }

    pub(crate) fn not_found() -> Self {
        Self::new(404, 0, "404: Not Found")
    }

    pub(crate) fn method_not_allowed() -> Self {
        Self::new(405, 0, "405: Method Not Allowed")
    }

    pub(crate) fn unauthorized() -> Self {
        Self::new(401, 0, "401: Unauthorized")
    }

    pub(crate) fn invalid_json() -> Self {
        Self::new(400, 50109, "The request body contains invalid JSON.")
    }

    pub(crate) fn too_large() -> Self {
        Self::new(413, 40005, "Request entity too large")
    }

    pub(crate) fn unknown_channel() -> Self {
        Self::new(404, 10003, "Unknown Channel")
    }

    pub(crate) fn unknown_guild() -> Self {
        Self::new(404, 10004, "Unknown Guild")
    }

    pub(crate) fn unknown_member() -> Self {
        Self::new(404, 10007, "Unknown Member")
    }

    pub(crate) fn unknown_message() -> Self {
        Self::new(404, 10008, "Unknown Message")
    }

    pub(crate) fn unknown_user() -> Self {
        Self::new(404, 10013, "Unknown User")
    }

    pub(crate) fn unknown_emoji() -> Self {
        Self::new(400, 10014, "Unknown Emoji")
    }

    pub(crate) fn unknown_webhook() -> Self {
        Self::new(404, 10015, "Unknown Webhook")
    }

    pub(crate) fn unknown_interaction() -> Self {
        Self::new(404, 10062, "Unknown interaction")
    }

    pub(crate) fn unknown_command() -> Self {
        Self::new(404, 10063, "Unknown application command")
    }

    pub(crate) fn already_acknowledged() -> Self {
        Self::new(400, 40060, "Interaction has already been acknowledged.")
    }

    pub(crate) fn missing_access() -> Self {
        Self::new(403, 50001, "Missing Access")
    }

    pub(crate) fn not_yours() -> Self {
        Self::new(403, 50005, "Cannot edit a message authored by another user")
    }

    pub(crate) fn empty_message() -> Self {
        Self::new(400, 50006, "Cannot send an empty message")
    }

    pub(crate) fn cannot_message_user() -> Self {
        Self::new(403, 50007, "Cannot send messages to this user")
    }

    pub(crate) fn no_common_team() -> Self {
        let message = "Cannot send messages to this user due to having no mutual guilds";
        Self::new(403, 50278, message)
    }

    pub(crate) fn missing_permissions() -> Self {
        Self::new(403, 50013, "Missing Permissions")
    }

    pub(crate) fn wrong_channel_type() -> Self {
        Self::new(400, 50024, "Cannot execute action on this channel type")
    }

    pub(crate) fn invalid_webhook_token() -> Self {
        Self::new(401, 50027, "Invalid Webhook Token")
    }

    pub(crate) fn archived() -> Self {
        Self::new(400, 50083, "Thread is archived")
    }

    pub(crate) fn too_many_reactions() -> Self {
        Self::new(400, 30010, "Maximum number of reactions reached (20)")
    }

    pub(crate) fn too_many_commands_created() -> Self {
        let message = "Maximum number of daily application command creates has been reached (200)";
        Self::new(400, 30034, message)
    }

    pub(crate) fn thread_exists() -> Self {
        Self::new(400, 160_004, "A thread has already been created for this message")
    }

    pub(crate) fn thread_locked() -> Self {
        Self::new(400, 160_005, "Thread is locked")
    }

    pub(crate) fn no_history_for_reply() -> Self {
        Self::new(403, 160_002, "Cannot reply without permission to read message history")
    }

    /// The body of the answer.
    pub(crate) fn body(&self) -> Value {
        let mut body = json!({"message": self.message, "code": self.code});
        if let Some(errors) = &self.errors {
            body.set("errors", errors.clone());
        }
        body
    }
}

/// What is wrong with a body, field by field.
#[derive(Debug, Default)]
pub(crate) struct FormErrors(Map<String, Value>);

impl FormErrors {
    /// Notes a fault at a path such as `embeds.0.title`; empty for the whole body.
    pub(crate) fn add(&mut self, path: &str, code: &str, message: impl Into<String>) {
        fn put(into: &mut Map<String, Value>, path: &str, fault: Value) {
            let (head, rest) = path.split_once('.').unwrap_or((path, ""));
            let (key, rest) = if path.is_empty() { ("_errors", None) } else { (head, Some(rest)) };
            match rest {
                None => {
                    let list = into.entry(key).or_insert_with(|| json!([]));
                    if let Value::Array(list) = list {
                        list.push(fault);
                    }
                }
                Some(rest) => {
                    let inner = into.entry(key).or_insert_with(|| json!({}));
                    if let Value::Object(inner) = inner {
                        put(inner, rest, fault);
                    }
                }
            }
        }
        put(&mut self.0, path, json!({"code": code, "message": message.into()}));
    }

    pub(crate) fn required(&mut self, path: &str) {
        self.add(path, "BASE_TYPE_REQUIRED", "This field is required");
    }

    /// Notes it if `text` has not `min` to `max` characters.
    pub(crate) fn length(&mut self, path: &str, text: &str, min: usize, max: usize) {
        let length = text.chars().count();
        if length < min && min == 1 && length == 0 {
            self.required(path);
        } else if length < min || length > max {
            let message = if min == 0 {
                format!("Must be {max} or fewer in length.")
            } else {
                format!("Must be between {min} and {max} in length.")
            };
            let code = if min == 0 { "BASE_TYPE_MAX_LENGTH" } else { "BASE_TYPE_BAD_LENGTH" };
            self.add(path, code, message);
        }
    }

    /// Notes it if there are more than `max` of something.
    pub(crate) fn count(&mut self, path: &str, number: usize, max: usize) {
        if number > max {
            let message = format!("Must be {max} or fewer in length.");
            self.add(path, "BASE_TYPE_MAX_LENGTH", message);
        }
    }

    /// 50035 if anything was noted.
    pub(crate) fn done(self) -> Result<(), ApiError> {
        if self.0.is_empty() {
            return Ok(());
        }
        let errors = Some(Value::Object(self.0));
        Err(ApiError { errors, ..ApiError::new(400, 50035, "Invalid Form Body") })
    }

    /// 50035 for one fault.
    pub(crate) fn one(path: &str, code: &str, message: &str) -> ApiError {
        let mut errors = Self::default();
        errors.add(path, code, message);
        errors.done().err().unwrap_or_else(ApiError::invalid_json)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_of_a_fault_is_the_path_of_its_field() {
        let mut errors = FormErrors::default();
        errors.length("embeds.0.title", &"x".repeat(257), 0, 256);
        let body = errors.done().unwrap_err().body();
        assert_eq!(body["code"], 50035);
        let fault = &body["errors"]["embeds"]["0"]["title"]["_errors"][0];
        assert_eq!(fault["code"], "BASE_TYPE_MAX_LENGTH");
        assert_eq!(fault["message"], "Must be 256 or fewer in length.");
    }
}
