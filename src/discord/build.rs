//! A message of ours as Discord's JSON. It decides nothing about words.

use serde_json::{Map, Value, json};

use crate::words::{Button, ButtonStyle, Embed, Message};

/// The flag of a message that only one member sees (Discord, "Message Flags").
pub(super) const EPHEMERAL: u64 = 64;

/// A message to be sent, edited or answered with. Nobody is ever mentioned by it.
pub(super) fn message(message: &Message) -> Map<String, Value> {
    let rows: Vec<Value> = message.rows.iter().map(|row| self::row(row)).collect();
    let embeds: Vec<Value> = message.embeds.iter().map(embed).collect();
    let mut body = Map::new();
    body.insert("content".to_owned(), json!(message.content));
    body.insert("embeds".to_owned(), Value::Array(embeds));
    body.insert("components".to_owned(), Value::Array(rows));
    body.insert("allowed_mentions".to_owned(), json!({ "parse": [] }));
    body
}

fn embed(embed: &Embed) -> Value {
    let mut body = Map::new();
    body.insert("color".to_owned(), json!(embed.color));
    let mut text = |key: &str, text: &str| {
        if !text.is_empty() {
            body.insert(key.to_owned(), json!(text));
        }
    };
    text("title", &embed.title);
    text("description", &embed.description);
    if !embed.fields.is_empty() {
        let fields =
            embed.fields.iter().map(|(name, value)| json!({ "name": name, "value": value }));
        body.insert("fields".to_owned(), fields.collect());
    }
    if !embed.footer.is_empty() {
        body.insert("footer".to_owned(), json!({ "text": embed.footer }));
    }
    Value::Object(body)
}

fn row(buttons: &[Button]) -> Value {
    let buttons: Vec<Value> = buttons.iter().map(button).collect();
    json!({ "type": 1, "components": buttons })
}

fn button(button: &Button) -> Value {
    let style = match button.style {
        ButtonStyle::Primary => 1,
        ButtonStyle::Secondary => 2,
    };
    let mut body = json!({
        "type": 2,
        "style": style,
        "label": button.label,
        "custom_id": button.custom_id,
    });
    if let (Some(emoji), Some(body)) = (&button.emoji, body.as_object_mut()) {
        body.insert("emoji".to_owned(), json!({ "name": emoji }));
    }
    body
}

/// Whether a message that Discord knows says the same as one of ours: its text, the titles and
/// descriptions of its embeds, and what its buttons send. Discord trims white space.
pub(super) fn says_the_same(known: &Value, ours: &Message) -> bool {
    let list = |key: &str| known.get(key).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let embeds = list("embeds");
    text(known, "content") == ours.content.trim()
        && embeds.len() == ours.embeds.len()
        && embeds.iter().zip(&ours.embeds).all(|(known, ours)| {
            text(known, "title") == ours.title.trim()
                && text(known, "description") == ours.description.trim()
        })
        && custom_ids(known).eq(ours.rows.iter().flatten().map(|button| button.custom_id.as_str()))
}

/// What the buttons of a message that Discord knows send when they are pressed.
pub(super) fn custom_ids(known: &Value) -> impl Iterator<Item = &str> {
    let rows = known.get("components").and_then(Value::as_array).into_iter().flatten();
    rows.flat_map(|row| row.get("components").and_then(Value::as_array).into_iter().flatten())
        .filter_map(|button| button.get("custom_id").and_then(Value::as_str))
}

fn text<'a>(known: &'a Value, key: &str) -> &'a str {
    known.get(key).and_then(Value::as_str).unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours() -> Message {
        Message {
            content: "Hello ".to_owned(),
            embeds: vec![Embed { title: "T".to_owned(), ..Embed::default() }],
            rows: vec![vec![Button {
                custom_id: "show:1".to_owned(),
                label: "Show me".to_owned(),
                emoji: Some("💡".to_owned()),
                style: ButtonStyle::Primary,
            }]],
            ..Message::default()
        }
    }

    #[test]
    fn a_message_mentions_nobody_and_holds_no_empty_text() {
        insta::assert_snapshot!(Value::Object(message(&ours())), @r#"{"allowed_mentions":{"parse":[]},"components":[{"components":[{"custom_id":"show:1","emoji":{"name":"💡"},"label":"Show me","style":1,"type":2}],"type":1}],"content":"Hello ","embeds":[{"color":0,"title":"T"}]}"#);
    }

    #[test]
    fn a_message_says_the_same_as_it_did_before_it_was_sent() {
        let mut known = Value::Object(message(&ours()));
        known["content"] = json!("Hello");
        assert!(says_the_same(&known, &ours()));
        known["components"] = json!([]);
        assert!(!says_the_same(&known, &ours()));
    }
}
