//! The limits of messages, embeds, components and forms.
//!
//! Source: message resource ("Embed Limits", "Create Message"), components
//! reference, "Receiving and Responding". Lengths are in characters, measured
//! after trimming.

use std::collections::BTreeSet;

use serde_json::Value;

use super::error::FormErrors;

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
            components_v2(errors, list, &path);
        } else {
            rows(errors, list, &path);
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

fn rows(errors: &mut FormErrors, list: &[Value], path: &str) {
    errors.count(path, list.len(), 5);
    let mut seen = BTreeSet::new();
    for (at, row) in list.iter().enumerate() {
        let path = join(path, at);
        if row.at("type") != 1 {
            errors.add(
                &join(&path, "type"),
                "UNION_TYPE_CHOICES",
                "Value of field \"type\" must be one of (1,).",
            );
            continue;
        }
        action_row(errors, row, &path, &mut seen);
    }
}

fn action_row(errors: &mut FormErrors, row: &Value, path: &str, seen: &mut BTreeSet<String>) {
    let children = row.list("components");
    let path = join(path, "components");
    let buttons = children.iter().filter(|c| c.at("type") == 2).count();
    let most = if buttons == children.len() { 5 } else { 1 };
    if children.is_empty() || children.len() > most {
        let message = format!("Must be between 1 and {most} in length.");
        errors.add(&path, "BASE_TYPE_BAD_LENGTH", message);
    }
    for (at, child) in children.iter().enumerate() {
        let path = join(&path, at);
        match child.at("type").as_u64() {
            Some(2) => button(errors, child, &path, seen),
            Some(3 | 5 | 6 | 7 | 8) => select(errors, child, &path, seen),
            _ => errors.add(
                &join(&path, "type"),
                "UNION_TYPE_CHOICES",
                "Value of field \"type\" must be one of (2, 3, 5, 6, 7, 8).",
            ),
        }
    }
}

fn custom_id(errors: &mut FormErrors, of: &Value, path: &str, seen: &mut BTreeSet<String>) {
    let path = join(path, "custom_id");
    let id = of.text("custom_id");
    errors.length(&path, id, 1, 100);
    if !id.is_empty() && !seen.insert(id.to_owned()) {
        let message = "Component custom id cannot be duplicated";
        errors.add(&path, "COMPONENT_CUSTOM_ID_DUPLICATED", message);
    }
}

fn button(errors: &mut FormErrors, of: &Value, path: &str, seen: &mut BTreeSet<String>) {
    optional(errors, of, "label", path, 80);
    match of.at("style").as_u64() {
        Some(1..=4) => custom_id(errors, of, path, seen),
        Some(5) => {
            errors.length(&join(path, "url"), of.text("url"), 1, 512);
            url(errors, of.at("url"), &join(path, "url"));
            if !of.at("custom_id").is_null() {
                let message = "A custom id and url cannot both be specified";
                errors.add(path, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", message);
            }
        }
        Some(6) => {}
        _ => errors.add(
            &join(path, "style"),
            "BASE_TYPE_CHOICES",
            "Value must be one of {1, 2, 3, 4, 5, 6}.",
        ),
    }
    if text(of, "label").is_empty() && of.at("emoji").is_null() && of.at("style") != 6 {
        let message = "A button must have a label or an emoji";
        errors.add(path, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", message);
    }
}

fn select(errors: &mut FormErrors, of: &Value, path: &str, seen: &mut BTreeSet<String>) {
    custom_id(errors, of, path, seen);
    optional(errors, of, "placeholder", path, 150);
    let (min, max) =
        (of.at("min_values").as_u64().unwrap_or(1), of.at("max_values").as_u64().unwrap_or(1));
    if min > 25 {
        errors.add(
            &join(path, "min_values"),
            "NUMBER_TYPE_MAX",
            "int value should be between 0 and 25.",
        );
    }
    if !(1..=25).contains(&max) || max < min {
        errors.add(
            &join(path, "max_values"),
            "NUMBER_TYPE_MAX",
            "int value should be between 1 and 25.",
        );
    }
    if of.at("type") != 3 {
        return;
    }
    let options = of.list("options");
    if options.is_empty() || options.len() > 25 {
        errors.add(
            &join(path, "options"),
            "BASE_TYPE_BAD_LENGTH",
            "Must be between 1 and 25 in length.",
        );
    }
    let mut values = BTreeSet::new();
    for (at, option) in options.iter().enumerate() {
        let path = join(path, format!("options.{at}"));
        errors.length(&join(&path, "label"), text(option, "label"), 1, 100);
        errors.length(&join(&path, "value"), option.text("value"), 1, 100);
        optional(errors, option, "description", &path, 100);
        if !values.insert(option.at("value").to_string()) {
            let message = "The specified option value is already used";
            errors.add(&join(&path, "value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message);
        }
    }
}

/// Components of the second kind: counted, and their controls checked.
fn components_v2(errors: &mut FormErrors, list: &[Value], path: &str) {
    fn walk(errors: &mut FormErrors, of: &Value, path: &str, seen: &mut BTreeSet<String>) -> usize {
        let mut count = 1;
        match of.at("type").as_u64() {
            Some(1) => action_row(errors, of, path, seen),
            Some(10) => errors.length(&join(path, "content"), text(of, "content"), 1, 4000),
            Some(9 | 11..=14 | 17) => {}
            _ => errors.add(&join(path, "type"), "UNION_TYPE_CHOICES", "Unknown component type."),
        }
        let children = of.list("components");
        if of.at("type") == 1 {
            count += children.len();
        } else {
            for (at, child) in children.iter().enumerate() {
                count += walk(errors, child, &join(path, format!("components.{at}")), seen);
            }
        }
        count
    }
    let mut seen = BTreeSet::new();
    let count: usize =
        list.iter().enumerate().map(|(at, of)| walk(errors, of, &join(path, at), &mut seen)).sum();
    if count > 40 {
        errors.add(
            path,
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
            "The total number of components cannot exceed 40.",
        );
    }
}

/// Checks a form.
pub(crate) fn modal(errors: &mut FormErrors, data: &Value) {
    errors.length("data.custom_id", data.text("custom_id"), 1, 100);
    errors.length("data.title", text(data, "title"), 1, 45);
    let list = data.list("components");
    if list.is_empty() || list.len() > 5 {
        errors.add("data.components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.");
    }
    let mut seen = BTreeSet::new();
    for (at, row) in list.iter().enumerate() {
        let path = format!("data.components.{at}");
        match row.at("type").as_u64() {
            Some(1) => {
                let inputs = row.list("components");
                let [input] = inputs else {
                    let message = "Must be between 1 and 1 in length.";
                    errors.add(&join(&path, "components"), "BASE_TYPE_BAD_LENGTH", message);
                    continue;
                };
                let path = join(&path, "components.0");
                errors.length(&join(&path, "label"), text(input, "label"), 1, 45);
                text_input(errors, input, &path, &mut seen);
            }
            Some(18) => {
                errors.length(&join(&path, "label"), text(row, "label"), 1, 45);
                optional(errors, row, "description", &path, 100);
                let path = join(&path, "component");
                match row.at("component").at("type").as_u64() {
                    Some(4) => text_input(errors, row.at("component"), &path, &mut seen),
                    Some(3 | 5 | 6 | 7 | 8) => {
                        select(errors, row.at("component"), &path, &mut seen);
                    }
                    _ => errors.add(&path, "UNION_TYPE_CHOICES", "Unknown component type."),
                }
            }
            Some(10) => {}
            _ => errors.add(
                &join(&path, "type"),
                "UNION_TYPE_CHOICES",
                "Value of field \"type\" must be one of (1, 10, 18).",
            ),
        }
    }
}

fn text_input(errors: &mut FormErrors, of: &Value, path: &str, seen: &mut BTreeSet<String>) {
    if of.at("type") != 4 {
        errors.add(
            &join(path, "type"),
            "UNION_TYPE_CHOICES",
            "Value of field \"type\" must be one of (4,).",
        );
        return;
    }
    custom_id(errors, of, path, seen);
    if !matches!(of.at("style").as_u64(), Some(1 | 2)) {
        errors.add(&join(path, "style"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2}.");
    }
    optional(errors, of, "placeholder", path, 100);
    optional(errors, of, "value", path, 4000);
    let min = of.at("min_length").as_u64().unwrap_or(0);
    let max = of.at("max_length").as_u64().unwrap_or(4000);
    if min > 4000 {
        errors.add(
            &join(path, "min_length"),
            "NUMBER_TYPE_MAX",
            "int value should be between 0 and 4000.",
        );
    }
    if !(1..=4000).contains(&max) || max < min {
        errors.add(
            &join(path, "max_length"),
            "NUMBER_TYPE_MAX",
            "int value should be between 1 and 4000.",
        );
    }
    let length = of.text("value").chars().count() as u64;
    if length > 0 && (length > max || length < min) {
        errors.add(
            &join(path, "value"),
            "BASE_TYPE_BAD_LENGTH",
            format!("Must be between {min} and {max} in length."),
        );
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
