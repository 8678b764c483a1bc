//! The body of a message, read and checked, before it becomes one.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Call;
use super::error::{ApiError, FormErrors};
use super::limits;
use super::multipart::Upload;
use crate::Id;
use crate::json::Json;
use crate::world::World;
use crate::world::mention::Allowed;
use crate::world::model::{Attachment, Message};

/// Flags that a bot may set on a new message: no link embeds, ephemeral (answers
/// only), silent, components only. Source: message resource, "Message Flags".
const SUPPRESS_EMBEDS: u64 = 1 << 2;
pub(crate) const EPHEMERAL: u64 = 1 << 6;
const SILENT: u64 = 1 << 12;

/// A message as a request describes it. What is `None` was not mentioned.
#[derive(Debug)]
pub(crate) struct Draft {
    pub content: Option<String>,
    pub embeds: Option<Vec<Value>>,
    pub components: Option<Vec<Value>>,
    pub flags: u64,
    pub nonce: Option<Value>,
    pub enforce_nonce: bool,
    pub allowed: Allowed,
    /// The `attachments` of the body: files to keep, and words about new ones.
    listed: Option<Vec<Value>>,
    files: Vec<Upload>,
}

impl Draft {
    /// Reads and checks `body`; `path` is where it lies in the request's body.
    pub(crate) fn read(body: &Value, files: Vec<Upload>, path: &str) -> Result<Self, ApiError> {
        let flags = body.at("flags").as_u64().unwrap_or(0);
        let mut errors = FormErrors::default();
        limits::message(&mut errors, body, path, flags & limits::COMPONENTS_V2 != 0);
        errors.count(if path.is_empty() { "files" } else { path }, files.len(), 10);
        limits::files(&mut errors, body, &files, path);
        errors.done()?;
        let list = |key: &str| body.at(key).as_array().cloned();
        // An explicit null empties, as [] does.
        let given = |key: &str| {
            let null = body.get(key).is_some_and(Value::is_null);
            list(key).or_else(|| null.then(Vec::new))
        };
        let content = match body.get("content") {
            Some(Value::String(text)) => Some(text.trim().to_owned()),
            Some(Value::Null) => Some(String::new()),
            _ => None,
        };
        let known = SUPPRESS_EMBEDS | EPHEMERAL | SILENT | limits::COMPONENTS_V2;
        Ok(Self {
            content,
            embeds: given("embeds").map(|embeds| embeds.into_iter().map(whole_embed).collect()),
            components: given("components").map(numbered),
            flags: flags & known,
            nonce: body.get("nonce").filter(|nonce| !nonce.is_null()).cloned(),
            enforce_nonce: body.at("enforce_nonce") == true,
            allowed: Allowed::read(body.at("allowed_mentions")),
            listed: list("attachments"),
            files,
        })
    }

    /// The draft of a call's own body.
    pub(crate) fn of(call: &mut Call<'_>) -> Result<Self, ApiError> {
        let files = std::mem::take(&mut call.files);
        Self::read(&call.body, files, "")
    }

    pub(crate) fn has_embeds(&self) -> bool {
        self.embeds.as_ref().is_some_and(|embeds| !embeds.is_empty())
    }

    pub(crate) fn has_files(&self) -> bool {
        !self.files.is_empty()
    }

    /// Writes what the draft says into a message. 50006 if nothing is left.
    pub(crate) fn apply(self, world: &mut World, message: &mut Message) -> Result<(), ApiError> {
        if let Some(content) = self.content {
            message.mentions = world.mentions(message.channel, &content, &self.allowed);
            message.content = content;
        }
        if let Some(embeds) = self.embeds {
            message.embeds = embeds;
        }
        if let Some(components) = self.components {
            message.components = components;
        }
        message.flags |= self.flags;
        if let Some(listed) = &self.listed {
            let kept =
                |file: &Attachment| listed.iter().any(|a| *a.at("id") == file.id.to_string());
            message.attachments.retain(kept);
        }
        let words: BTreeMap<String, String> = self
            .listed
            .iter()
            .flatten()
            .filter_map(|a| {
                let id =
                    a.at("id").as_str().map(str::to_owned).or_else(|| Some(a.at("id").to_string()));
                Some((id?, a.at("description").as_str()?.to_owned()))
            })
            .collect();
        for file in self.files {
            message.attachments.push(Attachment {
                id: world.next_id(),
                filename: file.filename,
                content_type: file.content_type,
                description: file.number.and_then(|n| words.get(&n).cloned()),
                bytes: file.bytes,
            });
        }
        let empty = message.content.is_empty()
            && message.embeds.is_empty()
            && message.attachments.is_empty()
            && message.components.is_empty();
        if empty { Err(ApiError::empty_message()) } else { Ok(()) }
    }
}

/// An embed as Discord gives it back.
fn whole_embed(mut embed: Value) -> Value {
    embed.set("type", json!("rich"));
    let fields = embed.get_mut("fields").and_then(Value::as_array_mut);
    for field in fields.into_iter().flatten() {
        if field.at("inline").is_null() {
            field.set("inline", json!(false));
        }
    }
    embed
}

/// Components with the numbers that Discord gives those that have none.
fn numbered(mut components: Vec<Value>) -> Vec<Value> {
    fn number(of: &mut Value, next: &mut u32) {
        if of.at("id").is_null() {
            of.set("id", json!(*next));
        }
        *next += 1;
        for key in ["components", "accessory", "component"] {
            match of.get_mut(key) {
                Some(Value::Array(inner)) => inner.iter_mut().for_each(|c| number(c, next)),
                Some(inner @ Value::Object(_)) => number(inner, next),
                _ => {}
            }
        }
    }
    let mut next = 1;
    for component in &mut components {
        number(component, &mut next);
    }
    components
}

/// The message that a body answers, if it names one: its id and whether it must exist.
pub(crate) fn reference(body: &Value) -> Option<(Id, bool)> {
    let reference = body.at("message_reference");
    let id = reference.at("message_id").as_str()?.parse().ok()?;
    Some((id, reference.at("fail_if_not_exists") != false))
}
