//! The limits of messages, embeds, components and forms.
//!
//! Source: message resource ("Embed Limits", "Create Message"), components
//! reference, "Receiving and Responding". Lengths are in characters, measured
//! after trimming.

mod components;

pub(crate) use components::modal;

use serde_json::Value;

use super::error::FormErrors;
use super::multipart::Upload;

use crate::json::Json;

/// The flag of a message made of components only.
pub(crate) const COMPONENTS_V2: u64 = 1 << 15;

/// Characters over all embeds of a message.
const ALL_EMBEDS: usize = 6000;

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.text(key).trim()
}

/// Checks a text that may be missing or null but nothing else.
fn optional(errors: &mut FormErrors, of: &Value, key: &str, path: &str, max: usize) {
    let path = join(path, key);
    match of.at(key) {
        Value::Null => {}
        Value::String(text) => errors.length(&path, text.trim(), 0, max),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            errors.add(&path, "BASE_TYPE_STRING", "Could not interpret this value as string.");
        }
    }
}

fn join(path: &str, key: impl std::fmt::Display) -> String {
    if path.is_empty() { key.to_string() } else { format!("{path}.{key}") }
}

/// Checks the parts that all message bodies share. `path` is empty, or `data`
/// for the answer to an interaction.
pub(crate) fn message(errors: &mut FormErrors, body: &Value, path: &str, v2: bool) {
    optional(errors, body, "content", path, 2000);
    if let Some(list) = array(errors, body, "embeds", path) {
        embeds(errors, list, &join(path, "embeds"));
    }
    if let Some(list) = array(errors, body, "components", path) {
        let path = join(path, "components");
        if v2 {
            components::components_v2(errors, list, &path);
        } else {
            components::rows(errors, list, &path);
        }
    }
    if let Some(list) = array(errors, body, "attachments", path) {
        errors.count(&join(path, "attachments"), list.len(), 10);
        for (at, file) in list.iter().enumerate() {
            optional(errors, file, "description", &join(path, format!("attachments.{at}")), 1024);
        }
    }
    if let Some(list) = array(errors, body, "sticker_ids", path) {
        errors.count(&join(path, "sticker_ids"), list.len(), 3);
    }
    nonce(errors, body.at("nonce"), path);
    allowed_mentions(errors, body.at("allowed_mentions"), &join(path, "allowed_mentions"));
    if v2 && (!text(body, "content").is_empty() || array_len(body, "embeds") > 0) {
        let message = "The 'content' and 'embeds' fields cannot be used with IS_COMPONENTS_V2.";
        errors.add(
            &join(path, "content"),
            "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
            message,
        );
    }
}

/// Checks what is said of files against the files that came: a small number names one that came
/// with the request, anything longer one that the message has already.
pub(crate) fn files(errors: &mut FormErrors, body: &Value, files: &[Upload], path: &str) {
    for (at, said) in body.list("attachments").iter().enumerate() {
        let id = said.at("id");
        let id = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
        let came = files.iter().any(|file| file.number.as_ref() == Some(&id));
        if id.len() < 3 && !came {
            let path = join(path, format!("attachments.{at}.id"));
            let message = format!("Attachment \"{id}\" not found");
            errors.add(&path, "ATTACHMENT_NOT_FOUND", message);
        }
    }
}

fn array_len(of: &Value, key: &str) -> usize {
    of.list(key).len()
}

fn array<'a>(
    errors: &mut FormErrors,
    of: &'a Value,
    key: &str,
    path: &str,
) -> Option<&'a Vec<Value>> {
    match of.at(key) {
        Value::Null => None,
        Value::Array(list) => Some(list),
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
            let message = "Only iterables may be used in a ListType.";
            errors.add(&join(path, key), "LIST_TYPE_CONVERT", message);
            None
        }
    }
}

fn nonce(errors: &mut FormErrors, nonce: &Value, path: &str) {
    if let Some(text) = nonce.as_str() {
        errors.length(&join(path, "nonce"), text, 0, 25);
    } else if !nonce.is_null() && !nonce.is_i64() && !nonce.is_u64() {
        errors.add(&join(path, "nonce"), "NONCE_TYPE", "Must be an integer or a string.");
    }
}

fn allowed_mentions(errors: &mut FormErrors, allowed: &Value, path: &str) {
    for key in ["users", "roles"] {
        errors.count(&join(path, key), array_len(allowed, key), 100);
        let parsed = allowed.at("parse").as_array().is_some_and(|p| p.iter().any(|k| k == key));
        if parsed && array_len(allowed, key) > 0 {
            let message = format!("parse:[\"{key}\"] and {key}: [ids...] are mutually exclusive.");
            errors.add(path, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message);
        }
    }
    for (at, kind) in allowed.list("parse").iter().enumerate() {
        if !["users", "roles", "everyone"].iter().any(|good| kind == good) {
            let message = "Value must be one of ('everyone', 'roles', 'users').";
            errors.add(&join(path, format!("parse.{at}")), "BASE_TYPE_CHOICES", message);
        }
    }
}

fn embeds(errors: &mut FormErrors, list: &[Value], path: &str) {
    errors.count(path, list.len(), 10);
    let mut all = 0;
    for (at, embed) in list.iter().enumerate() {
        let path = join(path, at);
        optional(errors, embed, "title", &path, 256);
        optional(errors, embed, "description", &path, 4096);
        optional(errors, embed.at("footer"), "text", &join(&path, "footer"), 2048);
        optional(errors, embed.at("author"), "name", &join(&path, "author"), 256);
        let fields = embed.list("fields");
        errors.count(&join(&path, "fields"), fields.len(), 25);
        for (at, field) in fields.iter().enumerate() {
            let path = join(&path, format!("fields.{at}"));
            errors.length(&join(&path, "name"), text(field, "name"), 1, 256);
            errors.length(&join(&path, "value"), text(field, "value"), 1, 1024);
        }
        let size = embed_size(embed);
        if size == 0 && embed.at("image").is_null() && embed.at("thumbnail").is_null() {
            errors.add(&join(&path, "description"), "BASE_TYPE_REQUIRED", "This field is required");
        }
        if embed.at("color").as_u64().is_some_and(|color| color > 0xFF_FF_FF) {
            let message = "int value should be less than or equal to 16777215.";
            errors.add(&join(&path, "color"), "NUMBER_TYPE_MAX", message);
        }
        url(errors, embed.at("url"), &join(&path, "url"));
        all += size;
    }
    if all > ALL_EMBEDS {
        let message = format!("Embed size exceeds maximum size of {ALL_EMBEDS}");
        errors.add(path, "MAX_EMBED_SIZE_EXCEEDED", message);
    }
}

/// The characters of an embed that count.
fn embed_size(embed: &Value) -> usize {
    let size = |of: &Value, key: &str| text(of, key).chars().count();
    let fields = embed.list("fields").iter();
    size(embed, "title")
        + size(embed, "description")
        + size(embed.at("footer"), "text")
        + size(embed.at("author"), "name")
        + fields.map(|f| size(f, "name") + size(f, "value")).sum::<usize>()
}

fn url(errors: &mut FormErrors, url: &Value, path: &str) {
    if let Some(text) = url.as_str() {
        let good = ["http://", "https://", "attachment://", "discord://"];
        if !text.is_empty() && !good.iter().any(|scheme| text.starts_with(scheme)) {
            errors.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
        }
    }
}

/// Checks the choices of a completion.
pub(crate) fn choices(errors: &mut FormErrors, list: &[Value], path: &str) {
    errors.count(path, list.len(), 25);
    for (at, choice) in list.iter().enumerate() {
        let path = join(path, at);
        errors.length(&join(&path, "name"), choice.text("name"), 1, 100);
        match choice.at("value") {
            Value::String(text) => errors.length(&join(&path, "value"), text, 1, 100),
            Value::Number(_) => {}
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
                errors.required(&join(&path, "value"));
            }
        }
    }
}
